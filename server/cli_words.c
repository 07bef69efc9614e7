/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words that were not typed: "-" for an argument or the value of an option is a line of standard
 * input, so that no name and no number of a person stands in the process list or in the shell's
 * history. After the password, in the order they stand: arguments, then options.
 */
#include "server/cli_call.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LINE_MOST 8192

/* NULL: there was none, or it was too long to be one. */
static const char *read_line(struct cli *cli)
{
	char *line = NULL;
	const char *kept = NULL;
	size_t room = 0;
	ssize_t n = getline(&line, &room, stdin);

	if (n >= 0 && n < LINE_MOST) {
		line[strcspn(line, "\r\n")] = '\0';
		kept = arena_strdup(cli->arena, line);
	}
	if (line)
		explicit_bzero(line, room);
	free(line);
	return kept;
}

static const char *ask(struct cli *cli, const char *prompt, bool unseen)
{
	const char *typed;

	if (!isatty(STDIN_FILENO))
		return read_line(cli);
	if (unseen) {
		typed = getpass(prompt);
		return typed ? arena_strdup(cli->arena, typed) : NULL;
	}
	fputs(prompt, stderr);
	return read_line(cli);
}

const char *cli_password(struct cli *cli, const char *prompt)
{
	const char *s = ask(cli, prompt, true);

	return s ? s : "";
}

const char *cli_identity_asked(struct cli *cli)
{
	const char *s;

	if (!isatty(STDIN_FILENO))
		return NULL;
	s = ask(cli, cli_text(cli, "cli.say.identity"), true);
	return text_empty(s) ? NULL : s;
}

/* A file's name is no word, and JSON has its @FILE. */
static bool is_word(const char *kind)
{
	return kind && !strstr(kind, "FILE") && !text_equal(kind, "JSON");
}

/* What may be an identity number is not shown while it is typed. */
static int word_put(struct cli *cli, const char *name, const char *kind, const char **value)
{
	bool unseen = text_equal(name, "identity") || text_equal(kind, "CODE");

	if (!text_equal(*value, "-") || !is_word(kind))
		return 0;
	*value = ask(cli, arena_printf(cli->arena, "%s: ", name), unseen);
	if (*value)
		return 0;
	cli_complain(cli, cli_fill(cli, "cli.wrong.no_line", name, NULL, NULL));
	return ERR_USAGE;
}

static const char *kind_of(const struct cli_command *c, const char *name)
{
	const struct cli_option *o = c->options;

	while (o && o->name && !text_equal(o->name, name))
		o++;
	return o && o->name ? o->value : NULL;
}

int cli_words_read(struct cli *cli)
{
	const char **words = ARENA_ARRAY(cli->arena, const char *, cli->argument_count + 1);
	const char **given;
	size_t n = 0;
	bool rest;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < cli->argument_count; i++) {
		const char *kind = cli_word_at(cli->arena, cli->command->arguments, i, &rest);

		words[i] = cli->arguments[i];
		err = word_put(cli, kind ? kind : "TEXT", kind ? kind : "TEXT", &words[i]);
	}
	while (cli->given[n])
		n += 2;
	given = ARENA_ARRAY(cli->arena, const char *, n + 2);
	memcpy(given, cli->given, n * sizeof(*given));
	for (size_t i = 0; err == 0 && i < n; i += 2)
		err = word_put(cli, given[i], kind_of(cli->command, given[i]), &given[i + 1]);
	cli->arguments = words;
	cli->given = given;
	return err;
}
