# One test program for each file of base.
base_tests = \
	tests/unit/base/test_base64 tests/unit/base/test_buf tests/unit/base/test_clock \
	tests/unit/base/test_conf tests/unit/base/test_csv tests/unit/base/test_day tests/unit/base/test_digest \
	tests/unit/base/test_doc \
	tests/unit/base/test_err tests/unit/base/test_file tests/unit/base/test_fold tests/unit/base/test_holiday tests/unit/base/test_log \
	tests/unit/base/test_mem tests/unit/base/test_metric tests/unit/base/test_money tests/unit/base/test_packed tests/unit/base/test_random \
	tests/unit/base/test_rec tests/unit/base/test_say tests/unit/base/test_text \
	tests/unit/base/test_xml tests/unit/base/test_when
base_tests += tests/unit/base/test_bolt tests/unit/base/test_rec_words tests/unit/base/test_sql_dump
EXTRA_DIST += tests/unit/base/toy_sealer.h
if HAVE_CRITERION
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
endif
base_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
base_test_ldadd = $(BASE_LIBS) $(CRITERION_LIBS)
tests_unit_base_test_base64_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_base64_LDADD = $(base_test_ldadd)
tests_unit_base_test_money_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_money_LDADD = $(base_test_ldadd)
tests_unit_base_test_when_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_when_LDADD = $(base_test_ldadd)
tests_unit_base_test_bolt_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_bolt_LDADD = $(base_test_ldadd)
tests_unit_base_test_sql_dump_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_sql_dump_LDADD = $(base_test_ldadd)
tests_unit_base_test_buf_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_buf_LDADD = $(base_test_ldadd)
tests_unit_base_test_clock_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_clock_LDADD = $(base_test_ldadd)
tests_unit_base_test_conf_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_conf_LDADD = $(base_test_ldadd)
tests_unit_base_test_csv_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_csv_LDADD = $(base_test_ldadd)
tests_unit_base_test_digest_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_digest_LDADD = $(base_test_ldadd)
tests_unit_base_test_doc_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_doc_LDADD = $(base_test_ldadd)
tests_unit_base_test_err_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_err_LDADD = $(base_test_ldadd)
tests_unit_base_test_file_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_file_LDADD = $(base_test_ldadd)
tests_unit_base_test_log_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_log_LDADD = $(base_test_ldadd)
tests_unit_base_test_mem_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_mem_LDADD = $(base_test_ldadd)
tests_unit_base_test_metric_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_metric_LDADD = $(base_test_ldadd)
tests_unit_base_test_random_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_random_LDADD = $(base_test_ldadd)
tests_unit_base_test_rec_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_rec_LDADD = $(base_test_ldadd)
tests_unit_base_test_rec_words_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_rec_words_LDADD = $(base_test_ldadd)
tests_unit_base_test_say_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_say_LDADD = $(base_test_ldadd)
tests_unit_base_test_text_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_text_LDADD = $(base_test_ldadd)
tests_unit_base_test_xml_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_xml_LDADD = $(base_test_ldadd)
tests_unit_base_test_day_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_day_LDADD = $(base_test_ldadd)
tests_unit_base_test_holiday_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_holiday_LDADD = $(base_test_ldadd)
tests_unit_base_test_packed_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_packed_LDADD = $(base_test_ldadd)
tests_unit_base_test_fold_CPPFLAGS = $(base_test_cppflags)
tests_unit_base_test_fold_LDADD = $(base_test_ldadd)
