server_tests = tests/unit/server/test_openapi
if HAVE_CRITERION
check_PROGRAMS += $(server_tests)
TESTS += $(server_tests)
endif
tests_unit_server_test_openapi_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_server_test_openapi_LDADD = $(WEB_LIBS) $(CRITERION_LIBS)

# These ask the program itself.
server_scripts = tests/unit/server/test_cli.sh tests/unit/server/test_manual.sh \
	tests/unit/server/test_completion.sh
dist_check_SCRIPTS += $(server_scripts)
TESTS += $(server_scripts)
