/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"

#include <criterion/criterion.h>

Test(ade_rules, answers_mean_what_apple_documents)
{
	static const struct {
		int status;
		const char *body;
		enum ade_verdict want;
		const char *code;
	} cases[] = {
		{200, "anything", ADE_FINE, ""},
		{400, "\"EXHAUSTED_CURSOR\"", ADE_EXHAUSTED, "EXHAUSTED_CURSOR"},
		{400, "INVALID_CURSOR", ADE_RESTART, "INVALID_CURSOR"},
		{400, "EXPIRED_CURSOR", ADE_RESTART, "EXPIRED_CURSOR"},
		{400, "{\"code\":\"CURSOR_REQUIRED\"}", ADE_RESTART, "CURSOR_REQUIRED"},
		{400, "NOT_EXHAUSTED_CURSOR", ADE_REFUSED, "NOT_EXHAUSTED_CURSOR"},
		{400, "\"USER_AGENT_INVALID\"", ADE_REFUSED, "USER_AGENT_INVALID"},
		{400, "\"DEVICE_ID_REQUIRED\"", ADE_REFUSED, "DEVICE_ID_REQUIRED"},
		{400, "", ADE_REFUSED, "HTTP_400"},
		{401, "", ADE_SESSION, "HTTP_401"},
		{401, "UNAUTHORIZED", ADE_SESSION, "UNAUTHORIZED"},
		{401, "oauth_problem=token_expired", ADE_TOKEN, "token_expired"},
		{401, "oauth_problem=nonce_used", ADE_SESSION, "nonce_used"},
		{403, "\"FORBIDDEN\"", ADE_SESSION, "FORBIDDEN"},
		{403, "\"ACCESS_DENIED\"", ADE_TOKEN, "ACCESS_DENIED"},
		{403, "\"T_C_NOT_SIGNED\"", ADE_TERMS, "T_C_NOT_SIGNED"},
		{404, "\"PROFILE_NOT_FOUND\"", ADE_NO_PROFILE, "PROFILE_NOT_FOUND"},
		{405, "", ADE_METHOD, "HTTP_405"},
		{429, "TOO_MANY_REQUESTS", ADE_LATER, "TOO_MANY_REQUESTS"},
		{500, "T_C_NOT_SIGNED", ADE_LATER, "T_C_NOT_SIGNED"},
		{503, "<html>", ADE_LATER, "HTTP_503"},
		{418, "short and stout", ADE_REFUSED, "HTTP_418"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char code[ADE_CODE];

		cr_expect_eq(ade_answer_judge(cases[i].status, bytes_of_str(cases[i].body), code),
			cases[i].want, "%s", cases[i].body);
		cr_expect_str_eq(code, cases[i].code);
	}
}

static void expect_said(const char *code, const char *setting)
{
	AUTO(arena) struct arena *a = arena_new();

	for (int l = 0; l < SAY_LANGS; l++) {
		const char *said = mdm_ade_trouble_say(a, code, (enum say_lang)l);

		cr_expect_not_null(strstr(said, setting), "%s: %s", code, said);
		cr_expect_not_null(strstr(said, code), "%s: for whoever looks it up: %s", code, said);
	}
}

Test(ade_rules, what_a_setting_mends_names_the_setting)
{
	AUTO(arena) struct arena *a = arena_new();

	expect_said("DEPARTMENT_INVALID", "ade.department");
	expect_said("SUPPORT_PHONE_INVALID", "ade.support_phone");
	expect_said("SUPPORT_EMAIL_INVALID", "ade.support_email");
	expect_said("CONFIG_NAME_INVALID", "ade.profile_name");
	expect_said("CONFIG_NAME_REQUIRED", "hylla.conf");
	expect_said("CONFIG_URL_INVALID", "device.url");
	expect_said("CONFIG_URL_REQUIRED", "hylla.conf");
	expect_said("MAGIC_INVALID", "Hylla");
	expect_said("FLAGS_INVALID", "Hylla");
	expect_said("USER_AGENT_INVALID", "Hylla");
	expect_said("PROTOCOL_VERSION_INVALID", "Hylla");
	cr_expect_not_null(strstr(
		mdm_ade_trouble_say(a, "USER_AGENT_INVALID", SAY_EN), "No setting helps"));
	cr_expect_not_null(strstr(mdm_ade_trouble_say(a, "HTTP_503", SAY_EN), "tried again"));
}

Test(ade_rules, waits_grow_and_heed_apples_word)
{
	cr_expect_eq(ade_wait_s(ADE_LATER, 1, 0), 60);
	cr_expect_eq(ade_wait_s(ADE_LATER, 3, 0), 240);
	cr_expect_eq(ade_wait_s(ADE_LATER, 1000, 0), 3600);
	cr_expect_eq(ade_wait_s(ADE_LATER, 1, 7200), 7200);
	cr_expect_eq(ade_wait_s(ADE_TERMS, 1, 0), 900);
}

/* --- devices --- */

static struct mdm_ade_device row(const char *color, int64_t op_at)
{
	return (struct mdm_ade_device){
		.serial = "A1", .color = color, .family = "iPad", .op_at = op_at};
}

static enum ade_change decide(const struct mdm_ade_device *told, bool deleted, uint64_t run,
	const struct mdm_ade_device *have, struct mdm_ade_device *ret)
{
	const struct ade_row r = {
		.row = told, .deleted = deleted, .run = run, .profile_uuid = "P", .now = 1000};

	return ade_row_decide(&r, have, ret);
}

Test(ade_rules, the_newest_word_counts)
{
	struct mdm_ade_device told = row("SILVER", 50), have, d;

	cr_assert_eq(decide(&told, false, 3, NULL, &have), ADE_NEW);
	cr_expect_eq(have.first_at, 1000);
	cr_expect_eq(have.run, 3);
	cr_expect_eq(have.due_at, 1000, "our profile is to come");
	cr_expect_eq(decide(&told, false, 4, &have, &d), ADE_SAME);
	cr_expect_eq(d.run, 4);
	told = row("BLUE", 49);
	cr_expect_eq(decide(&told, false, 0, &have, &d), ADE_OLD);
	told = row("BLUE", 51);
	cr_expect_eq(decide(&told, false, 0, &have, &d), ADE_CHANGED);
	cr_expect_str_eq(d.color, "BLUE");
	told = row(NULL, 0); /* of a fetch: no op_date, and less told */
	cr_expect_eq(decide(&told, false, 5, &have, &d), ADE_SAME);
	cr_expect_str_eq(d.color, "SILVER");
	cr_expect_eq(d.op_at, 50);
	told = row(NULL, 60);
	cr_expect_eq(decide(&told, true, 0, &have, &d), ADE_GONE);
	cr_expect_eq(d.gone_at, 1000);
	cr_expect_eq(d.due_at, 0);
	have = d;
	cr_expect_eq(decide(&told, true, 0, &have, &d), ADE_OLD, "gone already");
	cr_expect_eq(decide(&told, true, 0, NULL, &d), ADE_OLD, "never was");
	told = row("SILVER", 61);
	cr_expect_eq(decide(&told, false, 0, &have, &d), ADE_NEW, "it is back");
	cr_expect_eq(d.gone_at, 0);
}

Test(ade_rules, only_ipads_without_our_profile_get_it)
{
	static const struct {
		const char *family, *uuid, *status;
		bool due;
	} cases[] = {
		{"iPad", NULL, "empty", true},
		{"iPad", "P", "assigned", false},
		{"iPad", "P", "pushed", false},
		{"iPad", "P", "removed", true},
		{"iPad", "Q", "assigned", true},
		{NULL, NULL, NULL, true},
		{"Mac", NULL, "empty", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mdm_ade_device told = row(NULL, 1), d;

		told.family = cases[i].family;
		told.profile_uuid = cases[i].uuid;
		told.profile_status = cases[i].status;
		(void)decide(&told, false, 0, NULL, &d);
		cr_expect_eq(d.due_at != 0, cases[i].due, "%zu", i);
	}
}

Test(ade_rules, versions_are_compared_by_their_numbers)
{
	static const struct {
		const char *a, *b;
		int want;
	} cases[] = {{"18.2", "18.2", 0}, {"18.2", "18.2.0", 0}, {"17.6.1", "18.0", -1},
		{"18.10", "18.9", 1}, {"18", "18.1", -1}, {"26.0", "18.7", 1},
		{"18.1", "18.1.1", -1}, {"x", "18", 0}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(ade_version_compare(cases[i].a, cases[i].b), cases[i].want, "%s %s",
			cases[i].a, cases[i].b);
}

Test(ade_rules, whose_trouble_it_is_decides_what_goes_on)
{
	static const struct {
		enum ade_verdict v;
		bool of_sync;
		enum mdm_ade_whose want;
	} rows[] = {
		{ADE_TOKEN, false, MDM_ADE_PERSONS}, {ADE_TERMS, true, MDM_ADE_PERSONS},
		{ADE_LATER, true, MDM_ADE_PASSES}, {ADE_LATER, false, MDM_ADE_PASSES},
		{ADE_ODD, true, MDM_ADE_OF_SYNC}, {ADE_RESTART, true, MDM_ADE_OF_SYNC},
		{ADE_REFUSED, false, MDM_ADE_OF_ERRAND}, {ADE_ODD, false, MDM_ADE_OF_ERRAND},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(ade_whose(rows[i].v, rows[i].of_sync), rows[i].want, "%zu", i);
}

Test(ade_rules, what_may_pass_is_no_standstill_for_a_day)
{
	struct mdm_ade_state s = {
		.has_token = true, .trouble = "HTTP_503", .failing_at = 1000, .trouble_at = 80000};

	cr_expect_eq(mdm_ade_still_since(&s, 1000 + 86399), 0);
	cr_expect_eq(mdm_ade_still_since(&s, 1000 + 86400), 1000, "whatever its words were");
	s.trouble_of = MDM_ADE_OF_ERRAND;
	cr_expect_eq(mdm_ade_still_since(&s, 1001), 1000);
	s.trouble = "T_C_NOT_SIGNED";
	cr_expect_eq(mdm_ade_still_since(&s, 1000000), 0);
	s.trouble = NULL;
	cr_expect_eq(mdm_ade_still_since(&s, 1000000), 0);
}
