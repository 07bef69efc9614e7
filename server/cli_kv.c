/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * NanoMDM's newer file storage ("filekv"): a folder for each kind of record, in it two levels of
 * folders named by the first four characters of the key, and a file for each key, UDID.what:
 *
 * devices      UDID.auth, UDID.tok_upd (check-in messages as they came), UDID.bstoken
 * enrollments  UDID.unl_tok, UDID.disabled
 * cert_auth    UDID.cert_hash (hex)
 * push_cert    TOPIC.pem, TOPIC.key (folders by the topic's end)
 *
 * Names are taken from the folders only where they are an identifier, so that none leads elsewhere.
 */
#include "server/cli_kv.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <sys/stat.h>

#define RECORD_MOST (8u << 20)
#define NAME_MOST 128
#define TOKEN_UPDATE ".tok_upd"
#define PEM ".pem"
#define TOPIC_BEGIN "com.apple.mgmt.External."

static bool is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool cli_kv_is(const struct cli *cli, const char *dir)
{
	return is_folder(arena_printf(cli->arena, "%s/devices", dir)) &&
	       is_folder(arena_printf(cli->arena, "%s/cert_auth", dir));
}

/* A UDID or a topic: nothing that climbs, nothing that is hidden. */
static bool is_name(const char *s, size_t n)
{
	if (n == 0 || n > NAME_MOST || s[0] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!strchr("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._",
			    s[i]))
			return false;
	}
	return true;
}

/* The two folders of a key: its first four characters, with zeros before a shorter one. */
static const char *path_of(
	struct arena *a, const char *bucket, const char *name, const char *what)
{
	const char *key = arena_printf(a, "%s.%s", name, what), *at = key;
	char four[5] = "0000";
	size_t n;

	if (strncmp(key, TOPIC_BEGIN, strlen(TOPIC_BEGIN)) == 0)
		at = key + strlen(TOPIC_BEGIN);
	n = strlen(at) < 4 ? strlen(at) : 4;
	memcpy(four + 4 - n, at, n);
	return arena_printf(a, "%s/%.2s/%.2s/%s", bucket, four, four + 2, key);
}

/* Nothing there: nothing read. */
static int read_record(struct arena *a, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MOST);
	int err = file_read(path, &b);

	if (err == 0)
		*ret = arena_bytes(a, buf_bytes(&b));
	return err == ERR_NOTFOUND ? 0 : err;
}

struct kv {
	struct arena *a;
	const char *dir;
	struct mdm_move_set *set;
};

static const char *bucket(const struct kv *kv, const char *name)
{
	return arena_printf(kv->a, "%s/%s", kv->dir, name);
}

static int add_enrolment(struct kv *kv, const char *udid)
{
	struct mdm_move_files f = {0};
	struct bytes disabled = {0};
	const struct {
		const char *bucket, *what;
		struct bytes *to;
	} rows[] = {{"devices", "tok_upd", &f.token_update}, {"devices", "auth", &f.authenticate},
		{"devices", "bstoken", &f.bootstrap_token}, {"cert_auth", "cert_hash", &f.hash},
		{"enrollments", "unl_tok", &f.unlock_token}, {"enrollments", "disabled", &disabled}};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++)
		err = read_record(kv->a,
			path_of(kv->a, bucket(kv, rows[i].bucket), udid, rows[i].what), rows[i].to);
	if (err == 0 && !disabled.n)
		mdm_move_add_files(kv->set, kv->a, udid, &f);
	return err;
}

static int add_push(struct kv *kv, const char *topic)
{
	struct bytes cert = {0}, key = {0};
	int err;

	if (kv->set->push_cert_pem)
		return 0;
	err = read_record(kv->a, path_of(kv->a, bucket(kv, "push_cert"), topic, "pem"), &cert);
	if (err == 0)
		err = read_record(
			kv->a, path_of(kv->a, bucket(kv, "push_cert"), topic, "key"), &key);
	if (err || !cert.n || !key.n)
		return err;
	kv->set->push_cert_pem = arena_strndup(kv->a, (const char *)cert.p, cert.n);
	kv->set->push_key_pem = arena_strndup(kv->a, (const char *)key.p, key.n);
	return 0;
}

typedef int name_fn(struct kv *kv, const char *name);

/* Each file below that ends so. */
static int walk(struct kv *kv, const char *path, unsigned level, const char *end, name_fn *fn)
{
	DIR *dir = opendir(path);
	const struct dirent *e;
	int err = 0;

	if (!dir)
		return level ? ERR_IO : 0;
	while (err == 0 && (e = readdir(dir))) {
		size_t n = strlen(e->d_name), tail = strlen(end);
		const char *below = arena_printf(kv->a, "%s/%s", path, e->d_name);

		if (!is_name(e->d_name, n) || (level < 2 && n != 2))
			continue;
		if (level < 2)
			err = is_folder(below) ? walk(kv, below, level + 1, end, fn) : 0;
		else if (n > tail && text_equal(e->d_name + n - tail, end))
			err = fn(kv, arena_strndup(kv->a, e->d_name, n - tail));
	}
	closedir(dir);
	return err;
}

int cli_kv_read(struct cli *cli, const char *dir, struct mdm_move_set *set)
{
	struct kv kv = {cli->arena, dir, set};
	int err = walk(&kv, bucket(&kv, "devices"), 0, TOKEN_UPDATE, add_enrolment);

	return err ? err : walk(&kv, bucket(&kv, "push_cert"), 0, PEM, add_push);
}
