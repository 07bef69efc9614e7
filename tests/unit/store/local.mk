store_tests = tests/unit/store/test_store tests/unit/store/test_store_group \
	tests/unit/store/test_store_key tests/unit/store/test_store_iter
if HAVE_CRITERION
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
endif
EXTRA_DIST += tests/unit/store/store_test.h
store_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(LMDB_CFLAGS)
store_test_ldadd = $(STORE_LIBS) $(CRITERION_LIBS)
tests_unit_store_test_store_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_group_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_group_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_key_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_key_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_iter_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_iter_LDADD = $(store_test_ldadd)
