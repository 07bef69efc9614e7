# One program a file of mdm/.
mdm_tests =
mdm_tests += tests/unit/mdm/test_plist
mdm_tests += tests/unit/mdm/test_plist_parse
mdm_tests += tests/unit/mdm/test_plist_format
if HAVE_CRITERION
check_PROGRAMS += $(mdm_tests)
TESTS += $(mdm_tests)
endif
tests_unit_mdm_test_plist_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_mdm_test_plist_LDADD = $(MDM_LIBS) $(CRITERION_LIBS)
# libplist is a second opinion on what we read and write
tests_unit_mdm_test_plist_parse_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_plist_parse_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
tests_unit_mdm_test_plist_format_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(PLIST_CFLAGS)
tests_unit_mdm_test_plist_format_LDADD = $(MDM_LIBS) $(CRITERION_LIBS) $(PLIST_LIBS)
