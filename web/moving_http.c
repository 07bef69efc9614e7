/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /api/v1/devices/move-in */
#include "web/api_int.h"

#include "base/text.h"

int api_move_in(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"source", "profile", "enrolments", "database", "dump",
		"push_certificate", "push_key", NULL};
	struct doc *d, *report = doc_new(rq->arena);
	struct web_move v = {.who = &api_caller(rq)->who,
		.preview = text_equal(http_query(rq, "preview"), "yes"),
		.take_good_rows = text_equal(http_query(rq, "take_good_rows"), "yes"),
		.arena = rq->arena,
		.lang = rq->lang,
		.now = rq->now};
	struct web *w = ctx;
	struct refusal r;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = web_move_read(&v, d);
	if (err == ERR_UNSUPPORTED || err == ERR_BADINPUT)
		return api_bad_field(rq, v.field, v.bad ? v.bad : "Base64");
	if (err)
		return err;
	err = web_move_run(w, &v, report, &r);
	if (err && err != ERR_REFUSED)
		return err;
	return http_reply_doc(rq, err ? 409 : 200, report);
}
