/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla lifeguard, hylla mail test. */
#include "server/cli_call.h"

#include "base/clock.h"
#include "base/text.h"

static int run_lifeguard(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	struct web_deadline *list;
	enum web_light worst = WEB_GREEN;
	size_t n;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_deadlines_get(cli->house.web, cli->arena, cli->now, &list, &n);
	if (err)
		return cli_fail(cli, err, NULL, "lifeguard");
	web_lifeguard_doc(cli->arena, list, n, cli->lang, cli->now, d);
	cli_print(cli, d, "%s\n\n", doc_str(d, "text"));
	for (size_t i = 0; i < n; i++) {
		enum web_light l = web_light_decide(&list[i], cli->now);

		worst = l > worst ? l : worst;
		cli_print(cli, NULL, "%s: %s\n",
			cli_text(cli, arena_printf(cli->arena, "name.light.%s", web_light_name(l))),
			web_deadline_sentence(cli->arena, &list[i], cli->lang, cli->now));
		if (l != WEB_GREEN)
			cli_print(cli, NULL, "    %s\n",
				say_plain(web_end_remedy(list[i].what), cli->lang));
	}
	/* For scripts that watch: an exit status of its own when somebody must act. */
	return cli_option(cli, "check") && worst >= WEB_RED ? CLI_REFUSED : CLI_DONE;
}

static const char *mail_advice(int err)
{
	switch (err) {
	case ERR_UNSUPPORTED:
		return "cli.wrong.mail_none";
	case ERR_DENIED:
		return "cli.wrong.mail_denied";
	case ERR_CRYPTO:
		return "cli.wrong.mail_cert";
	case ERR_NET:
	case ERR_TIMEOUT:
		return "cli.wrong.mail_net";
	case ERR_NOTFOUND:
		return "cli.wrong.mail_password";
	default:
		return "cli.wrong.mail";
	}
}

static int run_mail_test(struct cli *cli)
{
	const char *to = cli->argument_count ? cli->arguments[0] : NULL;
	struct doc *d = doc_new(cli->arena);
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = web_mail_test(cli->house.web, to, cli->now);
	if (err)
		return cli_wrong(cli, err, mail_advice(err));
	doc_set_bool(d, "done", true);
	cli_tell(cli, d, "cli.done.mail", NULL, NULL);
	return CLI_DONE;
}

static const struct cli_option lifeguard_options[] = {
	{"check", NULL},
	{0},
};

static const struct cli_column status_columns[] = {{"items.in_stock", "cli.col.in_stock"},
	{"items.on_loan", "cli.col.on_loan"}, {"items.lost", "column.lost"},
	{"items.stolen", "devices.stolen"}, {"items.delivered", "cli.col.delivered"},
	{"push_certificate_ends", "cli.col.push_ends"}, {"ca_ends", "cli.col.ca_ends"}, {0}};
static const struct cli_call status = {"GET", "/status", .columns = status_columns};

static const struct cli_call clock_confirm = {
	"POST", "/clock/confirm", .done = "cli.done.changed"};

const struct cli_command cli_lifeguard_commands[] = {
	{"clock confirm", "", 0, 0, NULL, cli_call_run, &clock_confirm},
	{"status", "", 0, 0, NULL, cli_call_run, &status},
	{"lifeguard", "", 0, 0, lifeguard_options, run_lifeguard},
	{"mail test", "[ADDRESS]", 0, 1, NULL, run_mail_test},
	{0},
};
