/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla lifeguard, hylla mail test. */
#include "server/cli.h"

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
		cli_print(cli, NULL, "%-6s %s\n", web_light_name(l),
			web_deadline_sentence(cli->arena, &list[i], cli->lang, cli->now));
		if (l != WEB_GREEN)
			cli_print(cli, NULL, "       %s\n",
				say_plain(web_end_remedy(list[i].what), cli->lang));
	}
	/* For scripts that watch: an exit status of its own when somebody must act. */
	return cli_option(cli, "check") && worst >= WEB_RED ? CLI_REFUSED : CLI_DONE;
}

static const char *mail_advice(int err)
{
	switch (err) {
	case ERR_UNSUPPORTED:
		return "no mail is set up: mail.host, mail.from and alarm.to in hylla.conf";
	case ERR_DENIED:
		return "the mail server will not have it: user, password_file, from or the "
		       "recipient";
	case ERR_CRYPTO:
		return "the mail server's certificate is not good";
	case ERR_NET:
	case ERR_TIMEOUT:
		return "the mail server cannot be reached: mail.host and mail.port";
	case ERR_NOTFOUND:
		return "mail.password_file is not there";
	default:
		return "the mail could not be sent";
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
	cli_print(cli, d, "the mail server took it\n");
	return CLI_DONE;
}

static const struct cli_option lifeguard_options[] = {
	{"check", NULL, "exit with 3 when a date is near or over"},
	{0},
};

const struct cli_command cli_lifeguard_commands[] = {
	{"lifeguard", "", 0, 0, lifeguard_options, "every date that can silence the fleet",
		"Who falls silent when, and what to do. The server mails the same to alarm.to.",
		run_lifeguard},
	{"mail test", "[ADDRESS]", 0, 1, NULL, "send a trial mail",
		"To ADDRESS, or to all who get alarms.", run_mail_test},
	{0},
};
