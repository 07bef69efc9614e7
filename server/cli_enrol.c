/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla enrol, hylla push-cert: letting iPads in, and the certificate that wakes them. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "print/print.h"

#include <stdio.h>
#include <unistd.h>

/* --- enrol --- */

static const struct cli_option profile_options[] = {
	{"o", "FILE"},
	{"life", "SPAN"},
	{0},
};

static int read_life(struct cli *cli, int64_t otherwise_s, int64_t *ret)
{
	const char *life = cli_option(cli, "life");

	*ret = otherwise_s;
	if (!life || clock_parse_span(life, ret) == 0)
		return 0;
	cli_complain(cli, cli_text(cli, "cli.wrong.life"));
	return ERR_USAGE;
}

/* The address, and on a terminal a QR code to point the iPad at. */
static int tell_invitation(struct cli *cli, const struct mdm_invitation *i, const char *url)
{
	AUTO(buf) struct buf qr = BUF_INIT(1 << 20);
	struct doc *d = doc_new(cli->arena);

	web_invitation_doc(i, d);
	doc_set_str(d, "url", url);
	cli_print(cli, d, "%s\n", url);
	if (!cli->json && isatty(STDOUT_FILENO) && print_qr_text(url, &qr) == 0)
		printf("\n%s\n", buf_str(&qr));
	return CLI_DONE;
}

static int write_profile(
	struct cli *cli, const struct mdm_invitation *i, const char *path, int64_t life_s)
{
	struct doc *d = doc_new(cli->arena);
	struct bytes profile;
	int err = mdm_profile_make(cli->house.mdm,
		&(struct mdm_profile_ask){.invitation = i->id, .life_s = life_s, .now = cli->now},
		cli->arena, &profile);

	if (err == 0)
		err = file_write(path, profile, 0600);
	if (err)
		return cli_fail(cli, err, NULL, path);
	web_invitation_doc(i, d);
	doc_set_str(d, "file", path);
	cli_tell(cli, d, "cli.done.profile", path, NULL);
	return CLI_DONE;
}

static int run_profile(struct cli *cli)
{
	const char *path = cli_option(cli, "o");
	struct mdm_invitation_ask ask = {.who = &cli->who, .now = cli->now, .most = 1};
	struct mdm_invitation made;
	const char *url;
	int err;

	if (read_life(cli, 7 * 86400, &ask.life_s) != 0)
		return CLI_USAGE;
	if (inv_code_parse(cli->arena, cli->arguments[0], &ask.serial) != 0)
		return cli_wrong(cli, ERR_BADINPUT, "cli.wrong.serial");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_invite(cli->house.mdm, &ask, cli->arena, &made, &url);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	return path ? write_profile(cli, &made, path, ask.life_s)
		    : tell_invitation(cli, &made, url);
}

static const struct cli_option batch_options[] = {
	{"most", "N"},
	{"note", "TEXT"},
	{"life", "SPAN"},
	{0},
};

static int run_batch(struct cli *cli)
{
	const char *most = cli_option(cli, "most");
	struct mdm_invitation_ask ask = {
		.who = &cli->who, .now = cli->now, .note = cli_option(cli, "note")};
	struct mdm_invitation made;
	uint64_t n = 50;
	const char *url;
	int err;

	if (most && (text_parse_u64(most, &n) != 0 || n < 1 || n > 100000))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.most");
	if (read_life(cli, 30 * 86400, &ask.life_s) != 0)
		return CLI_USAGE;
	ask.most = (uint32_t)n;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_invite(cli->house.mdm, &ask, cli->arena, &made, &url);
	return err ? cli_fail(cli, err, NULL, NULL) : tell_invitation(cli, &made, url);
}

static const struct cli_column invitation_rows[] = {{"id", "cli.col.invitation"}, {"serial"},
	{"used", "cli.col.used_count"}, {"most", "field.most"}, {"expires", "cli.col.expires"},
	{"closed", "cli.col.ended"}, {"note"}, {0}};
static const struct cli_sheet invitations = {"invitations", invitation_rows};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_invitation *i;
	size_t n;
	int err = mdm_invitation_list(
		txn, false, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &i, &n);

	if (err)
		return err;
	for (size_t k = 0; k < n; k++)
		web_invitation_doc(&i[k], doc_add_object(l->list));
	cli_list_page(l, n, n ? i[n - 1].id : NULL);
	return 0;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, &invitations, list_in, NULL);
}

static int run_close(struct cli *cli)
{
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_invitation_close(cli->house.mdm, &cli->who, cli->arguments[0], cli->now);
	return cli_done(cli, err, NULL, "cli.done.closed");
}

/* --- push-cert --- */

static const struct cli_option request_options[] = {
	{"o", "FILE"},
	{"vendor-cert", "FILE"},
	{"vendor-key", "FILE"},
	{"vendor-chain", "FILE"},
	{0},
};

/* An optional file as text; *ret stays NULL without the option. */
static int read_pem(struct cli *cli, const char *path, const char **ret)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	int err;

	if (!path)
		return 0;
	err = file_read(path, &b);
	if (err == 0)
		*ret = arena_strdup(cli->arena, buf_str(&b));
	else
		cli_fail(cli, err, NULL, path);
	buf_wipe(&b);
	return err;
}

static int run_request(struct cli *cli)
{
	const char *cert = NULL, *key = NULL, *chain = NULL, *text, *to = cli_option(cli, "o");
	struct doc *d = doc_new(cli->arena);
	int err;

	if (read_pem(cli, cli_option(cli, "vendor-cert"), &cert) != 0 ||
		read_pem(cli, cli_option(cli, "vendor-key"), &key) != 0 ||
		read_pem(cli, cli_option(cli, "vendor-chain"), &chain) != 0)
		return CLI_FAILED;
	if (!cert != !key)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.vendor");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_push_request(
		cli->house.mdm, &(struct mdm_push_vendor){cert, key, chain}, cli->arena, &text);
	if (err == 0 && to)
		err = file_write(to, bytes_of_str(text), 0644);
	if (err)
		return cli_fail(cli, err, NULL, to);
	doc_set_str(d, "request", text);
	if (!to)
		cli_print(cli, d, "%s\n", text);
	fprintf(stderr, "%s\n", cli_text(cli, cert ? "cli.say.push_upload" : "cli.say.push_sign"));
	return CLI_DONE;
}

static const struct cli_option import_options[] = {
	{"key", "FILE"},
	{"accept-loss", "SENTENCE"},
	{0},
};

static const struct cli_column push_columns[] = {{"topic", "cli.col.topic"},
	{"starts", "cli.col.start"}, {"ends", "cli.col.ends"}, {0}};

static int run_import(struct cli *cli)
{
	const char *cert = NULL, *key = NULL;
	struct cert_push push;
	struct refusal r = {0};
	struct doc *d = doc_new(cli->arena);
	int err;

	if (read_pem(cli, cli->arguments[0], &cert) != 0 ||
		read_pem(cli, cli_option(cli, "key"), &key) != 0)
		return CLI_FAILED;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_push_import(cli->house.mdm,
		&(struct mdm_push_ask){
			&cli->who, cert, key, cli_option(cli, "accept-loss"), cli->now},
		cli->arena, &push, &r);
	if (err == ERR_BADINPUT)
		return cli_wrong(cli, err,
			cli_fill(cli, "cli.wrong.push_cert", cli->arguments[0], NULL, NULL));
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	doc_set_str(d, "topic", push.topic);
	doc_set_time(d, "ends", push.not_after);
	cli_tell(cli, d, "cli.done.push", NULL, NULL);
	cli_record(cli, push_columns, d);
	return CLI_DONE;
}

struct push_reading {
	struct cli *cli;
	struct cert_push push;
};

static int push_in(struct store_txn *txn, void *arg)
{
	struct push_reading *p = arg;

	return cert_push_get(p->cli->house.certs, txn, p->cli->arena, false, &p->push);
}

static int run_show(struct cli *cli)
{
	struct push_reading p = {.cli = cli};
	struct doc *d = doc_new(cli->arena);
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, push_in, &p);
	if (err == ERR_NOTFOUND)
		return cli_wrong(cli, err, "cli.wrong.no_push");
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	doc_set_str(d, "topic", p.push.topic);
	doc_set_time(d, "starts", p.push.not_before);
	doc_set_time(d, "ends", p.push.not_after);
	cli_print(cli, d, NULL);
	cli_record(cli, push_columns, d);
	return CLI_DONE;
}

const struct cli_command cli_enrol_commands[] = {
	{"enrol profile", "SERIAL", 1, 1, profile_options, run_profile},
	{"enrol batch", "", 0, 0, batch_options, run_batch},
	{"enrol list", "", 0, 0, NULL, run_list},
	{"enrol close", "ID", 1, 1, NULL, run_close},
	{"push-cert request", "", 0, 0, request_options, run_request},
	{"push-cert import", "FILE.pem", 1, 1, import_options, run_import},
	{"push-cert show", "", 0, 0, NULL, run_show},
	{0},
};
