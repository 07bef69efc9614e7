/* SPDX-License-Identifier: EUPL-1.2 */
/* A call of the API from the command line: who calls has been settled there, the roles of the route
 * are asked for here. */
#include "web/api_int.h"

struct calling {
	struct web *w;
	const struct web_call *call;
};

static int admit(struct http_request *rq, void *ctx)
{
	const struct calling *c = ctx;
	struct web_caller *who = ARENA_NEW(rq->arena, struct web_caller);

	web_page_begin(rq, c->w);
	*who = (struct web_caller){.who = *c->call->who,
		.roles = c->call->roles,
		.account = c->call->account,
		.call = c->call};
	rq->who = who;
	return who->roles & rq->route->roles ? 0 : ERR_DENIED;
}

int web_call(struct web *w, const struct web_call *call, struct arena *a, struct http_called *ret)
{
	struct calling c = {w, call};
	const struct http_routes table = web_routes(w);
	const struct http_call ask = {.method = call->method,
		.target = call->target,
		.body = call->body,
		.content_type = "application/json",
		.lang = call->lang,
		.now = call->now,
		.admit = admit,
		.ctx = &c};

	return http_call(&table, &ask, a, ret);
}

const char *web_field_said(const struct http_request *rq, const char *field)
{
	const struct web_caller *who = api_caller(rq);

	return who && who->call && who->call->field_name
		       ? who->call->field_name(who->call->ctx, field)
		       : field;
}
