/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla ade: Apple's device assignment. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <time.h>

#define TOKEN_MOST (64 * 1024)
#define WAIT_S 120

/* --- key and token --- */

static const struct cli_option key_options[] = {
	{"o", "FILE"},
	{"new", NULL},
	{0},
};

static int run_key(struct cli *cli)
{
	const char *to = cli_option(cli, "o"), *pem;
	struct doc *d = doc_new(cli->arena);
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_ade_key(cli->house.mdm, &cli->who, cli_option(cli, "new") != NULL, cli->now,
		cli->arena, &pem);
	if (err == 0 && to)
		err = file_write(to, bytes_of_str(pem), 0644);
	if (err)
		return cli_fail(cli, err, NULL, to);
	doc_set_str(d, "certificate", pem);
	if (to)
		cli_tell(cli, d, "cli.done.ade_key", to, NULL);
	else
		cli_print(cli, d, "%s", pem);
	return CLI_DONE;
}

static int run_token(struct cli *cli)
{
	AUTO(buf) struct buf file = BUF_INIT_SECRET(TOKEN_MOST);
	struct doc *d = doc_new(cli->arena);
	struct refusal r = {0};
	int err = file_read(cli->arguments[0], &file);

	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_ade_token_import(cli->house.mdm, &cli->who, buf_bytes(&file), cli->now, &r);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	doc_set_bool(d, "done", true);
	cli_tell(cli, d, "cli.done.ade_token", NULL, NULL);
	return CLI_DONE;
}

/* --- how it stands --- */

struct state_job {
	struct arena *a;
	struct mdm_ade_state s;
};

static int state_in(struct store_txn *txn, void *arg)
{
	struct state_job *j = arg;

	return mdm_ade_state_get(txn, j->a, &j->s);
}

static const struct cli_column state_columns[] = {{"server", "cli.col.server"},
	{"organisation"}, {"token_expires", "cli.col.token_expires"},
	{"devices", "cli.col.devices"}, {"profile", "cli.col.profile"},
	{"synced", "cli.col.synced"}, {"trouble", "cli.col.trouble"}, {0}};

static void say_state(struct cli *cli, const struct mdm_ade_state *s, const struct doc *d)
{
	if (s->has_token)
		cli_record(cli, state_columns, d);
	else
		cli_say("%s\n",
			cli_text(cli, s->has_key ? "cli.say.ade_token" : "cli.say.ade_key"));
}

static int show_state(struct cli *cli)
{
	struct state_job j = {.a = cli->arena};
	struct doc *d = doc_new(cli->arena);
	int err = store_read(cli->house.st, state_in, &j);

	if (err)
		return cli_fail(cli, err, NULL, NULL);
	web_ade_doc(&j.s, cli->lang, cli->arena, d);
	cli_print(cli, d, NULL);
	if (!cli->json)
		say_state(cli, &j.s, d);
	return CLI_DONE;
}

static int run_show(struct cli *cli)
{
	return cli_house(cli) != 0 ? CLI_FAILED : show_state(cli);
}

static const struct cli_option sync_options[] = {
	{"full", NULL},
	{"no-wait", NULL},
	{0},
};

/* The server does it; here we wait for its word. */
static int wait_answered(struct cli *cli, bool *ret)
{
	const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
	int64_t end = clock_mono_us() + (int64_t)WAIT_S * 1000000;

	do {
		AUTO(arena) struct arena *a = arena_new();
		struct state_job j = {.a = a};
		int err = store_read(cli->house.st, state_in, &j);

		if (err)
			return err;
		*ret = j.s.asked_at == j.s.answered_at;
		if (*ret)
			return 0;
		nanosleep(&pause, NULL);
	} while (clock_mono_us() < end);
	return 0;
}

static int run_sync(struct cli *cli)
{
	struct refusal r = {0};
	bool answered = false;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_ade_sync_ask(
		cli->house.mdm, &cli->who, cli_option(cli, "full") != NULL, cli->now);
	if (err == ERR_NOTFOUND)
		err = refuse(&r, mdm_ade_say_no_token(), NULL, NULL, NULL);
	if (err)
		return cli_fail(cli, err, &r, NULL);
	if (cli_option(cli, "no-wait"))
		return show_state(cli);
	err = wait_answered(cli, &answered);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	if (!answered)
		return cli_wrong(cli, ERR_TIMEOUT,
			"cli.wrong.no_answer");
	return show_state(cli);
}

/* --- devices --- */

static const struct cli_column device_rows[] = {{"serial"}, {"description", "cli.col.device"},
	{"color_text", "column.color"}, {"profile_status", "cli.col.profile"}, {"migrate_by", "cli.col.migrate_by"},
	{"gone", "cli.col.gone"}, {"trouble", "cli.col.trouble"}, {0}};
static const struct cli_sheet devices = {"devices", device_rows};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_ade_device *v;
	size_t n;
	int err = mdm_ade_device_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &v, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_ade_device_doc(&v[i], l->cli->lang, l->cli->arena, doc_add_object(l->list));
	if (err == 0)
		cli_list_page(l, n, n ? v[n - 1].serial : NULL);
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, &devices, list_in, NULL);
}

static int run_assign(struct cli *cli)
{
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_ade_assign_ask(cli->house.mdm, &cli->who, cli->arguments[0], cli->now, &r);
	return cli_done(cli, err, &r, "cli.done.ade_assigned");
}

static const struct cli_option disown_options[] = {
	{"confirm", NULL},
	{0},
};

static int run_disown(struct cli *cli)
{
	bool confirm = cli_option(cli, "confirm") != NULL;
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = confirm ? mdm_ade_disown_confirm(
				cli->house.mdm, &cli->who, cli->arguments[0], cli->now, &r)
		      : mdm_ade_disown_ask(
				cli->house.mdm, &cli->who, cli->arguments[0], cli->now, &r);
	return cli_done(cli, err, &r,
		confirm ? "cli.done.ade_disowned" : "cli.done.ade_disown");
}

static int run_profile(struct cli *cli)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct doc *d;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = mdm_ade_profile_doc(cli->house.mdm, cli->arena, &d);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	doc_format_pretty(d, &b);
	cli_print(cli, d, "%s\n", buf_str(&b));
	return CLI_DONE;
}

const struct cli_command cli_ade_commands[] = {
	{"ade key", "", 0, 0, key_options, run_key},
	{"ade token", "FILE.p7m", 1, 1, NULL, run_token},
	{"ade show", "", 0, 0, NULL, run_show},
	{"ade sync", "", 0, 0, sync_options, run_sync},
	{"ade list", "", 0, 0, NULL, run_list},
	{"ade assign", "SERIAL", 1, 1, NULL, run_assign},
	{"ade disown", "SERIAL", 1, 1, disown_options, run_disown},
	{"ade profile", "", 0, 0, NULL, run_profile},
	{0},
};
