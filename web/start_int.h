/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of the start page. */
#ifndef WEB_START_INT_H
#define WEB_START_INT_H

#include "web/api_int.h"

store_fn web_start_people, web_start_handouts, web_start_returns, web_start_accounts,
	web_start_privacy; /* struct api_read */
/* loan_calls.c: how many to call today */
int web_start_calls(struct store_txn *txn, struct api_read *job) MUST_CHECK;
int web_start_dates(struct api_read *job) MUST_CHECK;

#endif
