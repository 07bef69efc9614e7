/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sealed groups of a borrower: records (base/rec.h), a list as records each behind its length.
 * Padded before they are sealed, so that the length in the store says little of a name's.
 */
#include "people/people_int.h"

#include "base/rec.h"

#include <inttypes.h>

#define PAD_STEP 128
#define GROUP_MOST (128u << 10)
/* A record's version and the padding's own number and length. */
#define PAD_HEAD 8

static const struct rec_field person_fields[] = {
	REC_STR(1, struct people_person, given),
	REC_STR(2, struct people_person, family),
	REC_U32(3, struct people_person, identity_kind),
	REC_STR(4, struct people_person, identity),
	REC_STR(5, struct people_person, phone),
	REC_STR(6, struct people_person, email),
	REC_STR(7, struct people_person, care_of),
	REC_STR(8, struct people_person, street),
	REC_STR(9, struct people_person, postcode),
	REC_STR(10, struct people_person, city),
	REC_STR(11, struct people_person, card),
	REC_STR(12, struct people_person, channel),
	REC_STR(13, struct people_person, note),
	REC_BYTES(99, struct people_person, pad),
	REC_END,
};
const struct rec_type people_person_rec = REC_TYPE(struct people_person, 1, person_fields);

static const struct rec_field needs_fields[] = {
	REC_STR(1, struct people_needs, text),
	REC_BYTES(99, struct people_needs, pad),
	REC_END,
};
static const struct rec_type needs_rec = REC_TYPE(struct people_needs, 1, needs_fields);

static const struct rec_field relative_fields[] = {
	REC_U32(1, struct people_relative, number),
	REC_STR(2, struct people_relative, name),
	REC_STR(3, struct people_relative, phone),
	REC_STR(4, struct people_relative, email),
	REC_STR(5, struct people_relative, relation),
	REC_U32(6, struct people_relative, scope),
	REC_I64(7, struct people_relative, made_at),
	REC_END,
};
static const struct rec_type relative_rec = REC_TYPE(struct people_relative, 1, relative_fields);

static const struct rec_field consent_fields[] = {
	REC_U32(1, struct people_consent, number),
	REC_STR(2, struct people_consent, kind),
	REC_STR(3, struct people_consent, about),
	REC_STR(4, struct people_consent, text),
	REC_STR(5, struct people_consent, giver),
	REC_STR(6, struct people_consent, giver_name),
	REC_I64(7, struct people_consent, given_at),
	REC_I64(8, struct people_consent, withdrawn_at),
	REC_STR(9, struct people_consent, by),
	REC_END,
};
static const struct rec_type consent_rec = REC_TYPE(struct people_consent, 1, consent_fields);

static const char *context_of(struct arena *a, const char *id, enum people_group g)
{
	static const char *const name[PEOPLE_GROUPS] = {
		"person", "needs", "relatives", "consents", "said"};

	return arena_printf(a, "people.borrower/%s/%s", id, name[g]);
}

int people_seal(struct people *p, struct arena *a, const char *id, enum people_group g,
	struct bytes plain, struct bytes *ret)
{
	return cert_seal(p->certs, context_of(a, id, g), plain, a, ret);
}

int people_unseal(struct people *p, struct arena *a, const char *id, enum people_group g,
	struct bytes sealed, struct bytes *ret)
{
	return cert_unseal(p->certs, context_of(a, id, g), sealed, a, ret);
}

/* Encodes twice: the second time with as much padding as fills the step. */
static int seal_padded(struct people *p, struct arena *a, const char *id, enum people_group g,
	const struct rec_type *t, void *record, struct bytes *pad, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT_SECRET(GROUP_MOST);
	size_t n;

	*pad = bytes_of("", 0);
	rec_encode(t, record, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	n = PAD_STEP - (b.n + PAD_HEAD) % PAD_STEP;
	*pad = bytes_of(arena_alloc(a, n), n);
	buf_reset(&b);
	rec_encode(t, record, &b);
	return buf_ok(&b) ? people_seal(p, a, id, g, buf_bytes(&b), ret) : ERR_TOOBIG;
}

int people_person_seal(struct people *p, struct arena *a, const char *id,
	const struct people_person *x, struct bytes *ret)
{
	struct people_person copy = *x;

	return seal_padded(p, a, id, PEOPLE_GROUP_PERSON, &people_person_rec, &copy, &copy.pad, ret);
}

/* Asked of the whole record, so that a field which comes later is one of those that tell until it is
 * said here that it does not. */
bool people_person_is_bare(const struct people_person *x)
{
	static const struct people_person none;
	AUTO(buf) struct buf has = BUF_INIT_SECRET(GROUP_MOST), empty = BUF_INIT(64);
	struct people_person rest = *x;

	rest.card = rest.channel = NULL;
	rest.pad = rest.unknown = bytes_of("", 0);
	rec_encode(&people_person_rec, &rest, &has);
	rec_encode(&people_person_rec, &none, &empty);
	return buf_ok(&has) && bytes_equal(buf_bytes(&has), buf_bytes(&empty));
}

int people_person_open(struct people *p, struct arena *a, const struct people_borrower *b,
	struct people_person *ret)
{
	struct bytes plain;
	int err;

	if (b->person.n == 0) {
		*ret = (struct people_person){0};
		return 0;
	}
	err = people_unseal(p, a, b->id, PEOPLE_GROUP_PERSON, b->person, &plain);
	return err ? err : rec_decode(&people_person_rec, plain, a, ret);
}

int people_needs_seal(
	struct people *p, struct arena *a, const char *id, const char *text, struct bytes *ret)
{
	struct people_needs x = {.text = text};

	if (text_empty(text)) {
		*ret = bytes_of("", 0);
		return 0;
	}
	return seal_padded(p, a, id, PEOPLE_GROUP_NEEDS, &needs_rec, &x, &x.pad, ret);
}

int people_needs_open(
	struct people *p, struct arena *a, const struct people_borrower *b, const char **ret)
{
	struct people_needs x = {0};
	struct bytes plain;
	int err = b->needs.n ? people_unseal(p, a, b->id, PEOPLE_GROUP_NEEDS, b->needs, &plain) : 0;

	if (err == 0 && b->needs.n)
		err = rec_decode(&needs_rec, plain, a, &x);
	if (err == 0)
		*ret = x.text;
	return err;
}

static const char *said_id(struct arena *a, const struct people_said *x)
{
	return arena_printf(a, "%s/%" PRIu64, x->borrower, x->look);
}

int people_said_seal(
	struct people *p, struct arena *a, const struct people_said *x, struct bytes *ret)
{
	struct people_needs text = {.text = x->words};

	return seal_padded(p, a, said_id(a, x), PEOPLE_GROUP_SAID, &needs_rec, &text, &text.pad, ret);
}

int people_said_open(struct people *p, struct arena *a, struct people_said *x)
{
	struct people_needs text = {0};
	struct bytes plain;
	int err = people_unseal(p, a, said_id(a, x), PEOPLE_GROUP_SAID, x->sealed, &plain);

	if (err == 0)
		err = rec_decode(&needs_rec, plain, a, &text);
	if (err == 0)
		x->words = text.text;
	return err;
}

static const struct rec_type *type_of(enum people_group g)
{
	return g == PEOPLE_GROUP_RELATIVES ? &relative_rec : &consent_rec;
}

int people_list_seal(struct people *p, struct arena *a, const char *id, enum people_group g,
	const struct people_list *l, struct bytes *ret)
{
	AUTO(buf) struct buf all = BUF_INIT_SECRET(GROUP_MOST);
	AUTO(buf) struct buf one = BUF_INIT_SECRET(GROUP_MOST);
	const struct rec_type *t = type_of(g);

	if (l->n == 0) {
		*ret = bytes_of("", 0);
		return 0;
	}
	for (size_t i = 0; i < l->n; i++) {
		buf_reset(&one);
		rec_encode(t, (const char *)l->item + i * t->size, &one);
		if (!buf_ok(&one) || one.n > 0xffff)
			return ERR_TOOBIG;
		buf_add_char(&all, (char)(one.n >> 8));
		buf_add_char(&all, (char)one.n);
		buf_add_bytes(&all, buf_bytes(&one));
	}
	/* A length of nothing ends the list; what follows is padding. */
	do
		buf_add_char(&all, 0);
	while (all.n % PAD_STEP || all.n < 2);
	return buf_ok(&all) ? people_seal(p, a, id, g, buf_bytes(&all), ret) : ERR_TOOBIG;
}

static int list_decode(
	const struct rec_type *t, struct arena *a, struct bytes in, struct people_list *ret)
{
	size_t n = 0, most = 0;
	char *item;

	for (size_t at = 0; at + 2 <= in.n && (in.p[at] || in.p[at + 1]);) {
		at += 2 + ((size_t)in.p[at] << 8 | in.p[at + 1]);
		if (at > in.n)
			return ERR_CORRUPT;
		most++;
	}
	item = arena_alloc_array(a, most + 1, t->size);
	for (; n < most; n++) {
		size_t size = (size_t)in.p[0] << 8 | in.p[1];
		int err = rec_decode(t, bytes_of(in.p + 2, size), a, item + n * t->size);

		if (err)
			return err;
		in = bytes_of(in.p + 2 + size, in.n - 2 - size);
	}
	*ret = (struct people_list){item, n};
	return 0;
}

int people_list_open(struct people *p, struct arena *a, const struct people_borrower *b,
	enum people_group g, struct people_list *ret)
{
	struct bytes sealed = g == PEOPLE_GROUP_RELATIVES ? b->relatives : b->consents, plain;
	int err = 0;

	if (sealed.n == 0)
		plain = sealed;
	else
		err = people_unseal(p, a, b->id, g, sealed, &plain);
	return err ? err : list_decode(type_of(g), a, plain, ret);
}
