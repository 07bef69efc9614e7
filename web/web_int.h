/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this folder share with each other. */
#ifndef WEB_WEB_INT_H
#define WEB_WEB_INT_H

#include "web/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define WEB_SILENT 10
#define WEB_SILENT_S (7 * 86400)
struct web_fleet {
	uint64_t enrolled, heard, silent_long; /* heard: within a day */
	struct {
		char serial[80];
		int64_t seen_at;
	} silent[WEB_SILENT]; /* the longest silent first */
	size_t silent_count;
	int64_t at;
};

/* --- live.c: which iPads have just spoken --- */
#define WEB_LIVE 256
#define WEB_LIVE_SERIAL 80
#define WEB_LIVE_MANY "-" /* more than the ring holds */
struct web_live {
	pthread_mutex_t lock;
	uint64_t count; /* noted so far */
	struct web_spoken {
		char serial[WEB_LIVE_SERIAL];
		uint64_t version; /* of the store before what it said was there */
	} ring[WEB_LIVE];
};

struct web {
	struct web_options o;
	struct web_live live;
	pthread_mutex_t fleet_lock;
	struct web_fleet fleet; /* as last counted */
	struct arena *arena;    /* of the templates */
	struct http_pages *pages[SAY_LANGS];
	struct web_worker *worker; /* NULL: not started */
	struct web_oidc *oidc;     /* NULL: there is no provider */
	pthread_mutex_t listen_lock;
	struct web_listener *listeners; /* open streams of events */
	_Atomic int64_t told_hour; /* of what the statement's form sent, and how often in it */
	_Atomic unsigned told;
};

/* --- setting.c: as they are now --- */
const char *web_organisation(const struct web *w);
const char *web_contact(const struct web *w);
/* Of a lost iPad's screen: its own, else whom pages tell people to ask. */
const char *web_lost_phone(const struct web *w);
/* A text of the house; NULL: there is none. */
const char *web_words(const struct web *w, enum setting x);
/* May everybody read what the library lends? */
bool web_catalogue_open(const struct web *w);
const char *const *web_alarm_to(const struct web *w);
/* The officer in charge of a zone's protected identities. NULL-ended, or NULL. */
const char *const *web_looks_to(const struct web *w, enum people_zone zone);
enum say_lang web_lang(const struct web *w);

/* --- account_db.c --- */
int web_account_put(struct store_txn *txn, const struct web_account *u) MUST_CHECK;
bool web_account_name_ok(const char *name);

/* --- account.c --- */
/* Easy to read aloud and to type: groups of four letters and digits that do not look alike. */
const char *web_word_draw(struct arena *a, unsigned groups);
/* Ends all its tokens. */
int web_account_sign_out(
	struct store *st, const struct audit_who *who, const char *name, int64_t now) MUST_CHECK;

/* --- locate.c --- */
/* web_second_decide() of that name; who has no account is for others to refuse. */
int web_second_check(struct store_txn *txn, struct arena *a, const char *name, int64_t now,
	struct refusal *r) MUST_CHECK;

/* --- account_rules.c (pure) --- */
/* Seconds to wait after the last of so many wrong passwords; 0: may try. */
int64_t web_throttle_decide(uint32_t wrong_count, int64_t wrong_at, int64_t now);
/* How many it is with this one: after a day without any, counting begins anew. */
uint32_t web_wrong_next(uint32_t wrong_count, int64_t wrong_at, int64_t now);
int web_password_decide(const char *password, const char *name, struct refusal *r);
/* May this account be one of two people? ERR_REFUSED. */
int web_second_decide(const struct web_account *u, int64_t now, struct refusal *r) MUST_CHECK;

/* --- token_db.c --- */
extern const struct rec_type web_token_rec;
int web_token_put(
	struct store_txn *txn, const uint8_t hash[32], const struct web_token *t) MUST_CHECK;
int web_token_get(struct store_txn *txn, struct arena *a, const uint8_t hash[32],
	struct web_token *ret) MUST_CHECK;
/* The same session under a new word; the old one is worth nothing. */
int web_token_move(struct store_txn *txn, const uint8_t from[32], const uint8_t to[32],
	const struct web_token *t) MUST_CHECK;
int web_token_hash(struct store_txn *txn, const char *id, uint8_t ret[32]) MUST_CHECK;
int web_token_by_id(
	struct store_txn *txn, struct arena *a, const char *id, struct web_token *ret) MUST_CHECK;
/* Of people at that station (NULL: every token that is open), however many they are. */
/* Those that are over as well, as long as they are known. */
int web_token_list_known(struct store_txn *txn, struct arena *a, const char *station,
	struct web_token **ret, size_t *ret_n) MUST_CHECK;
int web_token_list_at(struct store_txn *txn, struct arena *a, const char *station,
	struct web_token **ret, size_t *ret_n) MUST_CHECK;
/* Closes every token of an account. */
int web_token_close_all(struct store_txn *txn, const char *account, int64_t now) MUST_CHECK;
/* Another browser than its own showed it: nobody goes on with it. */
int web_token_end_elsewhere(struct store *st, const struct audit_who *who, const char *id,
	int64_t now) MUST_CHECK;
/* Those that a provider's word ends: of that session there, else all of that person. */
int web_token_close_provider(
	struct store_txn *txn, const char *subject, const char *sid, int64_t now) MUST_CHECK;
/* Every sign-in makes one, and a list of what is over would hide what is not: whoever adds one
 * clears away. */
int web_token_drop_expired(struct store_txn *txn, int64_t now) MUST_CHECK;
#define WEB_SESSION_S (12 * 3600)
#define WEB_IDLE_S (2 * 3600)

/* --- network_db.c: where somebody signed in from (on disk: "web.place") --- */
#define WEB_NETWORK 16
struct web_network {
	int64_t signed_in_at;
	uint32_t wrong_count;
	int64_t wrong_at;
	struct bytes unknown;
};
int web_network_get(struct store_txn *txn, struct arena *a, const char *account,
	const uint8_t network[WEB_NETWORK], struct web_network *ret) MUST_CHECK;
int web_network_put(struct store_txn *txn, const char *account, const uint8_t network[WEB_NETWORK],
	const struct web_network *p) MUST_CHECK;
/* The same; the account's oldest goes when it has too many. */
int web_network_add(struct store_txn *txn, const char *account, const uint8_t network[WEB_NETWORK],
	const struct web_network *p) MUST_CHECK;

/* --- guess_db.c --- */
/* Wrong passwords for names that no account has: counted as an account's are, so that waiting does
 * not tell which names exist. */
struct web_guess {
	uint32_t wrong_count;
	int64_t wrong_at;
	struct bytes unknown;
};
/* All zeros when nobody tried. */
int web_guess_get(struct store_txn *txn, struct arena *a, const char *name,
	struct web_guess *ret) MUST_CHECK;
int web_guess_put(struct store_txn *txn, const char *name, const struct web_guess *g) MUST_CHECK;

/* --- session_rules.c (pure) --- */
bool web_session_is_over(const struct web_token *t, int64_t now);
struct web_origin { /* headers of a request, or NULL */
	const char *site, *origin, *host;
	bool tls;
};
/* Was this request made by a page of ours? */
bool web_origin_is_ours(const struct web_origin *o);
/* May one go on there after signing in? */
bool web_return_ok(const char *to);
#define WEB_AGENT 32
void web_agent_format(const char *agent, char out[WEB_AGENT]);
void web_network_of(const char *account, const char *peer, uint8_t ret[WEB_NETWORK]);
#define WEB_FORM_TOKEN 48
void web_form_token(const char *word, char out[WEB_FORM_TOKEN]);
/* Whose a form is, when its session is gone: only who has the station's cookie can have made it. */
void web_form_owner(const char *station_word, const char *account, char out[WEB_FORM_TOKEN]);

/* --- page_texts.c --- */
struct web_text {
	const char *key;
	const char *text[SAY_LANGS];
};
extern const struct web_text web_texts[]; /* made from po/, sorted; ends with a NULL key */
extern const size_t web_text_count;      /* without that one */
/* A template with its {{t.KEY}} in place. ERR_NOTFOUND for a key that no catalogue has. */
int web_texts_fill(enum say_lang lang, struct bytes template, struct buf *out) MUST_CHECK;
/* All templates of web_files in that language. */
int web_texts_pages(struct arena *a, enum say_lang lang, struct http_pages **ret) MUST_CHECK;

/* --- alarm_db.c --- */
struct web_alarm {  /* what was said of one deadline */
	int64_t at; /* that deadline; another one begins anew */
	uint32_t step;
	int64_t told_at;
	struct bytes unknown;
};
/* ERR_NOTFOUND. */
int web_alarm_get(struct store_txn *txn, struct arena *a, const struct web_deadline *d,
	struct web_alarm *ret) MUST_CHECK;
int web_alarm_put(
	struct store_txn *txn, const struct web_deadline *d, const struct web_alarm *x) MUST_CHECK;

/* --- alarm_msg.c (pure) --- */
/* Is there something to say that was not said? `said` NULL: nothing was. */
bool web_alarm_due(const struct web_deadline *d, const struct web_alarm *said, int64_t now);
/* Louder with each step. In the arena. */
void web_alarm_text(struct arena *a, const struct web_deadline *d, enum say_lang lang, int64_t now,
	const char **ret_subject, const char **ret_text);

/* --- wanted_rules.c --- */
#define WEB_SLUG 40
/* "Höst i Borås" is "host-i-boras"; NULL: nothing is left of it. */
const char *web_slug(struct arena *a, const char *s);

/* --- mailing_preview.c --- */
int web_mailing_preview(struct web *w, struct store_txn *txn, struct arena *a,
	const struct mdm_mailing *want, int64_t now, struct doc *d) MUST_CHECK;

/* --- live.c --- */
/* In the transaction that takes its word. */
void web_live_note(struct web *w, const char *serial);
/* How many were noted: whoever begins to follow begins there. */
uint64_t web_live_count(struct web *w);
/* The next that spoke, in what the store holds at that version; WEB_LIVE_MANY: too many to tell. */
bool web_live_next(struct web *w, uint64_t version, uint64_t *seen, char ret_serial[WEB_LIVE_SERIAL]);

/* admit.c: for an answer that goes on: by what it was admitted, of the request's arena, and whether it still
 * would be, with the same roles. Asking is no use of it. ERR_STRANGER: no longer. */
struct web_stay;
struct web_stay *web_stay(const struct http_request *rq);
int web_stays(struct store_txn *txn, const struct web_stay *s, int64_t now) MUST_CHECK;

/* --- fleet.c --- */
/* At most a minute old. */
int web_fleet_get(struct web *w, int64_t now, struct web_fleet *ret) MUST_CHECK;

/* --- docs.c --- */
/* A member only when there is something to tell. */
void web_doc_opt(struct doc *d, const char *key, const char *s);
/* "SILVER" in words; "color" as it is kept, and "color_text". (color_say.c) */
const char *web_color_say(enum say_lang lang, const char *color);
void web_color_doc(struct doc *d, enum say_lang lang, const char *color);
void web_doc_opt_time(struct doc *d, const char *key, int64_t t);

/* --- when.c --- */
/* Beside each time or day of the document, `x`, comes `x_when`: {"text","exact","iso","past"}. */
#define WEB_WHEN_KEYS 64 /* of one object are looked at */
struct web_when {
	enum say_lang lang;
	int64_t now;
};
void web_doc_when(struct doc *d, enum say_lang lang, int64_t now);

/* --- page.c --- */
extern const struct http_file web_files[]; /* made from web/pages */
const struct http_file *web_file_find(const char *name);
/* What stands round every page: language, words, whose it is, whom to ask. */
void web_around_doc(const struct web *w, struct doc *d, enum say_lang lang);
/* The document of an error page: a title for that status, and where to go. */
const char *web_error_title(enum say_lang lang, int status);
void web_error_doc(struct doc *d, enum say_lang lang, int status, bool home);

/* --- say.c --- */
extern const struct say web_say_bad_name, web_say_name_taken, web_say_no_account, web_say_closed,
	web_say_wrong_password, web_say_wait, web_say_new_password, web_say_short_password,
	web_say_same_password, web_say_last_admin, web_say_no_roles, web_say_person_needed,
	web_say_just_given, web_say_bad_body, web_say_bad_field, web_say_field_wrong, web_say_no_plist, web_say_no_push, web_say_missing_field,
	web_say_unknown_field, web_say_not_the_same, web_say_form_old, web_say_form_foreign, web_say_form_ended, web_say_setting_since, web_say_lost_or_stolen,
	web_say_screen_words;

/* --- alarm.c --- */
/* ERR_UNSUPPORTED: no mail is set up. */
int web_mail_send(struct web *w, const struct net_mail *m, int64_t now) MUST_CHECK;
const char *web_mail_domain(const char *address);
/* --- look_mail.c --- */
int web_looks_round(struct web *w, int64_t now) MUST_CHECK;

#endif
