/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/digest.h"

#include "base/mem.h"
#include "base/text.h"

#include <criterion/criterion.h>

/* FIPS 180-4's examples as NIST publishes them, and lengths round the ends of a block. */
static const struct {
	const char *text, *sum;
} known[] = {
	{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
	 "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void must_be(const uint8_t sum[DIGEST_BYTES], const char *want, size_t i)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_assert_str_eq(text_hex(a, bytes_of(sum, DIGEST_BYTES)), want, "%zu", i);
}

Test(digest, the_published_sums)
{
	uint8_t sum[DIGEST_BYTES];

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		digest_of(bytes_of_str(known[i].text), sum);
		must_be(sum, known[i].sum, i);
	}
}

Test(digest, a_million_times_a)
{
	uint8_t sum[DIGEST_BYTES], block[1000];
	struct digest d;

	memset(block, 'a', sizeof(block));
	digest_init(&d);
	for (int i = 0; i < 1000; i++)
		digest_add(&d, block, sizeof(block));
	digest_finish(&d, sum);
	must_be(sum, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", 0);
}

/* The sums of n zero bytes, of every n round a block's ends, hashed together: an independent
 * implementation gave the figure. */
Test(digest, every_length_round_the_ends_of_blocks)
{
	static const uint8_t zeros[200];
	uint8_t sum[DIGEST_BYTES];
	struct digest all;

	digest_init(&all);
	for (size_t n = 0; n <= sizeof(zeros); n++) {
		digest_of(bytes_of(zeros, n), sum);
		digest_add(&all, sum, sizeof(sum));
	}
	digest_finish(&all, sum);
	must_be(sum, "b9c4ebeeb7d1825824131cf7b7d28469cca4f9166473bf51bb519365ae27eccd", 0);
}

Test(digest, the_pieces_it_comes_in_do_not_matter)
{
	uint8_t data[300], whole[DIGEST_BYTES], sum[DIGEST_BYTES];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7);
	digest_of(bytes_of(data, sizeof(data)), whole);
	for (size_t piece = 1; piece < 130; piece++) {
		struct digest d;

		digest_init(&d);
		for (size_t at = 0; at < sizeof(data); at += piece) {
			size_t left = sizeof(data) - at;

			digest_add(&d, data + at, left < piece ? left : piece);
			digest_add(&d, NULL, 0);
		}
		digest_finish(&d, sum);
		cr_assert_arr_eq(sum, whole, sizeof(sum), "pieces of %zu", piece);
	}
}
