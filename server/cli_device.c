/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla device: what an iPad is, and what may be asked of it. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

/* --- the acts: one transaction each, run the same way --- */

struct act {
	struct cli *cli;
	const char *code, *serial;
	struct mdm_ask ask;
	const char *purpose;
	char uuid[MDM_UUID];
	struct refusal r;
};

/* mdm knows serial numbers; people also say item numbers. */
static int name_it(struct store_txn *txn, struct act *act)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, act->cli->arena, act->code, &u);

	act->serial = err == 0 ? u.serial : act->code;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int run_act(struct cli *cli, struct act *act, store_fn *fn)
{
	act->cli = cli;
	act->code = cli->arguments[0];
	if (!cli->house.st && cli_house(cli) != 0)
		return ERR_INTERNAL;
	return store_write(cli->house.st, fn, act);
}

static int tell_queued(struct cli *cli, struct act *act, int err)
{
	struct doc *d = doc_new(cli->arena);

	if (!cli->house.st)
		return CLI_FAILED;
	if (err)
		return cli_fail(cli, err, &act->r, act->code);
	doc_set_str(d, "uuid", act->uuid);
	cli_print(cli, d,
		"queued as %s\n`hylla device why %s` tells how it goes.\n", act->uuid, act->code);
	return CLI_DONE;
}

static int command_in(struct store_txn *txn, void *arg)
{
	struct act *act = arg;
	int err = name_it(txn, act);

	return err ? err
		   : mdm_command_add(act->cli->house.mdm, txn, &act->cli->who, act->serial,
			     &act->ask, act->cli->now, &act->r, act->uuid);
}

static int run_command(struct cli *cli, struct act *act)
{
	return tell_queued(cli, act, run_act(cli, act, command_in));
}

/* --- list and show --- */

struct showing {
	struct cli *cli;
	struct doc *d, *list;
	const char *after;
	size_t n;
	bool more;
};

static const char *seen_text(struct cli *cli, int64_t seen)
{
	int64_t ago = cli->now - seen;

	if (!seen)
		return "never";
	if (ago < 120)
		return "just now";
	if (ago < 7200)
		return arena_printf(cli->arena, "%lld min ago", (long long)(ago / 60));
	if (ago < 172800)
		return arena_printf(cli->arena, "%lld h ago", (long long)(ago / 3600));
	return arena_printf(cli->arena, "%lld days ago", (long long)(ago / 86400));
}

static int list_one(struct store_txn *txn, struct showing *s, const struct mdm_enrollment *e)
{
	struct cli *cli = s->cli;
	struct doc *d = doc_add_object(s->list);
	struct inv_unit u = {0};
	int64_t seen = 0;
	int err = inv_unit_get(txn, cli->arena, e->serial, &u);

	if (err && err != ERR_NOTFOUND)
		return err;
	err = mdm_enrollment_seen(cli->house.mdm, txn, e, &seen);
	doc_set_str(d, "serial", e->serial);
	doc_set_str(d, "udid", e->udid);
	doc_set_str(d, "item_number", u.item_number);
	doc_set_str(d, "state", inv_state_name((enum inv_state)u.state));
	doc_set_bool(d, "enrolled", e->state == MDM_ENROLLED);
	doc_set_str(d, "os_version", e->os_version);
	doc_set_time(d, "seen", seen);
	cli_print(cli, NULL, "%-14s %-12s %-20s %-10s %-12s %s\n", e->serial,
		u.item_number ? u.item_number : "-", inv_state_name((enum inv_state)u.state),
		e->state == MDM_ENROLLED ? "enrolled" : "gone",
		e->os_version ? e->os_version : "-", seen_text(cli, seen));
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct mdm_enrollment *e;
	size_t n;
	int err = mdm_enrollment_list(txn, s->cli->arena, s->after, 500, &e, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = list_one(txn, s, &e[i]);
	s->more = err == 0 && n == 500;
	if (s->more)
		s->after = e[n - 1].udid;
	s->n += n;
	return err;
}

static int run_list(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena), .more = true};
	int err = 0;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	s.list = doc_set_list(s.d, "devices");
	while (err == 0 && s.more)
		err = store_read(cli->house.st, list_in, &s);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	cli_print(cli, s.d, "%zu iPads\n", s.n);
	return CLI_DONE;
}

static int show_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;

	return web_device_doc(s->cli->house.web, txn, s->cli->arguments[0], s->d, s->cli->arena,
		s->cli->lang, s->cli->now);
}

static void show_line(const char *label, const char *value)
{
	if (!text_empty(value))
		printf("  %-16s %s\n", label, value);
}

static void show_item(const struct doc *d)
{
	if (!d)
		return;
	printf("%s%s%s\n", doc_str(d, "serial"), doc_str(d, "item_number") ? "   " : "",
		doc_str(d, "item_number") ? doc_str(d, "item_number") : "");
	show_line("state", doc_str(d, "state_text"));
	show_line("product", doc_str(d, "product"));
	show_line("lease", doc_str(d, "lease"));
	show_line("lease ends", doc_str(d, "lease_ends"));
	show_line("SIM", doc_str(d, "sim"));
	show_line("note", doc_str(d, "note"));
}

static void show_mdm(const struct doc *d)
{
	if (!d) {
		printf("  not enrolled\n");
		return;
	}
	show_line("enrolment", doc_str(d, "state"));
	if (!doc_bool(d, "trusted", true))
		show_line("trusted", "no: nothing is sent to it until it is marked as ours");
	show_line("seen", doc_str(d, "seen"));
	show_line("iPadOS", doc_str(d, "os_version"));
	show_line("model", doc_str(d, "product"));
	if (doc_has(d, "supervised"))
		show_line("supervised", doc_bool(d, "supervised", false) ? "yes" : "no");
	show_line("identity ends", doc_str(d, "identity_ends"));
	show_line("UDID", doc_str(d, "udid"));
}

static void show_lost(const struct doc *d)
{
	if (!d || !doc_str(d, "phase"))
		return;
	printf("\nLost Mode: %s (%s, since %s, by %s)\n", doc_str(d, "phase"),
		doc_str(d, "reason") ? doc_str(d, "reason") : "lost", doc_str(d, "since"),
		doc_str(d, "by") ? doc_str(d, "by") : "?");
	show_line("message", doc_str(d, "message"));
	show_line("phone", doc_str(d, "phone"));
	show_line("footnote", doc_str(d, "footnote"));
}

static void show_commands(const struct doc *list, const char *heading)
{
	if (!list || doc_list_size(list) == 0)
		return;
	printf("\n%s\n", heading);
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *c = doc_list_object(list, i);

		printf("  %-26s %s\n", doc_str(c, "request_type"), doc_str(c, "why"));
	}
}

static int run_show(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, show_in, &s);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	cli_print(cli, s.d, NULL);
	if (cli->json)
		return CLI_DONE;
	show_item(doc_object(s.d, "item"));
	show_mdm(doc_object(s.d, "mdm"));
	show_lost(doc_object(s.d, "lost"));
	show_commands(doc_list(s.d, "queue"), "Waiting:");
	show_commands(doc_list(s.d, "done"), "Done, newest first:");
	return CLI_DONE;
}

/* --- why --- */

static int why_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct act act = {.cli = s->cli, .code = s->cli->arguments[0]};
	struct mdm_enrollment e;
	struct mdm_command *c;
	size_t n;
	int err = name_it(txn, &act);

	if (err == 0)
		err = mdm_enrollment_by_serial(txn, s->cli->arena, act.serial, &e);
	if (err == 0)
		err = mdm_queue_list(txn, s->cli->arena, e.udid, 500, &c, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_command_add_doc(s->cli->house.web, txn, &c[i], doc_add_object(s->list),
			s->cli->arena, s->cli->lang, s->cli->now);
	return err;
}

static int run_why(struct cli *cli)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	s.list = doc_set_list(s.d, "queue");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, why_in, &s);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	cli_print(cli, s.d, NULL);
	for (size_t i = 0; !cli->json && i < doc_list_size(s.list); i++) {
		const struct doc *c = doc_list_object(s.list, i);

		printf("%s %s\n  %s\n", doc_str(c, "uuid"), doc_str(c, "request_type"),
			doc_str(c, "why"));
	}
	if (!cli->json && doc_list_size(s.list) == 0)
		printf("Nothing is waiting for %s.\n", cli->arguments[0]);
	return CLI_DONE;
}

/* --- lost, found, returned --- */

static const struct cli_option lost_options[] = {
	{"message", "TEXT", "for the screen of the iPad"},
	{"phone", "NUMBER", "for whoever finds it"},
	{"footnote", "TEXT", "a line below (default: the item number)"},
	{"stolen", NULL, "it was stolen, not lost"},
	{"note", "TEXT", "for its history; no names"},
	{0},
};

static int tell_done(struct cli *cli, int err, const struct refusal *r, const char *text)
{
	struct doc *d = doc_new(cli->arena);

	if (err)
		return cli_fail(cli, err, r, cli->arguments[0]);
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "%s: %s\n", cli->arguments[0], text);
	return CLI_DONE;
}

static const char *const default_message[SAY_LANGS] = {
	[SAY_SV] = "Den här surfplattan tillhör kommunen och saknas.",
	[SAY_FI] = "Tämä laite kuuluu kunnalle ja on kadoksissa.",
	[SAY_EN] = "This iPad belongs to the municipality and is missed.",
};

static int run_lost(struct cli *cli)
{
	struct inv_mark words = {
		.message = cli_option(cli, "message"),
		.phone = cli_option(cli, "phone"),
		.footnote = cli_option(cli, "footnote"),
		.note = cli_option(cli, "note"),
	};
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	/* In a hurry: the house's own words, in the municipality's language. */
	if (text_empty(words.message) && text_empty(words.phone))
		words.message = default_message[say_lang_parse(
			conf_str(cli->house.conf, "server", "language"), SAY_SV)];
	err = inv_lost(cli->house.inv, &cli->who, cli->arguments[0],
		cli_option(cli, "stolen") != NULL, &words, cli->now, &r);
	return tell_done(cli, err, &r,
		"marked; Lost Mode follows when the iPad calls. `hylla device show` tells.");
}

static int run_found(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_found(cli->house.inv, &cli->who, cli->arguments[0], cli->now, &r);
	return tell_done(cli, err, &r, "found; the iPad leaves Lost Mode when it calls");
}

/* --- lock, sound, erase --- */

static const struct cli_option lock_options[] = {
	{"message", "TEXT", "for the lock screen"},
	{"phone", "NUMBER", "for the lock screen"},
	{0},
};

static int run_lock(struct cli *cli)
{
	struct act act = {.ask = {.request = MDM_DEVICE_LOCK,
				  .message = cli_option(cli, "message"),
				  .phone = cli_option(cli, "phone")}};

	return run_command(cli, &act);
}

static int run_sound(struct cli *cli)
{
	struct act act = {.ask = {.request = MDM_PLAY_LOST_MODE_SOUND}};

	return run_command(cli, &act);
}

static const struct cli_option erase_options[] = {
	{"preserve-data-plan", "yes|no", "keep the data plan (eSIM)? must be said"},
	{"return-to-service", "yes|no", "enrol again by itself? must be said"},
	{"wifi-profile", "FILE", "a Wi-Fi profile for the return to service"},
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
	struct act act = {.ask = {.request = MDM_ERASE_DEVICE}};
	const char *wifi = cli_option(cli, "wifi-profile");

	if (cli_choice(cli, "preserve-data-plan", &act.ask.preserve_data_plan) != 0 ||
		cli_choice(cli, "return-to-service", &act.ask.return_to_service) != 0)
		return CLI_USAGE;
	if (wifi && read_file_option(cli, wifi, &act.ask.return_wifi_profile) != 0)
		return CLI_FAILED;
	return run_command(cli, &act);
}

/* --- locate: two people --- */

static const struct cli_option locate_options[] = {
	{"purpose", "TEXT", "ask: why the position is needed (first person)"},
	{"confirm", NULL, "say yes to what another person asked (second person)"},
	{0},
};

static int locate_ask_in(struct store_txn *txn, void *arg)
{
	struct act *act = arg;
	int err = name_it(txn, act);

	return err ? err
		   : mdm_locate_ask(act->cli->house.mdm, txn, &act->cli->who, act->serial,
			     act->purpose, act->cli->now, &act->r);
}

static int locate_confirm_in(struct store_txn *txn, void *arg)
{
	struct act *act = arg;
	int err = name_it(txn, act);

	return err ? err
		   : mdm_locate_confirm(act->cli->house.mdm, txn, &act->cli->who, act->serial,
			     act->cli->now, &act->r, act->uuid);
}

struct reading_location {
	struct act act;
	struct mdm_location l;
};

/* Looking at a position is written down too. */
static int location_in(struct store_txn *txn, void *arg)
{
	struct reading_location *rd = arg;
	struct cli *cli = rd->act.cli;
	int err = name_it(txn, &rd->act);

	if (err == 0)
		err = mdm_location_get(cli->house.mdm, txn, cli->arena, rd->act.serial, &rd->l);
	return err ? err
		   : audit_add(txn, &cli->who, cli->now, "device.location-read", rd->act.serial,
			     NULL);
}

static int tell_location(struct cli *cli)
{
	struct reading_location rd = {0};
	struct doc *d = doc_new(cli->arena);
	char at[CLOCK_TEXT];
	int err = run_act(cli, &rd.act, location_in);

	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	web_location_doc(&rd.l, d);
	if (rd.l.located_at && text_empty(rd.l.error))
		cli_print(cli, d, "%.5f, %.5f (within %.0f m) at %s\n", rd.l.latitude,
			rd.l.longitude, rd.l.accuracy_m, clock_format_local(rd.l.located_at, at));
	else
		cli_print(cli, d, "no position yet: %s\n",
			rd.l.error		? rd.l.error
			: rd.l.confirmed_at ? "the iPad has not answered"
						: "a second person must confirm");
	return CLI_DONE;
}

static int run_locate(struct cli *cli)
{
	struct act act = {.purpose = cli_option(cli, "purpose")};
	bool confirm = cli_option(cli, "confirm") != NULL;
	int err;

	if (!act.purpose && !confirm)
		return cli_house(cli) == 0 ? tell_location(cli) : CLI_FAILED;
	if (!cli_option(cli, "as"))
		return cli_fail(cli, ERR_USAGE, NULL,
			"a person must decide this: say who with --as NAME");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = run_act(cli, &act, confirm ? locate_confirm_in : locate_ask_in);
	if (confirm)
		return tell_queued(cli, &act, err);
	return tell_done(cli, err, &act.r,
		"asked; now another person confirms: `hylla device locate … --confirm --as NAME`");
}

/* --- any command --- */

static const struct cli_option command_options[] = {
	{"plist", "FILE", "a Command dictionary as an XML property list, checked before it is queued"},
	{"ask", "JSON", "a typed command as the API takes it, {\"request\":\"DeviceInformation\"}"},
	{0},
};

static int parse_ask(struct cli *cli, const char *json, struct mdm_ask *ret)
{
	const char *bad = "request";
	struct doc *d;

	if (doc_parse(cli->arena, bytes_of_str(json), &d) == 0 &&
		web_ask_parse(cli->arena, d, ret, &bad) == 0)
		return 0;
	fprintf(stderr, "hylla device command: --ask: the field \"%s\" is wrong; docs/API.md has them\n",
		bad);
	return ERR_USAGE;
}

static int run_any(struct cli *cli)
{
	struct act act = {.ask = {.request = MDM_RAW}};
	const char *plist = cli_option(cli, "plist"), *ask = cli_option(cli, "ask");

	if (!plist == !ask)
		return cli_fail(cli, ERR_USAGE, NULL, "say either --plist FILE or --ask JSON");
	if (plist && read_file_option(cli, plist, &act.ask.raw) != 0)
		return CLI_FAILED;
	if (ask && parse_ask(cli, ask, &act.ask) != 0)
		return CLI_USAGE;
	return run_command(cli, &act);
}

static int cancel_in(struct store_txn *txn, void *arg)
{
	struct act *act = arg;

	return mdm_command_cancel(act->cli->house.mdm, txn, &act->cli->who, act->code,
		act->cli->now, &act->r);
}

static int run_cancel(struct cli *cli)
{
	struct act act = {0};
	int err = run_act(cli, &act, cancel_in);

	if (!cli->house.st)
		return CLI_FAILED;
	return tell_done(cli, err, &act.r, "taken out of the line");
}

const struct cli_command cli_device_commands[] = {
	{"device list", "", 0, 0, NULL, "list the enrolled iPads", NULL, run_list},
	{"device show", "SERIAL", 1, 1, NULL, "tell everything about one iPad",
		"SERIAL may also be the item number, here and below.", run_show},
	{"device why", "SERIAL", 1, 1, NULL, "tell why each waiting command has not run yet", NULL,
		run_why},
	{"device lost", "SERIAL", 1, 1, lost_options, "mark lost or stolen; the iPad goes into Lost Mode",
		"One transaction: the item's state, Lost Mode, the task to stop the SIM, the audit\n"
		"log. Also for an iPad that is off or erased: it follows when it comes back.",
		run_lost},
	{"device found", "SERIAL", 1, 1, NULL, "mark found: everything that lost did is undone", NULL,
		run_found},
	{"device lock", "SERIAL", 1, 1, lock_options, "lock the screen",
		"Anyone who knows the passcode opens it again: against theft use `device lost`.",
		run_lock},
	{"device sound", "SERIAL", 1, 1, NULL, "play a sound on an iPad in Lost Mode", NULL, run_sound},
	{"device locate", "SERIAL", 1, 1, locate_options, "where is a lost iPad? two people decide",
		"First person:  hylla device locate SERIAL --purpose TEXT --as NAME\n"
		"Second person: hylla device locate SERIAL --confirm --as OTHER\n"
		"Without either it tells the position. Everything is in the audit log; the position\n"
		"is erased when the iPad is found.",
		run_locate},
	{"device erase", "SERIAL", 1, 1, erase_options, "erase an iPad",
		"Both choices must be said, so that no data plan is lost by accident.", run_erase},
	{"device command", "SERIAL", 1, 1, command_options, "put any allowed command in its line", NULL,
		run_any},
	{"device cancel", "UUID", 1, 1, NULL, "take a waiting command out of the line", NULL, run_cancel},
	{0},
};
