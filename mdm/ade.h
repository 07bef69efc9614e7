/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of mdm.h: Apple's device assignment, Activation Lock and Setup Assistant. */
#ifndef MDM_ADE_H
#define MDM_ADE_H

#include "mdm/mdm.h"

/* --- Apple's device assignment (Automated Device Enrollment, protocol version 10) --- */
/*
 * Words. Server token: Apple's permission for this server, a file encrypted to our key, good for a
 * year. Assigned: Apple counts the device as this server's. Profile: what Apple gives an assigned
 * iPad before it asks us. Errand: something the worker is to do at Apple for one device, kept in
 * the store until it is done. Trouble: why the last round did not end well, as a code.
 *
 * What is asked for here is written down; the worker thread does it, and asks Apple by itself now
 * and then. No network in any function but that thread's.
 */
struct mdm_ade_device {
	const char *serial;
	const char *model, *description, *color, *family, *os, *asset_tag;
	const char *imei, *meid, *eid, *wifi_mac, *bluetooth_mac;
	const char *profile_uuid, *profile_status; /* as Apple tells them */
	int64_t assigned_at;                       /* to this server */
	int64_t migrate_by; /* it must have left the server before us by then; 0: no such day */
	int64_t op_at;      /* of Apple's newest word about it */
	uint64_t run;       /* of the full fetch that saw it last */
	int64_t first_at, changed_at; /* when we heard */
	int64_t gone_at;              /* assigned to us no longer */
	bool is_replacement, is_replaced;
	const char *replaces; /* serial number of the one whose place it took */
	int64_t due_at;       /* the errand of assigning our profile; 0: none */
	uint32_t tries;
	const char *trouble;                /* what Apple said to the last try, "THROTTLED" */
	const char *disown_by;              /* who asked for it to be released, for good */
	int64_t disown_asked_at, disown_at; /* asked; confirmed */
	struct bytes unknown;
};
/* Whose trouble it is, and so what goes on in spite of it. */
enum mdm_ade_whose {
	MDM_ADE_PASSES = 0, /* Apple's or the net's, and everything's: it passes by itself */
	MDM_ADE_PERSONS,    /* everything's: token, terms, another server; nothing is sent until then */
	MDM_ADE_OF_SYNC,    /* the list's alone */
	MDM_ADE_OF_ERRAND   /* our profile's or a device's alone */
};
struct mdm_ade_state {
	bool has_key, has_token;
	int64_t token_expires_at, token_at;
	const char *server_name, *server_uuid, *organisation;
	const char *profile_uuid, *profile_hash;
	int64_t profile_at;
	const char *cursor;
	bool fetched;      /* all were fetched once: from here on only what changed is asked for */
	uint64_t run;      /* number of the full fetch under way, or the last */
	int64_t run_at;    /* when it began */
	const char *sweep; /* after a full fetch: how far those not seen are marked as gone */
	bool sweeping;
	int64_t asked_at;    /* somebody asked for a round now */
	int64_t answered_at; /* ... the last such word that a round has answered */
	int64_t synced_at;   /* end of the last good round */
	int64_t tried_at;
	const char *trouble;
	int64_t trouble_at, retry_at;
	uint32_t trouble_of; /* enum mdm_ade_whose */
	int64_t failing_at;  /* since then no round has ended well, whatever the troubles were; 0 */
	uint32_t failures;
	uint64_t devices; /* assigned now */
	struct bytes unknown;
};
/* The certificate for Apple's portal as PEM; its key is made at the first call and kept sealed. A
 * new one is made only after a token for this one is in (`again`). */
int mdm_ade_key(struct mdm *m, const struct audit_who *who, bool again, int64_t now,
	struct arena *a, const char **ret_pem) MUST_CHECK;
/* The server token as downloaded. ERR_REFUSED: not made for our key, expired, another server's. */
int mdm_ade_token_import(struct mdm *m, const struct audit_who *who, struct bytes p7m, int64_t now,
	struct refusal *r) MUST_CHECK;
/* All zeros when nothing was ever done. */
int mdm_ade_state_get(struct store_txn *txn, struct arena *a, struct mdm_ade_state *ret) MUST_CHECK;
/* What stands in the way, in one sentence; NULL: nothing. */
const char *mdm_ade_trouble_say(struct arena *a, const char *trouble, enum say_lang lang);
/* It is the server token: nothing goes on until a person brings another one in. */
bool mdm_ade_trouble_is_token(const char *trouble);
/* Since when device assignment has stood still, in a way that somebody should know of: what only
 * a person mends at once, what may pass by itself after a day. 0: it does not. Tokens and terms,
 * which have words of their own, are not counted. */
int64_t mdm_ade_still_since(const struct mdm_ade_state *s, int64_t now);
/* "Hylla has no server token": for whoever asks for a round without one (ERR_NOTFOUND). */
const struct say *mdm_ade_say_no_token(void);
/* A round as soon as the worker can; `full`: all devices anew. */
int mdm_ade_sync_ask(struct mdm *m, const struct audit_who *who, bool full, int64_t now) MUST_CHECK;
int mdm_ade_device_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_ade_device *ret) MUST_CHECK;
/* Those that Apple counts, or counted, as ours. */
int mdm_ade_device_count(struct store_txn *txn, uint64_t *ret) MUST_CHECK;
/* In serial number order. */
int mdm_ade_device_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_ade_device **ret, size_t *ret_n) MUST_CHECK;
/* Our profile to it once more. */
int mdm_ade_assign_ask(struct mdm *m, const struct audit_who *who, const char *serial, int64_t now,
	struct refusal *r) MUST_CHECK;
/* Releases a device from the organisation, which cannot be undone. The first call writes down who
 * asks; the second, within an hour, does it. */
int mdm_ade_disown_ask(struct mdm *m, const struct audit_who *who, const char *serial, int64_t now,
	struct refusal *r) MUST_CHECK;
int mdm_ade_disown_confirm(struct mdm *m, const struct audit_who *who, const char *serial,
	int64_t now, struct refusal *r) MUST_CHECK;
/* The profile as it is given to Apple. */
int mdm_ade_profile_doc(struct mdm *m, struct arena *a, struct doc **ret) MUST_CHECK;
/* The worker. `n` must outlive it. */
int mdm_ade_start(struct mdm *m, struct net *n) MUST_CHECK;
void mdm_ade_stop(struct mdm *m);

/* --- Activation Lock --- */
/*
 * A lock of ours at Apple, for what was stolen: with it the iPad is of no use to anybody, erased or
 * not. Its code is made here, and kept sealed. And the end of a lock that is not ours: the borrower
 * made it with an account of their own, and the code that the iPad told us opens it at Apple.
 */
enum mdm_activation_state {
	MDM_ACTIVATION_NONE = 0,
	MDM_ACTIVATION_LOCK_WANTED,
	MDM_ACTIVATION_LOCKED,
	MDM_ACTIVATION_UNLOCK_WANTED,
	MDM_ACTIVATION_UNLOCKED,
	MDM_ACTIVATION_NOT_OPENED /* somebody's own lock: Apple took none of the codes we have */
};
struct mdm_activation {
	const char *serial;
	uint32_t state;
	struct bytes code, hash, code_before; /* sealed */
	const char *message, *by;
	int64_t asked_at;   /* for what the state says */
	int64_t settled_at; /* Apple said yes */
	int64_t due_at;     /* the next try; 0: none */
	uint32_t tries;
	const char *trouble; /* what Apple said to the last */
	const char *reason;  /* why a lock that is not ours is opened; NULL: it is ours */
	const char *sent;    /* the words of the first try: they may stand at Apple, whatever is wanted now */
	struct bytes unknown;
};
int mdm_activation_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_activation *ret) MUST_CHECK;
/* Wants the lock, or wants it gone; the worker sees to it. The second does nothing when there is no
 * lock of ours. After the commit call mdm_wake(). */
int mdm_activation_lock(struct mdm *m, const struct mdm_act *act, const char *serial,
	const char *message) MUST_CHECK;
/* Other words for a lock that is wanted: they go with the next try. Apple takes them with the lock,
 * and none as long as it stands. */
int mdm_activation_words(
	struct store_txn *txn, const char *serial, const char *message) MUST_CHECK;
int mdm_activation_clear(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now) MUST_CHECK;
/* Wants a lock opened that somebody made with an account of their own, with a reason. ERR_REFUSED:
 * no reason, a lock of ours (it ends when the thing is found), no code to open it with. */
int mdm_activation_open(struct mdm *m, const struct mdm_act *act, const char *serial,
	const char *reason) MUST_CHECK;
#define MDM_OPEN_REASON 200

/* --- Setup Assistant --- */
/* An iPad that waits in Setup Assistant until its set-up is done. */
struct mdm_gate {
	const char *udid, *serial;
	int64_t since, until; /* until: let out then in any case */
	int64_t opened_at;    /* DeviceConfigured is in its line */
	bool late;            /* ... before its set-up was done */
	struct bytes unknown;
};
/* One that is none of ours, but came by Apple's word: let out of Setup Assistant, where it would wait
 * for ever for a set-up that never comes. One that is lost stays where it is. */
int mdm_gate_let_out(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t now) MUST_CHECK;
/* ERR_NOTFOUND: it waits for nothing, and was let out in good order. */
int mdm_gate_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_gate *ret) MUST_CHECK;

/* Would iPads with cellular (the others show nothing there) get no eSIM during set-up? NULL: no. */
bool mdm_ade_skips_sim(const char *const *skip);

#endif
