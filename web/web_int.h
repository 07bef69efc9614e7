/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this folder share with each other. */
#ifndef WEB_WEB_INT_H
#define WEB_WEB_INT_H

#include "web/web.h"

struct web {
	struct web_options o;
	struct http_pages *pages;
};

/* --- account_db.c --- */
int web_account_put(struct store_txn *txn, const struct web_account *u) MUST_CHECK;
bool web_account_name_ok(const char *name);

/* --- account_rules.c (pure) --- */
/* Seconds an account must wait after its last wrong password; 0: may try. */
int64_t web_throttle_decide(const struct web_account *u, int64_t now);
int web_password_decide(const char *password, const char *name, struct refusal *r);
/* May this account be one of two people? ERR_REFUSED. */
int web_second_decide(const struct web_account *u, int64_t now, struct refusal *r) MUST_CHECK;
/* The roles, any of which may mark so a thing that is in state `from`. */
uint32_t web_mark_roles(const struct inv_mark *mark, unsigned from);

/* --- token_db.c --- */
int web_token_put(
	struct store_txn *txn, const uint8_t hash[32], const struct web_token *t) MUST_CHECK;
int web_token_get(struct store_txn *txn, struct arena *a, const uint8_t hash[32],
	struct web_token *ret) MUST_CHECK;
/* Closes every token of an account. */
int web_token_close_all(struct store_txn *txn, const char *account, int64_t now) MUST_CHECK;
/* Every sign-in makes one, and a list of what is over would hide what is not: whoever adds one
 * clears away. */
int web_token_drop_expired(struct store_txn *txn, int64_t now) MUST_CHECK;
#define WEB_SESSION_S (12 * 3600)

/* --- docs.c --- */
/* A member only when there is something to tell. */
void web_doc_opt(struct doc *d, const char *key, const char *s);
void web_doc_opt_time(struct doc *d, const char *key, int64_t t);

/* --- page.c --- */
extern const struct http_file web_files[]; /* made from web/pages */
const struct http_file *web_file_find(const char *name);
/* What stands round every page: language, words, whose it is, whom to ask. */
void web_around_doc(const struct web *w, struct doc *d, enum say_lang lang);
/* The document of an error page: a title for that status, and where to go. */
void web_error_doc(struct doc *d, enum say_lang lang, int status, bool home);

/* --- page_say.c --- */
struct web_page_word {
	const char *key; /* {{say.key}} */
	struct say say;
};
extern const struct web_page_word web_page_words[]; /* ends with a NULL key */
const struct say *web_error_title(int status);

/* --- say.c --- */
extern const struct say web_say_bad_name, web_say_name_taken, web_say_no_account, web_say_closed,
	web_say_wrong_password, web_say_wait, web_say_new_password, web_say_short_password,
	web_say_same_password, web_say_last_admin, web_say_no_roles, web_say_person_needed,
	web_say_just_given, web_say_bad_body, web_say_bad_field, web_say_missing_field,
	web_say_unknown_field;

#endif
