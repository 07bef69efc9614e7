/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /: the first page of each role. */
#include "web/api_int.h"

int page_start(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	return web_reply(rq, 200, "start", d);
}
