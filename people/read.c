/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finding borrowers, which opens nothing, and looking at persons, which is audited (look.c).
 */
#include "people/people_int.h"

#include "base/fold.h"

/* Telephones are shared by households and homes. */
#define PHONE_MOST 20

/* What the record says is of its last change; the rule may be of today. */
static int know_service(struct store_txn *txn, struct arena *a, struct people_borrower *b)
{
	struct people_policy x;
	int err = b->state == PEOPLE_ERASED
			  ? ERR_NOTFOUND
			  : people_policy_get(txn, a, (enum people_zone)b->zone, b->kind, &x);

	if (err == 0)
		b->no_identity = x.no_identity;
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_get(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *id, struct people_borrower *ret)
{
	struct people_borrower b;
	int err = people_borrower_get(txn, a, id, &b);

	if (err)
		return err;
	if (!(b.zone & zones))
		return ERR_NOTFOUND;
	err = know_service(txn, a, &b);
	if (err == 0)
		*ret = b;
	return err;
}

struct finding {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	unsigned zones;
};

/* The ids under one hash, in each of the zones. */
static int find(
	const struct finding *f, enum people_key kind, const char *value, struct people_ids *ids)
{
	struct people_meta m;
	int err = people_meta_get(f->p, f->txn, f->a, &m);

	ids->a = f->a;
	ids->id = ARENA_ARRAY(f->a, const char *, ids->most);
	for (unsigned z = PEOPLE_CARE; err == 0 && z <= PEOPLE_LIBRARY; z <<= 1) {
		if (f->zones & z)
			err = people_index_list(f->p, f->txn, &m, (enum people_zone)z, kind,
				bytes_of_str(value), ids);
	}
	return err;
}

static int find_one(const struct finding *f, enum people_key kind, const char *value,
	struct people_borrower *ret)
{
	struct people_ids ids = {.most = 1};
	int err = find(f, kind, value, &ids);

	if (err == 0 && ids.n == 0)
		err = ERR_NOTFOUND;
	return err ? err : people_get(f->p, f->txn, f->a, f->zones, ids.id[0], ret);
}

int people_by_card(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *card, struct people_borrower *ret)
{
	const struct finding f = {p, txn, a, zones};
	const char *clean;

	if (people_card_parse(a, card, &clean))
		return ERR_NOTFOUND;
	return find_one(&f, PEOPLE_KEY_CARD, clean, ret);
}

int people_by_identity(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *identity, int64_t now, struct people_borrower *ret)
{
	const struct finding f = {p, txn, a, zones};
	struct people_identity x;
	int err = people_identity_parse(identity, now, &x);

	if (err)
		err = people_reserve_parse(identity, &x);
	if (err == 0)
		err = find_one(&f, PEOPLE_KEY_IDENTITY, x.text, ret);
	if (err != ERR_NOTFOUND || !people_identity_is_doubtful(identity, now))
		return err;
	/* no such child is here: the '+' was lost */
	people_identity_make_older(&x);
	return find_one(&f, PEOPLE_KEY_IDENTITY, x.text, ret);
}

int people_by_phone(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *phone, struct people_borrower **ret, size_t *ret_n)
{
	const struct finding f = {p, txn, a, zones};
	struct people_ids ids = {.most = PHONE_MOST};
	struct people_borrower *list = ARENA_ARRAY(a, struct people_borrower, PHONE_MOST);
	const char *clean;
	size_t n = 0;
	int err = people_phone_parse(a, phone, &clean);

	if (err == 0)
		err = find(&f, PEOPLE_KEY_PHONE, clean, &ids);
	for (size_t i = 0; err == 0 && i < ids.n; i++) {
		err = people_get(p, txn, a, zones, ids.id[i], &list[n]);
		if (err == 0 && !list[n].is_protected)
			n++;
	}
	if (err)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

/* --- names in words that others read --- */

#define NAME_LEAST 3
#define WORDS_MOST 400

int people_named_in(
	struct people *p, struct store_txn *txn, const char *id, const char *text, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct people_borrower b;
	struct people_person x = {0};
	const char *said[WORDS_MOST], *name[WORDS_MOST];
	size_t said_n, name_n;
	int err = people_borrower_get(txn, a, id, &b);

	*ret = false;
	if (err == 0 && b.person.n)
		err = people_person_open(p, a, &b, &x);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	said_n = fold_words(a, text ? text : "", WORDS_MOST, said);
	name_n = fold_words(a,
		arena_printf(a, "%s %s", x.given ? x.given : "", x.family ? x.family : ""),
		WORDS_MOST, name);
	for (size_t i = 0; i < name_n; i++) {
		for (size_t k = 0; strlen(name[i]) >= NAME_LEAST && k < said_n; k++)
			*ret = *ret || text_equal(name[i], said[k]);
	}
	return 0;
}

/* --- looks --- */

static int look_at(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_borrower *ret, struct refusal *r)
{
	int err = people_get(p, txn, a, who->zones, id, ret);

	/* A line of a list opens a name, not the person: else a search would cover the look. */
	if (err == 0 && look->why == PEOPLE_WHY_LIST)
		return refuse(r, &people_say_no_reason, NULL, NULL, NULL);
	return err ? err : people_look_note(&(struct people_noting){p, txn, a, who}, look, ret, r);
}

int people_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_person *ret, struct refusal *r)
{
	struct people_borrower b;
	int err = look_at(p, txn, a, who, look, id, &b, r);

	return err ? err : people_person_open(p, a, &b, ret);
}

int people_short_name(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const char *id, enum say_lang lang, const char **ret)
{
	static const struct people_look look = {.why = PEOPLE_WHY_LIST};
	struct people_borrower b;
	struct people_person x;
	struct refusal r;
	int err = people_get(p, txn, a, who->zones, id, &b);

	if (err)
		return err;
	if (b.is_protected || b.person.n == 0 || b.no_identity) {
		*ret = say_plain(
			b.is_protected ? &people_say_protected : &people_say_unnamed, lang);
		return 0;
	}
	err = people_look_note(&(struct people_noting){p, txn, a, who}, &look, &b, &r);
	if (err == 0)
		err = people_person_open(p, a, &b, &x);
	if (err == 0)
		*ret = people_name_short(a, x.given, x.family);
	return err;
}

static void add_line(struct people_address *x, size_t *n, const char *s)
{
	if (!text_empty(s))
		x->line[(*n)++] = s;
}

int people_address_of(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_address *ret, struct refusal *r)
{
	struct people_address x = {0};
	struct people_borrower b;
	struct people_person y;
	bool hides;
	size_t n = 0;
	int err = people_get(p, txn, a, who->zones, id, &b);

	hides = err == 0 && (b.is_protected || b.no_identity);
	if (err == 0 && !hides) {
		err = people_look_note(&(struct people_noting){p, txn, a, who}, look, &b, r);
		if (err == 0)
			err = people_person_open(p, a, &b, &y);
	}
	if (err || hides) {
		if (err == 0)
			*ret = x;
		return err;
	}
	if (!text_empty(y.given) || !text_empty(y.family))
		x.name = arena_printf(a, "%s%s%s", y.given ? y.given : "",
			text_empty(y.given) || text_empty(y.family) ? "" : " ",
			y.family ? y.family : "");
	add_line(&x, &n, text_empty(y.care_of) ? NULL : arena_printf(a, "c/o %s", y.care_of));
	add_line(&x, &n, y.street);
	if (!text_empty(y.postcode) && !text_empty(y.city))
		add_line(&x, &n, arena_printf(a, "%s  %s", y.postcode, y.city));
	else
		add_line(&x, &n, text_empty(y.city) ? y.postcode : y.city);
	*ret = x;
	return 0;
}

int people_needs_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	const char **ret, struct refusal *r)
{
	struct people_borrower b;
	int err = look_at(p, txn, a, who, look, id, &b, r);

	return err ? err : people_needs_open(p, a, &b, ret);
}

int people_relatives_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_relative **ret, size_t *ret_n, struct refusal *r)
{
	struct people_borrower b;
	struct people_list l;
	int err = look_at(p, txn, a, who, look, id, &b, r);

	if (err == 0)
		err = people_list_open(p, a, &b, PEOPLE_GROUP_RELATIVES, &l);
	if (err)
		return err;
	*ret = l.item;
	*ret_n = l.n;
	return 0;
}

int people_collector_find(struct people *p, struct store_txn *txn, unsigned zones,
	const struct people_collector *want, uint32_t *ret_number)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct people_relative *x;
	struct people_borrower b;
	struct people_list l;
	uint32_t found = 0;
	int err = people_get(p, txn, a, zones, want->borrower, &b);

	if (err == 0)
		err = people_list_open(p, a, &b, PEOPLE_GROUP_RELATIVES, &l);
	for (size_t i = 0; err == 0 && i < l.n; i++) {
		x = (const struct people_relative *)l.item + i;
		if (!(x->scope & PEOPLE_MAY_COLLECT) || !text_equal(x->relation, want->relation) ||
			(want->number && x->number != want->number))
			continue;
		err = found ? ERR_CONFLICT : 0;
		found = x->number;
	}
	if (err == 0 && !found)
		return ERR_NOTFOUND;
	if (err == 0)
		*ret_number = found;
	return err;
}

int people_consents_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_consent **ret, size_t *ret_n, struct refusal *r)
{
	struct people_borrower b;
	struct people_list l;
	int err = look_at(p, txn, a, who, look, id, &b, r);

	if (err == 0)
		err = people_list_open(p, a, &b, PEOPLE_GROUP_CONSENTS, &l);
	if (err)
		return err;
	*ret = l.item;
	*ret_n = l.n;
	return 0;
}

int people_paper_seal(
	struct people *p, struct arena *a, const char *what, struct bytes plain, struct bytes *ret)
{
	return cert_seal(p->certs, arena_printf(a, "people.paper/%s", what), plain, a, ret);
}

int people_paper_open(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	const char *what, struct bytes sealed, struct bytes *ret, struct refusal *r)
{
	struct people_borrower b;
	int err = look_at(p, txn, a, who, look, id, &b, r);

	if (err)
		return err;
	return cert_unseal(p->certs, arena_printf(a, "people.paper/%s", what), sealed, a, ret);
}
