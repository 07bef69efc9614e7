/* SPDX-License-Identifier: EUPL-1.2 */
/* The search box beyond things: what stands in short lists, by its words, for who may read each. */
#include "tests/flow/listed.h"

#include "base/fold.h"

/* The row of that kind that the search has first; or NULL. */
static const struct doc *found(const char *who, const char *words, const char *kind)
{
	const struct doc *lists = doc_list(
		call(200, who, "GET", arena_printf(b.f.a, "/api/v1/search?q=%s", words), NULL),
		"lists");

	for (size_t i = 0; i < doc_list_size(lists); i++) {
		const struct doc *l = doc_list_object(lists, i);

		if (text_equal(doc_str(l, "kind"), kind))
			return doc_list_object(doc_list(l, "rows"), 0);
	}
	return NULL;
}

Test(find, words_lead_to_what_lists_hold, .timeout = 120, .init = begin, .fini = end)
{
	static const struct {
		const char *words, *kind, *id;
		bool slip;
	} cases[] = {
		{"%C3%A5skar", "faults", "1", false},
		{"%C3%A5skr", "faults", "1", true},
		{"blinkar", "faults", "3", false},
		{"%C3%A4rgar", "safety-notices", "2", false},
		{"varm+blir", "safety-notices", "1", false},
		{"%C3%B6stra", "leases", "L-1", false},
		{"D-2", "deliveries", "D-2", false},
		{"v%C3%A5rgruppen", "groups", "var", false},
		{"h%C3%B6sthalsning", "mailings", NULL, true},
		{"catalogue.open", "settings", "catalogue.open", false},
	};

	FLOW_EXPECT(&b.f, 0, "group", "add", "var", "--title", "Vårgruppen");
	FLOW_EXPECT(&b.f, 0, "mailing", "send", "link", "--group", "var", "--title",
		"Hösthälsning", "--url", "https://www.example.se/");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct doc *row = found(b.f.token, cases[i].words, cases[i].kind);

		cr_assert_not_null(row, "%s has no %s", cases[i].words, cases[i].kind);
		if (cases[i].id)
			cr_expect_str_eq(doc_str(row, "id"), cases[i].id, "%s", cases[i].words);
		cr_expect_eq(doc_bool(row, "slip", false), cases[i].slip, "%s", cases[i].words);
		call(200, b.f.token, "GET",
			arena_printf(b.f.a, "/api/v1/%s/%s", cases[i].kind, doc_str(row, "id")),
			NULL);
	}
	cr_expect_null(found(b.f.token, "gammalt", "faults"), "a closed fault is found");
	cr_expect_null(found(b.f.token, "qqqqqqqq", "faults"));
}

Test(find, nobody_finds_what_they_may_not_read, .timeout = 120, .init = begin, .fini = end)
{
	const char *narrow = doc_str(call(201, b.f.token, "POST", "/api/v1/tokens",
					     "{\"note\":\"test\",\"roles\":\"it\",\"areas\":"
					     "\"items,loans,people\"}"),
		"token");

	cr_expect_not_null(found(library, "%C3%A5skar", "faults"));
	cr_expect_null(found(library, "%C3%B6stra", "leases"), "the library reads no leases");
	cr_expect_null(found(library, "D-2", "deliveries"));
	cr_expect_null(found(library, "catalogue.open", "settings"));
	cr_expect_not_null(found(care, "%C3%B6stra", "leases"));
	cr_expect_not_null(found(narrow, "%C3%A5skar", "faults"));
	cr_expect_null(found(narrow, "catalogue.open", "settings"), "outside its areas");
}

/* As the box does it: sent as a form, then the address that it leads to. */
static const char *asked(const char *words)
{
	struct flow_reply r =
		visit(&b, "POST", "/find", form(&b, arena_printf(b.f.a, "q=%s", words)));
	const char *to = header_of(&b, &r, "Location");

	cr_assert_eq(r.status, 303, "%d %s", r.status, r.body);
	cr_assert_not_null(to);
	r = visit(&b, "GET", to, NULL);
	return arena_printf(b.f.a, "%d %s", r.status, r.body);
}

/* Digits behind a letter of ours are no words that begin with it; a printed command belongs on the desk. */
Test(find, a_number_that_nothing_has_is_no_word, .timeout = 120, .init = begin, .fini = end)
{
	struct flow_reply r;

	expect(&b, 200, "GET", "/", NULL);
	cr_expect(text_starts(asked("A-10001"), "404 "), "%.300s", asked("A-10001"));
	cr_expect(text_starts(asked("L-99999"), "404 "));
	r = visit(&b, "POST", "/find", form(&b, "q=C-RETUR"));
	cr_expect_str_eq(header_of(&b, &r, "Location"), "/desk");
}

Test(find, the_page_has_a_heading_and_a_link_for_each, .timeout = 120, .init = begin, .fini = end)
{
	const char *page;

	expect(&b, 200, "GET", "/", NULL);
	page = asked("zirpar");
	cr_expect(text_starts(page, "200 "), "%.3s", page);
	cr_expect_not_null(strstr(page, "<h2>Fel</h2>"));
	cr_expect_not_null(strstr(page, "<a href=\"/faults/2\">Zirpar</a>"));
	cr_expect_null(strstr(page, "<h2>Saker, produkter och platser</h2>"), "no thing is found");
	page = asked("katalogen");
	cr_expect_not_null(strstr(page, "<h2>Inställningar</h2>"), "%s", page);
	cr_expect_not_null(strstr(page, "<a href=\"/settings/catalogue.open\">"));
	expect(&b, 200, "GET", "/settings/catalogue.open", NULL);
	page = asked("qqqqqqqq");
	cr_expect(text_starts(page, "404 "), "%.3s", page);
}

/* The word of a state in the reader's language, with whatever ending, leads to what is in it. */
Test(find, a_word_of_a_state_leads_to_all_that_is_in_it, .timeout = 120, .init = begin, .fini = end)
{
	static const struct {
		const char *words, *href;
	} cases[] = {
		{"utl%C3%A5nade", "<a href=\"/items?state=on_loan\">Visa alla saker i läget ”utlånad”: "},
		{"Stulen", "<a href=\"/items?state=stolen\">Visa alla saker i läget ”stulen”: 0<"},
		{"i+lager", "<a href=\"/items?state=in_stock\">"},
		{"inl%C3%A4mnad", "<a href=\"/items?state=handed_in\">"},
		{"f%C3%B6rsenad", "<a href=\"/loans?show=late\">Visa alla lån som är försenade</a>"},
	};
	const char *narrow = doc_str(call(201, b.f.token, "POST", "/api/v1/tokens",
					     "{\"note\":\"test\",\"roles\":\"it\",\"areas\":\"items,loans,people\"}"),
		"token");
	const struct doc *states;

	expect(&b, 200, "GET", "/", NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *page = asked(cases[i].words);

		cr_expect(text_starts(page, "200 "), "%s: %.3s", cases[i].words, page);
		cr_expect_not_null(strstr(page, cases[i].href), "%s: %s", cases[i].words, page);
	}
	cr_expect_null(strstr(asked("Zirpar"), "/items?state="));
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=varastettu&lang=fi", NULL), "states");
	cr_assert_eq(doc_list_size(states), 1);
	cr_expect_str_eq(doc_str(doc_list_object(states, 0), "state"), "stolen");
	cr_expect_null(doc_value(doc_list_object(states, 0), "href"));
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=stulen&lang=fi", NULL), "states");
	cr_expect_eq(doc_list_size(states), 0, "in the reader's language");
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=late&lang=en", NULL), "states");
	cr_expect_eq(doc_list_size(states), 1);
	states = doc_list(call(200, narrow, "GET", "/api/v1/search?q=late&lang=en", NULL), "states");
	cr_expect_eq(doc_list_size(states), 0, "IT reads no loans");
}

static bool has_id(const struct doc *list, const char *id)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "id"), id))
			return true;
	}
	return false;
}

/* From one letter to another, whole letters only. */
static const char *piece(const char *word, size_t from, size_t to)
{
	while (((unsigned char)word[from] & 0xc0) == 0x80)
		from++;
	while (((unsigned char)word[to] & 0xc0) == 0x80)
		to--;
	return arena_strndup(b.f.a, word + from, to - from);
}

static const char *percent(const char *word)
{
	const char *out = "";

	for (; *word; word++)
		out = arena_printf(b.f.a, (unsigned char)*word < 0x80 ? "%s%c" : "%s%%%02X", out,
			(unsigned char)*word);
	return out;
}

/* All that the list of products has for a word, the box has too; how many that is. */
static size_t same_found(const char *word)
{
	const char *q = arena_printf(b.f.a, "q=%s", percent(word));
	const struct doc *list = doc_list(call(200, library, "GET",
		arena_printf(b.f.a, "/api/v1/products?%s&most=50", q), NULL), "products");
	const struct doc *box = doc_list(
		call(200, library, "GET", arena_printf(b.f.a, "/api/v1/search?%s", q), NULL), "found");
	size_t n = doc_list_size(list);

	for (size_t i = 0; i < n; i++) {
		const char *id = doc_str(doc_list_object(list, i), "id");

		cr_expect(has_id(box, id), "%s: %s is in the list, not in the box", word, id);
	}
	return n;
}

/* Words of what products are called, and pieces of them: begun, ended, from within, a letter short. */
Test(find, the_box_finds_what_the_list_of_products_does, .timeout = 300, .init = begin, .fini = end)
{
	const struct doc *all = doc_list(
		call(200, library, "GET", "/api/v1/products?most=200", NULL), "products");
	static const char *const slips[][2] = {{"armbamd", "aktivitetsarmband"},
		{"trygghetslarmt", "trygghetslarm-mobilt"}, {"ringklocak", "tradlos-ringklocka"}};
	size_t asked_n = 0;

	for (size_t i = 0; i < doc_list_size(all); i++) {
		const char *word[4];
		size_t n = fold_words(b.f.a, doc_str(doc_list_object(all, i), "title"), 4, word);

		for (size_t j = 0; j < n; j++) {
			size_t len = strlen(word[j]);
			const struct {
				size_t from, to;
			} pieces[] = {{0, len}, {0, len - 1}, {len / 2, len}, {len / 4, len - 2}};

			for (size_t p = 0; len >= 8 && p < 4; p++, asked_n++)
				cr_expect_gt(same_found(piece(word[j], pieces[p].from, pieces[p].to)), 0,
					"%s, %zu", word[j], p);
		}
	}
	cr_expect_gt(asked_n, 50, "%zu", asked_n);
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
		const char *path = arena_printf(b.f.a, "/api/v1/search?q=%s", slips[i][0]);

		cr_expect_eq(same_found(slips[i][0]), 0, "%s", slips[i][0]);
		cr_expect(has_id(doc_list(call(200, library, "GET", path, NULL), "found"), slips[i][1]),
			"%s", slips[i][0]);
	}
}

static size_t shown(const char *who, const char *how)
{
	const struct doc *items = doc_list(
		call(200, who, "GET", arena_printf(b.f.a, "/api/v1/items?%s", how), NULL), "items");

	return doc_list_size(items);
}

/* What is shown and never lent has a list, of its own or by its product, and its word leads there. */
Test(find, the_word_of_display_leads_to_what_is_for_display, .timeout = 120, .init = begin, .fini = end)
{
	static const char *const words[] = {"visningsexemplar", "Visningsexemplaret", "visning"};
	const struct doc *states;
	size_t all = shown(b.f.token, "most=200");

	cr_expect_eq(shown(b.f.token, "display=yes"), 0);
	call(200, library, "POST", "/api/v1/items/VB-000005", "{\"display\":true}");
	call(200, library, "POST", "/api/v1/items", "{\"product\":\"smart-kylskap\",\"count\":1}");
	cr_expect_eq(shown(b.f.token, "display=yes"), 2);
	cr_expect_eq(shown(library, "display=yes&product=smart-kylskap"), 1);
	cr_expect_eq(shown(library, "display=no&most=200"), all - 1);
	call(400, library, "GET", "/api/v1/items?display=maybe", NULL);
	cr_expect_not_null(strstr(FLOW_EXPECT(&b.f, 0, "item", "list", "--display", "yes"), "VB-000005"));
	cr_expect_null(strstr(FLOW_EXPECT(&b.f, 0, "item", "list", "--display", "no"), "VB-000005"));
	expect(&b, 200, "GET", "/", NULL);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *page = asked(words[i]);

		cr_expect_not_null(
			strstr(page, "<a href=\"/items?display=yes\">Visa alla visningsexemplar</a>"),
			"%s: %s", words[i], page);
	}
	expect(&b, 200, "GET", "/items?display=yes", NULL);
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=n%C3%A4yttelykappaleet&lang=fi", NULL), "states");
	cr_assert_eq(doc_list_size(states), 1);
	cr_expect_str_eq(doc_str(doc_list_object(states, 0), "show"), "display");
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=display&lang=en", NULL), "states");
	cr_expect_eq(doc_list_size(states), 1);
	states = doc_list(call(200, library, "GET", "/api/v1/search?q=visa&lang=sv", NULL), "states");
	cr_expect_eq(doc_list_size(states), 0);
}

/* A list that is longer than what is looked through is named, found or not. */
Test(find, a_list_that_is_not_wholly_looked_through_says_so, .timeout = 300, .init = begin, .fini = end)
{
	int64_t most = 0;
	const char *search = "/api/v1/search?q=gps", *page;
	const struct doc *looked = doc_list(call(200, b.f.token, "GET", search, NULL), "looked");

	cr_expect_eq(doc_list_size(looked), 0, "none is so long");
	for (unsigned i = 0; i < 501; i++)
		call(200, b.f.token, "POST", "/api/v1/groups",
			arena_printf(b.f.a, "{\"name\":\"g-%03u\",\"title\":\"Grupp %u\"}", i, i));
	looked = doc_list(call(200, b.f.token, "GET", search, NULL), "looked");
	cr_assert_eq(doc_list_size(looked), 1);
	cr_expect_str_eq(doc_str(doc_list_object(looked, 0), "kind"), "groups");
	cr_expect_eq(doc_int(doc_list_object(looked, 0), "most", &most), 0);
	cr_expect_eq(most, 500);
	expect(&b, 200, "GET", "/", NULL);
	page = asked("gps");
	cr_expect_not_null(strstr(page, "<a href=\"/groups?q=gps\">"), "%s", page);
	page = asked("qqqqqqqq");
	cr_expect_not_null(strstr(page, "<a href=\"/groups?q=qqqqqqqq\">"), "%s", page);
}

/* Long texts are looked at up to an end, which is told of as well. */
Test(find, a_list_of_long_texts_is_looked_at_up_to_an_end, .timeout = 300, .init = begin, .fini = end)
{
	char text[481];
	const struct doc *looked;
	int64_t most = 0;

	memset(text, 'x', 480);
	for (size_t i = 0; i < 480; i += 8)
		text[i] = ' ';
	text[480] = '\0';
	for (unsigned i = 0; i < 150; i++)
		call(200, library, "POST", "/api/v1/items/VB-000002/faults",
			arena_printf(b.f.a, "{\"symptom\":\"Nytt %u%s\"}", i, text));
	looked = doc_list(call(200, library, "GET", "/api/v1/search?q=nytt", NULL), "looked");
	cr_assert_eq(doc_list_size(looked), 1);
	cr_expect_str_eq(doc_str(doc_list_object(looked, 0), "kind"), "faults");
	cr_assert_eq(doc_int(doc_list_object(looked, 0), "most", &most), 0);
	cr_expect(most > 100 && most < 150, "%d", (int)most);
}
