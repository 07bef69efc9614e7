/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla init, serve, backup, restore, check: the house itself. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/text.h"
#include "server/cli_help.h"

#include <stdio.h>
#include <unistd.h>

/* --- init --- */

static const struct cli_option init_options[] = {
	{"organisation", "NAME"},
	{"device-url", "URL"},
	{"host", "NAMES"},
	{"account", "NAME"},
	{"no-catalogue", NULL},
	{0},
};

static const char *const *split(struct arena *a, const char *list)
{
	const char **out = ARENA_ARRAY(a, const char *, strlen(list) + 2);
	size_t n = 0;

	while (*list) {
		size_t len = strcspn(list, ",");

		if (len)
			out[n++] = arena_strndup(a, list, len);
		list += len + (list[len] == ',');
	}
	return out;
}

static const char *otherwise(const char *s, const char *fallback)
{
	return text_empty(s) ? fallback : s;
}

/* Products to begin with. What is founded stays founded: the same command loads them later. */
static int load_catalogue(struct cli *cli, struct doc *d)
{
	unsigned made = 0, there = 0;
	int err = cli_house(cli);

	if (err == 0)
		err = inv_catalogue_load(cli->house.inv, &cli->who, cli->now, &made, &there);
	if (err)
		return cli_wrong(cli, err, "cli.wrong.catalogue");
	doc_set_int(d, "products", made + there);
	return CLI_DONE;
}

static int run_init(struct cli *cli)
{
	struct house_plan plan = {
		.dir = cli->dir,
		.organisation = otherwise(cli_option(cli, "organisation"), "Kommunen"),
		.device_url = otherwise(cli_option(cli, "device-url"), "https://localhost:8443"),
		.hosts = split(
			cli->arena, otherwise(cli_option(cli, "host"), "localhost,127.0.0.1,::1")),
		.account = otherwise(cli_option(cli, "account"), "it"),
	};
	struct doc *d = doc_new(cli->arena);
	const char *password;
	int err = house_establish(&plan, cli->now, cli->arena, &password);

	if (err == ERR_EXISTS)
		return cli_wrong(cli, err,
			cli_fill(cli, "cli.wrong.founded", cli->dir, NULL, NULL));
	if (err == ERR_NOTFOUND)
		return cli_wrong(
			cli, err, cli_fill(cli, "cli.wrong.no_key", cli->dir, NULL, NULL));
	if (err)
		return cli_fail(cli, err, NULL, cli->dir);
	doc_set_str(d, "data", cli->dir);
	doc_set_str(d, "account", plan.account);
	doc_set_str(d, "one_time_password", password);
	cli_print(cli, NULL, "%s\n",
		cli_fill(cli, "cli.done.founded", cli->dir, plan.account, password));
	if (!cli_option(cli, "no-catalogue"))
		err = load_catalogue(cli, d);
	cli_print(cli, d, NULL);
	return err;
}

/* --- serve --- */

static const struct cli_option serve_options[] = {
	{"set", "SECTION.KEY=VALUE"},
	{"ready-fd", "N"},
	{0},
};

static int run_serve(struct cli *cli)
{
	const char **overrides;
	struct serve_options o = {.dir = cli->dir, .ready_fd = -1};
	const char *ready = cli_option(cli, "ready-fd");
	uint64_t fd;
	size_t n = 0;

	if (ready && (text_parse_u64(ready, &fd) != 0 || fd > 1023))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.fd");
	if (ready)
		o.ready_fd = (int)fd;

	for (size_t i = 0; cli->given[i]; i += 2)
		n++;
	overrides = ARENA_ARRAY(cli->arena, const char *, n + 1);
	n = 0;
	for (size_t i = 0; cli->given[i]; i += 2) {
		if (text_equal(cli->given[i], "set"))
			overrides[n++] = cli->given[i + 1];
	}
	o.overrides = overrides;
	return serve(&o);
}

/* --- backup, restore --- */

/* A line that is rewritten on a terminal; nothing elsewhere. */
static void show_progress(void *arg, uint64_t done, uint64_t all)
{
	const char *what = arg;

	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r%s: %llu of %llu MB", what, (unsigned long long)(done >> 20),
		(unsigned long long)(all >> 20));
	if (done >= all)
		fprintf(stderr, "\n");
}

static char copying[] = "copying", checking[] = "checking";

static int run_backup(struct cli *cli)
{
	const char *to = cli->arguments[0];
	struct doc *d = doc_new(cli->arena);
	int err = cli_store(cli);

	if (err)
		return CLI_FAILED;
	if (access(to, F_OK) == 0)
		return cli_wrong(cli, ERR_EXISTS,
			cli_fill(cli, "cli.wrong.exists", to, NULL, NULL));
	err = store_backup(cli->house.st, to, show_progress, copying);
	if (err == 0)
		err = store_backup_verify(to, show_progress, checking);
	if (err)
		return cli_fail(cli, err, NULL, to);
	doc_set_str(d, "backup", to);
	doc_set_bool(d, "verified", true);
	cli_tell(cli, d, "cli.done.backup", to, NULL);
	return CLI_DONE;
}

static const struct cli_option restore_options[] = {
	{"replace", NULL},
	{0},
};

static int run_restore(struct cli *cli)
{
	const char *from = cli->arguments[0];
	struct doc *d = doc_new(cli->arena);
	bool replace = cli_option(cli, "replace") != NULL;
	int err = store_restore(from, cli->dir, replace, show_progress, checking);

	if (err == ERR_EXISTS)
		return cli_wrong(cli, err,
			cli_fill(cli, "cli.wrong.has_store", cli->dir, NULL, NULL));
	if (err == ERR_CORRUPT)
		return cli_wrong(cli, err,
			cli_fill(cli, "cli.wrong.damaged", from, NULL, NULL));
	if (err == ERR_BUSY)
		return cli_wrong(cli, err, "cli.wrong.in_use");
	if (err)
		return cli_fail(cli, err, NULL, from);
	doc_set_str(d, "restored", from);
	cli_tell(cli, d, "cli.done.restored", from, cli->dir);
	return CLI_DONE;
}

/* --- check --- */

struct faults {
	struct cli *cli;
	struct doc *list;
	uint64_t n;
	uint64_t head_seq; /* of the audit chain */
	uint8_t head[AUDIT_HASH];
};

static void note_fault(void *arg, const char *what)
{
	struct faults *f = arg;

	f->n++;
	if (f->n > 1000)
		return;
	doc_add_str(f->list, what);
	if (!f->cli->json)
		cli_say("%s\n", cli_fill(f->cli, "cli.say.fault", what, NULL, NULL));
}

static int check_audit(struct store_txn *txn, struct faults *f)
{
	uint64_t count, bad = 0;
	int err = audit_check(txn, !store_is_older(f->cli->house.st), &count, &bad);

	if (err != ERR_CORRUPT)
		return err;
	note_fault(f, arena_printf(f->cli->arena, "audit: the chain breaks at record %llu",
			      (unsigned long long)bad));
	return 0;
}

static int check_in(struct store_txn *txn, void *arg)
{
	typedef int check_fn(struct store_txn *, store_fault *, void *);
	static check_fn *const checks[] = {setting_check, cert_check, apns_check,
		mdm_check, inv_check, web_check};
	struct faults *f = arg;
	int err = check_audit(txn, f);

	if (err == 0)
		err = audit_head(txn, &f->head_seq, f->head);
	for (size_t i = 0; err == 0 && i < sizeof(checks) / sizeof(checks[0]); i++)
		err = checks[i](txn, note_fault, f);
	if (err || !f->cli->house.people)
		return err;
	return people_check(f->cli->house.people, txn, note_fault, f);
}

static int run_check(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	struct faults f = {.cli = cli, .list = doc_set_list(d, "faults")};
	uint64_t records = 0;
	const char *head;
	int err = cli_store(cli);
	bool sealed;

	if (err)
		return CLI_FAILED;
	sealed = !house_unseal(&cli->house);
	err = store_check(cli->house.st, note_fault, &f, &records);
	if (err == 0)
		err = store_read(cli->house.st, check_in, &f);
	if (err)
		return cli_fail(cli, err, NULL, cli->dir);
	doc_set_int(d, "records", (int64_t)records);
	doc_set_bool(d, "sealed_fields_checked", !sealed);
	doc_set_bool(d, "audit_index_checked", !store_is_older(cli->house.st));
	head = text_hex(cli->arena, bytes_of(f.head, sizeof(f.head)));
	doc_set_int(d, "audit_head", (int64_t)f.head_seq);
	doc_set_str(d, "audit_hash", head);
	cli_tell(cli, d, "cli.done.checked",
		arena_printf(cli->arena, "%llu", (unsigned long long)records),
		arena_printf(cli->arena, "%llu", (unsigned long long)f.n));
	cli_print(cli, NULL, "%s\n",
		cli_fill(cli, "cli.say.audit_head",
			arena_printf(cli->arena, "%llu", (unsigned long long)f.head_seq), head, NULL));
	if (store_is_older(cli->house.st) && !cli->json)
		fprintf(stderr, "%s\n", cli_text(cli, "cli.say.audit_older"));
	if (sealed && !cli->json)
		fprintf(stderr, "%s\n", cli_text(cli, "cli.say.sealed"));
	return f.n ? CLI_FAILED : CLI_DONE;
}

static int run_words(struct cli *cli)
{
	(void)cli;
	cli_help_words(stdout);
	return CLI_DONE;
}

const struct cli_command cli_store_commands[] = {
	{"init", "", 0, 0, init_options, run_init},
	{"serve", "", 0, 0, serve_options, run_serve},
	{"backup", "FILE", 1, 1, NULL, run_backup},
	{"restore", "FILE", 1, 1, restore_options, run_restore},
	{"check", "", 0, 0, NULL, run_check},
	{"completion-words", "", 0, 0, NULL, run_words},
	{0},
};
