/* SPDX-License-Identifier: EUPL-1.2 */
/* What the edges of circulation share: their documents and fields. */
#ifndef WEB_CIRCULATION_INT_H
#define WEB_CIRCULATION_INT_H

#include "inventory/circulation.h"
#include "web/api_int.h"

/* --- circulation_doc.c --- */
void web_loan_doc(const struct inv_loan *l, struct doc *d);
void web_loan_line_doc(const struct inv_loan_line *l, struct doc *d, enum say_lang lang);
/* A closed day that was chosen, with the one that holds; one that became a closed one since. */
void web_loan_moved_doc(
	const struct inv_loan_full *f, struct doc *d, const struct http_request *rq);
int web_loan_opens_doc(
	struct store_txn *txn, const struct inv_loan_full *f, struct doc *d) MUST_CHECK;
void web_day_moved_doc(
	struct doc *d, const struct http_request *rq, int32_t asked, int32_t due);
void web_out_moved_doc(struct doc *d, const struct http_request *rq, const struct inv_out *out,
	const struct inv_out_result *res);
/* Of another service's hold is told what to fetch for it and whereto, and no more. */
struct inv_hold web_hold_told(const struct inv_hold *h, unsigned zones);
void web_hold_doc(const struct inv_hold *h, struct doc *d, enum say_lang lang);
void web_rule_doc(const struct inv_rule *r, struct doc *d);
void web_terms_doc(const struct inv_terms *t, struct doc *d);
void web_desk_doc(const struct inv_desk *desk, struct doc *d);
void web_scanned_doc(
	const struct inv_scanned *s, struct doc *d, struct arena *a, enum say_lang lang);
void web_last_doc(const struct inv_last *l, struct doc *d, struct arena *a, enum say_lang lang);
/* What came of the last call or letter about it; nothing: there was none. */
void web_contact_doc(const struct inv_loan_line *l, struct doc *d, enum say_lang lang);
/* A day as "2026-11-21"; 0: left out. */
void web_doc_opt_day(struct doc *d, const char *key, int32_t day);

/* --- circulation_http.c --- */
struct inv_desk_who api_desk_who(const struct http_request *rq, const char *desk);
/* Fields of a body. 0, or the reply is made and ERR_BADINPUT says to stop. */
int api_day(struct http_request *rq, const struct doc *d, const char *key, int32_t *ret) MUST_CHECK;
int api_time(
	struct http_request *rq, const struct doc *d, const char *key, int64_t *ret) MUST_CHECK;
int api_count(struct http_request *rq, const struct doc *d, const char *key, uint32_t most,
	uint32_t *ret) MUST_CHECK;
/* "hold limit" of what was answered with yes. */
int api_yes(struct http_request *rq, const struct doc *d, unsigned *ret) MUST_CHECK;
/* The refusal with what would let it through, or the document. */
int api_circulated(struct http_request *rq, int err, const struct refusal *r, struct doc *d);
/* {number} of a loan; ERR_NOTFOUND. */
int api_loan_number(const struct http_request *rq, uint64_t *ret) MUST_CHECK;
/* {code} while it is on the loan {number}, of one's own zone; all in the request's arena. ERR_NOTFOUND. */
int web_loan_thing(struct store_txn *txn, const struct http_request *rq, struct inv_unit *ret_unit,
	struct inv_loan *ret, struct inv_loan_line *ret_line) MUST_CHECK;
int api_id(const struct http_request *rq, uint64_t *ret) MUST_CHECK;
void web_yes_doc(unsigned yes, struct doc *list);

/* --- stat_face.c --- */
void web_statistics_face(struct http_request *rq, struct doc *d);

/* --- rule_http.c, rule_face.c, rule_form.c: the rules of loans --- */
/* The body's rule. 0, or the reply is made and ERR_BADINPUT says to stop. */
int web_rule_read(struct http_request *rq, struct inv_rule *ret) MUST_CHECK;
const char *web_borrower_kind_text(const struct http_request *rq, const char *kind);
void web_rule_row(
	struct api_read *job, struct store_txn *txn, const struct inv_rule *rule, struct doc *row);
/* What stands where no rule says anything, into "usual". */
void web_rule_usual(const struct http_request *rq, struct doc *d);
int web_rule_preview_face(struct api_read *job, struct store_txn *txn, const struct inv_rule *rule,
	bool ends) MUST_CHECK;
void web_rule_tried_face(struct api_read *job, const struct inv_rule_tried *x);
int web_rule_try_form(struct api_read *job, struct store_txn *txn) MUST_CHECK;

/* --- people_face.c: a borrower's page; `looked` holds what was opened, or NULL --- */
int web_borrower_reply(struct http_request *rq, struct web *w, struct doc *looked);

/* --- desk_http.c, desk_lend_http.c --- */
/* The word of one of the caller's desks, of a body or (`in` NULL) the address; NULL: the one without. */
const char *api_desk_of(const struct http_request *rq, const struct doc *in);
/* The text of what was just lent is made, and where it is signed is told, or gone to. */
int web_desk_sign(struct http_request *rq, struct web *w, uint64_t loan,
	const char **ret_to) MUST_CHECK;
int web_desk_sign_go(struct http_request *rq, struct web *w, uint64_t loan, const char *desk);

/* --- desk_how_http.c: the desk beside its quick way --- */
void web_how_doc(const struct inv_desk_how *how, struct doc *d);
/* The scale of conditions as choices, `now` (its word, or NULL) chosen. */
void web_conditions_put(struct doc *row, enum say_lang lang, const char *now);
/* What is or was back `today`, late or long before its day `due`, is asked why: a short choice, `now` chosen. */
void web_reasons_put(struct doc *row, enum say_lang lang, int32_t today, const char *now);
/* What the forms of a desk show, of page and lines. */
int web_how_face(struct store_txn *txn, struct http_request *rq, const struct inv_desk *desk,
	struct doc *d) MUST_CHECK;
/* --- desk_place_http.c: where it stands, and where else it may --- */
int web_desk_place_face(struct store_txn *txn, struct http_request *rq, const struct inv_desk *desk,
	struct doc *d) MUST_CHECK;
/* "condition" of a body. 0, or the reply is made and ERR_BADINPUT says to stop. */
int api_condition(struct http_request *rq, const struct doc *d, uint32_t *ret) MUST_CHECK;

/* --- hold_face.c --- */
int web_hold_row(struct api_read *job, struct store_txn *txn, const struct inv_hold *h,
	struct doc *row) MUST_CHECK;
/* Who was typed by id, card, identity or telephone number; NULL: nobody, or more than one. */
int web_borrower_typed(struct http_request *rq, struct web *w, const char *words,
	const char **ret_id) MUST_CHECK;

/* --- loan_face.c: the pages of loans --- */
/* ?show=late, today, week: the days to ask for. */
int web_loan_show(struct http_request *rq, struct inv_loan_ask *ask) MUST_CHECK;
/* Of open loans, an order that no index has: "number", "out", "place". NULL: there is one. */
struct web_loan_order {
	const char *key;
	bool down;
};
/* ?sort=, when ask->order is known. ERR_BADINPUT: no such order of this list. */
int web_loan_sort(const struct http_request *rq, struct inv_loan_ask *ask,
	struct web_loan_order *ret) MUST_CHECK;
/* --- loan_list.c --- */
struct web_loans {
	struct inv_loan_row *rows;
	size_t n;
	const char *next;
	bool bounded; /* more than were sorted */
};
/* Rows of an index at most: those of another zone lie between. */
#define WEB_LOANS_PASSED 10
size_t web_loan_look(const struct http_request *rq);
int web_loan_sorted(struct api_read *job, struct store_txn *txn, const struct inv_loan_ask *ask,
	const struct web_loan_order *o, struct web_loans *ret) MUST_CHECK;
int web_loan_list_reply(struct http_request *rq, struct web *w, struct doc *d);
/* loan_line_face.c: the document's lines as the page of one loan shows them. */
void web_loan_lines_face(struct http_request *rq, struct doc *d);
int web_loan_reply(struct http_request *rq, struct web *w, uint64_t loan, struct doc *d);

#endif
