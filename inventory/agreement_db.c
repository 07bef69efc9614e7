/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_WORDING       c kind, c language, u version -> struct inv_wording
 * INV_AGREEMENT      s id                          -> struct inv_agreement
 * INV_AGREEMENT_LOAN s loan, s id                  -> empty
 * INV_AGREEMENT_DUE  t when to forget, s id        -> empty
 */
#include "inventory/agreement_int.h"

#include "base/rec.h"
#include "base/text.h"

#define COUNTED_MOST 10000

static const struct rec_field template_fields[] = {
	REC_U32(1, struct inv_wording, kind),
	REC_U32(2, struct inv_wording, lang),
	REC_U32(3, struct inv_wording, version),
	REC_STR(4, struct inv_wording, title),
	REC_STR(5, struct inv_wording, body),
	REC_WORDS(6, struct inv_wording, why),
	REC_I64(7, struct inv_wording, made_at),
	REC_STR(8, struct inv_wording, made_by),
	REC_END,
};
const struct rec_type inv_wording_rec =
	REC_TYPE_WORDS("inv.wording", struct inv_wording, 1, template_fields);

static const struct rec_field agreement_fields[] = {
	REC_STR(1, struct inv_agreement, id),
	REC_STR(2, struct inv_agreement, loan),
	REC_STR(3, struct inv_agreement, borrower),
	REC_U32(4, struct inv_agreement, zone),
	REC_U32(5, struct inv_agreement, state),
	REC_U32(6, struct inv_agreement, lang),
	REC_BOOL(7, struct inv_agreement, of_return),
	REC_STR(8, struct inv_agreement, templates),
	REC_I64(9, struct inv_agreement, made_at),
	REC_I64(10, struct inv_agreement, signed_at),
	REC_STR(11, struct inv_agreement, made_by),
	REC_FIXED(12, struct inv_agreement, hash),
	REC_STR(13, struct inv_agreement, way),
	REC_STR(14, struct inv_agreement, signer),
	REC_STR(15, struct inv_agreement, identity),
	REC_STR(16, struct inv_agreement, checked_by),
	REC_I64(17, struct inv_agreement, forget_at),
	REC_BYTES(18, struct inv_agreement, content),
	REC_BYTES(19, struct inv_agreement, ink),
	REC_I64(20, struct inv_agreement, void_at),
	REC_STR(21, struct inv_agreement, void_by),
	REC_WORDS(22, struct inv_agreement, void_why),
	REC_U32(23, struct inv_agreement, signer_number),
	REC_END,
};
const struct rec_type inv_agreement_rec =
	REC_TYPE_WORDS("inv.agreement", struct inv_agreement, 1, agreement_fields);

/* --- templates --- */

int inv_wording_history(struct store_txn *txn, enum inv_text kind, enum say_lang lang,
	const struct store_piece *piece, struct inv_wording **ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = INV_WORDING, .newest_first = true, .type = &inv_wording_rec};
	struct store_key of = store_key("cc", (int)kind, (int)lang);
	struct store_piece from = *piece;
	struct store_rows rows = {0};
	int err;

	/* A version has half the bits of a cursor: behind it is before all that begins with it. */
	from.after_n = piece->after_n ? (piece->after_n << 32) - 1 : 0;
	err = store_list_read(txn, &list, &of, &from, &rows);
	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int inv_wording_get(struct store_txn *txn, struct arena *a, enum inv_text kind, enum say_lang lang,
	uint32_t version, struct inv_wording *ret)
{
	struct store_key k = store_key("ccu", (int)kind, (int)lang, version);
	struct inv_wording *newest;
	struct bytes v;
	size_t n;
	int err;

	if (version) {
		err = store_get(txn, INV_WORDING, &k, &v);
		return err ? err : store_rec_decode(txn, &inv_wording_rec, v, a, ret);
	}
	err = inv_wording_history(txn, kind, lang, STORE_PIECE(a, NULL, 1), &newest, &n);
	if (err)
		return err;
	if (n)
		*ret = newest[0];
	else
		inv_wording_start(kind, lang, ret);
	return 0;
}

int inv_wording_add(struct store_txn *txn, const struct inv_wording *t)
{
	struct store_key k = store_key("ccu", (int)t->kind, (int)t->lang, t->version);
	AUTO(buf) struct buf v = BUF_INIT(2 * INV_TEXT_MOST);
	int err = store_rec_encode(txn, &inv_wording_rec, t, &v);

	return err ? err : store_add(txn, INV_WORDING, &k, buf_bytes(&v));
}

/* --- agreements --- */

int inv_agreement_load(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_agreement *ret)
{
	struct store_key k = store_key("s", id);
	struct bytes v;
	int err = text_empty(id) || strlen(id) >= INV_AGREEMENT_ID
			  ? ERR_NOTFOUND
			  : store_get(txn, INV_AGREEMENT, &k, &v);

	return err ? err : store_rec_decode(txn, &inv_agreement_rec, v, a, ret);
}

int inv_agreement_get(struct store_txn *txn, struct arena *a, unsigned zones, const char *id,
	struct inv_agreement *ret)
{
	struct inv_agreement x;
	int err = inv_agreement_load(txn, a, id, &x);

	if (err)
		return err;
	if (!(x.zone & zones))
		return ERR_NOTFOUND;
	*ret = x;
	return 0;
}

static int move_due(struct store_txn *txn, int64_t was, int64_t is, const char *id)
{
	struct store_key k = store_key("ts", was, id);
	int err = 0;

	if (was == is)
		return 0;
	if (was)
		err = store_del(txn, INV_AGREEMENT_DUE, &k);
	if (err || !is)
		return err;
	k = store_key("ts", is, id);
	return store_put(txn, INV_AGREEMENT_DUE, &k, bytes_of("", 0));
}

int inv_agreement_put(
	struct store_txn *txn, const struct inv_agreement *before, const struct inv_agreement *x)
{
	struct store_key k = store_key("s", x->id), by_loan = store_key("ss", x->loan, x->id);
	AUTO(buf) struct buf v = BUF_INIT(1u << 20);
	int err = move_due(txn, before ? before->forget_at : 0, x->forget_at, x->id);

	if (err == 0)
		err = store_rec_encode(txn, &inv_agreement_rec, x, &v);
	if (err)
		return err;
	if (before)
		return store_put(txn, INV_AGREEMENT, &k, buf_bytes(&v));
	err = store_add(txn, INV_AGREEMENT, &k, buf_bytes(&v));
	return err ? err : store_add(txn, INV_AGREEMENT_LOAN, &by_loan, bytes_of("", 0));
}

int inv_agreement_drop(struct store_txn *txn, const struct inv_agreement *x)
{
	struct store_key k = store_key("s", x->id), by_loan = store_key("ss", x->loan, x->id);
	int err = move_due(txn, x->forget_at, 0, x->id);

	if (err == 0)
		err = store_del(txn, INV_AGREEMENT_LOAN, &by_loan);
	return err ? err : store_del(txn, INV_AGREEMENT, &k);
}

/* By when they were made, for ids are random; of one second a return's comes after its loan's. */
static bool is_later(const struct inv_agreement *a, const struct inv_agreement *b)
{
	return a->made_at != b->made_at ? a->made_at > b->made_at : a->of_return && !b->of_return;
}

int inv_agreement_list(struct store_txn *txn, struct arena *a, unsigned zones, const char *loan,
	struct inv_agreement **ret, size_t *ret_n)
{
	struct inv_agreement *list = ARENA_ARRAY(a, struct inv_agreement, INV_AGREEMENTS_MOST + 1);
	struct store_key prefix = store_key("s", loan);
	AUTO(store_iter) struct store_iter it = {0};
	const char *number, *id;
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_AGREEMENT_LOAN, &prefix);

	while (err == 0 && n < INV_AGREEMENTS_MOST && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "ss", &number, &id);
		if (err == 0)
			err = inv_agreement_load(txn, a, id, &list[n]);
		if (err == 0 && list[n].zone & zones)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	for (size_t i = 1; i < n; i++) {
		struct inv_agreement x = list[i];
		size_t at = i;

		for (; at && is_later(&list[at - 1], &x); at--)
			list[at] = list[at - 1];
		list[at] = x;
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

int inv_agreement_due(struct store_txn *txn, struct arena *a, int64_t before, size_t most,
	struct inv_agreement **ret, size_t *ret_n)
{
	struct inv_agreement *list = ARENA_ARRAY(a, struct inv_agreement, most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_AGREEMENT_DUE, NULL);

	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *id;
		int64_t at;

		err = store_key_parse(k, "ts", &at, &id);
		if (err || at >= before)
			break;
		err = inv_agreement_load(txn, a, id, &list[n]);
		if (err == ERR_NOTFOUND)
			err = ERR_CORRUPT; /* the row promised it */
		n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int inv_agreement_due_signed(struct store_txn *txn, int64_t before, size_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	AUTO(arena) struct arena *a = arena_new();
	struct inv_agreement x;
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_AGREEMENT_DUE, NULL);

	while (err == 0 && n < COUNTED_MOST && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *id;
		int64_t at;

		err = store_key_parse(k, "ts", &at, &id);
		if (err || at >= before)
			break;
		err = inv_agreement_load(txn, a, id, &x);
		n += err == 0 && x.signed_at != 0;
		arena_reset(a);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = n;
	return 0;
}

int inv_agreement_page(struct store_txn *txn, const struct store_piece *piece,
	struct inv_agreement **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = INV_AGREEMENT, .type = &inv_agreement_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- check --- */

struct checking {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a;
	uint64_t n, due;
};

static int check_one(struct checking *c, struct bytes v)
{
	struct inv_agreement x;
	struct store_key by_loan, due;
	struct bytes nothing;
	int err = store_rec_decode(c->txn, &inv_agreement_rec, v, c->a, &x);

	if (err)
		return err;
	by_loan = store_key("ss", x.loan, x.id);
	due = store_key("ts", x.forget_at, x.id);
	c->n++;
	c->due += x.forget_at != 0;
	err = store_get(c->txn, INV_AGREEMENT_LOAN, &by_loan, &nothing);
	if (err == 0 && x.forget_at)
		err = store_get(c->txn, INV_AGREEMENT_DUE, &due, &nothing);
	if (err != ERR_NOTFOUND)
		return err;
	c->fault(
		c->arg, arena_printf(c->a, "inventory: agreement %s is missing in an index", x.id));
	return 0;
}

static int check_counts(struct checking *c)
{
	uint64_t by_loan, due;
	int err = store_count(c->txn, INV_AGREEMENT_LOAN, &by_loan);

	if (err == 0)
		err = store_count(c->txn, INV_AGREEMENT_DUE, &due);
	if (err == 0 && (by_loan != c->n || due != c->due))
		c->fault(c->arg, "inventory: an index has agreements that are not there");
	return err;
}

int inv_agreement_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {txn, fault, arg, a, 0, 0};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_AGREEMENT, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = check_one(&c, v);
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? check_counts(&c) : err;
}
