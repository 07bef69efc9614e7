/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Declarative management. The server advertises a manifest: which declarations there are, each
 * with a token made of its content; the iPad fetches what it does not have, and reports.
 *
 * Words. Declaration: one of Apple's, kept by the hash of its content. Manifest: the list of an
 * iPad's declarations, kept by the hash of that list, which is the DeclarationsToken; iPads with
 * the same list share it. Given: the manifest that the iPad was last told of. What was given can
 * be fetched, also after something newer has taken its place: a manifest goes only when it was
 * replaced a day ago or more, or eight newer ones have come.
 *
 * Both tokens follow from content alone. Nothing that passes answers 404, which makes an iPad drop
 * a declaration: only one that stands in none of its manifests.
 */
#ifndef MDM_DDM_INT_H
#define MDM_DDM_INT_H

#include "mdm/desired_int.h"

enum mdm_declaration_class {
	MDM_CLASS_ACTIVATION,
	MDM_CLASS_ASSET,
	MDM_CLASS_CONFIGURATION,
	MDM_CLASS_MANAGEMENT,
	MDM_CLASSES
};
struct mdm_declaration_type {
	const char *type; /* NULL ends */
	enum mdm_declaration_class class;
	bool supervised;
	const char *since;
	const char *keys; /* "Name! Email URL", "*" */
	bool apps;        /* brings software, or what we cannot look into: only when the settings allow it */
};
extern const struct mdm_declaration_type mdm_declaration_types[];
const struct mdm_declaration_type *mdm_declaration_type(const char *name);
const char *mdm_class_name(enum mdm_declaration_class c);
struct mdm_status_item {
	const char *name; /* NULL ends */
	const char *since;
};
extern const struct mdm_status_item mdm_status_items[];

/* --- pure: ddm_rules.c --- */
#define MDM_TOKEN_TEXT 65
struct mdm_declaration {
	enum mdm_declaration_class class;
	const char *identifier, *type;
	const char *payload;               /* JSON */
	struct bytes profile;              /* of ours, that it leads to; or none */
	char server_token[MDM_TOKEN_TEXT]; /* of its content */
};
/* A moment that is asked for and has passed by `now`. ERR_REFUSED. */
int mdm_declaration_time_check(
	const struct doc *spec, int64_t now, struct refusal *r) MUST_CHECK;
/* ERR_REFUSED: an unknown type, a key that it does not have, one that is missing. */
int mdm_declaration_check(struct arena *a, const struct doc *spec, bool apps_ok,
	const struct mdm_declaration_type **ret, struct refusal *r) MUST_CHECK;
/* Does the spec bring its profile along ("profile"), made and checked by us and served by us? Then
 * it is none of those that need a permission. */
bool mdm_declaration_carries(const struct mdm_declaration_type *t, const struct doc *spec);
/* Where an iPad fetches it: DEVICE_URL/declared/ID/HASH, so that other content is another address,
 * and the token follows. */
const char *mdm_declared_url(
	struct arena *a, const char *device_url, const char *id, const char *hash);
void mdm_declaration_seal(struct mdm_declaration *d);
/* Sorts by class and identifier. */
void mdm_manifest_token(struct mdm_declaration *list, size_t n, char ret[MDM_TOKEN_TEXT]);
/* {"Type","Identifier","ServerToken","Payload"}. */
const char *mdm_declaration_json(struct arena *a, const struct mdm_declaration *d);
/* The payload of the subscription to all that this iPadOS can tell. */
const char *mdm_subscriptions_json(struct arena *a, const char *os_version);
/* The activation of all configurations in the list. */
const char *mdm_activation_json(struct arena *a, const struct mdm_declaration *list, size_t n);

/* --- bytes of a status report: ddm_msg.c (pure) --- */
#define MDM_STATUS_BODY_MOST (512 << 10)
#define MDM_STATUS_KEPT_MOST (128 << 10)
/* Merges a report into what was known (JSON, or NULL): the items we subscribe to, under their
 * dotted names; lists by identifier, and a full report replaces all. *ret_ignored: how many items
 * were none of ours. ERR_BADINPUT; ERR_TOOBIG. */
int mdm_status_merge(struct arena *a, const char *before, struct bytes report, const char **ret,
	size_t *ret_ignored) MUST_CHECK;
/* What the status says of battery and parts (device.power.battery-health, device.system.health). */
struct mdm_health {
	uint32_t battery;         /* enum mdm_battery */
	const char *faulty_parts; /* those that are broken or not Apple's; NULL */
	bool told;
};
void mdm_status_health(struct arena *a, const struct doc *status, struct mdm_health *ret);
/* What the status says of one declaration. NULL: nothing. */
struct mdm_declaration_state {
	const char *server_token, *valid;
	const struct doc *reason; /* the first of its reasons; NULL: it gave none */
	bool active;
};
bool mdm_status_of(const struct doc *status, enum mdm_declaration_class class,
	const char *identifier, struct mdm_declaration_state *ret);
/* A reason of a report as one text: "Error.X: the iPad's own words". ddm_reason.c */
const char *mdm_reason_of(struct arena *a, const struct doc *reason);

/* --- records: ddm_db.c --- */
struct mdm_ddm {
	const char *token, *given;
	int64_t made_at;    /* when `token` became this iPad's */
	const char *before; /* "token time token time", newest first */
	struct bytes unknown;
};
int mdm_ddm_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_ddm *ret) MUST_CHECK;
int mdm_ddm_put(struct store_txn *txn, const char *serial, const struct mdm_ddm *x) MUST_CHECK;
int mdm_ddm_forget(struct store_txn *txn, const char *serial) MUST_CHECK;
struct mdm_manifest_row { /* one declaration of a manifest */
	enum mdm_declaration_class class;
	const char *identifier, *server_token;
};
int mdm_manifest_get(struct store_txn *txn, struct arena *a, const char *token,
	struct mdm_manifest_row **ret, size_t *ret_n) MUST_CHECK;
/* One more iPad leans on it; made when it is not there. */
int mdm_manifest_hold(struct store_txn *txn, const char *token, const struct mdm_declaration *list,
	size_t n) MUST_CHECK;
/* The profile of a declaration, sealed (empty: it has none). */
int mdm_declared_get(struct store_txn *txn, struct arena *a, const char *server_token,
	struct bytes *ret) MUST_CHECK;
#define MDM_DECLARED_CONTEXT "mdm.declaration/profile"
/* One less; the last takes it and its declarations away. */
int mdm_manifest_drop(struct store_txn *txn, const char *token) MUST_CHECK;
int mdm_declaration_get(struct store_txn *txn, struct arena *a, const char *server_token,
	const char **ret_json) MUST_CHECK;
int mdm_report_put(
	struct store_txn *txn, const char *serial, const struct mdm_report *x) MUST_CHECK;

/* --- flow: ddm_visit.c, ddm.c --- */
/* The manifest of an iPad as its sets ask for it; a command when it is another than before. */
struct mdm_ddm_ask {
	struct mdm *m;
	struct store_txn *txn;
	const struct mdm_enrollment *e;
	struct mdm_live_item *const *items;
	size_t n;
	const struct mdm_build *build; /* for profiles that declarations carry */
	int64_t now;
};
int mdm_ddm_visit(const struct mdm_ddm_ask *k, size_t *ret_queued) MUST_CHECK;
/* The profile that an item's declaration carries: the same spec, the same bytes. */
int mdm_declared_build(
	const struct mdm_build *b, const struct mdm_live_item *x, struct bytes *ret) MUST_CHECK;
/* The identifier that an item's declaration has. */
const char *mdm_declaration_identifier(struct arena *a, const char *profile_id, const char *id);
/* How one item stands, by the iPad's last report. */
int mdm_ddm_slot(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	const struct mdm_item *item, struct mdm_applied *ret) MUST_CHECK;
/* The worst of its declarations that come from items, by its last report. */
int mdm_ddm_stands(struct store_txn *txn, struct arena *a, const char *serial,
	enum mdm_stands *ret) MUST_CHECK;
/* Has it yet to tell of any of them? */
int mdm_ddm_waits(
	struct store_txn *txn, struct arena *a, const char *serial, bool *ret) MUST_CHECK;
/* Does the list of this iPad hold the item's declaration? It leaves out what the iPad cannot have. */
int mdm_ddm_holds(const struct mdm_round *rd, struct arena *a, const char *serial, const char *id,
	bool *ret) MUST_CHECK;
/* The profile at that address, for the iPad with this identity alone, while a list of its own has
 * or lately had it. ERR_NOTFOUND. */
struct mdm_declared {
	const struct mdm_caller *who;
	const char *id, *hash; /* of the address */
	int64_t now;
};
int mdm_declared_read(struct mdm *m, const struct mdm_declared *ask, struct arena *a,
	struct bytes *ret) MUST_CHECK;
int mdm_ddm_checkin(struct mdm *m, const struct mdm_caller *who, const struct mdm_checkin *c,
	struct arena *a, struct mdm_checkin_answer *ret) MUST_CHECK;

extern const struct say mdm_say_declaration_type, mdm_say_declaration_key,
	mdm_say_declaration_missing, mdm_say_declaration_payload, mdm_say_declaration_version,
	mdm_say_declaration_time, mdm_say_declaration_past, mdm_say_declaration_url;

/* --- ddm_check.c --- */
int mdm_ddm_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;
/* ddm_db.c: how many lean on a manifest or declaration. */
int mdm_held_refs(struct store_txn *txn, enum store_table t, const char *token,
	int64_t *ret) MUST_CHECK;

#endif
