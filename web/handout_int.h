/* SPDX-License-Identifier: EUPL-1.2 */
/* What the edges of planned hand-outs share. */
#ifndef WEB_HANDOUT_INT_H
#define WEB_HANDOUT_INT_H

#include "inventory/handout.h"
#include "web/circulation_int.h"

/* --- handout_doc.c --- */
/* With what it still needs, as sentences, while it is planned. */
int web_handout_doc(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *d) MUST_CHECK;
/* "10.30", "9:05", "kl. 9.05" as "09:05"; NULL: none of these. Pure. */
const char *web_clock_typed(struct arena *a, const char *s);

/* --- handout_face.c --- */
/* What stands about it on a page: its title, its place in words, its acts. */
int web_handout_row(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *row) MUST_CHECK;
struct web_form_ask;
/* The colleagues who may hand out. */
int web_options_staff(struct web_form_ask *ask);
/* Its moment on a page: clock, on_day, day. */
void web_handout_clock(const struct http_request *rq, int64_t at, struct doc *row);
int web_handout_list_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;

/* --- handout_http.c --- */
/* "at", or a day and a time of day as a page's form has them. 0, or the reply is made and
 * ERR_BADINPUT says to stop. */
int web_handout_at(struct http_request *rq, const struct doc *in, int64_t *ret) MUST_CHECK;

/* --- seats_http.c --- */
/* How full it is where it is planned, and where there are seats to move it to. */
int web_seats_beside(
	struct api_read *job, struct store_txn *txn, const struct inv_handout *h) MUST_CHECK;

#endif
