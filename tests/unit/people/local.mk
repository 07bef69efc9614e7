people_tests = tests/unit/people/test_identity_msg tests/unit/people/test_name_rules \
	tests/unit/people/test_nameless \
	tests/unit/people/test_people tests/unit/people/test_protected \
	tests/unit/people/test_retention
if HAVE_CRITERION
check_PROGRAMS += $(people_tests)
TESTS += $(people_tests)
endif
EXTRA_DIST += tests/unit/people/desk.h
people_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
people_test_ldadd = $(PEOPLE_LIBS) $(CRITERION_LIBS)
tests_unit_people_test_identity_msg_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_identity_msg_LDADD = $(people_test_ldadd)
tests_unit_people_test_name_rules_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_name_rules_LDADD = $(people_test_ldadd)
tests_unit_people_test_nameless_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_nameless_LDADD = $(people_test_ldadd)
tests_unit_people_test_people_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_people_LDADD = $(people_test_ldadd)
tests_unit_people_test_protected_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_protected_LDADD = $(people_test_ldadd)
tests_unit_people_test_retention_CPPFLAGS = $(people_test_cppflags)
tests_unit_people_test_retention_LDADD = $(people_test_ldadd)
