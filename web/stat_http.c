/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * GET /api/v1/statistics and its page: what was lent, came back and was waited for, by month,
 * product, place and kind of borrower. The figures are kept by the acts (inventory/stat_db.c);
 * nothing of it can be led back to a person, and few are not told.
 */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/day.h"
#include "base/text.h"

#define MONTHS 12 /* unless told */
#define MONTHS_MOST 120

struct figures {
	struct http_request *rq;
	struct web *w;
	struct doc *d;
	struct inv_stat_ask ask;
};

/* --- the months --- */

static uint32_t month_add(uint32_t month, int n)
{
	int all = (int)(month / 100) * 12 + (int)(month % 100) - 1 + n;

	return (uint32_t)(all / 12 * 100 + all % 12 + 1);
}

static int months_between(uint32_t from, uint32_t to)
{
	return ((int)(to / 100) - (int)(from / 100)) * 12 + (int)(to % 100) - (int)(from % 100) + 1;
}

/* "2026-11" */
static int month_parse(const char *s, uint32_t *ret)
{
	uint64_t year, month;
	char text[8];

	if (text_empty(s))
		return 0;
	if (strlen(s) != 7 || s[4] != '-')
		return ERR_BADINPUT;
	text_copy(text, sizeof(text), s);
	text[4] = '\0';
	if (text_parse_u64(text, &year) != 0 || text_parse_u64(text + 5, &month) != 0 ||
		year < 1970 || month < 1 || month > 12)
		return ERR_BADINPUT;
	*ret = (uint32_t)(year * 100 + month);
	return 0;
}

static const char *month_text(struct arena *a, uint32_t month)
{
	return arena_printf(a, "%04u-%02u", month / 100, month % 100);
}

static int read_ask(struct figures *f)
{
	const char *zone = http_query(f->rq, "zone");
	enum people_zone z = 0;
	int err;

	f->ask.to = inv_stat_month(f->rq->now);
	err = month_parse(http_query(f->rq, "to"), &f->ask.to);
	f->ask.from = month_add(f->ask.to, 1 - MONTHS);
	if (err == 0)
		err = month_parse(http_query(f->rq, "from"), &f->ask.from);
	if (err == 0 && !text_empty(zone))
		err = people_zone_parse(zone, &z);
	if (err)
		return err;
	f->ask.zone = z;
	return f->ask.from > f->ask.to || months_between(f->ask.from, f->ask.to) > MONTHS_MOST
		       ? ERR_BADINPUT
		       : 0;
}

static int ask_list(struct store_txn *txn, struct figures *f, enum inv_stat what,
	enum inv_stat_by by, struct inv_stat_told *ret)
{
	struct inv_stat_ask ask = f->ask;

	ask.what = what;
	ask.by = by;
	return inv_stat_list(txn, f->rq->arena, &ask, ret);
}

/* --- what is told, and what is not --- */

/* A text in the place of a number, and its name in the list of those. */
static void put_hidden(struct figures *f, struct doc *row, const char *key, const char *text)
{
	struct doc *few = doc_list(row, "few") ? doc_list(row, "few") : doc_set_list(row, "few");

	doc_add_str(few, key);
	doc_set_str(row, key, web_text(f->rq->lang, text));
}

static void put_total(struct figures *f, struct doc *row, const char *key, const struct inv_stat_total *t)
{
	if (t->few)
		put_hidden(f, row, key, t->n < INV_STAT_FEW ? "stat.few" : "stat.hidden");
	else
		doc_set_int(row, key, (int64_t)t->n);
}

static void put_count(struct figures *f, struct doc *row, const struct inv_stat_sum *s)
{
	if (!s->few) {
		doc_set_int(row, "count", (int64_t)s->n);
		return;
	}
	doc_set_bool(row, "few", true);
	doc_set_str(row, "count", web_text(f->rq->lang, "stat.hidden"));
}

/* --- by month --- */

static const struct {
	enum inv_stat what;
	const char *key;
} monthly[] = {{INV_STAT_LOANS, "loans"}, {INV_STAT_RETURNS, "returns"}, {INV_STAT_LATE, "late"},
	{INV_STAT_DAYS, "days"}, {INV_STAT_LOST, "lost"}, {INV_STAT_WAITS, "waits"},
	{INV_STAT_WAIT_DAYS, "wait_days"}, {INV_STAT_EARLY, "early"}};
#define MONTHLY (sizeof(monthly) / sizeof(monthly[0]))

static int put_months(struct store_txn *txn, struct figures *f, struct inv_stat_total sum[MONTHLY])
{
	int n = months_between(f->ask.from, f->ask.to);
	struct doc *list = doc_set_list(f->d, "months");
	struct doc **row = ARENA_ARRAY(f->rq->arena, struct doc *, (size_t)n);
	int err = 0;

	for (int i = 0; i < n; i++) {
		row[i] = doc_add_object(list);
		doc_set_str(row[i], "month", month_text(f->rq->arena, month_add(f->ask.from, i)));
	}
	for (size_t k = 0; err == 0 && k < MONTHLY; k++) {
		struct inv_stat_told t = {0};

		for (int i = 0; i < n; i++)
			doc_set_int(row[i], monthly[k].key, 0);
		err = ask_list(txn, f, monthly[k].what, INV_STAT_ALL, &t);
		sum[k] = t.total;
		for (size_t i = 0; err == 0 && i < t.n; i++) {
			int at = months_between(f->ask.from, t.list[i].month) - 1;

			if (t.list[i].few)
				put_hidden(f, row[at], monthly[k].key, "stat.hidden");
			else
				doc_set_int(row[at], monthly[k].key, (int64_t)t.list[i].n);
		}
	}
	return err;
}

static int64_t rounded(uint64_t sum, uint64_t n)
{
	return (int64_t)((sum + n / 2) / n);
}

/* Shares and means, where there is something to divide by, and both may be told. */
static void put_sums(struct figures *f, const struct inv_stat_total sum[MONTHLY])
{
	const struct inv_stat_total *returns = &sum[1], *late = &sum[2], *days = &sum[3];
	const struct inv_stat_total *waits = &sum[5], *wait_days = &sum[6];
	struct doc *d = doc_set_object(f->d, "sum");

	for (size_t k = 0; k < MONTHLY; k++)
		put_total(f, d, monthly[k].key, &sum[k]);
	if (returns->n && !returns->few && !late->few)
		doc_set_int(d, "in_time_percent", rounded((returns->n - late->n) * 100, returns->n));
	if (returns->n && !returns->few)
		doc_set_int(d, "mean_days", rounded(days->n, returns->n));
	if (waits->n && !waits->few)
		doc_set_int(d, "mean_wait_days", rounded(wait_days->n, waits->n));
}

/* --- by product, place, kind, reason --- */

static const char *reason_name(const struct figures *f, const char *id)
{
	const struct say *said = inv_reason_say(id);

	if (said)
		return say_plain(said, f->rq->lang);
	return web_text(f->rq->lang, text_equal(id, "none") ? "stat.reason_none" : "stat.reason_other");
}

static const char *name_of(struct store_txn *txn, struct figures *f, enum inv_stat_by by,
	const char *id)
{
	struct inv_product p;
	struct inv_place place;
	const char *text = NULL;

	if (by == INV_STAT_PRODUCT && inv_product_get(txn, f->rq->arena, id, &p) == 0)
		text = inv_product_name(&p, f->rq->lang);
	else if (by == INV_STAT_PLACE && inv_place_get(txn, f->rq->arena, id, &place) == 0)
		text = inv_place_name(&place, f->rq->lang);
	else if (by == INV_STAT_KIND)
		text = web_text(f->rq->lang, arena_printf(f->rq->arena, "name.kind.%s", id));
	else if (by == INV_STAT_REASON)
		text = reason_name(f, id);
	return text_empty(text) ? id : text;
}

static int put_by(struct store_txn *txn, struct figures *f, enum inv_stat what,
	enum inv_stat_by by, const char *key)
{
	struct doc *list = doc_set_list(f->d, key);
	struct inv_stat_told t;
	struct inv_product p;
	int err = ask_list(txn, f, what, by, &t);

	if (err)
		return err;
	for (size_t i = 0; i < t.n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "id", t.list[i].id);
		doc_set_str(row, "name", name_of(txn, f, by, t.list[i].id));
		put_count(f, row, &t.list[i]);
		if (by == INV_STAT_PRODUCT && inv_product_get(txn, f->rq->arena, t.list[i].id, &p) == 0)
			web_of_use_doc(&p, row);
	}
	return 0;
}

/* Means of few say too much, as their number would. */
static int put_waits(struct store_txn *txn, struct figures *f)
{
	struct doc *list = doc_set_list(f->d, "waits");
	struct inv_stat_told waits, days;
	int err = ask_list(txn, f, INV_STAT_WAITS, INV_STAT_PRODUCT, &waits);

	if (err == 0)
		err = ask_list(txn, f, INV_STAT_WAIT_DAYS, INV_STAT_PRODUCT, &days);
	if (err)
		return err;
	for (size_t i = 0; i < waits.n; i++) {
		const struct inv_stat_sum *s = &waits.list[i];
		struct doc *row = doc_add_object(list);
		uint64_t sum = 0;

		for (size_t k = 0; k < days.n; k++)
			sum += text_equal(days.list[k].id, s->id) ? days.list[k].n : 0;
		doc_set_str(row, "id", s->id);
		doc_set_str(row, "name", name_of(txn, f, INV_STAT_PRODUCT, s->id));
		put_count(f, row, s);
		if (!s->few)
			doc_set_int(row, "mean_days", rounded(sum, s->n));
	}
	return 0;
}

/* --- as it is now --- */

static int put_overdue(struct store_txn *txn, struct figures *f)
{
	static const char *const keys[] = {"week", "month", "quarter", "longer"};
	static const char *const texts[] = {"stat.late_week", "stat.late_month",
		"stat.late_quarter", "stat.late_longer"};
	struct doc *list = doc_set_list(f->d, "overdue");
	struct inv_overdue o;
	int err = inv_stat_overdue(txn, day_of_time(f->rq->now), &o);
	const uint64_t n[] = {o.week, o.month, o.quarter, o.longer};
	struct inv_stat_sum s[4] = {{0}};
	struct inv_stat_total all;

	if (err)
		return err;
	/* they are not kept by zone */
	for (size_t i = 0; i < 4; i++)
		s[i].n = s[i].of[INV_STAT_OF_BOTH] = n[i];
	inv_stat_hide(s, 4);
	all = inv_stat_total_of(s, 4, INV_STAT_OF_BOTH);
	for (size_t i = 0; i < 4; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "late", keys[i]);
		doc_set_str(row, "name", web_text(f->rq->lang, texts[i]));
		put_count(f, row, &s[i]);
	}
	if (all.few)
		doc_set_str(f->d, "overdue_all", web_text(f->rq->lang, "stat.few"));
	else
		doc_set_int(f->d, "overdue_all", (int64_t)o.all);
	return 0;
}

static int put_ipads(struct store_txn *txn, struct figures *f)
{
	struct doc *list = doc_set_list(f->d, "ipads");
	uint64_t n[INV_STATES] = {0};
	int err = inv_count_kind(txn, f->rq->arena, INV_KIND_IPAD, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		struct doc *row;

		if (!n[s])
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "state", inv_state_name((enum inv_state)s));
		doc_set_str(row, "name", say_plain(inv_state_say((enum inv_state)s), f->rq->lang));
		doc_set_int(row, "count", (int64_t)n[s]);
	}
	return err;
}

static int put_leases(struct store_txn *txn, struct figures *f)
{
	struct doc *list = doc_set_list(f->d, "lease_ends");
	struct inv_stat_sum *s;
	size_t n;
	int err = inv_stat_lease_ends(txn, f->rq->arena, &s, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "name", month_text(f->rq->arena, s[i].month));
		doc_set_int(row, "count", (int64_t)s[i].n);
	}
	return err;
}

static int figures_in(struct store_txn *txn, void *arg)
{
	struct figures *f = arg;
	struct inv_stat_total sum[MONTHLY] = {{0}};
	int err;

	doc_set_str(f->d, "from", month_text(f->rq->arena, f->ask.from));
	doc_set_str(f->d, "to", month_text(f->rq->arena, f->ask.to));
	err = put_months(txn, f, sum);
	put_sums(f, sum);
	if (err == 0)
		err = put_by(txn, f, INV_STAT_LOANS, INV_STAT_PRODUCT, "products");
	if (err == 0)
		err = put_by(txn, f, INV_STAT_LOANS, INV_STAT_PLACE, "places");
	if (err == 0)
		err = put_by(txn, f, INV_STAT_LOANS, INV_STAT_KIND, "kinds");
	if (err == 0)
		err = put_by(txn, f, INV_STAT_LATE, INV_STAT_REASON, "late_reasons");
	if (err == 0)
		err = put_by(txn, f, INV_STAT_EARLY, INV_STAT_REASON, "early_reasons");
	if (err == 0)
		err = put_waits(txn, f);
	if (err == 0)
		err = put_overdue(txn, f);
	if (err == 0)
		err = put_ipads(txn, f);
	return err ? err : put_leases(txn, f);
}

/* --- files: each table by itself --- */

static const struct web_column month_columns[] = {{"month", "column.month"},
	{"loans", "column.loans"}, {"returns", "column.returns"}, {"late", "column.late"},
	{"early", "column.early"},
	{"lost", "column.lost"}, {"waits", "column.waits"}, {0}};
static const struct web_column count_columns[] = {
	{"name", "column.what"}, {"count", "column.count"}, {0}};
static const struct web_column reason_columns[] = {
	{"name", "column.reason"}, {"count", "column.returns"}, {0}};
static const struct web_column product_columns[] = {{"name", "column.what"},
	{"count", "column.count"}, {"of_use_percent", "rate.title"}, {0}};
static const struct web_column wait_columns[] = {{"name", "column.product"},
	{"count", "column.waits"}, {"mean_days", "column.mean_days"}, {0}};
static const struct web_table tables[] = {
	{.list = "months", .columns = month_columns}, {.list = "products", .columns = product_columns},
	{.list = "places", .columns = count_columns}, {.list = "kinds", .columns = count_columns},
	{.list = "late_reasons", .columns = reason_columns},
	{.list = "early_reasons", .columns = reason_columns},
	{.list = "waits", .columns = wait_columns}, {.list = "overdue", .columns = count_columns},
	{.list = "ipads", .columns = count_columns},
	{.list = "lease_ends", .columns = count_columns}, {0}};

int api_statistics(struct http_request *rq, void *ctx)
{
	struct figures f = {.rq = rq, .w = ctx, .d = doc_new(rq->arena)};
	const char *name = http_query(rq, "table");
	const struct web_table *t = tables;
	int err = read_ask(&f);

	if (err == 0)
		err = store_read(f.w->o.st, figures_in, &f);
	if (err)
		return err;
	if (!web_is_file(rq)) {
		if (web_is_page(rq))
			web_statistics_face(rq, f.d);
		return web_reply(rq, 200, "statistics", f.d);
	}
	while (t->list && !text_equal(t->list, text_empty(name) ? "months" : name))
		t++;
	return t->list ? web_reply_table(rq, t, f.d) : ERR_BADINPUT;
}
