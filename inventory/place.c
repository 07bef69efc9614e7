/* SPDX-License-Identifier: EUPL-1.2 */
/* Places made, changed and closed for days. */
#include "inventory/inventory_int.h"

#include "base/text.h"

struct putting {
	const struct inv_place *p;
	bool must_be_new;
};

/* A parent exists, and no place is above itself. */
static int decide_parent(
	struct store_txn *txn, struct arena *a, const struct inv_place *p, struct refusal *r)
{
	const char *up = p->parent;

	for (unsigned deep = 0; !text_empty(up); deep++) {
		struct inv_place parent;
		int err;

		if (text_equal(up, p->id) || deep + 2 >= INV_PLACES_DEEP)
			return refuse(r, &inv_say_place_round, p->id, NULL, NULL);
		err = inv_place_get(txn, a, up, &parent);
		if (err == ERR_NOTFOUND)
			return refuse(r, &inv_say_no_place, up, NULL, NULL);
		if (err)
			return err;
		up = parent.parent;
	}
	return 0;
}

static int put_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct putting *ask = j->ask;
	struct inv_place before = {0}, p = *ask->p;
	int err = inv_place_get(txn, a, p.id, &before);
	bool known = err == 0;

	(void)none;
	if (err && err != ERR_NOTFOUND)
		return err;
	if (known && ask->must_be_new)
		return refuse(j->r, &inv_say_place_exists, p.id, NULL, NULL);
	if (known && p.version && p.version != before.version)
		return refuse(j->r, &inv_say_changed_since, NULL, NULL, NULL);
	p.version = before.version + 1;
	p.made_at = known ? before.made_at : j->now;
	p.changed_at = j->now;
	p.unknown = before.unknown;
	err = known ? inv_zone_admit_place(&before, &p, j->zones, j->r) : 0;
	if (err == 0)
		err = decide_parent(txn, a, &p, j->r);
	if (err == 0)
		err = inv_place_write(txn, known ? &before : NULL, &p);
	return err ? err
		   : audit_add(txn, j->who, j->now, known ? "place.change" : "place.add", p.id,
			     inv_detail(a, "name", p.name[SAY_SV], NULL));
}

static int decide_signs(const struct inv_place *p, struct refusal *r)
{
	const char *const texts[] = {p->address, p->hours};
	const char *const lines[] = {p->name[SAY_SV], p->name[SAY_FI], p->name[SAY_EN], p->phone};
	int err = inv_texts_decide(lines, sizeof(lines) / sizeof(lines[0]), false, r);

	return err ? err : inv_texts_decide(texts, sizeof(texts) / sizeof(texts[0]), true, r);
}

static bool texts_fit(const struct inv_place *p)
{
	const char *const texts[] = {
		p->name[SAY_SV], p->name[SAY_FI], p->name[SAY_EN], p->address, p->phone, p->hours};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i] && strlen(texts[i]) > 500)
			return false;
	}
	return true;
}

int inv_place_put(struct inv *inv, const struct inv_act *act, const struct inv_place *p,
	bool must_be_new, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_place clean = *p;
	const struct putting ask = {&clean, must_be_new};
	struct inv_job j = INV_JOB(inv, act, r, put_in, &ask, NULL);

	*r = (struct refusal){0};
	if (inv_product_id_parse(a, p->id, &clean.id) != 0)
		return refusal_keep(r, refuse(r, &inv_say_id_bad, p->id, NULL, NULL));
	if (!text_empty(p->parent) && inv_product_id_parse(a, p->parent, &clean.parent) != 0)
		return refusal_keep(r, refuse(r, &inv_say_no_place, p->parent, NULL, NULL));
	if (text_empty(p->name[SAY_SV]))
		return refuse(r, &inv_say_name_needed, NULL, NULL, NULL);
	if (p->kind == 0 || p->kind >= INV_PLACE_KINDS)
		return refuse(r, &inv_say_kind_needed, NULL, NULL, NULL);
	if (!texts_fit(p) || p->open_days > 0x7f)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return decide_signs(p, r) ? ERR_REFUSED : inv_job_run(&j);
}

struct closing {
	const char *id, *why;
	int32_t from, to;
};

static int close_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct closing *c = j->ask;
	char from[DAY_TEXT], to[DAY_TEXT];
	struct inv_place p;
	int err = inv_place_get(txn, a, c->id, &p);

	(void)none;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_place, c->id, NULL, NULL);
	if (err == 0)
		err = inv_zone_admit_place(&p, NULL, j->zones, j->r);
	for (int32_t day = c->from; err == 0 && day <= c->to; day++)
		err = inv_closed_day_put(txn, p.id, day, c->why);
	if (err)
		return err;
	return audit_add(txn, j->who, j->now, c->why ? "place.close-days" : "place.open-days", p.id,
		inv_detail(
			a, "from", day_format(c->from, from), "to", day_format(c->to, to), NULL));
}

int inv_place_close_days(struct inv *inv, const struct inv_act *act, const char *id, int32_t from,
	int32_t to, const char *why, struct refusal *r)
{
	const struct closing c = {id, why, from, to};
	struct inv_job j = INV_JOB(inv, act, r, close_in, &c, NULL);

	*r = (struct refusal){0};
	if (from <= 0 || to < from || to - from >= 366)
		return refuse(r, &inv_say_days_bad, NULL, NULL, NULL);
	if (why && (text_empty(why) || strlen(why) > 200))
		return refuse(r, &inv_say_reason_needed, NULL, NULL, NULL);
	if (inv_texts_decide(&why, 1, false, r) != 0)
		return ERR_REFUSED;
	return inv_job_run(&j);
}
