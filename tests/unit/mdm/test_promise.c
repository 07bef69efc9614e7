/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"

static struct doc *promise(struct arena *a, enum say_lang lang)
{
	struct doc *d = doc_new(a);

	mdm_promise(d, lang);
	return d;
}

Test(promise, rights_are_those_of_the_profile_and_the_rest_is_never)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = promise(a, SAY_SV);
	struct doc *rights = doc_list(d, "rights"), *never = doc_list(d, "never");
	int64_t sum = 0, not_asked = 0, v;

	for (size_t i = 0; i < doc_list_size(rights); i++) {
		cr_assert_eq(doc_int(doc_list_object(rights, i), "value", &v), 0);
		sum |= v;
	}
	for (size_t i = 0; i < doc_list_size(never); i++) {
		if (doc_int(doc_list_object(never, i), "value", &v) == 0)
			not_asked |= v;
	}
	cr_assert_eq(sum, 7231);
	cr_assert_eq(not_asked, 64 + 128 + 256 + 512);
}

/* Whatever looks at use: none of it may be asked for. */
Test(promise, nothing_that_watches_is_asked)
{
	static const char *const watching[] = {"InstalledApplicationList",
		"ManagedApplicationFeedback", "RequestMirroring", "TriggerEnhancedLogCollection",
		"Restrictions", "ProvisioningProfileList", "UserList"};
	AUTO(arena) struct arena *a = arena_new();
	struct doc *asked = doc_list(promise(a, SAY_EN), "asked");

	cr_assert_gt(doc_list_size(asked), 10);
	for (size_t i = 0; i < doc_list_size(asked); i++) {
		const char *request = doc_str(doc_list_object(asked, i), "request");

		for (size_t k = 0; k < sizeof(watching) / sizeof(watching[0]); k++)
			cr_expect_str_neq(request, watching[k]);
	}
}

Test(promise, every_line_has_a_text_in_every_language)
{
	static const char *const lists[] = {"rights", "never", "asked"};

	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(arena) struct arena *a = arena_new();
		struct doc *d = promise(a, (enum say_lang)lang);

		for (size_t k = 0; k < 3; k++) {
			struct doc *list = doc_list(d, lists[k]);

			cr_assert_gt(doc_list_size(list), 0, "%s", lists[k]);
			for (size_t i = 0; i < doc_list_size(list); i++) {
				const char *text = doc_str(doc_list_object(list, i), "text");

				cr_expect(text && *text, "%s %zu", lists[k], i);
			}
		}
	}
}

Test(promise, tells_what_device_information_asks)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *asked = doc_list(promise(a, SAY_EN), "asked");
	size_t told = 0;

	for (size_t i = 0; i < doc_list_size(asked); i++) {
		struct doc *queries = doc_list(doc_list_object(asked, i), "queries");

		for (size_t k = 0; queries && k < doc_list_size(queries); k++)
			cr_assert_str_eq(doc_list_str(queries, k), mdm_device_queries[told++]);
	}
	cr_assert_gt(told, 5);
	cr_assert_null(mdm_device_queries[told]);
}
