/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of circulation.h: what is late, and what came of calling or writing about it. */
#ifndef INV_CONTACT_H
#define INV_CONTACT_H

#include "inventory/circulation.h"

/* What came of it; no words of one's own, so nothing personal. On disk: a new one goes to the end. */
enum inv_contact {
	INV_CONTACT_REACHED = 1,
	INV_CONTACT_NO_ANSWER,
	INV_CONTACT_MESSAGE, /* left with a relative */
	INV_CONTACT_WRONG,   /* the number is somebody else's */
	INV_CONTACT_PROMISED, /* to bring it on a day */
	INV_CONTACT_LETTER,   /* a reminder was printed and sent */
	INV_CONTACTS
};
const char *inv_contact_name(unsigned how); /* "no_answer" */
const struct say *inv_contact_say(unsigned how);
int inv_contact_parse(const char *s, unsigned *ret) MUST_CHECK;

/* Late: open, not reported lost, its last day gone by. Pure. */
bool inv_line_is_late(const struct inv_loan_line *l, int32_t today);
/* The day to call again; 0: at once. Pure: a promise is waited for, a letter has its days. */
int32_t inv_contact_again(const struct inv_loan_line *l);
/* "Promised by then", and it is past. Pure. */
bool inv_contact_broken(const struct inv_loan_line *l, int32_t today);
/* A new last day: what was said about the one before it does not count any more. */
void inv_contact_clear(struct inv_loan_line *l);

/* The earliest day that has gone by of what is late on a loan; 0: nothing is. */
int inv_loan_late(struct store_txn *txn, const struct inv_loan *l, int32_t today, int32_t *ret_due) MUST_CHECK;
/* All that is late with one borrower, of any of their loans in `zones`, the earliest due first. */
struct inv_late {
	struct inv_loan_row *rows;
	size_t n;
	const struct inv_loan_line *said; /* whose contact is the last of them; NULL: never yet */
};
struct inv_late_ask {
	unsigned zones;
	const char *borrower;
	int32_t today;
};
int inv_late_of(struct store_txn *txn, struct arena *a, const struct inv_late_ask *ask,
	struct inv_late *ret) MUST_CHECK;

struct inv_contacted {
	uint64_t loan; /* one of the borrower's */
	unsigned how;
	int32_t promised;          /* INV_CONTACT_PROMISED: the day; else 0 */
	const char *const *serials; /* only of these; NULL-ended; NULL: of all that is late */
};
bool inv_contact_meant(const char *const *serials, const char *serial);
/* The borrower was called, or written to. Kept with each line that is late: the last time, and how
 * many. */
int inv_contacted(struct inv *inv, const struct inv_desk_who *by, const struct inv_contacted *x,
	struct refusal *r) MUST_CHECK;
/* --- reason_rules.c: why it came back long before its day, or after it. Pure. --- */
const char *inv_reason_at(bool late, size_t i); /* "no-use"; NULL: no more */
const struct say *inv_reason_say(const char *code); /* NULL: somebody's own words */
bool inv_reason_is_early(int32_t due, int32_t today); /* so long before that one asks why */
/* What it is in the figures: its code, "other" for words of one's own, "none". */
const char *inv_reason_figure(bool late, const char *said);

/* A kind letter, in the borrower's language: what is late, the days, how to give it back. A look, why
 * letter; of a protected identity without a name. Refused: nothing of it is late. (loan_reminder.c) */
struct inv_reminder_ask {
	uint64_t loan; /* one of the borrower's */
	const char *const *serials; /* as above */
	const char *organisation, *phone; /* the place's own telephone goes before */
	unsigned percent;
};
struct people_caller;
int inv_reminder_pdf(struct inv *inv, const struct people_caller *who,
	const struct inv_reminder_ask *ask, struct buf *out, struct refusal *r) MUST_CHECK;

#endif
