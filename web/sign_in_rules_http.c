/* SPDX-License-Identifier: EUPL-1.2 */
/* What an administrator chooses for signing in. */
#include "web/api_int.h"

#include "base/text.h"
#include "web/pin_int.h"

static void roles_doc(struct doc *d, const char *key, uint32_t roles)
{
	AUTO(buf) struct buf b = BUF_INIT(128);

	web_roles_format(roles, &b);
	doc_set_str(d, key, buf_str(&b));
}

static void rules_doc(struct doc *d, const struct web_sign_in_rules *x)
{
	roles_doc(d, "two_step_roles", x->totp_roles);
	doc_set_int(d, "lock_minutes", web_lock_s(x) / 60);
	doc_set_int(d, "shift_hours", web_shift_s(x) / 3600);
}

static int rules_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct web_sign_in_rules x;
	int err = web_sign_in_rules_get(txn, job->rq->arena, &x);

	if (err)
		return err;
	rules_doc(job->d, &x);
	return 0;
}

int api_sign_in_rules(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, rules_in);
}

/* A number, or a form's text of one, times `unit`; absent: 0, the default. */
static int whole(const struct doc *d, const char *key, int64_t least, int64_t most, int64_t unit,
	uint32_t *ret)
{
	const char *s = doc_str(d, key);
	int64_t n = 0;

	if (!doc_has(d, key))
		return 0;
	if ((s ? text_parse_i64(s, &n) : doc_int(d, key, &n)) != 0 || n < least || n > most)
		return ERR_BADINPUT;
	*ret = (uint32_t)(n * unit);
	return 0;
}

int api_sign_in_rules_set(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"two_step_roles", "lock_minutes", "shift_hours", "why", NULL};
	struct web_sign_in_rules want = {0};
	struct web_sign_in_rules_ask ask = {
		.rules = &want, .who = &api_caller(rq)->who, .now = rq->now};
	struct refusal r;
	const char *roles;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	roles = doc_str(d, "two_step_roles");
	if (!text_empty(roles) && web_roles_parse(roles, &want.totp_roles) != 0)
		return api_bad_field(rq, "two_step_roles", "it konsulent bibliotek admin reader");
	if (whole(d, "lock_minutes", 2, 120, 60, &want.lock_s) != 0)
		return api_bad_field(rq, "lock_minutes", "2-120");
	if (whole(d, "shift_hours", 1, 12, 3600, &want.shift_s) != 0)
		return api_bad_field(rq, "shift_hours", "1-12");
	ask.why = doc_str(d, "why");
	if (text_empty(ask.why))
		ask.why = "sign-in-rules";
	return api_done(rq, web_sign_in_rules_set(ctx, &ask, &r), &r);
}
