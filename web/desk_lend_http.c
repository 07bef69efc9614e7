/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands on the desk is lent, signed for and undone. */
#include "web/circulation_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

int web_desk_sign(struct http_request *rq, struct web *w, uint64_t loan, const char **ret_to)
{
	const struct people_caller who = api_people_caller(rq);
	const struct inv_loan_ask_paper ask = {
		.loan = loan, .organisation = web_organisation(w), .phone = web_contact(w)};
	char number[INV_LOAN_NUMBER];
	struct refusal r;
	int err = inv_loan_agreement_ready(w->o.inv, w->o.people, &who, &ask, &r);

	/* It is lent whatever comes of its paper: the page offers to make it, and says why not. */
	if (err == 0 || err == ERR_REFUSED || err == ERR_NOTFOUND)
		*ret_to = arena_printf(rq->arena, "/loans/%s/sign?from=desk&done=lent",
			inv_loan_number(loan, number));
	return err == ERR_REFUSED || err == ERR_NOTFOUND ? 0 : err;
}

int web_desk_sign_go(struct http_request *rq, struct web *w, uint64_t loan, const char *desk)
{
	const char *to;
	int err = web_desk_sign(rq, w, loan, &to);

	if (err)
		return err;
	return http_reply_see_other(rq,
		desk ? arena_printf(rq->arena, "%s&desk=%s", to, web_escape(rq->arena, desk)) : to);
}

int api_desk_lend(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "place", "place_back", "kind", "happened",
		"back_reason", "agreement", "yes", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	char number[INV_LOAN_NUMBER];
	struct inv_out more = {0};
	struct inv_out_result res;
	struct inv_desk_who by;
	struct refusal r = {0};
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_yes(rq, in, &more.yes);
	if (err == 0)
		err = api_time(rq, in, "happened", &more.happened_at);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_has(in, "kind") && inv_loan_kind_parse(doc_str(in, "kind"), &more.kind) != 0)
		return api_bad_field(rq, "kind", "ordinary, trial, swap");
	more.place = doc_str(in, "place");
	more.place_back = doc_str(in, "place_back");
	more.back_reason = doc_str(in, "back_reason");
	more.agreement = doc_str(in, "agreement");
	by = api_desk_who(rq, api_desk_of(rq, in));
	err = inv_desk_lend(w->o.inv, &by, &more, &r, &res);
	if (err == 0) {
		doc_set_str(d, "loan", inv_loan_number(res.loan, number));
		web_doc_opt_day(d, "due", res.due);
		doc_set_bool(d, "asks_sign", res.asks_sign);
	}
	if (err == 0 && res.asks_sign && web_is_page(rq))
		return web_desk_sign_go(rq, w, res.loan, by.desk);
	return api_circulated(rq, err, &r, d);
}

int api_desk_undo(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "id", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct inv_desk_who by;
	struct inv_last last;
	struct refusal r = {0};
	int64_t id = 0;
	int err = api_body(rq, known, &in);

	if (err == 0 && doc_has(in, "id")) {
		const char *s = doc_str(in, "id");

		if ((s ? text_parse_i64(s, &id) : doc_int(in, "id", &id)) != 0 || id < 0)
			return api_bad_field(rq, "id", "…");
	}
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, api_desk_of(rq, in));
	err = inv_undo(w->o.inv, &by, (uint64_t)id, &r, &last, rq->arena);
	if (err == 0)
		web_last_doc(&last, d, rq->arena, rq->lang);
	return api_circulated(rq, err, &r, d);
}
