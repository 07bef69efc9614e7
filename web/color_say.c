/* SPDX-License-Identifier: EUPL-1.2 */
/* What colour an iPad has: Apple's device assignment names it in English capitals; people read words.
 * What somebody typed, and what Apple calls by a new name, stands as it is. */
#include "web/web_int.h"

#include "base/text.h"

#include <strings.h>

static const struct say colors[] = {
	{"BLACK", {"svart", "musta", "black"}},
	{"BLUE", {"blå", "sininen", "blue"}},
	{"GOLD", {"guld", "kulta", "gold"}},
	{"GREEN", {"grön", "vihreä", "green"}},
	{"MIDNIGHT", {"midnatt", "keskiyö", "midnight"}},
	{"PINK", {"rosa", "pinkki", "pink"}},
	{"PURPLE", {"lila", "violetti", "purple"}},
	{"ROSE GOLD", {"roséguld", "ruusukulta", "rose gold"}},
	{"SILVER", {"silver", "hopea", "silver"}},
	{"SPACE BLACK", {"rymdsvart", "tähtimusta", "space black"}},
	{"SPACE GRAY", {"rymdgrå", "tähtiharmaa", "space grey"}},
	{"SPACE GREY", {"rymdgrå", "tähtiharmaa", "space grey"}},
	{"STARLIGHT", {"stjärnglans", "tähtivalkea", "starlight"}},
	{"YELLOW", {"gul", "keltainen", "yellow"}},
};

const char *web_color_say(enum say_lang lang, const char *color)
{
	for (size_t i = 0; i < sizeof(colors) / sizeof(colors[0]); i++) {
		if (strcasecmp(colors[i].code, color) == 0)
			return say_plain(&colors[i], lang);
	}
	return color;
}

void web_color_doc(struct doc *d, enum say_lang lang, const char *color)
{
	web_doc_opt(d, "color", color);
	if (!text_empty(color))
		doc_set_str(d, "color_text", web_color_say(lang, color));
}
