/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla device: what may be asked of an iPad. */
#include "server/cli_device.h"

#include "server/cli_call.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

static int tell_queued(struct cli *cli, int err, const struct refusal *r, const char *uuid)
{
	struct doc *d = doc_new(cli->arena);

	if (err)
		return cli_fail(cli, err, r, cli->arguments[0]);
	doc_set_str(d, "uuid", uuid);
	cli_tell(cli, d, "cli.done.queued", uuid, cli->arguments[0]);
	return CLI_DONE;
}

static int run_command(struct cli *cli, const struct mdm_ask *ask)
{
	const struct inv_act act = cli_act(cli);
	char uuid[MDM_UUID];
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return tell_queued(cli, inv_command_add(cli->house.inv, &act, ask, &r, uuid), &r, uuid);
}

/* --- lost and found --- */

static const struct cli_option lost_options[] = {
	{"message", "TEXT"},
	{"phone", "NUMBER"},
	{"footnote", "TEXT"},
	{"stolen", NULL},
	{"police", "NUMBER"},
	{"note", "TEXT"},
	{0},
};

struct device_told {
	struct cli *cli;
	struct doc *d;
};

static int told_in(struct store_txn *txn, void *arg)
{
	struct device_told *x = arg;

	return web_device_doc(x->cli->house.web, txn, x->cli->arguments[0], x->d, x->cli->arena,
		x->cli->lang, x->cli->now);
}

/* Locked when? That is said, or that it cannot be. */
static int lost_told(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	struct device_told x = {.cli = cli, .d = d};
	const struct doc *lost;
	int err = store_read(cli->house.st, told_in, &x);

	lost = doc_object(d, "lost");
	if (err == 0 && lost && doc_str(lost, "hindrance"))
		cli_print(cli, NULL, "%s\n", doc_str(lost, "hindrance"));
	if (err == 0 && lost && doc_str(lost, "waits"))
		cli_print(cli, NULL, "%s\n", doc_str(lost, "waits"));
	return CLI_DONE;
}

static int run_lost(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct inv_mark words = {
		.message = cli_option(cli, "message"),
		.phone = cli_option(cli, "phone"),
		.footnote = cli_option(cli, "footnote"),
		.note = cli_option(cli, "note"),
		.police = cli_option(cli, "police"),
	};
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_lost(cli->house.web, &act, cli_option(cli, "stolen") != NULL, &words, &r);
	err = cli_done(cli, err, &r, "cli.done.lost_mode");
	return err == CLI_DONE && !cli->json ? lost_told(cli) : err;
}

static int run_found(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_found(cli->house.inv, &act, &r);
	return cli_done(cli, err, &r, "cli.done.found");
}

/* --- lock, sound, erase --- */

static const struct cli_option lock_options[] = {
	{"message", "TEXT"},
	{"phone", "NUMBER"},
	{0},
};

static int run_lock(struct cli *cli)
{
	const struct mdm_ask ask = {
		.request = MDM_DEVICE_LOCK,
		.message = cli_option(cli, "message"),
		.phone = cli_option(cli, "phone"),
	};

	return run_command(cli, &ask);
}

static int run_sound(struct cli *cli)
{
	const struct mdm_ask ask = {.request = MDM_PLAY_LOST_MODE_SOUND};

	return run_command(cli, &ask);
}

static const struct cli_option erase_options[] = {
	{"preserve-data-plan", "yes|no"},
	{"return-to-service", "yes|no"},
	{"wifi-profile", "FILE"},
	{"although-locked", NULL},
	{"reason", "TEXT"},
	{0},
};

static int read_file_option(struct cli *cli, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(8u << 20);
	int err = file_read(path, &b);

	if (err) {
		cli_fail(cli, err, NULL, path);
		return err;
	}
	*ret = arena_bytes(cli->arena, buf_bytes(&b));
	return 0;
}

static int run_erase(struct cli *cli)
{
	struct mdm_ask ask = {.request = MDM_ERASE_DEVICE,
		.although_locked = cli_option(cli, "although-locked") ? MDM_YES : MDM_NOT_CHOSEN,
		.reason = cli_option(cli, "reason")};
	const char *wifi = cli_option(cli, "wifi-profile");

	if (cli_choice(cli, "preserve-data-plan", &ask.preserve_data_plan) != 0 ||
		cli_choice(cli, "return-to-service", &ask.return_to_service) != 0)
		return CLI_USAGE;
	if (wifi && read_file_option(cli, wifi, &ask.return_wifi_profile) != 0)
		return CLI_FAILED;
	return run_command(cli, &ask);
}

/* --- locate: two people --- */

static const struct cli_option locate_options[] = {
	{"purpose", "TEXT"},
	{"confirm", NULL},
	{0},
};

static int tell_location(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	const struct refusal nobody = {.say = &mdm_say_locate_nothing, .arg = {act.code}};
	struct doc *d = doc_new(cli->arena);
	struct mdm_location l;
	struct refusal r;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_location_read(cli->house.inv, &act, cli->arena, &l, &r);
	if (err == ERR_NOTFOUND)
		return cli_wrong(cli, err, refusal_text(cli->arena, cli->lang, &nobody));
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	web_location_doc(&l, d);
	if (l.located_at && text_empty(l.error))
		cli_print(cli, d, "%.5f, %.5f (± %.0f m), %s\n", l.latitude, l.longitude,
			l.accuracy_m, cli_when(cli, l.located_at));
	else
		cli_tell(cli, d, "cli.say.no_position",
			l.error		 ? l.error
			: l.confirmed_at ? cli_text(cli, "cli.say.not_answered")
					 : cli_text(cli, "cli.say.second"),
			NULL);
	return CLI_DONE;
}

static int run_locate(struct cli *cli)
{
	const char *purpose = cli_option(cli, "purpose");
	const struct inv_act act = cli_act(cli);
	bool confirm = cli_option(cli, "confirm") != NULL;
	char uuid[MDM_UUID];
	struct refusal r = {0};

	if (!purpose && !confirm)
		return tell_location(cli);
	if (!cli_option(cli, "as"))
		return cli_wrong(
			cli, ERR_USAGE, "cli.wrong.decide");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	if (!(cli->roles & (WEB_IT | WEB_KONSULENT | WEB_ADMIN)))
		return cli_wrong(cli, ERR_DENIED, "cli.wrong.may_not");
	if (confirm)
		return tell_queued(
			cli, web_locate_confirm(cli->house.web, &act, &r, uuid), &r, uuid);
	return cli_done(cli, inv_locate_ask(cli->house.inv, &act, purpose, &r), &r,
		"cli.done.located");
}

static int run_bypass(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct doc *d = doc_new(cli->arena);
	struct mdm_bypass b;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_bypass_read(cli->house.inv, &act, cli->arena, &b);
	if (err == ERR_NOTFOUND)
		return cli_wrong(cli, err,
			"cli.wrong.no_code");
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	web_bypass_doc(&b, d);
	cli_print(cli, d, "%s\n", b.code);
	if (b.code_before)
		cli_print(cli, NULL, "%s\n",
			cli_fill(cli, "cli.say.before", b.code_before, NULL, NULL));
	return CLI_DONE;
}

static const struct cli_option open_options[] = {
	{"reason", "TEXT"},
	{0},
};

static int run_open_lock(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		inv_activation_open(cli->house.inv, &act, cli_option(cli, "reason"), &r), &r,
		"cli.done.open_lock");
}

/* --- any command --- */

static const struct cli_option command_options[] = {
	{"plist", "FILE"},
	{"ask", "JSON"},
	{"preview", NULL},
	{0},
};

static int parse_ask(struct cli *cli, const char *json, struct mdm_ask *ret)
{
	const char *bad = "request";
	struct doc *d;

	if (doc_parse(cli->arena, bytes_of_str(json), &d) == 0 &&
		web_ask_parse(cli->arena, d, ret, &bad) == 0)
		return 0;
	cli_complain(cli, cli_fill(cli, "cli.wrong.ask", bad, NULL, NULL));
	return ERR_USAGE;
}

static int run_preview(struct cli *cli, const struct mdm_ask *ask)
{
	const struct inv_act act = cli_act(cli);
	const struct inv_preview p = {
		.ask = ask, .lang = cli->lang, .a = cli->arena, .d = doc_new(cli->arena)};
	struct refusal r = {0};
	struct doc *list;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_command_preview(cli->house.inv, &act, &p, &r);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	cli_print(cli, p.d, "%s: %s\n", doc_str(p.d, "request_type"), doc_str(p.d, "text"));
	list = doc_list(p.d, "consequences");
	for (size_t i = 0; i < doc_list_size(list); i++)
		cli_print(cli, NULL, "  %s\n", doc_list_str(list, i));
	return CLI_DONE;
}

static int run_any(struct cli *cli)
{
	struct mdm_ask ask = {.request = MDM_RAW};
	const char *plist = cli_option(cli, "plist"), *json = cli_option(cli, "ask");

	if (!plist == !json)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.plist_or_ask");
	if (plist && read_file_option(cli, plist, &ask.raw) != 0)
		return CLI_FAILED;
	if (json && parse_ask(cli, json, &ask) != 0)
		return CLI_USAGE;
	return cli_option(cli, "preview") ? run_preview(cli, &ask) : run_command(cli, &ask);
}

static int run_cancel(struct cli *cli)
{
	const struct inv_act act = cli_act(cli);
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(
		cli, inv_command_cancel(cli->house.inv, &act, &r), &r, "cli.done.cancelled");
}

static const struct cli_column command_rows[] = {{"uuid", "column.number"},
	{"request_type", "column.what", "name.command"}, {"made"}, {"why", "cli.col.came"}, {0}};
static const struct cli_column command_columns[] = {{"uuid", "column.number"},
	{"serial"}, {"request_type", "column.what", "name.command"}, {"made"}, {"made_by"},
	{"why", "cli.col.came"}, {0}};
static const struct cli_call commands = {
	"GET", "/devices/{code}/commands", "code", .list = "commands", .rows = command_rows};
static const struct cli_call command = {
	"GET", "/commands/{uuid}", "uuid", .columns = command_columns};

static const struct cli_option fleet_options[] = {{"state", "STATE"}, {"group", "NAME"},
	{"model", "MODEL"}, {"os", "VERSION"}, {"lent", "ANSWER"}, {"sort", "ORDER"},
	{"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_column fleet_rows[] = {{"serial"}, {"item_number"}, {"state"},
	{"enrolled", "cli.col.enrolled"}, {"stands"}, {"model", "cli.col.model"}, {"os_version"},
	{"seen"}, {0}};
static const struct cli_call fleet = {"GET", "/devices", .list = "devices", .rows = fleet_rows};

const struct cli_command cli_device_commands[] = {
	{"device list", "", 0, 0, fleet_options, cli_call_run, &fleet},
	{"device show", "SERIAL", 1, 1, NULL, cli_device_show},
	{"device why", "SERIAL", 1, 1, NULL, cli_device_why},
	{"device lost", "SERIAL", 1, 1, lost_options, run_lost},
	{"device found", "SERIAL", 1, 1, NULL, run_found},
	{"device lock", "SERIAL", 1, 1, lock_options, run_lock},
	{"device sound", "SERIAL", 1, 1, NULL, run_sound},
	{"device locate", "SERIAL", 1, 1, locate_options, run_locate},
	{"device bypass-code", "SERIAL", 1, 1, NULL, run_bypass},
	{"device open-lock", "SERIAL", 1, 1, open_options, run_open_lock},
	{"device erase", "SERIAL", 1, 1, erase_options, run_erase},
	{"device command", "SERIAL", 1, 1, command_options, run_any},
	{"device commands", "SERIAL", 1, 1, NULL, cli_call_run, &commands},
	{"device command-show", "UUID", 1, 1, NULL, cli_call_run, &command},
	{"device cancel", "UUID", 1, 1, NULL, run_cancel},
	{0},
};
