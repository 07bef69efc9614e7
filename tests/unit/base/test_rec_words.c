/* SPDX-License-Identifier: EUPL-1.2 */
/* Words in records: sealed by whoever has the key, bound to their field, and never lost unseen. */
#include "tests/unit/base/toy_sealer.h"

#include <criterion/criterion.h>
#include <signal.h>

struct paper {
	const char *name, *note, *reason;
	int64_t at;
	struct bytes unknown;
};

static const struct rec_field fields[] = {REC_STR(1, struct paper, name),
	REC_WORDS(2, struct paper, note), REC_I64(3, struct paper, at),
	REC_WORDS(4, struct paper, reason), REC_END};
static const struct rec_type paper_rec = REC_TYPE_WORDS("test.paper", struct paper, 1, fields);
static const struct rec_type other_rec = REC_TYPE_WORDS("test.other", struct paper, 1, fields);

/* The same record as an older program had it: all in clear. */
static const struct rec_field old_fields[] = {REC_STR(1, struct paper, name),
	REC_STR(2, struct paper, note), REC_I64(3, struct paper, at), REC_STR(4, struct paper, reason),
	REC_END};
static const struct rec_type old_rec = REC_TYPE(struct paper, 1, old_fields);

/* Of a program that has not the second one yet. */
static const struct rec_field fewer_fields[] = {REC_STR(1, struct paper, name),
	REC_WORDS(2, struct paper, note), REC_I64(3, struct paper, at), REC_END};
static const struct rec_type fewer_rec = REC_TYPE_WORDS("test.paper", struct paper, 1, fewer_fields);

static uint8_t key = 7, another = 8;
static const struct paper paper = {
	.name = "Lampa", .note = "Dottern heter Zaida", .reason = "Zaida ringde", .at = 5};

static struct bytes sealed(struct arena *a, const struct paper *p)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);

	cr_assert_eq(rec_encode_words(&paper_rec, &TOY_SEALER(&key), p, &out), 0);
	return arena_bytes(a, buf_bytes(&out));
}

Test(rec_words, come_back_and_do_not_stand_in_the_record)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes in = sealed(a, &paper);
	struct paper p;
	bool clear = true;

	cr_expect_null(memmem(in.p, in.n, "Zaida", 5));
	cr_expect_not_null(memmem(in.p, in.n, "Lampa", 5), "what is no words stays as it is");
	cr_assert_eq(rec_decode_words(&paper_rec, &TOY_SEALER(&key), in, a, &p), 0);
	cr_expect_str_eq(p.note, paper.note);
	cr_expect_str_eq(p.reason, paper.reason);
	cr_expect_str_eq(p.name, paper.name);
	cr_expect_eq(p.at, 5);
	cr_assert_eq(rec_words_clear(&paper_rec, in, &clear), 0);
	cr_expect_not(clear);
}

Test(rec_words, empty_ones_cost_nothing)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes in = sealed(a, &(struct paper){.name = "x", .note = ""});
	struct paper p;

	cr_expect_eq(in.n, 4, "version, tag, length, x");
	cr_assert_eq(rec_decode(&paper_rec, in, a, &p), 0, "nothing is sealed, so nothing is opened");
	cr_expect_null(p.note);
}

Test(rec_words, of_another_field_or_type_or_key_are_refused)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes in = sealed(a, &(struct paper){.note = "Zaida"});
	struct paper p;

	cr_expect_eq(rec_decode_words(&other_rec, &TOY_SEALER(&key), in, a, &p), ERR_CRYPTO);
	cr_expect_eq(rec_decode_words(&paper_rec, &TOY_SEALER(&another), in, a, &p), ERR_CRYPTO);
	cr_expect_null(p.note, "nothing is told of a record that does not open");
	((uint8_t *)(uintptr_t)in.p)[1] = 4 << 1 | 1; /* the tag: the note becomes the reason */
	cr_expect_eq(rec_decode_words(&paper_rec, &TOY_SEALER(&key), in, a, &p), ERR_CRYPTO);
}

Test(rec_words, in_clear_are_read_as_they_are)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct paper p;
	bool clear = false;

	rec_encode(&old_rec, &paper, &out);
	cr_assert_eq(rec_words_clear(&paper_rec, buf_bytes(&out), &clear), 0);
	cr_expect(clear);
	cr_assert_eq(rec_decode(&paper_rec, buf_bytes(&out), a, &p), 0);
	cr_expect_str_eq(p.note, paper.note);
	cr_assert_eq(rec_decode_words(&paper_rec, &TOY_SEALER(&key), buf_bytes(&out), a, &p), 0);
	cr_expect_str_eq(p.reason, paper.reason);
	cr_expect_eq(rec_words_clear(&paper_rec, bytes_of("\x01\xff", 2), &clear), ERR_CORRUPT);
	cr_expect_eq(rec_words_clear(&paper_rec, bytes_of("", 0), &clear), ERR_CORRUPT);
	cr_expect_eq(rec_words_clear(&paper_rec, bytes_of("\x02", 1), &clear), ERR_NEWER);
}

Test(rec_words, without_a_sealer_are_an_error_and_not_lost)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct bytes in = sealed(a, &paper);
	struct paper p;

	cr_expect_eq(rec_decode(&paper_rec, in, a, &p), ERR_DENIED);
	cr_assert_eq(rec_encode_words(&paper_rec, NULL, &paper, &out), 0);
	cr_expect_not_null(memmem(out.p, out.n, "Zaida", 5), "nobody has a key: in clear");
}

Test(rec_words, who_is_blind_reads_but_does_not_write)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct paper p;

	cr_assert_eq(rec_decode_words(&paper_rec, &rec_blind, sealed(a, &paper), a, &p), 0);
	cr_expect_str_eq(p.note, "");
	cr_expect_str_eq(p.name, "Lampa");
	cr_expect_eq(rec_encode_words(&paper_rec, &rec_blind, &paper, &out), ERR_DENIED);
}

Test(rec_words, of_a_later_program_are_kept_sealed)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct paper p;

	cr_assert_eq(rec_decode_words(&fewer_rec, &TOY_SEALER(&key), sealed(a, &paper), a, &p), 0);
	cr_assert_eq(rec_encode_words(&fewer_rec, &TOY_SEALER(&key), &p, &out), 0);
	cr_assert_eq(rec_decode_words(&paper_rec, &TOY_SEALER(&key), buf_bytes(&out), a, &p), 0);
	cr_expect_str_eq(p.reason, paper.reason);
}

Test(rec_words, that_do_not_fit_are_told)
{
	AUTO(buf) struct buf out = BUF_INIT(8);

	cr_expect_eq(rec_encode_words(&paper_rec, &TOY_SEALER(&key), &paper, &out), ERR_TOOBIG);
}

Test(rec_words, are_never_written_by_whoever_forgot_the_sealer, .signal = SIGABRT)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);

	rec_encode(&paper_rec, &paper, &out);
}
