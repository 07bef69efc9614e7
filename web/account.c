/* SPDX-License-Identifier: EUPL-1.2 */
/* Accounts: made, changed, closed. Hashing is slow and done before the transaction. */
#include "web/sign_in_int.h"

#include "base/random.h"
#include "base/text.h"

struct account_job {
	const struct audit_who *who;
	const char *name, *hash;
	uint32_t roles;
	int64_t now;
	struct refusal *r;
};

static int audit(
	struct store_txn *txn, const struct account_job *j, const char *act, const char *detail)
{
	return audit_add(txn, j->who, j->now, act, j->name, detail);
}

const char *web_word_draw(struct arena *a, unsigned groups)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char *out = arena_alloc(a, 5 * groups);
	size_t w = 0;

	while (w < 5 * groups - 1) {
		uint8_t b;

		if (w % 5 == 4) {
			out[w++] = '-';
			continue;
		}
		random_bytes(&b, 1);
		/* Only whole rounds of the alphabet, so that no letter is likelier. */
		if (b < 248)
			out[w++] = letters[b % 31];
	}
	return out;
}

/* So does the audit log call those who act by themselves. */
static bool is_no_person(const char *name)
{
	return text_equal(name, "server") || text_equal(name, "device");
}

static int add_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct account_job *j = arg;
	AUTO(buf) struct buf roles = BUF_INIT(128);
	struct web_account u;
	int err = web_account_get(txn, a, j->name, &u);

	if (err == 0)
		return refuse(j->r, &web_say_name_taken, j->name, NULL, NULL);
	if (err != ERR_NOTFOUND)
		return err;
	u = (struct web_account){
		.name = j->name,
		.roles = j->roles,
		.password_hash = j->hash,
		.one_time = true,
		.made_at = j->now,
		.changed_at = j->now,
		.given_by = j->who->actor,
		.given_at = j->now,
	};
	err = web_account_put(txn, &u);
	web_roles_format(j->roles, &roles);
	if (err == 0)
		err = audit(txn, j, "account.add",
			arena_printf(a, "{\"roles\":\"%s\"}", buf_str(&roles)));
	return err;
}

int web_account_add(struct store *st, const struct audit_who *who, const char *name, uint32_t roles,
	int64_t now, struct arena *a, const char **ret_password, struct refusal *r)
{
	struct account_job j = {.who = who, .name = name, .roles = roles, .now = now, .r = r};
	const char *password = web_word_draw(a, 4);
	int err;

	*r = (struct refusal){0};
	if (!web_account_name_ok(name) || is_no_person(name))
		return refuse(r, &web_say_bad_name, NULL, NULL, NULL);
	if (!roles)
		return refuse(r, &web_say_no_roles, NULL, NULL, NULL);
	err = cert_password_hash(a, password, &j.hash);
	if (err == 0)
		err = store_write(st, add_in, &j);
	if (err == 0)
		*ret_password = password;
	return err;
}

/* Loads an open account; the refusal says what is wrong. */
static int load_open(
	struct store_txn *txn, struct arena *a, const struct account_job *j, struct web_account *u)
{
	int err = web_account_get(txn, a, j->name, u);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &web_say_no_account, j->name, NULL, NULL);
	if (err == 0 && u->closed_at)
		return refuse(j->r, &web_say_closed, j->name, NULL, NULL);
	return err;
}

/* Somebody must be left who can mend accounts. */
static int keep_an_admin(struct store_txn *txn, struct arena *a, const struct account_job *j)
{
	struct web_account *all;
	size_t n;
	int err = web_account_list(txn, a, &all, &n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++) {
		if ((all[i].roles & WEB_ADMIN) && !all[i].closed_at &&
			!text_equal(all[i].name, j->name))
			return 0;
	}
	return refuse(j->r, &web_say_last_admin, j->name, NULL, NULL);
}

static int set_roles_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct account_job *j = arg;
	AUTO(buf) struct buf roles = BUF_INIT(128);
	struct web_account u;
	int err = load_open(txn, a, j, &u);

	if (err == 0 && (u.roles & WEB_ADMIN) && !(j->roles & WEB_ADMIN))
		err = keep_an_admin(txn, a, j);
	if (err)
		return err;
	u.roles = j->roles;
	u.changed_at = j->now;
	err = web_account_put(txn, &u);
	/* What a token may do was settled when it was made. */
	if (err == 0)
		err = web_token_close_all(txn, u.name, j->now);
	web_roles_format(j->roles, &roles);
	if (err == 0)
		err = audit(txn, j, "account.roles",
			arena_printf(a, "{\"roles\":\"%s\"}", buf_str(&roles)));
	return err;
}

int web_account_set_roles(struct store *st, const struct audit_who *who, const char *name,
	uint32_t roles, int64_t now, struct refusal *r)
{
	struct account_job j = {.who = who, .name = name, .roles = roles, .now = now, .r = r};

	*r = (struct refusal){0};
	if (!roles)
		return refuse(r, &web_say_no_roles, NULL, NULL, NULL);
	return store_write(st, set_roles_in, &j);
}

static int reset_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct account_job *j = arg;
	struct web_account u;
	int err = load_open(txn, a, j, &u);

	if (err)
		return err;
	u.password_hash = j->hash;
	u.one_time = true;
	u.wrong_count = 0;
	u.changed_at = j->now;
	u.given_by = j->who->actor;
	u.given_at = j->now;
	err = web_account_put(txn, &u);
	if (err == 0)
		err = web_token_close_all(txn, u.name, j->now);
	return err ? err : audit(txn, j, "account.reset", NULL);
}

int web_account_reset(struct store *st, const struct audit_who *who, const char *name, int64_t now,
	struct arena *a, const char **ret_password, struct refusal *r)
{
	struct account_job j = {.who = who, .name = name, .now = now, .r = r};
	const char *password = web_word_draw(a, 4);
	int err = cert_password_hash(a, password, &j.hash);

	*r = (struct refusal){0};
	if (err == 0)
		err = store_write(st, reset_in, &j);
	if (err == 0)
		*ret_password = password;
	return err;
}

static int totp_reset_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct account_job *j = arg;
	struct web_account u;
	int err = load_open(txn, a, j, &u);

	if (err)
		return err;
	u.totp_reset_at = j->now;
	u.totp_reset_by = j->who->actor;
	err = web_account_put(txn, &u);
	if (err == 0)
		err = web_totp_del(txn, j->name);
	if (err == 0)
		err = web_token_close_all(txn, j->name, j->now);
	return err ? err : audit(txn, j, "account.two-step-reset", NULL);
}

int web_account_totp_reset(struct store *st, const struct audit_who *who, const char *name,
	int64_t now, struct refusal *r)
{
	struct account_job j = {.who = who, .name = name, .now = now, .r = r};

	*r = (struct refusal){0};
	return store_write(st, totp_reset_in, &j);
}

static int close_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct account_job *j = arg;
	struct web_account u;
	int err = load_open(txn, a, j, &u);

	if (err == 0 && (u.roles & WEB_ADMIN))
		err = keep_an_admin(txn, a, j);
	if (err)
		return err;
	u.closed_at = j->now;
	err = web_account_put(txn, &u);
	if (err == 0)
		err = web_token_close_all(txn, u.name, j->now);
	return err ? err : audit(txn, j, "account.close", NULL);
}

int web_account_close(struct store *st, const struct audit_who *who, const char *name, int64_t now,
	struct refusal *r)
{
	struct account_job j = {.who = who, .name = name, .now = now, .r = r};

	*r = (struct refusal){0};
	return store_write(st, close_in, &j);
}

static int sign_out_in(struct store_txn *txn, void *arg)
{
	struct account_job *j = arg;
	int err = web_token_close_all(txn, j->name, j->now);

	return err ? err : audit(txn, j, "account.sign-out", NULL);
}

int web_account_sign_out(
	struct store *st, const struct audit_who *who, const char *name, int64_t now)
{
	struct account_job j = {.who = who, .name = name, .now = now};

	return store_write(st, sign_out_in, &j);
}
