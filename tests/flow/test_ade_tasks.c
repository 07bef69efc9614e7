/* SPDX-License-Identifier: EUPL-1.2 */
/* What device assignment and Activation Lock leave for people to do: told, with words, and gone when
 * it is done. */
#include "tests/flow/ade.h"

#include "base/text.h"

static bool let_out(void *arg)
{
	struct ipad *p = arg;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	return !ipad_state(p)->awaiting;
}

static struct doc *task_of(const char *serial, const char *kind)
{
	struct doc *list = doc_list(
		flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/tasks?kind=%s", kind), NULL),
		"tasks");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "serial"), serial))
			return doc_list_object(list, i);
	}
	return NULL;
}

static int64_t id_of(const struct doc *task)
{
	int64_t id;

	cr_assert_eq(doc_int(task, "id", &id), 0);
	return id;
}

static bool has_gone(void *serial)
{
	return task_of(serial, "left.enrolled") == NULL;
}

/* Assigned at Apple, written off here, and switched on by whoever has it now. */
static struct ipad *switched_on_again(unsigned number)
{
	struct ipad *p = flow_ipad(&f, number, NULL, NULL);
	const char *serial = flow_serial(p);

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	cr_assert(flow_until(has_profile, (void *)serial));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "discarded");
	cr_expect_null(task_of(serial, "left.enrolled"));
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->awaiting);
	return p;
}

Test(ade_tasks, one_that_has_left_us_is_let_out_and_told_of, .init = ade_begin, .fini = ade_end)
{
	struct ipad *p = switched_on_again(13);
	const char *serial = arena_strdup(f.a, flow_serial(p));
	struct doc *t = task_of(serial, "left.enrolled"), *d;

	cr_assert_not_null(t);
	cr_expect_not_null(strstr(doc_str(t, "do"), "two steps"), "%s", doc_str(t, "do"));
	cr_expect(page_says("/tasks", "Påslagen som vår fast den har lämnat oss"));
	cr_expect(page_says("/tasks", arena_printf(f.a, "/apple/devices/%s", serial)));
	cr_expect(strstr(FLOW_EXPECT(&f, 0, "audit"), "device.left.enrolled"));
	cr_assert(flow_until(let_out, p));
	d = doc_object(FLOW_JSON(&f, "device", "show", serial), "mdm");
	cr_expect_not(doc_bool(d, "trusted", true), "let out, not taken in");
	/* Erased and switched on once more it is still one task; taken back it is none. */
	ipad_free(p);
	p = flow_ipad(&f, 13, NULL, NULL);
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_expect_eq(id_of(task_of(serial, "left.enrolled")), id_of(t));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "in_stock");
	cr_expect(has_gone((void *)serial));
	cr_assert(flow_until(let_out, p));
	d = doc_object(FLOW_JSON(&f, "device", "show", serial), "mdm");
	cr_expect(doc_bool(d, "trusted", false));
	ipad_free(p);
}

Test(ade_tasks, released_at_apple_it_is_nobodys_task, .init = ade_begin, .fini = ade_end)
{
	struct ipad *p = switched_on_again(14);
	const char *serial = flow_serial(p);

	cr_assert_not_null(task_of(serial, "left.enrolled"));
	FLOW_EXPECT(&f, 0, "ade", "disown", serial);
	cr_expect_not(has_gone((void *)serial), "asked, not confirmed");
	FLOW_EXPECT(&f, 0, "ade", "disown", serial, "--confirm");
	cr_assert(flow_until(has_gone, (void *)serial));
	cr_expect(status(serial).disowned);
	ipad_free(p);
}

/* What was written off while it was lost stays behind the gate, whoever switches it on. */
Test(ade_tasks, one_that_was_lost_is_not_let_out, .init = ade_begin, .fini = ade_end)
{
	struct ipad *p = flow_ipad(&f, 15, NULL, NULL);
	const char *serial = flow_serial(p);

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	cr_assert(flow_until(has_profile, (void *)serial));
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Tillhör kommunen");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "discarded");
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_assert_not_null(task_of(serial, "left.enrolled"));
	for (int i = 0; i < 3; i++)
		cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->awaiting);
	ipad_free(p);
}

/* --- the code of its own Activation Lock --- */

static const char *kind_wanted;

static bool is_task(void *serial)
{
	return task_of(serial, kind_wanted) != NULL;
}

static void days_on(struct ipad *p, int days)
{
	flow_server_stop(&f);
	f.clock_shift_s = days * 86400;
	ipad_clock_set(p, f.clock_shift_s);
	device_assignment_clock(da, f.clock_shift_s);
	flow_server_start(&f);
	flow_clock_confirm(&f);
}

/* Left lying while it was being set up. */
static struct ipad *set_up_and_switched_off(unsigned number)
{
	struct ipad *p = flow_ipad(&f, number, NULL, NULL);
	const char *serial = flow_serial(p);

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	cr_assert(flow_until(has_profile, (void *)serial));
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	return p;
}

/* On, it tells the code, and nobody needs to do anything. */
Test(ade_tasks, a_code_that_has_not_come_is_a_task_until_it_comes, .timeout = 300,
	.init = ade_begin, .fini = ade_end)
{
	struct ipad *p = set_up_and_switched_off(16);
	const char *serial = flow_serial(p);

	days_on(p, 12);
	kind_wanted = "bypass.wanted";
	cr_assert(flow_until(is_task, (void *)serial));
	cr_expect_not_null(strstr(doc_str(task_of(serial, kind_wanted), "do"), "online"));
	cr_expect(page_says("/tasks", "Har inte lämnat koden till sitt aktiveringslås"));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_null(task_of(serial, kind_wanted), "it has told it");
	ipad_free(p);
}

Test(ade_tasks, after_fifteen_days_the_task_says_what_is_left, .timeout = 300, .init = ade_begin,
	.fini = ade_end)
{
	struct ipad *p = set_up_and_switched_off(17);
	const char *serial = flow_serial(p);

	days_on(p, 15);
	kind_wanted = "bypass.over";
	cr_assert(flow_until(is_task, (void *)serial));
	cr_expect_null(task_of(serial, "bypass.wanted"), "one task, not two");
	cr_expect_not_null(strstr(doc_str(task_of(serial, kind_wanted), "do"), "erase it"));
	/* Erased and set up anew it has fifteen days again. */
	serial = arena_strdup(f.a, serial);
	ipad_free(p);
	p = flow_ipad(&f, 17, NULL, NULL);
	ipad_clock_set(p, f.clock_shift_s);
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_expect_null(task_of(serial, kind_wanted));
	ipad_free(p);
}
