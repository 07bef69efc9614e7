/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this folder share with each other. */
#ifndef INVENTORY_INVENTORY_INT_H
#define INVENTORY_INVENTORY_INT_H

#include "inventory/inventory.h"

#include "base/rec.h"

struct inv_noes; /* scan_no.c */
struct inv_noes *inv_noes_new(void);
void inv_noes_free(struct inv_noes *n);

struct inv {
	struct store *st;
	struct mdm *mdm;       /* NULL in tests of the shelf alone */
	struct certs *certs;   /* NULL there too: nothing can be sealed */
	struct people *people; /* NULL there too: anybody may borrow */
	struct inv_noes *noes;
};

#define INV_CODE_MAX 64 /* serial numbers, item numbers, ICCIDs */
#define INV_CODES 40    /* of one unit */

/* --- unit_db.c --- */
/* Writes the unit and brings the indexes and counts along. `before` is what is stored now, NULL
 * when the unit is new. ERR_EXISTS: the item number is another unit's. */
int inv_unit_put(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u) MUST_CHECK;

/* --- loan_follow.c --- */
/* The open loan of a unit that goes to another state, and what it is set aside for, follow. */
int inv_loan_follow(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct inv_unit *u, unsigned from, int64_t now) MUST_CHECK;

/* --- loan_zone.c --- */
/* Is what this thing is on loan by (or that loan itself) theirs to touch? ERR_REFUSED. */
int inv_zone_admit(
	struct store_txn *txn, unsigned zones, const char *serial, struct refusal *r) MUST_CHECK;
/* The loan it is on: its own line's, or that of the bag it was lent in. ERR_NOTFOUND: none. */
struct inv_loan;
int inv_zone_loan_of(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_loan *ret) MUST_CHECK;
int inv_zone_admit_loan(
	struct store_txn *txn, unsigned zones, const char *number, struct refusal *r) MUST_CHECK;

/* --- assigned.c: what mdm_events tell of Apple's device assignment --- */
int inv_hear_assigned(
	void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now) MUST_CHECK;
int inv_hear_unassigned(
	void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now) MUST_CHECK;
int inv_hear_replaced(
	void *ctx, struct store_txn *txn, const char *from, const char *to, int64_t now) MUST_CHECK;
int inv_hear_activation(void *ctx, struct store_txn *txn, const char *serial, uint32_t state,
	int64_t now) MUST_CHECK;
int inv_hear_left(struct inv *inv, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK; /* it enrolled: is it one that has left us? */
/* The code of its Activation Lock was told, or is missing: a task comes or goes. */
int inv_hear_bypass(void *ctx, struct store_txn *txn, const char *serial,
	enum mdm_bypass_news news, int64_t now) MUST_CHECK;
int inv_bypass_tasks_close(
	struct store_txn *txn, const char *serial, const char *by, int64_t now) MUST_CHECK;
int inv_hear_setup_late(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now) MUST_CHECK;

/* --- record.c: what every table's file would write anew --- */
int inv_rec_get(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, struct arena *a, void *record) MUST_CHECK;
int inv_rec_put(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, const void *record) MUST_CHECK;
/* An index row without content. */
int inv_row_put(struct store_txn *txn, enum store_table t, const struct store_key *k) MUST_CHECK;
/* Gone already is good. */
int inv_row_del(struct store_txn *txn, enum store_table t, const struct store_key *k) MUST_CHECK;
/* Every row that begins so. */
int inv_rows_drop(
	struct store_txn *txn, enum store_table t, const struct store_key *prefix) MUST_CHECK;
/* The next number of a series: 1, 2, 3 … */
int inv_series_next(struct store_txn *txn, const char *series, uint64_t *ret) MUST_CHECK;
/* A number kept as 8 octets; absent is 0. */
int inv_number_get(struct store_txn *txn, enum store_table t, const struct store_key *k,
	uint64_t *ret) MUST_CHECK;
int inv_number_add(
	struct store_txn *txn, enum store_table t, const struct store_key *k, int by) MUST_CHECK;
/* The last number of a table whose keys are "q"; 0: it is empty. */
int inv_number_last(struct store_txn *txn, enum store_table t, uint64_t *ret) MUST_CHECK;
/* The number at the end of a key. ERR_CORRUPT: it has none. */
int inv_key_number(struct bytes key, uint64_t *ret) MUST_CHECK;
/* unit_tally.c, for layout.c: how many SIMs are in each state, counted anew. */
int inv_sims_recount(struct store_txn *txn) MUST_CHECK;
/* Just behind `k`: the smallest key that is greater. */
void inv_key_behind(struct store_key *k);
/* {"id":"…"} and the like for the audit log: key, value, NULL-ended. */
const char *inv_detail(struct arena *a, ...);

/* --- job.c: an act as one transaction --- */
struct inv_job {
	struct inv *inv;
	const struct audit_who *who;
	const char *code; /* of the unit it is done to */
	int64_t now;
	unsigned zones, duties; /* as struct inv_act's */
	struct refusal *r;
	/* What is done; `u` is the unit of `code`, or NULL. May be run again. */
	int (*fn)(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u);
	const void *ask;
	void *out; /* set anew by each run */
	bool woken;
};
/* Refused: one of them has what is not seen (text_is_shown()). NULL is no text. (job.c) */
int inv_texts_decide(const char *const *texts, size_t n, bool lines, struct refusal *r);
/* "070-123 45 67" as 46701234567. ERR_BADINPUT: no telephone number. (sim.c) */
int inv_msisdn_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
/* The unit is found first, refused when there is none. */
int inv_job_unit(struct inv_job *j) MUST_CHECK;
int inv_job_run(struct inv_job *j) MUST_CHECK;
#define INV_JOB(inv_, act_, r_, fn_, ask_, out_) \
	((struct inv_job){.inv = (inv_),         \
		.who = (act_)->who,              \
		.code = (act_)->code,            \
		.now = (act_)->now,              \
		.zones = (act_)->zones,          \
		.duties = (act_)->duties,        \
		.r = (r_),                       \
		.fn = (fn_),                     \
		.ask = (ask_),                   \
		.out = (out_)})
/* A changed unit is put, with a line in its history (kind, text) and in the audit log (`act` NULL:
 * none). */
int inv_unit_save(struct store_txn *txn, struct inv_job *j, const struct inv_unit *before,
	struct inv_unit *u, const struct inv_event *e, const char *act) MUST_CHECK;

/* --- zone_keep.c, unit_duty.c: what belongs to one service is the other's to leave alone --- */
/* Of no service, or of one of `zones` (as struct inv_act's). */
bool inv_zone_is_theirs(uint32_t zone, unsigned zones);
/* Who may do no more than the library may. */
bool inv_duty_is_library(unsigned duties);
/* An iPad, a SIM, or what nobody has said: more than its shelf hangs on it. */
bool inv_kind_is_machine(unsigned kind);
/* A place is changed: as it was, and as it will be (NULL: it stays where it belongs). */
int inv_zone_admit_place(const struct inv_place *was, const struct inv_place *is, unsigned zones,
	struct refusal *r) MUST_CHECK;
/* So a product; with its zone the library takes no iPads over. */
int inv_zone_admit_product(const struct inv_product *was, const struct inv_product *is,
	const struct inv_job *j) MUST_CHECK;
/* What a bag is of, and what is in it. */
int inv_zone_admit_unit(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	const struct inv_job *j) MUST_CHECK;
/* A unit gets another zone or product: theirs before and after. */
int inv_duty_relabel(struct store_txn *txn, const struct inv_unit *was, const struct inv_unit *is,
	const struct inv_job *j) MUST_CHECK;

/* --- fields.c --- */
/* What was said of a unit, into it: products, places and codes must exist or be free. */
int inv_fields_apply(struct store_txn *txn, struct arena *a, const struct inv_fields *f,
	struct inv_unit *u, struct refusal *r) MUST_CHECK;
/* inv_words_decide() of what somebody wrote in them. */
int inv_fields_words(const struct inv_fields *f, int64_t now, struct refusal *r) MUST_CHECK;
int inv_item_number_next(
	struct store_txn *txn, struct arena *a, const char *prefix, const char **ret) MUST_CHECK;
/* A unit that did not exist: put, with history. */
int inv_unit_add(
	struct store_txn *txn, struct inv_job *j, struct inv_unit *u, const char *event) MUST_CHECK;

/* --- transfer.c --- */
int inv_transfer_end(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	const char *at, const char *by, int64_t now) MUST_CHECK;

/* --- lease.c --- */
/* The id of a lease or a delivery, or ERR_REFUSED. */
int inv_agreed_id(
	struct arena *a, const char *text, const char **ret, struct refusal *r) MUST_CHECK;
bool inv_agreed_fits(const char *const *texts, size_t n);
/* What a text calls a lease, as the lease is written; no lease of that name: *ret stays. */
int inv_lease_named(
	struct store_txn *txn, struct arena *a, const char *text, const char **ret) MUST_CHECK;
/* A thing without an end of its own gets its lease's. */
int inv_lease_take(struct store_txn *txn, struct arena *a, struct inv_unit *u) MUST_CHECK;

/* --- notice_rules.c (pure) --- */
enum inv_fit { INV_FITS_NOT, INV_FITS_PERHAPS, INV_FITS }; /* perhaps: somebody has to read its label */
enum inv_fit inv_notice_fits(
	struct arena *a, const struct inv_notice *n, const struct inv_unit *u);

/* --- notice.c --- */
/* A new or changed unit is held against the open notices. */
int inv_notice_meet(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, int64_t now) MUST_CHECK;

/* --- photo_msg.c --- */
struct inv_picture {
	const char *type;
	uint32_t width, height;
	struct bytes content; /* without what it told besides the picture; in the arena */
};
/* JPEG, PNG or WebP, whole and of a size that can be. ERR_BADINPUT; ERR_TOOBIG: a side is over
 * INV_PHOTO_SIDE. */
int inv_picture_parse(struct arena *a, struct bytes in, struct inv_picture *ret) MUST_CHECK;

/* --- photo_db.c --- */
/* All of that object's, those removed too: whatever it was of is forgotten or undone. */
int inv_photos_forget(struct store_txn *txn, struct arena *a, const char *object) MUST_CHECK;
/* Those whose day to be put back is over, of the `most` removed last. */
int inv_photos_tend(struct store_txn *txn, struct arena *a, int64_t now, size_t most,
	size_t *ret_n) MUST_CHECK;

/* --- check_things.c --- */
int inv_check_things(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* --- gs1_msg.c --- */
/* The element strings of a GS1 barcode, with FNC1 as GS (0x1d) or with brackets, into `scan`.
 * ERR_BADINPUT when it is none. */
int inv_gs1_parse(struct arena *a, const char *s, struct inv_scan *scan) MUST_CHECK;
/* A GTIN of any length in 14 digits. */
const char *inv_gtin_14(struct arena *a, const char *s);
/* A maker's label that says a serial number, and more with it (GS1); NULL: it is none such. */
const struct inv_scan *inv_label_read(struct arena *a, const char *s);
/* The lot and the last day that the label says, where nothing is known of them; NULL: nothing. */
void inv_label_fill(const struct inv_scan *label, struct inv_unit *u);

/* --- unit_index.c --- */
/* Brings every index of a unit but its item number's and state's along. `before` NULL: new. */
int inv_unit_index(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u) MUST_CHECK;
/* Every index row of the unit goes through fn: for the check. */
typedef int inv_row_fn(
	void *arg, enum store_table t, const struct store_key *k, struct bytes value);
int inv_unit_rows(struct store_txn *txn, struct arena *a, const struct inv_unit *u, inv_row_fn *fn,
	void *arg) MUST_CHECK;
/* Only its rows by product and by place, for a store that has none yet. */
int inv_unit_index_states(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u) MUST_CHECK;
/* Only its rows by lease and by delivery, counted if they were not. */
int inv_unit_index_agreements(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u) MUST_CHECK;
int inv_unit_index_ending(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u) MUST_CHECK;
/* Only that its row by product says, and is counted so, when nobody can borrow it by itself. */
int inv_unit_index_typed(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u) MUST_CHECK;
int inv_unit_index_apart(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u) MUST_CHECK;
/* When its lease ends, of an iPad that is enrolled; 0: not counted. NULL is none. */
int64_t inv_unit_ending(const struct inv_unit *u);
/* Of what stands on a delivery. */
enum inv_stage { INV_STAGE_ANNOUNCED = 1, INV_STAGE_RECEIVED, INV_STAGE_UNLISTED };
enum inv_stage inv_unit_stage(const struct inv_unit *u);

/* --- unit_tally.c --- */
/* What it is counted as among its product's: its state, and a mark when it is in a kit or for display. Its row in
 * INV_BY_PRODUCT says so; in a store that an older program kept, it says what inv_unit_counted_kept() finds there. */
uint8_t inv_unit_counted(const struct store_txn *txn, const struct inv_unit *u);
unsigned inv_counted_state(uint8_t as); /* without the mark */
int inv_unit_counted_kept(
	struct store_txn *txn, const struct inv_unit *u, uint8_t *ret) MUST_CHECK;
/* One fewer where `before` (NULL: new) was counted, one more where `u` (NULL: it goes) is. */
int inv_tally_move(struct store_txn *txn, const struct inv_unit *before, uint8_t was_as,
	const struct inv_unit *u) MUST_CHECK;
int inv_tally_add(
	struct store_txn *txn, int what, const char *id, unsigned as, int by) MUST_CHECK;
/* Of those that can be borrowed by themselves: no part of a kit, and not for display. */
int inv_count_for_loan(
	struct store_txn *txn, const char *product, uint64_t ret[INV_STATES]) MUST_CHECK;
/* How many in each stage; the rest of the array is 0. */
int inv_count_delivery(
	struct store_txn *txn, const char *delivery, uint64_t ret[INV_STATES]) MUST_CHECK;
/* The record's bytes, and back. */
int inv_unit_encode(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	struct bytes *ret) MUST_CHECK;
int inv_unit_decode(struct store_txn *txn, struct bytes v, struct arena *a,
	struct inv_unit *ret) MUST_CHECK;
/* A unit that never was: the record, its rows, its history. */
int inv_unit_forget(struct store_txn *txn, const struct inv_unit *u) MUST_CHECK;
int inv_history_drop(struct store_txn *txn, const char *serial) MUST_CHECK;
/* A code as it stands in the index: backwards for INV_CODE_TAIL. */
const char *inv_code_backwards(struct arena *a, const char *code);
int inv_product_codes_index(struct store_txn *txn, const struct inv_product *before,
	const struct inv_product *p) MUST_CHECK;

/* --- records with words, for layout.c --- */
extern const struct rec_type inv_rule_rec, inv_price_list_rec, inv_delivery_rec,
	inv_notice_rec, inv_notice_hit_rec, inv_event_rec, inv_part_rec, inv_loan_part_rec,
	inv_transfer_rec, inv_desk_rec, inv_desk_line_rec, inv_fault_rec, inv_unit_rec,
	inv_return_rec, inv_wording_rec, inv_agreement_rec, inv_photo_rec;

/* --- word_db.c --- */
#define INV_WORDS 64 /* of one thing */
#define INV_WORD_UNIT 'u'
#define INV_WORD_PRODUCT 'p'
#define INV_WORD_PLACE 'l'
struct inv_words {
	const char *word[INV_WORDS];
	size_t n;
};
/* Adds the words of a text that are not there yet. */
void inv_words_add(struct arena *a, struct inv_words *w, const char *text);
/* The same of what somebody typed freely: by keyed hashes, so that such a word is found whole or not at
 * all (in clear where nothing is sealed: store_words_hash()). */
void inv_words_add_typed(
	struct store_txn *txn, struct arena *a, struct inv_words *w, const char *text);
/* What such a word is in the index; NULL: it stands there in clear. */
const char *inv_word_hashed(struct store_txn *txn, struct arena *a, const char *word);
/* From the words before to those now. */
int inv_words_index(struct store_txn *txn, int whose, const char *id,
	const struct inv_words *before, const struct inv_words *now) MUST_CHECK;

/* Its runs of three bytes, ends marked. */
#define INV_WORD_PARTS 64
size_t inv_word_parts(struct arena *a, const char *word, const char *ret[INV_WORD_PARTS]);

/* --- product_db.c --- */
/* Its price alone: price.c, when a version of the price table comes into force. */
int inv_product_price(struct store_txn *txn, const char *id, int64_t ore) MUST_CHECK;
/* Its row in the index of what is shown; both with inv_product_write(), this one for layout.c too. */
int inv_product_index_shown(struct store_txn *txn, const struct inv_product *before,
	const struct inv_product *p) MUST_CHECK;
int inv_product_listed(
	struct store_txn *txn, const struct inv_product *p, bool *ret) MUST_CHECK;
int inv_product_write(struct store_txn *txn, const struct inv_product *before,
	const struct inv_product *p) MUST_CHECK;
int inv_product_drop(struct store_txn *txn, const struct inv_product *p) MUST_CHECK;

/* --- place_db.c --- */
#define INV_PLACES_DEEP 8 /* a shelf in a room of a house … */
int inv_place_write(struct store_txn *txn, const struct inv_place *before,
	const struct inv_place *p) MUST_CHECK;
/* `why` NULL: not closed. */
int inv_closed_day_put(
	struct store_txn *txn, const char *id, int32_t day, const char *why) MUST_CHECK;

/* --- kit_db.c --- */
/* whose: 'u' a unit's, 'p' a product's template. */
int inv_part_put(struct store_txn *txn, int whose, const struct inv_part *p) MUST_CHECK;
int inv_part_del(struct store_txn *txn, int whose, const struct inv_part *p) MUST_CHECK;
int inv_template_clear(struct store_txn *txn, const char *product_id) MUST_CHECK;
/* The units that are parts of a kit, by serial number. */
int inv_kit_units(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n) MUST_CHECK;
/* What of a kit is missing, by name, as far as a sentence has room (inv_names_add); the arena's. */
int inv_kit_missing(
	struct store_txn *txn, struct arena *a, const char *serial, const char **ret) MUST_CHECK;
/* "knapp, mottagare": one more behind *all, or dots where a sentence has no room for it: false. */
bool inv_names_add(struct arena *a, const char **all, const char *name);

/* --- unit_rules.c --- */
/* Does a move with these choices open a return? */
bool inv_mark_returns(const struct inv_unit *u, const struct inv_mark *mark, enum inv_state to);
/* Lost or stolen: Lost Mode is wanted. */
bool inv_state_is_away(unsigned state);
int inv_found_decide(const struct inv_unit *u, struct refusal *r);

/* --- return_rules.c, return_db.c, return.c --- */
struct inv_return_seen {
	struct mdm_return_facts facts;
	uint32_t ended; /* enum mdm_command_state: how its EraseDevice ended just now; 0: it did not
			 */
	int64_t now;
	bool leapt; /* and that is not to be believed: no time is over */
};
/* One step on, as far as what is seen leads; true when there was one. */
bool inv_return_step(const struct inv_return_seen *s, struct inv_return *r);
/* return_clean.c: once, when the iPad is proved erased or its return is done; `r` is put by the caller. */
bool inv_return_is_clean(const struct inv_return *r);
int inv_return_clean(struct inv *inv, struct store_txn *txn, struct inv_return *r,
	const struct audit_who *who, int64_t now) MUST_CHECK;
/* `label`: what the iPad is called where it is refused. */
int inv_return_decide(const struct inv_return *r, const char *label,
	const struct inv_judgement *j, struct refusal *ret) MUST_CHECK;
int inv_return_go_decide(const struct inv_return *r, const char *label, bool although_locked,
	struct refusal *ret) MUST_CHECK;
int inv_return_put(struct store_txn *txn, const struct inv_return *r) MUST_CHECK;
/* mdm told something of an iPad; `ended`: how an EraseDevice ended, or 0. */
int inv_return_hear(struct inv *inv, struct store_txn *txn, const char *serial, uint32_t ended,
	int64_t now) MUST_CHECK;

/* --- history_db.c --- */
/* Appends and takes the unit's next number; the caller puts the unit afterwards. */
int inv_history_add(
	struct store_txn *txn, struct inv_unit *u, const struct inv_event *e) MUST_CHECK;

/* --- task_db.c --- */
/* Pure: is that the number of a police report, "5000-K123456-26"? */
int inv_police_decide(const char *number, struct refusal *r) MUST_CHECK;
int inv_task_is_open(
	struct store_txn *txn, const char *serial, const char *kind, bool *ret) MUST_CHECK;
int inv_task_add(struct store_txn *txn, const char *serial, const char *kind, const char *detail,
	const char *by, int64_t now) MUST_CHECK;
int inv_task_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_task *ret) MUST_CHECK;
/* Closes the open tasks of a kind for a unit; how many in ret_n. */
int inv_task_close_for(struct store_txn *txn, const char *serial, const char *kind, const char *by,
	int64_t now, unsigned *ret_n) MUST_CHECK;

/* --- import_past.c --- */
/* What a list did, kept to be undone: first its lines, then itself; the oldest ones go. `before`
 * NULL: the unit was made. */
int inv_imported_line(struct store_txn *txn, uint64_t id, const struct inv_unit *before,
	const struct inv_unit *u) MUST_CHECK;
int inv_imported_add(struct store_txn *txn, const struct inv_imported *i) MUST_CHECK;
/* What its lines keep in clear is sealed, `most` of them a call: step 17 of layout.c. */
int inv_imported_seal(struct store_txn *txn, const struct store_key *after, size_t most,
	struct store_key *ret_last, bool *ret_more) MUST_CHECK;

/* --- sheet_msg.c --- */
/* Does it begin as a workbook of a spreadsheet does? */
bool inv_sheet_is(struct bytes in);
/* Its first sheet as CSV. ERR_BADINPUT, ERR_TOOBIG. */
int inv_sheet_csv(struct arena *a, struct bytes in, struct buf *out) MUST_CHECK;

/* --- import_msg.c --- */
/* One row of an import, parsed; a NULL field was not in the file, "" clears. */
struct inv_import_row {
	size_t line;
	const char *serial, *item_number, *product, *lease, *imei, *sim, *note;
	bool has_state;
	enum inv_state state;
	int64_t lease_ends_at; /* -1: not in the file */
	struct inv_fields f;   /* the columns that an iPad does without */
};
struct inv_import_table {
	struct inv_import_row *rows;
	size_t count;
};
/* Faults go to `report`; rows with a fault are left out of the table. ERR_BADINPUT when the file
 * has no heading with a serial number column or is not CSV at all (one fault tells which). */
int inv_import_parse(struct arena *a, struct bytes csv, enum say_lang lang,
	struct inv_import_report *report, struct inv_import_table *ret) MUST_CHECK;
void inv_import_verdict(struct arena *a, struct inv_import_report *report,
	const struct inv_import_verdict *v);
void inv_import_fault(struct arena *a, struct inv_import_report *report, size_t line,
	const char *column, const char *text);

/* --- code_db.c --- */
/* Is the code of this kind free for the unit with this serial number (NULL: a new one)? Codes of
 * which there may be several alike (GTIN, a maker's serial) always are. */
int inv_code_is_free(struct store_txn *txn, struct arena *a, const char *code, const char *serial,
	bool *ret_free) MUST_CHECK;
/* The number of another thing that has this code, where the code is one piece's alone (an IMEI, GTIN and
 * serial number in one) here or there; NULL when none has. */
int inv_code_holder(struct store_txn *txn, struct arena *a, const struct inv_code *code, const char *serial,
	const char **ret) MUST_CHECK;

/* --- say.c --- */
extern const struct say inv_say_product_kind, inv_say_gtin_taken, inv_say_product_exists,
	inv_say_name_needed, inv_say_kind_needed, inv_say_gtin_bad, inv_say_number_bad,
	inv_say_text_long, inv_say_id_bad, inv_say_product_used, inv_say_no_product,
	inv_say_no_place;
extern const struct say inv_say_ambiguous, inv_say_is_ipad, inv_say_code_taken, inv_say_ipad_serial,
	inv_say_codes_of_many, inv_say_begin_state, inv_say_in_transit, inv_say_code_there,
	inv_say_codes_many, inv_say_code_held, inv_say_code_kind, inv_say_code_digit, inv_say_code_product, inv_say_code_not_there, inv_say_part_what,
	inv_say_parts_many, inv_say_kit_begun, inv_say_kit_no_template, inv_say_kit_in_kit,
	inv_say_part_elsewhere, inv_say_part_state, inv_say_no_part, inv_say_goes_with_kit,
	inv_say_not_sim, inv_say_phone_bad, inv_say_pin_bad, inv_say_reason_needed,
	inv_say_changed_since, inv_say_place_round, inv_say_place_exists, inv_say_place_closed, inv_say_days_bad,
	inv_say_there_already, inv_say_not_in_transit, inv_say_not_here, inv_say_no_delivery,
	inv_say_delivery_closed, inv_say_delivery_differs, inv_say_delivery_moved,
	inv_say_import_gone, inv_say_import_undone, inv_say_import_touched,
	inv_say_task_other, inv_say_task_loan_gone, inv_say_task_loan_stays,
	inv_say_not_of_delivery, inv_say_id_slash, inv_say_announce_none, inv_say_no_lease, inv_say_lease_holds,
	inv_say_lease_endless, inv_say_received, inv_say_symptom_needed, inv_say_fault_closed,
	inv_say_outcome_needed, inv_say_notices_many, inv_say_notice_what, inv_say_notice_turned, inv_say_notice_not_his,
	inv_say_notice_closed, inv_say_notice_left, inv_say_photo_large, inv_say_photo_bad,
	inv_say_photos_many;
extern const struct say inv_say_scan_bad, inv_say_scan_bad_gs1;
extern const struct say inv_say_duty_care, inv_say_duty_found, inv_say_duty_it;
extern const struct say inv_say_police, inv_say_police_not_away;
extern const struct say inv_say_same_state, inv_say_not_from, inv_say_found_first, inv_say_not_lost,
	inv_say_words_needed, inv_say_choose_erase, inv_say_choose_plan, inv_say_task_done,
	inv_say_quarantined, inv_say_mark_awaiting;
extern const struct say inv_say_return_none, inv_say_return_open, inv_say_return_verdict,
	inv_say_return_unproved, inv_say_return_locked, inv_say_return_nothing_waits,
	inv_say_return_go_locked;
extern const struct say inv_say_advice_wait, inv_say_advice_look, inv_say_advice_by_hand,
	inv_say_advice_silent, inv_say_advice_parts, inv_say_advice_battery_worn,
	inv_say_advice_battery_foreign, inv_say_advice_lessor, inv_say_advice_lease,
	inv_say_advice_charge, inv_say_advice_lend;
extern const struct say inv_say_no_serial_column, inv_say_bad_csv, inv_say_bad_serial,
	inv_say_bad_state, inv_say_bad_date, inv_say_bad_code, inv_say_doubled_serial,
	inv_say_item_taken, inv_say_state_by_act, inv_say_unknown_column;

#endif
