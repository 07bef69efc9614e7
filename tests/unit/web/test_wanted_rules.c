/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/wanted_int.h"

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

Test(wanted_rules, answers_become_a_spec)
{
	static const struct {
		const char *type, *answers, *spec;
	} rows[] = {
		{"wifi", "{\"ssid\":\"Bibblan\",\"security\":\"WPA3\",\"password\":\"12345678\"}",
			"{\"ssid\":\"Bibblan\",\"security\":\"WPA3\",\"password\":\"12345678\",\"type\":\"wifi\"}"},
		{"restrictions",
			"{\"allowMarketplaceAppInstallation\":\"yes\",\"safariForceFraudWarning\":\"yes\"}",
			"{\"allowMarketplaceAppInstallation\":false,\"safariForceFraudWarning\":true,"
			"\"type\":\"restrictions\"}"},
		{"bluetooth", "{\"on\":\"no\"}", "{\"on\":false,\"type\":\"bluetooth\"}"},
		{"accessibility", "{\"text_size\":\"10\",\"bold\":\"yes\"}",
			"{\"text_size\":10,\"bold\":true,\"type\":\"accessibility\"}"},
		{"content-filter", "{\"denied\":\"https://a/\\n https://b/\"}",
			"{\"denied\":[\"https://a/\",\"https://b/\"],\"type\":\"content-filter\"}"},
		{"cellular", "{\"name\":\"online.telia.se\",\"authentication\":\"PAP\",\"attach\":\"yes\"}",
			"{\"apns\":[{\"name\":\"online.telia.se\",\"authentication\":\"PAP\"}],"
			"\"attach\":{\"name\":\"online.telia.se\",\"authentication\":\"PAP\"},"
			"\"type\":\"cellular\"}"},
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
	AUTO(arena) struct arena *a = arena_new();
	const char *spec;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(spec_of(a, rows[i].type, rows[i].answers, &spec), 0, "%s", spec);
		cr_expect_str_eq(spec, rows[i].spec);
	}
	cr_expect_eq(spec_of(a, "wifi", "{}", &spec), ERR_NOTFOUND);
	cr_expect_str_eq(spec, "ssid");
	cr_expect_eq(spec_of(a, "wifi", "{\"ssid\":\"x\",\"security\":\"WPA\"}", &spec), ERR_BADINPUT);
	cr_expect_eq(spec_of(a, "declaration", "{\"type\":\"x\",\"payload\":\"[1]\"}", &spec),
		ERR_BADINPUT);
	cr_expect_str_eq(spec, "payload");
	cr_expect_eq(spec_of(a, "passcode", "{\"length\":\"six\"}", &spec), ERR_BADINPUT);
	cr_expect_str_eq(spec, "length");
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
			doc_set_str(answers, f->name, value);
			if (f->kind == WEB_WANT_FILE)
				continue;
			cr_assert_eq(web_want_spec(a, t, answers, spec, &bad), 0, "%s", bad);
			if (f->kind == WEB_WANT_SECRET)
				cr_expect_null(web_want_answer(a, t, f, spec));
			else
				cr_expect_str_eq(web_want_answer(a, t, f, spec), value, "%s %s",
					t->type, f->name);
		}
	}
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
