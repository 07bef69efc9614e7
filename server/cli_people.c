/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla borrower: who borrows. What is personal is told to a person with a reason, never to root.
 */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"

/* Sets who asks; only an account has zones, so that each look has a name behind it. */
static int caller(struct cli *cli, struct people_caller *ret)
{
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	if (!cli->person)
		return cli_wrong(cli, ERR_DENIED,
			"personal data are opened for a person alone: say who you are with --as "
			"NAME");
	*ret = (struct people_caller){.who = &cli->who,
		.zones = (cli->roles & WEB_KONSULENT ? PEOPLE_CARE : 0u) |
			 (cli->roles & WEB_BIBLIOTEK ? PEOPLE_LIBRARY : 0u),
		.now = cli->now};
	return CLI_DONE;
}

/* --- add --- */

static const struct cli_option add_options[] = {
	{"zone", "care|library", "which secrecy the borrower belongs to"},
	{"kind", "CODE", "what the rules of loans go by (default senior)"},
	{"given", "NAME", "given names"},
	{"family", "NAME", "family name"},
	{"identity", "NUMBER", "personnummer or samordningsnummer, twelve digits"},
	{"phone", "NUMBER", "telephone"},
	{"card", "NUMBER", "loan card (default: a new number)"},
	{"lang", "sv|fi|en", "language of letters and slips"},
	{"protected", NULL, "a protected identity"},
	{0},
};

static int run_add(struct cli *cli)
{
	struct people_edit want = {
		.kind = cli_option(cli, "kind") ? cli_option(cli, "kind") : "senior",
		.given = cli_option(cli, "given"),
		.family = cli_option(cli, "family"),
		.identity = cli_option(cli, "identity"),
		.phone = cli_option(cli, "phone"),
		.card = cli_option(cli, "card"),
		.lang = cli_option(cli, "lang"),
		.protect = cli_option(cli, "protected") ? PEOPLE_YES : PEOPLE_KEEP,
	};
	struct doc *d = doc_new(cli->arena);
	struct people_caller who;
	struct refusal r = {0};
	char id[PEOPLE_ID];
	int err;

	if (people_zone_parse(cli_option(cli, "zone"), &want.zone) != 0)
		return cli_wrong(cli, ERR_USAGE, "--zone is care or library");
	err = caller(cli, &who);
	if (err)
		return err;
	err = people_add(cli->house.people, &who, &want, id, &r);
	if (err)
		return cli_fail(cli, err, &r, "borrower");
	doc_set_str(d, "id", id);
	cli_print(cli, d, "%s\n", id);
	return CLI_DONE;
}

/* --- find, look --- */

struct looking {
	struct cli *cli;
	struct people_caller who;
	struct people_look look;
	struct people_borrower b;
	struct people_person x;
	struct refusal r;
};

/* By id, card or identity. */
static int find(struct looking *j, struct store_txn *txn)
{
	struct people *p = j->cli->house.people;
	const char *code = j->cli->arguments[0];
	int err = people_get(p, txn, j->cli->arena, j->who.zones, code, &j->b);

	if (err == ERR_NOTFOUND)
		err = people_by_card(p, txn, j->cli->arena, j->who.zones, code, &j->b);
	if (err == ERR_NOTFOUND)
		err = people_by_identity(
			p, txn, j->cli->arena, j->who.zones, code, j->who.now, &j->b);
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

static int look_in(struct store_txn *txn, void *arg)
{
	struct looking *j = arg;
	int err = find(j, txn);

	if (err || j->look.why == 0)
		return err;
	return people_read(
		j->cli->house.people, txn, j->cli->arena, &j->who, &j->look, j->b.id, &j->x, &j->r);
}

static void show(struct looking *j)
{
	struct doc *d = doc_new(j->cli->arena);
	const struct people_borrower *b = &j->b;

	people_borrower_doc(b, d);
	if (j->look.why)
		people_person_doc(&j->x, doc_set_object(d, "person"));
	cli_print(j->cli, d, "%s   %s, %s, %s%s\n  open loans %u\n", b->id,
		people_zone_name((enum people_zone)b->zone), b->kind,
		people_state_name((enum people_state)b->state),
		b->is_protected ? ", protected" : "", b->open_loans);
	if (j->look.why)
		cli_print(j->cli, NULL, "  %s %s\n  %s\n  %s\n", j->x.given ? j->x.given : "",
			j->x.family ? j->x.family : "", j->x.phone ? j->x.phone : "-",
			j->x.card ? j->x.card : "-");
}

static int look(struct cli *cli, const struct people_look *look)
{
	struct looking j = {.cli = cli, .look = *look};
	int err = caller(cli, &j.who);

	if (err)
		return err;
	err = store_write(cli->house.st, look_in, &j);
	if (err == ERR_REFUSED)
		return cli_fail(cli, err, &j.r, "borrower");
	if (err)
		return cli_thing_fail(cli, err);
	show(&j);
	return CLI_DONE;
}

static int run_find(struct cli *cli)
{
	return look(cli, &(struct people_look){0});
}

static const struct cli_option look_options[] = {
	{"why", "REASON", "desk, call, letter, correct or extract"},
	{"words", "TEXT", "a protected identity: why, in words; no names or numbers"},
	{0},
};

static int run_look(struct cli *cli)
{
	struct people_look x = {.words = cli_option(cli, "words")};

	if (people_why_parse(cli_option(cli, "why"), &x.why) != 0)
		return cli_wrong(cli, ERR_USAGE, "--why is desk, call, letter, correct or extract");
	return look(cli, &x);
}

/* --- due, rekey --- */

static int due_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct people_borrower *b;
	char at[CLOCK_TEXT];
	int err = people_due_list(l->cli->house.people, txn, l->cli->arena, PEOPLE_ZONES,
		l->cli->now + (int64_t)90 * 86400, CLI_PAGE, &b, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		people_borrower_doc(&b[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-12s %-8s %-12s %s\n", b[i].id,
			people_zone_name((enum people_zone)b[i].zone), b[i].kind,
			b[i].erase_at ? clock_format_local(b[i].erase_at, at) : "needs only");
	}
	return err;
}

static int run_due(struct cli *cli)
{
	return cli_list_run(cli, "borrowers", "borrowers", due_in, NULL);
}

static int run_rekey(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	uint64_t left = 0;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	do
		err = people_rekey(cli->house.people, 100, &left);
	while (err == 0 && left);
	if (err)
		return cli_fail(cli, err, NULL, "borrowers");
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "all borrowers are sealed and indexed with the newest key\n");
	return CLI_DONE;
}

const struct cli_command cli_people_commands[] = {
	{"borrower add", "", 0, 0, add_options, "add a borrower", "Needs --as NAME.", run_add},
	{"borrower find", "CODE", 1, 1, NULL, "find a borrower; opens nothing personal",
		"CODE is an id, a loan card or an identity number. Needs --as NAME.", run_find},
	{"borrower look", "CODE", 1, 1, look_options, "open what is personal of a borrower",
		"Needs --as NAME. The look and its reason are in the audit log.", run_look},
	{"borrower due", "", 0, 0, NULL, "list whose time is up within 90 days", NULL, run_due},
	{"borrower rekey", "", 0, 0, NULL, "seal and index all borrowers with the newest key",
		"After a new line in the file of sealing keys. The server may run meanwhile.",
		run_rekey},
	{0},
};
