/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla fault, hylla notice: what is wrong with things, and what makers warn of. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

static int faults_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	char at[CLOCK_TEXT];
	struct inv_fault *f;
	int err = inv_fault_list(txn, l->cli->arena, NULL, 0, 500, &f, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		web_fault_doc(&f[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%5llu  %s  %-14s %-10s %s\n", (unsigned long long)f[i].id,
			clock_format_local(f[i].made_at, at), f[i].serial,
			inv_fault_state_name(f[i].state), f[i].symptom);
	}
	return err;
}

static int run_fault_list(struct cli *cli)
{
	return cli_list_run(cli, "faults", "open faults", faults_in, NULL);
}

static int run_fault_add(struct cli *cli)
{
	const struct inv_fault f = {.symptom = cli->arguments[1], .channel = "cli"};
	struct refusal r = {0};
	struct inv_act act;
	uint64_t id;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(cli, inv_fault_add(cli->house.inv, &act, &f, &r, &id), &r, "fault noted");
}

static int run_fault_close(struct cli *cli)
{
	struct inv_fault f = {.outcome = cli->arguments[1], .state = INV_FAULT_CLOSED};
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};

	if (text_parse_u64(cli->arguments[0], &f.id) != 0)
		return cli_wrong(
			cli, ERR_USAGE, "a fault has a number; `hylla fault list` has them");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli, inv_fault_step(cli->house.inv, &act, &f, &r), &r, "closed");
}

static int notices_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_notice *n;
	int err = inv_notice_list(txn, l->cli->arena, false, 0, 200, &n, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		web_safety_doc(&n[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%5llu  %-6s %4u of %4u handled  %s\n",
			(unsigned long long)n[i].id, n[i].closed_at ? "closed" : "open",
			n[i].handled, n[i].hits, n[i].title);
	}
	return err;
}

static int run_notice_list(struct cli *cli)
{
	return cli_list_run(cli, "notices", "notices", notices_in, NULL);
}

static int number(struct cli *cli, uint64_t *ret)
{
	if (text_parse_u64(cli->arguments[0], ret) == 0)
		return CLI_DONE;
	return cli_wrong(cli, ERR_USAGE, "a notice has a number; `hylla notice list` has them");
}

static int hits_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	const uint64_t *id = l->ask;
	struct inv_notice_hit *h;
	size_t n;
	int err = inv_notice_hits(txn, l->cli->arena, *id, l->after, CLI_PAGE, &h, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		web_safety_item_doc(&h[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-20s %-12s %-12s %s\n", h[i].serial,
			inv_state_name((enum inv_state)h[i].state), h[i].loan ? h[i].loan : "-",
			h[i].handled_at ? "handled" : "");
	}
	if (err == 0)
		cli_list_page(l, n, n ? h[n - 1].serial : NULL);
	return err;
}

static int run_notice_show(struct cli *cli)
{
	uint64_t id;

	if (number(cli, &id) != CLI_DONE)
		return CLI_USAGE;
	return cli_list_run(cli, "items", "things", hits_in, &id);
}

static const struct cli_option notice_options[] = {
	{"product", "ID", "only this product"},
	{"model", "TEXT", "only this model"},
	{"lot", "TEXT", "only this lot"},
	{"serial-from", "SERIAL", "the first of a stretch of serial numbers"},
	{"serial-to", "SERIAL", "the last of it"},
	{"source", "TEXT", "the maker's or the agency's reference"},
	{"stop", NULL, "those in stock are taken out of use"},
	{0},
};

static int run_notice_add(struct cli *cli)
{
	const struct inv_notice n = {.title = cli->arguments[0],
		.product_id = cli_option(cli, "product"),
		.model = cli_option(cli, "model"),
		.lot = cli_option(cli, "lot"),
		.serial_from = cli_option(cli, "serial-from"),
		.serial_to = cli_option(cli, "serial-to"),
		.source = cli_option(cli, "source"),
		.stop = cli_option(cli, "stop") != NULL};
	struct doc *d = doc_new(cli->arena);
	struct refusal r = {0};
	uint64_t id;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_notice_add(cli->house.inv, &cli->who, &n, cli->now, &r, &id);
	if (err)
		return cli_fail(cli, err, &r, n.title);
	doc_set_int(d, "notice", (int64_t)id);
	cli_print(cli, d, "notice %llu; `hylla notice show %llu` lists its things\n",
		(unsigned long long)id, (unsigned long long)id);
	return CLI_DONE;
}

static int run_notice_handle(struct cli *cli)
{
	struct refusal r = {0};
	struct inv_act act;
	uint64_t id;

	if (number(cli, &id) != CLI_DONE)
		return CLI_USAGE;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	act.code = cli->arguments[1];
	return cli_done(cli, inv_notice_handle(cli->house.inv, &act, id, NULL, &r), &r, "handled");
}

static int run_notice_close(struct cli *cli)
{
	struct refusal r = {0};
	uint64_t id;

	if (number(cli, &id) != CLI_DONE)
		return CLI_USAGE;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(
		cli, inv_notice_close(cli->house.inv, &cli->who, id, cli->now, &r), &r, "closed");
}

const struct cli_command cli_fault_commands[] = {
	{"fault list", "", 0, 0, NULL, "list open faults", NULL, run_fault_list},
	{"fault add", "CODE SYMPTOM", 2, 2, NULL, "something is wrong with a thing", NULL,
		run_fault_add},
	{"fault close", "ID OUTCOME", 2, 2, NULL, "close a fault, with how it ended", NULL,
		run_fault_close},
	{"notice list", "", 0, 0, NULL, "list safety notices", NULL, run_notice_list},
	{"notice show", "ID", 1, 1, NULL, "list the things a notice is about", NULL,
		run_notice_show},
	{"notice add", "TITLE", 1, 1, notice_options, "find the things a maker warns of", NULL,
		run_notice_add},
	{"notice handle", "ID CODE", 2, 2, NULL, "one of its things is seen to", NULL,
		run_notice_handle},
	{"notice close", "ID", 1, 1, NULL, "close a notice whose things are all seen to", NULL,
		run_notice_close},
	{0},
};
