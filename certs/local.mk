# certs: the OpenSSL door.
noinst_LIBRARIES += libcerts.a
libcerts_a_SOURCES = \
	certs/cert_walk.c certs/certs.c certs/certs.h certs/certs_int.h certs/challenge_db.c \
	certs/check.c certs/cms.c certs/cms_int.h certs/cms_walk.c certs/crl.c certs/csr.c \
	certs/der.c certs/der_int.h certs/establish.c certs/identity_db.c certs/issue.c certs/jws.c \
	certs/kept_db.c certs/kept_int.h certs/letter.c certs/ossl.c certs/password.c certs/peer.c \
	certs/gate.c certs/gate_int.h certs/proxy_header.c certs/pub.c certs/push.c certs/rsa.c \
	certs/oid_int.h certs/p12.c certs/p12_int.h certs/p12_rounds.c certs/scep.c certs/scep_envelope.c certs/scep_int.h certs/scep_reply.c \
	certs/scep_msg.c certs/seal.c certs/seal_int.h certs/seal_key.c certs/server_cert.c
libcerts_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
CERTS_LIBS = libcerts.a $(STORE_LIBS) $(OPENSSL_LIBS)
