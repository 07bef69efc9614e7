/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of circulation.h: the scan box, and the desk it stands on. */
#ifndef INV_SCAN_H
#define INV_SCAN_H

#include "inventory/circulation.h"

enum inv_tone { INV_TONE_YES = 1, INV_TONE_ASK, INV_TONE_NO };
const char *inv_tone_name(unsigned t); /* "yes" */
enum inv_desk_mode { INV_DESK_IDLE, INV_DESK_LEND, INV_DESK_RETURN, INV_DESK_RENEW };
const char *inv_desk_mode_name(unsigned m);

struct inv_desk_line { /* scanned, not yet lent; or just taken back */
	uint32_t no;
	const char *serial, *item_number, *product, *name;
	int32_t due;
	uint64_t loan; /* taken back from, renewed */
	uint32_t parts, parts_missing;
	bool handed_in;
	uint64_t hold; /* it came in and is for this one */
	uint32_t condition; /* enum inv_condition, as it goes out, or came back; 0: nobody said, it is as the thing's */
	const char *note;   /* of its condition */
	int32_t back;       /* the day it came back */
	int32_t was_due;    /* renewed when that day was past: nothing else of a renewal lies here */
	const char *reason; /* why it was late, or early */
	bool by_lease;      /* due sooner than the terms say: its lease ends */
	struct bytes unknown;
};
/* Other than the quick way: of all that is on the desk. It holds for the day it was said. */
struct inv_desk_how {
	uint32_t kind;       /* enum inv_loan_kind; 0: ordinary */
	int64_t happened_at; /* lent, or brought back, then; 0: now */
	const char *back_reason, *place_back;
};
struct inv_desk { /* what stands on a desk */
	const char *account, *desk;
	uint32_t mode;
	const char *place, *borrower;
	const char *only; /* the place, where it is the only one that lends and nobody chose: not kept */
	uint32_t zone;
	uint64_t loan; /* opened */
	uint32_t line_count;
	uint32_t yes; /* enum inv_yes: what was answered while it was built */
	int64_t changed_at;
	uint32_t version;
	struct inv_desk_how how;
	struct bytes unknown;
	struct inv_desk_line *lines; /* loaded with it */
};
#define INV_DESK_LINES 50

struct inv_door {        /* what one can do now */
	const char *act; /* "lend", "renew", "open_loan" … */
	const struct say *label;
	const char *code; /* what it is done to, or NULL */
};
#define INV_DOORS 6
struct inv_scanned {
	enum inv_tone tone;
	const char
		*did; /* "added", "returned", "borrower", "loan", "place", "renewed", "undone" … */
	struct refusal said; /* the sentence; of ASK and NO as well */
	struct inv_door doors[INV_DOORS];
	size_t door_count;
	struct inv_desk desk;
	const char *raw, *key; /* what was scanned, under which key */
	const char *serial;    /* when it was a thing */
	uint64_t loan;
	const char *borrower;
	unsigned asks;           /* ASK: the bit of enum inv_yes that lets it through */
	struct inv_hit *choices; /* several things have this code */
	size_t choice_count;
	bool again; /* it was done before: this is what was said then, in each language */
	const char *said_code, *told[SAY_LANGS];
};
struct inv_scan_ask {
	struct bytes raw;
	unsigned yes;    /* answers the question that the same code raised before */
	const char *key; /* a word of the sender's for this very scan; NULL: none */
};
/* The key is of a form that can be kept: 8 to 40 letters, digits and hyphens. */
bool inv_scan_key_ok(const char *key);
/* One scan, as it came from the scanner. What it means is decided by what is scanned and by what
 * stands on the desk; all it does is one transaction. A burst of several scans is done one by one
 * until one is not a yes. One that is told again under its key, on the same desk within a day, is
 * answered as before and not done again. */
int inv_scan(struct inv *inv, const struct inv_desk_who *by, const struct inv_scan_ask *ask,
	struct arena *a, struct inv_scanned *ret) MUST_CHECK;
/* What was answered under that key. ERR_NOTFOUND. */
int inv_scan_recall(struct inv *inv, const struct inv_desk_who *by, const char *key,
	struct arena *a, struct inv_scanned *ret) MUST_CHECK;
/* The same codes outside the desk, in a transaction: whose card, identity or id it is, and which loan or
 * agreement's loan. Opens nobody. ERR_NOTFOUND; a loan's number with a wrong check digit is ERR_BADINPUT, and
 * whether there is such a loan is not asked. */
struct inv_scan_asker {
	struct inv *inv;
	struct store_txn *txn;
	struct arena *a;
	unsigned zones;
	int64_t now;
};
int inv_scan_borrower(const struct inv_scan_asker *by, const struct inv_scan *scan,
	struct people_borrower *ret) MUST_CHECK;
int inv_scan_loan(const struct inv_scan_asker *by, const struct inv_scan *scan,
	uint64_t *ret) MUST_CHECK;
/* The desk of who works, as it stands now: at which place, and without what was said on another day. */
int inv_desk_see(struct store_txn *txn, struct arena *a, const struct inv_desk_who *by,
	struct inv_desk *ret) MUST_CHECK;
/* Are things lent and taken back there, by who works in these zones? */
bool inv_place_lends(const struct inv_place *p, unsigned zones);
/* The first `most` of them in Swedish order, at most INV_LENDING_MOST. (desk_place.c) */
#define INV_LENDING_MOST 100
struct inv_lending {
	size_t n;
	struct inv_place place[INV_LENDING_MOST];
};
int inv_place_lending(struct store_txn *txn, struct arena *a, unsigned zones, size_t most,
	struct inv_lending *ret) MUST_CHECK;
/* Takes one line off, or all (no 0) and the borrower. */
int inv_desk_clear(struct inv *inv, const struct inv_desk_who *by, uint32_t no) MUST_CHECK;
/* A lot that is told later, a trial, another place to bring it back to; all 0: as usual again. What lies on
 * the desk already is asked whether it can be lent so, and has its days by it. */
int inv_desk_how(struct inv *inv, const struct inv_desk_who *by, const struct inv_desk_how *how,
	struct refusal *r) MUST_CHECK;
/* How a thing on the desk was when it was looked at: one that goes out, or that came back, whose loan
 * then says so. What came back broken goes to be mended. Of what came back, why it was late or early as
 * well, or that alone (condition 0); of what was renewed late that alone. */
struct inv_desk_look {
	uint32_t line, condition; /* condition: enum inv_condition */
	const char *note;
	const char *serial; /* which thing that is meant; NULL: whichever lies there */
	const char *reason; /* why it was late, or back long before its day; NULL: nobody said */
};
int inv_desk_look(struct inv *inv, const struct inv_desk_who *by, const struct inv_desk_look *look,
	struct refusal *r) MUST_CHECK;
/* Lends what stands there; the desk is then clear, but for its place. */
int inv_desk_lend(struct inv *inv, const struct inv_desk_who *by, const struct inv_out *more,
	struct refusal *r, struct inv_out_result *ret) MUST_CHECK;

#endif
