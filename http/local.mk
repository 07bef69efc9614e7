# http: the libmicrohttpd door: listeners, TLS, routes, caps, replies.
noinst_LIBRARIES += libhttp.a
libhttp_a_SOURCES = \
	http/address.c http/ask.c http/call.c http/census.c http/connection.c http/errors.c http/form.c http/multipart.c http/forwarded.c \
	http/guard.c http/health_http.c http/http.h http/http_int.h http/listen.c http/meter.c \
	http/mustache.c http/mustache_int.h http/mustache_parse.c http/mustache_render.c \
	http/open.c http/page.c http/percent.c http/reply.c http/request.c http/route.c http/send.c http/stream.c \
	http/server.c http/server_int.h http/tls.c http/watchdog.c
libhttp_a_CPPFLAGS = $(AM_CPPFLAGS) $(MHD_CFLAGS) $(GNUTLS_CFLAGS)
HTTP_LIBS = libhttp.a $(BASE_LIBS) $(MHD_LIBS) $(GNUTLS_LIBS)
