/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <stdlib.h>

struct http_census_row {
	struct http_census_row *next;
	uint64_t key[2];
	unsigned count;
};

/*
 * One household or machine has a whole /64 of IPv6 to choose addresses from, so a cap on single
 * addresses would cap nothing.
 */
static void census_key(const struct http_address *a, uint64_t key[2])
{
	static const uint8_t v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

	memcpy(key, a->ip, 16);
	if (memcmp(a->ip, v4_mapped, sizeof(v4_mapped)) != 0)
		key[1] = 0;
}

/* Never more rows than connections, so plain mixing is enough: there is nothing to flood. */
static size_t census_bucket(const uint64_t key[2])
{
	uint64_t h = (key[0] ^ key[1] * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;

	return (size_t)(h >> 56) % HTTP_CENSUS_BUCKETS;
}

static struct http_census_row **census_at(struct http_census *c, const uint64_t key[2])
{
	struct http_census_row **at = &c->buckets[census_bucket(key)];

	while (*at && ((*at)->key[0] != key[0] || (*at)->key[1] != key[1]))
		at = &(*at)->next;
	return at;
}

unsigned http_census_count(const struct http_census *c, const struct http_address *a)
{
	const struct http_census_row *row;
	uint64_t key[2];

	census_key(a, key);
	for (row = c->buckets[census_bucket(key)]; row; row = row->next) {
		if (row->key[0] == key[0] && row->key[1] == key[1])
			return row->count;
	}
	return 0;
}

void http_census_enter(struct http_census *c, const struct http_address *a)
{
	struct http_census_row **at;
	uint64_t key[2];

	census_key(a, key);
	at = census_at(c, key);
	if (!*at) {
		*at = mem_zalloc(sizeof(**at));
		memcpy((*at)->key, key, sizeof(key));
	}
	(*at)->count++;
}

void http_census_leave(struct http_census *c, const struct http_address *a)
{
	struct http_census_row **at, *row;
	uint64_t key[2];

	census_key(a, key);
	at = census_at(c, key);
	row = *at;
	if (!row || --row->count > 0)
		return;
	*at = row->next;
	free(row);
}

void http_census_release(struct http_census *c)
{
	for (size_t i = 0; i < HTTP_CENSUS_BUCKETS; i++) {
		while (c->buckets[i]) {
			struct http_census_row *row = c->buckets[i];

			c->buckets[i] = row->next;
			free(row);
		}
	}
}
