/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Safety notices: a maker tells of a model, a lot, a stretch of serial numbers; which of ours are
 * that, and who has them?
 *
 * INV_NOTICE       q id             -> struct inv_notice
 * INV_NOTICE_OPEN  q id             -> empty
 * INV_NOTICE_HIT   q id, s serial   -> struct inv_notice_hit
 */
#include "inventory/inventory_int.h"

#include "base/day.h"
#include "base/fold.h"
#include "base/text.h"

#define STEP 300     /* units looked at in one transaction */
#define OPEN_MOST 50 /* notices open at a time */

static const struct rec_field notice_fields[] = {
	REC_I64(1, struct inv_notice, id),
	REC_STR(2, struct inv_notice, title),
	REC_WORDS(3, struct inv_notice, text),
	REC_STR(4, struct inv_notice, source),
	REC_STR(5, struct inv_notice, product_id),
	REC_STR(6, struct inv_notice, model),
	REC_STR(7, struct inv_notice, lot),
	REC_STR(8, struct inv_notice, serial_from),
	REC_STR(9, struct inv_notice, serial_to),
	REC_U32(10, struct inv_notice, made_from),
	REC_U32(11, struct inv_notice, made_to),
	REC_BOOL(12, struct inv_notice, stop),
	REC_U32(13, struct inv_notice, hits),
	REC_U32(14, struct inv_notice, handled),
	REC_STR(15, struct inv_notice, looked_to),
	REC_BOOL(16, struct inv_notice, looking),
	REC_I64(17, struct inv_notice, made_at),
	REC_I64(18, struct inv_notice, closed_at),
	REC_STR(19, struct inv_notice, made_by),
	REC_STR(20, struct inv_notice, closed_by),
	REC_END,
};
const struct rec_type inv_notice_rec =
	REC_TYPE_WORDS("inv.notice", struct inv_notice, 1, notice_fields);

static const struct rec_field hit_fields[] = {
	REC_I64(1, struct inv_notice_hit, notice),
	REC_STR(2, struct inv_notice_hit, serial),
	REC_STR(3, struct inv_notice_hit, loan),
	REC_U32(4, struct inv_notice_hit, state),
	REC_I64(5, struct inv_notice_hit, found_at),
	REC_I64(6, struct inv_notice_hit, handled_at),
	REC_STR(7, struct inv_notice_hit, handled_by),
	REC_WORDS(8, struct inv_notice_hit, note),
	REC_BOOL(9, struct inv_notice_hit, unsure),
	REC_END,
};
const struct rec_type inv_notice_hit_rec =
	REC_TYPE_WORDS("inv.notice_hit", struct inv_notice_hit, 1, hit_fields);

int inv_notice_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_notice *ret)
{
	struct store_key k = store_key("q", id);
	struct inv_notice n;
	int err = inv_rec_get(txn, INV_NOTICE, &k, &inv_notice_rec, a, &n);

	if (err == 0)
		*ret = n;
	return err;
}

static int notice_put(struct store_txn *txn, const struct inv_notice *n)
{
	struct store_key k = store_key("q", n->id);

	return inv_rec_put(txn, INV_NOTICE, &k, &inv_notice_rec, n);
}

/* Somebody has read the label since. */
static int be_sure(struct store_txn *txn, const struct store_key *k, enum inv_fit fit)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_notice_hit h;
	int err = inv_rec_get(txn, INV_NOTICE_HIT, k, &inv_notice_hit_rec, a, &h);

	if (err || !h.unsure || fit != INV_FITS || h.handled_at)
		return err;
	h.unsure = false;
	return inv_rec_put(txn, INV_NOTICE_HIT, k, &inv_notice_hit_rec, &h);
}

static int add_hit(
	struct store_txn *txn, struct inv_notice *n, const struct inv_unit *u, enum inv_fit fit, int64_t now)
{
	const struct inv_notice_hit h = {.notice = n->id,
		.serial = u->serial,
		.loan = u->loan,
		.state = u->state,
		.unsure = fit == INV_FITS_PERHAPS,
		.found_at = now};
	struct store_key k = store_key("qs", n->id, u->serial);
	struct bytes v;
	int err = store_get(txn, INV_NOTICE_HIT, &k, &v);

	if (err != ERR_NOTFOUND)
		return err ? err : be_sure(txn, &k, fit);
	n->hits++;
	return inv_rec_put(txn, INV_NOTICE_HIT, &k, &inv_notice_hit_rec, &h);
}

/* In stock and the like: taken out of use. What is with a borrower is called in by people. */
static int stop_unit(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct inv_notice *n, struct inv_unit *u)
{
	struct inv_move m = {.to = INV_STOPPED, .event = "notice"};

	if (!n->stop || (u->state != INV_IN_STOCK && u->state != INV_DELIVERED &&
				u->state != INV_HANDED_IN && u->state != INV_AWAITING))
		return 0;
	m.text = arena_printf(a, "%llu", (unsigned long long)n->id);
	return inv_unit_move(j->inv, txn, j->who, u, &m, j->now, j->r, &j->woken);
}

static int meet_one(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_notice *n,
	struct inv_unit *u)
{
	const enum inv_fit fit = inv_notice_fits(a, n, u);
	int err;

	if (!inv_state_is_ours(u->state) || fit == INV_FITS_NOT)
		return 0;
	err = add_hit(txn, n, u, fit, j->now);
	return err ? err : stop_unit(txn, j, a, n, u);
}

/* One step of looking: the next units behind where it came to. */
static int look_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_filter ask = {.most = STEP};
	struct inv_notice n;
	struct inv_unit *units;
	const char *next;
	size_t count;
	int err = inv_notice_get(txn, a, *(const uint64_t *)j->ask, &n);

	(void)none;
	*(bool *)j->out = true;
	if (err || !n.looking)
		return err;
	ask.product = text_empty(n.product_id) ? NULL : n.product_id;
	ask.after = n.looked_to;
	err = inv_unit_filter(txn, a, &ask, &units, &count, &next);
	for (size_t i = 0; err == 0 && i < count; i++)
		err = meet_one(txn, j, a, &n, &units[i]);
	n.looked_to = next;
	n.looking = next != NULL;
	*(bool *)j->out = !n.looking;
	return err ? err : notice_put(txn, &n);
}

static int notice_look(struct inv *inv, const struct audit_who *who, uint64_t id, int64_t now)
{
	struct refusal r;
	bool done = false;
	struct inv_job j = {.inv = inv,
		.who = who,
		.now = now,
		.r = &r,
		.fn = look_in,
		.ask = &id,
		.out = &done};
	int err = 0;

	while (err == 0 && !done)
		err = inv_job_run(&j);
	return err;
}

static int decide_product(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_notice *n)
{
	struct inv_product p;
	int err;

	if (text_empty(n->product_id))
		return 0;
	err = inv_product_id_parse(a, n->product_id, &n->product_id) ? ERR_NOTFOUND
		: inv_product_get(txn, a, n->product_id, &p);
	return err == ERR_NOTFOUND ? refuse(j->r, &inv_say_no_product, n->product_id, NULL, NULL)
				   : err;
}

static int add_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_notice n = *(const struct inv_notice *)j->ask;
	struct store_key k;
	uint64_t open;
	int err = decide_product(txn, j, a, &n);

	(void)none;
	if (err == 0)
		err = store_count(txn, INV_NOTICE_OPEN, &open);
	if (err == 0 && open >= OPEN_MOST)
		return refuse(j->r, &inv_say_notices_many, NULL, NULL, NULL);
	if (err == 0)
		err = inv_series_next(txn, "notice", &n.id);
	if (err)
		return err;
	n.hits = n.handled = 0;
	n.looking = true;
	n.looked_to = NULL;
	n.made_at = j->now;
	n.made_by = j->who->actor;
	*(uint64_t *)j->out = n.id;
	k = store_key("q", n.id);
	err = inv_row_put(txn, INV_NOTICE_OPEN, &k);
	if (err == 0)
		err = notice_put(txn, &n);
	return err ? err
		   : audit_add(txn, j->who, j->now, "notice.add",
			     arena_printf(a, "notice:%llu", (unsigned long long)n.id),
			     inv_detail(a, "product", n.product_id, "lot", n.lot, NULL));
}

/* Turned round it would find nothing, and sound as if nobody had such a thing. */
static int order_check(struct arena *a, const struct inv_notice *n, struct refusal *r)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (!text_empty(n->serial_from) && !text_empty(n->serial_to) &&
		strcmp(fold_sort_key(a, n->serial_from), fold_sort_key(a, n->serial_to)) > 0)
		return refuse(r, &inv_say_notice_turned, n->serial_from, n->serial_to, NULL);
	if (n->made_from && n->made_to && n->made_from > n->made_to)
		return refuse(r, &inv_say_notice_turned, day_format(n->made_from, from),
			day_format(n->made_to, to), NULL);
	return 0;
}

static bool is_long(const char *s)
{
	return s && strlen(s) > 200;
}

int inv_notice_add(struct inv *inv, const struct audit_who *who, const struct inv_notice *n,
	int64_t now, struct refusal *r, uint64_t *ret_id)
{
	AUTO(arena) struct arena *a = arena_new();
	uint64_t id = 0;
	struct inv_job j = {
		.inv = inv, .who = who, .now = now, .r = r, .fn = add_in, .ask = n, .out = &id};
	int err;

	*r = (struct refusal){0};
	if (text_empty(n->title) || strlen(n->title) > 200)
		return refuse(r, &inv_say_name_needed, NULL, NULL, NULL);
	if (text_empty(n->product_id) && text_empty(n->model) && text_empty(n->lot) &&
		text_empty(n->serial_from) && text_empty(n->serial_to))
		return refuse(r, &inv_say_notice_what, NULL, NULL, NULL);
	if ((n->text && strlen(n->text) > 8000) || is_long(n->model) || is_long(n->lot) ||
		is_long(n->serial_from) || is_long(n->serial_to))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	err = order_check(a, n, r);
	if (err)
		return refusal_keep(r, err);
	err = inv_job_run(&j);
	if (err == 0)
		err = notice_look(inv, who, id, now);
	if (err == 0)
		*ret_id = id;
	return err;
}

/* --- what was broken off --- */

struct left {
	struct arena *a;
	struct inv_notice *open;
	size_t n;
};

static int left_in(struct store_txn *txn, void *arg)
{
	struct left *l = arg;

	return inv_notice_list(txn, true, STORE_PIECE(l->a, NULL, OPEN_MOST), &l->open, &l->n);
}

int inv_notice_tend(struct inv *inv, int64_t now)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	AUTO(arena) struct arena *a = arena_new();
	struct left l = {.a = a};
	int err = store_read(inv->st, left_in, &l);

	for (size_t i = 0; err == 0 && i < l.n; i++) {
		if (l.open[i].looking)
			err = notice_look(inv, &server, l.open[i].id, now);
	}
	return err;
}

int inv_notice_of(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	struct inv_notice **ret, size_t *ret_n)
{
	struct inv_notice *list;
	size_t n, kept = 0;
	int err = inv_notice_list(txn, true, STORE_PIECE(a, NULL, OPEN_MOST), &list, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (inv_notice_fits(a, &list[i], u) != INV_FITS_NOT)
			list[kept++] = list[i];
	}
	if (err)
		return err;
	*ret = list;
	*ret_n = kept;
	return 0;
}

int inv_notice_meet(struct store_txn *txn, struct arena *a, const struct inv_unit *u, int64_t now)
{
	struct inv_notice *list;
	size_t n = 0;
	uint64_t open;
	int err = store_count(txn, INV_NOTICE_OPEN, &open);

	if (err == 0 && open)
		err = inv_notice_of(txn, a, u, &list, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		err = add_hit(txn, &list[i], u, inv_notice_fits(a, &list[i], u), now);
		if (err == 0)
			err = notice_put(txn, &list[i]);
	}
	return err;
}

static int take_open(const struct store_row *row, void *ret)
{
	uint64_t id;
	int err = inv_key_number(row->key, &id);

	return err ? err : inv_notice_get(row->txn, row->a, id, ret);
}

int inv_notice_list(struct store_txn *txn, bool open_only, const struct store_piece *piece,
	struct inv_notice **ret, size_t *ret_n)
{
	static const struct store_list all = {
		.table = INV_NOTICE, .newest_first = true, .type = &inv_notice_rec};
	static const struct store_list open = {.table = INV_NOTICE_OPEN,
		.newest_first = true,
		.size = sizeof(struct inv_notice),
		.take = take_open};
	struct store_rows rows = {0};
	int err = store_list_read(txn, open_only ? &open : &all, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int inv_notice_hits(struct store_txn *txn, uint64_t id, const struct store_piece *piece,
	struct inv_notice_hit **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = INV_NOTICE_HIT, .type = &inv_notice_hit_rec};
	struct store_key of = store_key("q", id);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

struct handling {
	uint64_t id;
	const char *note;
};

static int handle_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct handling *h = j->ask;
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "notice", .text = "handled"};
	struct store_key k = store_key("qs", h->id, u->serial);
	struct inv_notice_hit hit;
	struct inv_notice n;
	int err = inv_notice_get(txn, a, h->id, &n);

	if (err == 0)
		err = inv_rec_get(txn, INV_NOTICE_HIT, &k, &inv_notice_hit_rec, a, &hit);
	if (err == ERR_NOTFOUND || (err == 0 && hit.handled_at))
		return refuse(j->r, &inv_say_notice_not_his, inv_unit_label(u), NULL, NULL);
	if (err)
		return err;
	hit.handled_at = j->now;
	hit.handled_by = j->who->actor;
	hit.note = h->note;
	n.handled++;
	err = inv_rec_put(txn, INV_NOTICE_HIT, &k, &inv_notice_hit_rec, &hit);
	if (err == 0)
		err = notice_put(txn, &n);
	return err ? err : inv_unit_save(txn, j, &before, u, &e, "notice.handle");
}

int inv_notice_handle(struct inv *inv, const struct inv_act *act, uint64_t id, const char *note,
	struct refusal *r)
{
	const struct handling h = {id, note};
	struct inv_job j = INV_JOB(inv, act, r, handle_in, &h, NULL);

	*r = (struct refusal){0};
	if (note && strlen(note) > 500)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return inv_words_decide(note, act->now, r) ? ERR_REFUSED : inv_job_unit(&j);
}

static int close_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_notice n;
	struct store_key k;
	int err = inv_notice_get(txn, a, *(const uint64_t *)j->ask, &n);

	(void)none;
	if (err)
		return err;
	if (n.closed_at)
		return refuse(j->r, &inv_say_notice_closed, NULL, NULL, NULL);
	if (n.handled < n.hits)
		return refuse(j->r, &inv_say_notice_left, arena_printf(a, "%u", n.hits - n.handled),
			NULL, NULL);
	k = store_key("q", n.id);
	n.closed_at = j->now;
	n.closed_by = j->who->actor;
	err = inv_row_del(txn, INV_NOTICE_OPEN, &k);
	if (err == 0)
		err = notice_put(txn, &n);
	return err ? err
		   : audit_add(txn, j->who, j->now, "notice.close",
			     arena_printf(a, "notice:%llu", (unsigned long long)n.id), NULL);
}

int inv_notice_close(
	struct inv *inv, const struct audit_who *who, uint64_t id, int64_t now, struct refusal *r)
{
	struct inv_job j = {.inv = inv, .who = who, .now = now, .r = r, .fn = close_in, .ask = &id};

	return inv_job_run(&j);
}
