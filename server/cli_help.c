/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/cli_help.h"

#include "base/text.h"

#define WIDTH 78

/* "device lost" is cli.help.device_lost in the catalogue, and its option
 * cli.opt.device_lost.stolen; NULL: no such text. */
static const char *text_of(struct arena *a, enum say_lang lang, const char *kind,
	const struct cli_command *c, const char *option)
{
	char *key = arena_printf(
		a, "cli.%s.%s%s%s", kind, c->words, option ? "." : "", option ? option : "");

	for (char *s = key; *s; s++) {
		if (*s == ' ')
			*s = '_';
	}
	return web_text(lang, key);
}

static const char *about(struct arena *a, enum say_lang lang, const struct cli_command *c)
{
	const char *text = text_of(a, lang, "help", c, NULL);

	return text ? text : c->words;
}

static const char *plain(enum say_lang lang, const char *key)
{
	const char *text = web_text(lang, key);

	return text ? text : key;
}

static const char *option_text(
	struct arena *a, enum say_lang lang, const struct cli_command *c, const char *name)
{
	const char *text = text_of(a, lang, "opt", c, name);

	if (!text)
		text = web_text(lang, arena_printf(a, "cli.opt.%s", name));
	return text ? text : name;
}

void cli_help_usage(const struct cli_command *c, enum say_lang lang, FILE *to)
{
	fprintf(to, "%s hylla %s%s%s %s\n", plain(lang, "cli.say.usage"), c->words,
		c->arguments[0] ? " " : "", c->arguments, plain(lang, "cli.say.options_mark"));
}

/* Words until the line is full; a line feed of the text stays. */
static void put_wrapped(const char *s, FILE *to)
{
	size_t at = 0;

	while (*s) {
		size_t n = strcspn(s, " \n"), w = cli_width(s, n);

		if (at && at + 1 + w > WIDTH) {
			putc('\n', to);
			at = 0;
		} else if (at && n) {
			putc(' ', to);
			at++;
		}
		fwrite(s, 1, n, to);
		at += w;
		s += n;
		if (*s == '\n') {
			putc('\n', to);
			at = 0;
		}
		s += *s != '\0';
	}
	putc('\n', to);
}

static void put_left(const char *left, size_t width, const char *right, FILE *to)
{
	size_t w = cli_width(left, strlen(left));

	fprintf(to, "  %s%*s %s\n", left, (int)(w < width ? width - w : 0), "", right);
}

static void help_options(
	const struct cli_command *c, const struct cli_option *options, enum say_lang lang, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();

	for (const struct cli_option *o = options; o && o->name; o++)
		put_left(arena_printf(a, "%s%s%s%s", o->name[1] ? "--" : "-", o->name,
				 o->value ? " " : "", o->value ? o->value : ""),
			30, option_text(a, lang, c, o->name), to);
}

void cli_help_command(const struct cli_command *c, enum say_lang lang, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *more = text_of(a, lang, "more", c, NULL);

	cli_help_usage(c, lang, to);
	fprintf(to, "\n%s\n\n", about(a, lang, c));
	if (more) {
		put_wrapped(more, to);
		putc('\n', to);
	}
	if (c->options)
		fprintf(to, "%s\n", plain(lang, "cli.say.options"));
	help_options(c, c->options, lang, to);
	fprintf(to, "%s\n", plain(lang, "cli.say.every"));
	help_options(c, cli_common, lang, to);
}

static void help_line(const struct cli_command *c, enum say_lang lang, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();

	put_left(arena_printf(a, "%s %s", c->words, c->arguments), 34, about(a, lang, c), to);
}

bool cli_help_group(const char *word, enum say_lang lang, FILE *to)
{
	size_t n = strlen(word);
	bool any = false;

	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			if (!text_starts(c->words, word) || c->words[n] != ' ')
				continue;
			help_line(c, lang, to);
			any = true;
		}
	}
	return any;
}

void cli_help_all(enum say_lang lang, FILE *to)
{
	fprintf(to, "%s\n\n", plain(lang, "cli.say.usage_all"));
	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++)
			help_line(c, lang, to);
		fprintf(to, "\n");
	}
}

static const char *nearest(const char *typed)
{
	const char *near = NULL;
	unsigned best = 4;

	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			unsigned d = text_distance(typed, c->words);

			if (d < best) {
				best = d;
				near = c->words;
			}
		}
	}
	return near;
}

void cli_help_near(int argc, char **argv, enum say_lang lang, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct cli cli = {.arena = a, .lang = lang};
	const char *typed = argc > 1 && argv[1][0] != '-'
				    ? arena_printf(a, "%s %s", argv[0], argv[1])
				    : argv[0];
	const char *near = nearest(typed);

	if (argc == 1 && cli_help_group(argv[0], lang, to))
		return;
	fprintf(to, "hylla: %s\n",
		cli_fill(&cli, near ? "cli.say.near" : "cli.say.no_command", typed, near, NULL));
}

void cli_help_words(FILE *to)
{
	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			fprintf(to, "%s", c->words);
			for (const struct cli_option *o = c->options; o && o->name; o++)
				fprintf(to, "|%s%s", o->name[1] ? "--" : "-", o->name);
			for (const struct cli_option *o = cli_common; o->name; o++)
				fprintf(to, "|%s%s", o->name[1] ? "--" : "-", o->name);
			fprintf(to, "\n");
		}
	}
}
