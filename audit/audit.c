/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * AUDIT_LOG: "q" the number -> the record. What the next record hashes are the bytes as they are
 * stored, so that the chain does not depend on how a later version writes records.
 * AUDIT_BY_OBJECT: "sq" object and number -> SHA-256 of the record, so that the newest, whose hash
 * no other record holds yet, is not open to change either.
 * AUDIT_BY_ACT: "sq" act and number -> empty. AUDIT_BY_ACTOR: "sq" who and number -> empty.
 */
#include "audit/audit.h"

#include "audit/audit_int.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/text.h"

#include <limits.h>

/* One act is a line, not a document. */
#define RECORD_MOST (64u << 10)

bool audit_is_person(const char *actor)
{
	return !text_empty(actor) && !strchr(actor, ':') && !text_equal_case(actor, "server") &&
	       !text_equal_case(actor, "device");
}

struct chain_end {
	uint64_t seq; /* 0: there is none yet */
	uint8_t hash[DIGEST_BYTES];
};

static int chain_end_get(struct store_txn *txn, struct chain_end *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct chain_end end = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, AUDIT_LOG, NULL);

	if (err == 0)
		err = store_iter_prev(&it, &key, &value);
	if (err == 0)
		err = store_key_parse(key, "q", &end.seq);
	if (err == 0)
		digest_of(value, end.hash);
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	*ret = end;
	return 0;
}

static int record_put(struct store_txn *txn, const struct audit_record *r)
{
	AUTO(buf) struct buf out = BUF_INIT(RECORD_MOST);
	struct store_key key = store_key("q", r->seq);
	struct store_key by_object = store_key("sq", r->object, r->seq);
	struct store_key by_act = store_key("sq", r->act, r->seq);
	struct store_key by_actor = store_key("sq", r->actor, r->seq);
	uint8_t hash[DIGEST_BYTES];
	int err;

	err = store_rec_encode(txn, &audit_rec, r, &out);
	if (err)
		return err;
	digest_of(buf_bytes(&out), hash);
	err = store_add(txn, AUDIT_LOG, &key, buf_bytes(&out));
	if (err == 0)
		err = store_add(txn, AUDIT_BY_OBJECT, &by_object, bytes_of(hash, sizeof(hash)));
	if (err == 0)
		err = store_add(txn, AUDIT_BY_ACT, &by_act, bytes_of("", 0));
	if (err == 0)
		err = store_add(txn, AUDIT_BY_ACTOR, &by_actor, bytes_of("", 0));
	return err;
}

int audit_add(struct store_txn *txn, const struct audit_who *who, int64_t now, const char *act,
	const char *object, const char *detail)
{
	struct audit_record r = {
		.at = now,
		.actor = who->actor,
		.via = who->via,
		.act = act,
		.object = object,
		.detail = detail,
		.request = who->request,
	};
	struct chain_end end;
	int err;

	if (text_empty(who->actor) || text_empty(who->via) || text_empty(object) || text_empty(act))
		return ERR_BADINPUT;
	/* our slip: every flow test looks for it, and a house at work keeps what was done */
	if (!audit_act_find(act))
		log_event(LOG_ERROR, "audit.act", "unknown=%s", act);
	err = chain_end_get(txn, &end);
	if (err != 0)
		return err;
	r.seq = end.seq + 1;
	memcpy(r.before, end.hash, sizeof(r.before));
	return record_put(txn, &r);
}

int audit_head(struct store_txn *txn, uint64_t *ret_seq, uint8_t ret_hash[AUDIT_HASH])
{
	struct chain_end end;
	int err = chain_end_get(txn, &end);

	if (err != 0)
		return err;
	*ret_seq = end.seq;
	memcpy(ret_hash, end.hash, AUDIT_HASH);
	return 0;
}

/* --- check --- */

struct check {
	struct store_txn *txn;
	struct arena *a; /* for one record at a time */
	bool indexed;    /* by act and by who */
	uint64_t count;
	uint8_t hash[DIGEST_BYTES]; /* of the record before */
};

static bool is_indexed(const struct check *c, enum store_table t, const char *of, uint64_t seq)
{
	struct store_key key = store_key("sq", of ? of : "", seq);
	struct bytes none;

	return store_get(c->txn, t, &key, &none) == 0;
}

static bool is_in_indexes(const struct check *c, const struct audit_record *r)
{
	return !c->indexed || (is_indexed(c, AUDIT_BY_ACT, r->act, r->seq) &&
				      is_indexed(c, AUDIT_BY_ACTOR, r->actor, r->seq));
}

/* True when the record stands where it says, follows the one before, and is in the indexes. Then
 * its hash is the one the next must have. */
static bool link_holds(struct check *c, uint64_t seq, struct bytes value)
{
	struct audit_record r = {0};
	struct store_key by_object;
	struct bytes indexed;

	arena_reset(c->a);
	if (rec_decode_words(&audit_rec, &rec_blind, value, c->a, &r) != 0 || r.seq != seq || !r.object ||
		memcmp(r.before, c->hash, sizeof(r.before)) != 0)
		return false;
	by_object = store_key("sq", r.object, seq);
	digest_of(value, c->hash);
	return store_get(c->txn, AUDIT_BY_OBJECT, &by_object, &indexed) == 0 &&
	       bytes_equal(indexed, bytes_of(c->hash, sizeof(c->hash))) &&
	       is_in_indexes(c, &r);
}

/* An index entry without its record: the newest records were dropped. */
static int check_index(struct check *c, uint64_t *ret_bad_seq)
{
	uint64_t objects = 0, acts = 0, actors = 0;
	int err = store_count(c->txn, AUDIT_BY_OBJECT, &objects);

	if (err == 0)
		err = store_count(c->txn, AUDIT_BY_ACT, &acts);
	if (err == 0)
		err = store_count(c->txn, AUDIT_BY_ACTOR, &actors);
	if (err != 0)
		return err;
	if (objects == c->count && (!c->indexed || (acts == c->count && actors == c->count)))
		return 0;
	*ret_bad_seq = c->count + 1;
	return ERR_CORRUPT;
}

int audit_check(
	struct store_txn *txn, bool indexed, uint64_t *ret_count, uint64_t *ret_bad_seq)
{
	AUTO(store_iter) struct store_iter it = {0};
	AUTO(arena) struct arena *a = arena_new();
	struct check c = {.txn = txn, .a = a, .indexed = indexed};
	struct bytes key, value;
	uint64_t seq = 0;
	int err = store_iter_init(&it, txn, AUDIT_LOG, NULL);

	while (err == 0) {
		err = store_iter_next(&it, &key, &value);
		if (err != 0)
			break;
		if (store_key_parse(key, "q", &seq) != 0 || seq != c.count + 1 ||
			!link_holds(&c, seq, value)) {
			*ret_bad_seq = c.count + 1;
			return ERR_CORRUPT;
		}
		c.count++;
	}
	if (err == ERR_NOTFOUND)
		err = check_index(&c, ret_bad_seq);
	if (err == 0)
		*ret_count = c.count;
	return err;
}
