/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The inside of http: what its files share. The pure parts (address, percent, route, guard,
 * forwarded, errors) know neither libmicrohttpd nor the clock.
 */
#ifndef HTTP_HTTP_INT_H
#define HTTP_HTTP_INT_H

#include "base/buf.h"
#include "base/err.h"
#include "http/http.h"

#include <sys/socket.h>

/* --- address.c: who is at the other end --- */

/* IPv4 is kept as ::ffff:a.b.c.d, so that one comparison serves both. */
struct http_address {
	uint8_t ip[16];
};

struct http_net { /* a CIDR block */
	struct http_address base;
	unsigned bits; /* of the 128 */
};

#define HTTP_ADDRESS_TEXT 46
/* ERR_UNSUPPORTED for anything but IP. */
int http_address_of(const struct sockaddr *sa, struct http_address *ret) MUST_CHECK;
/* "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:80": as proxies write them. */
int http_address_parse(struct bytes text, struct http_address *ret) MUST_CHECK;
const char *http_address_format(const struct http_address *a, char out[HTTP_ADDRESS_TEXT]);
int http_net_parse(const char *s, struct http_net *ret) MUST_CHECK;
bool http_net_has(const struct http_net *nets, size_t n, const struct http_address *a);
/* "127.0.0.1:8443", "[::]:443". */
int http_endpoint_parse(const char *s, struct sockaddr_storage *ret, socklen_t *ret_len) MUST_CHECK;

/* --- census.c: how many connections each address has --- */

#define HTTP_CENSUS_BUCKETS 256
struct http_census {
	struct http_census_row *buckets[HTTP_CENSUS_BUCKETS];
};
unsigned http_census_count(const struct http_census *c, const struct http_address *a);
void http_census_enter(struct http_census *c, const struct http_address *a);
void http_census_leave(struct http_census *c, const struct http_address *a);
void http_census_release(struct http_census *c);

/* --- percent.c: RFC 3986 section 2.1, and queries as HTML forms write them --- */

/* ERR_BADINPUT for a broken escape, a NUL, or what is not UTF-8. With `plus`, '+' is a blank. */
int http_percent_decode(struct arena *a, struct bytes in, bool plus, char **ret) MUST_CHECK;
/* A whole path: begins with '/', printable; no escape hides '/', a control character or a dot
 * segment. */
int http_path_decode(struct arena *a, struct bytes raw, char **ret) MUST_CHECK;
/* The next "name=value", or "name" with an empty value, still escaped, moving past it. */
bool http_query_next(struct bytes *query, struct bytes *ret_name, struct bytes *ret_value);
/* Every name and value of the query is well-formed. */
int http_query_check(struct arena *a, struct bytes query) MUST_CHECK;
/* The first value of that name; ERR_NOTFOUND. */
int http_query_find(
	struct arena *a, struct bytes query, const char *name, bool plus, char **ret) MUST_CHECK;

/* --- form.c: what browsers send --- */

/* A text of a form, into its document: what comes more often becomes a list. Lines end in LF. */
void http_field_add(struct arena *a, struct doc *d, const char *name, const char *value);
void http_lines_mend(char *s);
/* The first value of that name in a Cookie header, as it stands; ERR_NOTFOUND. */
int http_cookie_find(
	struct arena *a, const char *header, const char *name, const char **ret) MUST_CHECK;

/* --- route.c: the tables, compiled to a tree of segments --- */

#define HTTP_PARAMS 8
#define HTTP_SEGMENTS 16
struct http_param {
	struct bytes name;
	struct bytes raw; /* still percent-encoded, never empty */
};

struct http_match {
	const struct http_route *route; /* NULL: the path is known, the method is not */
	void *ctx;                      /* of the route's table */
	struct http_param params[HTTP_PARAMS];
	size_t param_count;
	const char *allow; /* the methods the path has on these sides, "GET, HEAD, PUT" */
};

struct http_map;
/* ERR_USAGE for a path or row that makes no sense, ERR_EXISTS for a doubled one; then ret_bad is
 * the row. Tables are borrowed. */
int http_map_new(const struct http_routes *tables, size_t n, struct http_map **ret,
	const struct http_route **ret_bad) MUST_CHECK;
void http_map_free(struct http_map *m);
/* Routes for nobody and on other sides do not exist. HEAD finds GET's route. ERR_NOTFOUND. */
int http_map_find(const struct http_map *m, struct arena *a, const char *method, unsigned sides,
	struct bytes path, struct http_match *ret) MUST_CHECK;

/* --- guard.c: what libmicrohttpd 0.9 lets through and must not reach a handler --- */

struct http_field {
	const char *name;
	const char *value;
};

struct http_head { /* as the library handed it over, in its own buffer */
	const char *method;
	const char *uri;
	const char *version;
	struct bytes target; /* a copy of uri from before the library took it apart */
	const struct http_field *fields;
	size_t n;
};

struct http_framing {
	bool body; /* there is one to come */
	bool chunked;
	uint64_t length; /* unless chunked */
};

/* Message framing, RFC 9112 section 6 read strictly. ERR_BADINPUT; then ret_why names it. */
int http_guard_framing(
	const struct http_head *h, struct http_framing *ret, const char **ret_why) MUST_CHECK;
/* The library cuts lines in place: a gap between them other than CRLF is a NUL, a bare LF or a
 * folded line that it swallowed. `size` is that of the request line and headers. */
int http_guard_layout(const struct http_head *h, size_t size, const char **ret_why) MUST_CHECK;
const char *http_field_find(const struct http_field *fields, size_t n, const char *name);
size_t http_field_count(const struct http_field *fields, size_t n, const char *name);

/* --- forwarded.c: what a trusted proxy says of the client --- */

struct http_forwarded {
	struct http_address client;
	bool named; /* the proxy named a client */
	bool tls, tls_named;
	const char *cert; /* the certificate header's value, or NULL */
};
/* Whose word is taken, and the one header in which they hand on a certificate (NULL: none). Two
 * that were believed would let a client write the one that its proxy leaves alone. */
struct http_trust {
	const struct http_net *nets;
	size_t n;
	const char *cert_header;
};
/* ERR_BADINPUT when the proxy's own headers are doubled or malformed. */
int http_forwarded_read(const struct http_field *fields, size_t n, const struct http_trust *trust,
	struct http_forwarded *ret) MUST_CHECK;
/* Is it one that certificates come in: RFC 9440's Client-Cert or nginx's X-SSL-Client-Cert? */
bool http_field_is_cert(const char *name);
/* Headers that only a trusted proxy may set: from others they are invisible. */
bool http_field_is_proxys(const char *name);

/* --- errors.c --- */

struct http_error {
	int status;
	const struct say *say;
	unsigned retry_after_s; /* 0: not said */
};
struct http_error http_error_of(int err, enum http_caller caller);
/* For refusals of this folder itself, by status. */
const struct say *http_say_of_status(int status);
extern const struct say http_say_no_body;

/* --- reply.c --- */

#define HTTP_REPLY_FIELDS 16
struct http_answer {
	bool ready;
	int status;
	const char *type; /* NULL: no Content-Type */
	struct bytes body;
	http_read *read; /* the body comes by this instead */
	void *read_ctx;
	uint64_t read_bytes;
	struct http_field fields[HTTP_REPLY_FIELDS];
	size_t n;
	bool close; /* the connection ends with this reply */
	struct http_going *going; /* a reply without an end: stream.c */
};

/* What one request is, inside. Lives in its connection and is cleared for each request. */
#define HTTP_ASKED 64 /* past that all count as asked for */
struct http_exchange {
	struct http_request rq;
	struct http_head head;
	struct http_framing framing;
	struct http_match match;
	struct http_answer answer;
	struct bytes query; /* raw */
	const char *asked[HTTP_ASKED]; /* names that were looked for in it */
	size_t asked_n;
	bool trusted;       /* a trusted proxy sent it */
	bool admitted;
	bool linger;    /* read on for a little after the reply: the client is still sending */
	bool heartbeat; /* a probe: not worth a log line */
	int step;       /* of request.c */
	int64_t begun_us, took_us;
	const struct http_options *options;
	const struct http_server *server;
};

/* By status, as JSON or as short text; for what this folder refuses itself. */
int http_reply_status(struct http_request *rq, int status);
/* 400: the address takes no body. */
int http_reply_no_body(struct http_request *rq);

#endif
