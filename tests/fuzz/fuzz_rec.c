/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/rec.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/base/toy_sealer.h"

struct thing {
	const char *name, *note;
	struct bytes blob;
	int64_t made_at;
	uint32_t count;
	bool lost;
	uint8_t id[4];
	struct bytes unknown;
};

static const struct rec_field fields[] = {
	REC_STR(1, struct thing, name),
	REC_BYTES(2, struct thing, blob),
	REC_I64(4, struct thing, made_at),
	REC_U32(6, struct thing, count),
	REC_BOOL(7, struct thing, lost),
	REC_STR(20, struct thing, note),
	REC_FIXED(300, struct thing, id),
	REC_END,
};
static const struct rec_type thing_rec = REC_TYPE(struct thing, 200, fields);

/* The same with words in place of the texts. */
static const struct rec_field word_fields[] = {
	REC_WORDS(1, struct thing, name),
	REC_BYTES(2, struct thing, blob),
	REC_I64(4, struct thing, made_at),
	REC_U32(6, struct thing, count),
	REC_BOOL(7, struct thing, lost),
	REC_WORDS(20, struct thing, note),
	REC_FIXED(300, struct thing, id),
	REC_END,
};
static const struct rec_type word_rec =
	REC_TYPE_WORDS("fuzz.thing", struct thing, 200, word_fields);

static bool same_text(const char *x, const char *y)
{
	return text_equal(x ? x : "", y ? y : "");
}

/* What decodes is sealed when it is encoded, and opens to the same words. */
static void try_words(struct bytes in, struct arena *a)
{
	static uint8_t key = 7;
	AUTO(buf) struct buf out = BUF_INIT(1 << 26);
	struct thing was, is;
	bool clear = false;

	if (rec_decode_words(&word_rec, &TOY_SEALER(&key), in, a, &was) != 0)
		return;
	FUZZ_CHECK(rec_words_clear(&word_rec, in, &clear) == 0);
	FUZZ_CHECK(rec_encode_words(&word_rec, &TOY_SEALER(&key), &was, &out) == 0);
	FUZZ_CHECK(rec_words_clear(&word_rec, buf_bytes(&out), &clear) == 0 && !clear);
	FUZZ_CHECK(rec_decode_words(&word_rec, &TOY_SEALER(&key), buf_bytes(&out), a, &is) == 0);
	FUZZ_CHECK(same_text(was.name, is.name) && same_text(was.note, is.note));
	FUZZ_CHECK(was.made_at == is.made_at && was.unknown.n == is.unknown.n);
}

/* There is one encoding: what decodes, encodes to the same bytes, unknown fields included. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 26);
	AUTO(arena) struct arena *a = arena_new();
	struct thing t;

	try_words(bytes_of(data, n), a);
	if (rec_decode(&thing_rec, bytes_of(data, n), a, &t) != 0)
		return 0;
	rec_encode(&thing_rec, &t, &out);
	FUZZ_CHECK(out.n == n && memcmp(out.p + 1, data + 1, n - 1) == 0);
	return 0;
}
