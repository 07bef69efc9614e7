/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla user, hylla token: who may work here. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

static const struct cli_option roles_option[] = {
	{"roles", "ROLES", "it, konsulent, bibliotek, admin, reader; several in quotes"},
	{0},
};

static int want_roles(struct cli *cli, uint32_t *ret)
{
	const char *s = cli_option(cli, "roles");

	if (s && web_roles_parse(s, ret) == 0)
		return 0;
	fprintf(stderr,
		"hylla %s: --roles needs one or more of: it konsulent bibliotek admin reader\n",
		cli->command->words);
	return ERR_USAGE;
}

static int tell_password(struct cli *cli, const char *name, const char *password)
{
	struct doc *d = doc_new(cli->arena);

	doc_set_str(d, "name", name);
	doc_set_str(d, "one_time_password", password);
	cli_print(cli, d, "account            %s\none-time password  %s     (told only now)\n",
		name, password);
	return CLI_DONE;
}

static int run_add(struct cli *cli)
{
	const char *name = cli->arguments[0], *password;
	struct refusal r = {0};
	uint32_t roles;
	int err;

	if (want_roles(cli, &roles) != 0)
		return CLI_USAGE;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_add(
		cli->house.st, &cli->who, name, roles, cli->now, cli->arena, &password, &r);
	return err ? cli_fail(cli, err, &r, name) : tell_password(cli, name, password);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_account *u;
	int err = web_account_list(txn, l->cli->arena, &u, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		AUTO(buf) struct buf roles = BUF_INIT(128);

		web_account_doc(&u[i], doc_add_object(l->list));
		web_roles_format(u[i].roles, &roles);
		cli_print(l->cli, NULL, "%-20s %-30s %s\n", u[i].name, buf_str(&roles),
			u[i].closed_at  ? "closed"
			: u[i].one_time ? "one-time password"
					: "");
	}
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, "accounts", NULL, list_in, NULL);
}

static int run_roles(struct cli *cli)
{
	struct refusal r = {0};
	uint32_t roles;
	int err;

	if (want_roles(cli, &roles) != 0)
		return CLI_USAGE;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_set_roles(
		cli->house.st, &cli->who, cli->arguments[0], roles, cli->now, &r);
	return cli_done(cli, err, &r, "roles changed; its sessions are ended");
}

static int run_reset(struct cli *cli)
{
	const char *name = cli->arguments[0], *password;
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_reset(
		cli->house.st, &cli->who, name, cli->now, cli->arena, &password, &r);
	return err ? cli_fail(cli, err, &r, name) : tell_password(cli, name, password);
}

static int run_two_step_reset(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_totp_reset(cli->house.st, &cli->who, cli->arguments[0], cli->now, &r);
	return cli_done(cli, err, &r, "its second step is taken away");
}

static int run_close(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_close(cli->house.st, &cli->who, cli->arguments[0], cli->now, &r);
	return cli_done(cli, err, &r, "closed; its sessions are ended");
}

/* Both on standard input, one a line, so that no password stands in a process list. */
static int run_password(struct cli *cli)
{
	struct web_sign_in ask = {.name = cli->arguments[0], .now = cli->now};
	struct web_account u;
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	ask.password = cli_password(cli, "Old password: ");
	ask.new_password = cli_password(cli, "New password: ");
	if (text_empty(ask.password) || text_empty(ask.new_password))
		return cli_wrong(cli, ERR_USAGE, "the old and the new one are needed, one a line");
	err = web_sign_in(cli->house.st, &ask, cli->arena, &u, &r);
	return cli_done(cli, err, &r, "password changed");
}

/* --- tokens --- */

static const struct cli_option token_options[] = {
	{"roles", "ROLES", "what it may: it, konsulent, bibliotek, admin, reader"},
	{"note", "TEXT", "which program it is for"},
	{"life", "SPAN", "how long it is good, like 365d (default: until it is closed)"},
	{0},
};

static int run_token_add(struct cli *cli)
{
	struct web_token want = {.note = cli_option(cli, "note")}, t;
	struct doc *d = doc_new(cli->arena);
	const char *life = cli_option(cli, "life"), *word;
	int64_t life_s = 0;
	int err;

	if (want_roles(cli, &want.roles) != 0)
		return CLI_USAGE;
	if (life && clock_parse_span(life, &life_s) != 0)
		return cli_wrong(cli, ERR_USAGE, "--life is written like 365d or 12h");
	want.expires_at = life_s ? cli->now + life_s : 0;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_token_add(cli->house.st, &cli->who, &want, cli->now, cli->arena, &t, &word);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	web_token_doc(&t, d);
	doc_set_str(d, "token", word);
	cli_print(cli, d, "id     %s\ntoken  %s     (told only now)\n", t.id, word);
	return CLI_DONE;
}

static int tokens_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_token *t;
	int err = web_token_list(txn, l->cli->arena, &t, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		AUTO(buf) struct buf roles = BUF_INIT(128);

		web_token_doc(&t[i], doc_add_object(l->list));
		web_roles_format(t[i].roles, &roles);
		cli_print(l->cli, NULL, "%-14s %-20s %-20s %s\n", t[i].id,
			t[i].account ? t[i].account : "-", buf_str(&roles),
			t[i].note ? t[i].note : "");
	}
	return err;
}

static int run_token_list(struct cli *cli)
{
	return cli_list_run(cli, "tokens", NULL, tokens_in, NULL);
}

static int run_token_close(struct cli *cli)
{
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_token_close(cli->house.st, &cli->who, cli->arguments[0], cli->now);
	return cli_done(cli, err, NULL, "closed");
}

const struct cli_command cli_user_commands[] = {
	{"user add", "NAME", 1, 1, roles_option, "make an account with a one-time password", NULL,
		run_add},
	{"user list", "", 0, 0, NULL, "list the accounts", NULL, run_list},
	{"user roles", "NAME", 1, 1, roles_option, "change what an account may do", NULL,
		run_roles},
	{"user reset", "NAME", 1, 1, NULL, "give an account a new one-time password", NULL,
		run_reset},
	{"user password", "NAME", 1, 1, NULL, "change a password: old and new on standard input",
		NULL, run_password},
	{"user two-step-reset", "NAME", 1, 1, NULL,
		"take an account's second step away: its phone is gone", NULL, run_two_step_reset},
	{"user close", "NAME", 1, 1, NULL, "close an account", NULL, run_close},
	{"token add", "", 0, 0, token_options, "make a token for a program that calls the API",
		NULL, run_token_add},
	{"token list", "", 0, 0, NULL, "list the tokens", NULL, run_token_list},
	{"token close", "ID", 1, 1, NULL, "end a token", NULL, run_token_close},
	{0},
};
