web_tests = tests/unit/web/test_account tests/unit/web/test_ask_msg tests/unit/web/test_guess_db \
	tests/unit/web/test_page tests/unit/web/test_page_texts tests/unit/web/test_network_db tests/unit/web/test_kept_db \
	tests/unit/web/test_promise_doc tests/unit/web/test_session_rules tests/unit/web/test_circulation_doc tests/unit/web/test_table tests/unit/web/test_page_when tests/unit/web/test_handout_doc
web_tests += tests/unit/web/test_audit_face tests/unit/web/test_check tests/unit/web/test_find_rules tests/unit/web/test_sift_rules
web_tests += tests/unit/web/test_page_roles tests/unit/web/test_sign_in_rules
if HAVE_CRITERION
check_PROGRAMS += $(web_tests)
TESTS += $(web_tests)
endif
web_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
web_test_ldadd = $(WEB_LIBS) $(CRITERION_LIBS)
tests_unit_web_test_account_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_account_LDADD = $(web_test_ldadd)
tests_unit_web_test_ask_msg_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_ask_msg_LDADD = $(web_test_ldadd)
tests_unit_web_test_audit_face_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_audit_face_LDADD = $(web_test_ldadd)
tests_unit_web_test_sift_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_sift_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_find_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_find_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_check_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_check_LDADD = $(web_test_ldadd)
tests_unit_web_test_guess_db_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_guess_db_LDADD = $(web_test_ldadd)
tests_unit_web_test_page_roles_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_page_roles_LDADD = $(web_test_ldadd)
tests_unit_web_test_sign_in_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_sign_in_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_page_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_page_LDADD = $(web_test_ldadd)
tests_unit_web_test_promise_doc_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_promise_doc_LDADD = $(web_test_ldadd)
tests_unit_web_test_page_texts_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_page_texts_LDADD = $(web_test_ldadd)
tests_unit_web_test_network_db_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_network_db_LDADD = $(web_test_ldadd)
tests_unit_web_test_kept_db_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_kept_db_LDADD = $(web_test_ldadd)
tests_unit_web_test_session_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_session_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_page_when_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_handout_doc_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_handout_doc_LDADD = $(web_test_ldadd)
tests_unit_web_test_page_when_LDADD = $(web_test_ldadd)
dist_check_SCRIPTS += tests/unit/web/test_texts.sh
if !SANITIZERS
TESTS += tests/unit/web/test_texts.sh
endif
# The reader of barcodes in pictures, by node where there is one.
check_PROGRAMS += tests/unit/web/draw_bars
tests_unit_web_draw_bars_CPPFLAGS = $(AM_CPPFLAGS) $(PANGOCAIRO_CFLAGS) $(ZINT_CFLAGS)
tests_unit_web_draw_bars_LDADD = $(PRINT_LIBS)
dist_check_SCRIPTS += tests/unit/web/test_barcode.sh
EXTRA_DIST += tests/unit/web/test_barcode.mjs
TESTS += tests/unit/web/test_barcode.sh
# The lifeguard, alarms and events; over a store with a CA and a mail server.
EXTRA_DIST += tests/unit/web/office.h tests/unit/web/small_store.h
web_watch_tests = tests/unit/web/test_alarm tests/unit/web/test_alarm_db \
	tests/unit/web/test_alarm_msg tests/unit/web/test_look_mail tests/unit/web/test_lifeguard \
	tests/unit/web/test_lifeguard_rules tests/unit/web/test_lifeguard_licences
if HAVE_CRITERION
check_PROGRAMS += $(web_watch_tests)
TESTS += $(web_watch_tests)
endif
web_watch_ldadd = $(WEB_LIBS) libfake.a $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_web_test_look_mail_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_look_mail_LDADD = $(web_watch_ldadd)
tests_unit_web_test_alarm_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_alarm_LDADD = $(web_watch_ldadd)
tests_unit_web_test_alarm_db_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_alarm_db_LDADD = $(web_test_ldadd)
tests_unit_web_test_alarm_msg_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_alarm_msg_LDADD = $(web_test_ldadd)
tests_unit_web_test_lifeguard_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_lifeguard_LDADD = $(web_watch_ldadd)
tests_unit_web_test_lifeguard_licences_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_lifeguard_licences_LDADD = $(web_watch_ldadd)
tests_unit_web_test_lifeguard_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_lifeguard_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_circulation_doc_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_circulation_doc_LDADD = $(web_test_ldadd)
tests_unit_web_test_table_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_table_LDADD = $(web_test_ldadd)
web_event_tests = tests/unit/web/test_mailing_face tests/unit/web/test_wanted_rules tests/unit/web/test_event_msg tests/unit/web/test_hook tests/unit/web/test_live
if HAVE_CRITERION
check_PROGRAMS += $(web_event_tests)
TESTS += $(web_event_tests)
endif
tests_unit_web_test_event_msg_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_event_msg_LDADD = $(web_test_ldadd)
tests_unit_web_test_hook_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_hook_LDADD = $(web_watch_ldadd)
tests_unit_web_test_mailing_face_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_mailing_face_LDADD = $(web_test_ldadd)
tests_unit_web_test_wanted_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_wanted_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_live_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_live_LDADD = $(web_watch_ldadd)
if HAVE_CRITERION
check_PROGRAMS += tests/unit/web/test_thing_msg tests/unit/web/test_loan_calls
TESTS += tests/unit/web/test_thing_msg tests/unit/web/test_loan_calls
endif
tests_unit_web_test_loan_calls_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_loan_calls_LDADD = $(web_test_ldadd)
tests_unit_web_test_thing_msg_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_thing_msg_LDADD = $(web_test_ldadd)
