/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla item, hylla task, hylla audit: things, their story, and who did what. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

static const char no_such_state[] =
	"there is no such state: ordered, delivered, in_stock, on_loan, lost, stolen, repair, "
	"returned_to_lessor, discarded or quarantined";

/* --- list --- */

static const struct cli_option list_options[] = {
	{"state", "STATE", "only these: in_stock, on_loan, lost, quarantined …"},
	{0},
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	const enum inv_state *state = l->ask;
	const struct inv_list_ask ask = {.state = *state, .after = l->after, .most = CLI_PAGE};
	struct inv_unit *u;
	size_t n;
	int err = inv_unit_list(txn, l->cli->arena, &ask, &u, &n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++) {
		web_unit_doc(&u[i], doc_add_object(l->list), l->cli->lang);
		cli_print(l->cli, NULL, "%-14s %-14s %-22s %s\n", u[i].serial,
			u[i].item_number ? u[i].item_number : "-",
			inv_state_name((enum inv_state)u[i].state),
			u[i].product ? u[i].product : "");
	}
	cli_list_page(l, n, n ? u[n - 1].serial : NULL);
	return 0;
}

static int run_list(struct cli *cli)
{
	const char *word = cli_option(cli, "state");
	enum inv_state state = 0;

	if (word && inv_state_parse(word, &state) != 0)
		return cli_wrong(cli, ERR_USAGE, no_such_state);
	return cli_list_run(cli, "items", "things", list_in, &state);
}

/* --- show: the unit and its whole story --- */

struct showing {
	struct cli *cli;
	struct doc *d;
};

static void show_event(struct cli *cli, const struct inv_event *e)
{
	char at[CLOCK_TEXT];
	const struct say *to = inv_state_say((enum inv_state)e->to);

	if (cli->json)
		return;
	cli_say("  %s  %-14s %-12s %s%s%s\n", clock_format_local(e->at, at),
		e->actor ? e->actor : "", e->kind, e->to ? say_plain(to, cli->lang) : "",
		e->to && !text_empty(e->text) ? ": " : "", e->text ? e->text : "");
}

static void show_unit(struct cli *cli, const struct inv_unit *u)
{
	const struct say *state = inv_state_say((enum inv_state)u->state);

	cli_print(cli, NULL,
		"%s   %s\n  state     %s\n  product   %s\n  lease     %s\n  SIM       %s\n"
		"  enrolled  %s\n\nHistory, newest first:\n",
		u->serial, u->item_number ? u->item_number : "", say_plain(state, cli->lang),
		u->product ? u->product : "-", u->lease ? u->lease : "-", u->sim ? u->sim : "-",
		u->enrolled ? "yes" : "no");
}

static int show_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct inv_event *e;
	struct inv_unit u;
	struct doc *list;
	size_t n;
	int err = inv_unit_find(txn, s->cli->arena, s->cli->arguments[0], &u);

	if (err == 0)
		err = inv_history_list(txn, u.serial, STORE_PIECE_N(s->cli->arena, 0, 200), &e, &n);
	if (err)
		return err;
	web_unit_doc(&u, s->d, s->cli->lang);
	show_unit(s->cli, &u);
	list = doc_set_list(s->d, "history");
	for (size_t i = 0; i < n; i++) {
		web_event_doc(&e[i], doc_add_object(list));
		show_event(s->cli, &e[i]);
	}
	return 0;
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
	return CLI_DONE;
}

/* --- import --- */

static const struct cli_option import_options[] = {
	{"dry-run", NULL, "only tell what would happen"},
	{"take-good-rows", NULL, "take the rows that are right, leave the others"},
	{0},
};

static int run_import(struct cli *cli)
{
	AUTO(buf) struct buf csv = BUF_INIT(256u << 20);
	struct inv_import_report r = {0};
	struct doc *d = doc_new(cli->arena);
	bool dry = cli_option(cli, "dry-run") != NULL;
	int err = file_read(cli->arguments[0], &csv);

	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_import_csv(cli->house.inv, &cli->who, buf_bytes(&csv),
		cli_option(cli, "take-good-rows") != NULL, dry, cli->lang, cli->now, cli->arena,
		&r);
	if (err && err != ERR_REFUSED && err != ERR_BADINPUT)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	web_import_doc(&r, d);
	cli_print(cli, d, NULL);
	for (size_t i = 0; !cli->json && i < r.fault_count; i++)
		fprintf(stderr, "%s:%zu: %s\n", cli->arguments[0], r.faults[i].line,
			r.faults[i].text);
	if (err) {
		if (!cli->json)
			fprintf(stderr, "Nothing was imported. Mend the lines above%s.\n",
				err == ERR_REFUSED ? ", or say --take-good-rows" : "");
		return CLI_REFUSED;
	}
	cli_print(cli, NULL, "%zu new, %zu changed, %zu as before, %zu left out%s\n", r.made,
		r.changed, r.same, r.refused, dry ? " (dry run: nothing was written)" : "");
	return CLI_DONE;
}

/* --- mark --- */

static const struct cli_option mark_options[] = {
	{"message", "TEXT", "lost, stolen: for the screen of the iPad"},
	{"phone", "NUMBER", "lost, stolen: for whoever finds it"},
	{"erase", "yes|no", "taken back from a loan, returned to the lessor: erase the iPad?"},
	{"preserve-data-plan", "yes|no", "with --erase yes: keep the data plan (eSIM)?"},
	{"return-to-service", "yes|no", "with --erase yes: enrol again by itself (iPadOS 17)?"},
	{"wifi-profile", "FILE", "a Wi-Fi profile for the return to service"},
	{"note", "TEXT", "for its history; no names"},
	{0},
};

static int read_wifi(struct cli *cli, struct bytes *ret)
{
	const char *path = cli_option(cli, "wifi-profile");
	AUTO(buf) struct buf b = BUF_INIT(8u << 20);
	int err = path ? file_read(path, &b) : 0;

	if (err)
		cli_fail(cli, err, NULL, path);
	else
		*ret = arena_bytes(cli->arena, buf_bytes(&b));
	return err;
}

static int run_mark(struct cli *cli)
{
	const char *code = cli->arguments[0], *to = cli->arguments[1];
	const struct inv_act act = cli_act(cli);
	struct inv_mark mark = {
		.message = cli_option(cli, "message"),
		.phone = cli_option(cli, "phone"),
		.note = cli_option(cli, "note"),
	};
	struct doc *d = doc_new(cli->arena);
	struct refusal r = {0};
	bool found = text_equal_case(to, "found"), returned = text_equal_case(to, "returned");
	int err;

	if (!found && !returned && inv_state_parse(to, &mark.to) != 0)
		return cli_wrong(cli, ERR_USAGE, no_such_state);
	if (cli_choice(cli, "erase", &mark.erase) != 0 ||
		cli_choice(cli, "preserve-data-plan", &mark.preserve_data_plan) != 0 ||
		cli_choice(cli, "return-to-service", &mark.return_to_service) != 0)
		return CLI_USAGE;
	if (read_wifi(cli, &mark.wifi_profile) != 0)
		return CLI_FAILED;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	if (found)
		err = inv_found(cli->house.inv, &act, &r);
	else if (returned)
		err = inv_returned(cli->house.inv, &act, &mark, &r);
	else
		err = inv_mark(cli->house.inv, &act, &mark, &r);
	if (err)
		return cli_fail(cli, err, &r, code);
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "%s: marked %s\n", code, to);
	return CLI_DONE;
}

/* --- tasks --- */

static int tasks_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_task *t;
	char at[CLOCK_TEXT];
	int err = inv_task_list(txn, l->cli->arena, true, 500, &t, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		web_task_doc(&t[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%5llu  %-10s %-14s %-22s %s\n",
			(unsigned long long)t[i].id, t[i].kind, t[i].serial, t[i].detail,
			clock_format_local(t[i].made_at, at));
	}
	return err;
}

static int run_tasks(struct cli *cli)
{
	return cli_list_run(cli, "tasks", "open tasks", tasks_in, NULL);
}

static int run_task_done(struct cli *cli)
{
	struct refusal r = {0};
	uint64_t id;
	int err;

	if (text_parse_u64(cli->arguments[0], &id) != 0)
		return cli_wrong(cli, ERR_USAGE, "a task has a number; `hylla task list` has them");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_task_done(cli->house.inv, &cli->who, id, cli->now, &r);
	return cli_done(cli, err, &r, "done");
}

/* --- audit --- */

static const struct cli_option audit_options[] = {
	{"object", "SERIAL", "only what was done to this iPad, thing or account"},
	{0},
};

static int audit_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct audit_record *x;
	char at[CLOCK_TEXT];
	int err = audit_list(
		txn, cli_option(l->cli, "object"), STORE_PIECE_N(l->cli->arena, 0, 100), &x, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		web_audit_doc(&x[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%s  %-14s %-22s %-16s %s\n",
			clock_format_local(x[i].at, at), x[i].actor, x[i].act,
			x[i].object ? x[i].object : "", x[i].detail ? x[i].detail : "");
	}
	return err;
}

static int run_audit(struct cli *cli)
{
	return cli_list_run(cli, "records", NULL, audit_in, NULL);
}

const struct cli_command cli_item_commands[] = {
	{"item list", "", 0, 0, list_options, "list things", NULL, run_list},
	{"item show", "CODE", 1, 1, NULL, "tell one thing's story",
		"CODE is a serial or item number.", run_show},
	{"item import", "FILE.csv", 1, 1, import_options, "import a delivery list",
		"The first line names the columns: serial (needed), item_number, state, product,\n"
		"lease, lease_end, imei, sim, note; in Swedish serienummer, inventarienummer,\n"
		"tillstånd, produkt, leasing, leasing_slut, imei, sim, anteckning. All rows or "
		"none.",
		run_import},
	{"item mark", "CODE STATE", 2, 2, mark_options, "change a thing's state, with what follows",
		"STATE: ordered delivered in_stock on_loan lost stolen found repair returned\n"
		"returned_to_lessor discarded. Marking a quarantined iPad as delivered says: it is "
		"ours.",
		run_mark},
	{"task list", "", 0, 0, NULL, "list what is left for people to do", NULL, run_tasks},
	{"task done", "ID", 1, 1, NULL, "a task is done", NULL, run_task_done},
	{"audit", "", 0, 0, audit_options, "who did what, newest first", NULL, run_audit},
	{0},
};
