/* SPDX-License-Identifier: EUPL-1.2 */
/* A planned hand-out as a document, and the time of day as people type it. */
#include "web/handout_int.h"

#include "base/text.h"

static int needs_doc(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *d)
{
	struct doc *list = doc_set_list(d, "needs");
	struct inv_ready ready;
	const struct inv_handout_look look = {
		job->w->o.inv, txn, job->rq->arena, job->rq->now};
	int err = inv_handout_ready(&look, h, &ready);

	if (err)
		return err;
	for (unsigned i = 0; i < INV_NEEDS; i++) {
		struct doc *need;

		if (!(ready.needs & (1u << i)))
			continue;
		need = doc_add_object(list);
		doc_set_str(need, "need", inv_need_name(i));
		doc_set_str(need, "text", say_plain(inv_need_say(i), job->rq->lang));
	}
	doc_set_bool(d, "ready", ready.needs == 0);
	web_doc_opt(d, "thing", ready.serial);
	web_doc_opt(d, "number", ready.number);
	doc_set_bool(d, "ipad", ready.ipad);
	if (ready.battery >= 0)
		doc_set_int(d, "battery_percent", ready.battery);
	return 0;
}

int web_handout_doc(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *d)
{
	char number[INV_LOAN_NUMBER];

	doc_set_int(d, "handout", (int64_t)h->id);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)h->zone));
	doc_set_str(d, "state", inv_handout_state_name(h->state));
	web_doc_opt(d, "borrower", h->borrower);
	doc_set_time(d, "at", h->at);
	web_doc_opt(d, "place", h->place);
	web_doc_opt(d, "product", h->product);
	web_doc_opt(d, "thing", h->serial);
	web_doc_opt(d, "staff", h->staff);
	if (h->hold)
		doc_set_int(d, "hold", (int64_t)h->hold);
	if (h->loan)
		doc_set_str(d, "loan", inv_loan_number(h->loan, number));
	doc_set_time(d, "made", h->made_at);
	doc_set_str(d, "made_by", h->made_by);
	return h->state == INV_HANDOUT_PLANNED ? needs_doc(job, txn, h, d) : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *web_clock_typed(struct arena *a, const char *s)
{
	size_t hour = 0, sign;

	if (!s)
		return NULL;
	if (text_starts(s, "kl"))
		s += strspn(s, "klo.");
	s += strspn(s, " ");
	while (is_digit(s[hour]))
		hour++;
	sign = hour < 3 && (s[hour] == '.' || s[hour] == ':');
	if (hour == 0 || hour > 2 || (s[hour] && !sign))
		return NULL;
	if (!s[hour])
		return arena_printf(a, "%s%.*s:00", hour == 1 ? "0" : "", (int)hour, s);
	if (!is_digit(s[hour + 1]) || !is_digit(s[hour + 2]) || s[hour + 3])
		return NULL;
	return arena_printf(a, "%s%.*s:%.2s", hour == 1 ? "0" : "", (int)hour, s, s + hour + 1);
}
