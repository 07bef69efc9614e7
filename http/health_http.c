/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/metric.h"
#include "http/server_int.h"

#define METRICS_MOST (4 * 1024 * 1024)

int http_healthz(struct http_request *rq, void *ctx)
{
	const struct http_server *s = rq->x->server;
	bool stopping = s && atomic_load(&s->stopping);

	(void)ctx;
	rq->x->heartbeat = true;
	return http_reply(rq, stopping ? 503 : 200, "text/plain; charset=utf-8",
		bytes_of_str(stopping ? "stopping\n" : "ok\n"));
}

static void buf_end(void *p)
{
	buf_release(p);
}

int http_metrics(struct http_request *rq, void *ctx)
{
	struct buf *b = ARENA_NEW(rq->arena, struct buf);

	(void)ctx;
	rq->x->heartbeat = true;
	b->limit = METRICS_MOST;
	arena_defer(rq->arena, buf_end, b);
	metric_format(b);
	if (!buf_ok(b))
		return ERR_TOOBIG;
	return http_reply(rq, 200, "text/plain; version=0.0.4; charset=utf-8", buf_bytes(b));
}
