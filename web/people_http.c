/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * /api/v1/borrowers: who borrows. What is personal never stands in an address: it would be in
 * logs and histories. So what is searched by stands in a body.
 */
#include "web/circulation_int.h"

#include "base/text.h"

struct asking {
	struct web *w;
	struct http_request *rq;
	struct people_caller who;
	const struct doc *in;
	struct doc *d;
	struct people_look look;
	struct refusal r;
	const char *field, *takes; /* what of the body was wrong, and what it takes */
	bool page; /* a browser sees it on the borrower's page */
};

/* A box of a form is "yes" or absent. */
static bool ticked(const struct doc *d, const char *key)
{
	return doc_bool(d, key, text_equal(doc_str(d, key), "yes"));
}

static struct asking asking_of(struct http_request *rq, struct web *w)
{
	return (struct asking){
		.w = w, .rq = rq, .who = api_people_caller(rq), .d = doc_new(rq->arena)};
}

/* The body, one write, and its document. */
static int ask(struct asking *j, const char *const *known, store_fn *fn)
{
	struct doc *in;
	int err = api_body(j->rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	j->in = in;
	err = store_write(j->w->o.st, fn, j);
	if (err == ERR_BADINPUT && j->field)
		return api_bad_field(j->rq, j->field, j->takes);
	if (err)
		return api_done(j->rq, err, &j->r);
	if (j->page && web_is_page(j->rq))
		return web_borrower_reply(j->rq, j->w, j->d);
	return http_reply_doc(j->rq, 200, j->d);
}

/* --- search and find --- */

static int search_in(struct store_txn *txn, void *arg)
{
	struct asking *j = arg;
	struct doc *list = doc_set_list(j->d, "borrowers");
	struct people_hit *hit;
	int64_t most = 20;
	size_t n;
	bool cut;
	int err;

	if (doc_has(j->in, "most") && doc_int(j->in, "most", &most) != 0)
		return ERR_BADINPUT;
	if (most < 1 || most > PEOPLE_HITS_MOST)
		return ERR_BADINPUT;
	err = people_search(j->w->o.people, txn, j->rq->arena, &j->who, doc_str(j->in, "words"),
		(size_t)most, &hit, &n, &cut);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "id", hit[i].id);
		doc_set_str(d, "zone", people_zone_name(hit[i].zone));
		doc_set_str(d, "given", hit[i].given);
		doc_set_str(d, "family", hit[i].family);
		doc_set_int(d, "birth_year", hit[i].birth_year);
		doc_set_str(d, "card_end", hit[i].card_end);
		doc_set_int(d, "slips", hit[i].slips);
	}
	if (err == 0)
		doc_set_bool(j->d, "more", cut);
	return err;
}

int api_borrower_search(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"words", "most", NULL};
	struct asking j = asking_of(rq, ctx);

	return ask(&j, known, search_in);
}

static int find_in(struct store_txn *txn, void *arg)
{
	struct asking *j = arg;
	struct people *p = j->w->o.people;
	struct arena *a = j->rq->arena;
	const char *card = doc_str(j->in, "card"), *identity = doc_str(j->in, "identity");
	const char *phone = doc_str(j->in, "phone");
	struct doc *list = doc_set_list(j->d, "borrowers");
	struct people_borrower one, *b = &one;
	size_t n = 1;
	int err;

	j->field = !card && !identity && phone ? "phone" : "card";
	j->takes = text_equal(j->field, "phone") ? "033-35 70 00" : "K123456789";
	if (card)
		err = people_by_card(p, txn, a, j->who.zones, card, b);
	else if (identity)
		err = people_by_identity(p, txn, a, j->who.zones, identity, j->rq->now, b);
	else if (phone)
		err = people_by_phone(p, txn, a, j->who.zones, phone, &b, &n);
	else
		err = ERR_BADINPUT;
	if (identity && !card &&
		(err == ERR_BADINPUT ||
			(err == ERR_NOTFOUND && people_identity_is_slip(identity, j->rq->now))))
		return refuse(&j->r, &people_say_bad_identity, NULL, NULL, NULL);
	if (err == ERR_NOTFOUND)
		return 0;
	for (size_t i = 0; err == 0 && i < n; i++)
		people_borrower_doc(&b[i], doc_add_object(list));
	return err;
}

int api_borrower_find(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"card", "identity", "phone", NULL};
	struct asking j = asking_of(rq, ctx);

	return ask(&j, known, find_in);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct people_borrower b;
	int err = people_get(job->w->o.people, txn, job->rq->arena,
		api_people_caller(job->rq).zones, http_param(job->rq, "id"), &b);

	if (err == 0)
		people_borrower_doc(&b, job->d);
	return err;
}

int api_borrower_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, get_in);
}

/* --- look --- */

static int look_lists(struct store_txn *txn, struct asking *j, const char *id)
{
	struct people *p = j->w->o.people;
	struct arena *a = j->rq->arena;
	struct people_relative *relative;
	struct people_consent *consent;
	struct people_person x;
	const char *needs;
	struct doc *list;
	size_t n, m;
	int err = people_read(p, txn, a, &j->who, &j->look, id, &x, &j->r);

	if (err)
		return err;
	/* One look: the lists are opened with the same reason, which is noted once. */
	err = people_needs_read(p, txn, a, &j->who, &j->look, id, &needs, &j->r);
	if (err == 0)
		err = people_relatives_read(p, txn, a, &j->who, &j->look, id, &relative, &n, &j->r);
	if (err == 0)
		err = people_consents_read(p, txn, a, &j->who, &j->look, id, &consent, &m, &j->r);
	if (err)
		return err;
	people_person_doc(&x, doc_set_object(j->d, "person"));
	doc_set_str(j->d, "needs", needs);
	list = doc_set_list(j->d, "relatives");
	for (size_t i = 0; i < n; i++)
		people_relative_doc(&relative[i], doc_add_object(list));
	list = doc_set_list(j->d, "consents");
	for (size_t i = 0; i < m; i++)
		people_consent_doc(&consent[i], doc_add_object(list));
	return 0;
}

static int look_in(struct store_txn *txn, void *arg)
{
	struct asking *j = arg;
	const char *id = http_param(j->rq, "id"), *why = doc_str(j->in, "why");
	struct people_borrower b;
	int err;

	j->look = (struct people_look){.words = doc_str(j->in, "words")};
	/* a word that is none is no reason */
	if (people_why_parse(why, &j->look.why) != 0)
		j->look.why = 0;
	err = people_get(j->w->o.people, txn, j->rq->arena, j->who.zones, id, &b);
	if (err)
		return err;
	people_borrower_doc(&b, doc_set_object(j->d, "borrower"));
	return look_lists(txn, j, id);
}

int api_borrower_look(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"why", "words", NULL};
	struct asking j = asking_of(rq, ctx);

	j.page = true;
	return ask(&j, known, look_in);
}

/* --- add, change --- */

static const char *const edit_keys[] = {"zone", "kind", "given", "family", "identity", "reserve",
	"phone", "email", "care_of", "street", "postcode", "city", "card", "channel", "note",
	"needs", "lang", "protected", "version", NULL};

/* What a form of a borrower that is there leaves empty is to be cleared. */
static const char *cleared(struct http_request *rq, const char *key)
{
	const struct doc *form = http_param(rq, "id") ? web_form(rq) : NULL;

	return form && doc_has(form, key) ? "" : NULL;
}

static int edit_of(struct http_request *rq, const struct doc *in, struct people_edit *ret)
{
	const struct {
		const char *key, **member;
	} rows[] = {{"kind", &ret->kind}, {"given", &ret->given}, {"family", &ret->family},
		{"identity", &ret->identity}, {"phone", &ret->phone}, {"email", &ret->email},
		{"care_of", &ret->care_of}, {"street", &ret->street}, {"postcode", &ret->postcode},
		{"city", &ret->city}, {"card", &ret->card}, {"channel", &ret->channel},
		{"note", &ret->note}, {"needs", &ret->needs}, {"lang", &ret->lang}};
	int64_t version;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*rows[i].member = doc_has(in, rows[i].key) ? doc_str(in, rows[i].key)
							   : cleared(rq, rows[i].key);
		/* a number in place of a text would be lost in silence */
		if (doc_has(in, rows[i].key) && !*rows[i].member) {
			(void)api_bad_field(rq, rows[i].key, "\"…\"");
			return ERR_BADINPUT;
		}
	}
	ret->reserve = ticked(in, "reserve");
	if (doc_has(in, "protected"))
		ret->protect = ticked(in, "protected") ? PEOPLE_YES : PEOPLE_NO;
	if (doc_has(in, "version") && doc_int(in, "version", &version) == 0 && version == 0) {
		(void)api_bad_field(rq, "version", "1…");
		return ERR_BADINPUT;
	}
	return api_count(rq, in, "version", UINT32_MAX, &ret->version);
}

int api_borrower_add(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	struct people_edit want = {0};
	struct doc *in, *d = doc_new(rq->arena);
	char id[PEOPLE_ID];
	struct web *w = ctx;
	struct refusal r = {0};
	int err = api_body(rq, edit_keys, &in);

	if (err == 0)
		err = edit_of(rq, in, &want);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (people_zone_parse(doc_str(in, "zone"), &want.zone) != 0)
		return api_bad_field(rq, "zone", "care, library");
	err = people_add(w->o.people, &who, &want, id, &r);
	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq))
		return web_page_go(
			rq, arena_printf(rq->arena, "/borrowers/%s?done=borrower-added", id));
	doc_set_str(d, "id", id);
	return http_reply_doc(rq, 201, d);
}

int api_borrower_change(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	struct people_edit want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	/* a borrower stays in its zone */
	int err = api_body(rq, edit_keys + 1, &in);

	if (err == 0)
		err = edit_of(rq, in, &want);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq, people_change(w->o.people, &who, http_param(rq, "id"), &want, &r), &r);
}

int api_borrower_state(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"state", "reason", NULL};
	const struct people_caller who = api_people_caller(rq);
	enum people_state to;
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (people_state_parse(doc_str(in, "state"), &to) != 0 || to == PEOPLE_ERASED)
		return api_bad_field(rq, "state", "active, blocked, expired");
	return api_done(rq,
		people_state_set(
			w->o.people, &who, http_param(rq, "id"), to, doc_str(in, "reason"), &r),
		&r);
}

int api_borrower_erase(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"reason", NULL};
	const struct people_caller who = api_people_caller(rq);
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq,
		people_erase(w->o.people, &who, http_param(rq, "id"), doc_str(in, "reason"), &r),
		&r);
}

/* --- relatives and consents --- */

int api_relative_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"name", "phone", "email", "relation", "may_collect",
		"may_be_called", "may_know", NULL};
	const struct people_caller who = api_people_caller(rq);
	struct people_relative want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	want.name = doc_str(in, "name");
	want.phone = doc_str(in, "phone");
	want.email = doc_str(in, "email");
	want.relation = doc_str(in, "relation");
	want.scope = (ticked(in, "may_collect") ? PEOPLE_MAY_COLLECT : 0u) |
		     (ticked(in, "may_be_called") ? PEOPLE_MAY_BE_CALLED : 0u) |
		     (ticked(in, "may_know") ? PEOPLE_MAY_KNOW : 0u);
	return api_done(
		rq, people_relative_add(w->o.people, &who, http_param(rq, "id"), &want, &r), &r);
}

/* Something of a borrower's, by its number. */
static int by_number(struct http_request *rq, struct web *w,
	int (*end)(struct people *p, const struct people_caller *who, const char *id, uint32_t number,
		struct refusal *r))
{
	const struct people_caller who = api_people_caller(rq);
	struct refusal r = {0};
	uint32_t n;
	int err = api_number(rq, &n);

	return err ? err
		   : api_done(rq, end(w->o.people, &who, http_param(rq, "id"), n, &r), &r);
}

int api_relative_del(struct http_request *rq, void *ctx)
{
	return by_number(rq, ctx, people_relative_del);
}

int api_consent_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"kind", "about", "text", "giver", "giver_name", NULL};
	const struct people_caller who = api_people_caller(rq);
	struct people_consent want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	want.kind = doc_str(in, "kind");
	want.about = doc_str(in, "about");
	want.text = doc_str(in, "text");
	want.giver = doc_str(in, "giver");
	want.giver_name = doc_str(in, "giver_name");
	return api_done(
		rq, people_consent_add(w->o.people, &who, http_param(rq, "id"), &want, &r), &r);
}

int api_consent_withdraw(struct http_request *rq, void *ctx)
{
	return by_number(rq, ctx, people_consent_withdraw);
}
