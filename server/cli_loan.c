/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla loan, hylla hold: what the desk does, for the night and for scripts. A loan is somebody's,
 * so it is told and changed for a person alone. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"
#include "inventory/circulation.h"

static int caller(struct cli *cli, struct inv_desk_who *ret)
{
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	if (!cli->person)
		return cli_wrong(
			cli, ERR_DENIED, "a loan is somebody's: say who you are with --as NAME");
	*ret = (struct inv_desk_who){.who = &cli->who,
		.zones = (cli->roles & WEB_KONSULENT ? PEOPLE_CARE : 0u) |
			 (cli->roles & WEB_BIBLIOTEK ? PEOPLE_LIBRARY : 0u),
		.desk = "cli",
		.now = cli->now};
	return CLI_DONE;
}

static int loan_number(struct cli *cli, uint64_t *ret)
{
	if (inv_loan_number_parse(cli->arguments[0], ret) == 0)
		return CLI_DONE;
	return cli_wrong(cli, ERR_USAGE,
		"that is no loan's number, or its last digit is wrong: L-10009 looks so");
}

/* --- show, list --- */

struct looking {
	struct cli *cli;
	struct inv_desk_who by;
	struct doc *d;
	uint64_t loan;
};

static void show_line(struct cli *cli, const struct inv_loan_line *l)
{
	char day[DAY_TEXT];

	cli_print(cli, NULL, "  %3u  %-14s %-12s %-12s %s\n", l->no,
		l->item_number ? l->item_number : l->serial, inv_line_state_name(l->state),
		l->due ? day_format(l->due, day) : "-", l->name ? l->name : "");
	if (l->replaced_by)
		cli_print(cli, NULL, "       replaced by %s\n", l->replaced_by);
}

static int show_in(struct store_txn *txn, void *arg)
{
	struct looking *j = arg;
	char number[INV_LOAN_NUMBER], at[CLOCK_TEXT];
	struct inv_loan_full f;
	int err = inv_loan_load(txn, j->cli->arena, j->loan, &f);

	if (err == 0 && !(f.loan.zone & j->by.zones))
		err = ERR_NOTFOUND;
	if (err)
		return err;
	web_loan_full_doc(&f, j->d, j->cli->lang);
	cli_print(j->cli, NULL, "%s   %s   %s   %s\n", inv_loan_number(f.loan.id, number),
		people_zone_name((enum people_zone)f.loan.zone),
		f.loan.borrower ? f.loan.borrower : "-",
		clock_format_local(f.loan.happened_at, at));
	for (size_t i = 0; i < f.line_count; i++)
		show_line(j->cli, &f.lines[i]);
	return 0;
}

static int run_show(struct cli *cli)
{
	struct looking j = {.cli = cli, .d = doc_new(cli->arena)};
	int err = loan_number(cli, &j.loan);

	if (err == CLI_DONE)
		err = caller(cli, &j.by);
	if (err)
		return err;
	err = store_read(cli->house.st, show_in, &j);
	if (err)
		return cli_thing_fail(cli, err);
	cli_print(cli, j.d, NULL);
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"borrower", "ID", "of this borrower"},
	{"thing", "CODE", "of this thing, newest first"},
	{"due-to", "DATE", "what should be back by this day"},
	{0},
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_loan_ask ask = *(const struct inv_loan_ask *)l->ask;
	struct inv_loan_row *rows;
	struct inv_unit u;
	const char *next;
	size_t n;
	int err =
		ask.order == INV_LOANS_OF_UNIT ? inv_unit_find(txn, l->cli->arena, ask.key, &u) : 0;

	if (ask.order == INV_LOANS_OF_UNIT)
		ask.key = u.serial;
	ask.after = l->after;
	ask.most = CLI_PAGE;
	if (err == 0)
		err = inv_loan_list(txn, l->cli->arena, &ask, &rows, &n, &next);
	for (size_t i = 0; err == 0 && i < n; i++) {
		char number[INV_LOAN_NUMBER];

		web_loan_row_doc(&rows[i], doc_add_object(l->list), l->cli->lang);
		cli_print(l->cli, NULL, "%-12s", inv_loan_number(rows[i].loan.id, number));
		show_line(l->cli, &rows[i].line);
	}
	if (err)
		return err;
	l->n += n;
	l->after = next;
	l->more = next != NULL;
	return 0;
}

static int run_list(struct cli *cli)
{
	const char *borrower = cli_option(cli, "borrower"), *thing = cli_option(cli, "thing"),
		   *to = cli_option(cli, "due-to");
	struct inv_loan_ask ask = {.key = borrower ? borrower : thing,
		.order = borrower ? INV_LOANS_OF_BORROWER
			 : thing  ? INV_LOANS_OF_UNIT
				  : INV_LOANS_DUE};
	struct inv_desk_who by = {0};
	int err;

	if (to && day_parse(to, &ask.to) != 0)
		return cli_wrong(cli, ERR_USAGE, "a day is written 2026-11-21");
	err = caller(cli, &by);
	if (err)
		return err;
	ask.zones = by.zones;
	return cli_list_run(cli, "loans", "loans", list_in, &ask);
}

/* --- out, in, renew, undo --- */

static const struct cli_option out_options[] = {
	{"place", "ID", "where it is lent"},
	{"yes", NULL, "answer with yes what the rules ask"},
	{0},
};

static int run_out(struct cli *cli)
{
	struct inv_out_item items[INV_LOAN_LINES] = {0};
	struct inv_out out = {.borrower = cli->arguments[0],
		.place = cli_option(cli, "place"),
		.items = items,
		.item_count = cli->argument_count - 1,
		.yes = cli_option(cli, "yes") ? ~0u : 0};
	struct doc *d = doc_new(cli->arena);
	char number[INV_LOAN_NUMBER], day[DAY_TEXT];
	struct inv_out_result res;
	struct inv_desk_who by = {0};
	struct refusal r = {0};
	int err = caller(cli, &by);

	if (err)
		return err;
	for (unsigned i = 1; i < cli->argument_count; i++)
		items[i - 1].code = cli->arguments[i];
	err = inv_check_out(cli->house.inv, &by, &out, &r, &res);
	if (err)
		return cli_fail(cli, err, &r,
			res.bad_item < out.item_count ? items[res.bad_item].code : out.borrower);
	doc_set_str(d, "loan", inv_loan_number(res.loan, number));
	doc_set_str(d, "due", day_format(res.due, day));
	cli_print(cli, d, "%s, due %s\n", number, day);
	return CLI_DONE;
}

static const struct cli_option in_options[] = {
	{"place", "ID", "where it is taken back"},
	{"erase", "yes|no", "an iPad: erase it? (default: as the loan's terms say)"},
	{"yes", NULL, "answer with yes what the rules ask"},
	{0},
};

static int run_in(struct cli *cli)
{
	struct inv_in in = {.code = cli->arguments[0],
		.place = cli_option(cli, "place"),
		.yes = cli_option(cli, "yes") ? ~0u : 0};
	struct doc *d = doc_new(cli->arena);
	char number[INV_LOAN_NUMBER];
	struct inv_in_result res;
	struct inv_desk_who by = {0};
	struct refusal r = {0};
	int err = CLI_DONE;

	if (cli_choice(cli, "erase", &in.erase) != 0)
		return CLI_USAGE;
	err = caller(cli, &by);
	if (err)
		return err;
	err = inv_check_in(cli->house.inv, &by, &in, &r, &res);
	if (err)
		return cli_fail(cli, err, &r, in.code);
	doc_set_str(d, "loan", inv_loan_number(res.loan, number));
	doc_set_bool(d, "handed_in", res.handed_in);
	doc_set_int(d, "days_late", res.days_late);
	cli_print(cli, d, "%s: back from %s%s\n", in.code, number,
		res.handed_in ? ", to be inspected" : "");
	return CLI_DONE;
}

static int run_renew(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	struct inv_renewed res;
	struct inv_desk_who by = {0};
	struct refusal r = {0};
	char day[DAY_TEXT];
	uint64_t loan;
	int err = loan_number(cli, &loan);

	if (err == CLI_DONE)
		err = caller(cli, &by);
	if (err)
		return err;
	err = inv_renew(cli->house.inv, &by, loan, 0, 0, &r, &res);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	doc_set_str(d, "due", day_format(res.due, day));
	cli_print(cli, d, "%s: due %s\n", cli->arguments[0], day);
	return CLI_DONE;
}

static int run_undo(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	struct inv_last last;
	struct inv_desk_who by = {0};
	struct refusal r = {0};
	int err = caller(cli, &by);

	if (err)
		return err;
	err = inv_undo(cli->house.inv, &by, 0, &r, &last, cli->arena);
	if (err)
		return cli_fail(cli, err, &r, NULL);
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "undone: %s\n", inv_last_text(cli->arena, cli->lang, &last));
	return CLI_DONE;
}

const struct cli_command cli_loan_commands[] = {
	{"loan list", "", 0, 0, list_options,
		"list loans: of a borrower, of a thing, or what is due", NULL, run_list},
	{"loan show", "L-NUMBER", 1, 1, NULL, "one loan and its lines", NULL, run_show},
	{"loan out", "BORROWER CODE...", 2, INV_LOAN_LINES + 1, out_options,
		"lend things to a borrower, on one loan",
		"BORROWER is an id, as `hylla borrower find` tells it; CODE a serial or item "
		"number.",
		run_out},
	{"loan in", "CODE", 1, 1, in_options, "take a thing back", NULL, run_in},
	{"loan renew", "L-NUMBER", 1, 1, NULL, "renew what is out on a loan", NULL, run_renew},
	{"loan undo", "", 0, 0, NULL, "undo the last of these acts", NULL, run_undo},
	{0},
};
