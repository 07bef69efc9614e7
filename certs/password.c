/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Passwords, by scrypt (RFC 7914). The text is "scrypt$LOG2N$R$P$SALT$HASH", Base64 without
 * padding. Each run takes 32 MiB and a tenth of a second: a flood of sign-ins waits its turn, and
 * what cannot have one within seconds is told to come again.
 */
#include "certs/certs_int.h"

#include "base/random.h"
#include "base/text.h"

#include <pthread.h>

#define LOG2_N 15
#define LOG2_N_MAX 18
#define R 8
#define R_MAX 16
#define P 1
#define P_MAX 4
#define SALT 16
#define HASH 32
#define AT_ONCE 2
#define WAITING_MOST 30 /* three seconds' worth: more would only hold connections */
#define TEXT_MAX 256

struct setting {
	uint64_t log2_n, r, p;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t free;
	int running, waiting;
} turn = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

static bool turn_take(void)
{
	bool mine;

	pthread_mutex_lock(&turn.lock);
	mine = turn.waiting < WAITING_MOST;
	turn.waiting += mine;
	while (mine && turn.running >= AT_ONCE)
		pthread_cond_wait(&turn.free, &turn.lock);
	turn.waiting -= mine;
	turn.running += mine;
	pthread_mutex_unlock(&turn.lock);
	return mine;
}

static void turn_give(void)
{
	pthread_mutex_lock(&turn.lock);
	turn.running--;
	pthread_cond_signal(&turn.free);
	pthread_mutex_unlock(&turn.lock);
}

static int derive(
	const char *password, struct bytes salt, const struct setting *s, uint8_t out[HASH])
{
	int ok;

	if (!turn_take())
		return ERR_BUSY;
	ok = EVP_PBE_scrypt(password, strlen(password), salt.p, salt.n, UINT64_C(1) << s->log2_n,
		s->r, s->p, (UINT64_C(1) << s->log2_n) * s->r * 128 + ((size_t)1 << 20), out, HASH);
	turn_give();
	return ok == 1 ? 0 : cert_fail(ERR_INTERNAL);
}

int cert_password_hash(struct arena *a, const char *password, const char **ret)
{
	static const struct setting now = {LOG2_N, R, P};
	uint8_t salt[SALT], hash[HASH];
	int err;

	random_bytes(salt, sizeof(salt));
	err = derive(password, bytes_of(salt, SALT), &now, hash);
	if (err)
		return err;
	*ret = arena_printf(a, "scrypt$%d$%d$%d$%s$%s", LOG2_N, R, P,
		text_base64url(a, bytes_of(salt, SALT)), text_base64url(a, bytes_of(hash, HASH)));
	return 0;
}

static int parse_number(const char *s, uint64_t most, uint64_t *ret)
{
	uint64_t v;

	if (!s || text_parse_u64(s, &v) || v == 0 || v > most)
		return ERR_CORRUPT;
	*ret = v;
	return 0;
}

static int parse_base64(struct arena *a, const char *s, size_t n, struct bytes *ret)
{
	struct bytes b;

	if (!s || text_parse_base64(a, bytes_of_str(s), &b) || b.n != n)
		return ERR_CORRUPT;
	*ret = b;
	return 0;
}

static int parse(struct arena *a, const char *text, struct setting *s, struct bytes *ret_salt,
	struct bytes *ret_hash)
{
	char *save = NULL, *copy = arena_strdup(a, text);
	const char *name = strtok_r(copy, "$", &save);

	if (strlen(text) > TEXT_MAX || !name || strcmp(name, "scrypt") != 0 ||
		parse_number(strtok_r(NULL, "$", &save), LOG2_N_MAX, &s->log2_n) ||
		parse_number(strtok_r(NULL, "$", &save), R_MAX, &s->r) ||
		parse_number(strtok_r(NULL, "$", &save), P_MAX, &s->p) ||
		parse_base64(a, strtok_r(NULL, "$", &save), SALT, ret_salt) ||
		parse_base64(a, strtok_r(NULL, "$", &save), HASH, ret_hash) ||
		strtok_r(NULL, "$", &save))
		return ERR_CORRUPT;
	return 0;
}

int cert_password_verify(const char *password, const char *hash)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes salt, wanted;
	struct setting s;
	uint8_t got[HASH];
	int err = parse(a, hash, &s, &salt, &wanted);

	if (!err)
		err = derive(password, salt, &s, got);
	if (err)
		return err;
	return cert_secret_equal(wanted, bytes_of(got, HASH)) ? 0 : ERR_DENIED;
}
