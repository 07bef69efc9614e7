/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/invitations: which iPads may come. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "print/print.h"

static int reply_invitation(
	struct http_request *rq, const struct mdm_invitation *i, const char *url)
{
	AUTO(buf) struct buf svg = BUF_INIT(1 << 20);
	struct doc *d = doc_new(rq->arena);
	int err = print_qr_svg(url, "QR", &svg);

	if (err)
		return err;
	web_invitation_doc(i, d);
	doc_set_str(d, "url", url);
	doc_set_str(d, "qr_svg", buf_str(&svg));
	if (web_is_page(rq))
		doc_set_str(d, "qr_image",
			arena_printf(rq->arena, "data:image/svg+xml;base64,%s",
				text_base64(rq->arena, buf_bytes(&svg))));
	return web_reply(rq, 201, "invitation", d);
}

int api_invitation_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"serial", "note", "most", "life", NULL};
	struct web *w = ctx;
	struct mdm_invitation_ask ask = {.who = &api_caller(rq)->who, .now = rq->now, .most = 1};
	struct mdm_invitation made;
	const char *url;
	int64_t most = 1;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if ((doc_str(d, "most") ? text_parse_i64(doc_str(d, "most"), &most)
		     : doc_has(d, "most") ? doc_int(d, "most", &most) : 0) != 0 ||
		most < 1 || most > 100000)
		return api_bad_field(rq, "most", "1 to 100000");
	if (doc_str(d, "life") && clock_parse_span(doc_str(d, "life"), &ask.life_s) != 0)
		return api_bad_field(rq, "life", "30d, 12h");
	ask.serial = doc_str(d, "serial");
	ask.note = doc_str(d, "note");
	ask.most = (uint32_t)most;
	err = mdm_invite(w->o.mdm, &ask, rq->arena, &made, &url);
	return err ? err : reply_invitation(rq, &made, url);
}

int api_invitation_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;

	return api_done(rq,
		mdm_invitation_close(w->o.mdm, &api_caller(rq)->who, http_param(rq, "id"), rq->now),
		NULL);
}

int api_invitation_profile(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct bytes profile;
	int err = mdm_profile_make(w->o.mdm,
		&(struct mdm_profile_ask){.invitation = http_param(rq, "id"), .now = rq->now},
		rq->arena, &profile);

	if (err)
		return err;
	http_reply_header(rq, "Content-Disposition", "attachment; filename=\"hylla.mobileconfig\"");
	return http_reply(rq, 200, "application/x-apple-aspen-config", profile);
}
