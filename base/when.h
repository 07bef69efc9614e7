/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Times as people say them, in their language and in the configured zone. What stands beside
 * something on a page says how near it is ("i dag 09.12", "på tisdag 10.00", "12 mars 2025"); what
 * stands in a sentence that may be read later says the date ("4 januari 2027").
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/say.h"

/* "i går", "på tisdag", "12 mars", "12 mars 2025": by how far it is from today. */
void when_near_day(struct buf *out, enum say_lang lang, int32_t day, int32_t today);
/* The same with the time of day, within a week. */
void when_near(struct buf *out, enum say_lang lang, int64_t t, int64_t now);
const char *when_text(struct arena *a, enum say_lang lang, int64_t t, int64_t now);

/* "tisdag 8 december" */
void when_weekday(struct buf *out, enum say_lang lang, int32_t day);
/* "4 januari 2027", "4 januari 2027 kl. 10.12" */
void when_date(struct buf *out, enum say_lang lang, int32_t day);
const char *when_date_text(struct arena *a, enum say_lang lang, int32_t day);
void when_moment(struct buf *out, enum say_lang lang, int64_t t);

/* "november 2026"; Finnish as a heading has it, "marraskuu 2026". */
void when_month(struct buf *out, enum say_lang lang, int32_t day);

/* What day_format() or clock_format_local() wrote, as when_date() and when_moment() say it; any
 * other text as it stands. For the arguments of sentences: {1:when}. */
void when_said(struct buf *out, enum say_lang lang, const char *s);

#endif
