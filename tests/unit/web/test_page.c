/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands round a page, and the templates themselves. */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static struct doc *around(struct arena *a, const char *contact, enum say_lang lang)
{
	const struct web w = {.o = {.organisation = "Kommunen", .contact = contact}};
	struct doc *d = doc_new(a);

	web_around_doc(&w, d, lang);
	return d;
}

Test(page, a_contact_is_a_link_when_it_can_be)
{
	static const struct {
		const char *contact, *href;
	} rows[] = {
		{"0522-69 60 00", "tel:0522696000"},
		{"+46 (522) 69 60 00", "tel:+46522696000"},
		{"112", "tel:112"},
		{"hjalp@kommunen.example", "mailto:hjalp@kommunen.example"},
		/* not to be called: words, too little, tricks */
		{"receptionen", NULL},
		{"11", NULL},
		{"46+522", NULL},
		{"a@b?subject=x", NULL},
		{"javascript:alert(1)", NULL},
		{"0522-69 60 00 eller receptionen", NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		const struct doc *c = doc_object(around(a, rows[i].contact, SAY_SV), "contact");

		cr_assert_not_null(c, "%s", rows[i].contact);
		cr_expect_str_eq(doc_str(c, "text"), rows[i].contact);
		cr_expect(text_equal(doc_str(c, "href"), rows[i].href), "%s", rows[i].contact);
	}
}

Test(page, no_contact_is_none)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_null(doc_object(around(a, "", SAY_SV), "contact"));
	cr_expect_null(doc_object(around(a, NULL, SAY_SV), "contact"));
}

Test(page, every_word_is_said_in_every_language)
{
	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(arena) struct arena *a = arena_new();
		const struct doc *d = around(a, NULL, (enum say_lang)lang);

		cr_expect_str_eq(doc_str(d, "lang"), say_lang_name((enum say_lang)lang));
	}
}

Test(page, one_language_is_the_current_one)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct doc *list = doc_list(around(a, NULL, SAY_FI), "languages");

	cr_assert_eq(doc_list_size(list), SAY_LANGS);
	for (size_t i = 0; i < SAY_LANGS; i++) {
		const struct doc *row = doc_list_object(list, i);

		cr_expect_eq(
			doc_bool(row, "current", false), text_equal(doc_str(row, "code"), "fi"));
	}
}

Test(page, errors_have_a_title_each)
{
	static const int statuses[] = {400, 401, 403, 404, 405, 409, 410, 413, 500, 502, 503};

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct doc *d = doc_new(a);

		web_error_doc(d, SAY_SV, statuses[i], statuses[i] == 404);
		cr_expect(!text_empty(doc_str(d, "title")));
		cr_expect_eq(doc_bool(d, "home", false), statuses[i] == 404);
		cr_expect_eq(doc_bool(d, "sign_in", false), statuses[i] == 401);
	}
	cr_expect_neq(web_error_title(SAY_SV, 404), web_error_title(SAY_SV, 503));
	cr_expect_neq(web_error_title(SAY_FI, 500), web_error_title(SAY_EN, 500));
}

/* Nothing is left out of the page but by its writer, and nothing comes from elsewhere. */
Test(page, templates_escape_everything_and_load_nothing_foreign)
{
	static const char *const wrong[] = {"{{{", "{{&", "http:", "https:", "src=\"//", "<script>",
		"style=", " onclick", "@import", "url("};
	size_t templates = 0;

	for (const struct http_file *f = web_files; f->name; f++) {
		templates += text_starts(f->type, "text/html");
		for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
			cr_expect_null(memmem(f->body.p, f->body.n, wrong[i], strlen(wrong[i])),
				"%s: %s", f->name, wrong[i]);
		}
		cr_expect_lt(f->body.n, 60000, "%s is too heavy", f->name);
	}
	cr_expect_geq(templates, 3);
}

Test(page, templates_are_not_assets)
{
	cr_assert_not_null(web_file_find("hylla.css"));
	cr_expect_str_eq(web_file_find("hylla.css")->type, "text/css; charset=utf-8");
	cr_expect_null(web_file_find("promise.mustache"));
	cr_expect_null(web_file_find("../hylla.conf"));
	cr_expect_null(web_file_find(""));
}

/* They are all well-formed: the program would not start otherwise. */
Test(page, templates_can_be_read)
{
	const struct web_options o = {0};
	struct http_options http = {0};
	struct web *w;

	cr_assert_eq(web_open(&o, &w), 0);
	cr_assert_eq(web_pages_set(w, &http), 0);
	cr_expect_not_null(http.pages.sets[0]);
	web_close(w);
	web_close(NULL);
}
