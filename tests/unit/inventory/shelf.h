/* SPDX-License-Identifier: EUPL-1.2 */
/* A shelf of its own for each test: a fresh store without mdm. */
#ifndef TEST_SHELF_H
#define TEST_SHELF_H

#include "base/log.h"
#include "base/xml.h"
#include "inventory/inventory_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* The house itself. */
#define ACT_OF(who_, now_) (&(struct inv_act){.who = (who_), .now = (now_)})

struct shelf {
	char dir[64];
	struct store *st;
	struct inv *inv;
	struct arena *a;
	struct refusal r;
};

static const struct audit_who anna = {.actor = "anna", .via = "api"};
#define SHELF_ACT(what, when) ((struct inv_act){.who = &anna, .code = (what), .now = (when)})

static inline void shelf_open(struct shelf *s)
{
	struct store_options o = {.create = true, .map_bytes = 1u << 30};

	*s = (struct shelf){.dir = "/tmp/hylla-shelf-XXXXXX", .a = arena_new()};
	cr_assert_not_null(mkdtemp(s->dir));
	cr_assert_eq(store_open(s->dir, &o, &s->st), 0);
	cr_assert_eq(inv_open(s->st, NULL, &s->inv), 0);
}

static inline void shelf_close(struct shelf *s)
{
	char command[128];

	inv_close(s->inv);
	store_close(s->st);
	arena_free(s->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", s->dir);
	cr_assert_eq(system(command), 0);
}

static inline struct inv_import_report shelf_import(struct shelf *s, const char *csv, int expect)
{
	struct inv_import_report r = {0};
	int err = inv_import_csv(
		s->inv, &anna, bytes_of_str(csv), false, false, SAY_EN, 1000, s->a, &r);

	cr_assert_eq(err, expect, "import: %s", err_name(err));
	return r;
}

struct shelf_find {
	struct shelf *s;
	const char *code;
	struct inv_unit u;
	struct inv_event *events;
	size_t n;
	struct inv_task *tasks;
	size_t task_count;
	size_t faults;
};

static inline void shelf_fault(void *arg, const char *what)
{
	struct shelf_find *f = arg;

	f->faults++;
	cr_log_error("%s", what);
}

static inline int shelf_find_in(struct store_txn *txn, void *arg)
{
	struct shelf_find *f = arg;
	int err = inv_unit_find(txn, f->s->a, f->code, &f->u);

	if (err == 0)
		err = inv_history_list(
			txn, f->u.serial, STORE_PIECE_N(f->s->a, 0, 50), &f->events, &f->n);
	if (err == 0)
		err = inv_task_list(txn, f->s->a, true, 50, &f->tasks, &f->task_count);
	return err ? err : inv_check(txn, shelf_fault, f);
}

/* The unit, its history and the open tasks; the indexes are checked on the way. */
static inline struct shelf_find shelf_find(struct shelf *s, const char *code)
{
	struct shelf_find f = {.s = s, .code = code};
	int err = store_read(s->st, shelf_find_in, &f);

	cr_assert_eq(err, 0, "find %s: %s", code, err_name(err));
	cr_assert_eq(f.faults, 0, "indexes disagree");
	return f;
}

/* --- anything that is read in a transaction --- */
struct shelf_read {
	struct shelf *s;
	int (*fn)(struct store_txn *txn, struct arena *a, void *out);
	void *out;
};

static inline int shelf_read_in(struct store_txn *txn, void *arg)
{
	struct shelf_read *r = arg;

	return r->fn(txn, r->s->a, r->out);
}

static inline int shelf_read(
	struct shelf *s, int (*fn)(struct store_txn *txn, struct arena *a, void *out), void *out)
{
	struct shelf_read r = {s, fn, out};

	return store_read(s->st, shelf_read_in, &r);
}

static inline int shelf_check_in(struct store_txn *txn, struct arena *a, void *out)
{
	(void)a;
	return inv_check(txn, shelf_fault, out);
}

/* No index disagrees with its records. */
static inline void shelf_is_sound(struct shelf *s)
{
	struct shelf_find f = {.s = s};

	cr_expect_eq(shelf_read(s, shelf_check_in, &f), 0);
	cr_expect_eq(f.faults, 0, "indexes disagree");
}

#define SHELF_OK(s, call) \
	cr_assert_eq((call), 0, "refused: %s", (s)->r.say ? (s)->r.say->code : "no refusal")
#define SHELF_REFUSED(s, call, word)                                                   \
	do {                                                                           \
		cr_assert_eq((call), ERR_REFUSED);                                     \
		cr_assert_not_null((s)->r.say);                                        \
		cr_expect_str_eq((s)->r.say->code, word);                              \
		for (unsigned l_ = 0; l_ < SAY_LANGS; l_++)                            \
			cr_expect_not(strchr(refusal_text((s)->a, l_, &(s)->r), '{')); \
	} while (0)

static inline void shelf_product(struct shelf *s, const char *id, unsigned kind, const char *name)
{
	const struct inv_product p = {.id = id,
		.kind = kind,
		.name = {name},
		.lendable = true,
		.zone = 2,
		.prefix = "VB",
		.price_ore = 40000};

	SHELF_OK(s, inv_product_put(s->inv, ACT_OF(&anna, 1000), &p, true, &s->r));
}

static inline void shelf_place(
	struct shelf *s, const char *id, unsigned kind, const char *name, const char *parent)
{
	const struct inv_place p = {.id = id, .kind = kind, .name = {name}, .parent = parent};

	SHELF_OK(s, inv_place_put(s->inv, ACT_OF(&anna, 1000), &p, true, &s->r));
}

/* One thing of a product at a place; its key. */
static inline const char *shelf_thing(struct shelf *s, const char *product, const char *place)
{
	struct inv_new n = {.f = INV_FIELDS_NONE};
	const char **serials;

	n.f.product_id = product;
	n.f.place = place;
	SHELF_OK(s, inv_unit_make(s->inv, &anna, &n, 1000, s->a, &s->r, &serials));
	return serials[0];
}

#endif
