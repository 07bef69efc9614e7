/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla webhook: who is told of what happens here. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

static const struct cli_column hook_rows[] = {{"id", "column.number"}, {"url"},
	{"topics"}, {"paused", "cli.col.paused"}, {"failure", "cli.col.trouble"}, {"note"}, {0}};
static const struct cli_sheet hooks = {"webhooks", hook_rows};

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_hook *h;
	int err = web_hook_list(txn, l->cli->arena, &h, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++)
		web_hook_doc(&h[i], doc_add_object(l->list));
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, &hooks, list_in, NULL);
}

static const struct cli_option add_options[] = {
	{"topics", "PATTERNS"},
	{"note", "TEXT"},
	{"results", NULL},
	{"calls", NULL},
	{0},
};

static int run_add(struct cli *cli)
{
	const struct web_hook_ask ask = {.url = cli->arguments[0],
		.topics = cli_option(cli, "topics"),
		.note = cli_option(cli, "note"),
		.results = cli_option(cli, "results") != NULL,
		.calls = cli_option(cli, "calls") != NULL};
	struct doc *d = doc_new(cli->arena);
	const char *id, *secret;
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_hook_add(cli->house.web, &cli->who, &ask, cli->now, cli->arena, &id, &secret, &r);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	doc_set_str(d, "id", id);
	doc_set_str(d, "secret", secret);
	cli_tell(cli, d, "cli.done.hook", id, secret);
	return CLI_DONE;
}

static const struct cli_column post_rows[] = {{"event_id", "column.number"},
	{"topic", "cli.col.topic"}, {"dead", "cli.col.dead"}, {"error", "cli.col.trouble"}, {0}};

static int posts_in(struct store_txn *txn, void *arg)
{
	struct cli *cli = arg;
	struct doc *d = doc_new(cli->arena), *list;
	int err = web_hook_posts_doc(txn, cli->arena, cli->arguments[0], 0, CLI_PAGE, d);

	if (err)
		return err;
	cli_print(cli, d, NULL);
	list = doc_list(d, "posts");
	cli_rows(cli, post_rows, list, 0);
	return 0;
}

static int run_posts(struct cli *cli)
{
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, posts_in, cli);
	return err ? cli_thing_fail(cli, err) : CLI_DONE;
}

static int act(struct cli *cli, enum web_hook_act what, const char *text)
{
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		web_hook_act(cli->house.web, &cli->who, cli->arguments[0], what, cli->now), NULL,
		text);
}

static int run_pause(struct cli *cli)
{
	return act(cli, WEB_HOOK_PAUSE, "cli.done.hook_paused");
}

static int run_resume(struct cli *cli)
{
	return act(cli, WEB_HOOK_RESUME, "cli.done.resumed");
}

static int run_again(struct cli *cli)
{
	return act(cli, WEB_HOOK_AGAIN, "cli.done.hook_again");
}

static int run_test(struct cli *cli)
{
	return act(cli, WEB_HOOK_TEST, "cli.done.hook_test");
}

static int run_remove(struct cli *cli)
{
	return act(cli, WEB_HOOK_REMOVE, "cli.done.hook_removed");
}

const struct cli_command cli_hook_commands[] = {
	{"webhook list", "", 0, 0, NULL, run_list},
	{"webhook add", "URL", 1, 1, add_options, run_add},
	{"webhook posts", "ID", 1, 1, NULL, run_posts},
	{"webhook again", "ID", 1, 1, NULL, run_again},
	{"webhook test", "ID", 1, 1, NULL, run_test},
	{"webhook pause", "ID", 1, 1, NULL, run_pause},
	{"webhook resume", "ID", 1, 1, NULL, run_resume},
	{"webhook remove", "ID", 1, 1, NULL, run_remove},
	{0},
};
