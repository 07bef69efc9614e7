apns_tests = tests/unit/apns/test_answer_msg tests/unit/apns/test_apns_rules \
	tests/unit/apns/test_clerk tests/unit/apns/test_courier tests/unit/apns/test_outbox_db \
	tests/unit/apns/test_push tests/unit/apns/test_transport_tls tests/unit/apns/test_worker
if HAVE_CRITERION
check_PROGRAMS += $(apns_tests)
TESTS += $(apns_tests)
endif
EXTRA_DIST += tests/unit/apns/apns_test.h
apns_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
apns_test_ldadd = libfake.a $(APNS_LIBS) $(CRITERION_LIBS)
tests_unit_apns_test_answer_msg_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_answer_msg_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_apns_rules_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_apns_rules_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_clerk_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_clerk_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_courier_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_courier_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_outbox_db_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_outbox_db_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_push_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_push_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_transport_tls_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_transport_tls_LDADD = $(apns_test_ldadd)
tests_unit_apns_test_worker_CPPFLAGS = $(apns_test_cppflags)
tests_unit_apns_test_worker_LDADD = $(apns_test_ldadd)
