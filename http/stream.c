/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Replies without an end of their own. The connection has its own thread, so waiting is plain
 * waiting; the watchdog is told to look away while there is nothing to send, and looks again as
 * soon as there is.
 */
#include "base/clock.h"
#include "http/server_int.h"

#include <poll.h>
#include <sys/socket.h>

#define TICK_MS 250
#define PIECE 65536

struct http_going {
	struct http_request *rq;
	http_stream *next;
	void (*end)(void *ctx);
	void *ctx;
	struct buf out;
	size_t sent;
};

static void going_end(void *p)
{
	struct http_going *g = p;

	buf_release(&g->out);
	if (g->end)
		g->end(g->ctx);
}

int http_reply_stream(struct http_request *rq, const char *type, http_stream *next,
	void (*end)(void *ctx), void *ctx)
{
	struct http_going *g = ARENA_NEW(rq->arena, struct http_going);

	*g = (struct http_going){
		.rq = rq, .next = next, .end = end, .ctx = ctx, .out = BUF_INIT(1 << 20)};
	arena_defer(rq->arena, going_end, g);
	rq->x->answer.going = g;
	rq->x->answer.close = true;
	return http_reply(rq, 200, type, bytes_of(NULL, 0));
}

/* Did the client leave, or the server stop? Waits a tick to see. */
static bool is_over(const struct http_conn *c)
{
	struct pollfd p = {.fd = c->fd, .events = POLLRDHUP};

	if (poll(&p, 1, TICK_MS) > 0)
		return true;
	return atomic_load(&c->cut) || atomic_load(&c->port->server->stopping);
}

static ssize_t piece_take(struct http_conn *c, struct http_going *g, char *to, size_t most)
{
	size_t n = g->out.n - g->sent;

	n = n < most ? n : most;
	memcpy(to, g->out.p + g->sent, n);
	g->sent += n;
	if (g->sent == g->out.n) {
		buf_reset(&g->out);
		g->sent = 0;
	}
	/* What is handed over must be gone before long. */
	http_conn_enter(c, CONN_SEND, clock_mono_us(), c->port->server->o.idle_s * 1000000LL);
	return (ssize_t)n;
}

static ssize_t going_read(void *cls, uint64_t at, char *to, size_t most)
{
	struct http_conn *c = cls;
	struct http_going *g = c->x.answer.going;
	int err = 0;

	(void)at;
	while (g->out.n == 0) {
		http_conn_enter(c, CONN_WORK, 0, 0);
		err = g->next(g->rq, g->ctx, &g->out);
		if (g->out.n)
			break;
		if (err || is_over(c))
			return MHD_CONTENT_READER_END_OF_STREAM;
	}
	return buf_ok(&g->out) ? piece_take(c, g, to, most) : MHD_CONTENT_READER_END_WITH_ERROR;
}

struct MHD_Response *http_going_response(struct http_conn *c)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, going_read, c, NULL);
}
