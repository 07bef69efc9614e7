/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A shared desk. Station: a browser, by a cookie that outlives its sessions; several people may be
 * signed in at one, and one of them works. PIN: a short number that opens a locked session again,
 * at its station and within a shift of the full sign-in, and nothing else.
 */
#ifndef WEB_PIN_INT_H
#define WEB_PIN_INT_H

#include "web/sign_in_int.h"

#define WEB_PIN_TRIES 3
#define WEB_PIN_FRESH_S 900 /* PIN and second step are chosen soon after a full sign-in */
#define WEB_STATION 16      /* of its id, with the NUL */

/* --- pin_rules.c (pure) --- */
enum web_session_state { WEB_SESSION_OPEN, WEB_SESSION_LOCKED, WEB_SESSION_OVER };
/* `has_pin`: its account has one, which opens it for a shift. Without one it locks as soon and, after
 * two idle hours, is over. */
enum web_session_state web_session_state(const struct web_token *t, bool has_pin,
	const struct web_sign_in_rules *rules, int64_t now);
/* A full sign-in a short while ago; a program's began with its token. */
bool web_token_is_fresh(const struct web_token *t, int64_t now);
int64_t web_lock_s(const struct web_sign_in_rules *rules);
int64_t web_shift_s(const struct web_sign_in_rules *rules);
/* Four to eight digits, as every PIN. */
bool web_pin_is_formed(const char *pin);
/* The same, and not the first that anybody would try. */
int web_pin_decide(const char *pin, struct refusal *r) MUST_CHECK;
/* The public id of the station whose cookie this is. */
void web_station_of(const char *word, char out[WEB_STATION]);

/* --- station_db.c --- */
struct web_station {
	const char *name; /* "Disken, Simonsland" */
	struct bytes unknown;
};
/* All zeros when it has no name. */
int web_station_get(
	struct store_txn *txn, struct arena *a, const char *id, struct web_station *ret) MUST_CHECK;
int web_station_put(struct store_txn *txn, const char *id, const struct web_station *x) MUST_CHECK;

/* --- pin.c --- */
struct web_pin_ask {
	const struct audit_who *who;
	const char *account, *station, *pin;
	const char *token_id; /* of the session that chooses one */
	int64_t now;
};
int web_pin_set(struct web *w, const struct web_pin_ask *ask, struct refusal *r) MUST_CHECK;
int web_pin_drop(struct web *w, const struct web_pin_ask *ask) MUST_CHECK;
/* That session is locked from now on. */
int web_session_lock(struct web *w, const struct web_pin_ask *ask) MUST_CHECK;
/* Opens the account's session at the station with a new word, in the arena, and locks the others
 * there. ERR_REFUSED: wrong, or there is none that a PIN opens. */
int web_pin_unlock(struct web *w, const struct web_pin_ask *ask, struct arena *a,
	const char **ret_word, uint32_t *ret_roles, struct refusal *r) MUST_CHECK;
/* Who may come back to the station by PIN, names in the arena. */
#define WEB_STATION_MOST 50
int web_station_accounts(struct store_txn *txn, struct arena *a, const char *station, int64_t now,
	const char *ret[WEB_STATION_MOST], size_t *ret_n) MUST_CHECK;

/* --- kept.c: what was sent when the session had ended --- */
struct web_kept {
	const char *path, *account, *station;
	uint32_t roles;
	int64_t until;
	bool own; /* its owner went on purpose: no colleague sees it */
	const struct doc *fields;
};
/* Sealed, for the page to carry; NULL: nothing to keep, or nothing that may be kept. */
const char *web_kept_take(struct http_request *rq, struct web *w);
/* ERR_NOTFOUND: nothing, or it is too old. */
int web_kept_open(struct web *w, const char *text, int64_t now, struct arena *a,
	struct web_kept *ret) MUST_CHECK;
/* Puts it in the store for a round to the provider, where no form can go along: the address that
 * offers it again afterwards; NULL: it cannot be kept so. */
const char *web_kept_address(struct http_request *rq, struct web *w, const char *text);
/* What that address names. ERR_NOTFOUND: nothing any longer. */
int web_kept_find(struct http_request *rq, struct web *w, const char *name,
	struct web_kept *ret) MUST_CHECK;
/* kept_db.c */
#define WEB_KEPT_HASH 16
int web_kept_put(struct store_txn *txn, int64_t until, const uint8_t hash[WEB_KEPT_HASH],
	const char *text, int64_t now) MUST_CHECK;
int web_kept_get(struct store_txn *txn, struct arena *a, int64_t until,
	const uint8_t hash[WEB_KEPT_HASH], const char **ret) MUST_CHECK;
/* Its owner's, and at the same station a colleague's who may see all that the owner may: nobody is
 * offered a form that was sent to them from elsewhere. */
bool web_kept_may(
	const struct web_kept *k, const char *account, uint32_t roles, const char *station);

extern const struct say web_say_pin_form, web_say_pin_simple, web_say_pin_not_fresh,
	web_say_pin_wrong, web_say_pin_none, web_say_pin_out, web_say_pin_not_the_same, web_say_full_first;

#endif
