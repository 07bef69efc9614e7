/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this folder share with each other. */
#ifndef MDM_MDM_INT_H
#define MDM_MDM_INT_H

#include "mdm/mdm.h"
#include "mdm/plist_int.h"

#include <pthread.h>

struct mdm_seen;
struct mdm_line;
struct mdm_ade;

struct mdm {
	struct store *st;
	struct certs *certs;
	struct apns *apns; /* NULL in the command line */
	_Atomic(const struct mdm_options *) o; /* never changed, but exchanged: mdm_options_set() */
	struct arena *options;                 /* each that ever was: readers keep pointers */
	struct mdm_events ev;
	struct mdm_events also; /* mdm_listen() */
	struct mdm_seen *seen;
	struct mdm_renewer *renewer;
	struct mdm_line *line;
	struct mdm_grace *grace; /* of survey links */
	struct mdm_ade *ade; /* the worker; NULL where it was not started */
	_Atomic int64_t seen_flushed_at;
	struct { /* anyone may ask for the revocation list, and each signing costs */
		pthread_mutex_t lock;
		int64_t made_at;
		struct buf der;
	} crl;
};

/* Texts of an iPad that become keys or are shown: longer is refused at the message's parser. */
#define MDM_UDID_MAX 64
#define MDM_SERIAL_MAX 64
#define MDM_TEXT_MAX 256
/* Printable ASCII without blanks: what identifiers of Apple's are made of. */
bool mdm_id_is_plain(const char *s);

/* What the identity that speaks is to the enrolment (enrollment_rules.c). */
enum mdm_voice {
	MDM_VOICE_NEW = 0, /* an identity for enrolling that this enrolment has not */
	MDM_VOICE_OWN,     /* the enrolment's own */
	MDM_VOICE_RENEWED, /* the new one of a renewal, before its TokenUpdate */
	MDM_VOICE_BEFORE   /* the one that a renewal has replaced */
};

/* --- who speaks: admit.c --- */
/* What HTTP_DEVICE's admit function leaves in rq->who: a key has been proved and its certificate
 * is ours. Whether it may speak for a UDID is asked in the transaction that acts on it
 * (mdm_owner_get), so that a revocation in between counts. */
struct mdm_caller {
	struct cert_peer peer;
	int64_t now; /* when it spoke */
};

/* An identity and the enrolment it speaks for, both as this transaction sees them. */
struct mdm_owner {
	struct cert_identity identity;
	struct mdm_enrollment e;
	bool expired;    /* may only be handed its renewal */
	bool superseded; /* replaced a moment ago: may still bring a result, nothing else */
	bool renewing;   /* the new identity of a running renewal, not yet the enrolment's */
	enum mdm_voice voice;
};
/* Who this identity is to an enrolment (NULL: there is none). ERR_DENIED. */
int mdm_voice_get(struct store_txn *txn, struct arena *a, const struct cert_identity *id,
	const struct mdm_enrollment *e, enum mdm_voice *ret) MUST_CHECK;
/* For everything but Authenticate. ERR_STRANGER: no identity of ours; ERR_DENIED: revoked, or not
 * this UDID's, or no enrolment under it. */
int mdm_owner_get(struct store_txn *txn, struct arena *a, const struct mdm_caller *who,
	const char *udid, struct mdm_owner *ret) MUST_CHECK;
/* How long the identity replaced by a renewal may still bring results. */
#define MDM_SUPERSEDED_GRACE_S 600

/* --- enrolments: enrollment_db.c --- */
/* Replaces the record, and what is counted of it: when its identity ends (ending_db.c), its rows in
 * the orders of the fleet's list (fleet_db.c). */
int mdm_enrollment_put(struct store_txn *txn, const struct mdm_enrollment *e) MUST_CHECK;
/* From the bytes of a record that an iterator showed. */
int mdm_enrollment_decode(
	struct bytes value, struct arena *a, struct mdm_enrollment *ret) MUST_CHECK;
/* What of an enrolment is counted and put in order: ending_db.c, fleet_db.c. */
struct mdm_counted {
	const char *serial, *os_version, *product;
	uint32_t state;
	bool trusted;
	int64_t ends_at;
	struct bytes unknown; /* the rest */
};
struct mdm_counted mdm_counted_of(const struct mdm_enrollment *e);
/* ERR_NOTFOUND. */
int mdm_counted_get(struct store_txn *txn, struct arena *a, const char *udid,
	struct mdm_counted *ret) MUST_CHECK;
/* Each NULL: there is none. */
int mdm_ending_move(struct store_txn *txn, const char *udid, const struct mdm_counted *was,
	const struct mdm_counted *is) MUST_CHECK;
/* Steps of mdm_layout_renew(): the enrolments of an older program are counted. */
int mdm_ending_fill(struct mdm *m) MUST_CHECK;
int mdm_fleet_fill(struct mdm *m) MUST_CHECK;
/* Does it for every enrolment, a piece a transaction. */
typedef int mdm_layout_one(struct store_txn *txn, const struct mdm_enrollment *e);
int mdm_layout_each(struct mdm *m, mdm_layout_one *one) MUST_CHECK;
/* Steps of layout.c that this store has behind it; kept by standing_db.c. */
enum mdm_layout { MDM_LAYOUT_STANDING, MDM_LAYOUT_ENDING, MDM_LAYOUT_FLEET };
int mdm_layout_done(struct store_txn *txn, enum mdm_layout step, bool *ret) MUST_CHECK;
int mdm_layout_set(struct store_txn *txn, enum mdm_layout step) MUST_CHECK;
int mdm_ending_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;
/* Its rows in the fleet's orders. NULL: there was none. */
int mdm_fleet_move(struct store_txn *txn, const char *udid, const struct mdm_counted *was,
	const struct mdm_counted *is) MUST_CHECK;
/* It spoke: at `was` (0: never) as was known on disk, now at `is`. */
int mdm_fleet_heard(struct store_txn *txn, const char *udid, int64_t was, int64_t is) MUST_CHECK;
int mdm_fleet_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;
#define MDM_FLEET_MATTER 'x' /* no order: what is the matter with it */
struct mdm_fleet_place {
	const char *udid, *serial, *os, *model;
	int64_t seen;
};
/* The row of an enrolment in one order; those of one model or version. */
struct store_key mdm_fleet_key(enum mdm_fleet_order order, const struct mdm_fleet_place *p);
struct store_key mdm_fleet_prefix(enum mdm_fleet_order order, const char *value);
/* serial -> UDID of its newest enrolment. */
int mdm_serial_put(struct store_txn *txn, const char *serial, const char *udid) MUST_CHECK;
/* ERR_NOTFOUND. */
int mdm_serial_get(struct store_txn *txn, struct arena *a, const char *serial,
	const char **ret_udid) MUST_CHECK;
/* How many are enrolled under a push topic. */
int mdm_topic_add(struct store_txn *txn, const char *topic, int by) MUST_CHECK;
int mdm_topic_count(struct store_txn *txn, const char *topic, uint64_t *ret) MUST_CHECK;
/* The greatest topic other than `topic` under which someone is enrolled; ERR_NOTFOUND. */
int mdm_topic_other(struct store_txn *txn, struct arena *a, const char *topic,
	const char **ret_topic, uint64_t *ret_count) MUST_CHECK;
/* What a sealed field of one row is bound to, so that it cannot be moved to another's: a
 * *_CONTEXT and the row's key. */
const char *mdm_seal_context(struct arena *a, const char *field, const char *key);
/* Sealing contexts of their fields; with the UDID. */
#define MDM_UNLOCK_TOKEN_CONTEXT "mdm.enrollment/unlock_token"
#define MDM_BOOTSTRAP_TOKEN_CONTEXT "mdm.enrollment/bootstrap_token"

/* --- what others hear: mdm.c; a listener that is not there is skipped --- */
int mdm_event_enrolling(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now) MUST_CHECK;
int mdm_event_enrolled(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
int mdm_event_token(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
int mdm_event_checked_out(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
int mdm_event_command_done(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now) MUST_CHECK;
int mdm_event_called(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now) MUST_CHECK;
int mdm_event_calls_wanted(struct mdm *m, struct store_txn *txn, bool *ret) MUST_CHECK;
int mdm_event_item_number(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	const char **ret) MUST_CHECK;

/* --- last seen: seen.c --- */
struct mdm_seen *mdm_seen_new(void);
void mdm_seen_free(struct mdm_seen *s);
/* Costs a short lock on one of many shards; no disk. */
void mdm_seen_note(struct mdm_seen *s, const char *udid, int64_t now);
int mdm_seen_flush(struct mdm_seen *s, struct store *st) MUST_CHECK;
/* 0: never. */
int mdm_seen_on_disk(struct store_txn *txn, const char *udid, int64_t *ret) MUST_CHECK;

/* --- check-in messages: checkin_msg.c, checkin.c --- */
enum mdm_checkin_kind {
	MDM_CHECKIN_AUTHENTICATE = 1,
	MDM_CHECKIN_TOKEN_UPDATE,
	MDM_CHECKIN_CHECK_OUT,
	MDM_CHECKIN_GET_TOKEN,
	MDM_CHECKIN_GET_BOOTSTRAP_TOKEN,
	MDM_CHECKIN_SET_BOOTSTRAP_TOKEN,
	MDM_CHECKIN_USER_AUTHENTICATE,
	MDM_CHECKIN_DECLARATIVE_MANAGEMENT,
	MDM_CHECKIN_RETURN_TO_SERVICE,
	MDM_CHECKIN_KINDS
};

struct mdm_checkin {
	enum mdm_checkin_kind kind;
	const char *message_type; /* MessageType as sent */
	const char *udid, *topic;
	/* Authenticate */
	const char *serial, *os_version, *build, *product, *imei, *meid;
	/* TokenUpdate */
	struct bytes token, unlock_token;
	const char *push_magic;
	bool awaiting_configuration;
	/* SetBootstrapToken: none or empty means delete */
	struct bytes bootstrap_token;
	/* DeclarativeManagement: "tokens", "declaration-items", "declaration/…", "status" */
	const char *endpoint;
	struct bytes data;
};
/* ERR_BADINPUT with what is wrong in ret_bad (a key's name or a static word); ERR_UNSUPPORTED for
 * user enrolments (EnrollmentID, UserID) and unknown message types. */
int mdm_checkin_parse(
	struct bytes in, struct arena *a, struct mdm_checkin *ret, const char **ret_bad) MUST_CHECK;

/* Why of a refusal that IT can lift: a batch's word does not replace an enrolled iPad. */
#define MDM_WHY_HELD "enrolled-already"
struct mdm_checkin_answer {
	int status;        /* 200, 400 or 410 */
	struct bytes body; /* plist or empty */
	bool json;         /* it is JSON: declarative management */
	const char *why;   /* a static English word for the log */
	bool wake;         /* commands were added: mdm_wake() */
};
/* On failure ret->why alone is set: which check it was. */
int mdm_checkin_apply(struct mdm *m, const struct mdm_caller *who, const struct mdm_checkin *c,
	struct arena *a, struct mdm_checkin_answer *ret) MUST_CHECK;

/* --- the steps of an enrolment: enrollment_rules.c --- */
enum mdm_step {
	MDM_STEP_REFUSE = 0,
	MDM_STEP_NOTHING,  /* said already: fine */
	MDM_STEP_BEGIN,    /* Authenticate: a new enrolment, or one from the start again */
	MDM_STEP_RENEWING, /* Authenticate by the renewed identity: remember both, wipe nothing */
	MDM_STEP_ENROLL,   /* the first TokenUpdate */
	MDM_STEP_TOKEN,    /* a later TokenUpdate */
	MDM_STEP_RENEWED,  /* TokenUpdate by the renewed identity: the old one is superseded */
	MDM_STEP_LEAVE     /* CheckOut */
};
/* `e` NULL: there is no such enrolment. A renewed identity is believed by its own record alone, not
 * by a memory of its renewal that may be gone; `own_issued_at` keeps an older one out. ERR_DENIED:
 * it belongs to another iPad, or to this one's past. */
int mdm_voice_decide(const struct cert_identity *id, const struct mdm_enrollment *e,
	int64_t own_issued_at, enum mdm_voice *ret) MUST_CHECK;
/* `state` 0: no such enrolment. */
enum mdm_step mdm_enrollment_step(
	uint32_t state, enum mdm_checkin_kind message, enum mdm_voice voice);

/* --- renewal: renewal.c --- */
struct mdm_renewal {
	const char *udid;
	const char *command;                /* the InstallProfile that carries it */
	uint8_t identity[CERT_FINGERPRINT]; /* the one to be replaced */
	int64_t started_at;
	uint32_t tries;
	struct bytes unknown;
};
/* ERR_NOTFOUND: none is running. The queue asks this to know the one command that an expired
 * identity may be handed. */
int mdm_renewal_get(struct store_txn *txn, struct arena *a, const char *udid,
	struct mdm_renewal *ret) MUST_CHECK;
int mdm_renewal_put(struct store_txn *txn, const struct mdm_renewal *r) MUST_CHECK;
int mdm_renewal_del(struct store_txn *txn, const char *udid) MUST_CHECK;
/* Pure: is it time to start (again)? `running` NULL: nothing runs. A try that came to nothing is
 * followed by another after a day, two, four, then weekly. */
bool mdm_renewal_due(const struct mdm_renewal *running, const struct mdm_enrollment *e,
	bool command_waits, int64_t now);
struct mdm_renewer *mdm_renewer_new(void);
void mdm_renewer_free(struct mdm_renewer *r);
int mdm_renewal_tend(struct mdm *m, int64_t now) MUST_CHECK;

/* --- the enrolment profile: profile.c --- */
struct mdm_profile {
	const char *challenge;
	const char *subject; /* common name */
	const char *topic;
	const char *organisation, *identifier, *device_url;
	const char *server_url, *checkin_url; /* NULL: device_url's */
	int64_t rights;                       /* 0: MDM_RIGHTS */
	struct bytes ca_der;         /* root payload; none: left out */
	struct bytes ca_fingerprint; /* SHA-1: an iPad knows it and MD5 by their sizes alone */
};
/* --- invitations: invitation.c, invitation_db.c --- */
int mdm_invitation_get(struct store_txn *txn, struct arena *a, const char *id,
	struct mdm_invitation *ret) MUST_CHECK;
int mdm_invitation_put(struct store_txn *txn, const struct mdm_invitation *i) MUST_CHECK;
/* Records with words, for layout.c. */
extern const struct rec_type mdm_invitation_rec, mdm_lost_rec, mdm_location_rec, mdm_activation_rec;
/* By the secret word of the address; ERR_NOTFOUND. */
int mdm_invitation_by_word(
	struct mdm *m, struct arena *a, const char *word, struct mdm_invitation *ret) MUST_CHECK;
/* 0, ERR_EXPIRED (over, closed or used up). */
int mdm_invitation_usable(const struct mdm_invitation *i, int64_t now) MUST_CHECK;
/* Pure: may one more iPad begin? Some begin and never come to the end, so more may than it lets
 * in, but not without limit. */
bool mdm_invitation_room(const struct mdm_invitation *i);

/* --- the queue: queue.c and neighbours; called from check-in --- */
/*
 * One result or poll: the raw body of a PUT without check-in type. Parses, opens one transaction
 * (a read when nothing changes: the idle poll), proves the owner, stores the answer, and gives
 * the next command's plist, or no bytes: the session ends. ERR_UNSUPPORTED: a user's channel.
 */
int mdm_result_apply(struct mdm *m, const struct mdm_caller *who, struct bytes body,
	struct arena *a, struct bytes *ret_next_command) MUST_CHECK;
/* Re-enrolment, check-out: what is in the line becomes cancelled; the push wish is withdrawn by
 * the caller. */
int mdm_queue_forget(
	struct mdm *m, struct store_txn *txn, const char *udid, int64_t now) MUST_CHECK;
/* First TokenUpdate, and when an iPad becomes trusted: EnableLostMode at the head of the line
 * when the lost state asks for it. */
int mdm_lost_reapply(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
/* First TokenUpdate, and again when an iPad becomes trusted: DeviceInformation, and for a trusted
 * one SecurityInfo and, when it waits in Setup Assistant, DeviceConfigured last. Untrusted:
 * DeviceInformation alone. */
int mdm_setup_queue(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
/* The house's own commands: no rules but the table's rights, no audit but `who`'s. `e` must be
 * enrolled. The caller of a secret one (renewal profile) asks for sealing. */
enum mdm_own {
	MDM_OWN_HEAD = 1,   /* before everything else in the line */
	MDM_OWN_SEALED = 2, /* the plist is sealed at rest */
	MDM_OWN_CALM = 4    /* one of many: the push may wait for a better moment */
};
int mdm_command_add_own(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_ask *ask, unsigned own, int64_t now, char ret_uuid[MDM_UUID]) MUST_CHECK;
/* All that time asks of the queue and the lost state, in bounded pieces; by mdm_tend(): expires
 * what has waited too long, keeps handed-out times, drops old history, wants Lost Mode again. */
int mdm_queue_tend(struct mdm *m, int64_t now) MUST_CHECK;
/* Makes the profiles of returns that are due and puts their erase in the line; by mdm_tend(). */
int mdm_return_tend(struct mdm *m, int64_t now) MUST_CHECK;
/* Records and indexes of the queue, lost state and locations; called by mdm_check(). */
int mdm_queue_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;
/* Asks Apple's push service to wake it, in the caller's transaction; an enrolment without a token
 * is left alone. */
int mdm_push_wish(
	struct store_txn *txn, const struct mdm_enrollment *e, bool fresh, int64_t now) MUST_CHECK;
/* What the queue keeps in memory: commands out at iPads, how far the tidying came. */
struct mdm_line *mdm_line_new(void);
void mdm_line_free(struct mdm_line *l);

/* --- the table of requests: request_table.c --- */
enum mdm_keep {
	MDM_KEEP_RAW = 0, /* the answer as it came */
	MDM_KEEP_FACTS,   /* read into the iPad's facts, then dropped */
	MDM_KEEP_SEALED   /* a secret or personal: sealed, or kept sealed elsewhere */
};
/* "Only surveys and educational material": no apps without the setting. */
extern const struct say mdm_say_no_apps;
struct mdm_key;
struct mdm_request_row {
	const char *type;         /* Apple's RequestType */
	enum mdm_request request; /* MDM_RAW: only as a raw plist */
	uint32_t rights;          /* bits of the MDM payload that it needs */
	uint8_t keep;             /* enum mdm_keep */
	bool supervised, ade_only;
	bool while_lost;    /* may be sent in Lost Mode; others wait in the line till it is found */
	bool momentary;     /* means something only now: refused while lost */
	bool untrusted;     /* may be sent to an iPad that is not known to be ours */
	bool never_not_now; /* an iPad never answers NotNow to it */
	bool one_alive;     /* a second one in the line is refused */
	bool brings_apps;   /* refused unless the setting mdm.allow_apps says otherwise */
	bool own_way;       /* only through lost state or location, never by itself */
	bool urgent;        /* push with priority 10 also when the house asks */
	bool secret;        /* the command holds a secret: sealed at rest */
	int64_t life_s;     /* how long it waits in the line */
	const char *since;  /* first iPadOS that knows it, "9.3" */
	const struct mdm_key *keys; /* what a command of this type may hold */
	const struct mdm_member *members; /* of a typed one; NULL: it is not asked for by name */
	const struct say *never;    /* why we never send it; NULL for those that may be sent */
	struct say about;           /* what it is, for people: "asked" of the promise */
};
/* Those that may be sent; typed ones first. */
const struct mdm_request_row *mdm_request_rows(size_t *ret_n);
/* Those that are never sent, each with its reason. */
const struct mdm_request_row *mdm_request_never(size_t *ret_n);
/* NULL when there is none; the second finds the refused ones too. */
const struct mdm_request_row *mdm_request_row(enum mdm_request request);
const struct mdm_request_row *mdm_request_by_type(const char *type);
/* Keys that DeviceInformation asks for; NULL ends. */
extern const char *const mdm_device_queries[];

/* --- push_cert.c --- */
struct mdm_push_new { /* a push certificate that is to be taken into use */
	struct cert_push push; /* without its key */
	struct bytes sealed_key;
};
/* ERR_BADINPUT: it is none; ERR_REFUSED: not its key, or over. */
int mdm_push_new_make(struct mdm *m, const struct mdm_push_ask *ask, struct arena *a,
	struct mdm_push_new *ret, struct refusal *r) MUST_CHECK;
/* Refused when iPads are enrolled under another topic, unless `loss` is the sentence. */
int mdm_push_new_put(
	const struct mdm_act *act, const struct mdm_push_new *p, const char *loss) MUST_CHECK;

#endif
