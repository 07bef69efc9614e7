/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla user, hylla token: who may work here. */
#include "server/cli_call.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

static const struct cli_option roles_option[] = {
	{"roles", "ROLES"},
	{0},
};

static int want_roles(struct cli *cli, uint32_t *ret)
{
	const char *s = cli_option(cli, "roles");

	if (s && web_roles_parse(s, ret) == 0)
		return 0;
	cli_complain(cli, cli_text(cli, "cli.wrong.need_roles"));
	return ERR_USAGE;
}

static int tell_password(struct cli *cli, const char *name, const char *password)
{
	struct doc *d = doc_new(cli->arena);

	doc_set_str(d, "name", name);
	doc_set_str(d, "one_time_password", password);
	cli_tell(cli, d, "cli.done.password", name, password);
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

static const struct cli_column account_rows[] = {{"name", "cli.col.account"}, {"roles"},
	{"one_time_password", "cli.col.one_time"}, {"signed_in", "cli.col.signed_in"},
	{"closed", "cli.col.ended"}, {0}};
static const struct cli_sheet accounts = {"accounts", account_rows};
static const struct cli_column token_rows[] = {{"id", "column.number"},
	{"account", "cli.col.account"}, {"roles"}, {"areas", "cli.col.areas"},
	{"read_only", "cli.col.read_only"}, {"note"}, {"used", "cli.col.used"},
	{"expires", "cli.col.expires"}, {0}};
static const struct cli_sheet tokens = {"tokens", token_rows};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_account *u;
	int err = web_account_list(txn, l->cli->arena, &u, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++)
		web_account_doc(&u[i], doc_add_object(l->list));
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, &accounts, list_in, NULL);
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
	return cli_done(cli, err, &r, "cli.done.roles");
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
	return cli_done(cli, err, &r, "cli.done.two_step");
}

static int run_close(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_account_close(cli->house.st, &cli->who, cli->arguments[0], cli->now, &r);
	return cli_done(cli, err, &r, "cli.done.user_closed");
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
	ask.password = cli_password(cli, cli_text(cli, "cli.say.old_password"));
	ask.new_password = cli_password(cli, cli_text(cli, "cli.say.new_password"));
	if (text_empty(ask.password) || text_empty(ask.new_password))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.passwords");
	err = web_sign_in(cli->house.st, &ask, cli->arena, &u, &r);
	return cli_done(cli, err, &r, "cli.done.password_changed");
}

/* --- tokens --- */

static const struct cli_option token_options[] = {
	{"roles", "ROLES"},
	{"scope", "AREAS"},
	{"read-only", NULL},
	{"note", "TEXT"},
	{"life", "SPAN"},
	{"until", "DAY"},
	{0},
};

static int want_end(struct cli *cli, int64_t *ret)
{
	const char *until = cli_option(cli, "until");
	struct refusal r = {0};
	int err = web_token_end(until, cli_option(cli, "life"), cli->now, ret, &r);

	if (err == ERR_BADINPUT)
		return cli_wrong(cli, ERR_USAGE, until ? "cli.wrong.day" : "cli.wrong.life");
	return err ? cli_fail(cli, err, &r, NULL) : 0;
}

static int run_token_add(struct cli *cli)
{
	struct web_token want = {.note = cli_option(cli, "note"),
				 .read_only = cli_option(cli, "read-only") != NULL},
			 t;
	struct doc *d = doc_new(cli->arena);
	const char *scope = cli_option(cli, "scope"), *word;
	int err;

	if (want_roles(cli, &want.roles) != 0)
		return CLI_USAGE;
	if (scope && web_areas_parse(scope, &want.areas) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.scope");
	err = want_end(cli, &want.expires_at);
	if (err)
		return err;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_token_add(cli->house.st, &cli->who, &want, cli->now, cli->arena, &t, &word);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	web_token_doc(&t, d);
	doc_set_str(d, "token", word);
	cli_tell(cli, d, "cli.done.token", t.id, word);
	return CLI_DONE;
}

static int tokens_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_token *t;
	int err = web_token_list(txn, l->cli->arena, &t, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++)
		web_token_doc(&t[i], doc_add_object(l->list));
	return err;
}

static int run_token_list(struct cli *cli)
{
	return cli_list_run(cli, &tokens, tokens_in, NULL);
}

static int run_token_close(struct cli *cli)
{
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_token_close(cli->house.st, &cli->who, cli->arguments[0], cli->now);
	return cli_done(cli, err, NULL, "cli.done.closed");
}

/* --- how one signs in --- */

static const struct cli_option rules_options[] = {
	{"two-step-roles", "ROLES"}, {"lock-minutes", "N"}, {"shift-hours", "N"}, {0}};
static const struct cli_column rules_columns[] = {{"two_step_roles", "cli.col.two_step_roles"},
	{"lock_minutes"}, {"shift_hours"}, {0}};
static const struct cli_call provider = {
	"POST", "/accounts/{name}/provider", "name allow", .done = "cli.done.changed"};
static const struct cli_call rules_show = {
	"GET", "/sign-in-rules", .columns = rules_columns};
static const struct cli_call rules_set = {"PUT", "/sign-in-rules", .done = "cli.done.saved"};

const struct cli_command cli_user_commands[] = {
	{"user provider", "NAME yes|no", 2, 2, NULL, cli_call_run, &provider},
	{"sign-in rules", "", 0, 0, NULL, cli_call_run, &rules_show},
	{"sign-in set", "", 0, 0, rules_options, cli_call_run, &rules_set},
	{"user add", "NAME", 1, 1, roles_option, run_add},
	{"user list", "", 0, 0, NULL, run_list},
	{"user roles", "NAME", 1, 1, roles_option, run_roles},
	{"user reset", "NAME", 1, 1, NULL, run_reset},
	{"user password", "NAME", 1, 1, NULL, run_password},
	{"user two-step-reset", "NAME", 1, 1, NULL, run_two_step_reset},
	{"user close", "NAME", 1, 1, NULL, run_close},
	{"token add", "", 0, 0, token_options, run_token_add},
	{"token list", "", 0, 0, NULL, run_token_list},
	{"token close", "ID", 1, 1, NULL, run_token_close},
	{0},
};
