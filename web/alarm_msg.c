/* SPDX-License-Identifier: EUPL-1.2 */
/* What an alarm says, and whether it is to be said. Pure. */
#include "web/web_int.h"

#include "base/text.h"

#define ALIKE_S 86400 /* a deadline that moves by less is the same one */

bool web_alarm_due(const struct web_deadline *d, const struct web_alarm *said, int64_t now)
{
	unsigned step = web_alarm_step(d, now);

	if (step == 0)
		return false;
	if (!said || d->at - said->at > ALIKE_S || said->at - d->at > ALIKE_S)
		return true;
	return step > said->step;
}

static const char *const loud[WEB_ALARM_STEPS + 1][SAY_LANGS] = {
	{"Hylla", "Hylla", "Hylla"},
	{"Hylla: ett datum närmar sig", "Hylla: määräaika lähestyy", "Hylla: a date comes nearer"},
	{"Hylla: en månad kvar", "Hylla: kuukausi jäljellä", "Hylla: a month left"},
	{"Hylla: två veckor kvar", "Hylla: kaksi viikkoa jäljellä", "Hylla: two weeks left"},
	{"VIKTIGT, Hylla: en vecka kvar", "TÄRKEÄÄ, Hylla: viikko jäljellä",
		"IMPORTANT, Hylla: a week left"},
	{"BRÅTTOM, Hylla: tre dagar kvar", "KIIRE, Hylla: kolme päivää jäljellä",
		"URGENT, Hylla: three days left"},
	{"BRÅTTOM, Hylla: sista dagen", "KIIRE, Hylla: viimeinen päivä",
		"URGENT, Hylla: the last day"},
	{"LARM, Hylla: iPads är tysta", "HÄLYTYS, Hylla: iPadit ovat hiljaa",
		"ALARM, Hylla: iPads are silent"},
};

static const struct say foot = {"alarm.foot",
	{"Det här sägs en gång för varje steg närmare. hylla lifeguard visar alla datum.",
		"Tämä sanotaan kerran jokaisella askeleella. hylla lifeguard näyttää kaikki "
		"päivämäärät.",
		"This is said once for each step nearer. hylla lifeguard shows all dates."}};

void web_alarm_text(struct arena *a, const struct web_deadline *d, enum say_lang lang, int64_t now,
	const char **ret_subject, const char **ret_text)
{
	AUTO(buf) struct buf text = BUF_INIT(65536);
	const char *title = say_plain(web_end_title(d->what), lang);
	unsigned step = web_alarm_step(d, now);

	buf_printf(&text, "%s\n\n%s\n", web_deadline_sentence(a, d, lang, now),
		say_plain(web_end_remedy(d->what), lang));
	for (size_t i = 0; i < d->serial_count; i++)
		buf_printf(&text, "%s%s", i ? ", " : "\niPads: ", d->serials[i]);
	buf_printf(&text, "%s\n-- \n%s\n", d->serial_count ? "\n" : "", say_plain(&foot, lang));
	*ret_subject = arena_printf(a, "%s: %s", loud[step][lang], title);
	*ret_text = arena_strdup(a, buf_str(&text));
}
