/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration's stand-in for Apple's device assignment, and the one box it announces. */
#include "server/cli.h"
#include "server/demo.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/fake/device_assignment.h"

#include <time.h>

#define WAIT_S 30

int demo_box_start(struct cli *cli, struct demo_box *b)
{
	if (device_assignment_start(0, &b->da) != 0)
		return ERR_NET;
	/* The same from run to run: another server's token would be refused. */
	device_assignment_server(b->da, "DE400000-0000-4000-8000-000000000001");
	b->url = device_assignment_url(b->da);
	b->ca_path = arena_printf(cli->arena, "%s/demo/device-ca.pem", cli->dir);
	return file_write(b->ca_path, bytes_of_str(device_assignment_ca(b->da)), 0644);
}

void demo_box_stop(struct demo_box *b)
{
	device_assignment_stop(b->da);
	b->da = NULL;
}

/* What a person does in Apple's portal. */
static int token_renew(struct cli *cli, struct demo_box *b)
{
	struct refusal r;
	const char *pem, *token;
	int err = mdm_ade_key(cli->house.mdm, &cli->who, false, clock_now(), cli->arena, &pem);

	if (err)
		return err;
	token = device_assignment_token(b->da, cli->arena, pem, 365);
	return token ? mdm_ade_token_import(
			       cli->house.mdm, &cli->who, bytes_of_str(token), clock_now(), &r)
		     : ERR_CRYPTO;
}

void demo_box_add(struct demo_box *b, const char *serial, const char *eid)
{
	const struct assigned_device device = {.serial = serial,
		.model = "iPad (10th generation)",
		.description = "IPAD 10.9 64GB SILVER",
		.color = "SILVER",
		.eid = eid};

	device_assignment_add(b->da, &device);
}

/* All anew: this stand-in, unlike Apple, forgets from run to run what it was told. */
static int ask_anew(struct cli *cli, struct demo_box *b)
{
	int err = token_renew(cli, b);

	return err ? err : mdm_ade_sync_ask(cli->house.mdm, &cli->who, true, clock_now());
}

int demo_box_deliver(struct cli *cli, struct demo_box *b, const char *serial)
{
	const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
	int64_t end = clock_mono_us() + (int64_t)WAIT_S * 1000000;
	int err;

	b->serial = serial;
	err = ask_anew(cli, b);
	while (err == 0) {
		AUTO(arena) struct arena *a = arena_new();
		struct device_assignment_status s;

		err = device_assignment_status(b->da, a, serial, &s);
		if (err || s.profile)
			return err;
		if (clock_mono_us() > end)
			return ERR_TIMEOUT;
		nanosleep(&pause, NULL);
	}
	return err;
}
