/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla mailing: surveys, educational material and links to iPads. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_mailing *x;
	char at[CLOCK_TEXT];
	size_t n;
	int err = mdm_mailing_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &x, &n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++) {
		web_mailing_doc(&x[i], doc_add_object(l->list));
		if (!l->cli->json)
			cli_say("%s  %s  %lld of %lld  %s\n", x[i].id,
				clock_format_local(x[i].starts_at, at), (long long)x[i].delivered,
				(long long)x[i].total, x[i].title);
	}
	cli_list_page(l, n, n ? x[n - 1].id : NULL);
	return 0;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, "mailings", "mailings", list_in, NULL);
}

struct telling {
	struct cli *cli;
	struct doc *d;
};

static int show_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;

	return web_mailing_whole_doc(t->cli->house.web, txn, t->cli->arena, t->cli->arguments[0],
		NULL, CLI_PAGE, t->cli->lang, t->cli->now, t->d);
}

static long long number(const struct doc *d, const char *key)
{
	int64_t n = 0;

	return doc_int(d, key, &n) == 0 ? (long long)n : 0;
}

static int run_show(struct cli *cli)
{
	struct telling t = {.cli = cli, .d = doc_new(cli->arena)};
	const struct doc *list;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, show_in, &t);
	if (err)
		return cli_thing_fail(cli, err);
	cli_print(cli, t.d, "%s (%s): %lld delivered, %lld waiting, %lld failed of %lld\n",
		doc_str(t.d, "title"), doc_str(t.d, "state"), number(t.d, "delivered"),
		number(t.d, "waiting"), number(t.d, "failed"), number(t.d, "total"));
	list = doc_list(t.d, "recipients");
	for (size_t i = 0; !cli->json && i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		cli_say("  %-16s %-10s %s\n", doc_str(d, "serial"), doc_str(d, "state"),
			doc_str(d, "why") ? doc_str(d, "why") : "");
	}
	return CLI_DONE;
}

static const struct cli_option send_options[] = {
	{"group", "NAME", "to every iPad of this group"},
	{"item", "CODE", "to this iPad"},
	{"title", "TEXT", "what stands under the icon, 1-60 characters"},
	{"url", "URL", "survey, link: where it leads"},
	{"file", "FILE", "media: a PDF or EPUB"},
	{"stay", "SPAN", "how long the icon stays (surveys: 14d)"},
	{"at", "TIME", "when it begins, 2026-12-08 or 2026-12-08T09:00:00+01:00 (default: now)"},
	{0},
};

static int file_send(
	struct cli *cli, const char *path, struct web_mailing_ask *ask, struct refusal *r)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_MEDIA_MOST + 1);
	const char *slash = strrchr(path, '/');
	struct mdm_media x;
	int err = file_read(path, &b);

	if (err == 0)
		err = mdm_media_add(cli->house.mdm,
			&(struct mdm_media_ask){
				&cli->who, slash ? slash + 1 : path, buf_bytes(&b), cli->now},
			cli->arena, &x, r);
	if (err == 0)
		ask->want.media = x.id;
	return err;
}

static int ask_read(struct cli *cli, struct web_mailing_ask *ask)
{
	const char *stay = cli_option(cli, "stay"), *at = cli_option(cli, "at");
	const char *code = cli_option(cli, "item");

	ask->want.title = cli_option(cli, "title");
	ask->want.group = cli_option(cli, "group");
	ask->want.url = cli_option(cli, "url");
	if (web_mailing_kind_parse(cli->arguments[0], &ask->want.kind) == 0 &&
		(!stay || clock_parse_span(stay, &ask->want.remove_after_s) == 0) &&
		(!at || clock_parse(at, &ask->want.starts_at) == 0) &&
		(!code || inv_code_parse(cli->arena, code, &ask->code) == 0))
		return 0;
	fprintf(stderr,
		"hylla mailing send: the kind is survey, media or link; --stay is a span like 14d, "
		"--at a time, --item a serial or item number\n");
	return ERR_USAGE;
}

static int run_send(struct cli *cli)
{
	struct web_mailing_ask ask = {.now = cli->now};
	const char *file = cli_option(cli, "file");
	struct doc *d = doc_new(cli->arena);
	struct mdm_mailing made;
	struct refusal r = {0};
	int err = 0;

	if (ask_read(cli, &ask) != 0)
		return CLI_USAGE;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	ask.who = &cli->who;
	if (file)
		err = file_send(cli, file, &ask, &r);
	if (err == 0)
		err = web_mailing_add(cli->house.web, &ask, cli->arena, &r, &made);
	if (err)
		return cli_fail(cli, err, &r, file ? file : cli->arguments[0]);
	web_mailing_doc(&made, d);
	cli_print(cli, d, "%s\n`hylla mailing show %s` tells how it goes.\n", made.id, made.id);
	return CLI_DONE;
}

static int run_withdraw(struct cli *cli)
{
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		web_mailing_withdraw(cli->house.web, &cli->who, cli->arguments[0], cli->now, &r),
		&r, "withdrawn; it goes from the iPads as they call");
}

static int run_media_remove(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_media_remove(cli->house.web, &cli->who, cli->arguments[0], cli->now, &r);
	return err && err != ERR_REFUSED ? cli_fail(cli, err, NULL, cli->arguments[0])
					 : cli_done(cli, err, &r, "removed");
}

static int media_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_media *x;
	size_t n;
	int err = mdm_media_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		web_media_doc(&x[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-34s %-24s %s\n", x[i].id, x[i].name, x[i].title);
	}
	if (err == 0)
		cli_list_page(l, n, n ? x[n - 1].id : NULL);
	return err;
}

static int run_media_list(struct cli *cli)
{
	return cli_list_run(cli, "media", "files", media_in, NULL);
}

const struct cli_command cli_mailing_commands[] = {
	{"media list", "", 0, 0, NULL, "list the books that were uploaded", NULL, run_media_list},
	{"media remove", "ID", 1, 1, NULL, "drop a book that no mailing and no set uses", NULL,
		run_media_remove},
	{"mailing list", "", 0, 0, NULL, "list the mailings, newest first", NULL, run_list},
	{"mailing show", "ID", 1, 1, NULL, "tell how far a mailing has come, and why not further",
		NULL, run_show},
	{"mailing send", "KIND", 1, 1, send_options,
		"send a survey, educational material or a link",
		"KIND is survey, media or link. Only these can be sent to iPads. A survey's link "
		"is\n"
		"good once, and nothing tells whose it was.",
		run_send},
	{"mailing withdraw", "ID", 1, 1, NULL, "undo a mailing", NULL, run_withdraw},
	{0},
};
