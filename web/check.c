/* SPDX-License-Identifier: EUPL-1.2 */
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
	return err;
}
