/* SPDX-License-Identifier: EUPL-1.2 */
/* How long borrowers are kept, whose time is up, and the lists by which they are erased: drawn up
 * by one, confirmed by another. Ids and dates; nothing personal. */
#include "web/borrower_int.h"
#include "web/listed_int.h"
#include "web/setting_int.h"
#include "web/web_int.h"

#include "base/day.h"
#include "base/text.h"

#define SOON_S (30 * 86400)

static void put_what(const struct http_request *rq, struct doc *row, uint32_t zone, const char *kind)
{
	const char *name = people_zone_name((enum people_zone)zone);

	doc_set_str(row, "zone", name);
	doc_set_str(row, "kind", kind ? kind : "");
	if (!web_is_page(rq))
		return;
	doc_set_str(row, "zone_text", web_code_text(rq, "zone", name));
	if (!text_empty(kind))
		doc_set_str(row, "kind_text", web_code_text(rq, "kind", kind));
}

/* --- /retention --- */

static int put_due(struct api_read *job, struct store_txn *txn)
{
	const struct people_caller who = api_people_warden(job->rq);
	struct doc *list = doc_set_list(job->d, "due");
	struct people_borrower *b;
	int64_t soon = 0;
	size_t n;
	int err = people_due_list(job->w->o.people, txn, job->rq->arena, who.zones,
		job->rq->now + SOON_S, PEOPLE_PROTOCOL_MOST, &b, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		bool needs = b[i].needs_at && (!b[i].erase_at || b[i].needs_at < b[i].erase_at);
		int64_t at = needs ? b[i].needs_at : b[i].erase_at;
		struct doc *row;

		if (at >= job->rq->now) {
			soon++;
			continue;
		}
		row = doc_add_object(list);
		doc_set_str(row, "id", b[i].id);
		put_what(job->rq, row, b[i].zone, b[i].kind);
		doc_set_bool(row, "needs_only", needs && !(b[i].erase_at && b[i].erase_at < job->rq->now));
		doc_set_time(row, "last", b[i].last_at);
		doc_set_time(row, "due", at);
		doc_set_bool(row, "mine", api_people_caller(job->rq).zones & b[i].zone);
	}
	doc_set_int(job->d, "due_count", (int64_t)doc_list_size(list));
	doc_set_bool(job->d, "any_due", doc_list_size(list));
	doc_set_int(job->d, "soon_count", soon);
	doc_set_bool(job->d, "any_soon", soon);
	return err;
}

static void put_rule(const struct http_request *rq, const struct people_policy *x, struct doc *row)
{
	put_what(rq, row, x->zone, x->kind);
	doc_set_int(row, "keep_days", x->keep_days);
	doc_set_int(row, "needs_days", x->needs_days);
	doc_set_bool(row, "forever", x->keep_days == 0);
	doc_set_bool(row, "own_needs", x->zone == PEOPLE_CARE && x->needs_days);
	doc_set_bool(row, "no_identity", x->no_identity);
	doc_set_bool(row, "by_protocol", x->by_protocol);
	doc_set_str(row, "decision", x->decision);
	doc_set_time(row, "changed", x->changed_at);
	doc_set_str(row, "changed_by", x->changed_by);
}

int web_sweep_doc(struct store_txn *txn, const struct http_request *rq, struct doc *d)
{
	struct people_sweep x;
	struct doc *row;
	int err = people_sweep_get(txn, rq->arena, &x);

	if (err || !x.under_way)
		return err == ERR_NOTFOUND ? 0 : err;
	row = doc_set_object(d, "counting");
	doc_set_int(row, "done", (int64_t)x.done);
	doc_set_int(row, "all", (int64_t)(x.all > x.done ? x.all : x.done));
	doc_set_time(row, "begun", x.begun_at);
	return 0;
}

/* Shorter times that wait: of persons here, of agreements on the setting's page. */
static int put_waiting(struct api_read *job, struct store_txn *txn)
{
	struct doc *list = doc_set_list(job->d, "waiting");
	unsigned zones = api_people_warden(job->rq).zones;
	struct setting_change c;
	struct people_policy *x;
	size_t n;
	int err = people_policy_waiting(txn, job->rq->arena, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!(x[i].zone & zones))
			continue;
		row = doc_add_object(list);
		put_rule(job->rq, &x[i], row);
		doc_set_str(row, "zone", people_zone_name((enum people_zone)x[i].zone));
		doc_set_str(row, "kind", x[i].kind ? x[i].kind : "");
		doc_set_time(row, "counts", x[i].counts_at);
		doc_set_bool(row, "now", x[i].counts_at <= job->rq->now);
	}
	if (err == 0)
		err = setting_waiting(txn, job->rq->arena, SETTING_AGREEMENT_DAYS, &c);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	web_setting_waits_face(job->rq, SETTING_AGREEMENT_DAYS, &c,
		doc_set_object(job->d, "agreements_wait"));
	return 0;
}

static int put_rules(struct api_read *job, struct store_txn *txn)
{
	struct doc *list = doc_set_list(job->d, "rules");
	unsigned zones = api_people_warden(job->rq).zones;
	struct people_policy *x;
	size_t n;
	int err = people_policy_list(txn, job->rq->arena, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!(x[i].zone & zones))
			continue;
		row = doc_add_object(list);
		put_rule(job->rq, &x[i], row);
	}
	doc_set_bool(job->d, "any_rules", doc_list_size(list));
	return err;
}

static void list_doc(const struct http_request *rq, const struct people_protocol *x, struct doc *row)
{
	doc_set_int(row, "number", (int64_t)x->number);
	doc_set_str(row, "zone", people_zone_name((enum people_zone)x->zone));
	doc_set_str(row, "state", people_protocol_state_name(x->state));
	doc_set_int(row, "count", x->count);
	doc_set_int(row, "erased", x->erased);
	doc_set_int(row, "needs_erased", x->needs_erased);
	doc_set_time(row, "made", x->made_at);
	doc_set_str(row, "made_by", x->made_by);
	web_doc_opt_time(row, "ended", x->ended_at);
	web_doc_opt(row, "ended_by", x->ended_by);
	if (!web_is_page(rq) && !web_is_file(rq))
		return;
	doc_set_str(row, "zone_text",
		web_code_text(rq, "zone", people_zone_name((enum people_zone)x->zone)));
	doc_set_str(row, "state_text",
		web_code_text(rq, "protocol", people_protocol_state_name(x->state)));
	doc_set_bool(row, "open", x->state == PEOPLE_PROTOCOL_PROPOSED);
	doc_set_bool(row, "done", x->state == PEOPLE_PROTOCOL_DONE);
	doc_set_bool(row, "own", text_equal(x->made_by, api_caller(rq)->who.actor));
}

static int put_lists(struct api_read *job, struct store_txn *txn, struct doc *list, size_t *ret_n)
{
	struct people_protocol *x;
	size_t n;
	int err = people_protocol_list(
		txn, job->rq->arena, api_people_warden(job->rq).zones, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		list_doc(job->rq, &x[i], doc_add_object(list));
	*ret_n = err ? 0 : n;
	return err;
}

/* The zones this caller may draw a list up for. */
static void put_zones(struct api_read *job)
{
	static const char *const zones[] = {"care", "library", NULL};
	static const char *const kinds[] = {"senior", "relative", "staff", NULL};
	unsigned may = api_people_warden(job->rq).zones;

	web_codes_put(job->rq, job->d, "zone",
		may == PEOPLE_ZONES ? zones : may & PEOPLE_LIBRARY ? zones + 1 : zones, NULL);
	web_codes_put(job->rq, job->d, "kind", kinds, NULL);
	doc_set_bool(job->d, "both_zones", may == PEOPLE_ZONES);
	doc_set_str(job->d, "zone", may & PEOPLE_LIBRARY ? "library" : "care");
}

static int lists_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	size_t n;
	int err = put_lists(job, txn, doc_set_list(job->d, "lists"), &n);

	doc_set_bool(job->d, "any_lists", n);
	return err;
}

static int walk_lists(struct web_walk *k)
{
	size_t n;

	return put_lists(k->job, k->txn, k->rows, &n);
}

static const struct web_col list_columns[] = {
	{"number", "column.number", WEB_COL_OWN | WEB_COL_DOWN},
	{"zone_text", "extract.zone", WEB_COL_SORT},
	{"state_text", "column.state", WEB_COL_SORT},
	{"count", "column.count", WEB_COL_SORT | WEB_COL_DOWN},
	{"erased", "retention.erased", WEB_COL_SORT | WEB_COL_DOWN},
	{"needs_erased", "retention.needs_erased", WEB_COL_SORT | WEB_COL_DOWN},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{"ended", "column.done", WEB_COL_SORT | WEB_COL_DOWN},
	{"ended_by", "column.done_by", WEB_COL_SORT},
	{0},
};
static const struct web_sift no_sifts[] = {{0}};
static const struct web_listed list_files = {
	.list = "lists",
	.path = "/retention",
	.title = "retention.lists",
	.none = "retention.nobody",
	.columns = list_columns,
	.sifts = no_sifts,
	.walk = walk_lists,
};

static int retention_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	int err = put_due(job, txn);

	if (err == 0)
		err = put_rules(job, txn);
	if (err == 0)
		err = put_waiting(job, txn);
	if (err == 0)
		err = web_sweep_doc(txn, job->rq, job->d);
	if (err == 0)
		err = lists_in(txn, job);
	if (err == 0 && web_is_page(job->rq))
		put_zones(job);
	return err;
}

int page_retention(struct http_request *rq, void *ctx)
{
	if (web_is_file(rq))
		return web_listed(rq, ctx,
			text_equal(http_query(rq, "list"), "lists") ? &list_files : &web_due_files);
	return web_read(rq, ctx, retention_in, "retention");
}

/* --- the lists --- */

int api_erasure_lists(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &list_files) : api_read(rq, ctx, lists_in);
}

int api_erasure_list_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"zone", NULL};
	const struct people_caller who = api_people_warden(rq);
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct refusal r = {0};
	enum people_zone zone;
	uint64_t number;
	int err;

	if (web_page_full_first(rq, ctx, &err))
		return err;
	err = api_body(rq, known, &in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (people_zone_parse(doc_str(in, "zone"), &zone) != 0)
		return api_bad_field(rq, "zone", "care, library");
	err = people_protocol_propose(w->o.people, &who, zone, &number, &r);
	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq))
		return web_page_go(rq,
			arena_printf(rq->arena, "/retention/lists/%s/%u?done=list-made",
				people_zone_name(zone), (unsigned)number));
	doc_set_int(d, "number", (int64_t)number);
	return http_reply_doc(rq, 201, d);
}

static int list_of(const struct http_request *rq, enum people_zone *zone, uint32_t *number)
{
	if (people_zone_parse(http_param(rq, "zone"), zone) != 0)
		return ERR_NOTFOUND;
	return api_people_warden(rq).zones & *zone ? api_number(rq, number) : ERR_NOTFOUND;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct people_protocol_row *row;
	struct people_protocol x;
	enum people_zone zone;
	uint32_t number;
	struct doc *list = doc_set_list(job->d, "rows");
	size_t n = 0;
	int err = list_of(job->rq, &zone, &number);

	if (err == 0)
		err = people_protocol_get(txn, job->rq->arena, zone, number, &x);
	if (err == 0)
		err = people_protocol_rows(txn, job->rq->arena, &x, &row, &n);
	if (err)
		return err;
	list_doc(job->rq, &x, job->d);
	for (size_t i = 0; i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "id", row[i].id);
		put_what(job->rq, d, x.zone, row[i].kind);
		doc_set_bool(d, "needs_only", row[i].needs_only);
		doc_set_time(d, "last", row[i].last_at);
		doc_set_time(d, "due", row[i].due_at);
		doc_set_str(d, "decision", row[i].decision);
		doc_set_bool(d, "erased", row[i].done);
	}
	return 0;
}

int api_erasure_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, list_in, "erasure-list");
}

struct confirming {
	const struct http_request *rq;
	enum people_zone zone;
	uint32_t number;
	struct refusal *r;
};

/* Neither is an account that the other has just made. */
static int two_in(struct store_txn *txn, void *arg)
{
	struct confirming *c = arg;
	struct arena *a = c->rq->arena;
	struct people_protocol x;
	int err = people_protocol_get(txn, a, c->zone, c->number, &x);

	if (err == 0)
		err = web_second_check(txn, a, api_caller(c->rq)->who.actor, c->rq->now, c->r);
	if (err == 0)
		err = web_second_check(txn, a, x.made_by, c->rq->now, c->r);
	return refusal_keep(c->r, err);
}

int api_erasure_list_confirm(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_warden(rq);
	struct refusal r = {0};
	struct confirming c = {.rq = rq, .r = &r};
	struct web *w = ctx;
	int err;

	if (web_page_full_first(rq, w, &err))
		return err;
	err = list_of(rq, &c.zone, &c.number);
	if (err)
		return err;
	err = store_read(w->o.st, two_in, &c);
	if (err == 0)
		err = people_protocol_confirm(w->o.people, &who, c.zone, c.number, &r);
	return api_done(rq, err, &r);
}

int api_erasure_list_withdraw(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_warden(rq);
	struct refusal r = {0};
	struct web *w = ctx;
	enum people_zone zone;
	uint32_t number;
	int err = list_of(rq, &zone, &number);

	if (err)
		return err;
	return api_done(rq, people_protocol_withdraw(w->o.people, &who, zone, number, &r), &r);
}
