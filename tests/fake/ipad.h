/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A simulated iPad, for tests, benches and the demonstration. Written from Apple's published
 * schema and from what real devices were seen to send; it knows nothing of the server's code, has
 * real keys, asks for its identity by real SCEP (RFC 8894), signs each message, and refuses what a
 * real iPad refuses.
 *
 * Words. Wake: a push has come, so the iPad calls its server: one session, from "Idle" to the
 * first empty answer. Work: what an iPad does without being woken (asks again after NotNow once it
 * is unlocked, repeats a result that was not taken, sets itself up again after an erase). Refusal:
 * something the server sent that an iPad does not accept; ipad_why() says what. Violation: a
 * server's conduct that an iPad does not notice but that the protocol forbids; counted. Fault: the
 * iPad misbehaves on order.
 *
 * Functions return 0 or ERR_*: ERR_BADINPUT (the server's answer was refused), ERR_DENIED (an HTTP
 * status that is not 200), ERR_NET, ERR_TIMEOUT, ERR_CRYPTO, ERR_STRANGER (not enrolled, or not
 * any more), ERR_BUSY (switched off).
 *
 * Threads. An iPad is used by one thread at a time; pools of keys and trust are shared.
 */
#ifndef FAKE_IPAD_H
#define FAKE_IPAD_H

#include "base/buf.h"
#include "base/err.h"
#include "tests/fake/http_client.h"

/* --- what it is --- */
struct ipad_model {
	const char *serial;
	const char *udid;    /* "00008027-000A1B2C3D4E5F60" */
	const char *product; /* "iPad13,18" */
	const char *os_version, *build;
	const char *name;
	const char *imei; /* NULL: Wi-Fi only */
	bool esim;        /* its data plan is an eSIM, which an erase loses unless told otherwise */
	bool supervised;
	bool awaits_configuration; /* stops in Setup Assistant until DeviceConfigured */
	bool passcode;
	bool location_known;
	double latitude, longitude;
	double battery; /* 0 to 1 */
};
/* A supervised iPad (10th generation) with a passcode; serial and UDID are made from `number`,
 * strings in the arena. */
void ipad_model_make(struct arena *a, unsigned number, struct ipad_model *ret);

/* --- keys: making RSA keys takes a tenth of a second each, so that fleets share a few --- */
struct ipad_keys;
struct ipad_keys *ipad_keys_new(unsigned count);
void ipad_keys_free(struct ipad_keys *k);
AUTO_FREE(ipad_keys, ipad_keys_free)

/* --- how it speaks --- */
enum ipad_signature {
	IPAD_SIGN_APPLE,  /* BER of indefinite length, SHA-1, no signed attributes: real iPads */
	IPAD_SIGN_SHA1,   /* DER, SHA-1, signed attributes */
	IPAD_SIGN_SHA256, /* DER, SHA-256, signed attributes */
};

enum ipad_cipher { IPAD_CIPHER_BY_CAPS, IPAD_CIPHER_AES, IPAD_CIPHER_DES3, IPAD_CIPHER_DES };
enum ipad_digest { IPAD_DIGEST_BY_CAPS, IPAD_DIGEST_SHA1, IPAD_DIGEST_SHA256, IPAD_DIGEST_SHA512 };

struct ipad_scep_style {
	enum ipad_cipher cipher;
	enum ipad_digest digest;
	bool one_key;         /* signs with the requested key instead of one of its own */
	bool long_nonce;      /* 16 bytes instead of 8 */
	bool csr_version_2;   /* the version field some real devices write */
	bool challenge_aside; /* challengePassword also as a signed attribute of the message */
	bool repeat_in_url;   /* the POST carries the request in its URL as well */
	bool by_get;          /* GET with URL-safe Base64, whatever the caps say */
};

/* A request on its way, for transports other than the network. */
enum ipad_break { IPAD_WHOLE, IPAD_BREAK_REQUEST, IPAD_BREAK_REPLY };
struct ipad_request {
	const char *method, *url;
	const char *content_type; /* NULL: none */
	const char *signature;    /* the Mdm-Signature header, or NULL */
	struct bytes body;
	EVP_PKEY *key; /* client certificate, or NULL */
	X509 *cert;
	enum ipad_break broken;
	unsigned slow_ms; /* spread over the sending of the body */
};
struct ipad_reply {
	int status;
	const char *content_type; /* or NULL */
	struct bytes body;
};
struct ipad_transport {
	/* The reply's parts live in the arena. ERR_NET, ERR_TIMEOUT, ERR_CRYPTO. */
	int (*send)(
		void *ctx, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret);
	void *ctx;
};

enum ipad_event {
	IPAD_EV_TOKEN,    /* it has a new push token; the server does not know yet */
	IPAD_EV_IDENTITY, /* SCEP gave a certificate */
	IPAD_EV_ENROLLED, /* the first TokenUpdate was taken */
	IPAD_EV_RENEWED,  /* the identity was replaced */
	IPAD_EV_COMMAND,  /* answered: "DeviceLock Acknowledged" */
	IPAD_EV_LOST,
	IPAD_EV_FOUND,
	IPAD_EV_SOUND,
	IPAD_EV_LOCKED,
	IPAD_EV_UNLOCKED,
	IPAD_EV_RESTARTED,
	IPAD_EV_OFF,
	IPAD_EV_ERASED,
	IPAD_EV_CONFIGURED, /* let out of Setup Assistant */
	IPAD_EV_UNENROLLED,
	IPAD_EV_REFUSED,   /* detail: why */
	IPAD_EV_VIOLATION, /* detail: what */
};
struct ipad;
typedef void ipad_event_fn(void *ctx, struct ipad *p, enum ipad_event event, const char *detail);
const char *ipad_event_name(enum ipad_event event); /* "enrolled" */

struct ipad_options {
	struct client_trust *trust; /* besides the certificates in the enrolment profile */
	struct ipad_keys *keys;     /* NULL: makes its own */
	const struct ipad_transport *transport; /* NULL: the network */
	const char *via; /* connect to this "address:port" by plain TCP, as if TLS ended there */
	bool plain_ok;   /* http:// URLs are taken as well; never so on a real iPad */
	bool mtls;       /* offers its identity as TLS client certificate */
	bool keep_open;  /* keeps its connection between sessions */
	enum ipad_signature signature;
	struct ipad_scep_style scep;
	int64_t clock_offset_s; /* its clock is wrong by this */
	unsigned timeout_ms;
	struct bytes token_prefix; /* the first bytes of its push tokens, at most 16 */
	ipad_event_fn *tell;
	void *tell_ctx;
};

struct ipad *ipad_new(const struct ipad_model *m, const struct ipad_options *o);
void ipad_free(struct ipad *p);
AUTO_FREE(ipad, ipad_free)

/* --- how it is --- */
#define IPAD_TOKEN 32
struct ipad_state {
	bool enrolled;   /* a TokenUpdate was taken, and nothing has ended it since */
	bool unenrolled; /* was ended by the server, by a command or in Settings; for good */
	bool on;
	bool locked; /* the screen, by passcode */
	bool passcode;
	bool before_unlock; /* started, and not unlocked since */
	bool awaiting;      /* in Setup Assistant */
	bool lost, sounding;
	bool plan_lost;   /* an erase took the eSIM's plan */
	bool poll_owed;   /* its last answer was NotNow: it will call by itself */
	bool result_owed; /* a result the server has not taken */
	bool token_owed;  /* authenticated, and the first TokenUpdate not taken yet */
	bool returns;     /* erased, and will set itself up again */
	bool kept_plan;   /* the last erase had PreserveDataPlan */
	uint8_t token[IPAD_TOKEN];
	char magic[40];
	int64_t rights;
	const char *topic, *server_url, *name;
	const char *lost_message, *lost_phone, *lost_footnote;
	const char *lock_message;
	unsigned profiles; /* installed, with the enrolment profile */
};
const struct ipad_state *ipad_state(const struct ipad *p);

/* What the Settings command has made of it; the iPad's own, until its next message. */
struct ipad_settings {
	const char *time_zone;
	const char *organisation; /* the dictionary as a plist; "": none */
	struct bytes lock_wallpaper, home_wallpaper;
	int64_t text_size;
};
void ipad_settings_get(struct ipad *p, struct ipad_settings *ret);
const struct ipad_model *ipad_model(const struct ipad *p);

struct ipad_counters {
	uint64_t requests, sessions, commands;
	uint64_t acknowledged, errors, format_errors, not_now;
	uint64_t authenticates, token_updates, check_outs, identities;
	uint64_t pushes, strange_pushes; /* strange: wrong magic, or switched off */
	uint64_t refusals, violations, net_errors, bad_statuses;
	uint64_t declarations; /* fetched */
	uint64_t unenrolled_401, unenrolled_403, erases, locates;
};
const struct ipad_counters *ipad_counters(const struct ipad *p);
/* The last refusal or violation in English, "" when there was none. */
const char *ipad_why(const struct ipad *p);
/* Its identity certificate's DER, in the arena. ERR_NOTFOUND. */
int ipad_identity(const struct ipad *p, struct arena *a, struct bytes *ret_der) MUST_CHECK;
/* One line: "DMPX00000007 enrolled, locked, lost". In the arena. */
const char *ipad_describe(const struct ipad *p, struct arena *a);

/* --- enrolment --- */
/* As Settings does: fetches the profile, checks it, and installs it. */
int ipad_enrol_url(struct ipad *p, const char *url) MUST_CHECK;
/* As Setup Assistant does with a new box: asks Apple whose it is, and that server for its profile.
 * ERR_NOTFOUND: nobody's; ERR_DENIED: an Activation Lock, or the server said no. */
struct device_assignment;
int ipad_enrol_assigned(struct ipad *p, struct device_assignment *da) MUST_CHECK;
int ipad_enrol_profile(struct ipad *p, struct bytes profile) MUST_CHECK;
/* After an erase: through Setup Assistant to an enrolment from `url` (NULL: the one before). */
int ipad_restart_setup(struct ipad *p, const char *url) MUST_CHECK;
/* Someone removes the enrolment profile in Settings; CheckOut is tried once. ERR_DENIED when the
 * profile may not be removed. */
int ipad_remove_enrolment(struct ipad *p) MUST_CHECK;

/* --- sessions --- */
int ipad_wake(struct ipad *p) MUST_CHECK;
/* A push with this magic: a wake, or nothing when the magic is not the iPad's. */
int ipad_push(struct ipad *p, const char *magic) MUST_CHECK;
bool ipad_has_work(const struct ipad *p);
int ipad_work(struct ipad *p) MUST_CHECK; /* 0 also when there is none */
/*
 * One command (a plist as the server sends it) and its result, without the network: the state
 * machine for itself. What follows the sending of a result (erasing, restarting) is done by
 * ipad_settle. ERR_BADINPUT when it is no command at all.
 */
int ipad_answer(
	struct ipad *p, struct arena *a, struct bytes command, struct bytes *ret_result) MUST_CHECK;
void ipad_settle(struct ipad *p);

/* Check-ins an iPad may send at any time. */
int ipad_token_update(struct ipad *p, bool with_unlock_token) MUST_CHECK;
int ipad_bootstrap_set(struct ipad *p, struct bytes token) MUST_CHECK;
/* The reply's body as it came. */
int ipad_bootstrap_get(struct ipad *p, struct arena *a, struct ipad_reply *ret) MUST_CHECK;
int ipad_token_get(
	struct ipad *p, const char *service, struct arena *a, struct ipad_reply *ret) MUST_CHECK;

/* Any body, signed as this iPad signs: for hostile tests. */
struct ipad_put {
	const char *url; /* NULL: the server URL, or the check-in URL when `check_in` */
	bool check_in;
	const char *content_type; /* NULL: what belongs there; "": none */
	struct bytes body;
	bool bare;          /* without a signature */
	struct ipad *as;    /* with the identity of another iPad */
	const char *header; /* this Mdm-Signature instead */
};
int ipad_put(struct ipad *p, const struct ipad_put *put, struct arena *a,
	struct ipad_reply *ret) MUST_CHECK;
/* Bodies as it would send them now, and the header that goes with a body, in the arena. */
struct bytes ipad_body_authenticate(struct ipad *p, struct arena *a);
struct bytes ipad_body_token_update(struct ipad *p, struct arena *a, bool with_unlock_token);
struct bytes ipad_body_idle(struct ipad *p, struct arena *a);
const char *ipad_sign(struct ipad *p, struct arena *a, struct bytes body);
/* A whole HTTP request with everything on it, to be sent many times (benches). */
void ipad_request_format(struct ipad *p, bool check_in, struct bytes body, struct buf *out);

/* --- people and the world --- */
void ipad_lock(struct ipad *p);
void ipad_unlock(struct ipad *p);
void ipad_passcode_set(struct ipad *p, bool present);
void ipad_power(struct ipad *p, bool on);
/* Somebody erases it with a cable: Lost Mode is no hindrance, and the server is not told. */
void ipad_erase_by_hand(struct ipad *p);
void ipad_move(struct ipad *p, bool known, double latitude, double longitude);
void ipad_clock_set(struct ipad *p, int64_t offset_s);
/* Seconds since it was supervised; past 15 days its Activation Lock code is not readable. */
void ipad_supervised_for(struct ipad *p, int64_t age_s);
/* Somebody signs in with an account of their own, and Find My locks the iPad to it; or signs out.
 * Its own code, for the stand-in that opens such locks. */
void ipad_account_lock(struct ipad *p, bool on);
const char *ipad_bypass_code(const struct ipad *p);
/* A profile that someone installed by hand. */
int ipad_profile_by_hand(struct ipad *p, struct bytes profile) MUST_CHECK;

/* A text in the first payload of this type that an installed profile holds, in the arena; NULL: none. */
const char *ipad_payload_text(
	const struct ipad *p, struct arena *a, const char *type, const char *key);
/* Where the first icon on its home screen that a profile put there leads, in the arena; NULL: none. */
const char *ipad_web_clip(const struct ipad *p, struct arena *a);

/* --- declarations and books --- */
/* The Type of a declaration that it has; NULL. */
const char *ipad_declaration_type(const struct ipad *p, const char *identifier);
/* Where the profile of a `legacy` declaration was fetched; NULL. */
const char *ipad_declared_url(const struct ipad *p, const char *identifier);
/* Any address, with the iPad's identity or without. */
int ipad_get(struct ipad *p, const char *url, bool as_itself, struct arena *a,
	struct ipad_reply *ret) MUST_CHECK;
/* A status report: this one, or (NULL) what it has to tell. *ret_status: the server's answer. */
int ipad_status_send(struct ipad *p, const char *report, int *ret_status) MUST_CHECK;
/* "Queued", "Managed", "Failed"; NULL: no such book. `persistent_id` NULL: any. */
const char *ipad_book_state(const struct ipad *p, const char *persistent_id, size_t *ret_bytes);
size_t ipad_books(const struct ipad *p); /* how many stand in Books */

/* --- faults: for the next `times` messages --- */
enum ipad_fault {
	IPAD_FAULT_NONE,
	IPAD_FAULT_BREAK_REQUEST, /* the network goes in the middle of the request */
	IPAD_FAULT_BREAK_REPLY,   /* ... after it was sent, before the reply is read */
	IPAD_FAULT_TWICE,         /* sends it twice */
	IPAD_FAULT_SLOW,          /* takes 2 s to send the body */
	IPAD_FAULT_NO_SIGNATURE,
	IPAD_FAULT_BAD_SIGNATURE,  /* of another body */
	IPAD_FAULT_OTHER_IDENTITY, /* signs with a key and certificate of its own making */
	IPAD_FAULT_GARBAGE,        /* half a plist, rightly signed */
	IPAD_FAULT_OTHER_UDID,     /* in the body */
	IPAD_FAULT_OTHER_TOPIC,    /* in check-ins */
	IPAD_FAULT_LOST_DISABLE,   /* DisableLostMode fails (12069) */
};
void ipad_fault(struct ipad *p, enum ipad_fault fault, unsigned times);
/* The same after `skip` messages: 1 spares the Idle and spoils the first result. */
void ipad_fault_at(struct ipad *p, enum ipad_fault fault, unsigned skip, unsigned times);

#endif
