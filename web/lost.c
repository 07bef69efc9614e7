/* SPDX-License-Identifier: EUPL-1.2 */
/* What is lost: in a hurry the screen has the house's own words, in the municipality's language. */
#include "web/web_int.h"

#include "base/text.h"

int web_lost(struct web *w, const struct inv_act *act, bool stolen, const struct inv_mark *words,
	struct refusal *r)
{
	struct inv_mark mark = *words;

	mark.house_words = text_empty(mark.message) && text_empty(mark.phone);
	if (mark.house_words)
		mark.message = web_words(w, SETTING_LOST_WORDS);
	if (text_empty(mark.message) && text_empty(mark.phone))
		mark.message = web_text(web_lang(w), "lost.message");
	return inv_lost(w->o.inv, act, stolen, &mark, r);
}
