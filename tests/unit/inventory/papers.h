/* SPDX-License-Identifier: EUPL-1.2 */
/* A room where agreements are made. */
#ifndef TEST_PAPERS_H
#define TEST_PAPERS_H

#include "base/clock.h"
#include "inventory/agreement_int.h"
#include "tests/unit/people/desk.h"

struct room {
	struct desk d;
	struct inv *inv;
	struct inv_paper paper;
	struct refusal r;
};

static const struct inv_paper_line lines[] = {
	{"INV-000417", "Trådlös ringklocka", "som ny", "1 knapp, 1 mottagare", 20795, 39900, false},
	{"INV-000418", "Förstoringsglas", NULL, NULL, 20795, 124950, false},
};

static inline void room_open(struct room *m)
{
	*m = (struct room){0};
	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	desk_open(&m->d);
	cr_assert_eq(inv_open(m->d.st, NULL, &m->inv), 0);
	m->paper = (struct inv_paper){.loan = "L-10009",
		.organisation = "Testkommun",
		.place = "Simonsland",
		.phone = "033-35 70 00",
		.lang = SAY_SV,
		.today = 20750,
		.due = 20795,
		.line = lines,
		.line_count = 2};
}

static inline int check_in(struct store_txn *txn, void *arg)
{
	return inv_agreement_check(txn, desk_fault, arg);
}

static inline void room_close(struct room *m)
{
	size_t faults = 0;

	cr_assert_eq(store_read(m->d.st, check_in, &faults), 0);
	cr_expect_eq(faults, 0);
	inv_close(m->inv);
	desk_close(&m->d);
}

static inline const char *borrower(struct room *m, bool protect)
{
	return desk_add(&m->d, &m->d.care,
		(struct people_edit){.given = "Hjördis",
			.family = "Xylander",
			.card = "KORT9",
			.protect = protect ? PEOPLE_YES : PEOPLE_KEEP});
}

struct making {
	struct room *m;
	const struct people_caller *by;
	const char *borrower;
	char id[INV_AGREEMENT_ID];
};

static inline int make_in(struct store_txn *txn, void *arg)
{
	struct making *j = arg;

	return inv_agreement_make_in(
		j->m->d.p, txn, j->by, j->borrower, &j->m->paper, j->id, &j->m->r);
}

static inline int try_make(struct room *m, const struct people_caller *by, const char *who, char *ret_id)
{
	struct making j = {.m = m, .by = by, .borrower = who};
	int err;

	m->r = (struct refusal){0};
	inv_agreement_id_make(j.id);
	err = store_write(m->d.st, make_in, &j);
	if (err == 0 && ret_id)
		memcpy(ret_id, j.id, sizeof(j.id));
	return err;
}

static inline const char *make(struct room *m, const char *who)
{
	char id[INV_AGREEMENT_ID];
	int err = try_make(m, &m->d.care, who, id);

	cr_assert_eq(err, 0, "%s", err_name(err));
	return arena_strdup(m->d.a, id);
}

#endif
