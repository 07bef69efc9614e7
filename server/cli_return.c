/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla return: iPads on their way back. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

struct showing {
	struct cli *cli;
	struct doc *d;
	struct inv_return r;
	struct inv_advice advice;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct cli *cli = l->cli;
	struct inv_return *r;
	char at[CLOCK_TEXT];
	int err = inv_return_list(txn, cli->arena, NULL, CLI_PAGE, &r, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		err = web_return_doc(
			txn, &r[i], doc_add_object(l->list), cli->arena, cli->lang, cli->now);
		cli_print(cli, NULL, "%-14s %s  %-8s %-8s %s\n", r[i].serial,
			clock_format_local(r[i].opened_at, at), inv_return_phase_name(r[i].phase),
			inv_proof_name(r[i].proof), inv_return_why(cli->arena, &r[i], cli->lang, cli->now));
	}
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, "returns", "returns under way", list_in, NULL);
}

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

static void show_told(const struct inv_return *r)
{
	if (r->battery)
		cli_say("  battery   %u %%\n", r->battery - 1);
	if (r->lock)
		cli_say("  lock      %s\n", r->lock == MDM_LOCK_ON ? "on" : "off");
	if (r->battery_health == INV_BATTERY_SERVICE || r->battery_health == INV_BATTERY_FOREIGN)
		cli_say("  battery   %s\n",
			r->battery_health == INV_BATTERY_SERVICE ? "wants service" : "not Apple's");
	if (!text_empty(r->faulty_parts))
		cli_say("  parts     %s\n", r->faulty_parts);
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
	cli_print(cli, s.d, "%s   %s %s\n  %s\n", s.r.serial, inv_return_phase_name(s.r.phase),
		inv_proof_name(s.r.proof), inv_return_why(cli->arena, &s.r, cli->lang, cli->now));
	if (cli->json)
		return CLI_DONE;
	show_told(&s.r);
	if (s.r.phase == INV_RETURN_DONE) {
		cli_say("  verdict   %s\n", inv_verdict_name(s.r.verdict));
		return CLI_DONE;
	}
	cli_say("  advice    %s\n", inv_verdict_name(s.advice.verdict));
	for (size_t i = 0; i < s.advice.count; i++)
		cli_say("            %s\n", say_plain(s.advice.why[i], cli->lang));
	return CLI_DONE;
}

static const struct cli_option go_options[] = {
	{"although-locked", NULL, "it tells of an Activation Lock, and you know that it has none"},
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
		&r, "the erase goes as soon as the iPad calls");
}

static const struct cli_option finish_options[] = {
	{"looked", NULL, "I have seen that it is erased, whatever it told"},
	{"note", "TEXT", "what was seen; no names"},
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
			cli, ERR_USAGE, "what becomes of it? lend, repair, charge or lessor");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli, inv_return_finish(cli->house.inv, &act, &j, &r), &r, "finished");
}

const struct cli_command cli_return_commands[] = {
	{"return list", "", 0, 0, NULL, "list iPads on their way back", NULL, run_list},
	{"return show", "CODE", 1, 1, NULL, "how far is this return, and what is advised?",
		"`hylla item mark CODE returned --erase yes …` opens one.", run_show},
	{"return go", "CODE", 1, 1, go_options, "wait no longer for its answers: erase it now",
		"Refused while it tells of an Activation Lock: an erase would leave it locked.",
		run_go},
	{"return finish", "CODE VERDICT", 2, 2, finish_options, "say what becomes of it",
		"VERDICT: lend repair charge lessor. Only repair is taken while it is not proved\n"
		"that the iPad is erased, unless --looked says that you have seen it.",
		run_finish},
	{0},
};
