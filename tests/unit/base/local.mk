base_tests = tests/unit/base/test_buf
if HAVE_CRITERION
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
endif
tests_unit_base_test_buf_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_base_test_buf_LDADD = $(BASE_LIBS) $(CRITERION_LIBS)
