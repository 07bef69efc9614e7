/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table: versions made, taken back, and brought into force. */
#include "inventory/price_int.h"

#include "base/day.h"
#include "base/text.h"

#define YEARS_AHEAD 5
#define WHY_MOST 500
#define PAGE 200

static const struct audit_who server = {.actor = "server", .via = "server"};

/* --- into force --- */

static int place_of(struct store_txn *txn, struct arena *a, uint32_t version,
	struct inv_price_at *ret)
{
	struct inv_price_list x;
	int err = 0;

	*ret = (struct inv_price_at){0};
	if (version)
		err = inv_price_list_get(txn, a, version, &x);
	if (err == 0 && version)
		*ret = (struct inv_price_at){x.from, version};
	return err;
}

/* A product that is gone has no price any more; its rows stay to be read. */
static int tell_product(struct store_txn *txn, const struct inv_price *p)
{
	int err = inv_product_price(txn, p->product, p->ore);

	return err == ERR_NOTFOUND ? 0 : err;
}

static int audit(struct store_txn *txn, struct arena *a, const struct inv_price_act *act,
	const char *what, const struct inv_price_list *x)
{
	char day[DAY_TEXT];

	return audit_add(txn, act->who, act->now, what,
		arena_printf(a, "price-list:%u", x->version),
		arena_printf(a, "{\"version\":%u,\"prices\":%u,\"from\":\"%s\"%s}", x->version,
			x->prices, day_format(x->from, day),
			x->undoes ? arena_printf(a, ",\"undoes\":%u", x->undoes) : ""));
}

static int bring_in(struct store_txn *txn, struct arena *a, uint32_t version, int64_t now)
{
	struct inv_price_list x;
	struct inv_price_said said = {0};
	int err = inv_price_list_get(txn, a, version, &x);

	said.most = err == 0 ? x.prices : 0;
	if (err == 0)
		err = inv_price_said(txn, a, version, &said);
	for (size_t i = 0; err == 0 && i < said.n; i++)
		err = tell_product(txn, &said.price[i]);
	x.in_force_at = now;
	if (err == 0)
		err = inv_price_list_put(txn, &x);
	return err ? err : inv_price_in_force_set(txn, version);
}

/* One after the other, so that of two the later has the last word. */
static int bring_in_due(struct store_txn *txn, struct arena *a, int64_t now)
{
	const struct inv_price_act act = {&server, now, NULL};
	struct inv_price_list x;
	struct inv_price_at at;
	uint32_t version;
	int err = inv_price_in_force(txn, &version);

	if (err == 0)
		err = place_of(txn, a, version, &at);
	while (err == 0 &&
		(err = inv_price_order_next(txn, &at, day_of_time(now), &version)) == 0) {
		err = bring_in(txn, a, version, now);
		if (err == 0)
			err = inv_price_list_get(txn, a, version, &x);
		if (err == 0)
			err = audit(txn, a, &act, "price.in-force", &x);
		at = (struct inv_price_at){err == 0 ? x.from : 0, version};
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- a new version --- */

static int number_next(struct store_txn *txn, uint32_t *ret)
{
	uint64_t n;
	int err = inv_series_next(txn, "=price-list", &n);

	if (err == 0)
		*ret = (uint32_t)n;
	return err;
}

/* What it says is `price`, all of them other than before. */
static int add_version(struct store_txn *txn, struct arena *a, const struct inv_price_act *act,
	struct inv_price_list *x, const struct inv_price *price)
{
	int err = number_next(txn, &x->version);

	x->way = act->way;
	x->made_at = act->now;
	x->made_by = act->who->actor;
	for (uint32_t i = 0; err == 0 && i < x->prices; i++)
		err = inv_price_say(txn, x, &price[i]);
	if (err == 0)
		err = inv_price_list_put(txn, x);
	if (err == 0)
		err = inv_price_order_put(txn, x);
	if (err == 0)
		err = audit(txn, a, act, x->undoes ? "price.undo" : "price.change", x);
	if (err == 0 && x->from <= day_of_time(act->now))
		err = bring_in(txn, a, x->version, act->now);
	return err;
}

/* A store from before the table: what its products say is the first version (of very many, more). */
static int adopt(struct store_txn *txn, struct arena *a, int64_t now)
{
	const struct inv_price_act act = {&server, now, "start"};
	struct inv_price *price = ARENA_ARRAY(a, struct inv_price, PAGE);
	struct inv_product_ask ask = {.most = PAGE};
	struct inv_product *p;
	size_t n;
	int err = 0;

	do {
		struct inv_price_list x = {.from = day_of_time(now)};

		err = inv_product_list(txn, a, &ask, &p, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++) {
			if (p[i].price_ore)
				price[x.prices++] = (struct inv_price){p[i].id, p[i].price_ore};
		}
		if (err == 0 && x.prices)
			err = add_version(txn, a, &act, &x, price);
	} while (err == 0 && ask.after);
	return err;
}

int inv_price_ready_in(struct store_txn *txn, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	uint32_t newest;
	int err = inv_price_newest(txn, &newest);

	if (err == 0 && newest == 0)
		err = adopt(txn, a, now);
	return err ? err : bring_in_due(txn, a, now);
}

int inv_price_say_in(struct store_txn *txn, const struct inv_price_act *act,
	const struct inv_price *price, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_price_list x = {.from = day_of_time(act->now)};
	struct inv_price *other = ARENA_ARRAY(a, struct inv_price, n + 1);
	const struct inv_price_at today = {x.from, UINT32_MAX};
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		uint32_t by;
		int64_t ore;

		err = inv_price_of(txn, price[i].product, &today, &ore, &by);
		if (err == 0 && ore != price[i].ore)
			other[x.prices++] = price[i];
	}
	return err || x.prices == 0 ? err : add_version(txn, a, act, &x, other);
}

/* --- by people --- */

static int decide(const struct inv_price_want *want, int32_t today, struct refusal *r)
{
	if (want->from && (want->from < today || want->from > today + YEARS_AHEAD * 366))
		return refuse(r, &inv_say_price_past, NULL, NULL, NULL);
	if (want->n == 0 || want->n > INV_PRICES)
		return refuse(r, &inv_say_price_none, NULL, NULL, NULL);
	return 0;
}

static int decide_why(const char *why, struct refusal *r)
{
	if (text_empty(why) || strlen(why) > WHY_MOST || !text_is_utf8(bytes_of_str(why)))
		return refuse(r, &inv_say_price_why, NULL, NULL, NULL);
	return 0;
}

struct trying {
	struct store_txn *txn;
	struct arena *a;
	struct inv_price_at at;
	enum say_lang lang;
	struct inv_price_row *row;
	size_t n;
	struct refusal *r;
};

static bool is_there(const struct trying *t, const char *product)
{
	for (size_t i = 0; i < t->n; i++) {
		if (text_equal(t->row[i].product, product))
			return true;
	}
	return false;
}

static int try_one(struct trying *t, const struct inv_price *p)
{
	struct inv_price_row *row = &t->row[t->n];
	struct inv_product product;
	const char *name;
	int err = inv_product_get(t->txn, t->a, p->product, &product);

	if (err == ERR_NOTFOUND)
		return refuse(t->r, &inv_say_no_product, p->product, NULL, NULL);
	if (err)
		return err;
	name = inv_product_name(&product, t->lang);
	if (p->ore < 0 || p->ore > INV_PRICE_MOST)
		return refuse(t->r, &inv_say_price_sum, name, NULL, NULL);
	if (is_there(t, product.id))
		return refuse(t->r, &inv_say_price_twice, name, NULL, NULL);
	*row = (struct inv_price_row){.product = product.id, .name = name, .ore = p->ore};
	err = inv_price_of(t->txn, product.id, &t->at, &row->before, &row->said_by);
	t->n += err == 0 && row->ore != row->before;
	return err;
}

int inv_price_try(struct store_txn *txn, struct arena *a, const struct inv_price_want *want,
	const struct inv_price_look *look, struct inv_price_rows *ret)
{
	struct trying t = {.txn = txn,
		.a = a,
		.at = {want->from ? want->from : look->today, UINT32_MAX},
		.lang = look->lang,
		.r = look->r};
	int err = decide(want, look->today, look->r);

	t.row = ARENA_ARRAY(a, struct inv_price_row, want->n + 1);
	for (size_t i = 0; err == 0 && i < want->n; i++)
		err = try_one(&t, &want->price[i]);
	if (err == 0 && t.n == 0)
		err = refuse(look->r, &inv_say_price_same, NULL, NULL, NULL);
	if (err)
		return refusal_keep(look->r, err);
	*ret = (struct inv_price_rows){.row = t.row, .n = t.n};
	return 0;
}

struct putting {
	const struct inv_price_want *want;
	const struct inv_price_back *back;
	const struct audit_who *who;
	uint32_t version;
	int64_t now;
	struct refusal *r;
};

static int put_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct putting *j = arg;
	const struct inv_price_act act = {j->who, j->now, "table"};
	const struct inv_price_look look = {day_of_time(j->now), SAY_SV, j->r};
	struct inv_price_list x = {.from = j->want->from ? j->want->from : look.today,
		.why = j->want->why};
	struct inv_price_rows rows = {0};
	struct inv_price *price;
	uint32_t newest;
	int err = inv_price_ready_in(txn, j->now);

	if (err == 0)
		err = inv_price_newest(txn, &newest);
	if (err == 0 && j->want->seen && j->want->seen != newest)
		err = ERR_CONFLICT;
	if (err == 0)
		err = inv_price_try(txn, a, j->want, &look, &rows);
	if (err)
		return err;
	price = ARENA_ARRAY(a, struct inv_price, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		price[i] = (struct inv_price){rows.row[i].product, rows.row[i].ore};
	x.prices = (uint32_t)rows.n;
	err = add_version(txn, a, &act, &x, price);
	j->version = x.version;
	return err;
}

int inv_price_put(struct inv *inv, const struct inv_price_by *by,
	const struct inv_price_want *want, struct refusal *r, uint32_t *ret_version)
{
	struct putting j = {.want = want, .who = by->who, .now = by->now, .r = r};
	int err;

	*r = (struct refusal){0};
	err = decide_why(want->why, r);
	if (err == 0)
		err = store_write(inv->st, put_in, &j);
	if (err == 0)
		*ret_version = j.version;
	return err;
}

/* --- taken back --- */

static int withdraw(struct store_txn *txn, struct arena *a, struct putting *j,
	struct inv_price_list *x)
{
	const struct inv_price_act act = {j->who, j->now, NULL};
	int err = inv_price_unsay(txn, x);

	if (err == 0)
		err = inv_price_order_del(txn, x);
	x->withdrawn_at = j->now;
	x->withdrawn_by = j->who->actor;
	if (err == 0)
		err = inv_price_list_put(txn, x);
	return err ? err : audit(txn, a, &act, "price.withdraw", x);
}

/* The prices that still count as it said them, as they were just before. */
static int prices_before(struct store_txn *txn, struct arena *a, const struct inv_price_list *x,
	int64_t now, struct inv_price_said *ret)
{
	const struct inv_price_at today = {day_of_time(now), UINT32_MAX};
	const struct inv_price_at before = {x->from, x->version - 1};
	struct inv_price_said said = {.most = x->prices};
	int err = inv_price_said(txn, a, x->version, &said);

	*ret = (struct inv_price_said){.price = said.price};
	for (size_t i = 0; err == 0 && i < said.n; i++) {
		const char *product = said.price[i].product;
		struct inv_product p;
		int64_t ore;
		uint32_t by;

		err = inv_price_of(txn, product, &today, &ore, &by);
		if (err || by != x->version)
			continue;
		err = inv_product_get(txn, a, product, &p);
		if (err == 0)
			err = inv_price_of(txn, product, &before, &ore, &by);
		if (err == 0)
			ret->price[ret->n++] = (struct inv_price){product, ore};
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	return err;
}

static int undo_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct putting *j = arg;
	const struct inv_price_act act = {j->who, j->now, "undo"};
	struct inv_price_list x, next;
	struct inv_price_said was = {0};
	int err = inv_price_ready_in(txn, j->now);

	if (err == 0)
		err = inv_price_list_get(txn, a, j->back->version, &x);
	if (err)
		return err;
	j->version = x.version;
	if (x.withdrawn_at)
		return refusal_keep(j->r, refuse(j->r, &inv_say_price_gone,
			arena_printf(a, "%u", x.version), NULL, NULL));
	if (!x.in_force_at)
		return withdraw(txn, a, j, &x);
	next = (struct inv_price_list){
		.from = day_of_time(j->now), .why = j->back->why, .undoes = x.version};
	err = prices_before(txn, a, &x, j->now, &was);
	next.prices = (uint32_t)was.n;
	if (err == 0 && next.prices == 0)
		return refusal_keep(j->r, refuse(j->r, &inv_say_price_over,
			arena_printf(a, "%u", x.version), NULL, NULL));
	if (err == 0)
		err = add_version(txn, a, &act, &next, was.price);
	j->version = next.version;
	return err;
}

int inv_price_undo(struct inv *inv, const struct inv_price_by *by,
	const struct inv_price_back *back, struct refusal *r, uint32_t *ret_version)
{
	struct putting j = {.back = back, .who = by->who, .now = by->now, .r = r};
	int err;

	*r = (struct refusal){0};
	err = decide_why(back->why, r);
	if (err == 0)
		err = store_write(inv->st, undo_in, &j);
	if (err == 0)
		*ret_version = j.version;
	return err;
}

/* --- by the clock --- */

struct tending {
	int64_t now;
	bool needed;
};

static int look_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tending *t = arg;
	struct inv_price_at at;
	uint32_t newest, version;
	int err = inv_price_newest(txn, &newest);

	if (err == 0)
		err = inv_price_in_force(txn, &version);
	if (err == 0)
		err = place_of(txn, a, version, &at);
	if (err == 0)
		err = inv_price_order_next(txn, &at, day_of_time(t->now), &version);
	t->needed = err == 0 || (err == ERR_NOTFOUND && newest == 0);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int tend_in(struct store_txn *txn, void *arg)
{
	const struct tending *t = arg;

	return inv_price_ready_in(txn, t->now);
}

int inv_price_tend(struct inv *inv, int64_t now)
{
	struct tending t = {.now = now};
	int err = store_read(inv->st, look_in, &t);

	return err || !t.needed ? err : store_write(inv->st, tend_in, &t);
}
