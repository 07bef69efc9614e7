# Tests of http run against real sockets on loopback; client and fixture are shared.
check_LIBRARIES += tests/unit/http/libhttptest.a
tests_unit_http_libhttptest_a_SOURCES = tests/unit/http/client.c tests/unit/http/client.h tests/unit/http/two_sides.h \
	tests/unit/http/fixture.c tests/unit/http/tls_client.c
tests_unit_http_libhttptest_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(GNUTLS_CFLAGS)
http_tests = tests/unit/http/test_address \
	tests/unit/http/test_ask \
	tests/unit/http/test_call \
	tests/unit/http/test_census \
	tests/unit/http/test_connection \
	tests/unit/http/test_errors \
	tests/unit/http/test_form \
	tests/unit/http/test_forwarded \
	tests/unit/http/test_guard \
	tests/unit/http/test_listen \
	tests/unit/http/test_meter \
	tests/unit/http/test_multipart \
	tests/unit/http/test_mustache \
	tests/unit/http/test_open \
	tests/unit/http/test_page \
	tests/unit/http/test_percent \
	tests/unit/http/test_proxy \
	tests/unit/http/test_reply \
	tests/unit/http/test_request \
	tests/unit/http/test_route \
	tests/unit/http/test_server \
	tests/unit/http/test_tls \
	tests/unit/http/test_watchdog
if HAVE_CRITERION
check_PROGRAMS += $(http_tests)
TESTS += $(http_tests)
endif
HTTP_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(MHD_CFLAGS) $(GNUTLS_CFLAGS)
HTTP_TEST_LIBS = tests/unit/http/libhttptest.a $(HTTP_LIBS) $(CRITERION_LIBS)
tests_unit_http_test_address_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_address_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_ask_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_ask_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_call_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_call_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_census_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_census_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_connection_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_connection_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_errors_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_errors_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_multipart_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_multipart_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_form_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_form_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_forwarded_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_forwarded_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_guard_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_guard_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_listen_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_listen_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_meter_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_meter_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_mustache_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_mustache_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_open_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_open_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_page_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_page_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_percent_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_percent_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_proxy_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_proxy_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_reply_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_reply_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_request_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_request_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_route_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_route_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_server_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_server_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_tls_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_tls_LDADD = $(HTTP_TEST_LIBS)
tests_unit_http_test_watchdog_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_watchdog_LDADD = $(HTTP_TEST_LIBS)
