/* SPDX-License-Identifier: EUPL-1.2 */
/* libmicrohttpd's calls for one request, in their order: uri, first, body…, last, completed. */
#include "base/clock.h"
#include "base/log.h"
#include "http/server_int.h"

#define FIELDS_MOST 101 /* one more than the guard lets through */
#define BODY_KEPT (64 * 1024)
/* Of bodies longer than that, together: an iPad is known only when all of its message is here, and
 * strangers on every connection must not be able to fill the memory. */
#define BODIES_MOST ((size_t)256 << 20)
/* A file that staff send is longer on its way than an iPad's message. */
#define BODY_BYTES_PER_S 65536

enum step { STEP_HEAD, STEP_BODY, STEP_ANSWERED };

static struct http_conn *conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/*
 * The library would go on to make a record of each name in the query, in the same memory as the
 * headers; when 0.9 runs out of it there, it hangs up without a word. We read our copy instead.
 */
static void query_hide(const char *uri)
{
	char *mark = strchr((char *)(uintptr_t)uri, '?');

	if (mark && mark[1])
		mark[1] = '\0';
}

void *http_on_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct http_port *p = cls;
	struct http_conn *c = conn_of(connection);
	int64_t now_us = clock_mono_us();
	struct http_exchange *x;

	if (!c)
		return NULL;
	x = &c->x;
	x->server = p->server;
	x->options = &p->server->o;
	x->begun_us = now_us;
	x->head.uri = uri;
	x->head.target = arena_bytes(c->arena, bytes_of_str(uri));
	if (p->server->old_library)
		query_hide(uri);
	x->rq.side = p->sides & -p->sides; /* until the route is known */
	x->rq.x = x;
	x->rq.arena = c->arena;
	x->rq.id = atomic_fetch_add_explicit(&p->server->next_id, 1, memory_order_relaxed);
	log_set_request(x->rq.id);
	/* A first request has the time since the connection was made, TLS and all. */
	if (atomic_load_explicit(&c->phase, memory_order_relaxed) == CONN_FRESH)
		atomic_store_explicit(&c->phase, CONN_HEAD, memory_order_relaxed);
	else
		http_conn_enter(c, CONN_HEAD, now_us, p->server->o.header_s * 1000000LL);
	return c;
}

static enum MHD_Result field_take(
	void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct http_head *h = cls;
	struct http_field *fields = (struct http_field *)(uintptr_t)h->fields;

	(void)kind;
	if (h->n == FIELDS_MOST)
		return MHD_NO;
	fields[h->n].name = key;
	fields[h->n].value = value ? value : "";
	h->n++;
	return MHD_YES;
}

static void body_expect(struct http_conn *c)
{
	struct http_exchange *x = &c->x;
	uint64_t most = x->framing.chunked ? http_exchange_most(x) : x->framing.length;

	c->body.limit = http_exchange_most(x);
	http_conn_enter(c, CONN_BODY, clock_mono_us(),
		(x->options->body_s + (int64_t)(most / BODY_BYTES_PER_S)) * 1000000);
}

static enum MHD_Result request_head(struct http_conn *c, struct MHD_Connection *connection,
	const char *method, const char *version)
{
	struct http_exchange *x = &c->x;
	const union MHD_ConnectionInfo *info;

	x->step = STEP_BODY;
	x->head.method = method;
	x->head.version = version;
	x->head.fields = ARENA_ARRAY(c->arena, struct http_field, FIELDS_MOST);
	MHD_get_connection_values(connection, MHD_HEADER_KIND, field_take, &x->head);
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	http_exchange_open(c, info ? info->header_size : SIZE_MAX);
	if (!x->framing.body)
		return MHD_YES; /* the last call follows at once, and leaves the connection open */
	/* Staff are known by what stands in the headers; an iPad only by its signed body. */
	if (!x->answer.ready && x->rq.route->caller != HTTP_DEVICE)
		http_exchange_admit(x);
	http_exchange_expect(x);
	if (x->answer.ready) {
		x->step = STEP_ANSWERED;
		x->answer.close = x->linger = true;
		return http_exchange_send(c, connection);
	}
	body_expect(c);
	return MHD_YES;
}

/* What the body has grown to is taken from what all share; false when that is gone. */
static bool body_afford(struct http_conn *c)
{
	size_t grown = c->body.cap > BODY_KEPT ? c->body.cap - c->body_shared : 0;

	if (grown == 0)
		return true;
	c->body_shared += grown;
	return atomic_fetch_add(&c->port->server->bodies, grown) + grown <= BODIES_MOST;
}

static void body_rest(struct http_conn *c)
{
	/* It may have held a password. */
	mem_wipe(c->body.p, c->body.n);
	if (c->body.cap > BODY_KEPT)
		buf_release(&c->body);
	else
		buf_reset(&c->body);
	atomic_fetch_sub(&c->port->server->bodies, c->body_shared);
	c->body_shared = 0;
}

/* In the middle of an upload the library takes no answer: past the cap the connection ends. */
static enum MHD_Result request_body(struct http_conn *c, const char *upload, size_t *upload_n)
{
	bool afforded;

	buf_add(&c->body, upload, *upload_n);
	*upload_n = 0;
	afforded = body_afford(c);
	if (afforded && buf_ok(&c->body))
		return MHD_YES;
	if (!afforded)
		http_meter_event(HTTP_METER_FULL);
	c->x.answer.status = afforded ? 413 : 503;
	return MHD_NO;
}

static enum MHD_Result request_last(struct http_conn *c, struct MHD_Connection *connection)
{
	struct http_exchange *x = &c->x;

	x->step = STEP_ANSWERED;
	http_conn_enter(c, CONN_WORK, 0, 0);
	x->rq.body = buf_bytes(&c->body);
	if (!x->answer.ready)
		http_exchange_admit(x);
	if (!x->answer.ready)
		http_exchange_work(x);
	return http_exchange_send(c, connection);
}

enum MHD_Result http_on_request(void *cls, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_n,
	void **context)
{
	struct http_conn *c = *context;

	(void)cls;
	(void)url;
	if (!c)
		return MHD_NO;
	switch (c->x.step) {
	case STEP_HEAD:
		return request_head(c, connection, method, version);
	case STEP_BODY:
		return *upload_n ? request_body(c, upload, upload_n) : request_last(c, connection);
	default:
		return MHD_NO;
	}
}

/* What an iPad polls is no event; what went wrong with it is. */
static enum log_level line_level(const struct http_exchange *x, int status)
{
	if (x->heartbeat)
		return LOG_DEBUG;
	if (x->rq.side == HTTP_DEVICE_SIDE && status < 400)
		return LOG_DEBUG;
	return LOG_INFO;
}

static void line_write(struct http_conn *c, int status, enum MHD_RequestTerminationCode code)
{
	const struct http_exchange *x = &c->x;
	const struct http_route *r = x->rq.route;

	if (r && r->unlogged)
		return;
	/* The route and not the path: a path may carry a one-time word. */
	log_event(line_level(x, status), "http.request",
		"listener=%s peer=%s method=%s route=%s status=%d bytes=%zu ms=%lld.%03lld end=%s",
		c->port->name, x->rq.peer ? x->rq.peer : c->peer, r ? r->method : "-",
		r ? r->path : "-", status, x->answer.body.n, (long long)x->took_us / 1000,
		(long long)x->took_us % 1000,
		atomic_load(&c->cut)                             ? "too_slow"
		: code == MHD_REQUEST_TERMINATED_COMPLETED_OK    ? "ok"
		: code == MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN ? "stopped"
								 : "aborted");
}

static void conn_rest(struct http_conn *c)
{
	body_rest(c);
	arena_reset(c->arena);
	memset(&c->x, 0, sizeof(c->x));
	http_conn_enter(c, CONN_IDLE, clock_mono_us(), c->port->server->o.idle_s * 1000000LL);
	log_set_request(0);
}

void http_on_completed(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode code)
{
	struct http_conn *c = *context;
	const union MHD_ConnectionInfo *info;
	int status;

	(void)cls;
	if (!c)
		return;
	status = c->x.answer.status;
	if (!status) { /* the library's own refusal, or a connection that broke */
		info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
		status = info ? (int)info->http_status : 0;
		c->x.took_us = clock_mono_us() - c->x.begun_us;
	}
	if (c->x.linger && code == MHD_REQUEST_TERMINATED_COMPLETED_OK)
		http_conn_linger(c);
	http_meter_request(c->x.rq.side, status ? status : 400, c->x.took_us);
	line_write(c, status, code);
	conn_rest(c);
	*context = NULL;
}
