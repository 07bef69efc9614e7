/* SPDX-License-Identifier: EUPL-1.2 */
#include "print/print.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char address[] = "https://mdm.example.se:8443/enroll/abcdefghijklmnopqrstuvwxyz";

Test(qr, is_an_image_with_a_name_and_square)
{
	AUTO(buf) struct buf svg = BUF_INIT(1 << 20);
	int w, h;

	cr_assert_eq(print_qr_svg(address, "In \"på\" <plats> & tid", &svg), 0);
	cr_expect(strstr(buf_str(&svg), "role=\"img\""));
	cr_expect(strstr(buf_str(&svg), "In &quot;på&quot; &lt;plats> &amp; tid"));
	cr_assert_eq(sscanf(strstr(buf_str(&svg), "viewBox"), "viewBox=\"0 0 %d %d", &w, &h), 2);
	cr_expect_eq(w, h);
	cr_expect_geq(w, 21 + 8);
}

/* The same modules in both forms: the finder pattern of ISO/IEC 18004 in the first row is dark
 * for seven modules after a quiet zone of four. */
Test(qr, begins_with_the_finder_pattern)
{
	AUTO(buf) struct buf svg = BUF_INIT(1 << 20);
	AUTO(buf) struct buf text = BUF_INIT(1 << 20);

	cr_assert_eq(print_qr_svg(address, "x", &svg), 0);
	cr_assert_eq(print_qr_text(address, &text), 0);
	for (int x = 4; x < 11; x++) {
		char module[32];

		snprintf(module, sizeof(module), "M%d 4h1v1h-1z", x);
		cr_expect(strstr(buf_str(&svg), module), "%s", module);
	}
	cr_expect_null(strstr(buf_str(&svg), "M3 4h"));
	cr_expect_null(strstr(buf_str(&svg), "M11 4h"));
	cr_expect(strstr(buf_str(&text), "█"));
}

Test(qr, too_much_is_refused)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	AUTO(buf) struct buf small = BUF_INIT(64);
	char much[2002];

	memset(much, 'x', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	cr_expect_eq(print_qr_svg(much, "x", &out), ERR_TOOBIG);
	cr_expect_eq(print_qr_text(address, &small), ERR_TOOBIG);
}
