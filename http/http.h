/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * http: the libmicrohttpd door. Listeners, TLS, routes, caps, replies.
 *
 * Words. Side: which of the house's doors a listener is: the iPads' (device), the staff's, the
 * public's; a route names the sides it is reachable on, so that only what must be public is.
 * Caller: who a route is for; whoever asks is admitted by the function the server gives for that
 * kind before the handler sees the request. A route whose caller was forgotten is for nobody.
 *
 * Threads. One thread a connection; a handler is plain blocking code and owns its request. The
 * arena of a request ends with the reply.
 *
 * libmicrohttpd 0.9.75's gaps are closed here (guard.c, open.c, watchdog.c): doubled or
 * conflicting length headers, folded lines and NULs, bare chunked floods, slow clients (every
 * phase of a request has an end that does not move), caps by connection, address, header, body
 * and time. TLS is 1.2 or 1.3, with tickets; a client certificate is asked for on the device side
 * and never believed here.
 *
 * Order. Framing and form (400, 413, 414, 431), route (404, 405), HTTP_STAFF and HTTP_ANYONE
 * admitted, body up to the route's cap, HTTP_DEVICE admitted, a body where none is taken (400),
 * handler. In an address only the {name}s may hold escapes, and none may decode to '/', a control
 * character, "." or "..".
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/say.h"

enum http_side { HTTP_DEVICE_SIDE = 1, HTTP_STAFF_SIDE = 2, HTTP_PUBLIC_SIDE = 4 };

enum http_caller {
	HTTP_NOBODY = 0, /* a forgotten field closes the route */
	HTTP_ANYONE,
	HTTP_DEVICE, /* an iPad with an identity of ours: admitted after the body is read */
	HTTP_STAFF,  /* an account or token with one of the route's roles: before the body */
	HTTP_CALLERS
};

struct http_route;

struct http_request {
	const char *method;
	const char *path; /* decoded, without the query */
	struct bytes body;
	const char *content_type; /* as sent, or NULL */
	const char *peer; /* the client's address as text; behind a trusted proxy: its word */
	bool tls;         /* the client's side is encrypted (to us or to a trusted proxy) */
	struct bytes client_cert; /* DER that the TLS layer or a trusted proxy saw; not verified */
	enum http_side side;
	const struct http_route *route;
	enum say_lang lang;
	uint64_t id;
	int64_t now; /* s */
	struct arena *arena;
	const void *who; /* what the admit function found; NULL for HTTP_ANYONE */
	void *note;      /* the handlers' own, from one of them to the next; NULL at first */
	struct http_exchange *x; /* the inside of this folder */
};

/* Reply with one http_reply_*() and return 0, or return an ERR_*: the table in errors.c gives the
 * status and a short body. */
typedef int http_handler(struct http_request *rq, void *ctx);
/* 0 lets the caller in; an ERR_* keeps it out; may set rq->who (in the arena). */
typedef int http_admit(struct http_request *rq, void *ctx);

struct http_route {
	const char *method;
	const char *path; /* "/api/v1/devices/{serial}/lost"; {name} is one segment */
	unsigned sides;   /* enum http_side, or-ed */
	enum http_caller caller;
	uint32_t roles;    /* HTTP_STAFF: any of these bits */
	uint32_t body_cap; /* bytes; 0: none but an empty one or "{}" */
	http_handler *handler;
	const char *about; /* one English line: docs/openapi.yaml is checked against it */
	bool unlogged;     /* writes no line: who came here when is nobody's business */
};

struct http_routes {                     /* one folder's table */
	const struct http_route *routes; /* ends with a NULL method */
	void *ctx;                       /* for its handlers */
};

/* --- what a handler may ask --- */
const char *http_header(const struct http_request *rq, const char *name); /* NULL: absent */
/* The first of that name, decoded as HTML forms write it ('+' is a blank); NULL: absent. */
const char *http_query(const struct http_request *rq, const char *name);
/* The first name in the query that no handler has asked for, nor stands in `known` (ends with NULL); NULL: all
 * were. */
const char *http_query_unasked(const struct http_request *rq, const char *const *known);
/* The same with '+' left as it is: for Base64 that a client did not escape (SCEP's GET). */
const char *http_query_literal(const struct http_request *rq, const char *name);
const char *http_param(const struct http_request *rq, const char *name); /* {name}, decoded */
/* Path and query as they were sent, still escaped. */
const char *http_target(const struct http_request *rq);
/* The first of that name in Cookie (RFC 6265); NULL: absent. */
const char *http_cookie(const struct http_request *rq, const char *name);
/* The body is what an HTML form sends: application/x-www-form-urlencoded. */
bool http_is_form(const struct http_request *rq);
/*
 * A form's fields as a document: a name that comes once is a text, one that comes more often a
 * list of texts, with lines ending in LF. ERR_BADINPUT for what is no such form or not UTF-8,
 * ERR_TOOBIG past HTTP_FORM_FIELDS.
 */
#define HTTP_FORM_FIELDS 1000
int http_form_parse(struct arena *a, struct bytes body, struct doc **ret) MUST_CHECK;
/*
 * The same of a form that holds files (multipart/form-data, RFC 7578): its texts, and its files as
 * bytes of the body. ERR_BADINPUT for what no browser sends, ERR_TOOBIG past HTTP_UPLOADS.
 * (multipart.c)
 */
#define HTTP_UPLOADS 16
struct http_upload {
	const char *field, *name, *type; /* name: as the sender calls it; type: as it says, or NULL */
	struct bytes content;
};
struct http_form {
	struct doc *fields;
	const struct http_upload *files;
	size_t file_n;
};
bool http_is_multipart(const char *content_type);
int http_multipart_parse(struct arena *a, const char *content_type, struct bytes body,
	struct http_form *ret) MUST_CHECK;
/* A program asks: the path is below /api/ or Accept names application/json. */
bool http_wants_json(const struct http_request *rq);
/* A browser asks: Accept names text/html (and not JSON). */
bool http_wants_html(const struct http_request *rq);
/* May what is sent be packed by gzip (Accept-Encoding, RFC 9110 section 12.5.3)? */
bool http_takes_gzip(const struct http_request *rq);

/*
 * --- how it may answer ---
 * Nothing is sent before the handler has returned: bytes must be in the request's arena or last
 * for ever. Replying twice is an ERR_INTERNAL and leaves the first. Every reply carries Date,
 * X-Content-Type-Options: nosniff and, unless the handler set it, Cache-Control: no-store; HTML
 * also gets a Content-Security-Policy that allows nothing from elsewhere.
 */
int http_reply(struct http_request *rq, int status, const char *type, struct bytes body);
int http_reply_empty(struct http_request *rq, int status);
/*
 * 200 with a body that has no end of its own. `next` is called whenever all before it was sent, and
 * else each quarter of a second; it adds what there is, or nothing. An ERR_* ends the reply, as do
 * the client's leaving, a client that takes nothing for as long as an idle one may, and the
 * server's stop. It must not block. `end` (or NULL) is called once, whatever became of it. The
 * request's arena lasts as long, so what grows belongs elsewhere.
 */
typedef int http_stream(struct http_request *rq, void *ctx, struct buf *out);
int http_reply_stream(struct http_request *rq, const char *type, http_stream *next,
	void (*end)(void *ctx), void *ctx);
/* 303: go on there by GET. `location` is an address of our own, or the reply is an ERR_INTERNAL. */
int http_reply_see_other(struct http_request *rq, const char *location);
/* An address on this very server, as a path with or without a query: what a form or a link may
 * name as the place to go on to. "//elsewhere" and "/\elsewhere" are none. (form.c) */
bool http_is_local(const char *location);
int http_reply_doc(struct http_request *rq, int status, struct doc *d);
/* 409 with {"code","text"}: a rule said no. */
int http_reply_refusal(struct http_request *rq, const struct refusal *r);
/* The error table, with a text of our own for people (NULL: the table's). */
int http_reply_error(struct http_request *rq, int err, const char *text);
/* The same, where why has a code and a text of its own. */
int http_reply_error_say(struct http_request *rq, int err, const struct say *say);
/* A body that is fetched piece by piece while it is sent, on the connection's thread: `read` fills
 * at most `room` bytes from `at` on and returns how many, or an ERR_*, which cuts the connection.
 * `ctx` lives as long as the request. */
typedef int http_read(void *ctx, uint64_t at, uint8_t *to, size_t room);
int http_reply_pieces(struct http_request *rq, int status, const char *type, uint64_t bytes,
	http_read *read, void *ctx);
/* One handler, two faces: the document itself for a program (http_wants_json), and for a browser
 * the page that the template of that name makes of it (http_options.pages). */
int http_reply_page(struct http_request *rq, int status, const char *template, struct doc *d);
/* A file built into the program. It may be kept for ever by whoever asked with ?v= and its tag;
 * the others ask again, and are told when they have it (304). */
struct http_file {
	const char *name; /* "hylla.css" */
	const char *type; /* "text/css; charset=utf-8" */
	const char *tag;  /* of its content: letters and digits */
	struct bytes body;
	struct bytes packed; /* the same by gzip, for who accepts that; none when NULL */
};
int http_reply_file(struct http_request *rq, const struct http_file *f);
/* Before or after the reply itself. A second one of that name takes the first's place, but for
 * Set-Cookie. Copied. */
void http_reply_header(struct http_request *rq, const char *name, const char *value);
/*
 * 401 means "unenrol" to an iPad. On a route of an HTTP_DEVICE or of the device side every 401
 * becomes 400 and is logged as our own fault; nothing in this folder offers another way.
 */

/* The status for an error (errors.c). Device routes differ: never 401, 403 or 404. */
int http_status(int err, enum http_caller caller);

/* --- the server --- */
struct http_listener {
	const char *name;    /* for logs, metrics and systemd's FileDescriptorName */
	const char *address; /* "127.0.0.1:8443", "[::]:443"; port 0: any free one */
	unsigned sides;
	const char *tls_cert_path, *tls_key_path; /* PEM; both NULL: plain HTTP */
	/* Addresses or CIDR, NULL-ended, or NULL. Only these are believed when they name the client
	 * or its certificate; from anybody else such headers are invisible. */
	const char *const *trusted_proxies;
	/* The header in which they hand on a client's certificate: "Client-Cert" (RFC 9440) or
	 * "X-SSL-Client-Cert" (nginx); they must always set it. NULL: none is believed. */
	const char *cert_header;
	unsigned connections;             /* 0: 1000 */
	unsigned connections_per_address; /* 0: no cap; never counts trusted proxies */
	int fd; /* a listening socket handed over (systemd), then ours to close; or -1 */
};

/*
 * Templates in Mustache (mustache_int.h), read once: the files whose names end in ".mustache",
 * under what stands before that. `files` ends with a row of zeros and must last. ERR_BADINPUT,
 * ERR_TOOBIG or ERR_EXISTS for a template that is none; the log tells which and where.
 */
struct http_pages;
int http_pages_new(const struct http_file *files, struct http_pages **ret) MUST_CHECK;
void http_pages_free(struct http_pages *p);
/* What stands on every page round its document: fills a document of its own, in which a template
 * finds what the page's document does not have. */
typedef void http_around(struct http_request *rq, struct doc *around, void *ctx);

/* Answers with a page for a browser that got an error or a refusal; or returns an ERR_* and
 * leaves it to a line of text. */
typedef int http_page(
	struct http_request *rq, int status, const char *code, const char *text, void *ctx);

/* Strings and lists are copied; the route tables must outlive the server. */
struct http_options {
	const struct http_listener *listeners;
	size_t listener_count;
	const struct http_routes *tables;
	size_t table_count;
	struct {
		http_admit *fn;
		http_admit *whole; /* asked again when the body is there; or NULL */
		void *ctx;
	} admit[HTTP_CALLERS];
	struct {
		http_page *fn; /* NULL: a line of text */
		void *ctx;
	} error_page;
	struct {
		/* A set a language, borrowed; one without is JSON. */
		const struct http_pages *sets[SAY_LANGS];
		http_around *around; /* or NULL */
		void *ctx;
	} pages;
	/* Turns a trusted proxy's certificate header into DER; http may not use OpenSSL. */
	int (*proxy_cert_parse)(struct arena *a, const char *value, struct bytes *ret_der);
	/* Deadlines; 0: 10, 30, 60. A body gets what 64 kB/s needs on top; a reply idle_s and what
	 * 8 kB/s needs. A handler has none. */
	unsigned header_s, body_s, idle_s;
	unsigned header_bytes; /* request line and headers; 0: 32768 */
	enum say_lang lang;    /* when the client names none (?lang=, Accept-Language) */
};

struct http_server;
/*
 * Opens the listeners and serves. What is wrong is in the log too: ERR_USAGE for a route or
 * listener that makes no sense, ERR_BADINPUT for an address, ERR_EXISTS when the port is taken,
 * ERR_DENIED, ERR_NOTFOUND or ERR_CRYPTO for its files.
 */
int http_start(const struct http_options *o, struct http_server **ret) MUST_CHECK;
/* The port a listener got. */
unsigned http_port(const struct http_server *s, const char *listener);
/* Reads certificates again; new connections use them, old ones go on. On a bad file the old
 * certificate stays and the error is returned. */
int http_reload(struct http_server *s) MUST_CHECK;
/* The language for clients that name none, from now on. */
void http_lang_set(struct http_server *s, enum say_lang lang);
/* No new connections; requests in flight finish, for at most wait_s, then they are cut; frees the
 * server. A socket that was handed over goes on listening for whoever holds it. */
void http_stop(struct http_server *s, unsigned wait_s);

/* For tests that walk all routes. */
const struct http_routes *http_tables(const struct http_server *s, size_t *ret_n);

/*
 * --- the same rows without a socket ---
 * For the command line beside the server: a row of the table is found, the caller admitted and its
 * handler called, as for a request on the staff's side that was sent by this very process. ERR_NOTFOUND:
 * no such row; ERR_TOOBIG: more body than it takes; ERR_UNSUPPORTED: its answer comes in pieces. What the handler refuses is an answer, with its status.
 */
struct http_call {
	const char *method, *target; /* "/api/v1/holds?product=ipad", escaped */
	struct bytes body;
	const char *content_type;
	enum say_lang lang;
	int64_t now;
	http_admit *admit; /* of HTTP_STAFF */
	void *ctx;
};
struct http_called {
	int status;
	const char *type; /* NULL: nothing in it */
	struct bytes body; /* in the arena */
};
int http_call(const struct http_routes *table, const struct http_call *call, struct arena *a,
	struct http_called *ret) MUST_CHECK;

/* GET /healthz and GET /metrics as handlers to put in a route table. */
int http_healthz(struct http_request *rq, void *ctx);
int http_metrics(struct http_request *rq, void *ctx);

#endif
