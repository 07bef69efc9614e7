/* SPDX-License-Identifier: EUPL-1.2 */
/* The file in tests/data/fuzz/bolt was written by bbolt itself: branches, values over several pages,
 * inline buckets, freed pages. */
#include "base/bolt.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct buf file = BUF_INIT(1 << 20);
static struct bolt b;

static void load(void)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *top = getenv("top_srcdir");

	cr_assert_eq(file_read(arena_printf(a, "%s/tests/data/fuzz/bolt/micromdm.db",
				       top ? top : "."),
			     &file),
		0);
}

static void unload(void)
{
	buf_release(&file);
}

TestSuite(bolt, .init = load, .fini = unload);

struct seen {
	size_t n, bytes, stop_at;
	char first[64], last[64];
};

static int see(void *arg, struct bytes key, struct bytes value)
{
	struct seen *s = arg;

	if (s->n == 0)
		snprintf(s->first, sizeof(s->first), "%.*s", (int)key.n, (const char *)key.p);
	snprintf(s->last, sizeof(s->last), "%.*s", (int)key.n, (const char *)key.p);
	s->n++;
	s->bytes += value.n;
	return s->n == s->stop_at ? ERR_CONFLICT : 0;
}

Test(bolt, what_the_library_wrote_is_read)
{
	static const struct {
		const char *bucket;
		int err;
		size_t n;
	} cases[] = {
		{"mdm.Devices", 0, 14}, {"mdm.DeviceIdx", 0, 40}, {"mdm.UDIDCertAuth", 0, 3},
		{"mdm.PushInfo", 0, 20}, {"mdm.Empty", 0, 0}, {"mdm.Nope", ERR_NOTFOUND, 0},
		{"mdm.Device", ERR_NOTFOUND, 0},
	};
	struct seen stopped = {.stop_at = 2};

	cr_assert_eq(bolt_open(buf_bytes(&file), &b), 0);
	cr_expect_eq(b.page_bytes, 1024);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct seen s = {0};

		cr_expect_eq(bolt_each(&b, cases[i].bucket, see, &s), cases[i].err, "%s",
			cases[i].bucket);
		cr_expect_eq(s.n, cases[i].n, "%s", cases[i].bucket);
		if (i == 0) {
			cr_expect_str_eq(s.first, "00000000-0000-4000-8000-000000000000");
			cr_expect_gt(s.bytes, 4 * 1024, "one goes over pages");
		}
		if (i == 2)
			cr_expect_str_eq(s.last, "00008020-0000000000000002");
	}
	cr_expect_eq(bolt_each(&b, "mdm.PushInfo", see, &stopped), ERR_CONFLICT);
	cr_expect_eq(stopped.n, 2);
}

Test(bolt, the_meta_page_that_holds_counts)
{
	struct bolt other;
	uint64_t root;

	cr_assert_eq(bolt_open(buf_bytes(&file), &b), 0);
	root = b.root;
	/* the one or the other broken: the older state, or the same, but a state */
	file.p[16 + 40] ^= 1;
	cr_expect_eq(bolt_open(buf_bytes(&file), &other), 0);
	file.p[16 + 40] ^= 1;
	file.p[1024 + 16 + 40] ^= 1;
	cr_expect_eq(bolt_open(buf_bytes(&file), &other), 0);
	cr_expect(other.root == root || other.pages <= b.pages);
	file.p[16 + 40] ^= 1;
	cr_expect_eq(bolt_open(buf_bytes(&file), &other), ERR_CORRUPT, "none holds");
	cr_expect_eq(bolt_open(bytes_of("SQLite format 3", 15), &other), ERR_BADINPUT);
	cr_expect_eq(bolt_open(bytes_of(NULL, 0), &other), ERR_BADINPUT);
}

/* Each octet bent in turn: told or read, never past the file (the sanitizers look). */
Test(bolt, no_bent_file_leads_outside)
{
	size_t refused = 0, tries = 0;

	for (size_t at = 2048; at < file.n; at += 7) {
		struct seen s = {0};

		file.p[at] ^= 0xff;
		if (bolt_open(buf_bytes(&file), &b) == 0) {
			int err = bolt_each(&b, "mdm.Devices", see, &s);

			cr_assert(err == 0 || err == ERR_CORRUPT || err == ERR_NOTFOUND);
			refused += err != 0;
			cr_assert_leq(s.n, 100000);
		}
		file.p[at] ^= 0xff;
		tries++;
	}
	cr_expect_gt(refused, tries / 200);
	file.n = 5000;
	cr_expect_eq(bolt_open(buf_bytes(&file), &b), ERR_CORRUPT, "cut");
}

/* A branch that leads to itself, and a bucket in a bucket. */
Test(bolt, a_circle_ends)
{
	uint8_t *p = file.p;
	struct seen s = {0};

	cr_assert_eq(bolt_open(buf_bytes(&file), &b), 0);
	for (uint64_t id = 2; id < b.pages; id++) {
		uint8_t *page = p + id * 1024;

		if (page[8] == 1) /* a branch: its first child is itself */
			memcpy(page + 16 + 8, page, 8);
	}
	cr_expect_eq(bolt_each(&b, "mdm.Devices", see, &s), ERR_CORRUPT);
}
