/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything between a request's headers and its handler; what is wrong becomes the answer. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "http/server_int.h"

static void malformed(struct http_conn *c, const char *why)
{
	struct http_exchange *x = &c->x;

	/* Where this request ends is in doubt, so nothing behind it may be read as a next one. */
	x->framing.body = true;
	http_meter_event(HTTP_METER_MALFORMED);
	log_event(LOG_DEBUG, "http.malformed", "listener=%s peer=%s why=%s", c->port->name, c->peer,
		why);
	(void)!http_reply_status(&x->rq, 400);
}

static int framing_open(struct http_conn *c, size_t head_bytes)
{
	struct http_exchange *x = &c->x;
	const struct http_server *s = c->port->server;
	const char *why = NULL;

	if (head_bytes > s->o.header_bytes) {
		bool uri = x->head.target.n > s->o.header_bytes / 2;

		x->framing.body = true;
		return http_reply_status(&x->rq, uri ? 414 : 431);
	}
	if (http_guard_framing(&x->head, &x->framing, &why) != 0 ||
		(s->old_library && http_guard_layout(&x->head, head_bytes, &why) != 0))
		malformed(c, why);
	return 0;
}

int http_target_open(struct http_exchange *x, struct bytes *ret_path)
{
	struct bytes uri = x->head.target;
	const uint8_t *mark = memchr(uri.p, '?', uri.n);
	size_t n = mark ? (size_t)(mark - uri.p) : uri.n;
	char *path;

	if (mark)
		x->query = bytes_of(mark + 1, uri.n - n - 1);
	if (http_path_decode(x->rq.arena, bytes_of(uri.p, n), &path) != 0 ||
		http_query_check(x->rq.arena, x->query) != 0)
		return ERR_BADINPUT;
	x->rq.path = path;
	*ret_path = bytes_of(uri.p, n);
	return 0;
}

/* Who asks: the socket's other end, or whom a trusted proxy names. */
static int client_open(struct http_conn *c)
{
	struct http_exchange *x = &c->x;
	struct http_request *rq = &x->rq;
	const struct http_port *p = c->port;
	const struct http_trust trust = {p->trusted, p->trusted_n, p->cert_header};
	struct http_forwarded f;
	char *peer;

	x->trusted = c->trusted;
	if (!c->trusted) {
		rq->client_cert = http_tls_peer(c->session);
		return 0;
	}
	if (http_forwarded_read(x->head.fields, x->head.n, &trust, &f) != 0)
		return ERR_BADINPUT;
	if (f.named) {
		peer = arena_alloc(rq->arena, HTTP_ADDRESS_TEXT);
		rq->peer = http_address_format(&f.client, peer);
	}
	if (f.tls_named)
		rq->tls = f.tls;
	/* The certificate of the proxy's own TLS, if it has one, is not the client's. */
	if (f.cert && x->options->proxy_cert_parse)
		return x->options->proxy_cert_parse(rq->arena, f.cert, &rq->client_cert);
	return 0;
}

static enum say_lang lang_open(struct http_exchange *x)
{
	enum say_lang lang = say_lang_parse(http_header(&x->rq, "Accept-Language"), x->rq.lang);

	return x->query.n ? say_lang_parse(http_query(&x->rq, "lang"), lang) : lang;
}

static unsigned lowest_bit(unsigned bits)
{
	return bits & -bits;
}

static int route_open(struct http_conn *c, struct bytes path)
{
	struct http_exchange *x = &c->x;
	struct http_request *rq = &x->rq;
	const struct http_route *r;

	if (http_map_find(c->port->server->map, rq->arena, rq->method, c->port->sides, path,
		    &x->match) != 0)
		return http_reply_status(rq, 404);
	r = x->match.route;
	if (!r) {
		http_reply_header(rq, "Allow", x->match.allow);
		return http_reply_status(rq, 405);
	}
	rq->route = r;
	rq->side = lowest_bit(r->sides & c->port->sides);
	/* Where none is taken who asks is admitted before that is said: by http_exchange_expect. */
	if (x->framing.body && r->body_cap != 0 && x->framing.length > r->body_cap)
		return http_reply_status(rq, 413);
	return 0;
}

static void request_init(struct http_conn *c)
{
	struct http_exchange *x = &c->x;
	struct http_request *rq = &x->rq;

	rq->method = x->head.method;
	rq->peer = c->peer;
	rq->tls = c->session != NULL;
	rq->lang = c->port->server->lang;
	rq->now = clock_now();
}

void http_exchange_open(struct http_conn *c, size_t head_bytes)
{
	struct http_exchange *x = &c->x;
	struct bytes path;

	request_init(c);
	if (framing_open(c, head_bytes) != 0 || x->answer.ready)
		return;
	x->rq.content_type = http_header(&x->rq, "Content-Type");
	if (http_target_open(x, &path) != 0 || client_open(c) != 0) {
		malformed(c, "target or proxy headers");
		return;
	}
	x->rq.lang = lang_open(x);
	if (route_open(c, path) != 0)
		log_event(LOG_ERROR, "http.open", "listener=%s", c->port->name);
}

void http_exchange_admit(struct http_exchange *x)
{
	enum http_caller caller = x->rq.route->caller;
	http_admit *fn = x->options->admit[caller].fn;
	int err;

	if (x->admitted || x->answer.ready)
		return;
	x->admitted = true;
	if (!fn && caller == HTTP_ANYONE)
		return;
	/* Nobody was named who could let such callers in. */
	err = fn ? fn(&x->rq, x->options->admit[caller].ctx) : ERR_NOTFOUND;
	if (err && !x->answer.ready)
		(void)!http_reply_error(&x->rq, err, NULL);
}

uint32_t http_exchange_most(const struct http_exchange *x)
{
	uint32_t cap = x->rq.route->body_cap;

	return cap ? cap : HTTP_NO_BODY_READ;
}

void http_exchange_expect(struct http_exchange *x)
{
	if (!x->answer.ready && x->framing.length > http_exchange_most(x))
		(void)!http_reply_no_body(&x->rq);
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Nothing, or an object with nothing in it, which many programs send with every POST. */
static bool says_nothing(struct bytes body)
{
	size_t seen = 0;

	for (size_t i = 0; i < body.n; i++) {
		if (is_blank(body.p[i]))
			continue;
		if (seen == 2 || body.p[i] != "{}"[seen])
			return false;
		seen++;
	}
	return seen != 1;
}

/* What only the body can prove. */
static int admit_whole(struct http_exchange *x)
{
	const struct http_options *o = x->options;
	enum http_caller caller = x->rq.route->caller;

	return o->admit[caller].whole ? o->admit[caller].whole(&x->rq, o->admit[caller].ctx) : 0;
}

void http_exchange_work(struct http_exchange *x)
{
	const struct http_route *r = x->rq.route;
	int err = admit_whole(x);

	if (x->answer.ready)
		return;
	if (!err && r->body_cap == 0 && !says_nothing(x->rq.body)) {
		(void)!http_reply_no_body(&x->rq);
		return;
	}
	if (!err)
		err = r->handler(&x->rq, x->match.ctx);

	if (!err && x->answer.ready)
		return;
	if (err && x->answer.ready) {
		log_event(LOG_ERROR, "http.replied_and_failed", "route=%s err=%s", r->path,
			err_name(err));
		return;
	}
	if (!err)
		err = ERR_INTERNAL;
	if (http_status(err, r->caller) >= 500)
		log_event(LOG_ERROR, "http.failed", "method=%s route=%s err=%s", r->method, r->path,
			err_name(err));
	(void)!http_reply_error(&x->rq, err, NULL);
}
