/* SPDX-License-Identifier: EUPL-1.2 */
/* Products made, changed and taken away. */
#include "inventory/price_int.h"

#include "base/text.h"

struct putting {
	const struct inv_product *p;
	bool must_be_new;
};

static const struct say say_price_where = {"product.price-where",
	{"Priset på {0} ändras i prislistan, från en dag och med en anledning. Be en administratör att göra det.",
		"Tuotteen {0} hinta muutetaan hinnastossa, päivästä alkaen ja perustellen. Pyydä ylläpitäjää "
		"tekemään se.",
		"The price of {0} is changed in the price table, from a day and with a reason. Ask an "
		"administrator to do it."}};

static int count_units(struct store_txn *txn, const char *id, uint64_t *ret)
{
	uint64_t by_state[INV_STATES], n = 0;
	int err = inv_count_product(txn, id, by_state);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
		n += by_state[s];
	if (err == 0)
		*ret = n;
	return err;
}

/* The kind is written in every unit too, so it stays once there are any. */
static int decide_kind(struct store_txn *txn, const struct inv_product *before,
	const struct inv_product *p, struct refusal *r)
{
	uint64_t n;
	int err;

	if (before->kind == p->kind)
		return 0;
	err = count_units(txn, p->id, &n);
	return err || n == 0 ? err : refuse(r, &inv_say_product_kind, p->id, NULL, NULL);
}

/* Who else has the GTIN is told, so that two products do not answer to one barcode. */
static int decide_gtin(
	struct store_txn *txn, struct arena *a, const struct inv_product *p, struct refusal *r)
{
	const struct inv_scan scan = {
		.kind = INV_SCAN_GTIN, .text = p->gtin, .gtin = p->gtin, .raw = ""};
	struct inv_hit *hits;
	size_t n;
	int err = text_empty(p->gtin) ? ERR_NOTFOUND : inv_scan_find(txn, a, &scan, &hits, &n);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	for (size_t i = 0; i < n; i++) {
		if (hits[i].kind == INV_HIT_PRODUCT && !text_equal(hits[i].id, p->id))
			return refuse(r, &inv_say_gtin_taken, p->gtin, hits[i].id, NULL);
	}
	return 0;
}

/* A price is never written past the price table. */
static int put_price(struct store_txn *txn, const struct inv_job *j, const struct inv_product *p)
{
	const struct putting *ask = j->ask;
	const struct inv_price_act act = {j->who, j->now, "product"};
	const struct inv_price price = {p->id, p->price_ore};

	return ask->p->price_ore == INV_PRICE_AS_IS ? 0 : inv_price_say_in(txn, &act, &price, 1);
}

/* Whose it is, and whose its price. */
static int admit_change(
	const struct inv_job *j, const struct inv_product *before, const struct inv_product *p)
{
	int err = inv_zone_admit_product(before, p, j);

	if (err == 0 && p->price_ore != before->price_ore && j->duties &&
		!(j->duties & INV_DUTY_ADMIN))
		return refuse(j->r, &say_price_where, inv_product_name(before, SAY_SV), NULL, NULL);
	return err;
}

static int put_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct putting *ask = j->ask;
	struct inv_product before = {0}, p = *ask->p;
	int err = inv_price_ready_in(txn, j->now);
	bool known;

	(void)none;
	if (err == 0)
		err = inv_product_get(txn, a, p.id, &before);
	known = err == 0;
	if (err && err != ERR_NOTFOUND)
		return err;
	if (known && ask->must_be_new)
		return refuse(j->r, &inv_say_product_exists, p.id, NULL, NULL);
	if (known && p.version && p.version != before.version)
		return refuse(j->r, &inv_say_changed_since, NULL, NULL, NULL);
	p.version = before.version + 1;
	p.made_at = known ? before.made_at : j->now;
	p.changed_at = j->now;
	p.photo = p.photo ? p.photo : before.photo;
	p.price_ore = p.price_ore == INV_PRICE_AS_IS ? before.price_ore : p.price_ore;
	p.rating_sum = before.rating_sum;
	p.ratings = before.ratings;
	p.unknown = before.unknown;
	err = known ? admit_change(j, &before, &p) : 0;
	if (err == 0 && known)
		err = decide_kind(txn, &before, &p, j->r);
	if (err == 0)
		err = decide_gtin(txn, a, &p, j->r);
	if (err == 0)
		err = inv_product_write(txn, known ? &before : NULL, &p);
	if (err == 0)
		err = put_price(txn, j, &p);
	if (err == 0)
		err = audit_add(txn, j->who, j->now, known ? "product.change" : "product.add", p.id,
			inv_detail(a, "name", p.name[SAY_SV], "life", inv_life_name(p.life), NULL));
	return err;
}

static bool texts_fit(const struct inv_product *p)
{
	for (unsigned l = 0; l < SAY_LANGS; l++) {
		if ((p->name[l] && strlen(p->name[l]) > 200) ||
			(p->about[l] && strlen(p->about[l]) > 8000) ||
			(p->help[l] && strlen(p->help[l]) > 8000))
			return false;
	}
	return !p->category || strlen(p->category) <= 60;
}

static int decide_signs(const struct inv_product *p, struct refusal *r)
{
	const char *const lines[] = {p->name[SAY_SV], p->name[SAY_FI], p->name[SAY_EN], p->category,
		p->maker, p->model, p->sold_where, p->prefix};
	const char *const texts[] = {p->about[SAY_SV], p->about[SAY_FI], p->about[SAY_EN],
		p->help[SAY_SV], p->help[SAY_FI], p->help[SAY_EN]};
	int err = inv_texts_decide(lines, sizeof(lines) / sizeof(lines[0]), false, r);

	return err ? err : inv_texts_decide(texts, sizeof(texts) / sizeof(texts[0]), true, r);
}

static int decide_form(const struct inv_product *p, struct refusal *r)
{
	if (text_empty(p->name[SAY_SV]))
		return refuse(r, &inv_say_name_needed, NULL, NULL, NULL);
	if (p->kind == 0 || p->kind >= INV_KINDS)
		return refuse(r, &inv_say_kind_needed, NULL, NULL, NULL);
	if (!text_empty(p->gtin) && !(strlen(p->gtin) == 14 && inv_gtin_is(p->gtin)))
		return refuse(r, &inv_say_gtin_bad, p->gtin, NULL, NULL);
	if (p->price_ore < INV_PRICE_AS_IS || p->price_ore > INV_PRICE_MOST || p->sold_ore < 0 || p->loan_days > 3660)
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	return texts_fit(p) ? decide_signs(p, r) : refuse(r, &inv_say_text_long, NULL, NULL, NULL);
}

int inv_product_put(struct inv *inv, const struct inv_act *act, const struct inv_product *p,
	bool must_be_new, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_product clean = *p;
	const struct putting ask = {&clean, must_be_new};
	struct inv_job j = INV_JOB(inv, act, r, put_in, &ask, NULL);
	int err;

	*r = (struct refusal){0};
	if (inv_product_id_parse(a, p->id, &clean.id) != 0)
		return refuse(r, &inv_say_id_bad, p->id, NULL, NULL);
	if (!text_empty(p->gtin) && inv_gtin_is(p->gtin))
		clean.gtin = inv_gtin_14(a, p->gtin);
	if (clean.life == 0)
		clean.life = INV_LIFE_USE;
	if (clean.privacy == 0)
		clean.privacy = INV_PRIVACY_NONE;
	err = decide_form(&clean, r);
	if (err == 0)
		err = inv_job_run(&j);
	return refusal_keep(r, err);
}

static int del_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_product p;
	uint64_t n = 0;
	int err = inv_product_get(txn, a, j->ask, &p);

	(void)none;
	if (err == 0)
		err = inv_zone_admit_product(&p, NULL, j);
	if (err == 0)
		err = count_units(txn, p.id, &n);
	if (err == 0 && n)
		err = refuse(j->r, &inv_say_product_used, p.id,
			arena_printf(a, "%llu", (unsigned long long)n), NULL);
	if (err == 0)
		err = inv_product_drop(txn, &p);
	if (err == 0)
		err = inv_template_clear(txn, p.id);
	if (err == 0)
		err = audit_add(txn, j->who, j->now, "product.delete", p.id, NULL);
	return err;
}

int inv_product_del(struct inv *inv, const struct inv_act *act, const char *id, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, del_in, id, NULL);

	return inv_job_run(&j);
}
