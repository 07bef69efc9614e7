/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scanner types, and what it means on a desk: whatever comes has a meaning or a sentence. */
#include "base/text.h"
#include "inventory/circulation_int.h"
#include "tests/fuzz/fuzz.h"

static const struct inv_unit units[] = {
	{.serial = "U1", .state = INV_IN_STOCK},
	{.serial = "U2", .item_number = "VB-0002", .state = INV_HANDED_IN},
	{.serial = "U3", .kit = "U1", .state = INV_MISSING},
};

/* The first octets choose what stands on the desk and what was found; the rest is the scan. */
static void decide(struct arena *a, const struct inv_scan *scan, const uint8_t *how)
{
	const struct inv_desk desk = {.mode = how[0] % 4,
		.borrower = how[0] & 16 ? "b" : NULL,
		.line_count = how[0] & 32 ? 2 : 0,
		.loan = how[0] & 64 ? 1000 : 0};
	const struct inv_hit hits[] = {{INV_HIT_UNIT, INV_CODE_ITEM, "U1"},
		{how[1] & 4 ? INV_HIT_PRODUCT : INV_HIT_PLACE, INV_CODE_GTIN, "p"}};
	bool unit = how[1] % 4 == 1;
	const struct inv_scan_facts f = {.scan = scan,
		.desk = &desk,
		.hits = unit ? hits : hits + (how[1] % 4 == 2),
		.hit_count = how[1] % 4 == 3 ? 2 : how[1] % 4 != 0,
		.near = how[1] & 8,
		.unit = &units[how[1] % 3],
		.out = how[1] & 16,
		.card = how[1] & 32,
		.on_desk = how[1] & 64};
	struct inv_door doors[INV_DOORS];
	struct refusal r = {0};
	enum inv_scan_act act = inv_scan_decide(&f, &r);

	FUZZ_CHECK(act >= INV_DO_ADD && act <= INV_DO_REFUSE);
	FUZZ_CHECK((act == INV_DO_REFUSE) == (r.say != NULL));
	if (!r.say)
		return;
	FUZZ_CHECK(inv_scan_doors(&r, &desk, scan->text, doors) > 0);
	for (int l = 0; l < SAY_LANGS; l++)
		FUZZ_CHECK(text_is_utf8(bytes_of_str(refusal_text(a, (enum say_lang)l, &r))));
}

/* A number that is one is written the same way again. */
static void number(const char *s)
{
	char text[INV_LOAN_NUMBER];
	uint64_t id, again;

	if (inv_loan_number_parse(s, &id) != 0)
		return;
	FUZZ_CHECK(inv_loan_number_parse(inv_loan_number(id, text), &again) == 0);
	FUZZ_CHECK(id == again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_scan *scans;
	size_t n;

	if (size < 2 || inv_scan_parse(a, bytes_of(data + 2, size - 2), &scans, &n) != 0)
		return 0;
	for (size_t i = 0; i < n; i++) {
		decide(a, &scans[i], data);
		if (scans[i].text)
			number(scans[i].text);
	}
	return 0;
}
