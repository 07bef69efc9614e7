/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /api/v1/lifeguard: every date that can silence the fleet. */
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
	return web_reply(rq, 200, "lifeguard", d);
}
