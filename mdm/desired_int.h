/* SPDX-License-Identifier: EUPL-1.2 */
/* The inside of desired state. */
#ifndef MDM_DESIRED_INT_H
#define MDM_DESIRED_INT_H

#include "mdm/payload_int.h"
#include "mdm/queue_int.h"

#include "base/digest.h"

#define MDM_GROUP_NAME_MAX 40
#define MDM_ITEM_ID_MAX 64
#define MDM_SPEC_MAX (2 << 20)
#define MDM_SET_MAX 200 /* items of one owner */
#define MDM_GROUPS_OF_IPAD_MAX 50
#define MDM_TITLE_MAX 200
#define MDM_WALK_AGAIN "recipients/" /* a walk to all who were given a mailing */
#define MDM_DESIRED_BY "desired" /* made_by of its commands */

/* --- records: group_db.c --- */
int mdm_group_put(struct store_txn *txn, const struct mdm_group *g) MUST_CHECK;
int mdm_group_drop(struct store_txn *txn, const char *name) MUST_CHECK;
/* Both indexes. *ret_changed: it was not so before. */
int mdm_member_put(
	struct store_txn *txn, const char *group, const char *serial, bool *ret_changed) MUST_CHECK;
int mdm_member_drop(
	struct store_txn *txn, const char *group, const char *serial, bool *ret_changed) MUST_CHECK;
int mdm_walk_put(struct store_txn *txn, const struct mdm_walk *w) MUST_CHECK;
int mdm_walk_del(struct store_txn *txn, const char *name) MUST_CHECK;
int mdm_walk_get(
	struct store_txn *txn, struct arena *a, const char *name, struct mdm_walk *ret) MUST_CHECK;
/* The first behind `after` (NULL: of all); ERR_NOTFOUND. */
int mdm_walk_next(
	struct store_txn *txn, struct arena *a, const char *after, struct mdm_walk *ret) MUST_CHECK;
/* From the first member again. */
int mdm_walk_start(struct store_txn *txn, const char *name, int64_t now) MUST_CHECK;
/* An iPad to be visited at a time. */
int mdm_visit_put(struct store_txn *txn, const char *serial, int64_t at) MUST_CHECK;
/* Takes the first that is due; ERR_NOTFOUND. */
int mdm_visit_take(
	struct store_txn *txn, struct arena *a, int64_t now, const char **ret_serial) MUST_CHECK;
/* Is one due? ERR_NOTFOUND. */
int mdm_visit_due(struct store_txn *txn, int64_t now) MUST_CHECK;

/* --- records: desired_db.c --- */
int mdm_item_store(struct mdm *m, struct store_txn *txn, const struct mdm_item *item) MUST_CHECK;
int mdm_item_drop(struct store_txn *txn, const struct mdm_item *slot) MUST_CHECK;
int mdm_item_get(struct mdm *m, struct store_txn *txn, struct arena *a, const struct mdm_item *slot,
	struct mdm_item *ret) MUST_CHECK;
#define MDM_ITEM_SPEC_CONTEXT "mdm.item/spec"
#define MDM_ITEM_BLOB_CONTEXT "mdm.item/blob"

struct mdm_applied {
	uint32_t kind;
	const char *id;
	uint32_t state; /* enum mdm_applied_state */
	uint8_t hash[DIGEST_BYTES];
	uint8_t kept[DIGEST_BYTES]; /* of what it had before this was sent, where that is known */
	bool had;     /* the iPad has it, in this version or an older one */
	bool mailing; /* once it is there, it is not put again */
	const char *command;
	const char *error; /* the iPad's words, or a refusal's code */
	const char *drift; /* what it told that is not as wanted */
	int64_t at;
	int64_t retry_at;
	uint32_t tries;
	struct bytes unknown;
};
int mdm_applied_get(struct store_txn *txn, struct arena *a, const char *serial, uint32_t kind,
	const char *id, struct mdm_applied *ret) MUST_CHECK;
int mdm_applied_put(
	struct store_txn *txn, const char *serial, const struct mdm_applied *x) MUST_CHECK;
int mdm_applied_del(
	struct store_txn *txn, const char *serial, uint32_t kind, const char *id) MUST_CHECK;
/* All of one iPad, by kind and id. */
int mdm_applied_list(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_applied **ret, size_t *ret_n) MUST_CHECK;

/* --- what an item is as a command: desired_item.c --- */
/* An item with what is worked out once for many iPads. */
struct mdm_live_item {
	struct mdm_item item;
	struct doc *spec;
	const struct mdm_payload_type *type; /* of profiles, web clips and settings */
	bool fixed;                          /* the same for every iPad */
	bool hashed;
	struct bytes profile;
	uint8_t hash[DIGEST_BYTES];
};
/* Reads the spec. ERR_BADINPUT. */
int mdm_item_open(
	struct arena *a, const struct mdm_item *item, struct mdm_live_item *ret) MUST_CHECK;
/* The hash of what this iPad would get. `b->a` is the visit's; `keep` lives as long as the live
 * item. ERR_REFUSED. */
int mdm_item_hash(const struct mdm_build *b, struct arena *keep, struct mdm_live_item *x,
	uint8_t ret[DIGEST_BYTES]) MUST_CHECK;
/* The Command dictionary that brings it, after mdm_item_hash(). */
int mdm_item_command(
	const struct mdm_build *b, struct mdm_live_item *x, struct mdm_plist **ret) MUST_CHECK;
/* A profile whose day has come: nobody should have it any more. */
bool mdm_item_ended(const struct mdm_live_item *x, int64_t now);
const struct mdm_request_row *mdm_item_row(uint32_t kind);
/* The command that takes it away; NULL: nothing can. */
struct mdm_plist *mdm_item_removal(struct arena *a, const char *profile_id, uint32_t kind,
	const char *id, const struct mdm_request_row **ret_row);
/* Form of owner, id and spec; with everything that a visit would do. ERR_REFUSED. */
int mdm_item_check(struct mdm *m, struct store_txn *txn, const struct mdm_item *item,
	struct refusal *r) MUST_CHECK;
/* Of the book of a mailing: the same one takes the place of the one before. */
const char *mdm_persistent_id(struct arena *a, const char *profile_id, const char *id);
/* How one slot stands on an iPad, in a sentence. */
int mdm_slot_why(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	uint32_t kind, const char *id, enum say_lang lang, int64_t now,
	const char **ret) MUST_CHECK;

/* --- what to do with a slot: desired_rules.c (pure) --- */
enum mdm_slot_act {
	MDM_SLOT_NOTHING = 0,
	MDM_SLOT_APPLY,   /* put the command in the line */
	MDM_SLOT_REPLACE, /* take the waiting one out first */
	MDM_SLOT_REMOVE,
	MDM_SLOT_CANCEL, /* it has not left us: take it out of the line and forget it */
	MDM_SLOT_UNSEND, /* it may have left us: take it out of the line, and remove it */
	MDM_SLOT_FORGET  /* nothing is there */
};
struct mdm_slot {
	bool wanted;
	bool same;   /* the applied hash is the wanted one */
	bool known;  /* there is an applied record */
	bool handed; /* its command may have reached the iPad */
	bool removable;
	bool again; /* asked for by a person */
	struct mdm_applied applied;
	int64_t now;
};
enum mdm_slot_act mdm_slot_decide(const struct mdm_slot *s);
/* When to try again what an iPad refused `tries` times; 0: not by ourselves. */
int64_t mdm_slot_retry_s(uint32_t tries);
/* Which of two items of the same slot counts: true when `b` does. */
bool mdm_item_wins(const struct mdm_item *a, const struct mdm_item *b);
bool mdm_group_name_ok(const char *s);
bool mdm_item_id_ok(const char *s);

/* --- what an iPad should have: desired_effective.c --- */
struct mdm_set;
/* A round of visits reads each group's set once. */
struct mdm_round {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a; /* of the round */
	int64_t now;
	struct mdm_set *sets;
};
struct mdm_round *mdm_round_new(struct mdm *m, struct store_txn *txn, struct arena *a, int64_t now);
/* The items that count for an iPad, in the order of their slots; they live as long as `a` and the
 * round. */
int mdm_effective(struct mdm_round *rd, struct arena *a, const char *serial,
	struct mdm_live_item ***ret, size_t *ret_n) MUST_CHECK;

/* --- visits: desired_visit.c --- */
/* One iPad, by serial number. *ret_queued grows by the commands put in its line. */
int mdm_visit(struct mdm_round *rd, const char *serial, bool again, size_t *ret_queued) MUST_CHECK;
/* The same for an enrolment at hand, in a round of its own. */
int mdm_visit_enrollment(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
/* Why nothing is sent to it; NULL: something may be. */
int mdm_visit_hindrance(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_enrollment *ret_e, bool *ret_enrolled, const struct say **ret) MUST_CHECK;
/* Names that texts may hold, of one iPad. */
int mdm_vars_get(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_vars *ret) MUST_CHECK;

/* --- what iPads say: desired_told.c --- */
/* A command of a slot has ended, whichever way. */
int mdm_desired_done(
	struct mdm *m, struct store_txn *txn, const struct mdm_command *c, int64_t now) MUST_CHECK;
/* What an answer tells besides: names, profiles, books. */
int mdm_desired_told(struct mdm_answer *an) MUST_CHECK;
/* An erase or a new enrolment: it has nothing of ours. */
int mdm_desired_forget(struct store_txn *txn, const char *serial) MUST_CHECK;
const char *mdm_slot_name(struct arena *a, uint32_t kind, const char *id);
int mdm_slot_parse(
	struct arena *a, const char *s, uint32_t *ret_kind, const char **ret_id) MUST_CHECK;

/* --- how iPads stand: standing_db.c, standing.c --- */
struct mdm_standing { /* no record: MDM_STANDS_DONE */
	uint32_t stands; /* enum mdm_stands */
	bool held;       /* something is wanted, and nothing may be sent */
	bool unable;     /* a declaration is wanted that its iPadOS cannot have */
	struct bytes unknown;
};
int mdm_standing_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_standing *ret) MUST_CHECK;
/* With the index and the counters of all its groups. */
int mdm_standing_put(
	struct store_txn *txn, const char *serial, const struct mdm_standing *x) MUST_CHECK;
/* A member came into a group, or left it. */
int mdm_standing_member(
	struct store_txn *txn, const char *group, const char *serial, bool in) MUST_CHECK;
/* Is it counted in this group? ERR_NOTFOUND. */
int mdm_standing_in(struct store_txn *txn, const char *group, uint32_t stands,
	const char *serial) MUST_CHECK;
int mdm_standing_counter(
	struct store_txn *txn, const char *group, uint32_t stands, uint64_t *ret) MUST_CHECK;
#define MDM_STANDING_LAYOUT "=layout" /* no group's name: the counters of steps done */
int mdm_standing_fill(struct mdm *m) MUST_CHECK;
/* `x->stands` from its records and the rest of `x`. */
int mdm_standing_judge(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_standing *x) MUST_CHECK;
/* Its records have changed. */
int mdm_standing_settle(struct store_txn *txn, const char *serial) MUST_CHECK;
/* It has nothing of ours any more, of what it had. */
int mdm_standing_forgotten(struct store_txn *txn, const char *serial) MUST_CHECK;
/* It was visited, with these wanted; or could not be (`hindered`). */
int mdm_standing_visited(const struct mdm_round *rd, const char *serial, bool hindered,
	struct mdm_live_item *const *wanted, size_t n) MUST_CHECK;
int mdm_standing_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* Walks and due visits, a bounded piece. */
int mdm_desired_tend(struct mdm *m, int64_t now) MUST_CHECK;
int mdm_desired_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* --- sentences: desired_say.c --- */
extern const struct say mdm_say_group_name, mdm_say_group_there, mdm_say_group_none,
	mdm_say_group_all, mdm_say_group_title, mdm_say_groups_many, mdm_say_serial_form,
	mdm_say_item_id, mdm_say_item_none, mdm_say_item_many, mdm_say_item_kind, mdm_say_item_slot,
	mdm_say_item_priority, mdm_say_desired_self;
extern const struct say mdm_say_state_none, mdm_say_state_once, mdm_say_state_taken,
	mdm_say_state_never, mdm_say_state_sent, mdm_say_state_on,
	mdm_say_state_fetching, mdm_say_state_failed, mdm_say_state_failed_retry,
	mdm_say_state_unable, mdm_say_state_leaving, mdm_say_state_drift, mdm_say_state_gone,
	mdm_say_why_untrusted, mdm_say_why_lost;

/* For lists of the second texts of keys "ss": a store_take. */
int mdm_second_take(const struct store_row *row, void *ret);

#endif
