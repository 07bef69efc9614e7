/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of borrowers: who it is by a short name, what they have now, and what is personal only
 * after the reason was asked. What is searched by stands in a form's body, never in an address. */
#include "web/borrower_int.h"
#include "web/circulation_int.h"

#include "base/text.h"

#include <ctype.h>

struct face {
	struct http_request *rq;
	struct web *w;
	struct people_caller who;
	struct doc *d;
	const char *words;
};

static struct face face_of(struct http_request *rq, struct web *w)
{
	return (struct face){
		.rq = rq, .w = w, .who = api_people_caller(rq), .d = doc_new(rq->arena)};
}

/* --- choices of a form --- */

/* "borrower.lang_sv" of the catalogue beside each code; one of them is chosen. */
void web_codes_put(const struct http_request *rq, struct doc *d, const char *key,
	const char *const *codes, const char *now)
{
	struct doc *list = doc_set_list(d, arena_printf(rq->arena, "%ss", key));

	for (; *codes; codes++) {
		struct doc *row = doc_add_object(list);
		const char *text =
			web_text(rq->lang, arena_printf(rq->arena, "name.%s.%s", key, *codes));

		doc_set_str(row, "code", *codes);
		doc_set_str(row, "text", text ? text : *codes);
		doc_set_bool(row, "chosen", text_equal(*codes, now));
	}
}

static void put_choices(const struct http_request *rq, struct doc *d, const struct doc *now)
{
	static const char *const langs[] = {"sv", "fi", "en", NULL};
	static const char *const channels[] = {"phone", "sms", "letter", "email", NULL};
	static const char *const kinds[] = {"senior", "relative", "staff", NULL};
	static const char *const relations[] = {"relative", "representative", "guardian", NULL};
	static const char *const whys[] = {"desk", "call", "letter", "correct", NULL};
	static const char *const reasons[] = {"unpaid", "moved", "died", "asked", "other", NULL};

	web_codes_put(rq, d, "lang", langs, now ? doc_str(now, "lang") : NULL);
	web_codes_put(rq, d, "channel", channels, now ? doc_str(now, "channel") : NULL);
	web_codes_put(rq, d, "kind", kinds, now ? doc_str(now, "kind") : NULL);
	web_codes_put(rq, d, "relation", relations, NULL);
	web_codes_put(rq, d, "why", whys, "desk");
	web_codes_put(rq, d, "reason", reasons, NULL);
}

/* The form that comes back with a refusal: of one who is there only the form of the change, which has a
 * version. By another form's fields this one would be empty, and clear all that is stored. */
static const struct doc *typed(const struct http_request *rq, const struct doc *d)
{
	const struct web_note *note = rq->note;

	if (!note || !note->problem || !note->form)
		return NULL;
	return !doc_object(d, "borrower") || doc_has(note->form, "version") ? note->form : NULL;
}

/* As on a letter, of what is known. */
static const char *address_line(struct arena *a, const struct doc *person)
{
	static const char *const parts[][2] = {
		{"care_of", "c/o "}, {"street", ""}, {"postcode", ""}, {"city", ""}};
	bool has_code = !text_empty(doc_str(person, "postcode"));
	AUTO(buf) struct buf b = BUF_INIT(16384);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *s = doc_str(person, parts[i][0]);

		if (!text_empty(s))
			buf_printf(&b, "%s%s%s", !b.n ? "" : i == 3 && has_code ? " " : ", ",
				parts[i][1], s);
	}
	return b.n && buf_ok(&b) ? arena_strdup(a, buf_str(&b)) : NULL;
}

void web_person_face(const struct http_request *rq, struct doc *person)
{
	if (!person)
		return;
	doc_set_str(person, "address", address_line(rq->arena, person));
	doc_set_str(person, "identity_label",
		web_code_text(rq, "identity", doc_str(person, "identity_kind")));
}

/* What is no text of the person. */
static void put_stored(struct doc *v, const struct doc *d)
{
	const struct doc *b = doc_object(d, "borrower"), *person = doc_object(d, "person");

	doc_set_bool(v, "reserve",
		person && text_equal(doc_str(person, "identity_kind"), "reserve_number"));
	doc_set_str(v, "needs", doc_str(d, "needs"));
	doc_set_bool(v, "protected", b && doc_bool(b, "protected", false));
}

/* What was typed, when the form comes back; else what is stored. */
static void put_values(const struct http_request *rq, struct doc *d)
{
	static const char *const of_borrower[] = {"kind", "lang", "version", NULL};
	struct doc *v = doc_set_object(d, "v");
	const struct doc *person = doc_object(d, "person"), *b = doc_object(d, "borrower");
	const struct doc *form = typed(rq, d), *from = form ? form : person;
	int64_t version;

	for (size_t i = 0; from && doc_key(from, i); i++) {
		if (doc_str(from, doc_key(from, i)))
			doc_set_str(v, doc_key(from, i), doc_str(from, doc_key(from, i)));
	}
	for (size_t i = 0; b && from == person && of_borrower[i]; i++) {
		if (doc_str(b, of_borrower[i]))
			doc_set_str(v, of_borrower[i], doc_str(b, of_borrower[i]));
	}
	if (b && from == person && doc_int(b, "version", &version) == 0)
		doc_set_int(v, "version", version);
	if (from == person)
		put_stored(v, d);
	doc_set_bool(d, "edit", from != NULL);
	put_choices(rq, d, v);
}

/* What a service that stores no identity still has of who it is: each by the name of its field. */
static void put_left(struct doc *d)
{
	static const char *const stay[] = {"card", "channel", "identity_kind"};
	const struct doc *b = doc_object(d, "borrower"), *person = doc_object(d, "person");
	struct doc *left = doc_set_list(d, "left");

	for (size_t i = 0; b && doc_bool(b, "no_identity", false) && person && doc_key(person, i); i++) {
		bool stays = text_empty(doc_str(person, doc_key(person, i)));

		for (size_t k = 0; k < sizeof(stay) / sizeof(stay[0]); k++)
			stays = stays || text_equal(doc_key(person, i), stay[k]);
		if (!stays)
			doc_set_str(doc_add_object(left), "name", doc_key(person, i));
	}
	if (b && doc_bool(b, "no_identity", false) && !text_empty(doc_str(d, "needs")))
		doc_set_str(doc_add_object(left), "name", "needs");
	doc_set_bool(d, "any_left", doc_list_size(left) > 0);
}

/* --- what they have now --- */

static void put_thing(
	const struct face *f, const struct inv_loan_line *l, struct doc *late, struct doc *has)
{
	bool is_late = inv_line_is_late(l, day_of_time(f->rq->now));
	char number[INV_LOAN_NUMBER];
	struct doc *row;

	if (!inv_line_is_open(l->state))
		return;
	row = doc_add_object(is_late ? late : has);
	doc_set_str(row, "loan", inv_loan_number(l->loan, number));
	web_loan_line_doc(l, row, f->rq->lang);
}

static int put_loans(struct store_txn *txn, const struct face *f, const char *id)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
		.key = id,
		.zones = f->who.zones,
		.open_only = true,
		.most = API_ROWS};
	struct doc *late = doc_set_list(f->d, "late"), *has = doc_set_list(f->d, "has");
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err = inv_loan_list(txn, f->rq->arena, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct inv_loan_full full;

		err = inv_loan_load(txn, f->rq->arena, rows[i].loan.id, &full);
		for (size_t l = 0; err == 0 && l < full.line_count; l++)
			put_thing(f, &full.lines[l], late, has);
	}
	if (err)
		return err;
	doc_set_bool(f->d, "any_late", doc_list_size(late) > 0);
	doc_set_bool(f->d, "any_has", doc_list_size(has) > 0);
	doc_set_bool(f->d, "nothing", doc_list_size(late) + doc_list_size(has) == 0);
	return 0;
}

/* Those that can still come to something; what was fetched stands among the loans. */
static int put_holds(struct store_txn *txn, const struct face *f, const char *id)
{
	const struct inv_hold_ask ask = {.borrower = id, .zones = f->who.zones, .most = API_ROWS};
	struct api_read job = {.w = f->w, .rq = f->rq, .d = f->d};
	struct doc *list = doc_set_list(f->d, "holds");
	struct inv_hold *h;
	const char *next;
	size_t n;
	int err = inv_hold_list(txn, f->rq->arena, &ask, &h, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (h[i].state == INV_HOLD_WAITING || h[i].state == INV_HOLD_READY)
			err = web_hold_row(&job, txn, &h[i], doc_add_object(list));
	}
	doc_set_bool(f->d, "any_holds", doc_list_size(list) > 0);
	return err;
}

static int borrower_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	const char *id = http_param(f->rq, "id"), *name;
	struct people *p = f->w->o.people;
	struct people_borrower b;
	struct doc *d;
	int err = people_get(p, txn, f->rq->arena, f->who.zones, id, &b);

	if (err)
		return err;
	d = doc_set_object(f->d, "borrower");
	people_borrower_doc(&b, d);
	doc_set_bool(d, "active", b.state == PEOPLE_ACTIVE);
	doc_set_bool(d, "care", b.zone == PEOPLE_CARE);
	doc_set_bool(d, "gone", b.state == PEOPLE_ERASED);
	if (b.state != PEOPLE_ERASED) {
		err = people_short_name(p, txn, f->rq->arena, &f->who, id, f->rq->lang, &name);
		if (err == 0)
			doc_set_str(d, "name", name);
	}
	if (err == 0)
		err = put_loans(txn, f, id);
	return err ? err : put_holds(txn, f, id);
}

int web_borrower_reply(struct http_request *rq, struct web *w, struct doc *looked)
{
	struct face f = face_of(rq, w);
	int err;

	if (looked)
		f.d = looked;
	err = store_write(w->o.st, borrower_in, &f);
	if (err)
		return err;
	put_values(rq, f.d);
	put_left(f.d);
	web_person_face(rq, doc_object(f.d, "person"));
	return web_reply(rq, 200, "borrower", f.d);
}

int page_borrower(struct http_request *rq, void *ctx)
{
	return web_borrower_reply(rq, ctx, NULL);
}

int page_borrower_new(struct http_request *rq, void *ctx)
{
	struct face f = face_of(rq, ctx);

	doc_set_bool(f.d, "both_zones", f.who.zones == PEOPLE_ZONES);
	doc_set_str(f.d, "zone", f.who.zones & PEOPLE_LIBRARY ? "library" : "care");
	doc_set_bool(f.d, "care", f.who.zones & PEOPLE_CARE);
	doc_set_bool(f.d, "new", true);
	put_values(rq, f.d);
	return web_reply(rq, 200, "borrower-new", f.d);
}

/* --- search --- */

static size_t digits_in(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += isdigit((unsigned char)*s) != 0;
	return n;
}

static int put_found(struct store_txn *txn, struct face *f, const struct people_borrower *b)
{
	struct doc *list = doc_list(f->d, "borrowers"), *row;
	const char *name;
	int err = people_short_name(
		f->w->o.people, txn, f->rq->arena, &f->who, b->id, f->rq->lang, &name);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	row = doc_add_object(list);
	doc_set_str(row, "id", b->id);
	doc_set_str(row, "name", name);
	return 0;
}

/* A card, an identity or a telephone: what looks like a number is one of them. */
static int by_number(struct store_txn *txn, struct face *f)
{
	struct people *p = f->w->o.people;
	struct arena *a = f->rq->arena;
	struct people_borrower one, *b = &one;
	size_t n = 1;
	int err = people_by_card(p, txn, a, f->who.zones, f->words, b);

	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = people_by_identity(p, txn, a, f->who.zones, f->words, f->rq->now, b);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = people_by_phone(p, txn, a, f->who.zones, f->words, &b, &n);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return 0;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_found(txn, f, &b[i]);
	return err;
}

static int by_name(struct store_txn *txn, struct face *f)
{
	struct doc *list = doc_list(f->d, "borrowers");
	struct people_hit *hit;
	size_t n;
	bool cut;
	int err = people_search(
		f->w->o.people, txn, f->rq->arena, &f->who, f->words, 20, &hit, &n, &cut);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "id", hit[i].id);
		doc_set_str(row, "name",
			arena_printf(f->rq->arena, "%s %s", hit[i].given, hit[i].family));
		if (hit[i].birth_year)
			doc_set_int(row, "birth_year", hit[i].birth_year);
		if (!text_empty(hit[i].card_end))
			doc_set_str(row, "card_end", hit[i].card_end);
	}
	if (err == 0)
		doc_set_bool(f->d, "more", cut);
	return err;
}

static int search_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;

	doc_set_list(f->d, "borrowers");
	return digits_in(f->words) >= 4 ? by_number(txn, f) : by_name(txn, f);
}

int page_borrowers(struct http_request *rq, void *ctx)
{
	(void)ctx;
	return web_reply(rq, 200, "borrowers", doc_new(rq->arena));
}

int page_borrower_search(struct http_request *rq, void *ctx)
{
	struct face f = face_of(rq, ctx);
	int err;

	f.words = web_form_str(rq, "words");
	if (!f.words)
		return api_missing_field(rq, "words");
	err = store_write(f.w->o.st, search_in, &f);
	if (err == ERR_BADINPUT)
		return api_bad_field(rq, "words", "Anna S");
	if (err)
		return err;
	if (doc_list_size(doc_list(f.d, "borrowers")) == 0 && people_identity_is_slip(f.words, rq->now))
		return web_page_again(rq, 400, web_text(rq->lang, "borrowers.slip"), "words");
	doc_set_str(f.d, "words", f.words);
	doc_set_bool(f.d, "searched", true);
	doc_set_bool(f.d, "none", doc_list_size(doc_list(f.d, "borrowers")) == 0);
	return web_reply(rq, 200, "borrowers", f.d);
}
