/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files about settings share. */
#ifndef WEB_SETTING_INT_H
#define WEB_SETTING_INT_H

#include "web/api_int.h"

/* --- setting_preview.c --- */
/* What would be otherwise if `next` counted: [{"code","count","text"}], at least one sentence. */
struct web_setting_look {
	struct web *w;
	struct store_txn *txn;
	struct arena *a;
	enum setting x;
	const char *next;
	enum say_lang lang;
	int64_t now;
	struct doc *list;
};
int web_setting_look(struct web_setting_look *l) MUST_CHECK;

/* --- setting_face.c: for people --- */
/* The value as people say it: "90 dagar", "Ja", "(tomt)". */
const char *web_setting_text(
	const struct http_request *rq, enum setting x, const char *value);
/* What it is called, and what it is for. */
void web_setting_words(const struct http_request *rq, enum setting x, const char **ret_title,
	const char **ret_hint);
/* One that waits, in words. */
void web_setting_waits_face(const struct http_request *rq, enum setting x,
	const struct setting_change *c, struct doc *d);
/* Title, hint, and the parts of its input, with `value` in it. */
void web_setting_face(
	const struct http_request *rq, enum setting x, const char *value, struct doc *d);
/* What else is changed with versions, and where, with its latest change. */
int web_elsewhere_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
/* What hylla.conf holds: never a secret. */
void web_conf_face(const struct web *w, struct doc *d);

#endif
