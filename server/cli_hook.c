/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla webhook: who is told of what happens here. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

static int list_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct web_hook *h;
	int err = web_hook_list(txn, l->cli->arena, &h, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		web_hook_doc(&h[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-10s %s  %s%s%s%s\n", h[i].id, h[i].url,
			text_empty(h[i].topics) ? "*" : h[i].topics,
			h[i].paused_at ? "  paused" : "", h[i].failure ? "  failed: " : "",
			h[i].failure ? h[i].failure : "");
	}
	return err;
}

static int run_list(struct cli *cli)
{
	return cli_list_run(cli, "webhooks", "webhooks", list_in, NULL);
}

static const struct cli_option add_options[] = {
	{"topics", "PATTERNS", "only these, \"mdm.* item.* loan.*\" (default: all)"},
	{"note", "TEXT", "what it is for"},
	{0},
};

static int run_add(struct cli *cli)
{
	const struct web_hook_ask ask = {.url = cli->arguments[0],
		.topics = cli_option(cli, "topics"),
		.note = cli_option(cli, "note")};
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
	cli_print(cli, d, "id      %s\nsecret  %s (told only now)\n", id, secret);
	return CLI_DONE;
}

static int posts_in(struct store_txn *txn, void *arg)
{
	struct cli *cli = arg;
	struct doc *d = doc_new(cli->arena), *list;
	int err = web_hook_posts_doc(txn, cli->arena, cli->arguments[0], 0, CLI_PAGE, d);

	if (err)
		return err;
	cli_print(cli, d, NULL);
	list = doc_list(d, "posts");
	for (size_t i = 0; !cli->json && i < doc_list_size(list); i++) {
		const struct doc *p = doc_list_object(list, i);

		cli_say("%-22s %-20s %-8s %s\n", doc_str(p, "event_id"), doc_str(p, "topic"),
			doc_bool(p, "dead", false) ? "dead" : "waits",
			doc_str(p, "error") ? doc_str(p, "error") : "");
	}
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
	return act(cli, WEB_HOOK_PAUSE, "paused; what happens meanwhile is sent when it resumes");
}

static int run_resume(struct cli *cli)
{
	return act(cli, WEB_HOOK_RESUME, "resumed");
}

static int run_again(struct cli *cli)
{
	return act(cli, WEB_HOOK_AGAIN, "its dead letters are sent again");
}

static int run_test(struct cli *cli)
{
	return act(cli, WEB_HOOK_TEST, "the event hook.test waits to be sent");
}

static int run_remove(struct cli *cli)
{
	return act(cli, WEB_HOOK_REMOVE, "removed, with all that waited");
}

const struct cli_command cli_hook_commands[] = {
	{"webhook list", "", 0, 0, NULL, "list webhooks", NULL, run_list},
	{"webhook add", "URL", 1, 1, add_options, "tell an address what happens here",
		"Events are JSON in the shape of NanoMDM's, signed with a secret that is told "
		"once.",
		run_add},
	{"webhook posts", "ID", 1, 1, NULL, "what waits, and what was given up", NULL, run_posts},
	{"webhook again", "ID", 1, 1, NULL, "send its dead letters again", NULL, run_again},
	{"webhook test", "ID", 1, 1, NULL, "send it an event that nothing happened for", NULL, run_test},
	{"webhook pause", "ID", 1, 1, NULL, "send nothing for now", NULL, run_pause},
	{"webhook resume", "ID", 1, 1, NULL, "go on where it was paused", NULL, run_resume},
	{"webhook remove", "ID", 1, 1, NULL, "remove it, with all that waits", NULL, run_remove},
	{0},
};
