/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided first visit of each role. */
#ifndef WEB_GUIDE_INT_H
#define WEB_GUIDE_INT_H

#include "web/api_int.h"

/* Of the caller's roles those whose guide was not put away. */
int web_guide_new(struct store_txn *txn, const struct http_request *rq, struct doc *d) MUST_CHECK;

#endif
