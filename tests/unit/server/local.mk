server_tests = tests/unit/server/test_listen tests/unit/server/test_openapi
if HAVE_CRITERION
check_PROGRAMS += $(server_tests)
TESTS += $(server_tests)
endif
# server is no library: the files under test are compiled in.
tests_unit_server_test_listen_SOURCES = tests/unit/server/test_listen.c server/conf_keys.c \
	server/listen.c server/systemd.c
tests_unit_server_test_listen_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(SYSTEMD_CFLAGS)
tests_unit_server_test_listen_LDADD = $(WEB_LIBS) $(SYSTEMD_LIBS) $(CRITERION_LIBS)
tests_unit_server_test_openapi_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_server_test_openapi_LDADD = $(WEB_LIBS) $(CRITERION_LIBS)

# These ask the program itself.
server_scripts = tests/unit/server/test_cli.sh tests/unit/server/test_manual.sh \
	tests/unit/server/test_completion.sh tests/unit/server/test_help.sh
dist_check_SCRIPTS += $(server_scripts)
TESTS += $(server_scripts)
