/* SPDX-License-Identifier: EUPL-1.2 */
/* What mdm tells, written down for those who follow. While no webhook is set up, nothing is. Pages
 * that are open hear of it besides. */
#include "web/event_int.h"

#define ANSWER_MOST (64 * 1024) /* longer ones are told without */

/* What the hooks there are ask for, taken together. */
static int hooks_want(struct store_txn *txn, bool *ret_results, bool *ret_calls)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_hook *h;
	uint64_t any;
	size_t n = 0;
	int err = store_count(txn, WEB_HOOK, &any);

	*ret_results = *ret_calls = false;
	if (err == 0 && any)
		err = web_hook_list(txn, a, &h, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		*ret_results = *ret_results || h[i].results;
		*ret_calls = *ret_calls || h[i].calls;
	}
	return err;
}

static int news_add(struct web *w, struct store_txn *txn, struct web_news *n)
{
	uint64_t hooks;
	int err = store_count(txn, WEB_HOOK, &hooks);

	if (w && err == 0)
		web_live_note(w, n->serial);
	return err || hooks == 0 ? err : web_news_add(txn, n);
}

static int hear_checkin(struct web *w, struct store_txn *txn, const char *topic,
	const struct mdm_enrollment *e, int64_t now)
{
	struct web_news n = {.at = now,
		.topic = topic,
		.udid = e->udid,
		.serial = e->serial,
		.push_topic = e->topic,
		.os_version = e->os_version,
		.build = e->build,
		.product = e->product};

	return news_add(w, txn, &n);
}

/* Whether it is trusted is the inventory's to say. */
static int hear_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	(void)ret_trusted;
	return hear_checkin(ctx, txn, "mdm.Authenticate", e, now);
}

static int hear_token(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	return hear_checkin(ctx, txn, "mdm.TokenUpdate", e, now);
}

static int hear_checked_out(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	return hear_checkin(ctx, txn, "mdm.CheckOut", e, now);
}

/* The iPad's own words; what we ended ourselves is no answer. */
static const char *status_of(const struct mdm_command *c)
{
	switch (c->state) {
	case MDM_ACKNOWLEDGED:
		return "Acknowledged";
	case MDM_ERROR:
		return "Error";
	case MDM_FORMAT_ERROR:
		return "CommandFormatError";
	default:
		return NULL;
	}
}

static int hear_command_done(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_news n = {.at = now,
		.topic = "mdm.Connect",
		.udid = e->udid,
		.serial = e->serial,
		.command = c->uuid,
		.request = c->request_type,
		.status = status_of(c)};
	bool results, calls;
	int err = n.status ? hooks_want(txn, &results, &calls) : 0;

	if (err || !n.status)
		return err;
	if (results && (mdm_answer_told(c, a, &n.answer) != 0 || n.answer.n > ANSWER_MOST))
		n.answer = bytes_of(NULL, 0);
	return news_add(ctx, txn, &n);
}

static int hear_called(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	struct web_news n = {.at = now,
		.topic = "mdm.Connect",
		.udid = e->udid,
		.serial = e->serial,
		.command = c ? c->uuid : NULL,
		.request = c ? c->request_type : NULL,
		.status = c ? "NotNow" : "Idle",
		.call = true};
	bool results, calls;
	int err = hooks_want(txn, &results, &calls);

	return err || !calls ? err : news_add(ctx, txn, &n);
}

static int hear_calls_wanted(void *ctx, struct store_txn *txn, bool *ret)
{
	bool results;

	(void)ctx;
	return hooks_want(txn, &results, ret);
}

struct mdm_events web_news_events(struct web *w)
{
	return (struct mdm_events){
		.ctx = w,
		.enrolling = hear_enrolling,
		.token = hear_token,
		.checked_out = hear_checked_out,
		.command_done = hear_command_done,
		.called = hear_called,
		.calls_wanted = hear_calls_wanted,
	};
}
