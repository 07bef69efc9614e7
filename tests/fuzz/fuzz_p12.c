/* SPDX-License-Identifier: EUPL-1.2 */
/* A network's certificate and its anchors, as people upload them. */
#include "certs/certs.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/certs/fixture.h"

static struct fixture world;

static void unmake(void)
{
	fixture_end(&world);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes in = bytes_of(data, n);
	struct cert_anchor *anchors;
	int64_t ends;
	size_t count = 0;

	if (!world.c) {
		fixture_house(&world);
		atexit(unmake);
	}
	if (cert_anchors_parse(in, a, &anchors, &count) == 0)
		FUZZ_CHECK(count > 0 && count <= CERT_ANCHORS_MAX && anchors[0].der.n > 0);
	(void)!cert_p12_open(world.c, in, "hemligt", &ends);
	return 0;
}
