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
			cli, ERR_DENIED, "cli.wrong.loan_person");
	*ret = (struct inv_desk_who){.who = &cli->who,
		.zones = (cli->roles & WEB_KONSULENT ? PEOPLE_CARE : 0u) |
			 (cli->roles & WEB_BIBLIOTEK ? PEOPLE_LIBRARY : 0u),
		.desk = "cli",
		.now = cli->now,
		.duties = web_duties(cli->roles)};
	return CLI_DONE;
}

static int loan_number(struct cli *cli, uint64_t *ret)
{
	if (inv_loan_number_parse(cli->arguments[0], ret) == 0)
		return CLI_DONE;
	return cli_wrong(cli, ERR_USAGE,
		"cli.wrong.loan_number");
}

/* --- show, list --- */

struct looking {
	struct cli *cli;
	struct inv_desk_who by;
	struct doc *d;
	uint64_t loan;
};

static const struct cli_column loan_columns[] = {{"loan"}, {"zone", .words = "name.zone"},
	{"borrower"}, {"happened", "column.lent"}, {"place"}, {0}};
static const struct cli_column line_rows[] = {{"line", "cli.col.line"}, {"item_number"},
	{"serial"}, {"state"}, {"due"}, {"name", "column.thing"},
	{"replaced_by", "cli.col.replaced_by"}, {0}};
static const struct cli_column loan_rows[] = {{"loan"}, {"thing.item_number"}, {"thing.serial"},
	{"thing.state"}, {"thing.due"}, {"thing.name", "column.thing"}, {0}};
static const struct cli_sheet loans = {"loans", loan_rows};

static int show_in(struct store_txn *txn, void *arg)
{
	struct looking *j = arg;
	struct inv_loan_full f;
	int err = inv_loan_load(txn, j->cli->arena, j->loan, &f);

	if (err == 0 && !(f.loan.zone & j->by.zones))
		err = ERR_NOTFOUND;
	if (err)
		return err;
	web_loan_full_doc(&f, j->d, j->cli->lang);
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
	cli_record(cli, loan_columns, j.d);
	cli_rows(cli, line_rows, doc_list(j.d, "lines"), 0);
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"borrower", "ID"},
	{"thing", "CODE"},
	{"due-to", "DATE"},
	{"unsigned", NULL},
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
	for (size_t i = 0; err == 0 && i < n; i++)
		web_loan_row_doc(&rows[i], doc_add_object(l->list), l->cli->lang);
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

	if (cli_option(cli, "unsigned") && (ask.key || to))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.unsigned_alone");
	if (cli_option(cli, "unsigned"))
		ask.order = INV_LOANS_UNSIGNED;
	if (to && day_parse(to, &ask.to) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.day");
	err = caller(cli, &by);
	if (err)
		return err;
	ask.zones = by.zones;
	return cli_list_run(cli, &loans, list_in, &ask);
}

/* --- out, in, renew, undo --- */

static const struct cli_option out_options[] = {
	{"place", "ID"},
	{"yes", NULL},
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
	cli_tell(cli, d, "cli.done.loan_out", number, cli_day(cli, res.due));
	return CLI_DONE;
}

static const struct cli_option in_options[] = {
	{"place", "ID"},
	{"erase", "yes|no"},
	{"late-reason", "WORD"},
	{"early-reason", "WORD"},
	{"yes", NULL},
	{0},
};

static int run_in(struct cli *cli)
{
	struct inv_in in = {.code = cli->arguments[0],
		.place = cli_option(cli, "place"),
		.late_reason = cli_option(cli, "late-reason"),
		.early_reason = cli_option(cli, "early-reason"),
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
	cli_tell(cli, d, res.handed_in ? "cli.done.handed_in" : "cli.done.loan_in", in.code, number);
	return CLI_DONE;
}

static const struct cli_option renew_options[] = {{"late-reason", "WORD"}, {0}};

static int run_renew(struct cli *cli)
{
	struct inv_renewal how = {.late_reason = cli_option(cli, "late-reason")};
	struct doc *d = doc_new(cli->arena);
	struct inv_renewed res;
	struct inv_desk_who by = {0};
	struct refusal r = {0};
	char day[DAY_TEXT];
	int err = loan_number(cli, &how.loan);

	if (err == CLI_DONE)
		err = caller(cli, &by);
	if (err)
		return err;
	err = inv_renew(cli->house.inv, &by, &how, &r, &res);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	doc_set_str(d, "due", day_format(res.due, day));
	cli_tell(cli, d, "cli.done.loan_out", cli->arguments[0], cli_day(cli, res.due));
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
	cli_tell(cli, d, "cli.done.undone", inv_last_text(cli->arena, cli->lang, &last), NULL);
	return CLI_DONE;
}

const struct cli_command cli_loan_commands[] = {
	{"loan list", "", 0, 0, list_options, run_list},
	{"loan show", "L-NUMBER", 1, 1, NULL, run_show},
	{"loan out", "BORROWER CODE...", 2, INV_LOAN_LINES + 1, out_options, run_out},
	{"loan in", "CODE", 1, 1, in_options, run_in},
	{"loan renew", "L-NUMBER", 1, 1, renew_options, run_renew},
	{"loan undo", "", 0, 0, NULL, run_undo},
	{0},
};
