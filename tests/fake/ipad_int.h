/* SPDX-License-Identifier: EUPL-1.2 */
/* The inside of the simulated iPad, shared by its files. */
#ifndef FAKE_IPAD_INT_H
#define FAKE_IPAD_INT_H

#include "tests/fake/ipad.h"
#include "tests/fake/ipad_plist.h"

#define IPAD_TYPE_CHECKIN "application/x-apple-aspen-mdm-checkin"
#define IPAD_TYPE_COMMAND "application/x-apple-aspen-mdm; charset=UTF-8"
#define IPAD_TYPE_PROFILE "application/x-apple-aspen-config"

/* Access rights of the MDM payload. */
enum {
	RIGHT_PROFILE_LIST = 1,
	RIGHT_PROFILE = 2,
	RIGHT_LOCK = 4,
	RIGHT_ERASE = 8,
	RIGHT_DEVICE = 16,
	RIGHT_NETWORK = 32,
	RIGHT_PROVISION_LIST = 64,
	RIGHT_PROVISION = 128,
	RIGHT_APP_LIST = 256,
	RIGHT_RESTRICTIONS = 512,
	RIGHT_SECURITY = 1024,
	RIGHT_SETTINGS = 2048,
	RIGHT_APPS = 4096,
	RIGHT_ALL = 8191
};

/* A configuration profile that has passed the checks; borrowed from the arena it was read in. */
struct ipad_profile {
	const char *identifier, *uuid, *name, *organisation, *description;
	bool removal_disallowed;
	bool is_signed;
	struct bytes plain;  /* the plist inside the signature */
	struct bytes signer; /* DER, when signed */
	plist_t dict;
	plist_t mdm;  /* the com.apple.mdm payload, or NULL */
	plist_t scep; /* the payload that IdentityCertificateUUID names */
};

/* A profile on the iPad. */
struct ipad_installed {
	struct ipad_installed *next;
	char *identifier;
	uint8_t *plain;
	size_t plain_n;
	uint8_t *signer;
	size_t signer_n;
	bool managed, enrolment;
};

/* What an identity is made of. */
struct ipad_pair {
	EVP_PKEY *key;
	X509 *cert;
};

/* The settings of an enrolment, owned strings. */
struct ipad_mdm {
	char *topic, *server_url, *checkin_url, *profile_identifier;
	int64_t rights;
	bool sign, check_out, removal_disallowed;
	bool bootstrap, get_token;
};

struct ipad_accessibility {
	int64_t text_size;
	bool flags[7];
};

enum ipad_after { AFTER_NOTHING, AFTER_ERASE, AFTER_RESTART, AFTER_OFF, AFTER_UNENROL };

/* A declaration that it has. */
struct ipad_declaration {
	struct ipad_declaration *next;
	char *class, *identifier, *server_token, *type;
	char *profile, *url; /* that it brought: its identifier, and whence; NULL: none */
	bool listed;   /* in the list being followed */
};

/* A book by command. */
struct ipad_book {
	struct ipad_book *next;
	char *persistent_id, *url, *title;
	const char *state; /* "Queued", "Managed", "Failed" */
	size_t bytes;
};

#define IPAD_SEEN 64
struct ipad {
	struct ipad_model model; /* owned strings */
	struct ipad_options o;
	struct ipad_state state;
	struct ipad_counters counters;
	char why[256];
	struct client *client; /* the connection, when the network is the transport */
	struct client_trust *trust;
	struct ipad_mdm mdm;
	struct ipad_pair identity;
	struct ipad_pair imposter; /* for IPAD_FAULT_OTHER_IDENTITY */
	struct ipad_installed *installed;
	uint8_t unlock_token[64];
	char bypass_code[32]; /* of Activation Lock */
	bool account_lock;    /* somebody has switched it on, with an account of their own */
	int64_t supervised_at;
	char *enrol_url;           /* the last one it enrolled from */
	struct buf return_profile; /* Return to Service: the profile to install after the erase */
	struct buf owed;           /* the result to be repeated */
	enum ipad_after after;
	enum ipad_fault fault;
	unsigned fault_times;
	uint64_t fault_from, messages; /* counted by messages sent */
	/* settings made by command */
	bool roaming, hotspot, bluetooth, lock_allowed;
	char *time_zone;
	struct buf organisation; /* its plist */
	struct buf wallpaper[2]; /* lock screen, home screen */
	struct ipad_accessibility accessibility;
	/* what was answered, as hashes of CommandUUIDs, to notice a server that repeats itself */
	uint64_t not_now_seen[IPAD_SEEN]; /* in this session */
	uint64_t done_seen[IPAD_SEEN];    /* the latest that the server took */
	unsigned not_now_n, done_n;
	struct ipad_declaration *declarations;
	char *declarations_token;
	bool ddm_owed; /* it was told to look */
	struct ipad_book *books;
	uint64_t answered;     /* the command of the result just made */
	bool answered_not_now; /* ... which was NotNow */
};

/* --- ipad.c --- */
int64_t ipad_now(const struct ipad *p);
void ipad_tell(struct ipad *p, enum ipad_event event, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Records why, counts, tells, and returns ERR_BADINPUT. */
int ipad_refuse(struct ipad *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ipad_violation(struct ipad *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ipad_string_set(char **field, const char *value); /* NULL empties */
/* All that an enrolment brought goes; the device stays as it is. */
void ipad_enrolment_forget(struct ipad *p, const char *why);
/* The end of an enrolment by the server's word, a command or a person. */
void ipad_unenrol(struct ipad *p, const char *why);
/* True when `fault` is ordered for now; uses it up. */
bool ipad_fault_take(struct ipad *p, enum ipad_fault fault);
void ipad_push_renew(struct ipad *p); /* new token, magic and unlock token */

/* --- ipad_keys.c --- */
EVP_PKEY *ipad_key_get(struct ipad_keys *k, unsigned bits); /* a new reference */
void ipad_pair_release(struct ipad_pair *pair);

/* --- ipad_wire.c: the network, and every message's way out --- */
int ipad_send(struct ipad *p, const struct ipad_request *rq, struct arena *a,
	struct ipad_reply *ret) MUST_CHECK;
void ipad_hang_up(struct ipad *p);
/* A signed message to the server or check-in URL; a status that ends the enrolment does. */
int ipad_message(struct ipad *p, struct arena *a, bool check_in, struct bytes body,
	struct ipad_reply *ret) MUST_CHECK;

/* --- ipad_sign.c --- */
/* In the iPad's form and at its time, whoever's the pair is. */
struct bytes ipad_cms_detached(
	const struct ipad *p, struct arena *a, const struct ipad_pair *pair, struct bytes body);

/* --- ipad_messages.c --- */
struct bytes ipad_body_check_out(struct ipad *p, struct arena *a);
/* A check-in message with what all of them carry. */
plist_t ipad_checkin_new(struct ipad *p, struct arena *a, const char *type);
/* An answer's dictionary; the UDID may be another's by order. */
plist_t ipad_result_new(struct ipad *p, struct arena *a, const char *status, const char *uuid);

/* --- ipad_profile.c --- */
int ipad_profile_read(
	struct ipad *p, struct arena *a, struct bytes in, struct ipad_profile *ret) MUST_CHECK;
/* The checks of the MDM payload and of the identity it names. */
int ipad_profile_mdm_check(struct ipad *p, const struct ipad_profile *pr) MUST_CHECK;
/* Puts it on the iPad, in place of one with the same identifier. */
void ipad_profile_put(struct ipad *p, const struct ipad_profile *pr, bool managed, bool enrolment);
struct ipad_installed *ipad_profile_find(struct ipad *p, const char *identifier);
void ipad_profile_drop(struct ipad *p, struct ipad_installed *one);

/* --- ipad_scep.c --- */
/* Gets an identity as the SCEP payload says; the pair is the caller's. */
int ipad_scep_get(
	struct ipad *p, struct arena *a, plist_t payload, struct ipad_pair *ret) MUST_CHECK;

/* --- ipad_enrol.c --- */
int ipad_enrol_install(struct ipad *p, struct arena *a, const struct ipad_profile *pr) MUST_CHECK;
/* A second enrolment profile, by command: a new identity for the same enrolment. */
int ipad_enrol_replace(struct ipad *p, struct arena *a, const struct ipad_profile *pr) MUST_CHECK;
int ipad_check_out(struct ipad *p) MUST_CHECK;

/* The first TokenUpdate: with it the iPad is enrolled. */
int ipad_enrol_finish(struct ipad *p) MUST_CHECK;

/* --- ipad_ddm.c --- */
int ipad_chores(struct ipad *p) MUST_CHECK;
void ipad_declarations_forget(struct ipad *p);
void ipad_books_forget(struct ipad *p);

/* --- ipad_session.c --- */
uint64_t ipad_hash(const char *uuid); /* never 0 */

#endif
