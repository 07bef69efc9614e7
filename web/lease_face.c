/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of leases. */
#include "web/product_int.h"

#include "base/text.h"

int web_agreed_made(
	struct http_request *rq, int err, const struct refusal *r, const char *id)
{
	const char *clean = id;

	if (err || !web_is_page(rq) || inv_code_parse(rq->arena, id, &clean) != 0)
		return api_done(rq, err, r);
	return web_page_made(rq, clean);
}

static bool is_away(unsigned s)
{
	return s == INV_LOST || s == INV_STOLEN || s == INV_MISSING;
}

static void put_state(struct api_read *job, const struct inv_lease *l, unsigned s, uint64_t n)
{
	struct doc *row = doc_add_object(doc_list(job->d, "things"));

	doc_set_str(row, "state", inv_state_name((enum inv_state)s));
	doc_set_int(row, "count", (int64_t)n);
	if (!web_is_page(job->rq))
		return;
	doc_set_str(row, "state_text", say_plain(inv_state_say((enum inv_state)s), job->rq->lang));
	doc_set_str(row, "href", arena_printf(job->rq->arena, "/items?lease=%s&state=%s",
		web_escape(job->rq->arena, l->id), inv_state_name((enum inv_state)s)));
	doc_set_bool(row, "out", s == INV_ON_LOAN);
	doc_set_bool(row, "away", is_away(s));
	doc_set_bool(row, "gone", !inv_state_is_ours(s));
	doc_set_bool(row, "home", s != INV_ON_LOAN && !is_away(s) && inv_state_is_ours(s));
}

int web_lease_counts(
	struct api_read *job, struct store_txn *txn, const struct inv_lease *l, struct doc *d)
{
	uint64_t n[INV_STATES], here = 0, away = 0, gone = 0;
	int err = inv_count_lease(txn, l->id, n);

	if (err)
		return err;
	if (d == job->d)
		doc_set_list(job->d, "things");
	for (unsigned s = 1; s < INV_STATES; s++) {
		*(inv_state_is_ours(s) ? &here : &gone) += n[s];
		away += is_away(s) ? n[s] : 0;
		if (n[s] && d == job->d)
			put_state(job, l, s, n[s]);
	}
	doc_set_int(d, "here", (int64_t)here);
	doc_set_int(d, "on_loan", (int64_t)n[INV_ON_LOAN]);
	doc_set_int(d, "away", (int64_t)away);
	doc_set_int(d, "gone_back", (int64_t)gone);
	doc_set_int(d, "monthly_all_ore", (int64_t)here * l->monthly_ore);
	doc_set_int(d, "away_ore", (int64_t)away * l->residual_ore);
	if (web_is_page(job->rq)) {
		doc_set_str(d, "href", web_escape(job->rq->arena, l->id));
		web_doc_kronor(job->rq->arena, d, "monthly_all");
		web_doc_kronor(job->rq->arena, d, "away");
	}
	return 0;
}

int web_lease_face(struct api_read *job, struct store_txn *txn, const struct inv_lease *l)
{
	const int32_t today = day_of_time(job->rq->now);
	char day[DAY_TEXT];

	(void)txn;
	web_doc_kronor(job->rq->arena, job->d, "monthly");
	web_doc_kronor(job->rq->arena, job->d, "residual");
	doc_set_bool(job->d, "any_things", doc_list_size(doc_list(job->d, "things")) > 0);
	doc_set_bool(job->d, "says_months", l->months > 0);
	doc_set_bool(job->d, "says_notice", l->notice_days > 0);
	doc_set_bool(job->d, "is_over", l->end_day && l->end_day < today);
	if (l->end_day && l->notice_days)
		doc_set_str(job->d, "notice_by",
			arena_strdup(job->rq->arena,
				day_format(l->end_day - (int32_t)l->notice_days, day)));
	return 0;
}

/* --- forms --- */

#define TERMS                                                                                     \
	{.name = "supplier"}, {.name = "agreement"},                                               \
		{.name = "start", .kind = WEB_INPUT_DAY, .label = "lease.start"},                  \
		{.name = "months",                                                                 \
			.kind = WEB_INPUT_COUNT,                                                   \
			.label = "lease.months",                                                   \
			.hint = "lease.months_hint"},                                              \
		{.name = "end",                                                                    \
			.kind = WEB_INPUT_DAY,                                                     \
			.label = "lease.end",                                                      \
			.hint = "lease.end_hint"},                                                 \
		{.name = "monthly_ore", .kind = WEB_INPUT_KRONOR, .label = "lease.monthly"},       \
		{.name = "residual_ore",                                                           \
			.kind = WEB_INPUT_KRONOR,                                                  \
			.label = "lease.residual",                                                 \
			.hint = "lease.residual_hint"},                                            \
		{.name = "notice_days", .kind = WEB_INPUT_COUNT, .label = "lease.notice_days"},    \
		{.name = "funding", .more = true, .label = "lease.funding"},                       \
		{.name = "terms", .kind = WEB_INPUT_AREA, .more = true, .label = "lease.terms"}

static int fill_new(struct web_form_ask *ask)
{
	ask->next = "/leases/*?done=saved";
	ask->back = "/leases";
	return 0;
}

int page_lease_new(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "id", .needed = true, .label = "lease.id", .hint = "lease.id_hint"}, TERMS,
		{0}};
	static const struct web_form f = {
		.title = "lease.new", .lead = "lease.lead", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

static int fill_change(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);
	struct inv_lease l;
	const char *id;
	int err = inv_code_parse(rq->arena, http_param(rq, "lease"), &id);

	if (err == 0)
		err = inv_lease_get(ask->txn, rq->arena, id, &l);
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	web_fields_doc(web_lease_fields, &l, d);
	ask->values = d;
	ask->subject = l.id;
	ask->back = arena_printf(rq->arena, "/leases/%s", web_escape(rq->arena, l.id));
	ask->next = arena_printf(rq->arena, "%s?done=saved", ask->back);
	return 0;
}

int page_lease_change(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {TERMS,
		{.name = "closed",
			.kind = WEB_INPUT_TICK,
			.label = "lease.closed",
			.hint = "lease.closed_hint"},
		{0}};
	static const struct web_form f = {
		.title = "lease.change", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_change);
}
