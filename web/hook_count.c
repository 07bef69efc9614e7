/* SPDX-License-Identifier: EUPL-1.2 */
/* How many posts of a webhook wait, and how many are dead letters. */
#include "web/event_int.h"

#define PIECE 100

int web_hook_count(struct store_txn *txn, const char *id, struct web_hook_counts *ret)
{
	struct web_hook_counts c = {0};
	uint64_t after = 0;
	size_t n = PIECE;
	int err = 0;

	while (err == 0 && n == PIECE) {
		AUTO(arena) struct arena *a = arena_new();
		struct web_post *posts;

		err = web_post_list(txn, a, id, after, PIECE, &posts, &n);
		for (size_t i = 0; err == 0 && i < n; i++) {
			after = posts[i].number;
			c.waiting += posts[i].due_at != 0;
			c.dead += posts[i].due_at == 0;
		}
	}
	if (err == 0)
		*ret = c;
	return err;
}

/* Those of a store that had posts before it had figures. */
static int count_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_hook *hooks;
	size_t n;
	int err = web_hook_list(txn, a, &hooks, &n);

	(void)arg;
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct web_hook_counts c;

		if (hooks[i].counted)
			continue;
		err = web_hook_count(txn, hooks[i].id, &c);
		if (err)
			return err;
		hooks[i].waiting = c.waiting;
		hooks[i].dead = c.dead;
		hooks[i].counted = true;
		err = web_hook_put(txn, &hooks[i]);
	}
	return err;
}

static int uncounted_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_hook *hooks;
	bool *ret = arg;
	size_t n;
	int err = web_hook_list(txn, a, &hooks, &n);

	*ret = false;
	for (size_t i = 0; err == 0 && i < n; i++)
		*ret = *ret || !hooks[i].counted;
	return err;
}

int web_layout_renew(struct store *st)
{
	static const struct store_words words[] = {{.table = WEB_TOKEN, .type = &web_token_rec},
		{.table = WEB_HOOK, .type = &web_hook_rec},
		{.table = WEB_POST, .type = &web_post_rec}};
	bool uncounted = false;
	int err = store_words_seal_once(st, "web", words, sizeof(words) / sizeof(words[0]));

	if (err == 0)
		err = store_read(st, uncounted_in, &uncounted);
	return err == 0 && uncounted ? store_write(st, count_in, NULL) : err;
}
