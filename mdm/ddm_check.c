/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who leans on which manifest, and manifests on which declarations: what each of them counts is
 * counted anew. The tally lies in a sorted list of the tokens that were named.
 */
#include "mdm/ddm_int.h"

#include "base/text.h"

#include <stdlib.h>

struct tally {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a;
	const char **named;
	size_t n, room;
};

static void tell(const struct tally *t, const char *id, const char *what)
{
	t->fault(t->arg, arena_printf(t->a, "mdm: %s: %s", id, what));
}

static void name(struct tally *t, const char *token, size_t n)
{
	if (t->n == t->room) {
		const char **more;

		t->room = t->room ? t->room * 2 : 256;
		more = ARENA_ARRAY(t->a, const char *, t->room);
		if (t->n)
			memcpy(more, t->named, t->n * sizeof(*more));
		t->named = more;
	}
	t->named[t->n++] = arena_strndup(t->a, token, n);
}

/* An iPad's own, and those before it, "token time token time". */
static int name_of_ipads(struct tally *t)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	const char *serial;
	int err = store_iter_init(&it, t->txn, MDM_DDM, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_ddm x = {0};
		const char *at;

		err = store_key_parse(key, "s", &serial);
		if (err == 0)
			err = mdm_ddm_get(t->txn, t->a, serial, &x);
		if (err == ERR_CORRUPT) {
			tell(t, "declarations", "record cannot be read");
			err = 0;
			continue;
		}
		if (x.token)
			name(t, x.token, strlen(x.token));
		for (at = x.before; err == 0 && at && *at;) {
			name(t, at, strcspn(at, " "));
			at += strcspn(at, " ");
			at += strspn(at, " ");
			at += strcspn(at, " ");
			at += strspn(at, " ");
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int name_of_manifests(struct tally *t)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	const char *token;
	int err = store_iter_init(&it, t->txn, MDM_MANIFEST, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_manifest_row *rows;
		size_t n = 0;

		err = store_key_parse(key, "s", &token);
		if (err == 0)
			err = mdm_manifest_get(t->txn, t->a, token, &rows, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			name(t, rows[i].server_token, strlen(rows[i].server_token));
		if (err == ERR_CORRUPT) {
			tell(t, "manifest", "record cannot be read");
			err = 0;
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Each that was named is there, with that count; and as many are there as were named. */
static int compare(struct tally *t, enum store_table table, const char *what)
{
	uint64_t kinds = 0, kept;
	int err = 0;

	if (t->n)
		qsort(t->named, t->n, sizeof(*t->named), by_text);
	for (size_t i = 0, n; err == 0 && i < t->n; i += n, kinds++) {
		int64_t refs = -1;

		for (n = 1; i + n < t->n && text_equal(t->named[i], t->named[i + n]);)
			n++;
		err = mdm_held_refs(t->txn, table, t->named[i], &refs);
		if (err == ERR_NOTFOUND || err == ERR_CORRUPT)
			err = 0;
		if (err == 0 && refs != (int64_t)n) {
			tell(t, t->named[i],
				refs < 0 ? arena_printf(t->a, "%s is not there", what)
					 : arena_printf(t->a, "%s counts wrongly who leans on it",
						   what));
			kinds -= refs < 0;
		}
	}
	if (err == 0)
		err = store_count(t->txn, table, &kept);
	if (err == 0 && kept != kinds)
		tell(t, what, "some are there that nobody leans on");
	return err;
}

int mdm_ddm_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tally ipads = {.txn = txn, .fault = fault, .arg = arg, .a = a}, manifests = ipads;
	int err = name_of_ipads(&ipads);

	if (err == 0)
		err = compare(&ipads, MDM_MANIFEST, "manifest");
	if (err == 0)
		err = name_of_manifests(&manifests);
	return err ? err : compare(&manifests, MDM_DECLARATION, "declaration");
}
