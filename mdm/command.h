/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of mdm.h: what an iPad can be asked, and the line of commands that wait for it. */
#ifndef MDM_COMMAND_H
#define MDM_COMMAND_H

#include "mdm/mdm.h"

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
	enum mdm_choice although_locked;        /* EraseDevice: an Activation Lock may stay on */
	const char *reason;                     /* with although_locked: why, without names */
	bool lock_seen_to; /* EraseDevice: whoever asks (a return) has seen to the lock */
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

/*
 * A member of a typed command: what we call it, where it stands in struct mdm_ask, and what Apple
 * calls it. One table has them (request_table.c); by it they are read, judged and written.
 */
enum mdm_member_kind {
	MDM_MEMBER_TEXT = 1,
	MDM_MEMBER_PROFILE, /* bytes of a .mobileconfig */
	MDM_MEMBER_PICTURE, /* bytes of a PNG or JPEG */
	MDM_MEMBER_CHOICE,
	MDM_MEMBER_NUMBER
};
struct mdm_member {
	const char *name;  /* of our JSON: "message"; NULL ends */
	const char *in;    /* the object of our JSON that holds it; NULL: the command's own */
	const char *key;   /* Apple's: "Message"; NULL: said to us, not to the iPad */
	const char *under; /* the dictionary that holds it: of Settings, the item; or NULL */
	bool nested;       /* in a dictionary of the item's name, inside of it */
	bool needed;       /* of Settings: when its item is set */
	bool ours;         /* never read from outside */
	enum mdm_member_kind kind;
	size_t offset;        /* in struct mdm_ask */
	size_t most_bytes;    /* of a text */
	int least, most;      /* of a number */
	int otherwise;        /* what it is when nobody says it */
};
/* Those of a command that is asked for by Apple's name of it; NULL: none is. */
const struct mdm_member *mdm_request_members(const char *type, enum mdm_request *ret);

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
	bool although_locked; /* an erase that no Activation Lock holds back */
	struct bytes heard;   /* only for those who hear of its end: the answer as it came */
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
/* What an Activation Lock makes of an erase that is asked for now, in words, or NULL; *ret_shut: it
 * is refused unless although_locked is said. */
int mdm_erase_lock_say(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct say **ret, bool *ret_shut) MUST_CHECK;
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
/* In a listener's command_done: what of the answer others may be told, by the rules of
 * told_rules.c; as it came where nothing had to be left out. ERR_NOTFOUND: nothing. */
int mdm_answer_told(const struct mdm_command *c, struct arena *a, struct bytes *ret) MUST_CHECK;
/* DisableLostMode met by an iPad that had left Lost Mode already: an error to Apple, not to us. */
bool mdm_command_was_out(const struct mdm_command *c);
/* One sentence: why has it not run yet (or how did it end)? In the arena. */
int mdm_command_why(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_command *c, enum say_lang lang, int64_t now, const char **ret) MUST_CHECK;

#endif
