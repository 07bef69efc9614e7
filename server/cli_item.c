/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla item, hylla task, hylla audit: things, their story, and who did what. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

static const char no_such_state[] = "cli.wrong.state";

/* --- list --- */

static const struct cli_option list_options[] = {
	{"state", "STATE"},
	{"display", "yes|no"},
	{0},
};

static const struct cli_column item_rows[] = {
	{"serial"}, {"item_number"}, {"state"}, {"product"}, {0}};
static const struct cli_sheet items = {"items", item_rows};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_filter f = *(const struct inv_filter *)l->ask;
	struct inv_unit *u;
	const char *next;
	int err;

	f.after = l->after;
	err = inv_unit_filter(txn, l->cli->arena, &f, &u, &l->n, &next);
	if (err)
		return err;
	for (size_t i = 0; i < l->n; i++)
		web_unit_doc(&u[i], doc_add_object(l->list), l->cli->lang);
	l->after = next;
	l->more = next != NULL;
	return 0;
}

static int run_list(struct cli *cli)
{
	const char *word = cli_option(cli, "state");
	struct inv_filter f = {.most = CLI_PAGE};
	enum mdm_choice display;

	if (word && inv_state_parse(word, &f.state) != 0)
		return cli_wrong(cli, ERR_USAGE, no_such_state);
	if (cli_choice(cli, "display", &display) != 0)
		return CLI_USAGE;
	f.display = display == MDM_YES ? 1 : display == MDM_NO ? -1 : 0;
	return cli_list_run(cli, &items, list_in, &f);
}

/* --- show: the unit and its whole story --- */

struct showing {
	struct cli *cli;
	struct doc *d;
};

static const struct cli_column unit_columns[] = {{"state"}, {"product"}, {"place"}, {"lease"},
	{"lease_ends"}, {"sim"}, {"enrolled", "cli.col.enrolled"}, {0}};
static const struct cli_column event_rows[] = {{"at", "column.when"},
	{"actor", "column.who", "name.actor"}, {"to", "column.state", "item.state"},
	{"words", "column.what"}, {0}};

static void show_unit(struct cli *cli, const struct doc *d)
{
	if (cli->json)
		return;
	cli_say("%s   %s\n", doc_str(d, "serial"),
		doc_str(d, "item_number") ? doc_str(d, "item_number") : "");
	cli_record(cli, unit_columns, d);
	cli_say("\n%s\n", cli_text(cli, "cli.say.history"));
	cli_rows(cli, event_rows, doc_list(d, "history"), 0);
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
	list = doc_set_list(s->d, "history");
	for (size_t i = 0; i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_event_doc(&e[i], row);
		doc_set_str(row, "words", web_event_say(s->cli->arena, s->cli->lang, &e[i]));
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
	show_unit(cli, s.d);
	return CLI_DONE;
}

/* --- import --- */

static const struct cli_option import_options[] = {
	{"dry-run", NULL},
	{"take-good-rows", NULL},
	{0},
};

static void tell_counts(struct cli *cli, const struct inv_import_report *r)
{
	struct arena *a = cli->arena;

	cli_print(cli, NULL, "%s, %s\n",
		cli_fill(cli, "cli.say.imported", arena_printf(a, "%zu", r->made),
			arena_printf(a, "%zu", r->changed), arena_printf(a, "%zu", r->same)),
		cli_fill(cli, "cli.say.left_out", arena_printf(a, "%zu", r->refused), NULL, NULL));
}

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
			fprintf(stderr, "%s\n", cli_text(cli, err == ERR_REFUSED ? "cli.wrong.import_rows"
										   : "cli.wrong.import"));
		return CLI_REFUSED;
	}
	tell_counts(cli, &r);
	if (dry)
		cli_print(cli, NULL, "%s\n", cli_text(cli, "cli.say.dry"));
	return CLI_DONE;
}

/* --- mark --- */

static const struct cli_option mark_options[] = {
	{"message", "TEXT"},
	{"phone", "NUMBER"},
	{"erase", "yes|no"},
	{"preserve-data-plan", "yes|no"},
	{"return-to-service", "yes|no"},
	{"wifi-profile", "FILE"},
	{"note", "TEXT"},
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
	cli_print(cli, d, "%s: %s\n", code,
		cli_fill(cli, "cli.done.marked",
			mark.to ? say_plain(inv_state_say(mark.to), cli->lang) : to, NULL, NULL));
	return CLI_DONE;
}

/* --- tasks --- */

static const struct cli_column task_rows[] = {{"id", "column.number"},
	{"kind", "column.task", "name.task"}, {"serial"}, {"detail"}, {"made"}, {0}};
static const struct cli_sheet tasks = {"tasks", task_rows};

static int tasks_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_task *t;
	int err = inv_task_list(txn, l->cli->arena, true, 500, &t, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++)
		web_task_doc(&t[i], doc_add_object(l->list));
	return err;
}

static int run_tasks(struct cli *cli)
{
	return cli_list_run(cli, &tasks, tasks_in, NULL);
}

static int run_task_done(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};
	uint64_t id;
	int err;

	if (text_parse_u64(cli->arguments[0], &id) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.task");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_task_done(cli->house.inv, &act, id, &r);
	return cli_done(cli, err, &r, "cli.done.task");
}

/* --- audit --- */

static const struct cli_option audit_options[] = {
	{"object", "SERIAL"},
	{"act", "ACT"},
	{"actor", "NAME"},
	{"from", "DAY"},
	{"to", "DAY"},
	{0},
};

static const struct cli_column audit_rows[] = {{"at", "column.when"}, {"actor", "column.who"},
	{"act", "column.act", "name.act"}, {"object"}, {"detail"}, {"act", "column.act_code"}, {0}};
static const struct cli_sheet records = {"records", audit_rows};

/* The newest hundred; of days that were asked for, all. */
static int audit_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	const struct audit_ask *ask = l->ask;
	struct audit_record *x;
	uint64_t after = 0;
	int err = l->after ? text_parse_u64(l->after, &after) : 0;

	if (err == 0)
		err = audit_find(txn, ask, STORE_PIECE_N(l->cli->arena, after, 100), &x, &l->n);
	for (size_t i = 0; err == 0 && i < l->n; i++)
		web_audit_doc(&x[i], doc_add_object(l->list));
	if (err == 0 && l->n == 100 && (ask->from || ask->to)) {
		l->after = arena_printf(l->cli->arena, "%llu", (unsigned long long)x[99].seq);
		l->more = true;
	}
	return err;
}

/* The first second of the day that was typed, or of the one behind it. */
static int audit_day(const struct cli *cli, const char *option, int days, int64_t *ret)
{
	const char *s = cli_option(cli, option);
	int32_t day;

	if (!s)
		return 0;
	if (day_parse(s, &day) != 0)
		return ERR_BADINPUT;
	*ret = day_start(day + days);
	return 0;
}

static int run_audit(struct cli *cli)
{
	struct audit_ask ask = {.object = cli_option(cli, "object"),
		.act = cli_option(cli, "act"),
		.actor = cli_option(cli, "actor")};

	if (audit_day(cli, "from", 0, &ask.from) != 0 || audit_day(cli, "to", 1, &ask.to) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.day");
	return cli_list_run(cli, &records, audit_in, &ask);
}

const struct cli_command cli_item_commands[] = {
	{"item list", "", 0, 0, list_options, run_list},
	{"item show", "CODE", 1, 1, NULL, run_show},
	{"item import", "FILE.csv", 1, 1, import_options, run_import},
	{"item mark", "CODE STATE", 2, 2, mark_options, run_mark},
	{"task list", "", 0, 0, NULL, run_tasks},
	{"task done", "ID", 1, 1, NULL, run_task_done},
	{"audit", "", 0, 0, audit_options, run_audit},
	{0},
};
