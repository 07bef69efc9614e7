/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sentences for people, in Swedish, Finnish and English. A refusal by a rule is a value: one of
 * these with its arguments, never an error string. The code is stable and goes to API clients;
 * the text goes to people.
 */
#ifndef BASE_SAY_H
#define BASE_SAY_H

#include "base/buf.h"
#include "base/err.h"

enum say_lang { SAY_SV, SAY_FI, SAY_EN, SAY_LANGS };

struct say {
	const char *code;            /* "lost.already" */
	const char *text[SAY_LANGS]; /* {0} {1} {2} stand for the arguments;
					{0:when} says a date as people do */
};

#define SAY_ARGS 3
struct refusal {
	const struct say *say; /* NULL: no refusal */
	const char *arg[SAY_ARGS];
	/* Where set, the argument is itself a text in the reader's language (a state's name). */
	const struct say *arg_say[SAY_ARGS];
	/* Copies of arguments that would not outlive the rule; read where arg is NULL. */
#define SAY_KEPT 80
	char kept[SAY_ARGS][SAY_KEPT];
};

/* The sentence as it stands, for one without arguments; English, then the code, where a language
 * has none yet. */
const char *say_plain(const struct say *say, enum say_lang lang);
/* "sv", "fi-FI", "en_GB.UTF-8", an Accept-Language header; otherwise when nothing is known. */
enum say_lang say_lang_parse(const char *s, enum say_lang otherwise);
const char *say_lang_name(enum say_lang lang); /* "sv" */
void say_format(struct buf *out, enum say_lang lang, const struct say *say,
	const char *const arg[SAY_ARGS]);
/* The sentence of a refusal in the arena. */
const char *refusal_text(struct arena *a, enum say_lang lang, const struct refusal *r);
/* Sets *r and returns ERR_REFUSED, so a rule can `return refuse(r, &say_x, NULL)`. */
int refuse(struct refusal *r, const struct say *say, const char *arg0, const char *arg1,
	const char *arg2);
/* Copies the arguments into the refusal itself, cut to fit: for a function whose arena ends before
 * its caller reads the reason. Returns `err`, so it can stand in a return. */
int refusal_keep(struct refusal *r, int err);

#endif
