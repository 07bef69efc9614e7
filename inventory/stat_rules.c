/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What one line of a loan, or one hold, adds to the figures. Pure: the same record always adds the
 * same, so that a changed record takes away what it added before. No person is in it: of who
 * borrows only the kind.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

uint32_t inv_stat_month(int64_t t)
{
	struct day_date d;

	day_to_date(day_of_time(t), &d);
	return (uint32_t)(d.year * 100 + d.month);
}

static void add(struct inv_stat_rows *r, enum inv_stat what, enum inv_stat_by by, const char *id,
	uint32_t month, uint32_t n)
{
	if (n == 0 || (by != INV_STAT_ALL && text_empty(id)) || r->n == INV_STAT_ROWS)
		return;
	r->row[r->n++] = (struct inv_stat_row){what, by, id ? id : "", r->zone, month, n};
}

bool inv_stat_has_reason(const struct inv_loan_line *l)
{
	int32_t day = day_of_time(l->in_at);

	return l->in_at && (day > l->due || inv_reason_is_early(l->due, day));
}

static void add_product(struct inv_stat_rows *r, enum inv_stat what, const char *product,
	uint32_t month, uint32_t n)
{
	add(r, what, INV_STAT_ALL, NULL, month, n);
	add(r, what, INV_STAT_PRODUCT, product, month, n);
}

/* How many returns are late is counted by product as well. */
static void add_reason(struct inv_stat_rows *r, const struct inv_loan_line *l, uint32_t month)
{
	bool late = day_of_time(l->in_at) > l->due;

	if (!l->reason_counted || !inv_stat_has_reason(l))
		return;
	if (!late)
		add(r, INV_STAT_EARLY, INV_STAT_ALL, NULL, month, 1);
	add(r, late ? INV_STAT_LATE : INV_STAT_EARLY, INV_STAT_REASON,
		inv_reason_figure(late, late ? l->late_reason : l->end_reason), month, 1);
}

static void add_return(struct inv_stat_rows *r, const struct inv_loan_line *l)
{
	uint32_t month = inv_stat_month(l->in_at);
	int32_t days = day_of_time(l->in_at) - day_of_time(l->out_at);

	add_product(r, INV_STAT_RETURNS, l->product, month, 1);
	add_product(r, INV_STAT_LATE, l->product, month, day_of_time(l->in_at) > l->due);
	add_product(r, INV_STAT_DAYS, l->product, month, days > 0 ? (uint32_t)days : 0);
	add_reason(r, l, month);
}

void inv_stat_of_line(const struct inv_loan_line *l, struct inv_stat_rows *ret)
{
	uint32_t month;

	*ret = (struct inv_stat_rows){.zone = l ? l->zone : 0};
	if (!l || !l->counted)
		return;
	month = inv_stat_month(l->out_at);
	/* An iPad that Apple exchanged goes on with the same loan. */
	if (text_empty(l->replaces)) {
		add_product(ret, INV_STAT_LOANS, l->product, month, 1);
		add(ret, INV_STAT_LOANS, INV_STAT_PLACE, l->place, month, 1);
		add(ret, INV_STAT_LOANS, INV_STAT_KIND, l->borrower_kind, month, 1);
	}
	if (l->in_at && text_empty(l->replaced_by) &&
		(l->state == INV_LINE_HANDED_IN || l->state == INV_LINE_IN))
		add_return(ret, l);
	if (l->lost_at && (l->state == INV_LINE_LOST || l->state == INV_LINE_WRITTEN_OFF))
		add_product(ret, INV_STAT_LOST, l->product, inv_stat_month(l->lost_at), 1);
}

/* Who reserved for certain days does not wait. */
void inv_stat_of_hold(const struct inv_hold *h, struct inv_stat_rows *ret)
{
	int32_t days;

	*ret = (struct inv_stat_rows){.zone = h ? h->zone : 0};
	if (!h || !h->served_at || h->from)
		return;
	days = day_of_time(h->served_at) - day_of_time(h->made_at);
	add_product(ret, INV_STAT_WAITS, h->product, inv_stat_month(h->served_at), 1);
	add_product(ret, INV_STAT_WAIT_DAYS, h->product, inv_stat_month(h->served_at),
		days > 0 ? (uint32_t)days : 0);
}

/* --- what is not told --- */

static bool is_few(uint64_t n)
{
	return n > 0 && n < INV_STAT_FEW;
}

/* From the sum less what is told: one alone, or as many as they are rows, which are then one each. */
static bool tells(const struct inv_stat_sum *list, size_t n, unsigned of)
{
	uint64_t sum = 0;
	size_t hidden = 0;

	for (size_t i = 0; i < n; i++) {
		if (!list[i].few || !list[i].of[of])
			continue;
		sum += list[i].of[of];
		hidden++;
	}
	return hidden == 1 || (hidden && sum == hidden);
}

static struct inv_stat_sum *least_told(struct inv_stat_sum *list, size_t n, unsigned of)
{
	struct inv_stat_sum *least = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!list[i].few && list[i].of[of] && (!least || list[i].of[of] < least->of[of]))
			least = &list[i];
	}
	return least;
}

/* Where there is no other, the sum is that figure, and few itself. */
static bool hide_another(struct inv_stat_sum *list, size_t n)
{
	for (unsigned of = 0; of < INV_STAT_OFS; of++) {
		struct inv_stat_sum *least = tells(list, n, of) ? least_told(list, n, of) : NULL;

		if (!least)
			continue;
		least->few = true;
		return true;
	}
	return false;
}

void inv_stat_hide(struct inv_stat_sum *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		list[i].few = false;
		for (unsigned of = 0; of < INV_STAT_OFS; of++)
			list[i].few |= is_few(list[i].of[of]);
	}
	while (hide_another(list, n))
		;
}

struct inv_stat_total inv_stat_total_of(const struct inv_stat_sum *list, size_t n, unsigned of)
{
	uint64_t sum[INV_STAT_OFS] = {0};
	struct inv_stat_total t;

	for (size_t i = 0; i < n; i++) {
		for (unsigned k = 0; k < INV_STAT_OFS; k++)
			sum[k] += list[i].of[k];
	}
	t = (struct inv_stat_total){sum[of], is_few(sum[of])};
	for (unsigned k = 0; of == INV_STAT_OF_BOTH && k < INV_STAT_OF_BOTH; k++)
		t.few |= is_few(sum[k]);
	return t;
}
