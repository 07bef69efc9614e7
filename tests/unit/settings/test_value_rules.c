/* SPDX-License-Identifier: EUPL-1.2 */
#include "settings/settings_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

#define SIXTY "ååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå"
#define FAR_TOO_LONG SIXTY SIXTY SIXTY SIXTY SIXTY

Test(value_rules, the_names_are_the_tables)
{
	for (unsigned x = 0; x < SETTINGS; x++) {
		enum setting found;

		cr_assert_not_null(setting_row(x)->name, "row %u is empty", x);
		cr_assert_not_null(setting_row(x)->group);
		cr_assert_eq(setting_find(setting_row(x)->name, &found), 0);
		cr_assert_eq(found, x);
	}
}

static const struct {
	enum setting x;
	const char *given, *kept; /* kept NULL: refused */
} cases[] = {
	{SETTING_ORGANISATION, "  Borås Stad ", "Borås Stad"},
	{SETTING_ORGANISATION, "   ", NULL},
	{SETTING_ORGANISATION, "två\nrader", NULL},
	{SETTING_ORGANISATION, "\xc3", NULL},
	{SETTING_ORGANISATION, "Borås\xe2\x80\xae" "datS", NULL}, /* turns round what follows */
	{SETTING_ORGANISATION, "Borås\xc2\x9b" "1m", NULL}, /* steers a terminal */
	{SETTING_ORGANISATION, "Borås\xef\xbf\xbe", NULL}, /* XML has no such character */
	{SETTING_ORGANISATION, "Borås – 👩‍🔧", "Borås – 👩‍🔧"},
	{SETTING_CONTACT, "", ""},
	{SETTING_LOST_PHONE, "0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789"},
	{SETTING_LOST_PHONE, "01234567890123456789012345678901234567890", NULL},
	{SETTING_LANGUAGE, "fi", "fi"},
	{SETTING_LANGUAGE, "no", NULL},
	{SETTING_LANGUAGE, FAR_TOO_LONG, NULL},
	{SETTING_LANGUAGE, "x" FAR_TOO_LONG, NULL},
	{SETTING_QUIET, "20:00-08:00", "20:00-08:00"},
	{SETTING_QUIET, "", ""},
	{SETTING_QUIET, "20-08", NULL},
	{SETTING_QUIET, "24:00-08:00", NULL},
	{SETTING_QUIET, "08:00-08:00", NULL},
	{SETTING_AGREEMENT_DAYS, " 0365 ", "365"},
	{SETTING_AGREEMENT_DAYS, "29", NULL},
	{SETTING_AGREEMENT_DAYS, "3661", NULL},
	{SETTING_AGREEMENT_DAYS, "ett år", NULL},
	{SETTING_RENEW_BEFORE, "90", "90d"},
	{SETTING_RENEW_BEFORE, "36h", "36h"},
	{SETTING_RENEW_BEFORE, "1m", NULL},
	{SETTING_LICENCES, "", ""},
	{SETTING_LICENCES, " 2027-03-01 Avtalet ;2027-05-30  boras.se; ",
		"2027-03-01 Avtalet; 2027-05-30 boras.se"},
	{SETTING_LICENCES, "2027-02-30 Avtalet", NULL},
	{SETTING_LICENCES, "2027-03-01", NULL},
	{SETTING_LICENCES, "Avtalet 2027-03-01", NULL},
	{SETTING_LICENCES, "2027-03-01 A; ; 2027-05-30", NULL},
	{SETTING_ALLOW_APPS, "true", "yes"},
	{SETTING_ALLOW_APPS, "nej", NULL},
	{SETTING_TWO_STEP, " it   admin ", "it admin"},
	{SETTING_TWO_STEP, "", ""},
	{SETTING_TWO_STEP, "it boss", NULL},
	{SETTING_ALARM_TO, "it@kommun.se  jour@kommun.se", "it@kommun.se jour@kommun.se"},
	{SETTING_ALARM_TO, "it@kommun", NULL},
	{SETTING_ALARM_TO, "a@b.se\r\nBcc: x@y.se", NULL},
	{SETTING_ALARM_TO, "a@b.se,c@d.se", NULL},
	{SETTING_ADE_MINIMUM_OS, "18.2", "18.2"},
	{SETTING_ADE_MINIMUM_OS, "18.", NULL},
	{SETTING_ADE_MINIMUM_OS, "v18", NULL},
};

Test(value_rules, what_may_be_and_how_it_is_kept)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct refusal r = {0};
		const char *kept = NULL;
		int err = setting_value_decide(
			a, cases[i].x, cases[i].given, &kept, NULL, &r);

		cr_assert_eq(err, cases[i].kept ? 0 : ERR_REFUSED, "case %zu", i);
		if (cases[i].kept)
			cr_assert_str_eq(kept, cases[i].kept, "case %zu", i);
		for (unsigned l = 0; err && l < SAY_LANGS; l++) {
			const char *text = refusal_text(a, l, &r);

			cr_assert(!strchr(text, '{'), "case %zu", i);
			cr_assert(text_is_utf8(bytes_of_str(text)), "case %zu", i);
		}
	}
}
