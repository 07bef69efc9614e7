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
	/* An iPad that waits in Setup Assistant: what it is to get before it is let out may be put
	 * in its line now (mdm_setup_add) ... */
	int (*setup)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
	/* ... and is all of it done? Asked when its line is empty. */
	int (*setup_ready)(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
		bool *ret_ready, int64_t now);
	/* The limit was reached: it was let out with its set-up unfinished. */
	int (*setup_late)(
		void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now);
};

/* Apple's device assignment; strings as in mdm_options. */
struct mdm_ade_options {
	const char *url;            /* "https://mdmenrollment.apple.com" */
	const char *unlock_url;     /* where Activation Locks are opened; NULL: Apple's own */
	const char *root_path;      /* PEM of the roots of both; NULL: the system's */
	const char *device_ca_path; /* PEM of Apple's device CA; NULL: no iPad enrols this way */
	int64_t sync_every_s;       /* 0: half an hour */
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
/* The facts last told by DeviceInformation and SecurityInfo as JSON text; ERR_NOTFOUND. */
int mdm_facts_get(
	struct store_txn *txn, struct arena *a, const char *udid, const char **ret_json) MUST_CHECK;

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
	const char *serial; /* or NULL */
	const char *note;
	uint32_t most;
	int64_t life_s; /* 0: 30 days */
};
/* A new invitation; its address (with the secret word, told only now) in the arena. */
int mdm_invite(struct mdm *m, const struct audit_who *who, const struct mdm_invitation_ask *ask,
	int64_t now, struct arena *a, struct mdm_invitation *ret, const char **ret_url) MUST_CHECK;
int mdm_invitation_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_invitation **ret, size_t *ret_n) MUST_CHECK;
int mdm_invitation_close(
	struct mdm *m, const struct audit_who *who, const char *id, int64_t now) MUST_CHECK;
/* The profile for an invitation with a fresh challenge (signed when the options say so). Each
 * call spends nothing until an iPad enrols. ERR_EXPIRED, ERR_NOTFOUND; ERR_CONFLICT while there is
 * no push certificate, whose topic the iPad keeps for life. */
int mdm_profile_make(struct mdm *m, const char *invitation, int64_t challenge_life_s, int64_t now,
	struct arena *a, struct bytes *ret) MUST_CHECK;

/* --- commands --- */
enum mdm_request {
	MDM_DEVICE_INFORMATION = 1,
	MDM_SECURITY_INFO,
	MDM_PROFILE_LIST,
	MDM_CERTIFICATE_LIST,
	MDM_INSTALL_PROFILE,
	MDM_REMOVE_PROFILE,
	MDM_DEVICE_LOCK,
	MDM_CLEAR_PASSCODE,
	MDM_ENABLE_LOST_MODE,
	MDM_DISABLE_LOST_MODE,
	MDM_DEVICE_LOCATION,
	MDM_PLAY_LOST_MODE_SOUND,
	MDM_ERASE_DEVICE,
	MDM_RESTART_DEVICE,
	MDM_SHUT_DOWN_DEVICE,
	MDM_SETTINGS,
	MDM_ACTIVATION_LOCK_BYPASS_CODE,
	MDM_DEVICE_CONFIGURED,
	MDM_RAW /* a plist from an administrator, validated */
};

enum mdm_choice { MDM_NOT_CHOSEN = 0, MDM_NO = 1, MDM_YES = 2 };

/* What a caller asks for; a member is read only by the request it belongs to. Strings borrowed. */
struct mdm_ask {
	enum mdm_request request;
	const char *message, *phone, *footnote; /* EnableLostMode, DeviceLock */
	struct bytes profile;                   /* InstallProfile: the .mobileconfig */
	const char *identifier;                 /* RemoveProfile */
	enum mdm_choice preserve_data_plan;     /* EraseDevice: must be chosen */
	enum mdm_choice return_to_service;      /* EraseDevice: must be chosen */
	struct bytes return_wifi_profile;       /* with return_to_service */
	struct bytes return_mdm_profile;        /* the same: how it enrols again; only ours */
	const char *device_name;                /* Settings: those that are set */
	struct bytes wallpaper;                 /* PNG or JPEG */
	unsigned wallpaper_where;               /* 1 lock, 2 home, 3 both */
	const char *time_zone;
	const char *organisation_name, *organisation_phone, *organisation_email;
	struct mdm_accessibility {
		bool set;
		int text_size; /* 0..11, -1 leave */
		enum mdm_choice bold, contrast, reduce_motion, reduce_transparency, touch,
			voice_over, zoom;
	} accessibility;
	struct bytes raw; /* MDM_RAW: a Command dictionary as XML plist */
	int64_t life_s;   /* 0: the request's own */
};

enum mdm_command_state {
	MDM_QUEUED = 1,
	MDM_ACKNOWLEDGED,
	MDM_ERROR,
	MDM_FORMAT_ERROR, /* the iPad's words */
	MDM_EXPIRED,
	MDM_CANCELLED /* ours */
};

/* Where a command stands: before all others, with them, or no more in the line. */
enum mdm_lane { MDM_LANE_HEAD = 0, MDM_LANE_LINE = 1, MDM_LANE_DONE = 2 };
struct mdm_command {
	const char *uuid, *udid, *serial;
	const char *request_type; /* Apple's name */
	uint32_t request;         /* enum mdm_request */
	uint32_t state;
	struct bytes plist; /* the whole message as sent; only of a waiting one, only by
			       mdm_command_get(); sealed when `sealed` */
	bool sealed;        /* plist and answer hold a secret or are personal */
	int64_t made_at, expires_at, done_at;
	const char *made_by;
	int64_t put_off_at;       /* last NotNow, 0: none */
	uint32_t put_off_session; /* enrolment session in which it was put off */
	uint32_t put_off_count;
	int64_t handed_at;   /* last time it was given out, as far as disk knows */
	struct bytes answer; /* raw reply, kept also when it cannot be decoded */
	bool answer_unreadable;
	const char *error;  /* "MCMDMErrorDomain 12078: …" joined from the ErrorChain */
	int64_t error_code; /* first of the chain */
	uint64_t order;     /* place in the iPad's line */
	uint32_t lane;      /* enum mdm_lane: which part of the line, or that it left it */
	const char *slot;   /* of desired state: "profile/wifi"; NULL for any other */
	struct bytes unknown;
};

/*
 * Puts a command in an iPad's line in the caller's transaction, with the push wish beside it and
 * the audit record. ERR_REFUSED with `r` filled: right, supervision, version, lost state,
 * untrusted, not enrolled, a doubled lock or erase, an erase without choices. Uses random_uuid().
 * After the commit call mdm_wake().
 */
int mdm_command_add(struct mdm *m, const struct mdm_act *act, const char *serial,
	const struct mdm_ask *ask, char ret_uuid[MDM_UUID]) MUST_CHECK;
/* Would it be taken? Changes nothing; refusals as above. */
int mdm_command_check(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct mdm_ask *ask, struct refusal *r) MUST_CHECK;
/* The same, and what it would do, in words: {"request_type","text","consequences":[…]}. */
int mdm_command_preview(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct mdm_ask *ask, enum say_lang lang, struct arena *a, struct doc *d,
	struct refusal *r) MUST_CHECK;
/* Takes it out of the line while it has not been answered. */
int mdm_command_cancel(struct mdm *m, const struct mdm_act *act, const char *uuid) MUST_CHECK;
int mdm_command_get(struct store_txn *txn, struct arena *a, const char *uuid,
	struct mdm_command *ret) MUST_CHECK;
/* The line of one iPad, in order. */
int mdm_queue_list(struct store_txn *txn, struct arena *a, const char *udid, size_t most,
	struct mdm_command **ret, size_t *ret_n) MUST_CHECK;
/* Finished ones of one iPad, newest first, by their order (STORE_PIECE_N). */
int mdm_command_history(struct store_txn *txn, const char *udid, const struct store_piece *piece,
	struct mdm_command **ret, size_t *ret_n) MUST_CHECK;
/* "No iPad with serial number {0} is enrolled"; "Nobody has asked for the location of {0}". */
extern const struct say mdm_say_not_enrolled, mdm_say_locate_nothing;
/* One sentence: why has it not run yet (or how did it end)? In the arena. */
int mdm_command_why(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_command *c, enum say_lang lang, int64_t now, const char **ret) MUST_CHECK;

/* --- lost state --- */
enum mdm_lost_phase {
	MDM_NOT_LOST = 0,
	MDM_LOST_WANTED, /* asked for; the iPad has not said yes */
	MDM_LOST_ON,     /* the iPad said yes */
	MDM_LOST_LEAVING /* found; the iPad has not yet left Lost Mode */
};
struct mdm_lost {
	const char *serial;
	uint32_t phase;
	const char *message, *phone, *footnote;
	int64_t since, on_since; /* wanted since; confirmed since */
	const char *by;
	const char *reason;    /* "lost" or "stolen" */
	const char *hindrance; /* code of the refusal that keeps it from the iPad, or NULL */
	int64_t tried_at;      /* when EnableLostMode was last put in the line */
	struct bytes unknown;
};
/* Wants Lost Mode for a serial number, enrolled or not: now if it is, at re-enrolment otherwise.
 * Message or phone is required. */
int mdm_lost_set(struct mdm *m, const struct mdm_act *act, const struct mdm_lost *want) MUST_CHECK;
/* Lost turns out to be stolen, or the other way; the words on its screen stay. */
int mdm_lost_reason_set(struct store_txn *txn, const struct audit_who *who, const char *serial,
	const char *reason, int64_t now) MUST_CHECK;
int mdm_lost_clear(struct mdm *m, const struct mdm_act *act, const char *serial) MUST_CHECK;
/* ERR_NOTFOUND: not lost. */
int mdm_lost_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_lost *ret) MUST_CHECK;

/* Why Lost Mode cannot reach the iPad as things are now, in one sentence; NULL when nothing stands
 * in its way. */
int mdm_lost_hindrance(struct store_txn *txn, struct arena *a, const struct mdm_lost *l,
	enum say_lang lang, const char **ret) MUST_CHECK;

/* Location: asked by one person with a purpose, confirmed by another, both accounts; only then is
 * the command queued. Erased when the iPad is found. Sealed at rest. */
struct mdm_location {
	const char *serial;
	const char *purpose, *asked_by, *confirmed_by;
	int64_t asked_at, confirmed_at;
	const char *command; /* uuid once confirmed */
	int64_t located_at;  /* 0: no answer yet */
	double latitude, longitude, accuracy_m;
	const char *error;
};
int mdm_locate_ask(struct mdm *m, const struct mdm_act *act, const char *serial,
	const char *purpose) MUST_CHECK;
int mdm_locate_confirm(struct mdm *m, const struct mdm_act *act, const char *serial,
	char ret_uuid[MDM_UUID]) MUST_CHECK;
int mdm_location_get(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_location *ret) MUST_CHECK;

/* The codes that open an Activation Lock: as the iPad told them, the newest and the one before, and
 * those of a lock of ours (NULL: none). Which is in force cannot be known from here: one is tried
 * after the other. That they were read is written to the audit log. ERR_NOTFOUND: there is none. */
struct mdm_bypass {
	const char *code, *code_before;
	int64_t told_at;
	const char *server_code, *server_code_before;
};
int mdm_bypass_get(struct mdm *m, const struct mdm_act *act, const char *serial, struct arena *a,
	struct mdm_bypass *ret) MUST_CHECK;

/* --- moving in from another server --- */
/* What that server kept of an iPad: check-in messages as they came, the tokens if they were kept
 * apart, the SHA-256 of the identity's DER in hex, and that certificate if it is there. */
struct mdm_move_files {
	struct bytes authenticate, token_update, unlock_token, bootstrap_token, hash, identity_pem;
};
struct mdm_move {
	const char *udid, *serial, *topic, *push_magic;
	const char *os_version, *build, *product, *imei;
	struct bytes push_token, unlock_token, bootstrap_token;
	uint8_t identity[CERT_FINGERPRINT];
	int64_t identity_ends_at; /* 0: not known */
};
/* ERR_BADINPUT with what is wrong in ret_bad. */
int mdm_move_parse(const struct mdm_move_files *f, struct arena *a, struct mdm_move *ret,
	const char **ret_bad) MUST_CHECK;
struct mdm_move_row {
	const char *name; /* as that server calls it */
	const char *bad;  /* what of it cannot be read; then there is no more */
	struct mdm_move x;
};
struct mdm_move_set { /* all that is to move, in an arena */
	struct mdm_move_row *rows;
	size_t n, room;
	const char *push_cert_pem, *push_key_pem; /* NULL: not given */
};
void mdm_move_add(struct mdm_move_set *s, struct arena *a, const struct mdm_move_row *row);
void mdm_move_add_files(
	struct mdm_move_set *s, struct arena *a, const char *name, const struct mdm_move_files *f);
/* The database of a MicroMDM; a dump of a NanoMDM's by mysqldump or pg_dump. Adds those that are
 * enrolled, and takes the push certificate unless there is one. ERR_BADINPUT, ERR_CORRUPT with what
 * is wrong in ret_bad. */
int mdm_move_micromdm_parse(
	struct bytes db, struct arena *a, struct mdm_move_set *s, const char **ret_bad) MUST_CHECK;
int mdm_move_sql_parse(struct bytes dump, struct arena *a, struct mdm_move_set *s,
	const char **ret_bad) MUST_CHECK;
/* The enrolment profile they were enrolled with: what an enrolment can never change. */
struct mdm_move_profile {
	const char *id, *server_url, *checkin_url;
	int64_t rights;
};
/* ERR_UNSUPPORTED: it is signed, so that only its signer can renew these enrolments. */
int mdm_move_profile_parse(struct bytes in, struct arena *a, struct mdm_move_profile *ret,
	const char **ret_bad) MUST_CHECK;
struct mdm_mover {
	const struct audit_who *who;
	const struct mdm_move_profile *profile;
	const char *source;  /* "nanomdm" */
	bool preview;        /* all is done and then taken back */
	bool take_good_rows; /* what is refused stays behind; else one refused refuses all */
};
struct mdm_move_told {
	size_t moved;
	struct refusal *rows; /* one for each of the set; say NULL: it moves */
	size_t refused;
	const char *push_topic; /* of the push certificate that was taken over; NULL: none was */
};
/*
 * All of it in one transaction: the push certificate when there is a newer one than here, and the
 * iPads, each enrolled here from now on, its certificate pinned until ours has taken its place.
 * ERR_REFUSED: nothing was done; `r` says why, or when it does not, the rows do. Wakes.
 */
int mdm_move_in(struct mdm *m, const struct mdm_mover *mover, const struct mdm_move_set *set,
	int64_t now, struct arena *a, struct mdm_move_told *ret, struct refusal *r) MUST_CHECK;

/* --- an iPad that comes back --- */
enum mdm_lock { MDM_LOCK_UNKNOWN = 0, MDM_LOCK_OFF, MDM_LOCK_ON };
struct mdm_return_facts {
	uint32_t state; /* enum mdm_enrollment_state; 0: never enrolled here */
	int64_t authenticated_at, enrolled_at, erased_at;
	bool asking;           /* what mdm_return_ask() asked waits for its answer */
	bool erasing;          /* so does an erase, or the profile for one is being made */
	const char *hindrance; /* code of the refusal that keeps the erase from its line, or NULL */
	uint32_t lost;         /* enum mdm_lost_phase */
	int64_t told_at;       /* when it last told about itself; 0: never */
	enum mdm_lock lock;    /* the Activation Lock, as it told then */
	bool our_lock;         /* the one we made ourselves stands, or is being cleared */
	int battery;           /* percent, as it told then; -1 not known */
	int64_t health_at;     /* when it last reported its health; 0: never */
	uint32_t battery_health;  /* enum mdm_battery */
	const char *faulty_parts; /* Apple's names with blanks between; NULL: none that it told */
};
enum mdm_battery {
	MDM_BATTERY_UNKNOWN = 0, /* or it cannot tell */
	MDM_BATTERY_NORMAL,
	MDM_BATTERY_SERVICE,
	MDM_BATTERY_FOREIGN
};
int mdm_return_facts_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_return_facts *ret) MUST_CHECK;
/* Asks it how it is and for the code of its Activation Lock, before an erase makes that another;
 * one that is not enrolled is left alone. */
int mdm_return_ask(
	struct mdm *m, struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;
/* An erase (MDM_ERASE_DEVICE) that is to follow when mdm_return_go() says so; judged now. With
 * return_to_service it takes along the Wi-Fi profile it was given, kept sealed, and an enrolment
 * profile made for this serial number alone. One plan an iPad: a second replaces it. */
int mdm_return_plan(struct mdm *m, const struct mdm_act *act, const char *serial,
	const struct mdm_ask *erase) MUST_CHECK;
/* Into the line with it. ERR_NOTFOUND without a plan; one that is refused now is tried again each
 * minute, and its hindrance is in the facts. */
int mdm_return_go(struct mdm *m, struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;
/* No erase after all: neither the plan nor one that waits in the line. */
int mdm_return_drop(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now) MUST_CHECK;

/* --- the push certificate --- */
/* The request for the vendor or, with the vendor's pair, for Apple's portal (Base64 of the
 * PushCertRequest plist). */
int mdm_push_request(struct mdm *m, const char *vendor_cert_pem, const char *vendor_key_pem,
	const char *vendor_chain_pem, struct arena *a, const char **ret_text) MUST_CHECK;
/* Refused when its topic differs from that of any enrolled iPad, unless `loss` is the sentence
 * the refusal ends with, typed out in any of the languages. ERR_BADINPUT: no such certificate. */
int mdm_push_import(struct mdm *m, const struct audit_who *who, const char *cert_pem,
	const char *key_pem, const char *loss, int64_t now, struct refusal *r,
	struct cert_push *ret, struct arena *a) MUST_CHECK;

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
/* "Hylla has no server token": for whoever asks for a round without one (ERR_NOTFOUND). */
const struct say *mdm_ade_say_no_token(void);
/* A round as soon as the worker can; `full`: all devices anew. */
int mdm_ade_sync_ask(struct mdm *m, const struct audit_who *who, bool full, int64_t now) MUST_CHECK;
int mdm_ade_device_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_ade_device *ret) MUST_CHECK;
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
	struct bytes unknown;
};
int mdm_activation_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_activation *ret) MUST_CHECK;
/* Wants the lock, or wants it gone; the worker sees to it. The second does nothing when there is no
 * lock of ours. After the commit call mdm_wake(). */
int mdm_activation_lock(struct mdm *m, const struct mdm_act *act, const char *serial,
	const char *message) MUST_CHECK;
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
/* ERR_NOTFOUND: it waits for nothing, and was let out in good order. */
int mdm_gate_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_gate *ret) MUST_CHECK;
/* For mdm_events.setup: a command of the house at the end of its line. */
int mdm_setup_add(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_ask *ask, int64_t now) MUST_CHECK;
/* What setup_ready waited for is done; looks again. Nothing happens to one that does not wait. */
int mdm_setup_done(struct mdm *m, struct store_txn *txn, const char *udid, int64_t now) MUST_CHECK;

/* --- the promise --- */
/* {"rights":[…],"never":[…],"asked":[…]} made from the tables that the code runs on. */
void mdm_promise(struct doc *d, enum say_lang lang);

#include "mdm/desired.h"
#include "mdm/mailing.h"

/* Checks records and indexes of this folder against each other. */
int mdm_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
