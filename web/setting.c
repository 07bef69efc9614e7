/* SPDX-License-Identifier: EUPL-1.2 */
/* The settings that the web itself uses, as they are now. */
#include "web/web_int.h"

#include "base/text.h"

const char *web_organisation(const struct web *w)
{
	return w->o.settings ? settings_str(w->o.settings, SETTING_ORGANISATION)
			     : w->o.organisation;
}

const char *web_contact(const struct web *w)
{
	return w->o.settings ? settings_str(w->o.settings, SETTING_CONTACT) : w->o.contact;
}

const char *web_lost_phone(const struct web *w)
{
	const char *own = w->o.settings ? settings_str(w->o.settings, SETTING_LOST_PHONE) : "";

	return text_empty(own) ? web_contact(w) : own;
}

const char *web_words(const struct web *w, enum setting x)
{
	const char *words = w->o.settings ? settings_str(w->o.settings, x) : NULL;

	return text_empty(words) ? NULL : words;
}

bool web_catalogue_open(const struct web *w)
{
	return w->o.settings && settings_bool(w->o.settings, SETTING_CATALOGUE_OPEN);
}

const char *const *web_alarm_to(const struct web *w)
{
	return w->o.settings ? settings_list(w->o.settings, SETTING_ALARM_TO) : w->o.mail.alarm_to;
}

const char *const *web_looks_to(const struct web *w, enum people_zone zone)
{
	if (!w->o.settings)
		return zone == PEOPLE_CARE ? w->o.mail.looks_to : NULL;
	return settings_list(w->o.settings,
		zone == PEOPLE_CARE ? SETTING_LOOKS_CARE : SETTING_LOOKS_LIBRARY);
}

enum say_lang web_lang(const struct web *w)
{
	return w->o.settings ? say_lang_parse(settings_str(w->o.settings, SETTING_LANGUAGE), SAY_SV)
			     : w->o.mail.lang;
}
