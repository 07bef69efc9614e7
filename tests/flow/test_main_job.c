/* SPDX-License-Identifier: EUPL-1.2 */
/* The main job, as an IT person sees it: enrol, lose, find, take back. */
#include "tests/flow/flow.h"

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

static void import_one(struct flow *f, const struct ipad *p)
{
	const char *path = arena_printf(f->a, "%s/delivery.csv", f->dir);
	FILE *csv = fopen(path, "w");

	cr_assert_not_null(csv);
	fprintf(csv,
		"serienummer;inventarienummer;iccid;status\n%s;INV-0007;8946000000000000007;i "
		"lager\n",
		flow_serial(p));
	cr_assert_eq(fclose(csv), 0);
	FLOW_EXPECT(f, 0, "item", "import", path);
}

/* A push has come: what the stand-in counted. */
struct pushed {
	struct flow *f;
	uint64_t more_than;
};

static uint64_t pushes(struct flow *f)
{
	struct push_service_counts n;

	push_service_get_counts(f->push, &n);
	return n.accepted;
}

static bool was_pushed(void *arg)
{
	struct pushed *p = arg;

	return pushes(p->f) > p->more_than;
}

static void expect_push(struct flow *f, uint64_t before)
{
	struct pushed p = {f, before};

	cr_assert(flow_until(was_pushed, &p), "no push came\n%s", flow_log(f));
}

static const char *lost_phase(struct flow *f, const char *serial)
{
	struct doc *d = FLOW_JSON(f, "device", "show", serial);
	const char *phase = doc_str(doc_object(d, "lost"), "phase");

	return phase ? phase : "not_lost";
}

/* Does any line of the list hold this under the key? */
static bool tells(const struct doc *list, const char *key, const char *value)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), key), value))
			return true;
	}
	return false;
}

Test(main_job, an_ipad_enrols_and_is_known, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p;
	struct doc *d;

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	import_one(&f, p);
	flow_enrol(&f, p);
	cr_assert(ipad_state(p)->enrolled);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	d = FLOW_JSON(&f, "device", "show", "INV-0007");
	cr_expect_str_eq(doc_str(doc_object(d, "mdm"), "state"), "enrolled");
	cr_expect_str_eq(doc_str(doc_object(d, "item"), "state"), "in_stock");
	cr_expect(doc_bool(doc_object(d, "mdm"), "trusted", false));
	cr_expect(doc_bool(doc_object(d, "mdm"), "supervised", false), "told by DeviceInformation");
	cr_expect(doc_object(d, "facts") != NULL);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

Test(main_job, lost_found_and_taken_back_in_one_truth, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p;
	struct doc *d;
	const char *serial;
	uint64_t before;

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	serial = flow_serial(p);
	import_one(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0);

	before = pushes(&f);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--phone", "033-35 70 00");
	expect_push(&f, before);
	cr_expect_str_eq(lost_phase(&f, serial), "wanted");
	cr_assert_eq(ipad_push(p, ipad_state(p)->magic), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->lost);
	cr_expect_str_eq(ipad_state(p)->lost_phone, "033-35 70 00");
	cr_expect_str_eq(ipad_state(p)->lost_footnote, "INV-0007");
	cr_expect_str_eq(lost_phase(&f, serial), "on");

	d = FLOW_JSON(&f, "item", "show", serial);
	cr_expect_str_eq(doc_str(d, "state"), "stolen");
	cr_expect(tells(doc_list(d, "history"), "to", "stolen"));
	cr_expect(tells(doc_list(d, "history"), "text", "EnableLostMode acknowledged"));
	d = FLOW_JSON(&f, "audit", "--object", serial);
	cr_expect(tells(doc_list(d, "records"), "act", "item.mark"));
	cr_expect(tells(doc_list(d, "records"), "act", "device.lost"));
	cr_expect(tells(doc_list(d, "records"), "actor",
		arena_printf(f.a, "cli:%s", getpwuid(geteuid())->pw_name)));
	d = FLOW_JSON(&f, "task", "list");
	cr_expect(tells(doc_list(d, "tasks"), "kind", "sim.stop"));

	FLOW_EXPECT(&f, 3, "device", "lost", serial, "--stolen");
	FLOW_EXPECT(&f, 3, "device", "lost", serial, "--phone", "033-35 70 00", "--stolen");
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_not(ipad_state(p)->lost);
	cr_expect_str_eq(lost_phase(&f, serial), "not_lost");
	d = FLOW_JSON(&f, "task", "list");
	cr_expect_not(tells(doc_list(d, "tasks"), "kind", "sim.stop"));
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

Test(main_job, a_thief_erases_it_and_it_comes_back_locked, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p;
	const char *serial;

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	serial = flow_serial(p);
	import_one(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Hör av dig");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(ipad_state(p)->lost);

	/* The erase itself, on the thief's table: Lost Mode is gone from the iPad. */
	FLOW_EXPECT(&f, 0, "device", "erase", serial, "--preserve-data-plan", "yes",
		"--return-to-service", "no");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_not(ipad_state(p)->lost);
	cr_assert_not(ipad_state(p)->enrolled);
	cr_expect(ipad_state(p)->kept_plan);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->lost, "back, and locked again");
	cr_expect_not(ipad_state(p)->unenrolled);
	cr_expect_str_eq(lost_phase(&f, serial), "on");
	ipad_free(p);
	flow_stop(&f);
}

/* An administrator makes a second person of himself. */
static void confirm_as_a_new_one(struct flow *f, const char *serial)
{
	struct flow_said said = flow_run(f, "bos alldeles egna\n",
		(const char *const[]){
			"user", "add", "eva", "--roles", "it", "--as", "bo", "--json", NULL});
	struct doc *d;

	cr_assert_eq(said.status, 0, "%s", said.err);
	cr_assert_eq(doc_parse(f->a, bytes_of_str(said.out), &d), 0, "%s", said.out);
	said = flow_run(f,
		arena_printf(f->a, "%s\nevas nya lösenord\n", doc_str(d, "one_time_password")),
		(const char *const[]){"user", "password", "eva", NULL});
	cr_assert_eq(said.status, 0, "%s", said.err);
	said = flow_run(f, "evas nya lösenord\n",
		(const char *const[]){
			"device", "locate", serial, "--confirm", "--as", "eva", NULL});
	cr_expect_eq(said.status, 3, "%s", said.out);
	cr_expect_not_null(strstr(said.err, "eva"), "%s", said.err);
}

Test(main_job, where_it_is_two_people_decide, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p;
	const char *serial, *anna, *bo;
	struct flow_said said;
	struct doc *d;

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	ipad_move(p, true, 57.721, 12.940);
	serial = flow_serial(p);
	import_one(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0);
	anna = doc_str(
		FLOW_JSON(&f, "user", "add", "anna", "--roles", "konsulent"), "one_time_password");
	bo = doc_str(FLOW_JSON(&f, "user", "add", "bo", "--roles", "it"), "one_time_password");
	said = flow_run(&f, arena_printf(f.a, "%s\nannas egna lösen\n", anna),
		(const char *const[]){"user", "password", "anna", NULL});
	cr_assert_eq(said.status, 0, "%s", said.err);
	said = flow_run(&f, arena_printf(f.a, "%s\nbos alldeles egna\n", bo),
		(const char *const[]){"user", "password", "bo", NULL});
	cr_assert_eq(said.status, 0, "%s", said.err);

	said = flow_run(&f, "annas egna lösen\n",
		(const char *const[]){"device", "locate", serial, "--purpose", "polisanmälan",
			"--as", "anna", NULL});
	cr_expect_eq(said.status, 3, "not lost: no position\n%s", said.out);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--phone", "033");
	cr_assert_eq(ipad_wake(p), 0);
	said = flow_run(&f, "annas egna lösen\n",
		(const char *const[]){"device", "locate", serial, "--purpose", "polisanmälan",
			"--as", "anna", NULL});
	cr_assert_eq(said.status, 0, "%s", said.err);
	said = flow_run(&f, "annas egna lösen\n",
		(const char *const[]){
			"device", "locate", serial, "--confirm", "--as", "anna", NULL});
	cr_expect_eq(said.status, 3, "nobody confirms her own question");
	said = flow_run(&f, "fel lösen alldeles\n",
		(const char *const[]){"device", "locate", serial, "--confirm", "--as", "bo", NULL});
	cr_expect_neq(said.status, 0, "a wrong password is nobody");
	confirm_as_a_new_one(&f, serial);
	said = flow_run(&f, "bos alldeles egna\n",
		(const char *const[]){"device", "locate", serial, "--confirm", "--as", "bo", NULL});
	cr_assert_eq(said.status, 0, "%s", said.err);
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_eq(ipad_counters(p)->locates, 1);
	d = FLOW_JSON(&f, "device", "locate", serial);
	cr_expect_str_eq(doc_str(d, "asked_by"), "anna");
	cr_expect_str_eq(doc_str(d, "confirmed_by"), "bo");
	cr_expect(doc_has(d, "latitude"));
	d = FLOW_JSON(&f, "token", "add", "--roles", "it admin");
	cr_expect_eq(flow_call(&f, "GET", arena_printf(f.a, "/api/v1/devices/%s/location", serial),
			     doc_str(d, "token"), NULL)
			     .status,
		409, "a program is no person");
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	FLOW_EXPECT(&f, 4, "device", "locate", serial);
	ipad_free(p);
	flow_stop(&f);
}

Test(main_job, a_stranger_is_quarantined_until_it_is_ours, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p;
	const char *serial;
	struct doc *d;

	flow_start(&f);
	p = flow_ipad(&f, 9, NULL, NULL);
	serial = flow_serial(p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0);
	d = FLOW_JSON(&f, "device", "show", serial);
	cr_expect_not(doc_bool(doc_object(d, "mdm"), "trusted", true));
	cr_expect_str_eq(doc_str(doc_object(d, "item"), "state"), "quarantined");
	FLOW_EXPECT(&f, 3, "device", "lock", serial);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "delivered");
	FLOW_EXPECT(&f, 0, "device", "lock", serial, "--message", "Hej");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(ipad_state(p)->lock_message, "Hej");
	ipad_free(p);
	flow_stop(&f);
}
