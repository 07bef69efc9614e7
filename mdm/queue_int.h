/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command queue and the lost state, shared by their own files.
 *
 * The line of an iPad is its live commands (MDM_QUEUE): head lane first, then in the order they
 * were asked. A command is handed out, not taken out: it leaves the line when the iPad answers
 * Acknowledged, Error or CommandFormatError, when it is cancelled, or when it has waited too
 * long; then its record moves to history, which no poll reads. So what a poll costs does not
 * grow with the years.
 */
#ifndef MDM_QUEUE_INT_H
#define MDM_QUEUE_INT_H

#include "mdm/request_int.h"

/* Greatest sizes. */
#define MDM_LINE_MAX 500                   /* live commands of one iPad */
#define MDM_HISTORY_MAX 1000               /* finished ones kept of one iPad */
#define MDM_HISTORY_LIFE_S (400 * 86400L)  /* and for how long */
#define MDM_ANSWER_MAX (256 * 1024)        /* of a raw answer; the rest is cut */
#define MDM_STRANGE_ANSWER_MAX (16 * 1024) /* of an answer to nothing we asked */
#define MDM_BLOB_MAX (5 * 1024 * 1024)     /* profile, picture */
#define MDM_MESSAGE_MAX (16 * 1024 * 1024)

/* --- what a refusal says: ask_say.c --- */
extern const struct say mdm_say_not_yet, mdm_say_left, mdm_say_erased, mdm_say_untrusted,
	mdm_say_right, mdm_say_supervised, mdm_say_version, mdm_say_own_way, mdm_say_lost_moment,
	mdm_say_not_lost, mdm_say_twice, mdm_say_full, mdm_say_missing, mdm_say_too_long,
	mdm_say_erase_choice, mdm_say_erase_reason, mdm_say_erase_locked, mdm_say_erase_stolen,
	mdm_say_erase_opens, mdm_say_no_token, mdm_say_own_profile, mdm_say_profile_form,
	mdm_say_picture, mdm_say_range, mdm_say_not_awaiting, mdm_say_nothing_set, mdm_say_text;
extern const struct say mdm_say_raw_form, mdm_say_raw_type, mdm_say_raw_key, mdm_say_raw_kind,
	mdm_say_raw_missing, mdm_say_raw_range, mdm_say_raw_token, mdm_say_raw_item,
	mdm_say_raw_query, mdm_say_raw_empty, mdm_say_raw_value;
extern const struct say mdm_say_no_command, mdm_say_ended;
extern const struct say mdm_say_lost_serial, mdm_say_lost_words, mdm_say_lost_already,
	mdm_say_lost_unsupervised, mdm_say_lost_waits, mdm_say_lost_not, mdm_say_lost_leaving, mdm_say_lost_reason;
extern const struct say mdm_say_locate_lost, mdm_say_locate_written_off, mdm_say_locate_person, mdm_say_locate_purpose,
	mdm_say_locate_asked, mdm_say_locate_under_way, mdm_say_locate_same, mdm_say_locate_late;

/* --- may it be asked? ask_rules.c (pure) --- */
struct mdm_ask_facts {
	const char *serial;
	const struct mdm_enrollment *e; /* NULL: none under this serial number */
	uint32_t phase;                 /* enum mdm_lost_phase */
	const char *profile_id;         /* of our own enrolment profile */
	size_t waiting;                 /* in the line */
	int64_t same_since;             /* when a live one of this type was made; 0: none */
	struct arena *a;                /* of the refusal's arguments */
};
/* The iPad's side: enrolled, trusted, rights, supervision, version, lost state, line. */
int mdm_ask_decide(const struct mdm_request_row *row, const struct mdm_ask_facts *f,
	struct refusal *r) MUST_CHECK;
/* Is anything of this item of Settings said? */
bool mdm_setting_is_set(
	const struct mdm_ask *ask, const struct mdm_member *members, const char *item);
/* The asker's side: what this request needs, and no text or blob too long. */
int mdm_ask_check(
	const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r) MUST_CHECK;

/* --- what it would do: preview.c --- */
void mdm_preview_doc(const struct mdm_request_row *row, const struct mdm_ask *ask, bool lost,
	enum say_lang lang, struct arena *a, struct doc *d);
/* After that, of a Settings command: what each thing that is set means for who has the iPad. */
void mdm_preview_settings_doc(
	const struct mdm_plist *command, enum say_lang lang, struct arena *a, struct doc *d);
/* After that, of an erase: what a lock that is on makes of the iPad. */
struct mdm_return_facts;
void mdm_preview_lock_doc(
	const struct mdm_return_facts *f, enum say_lang lang, struct arena *a, struct doc *d);

/* --- bytes of a command: ask_msg.c --- */
/* The Command dictionary. ClearPasscode's token is not in it: mdm_ask_merge_token() puts it in
 * when the command is handed out, so that it is stored once. */
struct mdm_plist *mdm_ask_build(const struct mdm_ask *ask, struct arena *a);
/* The whole message. ERR_BADINPUT: a text that XML cannot carry. */
int mdm_ask_format(
	struct mdm_plist *command, const char *uuid, struct arena *a, struct bytes *ret) MUST_CHECK;
int mdm_ask_merge_token(
	const char *uuid, struct bytes unlock_token, struct arena *a, struct bytes *ret) MUST_CHECK;

/* --- a raw plist of an administrator: raw_rules.c (pure) --- */
/*
 * Takes a Command dictionary, or a whole message with one in it. Checks type, keys and their
 * kinds against the table, two levels deep. Fills in `ask` what mdm_ask_check() must see (erase
 * choices, identifier, blobs). ERR_REFUSED with the reason.
 */
int mdm_raw_check(struct bytes raw, struct arena *a, const struct mdm_enrollment *e,
	struct mdm_ask *ask, struct mdm_plist **ret_command, const struct mdm_request_row **ret_row,
	struct refusal *r) MUST_CHECK;

/* --- which command now? queue_rules.c (pure) --- */
enum mdm_hold {
	MDM_HOLD_NONE = 0,     /* may be handed out now */
	MDM_HOLD_NOT_ENROLLED, /* no TokenUpdate yet, or it has left */
	MDM_HOLD_ERASED,       /* it was told to erase itself */
	MDM_HOLD_IDENTITY,     /* its identity has expired: only the renewal */
	MDM_HOLD_UNTRUSTED,
	MDM_HOLD_LOST,         /* would be refused in Lost Mode */
	MDM_HOLD_NOT_LOST_YET, /* location, sound: Lost Mode is not confirmed */
	MDM_HOLD_RELEASE,      /* DeviceConfigured: Lost Mode must be on first */
	MDM_HOLD_OPENING,      /* an erase: the Activation Lock is being opened at Apple */
	MDM_HOLD_LOCKED,       /* an erase: the Activation Lock is on */
	MDM_HOLD_PUT_OFF,      /* NotNow in this session */
	MDM_HOLD_OVERDUE,      /* its time is over; the clock will end it */
	MDM_HOLDS
};
struct mdm_line_state {
	uint32_t enrolled; /* enum mdm_enrollment_state */
	bool erased, trusted, identity_expired;
	const char *renewal; /* UUID of the command that carries a renewal, or NULL */
	uint32_t phase;      /* enum mdm_lost_phase */
	uint32_t session;
	int64_t now;
	uint32_t lock; /* enum mdm_erase_way, looked up for an erase alone */
};
/* `row` may be NULL: a type that this version does not know is held for ever. */
enum mdm_hold mdm_hold_decide(const struct mdm_command *c, const struct mdm_request_row *row,
	const struct mdm_line_state *s);
const struct mdm_request_row *mdm_command_row(const struct mdm_command *c);

/* --- the Activation Lock in an erase's way: erase_rules.c (pure), erase.c --- */
enum mdm_erase_way {
	MDM_ERASE_FREE = 0,
	MDM_ERASE_CLEARS, /* a lock of ours on one that is not lost: to be cleared */
	MDM_ERASE_OPENING, /* Apple is being asked */
	MDM_ERASE_OPENS,   /* somebody's own, and we have a code for it */
	MDM_ERASE_SHUT,    /* somebody's own, and none */
	MDM_ERASE_STOLEN   /* a lock of ours on one that is lost: it stays */
};
struct mdm_erase_facts {
	uint32_t activation; /* enum mdm_activation_state */
	int64_t settled_at;
	uint32_t told; /* enum mdm_lock */
	int64_t told_at;
	bool lost, has_code;
};
enum mdm_erase_way mdm_erase_decide(const struct mdm_erase_facts *f);
/* For a command of that iPad: fills s->lock when it is an erase that a lock holds back. */
int mdm_erase_look(struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e,
	const struct mdm_command *c, struct mdm_line_state *s) MUST_CHECK;
/* What stands in the way of an erase that is asked for now; with the codes we have. */
int mdm_erase_way_get(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_enrollment *e, enum mdm_erase_way *ret) MUST_CHECK;
/* Refuses, or has the lock opened, in the transaction that puts the erase in the line. */
int mdm_erase_begin(struct mdm *m, const struct mdm_act *act, const struct mdm_enrollment *e,
	const struct mdm_ask *ask) MUST_CHECK;
/* Refuses, or says in the preview what comes first. */
struct mdm_erase_view {
	struct mdm *m;
	struct store_txn *txn;
	const struct mdm_enrollment *e;
	const struct mdm_ask *ask;
	enum say_lang lang;
	struct arena *a;
};
int mdm_erase_preview(
	const struct mdm_erase_view *v, struct doc *d, struct refusal *r) MUST_CHECK;
/* One that waits for its lock is asked how it is, and again. By a due visit. */
int mdm_erase_visit(
	struct mdm *m, struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;

/* What the end of a session asks of the push wish. */
enum mdm_push { MDM_PUSH_KEEP = 0, MDM_PUSH_WITHDRAW, MDM_PUSH_OWE };
struct mdm_session_end {
	bool handing;      /* a command goes out: no end yet */
	bool not_now_last; /* the iPad's last status: it will call by itself */
	size_t put_off;    /* commands that wait for the iPad's next session */
};
enum mdm_push mdm_push_decide(const struct mdm_session_end *s);

/* What an answer's status makes of a command. */
enum mdm_status {
	MDM_STATUS_NONE = 0, /* could not be read */
	MDM_STATUS_IDLE,
	MDM_STATUS_ACKNOWLEDGED,
	MDM_STATUS_ERROR,
	MDM_STATUS_FORMAT_ERROR,
	MDM_STATUS_NOT_NOW
};
/* MDM_QUEUED: it stays in the line. */
enum mdm_command_state mdm_status_state(enum mdm_status s);

/* --- records: queue_db.c --- */
struct mdm_place { /* where a command stands: value of MDM_COMMAND */
	const char *udid;
	uint32_t lane; /* enum mdm_lane, as it was made */
	int64_t order;
	struct bytes unknown;
};
static inline bool mdm_command_is_live(const struct mdm_command *c)
{
	return c->lane != MDM_LANE_DONE;
}
/* Gives c->order and c->lane; writes the line, the index by UUID and the due index. */
int mdm_line_add(struct store_txn *txn, struct mdm_command *c, enum mdm_lane lane) MUST_CHECK;
/* Writes a live command's head again (put off, handed). The place must be its own. */
int mdm_line_put(struct store_txn *txn, const struct mdm_command *c) MUST_CHECK;
/* Out of the line, into history. The plist is dropped. */
int mdm_line_finish(struct store_txn *txn, const struct mdm_command *c) MUST_CHECK;
/* A command that was never in a line, into history: an answer to nothing we asked. */
int mdm_done_add(struct store_txn *txn, struct mdm_command *c) MUST_CHECK;
/* The same in the place of such a one. ERR_NOTFOUND: there is none, or it was asked for. */
int mdm_done_replace(struct store_txn *txn, struct mdm_command *c, uint64_t order) MUST_CHECK;
/* Is what stands there an answer to nothing we asked? */
int mdm_done_is_strange(
	struct store_txn *txn, const char *udid, uint64_t order, bool *ret) MUST_CHECK;
/* strange_db.c: such an answer, of which an iPad has few places in its history: whatever it
 * invents, what people asked of it stays. */
#define MDM_STRANGE_KEPT 20
#define MDM_STRANGE_BY "device"
int mdm_strange_add(struct store_txn *txn, struct mdm_command *c) MUST_CHECK;
/* A finished command again, changed (an answer erased). */
int mdm_done_put(struct store_txn *txn, const struct mdm_command *c) MUST_CHECK;
/* Without plist. ERR_NOTFOUND. */
int mdm_command_find(struct store_txn *txn, struct arena *a, const char *uuid,
	struct mdm_command *ret) MUST_CHECK;
/* The stored message of a live one, as it is (sealed or not). */
int mdm_line_plist(struct store_txn *txn, const struct mdm_command *c, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* Walks a line in order; the command has no plist. ERR_NOTFOUND at the end. */
struct mdm_line_walk {
	struct store_iter it;
};
int mdm_line_walk_init(struct mdm_line_walk *w, struct store_txn *txn, const char *udid) MUST_CHECK;
void mdm_line_walk_release(struct mdm_line_walk *w);
int mdm_line_walk_next(
	struct mdm_line_walk *w, struct arena *a, struct mdm_command *ret) MUST_CHECK;
AUTO_RELEASE(mdm_line_walk, mdm_line_walk_release)
/* The first command whose time is over; ERR_NOTFOUND. */
int mdm_due_first(struct store_txn *txn, struct arena *a, int64_t now, const char **ret_uuid,
	int64_t *ret_at) MUST_CHECK;
int mdm_due_del(struct store_txn *txn, int64_t expires_at, const char *uuid) MUST_CHECK;
/* Drops at most `most` of the oldest finished ones of an iPad that are too old or too many. */
int mdm_done_prune(struct store_txn *txn, const char *udid, int64_t now, size_t most,
	size_t *ret_n) MUST_CHECK;
/* ERR_NOTFOUND. */
int mdm_done_oldest(struct store_txn *txn, const char *udid, struct arena *a,
	struct mdm_command *ret) MUST_CHECK;
/* The next UDID with commands, waiting or finished, behind `after` (NULL: the first);
 * ERR_NOTFOUND. */
int mdm_queue_next_udid(
	struct store_txn *txn, struct arena *a, const char *after, const char **ret) MUST_CHECK;

/* Texts and secrets kept per iPad: MDM_LATEST. */
enum mdm_latest {
	MDM_LATEST_INFORMATION = 1,
	MDM_LATEST_SECURITY = 2,
	MDM_LATEST_BYPASS = 3,
	MDM_LATEST_STRANGE = 4 /* the places of its answers to nothing we asked */
};
struct mdm_latest_value {
	const char *json;
	int64_t told_at;
	struct bytes sealed, sealed_before;
	struct bytes unknown;
};
/* `id` is the UDID; for MDM_LATEST_BYPASS the serial number, since a code outlives enrolments. */
int mdm_latest_get(struct store_txn *txn, struct arena *a, enum mdm_latest what, const char *id,
	struct mdm_latest_value *ret) MUST_CHECK;
int mdm_latest_put(struct store_txn *txn, enum mdm_latest what, const char *id,
	const struct mdm_latest_value *v) MUST_CHECK;

/* --- bytes of an answer: result_msg.c --- */
struct mdm_result {
	bool readable; /* it was a plist of the right form */
	enum mdm_status status;
	const char *udid, *uuid; /* NULL: not told or not found in the wreck */
	const char *type;        /* RequestType, if told */
	const char *error;       /* "MCMDMErrorDomain 12078: …" */
	int64_t error_code;
	bool in_part;                 /* acknowledged, but some settings in it were not */
	const struct mdm_plist *root; /* NULL when not readable */
};
/* Does not fail for broken bytes: then `readable` is false and UUID and status are looked for in
 * the raw text. ERR_BADINPUT: a property list, but no answer. ERR_UNSUPPORTED: the message of a
 * user's channel or a user enrolment. */
int mdm_result_parse(struct bytes in, struct arena *a, struct mdm_result *ret) MUST_CHECK;

/* --- the flow: queue.c --- */
/* A command that is decided, into the line, with its push wish. */
struct mdm_new_command {
	const struct mdm_enrollment *e;
	const struct mdm_request_row *row;
	struct mdm_plist *command;
	const char *made_by;
	int64_t life_s;   /* 0: the row's */
	unsigned own;     /* MDM_OWN_HEAD, MDM_OWN_SEALED, MDM_OWN_CALM */
	const char *slot; /* of desired state, or NULL */
	bool although_locked; /* an erase that no Activation Lock holds back */
};
int mdm_queue_put(struct mdm *m, struct store_txn *txn, const struct mdm_new_command *n,
	int64_t now, char ret_uuid[MDM_UUID]) MUST_CHECK;
/* A live command of this type in the line; ERR_NOTFOUND. */
int mdm_line_find_type(struct store_txn *txn, struct arena *a, const char *udid, const char *type,
	struct mdm_command *ret) MUST_CHECK;
/* Ends a live command: c->state, answer and so on are set; writes, prunes, tells the listeners. */
int mdm_queue_finish(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now) MUST_CHECK;
/* Withdraws the push wish when nothing is left in the line. */
int mdm_queue_settle_push(struct store_txn *txn, const char *udid) MUST_CHECK;
/* Puts one of the house's own in the line unless one of its type is there already. */
int mdm_queue_own_once(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	enum mdm_request request, int64_t now) MUST_CHECK;
/* Fills the state that mdm_hold_decide() reads; `e` may be NULL. */
struct mdm_line_view {
	const struct mdm_enrollment *e;
	bool identity_expired;
	int64_t now;
};
int mdm_line_state_get(struct store_txn *txn, struct arena *a, const struct mdm_line_view *v,
	struct mdm_line_state *ret) MUST_CHECK;
/* The message of a live command, ready to be sent. */
int mdm_queue_message(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, struct arena *a, struct bytes *ret) MUST_CHECK;
/* Sealing contexts, each with the command's uuid. */
#define MDM_PLIST_CONTEXT "mdm.queue/plist"
#define MDM_ANSWER_CONTEXT "mdm.done/answer"

/* --- what is in memory: line.c --- */
/* Commands out at iPads, so that polls need not write. Bounded; forgetting one only makes "why"
 * say less. */
void mdm_handed_note(struct mdm_line *l, const char *udid, const char *uuid, int64_t now);
void mdm_handed_forget(struct mdm_line *l, const char *udid);
/* false: none known. */
bool mdm_handed_get(struct mdm_line *l, const char *udid, char ret_uuid[MDM_UUID], int64_t *ret_at);
/* Writes the times of those out for longer than a moment into their records, then forgets them. */
int mdm_handed_flush(struct mdm *m, int64_t now) MUST_CHECK;
/* How far the tidying of history came: a UDID, "" at the start. */
char *mdm_line_tidy_mark(struct mdm_line *l);
/* When the lost states were last looked through. */
int64_t *mdm_line_lost_mark(struct mdm_line *l);

/* --- what answers do: answer.c, facts.c --- */
/* `c` holds the state and error that the answer gave it. May change c->answer (secrets do not
 * stay) and *e (facts): *ret_changed, then the caller writes the enrolment. */
struct mdm_answer {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a;
	struct mdm_enrollment *e;
	struct mdm_command *c;
	const struct mdm_result *result;
	int64_t now;
	bool changed; /* the enrolment is to be written */
};
int mdm_answer_take(struct mdm_answer *an) MUST_CHECK;
/* After the command has left the line: what the answer means for the lost state and for the rest
 * of the line. */
int mdm_answer_follow(struct mdm_answer *an) MUST_CHECK;
/* erase.c: it told that a lock is on that was not known: a code we have is tried. */
int mdm_erase_told(struct mdm_answer *an) MUST_CHECK;
/* DeviceInformation or SecurityInfo to JSON text, less what would tell of use. */
const char *mdm_facts_json(const struct mdm_plist *dict, struct arena *a);
int mdm_facts_take(struct mdm_answer *an) MUST_CHECK;
int mdm_bypass_take(struct mdm_answer *an) MUST_CHECK;
/* With the serial number. */
#define MDM_BYPASS_CONTEXT "mdm.latest/bypass"

/* --- why: why_rules.c (pure), why.c --- */
struct mdm_why_facts {
	uint32_t state; /* enum mdm_command_state */
	enum mdm_hold hold;
	bool handed;    /* out at the iPad, no answer yet */
	bool put_off;   /* NotNow at least once */
	bool behind;    /* another that may run stands before it */
	bool by_server; /* cancelled by the house itself */
	bool no_push_cert;
	bool no_token;    /* the iPad has given no push token */
	bool wished;      /* a push wish stands */
	bool pushed;      /* Apple accepted one */
	bool overdue;     /* the wish has waited to be sent for longer than a working line takes */
	uint32_t verdict; /* enum apns_verdict of the last try */
	bool unreadable;  /* answered, but not so that we understand */
	bool was_out;     /* of mdm_command_was_out() */
};
/* What stands in the sentence's places. */
enum mdm_why_arg {
	MDM_WHY_NONE = 0,
	MDM_WHY_DONE_AT,
	MDM_WHY_ERROR,
	MDM_WHY_BY,
	MDM_WHY_EXPIRES_AT,
	MDM_WHY_AHEAD,
	MDM_WHY_AHEAD_WHY,
	MDM_WHY_PUT_OFF_AT,
	MDM_WHY_DUE_AT,
	MDM_WHY_SENT_AT,
	MDM_WHY_SEEN_AT,
	MDM_WHY_REASON,
	MDM_WHY_HANDED_AT,
	MDM_WHY_ARGS
};
struct mdm_why {
	struct say say;
	uint8_t arg[SAY_ARGS]; /* enum mdm_why_arg */
};
/* Never NULL. */
const struct mdm_why *mdm_why_decide(const struct mdm_why_facts *f);

/* --- lost state: lost_rules.c (pure), lost_db.c, lost.c --- */
enum mdm_lost_act {
	MDM_LOST_NOTHING = 0,
	MDM_LOST_CONFIRM, /* the iPad is in Lost Mode: phase on */
	MDM_LOST_ENABLE,  /* put EnableLostMode in the line */
	MDM_LOST_DISABLE, /* put DisableLostMode in the line */
	MDM_LOST_OVER,    /* it has left Lost Mode: the state ends */
	MDM_LOST_AGAIN,   /* wanted again, but there is nobody to tell until it enrols */
	MDM_LOST_ASK      /* something is odd: ask the iPad how it is */
};
enum mdm_lost_told {
	MDM_TOLD_LOST = 1,     /* DeviceInformation: IsMDMLostModeEnabled true */
	MDM_TOLD_NOT_LOST,     /* false, or error 12067 */
	MDM_TOLD_ENABLED,      /* EnableLostMode acknowledged */
	MDM_TOLD_NOT_ENABLED,  /* EnableLostMode refused by the iPad */
	MDM_TOLD_DISABLED,     /* DisableLostMode acknowledged */
	MDM_TOLD_NOT_DISABLED, /* DisableLostMode refused by the iPad */
	MDM_TOLD_INVALID,      /* another command: error 12078, not while lost */
	MDM_TOLD_ERASED,       /* EraseDevice acknowledged: it ends Lost Mode */
	MDM_TOLDS
};
/* `tried_s`: seconds since EnableLostMode or DisableLostMode was last put in the line. */
enum mdm_lost_act mdm_lost_step(uint32_t phase, enum mdm_lost_told told, int64_t tried_s);
/* Between two tries that the iPad refused. */
#define MDM_LOST_RETRY_S 3600

int mdm_lost_put(struct store_txn *txn, const struct mdm_lost *l) MUST_CHECK;
int mdm_lost_del(struct store_txn *txn, const char *serial) MUST_CHECK;
int mdm_lost_next(
	struct store_txn *txn, struct arena *a, const char *after, struct mdm_lost *ret) MUST_CHECK;
/* The phase alone; MDM_NOT_LOST when there is no record. */
int mdm_lost_phase(
	struct store_txn *txn, struct arena *a, const char *serial, uint32_t *ret_phase) MUST_CHECK;
/* The phase as far as this iPad can follow: one that is not supervised has no Lost Mode, and what
 * else may be done to it goes on. */
int mdm_lost_phase_felt(struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e,
	uint32_t *ret_phase) MUST_CHECK;
/* What an iPad told moves the lost state. */
int mdm_lost_told(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	enum mdm_lost_told told, int64_t now) MUST_CHECK;
/* Wants again what an iPad refused or forgot; a bounded piece. */
int mdm_lost_tend(struct mdm *m, int64_t now) MUST_CHECK;

/* --- iPads that come back: return_db.c, return.c --- */
struct mdm_return_plan {
	const char *serial;
	bool keep_plan, service;
	struct bytes wifi; /* sealed, with the serial number */
	const char *by;
	int64_t made_at, tried_at;
	const char *hindrance;
	struct bytes unknown;
};
#define MDM_RETURN_CONTEXT "mdm.return/wifi"
/* `due`: it is to go into the line now. */
int mdm_return_plan_put(
	struct store_txn *txn, const struct mdm_return_plan *p, bool due) MUST_CHECK;
int mdm_return_plan_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_return_plan *ret, bool *ret_due) MUST_CHECK;
int mdm_return_plan_del(struct store_txn *txn, const char *serial) MUST_CHECK;
/* The next that is due behind a serial number; ERR_NOTFOUND. */
int mdm_return_plan_next(struct store_txn *txn, struct arena *a, const char *after,
	struct mdm_return_plan *ret) MUST_CHECK;

/* --- location: location_db.c, location.c --- */
struct mdm_location_row {
	const char *serial, *purpose, *asked_by, *confirmed_by, *command, *error;
	int64_t asked_at, confirmed_at, answered_at;
	struct bytes sealed; /* the place; see location_db.c */
	struct bytes unknown;
};
/* With the serial number. */
#define MDM_LOCATION_CONTEXT "mdm.location/place"
/* How long an ask waits for its second person. */
#define MDM_LOCATE_ASK_LIFE_S (24 * 3600)
struct mdm_place_on_earth {
	int64_t latitude_e7, longitude_e7, accuracy_mm; /* accuracy below 0: not known */
	int64_t located_at;
	struct bytes unknown;
};
/* Into and out of r->sealed, by r->serial. */
int mdm_location_seal(struct certs *c, const struct mdm_place_on_earth *p, struct arena *a,
	struct mdm_location_row *r) MUST_CHECK;
int mdm_location_unseal(struct certs *c, const struct mdm_location_row *r, struct arena *a,
	struct mdm_place_on_earth *ret) MUST_CHECK;
int mdm_location_row_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_location_row *ret) MUST_CHECK;
int mdm_location_row_put(struct store_txn *txn, const struct mdm_location_row *r) MUST_CHECK;
int mdm_location_row_del(struct store_txn *txn, const char *serial) MUST_CHECK;
/* Takes a DeviceLocation answer. */
int mdm_location_take(struct mdm_answer *an) MUST_CHECK;
/* Its command ended without an answer that can be read (expired, cancelled, a wreck). */
int mdm_location_end(
	struct store_txn *txn, struct arena *a, const struct mdm_command *c) MUST_CHECK;
/* The iPad is found: what we knew of its place is erased, also from history. */
int mdm_location_forget(struct store_txn *txn, const char *serial) MUST_CHECK;

#endif
