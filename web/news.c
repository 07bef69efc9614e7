/* SPDX-License-Identifier: EUPL-1.2 */
/* What mdm tells, written down for those who follow. While no webhook is set up, nothing is. */
#include "web/event_int.h"

static int news_add(struct store_txn *txn, struct web_news *n)
{
	uint64_t hooks;
	int err = store_count(txn, WEB_HOOK, &hooks);

	return err || hooks == 0 ? err : web_news_add(txn, n);
}

static int hear_checkin(
	struct store_txn *txn, const char *topic, const struct mdm_enrollment *e, int64_t now)
{
	struct web_news n = {.at = now,
		.topic = topic,
		.udid = e->udid,
		.serial = e->serial,
		.push_topic = e->topic,
		.os_version = e->os_version,
		.build = e->build,
		.product = e->product};

	return news_add(txn, &n);
}

/* Whether it is trusted is the inventory's to say. */
static int hear_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	(void)ctx;
	(void)ret_trusted;
	return hear_checkin(txn, "mdm.Authenticate", e, now);
}

static int hear_token(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	(void)ctx;
	return hear_checkin(txn, "mdm.TokenUpdate", e, now);
}

static int hear_checked_out(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	(void)ctx;
	return hear_checkin(txn, "mdm.CheckOut", e, now);
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
	struct web_news n = {.at = now,
		.topic = "mdm.Connect",
		.udid = e->udid,
		.serial = e->serial,
		.command = c->uuid,
		.request = c->request_type,
		.status = status_of(c)};

	(void)ctx;
	return n.status ? news_add(txn, &n) : 0;
}

struct mdm_events web_news_events(void)
{
	return (struct mdm_events){
		.enrolling = hear_enrolling,
		.token = hear_token,
		.checked_out = hear_checked_out,
		.command_done = hear_command_done,
	};
}
