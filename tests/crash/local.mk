# kill -9 at any moment; HYLLA_CRASH_ROUNDS=1000 make check TESTS=tests/crash/test_store_crash
crash_tests = tests/crash/test_server_crash tests/crash/test_store_crash
if HAVE_CRITERION
check_PROGRAMS += $(crash_tests)
TESTS += $(crash_tests)
endif
tests_crash_test_store_crash_CPPFLAGS = \
	$(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(top_srcdir)/tests/unit/store
tests_crash_test_store_crash_LDADD = $(STORE_LIBS) $(CRITERION_LIBS)
tests_crash_test_server_crash_CPPFLAGS = $(flow_cppflags)
tests_crash_test_server_crash_LDADD = $(flow_ldadd)
