/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commands that are calls of the API: one row says which route, and where what was typed goes. The
 * handler, its checks and its document are the API's own (web_call), so that the command line can
 * do what a program can, and no rule stands here.
 *
 * An argument or option becomes a member of the body (of the address, where the method is GET) of
 * its name, hyphens as underscores; an argument that stands in the path goes there. What its
 * placeholder is called says what it is: N a number, KRONOR a sum (of the member NAME_ore), FILE a
 * file's text, JSON a value as it is, all others a text. A switch is true; --yes answers what rules
 * ask; -o FILE takes an answer that is a file; --csv asks for one.
 *
 * Who is no account calls as the machine's owner: with the roles of the machines, which open
 * nothing personal.
 */
#ifndef SERVER_CLI_CALL_H
#define SERVER_CLI_CALL_H

#include "server/cli.h"

struct cli_call {
	const char *method, *path; /* "/holds/{id}/cancel", below /api/v1 */
	/* What the arguments are, in their order; "things…" takes all that are left as a list, "@"
	 * is a file that is the whole body (its options then stand in the address). */
	const char *members;
	const char *fixed;                /* what is always sent: "{\"paused\":true}" */
	const struct cli_column *columns; /* of the record that comes back */
	const char *list;                 /* its member that holds rows */
	const struct cli_column *rows;
	const char *done; /* said of the first argument when it is done; NULL: the record */
};
int cli_call_run(struct cli *cli);
/* The n-th word of a row's members or arguments, without the "…" behind it; NULL: there is none. */
const char *cli_word_at(struct arena *a, const char *words, unsigned n, bool *ret_rest);

#endif
