/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

static int look_up(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_challenge ch;
	int err = cert_challenge_get(txn, f->a, arg, &ch);

	if (err)
		return err;
	cr_assert_str_eq(ch.device_serial, "DMPX1");
	cr_assert_str_eq(ch.udid, "U1");
	cr_assert_str_eq(ch.invitation, "invitation-1");
	cr_assert_eq(ch.expires_at, f->now + 60);
	cr_assert_eq(ch.used_at, 0);
	return 0;
}

static int find_word(struct store_txn *txn, struct fixture *f, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, CERT_CHALLENGE, NULL);

	while (!err && !(err = store_iter_next(&it, &key, &value)))
		cr_assert_null(memmem(value.p, value.n, arg, strlen(arg)), "the word is stored");
	return err == ERR_NOTFOUND ? 0 : err;
}

static int count(struct store_txn *txn, struct fixture *f, void *arg)
{
	uint64_t n = 0, due = 0;

	cr_assert_eq(store_count(txn, CERT_CHALLENGE, &n), 0);
	cr_assert_eq(store_count(txn, CERT_CHALLENGE_DUE, &due), 0);
	cr_assert_eq(n, due);
	*(uint64_t *)arg = n;
	return 0;
}

Test(challenge_db, kept_by_hash_and_dropped_when_past)
{
	struct fixture f;
	const char *word, *other;
	uint64_t n;

	fixture_store(&f);
	word = fixture_challenge(&f, "DMPX1", "U1", f.now + 60);
	cr_assert_eq(strlen(word), 32);
	cr_assert_eq(fixture_read(&f, look_up, (void *)word), 0);
	cr_assert_eq(fixture_read(&f, look_up, (void *)"another"), ERR_NOTFOUND);
	cr_assert_eq(fixture_read(&f, look_up, (void *)""), ERR_NOTFOUND);
	cr_assert_eq(fixture_read(&f, find_word, (void *)word), 0);
	for (int i = 0; i < 20; i++)
		other = fixture_challenge(&f, "DMPX2", NULL, f.now + 10);
	cr_assert_eq(fixture_read(&f, count, &n), 0);
	cr_assert_eq(n, 21);
	f.now += 30; /* twenty are past; each that is added now takes eight with it */
	fixture_challenge(&f, "DMPX3", NULL, f.now + 60);
	cr_assert_eq(fixture_read(&f, count, &n), 0);
	cr_assert_eq(n, 14);
	fixture_challenge(&f, "DMPX3", NULL, f.now + 60);
	fixture_challenge(&f, "DMPX3", NULL, f.now + 60);
	cr_assert_eq(fixture_read(&f, count, &n), 0);
	cr_assert_eq(n, 4);
	cr_assert_eq(fixture_read(&f, look_up, (void *)other), ERR_NOTFOUND);
	cr_assert_eq(fixture_faults(&f), 0);
	fixture_end(&f);
}

Test(challenge_db, subject_follows_from_the_word_but_not_back)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *one = cert_challenge_subject(a, "word-1"),
		   *two = cert_challenge_subject(a, "word-2");

	cr_assert_str_eq(one, cert_challenge_subject(a, "word-1"));
	cr_assert_str_neq(one, two);
	cr_assert_leq(strlen(one), 64);
	cr_assert_null(strstr(one, "word-1"));
}
