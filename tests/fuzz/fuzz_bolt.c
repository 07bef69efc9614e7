/* SPDX-License-Identifier: EUPL-1.2 */
/* A bbolt database, and what MicroMDM keeps in one. */
#include "base/bolt.h"
#include "base/text.h"
#include "mdm/moving_int.h"
#include "tests/fuzz/fuzz.h"

struct seen {
	struct bytes file, last;
	size_t n;
};

/* Keys rise, and all lies in the file. */
static int see(void *arg, struct bytes key, struct bytes value)
{
	struct seen *s = arg;

	FUZZ_CHECK(key.p >= s->file.p && key.p + key.n <= s->file.p + s->file.n);
	FUZZ_CHECK(value.p >= s->file.p && value.p + value.n <= s->file.p + s->file.n);
	FUZZ_CHECK(s->n == 0 || !bytes_equal(key, s->last));
	FUZZ_CHECK(s->n++ <= s->file.n / 16);
	s->last = key;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct seen s = {.file = bytes_of(data, n)};
	struct mdm_move_set set = {0};
	const char *bad = NULL;
	struct bolt b;

	if (bolt_open(s.file, &b) == 0)
		(void)!bolt_each(&b, "mdm.Devices", see, &s);
	if (mdm_move_micromdm_parse(s.file, a, &set, &bad) != 0)
		FUZZ_CHECK(bad);
	for (size_t i = 0; i < set.n; i++) {
		FUZZ_CHECK(set.rows[i].name);
		FUZZ_CHECK(set.rows[i].bad || (set.rows[i].x.udid && set.rows[i].x.push_token.n));
	}
	return 0;
}
