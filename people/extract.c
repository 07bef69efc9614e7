/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The extract: all that is stored of one person, and who looked. A protected identity's needs two
 * of the staff: one asks, another fetches.
 */
#include "people/people_int.h"

#define LOOKS_MOST 1000

struct extracting {
	struct people *p;
	const struct people_caller *who;
	const char *id, *words;
	struct arena *a;
	struct doc *d;
	struct refusal *r;
	bool asked; /* only noted: a second person must come */
};

/* true: this is the second person within a day. */
static bool is_second(const struct people_borrower *b, const struct people_caller *who)
{
	return !text_empty(b->export_by) && !text_equal_case(b->export_by, who->who->actor) &&
	       who->now - b->export_at < PEOPLE_DAY_S && who->now >= b->export_at;
}

static int two_persons(struct store_txn *txn, struct extracting *j, struct people_borrower *b)
{
	struct people_borrower before = *b;

	if (!b->is_protected)
		return 0;
	if (!audit_is_person(j->who->who->actor))
		return refuse(j->r, &people_say_person_needed, j->who->who->actor, NULL, NULL);
	j->asked = !is_second(b, j->who);
	b->export_by = j->asked ? j->who->who->actor : NULL;
	b->export_at = j->asked ? j->who->now : 0;
	return people_borrower_put(txn, &before, b);
}

static void add_person(struct doc *d, const struct people_person *x)
{
	static const char *const kinds[] = {
		"none", "personnummer", "samordningsnummer", "reserve_number"};

	doc_set_str(d, "given", x->given);
	doc_set_str(d, "family", x->family);
	doc_set_str(d, "identity_kind", kinds[x->identity_kind & 3]);
	doc_set_str(d, "identity", x->identity);
	doc_set_str(d, "phone", x->phone);
	doc_set_str(d, "email", x->email);
	doc_set_str(d, "care_of", x->care_of);
	doc_set_str(d, "street", x->street);
	doc_set_str(d, "postcode", x->postcode);
	doc_set_str(d, "city", x->city);
	doc_set_str(d, "card", x->card);
	doc_set_str(d, "channel", x->channel);
	doc_set_str(d, "note", x->note);
}

void people_person_doc(const struct people_person *x, struct doc *d)
{
	add_person(d, x);
}

void people_borrower_doc(const struct people_borrower *b, struct doc *d)
{
	doc_set_str(d, "id", b->id);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)b->zone));
	doc_set_str(d, "kind", b->kind);
	doc_set_str(d, "lang", say_lang_name((enum say_lang)b->lang));
	doc_set_str(d, "state", people_state_name((enum people_state)b->state));
	doc_set_str(d, "reason", b->reason);
	doc_set_bool(d, "protected", b->is_protected);
	doc_set_bool(d, "no_identity", b->no_identity);
	doc_set_int(d, "open_loans", b->open_loans);
	doc_set_time(d, "made_at", b->made_at);
	doc_set_time(d, "changed_at", b->changed_at);
	doc_set_time(d, "last_at", b->last_at);
	doc_set_time(d, "erase_at", b->erase_at);
	doc_set_int(d, "version", b->version);
}

void people_relative_doc(const struct people_relative *x, struct doc *d)
{
	doc_set_int(d, "number", x->number);
	doc_set_str(d, "name", x->name);
	doc_set_str(d, "phone", x->phone);
	doc_set_str(d, "email", x->email);
	doc_set_str(d, "relation", x->relation);
	doc_set_bool(d, "may_collect", x->scope & PEOPLE_MAY_COLLECT);
	doc_set_bool(d, "may_be_called", x->scope & PEOPLE_MAY_BE_CALLED);
	doc_set_bool(d, "may_know", x->scope & PEOPLE_MAY_KNOW);
	doc_set_time(d, "made_at", x->made_at);
}

void people_consent_doc(const struct people_consent *x, struct doc *d)
{
	doc_set_int(d, "number", x->number);
	doc_set_str(d, "kind", x->kind);
	doc_set_str(d, "about", x->about);
	doc_set_str(d, "text", x->text);
	doc_set_str(d, "giver", x->giver);
	doc_set_str(d, "giver_name", x->giver_name);
	doc_set_time(d, "given_at", x->given_at);
	doc_set_time(d, "withdrawn_at", x->withdrawn_at);
	doc_set_str(d, "by", x->by);
}

/* What who looked said. */
static int add_words(
	struct store_txn *txn, const struct extracting *j, struct people_said *said, struct doc *d)
{
	int err = people_said_get(j->p, txn, j->a, said);

	if (err == 0)
		doc_set_str(d, "words", said->words);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What was done with the record, newest first: ids of staff, acts, times. */
static int add_looks(struct store_txn *txn, struct extracting *j, const char *id)
{
	struct doc *list = doc_set_list(j->d, "acts");
	struct audit_record *x;
	size_t n;
	int err = audit_list(txn, id, STORE_PIECE_N(j->a, 0, LOOKS_MOST), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct people_said said = {.borrower = id, .look = x[i].seq};
		struct doc *d = doc_add_object(list);

		doc_set_time(d, "at", x[i].at);
		doc_set_str(d, "by", x[i].actor);
		doc_set_str(d, "act", x[i].act);
		doc_set_str(d, "detail", x[i].detail);
		err = add_words(txn, j, &said, d);
	}
	return err;
}

static int fill_lists(struct extracting *j, const struct people_borrower *b)
{
	struct doc *relatives = doc_set_list(j->d, "relatives");
	struct doc *consents = doc_set_list(j->d, "consents");
	struct people_list l;
	int err = people_list_open(j->p, j->a, b, PEOPLE_GROUP_RELATIVES, &l);

	for (size_t i = 0; err == 0 && i < l.n; i++)
		people_relative_doc(
			(struct people_relative *)l.item + i, doc_add_object(relatives));
	if (err == 0)
		err = people_list_open(j->p, j->a, b, PEOPLE_GROUP_CONSENTS, &l);
	for (size_t i = 0; err == 0 && i < l.n; i++)
		people_consent_doc((struct people_consent *)l.item + i, doc_add_object(consents));
	return err;
}

static int fill(struct store_txn *txn, struct extracting *j, const struct people_borrower *b)
{
	struct people_person x;
	const char *needs = NULL;
	int err = people_person_open(j->p, j->a, b, &x);

	if (err == 0)
		err = people_needs_open(j->p, j->a, b, &needs);
	if (err)
		return err;
	people_borrower_doc(b, doc_set_object(j->d, "borrower"));
	add_person(doc_set_object(j->d, "person"), &x);
	doc_set_str(j->d, "needs", needs);
	err = fill_lists(j, b);
	return err ? err : add_looks(txn, j, b->id);
}

static int extract_in(struct store_txn *txn, void *arg)
{
	struct extracting *j = arg;
	const struct people_look look = {.why = PEOPLE_WHY_EXTRACT, .words = j->words};
	struct people_borrower b;
	int err = people_get(j->p, txn, j->a, j->who->zones, j->id, &b);

	j->asked = false;
	if (err == 0)
		err = people_look_note(
			&(struct people_noting){j->p, txn, j->a, j->who}, &look, &b, j->r);
	if (err == 0)
		err = two_persons(txn, j, &b);
	if (err == 0 && !j->asked)
		err = fill(txn, j, &b);
	return err;
}

int people_extract(struct people *p, const struct people_caller *who, const char *id,
	const char *words, struct arena *a, struct doc *ret, struct refusal *r)
{
	struct extracting j = {
		.p = p, .who = who, .id = id, .words = words, .a = a, .d = ret, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_write(p->st, extract_in, &j);
	if (err == 0 && j.asked)
		return refuse(r, &people_say_second_person, NULL, NULL, NULL);
	return err;
}
