settings_tests = tests/unit/settings/test_settings tests/unit/settings/test_value_rules
if HAVE_CRITERION
check_PROGRAMS += $(settings_tests)
TESTS += $(settings_tests)
endif
tests_unit_settings_test_settings_CPPFLAGS = \
	$(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(top_srcdir)/tests/unit/store
tests_unit_settings_test_settings_LDADD = $(SETTINGS_LIBS) $(CRITERION_LIBS)
tests_unit_settings_test_value_rules_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_settings_test_value_rules_LDADD = $(SETTINGS_LIBS) $(CRITERION_LIBS)
