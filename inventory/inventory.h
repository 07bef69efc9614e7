/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * inventory: the things. A unit is one thing with a serial number; an iPad is a unit whose serial
 * number Apple's protocol also speaks of, so that one transaction can say: this iPad is reported
 * stolen, goes into Lost Mode, its SIM is to be stopped, and the audit log knows who said so.
 *
 * Words. Item number: our own number on the label ("INV-000417"). State: where the unit is in its
 * life. Mark: an act of staff that changes the state. Quarantine: an unknown serial number that
 * enrolled by itself; nothing is sent to it until somebody marks it as ours or imports it.
 * Product: what a unit is one of ("Trådlös ringklocka"); also called title. Kit: a unit that has
 * parts, some of them units, and stays one line. Part: one line of a kit. Place: a desk, a bus, a
 * showroom, a shelf. Code: any number a unit answers to. Scan: what a scanner typed. Zone: whose
 * secrecy a thing is lent under (1 care, 2 library; enum people_zone).
 *
 * Loans, holds and the scan box are in circulation.h.
 */
#ifndef INVENTORY_INVENTORY_H
#define INVENTORY_INVENTORY_H

#include "audit/audit.h"
#include "base/day.h"
#include "base/say.h"
#include "certs/certs.h"
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
	INV_HANDED_IN,   /* back from a loan, not looked at yet */
	INV_AWAITING,    /* set aside for somebody who will fetch it */
	INV_IN_TRANSIT,  /* on its way to another place */
	INV_STOPPED,     /* not to be used: a safety notice */
	INV_MISSING,     /* not found where it should be */
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
	const char *product_id;   /* of struct inv_product; `product` is what a list called it */
	const char *place, *home; /* where it is, where it belongs; ids of places */
	const char *bound_for;    /* in transit: the place it goes to */
	uint32_t zone;            /* 0: the product's */
	uint32_t condition;       /* enum inv_condition */
	const char *condition_note;
	uint32_t ownership; /* enum inv_ownership */
	const char *supplier, *delivery;
	const char *maker_serial; /* of a thing whose key is our own item number */
	const char *lot, *model;
	int64_t price_ore; /* paid, or 0; the replacement price is the product's */
	int32_t made_day, expires_day, bought_day; /* days since 1970-01-01; 0 unknown */
	bool display;                              /* shown, never lent */
	const char *kit;                           /* the kit it is part of, by serial */
	uint32_t parts, parts_missing;             /* of a kit: lines, and lines not whole */
	uint32_t faults_open;
	const char *codes; /* further codes, "kind code" a line: inv_unit_codes() */
	const char *loan;  /* the open loan's number; circulation's */
	int64_t lent_at;   /* last handed out; 0 never */
	uint32_t loans;    /* how many times lent */
	uint64_t photo;    /* the newest */
	uint32_t kind;     /* enum inv_kind, its product's; 0: an iPad nobody gave a product */
	const char *color, *eid; /* of an iPad, as its maker tells them */
	int64_t received_at;     /* scanned when it came; 0: not, or before that was kept */
	bool announced;          /* its supplier or its maker said that it comes */
	const char *police;      /* the police report's number, while it is lost, stolen or given up */
	struct bytes unknown;
};

enum inv_condition { /* as new … not to be used */
	INV_CONDITION_NEW = 1,
	INV_CONDITION_GOOD,
	INV_CONDITION_WORN,
	INV_CONDITION_POOR,
	INV_CONDITION_BROKEN,
	INV_CONDITIONS
};
/* Lent before others of its kind: no part missing, no fault open, neither poor nor broken. Pure. */
bool inv_unit_is_in_order(const struct inv_unit *u);
enum inv_ownership { INV_OWNED = 1, INV_LEASED, INV_ON_TRIAL, INV_BORROWED, INV_OWNERSHIPS };

/* Apple's protocol may speak of it: an iPad, or something nobody has said to be anything else. */
bool inv_unit_may_enrol(const struct inv_unit *u);

/* A serial or item number as typed or scanned, made a key: upper case, blanks dropped, in the
 * arena. ERR_BADINPUT. */
int inv_code_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
int inv_unit_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_unit *ret) MUST_CHECK;
/* What people call a thing: by its label's number, else its serial number; borrowed from the unit. */
const char *inv_unit_label(const struct inv_unit *u);
/* The same of a serial number, which it is itself where there is no such thing; the arena's. */
const char *inv_unit_label_of(struct store_txn *txn, struct arena *a, const char *serial);
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

/*
 * Lists with filters, each from the index that narrows most, in order of serial number; or in
 * another order, from the index that has it. Those that an index does not have are left out: things
 * without an item number, without a product, without a lease that ends. What the other filters
 * leave out is read past, at most some thousands a page: so a page may be short, and is the last
 * only when ret_next is NULL. `after` is a ret_next of the same question.
 */
enum inv_order {
	INV_BY_KEY,
	INV_BY_NUMBER,
	INV_BY_PRODUCT_NAME, /* never `down` */
	INV_BY_LIFE,         /* by state */
	INV_BY_END,          /* by the end of the lease */
	INV_ORDERS
};
struct inv_filter {
	enum inv_state state;                /* 0: all */
	const char *product, *place, *lease; /* NULL: all */
	const char *category;                /* products of it, in order of their names */
	unsigned kind, zone;                 /* 0: all; a zone as it is in force */
	int display;                         /* 1: what is for display only, by itself or by its product; -1: what is not */
	enum inv_order order;
	bool down; /* the greatest first */
	const char *after;
	size_t most;
};
int inv_unit_filter(struct store_txn *txn, struct arena *a, const struct inv_filter *f,
	struct inv_unit **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
/* The leases of enrolled iPads, by when they end; their serial numbers. Costs the same for any
 * number of them. */
int inv_ending_look(struct store_txn *txn, struct arena *a, const struct store_span *span,
	struct store_look *ret) MUST_CHECK;
/* How many of a product, at a place, or on a lease, are in each state. */
int inv_count_product(
	struct store_txn *txn, const char *product, uint64_t ret[INV_STATES]) MUST_CHECK;
int inv_count_place(struct store_txn *txn, const char *place, uint64_t ret[INV_STATES]) MUST_CHECK;
/* Of the SIMs. */
int inv_count_sims(struct store_txn *txn, uint64_t ret[INV_STATES]) MUST_CHECK;
/* Of all products of a kind together. */
int inv_count_kind(struct store_txn *txn, struct arena *a, unsigned kind,
	uint64_t ret[INV_STATES]) MUST_CHECK;
int inv_count_lease(struct store_txn *txn, const char *lease, uint64_t ret[INV_STATES]) MUST_CHECK;

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
int inv_history_list(struct store_txn *txn, const char *serial, const struct store_piece *piece,
	struct inv_event **ret, size_t *ret_n) MUST_CHECK;

/* `m` may be NULL in tests of the shelf alone. */
int inv_open(struct store *st, struct mdm *m, struct inv **ret) MUST_CHECK;
/* Once in a store's life with a newer program: fills the indexes and counts that the older one did
 * not have, some hundred records a transaction. Nothing to do is one read. */
int inv_layout_renew(struct store *st) MUST_CHECK;
/* The persons of this store are invented: pages and paper say so. */
int inv_demo_mark(struct store *st) MUST_CHECK;
int inv_demo_get(struct store_txn *txn, bool *ret) MUST_CHECK;
void inv_close(struct inv *inv);
/* What the inventory wants to hear from mdm; ctx is the inv. Fill before mdm_open: the inv may be
 * opened first and told of the mdm later. */
struct mdm_events inv_mdm_events(struct inv *inv);
void inv_set_mdm(struct inv *inv, struct mdm *m);
/* Needed only for what is sealed: PIN and PUK of SIMs. */
void inv_set_certs(struct inv *inv, struct certs *c);

/* --- acts: each one transaction, audit and history inside --- */
/* Who acts, on what, when: the same for every act. */
struct inv_act {
	const struct audit_who *who;
	const char *code; /* serial or item number, as typed or scanned */
	int64_t now;
	/* 0: whosesoever loan it is on; else INV_ZONED with the zones whose loans are theirs to
	 * touch. What is on another's loan is refused in the act's own transaction. */
	unsigned zones;
	/* 0: the house itself, which may mark anything; else INV_DUTIED with the duties (enum
	 * inv_duty) of who acts. */
	unsigned duties;
};
#define INV_ZONED 0x100u
#define INV_DUTIED 0x100u
struct inv_mark {
	enum inv_state to;
	const char *message, *phone, *footnote; /* lost and stolen: for the iPad's screen */
	bool house_words; /* nobody wrote the message: it takes no other's place */
	const char *note; /* in its history: no personnummer */
	const char *police; /* lost and stolen: the police report's number, or NULL */
	enum mdm_choice erase;              /* returned: erase the iPad? must be chosen when it is
					       enrolled; else unused */
	enum mdm_choice preserve_data_plan; /* with erase */
	enum mdm_choice return_to_service;  /* with erase: it enrols again by itself */
	struct bytes wifi_profile;          /* with return_to_service */
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

/*
 * The same inside the caller's transaction, for circulation: a unit, as loaded there, gets another
 * state with all that follows: history, indexes, counts, the units of its kit, trust, lost state,
 * return, the SIM's task, audit. One whose return is open is not lent: ERR_REFUSED. Whether it may
 * is decided by the caller (inv_mark_decide()). *ret_wake: call inv_wake() after the commit. *u is
 * then as stored.
 */
struct inv_move {
	enum inv_state to;           /* may be the state it has */
	const char *act;             /* in the audit log: "loan.out"; NULL: none is written */
	const char *event;           /* kind of the line in its history; NULL: "state" */
	const char *text;            /* of that line; ids only. NULL: the note of the mark */
	const char *loan;            /* NULL: as it was; "": none */
	const char *place;           /* NULL: as it was */
	const char *bound_for;       /* INV_IN_TRANSIT: where it goes */
	uint32_t condition;          /* as it was seen, with its note; 0: as it was */
	const char *condition_note;
	bool lent;                   /* counts as one loan more */
	bool found;                  /* it was lost or stolen and is here again */
	bool no_return;              /* its return is what moves it: no new one is opened */
	const struct inv_mark *mark; /* words and choices for an iPad; may be NULL */
};
int inv_unit_move(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct inv_unit *u, const struct inv_move *m, int64_t now, struct refusal *r,
	bool *ret_wake) MUST_CHECK;
void inv_wake(struct inv *inv);
enum inv_duty { INV_DUTY_IT = 1, INV_DUTY_CARE = 2, INV_DUTY_LIBRARY = 4, INV_DUTY_ADMIN = 8 };
/* Pure: the duties (or-ed) that may make this change of one of the library's `own` things, or of
 * any other. */
unsigned inv_state_duties(bool own, unsigned from, unsigned to);
/* The same inside the act's transaction. `duties` as in struct inv_act. ERR_REFUSED says whom to ask. */
int inv_duty_admit(struct store_txn *txn, const struct inv_unit *u, const struct inv_mark *mark,
	unsigned duties, struct refusal *r) MUST_CHECK;

/* --- what is asked of an iPad: each one transaction, the push worker woken after it --- */
/* The serial number behind a code; the code itself when no unit has it, since mdm knows iPads
 * that are no units (a serial number that is no code of ours). */
int inv_serial_find(
	struct store_txn *txn, struct arena *a, const char *code, const char **ret) MUST_CHECK;
/* See mdm_command_add for what is refused. */
int inv_command_add(struct inv *inv, const struct inv_act *act, const struct mdm_ask *ask,
	struct refusal *r, char ret_uuid[MDM_UUID]) MUST_CHECK;
/* What it would do, in words, or why it would be refused; changes nothing. */
struct inv_preview {
	const struct mdm_ask *ask;
	enum say_lang lang;
	struct arena *a;
	struct doc *d;
};
int inv_command_preview(struct inv *inv, const struct inv_act *act, const struct inv_preview *p,
	struct refusal *r) MUST_CHECK;
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
	struct mdm_location *ret, struct refusal *r) MUST_CHECK;
/* The Activation Lock's codes; that they were read is in the audit log. ERR_NOTFOUND. */
int inv_bypass_read(struct inv *inv, const struct inv_act *act, struct arena *a,
	struct mdm_bypass *ret) MUST_CHECK;
/* Opens an Activation Lock that the borrower made, at Apple and in a while; see
 * mdm_activation_open(). */
int inv_activation_open(struct inv *inv, const struct inv_act *act, const char *reason,
	struct refusal *r) MUST_CHECK;

/* The act of a task "replaced.loan": the loan of the iPad that was exchanged goes on with the one in
 * its place, and the task is done. Refused while that one can take no loan. */
struct inv_desk_who;
int inv_task_move_loan(struct inv *inv, const struct inv_desk_who *by, uint64_t id,
	struct refusal *r) MUST_CHECK;

/* --- codes and scans (code_msg.c, code_db.c) --- */
enum inv_code_kind {
	INV_CODE_ITEM = 1,     /* our own item number */
	INV_CODE_SERIAL,       /* the key */
	INV_CODE_MAKER_SERIAL, /* the maker's, where the key is ours */
	INV_CODE_IMEI,
	INV_CODE_GTIN, /* of a product */
	INV_CODE_GS1,  /* GTIN and serial number in one */
	INV_CODE_ICCID,
	INV_CODE_MSISDN,
	INV_CODE_OTHER, /* any other barcode that sits on it */
	INV_CODE_KINDS
};
const char *inv_code_kind_name(unsigned kind); /* "imei" */
int inv_code_kind_parse(const char *s, enum inv_code_kind *ret) MUST_CHECK;

enum inv_scan_kind {
	INV_SCAN_CODE = 1, /* item number, serial number, anything without a form of its own */
	INV_SCAN_IMEI,
	INV_SCAN_GTIN,
	INV_SCAN_GS1,
	INV_SCAN_ICCID,
	INV_SCAN_LOAN,      /* L-… */
	INV_SCAN_CARD,      /* K-… */
	INV_SCAN_AGREEMENT, /* A-… */
	INV_SCAN_PLACE,     /* P-… */
	INV_SCAN_COMMAND,   /* C-… */
	INV_SCAN_BAD        /* no code can look so; `why` says it */
};
enum inv_scan_command {
	INV_SCAN_RETURN = 1,
	INV_SCAN_RENEW,
	INV_SCAN_UNDO,
	INV_SCAN_LEND,
	INV_SCAN_DONE,
	INV_SCAN_CANCEL,
	INV_SCAN_PRINT,
	INV_SCAN_COMMANDS
};
struct inv_scan {
	enum inv_scan_kind kind;
	const char *text; /* a clean code: upper case, no blanks; of L-, K-, A-, P-: what follows */
	const char *raw;  /* what was scanned, printable, for showing */
	const char *gtin; /* 14 digits (GTIN, GS1) */
	const char *serial, *lot; /* GS1 (21), (10) */
	int32_t expires_day;      /* GS1 (17); 0 none */
	enum inv_scan_command command;
	bool repeated;         /* the scanner typed it more than once */
	bool bad_check;        /* looks like a GTIN or IMEI, but its check digit is wrong: worn? */
	const struct say *why; /* INV_SCAN_BAD */
};
/* Pure. What a scanner or a person typed, at most INV_SCAN_BYTES; several scans in one burst come
 * apart at CR, LF and Tab. ERR_BADINPUT when there is nothing in it, ERR_TOOBIG. */
#define INV_SCAN_BYTES 2048
#define INV_SCANS 32
int inv_scan_parse(
	struct arena *a, struct bytes raw, struct inv_scan **ret, size_t *ret_n) MUST_CHECK;
/* What is written of things, and of loans, is read by both services: no personnummer stands there. `text` may
 * be NULL. (job.c) */
int inv_words_decide(const char *text, int64_t now, struct refusal *r);
/* The GTIN of a maker's GS1 label without a serial number, which is on all of a kind; NULL: it is no such
 * label. A GTIN by itself is none. */
const char *inv_label_of_product(struct arena *a, const char *code);
bool inv_gtin_is(const char *s);  /* 8, 12, 13 or 14 digits, the last right */
bool inv_imei_is(const char *s);  /* 15 digits, Luhn; or 16 (IMEISV) */
bool inv_iccid_is(const char *s); /* 18 to 22 digits that begin with 89; Luhn when 19 or 20 */

enum inv_hit_kind { INV_HIT_UNIT = 1, INV_HIT_PRODUCT, INV_HIT_PLACE };
struct inv_hit {
	enum inv_hit_kind kind;
	enum inv_code_kind code; /* what kind of code led there */
	const char *id;          /* serial number, product id, place id */
};
/* All that a scanned code can mean, best first; more than one: let people choose. None is 0 and
 * *ret_n 0. */
#define INV_HITS 20
int inv_scan_find(struct store_txn *txn, struct arena *a, const struct inv_scan *scan,
	struct inv_hit **ret, size_t *ret_n) MUST_CHECK;
/* Units with codes that look so much alike that it was meant (worn label, typing slip). */
int inv_scan_near(struct store_txn *txn, struct arena *a, const struct inv_scan *scan,
	struct inv_hit **ret, size_t *ret_n) MUST_CHECK;
struct inv_code {
	enum inv_code_kind kind;
	const char *code;
};
/* Every code the unit answers to. */
int inv_unit_codes(
	struct arena *a, const struct inv_unit *u, struct inv_code **ret, size_t *ret_n) MUST_CHECK;
/* A GS1 label with a GTIN and a serial number becomes a code of that kind, whatever was asked for. */
int inv_code_add(struct inv *inv, const struct inv_act *act, const struct inv_code *code,
	struct refusal *r) MUST_CHECK;
int inv_code_drop(
	struct inv *inv, const struct inv_act *act, const char *code, struct refusal *r) MUST_CHECK;

/* --- import --- */
enum inv_row_verdict { INV_ROW_MADE = 1, INV_ROW_CHANGED, INV_ROW_SAME, INV_ROW_REFUSED };
struct inv_import_report {
	size_t rows, made, changed, same;
	size_t refused;
	uint64_t id; /* of what was done, to undo it by; 0: nothing was */
	struct inv_import_verdict {
		size_t line;
		const char *serial; /* NULL: it has none that can be read */
		enum inv_row_verdict what;
		const char *text; /* what changes, by the fields' names; or why it is refused */
	} * verdicts; /* in order of the lines */
	size_t verdict_count; /* at most INV_IMPORT_VERDICTS kept */
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

#define INV_IMPORT_VERDICTS 5000
/* The same of a workbook (XLSX: its first sheet) or a CSV file, as CSV. ERR_BADINPUT, ERR_TOOBIG. */
int inv_import_read(struct arena *a, struct bytes file, struct bytes *ret_csv) MUST_CHECK;

/* Lists that were read in, newest first; the last INV_IMPORTS_KEPT can be undone. */
#define INV_IMPORTS_KEPT 20
struct inv_imported {
	uint64_t id;
	int64_t at;
	const char *by;
	uint32_t made, changed;
	int64_t undone_at;
	const char *undone_by;
	struct bytes unknown;
};
int inv_imported_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_imported *ret) MUST_CHECK;
int inv_imported_list(struct store_txn *txn, const struct store_piece *piece,
	struct inv_imported **ret, size_t *ret_n) MUST_CHECK;
/* What it touched, and whether anything has happened to each since. */
struct inv_imported_thing {
	const char *serial;
	bool made, touched;
};
int inv_imported_things(struct store_txn *txn, struct arena *a, uint64_t id, size_t most,
	struct inv_imported_thing **ret, size_t *ret_n) MUST_CHECK;
/* As it was before; what it made is gone. All of it, or none when something has happened to one of
 * its things since. act->code is not read. */
int inv_import_undo(
	struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r) MUST_CHECK;

int inv_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* Parts of this header: whoever includes it has them. */
#include "inventory/price.h"
#include "inventory/return.h"
#include "inventory/things.h"

#endif
