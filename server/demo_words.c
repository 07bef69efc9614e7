/* SPDX-License-Identifier: EUPL-1.2 */
/* What the demonstration tells whoever started it: where it answers, and what to try. */
#include "server/demo.h"

#include "base/text.h"

/* --- where it answers --- */

/* Bound to every address of the machine: a browser on it says localhost, as the certificate does.
 */
static bool is_anywhere(const char *host)
{
	static const char *const all[] = {"", "0.0.0.0", "[::]", "127.0.0.1", "[::1]"};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (text_equal(host, all[i]))
			return true;
	}
	return false;
}

const char *demo_address(const struct demo *d, const char *side)
{
	struct arena *a = d->cli->arena;
	const struct conf *conf = d->cli->house.conf;
	const char *listen = conf_str(conf, side, "listen"), *colon = strrchr(listen, ':');
	bool plain = text_empty(conf_str(conf, side, "tls_cert"));
	const char *host;

	if (!colon)
		return NULL;
	host = arena_printf(a, "%.*s", (int)(colon - listen), listen);
	return arena_printf(a, "%s://%s%s", plain ? "http" : "https",
		is_anywhere(host) ? "localhost" : host, colon);
}

static const char *listens_at(const struct demo *d, const char *side)
{
	const char *listen = conf_str(d->cli->house.conf, side, "listen");
	const char *colon = strrchr(listen, ':');

	return colon ? colon + 1 : "–";
}

void demo_say_answers(const struct demo *d)
{
	demo_say("%s\n", cli_fill(d->cli, "cli.demo.answers", listens_at(d, "device"),
				 listens_at(d, "staff"), listens_at(d, "public")));
}

static void tell_at(const struct demo *d, const char *key, const char *side)
{
	const char *address = demo_address(d, side);

	if (address)
		demo_tell(d, key, address, d->cli->dir);
}

/* --- what to try --- */

/* A command to type, and in the end of its line what it shows. */
static void say_command(const struct demo *d, const char *command, const char *key)
{
	bool own_dir = !text_equal(d->cli->dir, "data");
	const char *line = arena_printf(d->cli->arena, "./hylla %s%s%s", command,
		own_dir ? " --data " : "", own_dir ? d->cli->dir : "");

	if (key)
		demo_say("  %-36s   %s\n", line, cli_text(d->cli, key));
	else
		demo_say("  %s\n", line);
}

static void say_words(const struct demo *d)
{
	if (d->password)
		demo_tell(d, "cli.demo.word", "it", d->password);
	for (size_t i = 0; d->town.accounts[i].name; i++)
		demo_tell(
			d, "cli.demo.word", d->town.accounts[i].name, d->town.accounts[i].password);
}

/* Lost and found again: one that is on loan, or, where few are, one that the delivery list knows.
 */
static void say_lost(const struct demo *d)
{
	struct arena *a = d->cli->arena;
	const char *serial = demo_serial(a, d->count > 5 ? 5 : 1);

	say_command(d, arena_printf(a, "device lost %s --phone '033-35 70 00'", serial), NULL);
	say_command(d, arena_printf(a, "device show %s", serial), "cli.demo.lost");
	say_command(d, arena_printf(a, "item show %s", serial), "cli.demo.story");
	say_command(d, arena_printf(a, "device found %s", serial), NULL);
}

static void say_locked(const struct demo *d)
{
	struct arena *a = d->cli->arena;
	const char *serial = demo_serial(a, DEMO_LOCKED);

	say_command(d,
		arena_printf(
			a, "device command %s --ask '{\"request\":\"CertificateList\"}'", serial),
		NULL);
	say_command(d, arena_printf(a, "device why %s", serial), "cli.demo.waits");
}

static void say_ipads(const struct demo *d)
{
	struct arena *a = d->cli->arena;

	say_command(d, "device list", NULL);
	if (d->count > 1)
		say_lost(d);
	if (d->count >= DEMO_LOCKED)
		say_locked(d);
	say_command(d, "item list --state quarantined", "cli.demo.stranger");
	say_command(d,
		"mailing send survey --group all --title 'Hur går det?' --url https://example.se/",
		"cli.demo.survey");
	say_command(d, "ade show", NULL);
	say_command(
		d, arena_printf(a, "item show %s", demo_serial(a, d->count + 1)), "cli.demo.box");
}

void demo_say_next(const struct demo *d)
{
	demo_say("\n");
	say_words(d);
	demo_say("\n");
	demo_tell(d, "cli.demo.runs", NULL, NULL);
	demo_say("\n");
	if (d->fleet)
		say_ipads(d);
	else
		say_command(d, "enrol batch --most 5", "cli.demo.batch");
	say_command(d, "audit", NULL);
	tell_at(d, "cli.demo.pages", "staff");
	tell_at(d, "cli.demo.promise", "public");
	demo_say("\n");
	demo_tell(d, "cli.demo.log", demo_server_log(d), NULL);
	demo_tell(d, "cli.demo.stop", NULL, NULL);
	demo_say("\n");
}
