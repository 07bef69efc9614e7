/* SPDX-License-Identifier: EUPL-1.2 */
/* Links of surveys that lead on again for some minutes. */
#include "mdm/media_int.h"

#include "base/buf.h"

#include <criterion/criterion.h>

#define NOW 1795252320

Test(link_grace, it_lasts_ten_minutes)
{
	struct mdm_grace *g = mdm_grace_new();

	cr_expect_not(mdm_grace_holds(g, "a", NOW));
	mdm_grace_note(g, "a", NOW);
	cr_expect(mdm_grace_holds(g, "a", NOW));
	cr_expect(mdm_grace_holds(g, "a", NOW + 599));
	cr_expect_not(mdm_grace_holds(g, "b", NOW + 599));
	cr_expect_not(mdm_grace_holds(g, "a", NOW + 600));
	cr_expect_not(mdm_grace_holds(g, "a", NOW + 1), "and does not come back");
	mdm_grace_free(g);
	mdm_grace_free(NULL);
}

Test(link_grace, a_clock_that_goes_back_gives_no_more)
{
	struct mdm_grace *g = mdm_grace_new();

	mdm_grace_note(g, "a", NOW);
	cr_expect_not(mdm_grace_holds(g, "a", NOW - 1));
	mdm_grace_free(g);
}

Test(link_grace, many_at_once_cost_the_oldest)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_grace *g = mdm_grace_new();

	mdm_grace_note(g, "first", NOW);
	for (int i = 0; i < 1023; i++)
		mdm_grace_note(g, arena_printf(a, "%d", i), NOW);
	cr_expect(mdm_grace_holds(g, "first", NOW));
	mdm_grace_note(g, "one more", NOW);
	cr_expect_not(mdm_grace_holds(g, "first", NOW));
	cr_expect(mdm_grace_holds(g, "0", NOW));
	mdm_grace_free(g);
}
