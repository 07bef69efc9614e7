/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla import: iPads of another MDM server go on here without enrolling again. */
#include "server/cli.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <stdio.h>

static const struct cli_option import_options[] = {
	{"profile", "FILE", "the enrolment profile they were enrolled with, unsigned (needed)"},
	{0},
};

static int read_whole(struct arena *a, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(8u << 20);
	int err = file_read(path, &b);

	if (err == 0)
		*ret = arena_bytes(a, buf_bytes(&b));
	return err;
}

static const char *profile_fault(int err, const char *bad, struct arena *a)
{
	if (err == ERR_UNSUPPORTED)
		return "the old enrolment profile is signed: only its signer can renew these "
		       "enrolments. Such iPads must enrol again, or migrate by device assignment";
	return arena_printf(a, "the old enrolment profile cannot be used: %s", bad);
}

static int finish(struct cli *cli, struct web_move *v, struct doc *report, int err)
{
	const struct doc *list = v->refused;

	if (err)
		return cli_fail(cli, err, NULL, "import");
	doc_set_int(report, "moved", (int64_t)v->moved);
	cli_print(cli, report, "%zu moved in, %zu refused\n", v->moved, doc_list_size(list));
	for (size_t i = 0; !cli->json && i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		fprintf(stderr, "%s: %s\n", doc_str(d, "enrolment"), doc_str(d, "text"));
	}
	return doc_list_size(list) ? CLI_REFUSED : CLI_DONE;
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
	struct arena *a = cli->arena;
	int err = read_whole(a, in_dir(cli, name, "TokenUpdate.plist"), &f.token_update);

	if (err == 0)
		err = read_whole(a, in_dir(cli, name, "Authenticate.plist"), &f.authenticate);
	if (err == 0)
		err = read_whole(a, in_dir(cli, name, "CertAuth.sha256.txt"), &f.hash);
	if (err && err != ERR_NOTFOUND)
		return err;
	/* These may be missing. */
	if (read_whole(a, in_dir(cli, name, "UnlockToken.dat"), &f.unlock_token) != 0)
		f.unlock_token = bytes_of(NULL, 0);
	if (read_whole(a, in_dir(cli, name, "Identity.pem"), &f.identity_pem) != 0)
		f.identity_pem = bytes_of(NULL, 0);
	return web_move_one(cli->house.web, v, name, &f);
}

static int nano_all(struct cli *cli, struct web_move *v)
{
	DIR *dir = opendir(cli->arguments[0]);
	const struct dirent *e;
	int err = dir ? 0 : ERR_NOTFOUND;

	while (err == 0 && (e = readdir(dir))) {
		if (is_enrolment(cli, e->d_name))
			err = nano_one(cli, v, arena_strdup(cli->arena, e->d_name));
	}
	if (dir)
		closedir(dir);
	return err;
}

static int run_nanomdm(struct cli *cli)
{
	const char *path = cli_option(cli, "profile"), *bad = "";
	struct doc *report = doc_new(cli->arena);
	struct web_move v = {.source = "nanomdm",
		.arena = cli->arena,
		.lang = cli->lang,
		.now = cli->now,
		.refused = doc_set_list(report, "refused")};
	struct bytes profile;
	int err;

	if (!path)
		return cli_wrong(cli, ERR_USAGE,
			"--profile is needed: what they were enrolled with says what can never "
			"change");
	err = read_whole(cli->arena, path, &profile);
	if (err)
		return cli_fail(cli, err, NULL, path);
	err = mdm_move_profile_parse(profile, cli->arena, &v.profile, &bad);
	if (err)
		return cli_wrong(cli, err, profile_fault(err, bad, cli->arena));
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	v.who = &cli->who;
	return finish(cli, &v, report, nano_all(cli, &v));
}

/* --- the document that any other server's data can be turned into --- */

static int run_document(struct cli *cli)
{
	struct doc *report = doc_new(cli->arena), *d;
	struct web_move v = {.arena = cli->arena,
		.lang = cli->lang,
		.now = cli->now,
		.refused = doc_set_list(report, "refused")};
	AUTO(buf) struct buf b = BUF_INIT(256u << 20);
	int err = file_read(cli->arguments[0], &b);

	if (err == 0)
		err = doc_parse(cli->arena, buf_bytes(&b), &d);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	v.who = &cli->who;
	err = web_move_doc(cli->house.web, &v, d);
	if (err == ERR_UNSUPPORTED || err == ERR_BADINPUT)
		return cli_wrong(cli, err, profile_fault(err, "profile", cli->arena));
	return finish(cli, &v, report, err);
}

const struct cli_command cli_import_commands[] = {
	{"import nanomdm", "DIR", 1, 1, import_options,
		"take over the iPads of a NanoMDM with file storage",
		"They go on without enrolling again, when this server answers at the address they\n"
		"know. Import its push certificate first. Their old certificates are pinned until\n"
		"ours have taken their place, which begins at once.",
		run_nanomdm},
	{"import enrolments", "FILE.json", 1, 1, NULL,
		"the same from one document: docs/API.md, Moving in",
		"For NanoMDM with a database, and for MicroMDM.", run_document},
	{0},
};
