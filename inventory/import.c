/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A delivery list comes in: units that are new are made, units that are there are brought up to
 * date. States that staff set by an act (lost, stolen, on loan …) are never changed by a file.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#include <stdlib.h>

struct import {
	struct inv *inv;
	const struct audit_who *who;
	const struct inv_import_table *table;
	bool take_good_rows, dry_run;
	enum say_lang lang;
	int64_t now;
	struct arena *a;                 /* the caller's: for the report */
	struct inv_import_report before; /* faults of form: a run starts from these */
	struct inv_import_report report;
	uint64_t id; /* of this run, to be undone by */
	bool woken;
};

static void verdict(struct import *im, const struct inv_import_row *row, enum inv_row_verdict what,
	const char *text)
{
	inv_import_verdict(im->a, &im->report,
		&(struct inv_import_verdict){
			row->line, arena_strdup(im->a, row->serial), what, text});
}

static void tell_text(struct import *im, const struct inv_import_row *row, const char *column,
	const char *text)
{
	inv_import_fault(im->a, &im->report, row->line, column, text);
	im->report.refused++;
	verdict(im, row, INV_ROW_REFUSED, text);
}

static void tell(struct import *im, const struct inv_import_row *row, const char *column,
	const struct say *say, const char *arg)
{
	const struct refusal r = {.say = say, .arg = {arg}};

	tell_text(im, row, column, refusal_text(im->a, im->lang, &r));
}

static void take(const char **field, const char *value)
{
	if (value)
		*field = text_empty(value) ? NULL : value;
}

/* States that a list from a supplier may set. */
static bool is_list_state(unsigned s)
{
	return s == INV_ORDERED || s == INV_DELIVERED || s == INV_IN_STOCK;
}

/* What is put on a delivery by a list is announced by it. */
static void announce(const struct inv_unit *before, struct inv_unit *u)
{
	bool coming = u->state == INV_ORDERED || (u->state == INV_DELIVERED && !u->received_at);

	if (!text_empty(u->delivery) && coming && !text_equal(before->delivery, u->delivery))
		u->announced = true;
}

static void apply_row(const struct inv_import_row *row, struct inv_unit *u)
{
	take(&u->item_number, row->item_number);
	take(&u->product, row->product);
	take(&u->lease, row->lease);
	take(&u->imei, row->imei);
	take(&u->sim, row->sim);
	take(&u->note, row->note);
	if (row->lease_ends_at >= 0)
		u->lease_ends_at = row->lease_ends_at;
	if (row->has_state)
		u->state = row->state;
	else if (u->state == 0 || u->state == INV_QUARANTINED)
		u->state = INV_DELIVERED; /* on a list of ours: it is ours */
}

static bool is_same(const struct inv_unit *a, const struct inv_unit *b)
{
	return a->state == b->state && a->lease_ends_at == b->lease_ends_at &&
	       text_equal(a->item_number, b->item_number) && text_equal(a->product, b->product) &&
	       text_equal(a->lease, b->lease) && text_equal(a->imei, b->imei) &&
	       text_equal(a->sim, b->sim) && text_equal(a->note, b->note) &&
	       text_equal(a->product_id, b->product_id) && text_equal(a->place, b->place) &&
	       text_equal(a->home, b->home) && text_equal(a->maker_serial, b->maker_serial) &&
	       text_equal(a->lot, b->lot) && text_equal(a->model, b->model) &&
	       text_equal(a->supplier, b->supplier) && text_equal(a->delivery, b->delivery) &&
	       a->condition == b->condition && a->made_day == b->made_day &&
	       a->expires_day == b->expires_day && a->bought_day == b->bought_day &&
	       a->price_ore == b->price_ore;
}

/* By the names that people know; the page has words for them. */
static const char *changes(
	struct arena *a, const struct inv_unit *was, const struct inv_unit *is)
{
	const struct {
		const char *name;
		bool same;
	} rows[] = {
		{"state", was->state == is->state},
		{"item_number", text_equal(was->item_number, is->item_number)},
		{"product", text_equal(was->product, is->product) &&
				    text_equal(was->product_id, is->product_id)},
		{"place", text_equal(was->place, is->place) && text_equal(was->home, is->home)},
		{"lease", text_equal(was->lease, is->lease) &&
				  was->lease_ends_at == is->lease_ends_at},
		{"delivery", text_equal(was->delivery, is->delivery)},
		{"imei", text_equal(was->imei, is->imei)},
		{"sim", text_equal(was->sim, is->sim)},
		{"note", text_equal(was->note, is->note)},
	};
	AUTO(buf) struct buf out = BUF_INIT(1024);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!rows[i].same)
			buf_printf(&out, "%s%s", out.n ? " " : "", rows[i].name);
	}
	return arena_strdup(a, out.n ? buf_str(&out) : "other");
}

/* What names a product or a place, or is a code, is held against the store. */
static int apply_fields(struct import *im, struct store_txn *txn, struct arena *a,
	const struct inv_import_row *row, struct inv_unit *u, bool *ret_good)
{
	struct refusal r = {0};
	const char *const lines[] = {row->product, row->lease};
	int err = inv_texts_decide(lines, 2, false, &r);

	if (err == 0)
		err = inv_words_decide(row->note, im->now, &r);
	if (err == 0)
		err = inv_fields_words(&row->f, im->now, &r);
	if (err == 0)
		err = inv_fields_apply(txn, a, &row->f, u, &r);
	if (err == 0 && row->lease)
		err = inv_lease_named(txn, a, u->lease ? u->lease : "", &u->lease);
	if (err == 0 && row->lease && row->lease_ends_at < 0)
		err = inv_lease_take(txn, a, u);
	*ret_good = err == 0;
	if (err != ERR_REFUSED)
		return err;
	tell_text(im, row, NULL, refusal_text(im->a, im->lang, &r));
	return 0;
}

/* 0 and *ret_good false when the row is refused in words. */
static int decide_row(struct import *im, const struct inv_import_row *row,
	const struct inv_unit *before, const struct inv_unit *u, bool *ret_good)
{
	const enum inv_state was = (enum inv_state)(before ? before->state : u->state);
	const struct refusal r = {.say = &inv_say_state_by_act,
		.arg = {row->serial},
		.arg_say = {[1] = inv_state_say(was)}};
	bool state_changes = !before || before->state != u->state;
	bool by_act = state_changes &&
		      (!is_list_state(u->state) || (before && !is_list_state(before->state) &&
							   before->state != INV_QUARANTINED));

	*ret_good = !by_act;
	if (by_act)
		tell_text(im, row, "state", refusal_text(im->a, im->lang, &r));
	return 0;
}

static int put_row(
	struct import *im, struct store_txn *txn, const struct inv_unit *before, struct inv_unit *u)
{
	const struct inv_event e = {
		.at = im->now,
		.actor = im->who->actor,
		.kind = "import",
		.from = before ? before->state : 0,
		.to = u->state,
	};
	int err = inv_history_add(txn, u, &e);

	u->changed_at = im->now;
	if (err == 0)
		err = inv_unit_put(txn, before, u);
	if (err == 0)
		err = inv_imported_line(txn, im->id, before, u);
	if (err == 0 && before && before->state == INV_QUARANTINED && im->inv->mdm) {
		im->woken = true;
		err = mdm_trust_set(im->inv->mdm, txn, u->serial, true, im->now);
	}
	return err;
}

/* Does the code lead to nothing yet, or to this very thing? */
static int code_is_free(struct store_txn *txn, struct arena *a, const char *code,
	const char *serial, bool *ret_free)
{
	struct inv_unit other;
	int err = text_empty(code) ? ERR_NOTFOUND : inv_unit_find(txn, a, code, &other);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_free = err == ERR_NOTFOUND || text_equal(other.serial, serial);
	return 0;
}

/* Before anything of the row is written: a code means one thing only. An item number that is
 * another thing's serial number would take over whatever people ask for by that, and the other
 * way round. */
static int codes_are_free(struct import *im, struct store_txn *txn, struct arena *a,
	const struct inv_import_row *row, const struct inv_unit *u, bool *ret_free)
{
	bool item, serial = true;
	int err = code_is_free(txn, a, u->item_number, u->serial, &item);

	if (err == 0)
		err = code_is_free(txn, a, u->serial, u->serial, &serial);
	if (err)
		return err;
	*ret_free = item && serial;
	if (!item)
		tell(im, row, "item_number", &inv_say_item_taken, u->item_number);
	else if (!serial)
		tell(im, row, "serial", &inv_say_item_taken, u->serial);
	return 0;
}

/* An IMEI is one thing's alone. One that the thing has already it keeps. */
static int imei_is_free(struct import *im, struct store_txn *txn, struct arena *a,
	const struct inv_import_row *row, const struct inv_unit *before, bool *ret_free)
{
	const struct inv_code code = {INV_CODE_IMEI, row->imei};
	struct refusal r = {0};
	const char *holder = NULL;
	int err = 0;

	if (!text_empty(row->imei) && !text_equal(row->imei, before->imei))
		err = inv_code_holder(txn, a, &code, row->serial, &holder);
	*ret_free = !holder;
	if (holder && refuse(&r, &inv_say_code_held, row->imei, holder, NULL))
		tell_text(im, row, "imei", refusal_text(im->a, im->lang, &r));
	return err;
}

static int import_row(
	struct import *im, struct store_txn *txn, struct arena *a, const struct inv_import_row *row)
{
	struct inv_unit before = {0}, u = {.serial = row->serial, .made_at = im->now};
	bool known, good;
	int err = inv_unit_get(txn, a, row->serial, &before);

	if (err && err != ERR_NOTFOUND)
		return err;
	known = err == 0;
	if (known)
		u = before;
	apply_row(row, &u);
	err = apply_fields(im, txn, a, row, &u, &good);
	if (err || !good)
		return err;
	announce(&before, &u);
	if (known && is_same(&before, &u)) {
		im->report.same++;
		verdict(im, row, INV_ROW_SAME, NULL);
		return 0;
	}
	err = decide_row(im, row, known ? &before : NULL, &u, &good);
	if (err == 0 && good)
		err = codes_are_free(im, txn, a, row, &u, &good);
	if (err == 0 && good)
		err = imei_is_free(im, txn, a, row, &before, &good);
	if (err || !good)
		return err;
	im->report.made += !known;
	im->report.changed += known;
	verdict(im, row, known ? INV_ROW_CHANGED : INV_ROW_MADE,
		known ? changes(im->a, &before, &u) : NULL);
	return im->dry_run ? 0 : put_row(im, txn, known ? &before : NULL, &u);
}

/* What was done is kept, and told in the audit log. */
static int add_audit(struct import *im, struct store_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_imported done = {.id = im->id,
		.at = im->now,
		.by = im->who->actor,
		.made = (uint32_t)im->report.made,
		.changed = (uint32_t)im->report.changed};
	int err = inv_imported_add(txn, &done);

	im->report.id = im->id;
	return err ? err : audit_add(txn, im->who, im->now, "item.import", "inventory",
		arena_printf(
			a, "{\"made\":%zu,\"changed\":%zu}", im->report.made, im->report.changed));
}

static int import_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct import *im = arg;
	int err = 0;

	im->report = im->before;
	im->woken = false;
	if (!im->dry_run)
		err = inv_series_next(txn, "=import", &im->id);
	for (size_t i = 0; err == 0 && i < im->table->count; i++) {
		err = import_row(im, txn, a, &im->table->rows[i]);
		arena_reset(a);
	}
	if (err == 0 && im->report.refused && !im->take_good_rows)
		return ERR_REFUSED;
	if (err == 0 && !im->dry_run && im->report.made + im->report.changed)
		err = add_audit(im, txn);
	return err;
}

/* A serial number twice in one file: the later line is refused. Sorted, so that a large file does
 * not cost its square. */
static int by_serial(const void *x, const void *y)
{
	const struct inv_import_row *a = *(struct inv_import_row *const *)x;
	const struct inv_import_row *b = *(struct inv_import_row *const *)y;
	int c = strcmp(a->serial, b->serial);

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

static void refuse_doubled(struct import *im, struct inv_import_table *t)
{
	struct inv_import_row **sorted = ARENA_ARRAY(im->a, struct inv_import_row *, t->count + 1);
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++)
		sorted[i] = &t->rows[i];
	qsort(sorted, t->count, sizeof(*sorted), by_serial);
	for (size_t i = 1; i < t->count; i++) {
		if (!text_equal(sorted[i]->serial, sorted[i - 1]->serial))
			continue;
		tell(im, sorted[i], "serial", &inv_say_doubled_serial, sorted[i]->serial);
		sorted[i]->line = 0;
	}
	for (size_t i = 0; i < t->count; i++) {
		if (t->rows[i].line)
			t->rows[kept++] = t->rows[i];
	}
	t->count = kept;
}

static int by_line(const void *x, const void *y)
{
	const struct inv_import_verdict *a = x, *b = y;

	return (a->line > b->line) - (a->line < b->line);
}

int inv_import_csv(struct inv *inv, const struct audit_who *who, struct bytes csv,
	bool take_good_rows, bool dry_run, enum say_lang lang, int64_t now, struct arena *a,
	struct inv_import_report *ret)
{
	struct import im = {.inv = inv,
		.who = who,
		.take_good_rows = take_good_rows,
		.dry_run = dry_run,
		.lang = lang,
		.now = now,
		.a = a};
	struct inv_import_table table = {0};
	int err = inv_import_parse(a, csv, lang, &im.report, &table);

	if (err == 0) {
		refuse_doubled(&im, &table);
		im.table = &table;
		im.before = im.report;
		err = dry_run ? store_read(inv->st, import_in, &im)
			      : store_write(inv->st, import_in, &im);
	}
	*ret = im.report;
	if (ret->verdict_count)
		qsort(ret->verdicts, ret->verdict_count, sizeof(*ret->verdicts), by_line);
	if (err == 0 && im.woken)
		mdm_wake(inv->mdm);
	return err;
}
