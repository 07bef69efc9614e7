/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether an iPad that comes back is erased: as the rule says, unless whoever takes it back says otherwise. */
#include "tests/flow/callers.h"

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	care = token("konsulent");
}

static struct ipad *pad;

static bool is_erased(void *arg)
{
	(void)arg;
	return ipad_wake(pad) == 0 && ipad_counters(pad)->erases > 0;
}

/* Undo is offered where it would be done, and nowhere else. */
static void expect_undo(bool offered)
{
	struct doc *d = call(200, care, "GET", "/api/v1/desk", NULL);
	struct flow_reply r;

	cr_expect_eq(doc_object(d, "undo") != NULL, offered, "offered");
	r = flow_call(&b.f, "POST", "/api/v1/desk/undo", care, "{}");
	cr_expect_eq(r.status, offered ? 200 : 409, "%s", r.body);
	if (!offered)
		cr_expect_str_eq(doc_str(r.doc, "code"), "undo.erase", "what erases itself is not as it was: %s", r.body);
}

/* By what Hylla says of the return, and by what reaches the iPad. */
static void expect_erased(bool erased)
{
	const char *path = arena_printf(b.f.a, "/api/v1/devices/%s/return", flow_serial(pad));
	struct flow_reply r = flow_call(&b.f, "GET", path, care, NULL);

	cr_assert_eq(r.status, 200, "%d %s", r.status, r.body);
	cr_expect_eq(doc_bool(r.doc, "erase", !erased), erased, "%s", r.body);
	if (erased) {
		expect_undo(false);
		cr_expect(flow_until(is_erased, NULL), "%s\n%s", ipad_why(pad), flow_log(&b.f));
		return;
	}
	for (int i = 0; i < 3; i++)
		cr_expect_eq(ipad_wake(pad), 0, "%s", ipad_why(pad));
	cr_expect_eq(ipad_counters(pad)->erases, 0);
}

Test(wipe, is_as_the_rule_says_unless_somebody_says_otherwise, .timeout = 300, .init = begin, .fini = end)
{
	static const struct {
		const char *said;
		bool rule_is_off, erased;
	} tries[] = {{"", false, true}, {",\"erase\":\"no\"", false, false}, {"", true, false},
		{",\"erase\":\"yes\"", true, true}};
	const char *who = borrower(care, "care", "\"given\":\"Test\",\"family\":\"Person\",\"card\":\"KTEST0009\"");

	for (unsigned i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (tries[i].rule_is_off && !tries[i - 1].rule_is_off)
			call(200, care, "POST", "/api/v1/loan-rules", "{\"zone\":\"care\",\"wipe\":0,\"why\":\"a test\"}");
		pad = flow_ours(&b.f, 7 + i, NULL);
		call(200, care, "POST", "/api/v1/loans",
			arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", who, flow_serial(pad)));
		call(200, care, "POST", arena_printf(b.f.a, "/api/v1/items/%s/check-in", flow_serial(pad)),
			arena_printf(b.f.a, "{\"condition\":\"good\"%s}", tries[i].said));
		expect_erased(tries[i].erased);
		/* and nobody is promised it before it is judged */
		refused(care, arena_printf(b.f.a, "/api/v1/items/%s/inspected", flow_serial(pad)), "{}", "loan.return-open");
		refused(care, "/api/v1/holds/pick", arena_printf(b.f.a, "{\"code\":\"%s\"}", flow_serial(pad)),
			"loan.return-open");
		ipad_free(pad);
	}
}
