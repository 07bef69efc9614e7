/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/request_int.h"

#include <criterion/criterion.h>

Test(request_keys, versions_compare_by_number)
{
	static const struct {
		const char *have, *want;
		bool enough;
	} cases[] = {{"18.2", "9.3", true}, {"9.3", "18.2", false}, {"16.1.1", "16.1", true},
		{"16.1", "16.1.1", false}, {"16.1", "16.1", true}, {"16", "16.0", true},
		{"16.10", "16.9", true}, {NULL, "16.0", true}, {"", "16.0", true},
		{"16.0", NULL, true}, {"17.0 beta", "17.0", true}, {"x", "4.0", false},
		{"99999999999999999999", "4.0", true}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_eq(mdm_version_at_least(cases[i].have, cases[i].want), cases[i].enough,
			"case %zu", i);
}

Test(request_keys, settings_and_queries_are_found_by_name)
{
	cr_assert(mdm_setting_by_item("Wallpaper")->supervised);
	cr_assert_eq(mdm_setting_by_item("AppAnalytics")->never, &mdm_never_shared);
	cr_assert_eq(mdm_setting_by_item("SoftwareUpdateSettings")->never, &mdm_never_gone);
	cr_assert_null(mdm_setting_by_item("Nonsense"));
	cr_assert_null(mdm_setting_by_item(NULL));
	cr_assert_str_eq(mdm_query_by_key("OSVersion")->key, "OSVersion");
	cr_assert_null(mdm_query_by_key("Nonsense"));
	cr_assert_null(mdm_query_by_key(NULL));
}

Test(request_keys, no_name_stands_twice)
{
	for (const struct mdm_setting *s = mdm_settings; s->item; s++)
		cr_assert_eq(mdm_setting_by_item(s->item), s, "%s", s->item);
	for (const struct mdm_query *x = mdm_queries; x->key; x++)
		cr_assert_eq(mdm_query_by_key(x->key), x, "%s", x->key);
}
