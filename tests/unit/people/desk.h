/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of its own with sealing keys, and two of the staff: care and library. */
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include "base/file.h"
#include "base/log.h"
#include "people/people_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define DESK_NOW 1795000000 /* November 2026 */

struct desk {
	char dir[64], key[96];
	struct store *st;
	struct certs *certs;
	struct people *p;
	struct arena *a;
	struct refusal r;
	struct people_caller care, library;
};

static const struct audit_who desk_anna = {.actor = "anna", .via = "api"};
static const struct audit_who desk_bo = {.actor = "bo", .via = "api"};

static inline void desk_reopen(struct desk *d)
{
	struct cert_options o = {.seal_key_path = d->key};

	people_close(d->p);
	certs_close(d->certs);
	d->p = NULL;
	d->certs = NULL;
	cr_assert_eq(certs_open(d->st, &o, &d->certs), 0);
	cr_assert_eq(people_open(d->st, d->certs, &d->p), 0);
}

static inline void desk_open(struct desk *d)
{
	struct store_options o = {.create = true, .map_bytes = 1u << 30};

	*d = (struct desk){.dir = "/tmp/hylla-desk-XXXXXX", .a = arena_new()};
	d->care = (struct people_caller){&desk_anna, PEOPLE_CARE, DESK_NOW};
	d->library = (struct people_caller){&desk_bo, PEOPLE_LIBRARY, DESK_NOW};
	cr_assert_not_null(mkdtemp(d->dir));
	snprintf(d->key, sizeof(d->key), "%s/seal.key", d->dir);
	cr_assert_eq(store_open(d->dir, &o, &d->st), 0);
	{
		struct cert_options c = {.seal_key_path = d->key};

		cr_assert_eq(cert_establish(d->st, &c, "Testkommun", 20, DESK_NOW), 0);
	}
	desk_reopen(d);
}

static inline void desk_fault(void *arg, const char *what)
{
	size_t *n = arg;

	(*n)++;
	cr_log_error("%s", what);
}

struct desk_job {
	struct desk *d;
	int (*fn)(struct desk *d, struct store_txn *txn, void *arg);
	void *arg;
	size_t faults;
};

static inline int desk_in(struct store_txn *txn, void *arg)
{
	struct desk_job *j = arg;

	return j->fn(j->d, txn, j->arg);
}

/* Runs `fn` in one write. */
static inline int desk_run(
	struct desk *d, int (*fn)(struct desk *, struct store_txn *, void *), void *arg)
{
	struct desk_job j = {d, fn, arg, 0};

	d->r = (struct refusal){0};
	return store_write(d->st, desk_in, &j);
}

static inline int desk_check_in(struct desk *d, struct store_txn *txn, void *arg)
{
	return people_check(d->p, txn, desk_fault, arg);
}

static inline void desk_check(struct desk *d)
{
	size_t faults = 0;

	cr_assert_eq(desk_run(d, desk_check_in, &faults), 0);
	cr_assert_eq(faults, 0);
}

static inline void desk_close(struct desk *d)
{
	char command[128];

	desk_check(d);
	people_close(d->p);
	certs_close(d->certs);
	store_close(d->st);
	arena_free(d->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", d->dir);
	cr_assert_eq(system(command), 0);
}

/* Adds in the caller's zone; the id in the arena. */
static inline const char *desk_add(
	struct desk *d, const struct people_caller *who, struct people_edit want)
{
	char id[PEOPLE_ID];
	int err;

	want.zone = want.zone ? want.zone : (enum people_zone)who->zones;
	want.kind = want.kind ? want.kind : "senior";
	err = people_add(d->p, who, &want, id, &d->r);
	cr_assert_eq(err, 0, "%s %s", err_name(err),
		err == ERR_REFUSED ? refusal_text(d->a, SAY_EN, &d->r) : "");
	return arena_strdup(d->a, id);
}

struct desk_search {
	const struct people_caller *who;
	const char *words;
	struct people_hit *hit;
	size_t n;
	bool cut;
};

static inline int desk_search_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct desk_search *s = arg;

	return people_search(d->p, txn, d->a, s->who, s->words, 20, &s->hit, &s->n, &s->cut);
}

static inline struct desk_search desk_search(
	struct desk *d, const struct people_caller *who, const char *words)
{
	struct desk_search s = {.who = who, .words = words};

	cr_assert_eq(desk_run(d, desk_search_in, &s), 0, "%s", words);
	return s;
}

struct desk_read {
	const struct people_caller *who;
	const char *id;
	struct people_look look;
	struct people_person x;
	struct people_borrower b;
	const char *shown;
	size_t looks;
};

static inline int desk_read_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct desk_read *j = arg;
	struct audit_record *x;
	size_t n;
	int err = people_read(d->p, txn, d->a, j->who, &j->look, j->id, &j->x, &d->r);

	if (err == 0)
		err = people_get(d->p, txn, d->a, j->who->zones, j->id, &j->b);
	if (err == 0)
		err = people_short_name(d->p, txn, d->a, j->who, j->id, SAY_EN, &j->shown);
	if (err == 0)
		err = audit_list(txn, j->id, STORE_PIECE_N(d->a, 0, 100), &x, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		j->looks += text_equal(x[i].act, "borrower.look");
	return err;
}

static inline int desk_find_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct desk_search *s = arg;
	struct people_borrower b;
	int err = people_by_card(d->p, txn, d->a, s->who->zones, s->words, &b);

	if (err == ERR_NOTFOUND)
		err = people_by_identity(d->p, txn, d->a, s->who->zones, s->words, s->who->now, &b);
	s->n = err == 0;
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

/* By card or identity: is there one? */
static inline bool desk_finds(struct desk *d, const struct people_caller *who, const char *code)
{
	struct desk_search s = {.who = who, .words = code};
	int err = desk_run(d, desk_find_in, &s);

	cr_assert(err == 0 || err == ERR_NOTFOUND, "%s", err_name(err));
	return err == 0;
}

#endif
