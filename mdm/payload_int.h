/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Payloads of profiles and items of the Settings command, made of a small JSON object that
 * people write ("spec"). A type is a row: its name with us, Apple's name, and a table of fields.
 * One engine reads a spec by the table, checks every value and fills Apple's dictionary.
 *
 * In texts {item}, {serial}, {phone} and {organisation} stand for what they say of the iPad that
 * gets it.
 */
#ifndef MDM_PAYLOAD_INT_H
#define MDM_PAYLOAD_INT_H

#include "mdm/mdm_int.h"

enum mdm_form {
	MDM_FORM_TEXT = 1, /* `max`: greatest length; `choices`: the only words */
	MDM_FORM_URL,      /* http or https */
	MDM_FORM_INT,      /* `min` to `max` */
	MDM_FORM_BOOL,
	MDM_FORM_DATA,  /* Base64; `max` bytes */
	MDM_FORM_TEXTS, /* a list of at most `max` texts */
	MDM_FORM_DICT,  /* by `inner` */
	MDM_FORM_DICTS, /* a list of at most `max` of them */
	MDM_FORM_PAGES  /* a list of at most `max` lists of at most `min` of them */
};

struct mdm_field {
	const char *name; /* in the spec; NULL ends a table */
	const char *key;  /* Apple's */
	uint8_t form;     /* enum mdm_form */
	bool required;
	bool secret; /* never shown again */
	int min, max;
	const char *choices; /* words between blanks, or NULL */
	const struct mdm_field *inner;
};

struct mdm_vars {
	const char *serial, *item, *phone, *organisation;
	const char *link; /* the one-time address of a survey; NULL: stays {link} */
};

/* What a build needs and where its refusal goes. */
struct mdm_build {
	struct arena *a;
	const struct mdm_vars *vars;
	struct bytes blob;      /* what came beside the spec: a picture */
	const char *profile_id; /* of our enrolment profile: others begin with it */
	const char *organisation;
	const struct mdm_media *media; /* of a book */
	unsigned edition;              /* which file of a mailing's book this is, from 1; 0: of none */
	const char *device_url;
	struct refusal *r;
};

/* Where payloads beside the first go, and what their identifiers begin with. */
struct mdm_beside {
	const struct mdm_build *b;
	const char *identifier;
	struct mdm_plist *payloads;
};
/* Takes the payload in; its UUID, for who points at it. */
const char *mdm_payload_beside(const struct mdm_beside *side, const char *type, const char *name,
	struct mdm_plist *payload);

struct mdm_payload_type {
	const char *name;  /* "wifi"; NULL ends */
	const char *apple; /* PayloadType, or the Settings command's Item */
	const struct mdm_field *fields;
	const char *slot; /* an iPad can have one only: the id of every item of this type */
	bool supervised;
	const char *since; /* first iPadOS */
	/* What a table cannot say; may add to `d`. ERR_REFUSED. */
	int (*finish)(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d);
	/* Payloads beside its own, which it points at; NULL: there are none. ERR_REFUSED. */
	int (*beside)(const struct mdm_beside *side, struct mdm_plist *d);
	struct say about;
};
extern const struct mdm_payload_type mdm_payload_types[], mdm_setting_types[];
/* NULL: no such. */
const struct mdm_payload_type *mdm_payload_type(const char *name);
const struct mdm_payload_type *mdm_setting_type(const char *name);

/* Fills `d` by the table. `also` (NULL-ended, or NULL) are members of the spec that are read
 * elsewhere; any other is refused. ERR_REFUSED with b->r. */
int mdm_fields_build(const struct mdm_build *b, const struct mdm_payload_type *t,
	const struct doc *spec, const char *const *also, struct mdm_plist *d) MUST_CHECK;
/* The text with what its {words} stand for; in the arena. */
const char *mdm_vars_fill(struct arena *a, const struct mdm_vars *v, const char *text);
/* Does it hold any of them? */
bool mdm_vars_in(const char *text);
/* A copy of a spec for people: secrets are replaced by true. */
struct doc *mdm_spec_show(
	struct arena *a, const struct mdm_payload_type *t, const struct doc *spec);

/*
 * The whole .mobileconfig of a spec ("type", "title", "remove_after" or "remove_at", "removable", and the type's
 * fields), unsigned, with identifiers that follow from `id` and content, so that the same spec
 * gives the same bytes. Type "raw": b->blob is a profile of somebody else's making, which gets our
 * identifier. ERR_REFUSED.
 */
int mdm_profile_build(const struct mdm_build *b, const char *id, const struct doc *spec,
	struct bytes *ret) MUST_CHECK;
/* Has its day come ("remove_at")? The iPad has then taken it away by itself. */
bool mdm_profile_ended(const struct doc *spec, int64_t now);
/* Its PayloadIdentifier. */
const char *mdm_profile_identifier(struct arena *a, const char *profile_id, const char *id);
/* The Command dictionary of the Settings command with this one item. ERR_REFUSED. */
int mdm_setting_build(const struct mdm_build *b, const char *name, const struct doc *spec,
	struct mdm_plist **ret) MUST_CHECK;

/* --- pictures: payload_icon.c --- */
/* A PNG, by its header: width and height. ERR_BADINPUT. */
int mdm_png_size(struct bytes png, uint32_t *ret_width, uint32_t *ret_height) MUST_CHECK;
/* The icon of web clips that have none of their own: a sheet of paper on green. */
struct bytes mdm_icon_make(struct arena *a);

/* --- sentences: payload_say.c --- */
extern const struct say mdm_say_field_missing, mdm_say_field_unknown, mdm_say_field_form,
	mdm_say_spec_type, mdm_say_spec_form, mdm_say_wifi_password, mdm_say_wifi_proxy, mdm_say_icon,
	mdm_say_profile_raw, mdm_say_profile_signed, mdm_say_profile_own, mdm_say_nothing_in_spec,
	mdm_say_both_lists, mdm_say_home_icon, mdm_say_app_lock, mdm_say_profile_ended,
	mdm_say_wifi_anchors, mdm_say_wifi_anchors_alone, mdm_say_wifi_p12,
	mdm_say_wifi_p12_password, mdm_say_wifi_p12_key, mdm_say_wifi_p12_ended;

/* --- payload_wifi.c --- */
extern const struct mdm_field mdm_wifi_fields[];
int mdm_wifi_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d) MUST_CHECK;
int mdm_wifi_beside(const struct mdm_beside *side, struct mdm_plist *d) MUST_CHECK;
/* The certificate of its spec, opened. Slow: not in a transaction. ERR_REFUSED. */
int mdm_wifi_vet(struct certs *c, struct arena *a, const struct doc *spec, int64_t now,
	struct refusal *r) MUST_CHECK;

/* --- payload_home.c --- */
extern const struct mdm_field mdm_home_fields[], mdm_app_lock_fields[];
int mdm_home_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d) MUST_CHECK;
int mdm_app_lock_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d) MUST_CHECK;

#endif
