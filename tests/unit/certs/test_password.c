/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs.h"

#include <criterion/criterion.h>
#include <pthread.h>

Test(password, only_the_right_one_opens)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *one, *two;

	cr_assert_eq(cert_password_hash(a, "häst batteri", &one), 0);
	cr_assert_eq(cert_password_hash(a, "häst batteri", &two), 0);
	cr_assert_str_neq(one, two);
	cr_assert_null(strstr(one, "batteri"));
	cr_assert_eq(strncmp(one, "scrypt$15$8$1$", 14), 0);
	cr_assert_eq(cert_password_verify("häst batteri", one), 0);
	cr_assert_eq(cert_password_verify("hast batteri", two), ERR_DENIED);
	cr_assert_eq(cert_password_verify("", two), ERR_DENIED);
}

Test(password, a_text_that_is_no_hash_is_told_apart)
{
#define SALT "AAAAAAAAAAAAAAAAAAAAAA"
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	static const char *const bad[] = {"", "scrypt", "scrypt$15$8$1$" SALT,
		"bcrypt$15$8$1$" SALT "$" HASH, "scrypt$40$8$1$" SALT "$" HASH,
		"scrypt$0$8$1$" SALT "$" HASH, "scrypt$15$99$1$" SALT "$" HASH,
		"scrypt$15$8$9$" SALT "$" HASH, "scrypt$15$8$1$AAAA$" HASH,
		"scrypt$15$8$1$" SALT "$AAAA", "scrypt$15$8$1$" SALT "$" HASH "$x",
		"scrypt$x$8$1$" SALT "$" HASH};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_eq(cert_password_verify("x", bad[i]), ERR_CORRUPT, "%s", bad[i]);
	/* lower settings than today's are still understood */
	cr_assert_eq(cert_password_verify("x", "scrypt$4$1$1$" SALT "$" HASH), ERR_DENIED);
}

static void *hash(void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *text;

	if (cert_password_hash(a, "x", &text))
		__atomic_add_fetch((int *)arg, 1, __ATOMIC_RELAXED);
	return NULL;
}

Test(password, a_crowd_waits_its_turn)
{
	pthread_t t[3];
	int wrong = 0;

	for (int i = 0; i < 3; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, hash, &wrong), 0);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	cr_assert_eq(wrong, 0);
}
