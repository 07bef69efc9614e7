/* SPDX-License-Identifier: EUPL-1.2 */
/* Relatives of a borrower, and what the borrower was told or agreed to: two sealed lists. */
#include "people/people_int.h"

#define CONSENTS_MOST (5 * PEOPLE_LIST_MOST)

struct listing {
	struct people *p;
	const struct people_caller *who;
	const char *id, *act;
	enum people_group group;
	const struct people_relative *relative;
	const struct people_consent *consent;
	uint32_t number; /* of the one to change or take away */
	struct refusal *r;
};

static struct bytes *member_of(struct people_borrower *b, enum people_group g)
{
	return g == PEOPLE_GROUP_RELATIVES ? &b->relatives : &b->consents;
}

typedef int list_fn(struct arena *a, struct listing *j, struct people_list *l);

/* A service that knows nobody stores no name of a relative, nor of who answered; what is there from
 * before can still be taken away. */
static int admit(struct store_txn *txn, struct arena *a, const struct listing *j,
	const struct people_borrower *b)
{
	const bool names = j->relative || (j->consent && !text_empty(j->consent->giver_name));
	struct people_policy x;
	int err = names ? people_policy_get(txn, a, (enum people_zone)b->zone, b->kind, &x) : 0;

	if (err || !names || !x.no_identity)
		return err;
	return refuse(j->r, j->relative ? &people_say_no_relatives : &people_say_no_giver,
		x.decision ? x.decision : "-", NULL, NULL);
}

/* Opens the list, lets `fn` change it, seals it again, and writes what was done. */
static int work(struct store_txn *txn, struct arena *a, struct listing *j, list_fn *fn)
{
	struct people_borrower before, b;
	struct people_list l;
	int err = people_get(j->p, txn, a, j->who->zones, j->id, &before);

	if (err == 0 && before.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err == 0)
		err = admit(txn, a, j, &before);
	if (err == 0)
		err = people_list_open(j->p, a, &before, j->group, &l);
	if (err == 0)
		err = fn(a, j, &l);
	if (err)
		return err;
	b = before;
	err = people_list_seal(j->p, a, b.id, j->group, &l, member_of(&b, j->group));
	if (err)
		return err;
	b.changed_at = j->who->now;
	b.version++;
	err = people_borrower_put(txn, &before, &b);
	if (err)
		return err;
	return audit_add(txn, j->who->who, j->who->now, j->act, b.id,
		arena_printf(a, "{\"number\":%u}", j->number));
}

static int relative_judge(struct listing *j)
{
	const struct people_relative *x = j->relative;

	if (!text_is_shown(x->name, false))
		return refuse(j->r, &people_say_odd, "name", NULL, NULL);
	if (text_empty(x->name) || !people_text_is(x->name, PEOPLE_TEXT))
		return refuse(j->r, &people_say_bad_field, "name", NULL, NULL);
	if (people_text_has_identity(x->name, j->who->now))
		return refuse(j->r, &people_say_number_in_field, "name", NULL, NULL);
	if (!people_code_is(x->relation))
		return refuse(j->r, &people_say_bad_field, "relation", NULL, NULL);
	if (x->scope & ~(uint32_t)(PEOPLE_MAY_COLLECT | PEOPLE_MAY_BE_CALLED | PEOPLE_MAY_KNOW))
		return refuse(j->r, &people_say_bad_field, "scope", NULL, NULL);
	if (!text_empty(x->email) && !people_email_is(x->email))
		return refuse(j->r, &people_say_bad_field, "email", NULL, NULL);
	return 0;
}

static int relative_append(struct arena *a, struct listing *j, struct people_list *l)
{
	struct people_relative *item = ARENA_ARRAY(a, struct people_relative, l->n + 1), *x;
	int err = relative_judge(j);

	if (err)
		return err;
	if (l->n >= PEOPLE_LIST_MOST)
		return refuse(j->r, &people_say_too_many, NULL, NULL, NULL);
	memcpy(item, l->item, l->n * sizeof(*item));
	x = &item[l->n];
	*x = *j->relative;
	if (!text_empty(x->phone) && people_phone_parse(a, x->phone, &x->phone))
		return refuse(j->r, &people_say_bad_field, "phone", NULL, NULL);
	x->number = l->n ? item[l->n - 1].number + 1 : 1;
	x->made_at = j->who->now;
	j->number = x->number;
	*l = (struct people_list){item, l->n + 1};
	return 0;
}

static int relative_remove(struct arena *a, struct listing *j, struct people_list *l)
{
	struct people_relative *item = l->item;

	for (size_t i = 0; i < l->n; i++) {
		if (item[i].number != j->number)
			continue;
		memmove(&item[i], &item[i + 1], (l->n - i - 1) * sizeof(*item));
		l->n--;
		return 0;
	}
	return ERR_NOTFOUND;
}

static int consent_judge(struct listing *j)
{
	const struct people_consent *x = j->consent;
	const struct {
		const char *field, *value;
	} codes[] = {{"kind", x->kind}, {"about", x->about}, {"giver", x->giver}};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (!people_code_is(codes[i].value))
			return refuse(j->r, &people_say_bad_field, codes[i].field, NULL, NULL);
	}
	if (!text_is_shown(x->text, true) || !text_is_shown(x->giver_name, false))
		return refuse(j->r, &people_say_odd, text_is_shown(x->text, true) ? "giver_name" : "text", NULL, NULL);
	if (!text_empty(x->text) && !people_lines_are(x->text, PEOPLE_TEXT))
		return refuse(j->r, &people_say_bad_field, "text", NULL, NULL);
	if (!text_empty(x->giver_name) && !people_text_is(x->giver_name, PEOPLE_TEXT))
		return refuse(j->r, &people_say_bad_field, "giver_name", NULL, NULL);
	if (people_text_has_identity(x->giver_name, j->who->now))
		return refuse(j->r, &people_say_number_in_field, "giver_name", NULL, NULL);
	/* given some day before, never to come */
	if (x->given_at > j->who->now)
		return refuse(j->r, &people_say_bad_field, "given", NULL, NULL);
	return 0;
}

static int consent_append(struct arena *a, struct listing *j, struct people_list *l)
{
	struct people_consent *item = ARENA_ARRAY(a, struct people_consent, l->n + 1), *x;
	int err = consent_judge(j);

	if (err)
		return err;
	if (l->n >= CONSENTS_MOST)
		return refuse(j->r, &people_say_too_many, NULL, NULL, NULL);
	memcpy(item, l->item, l->n * sizeof(*item));
	x = &item[l->n];
	*x = *j->consent;
	x->number = l->n ? item[l->n - 1].number + 1 : 1;
	x->by = j->who->who->actor;
	x->withdrawn_at = 0;
	if (x->given_at == 0)
		x->given_at = j->who->now;
	j->number = x->number;
	*l = (struct people_list){item, l->n + 1};
	return 0;
}

static int consent_end(struct arena *a, struct listing *j, struct people_list *l)
{
	struct people_consent *item = l->item;

	for (size_t i = 0; i < l->n; i++) {
		if (item[i].number != j->number)
			continue;
		if (item[i].withdrawn_at)
			return ERR_CONFLICT;
		item[i].withdrawn_at = j->who->now;
		return 0;
	}
	return ERR_NOTFOUND;
}

#define LIST_IN(name, fn)                                       \
	static int name(struct store_txn *txn, void *arg)       \
	{                                                       \
		AUTO(arena) struct arena *a = arena_new();      \
		struct listing *j = arg;                        \
                                                                \
		return refusal_keep(j->r, work(txn, a, j, fn)); \
	}

LIST_IN(relative_add_in, relative_append)
LIST_IN(relative_del_in, relative_remove)
LIST_IN(consent_add_in, consent_append)
LIST_IN(consent_end_in, consent_end)

static int run(struct listing *j, store_fn *fn)
{
	*j->r = (struct refusal){0};
	return store_write(j->p->st, fn, j);
}

int people_relative_add(struct people *p, const struct people_caller *who, const char *id,
	const struct people_relative *want, struct refusal *r)
{
	struct listing j = {.p = p,
		.who = who,
		.id = id,
		.act = "borrower.relative_add",
		.group = PEOPLE_GROUP_RELATIVES,
		.relative = want,
		.r = r};

	return run(&j, relative_add_in);
}

int people_relative_del(struct people *p, const struct people_caller *who, const char *id,
	uint32_t number, struct refusal *r)
{
	struct listing j = {.p = p,
		.who = who,
		.id = id,
		.act = "borrower.relative_del",
		.group = PEOPLE_GROUP_RELATIVES,
		.number = number,
		.r = r};

	return run(&j, relative_del_in);
}

int people_consent_add(struct people *p, const struct people_caller *who, const char *id,
	const struct people_consent *want, struct refusal *r)
{
	struct listing j = {.p = p,
		.who = who,
		.id = id,
		.act = "borrower.consent_add",
		.group = PEOPLE_GROUP_CONSENTS,
		.consent = want,
		.r = r};

	return run(&j, consent_add_in);
}

int people_consent_withdraw(struct people *p, const struct people_caller *who, const char *id,
	uint32_t number, struct refusal *r)
{
	struct listing j = {.p = p,
		.who = who,
		.id = id,
		.act = "borrower.consent_withdraw",
		.group = PEOPLE_GROUP_CONSENTS,
		.number = number,
		.r = r};

	return run(&j, consent_end_in);
}
