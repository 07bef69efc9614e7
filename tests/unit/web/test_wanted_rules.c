/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/wanted_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <criterion/criterion.h>

static int spec_of(struct arena *a, const char *type, const char *answers, const char **ret)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *in, *spec = doc_new(a);
	const char *bad = NULL;
	int err;

	cr_assert_eq(doc_parse(a, bytes_of_str(answers), &in), 0);
	err = web_want_spec(a, web_want_type(type), in, spec, &bad);
	doc_format(spec, &b);
	*ret = err ? bad : arena_strdup(a, buf_str(&b));
	return err;
}

static const struct {
	const char *type, *answers, *spec;
} rows[] = {
	{"wifi", "{\"ssid\":\"Bibblan\",\"security\":\"WPA3\",\"password\":\"12345678\"}",
		"{\"ssid\":\"Bibblan\",\"security\":\"WPA3\",\"password\":\"12345678\",\"type\":\"wifi\"}"},
	{"wifi",
		"{\"ssid\":\"Kommun\",\"user\":\"{serial}\",\"account_password\":\"hemligt\","
		"\"servers\":\"radius.example.se\\nradius2.example.se\",\"proxy\":\"p.se\","
		"\"proxy_port\":\"8080\",\"remove_at\":\"2027-06-30\"}",
		"{\"remove_at\":\"2027-06-30T21:59:59Z\",\"ssid\":\"Kommun\",\"account\":{"
		"\"user\":\"{serial}\",\"password\":\"hemligt\",\"servers\":[\"radius.example.se\","
		"\"radius2.example.se\"]},\"proxy\":\"p.se\",\"proxy_port\":8080,\"type\":\"wifi\"}"},
	{"wifi",
		"{\"ssid\":\"Kommun\",\"identity\":\"AAAA\",\"identity_password\":\"hemligt\","
		"\"identity_servers\":\"radius.example.se\",\"anchors\":\"BBBB\"}",
		"{\"ssid\":\"Kommun\",\"certificate\":{\"identity\":\"AAAA\",\"password\":\"hemligt\","
		"\"servers\":[\"radius.example.se\"]},\"anchors\":\"BBBB\",\"type\":\"wifi\"}"},
	{"restrictions",
		"{\"allowMarketplaceAppInstallation\":\"yes\",\"safariForceFraudWarning\":\"yes\"}",
		"{\"allowMarketplaceAppInstallation\":false,\"safariForceFraudWarning\":true,"
		"\"type\":\"restrictions\"}"},
	{"home-screen",
		"{\"dock\":\"com.apple.mobilesafari\\nhttps://a.se/\",\"pages\":"
		"\"\\n a.b \\r\\nSpel: c.d https://e.se/\\n\\n\\nf.g\"}",
		"{\"dock\":[{\"app\":\"com.apple.mobilesafari\"},{\"url\":\"https://a.se/\"}],"
		"\"pages\":[[{\"app\":\"a.b\"},{\"folder\":\"Spel\",\"pages\":[[{\"app\":\"c.d\"},"
		"{\"url\":\"https://e.se/\"}]]}],[{\"app\":\"f.g\"}]],\"type\":\"home-screen\"}"},
	{"app-lock",
		"{\"app\":\"a.b\",\"no_auto_lock\":\"yes\",\"sure\":\"yes\"}",
		"{\"app\":{\"options\":{\"no_auto_lock\":true},\"id\":\"a.b\"},\"sure\":true,"
		"\"type\":\"app-lock\"}"},
	{"bluetooth", "{\"on\":\"no\"}", "{\"on\":false,\"type\":\"bluetooth\"}"},
	{"accessibility", "{\"text_size\":\"10\",\"bold\":\"yes\"}",
		"{\"text_size\":10,\"bold\":true,\"type\":\"accessibility\"}"},
	{"content-filter", "{\"denied\":\"https://a/\\n https://b/\"}",
		"{\"denied\":[\"https://a/\",\"https://b/\"],\"type\":\"content-filter\"}"},
	{"cellular", "{\"name\":\"online.telia.se\",\"authentication\":\"PAP\",\"attach\":\"yes\"}",
		"{\"apns\":[{\"name\":\"online.telia.se\",\"authentication\":\"PAP\"}],"
		"\"attach\":{\"name\":\"online.telia.se\",\"authentication\":\"PAP\"},"
		"\"type\":\"cellular\"}"},
	{"cellular",
		"{\"name\":\"a\",\"proxy\":\"p.se\",\"proxy_port\":\"80\",\"attach\":\"yes\"}",
		"{\"apns\":[{\"name\":\"a\",\"proxy\":\"p.se\",\"proxy_port\":80}],"
		"\"attach\":{\"name\":\"a\"},\"type\":\"cellular\"}"},
	{"notifications",
		"{\"apps\":\"a.b c.d\",\"enabled\":\"yes\",\"alert\":\"1\",\"sounds\":\"yes\"}",
		"{\"apps\":[{\"app\":\"a.b\",\"enabled\":true,\"alert\":1,\"sounds\":true,"
		"\"badges\":false,\"on_lock_screen\":false,\"in_centre\":false},"
		"{\"app\":\"c.d\",\"enabled\":true,\"alert\":1,\"sounds\":true,"
		"\"badges\":false,\"on_lock_screen\":false,\"in_centre\":false}],"
		"\"type\":\"notifications\"}"},
	{"declaration", "{\"type\":\"passcode.settings\",\"payload\":\"{\\\"MinimumLength\\\": 6}\"}",
		"{\"type\":\"passcode.settings\",\"payload\":{\"MinimumLength\":6}}"},
	{"os-update", "{\"version\":\"18.2\",\"day\":\"2026-12-08\"}",
		"{\"payload\":{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":"
		"\"2026-12-08T03:00:00\"},\"type\":\"softwareupdate.enforcement.specific\"}"},
};

Test(wanted_rules, answers_become_a_spec)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *spec;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(spec_of(a, rows[i].type, rows[i].answers, &spec), 0, "%s", spec);
		cr_expect_str_eq(spec, rows[i].spec);
	}
}

Test(wanted_rules, what_is_missing_or_wrong_is_named)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *spec;

	cr_expect_eq(spec_of(a, "wifi", "{}", &spec), ERR_NOTFOUND);
	cr_expect_str_eq(spec, "ssid");
	cr_expect_eq(spec_of(a, "wifi", "{\"ssid\":\"x\",\"security\":\"WPA\"}", &spec), ERR_BADINPUT);
	cr_expect_eq(spec_of(a, "wifi", "{\"ssid\":\"x\",\"user\":\"a\",\"servers\":\"b\"}", &spec),
		ERR_NOTFOUND);
	cr_expect_str_eq(spec, "account_password");
	cr_expect_eq(spec_of(a, "wifi", "{\"ssid\":\"x\",\"proxy_port\":\"many\"}", &spec), ERR_BADINPUT);
	cr_expect_str_eq(spec, "proxy_port");
	cr_expect_eq(spec_of(a, "passcode", "{\"length\":\"6\",\"remove_at\":\"soon\"}", &spec),
		ERR_BADINPUT);
	cr_expect_str_eq(spec, "remove_at");
	cr_expect_eq(spec_of(a, "declaration", "{\"type\":\"x\",\"payload\":\"[1]\"}", &spec),
		ERR_BADINPUT);
	cr_expect_str_eq(spec, "payload");
	cr_expect_eq(spec_of(a, "passcode", "{\"length\":\"six\"}", &spec), ERR_BADINPUT);
	cr_expect_str_eq(spec, "length");
}

/* Who signs in by name has a password, and a server that is told from others. */
static void fill_account(struct doc *answers)
{
	static const char *const all[] = {"user", "account_password", "servers", "identity",
		"identity_password", "identity_servers"};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		doc_set_str(answers, all[i], "yes");
}

/* What is there is shown as it would be sent again; a password never is. */
Test(wanted_rules, a_spec_becomes_answers)
{
	AUTO(arena) struct arena *a = arena_new();

	for (const struct web_want_type *t = web_want_types; t->type; t++) {
		for (const struct web_want_field *f = t->fields; f->name; f++) {
			struct doc *answers = doc_new(a), *spec = doc_new(a);
			const char *value = f->words ? arena_strndup(a, f->words, strcspn(f->words, " "))
					    : f->kind == WEB_WANT_NUMBER ? "7"
					    : f->kind == WEB_WANT_JSON	 ? "{}"
									 : "yes";
			const char *bad;

			for (const struct web_want_field *g = t->fields; g->name; g++) {
				if (g->required && g->kind != WEB_WANT_FILE)
					doc_set_str(answers, g->name,
						g->kind == WEB_WANT_JSON ? "{}" : "yes");
			}
			if (f->kind == WEB_WANT_FILE || f->kind == WEB_WANT_PART)
				continue;
			if (text_equal(t->type, "wifi"))
				fill_account(answers);
			doc_set_str(answers, f->name, value);
			cr_assert_eq(web_want_spec(a, t, answers, spec, &bad), 0, "%s", bad);
			if (f->kind == WEB_WANT_SECRET)
				cr_expect_null(web_want_answer(a, t, f, spec));
			else
				cr_expect_str_eq(web_want_answer(a, t, f, spec), value, "%s %s",
					t->type, f->name);
		}
	}
}

/* The day that was chosen is the last: it ends with the clock of the house. */
Test(wanted_rules, a_profile_ends_with_a_day)
{
	static const char *const types[] = {"web-clip", "wifi", "passcode", "raw", "bluetooth"};
	AUTO(arena) struct arena *a = arena_new();
	const struct web_want_field *day = &web_ending_fields[1];
	struct doc *spec;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		cr_expect_eq(web_want_ends(web_want_type(types[i])), i < 3, "%s", types[i]);
	cr_assert_eq(doc_parse(a, bytes_of_str("{\"remove_at\":\"2027-12-01T22:59:59Z\"}"), &spec), 0);
	cr_expect_str_eq(web_want_answer(a, web_want_type("passcode"), day, spec), "2027-12-01");
	cr_assert_eq(doc_parse(a, bytes_of_str("{\"remove_at\":\"soon\"}"), &spec), 0);
	cr_expect_null(web_want_answer(a, web_want_type("passcode"), day, spec));
}

Test(wanted_rules, a_title_gives_a_name)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(web_slug(a, "Rond 3 på hösten!"), "rond-3-pa-hosten");
	cr_expect_str_eq(web_slug(a, "  ÅÄÖ "), "aao");
	cr_expect_null(web_slug(a, "!?"));
	cr_expect_eq(strlen(web_slug(a, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
		WEB_SLUG);
	cr_expect_str_eq(web_want_type_of("declaration", "os-update", NULL)->type, "os-update");
	cr_expect_str_eq(web_want_type_of("declaration", "other", NULL)->type, "declaration");
	cr_expect_str_eq(web_want_type_of("setting", "bluetooth", NULL)->type, "bluetooth");
}

/* What a form shows of a spec makes the same spec. */
Test(wanted_rules, a_home_screen_and_back)
{
	const char *json = "{\"dock\":[{\"app\":\"a\"}],\"pages\":[[{\"folder\":\"Spel och lek\","
			   "\"pages\":[[{\"app\":\"b\"},{\"url\":\"https://c/\"}],[{\"app\":\"b2\"}],"
			   "[{\"app\":\"b3\"},{\"app\":\"b4\"}]]},{\"app\":\"d\"}],"
			   "[{\"app\":\"e\"}]],\"type\":\"home-screen\"}";
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	const struct web_want_type *t = web_want_type("home-screen");
	struct doc *spec, *answers = doc_new(a);
	const char *again;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &spec), 0);
	for (const struct web_want_field *f = t->fields; f->name; f++)
		doc_set_str(answers, f->name, web_want_answer(a, t, f, spec));
	doc_format(answers, &b);
	cr_assert_eq(spec_of(a, "home-screen", buf_str(&b), &again), 0);
	cr_expect_str_eq(again, json);
}

Test(wanted_rules, a_lock_is_said_to_be_meant)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct web_want_type *t = web_want_type("app-lock");
	const char *bad;
	struct doc *spec;

	cr_expect_eq(spec_of(a, "app-lock", "{\"app\":\"a.b\"}", &bad), ERR_NOTFOUND);
	cr_expect_str_eq(bad, "sure");
	cr_assert_eq(doc_parse(a,
			     bytes_of_str("{\"app\":{\"id\":\"a.b\",\"options\":{\"zoom\":true}},"
					  "\"sure\":true}"),
			     &spec),
		0);
	for (const struct web_want_field *f = t->fields; f->name; f++) {
		const char *said = web_want_answer(a, t, f, spec);

		cr_expect(text_equal(said, text_equal(f->name, "app")    ? "a.b"
					    : strstr("zoom sure", f->name) ? "yes"
									   : NULL),
			"%s", f->name);
	}
}
