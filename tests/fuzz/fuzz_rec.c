/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/rec.h"
#include "tests/fuzz/fuzz.h"

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

/* There is one encoding: what decodes, encodes to the same bytes, unknown fields included. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 26);
	AUTO(arena) struct arena *a = arena_new();
	struct thing t;

	if (rec_decode(&thing_rec, bytes_of(data, n), a, &t) != 0)
		return 0;
	rec_encode(&thing_rec, &t, &out);
	FUZZ_CHECK(out.n == n && memcmp(out.p + 1, data + 1, n - 1) == 0);
	return 0;
}
