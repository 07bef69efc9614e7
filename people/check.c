/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the indexes say what the borrowers say, and does what is sealed open? */
#include "people/people_int.h"

#define PAGE 200

struct checking {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	store_fault *fault;
	void *arg;
	uint64_t rows, due, said;
};

static void tell(struct checking *c, const char *id, const char *what)
{
	c->fault(c->arg, arena_printf(c->a, "people: %s: %s", id, what));
}

static int check_groups(struct checking *c, const struct people_borrower *b)
{
	struct people_person x;
	struct people_list l;
	const char *needs;
	int err = people_person_open(c->p, c->a, b, &x);

	if (err == 0)
		err = people_needs_open(c->p, c->a, b, &needs);
	if (err == 0)
		err = people_list_open(c->p, c->a, b, PEOPLE_GROUP_RELATIVES, &l);
	if (err == 0)
		err = people_list_open(c->p, c->a, b, PEOPLE_GROUP_CONSENTS, &l);
	if (err == ERR_CRYPTO || err == ERR_CORRUPT) {
		tell(c, b->id, "what is sealed does not open");
		return 0;
	}
	return err;
}

static int check_rows(struct checking *c, const struct people_borrower *b)
{
	size_t n = 0;
	bool all = true;
	int err = people_index_holds(c->txn, (enum people_zone)b->zone, b->id, b->keys, &n, &all);

	if (err == ERR_CORRUPT) {
		tell(c, b->id, "its rows of the index cannot be read");
		return 0;
	}
	if (err == 0 && !all)
		tell(c, b->id, "is missing in the index");
	c->rows += n;
	return err;
}

static int check_due(struct checking *c, const struct people_borrower *b)
{
	int64_t at = people_due_of(b);
	struct store_key k = store_key("ts", at, b->id);
	struct bytes v;
	int err;

	if (at == 0)
		return 0;
	c->due++;
	err = store_get(c->txn, PEOPLE_DUE, &k, &v);
	if (err == ERR_NOTFOUND) {
		tell(c, b->id, "is missing among those whose time will be up");
		return 0;
	}
	return err;
}

static int check_said(struct checking *c, const struct people_borrower *b)
{
	size_t n = 0;
	int err = people_said_check(c->p, c->txn, c->a, b->id, &n);

	if (err == ERR_CRYPTO || err == ERR_CORRUPT) {
		tell(c, b->id, "the words of a look do not open");
		return 0;
	}
	if (err == 0 && n && b->state == PEOPLE_ERASED)
		tell(c, b->id, "is erased, but the words of a look are left");
	c->said += n;
	return err;
}

static int check_one(struct checking *c, const struct people_borrower *b)
{
	int err;

	if (b->state == PEOPLE_ERASED &&
		(b->person.n || b->needs.n || b->relatives.n || b->consents.n || b->keys.n))
		tell(c, b->id, "is erased, but something personal is left");
	err = check_groups(c, b);
	if (err == 0)
		err = check_rows(c, b);
	if (err == 0)
		err = check_said(c, b);
	return err ? err : check_due(c, b);
}

static int check_counts(struct checking *c)
{
	uint64_t rows, due, said;
	int err = store_count(c->txn, PEOPLE_INDEX, &rows);

	if (err == 0)
		err = store_count(c->txn, PEOPLE_DUE, &due);
	if (err == 0)
		err = store_count(c->txn, PEOPLE_SAID, &said);
	if (err == 0 && rows != c->rows)
		tell(c, "index", "has rows without a borrower");
	if (err == 0 && due != c->due)
		tell(c, "dates", "has rows without a borrower");
	if (err == 0 && said != c->said)
		tell(c, "words of looks", "has rows without a borrower, or that do not open");
	return err;
}

int people_check(struct people *p, struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *page = arena_new();
	struct checking c = {.p = p, .txn = txn, .a = page, .fault = fault, .arg = arg};
	char after[PEOPLE_ID] = "";
	struct people_borrower *b;
	size_t n;
	int err;

	do {
		err = people_borrower_list(
			txn, STORE_PIECE(page, *after ? after : NULL, PAGE), &b, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = check_one(&c, &b[i]);
		if (err == 0 && n)
			text_copy(after, sizeof(after), b[n - 1].id);
		arena_reset(page);
	} while (err == 0 && n == PAGE);
	return err ? err : check_counts(&c);
}
