/* SPDX-License-Identifier: EUPL-1.2 */
/* A line of a thing's history in words. */
#include "web/web_int.h"

#include "base/text.h"

/* Of texts by name, whose names are in small letters; NULL: there is none. */
static const char *named(
	struct arena *a, enum say_lang lang, const char *group, const char *key)
{
	char *name = arena_printf(a, "%s.%s", group, key);

	for (char *p = name; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p == ' ' ? '_' : *p;
	return web_text(lang, name);
}

const char *web_command_say(
	struct arena *a, enum say_lang lang, const char *text, struct web_command_words *ret)
{
	const char *blank = strchr(text, ' '), *more = blank ? strchr(blank + 1, ' ') : NULL;
	const char *type = blank ? arena_strndup(a, text, (size_t)(blank - text)) : text;
	const char *end = !blank ? NULL
			  : more ? arena_strndup(a, blank + 1, (size_t)(more - blank - 1))
				 : blank + 1;
	const char *what = named(a, lang, "name.command", type);
	const char *outcome = end ? named(a, lang, "name.outcome", end) : NULL;

	ret->what = what ? what : type;
	ret->outcome = outcome ? outcome : end;
	ret->title = more ? more + 1 : NULL;
	return arena_printf(a, "%s%s%s%s%s", ret->what, ret->outcome ? ": " : "",
		ret->outcome ? ret->outcome : "", ret->title ? ", " : "",
		ret->title ? ret->title : "");
}

/* "1 of 3 lines short", as a count of a kit's parts is kept; NULL: it is none. */
static const char *count_say(struct arena *a, enum say_lang lang, const char *text)
{
	static const char between[] = " of ", behind[] = " lines short";
	const char *of = strstr(text, between), *end = of ? strstr(of, behind) : NULL;
	uint64_t lacks, all;

	if (!end || end[strlen(behind)] ||
		text_parse_u64(arena_strndup(a, text, (size_t)(of - text)), &lacks) != 0)
		return NULL;
	of += strlen(between);
	if (text_parse_u64(arena_strndup(a, of, (size_t)(end - of)), &all) != 0)
		return NULL;
	if (lacks == 0)
		return web_text(lang, "name.note.parts_all");
	return arena_printf(a, "%s %llu/%llu", web_text(lang, "name.note.parts_short"),
		(unsigned long long)lacks, (unsigned long long)all);
}

const char *web_note_say(struct arena *a, enum say_lang lang, const char *text)
{
	const char *said = named(a, lang, "name.note", text);

	if (!said)
		said = count_say(a, lang, text);
	return said ? said : text;
}

/* "erased said": how far the return of an iPad came, and how that is known; or what it was judged to be. */
static const char *return_say(struct arena *a, enum say_lang lang, const char *text)
{
	const char *blank = strchr(text, ' ');
	const char *first = blank ? arena_strndup(a, text, (size_t)(blank - text)) : text;
	const char *what = named(a, lang, "return.phase", first);
	const char *proof = blank ? named(a, lang, "return.proof", blank + 1) : NULL;

	if (!what)
		what = named(a, lang, "return.verdict", first);
	if (!what)
		return text;
	return proof ? arena_printf(a, "%s, %s", what, proof) : what;
}

const char *web_event_say(struct arena *a, enum say_lang lang, const struct inv_event *e)
{
	struct web_command_words command;
	const char *what = named(a, lang, "name.event", e->kind);
	const char *note = text_empty(e->text) ? NULL : web_note_say(a, lang, e->text);

	if (text_equal(e->kind, "command") && !text_empty(e->text))
		return web_command_say(a, lang, e->text, &command);
	if (text_equal(e->kind, "return") && note)
		note = return_say(a, lang, e->text);
	/* the act that was undone, in its own words */
	if (text_equal(e->kind, "undone") && note && named(a, lang, "name.act", e->text))
		note = named(a, lang, "name.act", e->text);
	return arena_printf(
		a, "%s%s%s", what ? what : e->kind, note ? ": " : "", note ? note : "");
}
