# Tests of http run against real sockets on loopback; client and fixture are shared.
check_LIBRARIES += tests/unit/http/libhttptest.a
tests_unit_http_libhttptest_a_SOURCES = tests/unit/http/client.c tests/unit/http/client.h \
	tests/unit/http/fixture.c tests/unit/http/tls_client.c
tests_unit_http_libhttptest_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(GNUTLS_CFLAGS)
http_tests = tests/unit/http/test_request
if HAVE_CRITERION
check_PROGRAMS += $(http_tests)
TESTS += $(http_tests)
endif
HTTP_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(MHD_CFLAGS) $(GNUTLS_CFLAGS)
HTTP_TEST_LIBS = tests/unit/http/libhttptest.a $(HTTP_LIBS) $(CRITERION_LIBS)
tests_unit_http_test_request_CPPFLAGS = $(HTTP_TEST_CPPFLAGS)
tests_unit_http_test_request_LDADD = $(HTTP_TEST_LIBS)
