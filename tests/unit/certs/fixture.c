/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/fixture.h"

#include "base/clock.h"
#include "base/random.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void must(bool ok)
{
	if (!ok)
		abort();
}

void fixture_store(struct fixture *f)
{
	const char *tmp = getenv("TMPDIR");
	struct store_options o = {.create = true};
	char path[300];

	memset(f, 0, sizeof(*f));
	snprintf(f->dir, sizeof(f->dir), "%s/hylla-test-XXXXXX", tmp ? tmp : "/tmp");
	must(mkdtemp(f->dir));
	snprintf(path, sizeof(path), "%s/s", f->dir);
	snprintf(f->key_path, sizeof(f->key_path), "%s/seal.key", f->dir);
	must(!store_open(path, &o, &f->st));
	f->a = arena_new();
	f->now = clock_now();
}

void fixture_house(struct fixture *f)
{
	struct cert_options o = {.seal_key_path = f->key_path};

	fixture_store(f);
	o.seal_key_path = f->key_path;
	must(!cert_establish(f->st, &o, "Växjö kommun", 20, f->now));
	must(!certs_open(f->st, &o, &f->c));
}

void fixture_reopen(struct fixture *f, bool refuse_old_algorithms)
{
	struct cert_options o = {
		.seal_key_path = f->key_path, .refuse_old_algorithms = refuse_old_algorithms};

	certs_close(f->c);
	must(!certs_open(f->st, &o, &f->c));
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *ftw)
{
	return remove(path);
}

void fixture_end(struct fixture *f)
{
	certs_close(f->c);
	store_close(f->st);
	arena_free(f->a);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

struct call {
	struct fixture *f;
	int (*fn)(struct store_txn *, struct fixture *, void *);
	void *arg;
};

static int run(struct store_txn *txn, void *arg)
{
	struct call *c = arg;

	return c->fn(txn, c->f, c->arg);
}

int fixture_read(
	struct fixture *f, int (*fn)(struct store_txn *, struct fixture *, void *), void *arg)
{
	struct call c = {f, fn, arg};

	return store_read(f->st, run, &c);
}

int fixture_write(
	struct fixture *f, int (*fn)(struct store_txn *, struct fixture *, void *), void *arg)
{
	struct call c = {f, fn, arg};

	return store_write(f->st, run, &c);
}

void fixture_identity(
	struct fixture *f, EVP_PKEY *key, int64_t not_after, struct fixture_identity *ret)
{
	uint8_t serial[CERT_SERIAL];
	struct cert_form form = {
		.role = CERT_ROLE_IDENTITY,
		.common_name = "hylla-test",
		.serial = serial,
		.not_before = f->now - 3600,
		.not_after = not_after,
	};

	cert_serial_draw(serial);
	if (key)
		EVP_PKEY_up_ref(key);
	ret->key = key ? key : EVP_EC_gen("P-256");
	must(!cert_key_spki(ret->key, f->a, &form.spki));
	must(!cert_issue(&f->c->issuer, &form, f->a, &ret->der));
	must(!cert_x509_parse(ret->der, &ret->cert));
	cert_sha256(ret->der, ret->fingerprint);
}

void fixture_identity_free(struct fixture_identity *id)
{
	EVP_PKEY_free(id->key);
	X509_free(id->cert);
}

struct asking {
	struct cert_challenge_ask ask;
	uint8_t secret[24];
	const char *word;
};

static int add_challenge(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct asking *x = arg;

	return cert_challenge_add(txn, f->a, &x->ask, x->secret, f->now, &x->word);
}

const char *fixture_challenge(
	struct fixture *f, const char *device_serial, const char *udid, int64_t expires_at)
{
	struct asking x = {.ask = {device_serial, udid, "invitation-1", expires_at}};

	random_bytes(x.secret, sizeof(x.secret));
	must(!fixture_write(f, add_challenge, &x));
	return x.word;
}

static void count_fault(void *arg, const char *what)
{
	fprintf(stderr, "fault: %s\n", what);
	++*(int *)arg;
}

static int check(struct store_txn *txn, struct fixture *f, void *arg)
{
	return cert_check(txn, count_fault, arg);
}

int fixture_faults(struct fixture *f)
{
	int n = 0;

	must(!fixture_read(f, check, &n));
	return n;
}
