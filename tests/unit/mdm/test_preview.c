/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"
#include "mdm/return.h"

#include "base/text.h"

#include <criterion/criterion.h>

static struct doc *preview(struct arena *a, enum mdm_request request, const struct mdm_ask *ask,
	bool lost, enum say_lang lang)
{
	struct doc *d = doc_new(a);

	mdm_preview_doc(mdm_request_row(request), ask, lost, lang, a, d);
	return doc_list(d, "consequences");
}

static bool says(const struct doc *list, const char *words)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (strstr(doc_list_str(list, i), words))
			return true;
	}
	return false;
}

Test(preview, an_erase_says_what_goes_and_what_stays)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask keep = {.preserve_data_plan = MDM_YES, .return_to_service = MDM_YES};
	const struct mdm_ask lose = {.preserve_data_plan = MDM_NO, .return_to_service = MDM_NO};
	struct doc *list = preview(a, MDM_ERASE_DEVICE, &keep, false, SAY_EN);

	cr_expect(says(list, "cannot be brought back"));
	cr_expect(says(list, "(eSIM) stays"));
	cr_expect(says(list, "enrols again by itself"));
	list = preview(a, MDM_ERASE_DEVICE, &lose, false, SAY_EN);
	cr_expect(says(list, "(eSIM) goes"));
	cr_expect_not(says(list, "enrols again"));
	cr_expect(says(list, "90 days"));
}

static struct doc *erase_of(struct arena *a, const struct mdm_return_facts *now, enum say_lang lang)
{
	const struct mdm_ask ask = {.preserve_data_plan = MDM_YES, .return_to_service = MDM_NO};
	struct doc *d = doc_new(a);

	mdm_preview_doc(mdm_request_row(MDM_ERASE_DEVICE), &ask, false, lang, a, d);
	mdm_preview_lock_doc(now, lang, a, d);
	return doc_list(d, "consequences");
}

Test(preview, an_erase_says_that_a_lock_is_on)
{
	static const char *const names[SAY_LANGS] = {
		"ktiveringslås", "ktivointiluk", "Activation Lock"};
	const struct mdm_return_facts borrowers = {.lock = MDM_LOCK_ON},
				      ours = {.lock = MDM_LOCK_ON, .our_lock = true},
				      off = {.lock = MDM_LOCK_OFF}, unknown = {0};
	AUTO(arena) struct arena *a = arena_new();

	for (int l = 0; l < SAY_LANGS; l++) {
		cr_expect(says(erase_of(a, &borrowers, (enum say_lang)l), names[l]));
		cr_expect(says(erase_of(a, &ours, (enum say_lang)l), names[l]));
		cr_expect_not(says(erase_of(a, &off, (enum say_lang)l), names[l]));
		cr_expect_not(says(erase_of(a, &unknown, (enum say_lang)l), names[l]));
	}
	cr_expect(says(erase_of(a, &borrowers, SAY_EN), "borrower's Apple account"));
	cr_expect(says(erase_of(a, &ours, SAY_EN), "Our own"));
}

Test(preview, one_that_is_lost_waits_and_every_command_has_words)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask ask = {.life_s = 86400};
	size_t n;
	const struct mdm_request_row *rows = mdm_request_rows(&n);

	cr_expect(says(preview(a, MDM_INSTALL_PROFILE, &ask, true, SAY_EN), "marked as lost"));
	cr_expect(says(preview(a, MDM_INSTALL_PROFILE, &ask, false, SAY_EN), "1 days"));
	for (size_t i = 0; i < n; i++) {
		for (int l = 0; l < SAY_LANGS; l++) {
			struct doc *d = doc_new(a);

			mdm_preview_doc(&rows[i], &ask, false, (enum say_lang)l, a, d);
			cr_expect_gt(strlen(doc_str(d, "text")), 3, "%s", rows[i].type);
			cr_expect_geq(doc_list_size(doc_list(d, "consequences")), 1);
		}
	}
}

Test(preview, each_thing_that_is_set_is_said)
{
	static const struct {
		const char *item, *more, *words;
	} rows_[] = {
		{"DataRoaming", "<key>Enabled</key><true/>", "cost a lot"},
		{"DataRoaming", "<key>Enabled</key><false/>", "do not reach it"},
		{"Bluetooth", "<key>Enabled</key><false/>", "Hearing aids"},
		{"PersonalHotspot", "<key>Enabled</key><true/>", "Others can use"},
		{"TimeZone", "<key>TimeZone</key><string>Europe/Stockholm</string>", "alarms"},
		{"MDMOptions", "<key>MDMOptions</key><dict/>", "restart by itself"},
	};
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask ask = {0};

	xml_init();
	for (size_t i = 0; i < sizeof(rows_) / sizeof(rows_[0]); i++) {
		const char *text = arena_printf(a,
			"<plist version=\"1.0\"><dict><key>Settings</key><array><dict><key>Item</key>"
			"<string>%s</string>%s</dict></array></dict></plist>",
			rows_[i].item, rows_[i].more);
		struct doc *d = doc_new(a);
		struct mdm_plist *root;

		cr_assert_eq(mdm_plist_parse(bytes_of_str(text), NULL, a, &root), 0);
		mdm_preview_doc(mdm_request_row(MDM_SETTINGS), &ask, false, SAY_EN, a, d);
		mdm_preview_settings_doc(root, SAY_EN, a, d);
		cr_expect(says(doc_list(d, "consequences"), rows_[i].words), "%s", text);
	}
}

Test(preview, books_and_data_plans_have_words)
{
	static const struct {
		const char *type, *words;
	} rows_[] = {{"InstallMedia", "downloaded"}, {"RemoveMedia", "The book goes"},
		{"RefreshCellularPlans", "another carrier"}};
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask ask = {0};

	for (size_t i = 0; i < sizeof(rows_) / sizeof(rows_[0]); i++) {
		struct doc *d = doc_new(a);

		mdm_preview_doc(mdm_request_by_type(rows_[i].type), &ask, false, SAY_EN, a, d);
		cr_expect(says(doc_list(d, "consequences"), rows_[i].words), "%s", rows_[i].type);
	}
}
