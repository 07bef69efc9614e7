/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla group, hylla desired, hylla preset: what iPads should have. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>

#define FILE_MOST (6u << 20)

static int act(struct cli *cli, struct web_set_act *x, const char *text)
{
	struct refusal r = {0};

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	x->who = &cli->who;
	x->now = cli->now;
	return cli_done(cli, web_set_act(cli->house.web, x, &r), &r, text);
}

/* Codes as typed, made keys. */
static int codes_read(struct cli *cli, unsigned from, const char ***ret, size_t *ret_n)
{
	size_t n = cli->argument_count - from;
	const char **codes = ARENA_ARRAY(cli->arena, const char *, n ? n : 1);

	for (size_t i = 0; i < n; i++) {
		if (inv_code_parse(cli->arena, cli->arguments[from + i], &codes[i]) != 0) {
			cli_complain(cli, cli_fill(cli, "cli.wrong.code",
						  cli->arguments[from + i], NULL, NULL));
			return ERR_USAGE;
		}
	}
	*ret = codes;
	*ret_n = n;
	return 0;
}

/* --- groups --- */

static const struct cli_column group_rows[] = {
	{"name", "field.group"}, {"title"}, {"members", "cli.col.members"}, {0}};
static const struct cli_sheet groups = {"groups", group_rows};

static int groups_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct mdm_group *g;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(l->cli->arena, l->after, CLI_PAGE), &g, &n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++)
		web_group_doc(&g[i], doc_add_object(l->list));
	cli_list_page(l, n, n ? g[n - 1].name : NULL);
	return 0;
}

static int run_groups(struct cli *cli)
{
	return cli_list_run(cli, &groups, groups_in, NULL);
}

struct telling {
	struct cli *cli;
	struct doc *d;
};

static int group_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	struct cli *cli = t->cli;
	struct doc *list = doc_set_list(t->d, "members_first");
	const char **serials;
	size_t n;
	int err = web_group_whole_doc(
		cli->house.web, txn, cli->arena, cli->arguments[0], cli->lang, t->d);

	if (err == 0)
		err = mdm_member_list(txn, cli->arguments[0],
			STORE_PIECE(cli->arena, NULL, CLI_PAGE), &serials, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		doc_add_str(list, serials[i]);
	return err;
}

static void group_say(struct cli *cli, const struct doc *d)
{
	const struct doc *items = doc_list(d, "items"), *members = doc_list(d, "members_first");
	const struct doc *walk = doc_object(d, "under_way");
	int64_t seen = 0;

	cli_say("%s: %s\n", doc_str(d, "name"), doc_str(d, "title"));
	for (size_t i = 0; i < doc_list_size(items); i++)
		cli_say("  %s  %s/%s\n", cli_text(cli, "cli.say.has"),
			doc_str(doc_list_object(items, i), "kind"),
			doc_str(doc_list_object(items, i), "id"));
	for (size_t i = 0; i < doc_list_size(members); i++)
		cli_say("  %s  %s\n", cli_text(cli, "cli.say.member"), doc_list_str(members, i));
	if (walk && doc_int(walk, "seen", &seen) == 0)
		cli_say("%s\n", cli_fill(cli, "cli.say.walk",
					arena_printf(cli->arena, "%lld", (long long)seen), NULL, NULL));
}

static int run_group(struct cli *cli)
{
	struct telling t = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, group_in, &t);
	if (err)
		return cli_thing_fail(cli, err);
	if (cli->json)
		cli_print(cli, t.d, "%s", "");
	else
		group_say(cli, t.d);
	return CLI_DONE;
}

static const struct cli_option add_options[] = {
	{"title", "TEXT"},
	{0},
};

static int run_group_add(struct cli *cli)
{
	struct web_set_act x = {.what = WEB_GROUP_ADD,
		.group = cli->arguments[0],
		.title = cli_option(cli, "title")};

	return act(cli, &x, "cli.done.made");
}

static int run_group_rename(struct cli *cli)
{
	struct web_set_act x = {.what = WEB_GROUP_RENAME,
		.group = cli->arguments[0],
		.title = cli->arguments[1]};

	return act(cli, &x, "cli.done.changed");
}

static int run_group_remove(struct cli *cli)
{
	struct web_set_act x = {.what = WEB_GROUP_REMOVE, .group = cli->arguments[0]};

	return act(cli, &x, "cli.done.group_removed");
}

static int run_members(struct cli *cli, bool in)
{
	struct web_set_act x = {
		.what = in ? WEB_MEMBER_IN : WEB_MEMBER_OUT, .group = cli->arguments[0]};
	const char **codes;

	if (codes_read(cli, 1, &codes, &x.code_n) != 0)
		return CLI_USAGE;
	x.codes = codes;
	return act(cli, &x, in ? "cli.done.group_in" : "cli.done.group_out");
}

static int run_group_in(struct cli *cli)
{
	return run_members(cli, true);
}

static int run_group_out(struct cli *cli)
{
	return run_members(cli, false);
}

/* --- desired --- */

static int desired_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	struct cli *cli = t->cli;
	const char *code;
	int err = inv_code_parse(cli->arena, cli->arguments[0], &code);

	return err ? err
		   : web_desired_doc(
			     cli->house.web, txn, cli->arena, code, cli->lang, cli->now, t->d);
}

static int run_desired(struct cli *cli)
{
	struct telling t = {.cli = cli, .d = doc_new(cli->arena)};
	const struct doc *list;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, desired_in, &t);
	if (err)
		return cli_thing_fail(cli, err);
	if (cli->json) {
		cli_print(cli, t.d, "%s", "");
		return CLI_DONE;
	}
	list = doc_list(t.d, "desired");
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		cli_say("%s/%s  (%s)\n    %s\n", doc_str(d, "kind"), doc_str(d, "id"),
			doc_str(d, "from") ? doc_str(d, "from") : "-", doc_str(d, "why"));
	}
	if (doc_str(t.d, "hindrance"))
		cli_say("%s\n", doc_str(t.d, "hindrance"));
	return CLI_DONE;
}

static const struct cli_option put_options[] = {
	{"group", "NAME"},
	{"item", "CODE"},
	{"spec", "JSON"},
	{"file", "FILE"},
	{"priority", "N"},
	{0},
};

static int file_take(struct cli *cli, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(FILE_MOST);
	int err = file_read(path, &b);

	if (err)
		cli_fail(cli, err, NULL, path);
	else
		*ret = arena_bytes(cli->arena, buf_bytes(&b));
	return err;
}

/* Whose set: --group or --item, one of them. */
static int owner_take(struct cli *cli, struct web_set_act *x, const char **code)
{
	const char *item = cli_option(cli, "item");

	x->group = cli_option(cli, "group");
	if (!x->group == !item) {
		cli_wrong(cli, ERR_USAGE, "cli.wrong.owner");
		return ERR_USAGE;
	}
	if (item && inv_code_parse(cli->arena, item, code) != 0) {
		cli_wrong(cli, ERR_USAGE, "cli.wrong.item");
		return ERR_USAGE;
	}
	x->codes = code;
	x->code_n = 1;
	return 0;
}

static int slot_take(struct cli *cli, struct web_set_act *x)
{
	enum mdm_item_kind kind;

	if (mdm_item_kind_parse(cli->arguments[0], &kind) != 0) {
		cli_wrong(cli, ERR_USAGE, "cli.wrong.want_kind");
		return ERR_USAGE;
	}
	x->item.kind = kind;
	x->item.id = cli->arguments[1];
	return 0;
}

static int run_put(struct cli *cli)
{
	const char *spec = cli_option(cli, "spec"), *file = cli_option(cli, "file");
	const char *priority = cli_option(cli, "priority"), *code = NULL;
	struct web_set_act x = {.what = WEB_ITEM_PUT};
	struct bytes read;
	uint64_t n = 0;

	if (owner_take(cli, &x, &code) != 0 || slot_take(cli, &x) != 0)
		return CLI_USAGE;
	if (!spec || (priority && text_parse_u64(priority, &n) != 0))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.spec");
	if (spec[0] == '@') {
		if (file_take(cli, spec + 1, &read) != 0)
			return CLI_FAILED;
		spec = arena_strndup(cli->arena, read.p, read.n);
	}
	if (file && file_take(cli, file, &x.item.blob) != 0)
		return CLI_FAILED;
	x.item.spec = spec;
	x.item.priority = n > 1000 ? 1001 : (uint32_t)n;
	return act(cli, &x, "cli.done.wanted");
}

static const struct cli_option owner_options[] = {
	{"group", "NAME"},
	{"item", "CODE"},
	{0},
};

static int run_remove(struct cli *cli)
{
	struct web_set_act x = {.what = WEB_ITEM_REMOVE};
	const char *code = NULL;

	if (owner_take(cli, &x, &code) != 0 || slot_take(cli, &x) != 0)
		return CLI_USAGE;
	return act(cli, &x, "cli.done.unwanted");
}

static int run_codes(struct cli *cli, enum web_set_what what, const char *text)
{
	struct web_set_act x = {.what = what};
	const char **codes;

	if (codes_read(cli, 0, &codes, &x.code_n) != 0)
		return CLI_USAGE;
	x.codes = codes;
	return act(cli, &x, text);
}

static int run_again(struct cli *cli)
{
	return run_codes(cli, WEB_DESIRED_AGAIN, "cli.done.again");
}

static int run_move(struct cli *cli)
{
	return run_codes(cli, WEB_DESIRED_MOVE, "cli.done.inherited");
}

/* --- presets --- */

static int run_questions(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);

	web_preset_questions_doc(d, cli->lang);
	if (cli->json) {
		cli_print(cli, d, "%s", "");
		return CLI_DONE;
	}
	for (const struct mdm_preset_question *q = mdm_preset_questions; q->id; q++)
		cli_say("%-12s %s (%s)\n", q->id, say_plain(&q->say, cli->lang),
			q->some ? "yes, some, no" : "yes, no");
	return CLI_DONE;
}

static const struct cli_option preset_options[] = {
	{"small_text", "yes|some|no"},
	{"read_aloud", "yes|no"},
	{"colours", "yes|no"},
	{"magnifier", "yes|no"},
	{"hands", "yes|no"},
	{"dizzy", "yes|no"},
	{"hearing", "yes|some|no"},
	{0},
};

static int answers_take(struct cli *cli, enum mdm_answer_word answers[MDM_PRESET_QUESTIONS])
{
	for (size_t i = 0; mdm_preset_questions[i].id; i++) {
		const char *word = cli_option(cli, mdm_preset_questions[i].id);

		if (word &&
			web_preset_answer_parse(&mdm_preset_questions[i], word, &answers[i]) != 0) {
			cli_complain(cli, cli_fill(cli,
						  mdm_preset_questions[i].some
							  ? "cli.wrong.choice_some"
							  : "cli.wrong.choice",
						  mdm_preset_questions[i].id, NULL, NULL));
			return ERR_USAGE;
		}
	}
	return 0;
}

static int run_give(struct cli *cli)
{
	enum mdm_answer_word answers[MDM_PRESET_QUESTIONS] = {MDM_ANSWER_NONE};
	struct web_set_act x = {
		.what = WEB_ITEM_PUT, .item = {.kind = MDM_ITEM_SETTING, .id = "accessibility"}};
	struct doc *d = doc_new(cli->arena);
	struct refusal r = {0};
	struct mdm_preset p;
	const char **codes;
	int err = 0;

	if (answers_take(cli, answers) != 0 || codes_read(cli, 0, &codes, &x.code_n) != 0)
		return CLI_USAGE;
	mdm_preset_decide(answers, &p);
	x.codes = codes;
	x.item.spec = mdm_preset_spec(cli->arena, &p);
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	x.who = &cli->who;
	x.now = cli->now;
	if (x.item.spec)
		err = web_set_act(cli->house.web, &x, &r);
	if (err)
		return cli_fail(cli, err, &r, cli->arguments[0]);
	web_preset_doc(cli->arena, &p, cli->lang, d);
	cli_print(cli, d, "%s\n", x.item.spec ? x.item.spec : cli_text(cli, "cli.say.nothing_set"));
	for (size_t i = 0; !cli->json && p.by_hand[i]; i++)
		cli_say("%s\n", cli_fill(cli, "cli.say.by_hand", say_plain(p.by_hand[i], cli->lang),
					NULL, NULL));
	return CLI_DONE;
}

const struct cli_command cli_desired_commands[] = {
	{"group list", "", 0, 0, NULL, run_groups},
	{"group show", "NAME", 1, 1, NULL, run_group},
	{"group add", "NAME", 1, 1, add_options, run_group_add},
	{"group rename", "NAME TITLE", 2, 2, NULL, run_group_rename},
	{"group remove", "NAME", 1, 1, NULL, run_group_remove},
	{"group in", "NAME CODE…", 2, 1001, NULL, run_group_in},
	{"group out", "NAME CODE…", 2, 1001, NULL, run_group_out},
	{"desired show", "CODE", 1, 1, NULL, run_desired},
	{"desired put", "KIND ID", 2, 2, put_options, run_put},
	{"desired remove", "KIND ID", 2, 2, owner_options, run_remove},
	{"desired again", "CODE", 1, 1, NULL, run_again},
	{"desired move", "FROM TO", 2, 2, NULL, run_move},
	{"preset questions", "", 0, 0, NULL, run_questions},
	{"preset give", "CODE", 1, 1, preset_options, run_give},
	{0},
};
