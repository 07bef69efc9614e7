/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/der_int.h"

#include <criterion/criterion.h>

#define B(...) bytes_of((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define MANY 70000

Test(der, takes_only_the_shortest_form)
{
	static const struct {
		uint8_t in[8];
		size_t n;
		int err;
		size_t content;
	} cases[] = {
		{{0x04, 0x00}, 2, 0, 0}, {{0x04, 0x02, 1, 2}, 4, 0, 2},
		{{0x04, 0x02, 1}, 3, ERR_BADINPUT, 0},          /* past the end */
		{{0x04, 0x81, 0x02, 1, 2}, 5, ERR_BADINPUT, 0}, /* a longer form than needed */
		{{0x04, 0x82, 0x00, 0x02, 1, 2}, 6, ERR_BADINPUT, 0},
		{{0x04, 0x80, 0, 0}, 4, ERR_BADINPUT, 0}, /* indefinite, but no container */
		{{0x24, 0x80, 0, 0}, 4, ERR_BADINPUT, 0}, /* another tag */
		{{0x04, 0x85, 1, 0, 0, 0, 0}, 7, ERR_BADINPUT, 0},
		{{0x04, 0xff, 1, 0, 0, 0, 0}, 7, ERR_BADINPUT, 0}, {{0x04}, 1, ERR_BADINPUT, 0},
		{{0x1f, 0x04, 0x00}, 3, ERR_BADINPUT, 0}, /* tag number above 30 */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cert_der d = cert_der_of_bytes(bytes_of(cases[i].in, cases[i].n));
		struct bytes content = {0};

		cr_assert_eq(cert_der_take(&d, 0x04, &content), cases[i].err, "case %zu", i);
		cr_assert_eq(content.n, cases[i].content, "case %zu", i);
		cr_assert_eq(cert_der_more(&d), cases[i].err != 0, "case %zu", i);
	}
}

Test(der, enters_and_leaves_both_kinds_of_length)
{
	struct cert_der d = cert_der_of_bytes(
		B(0x30, 0x80, 0x02, 0x01, 7, 0x30, 0x03, 0x02, 0x01, 8, 0, 0, 0x05, 0x00));
	struct cert_der open, closed;
	struct bytes b;

	cr_assert_eq(cert_der_enter(&d, DER_SEQUENCE, &open), 0);
	cr_assert(open.open);
	cr_assert_eq(cert_der_leave(&d, &open), ERR_BADINPUT); /* not at its end */
	cr_assert_eq(cert_der_take(&open, DER_INTEGER, &b), 0);
	cr_assert_eq(b.p[0], 7);
	cr_assert_eq(cert_der_enter(&open, DER_SEQUENCE, &closed), 0);
	cr_assert(!closed.open);
	cr_assert_eq(cert_der_leave(&open, &closed), ERR_BADINPUT);
	cr_assert_eq(cert_der_take_whole(&closed, DER_INTEGER, &b), 0);
	cr_assert_eq(b.n, 3);
	cr_assert_eq(cert_der_leave(&open, &closed), 0);
	cr_assert(!cert_der_more(&open));
	cr_assert_eq(cert_der_peek(&open), 0);
	cr_assert_eq(cert_der_leave(&d, &open), 0);
	cr_assert_eq(cert_der_peek(&d), DER_NULL);
}

Test(der, skips_nested_indefinite_lengths_to_a_depth)
{
	uint8_t deep[200];
	struct cert_der d =
		cert_der_of_bytes(B(0x30, 0x80, 0x31, 0x80, 0x04, 0x01, 9, 0, 0, 0, 0, 0x05, 0x00));

	cr_assert_eq(cert_der_skip(&d), 0);
	cr_assert_eq(cert_der_peek(&d), DER_NULL);
	cr_assert_eq(cert_der_skip(&d), 0);
	cr_assert_eq(cert_der_skip(&d), ERR_BADINPUT);
	d = cert_der_of_bytes(B(0x30, 0x80, 0x31, 0x80, 0x04, 0x01, 9, 0, 0));
	cr_assert_eq(cert_der_skip(&d), ERR_BADINPUT); /* not closed */
	for (size_t depth = 1; depth <= 40; depth++) {
		memset(deep, 0, sizeof(deep));
		for (size_t i = 0; i < depth; i++)
			memcpy(deep + 2 * i, "\x30\x80", 2);
		d = cert_der_of_bytes(bytes_of(deep, depth * 4));
		cr_assert_eq(cert_der_skip(&d), depth < 16 ? 0 : ERR_BADINPUT, "%zu", depth);
	}
}

Test(der, reads_and_writes_times)
{
	static const struct {
		const char *text;
		int64_t t;
	} good[] = {
		{"700101000000Z", 0},
		{"500101000000Z", -631152000},
		{"491231235959Z", 2524607999},
		{"20500101000000Z", 2524608000},
		{"240229120000Z", 1709208000},
		{"99991231235959Z", 253402300799},
	};
	static const char *const bad[] = {"230229120000Z", "241301000000Z", "240001000000Z",
		"240100000000Z", "240101240000Z", "240101006000Z", "240101000060Z", "2401010000Z",
		"240101000000+0100", "24010100000aZ", "21000229000000Z", "20240101000000.5Z",
		"2024010100000", ""};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(64), out = BUF_INIT(64);
		struct cert_der d;
		int64_t t = 1;

		cert_der_put(&b, strlen(good[i].text) == 13 ? DER_UTC_TIME : DER_GENERALIZED_TIME,
			bytes_of_str(good[i].text));
		d = cert_der_of_bytes(buf_bytes(&b));
		cr_assert_eq(cert_der_take_time(&d, &t), 0, "%s", good[i].text);
		cr_assert_eq(t, good[i].t, "%s", good[i].text);
		cr_assert_eq(cert_der_put_time(&out, t), 0);
		cr_assert(bytes_equal(buf_bytes(&b), buf_bytes(&out)), "%s", good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(64);
		struct cert_der d;
		int64_t t;

		cert_der_put(&b, strlen(bad[i]) < 14 ? DER_UTC_TIME : DER_GENERALIZED_TIME,
			bytes_of_str(bad[i]));
		d = cert_der_of_bytes(buf_bytes(&b));
		cr_assert_eq(cert_der_take_time(&d, &t), ERR_BADINPUT, "%s", bad[i]);
	}
}

Test(der, what_is_written_is_read)
{
	static const size_t sizes[] = {0, 1, 127, 128, 255, 256, 65535, 65536, MANY};
	static uint8_t content[MANY];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(MANY + 100);
		size_t outer = cert_der_begin(&b, DER_SEQUENCE);
		struct cert_der d, in;
		struct bytes got;

		cert_der_put(&b, DER_OCTET_STRING, bytes_of(content, sizes[i]));
		cert_der_end(&b, outer);
		d = cert_der_of_bytes(buf_bytes(&b));
		cr_assert_eq(cert_der_enter(&d, DER_SEQUENCE, &in), 0);
		cr_assert_eq(cert_der_take(&in, DER_OCTET_STRING, &got), 0);
		cr_assert_eq(got.n, sizes[i]);
		cr_assert_eq(cert_der_leave(&d, &in), 0);
		cr_assert(!cert_der_more(&d));
	}
}
