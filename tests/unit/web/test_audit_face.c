/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *text_of(enum say_lang lang, const char *group, const char *code, struct arena *a)
{
	return web_text(lang, arena_printf(a, "%s.%s", group, code));
}

/* An act that is not in the table is logged, and every flow test looks for that; here each of
 * the table has its words. */
Test(audit_face, every_act_and_what_it_is_about_has_words_in_every_language)
{
	AUTO(arena) struct arena *a = arena_new();

	for (int lang = 0; lang < SAY_LANGS; lang++) {
		for (const struct audit_act *x = audit_acts; x->name; x++) {
			cr_expect(text_of((enum say_lang)lang, "name.act", x->name, a),
				"name.act.%s has no word in %s", x->name,
				say_lang_name((enum say_lang)lang));
			cr_expect(text_of((enum say_lang)lang, "name.act_about", x->about, a),
				"name.act_about.%s has no word", x->about);
		}
	}
}

static const char *detail(const char *json, struct arena *a)
{
	const struct audit_record x = {
		.actor = "anna", .via = "page", .act = "item.mark", .object = "SN1", .detail = json};
	struct doc *row = doc_new(a);

	web_audit_words(a, SAY_EN, &x, row);
	return doc_str(row, "detail_text");
}

Test(audit_face, details_are_words)
{
	static const struct {
		const char *json, *said;
	} rows[] = {
		{"{\"from\":\"in_stock\",\"to\":\"on_loan\"}", "From: in stock, To: on loan"},
		{"{\"zone\":\"library\",\"fields\":[\"phone\",\"note\"]}",
			"Service: The library, Particulars: Telephone number, Note"},
		{"{\"erase\":true,\"things\":3}", "Erase: yes, Things: 3"},
		{"{\"to\":\"blocked\",\"reason\":\"a case\"}", "To: Blocked, Reason: a case"},
		{"{\"fields\":\"item_number place\"}", "Particulars: Item number, Place"},
		{"{\"areas\":\"\",\"roles\":\"it admin\"}", "Roles: IT, administrator"},
		{"{\"signer\":\"relative\",\"identity\":\"id_card\",\"way\":\"typed\"}",
			"Signed by: a relative, Identification: identity card, Way: on the screen, by name"},
		{"{\"due\":\"2027-01-04\",\"instead_of\":\"VB-1\",\"yes\":3}",
			"Back by: 4 January 2027, Instead of: VB-1, Said yes to the question of: the queue, the number of loans"},
		{"{\"reason\":\"stolen\"}", "Reason: stolen"},
		{"{\"reason\":\"moved\"}", "Reason: Has moved"},
		{"{\"state\":\"paused\"}", "State: paused"},
		{"{\"type\":\"DeviceLock\"}", "Command: Screen is locked"},
		{"{\"no_such_key\":{\"a\":1}}", "no_such_key: …"},
		{"no object", "no object"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();

		cr_expect_str_eq(detail(rows[i].json, a), rows[i].said);
	}
}

Test(audit_face, what_has_no_word_is_itself)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct audit_record x = {
		.actor = "anna", .via = "telegraph", .act = "of.an-older-program", .object = "SN1"};
	struct doc *row = doc_new(a);

	web_audit_words(a, SAY_SV, &x, row);
	cr_expect_str_eq(doc_str(row, "actor_text"), "anna");
	cr_expect_str_eq(doc_str(row, "via_text"), "telegraph");
	cr_expect_str_eq(doc_str(row, "act_text"), "of.an-older-program");
	cr_expect_null(doc_str(row, "detail_text"));
}

Test(audit_face, the_filter_has_every_act_once_under_what_it_is_about)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *list = doc_set_list(doc_new(a), "abouts");
	size_t n = 0, all = 0, chosen = 0;

	web_audit_choices(SAY_SV, a, "loan.out", list);
	while (audit_acts[all].name)
		all++;
	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct doc *acts = doc_list(doc_list_object(list, i), "acts");

		n += doc_list_size(acts);
		for (size_t k = 0; k < doc_list_size(acts); k++)
			chosen += doc_bool(doc_list_object(acts, k), "current", false);
	}
	cr_expect_eq(n, all);
	cr_expect_eq(chosen, 1);
}
