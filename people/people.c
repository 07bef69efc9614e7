/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening the room: the keys of the indexes are derived once. Words for zones and states. */
#include "people/people_int.h"

#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const zone_names[] = {NULL, "care", "library"};
static const char *const key_names[PEOPLE_KEYS] = {
	NULL, "identity", "card", "phone", "sound", "begin"};

/* The key for one zone and kind is itself a keyed hash. */
static int derive(struct people *p, uint32_t id, struct people_mac *ret)
{
	char context[64];
	int err = 0;

	ret->id = id;
	for (int z = PEOPLE_CARE; z <= PEOPLE_LIBRARY; z++) {
		for (int k = 1; err == 0 && k < PEOPLE_KEYS; k++) {
			snprintf(context, sizeof(context), "people.index/%s/%s", zone_names[z],
				key_names[k]);
			err = cert_keyed_hash_by(
				p->certs, id, context, bytes_of("key", 3), ret->key[z - 1][k]);
		}
	}
	return err;
}

int people_open(struct store *st, struct certs *c, struct people **ret)
{
	struct people *p = mem_zalloc(sizeof(*p));
	uint32_t id[CERT_SEAL_KEYS];
	int err = 0;

	people_metrics_list();
	p->st = st;
	p->certs = c;
	p->card_make = people_card_make;
	p->mac_n = cert_seal_keys(c, id);
	for (size_t i = 0; err == 0 && i < p->mac_n; i++)
		err = derive(p, id[i], &p->mac[i]);
	if (err) {
		people_close(p);
		return err;
	}
	*ret = p;
	return 0;
}

void people_close(struct people *p)
{
	if (p)
		mem_wipe(p->mac, sizeof(p->mac));
	free(p);
}

/* 50 bits, without letters that are mistaken for others. */
void people_id_make(char ret_id[PEOPLE_ID])
{
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz2";
	uint8_t r[10];

	random_bytes(r, sizeof(r));
	ret_id[0] = 'b';
	for (size_t i = 0; i < sizeof(r); i++)
		ret_id[1 + i] = letters[r[i] & 31];
	ret_id[1 + sizeof(r)] = '\0';
}

void people_card_make(char ret_card[PEOPLE_CARD])
{
	int sum = 0;
	uint8_t r[8];

	random_bytes(r, sizeof(r));
	ret_card[0] = 'K';
	for (int i = 0; i < 8; i++) {
		int d = r[i] % 10, v = d * (i % 2 ? 1 : 2);

		ret_card[1 + i] = (char)('0' + d);
		sum += v > 9 ? v - 9 : v;
	}
	ret_card[9] = (char)('0' + (10 - sum % 10) % 10);
	ret_card[10] = '\0';
}

static int find_name(const char *const *names, size_t n, const char *s, int *ret)
{
	for (size_t i = 1; s && i < n; i++) {
		if (strcmp(names[i], s) == 0) {
			*ret = (int)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

const char *people_zone_name(enum people_zone z)
{
	return z == PEOPLE_CARE || z == PEOPLE_LIBRARY ? zone_names[z] : "?";
}

int people_zone_parse(const char *s, enum people_zone *ret)
{
	int v, err = find_name(zone_names, COUNT(zone_names), s, &v);

	if (err == 0)
		*ret = (enum people_zone)v;
	return err;
}

static const char *const state_names[] = {NULL, "active", "blocked", "expired", "erased"};

const char *people_state_name(enum people_state s)
{
	return s >= PEOPLE_ACTIVE && s <= PEOPLE_ERASED ? state_names[s] : "?";
}

int people_state_parse(const char *s, enum people_state *ret)
{
	int v, err = find_name(state_names, COUNT(state_names), s, &v);

	if (err == 0)
		*ret = (enum people_state)v;
	return err;
}

static const char *const why_names[PEOPLE_WHYS] = {
	NULL, "desk", "call", "letter", "correct", "extract", "list"};

const char *people_why_name(enum people_why w)
{
	return w > 0 && w < PEOPLE_WHYS ? why_names[w] : "?";
}

int people_why_parse(const char *s, enum people_why *ret)
{
	int v, err = find_name(why_names, COUNT(why_names), s, &v);

	if (err == 0)
		*ret = (enum people_why)v;
	return err;
}
