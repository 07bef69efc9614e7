/* SPDX-License-Identifier: EUPL-1.2 */
/* A clock that leaps erases nobody, and says so. */
#include "tests/flow/browser.h"

#include "base/rec.h"
#include "store/store.h"

#define YEARS (740 * INT64_C(86400)) /* the server's certificate still holds */

static struct browser b;
static const char *id;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	sign_in_first(&b);
	id = doc_str(flow_api(&b.f, 201, "POST", "/api/v1/borrowers",
			     "{\"zone\":\"care\",\"kind\":\"senior\",\"given\":\"Hjördis\",\"family\":"
			     "\"Xylander\"}"),
		"id");
}

static void end(void)
{
	flow_stop(&b.f);
}

TestSuite(clock, .init = begin, .fini = end, .timeout = 300);

static void restart_with_clock(int64_t shift_s)
{
	flow_server_stop(&b.f);
	b.f.clock_shift_s = shift_s;
	flow_server_start(&b.f);
}

static bool state_is(const char *state)
{
	const char *path = arena_printf(b.f.a, "/api/v1/borrowers/%s", id);

	return text_equal(doc_str(flow_api(&b.f, 200, "GET", path, NULL), "state"), state);
}

static bool has_leapt(void *arg)
{
	(void)arg;
	return doc_bool(flow_api(&b.f, 200, "GET", "/api/v1/lifeguard", NULL), "clock_leapt", false);
}

static bool is_erased(void *arg)
{
	(void)arg;
	return state_is("erased");
}

/* The borrower was due long ago, by that clock. */
static void leap(void)
{
	restart_with_clock(YEARS);
	cr_assert(flow_until(has_leapt, NULL), "%s", flow_log(&b.f));
	cr_expect_not(is_erased(NULL));
	cr_expect_not_null(strstr(flow_log(&b.f), "event=clock.leapt"));
}

static bool is_steady(void *arg)
{
	return !has_leapt(arg);
}

Test(clock, that_leaps_erases_nobody_until_somebody_says_that_it_is_right)
{
	struct flow_reply r;
	const char *reader;

	flow_api(&b.f, 409, "POST", "/api/v1/clock/confirm", NULL);
	leap();
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	cr_expect_not_null(strstr(
		visit(&b, "GET", "/lifeguard", NULL).body, "Serverns klocka har hoppat"));
	cr_expect_not_null(
		strstr(visit(&b, "GET", "/lifeguard", NULL).body, "Klockan går rätt: fortsätt"));
	cr_expect_not_null(strstr(visit(&b, "GET", "/audit?act=clock.leapt", NULL).body, "Klockan hoppade"));
	reader = doc_str(flow_api(&b.f, 201, "POST", "/api/v1/tokens",
				 "{\"note\":\"test\",\"roles\":\"it\"}"),
		"token");
	r = flow_call(&b.f, "POST", "/api/v1/clock/confirm", reader, NULL);
	cr_expect_eq(r.status, 403);
	FLOW_EXPECT(&b.f, 0, "clock", "confirm");
	cr_expect(flow_until(is_steady, NULL), "%s", flow_log(&b.f));
	cr_expect(flow_until(is_erased, NULL), "and goes on at once\n%s", flow_log(&b.f));
}

Test(clock, that_goes_on_for_a_day_is_believed)
{
	leap();
	restart_with_clock(YEARS + 90000);
	cr_expect(flow_until(is_erased, NULL), "%s", flow_log(&b.f));
}

Test(clock, that_is_set_right_has_harmed_nobody)
{
	leap();
	restart_with_clock(0);
	cr_expect(flow_until(is_steady, NULL), "%s", flow_log(&b.f));
	cr_expect_not(is_erased(NULL));
	restart_with_clock(-YEARS);
	cr_expect(flow_until(has_leapt, NULL), "back is a leap as well");
	restart_with_clock(0);
	cr_expect_not(is_erased(NULL));
}

/* As an older program left it: no clock, and a record that the start makes settings of, which is an
 * act at once. */
struct old_rules {
	uint32_t lock_s;
	struct bytes unknown;
};
static const struct rec_field old_fields[] = {REC_U32(2, struct old_rules, lock_s), REC_END};
static const struct rec_type old_rec = REC_TYPE(struct old_rules, 1, old_fields);

static int make_old(struct store_txn *txn, void *arg)
{
	AUTO(buf) struct buf out = BUF_INIT(1024);
	const struct old_rules rules = {.lock_s = 1800};
	struct store_key clock = store_key("u", (uint32_t)1), k = store_key("s", "sign-in");
	int err = store_del(txn, AUDIT_CLOCK, &clock);

	(void)arg;
	rec_encode(&old_rec, &rules, &out);
	return err ? err : store_put(txn, WEB_SETTING, &k, buf_bytes(&out));
}

Test(clock, that_leapt_over_an_update_is_seen_before_the_start_writes)
{
	const struct store_options o = {.create = false};
	struct store *st;

	flow_server_stop(&b.f);
	cr_assert_eq(store_open(b.f.dir, &o, &st), 0);
	cr_assert_eq(store_write(st, make_old, NULL), 0);
	store_close(st);
	leap();
	cr_expect_not_null(
		strstr(FLOW_RUN(&b.f, "audit").out, "signin.lock_minutes"), "and the start did write");
}
