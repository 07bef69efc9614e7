/* SPDX-License-Identifier: EUPL-1.2 */
/* The first visit of each role, alone: the box is there, and wherever it leads, one may go. */
#include "tests/flow/callers.h"

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	sign_in_first(&b);
}

/* Each link of the box; how many. */
static unsigned follow(const char *role, const char *box)
{
	static const char link[] = "<a href=\"";
	const char *end = strstr(box, "</section>");
	unsigned n = 0;

	cr_assert_not_null(end);
	for (const char *p = box; (p = strstr(p, link)) && p < end;) {
		const char *path;
		struct flow_reply r;

		p += sizeof(link) - 1;
		path = arena_strndup(b.f.a, p, strcspn(p, "\""));
		r = visit(&b, "GET", path, NULL);
		cr_expect_lt(r.status, 400, "%s: %s: %d", role, path, r.status);
		n++;
	}
	return n;
}

Test(guide, leads_each_role_where_it_may_go, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const roles[] = {"bibliotek", "konsulent", "it", "admin", "reader"};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		struct flow_reply r;
		const char *box;

		sign_in_new(&b, arena_printf(b.f.a, "new.%s", roles[i]), roles[i]);
		r = visit(&b, "GET", "/", NULL);
		cr_assert_eq(r.status, 200);
		box = strstr(r.body, "<section class=\"guide\"");
		cr_assert_not_null(box, "%s: %s", roles[i], r.body);
		cr_expect_geq(follow(roles[i], box), 3, "%s", roles[i]);
		/* said to be known, it is gone, and stands under its own address */
		expect(&b, 303, "POST", "/guide", form(&b, "next=/"));
		r = visit(&b, "GET", "/", NULL);
		cr_expect_null(strstr(r.body, "<section class=\"guide\""), "%s", roles[i]);
		expect(&b, 200, "GET", "/guide", NULL);
	}
}
