/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The statement that the law on accessible public services asks for (2018:1937), and its form: who finds a fault
 * tells of it without signing in. It leaves as a mail to those who get alarms, and nothing of it is kept here, since
 * nobody knows what people write of themselves in it.
 */
#include "web/api_int.h"

#include "base/day.h"
#include "base/text.h"

/* Of those who build the service, where its owner has none: changed with the texts of the statement. */
#define ASSESSED_DAY "2026-11-22"
#define UPDATED_DAY "2026-11-22"
/* Where the authority that watches over the law is told of what is not reachable. */
#define WATCH_URL "https://www.digg.se/tdosanmalan"

/* Anyone may send it, so a mailbox must not be filled by it. */
#define TOLD_IN_AN_HOUR 20

static const char *words(struct http_request *rq, const char *key)
{
	return web_text(rq->lang, key);
}

/* The owner's own assessment goes before that of those who build the service. */
static void put_assessment(struct http_request *rq, const struct web *w, struct doc *d)
{
	const char *at = web_words(w, SETTING_ACCESS_ASSESSED), *by;
	char text[DAY_TEXT];
	int32_t day;

	if (!at || setting_date_next(rq->arena, &at, &day, &by) != 0) {
		doc_set_str(d, "assessed", ASSESSED_DAY);
		return;
	}
	doc_set_str(d, "assessed", day_format(day, text));
	doc_set_str(d, "assessor", by);
}

int page_accessibility(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	put_assessment(rq, ctx, d);
	doc_set_str(d, "own_faults", web_words(ctx, SETTING_ACCESS_FAULTS));
	doc_set_str(d, "updated", UPDATED_DAY);
	doc_set_str(d, "watch_url", WATCH_URL);
	doc_set_bool(d, "may_tell", web_mail_leaves(ctx));
	return web_reply(rq, 200, "accessibility", d);
}

static bool may_tell(struct web *w, int64_t now)
{
	int64_t hour = now / 3600;

	if (atomic_exchange(&w->told_hour, hour) != hour)
		atomic_store(&w->told, 0);
	return atomic_fetch_add(&w->told, 1) < TOLD_IN_AN_HOUR;
}

static const char *or_none(struct web *w, const char *s)
{
	return s ? s : web_text(web_lang(w), "accessibility.mail_none");
}

static int tell(struct http_request *rq, struct web *w, const char *text)
{
	enum say_lang lang = web_lang(w);
	const char *body = arena_printf(rq->arena, "%s\n\n%s: %s\n%s: %s\n", text,
		web_text(lang, "accessibility.where"), or_none(w, web_form_str(rq, "where")),
		web_text(lang, "accessibility.reply"), or_none(w, web_form_str(rq, "reply")));

	return web_mail_tell(w, web_text(lang, "accessibility.mail_subject"), body, rq->now);
}

int page_accessibility_tell(struct http_request *rq, void *ctx)
{
	const char *text;

	web_page_begin(rq, ctx);
	if (!web_request_is_ours(rq))
		return web_page_refuse(rq, ERR_DENIED, &web_say_form_foreign);
	text = web_form_str(rq, "text");
	if (text_empty(text))
		return web_page_again(rq, 400, words(rq, "accessibility.no_text"), "text");
	if (!may_tell(ctx, rq->now))
		return web_page_again(rq, 409, words(rq, "accessibility.too_many"), NULL);
	if (tell(rq, ctx, text) != 0)
		return web_page_again(rq, 409, words(rq, "accessibility.not_sent"), NULL);
	return http_reply_see_other(rq, "/accessibility?done=accessibility-told");
}
