/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One handler, two faces (face.c). A handler fills a document; web_reply() gives it to a program as
 * it is and to a browser as a page. A handler that changes something reads its fields by
 * api_body(), whether they come as JSON or as a form, and ends with api_done(): a program is told,
 * a browser is sent on (303) to where the form's "next" says.
 *
 * A form that is refused is its own page again: the GET route of the same address makes it, with
 * what was typed under {{form}} and what was wrong with it under {{problem}}.
 */
#ifndef WEB_PAGE_INT_H
#define WEB_PAGE_INT_H

#include "web/web_int.h"

struct web_note { /* rq->note, from the admission to the reply */
	struct web *w;
	struct doc *form; /* as it was sent; NULL: none was */
	struct http_form whole; /* that form with its files */
	bool form_read;
	const char *problem; /* why a form is its own page again */
	const char *field;   /* which of its fields is wrong; or NULL */
	const char *ask;     /* what a yes to the refusal is called: "hold"; or NULL */
	int status;          /* of the page; 0: what the handler says */
};

/* pages.c: the GET route of a page, by its path as the table has it; NULL: there is none. */
const struct http_route *web_page_at(const char *path);
/* Once a request, before the rest. */
struct web_note *web_page_begin(struct http_request *rq, struct web *w);
/* A browser that wants a page, and not a program. */
bool web_is_page(const struct http_request *rq);
int web_reply(struct http_request *rq, int status, const char *template, struct doc *d);
/* A reading transaction that fills a document (struct api_read), and its reply. */
int web_read(struct http_request *rq, struct web *w, store_fn *fn, const char *template);
/* A list as a table: the same document as JSON, as the template of the list's name, or
 * (?format=csv, xlsx) as a file. (table.c) */
struct web_column {
	const char *key;  /* of a row */
	const char *text; /* of the catalogue */
};
struct web_table {
	const char *list;                 /* key of the list in the document, and the template */
	const char *page;                 /* the template, where it has another name; or NULL */
	const struct web_column *columns; /* ends with a NULL key */
};
int web_read_table(struct http_request *rq, struct web *w, store_fn *fn, const struct web_table *t);
int web_reply_table(struct http_request *rq, const struct web_table *t, struct doc *d);
bool web_is_file(const struct http_request *rq);
/* What to tell whoever asks for a form that no list has (web_admit_staff() refuses it), and whoever
 * asks for a file where there is none (web_reply() does); NULL: nothing is wrong. */
const char *web_format_unknown(const struct http_request *rq);
const char *web_format_none(const struct http_request *rq);
/* Pure: for Swedish spreadsheets, that is with ';' and a BOM. What they would take for a formula
 * gets an apostrophe. */
void web_table_csv(
	struct buf *out, const struct web_table *t, const struct doc *rows, enum say_lang lang);
/* An API's list that was asked with a word it does not know, as one that was misspelt: everything would be taken for
 * what was asked for. NULL: all of them counted. */
const char *web_query_unknown(const struct http_request *rq);
/* The form of the body, NULL when it is none; and one field of it, NULL when absent or empty. */
struct doc *web_form(struct http_request *rq);
const char *web_form_str(struct http_request *rq, const char *name);
/* What ticked boxes of one name say, with a blank between; NULL for a field left empty. (api.c) */
const char *web_form_value(struct arena *a, const struct doc *form, const char *key);
/* A file of the form (enctype="multipart/form-data"); NULL: none was chosen. */
const struct http_upload *web_form_file(struct http_request *rq, const char *name);
/* 303. A program gets ERR_DENIED instead: it does not walk. */
int web_page_go(struct http_request *rq, const char *to);
/* After an act: to the form's "next", else to the address above this one. */
int web_page_done(struct http_request *rq);
/* The same, where "next" holds a "*" in the place of what was made. */
int web_page_made(struct http_request *rq, const char *id);
/* "/devices/A1" of "/devices/A1/lost". */
const char *web_address_above(struct http_request *rq);
/* The address of the page that the form is on. */
const char *web_address_of_form(struct http_request *rq);
/* The form's page again, with what is wrong; where there is no such page, an error's page. */
int web_page_again(struct http_request *rq, int status, const char *text, const char *field);
/* Like http_reply_error, with a sentence of ours. */
int web_page_refuse(struct http_request *rq, int err, const struct say *say);
/* Nobody is signed in here: to the sign-in page and back afterwards. */
int web_page_sign_in_first(struct http_request *rq);
/* The same, and the page says done.`done` (NULL: nothing). */
int web_page_sign_in_because(struct http_request *rq, const char *done);
/* Where the form's or the address's "return" leads; "/" when nowhere of ours. (session_http.c) */
const char *web_return_of(struct http_request *rq);
struct web_arrival {
	const char *account, *word;
	uint32_t roles;
};
/* A session of this account in this browser, and its cookie; what session was there ends. */
struct web_session_want {
	const char *account;
	enum web_stage stage;
	bool provider;
	const char *subject, *sid, *id_token; /* of the provider; NULL: by password */
	const char *station; /* of a round to the provider; NULL: the browser shows it */
};
int web_session_begin(struct http_request *rq, struct web *w, const struct web_session_want *want,
	struct web_arrival *ret) MUST_CHECK;
/* Of this browser; one is given when it shows none. */
const char *web_station_begin(struct http_request *rq);
/* Before anybody signs in, so that two tabs that do at once have one station. Not to who was sent here by
 * another site, and so shows no cookie of ours. */
void web_station_offer(struct http_request *rq);
/* session_begin_http.c */
#define WEB_HINT_CONTEXT "web.token/id_token"
void web_cookie_set(struct http_request *rq, const char *word); /* NULL: away with it */
/* The id of the station this browser is; NULL: it shows none. */
const char *web_station_id(const struct http_request *rq);
/* What this browser's forms hold: "SESSION.OWNER", the second where it is a station's. */
const char *web_form_token_for(
	const struct http_request *rq, const char *word, const char *account);
/* Was the form given to the session whose token is `own`? */
bool web_form_is_sessions(const char *token, const char *own);
/* Was it given to this account, in this browser, in whatever session? */
bool web_form_is_accounts(const struct http_request *rq, const char *token, const char *account);
/* After signing in or opening: where the person was, or first what was kept. (pin_http.c) */
int web_page_go_on(struct http_request *rq, struct web *w, const struct web_arrival *x);
/* A form came when the session was locked, or over: to the page that opens it, with what was sent
 * sealed in it. */
int web_page_locked(struct http_request *rq, struct web *w);
/* Is there somebody at this station who may come back by PIN? */
bool web_station_waits(struct http_request *rq, struct web *w);
int web_page_sign_in_kept(struct http_request *rq, struct web *w);
int web_page_sign_in_with(struct http_request *rq, struct web *w, const char *kept);
/* A form that was given to another session, or whose session was ended by somebody: kept where it is
 * known whose it is, and nothing of it is done. (form_late.c) */
int web_page_form_old(struct http_request *rq, struct web *w, const char *token);
int web_page_form_ended(struct http_request *rq, struct web *w, const char *token);
/* Is what comes without a session to be read, to see whose it is? */
bool web_form_may_be_ended(const struct http_request *rq);
/* The same of a session that a PIN opened, where that is not enough: the form is kept and done after
 * a full sign-in. false: it was opened in full. true: *ret is what the handler returns. */
bool web_page_full_first(struct http_request *rq, struct web *w, int *ret);
/* With the prefix that browsers guard where there is TLS. */
const char *web_cookie_name(const struct http_request *rq);
/* Was it a page of ours that sent this? */
bool web_request_is_ours(const struct http_request *rq);
/* For a query in a link: everything but letters, digits and "-._~/" is escaped. */
const char *web_escape(struct arena *a, const char *s);

#endif
