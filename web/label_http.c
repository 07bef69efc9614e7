/* SPDX-License-Identifier: EUPL-1.2 */
/* The page on which labels are chosen: of a product's units, or of those just made. */
#include "web/product_int.h"

#include "base/text.h"

#define CODES_MOST PRINT_LABELS

static void put_unit(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *row = doc_add_object(doc_list(job->d, "units"));

	doc_set_str(row, "code", text_empty(u->item_number) ? u->serial : u->item_number);
	doc_set_str(row, "title", web_unit_title(job, txn, u));
}

static int of_product(struct api_read *job, struct store_txn *txn, const char *product)
{
	const struct inv_filter f = {.product = product, .most = CODES_MOST};
	struct inv_unit *u;
	const char *next;
	size_t n;
	int err = inv_unit_filter(txn, job->rq->arena, &f, &u, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (u[i].state != INV_DISCARDED)
			put_unit(job, txn, &u[i]);
	}
	return err;
}

/* "P-DISK": what a scanner knows a shelf by. */
static int of_place(struct api_read *job, struct store_txn *txn, const char *id)
{
	struct doc *row = doc_add_object(doc_list(job->d, "units"));
	struct inv_place p;
	char *code;
	int err = inv_place_get(txn, job->rq->arena, id, &p);

	if (err)
		return err;
	code = arena_printf(job->rq->arena, "P-%s", p.id);
	for (char *s = code; *s; s++)
		*s = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
	doc_set_str(row, "code", code);
	doc_set_str(row, "title", inv_place_name(&p, job->rq->lang));
	return 0;
}

static const char *lower(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	for (char *p = out; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	return out;
}

/* Codes with commas or blanks between; one that nothing has is left out. */
static int of_codes(struct api_read *job, struct store_txn *txn, const char *codes)
{
	char *word, *save = NULL;
	size_t n = 0;
	int err = 0;

	word = strtok_r(arena_strdup(job->rq->arena, codes), ", \n", &save);
	for (; word && err == 0 && n < CODES_MOST; word = strtok_r(NULL, ", \n", &save), n++) {
		struct inv_unit u;

		err = inv_unit_find(txn, job->rq->arena, word, &u);
		if (err == 0)
			put_unit(job, txn, &u);
		if ((err == ERR_NOTFOUND || err == ERR_BADINPUT) && text_starts(word, "P-"))
			err = of_place(job, txn, lower(job->rq->arena, word + 2));
		if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
			err = 0;
	}
	return err;
}

static int labels_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *codes = http_query(job->rq, "code"), *product = http_query(job->rq, "product"),
		   *place = http_query(job->rq, "place");
	const char *sent = text_equal(job->rq->method, "POST") ? doc_str(job->d, "sent") : NULL;
	int err = 0;

	doc_set_list(job->d, "units");
	if (sent)
		err = of_codes(job, txn, sent);
	else if (!text_empty(codes))
		err = of_codes(job, txn, codes);
	else if (!text_empty(product))
		err = of_product(job, txn, product);
	else if (!text_empty(place))
		err = of_place(job, txn, place);
	doc_set_bool(job->d, "any", doc_list_size(doc_list(job->d, "units")) > 0);
	doc_set_str(job->d, "product", product);
	return err;
}

int page_labels(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, labels_in, "labels");
}

int page_labels_print(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"code", "skip", NULL};
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	struct print_label *label;
	struct doc *in, *units;
	int64_t skip = 0;
	size_t n;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_str(in, "skip") &&
		(text_parse_i64(doc_str(in, "skip"), &skip) != 0 || skip < 0 || skip > 23))
		return api_bad_field(rq, "skip", "0-23");
	if (!doc_str(in, "code"))
		return api_missing_field(rq, "code");
	doc_set_str(job.d, "sent", doc_str(in, "code"));
	err = store_read(job.w->o.st, labels_in, &job);
	if (err)
		return err;
	units = doc_list(job.d, "units");
	n = doc_list_size(units);
	if (n == 0)
		return api_bad_field(rq, "code", "INV-000417");
	label = ARENA_ARRAY(rq->arena, struct print_label, n);
	for (size_t i = 0; i < n; i++) {
		const struct doc *row = doc_list_object(units, i);

		label[i] = (struct print_label){
			doc_str(row, "code"), doc_str(row, "title"), web_organisation(job.w)};
	}
	return web_labels_reply(rq, label, n, (unsigned)skip);
}

/* --- command cards --- */

#define CARDS_PDF_MOST (4u << 20)

/* Printed once and laid beside the scanner: what can be said without the keyboard. */
int page_desk_cards(struct http_request *rq, void *ctx)
{
	static const struct {
		const char *code, *text;
	} cards[] = {{"C-LAN", "card.lend"}, {"C-RETUR", "card.return"}, {"C-OMLAN", "card.renew"},
		{"C-KLAR", "card.done"}, {"C-SKRIV", "card.print"}, {"C-ANGRA", "card.undo"},
		{"C-AVBRYT", "card.cancel"}};
	AUTO(buf) struct buf pdf = BUF_INIT(CARDS_PDF_MOST);
	struct print_label label[sizeof(cards) / sizeof(cards[0])];
	struct print_labels l = print_labels_a4();
	struct web *w = ctx;
	int err;

	l.count = sizeof(cards) / sizeof(cards[0]);
	for (size_t i = 0; i < l.count; i++)
		label[i] = (struct print_label){
			cards[i].code, web_text(rq->lang, cards[i].text), web_organisation(w)};
	l.label = label;
	l.title = web_text(rq->lang, "desk.cards");
	l.lang = say_lang_name(rq->lang);
	err = print_labels_pdf(&l, &pdf);
	if (err)
		return err;
	http_reply_header(rq, "Content-Disposition", "inline; filename=\"kort.pdf\"");
	return http_reply(rq, 200, "application/pdf", arena_bytes(rq->arena, buf_bytes(&pdf)));
}
