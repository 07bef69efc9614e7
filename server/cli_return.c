/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla return: iPads on their way back. */
#include "server/cli_call.h"

#include "base/clock.h"
#include "base/text.h"

struct showing {
	struct cli *cli;
	struct doc *d;
	struct inv_return r;
	struct inv_advice advice;
};

static const struct cli_column return_rows[] = {{"serial"}, {"opened", "cli.col.since"},
	{"phase", "cli.col.phase", "return.phase"}, {"proof", "cli.col.proof", "return.proof"},
	{"text", "field.reason"}, {0}};
static const struct cli_column return_columns[] = {{"serial"}, {"opened", "cli.col.since"},
	{"phase", "cli.col.phase", "return.phase"}, {"proof", "cli.col.proof", "return.proof"},
	{"text", "field.reason"}, {"activation_lock", "cli.col.lock", "return.lock"},
	{"battery_percent", "cli.col.battery"},
	{"battery_health", "cli.col.battery_health", "return.health"},
	{"faulty_parts", "cli.col.faulty"}, {"verdict", .words = "return.verdict"},
	{"advice.verdict", "return.advice", "return.verdict"}, {0}};

static const struct cli_option list_options[] = {{"q", "TEXT"}, {"phase", "WORD"}, {"place", "ID"},
	{"older", "N"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_call return_list = {
	"GET", "/returns", .list = "returns", .rows = return_rows};

static int show_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct cli *cli = s->cli;
	struct inv_unit u;
	int err = inv_unit_find(txn, cli->arena, cli->arguments[0], &u);

	if (err == 0)
		err = inv_return_get(txn, cli->arena, u.serial, &s->r);
	if (err == 0)
		err = web_return_doc(txn, &s->r, s->d, cli->arena, cli->lang, cli->now);
	if (err == 0)
		inv_return_advise(&s->r, &u, cli->now, &s->advice);
	return err;
}

static int run_show(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, show_in, &s);
	if (err)
		return cli_thing_fail(cli, err);
	cli_print(cli, s.d, NULL);
	cli_record(cli, return_columns, s.d);
	for (size_t i = 0; !cli->json && s.r.phase != INV_RETURN_DONE && i < s.advice.count; i++)
		cli_say("    %s\n", say_plain(s.advice.why[i], cli->lang));
	return CLI_DONE;
}

static const struct cli_option go_options[] = {
	{"although-locked", NULL},
	{0},
};

static int run_go(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		inv_return_go(cli->house.inv, &act, cli_option(cli, "although-locked") != NULL, &r),
		&r, "cli.done.return_go");
}

static const struct cli_option finish_options[] = {
	{"looked", NULL},
	{"note", "TEXT"},
	{0},
};

static int run_finish(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct inv_judgement j = {
		.looked = cli_option(cli, "looked") != NULL, .note = cli_option(cli, "note")};
	struct refusal r = {0};

	if (inv_verdict_parse(cli->arguments[1], &j.verdict) != 0)
		return cli_wrong(
			cli, ERR_USAGE, "cli.wrong.verdict");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli, inv_return_finish(cli->house.inv, &act, &j, &r), &r, "cli.done.finished");
}

const struct cli_command cli_return_commands[] = {
	{"return list", "", 0, 0, list_options, cli_call_run, &return_list},
	{"return show", "CODE", 1, 1, NULL, run_show},
	{"return go", "CODE", 1, 1, go_options, run_go},
	{"return finish", "CODE VERDICT", 2, 2, finish_options, run_finish},
	{0},
};
