/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a newer program keeps besides what an older one did: made from the records once, a page a
 * transaction. How far it has come stands in INV_SERIES under names that no series has: "=layout"
 * is the number of the last step done. Steps may be done again; whoever writes meanwhile keeps the
 * new rows already. An older program would not: a new step raises STORE_SCHEMA.
 */
#include "inventory/handout_int.h"

#include "base/text.h"

#include <stdio.h>

#define STEP_RECORDS 300

/* How far words are sealed. */
struct sealed {
	size_t tables; /* done */
	struct store_key after;
};

struct renewing {
	struct sealed from, to; /* where to begin; what this run gives back, with more */
	char after[INV_CODE_MAX + 1]; /* where to begin */
	char last[INV_CODE_MAX + 1];  /* what this run gives back, with more */
	bool more;
};

static struct store_key layout_key(void)
{
	return store_key("s", "=layout");
}

static int layout_get(struct store_txn *txn, void *arg)
{
	struct store_key k = layout_key();
	uint64_t *ret = arg;

	return inv_number_get(txn, INV_SERIES, &k, ret);
}

static int layout_done(struct store_txn *txn, void *arg)
{
	struct store_key k = layout_key();
	const uint64_t *step = arg;
	uint64_t now;
	int err = inv_number_get(txn, INV_SERIES, &k, &now);

	if (err || now >= *step)
		return err;
	return inv_number_add(txn, INV_SERIES, &k, (int)(*step - now));
}

typedef int unit_fn(struct store_txn *txn, struct arena *a, const struct inv_unit *u);

/* One page of the units. */
static int each_unit(struct store_txn *txn, struct renewing *r, unit_fn *fn)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_list_ask ask = {.after = r->after[0] ? r->after : NULL, .most = STEP_RECORDS};
	struct inv_unit *u;
	size_t n;
	int err = inv_unit_list(txn, a, &ask, &u, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = fn(txn, a, &u[i]);
	r->more = err == 0 && n == STEP_RECORDS;
	if (r->more)
		text_copy(r->last, sizeof(r->last), u[n - 1].serial);
	return err;
}

static int index_end(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct store_key k = store_key("ts", u->lease_ends_at, u->serial);

	(void)a;
	return u->lease_ends_at ? inv_row_put(txn, INV_BY_LEASE_END, &k) : 0;
}

/* Step 1: the index by the end of the lease. */
static int lease_ends(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, index_end);
}

/* Step 3: the state stands beside the rows by product and by place, no longer in their keys. */
static int states_beside(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, inv_unit_index_states);
}

/* Step 4: what stands on leases and deliveries is counted. */
static int agreements_counted(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, inv_unit_index_agreements);
}

/* Step 6: leases of enrolled iPads are counted by when they end. */
static int endings_counted(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, inv_unit_index_ending);
}

static int count_line(
	struct store_txn *txn, struct arena *a, const struct inv_loan_line *was)
{
	struct inv_loan_line now = *was;
	struct inv_loan loan;
	int err = was->counted ? ERR_NOTFOUND : inv_loan_get(txn, a, was->loan, &loan);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	now.zone = loan.zone;
	now.place = loan.place;
	now.counted = true;
	return inv_line_put(txn, was, &now);
}

typedef int line_fn(struct store_txn *txn, struct arena *a, const struct inv_loan_line *l);

/* One page of the lines. */
static int each_line(struct store_txn *txn, struct renewing *r, line_fn *fn)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = {0};
	struct bytes k, v, after;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_LOAN_LINE, NULL);

	if (err == 0 && r->after[0])
		err = text_parse_hex(a, bytes_of_str(r->after), &after);
	if (err)
		return err;
	if (r->after[0]) {
		memcpy(from.b, after.p, after.n);
		from.n = (uint16_t)after.n;
		inv_key_behind(&from);
		store_iter_seek(&it, &from);
	}
	while (n < STEP_RECORDS && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_loan_line line;

		text_copy(r->last, sizeof(r->last), text_hex(a, k));
		err = store_rec_decode(txn, &inv_line_rec, v, a, &line);
		if (err == 0)
			err = fn(txn, a, &line);
		if (err)
			return err;
		n++;
	}
	r->more = n == STEP_RECORDS;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Step 2: loans of before there were figures come into them; of what kind their borrowers were was
 * not kept. */
static int count_lines(struct store_txn *txn, void *arg)
{
	return each_line(txn, arg, count_line);
}

static int count_reason(struct store_txn *txn, struct arena *a, const struct inv_loan_line *was)
{
	struct inv_loan_line now = *was;

	(void)a;
	if (was->reason_counted || !inv_stat_has_reason(was))
		return 0;
	inv_line_mark(txn, &now);
	return inv_line_put(txn, was, &now);
}

/* Step 14: why what came back was late or early comes into the figures. Other lines do as they are changed. */
static int reasons_counted(struct store_txn *txn, void *arg)
{
	return each_line(txn, arg, count_reason);
}

/* Step 5: planned hand-outs lie by zone. What is done is gone from the old rows: no place to begin. */
static int handouts_by_zone(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	return inv_handout_index_zones(txn, STEP_RECORDS, &r->more);
}

/* Step 7 listed unsigned loans by number alone; step 8 makes other rows of those. */
static int nothing_more(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	(void)txn;
	r->more = false;
	return 0;
}

/* Step 8: loans that wait for a signature are listed, each zone's for itself. */
static int unsigned_listed(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	struct renewing *r = arg;
	struct store_key from;
	struct bytes k, v;
	uint64_t after = 0;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_LOAN, NULL);

	if (err == 0 && r->after[0])
		err = text_parse_u64(r->after, &after);
	if (err)
		return err;
	from = store_key("q", r->after[0] ? after + 1 : 0);
	store_iter_seek(&it, &from);
	while (n < STEP_RECORDS && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_loan loan;

		err = store_rec_decode(txn, &inv_loan_rec, v, a, &loan);
		if (err == 0)
			err = inv_loan_index_unsigned(txn, &loan);
		if (err)
			return err;
		snprintf(r->last, sizeof(r->last), "%llu", (unsigned long long)loan.id);
		n++;
	}
	r->more = n == STEP_RECORDS;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Step 10: those in kits and for display are counted apart, so that what is left can be told to anybody. */
static int apart_counted(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, inv_unit_index_apart);
}

/* Step 11: what is shown in the open catalogue has a list of its own. */
static int shown_listed(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct renewing *r = arg;
	struct inv_product_ask ask = {.after = r->after[0] ? r->after : NULL, .most = STEP_RECORDS};
	struct inv_product *p;
	const char *next;
	size_t n;
	int err = inv_product_list(txn, a, &ask, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = inv_product_index_shown(txn, NULL, &p[i]);
	r->more = err == 0 && next;
	if (r->more)
		text_copy(r->last, sizeof(r->last), next);
	return err;
}

/* Step 12: what holds claim is counted. At once: it is those that wait now. */
static int claims_counted(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	r->more = false;
	return inv_hold_claims_recount(txn);
}

/* Step 13: SIMs are counted. At once: what is counted by product already is added up. Step 9 did so before; a
 * newer command line beside that server did not go on with it. */
static int sims_counted(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	r->more = false;
	return inv_sims_recount(txn);
}

/* Step 15: words of notes are hashed in the index. */
static int words_hashed(struct store_txn *txn, void *arg)
{
	return each_unit(txn, arg, inv_unit_index_typed);
}

/* Step 16: what was typed freely is sealed in the records that hold it. */
static int words_sealed(struct store_txn *txn, void *arg)
{
	static const struct {
		enum store_table table;
		const struct rec_type *type;
	} all[] = {
		{INV_LOAN, &inv_loan_rec},
		{INV_LOAN_LINE, &inv_line_rec},
		{INV_HOLD, &inv_hold_rec},
		{INV_RULE_PAST, &inv_rule_rec},
		{INV_RULE, &inv_rule_rec},
		{INV_PRICE_LIST, &inv_price_list_rec},
		{INV_DELIVERY, &inv_delivery_rec},
		{INV_NOTICE, &inv_notice_rec},
		{INV_NOTICE_HIT, &inv_notice_hit_rec},
		{INV_HISTORY, &inv_event_rec},
		{INV_PART, &inv_part_rec},
		{INV_LOAN_PART, &inv_loan_part_rec},
		{INV_TRANSFER, &inv_transfer_rec},
		{INV_DESK, &inv_desk_rec},
		{INV_DESK_LINE, &inv_desk_line_rec},
		{INV_FAULT, &inv_fault_rec},
		{INV_UNIT, &inv_unit_rec},
		{INV_RETURN, &inv_return_rec},
		{INV_WORDING, &inv_wording_rec},
		{INV_AGREEMENT, &inv_agreement_rec},
		{INV_PHOTO, &inv_photo_rec},
	};
	struct renewing *r = arg;
	struct store_words w = {.table = all[r->from.tables].table,
		.type = all[r->from.tables].type,
		.after = r->from.after};
	int err = store_words_seal(txn, &w, STEP_RECORDS);

	r->to = w.more ? (struct sealed){r->from.tables, w.after}
		       : (struct sealed){.tables = r->from.tables + 1};
	r->more = w.more || r->to.tables < sizeof(all) / sizeof(all[0]);
	return err;
}

/* Step 17: copies of records as they were. What was done before the update is not undone at a desk any more; a list
 * that was read in can be. */
static int copies_sealed(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;
	int err = r->from.after.n ? 0 : inv_rows_drop(txn, INV_LAST, NULL);

	return err ? err : inv_imported_seal(txn, &r->from.after, STEP_RECORDS, &r->to.after, &r->more);
}

static store_fn *const steps[] = {lease_ends, count_lines, states_beside, agreements_counted,
	handouts_by_zone, endings_counted, nothing_more, unsigned_listed, nothing_more,
	apart_counted, shown_listed, claims_counted, sims_counted, reasons_counted,
	words_hashed, words_sealed, copies_sealed};

int inv_layout_renew(struct store *st)
{
	uint64_t done = 0;
	int err = store_read(st, layout_get, &done);

	for (uint64_t i = done; err == 0 && i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct renewing r = {.more = true};
		uint64_t step = i + 1;

		while (err == 0 && r.more) {
			err = store_write(st, steps[i], &r);
			text_copy(r.after, sizeof(r.after), r.last);
			r.from = r.to;
		}
		if (err == 0)
			err = store_write(st, layout_done, &step);
	}
	return err;
}
