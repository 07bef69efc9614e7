/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla device list, show and why: what an iPad is and what it waits for. */
#include "server/cli_device.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

/* --- list --- */

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

static int list_one(struct store_txn *txn, struct cli_list *l, const struct mdm_enrollment *e)
{
	struct cli *cli = l->cli;
	struct doc *d = doc_add_object(l->list);
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
		e->state == MDM_ENROLLED ? "enrolled" : "gone", e->os_version ? e->os_version : "-",
		seen_text(cli, seen));
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_enrollment *e;
	size_t n;
	int err = mdm_enrollment_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &e, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = list_one(txn, l, &e[i]);
	if (err == 0)
		cli_list_page(l, n, n ? e[n - 1].udid : NULL);
	return err;
}

int cli_device_list(struct cli *cli)
{
	return cli_list_run(cli, "devices", "iPads", list_in, NULL);
}

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

static void show_line(const char *label, const char *value)
{
	if (!text_empty(value))
		cli_say("  %-16s %s\n", label, value);
}

/* The document has times for programs; people read theirs in the configured zone. */
static const char *local_time(const char *rfc3339, char out[CLOCK_TEXT])
{
	int64_t t;

	return rfc3339 && clock_parse(rfc3339, &t) == 0 ? clock_format_local(t, out) : rfc3339;
}

static void show_item(const struct doc *d)
{
	if (!d)
		return;
	cli_say("%s%s%s\n", doc_str(d, "serial"), doc_str(d, "item_number") ? "   " : "",
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
	char at[CLOCK_TEXT];

	if (!d) {
		cli_say("  not enrolled\n");
		return;
	}
	show_line("enrolment", doc_str(d, "state"));
	if (!doc_bool(d, "trusted", true))
		show_line("trusted", "no: nothing is sent to it until it is marked as ours");
	show_line("seen", local_time(doc_str(d, "seen"), at));
	show_line("iPadOS", doc_str(d, "os_version"));
	show_line("model", doc_str(d, "product"));
	if (doc_has(d, "supervised"))
		show_line("supervised", doc_bool(d, "supervised", false) ? "yes" : "no");
	show_line("identity ends", local_time(doc_str(d, "identity_ends"), at));
	show_line("UDID", doc_str(d, "udid"));
}

static void show_lost(const struct doc *d)
{
	char at[CLOCK_TEXT];

	if (!d || !doc_str(d, "phase"))
		return;
	cli_say("\nLost Mode: %s (%s, since %s, by %s)\n", doc_str(d, "phase"),
		doc_str(d, "reason") ? doc_str(d, "reason") : "lost",
		local_time(doc_str(d, "since"), at), doc_str(d, "by") ? doc_str(d, "by") : "?");
	show_line("message", doc_str(d, "message"));
	show_line("phone", doc_str(d, "phone"));
	show_line("footnote", doc_str(d, "footnote"));
	show_line("in the way", doc_str(d, "hindrance"));
}

static void show_report(const struct doc *d)
{
	const struct doc *list = d ? doc_list(d, "items") : NULL;
	char at[CLOCK_TEXT];

	if (!list || doc_list_size(list) == 0)
		return;
	cli_say("\nreported %s\n", local_time(doc_str(d, "told"), at));
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);

		cli_say("  %-24s %s\n", doc_str(row, "label"), doc_str(row, "text"));
	}
}

static void show_lock(const struct doc *d, const struct doc *facts)
{
	if (facts && doc_bool(facts, "IsActivationLockEnabled", false))
		cli_say("\nActivation Lock: it tells that one is on\n");
	if (!d)
		return;
	cli_say("\nActivation Lock: %s\n", doc_str(d, "state_text"));
	show_line("reason", doc_str(d, "reason"));
	show_line("in the way", doc_str(d, "trouble_text"));
}

static void show_commands(const struct doc *list, const char *heading)
{
	if (!list || doc_list_size(list) == 0)
		return;
	cli_say("\n%s\n", heading);
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
	show_item(doc_object(s.d, "item"));
	show_mdm(doc_object(s.d, "mdm"));
	show_lost(doc_object(s.d, "lost"));
	show_lock(doc_object(s.d, "activation_lock"), doc_object(s.d, "facts"));
	show_report(doc_object(s.d, "report"));
	show_commands(doc_list(s.d, "queue"), "Waiting:");
	show_commands(doc_list(s.d, "done"), "Done, newest first:");
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
		cli_say("Nothing is waiting for %s; last seen: %s.\n", cli->arguments[0],
			seen_text(cli, s.seen));
	return CLI_DONE;
}
