/* SPDX-License-Identifier: EUPL-1.2 */
/* What an administrator chooses for signing in. */
#include "web/api_int.h"

#include "base/text.h"
#include "web/sign_in_int.h"

static void roles_doc(struct doc *d, const char *key, uint32_t roles)
{
	AUTO(buf) struct buf b = BUF_INIT(128);

	web_roles_format(roles, &b);
	doc_set_str(d, key, buf_str(&b));
}

static void rules_doc(struct doc *d, const struct web_sign_in_rules *x)
{
	roles_doc(d, "two_step_roles", x->totp_roles);
}

static int rules_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct web_sign_in_rules x;
	int err = web_sign_in_rules_get(txn, job->rq->arena, &x);

	if (err)
		return err;
	rules_doc(job->d, &x);
	if (web_is_page(job->rq))
		web_roles_has(job->d, x.totp_roles);
	return 0;
}

int api_sign_in_rules(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, rules_in, "sign-in-rules");
}

struct change {
	const struct http_request *rq;
	struct web_sign_in_rules want;
};

static int change_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf detail = BUF_INIT(4096);
	struct change *c = arg;
	struct doc *d = doc_new(a);
	struct web_sign_in_rules x;
	int err = web_sign_in_rules_get(txn, a, &x);

	if (err)
		return err;
	rules_doc(doc_set_object(d, "before"), &x);
	x.totp_roles = c->want.totp_roles;
	rules_doc(doc_set_object(d, "after"), &x);
	doc_format(d, &detail);
	err = web_sign_in_rules_put(txn, &x);
	return err ? err
		   : audit_add(txn, &api_caller(c->rq)->who, c->rq->now, "sign-in.rules", "sign-in",
			     buf_str(&detail));
}

int api_sign_in_rules_set(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"two_step_roles", NULL};
	struct change c = {.rq = rq};
	struct web *w = ctx;
	const char *roles;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	roles = doc_str(d, "two_step_roles");
	if (!text_empty(roles) && web_roles_parse(roles, &c.want.totp_roles) != 0)
		return api_bad_field(rq, "two_step_roles", "it konsulent bibliotek admin reader");
	return api_done(rq, store_write(w->o.st, change_in, &c), NULL);
}
