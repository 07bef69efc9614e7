/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Desired state: what an iPad should have. Included by mdm/mdm.h.
 *
 * Words. Item: one thing that an iPad should have: a profile, a web clip, a book, a declaration,
 * a setting; it has a kind, an id, and a spec that says what. Set: the items of one owner, which
 * is a group of iPads, one iPad, or a mailing. Slot: kind and id; where several sets have the same
 * slot, the iPad's own wins, then the greater priority, then the group that comes first by name.
 * Applied: what an iPad is known to have of its slots, with a hash of the content. Visit: holding
 * the one against the other for one iPad, and putting commands in its line. Walk: visits to all
 * members of a group after a change, a piece at a time; where it came to stands in the store.
 *
 * A change of a group writes one row. An iPad that is lost, in quarantine, erased or not enrolled
 * is left alone: it is visited when that ends. Enrolling and erasing forget what was applied.
 */
#ifndef MDM_DESIRED_H
#define MDM_DESIRED_H

enum mdm_item_kind {
	MDM_ITEM_PROFILE = 1,
	MDM_ITEM_WEB_CLIP,
	MDM_ITEM_MEDIA,
	MDM_ITEM_DECLARATION,
	MDM_ITEM_SETTING,
	MDM_ITEM_KINDS
};
/* "profile", "web-clip", "media", "declaration", "setting". */
const char *mdm_item_kind_name(uint32_t kind);
int mdm_item_kind_parse(const char *s, enum mdm_item_kind *ret) MUST_CHECK;

enum mdm_owner_kind { MDM_OF_GROUP = 1, MDM_OF_IPAD = 2, MDM_OF_MAILING = 3 };
/* The group that every iPad is in. */
#define MDM_GROUP_ALL "all"

struct mdm_item {
	uint32_t owner_kind, kind;
	const char *owner; /* group's name, serial number, mailing's id */
	const char *id;    /* letters, digits, dashes and dots; the rest of the slot */
	uint32_t priority; /* 0 to 1000 */
	const char *spec;  /* JSON */
	struct bytes blob; /* a profile or a picture that came with it */
	int64_t made_at;
	const char *made_by;
	bool sealed; /* at rest */
	struct bytes unknown;
};

struct mdm_group {
	const char *name;  /* lower-case letters, digits, dashes */
	const char *title; /* for people */
	int64_t made_at;
	const char *made_by;
	uint64_t members;
	struct bytes unknown;
};

/* --- groups --- */
int mdm_group_add(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, const char *title, int64_t now, struct refusal *r) MUST_CHECK;
/* Another title; its name stays, since others know it by that. */
int mdm_group_rename(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, const char *title, int64_t now, struct refusal *r) MUST_CHECK;
/* With its items and members; what it gave is taken back. */
int mdm_group_del(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, int64_t now, struct refusal *r) MUST_CHECK;
/* ERR_NOTFOUND. MDM_GROUP_ALL is there without being made. */
int mdm_group_get(
	struct store_txn *txn, struct arena *a, const char *name, struct mdm_group *ret) MUST_CHECK;
int mdm_group_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_group **ret,
	size_t *ret_n) MUST_CHECK;
/* Serial numbers into a group or out of it; one that is there (or not) already is fine. The iPad
 * need not be enrolled. */
int mdm_member_set(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *group, const char *serial, bool in, int64_t now, struct refusal *r) MUST_CHECK;
int mdm_member_list(struct store_txn *txn, const char *group, const struct store_piece *piece,
	const char ***ret, size_t *ret_n) MUST_CHECK;
/* The groups of an iPad, without MDM_GROUP_ALL. */
int mdm_groups_of(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n) MUST_CHECK;
/* How an iPad stands against all that it should have, from whichever set: its worst slot counts.
 * WAITING: something is on its way, or cannot be sent yet. FAILED: a person should look. */
enum mdm_stands { MDM_STANDS_DONE = 0, MDM_STANDS_WAITING, MDM_STANDS_FAILED, MDM_STANDS };
/* "done", "waiting", "failed". */
const char *mdm_stands_name(enum mdm_stands s);
int mdm_stands_get(struct store_txn *txn, struct arena *a, const char *serial,
	enum mdm_stands *ret) MUST_CHECK;
/* How many members of a group stand so, from counters; the DONE are the rest of its members. */
int mdm_stands_count(struct store_txn *txn, const struct mdm_group *g,
	uint64_t ret[MDM_STANDS]) MUST_CHECK;
/* Those that wait, or have failed, by serial number. */
struct mdm_stands_ask {
	const char *group;
	enum mdm_stands stands;
};
int mdm_stands_list(struct store_txn *txn, const struct mdm_stands_ask *ask,
	const struct store_piece *piece, const char ***ret, size_t *ret_n) MUST_CHECK;
/* Once, after an older program: counts how all iPads stand and when their identities end, a piece a
 * transaction. */
int mdm_layout_renew(struct mdm *m) MUST_CHECK;
/* How far the visits after the last change have come; ERR_NOTFOUND: all done. */
struct mdm_walk {
	const char *name; /* "group/…" or "mailing/…" */
	const char *cursor;
	int64_t since;
	int64_t seen, queued; /* members visited; commands put in lines */
	struct bytes unknown;
};
int mdm_walk_of_group(
	struct store_txn *txn, struct arena *a, const char *group, struct mdm_walk *ret) MUST_CHECK;

/* --- sets --- */
/* What takes too long for a transaction: the certificate of a network is opened. Before mdm_item_put().
 * ERR_REFUSED. */
int mdm_item_vet(
	struct mdm *m, const struct mdm_item *item, int64_t now, struct refusal *r) MUST_CHECK;
/* Adds or replaces. Checks the spec and everything it leads to. ERR_REFUSED. */
int mdm_item_put(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const struct mdm_item *item, int64_t now, struct refusal *r) MUST_CHECK;
int mdm_item_del(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const struct mdm_item *slot, int64_t now, struct refusal *r) MUST_CHECK;
/* The items of one owner, opened. */
int mdm_item_list(struct mdm *m, struct store_txn *txn, struct arena *a,
	enum mdm_owner_kind owner_kind, const char *owner, struct mdm_item **ret,
	size_t *ret_n) MUST_CHECK;
/* What people call it. */
const char *mdm_item_title(struct arena *a, const struct mdm_item *item, enum say_lang lang);
/* Its spec as people may see it: without passwords and pictures. */
struct doc *mdm_item_show(struct arena *a, const struct mdm_item *item);
/* Everything that one iPad has of its own goes to another: a swap. */
int mdm_desired_move(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *from, const char *to, int64_t now, struct refusal *r) MUST_CHECK;

/* --- one iPad --- */
enum mdm_applied_state {
	MDM_APPLIED_SENT = 1, /* its command stands in the line */
	MDM_APPLIED_ON,
	MDM_APPLIED_FETCHING, /* the iPad said yes and fetches the book */
	MDM_APPLIED_FAILED,
	MDM_APPLIED_UNABLE, /* this iPad cannot: too old, not supervised */
	MDM_APPLIED_LEAVING /* is to be taken away */
};
struct mdm_desired { /* one slot, for people */
	uint32_t kind;
	const char *id;
	const char *title;
	const char
		*from; /* "group seniorer", "this iPad", "mailing …"; NULL: not wanted any more */
	uint32_t state; /* enum mdm_applied_state; 0: not asked of the iPad yet */
	int64_t at;
	const char *command; /* uuid of the last one */
	const char *why;     /* one sentence: how it stands */
	bool drift;          /* what the iPad tells differs from what is wanted */
};
/* How an iPad stands, slot by slot. `ret_hindrance`: why nothing is sent to it at all, or NULL.
 * ERR_NOTFOUND: nobody by that serial number. */
int mdm_desired_list(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	enum say_lang lang, int64_t now, struct mdm_desired **ret, size_t *ret_n,
	const char **ret_hindrance) MUST_CHECK;
/* Puts again what is wanted: failed ones, and one-off settings even where they are known to have
 * been set. Asks the iPad how it is. */
int mdm_desired_again(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now, struct refusal *r) MUST_CHECK;
/* Something it depends on has changed (its item number): visited at the next tending. */
int mdm_desired_touch(struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;

/* It is to be somebody else's: what was wanted on it alone ends, but for its name and its lock screen,
 * and mailings to it alone are withdrawn. What groups give stays. *ret_n: how many they were. */
int mdm_desired_clean(
	struct mdm *m, const struct mdm_act *act, const char *serial, size_t *ret_n) MUST_CHECK;

/* What an iPad last reported of itself by declarative management, as JSON with dotted names.
 * ERR_NOTFOUND. */
struct mdm_report {
	const char *json;
	int64_t at;
	int64_t ignored; /* items of the last report that were none of ours */
	struct bytes unknown;
};
/* Apple's code of a refusal ("Error.X: its own words") as a sentence; what is none, as it is. */
const char *mdm_reason_text(struct arena *a, const char *reason, enum say_lang lang);
int mdm_report_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_report *ret) MUST_CHECK;

/* --- accessibility, from questions --- */
enum mdm_answer_word { MDM_ANSWER_NONE = 0, MDM_ANSWER_YES, MDM_ANSWER_SOME, MDM_ANSWER_NO };
struct mdm_preset_question {
	const char *id; /* "small_text"; NULL ends */
	struct say say;
	bool some; /* "with effort" is an answer too */
};
extern const struct mdm_preset_question mdm_preset_questions[];
#define MDM_PRESET_QUESTIONS 7
struct mdm_preset {
	int text_size; /* -1: as it is */
	bool bold, contrast, reduce_motion, reduce_transparency, touch, voice_over, zoom;
	const struct say *by_hand[8]; /* what no command can set, for the handover; NULL ends */
};
/* Pure: answers in the order of the questions. */
void mdm_preset_decide(
	const enum mdm_answer_word answers[MDM_PRESET_QUESTIONS], struct mdm_preset *ret);
/* The spec of setting "accessibility". NULL: the answers ask for nothing. */
const char *mdm_preset_spec(struct arena *a, const struct mdm_preset *p);

#endif
