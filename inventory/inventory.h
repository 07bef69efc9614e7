/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * inventory: the things. A unit is one thing with a serial number; an iPad is a unit whose serial
 * number Apple's protocol also speaks of, so that one transaction can say: this iPad is reported
 * stolen, goes into Lost Mode, its SIM is to be stopped, and the audit log knows who said so.
 *
 * Words. Item number: our own number on the label ("INV-000417"). State: where the unit is in its
 * life. Mark: an act of staff that changes the state. Quarantine: an unknown serial number that
 * enrolled by itself; nothing is sent to it until somebody marks it as ours or imports it.
 */
#ifndef INVENTORY_INVENTORY_H
#define INVENTORY_INVENTORY_H

#include "audit/audit.h"
#include "base/say.h"
#include "mdm/mdm.h"
#include "store/store.h"

struct inv;

enum inv_state {
	INV_ORDERED = 1,
	INV_DELIVERED,
	INV_IN_STOCK,
	INV_ON_LOAN,
	INV_LOST,
	INV_STOLEN,
	INV_REPAIR,
	INV_RETURNED_TO_LESSOR,
	INV_DISCARDED,
	INV_QUARANTINED, /* enrolled by itself; not known to be ours */
	INV_STATES
};
/* Stable English word for files and the API ("in_stock"); parse takes the same. */
const char *inv_state_name(enum inv_state s);
int inv_state_parse(const char *s, enum inv_state *ret) MUST_CHECK;
/* "There is no thing with the number {0}", for callers that look things up themselves. */
extern const struct say inv_say_no_unit;
/* For people. */
const struct say *inv_state_say(enum inv_state s);
/* Not one in quarantine, nor one that has left us: those are strangers when they enrol. */
bool inv_state_is_ours(unsigned state);

struct inv_unit {
	const char *serial;      /* key; upper case, no blanks */
	const char *item_number; /* ours; unique; NULL until given */
	uint32_t state;
	uint32_t state_before;  /* what "found" goes back to */
	const char *product;    /* "iPad 10:e gen 64 GB" */
	const char *lease;      /* reference of the lease */
	const char *imei, *sim; /* sim: ICCID of the SIM that goes with it */
	const char *note;
	int64_t made_at, changed_at;
	int64_t lease_ends_at; /* 0 unknown */
	bool enrolled;         /* as MDM last told */
	uint64_t history_seq;
	struct bytes unknown;
};

/* A serial or item number as typed or scanned, made a key: upper case, blanks dropped, in the
 * arena. ERR_BADINPUT. */
int inv_code_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
int inv_unit_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_unit *ret) MUST_CHECK;
/* By item number, or serial number: what people type or scan. */
int inv_unit_find(
	struct store_txn *txn, struct arena *a, const char *code, struct inv_unit *ret) MUST_CHECK;
struct inv_list_ask {
	enum inv_state state; /* 0: all */
	const char *after;    /* serial to continue behind, NULL: start */
	size_t most;
};
int inv_unit_list(struct store_txn *txn, struct arena *a, const struct inv_list_ask *ask,
	struct inv_unit **ret, size_t *ret_n) MUST_CHECK;
int inv_count_by_state(struct store_txn *txn, uint64_t ret[INV_STATES]) MUST_CHECK;

struct inv_event { /* one line of a unit's history */
	uint64_t seq;
	int64_t at;
	const char *actor;
	const char *kind;  /* "state", "import", "enrolled", "checked_out", "command", "note" … */
	uint32_t from, to; /* states, for kind "state" */
	const char *text;  /* free detail, ids only */
	struct bytes unknown;
};
/* Newest first. */
int inv_history_list(struct store_txn *txn, struct arena *a, const char *serial,
	uint64_t before_seq, size_t most, struct inv_event **ret, size_t *ret_n) MUST_CHECK;

/* `m` may be NULL in tests of the shelf alone. */
int inv_open(struct store *st, struct mdm *m, struct inv **ret) MUST_CHECK;
void inv_close(struct inv *inv);
/* What the inventory wants to hear from mdm; ctx is the inv. Fill before mdm_open: the inv may be
 * opened first and told of the mdm later. */
struct mdm_events inv_mdm_events(struct inv *inv);
void inv_set_mdm(struct inv *inv, struct mdm *m);

/* --- acts: each one transaction, audit and history inside --- */
/* Who acts, on what, when: the same for every act. */
struct inv_act {
	const struct audit_who *who;
	const char *code; /* serial or item number, as typed or scanned */
	int64_t now;
};
struct inv_mark {
	enum inv_state to;
	const char *message, *phone, *footnote; /* lost and stolen: for the iPad's screen */
	const char *note;
	enum mdm_choice erase;              /* returned: erase the iPad? must be chosen when it is
					       enrolled; else unused */
	enum mdm_choice preserve_data_plan; /* with erase */
};
/*
 * Pure: may a unit in this state be marked so? Lost and stolen want Lost Mode, found (back to
 * the state before) clears it, returned clears it and may erase. The refusal names what to do.
 */
int inv_mark_decide(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r);
int inv_mark(struct inv *inv, const struct inv_act *act, const struct inv_mark *mark,
	struct refusal *r) MUST_CHECK;
int inv_lost(struct inv *inv, const struct inv_act *act, bool stolen, const struct inv_mark *words,
	struct refusal *r) MUST_CHECK;
int inv_found(struct inv *inv, const struct inv_act *act, struct refusal *r) MUST_CHECK;
int inv_returned(struct inv *inv, const struct inv_act *act, const struct inv_mark *choices,
	struct refusal *r) MUST_CHECK;

/* --- what is asked of an iPad: each one transaction, the push worker woken after it --- */
/* The serial number behind a code; the code itself when no unit has it, since mdm knows iPads
 * that are no units (a serial number that is no code of ours). */
int inv_serial_find(
	struct store_txn *txn, struct arena *a, const char *code, const char **ret) MUST_CHECK;
/* See mdm_command_add for what is refused. */
int inv_command_add(struct inv *inv, const struct inv_act *act, const struct mdm_ask *ask,
	struct refusal *r, char ret_uuid[MDM_UUID]) MUST_CHECK;
/* Here act->code is the command's uuid. */
int inv_command_cancel(struct inv *inv, const struct inv_act *act, struct refusal *r) MUST_CHECK;
/* Two people: one asks with a purpose, another confirms, and only then is the iPad asked. That
 * `who` is a person and no program is the caller's to check. */
int inv_locate_ask(struct inv *inv, const struct inv_act *act, const char *purpose,
	struct refusal *r) MUST_CHECK;
int inv_locate_confirm(struct inv *inv, const struct inv_act *act, struct refusal *r,
	char ret_uuid[MDM_UUID]) MUST_CHECK;
/* The decision and the position; reading it is written in the audit log. ERR_NOTFOUND. */
int inv_location_read(struct inv *inv, const struct inv_act *act, struct arena *a,
	struct mdm_location *ret) MUST_CHECK;
/* The Activation Lock's codes; that they were read is in the audit log. ERR_NOTFOUND. */
int inv_bypass_read(struct inv *inv, const struct inv_act *act, struct arena *a,
	struct mdm_bypass *ret) MUST_CHECK;

/* Tasks for people that an act left behind (stop the SIM). */
struct inv_task {
	uint64_t id;
	const char *serial, *kind, *detail; /* "sim.stop", ICCID */
	int64_t made_at, done_at;
	const char *made_by, *done_by;
	struct bytes unknown;
};
int inv_task_list(struct store_txn *txn, struct arena *a, bool open_only, size_t most,
	struct inv_task **ret, size_t *ret_n) MUST_CHECK;
int inv_task_done(struct inv *inv, const struct audit_who *who, uint64_t id, int64_t now,
	struct refusal *r) MUST_CHECK;

/* --- import --- */
struct inv_import_report {
	size_t rows, made, changed, same;
	size_t refused;
	struct inv_import_fault {
		size_t line;
		const char *column, *text; /* sentence in the asked language */
	} * faults;
	size_t fault_count; /* at most 100 kept */
};
/*
 * CSV with a heading row; columns by name in Swedish or English, any order: serial/serienummer
 * (needed), item_number/inventarienummer, state/status, product/produkt, lease/leasingavtal,
 * lease_end/leasing_slut, imei, sim/iccid, note/anteckning. All or nothing unless
 * `take_good_rows`; `dry_run` only reports. Codes are text: leading zeros stay.
 */
int inv_import_csv(struct inv *inv, const struct audit_who *who, struct bytes csv,
	bool take_good_rows, bool dry_run, enum say_lang lang, int64_t now, struct arena *a,
	struct inv_import_report *ret) MUST_CHECK;

int inv_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
