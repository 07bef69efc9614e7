/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/cli_help.h"

#include "base/text.h"

void cli_help_usage(const struct cli_command *c, FILE *to)
{
	fprintf(to, "usage: hylla %s%s%s [options]\n", c->words, c->arguments[0] ? " " : "",
		c->arguments);
}

static void help_options(const struct cli_option *options, FILE *to)
{
	for (const struct cli_option *o = options; o && o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%s%s%s", o->name[1] ? "--" : "-", o->name,
			o->value ? " " : "", o->value ? o->value : "");
		fprintf(to, "  %-30s %s\n", left, o->help);
	}
}

void cli_help_command(const struct cli_command *c, FILE *to)
{
	cli_help_usage(c, to);
	fprintf(to, "\n%s\n\n", c->about);
	if (c->more)
		fprintf(to, "%s\n\n", c->more);
	if (c->options)
		fprintf(to, "options:\n");
	help_options(c->options, to);
	fprintf(to, "for every command:\n");
	help_options(cli_common, to);
}

static void help_line(const struct cli_command *c, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();

	fprintf(to, "  %-34s %s\n", arena_printf(a, "%s %s", c->words, c->arguments), c->about);
}

bool cli_help_group(const char *word, FILE *to)
{
	size_t n = strlen(word);
	bool any = false;

	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			if (!text_starts(c->words, word) || c->words[n] != ' ')
				continue;
			help_line(c, to);
			any = true;
		}
	}
	return any;
}

void cli_help_all(FILE *to)
{
	fprintf(to, "usage: hylla COMMAND [options]      hylla COMMAND --help tells more\n\n");
	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++)
			help_line(c, to);
		fprintf(to, "\n");
	}
}

void cli_help_near(int argc, char **argv, FILE *to)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *typed = argc > 1 && argv[1][0] != '-'
				    ? arena_printf(a, "%s %s", argv[0], argv[1])
				    : argv[0];
	const char *near = NULL;
	unsigned best = 4;

	if (argc == 1 && cli_help_group(argv[0], to))
		return;
	fprintf(to, "hylla: no command \"%s\"", typed);
	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			unsigned d = text_distance(typed, c->words);

			if (d < best) {
				best = d;
				near = c->words;
			}
		}
	}
	if (near)
		fprintf(to, "; did you mean \"%s\"?\n", near);
	else
		fprintf(to, "; `hylla help` lists them all\n");
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
