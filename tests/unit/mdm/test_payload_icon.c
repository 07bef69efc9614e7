/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/payload_int.h"
#include "tests/unit/mdm/house.h"

Test(payload_icon, ours_is_a_png)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes icon = mdm_icon_make(a);
	uint32_t w = 0, h = 0;

	cr_assert_eq(mdm_png_size(icon, &w, &h), 0);
	cr_expect_eq(w, 120);
	cr_expect_eq(h, 120);
	/* the last chunk with the CRC that the standard prints for it */
	cr_expect_eq(memcmp(icon.p + icon.n - 12, "\0\0\0\0IEND\xae\x42\x60\x82", 12), 0);
}

Test(payload_icon, what_is_no_png)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes icon = mdm_icon_make(a);
	uint8_t bent[64];
	uint32_t w, h;

	cr_expect_eq(mdm_png_size(bytes_of("", 0), &w, &h), ERR_BADINPUT);
	cr_expect_eq(mdm_png_size(bytes_of(icon.p, 32), &w, &h), ERR_BADINPUT);
	memcpy(bent, icon.p, sizeof(bent));
	memset(bent + 16, 0, 4);
	cr_expect_eq(mdm_png_size(bytes_of(bent, sizeof(bent)), &w, &h), ERR_BADINPUT);
}
