/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include <stdio.h>

#define PARTS_MOST 6
#define NAME_MOST 64

/* How many octets the next part of that kind has; -1 when it does not fit. */
static int part_size(char kind, struct bytes rest)
{
	const uint8_t *end;
	size_t n = kind == 'u' ? 4 : kind == 'q' || kind == 't' ? 8 : kind == 'c' ? 1 : rest.n;

	if (kind == 's') {
		end = rest.n ? memchr(rest.p, 0, rest.n) : NULL;
		return end ? (int)(end - rest.p) + 1 : -1;
	}
	return n <= rest.n ? (int)n : -1;
}

static int parts_of(const char *fmt, struct bytes key, struct bytes parts[PARTS_MOST])
{
	for (size_t i = 0; fmt[i] && i < PARTS_MOST; i++) {
		int n = part_size(fmt[i], key);

		if (n < 0)
			return ERR_CORRUPT;
		parts[i] = bytes_of(key.p, (size_t)n);
		key = bytes_of(key.p + n, key.n - (size_t)n);
	}
	return key.n ? ERR_CORRUPT : 0;
}

static int key_add(struct store_key *k, struct bytes b)
{
	if (b.n > (size_t)(STORE_KEY_MAX - k->n))
		return ERR_CORRUPT;
	if (b.n)
		memcpy(k->b + k->n, b.p, b.n);
	k->n = (uint16_t)(k->n + b.n);
	return 0;
}

static int key_make(const struct store_ref *ref, const struct bytes *parts, struct bytes value,
	struct store_key *ret)
{
	static const uint8_t zeros[8];
	int err = 0;

	*ret = (struct store_key){0};
	for (size_t i = 0; err == 0 && ref->parts[i]; i++) {
		char c = ref->parts[i];
		int n = part_size(ref->to_key[i], bytes_of(zeros, sizeof(zeros)));

		if (c == 'z') {
			err = key_add(ret, bytes_of(zeros, (size_t)n));
		} else if (c == 'v') {
			err = value.n && memchr(value.p, 0, value.n) ? ERR_CORRUPT
								     : key_add(ret, value);
			if (err == 0)
				err = key_add(ret, bytes_of(zeros, 1));
		} else {
			err = key_add(ret, parts[c - '0']);
		}
	}
	return err;
}

/* Names the row by the texts in its key. */
static void tell(const struct store_ref *ref, const struct bytes *parts, store_fault *fault, void *arg)
{
	char line[4 * NAME_MOST], *at = line, *end = line + sizeof(line);

	*at = '\0';
	for (size_t i = 0; parts && ref->key[i]; i++) {
		if (ref->key[i] == 's' && end - at > NAME_MOST + 2)
			at += snprintf(at, (size_t)(end - at), "%s%.*s", at == line ? "" : " ",
				NAME_MOST, (const char *)parts[i].p);
	}
	snprintf(at, (size_t)(end - at), "%s%s", at == line ? "" : ": ", ref->what);
	fault(arg, line);
}

static int ref_check(
	struct store_txn *txn, const struct store_ref *ref, store_fault *fault, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value, there;
	int err = store_iter_init(&it, txn, ref->from, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct bytes parts[PARTS_MOST];
		struct store_key k;
		bool whole = parts_of(ref->key, key, parts) == 0;

		err = whole ? key_make(ref, parts, value, &k) : ERR_CORRUPT;
		if (err == 0)
			err = store_get(txn, ref->to, &k, &there);
		if (err == ERR_NOTFOUND || err == ERR_CORRUPT || err == ERR_BADINPUT) {
			tell(ref, whole ? parts : NULL, fault, arg);
			err = 0;
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int store_refs_check(
	struct store_txn *txn, const struct store_ref *refs, store_fault *fault, void *arg)
{
	int err = 0;

	for (; err == 0 && refs->what; refs++)
		err = ref_check(txn, refs, fault, arg);
	return err;
}
