/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/event_int.h"
#include "web/web_int.h"

#include "base/text.h"

/* Every open token is found again by its id, and names roles and an account that exist. */
static int check_token(struct store_txn *txn, struct arena *a, const struct web_token *t,
	store_fault *fault, void *arg)
{
	struct store_key k = store_key("s", t->id);
	struct web_account u;
	struct bytes v;
	int err = store_get(txn, WEB_TOKEN_ID, &k, &v);

	if (err == ERR_NOTFOUND)
		fault(arg, arena_printf(a, "web: token %s is missing in its index", t->id));
	else if (err)
		return err;
	if (!t->roles)
		fault(arg, arena_printf(a, "web: token %s has no roles", t->id));
	if (!t->account)
		return 0;
	err = web_account_get(txn, a, t->account, &u);
	if (err == ERR_NOTFOUND)
		fault(arg, arena_printf(a, "web: token %s is of no account", t->id));
	return err == ERR_NOTFOUND ? 0 : err;
}

static const struct store_ref refs[] = {
	{"web: an event for a webhook that is not there", WEB_POST, "sq", WEB_HOOK, "s", "0"},
	{"web: an event is due that is not there", WEB_POST_DUE, "tsq", WEB_POST, "sq", "12"},
	{"web: a network of no account", WEB_NETWORKS, "sb", WEB_ACCOUNT, "s", "0"},
	{NULL, 0, NULL, 0, NULL, NULL},
};

/* Its figures are those of its posts. */
static int check_counts(struct store_txn *txn, const struct web_hook *h, bool *ret_right)
{
	struct web_hook_counts c;
	int err = web_hook_count(txn, h->id, &c);

	if (err == 0)
		*ret_right = !h->counted || (c.waiting == h->waiting && c.dead == h->dead);
	return err;
}

/* A webhook cannot have followed further than there is. */
static int check_hooks(struct store_txn *txn, struct arena *a, store_fault *fault, void *arg)
{
	uint8_t hash[AUDIT_HASH];
	struct web_hook *hooks;
	uint64_t head;
	size_t n;
	int err = audit_head(txn, &head, hash);

	if (err == 0)
		err = web_hook_list(txn, a, &hooks, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		bool right = true;

		err = check_counts(txn, &hooks[i], &right);
		if (!right)
			fault(arg, arena_printf(a, "web: webhook %s counts its events wrong",
					   hooks[i].id));
		if (hooks[i].audit_seq > head)
			fault(arg, arena_printf(a, "web: webhook %s is ahead of the audit log",
					   hooks[i].id));
	}
	return err;
}

int web_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_account *accounts;
	struct web_token *tokens;
	size_t n, m;
	int err = web_account_list(txn, a, &accounts, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!accounts[i].roles || text_empty(accounts[i].password_hash))
			fault(arg,
				arena_printf(a, "web: account %s is not whole", accounts[i].name));
	}
	if (err == 0)
		err = web_token_list(txn, a, &tokens, &m);
	for (size_t i = 0; err == 0 && i < m; i++)
		err = check_token(txn, a, &tokens[i], fault, arg);
	if (err == 0)
		err = store_refs_check(txn, refs, fault, arg);
	return err ? err : check_hooks(txn, a, fault, arg);
}
