/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of device assignment share. */
#ifndef MDM_ADE_INT_H
#define MDM_ADE_INT_H

#include "mdm/queue_int.h"

/* The invitation that stands in identities and enrolments of iPads that came by Apple's device
 * assignment. */
#define MDM_ADE_INVITATION "ade"
/* Most devices that Apple takes or gives at once. */
#define ADE_PAGE 1000
#define ADE_CURSOR_MAX 1000

/* --- records: ade_db.c --- */
#define ADE_KEY_CONTEXT "mdm.ade/key"
#define ADE_TOKEN_CONTEXT "mdm.ade/token"

struct ade_key {
	const char *cert_pem;
	struct bytes sealed_key;
	int64_t made_at;
	bool used; /* a token for it is in */
	struct bytes unknown;
};
struct ade_sealed_token {
	struct bytes sealed; /* the JSON as it came */
	int64_t expires_at, imported_at;
	struct bytes unknown;
};
int ade_key_get(struct store_txn *txn, struct arena *a, struct ade_key *ret) MUST_CHECK;
int ade_key_put(struct store_txn *txn, const struct ade_key *k) MUST_CHECK;
int ade_sealed_token_get(
	struct store_txn *txn, struct arena *a, struct ade_sealed_token *ret) MUST_CHECK;
int ade_sealed_token_put(struct store_txn *txn, const struct ade_sealed_token *t) MUST_CHECK;
int ade_state_put(struct store_txn *txn, const struct mdm_ade_state *s) MUST_CHECK;
/* Brings the errand of assigning along with due_at. `before` NULL: it is new. */
int ade_device_put(struct store_txn *txn, const struct mdm_ade_device *before,
	const struct mdm_ade_device *d) MUST_CHECK;
int ade_device_decode(struct bytes value, struct arena *a, struct mdm_ade_device *ret) MUST_CHECK;

/* --- errands: errand_db.c --- */
enum mdm_errand {
	MDM_ERRAND_ASSIGN = 1, /* of a device: its due_at */
	MDM_ERRAND_REPLACE,    /* ask whose place it took */
	MDM_ERRAND_DISOWN,
	MDM_ERRAND_LOCK, /* Activation Lock: its struct mdm_activation's due_at */
	MDM_ERRAND_UNLOCK,
	MDM_ERRAND_BYPASS /* read the Activation Lock code of an iPad again */
};
int mdm_errand_add(
	struct store_txn *txn, enum mdm_errand kind, int64_t due_at, const char *serial) MUST_CHECK;
/* 0 too when there is none. */
int mdm_errand_del(
	struct store_txn *txn, enum mdm_errand kind, int64_t due_at, const char *serial) MUST_CHECK;
/* Those due by `now`, soonest first. */
struct mdm_errand_row {
	int64_t due_at;
	const char *serial;
};
int mdm_errand_due(struct store_txn *txn, struct arena *a, enum mdm_errand kind, int64_t now,
	struct mdm_errand_row *rows, size_t most, size_t *ret_n) MUST_CHECK;
/* When the first of a kind is due; INT64_MAX: none. */
int mdm_errand_next(struct store_txn *txn, enum mdm_errand kind, int64_t *ret) MUST_CHECK;

/* --- bytes: ade_token_msg.c, ade_oauth_msg.c, ade_device_msg.c, ade_profile_msg.c,
 * machine_info_msg.c (pure) --- */
struct ade_token {
	const char *consumer_key, *consumer_secret, *access_token, *access_secret;
	int64_t expires_at;
};
/* The S/MIME file as downloaded (or bare DER or PEM) to the DER inside. */
int ade_token_envelope(struct bytes file, struct arena *a, struct bytes *ret_der) MUST_CHECK;
/* What was in the envelope to its JSON. */
int ade_token_text(struct bytes plain, struct arena *a, struct bytes *ret_json) MUST_CHECK;
int ade_token_parse(struct bytes json, struct arena *a, struct ade_token *ret) MUST_CHECK;

/* The Authorization header of RFC 5849 for a request without a body. */
const char *ade_oauth_header(const struct ade_token *t, const char *method, const char *url,
	int64_t now, const char *nonce, struct arena *a);

struct ade_page {
	struct mdm_ade_device *devices;
	bool *deleted; /* op_type */
	size_t count;
	size_t skipped; /* rows without a serial number that can be one */
	const char *cursor;
	bool more;
};
/* A reply of fetch or sync. */
int ade_page_parse(struct bytes body, struct arena *a, struct ade_page *ret) MUST_CHECK;
/* {"devices":{"SERIAL":"SUCCESS"}} and retry_after_seconds. */
struct ade_verdicts {
	const struct doc *devices;
	int64_t retry_after_s;
	const char *profile_uuid;
};
int ade_verdicts_parse(struct bytes body, struct arena *a, struct ade_verdicts *ret) MUST_CHECK;
/* "SUCCESS", "THROTTLED"…; NULL: not mentioned. */
const char *ade_verdict_of(const struct ade_verdicts *v, const char *serial);

extern const char *const ade_skip_default[];
struct doc *ade_profile_build(const struct mdm_options *o, struct bytes anchor, struct arena *a);

struct machine_info {
	const char *serial, *udid, *product, *os_version, *build, *imei, *meid, *language;
	bool can_update; /* MDM_CAN_REQUEST_SOFTWARE_UPDATE */
};
int machine_info_parse(struct bytes plist, struct arena *a, struct machine_info *ret) MUST_CHECK;

/* --- what Apple's answers mean: ade_rules.c (pure) --- */
enum ade_verdict {
	ADE_FINE = 0,
	ADE_SESSION,   /* a new session, once */
	ADE_TOKEN,     /* the token is no good: a person is needed */
	ADE_TERMS,     /* new terms are to be accepted */
	ADE_EXHAUSTED, /* of a fetch: all is told; sync from here */
	ADE_RESTART,   /* the cursor is no good: all anew */
	ADE_LATER,     /* not now */
	ADE_NO_PROFILE,
	ADE_METHOD, /* 405 */
	ADE_REFUSED,
	ADE_ODD /* answered, but not so that it is of use */
};
/* Whose trouble it is that a round of the list (or an errand) ended like this. */
enum mdm_ade_whose ade_whose(enum ade_verdict v, bool of_sync);
/* `code` gets the word that people are told, "T_C_NOT_SIGNED" or "HTTP_418". */
#define ADE_CODE 64
enum ade_verdict ade_answer_judge(int status, struct bytes body, char code[ADE_CODE]);
/* Seconds to the next try after so many failures in a row. */
int64_t ade_wait_s(enum ade_verdict v, uint32_t failures, int64_t retry_after_s);

enum ade_change { ADE_SAME, ADE_OLD, ADE_NEW, ADE_CHANGED, ADE_GONE };
/* What a row of Apple's makes of what we have (`have` NULL: nothing). *ret is what is to be stored.
 */
struct ade_row {
	const struct mdm_ade_device *row;
	bool deleted;
	uint64_t run;             /* of the fetch; 0: a sync */
	const char *profile_uuid; /* ours; NULL: not defined yet */
	int64_t now;
};
enum ade_change ade_row_decide(
	const struct ade_row *r, const struct mdm_ade_device *have, struct mdm_ade_device *ret);
/* "17.6.1" against "18.0": below 0 when a is older. */
int ade_version_compare(const char *a, const char *b);

/* --- talking to Apple: ade_call.c --- */
struct ade_line { /* of one round of the worker */
	struct mdm *m;
	struct net *net;
	struct ade_token token;
	char session[512];
	int64_t now;
	char code[ADE_CODE]; /* of the last answer that was not fine */
	int64_t retry_after_s;
};
struct ade_ask {
	const char *method, *path; /* path with its query */
	struct doc *body;
};
/* Seconds that an answer may take. */
unsigned ade_answer_time(const struct mdm *m);
/* 0 with the verdict and what came; ERR_NET and its like when nothing came. */
int ade_call(struct ade_line *l, const struct ade_ask *ask, struct arena *a,
	enum ade_verdict *ret_verdict, struct bytes *ret_body) MUST_CHECK;

/* --- the worker's rounds; each returns a verdict: ADE_FINE, or why it stopped --- */
int ade_sync_round(struct ade_line *l, enum ade_verdict *ret) MUST_CHECK;    /* ade_sync.c */
int ade_account_round(struct ade_line *l, enum ade_verdict *ret) MUST_CHECK; /* ade_assign.c */
int ade_assign_round(struct ade_line *l, enum ade_verdict *ret) MUST_CHECK;
int ade_disown_round(struct ade_line *l, enum ade_verdict *ret) MUST_CHECK; /* ade_disown.c */
int ade_replace_round(struct ade_line *l, enum ade_verdict *ret) MUST_CHECK;
int mdm_activation_lock_round(
	struct ade_line *l, enum ade_verdict *ret) MUST_CHECK; /* activation.c */
/* Before the lock of `was` is sent: an answer that is lost on the way may have been a yes. False when
 * something else is wanted by now: then it is not sent. */
int mdm_activation_sending(struct store_txn *txn, struct arena *a, const struct mdm_activation *was,
	struct bytes hash, bool *ret_wanted) MUST_CHECK;
/* Asks another service of Apple's, with the push certificate: needs no server token. */
int mdm_activation_unlock_round(struct ade_line *l) MUST_CHECK;

/* --- the worker: ade_worker.c --- */
struct mdm_ade;
void mdm_ade_wake(struct mdm *m); /* cheap; nothing without a worker */
/* From mdm_tend: has another process asked for something? */
int mdm_ade_tend(struct mdm *m, int64_t now) MUST_CHECK;

/* --- enrolling: ade_enrol.c --- */
struct ade_enrolment {
	const char *update_to; /* it must update first, to this iPadOS */
	struct bytes profile;
	const char *serial;
};
/* What an iPad from Apple's device assignment asked with. ERR_UNSUPPORTED: no device CA is set;
 * ERR_CRYPTO: not signed by it; ERR_BADINPUT; ERR_STRANGER: not assigned to us, as far as we know;
 * ERR_CONFLICT: no push certificate. */
int mdm_ade_enrol(struct mdm *m, struct bytes message, int64_t now, struct arena *a,
	struct ade_enrolment *ret) MUST_CHECK;

/* --- activation_open.c --- */
/* May the lock of somebody's own be opened? Pure. */
int mdm_activation_open_decide(const char *serial, const struct mdm_activation *v,
	const char *reason, bool has_code, struct refusal *r);

/* --- Activation Lock: activation_msg.c (pure), activation_db.c, activation.c --- */
#define MDM_ACTIVATION_CODE 16 /* random bytes */
#define MDM_ACTIVATION_CODE_CONTEXT "mdm.activation/code"
#define MDM_ACTIVATION_HASH_CONTEXT "mdm.activation/hash"
/* "XXXXX-XXXXX-XXXX-XXXX-XXXX-XXXX" in Apple's 32 letters. */
const char *mdm_activation_code_text(const uint8_t code[MDM_ACTIVATION_CODE], struct arena *a);
/* What Apple is given to lock with: takes milliseconds. */
const char *mdm_activation_hash(const uint8_t code[MDM_ACTIVATION_CODE], struct arena *a);
/* Asked for now, by whoever acts: what Apple said before counts no more. (activation_want.c) */
void mdm_activation_want(
	struct mdm_activation *v, enum mdm_activation_state what, const struct mdm_act *act);
int mdm_activation_put(struct store_txn *txn, const struct mdm_activation *before,
	const struct mdm_activation *v) MUST_CHECK;
/* All codes there are for a serial number; ERR_NOTFOUND. */
int mdm_bypass_codes(struct mdm *m, struct store_txn *txn, const char *serial, struct arena *a,
	struct mdm_bypass *ret) MUST_CHECK;
/* Errands of reading an iPad's own code again; by mdm_tend(). */
int mdm_bypass_tend(struct mdm *m, int64_t now) MUST_CHECK;
/* At enrolment: when its code is to be read. */
int mdm_bypass_plan(struct store_txn *txn, const struct mdm_enrollment *e, int64_t now) MUST_CHECK;

/* --- Setup Assistant: gate.c, gate_db.c --- */
int mdm_gate_put(struct store_txn *txn, const struct mdm_gate *g) MUST_CHECK;
int mdm_gate_del(struct store_txn *txn, const char *udid) MUST_CHECK;
/* Those that have not been opened, by UDID. */
int mdm_gate_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_gate **ret,
	size_t *ret_n) MUST_CHECK;
/* First TokenUpdate of one that waits. */
int mdm_gate_close(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
/* After an answer: is all done? */
int mdm_gate_try(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
int mdm_gate_tend(struct mdm *m, int64_t now) MUST_CHECK;

/* --- what people are told: ade_say.c --- */
extern const struct say mdm_say_ade_token_form, mdm_say_ade_token_key, mdm_say_ade_no_key,
	mdm_say_ade_token_old, mdm_say_ade_unknown, mdm_say_ade_enrolled, mdm_say_ade_not_asked,
	mdm_say_ade_asked, mdm_say_ade_no_token;

int mdm_ade_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
