/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla mailing: surveys, educational material and links to iPads. */
#include "server/cli_call.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

static const struct cli_column mailing_rows[] = {{"id", "column.number"},
	{"kind", "column.what", "name.mailing"}, {"title"}, {"starts", "cli.col.start"},
	{"delivered", "cli.col.delivered"}, {"total", "cli.col.total"}, {0}};
static const struct cli_column mailing_columns[] = {{"title"},
	{"kind", "column.what", "name.mailing"},
	{"state", .words = "name.stage"}, {"starts", "cli.col.start"},
	{"delivered", "cli.col.delivered"}, {"waiting", "cli.col.waiting"},
	{"failed", "cli.col.failed"}, {"total", "cli.col.total"}, {"older", "cli.col.older"},
	{"changed", "cli.col.changed"}, {0}};
static const struct cli_column recipient_rows[] = {{"serial"},
	{"state", .words = "name.recipient"}, {"older", "cli.col.older"}, {"why", "field.reason"}, {0}};
static const struct cli_column media_rows[] = {
	{"id", "column.number"}, {"name", "field.file"}, {"title"}, {0}};
static const struct cli_sheet media = {"media", media_rows};

static const struct cli_option list_options[] = {{"q", "TEXT"}, {"kind", "WORD"},
	{"stage", "WORD"}, {"failed", "yes|no"}, {"older", "N"}, {"sort", "COLUMN"}, {"csv", NULL},
	{"o", "FILE"}, {0}};
static const struct cli_call mailing_list = {
	"GET", "/mailings", .list = "mailings", .rows = mailing_rows};

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

static int run_show(struct cli *cli)
{
	struct telling t = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, show_in, &t);
	if (err)
		return cli_thing_fail(cli, err);
	cli_print(cli, t.d, NULL);
	cli_record(cli, mailing_columns, t.d);
	cli_rows(cli, recipient_rows, doc_list(t.d, "recipients"), 0);
	return CLI_DONE;
}

static const struct cli_option send_options[] = {
	{"group", "NAME"},
	{"item", "CODE"},
	{"title", "TEXT"},
	{"url", "URL"},
	{"file", "FILE"},
	{"stay", "SPAN"},
	{"at", "TIME"},
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
	cli_complain(cli, cli_text(cli, "cli.wrong.mailing"));
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
	cli_tell(cli, d, "cli.done.mailing", made.id, NULL);
	return CLI_DONE;
}

static int run_withdraw(struct cli *cli)
{
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		web_mailing_withdraw(cli->house.web, &cli->who, cli->arguments[0], cli->now, &r),
		&r, "cli.done.withdrawn");
}

static int run_media_remove(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_media_remove(cli->house.web, &cli->who, cli->arguments[0], cli->now, &r);
	return err && err != ERR_REFUSED ? cli_fail(cli, err, NULL, cli->arguments[0])
					 : cli_done(cli, err, &r, "cli.done.removed");
}

static int media_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_media *x;
	size_t n;
	int err = mdm_media_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_media_doc(&x[i], doc_add_object(l->list));
	if (err == 0)
		cli_list_page(l, n, n ? x[n - 1].id : NULL);
	return err;
}

static int run_media_list(struct cli *cli)
{
	return cli_list_run(cli, &media, media_in, NULL);
}

static const struct cli_option name_options[] = {{"name", "FILE"}, {0}};
static const struct cli_column media_columns[] = {
	{"id", "column.number"}, {"title"}, {"kind", "column.kind"}, {0}};
static const struct cli_call media_add = {"POST", "/media", "@", .columns = media_columns};

static const struct cli_call file_new = {
	"POST", "/mailings/{id}/file", "id @", .done = "cli.done.mailing_file"};
static const struct cli_call file_undo = {
	"POST", "/mailings/{id}/file/undo", "id", .done = "cli.done.mailing_file_undo"};

const struct cli_command cli_mailing_commands[] = {
	{"media add", "FILE", 1, 1, name_options, cli_call_run, &media_add},
	{"media list", "", 0, 0, NULL, run_media_list},
	{"media remove", "ID", 1, 1, NULL, run_media_remove},
	{"mailing list", "", 0, 0, list_options, cli_call_run, &mailing_list},
	{"mailing show", "ID", 1, 1, NULL, run_show},
	{"mailing send", "KIND", 1, 1, send_options, run_send},
	{"mailing file", "ID FILE", 2, 2, name_options, cli_call_run, &file_new},
	{"mailing file-undo", "ID", 1, 1, NULL, cli_call_run, &file_undo},
	{"mailing withdraw", "ID", 1, 1, NULL, run_withdraw},
	{0},
};
