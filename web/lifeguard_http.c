/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/lifeguard: every date that can silence the fleet; and that the clock is right. */
#include "web/api_int.h"

int api_lifeguard(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct doc *d = doc_new(rq->arena);
	struct web_deadline *list;
	size_t n;
	int err = web_deadlines_get(w, rq->arena, rq->now, &list, &n);

	if (err)
		return err;
	web_lifeguard_doc(rq->arena, list, n, rq->lang, rq->now, d);
	for (size_t i = 0; i < n; i++) {
		if (list[i].what == WEB_END_CLOCK)
			doc_set_bool(d, "clock_leapt", true);
	}
	return web_reply(rq, 200, "lifeguard", d);
}

int api_clock_confirm(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r = {0};
	int err = audit_clock_confirm(w->o.st, &api_caller(rq)->who, rq->now, &r);

	return api_done(rq, err, &r);
}
