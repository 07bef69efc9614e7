/* SPDX-License-Identifier: EUPL-1.2 */
/* New things, and what is said of things: product, place, numbers, condition. (Further codes: unit_code.c) */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define MADE_MOST 500

static void take(const char **field, const char *value)
{
	if (value)
		*field = text_empty(value) ? NULL : value;
}

static int apply_product(struct store_txn *txn, struct arena *a, const struct inv_fields *f,
	struct inv_unit *u, struct refusal *r)
{
	struct inv_product p;
	const char *id;
	int err;

	if (!f->product_id)
		return 0;
	if (text_empty(f->product_id)) {
		u->product_id = NULL;
		return 0;
	}
	if (inv_product_id_parse(a, f->product_id, &id) != 0)
		return refuse(r, &inv_say_no_product, f->product_id, NULL, NULL);
	err = inv_product_get(txn, a, id, &p);
	if (err)
		return err == ERR_NOTFOUND
			       ? refuse(r, &inv_say_no_product, f->product_id, NULL, NULL)
			       : err;
	if (u->enrolled && p.kind != INV_KIND_IPAD)
		return refuse(r, &inv_say_is_ipad, inv_unit_label(u), NULL, NULL);
	u->product_id = p.id;
	u->kind = p.kind;
	return 0;
}

static int apply_place(struct store_txn *txn, struct arena *a, const char *value,
	const char **field, struct refusal *r)
{
	struct inv_place p;
	const char *id;
	int err;

	if (text_empty(value)) {
		take(field, value);
		return 0;
	}
	if (inv_product_id_parse(a, value, &id) != 0)
		return refuse(r, &inv_say_no_place, value, NULL, NULL);
	err = inv_place_get(txn, a, id, &p);
	if (err == ERR_NOTFOUND)
		return refuse(r, &inv_say_no_place, value, NULL, NULL);
	if (err == 0)
		*field = p.id;
	return err;
}

/* A code of the unit: clean, and nobody else's where it must be one's own. What it has already it keeps. */
static int apply_code(struct store_txn *txn, struct arena *a, enum inv_code_kind kind, const char *value,
	const struct inv_unit *u, const char **field, struct refusal *r)
{
	const struct inv_scan *label;
	const char *code, *holder = NULL;
	bool is_free;
	int err;

	if (text_empty(value)) {
		take(field, value);
		return 0;
	}
	if ((*value == '(' || *value == ']') && (code = inv_label_of_product(a, value)))
		return refuse(r, &inv_say_code_product, code, NULL, NULL);
	label = kind == INV_CODE_MAKER_SERIAL ? inv_label_read(a, value) : NULL;
	value = label ? label->serial : value;
	if (inv_code_parse(a, value, &code) != 0)
		return refuse(r, &inv_say_bad_code, value, NULL, NULL);
	err = inv_code_is_free(txn, a, code, u->serial, &is_free);
	if (err == 0 && !is_free)
		return refuse(r, &inv_say_code_taken, code, NULL, NULL);
	if (err == 0 && !text_equal(*field, code))
		err = inv_code_holder(txn, a, &(struct inv_code){kind, code}, u->serial, &holder);
	if (holder)
		return refuse(r, &inv_say_code_held, code, holder, NULL);
	if (err == 0)
		*field = code;
	return err;
}

static bool texts_fit(const struct inv_fields *f)
{
	const char *const texts[] = {f->product, f->lease, f->note, f->lot, f->model, f->supplier,
		f->delivery, f->condition_note};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i] && strlen(texts[i]) > 500)
			return false;
	}
	return (!f->lease || strlen(f->lease) <= INV_CODE_MAX) &&
	       (!f->delivery || strlen(f->delivery) <= INV_CODE_MAX);
}

static void apply_numbers(const struct inv_fields *f, struct inv_unit *u)
{
	if (f->condition >= 0)
		u->condition = (uint32_t)f->condition;
	if (f->ownership >= 0)
		u->ownership = (uint32_t)f->ownership;
	if (f->zone >= 0)
		u->zone = (uint32_t)f->zone;
	if (f->display >= 0)
		u->display = f->display > 0;
	if (f->lease_ends_at >= 0)
		u->lease_ends_at = f->lease_ends_at;
	if (f->price_ore >= 0)
		u->price_ore = f->price_ore;
	if (f->made_day >= 0)
		u->made_day = f->made_day;
	if (f->expires_day >= 0)
		u->expires_day = f->expires_day;
	if (f->bought_day >= 0)
		u->bought_day = f->bought_day;
}

int inv_fields_apply(struct store_txn *txn, struct arena *a, const struct inv_fields *f,
	struct inv_unit *u, struct refusal *r)
{
	int err = texts_fit(f) ? apply_product(txn, a, f, u, r)
			       : refuse(r, &inv_say_text_long, NULL, NULL, NULL);

	if (err == 0)
		err = apply_place(txn, a, f->place, &u->place, r);
	if (err == 0)
		err = apply_place(txn, a, f->home, &u->home, r);
	if (err == 0)
		err = apply_code(txn, a, INV_CODE_ITEM, f->item_number, u, &u->item_number, r);
	if (err == 0)
		err = apply_code(txn, a, INV_CODE_IMEI, f->imei, u, &u->imei, r);
	if (err == 0)
		err = apply_code(txn, a, INV_CODE_ICCID, f->sim, u, &u->sim, r);
	if (err == 0)
		err = apply_code(txn, a, INV_CODE_MAKER_SERIAL, f->maker_serial, u, &u->maker_serial, r);
	if (err)
		return err;
	take(&u->product, f->product);
	take(&u->lease, f->lease);
	take(&u->note, f->note);
	take(&u->lot, f->lot);
	take(&u->model, f->model);
	take(&u->supplier, f->supplier);
	take(&u->delivery, f->delivery);
	if (!text_empty(f->delivery) && inv_code_parse(a, f->delivery, &u->delivery) != 0)
		return refuse(r, &inv_say_bad_code, f->delivery, NULL, NULL);
	if (!text_empty(f->lease))
		err = inv_lease_named(txn, a, f->lease, &u->lease);
	if (err)
		return err;
	take(&u->condition_note, f->condition_note);
	apply_numbers(f, u);
	inv_label_fill(inv_label_read(a, f->maker_serial), u);
	return 0;
}

int inv_item_number_next(
	struct store_txn *txn, struct arena *a, const char *prefix, const char **ret)
{
	const char *letters = text_empty(prefix) ? "INV" : prefix;
	bool is_free = false;
	uint64_t n;
	int err = 0;

	while (err == 0 && !is_free) {
		err = inv_series_next(txn, letters, &n);
		if (err)
			break;
		*ret = arena_printf(a, "%s-%06llu", letters, (unsigned long long)n);
		err = inv_code_is_free(txn, a, *ret, NULL, &is_free);
	}
	return err;
}

int inv_unit_add(struct store_txn *txn, struct inv_job *j, struct inv_unit *u, const char *event)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_event e = {
		.at = j->now, .actor = j->who->actor, .kind = event, .to = u->state};
	int err = inv_history_add(txn, u, &e);

	u->made_at = j->now;
	u->changed_at = j->now;
	if (err == 0)
		err = inv_unit_put(txn, NULL, u);
	return err ? err : inv_notice_meet(txn, a, u, j->now);
}

struct made {
	struct arena *a;
	const char **serials;
};

/* The key: a serial number that was given, or our own item number. */
static int choose_key(struct store_txn *txn, struct arena *a, const struct inv_new *n,
	struct inv_unit *u, struct refusal *r)
{
	struct inv_product p = {0};
	const char *given = n->serial ? n->serial : n->f.item_number;
	const struct inv_scan *label = inv_label_read(a, n->serial);
	struct inv_unit other;
	int err;

	err = inv_fields_apply(txn, a,
		&(struct inv_fields){.product_id = n->f.product_id,
			.condition = -1,
			.ownership = -1,
			.zone = -1,
			.display = -1,
			.lease_ends_at = -1,
			.price_ore = -1,
			.made_day = -1,
			.expires_day = -1,
			.bought_day = -1},
		u, r);
	if (err == 0 && !text_empty(u->product_id))
		err = inv_product_get(txn, a, u->product_id, &p);
	if (err)
		return err;
	if (u->kind == INV_KIND_IPAD && text_empty(n->serial))
		return refuse(r, &inv_say_ipad_serial, NULL, NULL, NULL);
	if (text_empty(given)) {
		err = inv_item_number_next(txn, a, p.prefix, &u->serial);
		u->item_number = u->serial;
		return err;
	}
	if (inv_code_parse(a, label ? label->serial : given, &u->serial) != 0)
		return refuse(r, &inv_say_bad_code, given, NULL, NULL);
	inv_label_fill(label, u);
	err = inv_unit_find(txn, a, u->serial, &other);
	if (err == 0 || err == ERR_CONFLICT)
		return refuse(r, &inv_say_code_taken, u->serial, NULL, NULL);
	if (err == ERR_NOTFOUND && !n->serial)
		u->item_number = u->serial;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int make_one(struct store_txn *txn, struct inv_job *j, struct arena *a, const char **ret)
{
	const struct inv_new *n = j->ask;
	struct inv_unit u = {.state = n->state ? n->state : INV_IN_STOCK};
	int err = choose_key(txn, a, n, &u, j->r);

	if (err == 0)
		err = inv_fields_apply(txn, a, &n->f, &u, j->r);
	if (err == 0 && !u.home)
		u.home = u.place;
	if (err == 0)
		err = inv_unit_add(txn, j, &u, "made");
	if (err == 0)
		err = audit_add(txn, j->who, j->now, "item.add", u.serial,
			inv_detail(a, "product", u.product_id, NULL));
	if (err == 0)
		*ret = u.serial;
	return err;
}

static int make_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct inv_new *n = j->ask;
	struct made *made = j->out;
	int err = 0;

	(void)none;
	for (unsigned i = 0; err == 0 && i < (n->count ? n->count : 1); i++) {
		const char *serial;

		err = make_one(txn, j, a, &serial);
		if (err == 0)
			made->serials[i] = arena_strdup(made->a, serial);
	}
	return err;
}

int inv_fields_words(const struct inv_fields *f, int64_t now, struct refusal *r)
{
	const char *const lines[] = {
		f->product, f->lease, f->lot, f->model, f->supplier, f->delivery};
	int err = inv_texts_decide(lines, sizeof(lines) / sizeof(lines[0]), false, r);

	if (err == 0)
		err = inv_words_decide(f->note, now, r);
	return err ? err : inv_words_decide(f->condition_note, now, r);
}

/* States a thing may begin in. */
static bool may_begin(unsigned state)
{
	return state == 0 || state == INV_ORDERED || state == INV_DELIVERED ||
	       state == INV_IN_STOCK;
}

int inv_unit_make(struct inv *inv, const struct audit_who *who, const struct inv_new *n,
	int64_t now, struct arena *a, struct refusal *r, const char ***ret_serials)
{
	unsigned count = n->count ? n->count : 1;
	struct made made = {.a = a, .serials = ARENA_ARRAY(a, const char *, count + 1)};
	struct inv_job j = {
		.inv = inv, .who = who, .now = now, .r = r, .fn = make_in, .ask = n, .out = &made};
	const struct inv_fields *f = &n->f;
	int err;

	*r = (struct refusal){0};
	if (count > MADE_MOST)
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	if (count > 1 && (n->serial || f->item_number || f->imei || f->sim || f->maker_serial))
		return refuse(r, &inv_say_codes_of_many, NULL, NULL, NULL);
	if (!may_begin(n->state))
		return refuse(r, &inv_say_begin_state, NULL, NULL, NULL);
	err = inv_fields_words(f, now, r);
	if (err == 0)
		err = inv_job_run(&j);
	if (err == 0)
		*ret_serials = made.serials;
	return err;
}

/* What is given and is not as it was, by the names people know. */
static const char *names_of_changes(struct arena *a, const struct inv_fields *f)
{
	AUTO(buf) struct buf out = BUF_INIT(1024);
	const struct {
		const char *name;
		bool given;
	} rows[] = {
		{"item_number", f->item_number},
		{"product", f->product || f->product_id},
		{"lease", f->lease || f->lease_ends_at >= 0},
		{"imei", f->imei},
		{"sim", f->sim},
		{"note", f->note},
		{"place", f->place},
		{"home", f->home},
		{"maker_serial", f->maker_serial},
		{"lot", f->lot},
		{"model", f->model},
		{"supplier", f->supplier},
		{"delivery", f->delivery},
		{"condition", f->condition >= 0 || f->condition_note},
		{"ownership", f->ownership >= 0},
		{"zone", f->zone >= 0},
		{"display", f->display >= 0},
		{"price", f->price_ore >= 0},
		{"dates", f->made_day >= 0 || f->expires_day >= 0 || f->bought_day >= 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].given)
			buf_printf(&out, "%s%s", out.n ? " " : "", rows[i].name);
	}
	return arena_strdup(a, buf_str(&out));
}

static int change_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct inv_fields *f = j->ask;
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "changed", .text = names_of_changes(a, f)};
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0)
		err = inv_fields_apply(txn, a, f, u, j->r);
	if (err == 0)
		err = inv_duty_relabel(txn, &before, u, j);
	if (err == 0 && u->state == INV_IN_TRANSIT && !text_equal(before.place, u->place))
		err = refuse(j->r, &inv_say_in_transit, inv_unit_label(u), NULL, NULL);
	if (err == 0)
		err = inv_unit_save(txn, j, &before, u, &e, NULL);
	if (err == 0)
		err = audit_add(txn, j->who, j->now, "item.change", u->serial,
			inv_detail(a, "fields", e.text, NULL));
	return err ? err : inv_notice_meet(txn, a, u, j->now);
}

int inv_unit_change(
	struct inv *inv, const struct inv_act *act, const struct inv_fields *f, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, change_in, f, NULL);

	*r = (struct refusal){0};
	return inv_fields_words(f, act->now, r) ? ERR_REFUSED : inv_job_unit(&j);
}

static int note_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "note", .text = j->ask};
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	(void)a;
	return err ? err : inv_unit_save(txn, j, &before, u, &e, "item.note");
}

int inv_unit_note(struct inv *inv, const struct inv_act *act, const char *text, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, note_in, text, NULL);

	*r = (struct refusal){0};
	if (text_empty(text) || strlen(text) > 500)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return inv_words_decide(text, act->now, r) ? ERR_REFUSED : inv_job_unit(&j);
}
