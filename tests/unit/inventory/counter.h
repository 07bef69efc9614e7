/* SPDX-License-Identifier: EUPL-1.2 */
/* A lending desk of its own for each test: products, things and borrowers, without mdm. */
#ifndef TEST_COUNTER_H
#define TEST_COUNTER_H

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "inventory/circulation_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* The house itself. */
#define ACT_OF(who_, now_) (&(struct inv_act){.who = (who_), .now = (now_)})

#define COUNTER_NOW 1795252320 /* Saturday 2026-11-21, 10:12 in Stockholm */
#define COUNTER_UNITS 12
#define COUNTER_BORROWERS 4

struct counter {
	char dir[64], key[96];
	struct store *st;
	struct certs *certs;
	struct people *people;
	struct inv *inv;
	struct arena *a;
	struct refusal r;
	struct inv_desk_who by;                      /* anna, of the library */
	char borrower[COUNTER_BORROWERS][PEOPLE_ID]; /* the last: of the care zone */
	size_t faults;
};

static const struct audit_who counter_anna = {.actor = "anna", .via = "api"};
static const struct audit_who counter_bo = {.actor = "bo", .via = "api"};

/* "ringklocka" has VB-0001 to VB-0006, "lupp" VB-0007 to VB-0011, "platta" VB-0012. */
static inline const char *counter_product(int i)
{
	return i < 6 ? "ringklocka" : i < 11 ? "lupp" : "platta";
}

static inline const char *counter_serial(int i)
{
	static char names[COUNTER_UNITS][16];

	snprintf(names[i], sizeof(names[i]), "VB-%04d", i + 1);
	return names[i];
}

/* The day, of ISO 8601. */
static inline int32_t on(const char *s)
{
	int32_t d = 0;

	cr_assert_eq(day_parse(s, &d), 0);
	return d;
}

static inline int counter_units_in(struct store_txn *txn, void *arg)
{
	int err = 0;

	(void)arg;
	for (int i = 0; err == 0 && i < COUNTER_UNITS; i++) {
		const struct inv_unit u = {
			.serial = counter_serial(i),
			.item_number = counter_serial(i),
			.state = INV_IN_STOCK,
			.product_id = counter_product(i),
			.made_at = COUNTER_NOW - 1000,
			.changed_at = COUNTER_NOW - 1000,
			.condition = INV_CONDITION_GOOD,
		};

		err = inv_unit_put(txn, NULL, &u);
	}
	return err;
}

static inline void counter_fill(struct counter *c)
{
	static const char *const names[] = {"Trådlös ringklocka", "Förstoringsglas", "Surfplatta"};
	static const char *const ids[] = {"ringklocka", "lupp", "platta"};

	for (int i = 0; i < 3; i++) {
		const struct inv_product p = {.id = ids[i],
			.kind = i == 2 ? INV_KIND_IPAD : INV_KIND_THING,
			.name = {names[i], names[i], names[i]},
			.category = "larm",
			.price_ore = 19900,
			.life = INV_LIFE_USE,
			.privacy = INV_PRIVACY_NONE,
			.lendable = true};

		cr_assert_eq(
			inv_product_put(c->inv, ACT_OF(&counter_anna, COUNTER_NOW - 1000), &p, true, &c->r),
			0, "%s", refusal_text(c->a, SAY_EN, &c->r));
	}
	cr_assert_eq(store_write(c->st, counter_units_in, NULL), 0);
	for (int i = 0; i < COUNTER_BORROWERS; i++) {
		const struct people_edit who = {
			.zone = i == COUNTER_BORROWERS - 1 ? PEOPLE_CARE : PEOPLE_LIBRARY,
			.kind = "senior",
			.given = "Test",
			.family = "Person"};
		const struct people_caller by = {&counter_anna, PEOPLE_ZONES, COUNTER_NOW - 1000};

		cr_assert_eq(people_add(c->people, &by, &who, c->borrower[i], &c->r), 0, "%s",
			refusal_text(c->a, SAY_EN, &c->r));
	}
}

static inline void counter_open(struct counter *c)
{
	struct store_options o = {.create = true, .map_bytes = 1u << 30};
	struct cert_options co;

	log_set_level(LOG_ERROR);
	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	*c = (struct counter){.dir = "/tmp/hylla-counter-XXXXXX", .a = arena_new()};
	c->by = (struct inv_desk_who){
		.who = &counter_anna, .zones = PEOPLE_LIBRARY, .now = COUNTER_NOW};
	cr_assert_not_null(mkdtemp(c->dir));
	snprintf(c->key, sizeof(c->key), "%s/seal.key", c->dir);
	co = (struct cert_options){.seal_key_path = c->key};
	cr_assert_eq(store_open(c->dir, &o, &c->st), 0);
	cr_assert_eq(cert_establish(c->st, &co, "Testkommun", 20, COUNTER_NOW), 0);
	cr_assert_eq(certs_open(c->st, &co, &c->certs), 0);
	cr_assert_eq(people_open(c->st, c->certs, &c->people), 0);
	cr_assert_eq(inv_open(c->st, NULL, &c->inv), 0);
	inv_set_people(c->inv, c->people);
	inv_set_certs(c->inv, c->certs);
	counter_fill(c);
}

static inline void counter_close(struct counter *c)
{
	char command[128];

	inv_close(c->inv);
	people_close(c->people);
	certs_close(c->certs);
	store_close(c->st);
	arena_free(c->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", c->dir);
	cr_assert_eq(system(command), 0);
}

static inline void counter_fault(void *arg, const char *what)
{
	struct counter *c = arg;

	c->faults++;
	cr_log_error("%s", what);
}

static inline int counter_check_in(struct store_txn *txn, void *arg)
{
	return inv_check(txn, counter_fault, arg);
}

/* Indexes, counts, loans and things say the same. */
static inline void counter_check(struct counter *c)
{
	int err = store_read(c->st, counter_check_in, c);

	cr_assert_eq(err, 0, "check: %s", err_name(err));
	cr_assert_eq(c->faults, 0, "the store disagrees with itself");
}

/* Closed, and what it leaves is sound. */
static inline void counter_end(struct counter *c)
{
	counter_check(c);
	counter_close(c);
}

static inline const char *counter_said(struct counter *c)
{
	return c->r.say ? c->r.say->code : "";
}

/* Lends some things; the answer in *ret. */
static inline int counter_lend(struct counter *c, int borrower, unsigned yes,
	struct inv_out_result *ret, const char *const *codes)
{
	struct inv_out_item items[INV_LOAN_LINES + 2] = {0};
	struct inv_out out = {.borrower = c->borrower[borrower], .items = items, .yes = yes};

	for (; codes[out.item_count]; out.item_count++)
		items[out.item_count].code = codes[out.item_count];
	return inv_check_out(c->inv, &c->by, &out, &c->r, ret);
}
#define COUNTER_LEND(c, borrower, yes, ret, ...) \
	counter_lend((c), (borrower), (yes), (ret), (const char *const[]){__VA_ARGS__, NULL})

static inline int counter_back(struct counter *c, const char *code, struct inv_in_result *ret)
{
	const struct inv_in in = {.code = code};

	return inv_check_in(c->inv, &c->by, &in, &c->r, ret);
}

/* `line` 0: all that is open of it. */
static inline int counter_renew(struct counter *c, uint64_t loan, uint32_t line, struct inv_renewed *ret)
{
	const struct inv_renewal how = {.loan = loan, .line = line};

	return inv_renew(c->inv, &c->by, &how, &c->r, ret);
}

/* `day`: as it is typed; *ret_due (or NULL): as it became. */
static inline int counter_due(struct counter *c, uint64_t loan, uint32_t line, int32_t day, int32_t *ret_due)
{
	int err = inv_due_change(c->inv, &c->by, loan, line, &day, "resa", &c->r);

	if (ret_due)
		*ret_due = day;
	return err;
}

/* `key`: of this scan, or NULL. */
static inline struct inv_scanned counter_scan(struct counter *c, const char *raw, const char *key)
{
	const struct inv_scan_ask ask = {.raw = bytes_of_str(raw), .key = key};
	struct inv_scanned s;

	cr_assert_eq(inv_scan(c->inv, &c->by, &ask, c->a, &s), 0);
	return s;
}

/* Leased until the day, as a delivery or somebody's word has it. */
struct counter_leased {
	struct counter *c;
	const char *serial, *day;
};

static inline int counter_lease_in(struct store_txn *txn, void *arg)
{
	const struct counter_leased *x = arg;
	struct inv_unit was, now;
	int err = inv_unit_get(txn, x->c->a, x->serial, &was);

	now = was;
	now.lease_ends_at = x->day ? day_start(on(x->day)) + 3600 : 0;
	return err ? err : inv_unit_put(txn, &was, &now);
}

static inline void counter_lease(struct counter *c, const char *serial, const char *day)
{
	struct counter_leased x = {c, serial, day};

	cr_assert_eq(store_write(c->st, counter_lease_in, &x), 0);
}

struct counter_look {
	struct counter *c;
	uint64_t loan;
	const char *serial;
	struct inv_loan_full f;
	struct inv_unit u;
	const char *told; /* beside the newest line of its history */
	struct people_borrower b;
	const char *borrower;
};

static inline int counter_look_in(struct store_txn *txn, void *arg)
{
	struct counter_look *l = arg;
	struct inv_event *e;
	size_t n = 0;
	int err = 0;

	if (l->loan)
		err = inv_loan_load(txn, l->c->a, l->loan, &l->f);
	if (err == 0 && l->serial)
		err = inv_unit_get(txn, l->c->a, l->serial, &l->u);
	if (err == 0 && l->serial)
		err = inv_history_list(txn, l->serial, STORE_PIECE_N(l->c->a, 0, 1), &e, &n);
	l->told = n ? e[0].text : NULL;
	if (err == 0 && l->borrower)
		err = people_get(l->c->people, txn, l->c->a, PEOPLE_ZONES, l->borrower, &l->b);
	return err;
}

static inline struct counter_look counter_look(
	struct counter *c, uint64_t loan, const char *serial, const char *borrower)
{
	struct counter_look l = {.c = c, .loan = loan, .serial = serial, .borrower = borrower};
	int err = store_read(c->st, counter_look_in, &l);

	cr_assert_eq(err, 0, "look: %s", err_name(err));
	return l;
}

#endif
