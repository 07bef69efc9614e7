/* SPDX-License-Identifier: EUPL-1.2 */
/* A fresh store, and where asked for a CA with its keys, a push topic and a struct mdm. */
#ifndef TESTS_MDM_HOUSE_H
#define TESTS_MDM_HOUSE_H

#include "base/xml.h"
#include "mdm/mdm_int.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HOUSE_TOPIC "com.apple.mgmt.External.11111111-2222-3333-4444-555555555555"
#define HOUSE_NOW INT64_C(1795252320)
#define HOUSE_URL "https://mdm.example.se:8443"

static struct house {
	char dir[64];
	struct store *st;
	struct certs *certs;
	struct mdm *m;
	struct arena *a;
	struct mdm_events ev;
} house;

static inline void house_store(void)
{
	static const struct store_options o = {.create = true, .map_bytes = 64 << 20};

	xml_init();
	snprintf(house.dir, sizeof(house.dir), "/tmp/hylla-mdm-XXXXXX");
	cr_assert(mkdtemp(house.dir));
	cr_assert_eq(store_open(house.dir, &o, &house.st), 0);
	house.a = arena_new();
}

static inline int house_topic_in(struct store_txn *txn, void *topic)
{
	struct cert_push p = {.cert_pem = "-",
		.topic = topic,
		.not_before = HOUSE_NOW - 1000,
		.not_after = HOUSE_NOW + 86400 * 365};

	return cert_push_put(txn, &p, bytes_of("sealed", 6));
}

static inline void house_topic(const char *topic)
{
	cr_assert_eq(store_write(house.st, house_topic_in, (void *)(uintptr_t)topic), 0);
}

static inline void house_certs(void)
{
	struct cert_options o = {.seal_key_path = arena_printf(house.a, "%s/seal.key", house.dir)};

	cr_assert_eq(cert_establish(house.st, &o, "Provkommunen", 20, HOUSE_NOW), 0);
	cr_assert_eq(certs_open(house.st, &o, &house.certs), 0);
}

static inline void house_mdm(const struct mdm_options *more)
{
	struct mdm_options o = more ? *more : (struct mdm_options){.device_url = NULL};

	o.device_url = HOUSE_URL;
	o.organisation = "Provkommunen";
	o.profile_id = "se.example.mdm";
	cr_assert_eq(mdm_open(house.st, house.certs, NULL, &o, &house.ev, &house.m), 0);
}

/* Store, CA, push topic and mdm. */
/* For a test that changes them. */
static inline struct mdm_options *house_options(void)
{
	return (struct mdm_options *)(uintptr_t)house.m->o;
}

static inline void house_open(void)
{
	house_store();
	house_certs();
	house_topic(HOUSE_TOPIC);
	house_mdm(NULL);
}

static inline int house_remove(const char *path, const struct stat *st, int type, struct FTW *f)
{
	return remove(path);
}

static inline void house_close(void)
{
	mdm_close(house.m);
	certs_close(house.certs);
	store_close(house.st);
	arena_free(house.a);
	nftw(house.dir, house_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
