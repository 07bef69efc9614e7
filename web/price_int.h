/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table, for the files that show it. */
#ifndef WEB_PRICE_INT_H
#define WEB_PRICE_INT_H

#include "web/api_int.h"

#define WEB_PRICE_FIELD "kr." /* what the box of a product is called: "kr.lupp" */
#define WEB_PRICE_ROWS 300    /* on one page, changed all at once */

/* --- price_face.c --- */
void web_price_row_face(const struct http_request *rq, struct doc *row);
/* One table without its prices. (price_versions_http.c) */
void web_price_list_doc(const struct inv_price_list *x, struct doc *d);
/* As it is asked for; none: 0, which is the one in force. ERR_NOTFOUND. */
int web_price_version_of(const char *s, uint32_t *ret) MUST_CHECK;
void web_price_list_face(const struct http_request *rq, struct doc *d);
int web_price_table_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
/* What was typed, for the form that saves it. */
void web_price_preview_face(struct http_request *rq, const struct inv_price_want *want, struct doc *d);

#endif
