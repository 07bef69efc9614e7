# apns: telling an iPad to call in.
noinst_LIBRARIES += libapns.a
libapns_a_SOURCES = \
	apns/answer_msg.c apns/apns.h apns/apns_int.h apns/apns_rules.c apns/clerk.c \
	apns/clerk_int.h apns/clerk_settle.c apns/courier.c apns/outbox_db.c apns/push.c \
	apns/transport.c apns/transport_int.h apns/transport_tls.c apns/worker.c
libapns_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS) $(NGHTTP2_CFLAGS)
APNS_LIBS = libapns.a $(CERTS_LIBS) $(NGHTTP2_LIBS) $(OPENSSL_LIBS)
