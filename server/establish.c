/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla init`: the data directory and everything a first start needs. */
#include "server/house.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/xml.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_setting(struct buf *out, const char *section, const char *key, const char *value)
{
	buf_printf(out, "[%s]\n%s = %s\n\n", section, key, value);
}

/* What the plan says, then every key with its default as a comment. */
static int write_conf(const struct house_plan *plan, const char *path)
{
	static const char *const sides[] = {"device", "staff", "public"};
	AUTO(buf) struct buf text = BUF_INIT(1 << 20);
	AUTO(buf) struct buf example = BUF_INIT(1 << 20);

	if (access(path, F_OK) == 0)
		return 0;
	buf_add_str(&text, "# Hylla's settings. What is commented out below is the default.\n"
			   "# After a change: systemctl restart hylla\n\n");
	add_setting(&text, "server", "organisation", plan->organisation);
	if (plan->contact)
		add_setting(&text, "server", "contact", plan->contact);
	add_setting(&text, "device", "url", plan->device_url);
	if (plan->public_url)
		add_setting(&text, "public", "url", plan->public_url);
	for (unsigned i = 0; plan->port && i < sizeof(sides) / sizeof(sides[0]); i++)
		buf_printf(&text, "[%s]\nlisten = 127.0.0.1:%u\n\n", sides[i], plan->port + i);
	conf_format_example(house_conf_keys, &example);
	buf_add_bytes(&text, buf_bytes(&example));
	return file_write(path, buf_bytes(&text), 0640);
}

static int write_server_certificate(struct certs *c, const struct house_plan *plan, struct arena *a)
{
	const char *cert, *key;
	const char *key_path = arena_printf(a, "%s/tls.key", plan->dir);
	const char *cert_path = arena_printf(a, "%s/tls.crt", plan->dir);
	int err;

	if (access(cert_path, F_OK) == 0)
		return 0;
	err = cert_server_make(c, plan->hosts, HOUSE_TLS_DAYS, a, &cert, &key);
	if (err == 0)
		err = file_write(key_path, bytes_of_str(key), 0600);
	if (err == 0)
		err = file_write(cert_path, bytes_of_str(cert), 0644);
	return err;
}

/* The CA as a file, for clients that must trust our own server certificate. */
static int write_ca(struct certs *c, const struct house_plan *plan, struct arena *a)
{
	AUTO(buf) struct buf pem = BUF_INIT(65536);
	char *b64 = text_base64(a, cert_ca_der(c));

	buf_add_str(&pem, "-----BEGIN CERTIFICATE-----\n");
	for (size_t i = 0, n = strlen(b64); i < n; i += 64)
		buf_printf(&pem, "%.64s\n", b64 + i);
	buf_add_str(&pem, "-----END CERTIFICATE-----\n");
	return file_write(arena_printf(a, "%s/ca.crt", plan->dir), buf_bytes(&pem), 0644);
}

static int has_account(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_account account;

	return web_account_get(txn, a, arg, &account);
}

static int first_account(struct store *st, const struct house_plan *plan, int64_t now,
	struct arena *a, const char **ret_password)
{
	struct audit_who who = {.actor = "server", .via = "cli"};
	struct refusal r = {0};
	char *name = arena_strdup(a, plan->account);
	int err = store_read(st, has_account, name);

	if (err != ERR_NOTFOUND)
		return err ? err : ERR_EXISTS;
	return web_account_add(
		st, &who, plan->account, WEB_IT | WEB_ADMIN, now, a, ret_password, &r);
}

struct founding {
	const struct house_plan *plan;
	struct conf *conf;
	int64_t now;
	struct arena *a;
};

static int found_certs(struct store *st, const struct founding *f, struct certs **ret)
{
	const struct house_plan *plan = f->plan;
	const char *seal = conf_str(f->conf, "store", "seal_key");
	struct cert_options o = {
		.seal_key_path = seal[0] == '/' ? seal : arena_printf(f->a, "%s/%s", plan->dir, seal),
		.identity_life_s = conf_int(f->conf, "mdm", "identity_life"),
	};
	struct certs *c = NULL;
	int err = cert_establish(
		st, &o, plan->organisation, (int)conf_int(f->conf, "mdm", "ca_years"), f->now);

	if (err != 0 && err != ERR_EXISTS)
		return err;
	err = certs_open(st, &o, &c);
	if (err)
		return err;
	*ret = c;
	err = write_server_certificate(c, plan, f->a);
	return err ? err : write_ca(c, plan, f->a);
}

static int make_dir(const char *dir)
{
	if (mkdir(dir, 0700) == 0 || errno == EEXIST)
		return 0;
	fprintf(stderr, "hylla: cannot make the directory %s\n", dir);
	return ERR_IO;
}

int house_establish(
	const struct house_plan *plan, int64_t now, struct arena *a, const char **ret_password)
{
	AUTO(conf) struct conf *conf = NULL;
	struct store *st = NULL;
	struct certs *certs = NULL;
	struct store_options o = {.create = true};
	int err = make_dir(plan->dir);

	xml_init();
	if (err == 0)
		err = write_conf(plan, house_conf_path(a, plan->dir));
	if (err == 0)
		err = house_conf_load(plan->dir, NULL, &conf);
	if (err)
		return err;
	err = clock_set_zone(conf_str(conf, "server", "zone"));
	if (err == 0)
		err = store_open(plan->dir, &o, &st);
	if (err)
		return err;
	err = found_certs(st, &(struct founding){plan, conf, now, a}, &certs);
	/* The account comes last: whoever has it, has the rest. */
	if (err == 0)
		err = first_account(st, plan, now, a, ret_password);
	certs_close(certs);
	store_close(st);
	return err;
}
