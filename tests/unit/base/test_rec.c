/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/rec.h"
#include "base/text.h"

#include <criterion/criterion.h>

enum colour { RED, GREEN, BLUE };

struct thing {
	const char *name;
	struct bytes blob;
	int64_t made_at;
	enum colour colour;
	uint32_t count;
	bool lost;
	uint8_t id[4];
	struct bytes unknown;
};

static const struct rec_field fields[] = {
	REC_STR(1, struct thing, name),
	REC_BYTES(2, struct thing, blob),
	REC_I64(4, struct thing, made_at),
	REC_U32(5, struct thing, colour),
	REC_U32(6, struct thing, count),
	REC_BOOL(7, struct thing, lost),
	REC_FIXED(300, struct thing, id),
	REC_END,
};
static const struct rec_type thing_rec = REC_TYPE(struct thing, 2, fields);

/* What a later version of the program would write: more fields, before, between and after. */
struct later {
	const char *name, *between;
	int64_t made_at, after;
	const char *last;
	struct bytes unknown;
};

static const struct rec_field later_fields[] = {
	REC_STR(1, struct later, name),
	REC_STR(3, struct later, between),
	REC_I64(4, struct later, made_at),
	REC_I64(299, struct later, after),
	REC_STR(65535, struct later, last),
	REC_END,
};
static const struct rec_type later_rec = REC_TYPE(struct later, 2, later_fields);

static const char *hex_of(struct arena *a, const struct rec_type *t, const void *record)
{
	AUTO(buf) struct buf out = BUF_INIT(100000);

	rec_encode(t, record, &out);
	return text_hex(a, buf_bytes(&out));
}

static int decode_hex(struct arena *a, const char *hex, struct thing *ret)
{
	struct bytes in;

	cr_assert_eq(text_parse_hex(a, bytes_of_str(hex), &in), 0);
	return rec_decode(&thing_rec, in, a, ret);
}

Test(rec, bytes_on_disk_never_change)
{
	struct thing t = {.name = "iPad",
		.blob = {(const uint8_t *)"\0\xff", 2},
		.made_at = -2,
		.colour = BLUE,
		.count = 300,
		.lost = true,
		.id = {0, 1, 2, 3}};
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(hex_of(a, &thing_rec, &t), "02"
						    "0304"
						    "69506164"
						    "050200ff"
						    "0803"
						    "0a02"
						    "0cac02"
						    "0e01"
						    "d90404"
						    "00010203");
}

Test(rec, leaves_out_what_is_empty)
{
	struct thing t = {.name = "", .blob = {(const uint8_t *)"x", 0}};
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(hex_of(a, &thing_rec, &t), "02");
	cr_assert_eq(decode_hex(a, "02", &t), 0);
	cr_expect_null(t.name);
	cr_expect_null(t.blob.p);
	cr_expect_eq(t.unknown.n, 0);
}

Test(rec, comes_back)
{
	static const int64_t times[] = {
		0, 1, -1, 63, 64, -64, -65, 1795252320, INT64_MAX, INT64_MIN};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		AUTO(buf) struct buf out = BUF_INIT(100000);
		struct thing t = {.name = "Läsplatta \"7\"",
				     .made_at = times[i],
				     .count = UINT32_MAX,
				     .blob = bytes_of("a\0b", 3),
				     .id = {0, 0, 0, 1}},
			     back;

		rec_encode(&thing_rec, &t, &out);
		cr_assert_eq(rec_decode(&thing_rec, buf_bytes(&out), a, &back), 0);
		cr_expect_str_eq(back.name, t.name);
		cr_expect(bytes_equal(back.blob, t.blob));
		cr_expect_eq(back.made_at, times[i]);
		cr_expect_eq(back.count, UINT32_MAX);
		cr_expect_eq(back.lost, false);
		cr_expect_eq(memcmp(back.id, t.id, 4), 0);
	}
}

Test(rec, copies_into_the_arena)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct thing t = {.name = "name", .blob = bytes_of("blob", 4)}, back;

	rec_encode(&thing_rec, &t, &out);
	cr_assert_eq(rec_decode(&thing_rec, buf_bytes(&out), a, &back), 0);
	memset(out.p, 0xee, out.n);
	cr_expect_str_eq(back.name, "name");
	cr_expect(bytes_equal(back.blob, bytes_of_str("blob")));
}

Test(rec, keeps_what_a_later_version_wrote)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf first = BUF_INIT(1000), second = BUF_INIT(1000);
	struct later l = {.name = "n", .between = "b", .made_at = 5, .after = 9, .last = "z"}, seen;
	struct thing t;

	rec_encode(&later_rec, &l, &first);
	cr_assert_eq(rec_decode(&thing_rec, buf_bytes(&first), a, &t), 0);
	cr_expect_str_eq(t.name, "n");
	cr_expect_eq(t.made_at, 5);
	cr_expect_gt(t.unknown.n, 0);
	rec_encode(&thing_rec, &t, &second);
	cr_expect(bytes_equal(buf_bytes(&first), buf_bytes(&second)), "the same bytes again");
	t.count = 77;
	t.name = NULL;
	memset(t.id, 1, 4);
	buf_reset(&second);
	rec_encode(&thing_rec, &t, &second);
	cr_assert_eq(rec_decode(&later_rec, buf_bytes(&second), a, &seen), 0);
	cr_expect_null(seen.name);
	cr_expect_str_eq(seen.between, "b");
	cr_expect_eq(seen.after, 9);
	cr_expect_str_eq(seen.last, "z");
}

Test(rec, refuses_damage)
{
	static const struct {
		const char *hex;
		int err;
	} cases[] = {
		{"", ERR_CORRUPT},
		{"00", ERR_CORRUPT},
		{"03", ERR_NEWER},
		{"ff0304", ERR_NEWER},
		{"01", 0},               /* an older version is read by the same fields */
		{"020301", ERR_CORRUPT}, /* content cut off */
		{"0203", ERR_CORRUPT},   /* length cut off */
		{"0283", ERR_CORRUPT},   /* tag cut off */
		{"020300", ERR_CORRUPT}, /* an empty field has no place */
		{"020800", ERR_CORRUPT},
		{"02088000", ERR_CORRUPT}, /* a longer varint than needed */
		{"0203816100", ERR_CORRUPT},
		{"02030161030162", ERR_CORRUPT}, /* the same number twice */
		{"02080205016a", ERR_CORRUPT},   /* falling numbers */
		{"02030100", ERR_CORRUPT},       /* NUL in a text */
		{"020201", ERR_CORRUPT},         /* a number where a text belongs */
		{"02090161", ERR_CORRUPT},       /* a text where a number belongs */
		{"020e02", ERR_CORRUPT},         /* a bool is 1 */
		{"020cffffffff0f", 0},
		{"020c8080808010", ERR_CORRUPT}, /* more than 32 bits */
		{"0208ffffffffffffffffff01", 0},
		{"0208ffffffffffffffffff02", ERR_CORRUPT}, /* more than 64 bits */
		{"0208ffffffffffffffffffff01", ERR_CORRUPT},
		{"02d90403010203", ERR_CORRUPT}, /* FIXED of another size */
		{"02d9040400000000", ERR_CORRUPT},
		{"02d9040400000001", 0},
		{"020101", ERR_CORRUPT},     /* number 0 */
		{"02feff0701", 0},           /* number 65535, unknown */
		{"0280800801", ERR_CORRUPT}, /* number 65536 */
		{"0203ffffffffffffffffff0161", ERR_CORRUPT},
	};
	AUTO(arena) struct arena *a = arena_new();
	static const struct thing nothing;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct thing t;
		int err;

		memset(&t, 0xee, sizeof(t));
		err = decode_hex(a, cases[i].hex, &t);
		cr_expect_eq(err, cases[i].err, "%s gave %d", cases[i].hex, err);
		if (err != 0)
			cr_expect_eq(memcmp(&t, &nothing, sizeof(t)), 0, "%s", cases[i].hex);
	}
}

Test(rec, every_cut_is_refused_or_shorter)
{
	struct thing t = {.name = "abc", .made_at = 1795252320, .count = 7, .id = {1, 2, 3, 4}},
		     back;
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);

	rec_encode(&thing_rec, &t, &out);
	for (size_t n = 1; n < out.n; n++) {
		if (rec_decode(&thing_rec, bytes_of(out.p, n), a, &back) == 0)
			cr_expect(back.count == 0 || memcmp(back.id, t.id, 4) != 0, "%zu", n);
	}
}

Test(rec, stops_at_the_buffers_limit)
{
	AUTO(buf) struct buf out = BUF_INIT(4);
	struct thing t = {.name = "a long name"};

	rec_encode(&thing_rec, &t, &out);
	cr_expect(!buf_ok(&out));
}
