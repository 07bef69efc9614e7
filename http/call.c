/* SPDX-License-Identifier: EUPL-1.2 */
/* A row of a table called from within the program: the same admission, handler and answer, and no
 * socket, so that the command line beside the server is one more face of the API. */
#include "http/server_int.h"

static int route_find(const struct http_routes *table, struct http_exchange *x, struct bytes path,
	size_t body_n)
{
	struct http_request *rq = &x->rq;
	const struct http_route *bad;
	struct http_map *map;
	int err = http_map_new(table, 1, &map, &bad);

	if (err)
		return err;
	/* What is found is the table's own and the request's: the map may go. */
	err = http_map_find(map, rq->arena, rq->method, rq->side, path, &x->match);
	for (size_t i = 0; err == 0 && i < x->match.param_count; i++)
		x->match.params[i].name = arena_bytes(rq->arena, x->match.params[i].name);
	http_map_free(map);
	if (err)
		return err;
	rq->route = x->match.route;
	if (!rq->route)
		return ERR_NOTFOUND;
	return rq->route->body_cap != 0 && body_n > rq->route->body_cap ? ERR_TOOBIG : 0;
}

int http_call(const struct http_routes *table, const struct http_call *call, struct arena *a,
	struct http_called *ret)
{
	struct http_exchange *x = ARENA_NEW(a, struct http_exchange);
	struct http_options *o = ARENA_NEW(a, struct http_options);
	struct bytes path;
	int err;

	o->admit[HTTP_STAFF].fn = call->admit;
	o->admit[HTTP_STAFF].ctx = call->ctx;
	x->options = o;
	x->head.target = bytes_of_str(call->target);
	x->rq = (struct http_request){.method = call->method,
		.body = call->body,
		.content_type = call->content_type,
		.peer = "",
		.side = HTTP_STAFF_SIDE,
		.lang = call->lang,
		.now = call->now,
		.arena = a,
		.x = x};
	err = http_target_open(x, &path);
	if (err == 0)
		err = route_find(table, x, path, call->body.n);
	if (err)
		return err;
	http_exchange_admit(x);
	if (!x->answer.ready)
		http_exchange_work(x);
	if (x->answer.read || x->answer.going)
		return ERR_UNSUPPORTED;
	*ret = (struct http_called){
		.status = x->answer.status, .type = x->answer.type, .body = x->answer.body};
	return 0;
}
