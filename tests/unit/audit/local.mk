audit_tests = tests/unit/audit/test_audit tests/unit/audit/test_audit_db \
	tests/unit/audit/test_audit_list tests/unit/audit/test_clock
if HAVE_CRITERION
check_PROGRAMS += $(audit_tests)
TESTS += $(audit_tests)
endif
tests_unit_audit_test_audit_CPPFLAGS = \
	$(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(top_srcdir)/tests/unit/store
tests_unit_audit_test_audit_LDADD = $(AUDIT_LIBS) $(CRITERION_LIBS)
tests_unit_audit_test_audit_db_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_audit_test_audit_db_LDADD = $(AUDIT_LIBS) $(CRITERION_LIBS)
tests_unit_audit_test_audit_list_CPPFLAGS = \
	$(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(top_srcdir)/tests/unit/store
tests_unit_audit_test_audit_list_LDADD = $(AUDIT_LIBS) $(CRITERION_LIBS)
tests_unit_audit_test_clock_CPPFLAGS = \
	$(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(top_srcdir)/tests/unit/store
tests_unit_audit_test_clock_LDADD = $(AUDIT_LIBS) $(CRITERION_LIBS)
