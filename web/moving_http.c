/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /api/v1/devices/move-in */
#include "web/api_int.h"

int api_move_in(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"source", "profile", "enrolments", NULL};
	struct doc *d, *report = doc_new(rq->arena);
	struct web_move v = {.who = &api_caller(rq)->who,
		.arena = rq->arena,
		.lang = rq->lang,
		.now = rq->now,
		.refused = doc_set_list(report, "refused")};
	struct web *w = ctx;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = web_move_doc(w, &v, d);
	if (err == ERR_UNSUPPORTED)
		return api_bad_field(rq, "profile", "unsigned");
	if (err == ERR_BADINPUT)
		return api_bad_field(rq, "profile", ".mobileconfig, Base64");
	if (err)
		return err;
	mdm_wake(w->o.mdm);
	doc_set_int(report, "moved", (int64_t)v.moved);
	return http_reply_doc(rq, 200, report);
}
