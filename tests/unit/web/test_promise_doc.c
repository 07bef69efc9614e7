/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

/* Each request that would watch is on the page, in words that need no Apple name: one that is new
 * in the table of mdm needs its words here. */
Test(promise_doc, all_that_would_watch_is_said_plainly)
{
	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(arena) struct arena *a = arena_new();
		struct doc *d = doc_new(a);
		const struct doc *never, *plain;
		size_t watching = 0;

		web_promise_doc(d, (enum say_lang)lang);
		never = doc_list(d, "never");
		plain = doc_list(d, "unwatched");
		for (size_t i = 0; i < doc_list_size(never); i++)
			watching += text_equal(
				doc_str(doc_list_value(never, i), "code"), "never.watching");
		cr_assert_gt(watching, 3);
		cr_assert_eq(doc_list_size(plain), watching);
		for (size_t i = 0; i < watching; i++) {
			const struct doc *row = doc_list_value(plain, i);

			cr_expect(text_starts(doc_str(row, "code"), "unwatched."), "%s",
				doc_str(row, "request"));
			cr_expect_null(strstr(doc_str(row, "text"), doc_str(row, "request")));
		}
	}
}

Test(promise_doc, each_right_has_its_reason)
{
	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(arena) struct arena *a = arena_new();
		struct doc *d = doc_new(a);
		const struct doc *rights;

		web_promise_doc(d, (enum say_lang)lang);
		rights = doc_list(d, "rights");
		cr_assert_gt(doc_list_size(rights), 5);
		for (size_t i = 0; i < doc_list_size(rights); i++)
			cr_expect(!text_empty(doc_str(doc_list_value(rights, i), "why")), "%s",
				doc_str(doc_list_value(rights, i), "code"));
	}
}

/* The page says that nothing asks for these: nothing may. */
Test(promise_doc, nothing_asks_for_what_the_page_says_is_not_asked)
{
	static const char *const words[] = {"App", "Photo", "Message", "Call", "Web", "Safari",
		"History", "Contact", "Mirror", "Screen", "Log"};
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = doc_new(a);
	const struct doc *asked;

	web_promise_doc(d, SAY_EN);
	asked = doc_list(d, "asked");
	cr_assert_gt(doc_list_size(asked), 10);
	for (size_t i = 0; i < doc_list_size(asked); i++) {
		const struct doc *queries = doc_list(doc_list_value(asked, i), "queries");

		for (size_t k = 0; k < doc_list_size(queries); k++) {
			for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++)
				cr_expect_null(strstr(doc_list_str(queries, k), words[j]), "%s",
					doc_list_str(queries, k));
		}
	}
}
