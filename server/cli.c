/* SPDX-License-Identifier: EUPL-1.2 */
/* Looking up a command, reading its options, and the ways a command ends. */
#include "config.h"

#include "server/cli.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "server/cli_help.h"

#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct cli_command *const cli_tables[] = {
	cli_store_commands,
	cli_user_commands,
	cli_enrol_commands,
	cli_item_commands,
	cli_thing_commands,
	cli_place_commands,
	cli_people_commands,
	cli_loan_commands,
	cli_desk_commands,
	cli_handout_commands,
	cli_device_commands,
	cli_return_commands,
	cli_desired_commands,
	cli_mailing_commands,
	cli_lifeguard_commands,
	cli_setting_commands,
	cli_ade_commands,
	cli_hook_commands,
	cli_import_commands,
	cli_demo_commands,
	NULL,
};

/* Every command takes these. */
const struct cli_option cli_common[] = {
	{"data", "DIR"},
	{"json", NULL},
	{"as", "NAME"},
	{"help", NULL},
	{0},
};

const char *cli_option(const struct cli *cli, const char *name)
{
	for (size_t i = 0; cli->given[i]; i += 2) {
		if (text_equal(cli->given[i], name))
			return cli->given[i + 1];
	}
	return NULL;
}

static const struct cli_option *find_option(const struct cli_command *c, const char *name)
{
	for (const struct cli_option *o = c->options; o && o->name; o++) {
		if (text_equal(o->name, name))
			return o;
	}
	for (const struct cli_option *o = cli_common; o->name; o++) {
		if (text_equal(o->name, name))
			return o;
	}
	return NULL;
}

/* How many words of argv the command's name takes; 0: it is not this one. */
static int words_match(const char *words, int argc, char **argv)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *at = words;
	int n = 0;

	while (*at) {
		size_t len = strcspn(at, " ");

		if (n >= argc || !text_equal(arena_strndup(a, at, len), argv[n]))
			return 0;
		n++;
		at += len + strspn(at + len, " ");
	}
	return n;
}

static const struct cli_command *find_command(int argc, char **argv, int *ret_words)
{
	for (size_t t = 0; cli_tables[t]; t++) {
		for (const struct cli_command *c = cli_tables[t]; c->words; c++) {
			int n = words_match(c->words, argc, argv);

			if (n > 0) {
				*ret_words = n;
				return c;
			}
		}
	}
	return NULL;
}

/* "-o", "--name", "--name=value" */
static bool is_option(const char *s)
{
	return text_starts(s, "--") || (s[0] == '-' && s[1] && !s[2]);
}

/* One option and its value; returns how many words it took, or 0. */
static int take_option(struct cli *cli, int left, char **argv, const char **given)
{
	const char *start = argv[0] + (argv[0][1] == '-' ? 2 : 1);
	const char *eq = strchr(start, '=');
	const char *name = eq ? arena_strndup(cli->arena, start, (size_t)(eq - start)) : start;
	const struct cli_option *o = find_option(cli->command, name);

	if (!o) {
		cli_complain(cli, cli_fill(cli, "cli.wrong.option", argv[0], NULL, NULL));
		return 0;
	}
	given[0] = o->name;
	given[1] = "";
	if (!o->value && !eq)
		return 1;
	if (!o->value || (!eq && left < 2)) {
		cli_complain(cli,
			cli_fill(cli, o->value ? "cli.wrong.value" : "cli.wrong.no_value", name,
				NULL, NULL));
		return 0;
	}
	given[1] = eq ? eq + 1 : argv[1];
	return eq ? 1 : 2;
}

static int read_words(struct cli *cli, int argc, char **argv)
{
	const char **given = ARENA_ARRAY(cli->arena, const char *, 2 * (size_t)argc + 2);
	const char **arguments = ARENA_ARRAY(cli->arena, const char *, (size_t)argc + 1);
	bool only_arguments = false;
	size_t n = 0;

	for (int i = 0; i < argc;) {
		if (!only_arguments && text_equal(argv[i], "--")) {
			only_arguments = true;
			i++;
		} else if (!only_arguments && is_option(argv[i])) {
			int took = take_option(cli, argc - i, argv + i, given + n);

			if (took == 0)
				return ERR_USAGE;
			n += 2;
			i += took;
		} else {
			arguments[cli->argument_count++] = argv[i++];
		}
	}
	cli->given = given;
	cli->arguments = arguments;
	return 0;
}

int cli_choice(struct cli *cli, const char *name, enum mdm_choice *ret)
{
	const char *s = cli_option(cli, name);

	*ret = !s ? MDM_NOT_CHOSEN : text_equal(s, "yes") ? MDM_YES : MDM_NO;
	if (!s || text_equal(s, "yes") || text_equal(s, "no"))
		return 0;
	cli_complain(cli, cli_fill(cli, "cli.wrong.choice", name, NULL, NULL));
	return ERR_USAGE;
}

static const char *unix_actor(struct arena *a)
{
	const struct passwd *pw = getpwuid(geteuid());

	return arena_printf(a, "cli:%s", pw ? pw->pw_name : "unknown");
}

static int settle_person(struct cli *cli, const char *name)
{
	struct web_account account;
	struct refusal r = {0};
	const char *prompt = cli_fill(cli, "cli.say.password_of", name, NULL, NULL);
	const struct web_sign_in ask = {
		.name = name, .password = cli_password(cli, prompt), .now = cli->now};
	int err = web_sign_in(cli->house.st, &ask, cli->arena, &account, &r);

	if (err) {
		cli_fail(cli, err, &r, name);
		return err;
	}
	cli->who.actor = account.name;
	cli->roles = account.roles;
	cli->person = true;
	return 0;
}

int cli_house(struct cli *cli)
{
	const char *as = cli_option(cli, "as");
	int err = house_open(cli->dir, NULL, false, &cli->house);

	if (err)
		return err;
	cli->who = (struct audit_who){.actor = unix_actor(cli->arena), .via = "cli"};
	err = as ? settle_person(cli, as) : 0;
	return err ? err : cli_words_read(cli);
}

int cli_store(struct cli *cli)
{
	cli->who = (struct audit_who){.actor = unix_actor(cli->arena), .via = "cli"};
	return house_open_store(cli->dir, &cli->house);
}

static enum say_lang locale_lang(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < 3; i++) {
		const char *v = getenv(names[i]);

		if (!text_empty(v))
			return say_lang_parse(v, SAY_EN);
	}
	return SAY_EN;
}

static int run_command(struct cli *cli)
{
	const struct cli_command *c = cli->command;

	if (cli_option(cli, "help")) {
		cli_help_command(c, cli->lang, stdout);
		return CLI_DONE;
	}
	if (cli->argument_count < c->least || cli->argument_count > c->most) {
		cli_help_usage(c, cli->lang, stderr);
		return CLI_USAGE;
	}
	cli->dir = cli_option(cli, "data") ? cli_option(cli, "data") : house_default_dir();
	cli->json = cli_option(cli, "json") != NULL;
	return c->run(cli);
}

/* `hylla help device lost`, `hylla help device`, `hylla device --help` */
static int help_asked(int argc, char **argv)
{
	int words;
	const struct cli_command *c = find_command(argc, argv, &words);

	if (c) {
		cli_help_command(c, locale_lang(), stdout);
		return CLI_DONE;
	}
	if (cli_help_group(argv[0], locale_lang(), stdout))
		return CLI_DONE;
	cli_help_near(argc, argv, locale_lang(), stderr);
	return CLI_USAGE;
}

/* No such command: its neighbours, or all of them. */
static int no_command(int argc, char **argv)
{
	if (argc > 1 && text_equal(argv[0], "help"))
		return help_asked(argc - 1, argv + 1);
	if (argc == 0 || text_equal(argv[0], "help") || text_equal(argv[0], "--help") ||
		text_equal(argv[0], "-h")) {
		cli_help_all(locale_lang(), stdout);
		return argc == 0 ? CLI_USAGE : CLI_DONE;
	}
	if (argc > 1 && text_equal(argv[1], "--help"))
		return help_asked(1, argv);
	if (text_equal(argv[0], "--version")) {
		printf("hylla %s\n", PACKAGE_VERSION);
		return CLI_DONE;
	}
	cli_help_near(argc, argv, locale_lang(), stderr);
	return CLI_USAGE;
}

int cli_main(int argc, char **argv)
{
	struct cli cli = {0};
	int words = 0;
	int status;

	log_set_level(LOG_WARN);
	/* A file size limit must be an error to the writer, who then clears up and says so. */
	signal(SIGXFSZ, SIG_IGN);
	cli.command = find_command(argc - 1, argv + 1, &words);
	if (!cli.command)
		return no_command(argc - 1, argv + 1);
	cli.arena = arena_new();
	cli.lang = locale_lang();
	cli.now = clock_now();
	status = read_words(&cli, argc - 1 - words, argv + 1 + words) == 0 ? run_command(&cli)
									   : CLI_USAGE;
	if (cli.house.arena)
		house_close(&cli.house);
	arena_free(cli.arena);
	if (fflush(stdout) != 0)
		status = CLI_FAILED;
	return status;
}
