/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla device show and why: what an iPad is and what it waits for. */
#include "server/cli_device.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

/* --- show --- */

struct showing {
	struct cli *cli;
	struct doc *d, *list;
	const char *serial; /* of the thing, when it is there at all */
	int64_t seen;
};

static int show_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;

	return web_device_doc(s->cli->house.web, txn, s->cli->arguments[0], s->d, s->cli->arena,
		s->cli->lang, s->cli->now);
}

static const struct cli_column item_columns[] = {{"state"}, {"product"}, {"lease"},
	{"lease_ends"}, {"sim"}, {"note"}, {0}};
static const struct cli_column mdm_columns[] = {{"state", "cli.col.enrolment", "name.enrolment"},
	{"seen"}, {"os_version"}, {"product", "cli.col.model"}, {"supervised", "cli.col.supervised"},
	{"identity_ends", "cli.col.identity_ends"}, {"udid"}, {0}};
static const struct cli_column lost_columns[] = {{"reason", .words = "item.state"},
	{"phase", "cli.col.phase", "name.lost"}, {"since", "cli.col.since"}, {"by", "column.who"},
	{"message"}, {"phone"}, {"footnote", "cli.col.footnote"},
	{"hindrance", "cli.col.trouble"}, {"waits", "cli.col.waiting"}, {0}};
static const struct cli_column lock_columns[] = {
	{"state"}, {"reason"}, {"trouble", "cli.col.trouble"}, {0}};

static void show_item(struct cli *cli, const struct doc *d)
{
	if (!d)
		return;
	cli_say("%s%s%s\n", doc_str(d, "serial"), doc_str(d, "item_number") ? "   " : "",
		doc_str(d, "item_number") ? doc_str(d, "item_number") : "");
	cli_record(cli, item_columns, d);
}

static void show_mdm(struct cli *cli, const struct doc *d)
{
	cli_record(cli, mdm_columns, d);
	if (!d || !doc_bool(d, "trusted", true))
		cli_say("  %s\n", cli_text(cli, d ? "cli.say.not_trusted" : "cli.say.not_enrolled"));
}

/* A heading, and what belongs below it. */
static void show_part(
	struct cli *cli, const char *head, const struct cli_column *columns, const struct doc *d)
{
	if (!d)
		return;
	cli_say("\n%s\n", cli_text(cli, head));
	cli_record(cli, columns, d);
}

static void show_errors(struct cli *cli, const struct doc *list)
{
	if (doc_list_size(list))
		cli_say("\n%s\n", cli_text(cli, "device.report_errors"));
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);
		const char *text = doc_str(row, "text"), *code = doc_str(row, "code");

		cli_say("  %-24s %s%s%s%s\n", doc_str(row, "label"), text ? text : "",
			code ? " (" : "", code ? code : "", code ? ")" : "");
	}
}

static void show_report(struct cli *cli, const struct doc *d)
{
	const struct doc *list = d ? doc_list(d, "items") : NULL;
	const struct cli_column told = {"told"};

	if (!list || (doc_list_size(list) == 0 && doc_list_size(doc_list(d, "errors")) == 0))
		return;
	cli_say("\n%s\n", cli_fill(cli, "cli.say.reported", cli_cell(cli, d, &told), NULL, NULL));
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);

		cli_say("  %-24s %s\n", doc_str(row, "label"), doc_str(row, "text"));
	}
	show_errors(cli, doc_list(d, "errors"));
}

static void show_lock(struct cli *cli, const struct doc *d, const struct doc *facts)
{
	const struct doc *told = facts ? doc_object(facts, "information") : NULL;

	if (told && doc_bool(told, "IsActivationLockEnabled", false))
		cli_say("\n%s\n", cli_text(cli, "cli.say.lock_on"));
	show_part(cli, "cli.say.lock", lock_columns, d);
}

static void show_commands(struct cli *cli, const struct doc *list, const char *heading)
{
	if (!list || doc_list_size(list) == 0)
		return;
	cli_say("\n%s\n", cli_text(cli, heading));
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *c = doc_list_object(list, i);

		cli_say("  %-26s %s\n", doc_str(c, "request_type"), doc_str(c, "why"));
	}
}

int cli_device_show(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, show_in, &s);
	if (err)
		return cli_thing_fail(cli, err);
	cli_print(cli, s.d, NULL);
	if (cli->json)
		return CLI_DONE;
	show_item(cli, doc_object(s.d, "item"));
	show_mdm(cli, doc_object(s.d, "mdm"));
	if (doc_object(s.d, "lost") && doc_str(doc_object(s.d, "lost"), "phase"))
		show_part(cli, "cli.say.lost_mode", lost_columns, doc_object(s.d, "lost"));
	show_lock(cli, doc_object(s.d, "activation_lock"), doc_object(s.d, "facts"));
	show_report(cli, doc_object(s.d, "report"));
	show_commands(cli, doc_list(s.d, "queue"), "cli.say.waiting");
	show_commands(cli, doc_list(s.d, "done"), "cli.say.done");
	return CLI_DONE;
}

/* --- why --- */

static int why_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct mdm_enrollment e;
	struct mdm_command *c;
	struct inv_unit u;
	size_t n = 0;
	int err = inv_serial_find(txn, s->cli->arena, s->cli->arguments[0], &s->serial);

	if (err == 0)
		err = mdm_enrollment_by_serial(txn, s->cli->arena, s->serial, &e);
	if (err == ERR_NOTFOUND && inv_unit_get(txn, s->cli->arena, s->serial, &u) != 0)
		s->serial = NULL;
	if (err == 0)
		err = mdm_enrollment_seen(s->cli->house.mdm, txn, &e, &s->seen);
	if (err == 0)
		err = mdm_queue_list(txn, s->cli->arena, e.udid, 500, &c, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_command_add_doc(s->cli->house.web, txn, &c[i], doc_add_object(s->list),
			s->cli->arena, s->cli->lang, s->cli->now);
	return err;
}

/* A thing that is known but not enrolled is silent for a reason of its own. */
static int why_fail(struct cli *cli, int err, const char *serial)
{
	const struct refusal r = {.say = &mdm_say_not_enrolled, .arg = {serial}};

	if (err != ERR_NOTFOUND || !serial)
		return cli_thing_fail(cli, err);
	return cli_wrong(cli, err, refusal_text(cli->arena, cli->lang, &r));
}

int cli_device_why(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	s.list = doc_set_list(s.d, "queue");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, why_in, &s);
	if (err)
		return why_fail(cli, err, s.serial);
	cli_print(cli, s.d, NULL);
	for (size_t i = 0; !cli->json && i < doc_list_size(s.list); i++) {
		const struct doc *c = doc_list_object(s.list, i);

		cli_say("%s %s\n  %s\n", doc_str(c, "uuid"), doc_str(c, "request_type"),
			doc_str(c, "why"));
	}
	if (!cli->json && doc_list_size(s.list) == 0)
		cli_say("%s\n",
			cli_fill(cli, "cli.say.nothing_waits", cli->arguments[0],
				s.seen ? cli_when(cli, s.seen) : cli_text(cli, "cli.say.never"),
				NULL));
	return CLI_DONE;
}
