/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of a borrower's rights share: extract, consents, erasing, retention, looks. */
#ifndef WEB_BORROWER_INT_H
#define WEB_BORROWER_INT_H

#include "web/api_int.h"

/* Choices under KEYs: "name.KEY.CODE" of the catalogue beside each code; `now` is chosen.
 * (people_face.c) */
void web_codes_put(const struct http_request *rq, struct doc *d, const char *key,
	const char *const *codes, const char *now);
/* "name.KEY.CODE" of the catalogue, or the code itself. (borrower_extract_http.c) */
const char *web_code_text(const struct http_request *rq, const char *key, const char *code);
/* An opened person on a page: the address on one line, and what its number is. (people_face.c) */
void web_person_face(const struct http_request *rq, struct doc *person);
/* The borrower without what is personal, as "borrower", with what its pages ask of it: name (a
 * short one), active, care, gone. The transaction writes, since a short name is a look. */
int web_borrower_head(struct http_request *rq, struct web *w, struct store_txn *txn, struct doc *d,
	struct people_borrower *ret) MUST_CHECK;
/* What people_lists of loans, holds and agreements hold of it. (borrower_erase_http.c) */
struct web_borrower_kept {
	size_t loans, holds, agreements;
	int64_t until; /* the last agreement's end; 0: not known */
};
int web_borrower_kept(struct http_request *rq, struct store_txn *txn, const char *id,
	struct doc *agreements, struct web_borrower_kept *ret) MUST_CHECK;

/* --- people_rule_http.c: whose time is up, as a file --- */
struct web_listed;
extern const struct web_listed web_due_files;

/* --- borrower_due_http.c --- */
/* "counting": how far a new time has come, while it is on its way. */
int web_sweep_doc(struct store_txn *txn, const struct http_request *rq, struct doc *d) MUST_CHECK;

#endif
