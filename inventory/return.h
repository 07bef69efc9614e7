/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of inventory.h: returns: an iPad on its way from one borrower to the next, or back to the lessor. */
#ifndef INV_RETURN_H
#define INV_RETURN_H

#include "inventory/inventory.h"

enum inv_return_phase {
	INV_RETURN_ASKING = 1, /* it is asked how it is, and leaves Lost Mode */
	INV_RETURN_LOCKED,     /* its Activation Lock is on: to be cleared before the erase */
	INV_RETURN_ERASING,    /* the erase waits for it, or is under way */
	INV_RETURN_ERASED,     /* it said yes; not back yet */
	INV_RETURN_JUDGING,    /* nothing more comes by itself: somebody looks and says */
	INV_RETURN_DONE,
	INV_RETURN_PHASES
};
enum inv_proof {
	INV_PROOF_NONE = 0, /* not erased by us, or not yet */
	INV_PROOF_SAID,     /* it said that it erases itself, and has been silent since */
	INV_PROOF_BACK,     /* it came back as new: erased for certain */
	INV_PROOF_SPOKE,    /* it said so, and spoke as before all the same */
	INV_PROOF_REFUSED,  /* it answered with an error, or the erase was taken back */
	INV_PROOF_SILENT,   /* it never answered */
	INV_PROOF_ANEW,     /* it enrolled anew without having said that it was erased */
	INV_PROOFS
};
enum inv_verdict {
	INV_VERDICT_NONE = 0,
	INV_VERDICT_LEND,
	INV_VERDICT_REPAIR,
	INV_VERDICT_CHARGE, /* in stock, with a task to charge it */
	INV_VERDICT_LESSOR,
	INV_VERDICTS
};
enum inv_battery {
	INV_BATTERY_UNKNOWN = 0,
	INV_BATTERY_NORMAL,
	INV_BATTERY_SERVICE,
	INV_BATTERY_FOREIGN
};
/* Stable words: "asking", "back", "lend"; parse takes the same. */
const char *inv_return_phase_name(uint32_t phase);
const char *inv_proof_name(uint32_t proof);
const char *inv_verdict_name(uint32_t verdict);
int inv_verdict_parse(const char *s, enum inv_verdict *ret) MUST_CHECK;

struct inv_return {
	const char *serial;
	uint64_t number; /* of this unit's returns, from 1 */
	uint32_t phase, proof;
	uint32_t erase; /* enum mdm_choice: what was chosen */
	bool service, keep_plan;
	const char *loan; /* the loan it comes from, or NULL */
	const char *opened_by;
	int64_t opened_at, erasing_at, erased_at, back_at;
	uint32_t lock;            /* enum mdm_lock, as it last told */
	uint32_t battery;         /* percent plus one; 0: not told */
	int64_t health_at;        /* when it reported what follows */
	uint32_t battery_health;  /* enum inv_battery; only some models tell */
	const char *faulty_parts; /* Apple's names with blanks between, or NULL; iPadOS 27 */
	int64_t told_at;
	uint32_t verdict;
	bool looked; /* somebody saw with own eyes that it is erased */
	const char *closed_by, *note;
	int64_t closed_at;
	int64_t cleaned_at; /* what its borrower had of their own on it ended */
	struct bytes unknown;
};
struct inv_return_ask {
	enum mdm_choice erase;              /* must be chosen when it is enrolled */
	enum mdm_choice preserve_data_plan; /* with erase: must be chosen */
	enum mdm_choice return_to_service;  /* with erase; not chosen is no */
	struct bytes wifi_profile;          /* with return_to_service: a .mobileconfig, or none */
	const char *loan;                   /* "10442", or NULL */
};
/*
 * Opens the return of an iPad in the caller's transaction, with its commands, history and audit. To
 * be called after the caller's own inv_unit_put(): it loads the unit anew and puts it. A unit that
 * never enrolled has none: 0, and nothing happens. One that is open already is replaced by the new
 * choices. After the commit mdm_wake(). Refused: erase or data plan not chosen, and what
 * mdm_command_add refuses of an erase.
 */
int inv_return_open(struct inv *inv, struct store_txn *txn, const struct inv_act *act,
	const struct inv_return_ask *ask, struct refusal *r) MUST_CHECK;
/* May it be lent? Not while its return is open. */
int inv_return_is_open(struct store_txn *txn, const char *serial, bool *ret) MUST_CHECK;
/* The newest return of a unit; ERR_NOTFOUND. */
int inv_return_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_return *ret) MUST_CHECK;
/* Open ones, oldest first. */
struct inv_return_after {
	int64_t opened_at;
	const char *serial; /* NULL: from the start */
};
int inv_return_list(struct store_txn *txn, struct arena *a, const struct inv_return_after *after,
	size_t most, struct inv_return **ret, size_t *ret_n) MUST_CHECK;
/* What the house thinks of it, with one to three reasons; and where it stands, in a sentence. */
struct inv_advice {
	enum inv_verdict verdict; /* INV_VERDICT_NONE: nothing can be said yet */
	const struct say *why[3];
	size_t count;
};
void inv_return_advise(
	const struct inv_return *r, const struct inv_unit *u, int64_t now, struct inv_advice *ret);
const char *inv_return_why(
	struct arena *a, const struct inv_return *r, enum say_lang lang, int64_t now);
/* Not to wait any longer for its answers: the erase goes now. Refused while it tells of an
 * Activation Lock, since an erase would leave it locked to somebody's account; `although_locked`:
 * somebody knows better than it does. */
int inv_return_go(struct inv *inv, const struct inv_act *act, bool although_locked,
	struct refusal *r) MUST_CHECK;
/* A person's word ends it. `looked`: it was seen to be erased, whatever it told us. */
struct inv_judgement {
	enum inv_verdict verdict;
	bool looked;
	const char *note;
};
int inv_return_finish(struct inv *inv, const struct inv_act *act, const struct inv_judgement *j,
	struct refusal *r) MUST_CHECK;
/* What time brings: those that never answered. Each minute or so. */
int inv_tend(struct inv *inv, int64_t now) MUST_CHECK;

/* Tasks for people that an act left behind (stop the SIM). */
struct inv_task {
	uint64_t id;
	const char *serial, *kind, *detail; /* "sim.stop", ICCID */
	int64_t made_at, done_at;
	const char *made_by, *done_by;
	struct bytes unknown;
};
struct inv_task_ask {
	bool open_only;    /* by thing; else all, the newest first */
	bool oldest_first; /* of all */
	const char *after;
	size_t most;
};
int inv_task_list(struct store_txn *txn, struct arena *a, bool open_only, size_t most,
	struct inv_task **ret, size_t *ret_n) MUST_CHECK;
/* The same from a place on: `after` is a ret_next of the same question, or NULL. */
int inv_task_page(struct store_txn *txn, struct arena *a, const struct inv_task_ask *ask,
	struct inv_task **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
/* May who acts say that it is done? What stops, opens or unlocks is care's, IT's or an
 * administrator's to say, who know whether it is; the library's of a thing of its own that is no iPad,
 * no SIM and no bag with one in it. Of a loan that did not go along: whose loan it is. Neither `code`
 * nor `now` of the act is read. ERR_REFUSED says whom to ask. (unit_duty.c) */
int inv_task_admit(struct store_txn *txn, const struct inv_task *t, const struct inv_act *act,
	struct refusal *r) MUST_CHECK;
/* Is it of the work of who acts? Who serves borrowers (zones) is shown what they may end; who serves the
 * library's alone of that what concerns a thing on a loan of theirs, or on none and not care's: an iPad or a
 * SIM is care's where nobody said otherwise. Who serves no borrower is shown all. (unit_duty.c) */
int inv_task_concerns(struct store_txn *txn, const struct inv_task *t, const struct inv_act *act,
	bool *ret) MUST_CHECK;
/* Refused as by inv_task_admit(). `code` of the act is not read. ERR_REFUSED, ERR_NOTFOUND. */
int inv_task_done(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r) MUST_CHECK;

#endif
