store_tests = tests/unit/store/test_store tests/unit/store/test_store_backup \
	tests/unit/store/test_store_check tests/unit/store/test_store_env \
	tests/unit/store/test_store_err tests/unit/store/test_store_file \
	tests/unit/store/test_store_full tests/unit/store/test_store_group \
	tests/unit/store/test_store_iter tests/unit/store/test_store_key \
	tests/unit/store/test_store_meta tests/unit/store/test_store_page \
	tests/unit/store/test_store_pages tests/unit/store/test_store_reader \
	tests/unit/store/test_store_record tests/unit/store/test_store_restore
store_tests += tests/unit/store/test_store_retire tests/unit/store/test_store_words
store_tests += tests/unit/store/test_store_list tests/unit/store/test_store_refs tests/unit/store/test_store_time
if HAVE_CRITERION
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
endif
EXTRA_DIST += tests/unit/store/store_test.h tests/unit/store/clear_rows.h
store_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(LMDB_CFLAGS)
store_test_ldadd = $(STORE_LIBS) $(CRITERION_LIBS)
tests_unit_store_test_store_retire_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_retire_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_words_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_words_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_time_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_time_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_list_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_list_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_refs_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_refs_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_backup_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_backup_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_check_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_check_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_env_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_env_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_err_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_err_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_file_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_file_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_full_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_full_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_group_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_group_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_iter_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_iter_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_key_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_key_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_meta_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_meta_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_page_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_page_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_pages_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_pages_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_reader_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_reader_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_record_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_record_LDADD = $(store_test_ldadd)
tests_unit_store_test_store_restore_CPPFLAGS = $(store_test_cppflags)
tests_unit_store_test_store_restore_LDADD = $(store_test_ldadd)
