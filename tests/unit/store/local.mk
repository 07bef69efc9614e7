store_tests = tests/unit/store/test_store
if HAVE_CRITERION
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
endif
store_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
store_test_ldadd = $(STORE_LIBS) $(CRITERION_LIBS)
tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c tests/unit/store/store_test.h
tests_unit_store_test_store_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_LDADD = $(store_test_ldadd)
