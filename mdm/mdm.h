/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * mdm: Apple's protocol. Enrolment, check-in, the command queue, lost state, renewal.
 *
 * Words are Apple's. Enrolment: the tie between one iPad (UDID) and us, proved by its identity.
 * Invitation: our permission to enrol, for one serial number or a batch; its word is the secret
 * part of the enrolment address. Trusted: the inventory knows this serial number; an untrusted
 * iPad may enrol but is sent nothing save DeviceInformation, until someone says it is ours.
 * Session: from an Idle poll to our empty answer. Lost state: what we want (table MDM_LOST), kept
 * on the server, so that an erase does not end it.
 *
 * mdm never knows inventory: struct mdm_events carries what others want to hear, inside the open
 * transaction.
 *
 * Not watching: the seniors were promised that use of the iPads is not logged. The rights asked
 * for (MDM_RIGHTS) leave out listing apps, no query of usage exists here, location needs Lost
 * Mode and two people. The list the public sees is made from these tables (mdm_promise).
 */
#ifndef MDM_MDM_H
#define MDM_MDM_H

#include "apns/apns.h"
#include "audit/audit.h"
#include "base/doc.h"
#include "base/say.h"
#include "certs/certs.h"
#include "http/http.h"
#include "net/net.h"
#include "store/store.h"

/* Everything but listing apps (256), provisioning profiles (64, 128) and restrictions (512). */
#define MDM_RIGHTS 7231

#define MDM_UUID 37 /* text with NUL */

struct mdm;
/* What an act of staff is done with: in which transaction, by whom, when, and where a "no" is told
 * (`r` may be NULL where nothing is refused). */
struct mdm_act {
	struct store_txn *txn;
	const struct audit_who *who;
	int64_t now;
	struct refusal *r;
};

/* --- what others hear; each may write in the transaction; NULL members are skipped --- */
struct mdm_command;
struct mdm_enrollment;
struct mdm_ade_device;
enum mdm_bypass_news {
	MDM_BYPASS_TOLD = 1,
	MDM_BYPASS_WANTED, /* twelve days have gone without it */
	MDM_BYPASS_OVER    /* fifteen: it tells it no more until it is set up anew */
};
struct mdm_events {
	void *ctx;
	/* Authenticate: is this serial number one of ours? */
	int (*enrolling)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
		bool *ret_trusted, int64_t now);
	/* First TokenUpdate after an Authenticate: enrolled. */
	int (*enrolled)(
		void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
	/* Each TokenUpdate, the first one too. */
	int (*token)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
	int (*checked_out)(
		void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
	/* A command reached its end, whichever way. */
	int (*command_done)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
		const struct mdm_command *c, int64_t now);
	/* It called and ended no command: with nothing to say (`c` is NULL), or putting one off. */
	int (*called)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
		const struct mdm_command *c, int64_t now);
	/* Is anybody to be told of those? Without, a call writes nothing. */
	int (*calls_wanted)(void *ctx, struct store_txn *txn, bool *ret);
	/* Our own number of a thing, for texts on its screen; in the arena, or NULL. */
	int (*item_number)(void *ctx, struct store_txn *txn, struct arena *a, const char *serial,
		const char **ret);
	/* Apple's device assignment tells of a device: it is ours, though nobody has opened its
	 * box. Told again whenever Apple tells something new of it. */
	int (*assigned)(
		void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now);
	/* It is assigned to us no longer. */
	int (*unassigned)(
		void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now);
	/* Apple has exchanged one for another, which takes its place. */
	int (*replaced)(
		void *ctx, struct store_txn *txn, const char *from, const char *to, int64_t now);
	/* It waited in Setup Assistant, and the limit was reached: it was let out with its set-up
	 * unfinished. */
	int (*setup_late)(
		void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
	/* The code that opens a borrower's own Activation Lock, which an iPad tells for fifteen days. */
	int (*bypass)(void *ctx, struct store_txn *txn, const char *serial,
		enum mdm_bypass_news news, int64_t now);
	/* What came of an Activation Lock: enum mdm_activation_state. */
	int (*activation)(void *ctx, struct store_txn *txn, const char *serial, uint32_t state,
		int64_t now);
};

/* Apple's device assignment; strings as in mdm_options. */
struct mdm_ade_options {
	const char *url;            /* "https://mdmenrollment.apple.com" */
	const char *unlock_url;     /* where Activation Locks are opened; NULL: Apple's own */
	const char *root_path;      /* PEM of the roots of both; NULL: the system's */
	const char *device_ca_path; /* PEM of Apple's device CA; NULL: no iPad enrols this way */
	int64_t sync_every_s;       /* 0: half an hour */
	int64_t answer_time_s;      /* how long an answer of Apple's may take; 0: two minutes */
	int64_t await_limit_s;      /* an iPad is let out of Setup Assistant then; 0: ten minutes */
	const char *profile_name, *department, *support_phone, *support_email;
	const char *const *skip; /* panes of Setup Assistant that are skipped; ends with NULL; NULL:
				    those that suit our seniors */
	const char *minimum_os;  /* "18.2": older ones update before they enrol; NULL: any */
};

struct mdm_options {
	const char *device_url; /* "https://mdm.example.se:8443"; fixed for an enrolment's life */
	const char *organisation;
	const char *profile_id;   /* PayloadIdentifier of the enrolment profile, reverse DNS */
	int64_t challenge_life_s; /* 0: one hour */
	int64_t renew_before_s;   /* 0: 90 days before an identity ends */
	unsigned renew_per_hour;  /* 0: 60 */
	bool sign_profiles;       /* default on in the server's configuration */
	bool trust_ca_in_profile; /* put our CA in the profile as a root (private TLS) */
	const char *contact;      /* whom to call: {phone} in texts on iPads */
	const char *public_url; /* where surveys' links lead: "https://ipad.example.se"; or NULL */
	const char *quiet;      /* when mailings wait: "20:00-08:00"; or NULL */
	bool reports;           /* iPads that can are asked to report their state, always */
	bool allow_apps;        /* administrators may send apps, not only surveys and books */
	struct mdm_ade_options ade;
};

/* All pointers must outlive the result. `ap` may be NULL (command line: no worker here). */
int mdm_open(struct store *st, struct certs *c, struct apns *ap, const struct mdm_options *o,
	const struct mdm_events *ev, struct mdm **ret) MUST_CHECK;
void mdm_close(struct mdm *m);
/* Other options from now on, without a start. Not on two threads at once. */
void mdm_options_set(struct mdm *m, const struct mdm_options *o);
/* Somebody else who hears the same, after the first; `ret_trusted` is not theirs to set. Before any
 * other thread. */
void mdm_listen(struct mdm *m, const struct mdm_events *ev);
/* Wakes the push worker after a commit that added commands; cheap. */
void mdm_wake(struct mdm *m);
/* Rows for http: /mdm (PUT), /scep, /enroll/{word}, /ca.crl … */
struct http_routes mdm_routes(struct mdm *m);
/* The admit function of HTTP_DEVICE; ctx is struct mdm *. Sets rq->who to struct mdm_caller. */
int mdm_admit_device(struct http_request *rq, void *ctx);
/* One round of what time asks for: expired commands, renewals, last-seen times to disk. Called
 * each few seconds by the server's clock thread. */
int mdm_tend(struct mdm *m, int64_t now) MUST_CHECK;
/* Last-seen times still in memory to disk; before stopping. */
int mdm_flush(struct mdm *m) MUST_CHECK;

/* --- enrolments --- */
enum mdm_enrollment_state {
	MDM_AUTHENTICATED = 1, /* asked to enrol; no TokenUpdate yet */
	MDM_ENROLLED = 2,
	MDM_CHECKED_OUT = 3 /* said goodbye, or was replaced */
};

struct mdm_enrollment {
	const char *udid;   /* opaque; compared exactly */
	const char *serial; /* as Authenticate told */
	uint32_t state;
	bool trusted;
	const char *topic;
	struct bytes push_token;
	const char *push_magic;
	int64_t token_at_ms;          /* last TokenUpdate */
	struct bytes unlock_token;    /* sealed; kept when a later TokenUpdate lacks one */
	struct bytes bootstrap_token; /* sealed */
	uint8_t identity[CERT_FINGERPRINT];
	uint8_t identity_before[CERT_FINGERPRINT]; /* replaced by a renewal */
	int64_t identity_ends_at;
	const char *os_version, *build, *product, *imei, *meid;
	uint32_t supervised; /* 0 not known, 1 no, 2 yes */
	bool awaiting_configuration;
	int64_t authenticated_at, enrolled_at, checked_out_at;
	uint32_t session; /* rises when an Idle poll finds commands put off in the one before */
	bool put_off;     /* something was answered NotNow in this session */
	const char *invitation;
	int64_t told_at;   /* when facts of DeviceInformation last came; right to the hour */
	int64_t erased_at; /* EraseDevice was acknowledged; 0 again when it speaks after all */
	struct bytes unknown;
};
int mdm_enrollment_get(struct store_txn *txn, struct arena *a, const char *udid,
	struct mdm_enrollment *ret) MUST_CHECK;
/* The newest enrolment of a serial number. */
int mdm_enrollment_by_serial(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_enrollment *ret) MUST_CHECK;
/* In UDID order. */
int mdm_enrollment_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_enrollment **ret, size_t *ret_n) MUST_CHECK;
/* How many are enrolled now. */
int mdm_enrolled_count(struct store_txn *txn, uint64_t *ret) MUST_CHECK;
/* The identities that enrolled iPads speak with, by when they end; their serial numbers. Costs the
 * same for any number of them. */
int mdm_ending_look(struct store_txn *txn, struct arena *a, const struct store_span *span,
	struct store_look *ret) MUST_CHECK;
/* When the iPad last spoke to us (memory first, then disk); 0: never. */
int mdm_seen_get(struct mdm *m, struct store_txn *txn, const char *udid, int64_t *ret) MUST_CHECK;
/* The same for an enrolment at hand: its last TokenUpdate counts too, so that one that has just
 * enrolled does not look as if it never spoke. */
int mdm_enrollment_seen(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	int64_t *ret) MUST_CHECK;
/* The inventory's word that a serial number is (not) ours; tells a waiting enrolment. 0 also when
 * nothing is enrolled under it. */
int mdm_trust_set(struct mdm *m, struct store_txn *txn, const char *serial, bool trusted,
	int64_t now) MUST_CHECK;
/* The facts last told, as JSON text: {"information": what DeviceInformation answered, "security": what
 * SecurityInfo did}, each with Apple's keys, and only those that were told; ERR_NOTFOUND. */
int mdm_facts_get(
	struct store_txn *txn, struct arena *a, const char *udid, const char **ret_json) MUST_CHECK;
/* The battery's level in per cent of "information" (may be NULL); -1: not told. */
int mdm_facts_battery(const struct doc *information);

/* --- invitations and the enrolment profile --- */
struct mdm_invitation {
	const char *id;
	const char *serial; /* the only iPad it is for; NULL: a batch */
	const char *note;   /* "Leverans 4711" */
	uint32_t most;      /* iPads; 1 with a serial */
	uint32_t used;      /* enrolments so far */
	uint32_t begun;     /* enrolments begun, each UDID once: capped, each costs us a record */
	int64_t made_at, expires_at, closed_at;
	const char *made_by;
	const char *awaiting;   /* reserved */
	struct bytes word_hash; /* SHA-256 of the word in the address */
	struct bytes unknown;
};
struct mdm_invitation_ask {
	const struct audit_who *who;
	int64_t now;
	const char *serial; /* or NULL */
	const char *note;
	uint32_t most;
	int64_t life_s; /* 0: 30 days */
};
/* A new invitation; its address (with the secret word, told only now) in the arena. */
int mdm_invite(struct mdm *m, const struct mdm_invitation_ask *ask, struct arena *a,
	struct mdm_invitation *ret, const char **ret_url) MUST_CHECK;
int mdm_invitation_list(struct store_txn *txn, bool newest_first, const struct store_piece *piece,
	struct mdm_invitation **ret, size_t *ret_n) MUST_CHECK;
int mdm_invitation_close(
	struct mdm *m, const struct audit_who *who, const char *id, int64_t now) MUST_CHECK;
struct mdm_profile_ask {                /* for whom: one of the first three */
	const char *invitation;         /* an invitation's id */
	const char *assigned;           /* the serial number of one from device assignment */
	const struct mdm_enrollment *e; /* one that is ours: the challenge is bound to its UDID */
	bool again;     /* … or, since it is about to be erased, to its serial number */
	int64_t life_s; /* of the challenge; 0: as the options say */
	int64_t now;
};
/* The enrolment profile with a fresh challenge (signed, outside the transactions, when the options
 * say so). Each call spends nothing until an iPad enrols. ERR_EXPIRED, ERR_NOTFOUND; ERR_CONFLICT
 * while there is no push certificate, whose topic the iPad keeps for life. */
int mdm_profile_make(struct mdm *m, const struct mdm_profile_ask *ask, struct arena *a,
	struct bytes *ret) MUST_CHECK;

/* --- the push certificate --- */
struct mdm_push_vendor { /* the vendor's pair, and its chain or NULL */
	const char *cert_pem, *key_pem, *chain_pem;
};
struct mdm_push_ask { /* a push certificate to be taken into use */
	const struct audit_who *who;
	const char *cert_pem;
	const char *key_pem; /* NULL: that of our request */
	const char *loss;    /* the sentence typed, or NULL */
	int64_t now;
};
/* The request for the vendor or, with the vendor's pair, for Apple's portal (Base64 of the
 * PushCertRequest plist). */
int mdm_push_request(struct mdm *m, const struct mdm_push_vendor *v, struct arena *a,
	const char **ret_text) MUST_CHECK;
/* Refused when its topic differs from that of any enrolled iPad, unless `loss` is the sentence
 * the refusal ends with, typed out in any of the languages. ERR_BADINPUT: no such certificate. */
int mdm_push_import(struct mdm *m, const struct mdm_push_ask *ask, struct arena *a,
	struct cert_push *ret, struct refusal *r) MUST_CHECK;

/* --- the promise --- */
/* {"rights":[…],"never":[…],"asked":[…]} made from the tables that the code runs on. */
void mdm_promise(struct doc *d, enum say_lang lang);

/* Parts of this header: whoever includes it has them. */
#include "mdm/fleet.h"
#include "mdm/command.h"
#include "mdm/lost.h"
#include "mdm/return.h"
#include "mdm/ade.h"
#include "mdm/moving.h"
#include "mdm/desired.h"
#include "mdm/mailing.h"

/* Checks records and indexes of this folder against each other. */
int mdm_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
