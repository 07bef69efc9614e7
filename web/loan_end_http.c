/* SPDX-License-Identifier: EUPL-1.2 */
/* What a borrower has and does not bring back: claimed to be returned, lost, written off. */
#include "web/circulation_int.h"

#include "base/text.h"

int api_item_claim(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"no", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq,
		inv_claim(w->o.inv, &by, http_param(rq, "code"),
			doc_bool(in, "no", text_equal(doc_str(in, "no"), "yes")), &r),
		&r);
}

int api_item_loan_lost(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"stolen", "message", "phone", "footnote", "note",
		"police", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_mark words = {0};
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	words.message = doc_str(in, "message");
	words.phone = doc_str(in, "phone");
	words.footnote = doc_str(in, "footnote");
	words.note = doc_str(in, "note");
	words.police = doc_str(in, "police");
	if (!api_note_ok(words.note))
		return api_bad_field(rq, "note", "0-500");
	return api_done(rq,
		inv_loan_lost(w->o.inv, &by, http_param(rq, "code"),
			doc_bool(in, "stolen", text_equal(doc_str(in, "stolen"), "yes")), &words,
			&r),
		&r);
}

int api_item_write_off(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"reason", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq,
		inv_write_off(w->o.inv, &by, http_param(rq, "code"), doc_str(in, "reason"), &r),
		&r);
}
