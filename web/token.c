/* SPDX-License-Identifier: EUPL-1.2 */
/* Tokens: made, closed. Only the hash of the word is kept. */
#include "web/web_int.h"

#include "base/random.h"
#include "base/text.h"

struct token_job {
	const struct audit_who *who;
	struct web_token t;
	uint8_t hash[32];
	const char *id;
	int64_t now;
};

static int add_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct token_job *j = arg;
	AUTO(buf) struct buf roles = BUF_INIT(128), areas = BUF_INIT(128);
	int err = web_token_drop_expired(txn, j->now);

	if (err == 0)
		err = web_token_put(txn, j->hash, &j->t);
	web_roles_format(j->t.roles, &roles);
	web_areas_format(j->t.areas, &areas);
	return err ? err
		   : audit_add(txn, j->who, j->now, "token.add", j->t.id,
			     arena_printf(a,
				     "{\"roles\":\"%s\",\"areas\":\"%s\",\"read_only\":%s}",
				     buf_str(&roles), buf_str(&areas),
				     j->t.read_only ? "true" : "false"));
}

int web_token_add(struct store *st, const struct audit_who *who, const struct web_token *want,
	int64_t now, struct arena *a, struct web_token *ret, const char **ret_word)
{
	struct token_job j = {.who = who, .t = *want, .now = now};
	const char *word = random_token(a, 32);
	int err;

	j.t.id = random_token(a, 9);
	j.t.made_at = now;
	j.t.made_by = who->actor;
	cert_sha256(bytes_of_str(word), j.hash);
	err = store_write(st, add_in, &j);
	if (err)
		return err;
	*ret = j.t;
	*ret_word = word;
	return 0;
}

static int close_hash(struct store_txn *txn, struct token_job *j)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = web_token_get(txn, a, j->hash, &j->t);

	if (err || j->t.closed_at)
		return err;
	j->t.closed_at = j->now;
	err = web_token_put(txn, j->hash, &j->t);
	return err ? err : audit_add(txn, j->who, j->now, "token.close", j->t.id, NULL);
}

static int close_in(struct store_txn *txn, void *arg)
{
	struct token_job *j = arg;
	int err = web_token_hash(txn, j->id, j->hash);

	return err ? err : close_hash(txn, j);
}

static int elsewhere_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct token_job *j = arg;
	int err = web_token_hash(txn, j->id, j->hash);

	if (err == 0)
		err = web_token_get(txn, a, j->hash, &j->t);
	if (err || j->t.closed_at)
		return err;
	j->t.closed_at = j->now;
	j->t.elsewhere = true;
	err = web_token_put(txn, j->hash, &j->t);
	return err ? err : audit_add(txn, j->who, j->now, "token.elsewhere", j->t.id, NULL);
}

int web_token_end_elsewhere(
	struct store *st, const struct audit_who *who, const char *id, int64_t now)
{
	struct token_job j = {.who = who, .id = id, .now = now};

	return store_write(st, elsewhere_in, &j);
}

int web_token_close(struct store *st, const struct audit_who *who, const char *id, int64_t now)
{
	struct token_job j = {.who = who, .id = id, .now = now};

	return store_write(st, close_in, &j);
}
