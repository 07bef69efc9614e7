/* SPDX-License-Identifier: EUPL-1.2 */
/* Every setting: what it is called, what it may be. What it means stands in the catalogues, under
 * "setting.NAME" with '_' for the dot. */
#include "settings/settings_int.h"

#include "base/text.h"

#define DAY_S INT64_C(86400)

static const char *const langs[] = {"sv", "fi", "en", NULL};
static const char *const roles[] = {"it", "konsulent", "bibliotek", "admin", "reader", NULL};

static const struct setting_row rows[SETTINGS] = {
	[SETTING_ORGANISATION] = {.name = "server.organisation", .group = "organisation", .min = 1,
		.max = 100, .in_conf = true},
	[SETTING_CONTACT] = {.name = "server.contact", .group = "organisation", .max = 100,
		.in_conf = true},
	[SETTING_LANGUAGE] = {.name = "server.language", .group = "organisation",
		.form = SETTING_ONE_OF, .words = langs, .in_conf = true},
	[SETTING_DESK_NOTICE] = {.name = "staff.notice", .group = "organisation", .max = 300},
	[SETTING_SLIP_WORDS] = {.name = "slip.words", .group = "paper", .max = 300},
	/* Closed until somebody opens it: what a municipality tells everybody is read by somebody first, and a house that
	 * lends nothing by a library has nothing to tell. */
	[SETTING_CATALOGUE_OPEN] = {.name = "catalogue.open", .group = "public",
		.form = SETTING_CHOICE, .otherwise = "no"},
	[SETTING_CATALOGUE_WORDS] = {.name = "catalogue.words", .group = "public", .max = 600},
	[SETTING_ACCESS_ASSESSED] = {.name = "accessibility.assessed", .group = "public",
		.form = SETTING_DATES, .max = 1},
	[SETTING_ACCESS_FAULTS] = {.name = "accessibility.faults", .group = "public", .max = 600},
	[SETTING_LOST_WORDS] = {.name = "lost.words", .group = "lost", .max = 200},
	[SETTING_LOST_PHONE] = {.name = "lost.phone", .group = "lost", .max = 40},
	[SETTING_QUIET] = {.name = "mailing.quiet", .group = "mailing", .form = SETTING_HOURS,
		.in_conf = true},
	[SETTING_AGREEMENT_DAYS] = {.name = "agreement.keep_days", .group = "keeping",
		.form = SETTING_NUMBER, .min = 30, .max = 3660, .otherwise = "730",
		.destroys = true},
	[SETTING_DRAFT_DAYS] = {.name = "agreement.draft_days", .group = "keeping",
		.form = SETTING_NUMBER, .min = 1, .max = 365, .otherwise = "30"},
	[SETTING_TWO_STEP] = {.name = "signin.two_step_roles", .group = "signin",
		.form = SETTING_SOME_OF, .words = roles},
	[SETTING_LOCK_MINUTES] = {.name = "signin.lock_minutes", .group = "signin",
		.form = SETTING_NUMBER, .min = 2, .max = 120, .otherwise = "10"},
	[SETTING_SHIFT_HOURS] = {.name = "signin.shift_hours", .group = "signin",
		.form = SETTING_NUMBER, .min = 1, .max = 12, .otherwise = "10"},
	[SETTING_ALARM_TO] = {.name = "alarm.to", .group = "alarm", .form = SETTING_MAILS,
		.in_conf = true},
	[SETTING_LOOKS_CARE] = {.name = "looks.care_to", .group = "alarm", .form = SETTING_MAILS},
	[SETTING_LOOKS_LIBRARY] = {.name = "looks.library_to", .group = "alarm",
		.form = SETTING_MAILS},
	[SETTING_LICENCES] = {.name = "alarm.licences", .group = "alarm", .form = SETTING_DATES,
		.max = 12},
	[SETTING_ALLOW_APPS] = {.name = "mdm.allow_apps", .group = "machines",
		.form = SETTING_CHOICE, .in_conf = true},
	[SETTING_REPORTS] = {.name = "mdm.reports", .group = "machines", .form = SETTING_CHOICE,
		.in_conf = true},
	[SETTING_CHALLENGE_LIFE] = {.name = "mdm.challenge_life", .group = "machines",
		.form = SETTING_SPAN, .min = 60, .max = 30 * DAY_S, .unit = 'm', .in_conf = true},
	[SETTING_RENEW_BEFORE] = {.name = "mdm.renew_before", .group = "machines",
		.form = SETTING_SPAN, .min = 3600, .max = 5 * 365 * DAY_S, .unit = 'd',
		.in_conf = true},
	[SETTING_RENEW_PER_HOUR] = {.name = "mdm.renew_per_hour", .group = "machines",
		.form = SETTING_NUMBER, .min = 1, .max = 100000, .in_conf = true},
	[SETTING_ADE_SYNC] = {.name = "ade.sync_every", .group = "machines", .form = SETTING_SPAN,
		.min = 60, .max = DAY_S, .unit = 'm', .in_conf = true},
	[SETTING_ADE_AWAIT] = {.name = "ade.await_limit", .group = "machines",
		.form = SETTING_SPAN, .min = 60, .max = DAY_S, .unit = 'm', .in_conf = true},
	[SETTING_ADE_DEPARTMENT] = {.name = "ade.department", .group = "machines", .max = 100,
		.in_conf = true},
	[SETTING_ADE_PHONE] = {.name = "ade.support_phone", .group = "machines", .max = 40,
		.in_conf = true},
	[SETTING_ADE_EMAIL] = {.name = "ade.support_email", .group = "machines", .max = 100,
		.in_conf = true},
	[SETTING_ADE_MINIMUM_OS] = {.name = "ade.minimum_os", .group = "machines",
		.form = SETTING_VERSION, .in_conf = true},
};

const struct setting_row *setting_row(enum setting x)
{
	return &rows[x];
}

int setting_find(const char *name, enum setting *ret)
{
	for (unsigned i = 0; i < SETTINGS; i++) {
		if (text_equal(rows[i].name, name)) {
			*ret = i;
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

struct conf_key setting_conf_key(enum setting x)
{
	static const enum conf_kind kinds[] = {[SETTING_TEXT] = CONF_STR,
		[SETTING_NUMBER] = CONF_INT,
		[SETTING_SPAN] = CONF_SPAN,
		[SETTING_CHOICE] = CONF_BOOL,
		[SETTING_ONE_OF] = CONF_STR,
		[SETTING_SOME_OF] = CONF_LIST,
		[SETTING_MAILS] = CONF_LIST,
		[SETTING_HOURS] = CONF_STR,
		[SETTING_VERSION] = CONF_STR,
		[SETTING_DATES] = CONF_STR};
	_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == SETTING_DATES + 1, "each form has its kind");
	const struct setting_row *row = &rows[x];
	const bool ranged = row->form == SETTING_NUMBER || row->form == SETTING_SPAN;

	return (struct conf_key){.section = "settings", .key = row->name, .kind = kinds[row->form],
		.otherwise = row->otherwise, .min = ranged ? row->min : 0,
		.max = ranged ? row->max : 0};
}
