certs_tests = \
	tests/unit/certs/test_cert_walk tests/unit/certs/test_certs \
	tests/unit/certs/test_challenge_db tests/unit/certs/test_check \
	tests/unit/certs/test_cms tests/unit/certs/test_cms_walk tests/unit/certs/test_crl \
	tests/unit/certs/test_csr tests/unit/certs/test_der tests/unit/certs/test_identity_db tests/unit/certs/test_gate \
	tests/unit/certs/test_issue tests/unit/certs/test_jws tests/unit/certs/test_kept_db tests/unit/certs/test_letter tests/unit/certs/test_ossl tests/unit/certs/test_p12 \
	tests/unit/certs/test_password tests/unit/certs/test_peer \
	tests/unit/certs/test_proxy_header tests/unit/certs/test_pub tests/unit/certs/test_push tests/unit/certs/test_rsa \
	tests/unit/certs/test_scep tests/unit/certs/test_scep_envelope \
	tests/unit/certs/test_scep_msg tests/unit/certs/test_scep_reply tests/unit/certs/test_seal \
	tests/unit/certs/test_seal_key tests/unit/certs/test_server_cert
# the other side, also for the fuzz targets: an iPad's messages, and a house to send them to
check_LIBRARIES += tests/unit/certs/libcertsclient.a
tests_unit_certs_libcertsclient_a_SOURCES = \
	tests/unit/certs/client.c tests/unit/certs/client.h \
	tests/unit/certs/fixture.c tests/unit/certs/fixture.h
tests_unit_certs_libcertsclient_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
CERTS_CLIENT_LIBS = tests/unit/certs/libcertsclient.a $(CERTS_LIBS)
if HAVE_CRITERION
check_PROGRAMS += $(certs_tests)
TESTS += $(certs_tests)
endif
certs_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(OPENSSL_CFLAGS)
certs_test_ldadd = $(CERTS_CLIENT_LIBS) $(CRITERION_LIBS)
tests_unit_certs_test_jws_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_jws_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_cert_walk_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_cert_walk_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_certs_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_certs_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_challenge_db_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_challenge_db_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_check_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_check_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_cms_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_cms_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_cms_walk_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_cms_walk_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_crl_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_crl_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_csr_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_csr_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_der_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_der_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_gate_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_gate_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_identity_db_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_identity_db_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_issue_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_issue_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_kept_db_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_kept_db_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_ossl_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_ossl_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_password_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_password_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_peer_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_peer_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_proxy_header_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_proxy_header_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_pub_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_pub_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_push_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_push_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_rsa_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_rsa_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_scep_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_scep_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_scep_envelope_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_scep_envelope_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_scep_msg_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_scep_msg_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_scep_reply_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_scep_reply_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_seal_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_seal_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_seal_key_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_seal_key_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_server_cert_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_server_cert_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_p12_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_p12_LDADD = $(certs_test_ldadd)
tests_unit_certs_test_p12_SOURCES = tests/unit/certs/test_p12.c tests/unit/certs/p12.h
tests_unit_certs_test_letter_CPPFLAGS = $(certs_test_cppflags)
tests_unit_certs_test_letter_LDADD = $(certs_test_ldadd)
