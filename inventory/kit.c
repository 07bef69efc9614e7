/* SPDX-License-Identifier: EUPL-1.2 */
/* Kits: one line, counted piece by piece when it comes back. */
#include "inventory/inventory_int.h"

#include "base/text.h"

static bool is_short(const struct inv_part *p)
{
	return p->present < p->expected && !p->consumable && !p->optional;
}

bool inv_names_add(struct arena *a, const char **all, const char *name)
{
	const char *more = arena_printf(a, "%s%s%s", *all, **all ? ", " : "", name);
	bool fits = strlen(more) <= SAY_KEPT - sizeof(", …");

	*all = fits || !**all ? more : arena_printf(a, "%s, …", *all);
	return fits;
}

int inv_kit_missing(struct store_txn *txn, struct arena *a, const char *serial, const char **ret)
{
	struct inv_part *parts;
	size_t n = 0;
	int err = inv_kit_parts(txn, a, serial, &parts, &n);

	*ret = "";
	for (size_t i = 0; err == 0 && i < n; i++) {
		const char *name = parts[i].name ? parts[i].name : parts[i].product;

		if (is_short(&parts[i]) && !inv_names_add(a, ret, name ? name : "…"))
			break;
	}
	return err;
}

/* The kit's own figures, from its lines. */
static int count_lines(struct store_txn *txn, struct arena *a, struct inv_unit *kit)
{
	struct inv_part *parts;
	size_t n;
	int err = inv_kit_parts(txn, a, kit->serial, &parts, &n);

	if (err)
		return err;
	kit->parts = (uint32_t)n;
	kit->parts_missing = 0;
	for (size_t i = 0; i < n; i++)
		kit->parts_missing += is_short(&parts[i]);
	return 0;
}

static int save_kit(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct inv_unit *before, struct inv_unit *kit, const struct inv_event *e)
{
	int err = count_lines(txn, a, kit);

	return err ? err : inv_unit_save(txn, j, before, kit, e, "kit.change");
}

static int decide_part(struct inv_part *p, int64_t now, struct refusal *r)
{
	int err;

	if (p->expected == 0)
		p->expected = 1;
	if (p->expected > 1000 || p->present > 1000)
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	if ((p->name && strlen(p->name) > 200) || (p->note && strlen(p->note) > 500))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (text_empty(p->name) && text_empty(p->product) && text_empty(p->unit))
		return refuse(r, &inv_say_part_what, NULL, NULL, NULL);
	err = inv_words_decide(p->name, now, r);
	return err ? err : inv_words_decide(p->note, now, r);
}

static int check_product(
	struct store_txn *txn, struct arena *a, struct inv_part *p, struct refusal *r)
{
	struct inv_product product;
	const char *id;
	int err;

	if (text_empty(p->product)) {
		p->product = NULL;
		return 0;
	}
	if (inv_product_id_parse(a, p->product, &id) != 0)
		return refuse(r, &inv_say_no_product, p->product, NULL, NULL);
	err = inv_product_get(txn, a, id, &product);
	if (err == ERR_NOTFOUND)
		return refuse(r, &inv_say_no_product, p->product, NULL, NULL);
	p->product = id;
	if (err == 0 && product.kind == INV_KIND_CONSUMABLE)
		p->consumable = true;
	return err;
}

/* --- templates --- */

struct template
{
	const char *product_id;
	const struct inv_part *parts;
	size_t n;
};

static int template_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct template *t = j->ask;
	struct inv_product p;
	const char *id;
	int err = inv_product_id_parse(a, t->product_id, &id);

	(void)none;
	if (err == 0)
		err = inv_product_get(txn, a, id, &p);
	if (err)
		return refuse(j->r, &inv_say_no_product, t->product_id, NULL, NULL);
	err = inv_zone_admit_product(&p, NULL, j);
	if (err == 0)
		err = inv_template_clear(txn, id);
	for (size_t i = 0; err == 0 && i < t->n; i++) {
		struct inv_part part = t->parts[i];

		part.kit = id;
		part.pos = (uint32_t)i + 1;
		part.unit = NULL;
		part.present = 0;
		part.unknown = (struct bytes){0};
		err = decide_part(&part, j->now, j->r);
		if (err == 0)
			err = check_product(txn, a, &part, j->r);
		if (err == 0)
			err = inv_part_put(txn, 'p', &part);
	}
	return err ? err : audit_add(txn, j->who, j->now, "product.template", id, NULL);
}

int inv_template_put(struct inv *inv, const struct inv_act *act, const char *product_id,
	const struct inv_part *parts, size_t n, struct refusal *r)
{
	const struct template t = {product_id, parts, n};
	struct inv_job j = INV_JOB(inv, act, r, template_in, &t, NULL);

	*r = (struct refusal){0};
	if (n > INV_PARTS)
		return refuse(r, &inv_say_parts_many, NULL, NULL, NULL);
	return inv_job_run(&j);
}

/* --- the lines of one kit --- */

static int begin_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct inv_event e = {.kind = "kit", .text = "begun"};
	const struct inv_unit before = *u;
	struct inv_part *parts;
	size_t n;
	int err = inv_zone_admit_unit(txn, a, u, j);

	if (err)
		return err;
	if (u->parts)
		return refuse(j->r, &inv_say_kit_begun, inv_unit_label(u), NULL, NULL);
	if (text_empty(u->product_id))
		return refuse(j->r, &inv_say_kit_no_template, inv_unit_label(u), NULL, NULL);
	err = inv_template_parts(txn, a, u->product_id, &parts, &n);
	if (err == 0 && n == 0)
		return refuse(j->r, &inv_say_kit_no_template, inv_unit_label(u), NULL, NULL);
	for (size_t i = 0; err == 0 && i < n; i++) {
		parts[i].kit = u->serial;
		parts[i].present = parts[i].expected;
		err = inv_part_put(txn, 'u', &parts[i]);
	}
	return err ? err : save_kit(txn, j, a, &before, u, &e);
}

int inv_kit_begin(struct inv *inv, const struct inv_act *act, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, begin_in, NULL, NULL);

	return inv_job_unit(&j);
}

/* The unit that becomes a part: not of another kit, no kit itself, and where the kit is. */
static int join_unit(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct inv_unit *kit, struct inv_part *p)
{
	const struct inv_event e = {.kind = "kit", .text = kit->serial};
	struct inv_unit before, u;
	int err = inv_unit_find(txn, a, p->unit, &u);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, p->unit, NULL, NULL);
	if (err)
		return err;
	if (text_equal(u.serial, kit->serial) || u.parts || !text_empty(kit->kit))
		return refuse(j->r, &inv_say_kit_in_kit, inv_unit_label(&u), NULL, NULL);
	if (!text_empty(u.kit))
		return refuse(j->r, &inv_say_part_elsewhere, inv_unit_label(&u),
			inv_unit_label_of(txn, a, u.kit), NULL);
	if (u.state != kit->state)
		return refuse(j->r, &inv_say_part_state, inv_unit_label(&u), inv_unit_label(kit), NULL);
	err = inv_zone_admit_unit(txn, a, &u, j);
	if (err)
		return err;
	before = u;
	u.kit = kit->serial;
	u.place = kit->place;
	p->unit = u.serial;
	p->expected = 1;
	p->present = 1;
	if (text_empty(p->product))
		p->product = u.product_id;
	return inv_unit_save(txn, j, &before, &u, &e, NULL);
}

static int add_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	struct inv_part part = *(const struct inv_part *)j->ask, *parts;
	const struct inv_event e = {.kind = "kit", .text = "part added"};
	const struct inv_unit before = *u;
	size_t n;
	int err = inv_zone_admit_unit(txn, a, u, j);

	if (err == 0)
		err = inv_kit_parts(txn, a, u->serial, &parts, &n);
	if (err == 0 && n >= INV_PARTS)
		return refuse(j->r, &inv_say_parts_many, NULL, NULL, NULL);
	part.kit = u->serial;
	part.pos = n ? parts[n - 1].pos + 1 : 1;
	part.unknown = (struct bytes){0};
	if (err == 0)
		err = decide_part(&part, j->now, j->r);
	if (err == 0)
		err = check_product(txn, a, &part, j->r);
	if (err == 0 && !text_empty(part.unit))
		err = join_unit(txn, j, a, u, &part);
	else
		part.present = part.present ? part.present : part.expected;
	if (err == 0)
		err = inv_part_put(txn, 'u', &part);
	return err ? err : save_kit(txn, j, a, &before, u, &e);
}

int inv_kit_add(
	struct inv *inv, const struct inv_act *act, const struct inv_part *p, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, add_in, p, NULL);

	return inv_job_unit(&j);
}

static int part_at(struct store_txn *txn, struct arena *a, const char *serial, uint32_t pos,
	struct inv_part *ret)
{
	struct inv_part *parts;
	size_t n;
	int err = inv_kit_parts(txn, a, serial, &parts, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (parts[i].pos == pos) {
			*ret = parts[i];
			return 0;
		}
	}
	return err ? err : ERR_NOTFOUND;
}

static int drop_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct inv_event e = {.kind = "kit", .text = "part taken out"};
	const struct inv_unit before = *u;
	struct inv_unit part_before, part_unit;
	struct inv_part part;
	int err = inv_zone_admit_unit(txn, a, u, j);

	if (err == 0)
		err = part_at(txn, a, u->serial, *(const uint32_t *)j->ask, &part);
	if (err)
		return err == ERR_NOTFOUND ? refuse(j->r, &inv_say_no_part, inv_unit_label(u), NULL, NULL)
					   : err;
	if (part.unit) {
		err = inv_unit_get(txn, a, part.unit, &part_unit);
		part_before = part_unit;
		part_unit.kit = NULL;
		if (err == 0)
			err = inv_unit_save(txn, j, &part_before, &part_unit, &e, NULL);
	}
	if (err == 0)
		err = inv_part_del(txn, 'u', &part);
	return err ? err : save_kit(txn, j, a, &before, u, &e);
}

int inv_kit_drop(struct inv *inv, const struct inv_act *act, uint32_t pos, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, drop_in, &pos, NULL);

	return inv_job_unit(&j);
}

/* --- counting --- */

/* A part that is a unit of its own goes missing, or is there again. */
static int move_part(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	const struct inv_unit *kit, const struct inv_part *p, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_move m = {.event = "part", .text = kit->serial};
	struct inv_unit u;
	bool woken = false;
	int err = inv_unit_get(txn, a, p->unit, &u);

	if (err)
		return err;
	/* lent with the whole, whatever became of that */
	if (p->present == 0 && (u.state == kit->state || u.state == INV_ON_LOAN))
		m.to = INV_MISSING;
	else if (p->present && u.state == INV_MISSING)
		m.to = (enum inv_state)kit->state;
	else
		return 0;
	m.act = m.to == INV_MISSING ? "part.missing" : "part.found";
	return inv_unit_move(inv, txn, who, &u, &m, now, r, &woken);
}

static const struct inv_part_seen *seen_of(const struct inv_part_seen *seen, size_t n, uint32_t pos)
{
	for (size_t i = 0; i < n; i++) {
		if (seen[i].pos == pos)
			return &seen[i];
	}
	return NULL;
}

/* Every position told must be a line of the kit: a slip of a finger must not pass unseen. */
static int decide_seen(const struct inv_unit *u, const struct inv_part *parts, size_t n,
	const struct inv_part_seen *seen, size_t seen_n, const struct inv_job *j)
{
	for (size_t i = 0; i < seen_n; i++) {
		bool known = false;

		for (size_t p = 0; p < n; p++)
			known = known || parts[p].pos == seen[i].pos;
		if (!known || seen[i].present > 1000)
			return refuse(j->r, &inv_say_no_part, inv_unit_label(u), NULL, NULL);
		if (inv_words_decide(seen[i].note, j->now, j->r))
			return ERR_REFUSED;
	}
	return 0;
}

int inv_kit_check(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct arena *a, struct inv_unit *u, const struct inv_part_seen *seen, size_t n,
	int64_t now, struct refusal *r, struct inv_part **ret_missing, size_t *ret_missing_n)
{
	struct inv_job j = {.inv = inv, .who = who, .now = now, .r = r};
	struct inv_event e = {.kind = "counted"};
	const struct inv_unit before = *u;
	struct inv_part *parts, *missing;
	size_t count, short_of = 0;
	int err = inv_kit_parts(txn, a, u->serial, &parts, &count);

	if (err == 0)
		err = decide_seen(u, parts, count, seen, n, &j);
	missing = ARENA_ARRAY(a, struct inv_part, count + 1);
	for (size_t i = 0; err == 0 && i < count; i++) {
		const struct inv_part_seen *s = seen_of(seen, n, parts[i].pos);

		if (s) {
			parts[i].present = s->present;
			parts[i].note = s->note ? s->note : parts[i].note;
			err = inv_part_put(txn, 'u', &parts[i]);
			if (err == 0 && parts[i].unit)
				err = move_part(inv, txn, who, u, &parts[i], now, r);
		}
		if (is_short(&parts[i]))
			missing[short_of++] = parts[i];
	}
	if (err)
		return err;
	e.text = arena_printf(a, "%zu of %zu lines short", short_of, count);
	u->parts_missing = (uint32_t)short_of;
	err = inv_unit_save(txn, &j, &before, u, &e, "kit.count");
	if (err == 0) {
		*ret_missing = missing;
		*ret_missing_n = short_of;
	}
	return err;
}

struct counting {
	const struct inv_part_seen *seen;
	size_t n;
};

static int count_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct counting *c = j->ask;
	struct inv_part *missing;
	size_t n;

	return inv_kit_check(j->inv, txn, j->who, a, u, c->seen, c->n, j->now, j->r, &missing, &n);
}

int inv_kit_count(struct inv *inv, const struct inv_act *act, const struct inv_part_seen *seen,
	size_t n, struct refusal *r)
{
	const struct counting c = {seen, n};
	struct inv_job j = INV_JOB(inv, act, r, count_in, &c, NULL);

	return inv_job_unit(&j);
}
