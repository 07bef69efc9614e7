# net: the libcurl door: what we ask of others, and mail.
noinst_LIBRARIES += libnet.a
libnet_a_SOURCES = \
	net/fetch.c net/guard.c net/mail.c net/mail_msg.c net/net.c net/net.h net/net_int.h net/url.c
libnet_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
NET_LIBS = libnet.a $(BASE_LIBS) $(CURL_LIBS)
