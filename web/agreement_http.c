/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/agreements, wordings and labels: what is signed and what is printed. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/text.h"
#include "inventory/agreement.h"
#include "inventory/circulation.h"

#define PDF_MOST (32u << 20)
#define PERCENT_LEAST 50
#define PERCENT_MOST 200

static void agreement_doc(const struct inv_agreement *x, struct arena *a, struct doc *d)
{
	doc_set_str(d, "id", x->id);
	doc_set_str(d, "loan", x->loan);
	doc_set_str(d, "borrower", x->borrower);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)x->zone));
	doc_set_str(d, "state", inv_agreement_state_name(x->state));
	doc_set_str(d, "lang", say_lang_name((enum say_lang)x->lang));
	doc_set_bool(d, "of_return", x->of_return);
	doc_set_str(d, "wordings", x->templates);
	doc_set_str(d, "sha256", text_hex(a, bytes_of(x->hash, sizeof(x->hash))));
	doc_set_time(d, "made_at", x->made_at);
	doc_set_str(d, "made_by", x->made_by);
	doc_set_time(d, "signed_at", x->signed_at);
	doc_set_str(d, "way", x->way);
	doc_set_str(d, "signer", x->signer);
	if (x->signer_number)
		doc_set_int(d, "relative", x->signer_number);
	doc_set_str(d, "identity", x->identity);
	doc_set_str(d, "checked_by", x->checked_by);
	doc_set_time(d, "forget_at", x->forget_at);
	web_doc_opt_time(d, "void_at", x->void_at);
	web_doc_opt(d, "void_by", x->void_by);
	web_doc_opt(d, "void_why", x->void_why);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "agreements");
	const char *loan = http_query(job->rq, "loan");
	struct inv_agreement *x;
	size_t n;
	int err = text_empty(loan) ? ERR_BADINPUT
				   : inv_agreement_list(txn, job->rq->arena,
					     api_people_caller(job->rq).zones, loan, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		agreement_doc(&x[i], job->rq->arena, doc_add_object(list));
	return err;
}

int api_agreement_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, list_in);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_agreement x;
	int err = inv_agreement_get(txn, job->rq->arena, api_people_caller(job->rq).zones,
		http_param(job->rq, "id"), &x);

	if (err == 0)
		agreement_doc(&x, job->rq->arena, job->d);
	return err;
}

int api_agreement_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, get_in);
}

int api_reply_pdf(struct http_request *rq, struct buf *pdf, const char *name)
{
	http_reply_header(rq, "Content-Disposition",
		arena_printf(rq->arena, "inline; filename=\"%s.pdf\"", name));
	return http_reply(rq, 200, "application/pdf", arena_bytes(rq->arena, buf_bytes(pdf)));
}

/* How large the type is to be, in percent. */
int api_percent(const struct http_request *rq, unsigned *ret)
{
	const char *s = http_query(rq, "percent");
	uint64_t n = 100;

	if (s && (text_parse_u64(s, &n) != 0 || n < PERCENT_LEAST || n > PERCENT_MOST))
		return ERR_BADINPUT;
	*ret = (unsigned)n;
	return 0;
}

/* What is asked of whom reads a protected identity's stands in the body: addresses are remembered. */
static int read_asked(struct http_request *rq, struct people_look *look, unsigned *ret_percent)
{
	static const char *const known[] = {"words", "percent", NULL};
	struct doc *in;
	int64_t n = 100;
	int err = text_equal(rq->method, "GET") ? api_percent(rq, ret_percent)
						: api_body(rq, known, &in);

	if (err || text_equal(rq->method, "GET"))
		return err;
	look->words = doc_str(in, "words");
	if (doc_has(in, "percent") &&
		(doc_int(in, "percent", &n) != 0 || n < PERCENT_LEAST || n > PERCENT_MOST))
		return api_bad_field(rq, "percent", "50-200") == 0 ? ERR_BADINPUT : ERR_INTERNAL;
	*ret_percent = (unsigned)n;
	return 0;
}

int api_agreement_pdf(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	struct people_look look = {.why = PEOPLE_WHY_DESK};
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	const char *id = http_param(rq, "id");
	struct web *w = ctx;
	struct refusal r = {0};
	unsigned percent;
	bool asks = text_equal(rq->method, "GET");
	int err = read_asked(rq, &look, &percent);

	if (err)
		return err == ERR_BADINPUT && !asks ? 0 : err;
	err = inv_agreement_pdf(w->o.inv, w->o.people, &who, &look, id, percent, &pdf, &r);
	if (err == ERR_REFUSED && asks && web_is_page(rq))
		return web_page_go(rq, arena_printf(rq->arena, "/agreements/%s/read", id));
	return err ? api_done(rq, err, &r) : api_reply_pdf(rq, &pdf, id);
}

/* "relative", and which of them in a field of its own; a page's one choice says both: "relative:3". */
static int read_signer(struct http_request *rq, const struct doc *in, struct inv_signing *ret)
{
	const char *signer = doc_str(in, "signer"), *colon = signer ? strchr(signer, ':') : NULL;
	uint64_t n;

	ret->signer = colon ? arena_strndup(rq->arena, signer, (size_t)(colon - signer)) : signer;
	if (!colon)
		return api_count(rq, in, "relative", UINT32_MAX, &ret->relative);
	if (text_parse_u64(colon + 1, &n) != 0 || n > UINT32_MAX)
		return api_bad_field(rq, "signer", "self, relative, representative, guardian") == 0
			       ? ERR_BADINPUT
			       : ERR_INTERNAL;
	ret->relative = (uint32_t)n;
	return 0;
}

int api_agreement_sign(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"way", "ink", "name", "signer", "relative", "identity", NULL};
	const struct people_caller who = api_people_caller(rq);
	struct web *w = ctx;
	struct refusal r = {0};
	struct inv_signing s = {0};
	struct doc *in;
	bool typed;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = read_signer(rq, in, &s);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	/* what stands in the field of another way was not meant */
	typed = text_equal(doc_str(in, "way"), "typed");
	s.way = doc_str(in, "way");
	s.ink = doc_str(in, typed ? "name" : "ink");
	s.identity = doc_str(in, "identity");
	return api_done(rq,
		inv_agreement_sign(w->o.inv, w->o.people, &who, http_param(rq, "id"), &s, &r), &r);
}

int api_agreement_void(struct http_request *rq, void *ctx)
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
		inv_agreement_void(
			w->o.inv, &who, http_param(rq, "id"), doc_str(in, "reason"), &r),
		&r);
}

/* --- of a loan --- */

static int loan_of(const struct http_request *rq, struct web *w, struct inv_loan_ask_paper *ret)
{
	*ret = (struct inv_loan_ask_paper){
		.organisation = web_organisation(w), .phone = web_contact(w), .size = PRINT_A5};
	return inv_loan_number_parse(http_param(rq, "loan"), &ret->loan) == 0 ? 0 : ERR_NOTFOUND;
}

int api_agreement_make(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"of_return", "note", NULL};
	const struct people_caller who = api_people_caller(rq);
	struct inv_loan_ask_paper ask;
	struct doc *in, *d = doc_new(rq->arena);
	char id[INV_AGREEMENT_ID];
	struct web *w = ctx;
	struct refusal r = {0};
	int err = loan_of(rq, w, &ask);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	ask.of_return = doc_bool(in, "of_return", text_equal(doc_str(in, "of_return"), "yes"));
	ask.note = doc_str(in, "note");
	if (!api_note_ok(ask.note))
		return api_bad_field(rq, "note", "0-500");
	err = inv_loan_agreement_make(w->o.inv, w->o.people, &who, &ask, &r, id);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	doc_set_str(d, "id", id);
	return http_reply_doc(rq, 201, d);
}

int api_loan_slip(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	struct inv_loan_ask_paper ask;
	struct web *w = ctx;
	struct refusal r = {0};
	int err = loan_of(rq, w, &ask);

	if (err == 0)
		err = api_percent(rq, &ask.percent);
	if (err)
		return err;
	ask.of_return = text_equal(http_query(rq, "return"), "yes");
	if (text_equal(http_query(rq, "paper"), "receipt"))
		ask.size = PRINT_RECEIPT;
	err = inv_loan_slip_pdf(w->o.inv, w->o.people, &who, &ask, &pdf, &r);
	if (err == ERR_REFUSED)
		return http_reply_refusal(rq, &r);
	return err ? err : api_reply_pdf(rq, &pdf, http_param(rq, "loan"));
}

int api_loan_letter(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	struct inv_loan_ask_paper ask;
	struct web *w = ctx;
	struct refusal r = {0};
	int err = loan_of(rq, w, &ask);

	ask.percent = 0;
	if (err == 0 && http_query(rq, "percent"))
		err = api_percent(rq, &ask.percent);
	if (err == 0)
		err = inv_loan_letter_pdf(w->o.inv, w->o.people, &who, &ask, &pdf, &r);
	if (err == ERR_REFUSED)
		return http_reply_refusal(rq, &r);
	return err ? err : api_reply_pdf(rq, &pdf, http_param(rq, "loan"));
}

/* --- wordings --- */

static void wording_doc(const struct inv_wording *t, struct doc *d)
{
	doc_set_str(d, "kind", inv_text_name((enum inv_text)t->kind));
	doc_set_str(d, "lang", say_lang_name((enum say_lang)t->lang));
	doc_set_int(d, "version", t->version);
	doc_set_str(d, "title", t->title);
	doc_set_str(d, "body", t->body);
	doc_set_str(d, "why", t->why);
	doc_set_time(d, "made_at", t->made_at);
	doc_set_str(d, "made_by", t->made_by);
}

/* {kind} and {lang} of the path. */
static int place_of(const struct http_request *rq, enum inv_text *kind, enum say_lang *lang)
{
	*lang = say_lang_parse(http_param(rq, "lang"), SAY_LANGS);
	return inv_text_parse(http_param(rq, "kind"), kind) != 0 || *lang == SAY_LANGS
		       ? ERR_NOTFOUND
		       : 0;
}

static void put_face(struct http_request *rq, enum inv_text kind, enum say_lang lang, struct doc *d)
{
	struct doc *list = doc_list(d, "wordings");

	web_wording_head(rq, kind, lang, d);
	doc_set_bool(d, "later", !text_empty(http_query(rq, "after")));
	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i), *out = doc_set_list(row, "paragraphs");
		const char *body = doc_str(row, "body");

		doc_set_bool(row, "now", i == 0 && text_empty(http_query(rq, "after")));
		while (body && *body) {
			size_t n = strcspn(body, "\r\n");

			if (n)
				doc_set_str(doc_add_object(out), "text",
					arena_strndup(rq->arena, body, n));
			body += n + (body[n] != '\0');
		}
	}
}

static int wordings_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "wordings");
	const char *after = http_query(job->rq, "after");
	const size_t most = api_most(job->rq);
	struct inv_wording *t, now;
	enum inv_text kind;
	enum say_lang lang;
	uint64_t version = 0;
	size_t n = 0, found = 0;
	int err = place_of(job->rq, &kind, &lang);

	if (err == 0 && !text_empty(after))
		err = text_parse_u64(after, &version) == 0 && version <= UINT32_MAX ? 0 : ERR_BADINPUT;
	if (err == 0)
		err = inv_wording_history(txn, kind, lang,
			STORE_PIECE_N(job->rq->arena, version, most + 1), &t, &found);
	n = found > most ? most : found;
	for (size_t i = 0; err == 0 && i < n; i++)
		wording_doc(&t[i], doc_add_object(list));
	if (err == 0 && found > most)
		doc_set_int(job->d, "next", (int64_t)t[n - 1].version);
	if (err == 0 && n == 0 && !version) {
		err = inv_wording_get(txn, job->rq->arena, kind, lang, 0, &now);
		if (err == 0)
			wording_doc(&now, doc_add_object(list));
	}
	if (err == 0 && web_is_page(job->rq))
		put_face(job->rq, kind, lang, job->d);
	return err;
}

int api_wording_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, wordings_in, "wording");
}

/* --- a wording before it is put to use --- */

struct preview {
	struct http_request *rq;
	struct inv_wording t;
};

/* The text in force, for what was not sent. */
static int preview_in(struct store_txn *txn, void *arg)
{
	struct preview *v = arg;
	enum inv_text kind;
	enum say_lang lang;
	int err = place_of(v->rq, &kind, &lang);

	return err ? err : inv_wording_get(txn, v->rq->arena, kind, lang, 0, &v->t);
}

static int preview_reply(struct http_request *rq, struct web *w, const struct doc *in)
{
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	struct preview v = {.rq = rq};
	struct refusal r = {0};
	int err = store_read(w->o.st, preview_in, &v);
	const struct inv_paper of = {.organisation = web_organisation(w),
		.place = web_organisation(w),
		.phone = web_contact(w),
		.lang = (enum say_lang)v.t.lang,
		.of_return = v.t.kind == INV_TEXT_RETURN,
		.today = day_of_time(rq->now)};

	if (err)
		return err;
	if (in) {
		v.t.title = doc_str(in, "title");
		v.t.body = doc_str(in, "body");
	}
	err = inv_wording_preview(&v.t, &of, &pdf, &r);
	if (err == ERR_REFUSED)
		return api_done(rq, err, &r);
	return err ? err : api_reply_pdf(rq, &pdf, "preview");
}

int api_wording_put(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"version", "title", "body", "why", "preview", NULL};
	struct web *w = ctx;
	struct refusal r = {0};
	struct inv_wording want = {0};
	enum inv_text kind;
	enum say_lang lang;
	uint32_t version;
	int64_t from = -1;
	struct doc *in, *d = doc_new(rq->arena);
	int err = place_of(rq, &kind, &lang);

	if (err == 0)
		err = api_body(rq, known, &in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (web_is_page(rq) && doc_has(in, "preview"))
		return preview_reply(rq, w, in);
	if (!doc_has(in, "version") || web_number_of(in, "version", &from) != 0 || from < 0 || from > INT32_MAX)
		return api_bad_field(rq, "version", "0…");
	if (!api_note_ok(doc_str(in, "why")))
		return api_bad_field(rq, "why", "0-500");
	want = (struct inv_wording){.kind = kind,
		.lang = lang,
		.version = (uint32_t)from,
		.title = doc_str(in, "title"),
		.body = doc_str(in, "body"),
		.why = doc_str(in, "why")};
	err = inv_wording_put(w->o.inv, &api_caller(rq)->who, &want, rq->now, &r, &version);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	doc_set_int(d, "version", version);
	return http_reply_doc(rq, 201, d);
}

int api_wording_preview(struct http_request *rq, void *ctx)
{
	return preview_reply(rq, ctx, NULL);
}

int api_wording_preview_typed(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"title", "body", NULL};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return preview_reply(rq, ctx, in);
}

/* --- labels --- */

int web_labels_reply(
	struct http_request *rq, const struct print_label *label, size_t n, unsigned skip)
{
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	struct print_labels l = print_labels_a4();
	int err;

	l.label = label;
	l.count = n;
	l.skip = skip;
	l.title = "Hylla";
	l.lang = say_lang_name(rq->lang);
	err = print_labels_pdf(&l, &pdf);
	if (err == ERR_BADINPUT)
		return api_bad_field(rq, "labels", "1-20 A-Z 0-9 -");
	return err ? err : api_reply_pdf(rq, &pdf, "labels");
}

int api_label_print(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"labels", "skip", NULL};
	struct print_label *label;
	struct web *w = ctx;
	int64_t skip = 0;
	struct doc *in, *list;
	size_t n;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	list = doc_list(in, "labels");
	n = list ? doc_list_size(list) : 0;
	if (n == 0 || n > PRINT_LABELS)
		return api_bad_field(rq, "labels", "[{\"code\":…,\"title\":…}]");
	if (doc_has(in, "skip") && (doc_int(in, "skip", &skip) != 0 || skip < 0 || skip > 23))
		return api_bad_field(rq, "skip", "0-23");
	label = ARENA_ARRAY(rq->arena, struct print_label, n);
	for (size_t i = 0; i < n; i++) {
		const struct doc *one = doc_list_object(list, i);

		if (!one || !doc_str(one, "code"))
			return api_bad_field(rq, "labels", "[{\"code\":…,\"title\":…}]");
		label[i] = (struct print_label){
			doc_str(one, "code"), doc_str(one, "title"), web_organisation(w)};
	}
	return web_labels_reply(rq, label, n, (unsigned)skip);
}
