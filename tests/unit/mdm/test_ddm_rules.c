/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ddm_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

static struct mdm_declaration make(const char *id, const char *payload)
{
	struct mdm_declaration d = {.class = MDM_CLASS_CONFIGURATION,
		.identifier = id,
		.type = "com.apple.configuration.passcode.settings",
		.payload = payload};

	mdm_declaration_seal(&d);
	return d;
}

Test(ddm_rules, tokens_follow_from_content_alone)
{
	struct mdm_declaration one[] = {make("a", "{}"), make("b", "{}")};
	struct mdm_declaration turned[] = {make("b", "{}"), make("a", "{}")};
	struct mdm_declaration other[] = {make("a", "{}"), make("b", "{\"x\":1}")};
	char x[MDM_TOKEN_TEXT], y[MDM_TOKEN_TEXT];

	mdm_manifest_token(one, 2, x);
	mdm_manifest_token(turned, 2, y);
	cr_expect_str_eq(x, y, "whatever the order");
	mdm_manifest_token(other, 2, y);
	cr_expect_str_neq(x, y);
	cr_expect_str_neq(one[0].server_token, one[1].server_token);
}

Test(ddm_rules, subscriptions_fit_the_ipad)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *s = mdm_subscriptions_json(a, "16.4");

	cr_expect(strstr(s, "passcode.is-present"));
	cr_expect_null(strstr(s, "device.power.battery-health"));
	cr_expect(strstr(mdm_subscriptions_json(a, "17.0"), "device.power.battery-health"));
	cr_expect_null(strstr(mdm_subscriptions_json(a, "99.0"), "account."));
	cr_expect_null(strstr(mdm_subscriptions_json(a, "99.0"), "app."));
}

Test(ddm_rules, an_activation_names_every_configuration)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_declaration list[] = {make("a", "{}"), make("b", "{}")};

	list[1].class = MDM_CLASS_MANAGEMENT;
	cr_expect_str_eq(mdm_activation_json(a, list, 2), "{\"StandardConfigurations\":[\"a\"]}");
	cr_expect(strstr(mdm_declaration_json(a, &list[0]), "\"ServerToken\""));
}

Test(ddm_rules, types_by_long_and_short_names)
{
	cr_expect_eq(mdm_declaration_type("passcode.settings"),
		mdm_declaration_type("com.apple.configuration.passcode.settings"));
	cr_expect(mdm_declaration_type("organization-info"));
	cr_expect_null(mdm_declaration_type("diskmanagement.settings"), "for Macs");
	cr_expect_null(mdm_declaration_type(NULL));
}

Test(ddm_rules, a_profile_of_ours_needs_no_permission)
{
	static const struct {
		const char *spec, *code; /* NULL: fine */
	} cases[] = {
		{"{\"type\":\"legacy\",\"profile\":{\"type\":\"wifi\"}}", NULL},
		{"{\"type\":\"legacy\",\"payload\":{},\"profile\":{}}", NULL},
		{"{\"type\":\"legacy.interactive\",\"payload\":{\"VisibleName\":\"x\"},"
		 "\"profile\":{}}",
			NULL},
		{"{\"type\":\"legacy.interactive\",\"profile\":{}}", "declaration.missing"},
		{"{\"type\":\"legacy\",\"payload\":{\"ProfileURL\":\"https://x\"}}",
			"declaration.no_apps"},
		{"{\"type\":\"legacy\",\"payload\":{\"ProfileURL\":\"x\"},\"profile\":{}}",
			"declaration.url"},
		{"{\"type\":\"legacy\",\"profile\":\"x\"}", "declaration.no_apps"},
		{"{\"type\":\"app.managed\",\"payload\":{},\"profile\":{}}", "declaration.no_apps"},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct mdm_declaration_type *t;
		struct refusal r = {0};
		struct doc *d;
		int err;

		cr_assert_eq(doc_parse(a, bytes_of_str(cases[i].spec), &d), 0);
		err = mdm_declaration_check(a, d, false, &t, &r);
		cr_expect_eq(err, cases[i].code ? ERR_REFUSED : 0, "case %zu", i);
		if (cases[i].code && r.say)
			cr_expect_str_eq(r.say->code, cases[i].code);
	}
	cr_expect_str_eq(
		mdm_declared_url(a, "https://x", "net", "ab"), "https://x/declared/net/ab");
}
