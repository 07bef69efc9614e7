/* SPDX-License-Identifier: EUPL-1.2 */
/* Books, mailings and their links against each other. */
#include "mdm/media_int.h"

#include "base/digest.h"
#include "base/text.h"

static const struct store_ref refs[] = {
	{"mdm: a piece of a book that is not there (cut off, or being sent)", MDM_PIECE, "su", MDM_MEDIA, "s", "0"},
	{"mdm: waits to begin and is no mailing", MDM_MAILING_DUE, "ts", MDM_MAILING, "s", "1"},
	{"mdm: a recipient of no mailing", MDM_RECIPIENT, "ss", MDM_MAILING, "s", "0"},
	{"mdm: a recipient that does not know its mailing", MDM_RECIPIENT, "ss", MDM_MAILING_OF,
		"ss", "10"},
	{"mdm: in a mailing that does not know it", MDM_MAILING_OF, "ss", MDM_RECIPIENT, "ss",
		"10"},
	{"mdm: a member of no group", MDM_MEMBER, "ss", MDM_GROUP, "s", "0"},
	{"mdm: moved in and not enrolled", MDM_MOVED, "s", MDM_ENROLLMENT, "s", "0"},
	{"mdm: a pinned certificate of an iPad that is not there", MDM_PIN, "b", MDM_ENROLLMENT,
		"s", "v"},
	{NULL, 0, NULL, 0, NULL, NULL},
};

struct check {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
};

static void tell(const struct check *c, struct arena *a, const char *id, const char *what)
{
	c->fault(c->arg, arena_printf(a, "mdm: %s: %s", id, what));
}

/* --- books --- */

static int media_whole(const struct check *c, struct arena *a, const struct mdm_media *x)
{
	uint8_t hash[DIGEST_BYTES];
	struct digest d;
	int64_t n = 0;
	int err = 0;

	digest_init(&d);
	for (uint32_t i = 0; err == 0 && n < x->bytes; i++) {
		struct bytes piece;

		err = mdm_piece_get(c->txn, x->id, i, &piece);
		if (err == 0)
			digest_add(&d, piece.p, piece.n);
		if (err == 0 && piece.n == 0)
			err = ERR_NOTFOUND;
		n += err ? 0 : (int64_t)piece.n;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	digest_finish(&d, hash);
	if (err || n != x->bytes)
		tell(c, a, x->id, "a book that is not whole");
	else if (memcmp(hash, x->hash, sizeof(hash)) != 0)
		tell(c, a, x->id, "a book with another content than was put in");
	return 0;
}

static int check_media(const struct check *c)
{
	AUTO(arena) struct arena *a = arena_new();
	char after[128] = "";
	struct mdm_media *x;
	size_t n;
	int err;

	do {
		err = mdm_media_list(c->txn, STORE_PIECE(a, *after ? after : NULL, 1), &x, &n);
		if (err == 0 && n)
			err = media_whole(c, a, &x[0]);
		if (err == 0 && n)
			text_copy(after, sizeof(after), x[0].id);
		arena_reset(a);
	} while (err == 0 && n);
	return err;
}

/* --- mailings --- */

/* How many of a mailing's recipients there are, and how each stands; the last has a file of before. */
static int count_recipients(
	const struct check *c, const struct mdm_mailing *m, int64_t ret[MDM_TO_FAILED + 2])
{
	AUTO(store_iter) struct store_iter it = {0};
	AUTO(arena) struct arena *a = arena_new();
	struct store_key all = store_key("s", m->id);
	struct bytes key, value;
	const char *id, *serial;
	int err = store_iter_init(&it, c->txn, MDM_RECIPIENT, &all);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_recipient x = {0};

		err = store_key_parse(key, "ss", &id, &serial);
		if (err == 0)
			err = mdm_recipient_get(c->txn, a, m->id, serial, &x);
		ret[0]++;
		mdm_recipient_now(m, &x);
		ret[MDM_TO_FAILED + 1] += x.older;
		if (err == 0 && x.state <= MDM_TO_FAILED && x.state)
			ret[x.state]++;
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int there(int err, bool *ret)
{
	*ret = err == 0;
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int mailing_check(const struct check *c, struct arena *a, const struct mdm_mailing *x)
{
	int64_t n[MDM_TO_FAILED + 2] = {0};
	bool running = x->state != MDM_MAILING_WITHDRAWN, ok = true;
	struct mdm_media media;
	struct mdm_group group;
	int err = count_recipients(c, x, n);

	if (err == 0 && (n[0] != x->total || n[MDM_TO_DELIVERED] != x->delivered ||
				n[MDM_TO_FAILED] != x->failed ||
				n[MDM_TO_FAILED + 1] != x->older))
		tell(c, a, x->id, "a mailing that counts its recipients wrongly");
	if (err == 0 && running && x->media)
		err = there(mdm_media_get(c->txn, a, x->media, &media), &ok);
	if (err == 0 && !ok)
		tell(c, a, x->id, "a mailing of a book that is not there");
	ok = true;
	if (err == 0 && x->state == MDM_MAILING_PLANNED && x->group)
		err = there(mdm_group_get(c->txn, a, x->group, &group), &ok);
	if (err == 0 && !ok)
		tell(c, a, x->id, "a mailing to a group that is not there");
	return err;
}

static int check_mailings(const struct check *c)
{
	AUTO(arena) struct arena *a = arena_new();
	char before[128] = "";
	struct mdm_mailing *x;
	size_t n;
	int err;

	do {
		err = mdm_mailing_list(c->txn, STORE_PIECE(a, *before ? before : NULL, 1), &x, &n);
		if (err == 0 && n)
			err = mailing_check(c, a, &x[0]);
		if (err == 0 && n)
			text_copy(before, sizeof(before), x[0].id);
		arena_reset(a);
	} while (err == 0 && n);
	return err;
}

/* A link knows its mailing. */
static int check_links(const struct check *c)
{
	AUTO(store_iter) struct store_iter it = {0};
	AUTO(arena) struct arena *a = arena_new();
	struct bytes key, value;
	int err = store_iter_init(&it, c->txn, MDM_LINK, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_mailing x;
		const char *id;
		bool ok;

		err = there(mdm_link_mailing(value, a, &id), &ok);
		if (err == 0 && ok)
			err = there(mdm_mailing_get(c->txn, a, id, &x), &ok);
		if (err == 0 && !ok)
			tell(c, a, "link", "a survey's link that leads to no mailing");
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_media_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	const struct check c = {.txn = txn, .fault = fault, .arg = arg};
	int err = store_refs_check(txn, refs, fault, arg);

	if (err == 0)
		err = check_media(&c);
	if (err == 0)
		err = check_mailings(&c);
	return err ? err : check_links(&c);
}
