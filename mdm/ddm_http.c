/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /declared/{id}/{hash}: the profile that a declaration carries, for the iPad it is meant for.
 */
#include "mdm/ddm_int.h"
#include "mdm/media_int.h"

#include "base/log.h"
#include "base/text.h"

int mdm_http_declared(struct http_request *rq, void *ctx)
{
	const struct mdm_declared ask = {.who = rq->who,
		.id = http_param(rq, "id"),
		.hash = http_param(rq, "hash"),
		.now = rq->now};
	struct bytes profile;
	int err;

	if (strlen(ask.id) > MDM_TEXT_MAX || strlen(ask.hash) >= MDM_TOKEN_TEXT)
		return ERR_NOTFOUND;
	err = mdm_declared_read(ctx, &ask, rq->arena, &profile);
	if (err)
		log_event(LOG_WARN, "mdm.declared", "id=%s err=%s", ask.id, err_name(err));
	return err ? err : http_reply(rq, 200, "application/x-apple-aspen-config", profile);
}
