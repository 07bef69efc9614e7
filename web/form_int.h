/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A form as a table of its inputs: one template shows them all, with what was typed when it comes
 * back, and what is stored before that. An input is called as the record's field is (thing_int.h),
 * so one handler takes what programs and pages send. Money is typed in kronor: NAME_ore is typed as
 * NAME_kr. A form of a record that is there says "whole": what is left empty is cleared.
 */
#ifndef WEB_FORM_INT_H
#define WEB_FORM_INT_H

#include "inventory/agreement.h"
#include "web/thing_int.h"

enum web_input_kind {
	WEB_INPUT_LINE,
	WEB_INPUT_AREA,
	WEB_INPUT_COUNT,  /* a whole number */
	WEB_INPUT_KRONOR, /* of a field in öre */
	WEB_INPUT_DAY,
	WEB_INPUT_CHOICE,
	WEB_INPUT_TICK,
	WEB_INPUT_FILE,
	WEB_INPUT_HIDDEN /* sent as it is stored */
};
struct web_form_ask;
struct web_input {
	const char *name;
	const char *label; /* key of the catalogue; NULL: "field.NAME" */
	enum web_input_kind kind;
	bool needed;
	bool more; /* folded away with the others that are seldom used */
	const char *hint; /* key of the catalogue, or NULL */
	/* WEB_INPUT_CHOICE: the words of an enumeration … */
	const char *(*word)(unsigned);
	const struct say *(*say)(unsigned);
	/* … or what web_option_add() is called with. */
	int (*options)(struct web_form_ask *ask);
};
struct web_form {
	const char *title, *lead, *button; /* keys; lead may be NULL */
	const struct web_input *inputs;    /* ends with a NULL name */
	const char *preview; /* key of a second button, which sends preview=yes to a new window; or NULL */
	bool whole;
	bool stop; /* the button is one to think before */
};
/* What a form's page is made of, within its transaction. */
struct web_form_ask {
	struct api_read *job;
	struct store_txn *txn;
	const struct web_form *form;
	const struct doc *values; /* of the record; NULL: a new one */
	const char *subject;      /* what it is about, after the title; or NULL */
	const char *next, *back;  /* addresses */
	const struct web_input *input; /* options(): which one */
	struct doc *list;
	const char *now; /* what is chosen */
};
/* Fills values, subject, next and back. */
typedef int web_form_fill(struct web_form_ask *ask);
/* The page of a form, whose address it is sent to. */
int web_form_reply(
	struct http_request *rq, struct web *w, const struct web_form *f, web_form_fill *fill);
/* The same within a page that shows more: under `key` of the document. */
int web_form_put(struct web_form_ask *ask, const char *key);
void web_option_add(struct web_form_ask *ask, const char *code, const char *text);
/* wording_face.c: which text it is, in words */
void web_wording_head(const struct http_request *rq, enum inv_text kind, enum say_lang lang,
	struct doc *d);
/* Choices that many forms have. */
int web_options_product(struct web_form_ask *ask);
int web_options_product_of(struct web_form_ask *ask, const struct inv_product_ask *which);
int web_options_place(struct web_form_ask *ask);
int web_options_zone(struct web_form_ask *ask);
int web_options_borrower_kind(struct web_form_ask *ask); /* rule_form.c */
int web_options_category(struct web_form_ask *ask); /* product_form.c */

#endif
