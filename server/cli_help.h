/* SPDX-License-Identifier: EUPL-1.2 */
/* Help, from the same rows the commands run on and the texts of po/ (cli.help, cli.more, cli.opt). */
#ifndef SERVER_CLI_HELP_H
#define SERVER_CLI_HELP_H

#include "server/cli.h"

#include <stdio.h>

extern const struct cli_option cli_common[];

/* Only the commands that begin with this word; false: none does. */
bool cli_help_group(const char *word, enum say_lang lang, FILE *to);
void cli_help_all(enum say_lang lang, FILE *to);
void cli_help_usage(const struct cli_command *c, enum say_lang lang, FILE *to);
void cli_help_command(const struct cli_command *c, enum say_lang lang, FILE *to);
/* "no such command; did you mean …?" */
void cli_help_near(int argc, char **argv, enum say_lang lang, FILE *to);
/* One line a command and its options, for shell completion: "device lost|--message|--phone". */
void cli_help_words(FILE *to);

#endif
