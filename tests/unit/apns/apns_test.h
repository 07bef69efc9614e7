/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of apns share: a store of one's own, a push certificate in it, the stand-in. */
#ifndef TESTS_APNS_TEST_H
#define TESTS_APNS_TEST_H

#include "apns/apns_int.h"
#include "base/clock.h"
#include "base/log.h"
#include "tests/fake/free_port.h"
#include "tests/fake/push_service.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TOPIC "com.apple.mgmt.External.0f1e2d3c-4b5a-4678-9abc-def012345678"
#define OTHER_TOPIC "com.apple.mgmt.External.00000000-0000-4000-8000-000000000000"

struct place {
	char dir[64], root[96], seal[96];
	struct store *st;
	struct certs *certs;
	struct push_service_certificates pem;
	struct push_service *service;
	struct apns *ap;
	unsigned port;
};

static inline int place_remove_one(
	const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static inline void place_open_store(struct place *pl)
{
	struct store_options o = {.create = true};

	cr_assert_eq(store_open(pl->dir, &o, &pl->st), 0);
}

static inline void place_init(struct place *pl)
{
	const char *tmp = getenv("TMPDIR");

	*pl = (struct place){.service = NULL};
	snprintf(pl->dir, sizeof(pl->dir), "%.40s/apns-XXXXXX", tmp ? tmp : "/tmp");
	cr_assert_not_null(mkdtemp(pl->dir));
	place_open_store(pl);
}

static inline void place_release(struct place *pl)
{
	apns_stop(pl->ap, 5);
	push_service_stop(pl->service);
	certs_close(pl->certs);
	store_close(pl->st);
	push_service_free_certificates(&pl->pem);
	nftw(pl->dir, place_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* --- certificates --- */

struct import {
	struct cert_push push;
	struct bytes sealed;
};

static inline int place_import_fn(struct store_txn *txn, void *arg)
{
	struct import *im = arg;

	return cert_push_put(txn, &im->push, im->sealed);
}

static inline void place_import(struct place *pl, const char *cert, const char *key)
{
	AUTO(arena) struct arena *a = arena_new();
	struct import im;

	cr_assert_eq(cert_push_inspect(pl->certs, pl->st, a, cert, key, &im.push), 0);
	cr_assert_eq(cert_seal(pl->certs, CERT_PUSH_KEY_CONTEXT, bytes_of_str(im.push.key_pem), a,
			     &im.sealed),
		0);
	cr_assert_eq(store_write(pl->st, place_import_fn, &im), 0);
}

/* Another client certificate of the stand-in's root. */
static inline void place_import_new(struct place *pl, const char *topic, int days)
{
	char *cert = NULL, *key = NULL;

	cr_assert_eq(push_service_make_client(&pl->pem, topic, days, NULL, &cert, &key), 0);
	place_import(pl, cert, key);
	free(cert);
	free(key);
}

static inline void place_write_root(struct place *pl, const char *pem)
{
	FILE *f;

	snprintf(pl->root, sizeof(pl->root), "%s/root.pem", pl->dir);
	f = fopen(pl->root, "w");
	cr_assert_not_null(f);
	fputs(pem, f);
	fclose(f);
}

/* The house's keys, the stand-in's root and its push certificate. */
static inline void place_found(struct place *pl)
{
	struct cert_options o = {.seal_key_path = pl->seal};

	snprintf(pl->seal, sizeof(pl->seal), "%s/seal.key", pl->dir);
	cr_assert_eq(cert_establish(pl->st, &o, "Test", 10, clock_now()), 0);
	cr_assert_eq(certs_open(pl->st, &o, &pl->certs), 0);
	cr_assert_eq(push_service_make_certificates(TOPIC, &pl->pem), 0);
	place_write_root(pl, pl->pem.ca_pem);
}

/* --- the stand-in and the worker --- */

static const struct apns_timing quick = {
	.look = 20,
	.linger = 2,
	.connect_wait = 30000,
	.answer_wait = 30000,
	.idle_ping = 100,
	.ping_wait = 30000,
	.backoff_first = 20,
	.backoff_most = 100,
};

static inline void place_serve(struct place *pl, struct push_service_options o)
{
	o.ca_pem = pl->pem.ca_pem;
	o.cert_pem = pl->pem.server_cert_pem;
	o.key_pem = pl->pem.server_key_pem;
	o.port = pl->port ? pl->port : free_port();
	cr_assert_eq(push_service_start(&o, &pl->service), 0);
	pl->port = push_service_port(pl->service);
}

static inline void place_work(
	struct place *pl, const struct apns_events *ev, const struct apns_timing *t)
{
	struct apns_options o = {.host = "localhost", .port = pl->port, .root_path = pl->root};

	cr_assert_eq(apns_start_timed(pl->st, pl->certs, &o, ev, t, &pl->ap), 0);
}

/* --- wishes --- */

static inline struct apns_wish wish_make(const char *id, uint8_t token[32])
{
	/* A token that tells the id: its number, if it has one, and a hash of all. */
	uint32_t h = 2166136261u;

	for (const char *s = id; *s; s++)
		h = (h ^ (uint8_t)*s) * 16777619u;
	memset(token, 0x5a, 32);
	memcpy(token, &h, sizeof(h));
	snprintf((char *)token + 4, 28, "%.27s", id);
	return (struct apns_wish){.id = id,
		.token = {token, 32},
		.magic = "7E1F0B5C-0000-4000-8000-5C3D2E1F0A9B",
		.topic = TOPIC,
		.token_at_ms = 1700000000000,
		.urgent = true};
}

struct wishing {
	const char *const *ids;
	size_t from, n; /* without ids: numbers */
	const char *topic, *magic;
	bool stale;
	int64_t now;
	uint8_t salt;
};

static inline int wish_fn(struct store_txn *txn, void *arg)
{
	const struct wishing *wi = arg;

	for (size_t i = 0; i < wi->n; i++) {
		uint8_t token[32];
		char number[32];
		struct apns_wish w;
		int rc;

		snprintf(number, sizeof(number), "00008030-%016zX", wi->from + i);
		w = wish_make(wi->ids ? wi->ids[i] : number, token);
		token[31] ^= wi->salt;
		w.topic = wi->topic ? wi->topic : TOPIC;
		w.magic = wi->magic ? wi->magic : w.magic;
		rc = apns_wish(txn, &w, !wi->stale, wi->now);
		if (rc)
			return rc;
	}
	return 0;
}

static inline void wish_one(struct place *pl, const char *id)
{
	struct wishing wi = {.ids = &id, .n = 1, .now = clock_now()};

	cr_assert_eq(store_write(pl->st, wish_fn, &wi), 0);
	if (pl->ap)
		apns_wake(pl->ap);
}

struct reading {
	const char *id;
	struct arena *arena;
	struct apns_wish w;
};

static inline int read_fn(struct store_txn *txn, void *arg)
{
	struct reading *r = arg;

	return apns_wish_get(txn, r->arena, r->id, &r->w);
}

/* ERR_NOTFOUND: there is none. */
static inline int wish_read(
	struct place *pl, struct arena *a, const char *id, struct apns_wish *ret)
{
	struct reading r = {.id = id, .arena = a};
	int rc = store_read(pl->st, read_fn, &r);

	*ret = r.w; /* all zero when there is none */
	return rc;
}

/* Waits until the row has this verdict, at most a minute. */
static inline bool wish_becomes(struct place *pl, struct arena *a, const char *id,
	enum apns_verdict v, struct apns_wish *ret)
{
	for (int i = 0; i < 12000; i++) {
		if (wish_read(pl, a, id, ret) == 0 && ret->verdict == (uint32_t)v)
			return true;
		usleep(5000);
	}
	return false;
}

static inline void on_fault(void *arg, const char *what)
{
	++*(int *)arg;
	fprintf(stderr, "%s\n", what);
}

static inline int check_fn(struct store_txn *txn, void *arg)
{
	return apns_check(txn, on_fault, arg);
}

static inline int place_faults(struct place *pl)
{
	int n = 0;

	cr_assert_eq(store_read(pl->st, check_fn, &n), 0);
	return n;
}

#endif
