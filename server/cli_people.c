/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla borrower: who borrows. What is personal is told to a person with a reason, never to root.
 */
#include "server/cli_call.h"

#include "base/clock.h"
#include "base/text.h"

/* Sets who asks; only an account has zones, so that each look has a name behind it. */
static int caller(struct cli *cli, struct people_caller *ret)
{
	int err = cli_house(cli);

	if (err)
		return err == ERR_USAGE ? CLI_USAGE : CLI_FAILED;
	if (!cli->person)
		return cli_wrong(cli, ERR_DENIED, "cli.wrong.person");
	*ret = (struct people_caller){.who = &cli->who,
		.zones = (cli->roles & WEB_KONSULENT ? PEOPLE_CARE : 0u) |
			 (cli->roles & WEB_BIBLIOTEK ? PEOPLE_LIBRARY : 0u),
		.now = cli->now};
	return CLI_DONE;
}

/* --- add --- */

static const struct cli_option add_options[] = {
	{"zone", "care|library"},
	{"kind", "CODE"},
	{"given", "NAME"},
	{"family", "NAME"},
	{"identity", "NUMBER"},
	{"phone", "NUMBER"},
	{"card", "NUMBER"},
	{"lang", "sv|fi|en"},
	{"protected", NULL},
	{0},
};

/* At a terminal the identity number is asked for: typed as an option it stands in the process list. */
static struct people_edit edit_of(struct cli *cli)
{
	return (struct people_edit){
		.kind = cli_option(cli, "kind") ? cli_option(cli, "kind") : "senior",
		.given = cli_option(cli, "given"),
		.family = cli_option(cli, "family"),
		.identity = cli_option(cli, "identity") ? cli_option(cli, "identity")
							: cli_identity_asked(cli),
		.phone = cli_option(cli, "phone"),
		.card = cli_option(cli, "card"),
		.lang = cli_option(cli, "lang"),
		.protect = cli_option(cli, "protected") ? PEOPLE_YES : PEOPLE_KEEP,
	};
}

static int run_add(struct cli *cli)
{
	struct people_edit want;
	enum people_zone zone;
	struct doc *d = doc_new(cli->arena);
	struct people_caller who;
	struct refusal r = {0};
	char id[PEOPLE_ID];
	int err;

	if (people_zone_parse(cli_option(cli, "zone"), &zone) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.zone");
	err = caller(cli, &who);
	if (err)
		return err;
	want = edit_of(cli);
	want.zone = zone;
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

static const struct cli_column borrower_columns[] = {{"id", "column.borrower"},
	{"zone", .words = "name.zone"}, {"kind", .words = "name.kind"},
	{"state", .words = "name.borrower"}, {"reason", .words = "name.reason"},
	{"protected", "cli.col.protected"}, {"open_loans"}, {0}};
static const struct cli_column person_columns[] = {{"given"}, {"family"}, {"identity"}, {"phone"},
	{"email"}, {"street"}, {"postcode"}, {"city"}, {"card"},
	{"channel", .words = "name.channel"}, {"note"}, {0}};

static void show(struct looking *j)
{
	struct doc *d = doc_new(j->cli->arena);
	const struct people_borrower *b = &j->b;

	people_borrower_doc(b, d);
	if (j->look.why)
		people_person_doc(&j->x, doc_set_object(d, "person"));
	cli_print(j->cli, d, NULL);
	cli_record(j->cli, borrower_columns, d);
	cli_record(j->cli, person_columns, doc_object(d, "person"));
}

static int look(struct cli *cli, const struct people_look *look)
{
	struct looking j = {.cli = cli, .look = *look};
	int err = caller(cli, &j.who);

	if (err)
		return err;
	j.look.words = cli_option(cli, "words");
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
	{"why", "REASON"},
	{"words", "TEXT"},
	{0},
};

static int run_look(struct cli *cli)
{
	struct people_look x = {0};

	if (people_why_parse(cli_option(cli, "why"), &x.why) != 0)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.why");
	return look(cli, &x);
}

/* --- due, rekey --- */

static const struct cli_column due_rows[] = {{"id", "column.borrower"},
	{"zone", .words = "name.zone"}, {"kind", .words = "name.kind"},
	{"erase_at", "cli.col.erase_at"}, {0}};
static const struct cli_sheet dues = {"borrowers", due_rows};

static int due_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct people_borrower *b;
	int err = people_due_list(l->cli->house.people, txn, l->cli->arena, PEOPLE_ZONES,
		l->cli->now + (int64_t)90 * 86400, CLI_PAGE, &b, &l->n);

	for (size_t i = 0; err == 0 && i < l->n; i++)
		people_borrower_doc(&b[i], doc_add_object(l->list));
	return err;
}

static int run_due(struct cli *cli)
{
	return cli_list_run(cli, &dues, due_in, NULL);
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
	cli_tell(cli, d, "cli.done.rekeyed", NULL, NULL);
	return CLI_DONE;
}

/* --- what else the API does with a borrower --- */

#define CALL(name_) static const struct cli_call name_
static const struct cli_option change_options[] = {{"kind", "CODE"}, {"given", "NAME"},
	{"family", "NAME"}, {"identity", "NUMBER"}, {"phone", "NUMBER"}, {"email", "TEXT"},
	{"care-of", "TEXT"}, {"street", "TEXT"}, {"postcode", "TEXT"}, {"city", "TEXT"},
	{"card", "NUMBER"}, {"channel", "WORD"}, {"note", "TEXT"}, {"needs", "TEXT"},
	{"lang", "sv|fi|en"}, {"protected", "yes|no"}, {"version", "N"}, {0}};
static const struct cli_option reason_options[] = {{"reason", "WORD"}, {0}};
static const struct cli_option words_options[] = {{"words", "TEXT"}, {0}};
static const struct cli_option all_options[] = {{"all", NULL}, {0}};
static const struct cli_option relative_options[] = {{"phone", "NUMBER"}, {"email", "TEXT"},
	{"relation", "WORD"}, {"may-collect", NULL}, {"may-be-called", NULL}, {"may-know", NULL},
	{0}};
static const struct cli_option consent_options[] = {
	{"text", "TEXT"}, {"giver", "WORD"}, {"giver-name", "NAME"}, {0}};
static const struct cli_option policy_options[] = {
	{"kind", "CODE"}, {"no-identity", NULL}, {"decision", "TEXT"}, {0}};
static const struct cli_option policy_withdraw_options[] = {{"kind", "CODE"}, {0}};
static const struct cli_column hit_rows[] = {{"id", "column.borrower"}, {"family"}, {"given"},
	{"birth_year", "cli.col.birth_year"}, {"card_end", "cli.col.card_end"},
	{"zone", .words = "name.zone"}, {0}};
static const struct cli_column policy_rows[] = {{"zone", .words = "name.zone"},
	{"kind", .words = "name.kind"}, {"keep_days"}, {"needs_days", "cli.col.needs_days"},
	{"no_identity", "cli.col.no_identity"}, {"decision"}, {"changed_at", "column.changed"},
	{0}};
static const struct cli_column look_rows[] = {{"number"}, {"zone", .words = "name.zone"},
	{"at", "column.when"}, {"by", "column.who"}, {"borrower"},
	{"why", "field.reason", "name.why"}, {"words"}, {"seen_at", "cli.col.judged"}, {0}};

CALL(search) = {"POST", "/borrowers/search", "words", .list = "borrowers", .rows = hit_rows};
CALL(change) = {"POST", "/borrowers/{id}", "id", .done = "cli.done.changed"};
CALL(state) = {"POST", "/borrowers/{id}/state", "id state", .done = "cli.done.changed"};
CALL(extract) = {"POST", "/borrowers/{id}/extract", "id"};
CALL(erase) = {"POST", "/borrowers/{id}/erase", "id reason", .done = "cli.done.erased"};
CALL(relative_add) = {"POST", "/borrowers/{id}/relatives", "id name", .done = "cli.done.added"};
CALL(relative_remove) = {
	"DELETE", "/borrowers/{id}/relatives/{number}", "id number", .done = "cli.done.removed"};
CALL(consent_add) = {"POST", "/borrowers/{id}/consents", "id kind about", .done = "cli.done.noted"};
CALL(consent_withdraw) = {"POST", "/borrowers/{id}/consents/{number}/withdraw", "id number",
	.done = "cli.done.taken_back"};
CALL(policies) = {"GET", "/borrower-policies", .list = "policies", .rows = policy_rows};
CALL(policy_set) = {
	"POST", "/borrower-policies", "zone keep_days needs_days", .done = "cli.done.saved"};
CALL(policy_withdraw) = {
	"POST", "/borrower-policies/withdraw", "zone", .done = "cli.done.taken_back"};
CALL(looks) = {"GET", "/borrower-notices", .list = "notices", .rows = look_rows};
CALL(look_seen) = {
	"POST", "/borrower-notices/{zone}/{number}/seen", "zone number", .done = "cli.done.judged"};

static const struct cli_option zone_options[] = {{"zone", "ZONE"}, {0}};
static const struct cli_column erasure_rows[] = {
	{"number"}, {"zone"}, {"state"}, {"count", "column.count"}, {"made"}, {"made_by"}, {0}};

CALL(erase_look) = {"GET", "/borrowers/{id}/erase", "id"};
CALL(erasures) = {"GET", "/erasure-lists", .list = "lists", .rows = erasure_rows};
CALL(erasure_add) = {"POST", "/erasure-lists", .columns = erasure_rows};
CALL(erasure_show) = {"GET", "/erasure-lists/{zone}/{number}", "zone number"};
CALL(erasure_confirm) = {
	"POST", "/erasure-lists/{zone}/{number}/confirm", "zone number", .done = "cli.done.erased"};
CALL(erasure_withdraw) = {"POST", "/erasure-lists/{zone}/{number}/withdraw", "zone number",
	.done = "cli.done.taken_back"};

const struct cli_command cli_people_commands[] = {
	{"borrower search", "WORDS", 1, 1, NULL, cli_call_run, &search},
	{"borrower change", "ID", 1, 1, change_options, cli_call_run, &change},
	{"borrower state", "ID STATE", 2, 2, reason_options, cli_call_run, &state},
	{"borrower extract", "ID", 1, 1, words_options, cli_call_run, &extract},
	{"borrower erase", "ID REASON", 2, 2, NULL, cli_call_run, &erase},
	{"borrower erase-look", "ID", 1, 1, NULL, cli_call_run, &erase_look},
	{"erasure list", "", 0, 0, NULL, cli_call_run, &erasures},
	{"erasure add", "", 0, 0, zone_options, cli_call_run, &erasure_add},
	{"erasure show", "ZONE N", 2, 2, NULL, cli_call_run, &erasure_show},
	{"erasure confirm", "ZONE N", 2, 2, NULL, cli_call_run, &erasure_confirm},
	{"erasure withdraw", "ZONE N", 2, 2, NULL, cli_call_run, &erasure_withdraw},
	{"borrower looks", "", 0, 0, all_options, cli_call_run, &looks},
	{"borrower look-seen", "ZONE N", 2, 2, NULL, cli_call_run, &look_seen},
	{"relative add", "ID NAME", 2, 2, relative_options, cli_call_run, &relative_add},
	{"relative remove", "ID N", 2, 2, NULL, cli_call_run, &relative_remove},
	{"consent add", "ID KIND ABOUT", 3, 3, consent_options, cli_call_run, &consent_add},
	{"consent withdraw", "ID N", 2, 2, NULL, cli_call_run, &consent_withdraw},
	{"policy list", "", 0, 0, NULL, cli_call_run, &policies},
	{"policy withdraw", "ZONE", 1, 1, policy_withdraw_options, cli_call_run, &policy_withdraw},
	{"policy set", "ZONE N N", 3, 3, policy_options, cli_call_run, &policy_set},
	{"borrower add", "", 0, 0, add_options, run_add},
	{"borrower find", "CODE", 1, 1, NULL, run_find},
	{"borrower look", "CODE", 1, 1, look_options, run_look},
	{"borrower due", "", 0, 0, NULL, run_due},
	{"borrower rekey", "", 0, 0, NULL, run_rekey},
	{0},
};
