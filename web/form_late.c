/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A form that came too late: its session was signed out, closed or followed by another. The second half
 * of its token says, to who has the station's cookie, which account it was given to. So a form of one's
 * own is offered again; of any other nothing is done and nothing is kept.
 */
#include "web/page_int.h"

#include "base/text.h"
#include "web/pin_int.h"

#define FORM_MOST 65536 /* of somebody who is not known yet */

int web_page_form_old(struct http_request *rq, struct web *w, const char *token)
{
	const struct web_caller *who = rq->who;
	const char *to = NULL;

	/* What was to be uploaded cannot be kept, and the rest without it is another thing. */
	if (web_is_page(rq) && http_is_form(rq) && web_form_is_accounts(rq, token, who->account))
		to = web_kept_address(rq, w, web_kept_take(rq, w));
	if (!to)
		return web_page_refuse(rq, ERR_DENIED, &web_say_form_old);
	return http_reply_see_other(rq, arena_printf(rq->arena, "%s&old=yes", to));
}

bool web_form_may_be_ended(const struct http_request *rq)
{
	const char *length = http_header(rq, "Content-Length");
	int64_t n;

	return web_is_page(rq) && http_wants_html(rq) && http_is_form(rq) && web_station_id(rq) &&
	       web_request_is_ours(rq) && length && text_parse_i64(length, &n) == 0 &&
	       n <= FORM_MOST;
}

struct owner_find {
	struct http_request *rq;
	const char *token;
	struct web_account u; /* .name NULL: not known */
};

/* Among those who were signed in at this station, as long as their sessions are remembered. */
static int owner_in(struct store_txn *txn, void *arg)
{
	struct owner_find *j = arg;
	struct web_token *t;
	size_t n;
	int err = web_token_list_known(txn, j->rq->arena, web_station_id(j->rq), &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!web_form_is_accounts(j->rq, j->token, t[i].account))
			continue;
		err = web_account_get(txn, j->rq->arena, t[i].account, &j->u);
		if (err == 0 && j->u.closed_at)
			j->u = (struct web_account){0};
		return err;
	}
	return err;
}

int web_page_form_ended(struct http_request *rq, struct web *w, const char *token)
{
	struct owner_find j = {.rq = rq, .token = token};
	struct web_caller *who = ARENA_NEW(rq->arena, struct web_caller);
	const char *kept = NULL;

	rq->who = NULL;
	if (token && strchr(token, '.') && store_read(w->o.st, owner_in, &j) == 0 && j.u.name) {
		*who = (struct web_caller){.account = j.u.name,
			.roles = j.u.roles,
			.browser = true,
			.over = true,
			.ended = true};
		rq->who = who;
		kept = web_kept_take(rq, w);
		rq->who = NULL;
	}
	return kept ? web_page_sign_in_with(rq, w, kept)
		    : web_page_refuse(rq, ERR_STRANGER, &web_say_form_ended);
}
