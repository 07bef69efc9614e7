base_tests = tests/unit/base/test_buf
if HAVE_CRITERION
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
endif
tests_unit_base_test_buf_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_base_test_buf_LDADD = $(BASE_LIBS) $(CRITERION_LIBS)

if HAVE_CRITERION
check_PROGRAMS += tests/unit/base/test_metric
TESTS += tests/unit/base/test_metric
endif
tests_unit_base_test_metric_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_base_test_metric_LDADD = $(BASE_LIBS) $(CRITERION_LIBS)
