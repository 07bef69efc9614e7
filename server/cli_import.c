/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla import: iPads of another MDM server go on here without enrolling again. */
#include "server/cli_kv.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <stdio.h>

#define FILE_MOST (4ull << 30)

#define COMMON                                                                                  \
	{"push-cert", "FILE"}, {"push-key", "FILE"}, {"preview", NULL}, {"take-good-rows", NULL}, {0}
static const struct cli_option document_options[] = {COMMON};
static const struct cli_option import_options[] = {{"profile", "FILE"}, COMMON};

static int read_whole(struct arena *a, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(8u << 20);
	int err = file_read(path, &b);

	if (err == 0)
		*ret = arena_bytes(a, buf_bytes(&b));
	return err;
}

static const char *profile_fault(const struct cli *cli, int err, const char *bad)
{
	if (err == ERR_UNSUPPORTED)
		return cli_text(cli, "cli.wrong.move_signed");
	return cli_fill(cli, "cli.wrong.move_profile", bad, NULL, NULL);
}

static void tell(struct cli *cli, const struct web_move *v, struct doc *report, int err)
{
	const struct doc *list = doc_list(report, "refused");
	const char *topic = doc_str(report, "push_certificate");
	int64_t moved = 0;

	(void)!doc_int(report, "moved", &moved);
	cli_tell(cli, report, v->preview && !err ? "cli.done.would_move" : "cli.done.moved_in",
		arena_printf(cli->arena, "%lld", (long long)moved),
		arena_printf(cli->arena, "%zu", doc_list_size(list)));
	if (topic)
		cli_print(cli, NULL, "%s\n",
			cli_fill(cli,
				v->preview || err ? "cli.done.push_would" : "cli.done.push_taken",
				topic, NULL, NULL));
	for (size_t i = 0; !cli->json && i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		fprintf(stderr, "%s: %s\n", doc_str(d, "enrolment"), doc_str(d, "text"));
	}
}

static int finish(struct cli *cli, struct web_move *v)
{
	struct doc *report = doc_new(cli->arena);
	struct refusal r = {0};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	v->who = &cli->who;
	err = web_move_run(cli->house.web, v, report, &r);
	if (err && (err != ERR_REFUSED || r.say))
		return cli_fail(cli, err, &r, "import");
	tell(cli, v, report, err);
	if (err && !cli->json)
		fprintf(stderr, "%s\n", cli_text(cli, "cli.wrong.nothing_moved"));
	return doc_list_size(doc_list(report, "refused")) ? CLI_REFUSED : CLI_DONE;
}

static int pem_read(struct cli *cli, const char *option, const char **ret)
{
	const char *path = cli_option(cli, option);
	struct bytes b;
	int err = path ? read_whole(cli->arena, path, &b) : 0;

	if (path && err == 0)
		*ret = arena_strndup(cli->arena, b.p, b.n);
	if (err)
		cli_fail(cli, err, NULL, path);
	return err;
}

/* What every kind of import is told. Nonzero: it was answered, with that exit status. */
static int begin(struct cli *cli, struct web_move *v, const char *source)
{
	*v = (struct web_move){.source = source,
		.preview = cli_option(cli, "preview") != NULL,
		.take_good_rows = cli_option(cli, "take-good-rows") != NULL,
		.arena = cli->arena,
		.lang = cli->lang,
		.now = cli->now};
	if (pem_read(cli, "push-cert", &v->set.push_cert_pem) != 0 ||
		pem_read(cli, "push-key", &v->set.push_key_pem) != 0)
		return CLI_FAILED;
	if (!v->set.push_cert_pem != !v->set.push_key_pem)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.push_pair");
	return 0;
}

static int profile_read(struct cli *cli, struct web_move *v)
{
	const char *path = cli_option(cli, "profile"), *bad = "";
	struct bytes profile;
	int err;

	if (!path)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.move_needs");
	err = read_whole(cli->arena, path, &profile);
	if (err)
		return cli_fail(cli, err, NULL, path);
	err = mdm_move_profile_parse(profile, cli->arena, &v->profile, &bad);
	return err ? cli_wrong(cli, err, profile_fault(cli, err, bad)) : 0;
}

/* --- NanoMDM's file storage: a folder an enrolment --- */

static const char *in_dir(struct cli *cli, const char *name, const char *file)
{
	return arena_printf(cli->arena, "%s/%s%s%s", cli->arguments[0], name, file ? "/" : "",
		file ? file : "");
}

/* Users' channels are named UDID:user, and what was unenrolled is marked. */
static bool is_enrolment(struct cli *cli, const char *name)
{
	struct bytes b;

	return name[0] != '.' && !strchr(name, ':') &&
	       read_whole(cli->arena, in_dir(cli, name, "TokenUpdate.plist"), &b) == 0 &&
	       read_whole(cli->arena, in_dir(cli, name, "Disabled"), &b) == ERR_NOTFOUND;
}

static int nano_one(struct cli *cli, struct web_move *v, const char *name)
{
	struct mdm_move_files f = {0};
	const struct {
		const char *file;
		struct bytes *to;
	} rows[] = {{"TokenUpdate.plist", &f.token_update},
		{"Authenticate.plist", &f.authenticate},
		{"CertAuth.sha256.txt", &f.hash},
		{"UnlockToken.dat", &f.unlock_token},
		{"BootstrapToken.dat", &f.bootstrap_token},
		{"Identity.pem", &f.identity_pem}};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		err = read_whole(cli->arena, in_dir(cli, name, rows[i].file), rows[i].to);
		/* one that is missing but needed shows when they are read */
		if (err == ERR_NOTFOUND)
			err = 0;
	}
	if (err == 0)
		mdm_move_add_files(&v->set, cli->arena, name, &f);
	return err;
}

/* TOPIC.pem with TOPIC.key beside it. */
static int nano_push(struct cli *cli, struct web_move *v, const char *name)
{
	size_t n = strlen(name);
	struct bytes cert, key;
	int err;

	if (v->set.push_cert_pem || n < 5 || !text_equal(name + n - 4, ".pem"))
		return 0;
	err = read_whole(cli->arena,
		in_dir(cli, arena_printf(cli->arena, "%.*s.key", (int)n - 4, name), NULL), &key);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = read_whole(cli->arena, in_dir(cli, name, NULL), &cert);
	if (err)
		return err;
	v->set.push_cert_pem = arena_strndup(cli->arena, cert.p, cert.n);
	v->set.push_key_pem = arena_strndup(cli->arena, key.p, key.n);
	return 0;
}

static int nano_all(struct cli *cli, struct web_move *v, DIR *dir)
{
	const struct dirent *e;
	int err = 0;

	while (err == 0 && (e = readdir(dir))) {
		const char *name = arena_strdup(cli->arena, e->d_name);

		err = is_enrolment(cli, name) ? nano_one(cli, v, name) : nano_push(cli, v, name);
	}
	closedir(dir);
	return err;
}

/* --- one file --- */

static int file_import(struct cli *cli, struct web_move *v,
	int (*parse)(struct bytes in, struct arena *a, struct mdm_move_set *s, const char **ret_bad))
{
	AUTO(buf) struct buf b = BUF_INIT(FILE_MOST);
	const char *bad = "";
	int err = file_read(cli->arguments[0], &b);

	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	err = parse(buf_bytes(&b), cli->arena, &v->set, &bad);
	if (err)
		return cli_wrong(cli, err,
			cli_fill(cli, "cli.wrong.unreadable_store", cli->arguments[0], bad, NULL));
	return finish(cli, v);
}

static int run_nanomdm(struct cli *cli)
{
	struct web_move v;
	int done = begin(cli, &v, "nanomdm"), err;
	DIR *dir;

	if (done == 0)
		done = profile_read(cli, &v);
	if (done)
		return done;
	dir = opendir(cli->arguments[0]);
	if (!dir)
		return file_import(cli, &v, mdm_move_sql_parse);
	if (cli_kv_is(cli, cli->arguments[0])) {
		closedir(dir);
		err = cli_kv_read(cli, cli->arguments[0], &v.set);
	} else
		err = nano_all(cli, &v, dir);
	return err ? cli_fail(cli, err, NULL, cli->arguments[0]) : finish(cli, &v);
}

static int run_micromdm(struct cli *cli)
{
	struct web_move v;
	int done = begin(cli, &v, "micromdm");

	if (done == 0)
		done = profile_read(cli, &v);
	return done ? done : file_import(cli, &v, mdm_move_micromdm_parse);
}

/* --- the document that any other server's data can be turned into --- */

static int run_document(struct cli *cli)
{
	AUTO(buf) struct buf b = BUF_INIT(256u << 20);
	struct mdm_move_set given;
	struct web_move v;
	struct doc *d;
	int done = begin(cli, &v, NULL), err;

	if (done)
		return done;
	given = v.set;
	err = file_read(cli->arguments[0], &b);
	if (err == 0)
		err = doc_parse(cli->arena, buf_bytes(&b), &d);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	err = web_move_read(&v, d);
	if (err && text_equal(v.field, "profile"))
		return cli_wrong(cli, err, profile_fault(cli, err, v.bad));
	if (err)
		return cli_wrong(
			cli, err, arena_printf(cli->arena, "%s: %s", v.field, v.bad));
	if (given.push_cert_pem) {
		v.set.push_cert_pem = given.push_cert_pem;
		v.set.push_key_pem = given.push_key_pem;
	}
	return finish(cli, &v);
}

const struct cli_command cli_import_commands[] = {
	{"import nanomdm", "DIR|DUMP.sql", 1, 1, import_options, run_nanomdm},
	{"import micromdm", "FILE.db", 1, 1, import_options, run_micromdm},
	{"import enrolments", "FILE.json", 1, 1, document_options, run_document},
	{0},
};
