# One program a file of mdm/.
EXTRA_DIST += tests/unit/mdm/house.h tests/unit/mdm/ipads.h tests/unit/mdm/oracle.h \
	tests/unit/mdm/queue.h
mdm_tests =
mdm_tests += tests/unit/mdm/test_plist
mdm_tests += tests/unit/mdm/test_plist_parse
mdm_tests += tests/unit/mdm/test_plist_format
mdm_tests += tests/unit/mdm/test_checkin_msg
mdm_tests += tests/unit/mdm/test_enrollment_rules
mdm_tests += tests/unit/mdm/test_enrollment_db
mdm_tests += tests/unit/mdm/test_invitation_db
mdm_tests += tests/unit/mdm/test_seen
mdm_tests += tests/unit/mdm/test_checkin
mdm_tests += tests/unit/mdm/test_invitation
mdm_tests += tests/unit/mdm/test_profile
mdm_tests += tests/unit/mdm/test_renewal
mdm_tests += tests/unit/mdm/test_push_cert
mdm_tests += tests/unit/mdm/test_promise
mdm_tests += tests/unit/mdm/test_mdm
mdm_tests += tests/unit/mdm/test_check
mdm_tests += tests/unit/mdm/test_admit
mdm_tests += tests/unit/mdm/test_authenticate
mdm_tests += tests/unit/mdm/test_ade_msg
mdm_tests += tests/unit/mdm/test_ade_rules
mdm_tests += tests/unit/mdm/test_ade_worker
mdm_tests += tests/unit/mdm/test_gate
if HAVE_CRITERION
check_PROGRAMS += $(mdm_tests)
TESTS += $(mdm_tests)
endif
tests_unit_mdm_test_plist_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_plist_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
# libplist's parser is a second opinion on what we read, and on what it wrote for us
tests_unit_mdm_test_plist_parse_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_plist_parse_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
tests_unit_mdm_test_plist_format_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_plist_format_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
tests_unit_mdm_test_checkin_msg_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_checkin_msg_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
tests_unit_mdm_test_enrollment_rules_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_enrollment_rules_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_enrollment_db_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_enrollment_db_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_invitation_db_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_invitation_db_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_seen_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_seen_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_checkin_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_checkin_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_invitation_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_invitation_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_profile_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_profile_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
tests_unit_mdm_test_renewal_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_renewal_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_push_cert_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(OPENSSL_CFLAGS)
tests_unit_mdm_test_push_cert_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_promise_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_promise_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_mdm_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_mdm_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_check_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_check_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_admit_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_admit_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
include $(srcdir)/tests/unit/mdm/queue.mk
include $(srcdir)/tests/unit/mdm/desired.mk
tests_unit_mdm_test_authenticate_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_authenticate_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_ade_msg_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_ade_msg_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_ade_rules_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_ade_rules_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_gate_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_gate_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
tests_unit_mdm_test_ade_worker_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_ade_worker_LDADD = $(MDM_LIBS) $(FAKE_LIBS) $(CRITERION_LIBS)
