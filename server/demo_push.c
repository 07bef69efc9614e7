/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/demo.h"

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "tests/fake/fleet.h"
#include "tests/fake/push_service.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define PEM_MOST 65536

static const char *const names[] = {"push-root.pem", "push-server.pem", "push-server.key",
	"push-client.pem", "push-client.key"};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

static const char *path_of(struct cli *cli, const char *name)
{
	return arena_printf(cli->arena, "%s/demo/%s", cli->dir, name);
}

/* All of them, or ERR_NOTFOUND. */
static int load(struct cli *cli, const char *texts[NAME_COUNT])
{
	for (size_t i = 0; i < NAME_COUNT; i++) {
		AUTO(buf) struct buf b = BUF_INIT(PEM_MOST);
		int err = file_read(path_of(cli, names[i]), &b);

		if (err)
			return err;
		texts[i] = arena_strdup(cli->arena, buf_str(&b));
	}
	return 0;
}

static int make(struct cli *cli, const char *texts[NAME_COUNT])
{
	struct push_service_certificates c;
	char uuid[UUID_TEXT];
	int err = 0;

	if (mkdir(arena_printf(cli->arena, "%s/demo", cli->dir), 0700) != 0 && errno != EEXIST)
		return ERR_IO;
	random_uuid(uuid);
	if (push_service_make_certificates(
		    arena_printf(cli->arena, "com.apple.mgmt.External.%s", uuid), &c) != 0)
		return ERR_CRYPTO;
	const char *const made[NAME_COUNT] = {
		c.ca_pem, c.server_cert_pem, c.server_key_pem, c.client_cert_pem, c.client_key_pem};

	for (size_t i = 0; err == 0 && i < NAME_COUNT; i++) {
		texts[i] = arena_strdup(cli->arena, made[i]);
		err = file_write(path_of(cli, names[i]), bytes_of_str(made[i]), 0600);
	}
	push_service_free_certificates(&c);
	return err;
}

static int has_push(struct store_txn *txn, void *arg)
{
	struct cli *cli = arg;
	struct cert_push p;

	return cert_push_get(cli->house.certs, txn, cli->arena, false, &p);
}

static int import_certificate(struct cli *cli, const char *cert, const char *key)
{
	struct cert_push p;
	struct refusal r = {0};
	int err = store_read(cli->house.st, has_push, cli);

	if (err != ERR_NOTFOUND)
		return err;
	return mdm_push_import(cli->house.mdm,
		&(struct mdm_push_ask){&cli->who, cert, key, NULL, cli->now}, cli->arena, &p, &r);
}

static void deliver(void *ctx, const char *token_hex, const char *magic)
{
	struct demo_push *p = ctx;
	struct fleet *fleet = p->fleet;
	AUTO(arena) struct arena *a = arena_new();
	struct bytes token;

	if (!fleet || text_parse_hex(a, bytes_of_str(token_hex), &token) != 0)
		return;
	/* A token nobody has any more is Apple's business, and Apple keeps it to itself. */
	if (fleet_push(fleet, token, magic) != 0)
		return;
}

int demo_push_start(struct cli *cli, struct demo_push *p)
{
	const char *texts[NAME_COUNT];
	struct push_service_options o = {.on_push = deliver, .ctx = p};
	int err = load(cli, texts);

	if (err == ERR_NOTFOUND)
		err = make(cli, texts);
	if (err == 0)
		err = import_certificate(cli, texts[3], texts[4]);
	if (err)
		return err;
	o.ca_pem = texts[0];
	o.cert_pem = texts[1];
	o.key_pem = texts[2];
	if (push_service_start(&o, &p->service) != 0)
		return ERR_NET;
	p->port = push_service_port(p->service);
	p->root_path = path_of(cli, names[0]);
	/* The server runs in another place only if the data directory is named so. */
	if (p->root_path[0] != '/') {
		char *whole = realpath(p->root_path, NULL);

		p->root_path = whole ? arena_strdup(cli->arena, whole) : p->root_path;
		free(whole);
	}
	return 0;
}

void demo_push_deliver(struct demo_push *p, struct fleet *fleet)
{
	p->fleet = fleet;
}

void demo_push_stop(struct demo_push *p)
{
	push_service_stop(p->service);
	p->service = NULL;
}
