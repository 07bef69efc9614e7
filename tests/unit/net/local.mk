# Tests of net run against real sockets on loopback: small stand-ins from libfake.
net_tests = tests/unit/net/test_fetch tests/unit/net/test_guard tests/unit/net/test_mail \
	tests/unit/net/test_mail_msg tests/unit/net/test_net tests/unit/net/test_url
if HAVE_CRITERION
check_PROGRAMS += $(net_tests)
TESTS += $(net_tests)
endif
net_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(CURL_CFLAGS)
net_test_ldadd = $(NET_LIBS) libfake.a $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_net_test_fetch_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_fetch_LDADD = $(net_test_ldadd)
tests_unit_net_test_guard_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_guard_LDADD = $(net_test_ldadd)
tests_unit_net_test_mail_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_mail_LDADD = $(net_test_ldadd)
tests_unit_net_test_mail_msg_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_mail_msg_LDADD = $(net_test_ldadd)
tests_unit_net_test_net_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_net_LDADD = $(net_test_ldadd)
tests_unit_net_test_url_CPPFLAGS = $(net_test_cppflags)
tests_unit_net_test_url_LDADD = $(net_test_ldadd)
