/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * POST /api/v1/items/chosen: one act on many things of a list. A page first shows what would happen
 * to each, and does it when it is sent again with "sure". Each thing is a transaction of its own:
 * one that is refused does not hold the others back, and is told with its reason.
 */
#include "web/circulation_int.h"
#include "web/list_int.h"

#include "base/text.h"
#include "print/print.h"
#include "web/scope_int.h"

#define CHOSEN_MOST 500
#define PDF_MOST (16u << 20)

enum act { ACT_LABELS, ACT_MOVE, ACT_STOCK, ACT_GROUP, ACTS };

static const struct {
	const char *name;
	uint32_t roles;
	const char *needs; /* field that says whereto; or NULL */
} acts[ACTS] = {
	[ACT_LABELS] = {"labels", API_ITEMS, NULL},
	[ACT_MOVE] = {"move", API_ITEMS, "to"},
	[ACT_STOCK] = {"in_stock", API_ITEMS, NULL},
	[ACT_GROUP] = {"group", API_MACHINES, "group"},
};

struct chosen {
	struct http_request *rq;
	struct web *w;
	enum act act;
	const char *whereto; /* a place, or a group */
	const char **codes;
	size_t n;
	struct doc *d;
	size_t ready, refused;
};

/* --- what was chosen --- */

static void add_words(struct chosen *c, const char *words)
{
	char *word, *save = NULL;

	word = words ? strtok_r(arena_strdup(c->rq->arena, words), " ", &save) : NULL;
	for (; word; word = strtok_r(NULL, " ", &save)) {
		if (c->n <= CHOSEN_MOST)
			c->codes[c->n++] = word;
	}
}

/* A list from a program; from a form the ticked ones, or all that the page showed. */
static void read_codes(struct chosen *c, const struct doc *in)
{
	const struct doc *list = doc_list(in, "codes");

	c->codes = ARENA_ARRAY(c->rq->arena, const char *, CHOSEN_MOST + 2);
	for (size_t i = 0; i < doc_list_size(list) && c->n <= CHOSEN_MOST; i++) {
		if (doc_list_str(list, i))
			c->codes[c->n++] = doc_list_str(list, i);
	}
	add_words(c, text_equal(doc_str(in, "all"), "yes") ? doc_str(in, "shown")
							   : doc_str(in, "code"));
}

static int bad(struct http_request *rq, const char *field, const char *what)
{
	return api_bad_field(rq, field, what) == 0 ? ERR_BADINPUT : ERR_INTERNAL;
}

/* ERR_BADINPUT: the reply is made. */
static int read_chosen(struct chosen *c, const struct doc *in)
{
	const char *act = doc_str(in, "act");

	while (c->act < ACTS && !text_equal(acts[c->act].name, act))
		c->act++;
	if (c->act == ACTS)
		return bad(c->rq, "act", "labels, move, in_stock, group");
	if (!(acts[c->act].roles & api_caller(c->rq)->roles))
		return ERR_DENIED;
	read_codes(c, in);
	if (c->n == 0 || c->n > CHOSEN_MOST)
		return bad(c->rq, "codes", "1-500");
	if (!acts[c->act].needs)
		return 0;
	c->whereto = doc_str(in, acts[c->act].needs);
	if (text_empty(c->whereto))
		return api_missing_field(c->rq, acts[c->act].needs) == 0 ? ERR_BADINPUT
									 : ERR_INTERNAL;
	return 0;
}

/* --- what would happen --- */

static int decide(struct store_txn *txn, const struct chosen *c, const struct inv_unit *u, struct refusal *r)
{
	const struct inv_mark mark = {.to = INV_IN_STOCK};
	int err;

	if (c->act != ACT_STOCK)
		return 0;
	err = inv_duty_admit(txn, u, &mark, web_duties(api_caller(c->rq)->roles), r);
	return err ? err : inv_mark_decide(u, &mark, r);
}

static void put_refusal(
	struct chosen *c, struct doc *row, const char *code, const struct refusal *r)
{
	c->refused++;
	doc_set_str(row, "code", code);
	doc_set_str(row, "text", refusal_text(c->rq->arena, c->rq->lang, r));
}

static int preview_one(struct store_txn *txn, struct chosen *c, const char *code, struct doc *list)
{
	struct doc *row = doc_add_object(list);
	struct refusal r = {0};
	struct inv_unit u;
	int err = inv_unit_find(txn, c->rq->arena, code, &u);

	if (err == ERR_NOTFOUND || err == ERR_BADINPUT) {
		refuse(&r, &inv_say_no_unit, code, NULL, NULL);
		doc_set_str(row, "serial", code);
		put_refusal(c, row, code, &r);
		return 0;
	}
	if (err == 0)
		err = web_item_row(txn, c->rq, &u, row);
	if (err)
		return err;
	err = decide(txn, c, &u, &r);
	if (err == ERR_REFUSED)
		put_refusal(c, row, code, &r);
	else
		c->ready++;
	return err == ERR_REFUSED ? 0 : err;
}

static int whereto_name(struct store_txn *txn, struct chosen *c)
{
	const char *name = c->whereto;
	struct inv_place p;
	int err = 0;

	if (c->act == ACT_MOVE) {
		err = inv_place_get(txn, c->rq->arena, c->whereto, &p);
		name = err ? c->whereto : inv_place_name(&p, c->rq->lang);
	}
	doc_set_str(c->d, "whereto", name);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int preview_in(struct store_txn *txn, void *arg)
{
	struct chosen *c = arg;
	struct doc *list = doc_set_list(c->d, "items");
	int err = whereto_name(txn, c);

	c->ready = c->refused = 0;
	for (size_t i = 0; err == 0 && i < c->n; i++)
		err = preview_one(txn, c, c->codes[i], list);
	return err;
}

static void put_question(struct chosen *c, const struct doc *in)
{
	AUTO(buf) struct buf codes = BUF_INIT(1 << 16);
	const char *next = web_form_str(c->rq, "next");

	for (size_t i = 0; i < c->n; i++)
		buf_printf(&codes, "%s%s", i ? " " : "", c->codes[i]);
	doc_set_str(c->d, "code", buf_str(&codes));
	doc_set_str(c->d, "act", acts[c->act].name);
	doc_set_bool(doc_set_object(c->d, "is"), acts[c->act].name, true);
	doc_set_str(c->d, "to", doc_str(in, "to"));
	doc_set_str(c->d, "group", doc_str(in, "group"));
	doc_set_str(c->d, "next", http_is_local(next) ? next : "/items");
	doc_set_int(c->d, "ready", (int64_t)c->ready);
	doc_set_bool(c->d, "any_ready", c->ready > 0);
	doc_set_int(c->d, "refused", (int64_t)c->refused);
	doc_set_bool(c->d, "any_refused", c->refused > 0);
}

/* --- labels --- */

struct labelling {
	struct chosen *c;
	struct print_label *label;
};

static int labels_in(struct store_txn *txn, void *arg)
{
	struct labelling *l = arg;
	struct chosen *c = l->c;
	struct arena *a = c->rq->arena;
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++) {
		struct inv_product p;
		struct inv_unit u;

		err = inv_unit_find(txn, a, c->codes[i], &u);
		if (err == 0)
			err = inv_unit_product(txn, a, &u, &p);
		if (err == 0)
			l->label[i] = (struct print_label){
				text_empty(u.item_number) ? u.serial : u.item_number,
				inv_product_name(&p, SAY_SV), web_organisation(c->w)};
	}
	return err;
}

static int reply_labels(struct chosen *c)
{
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);
	struct print_labels sheet = print_labels_a4();
	struct labelling l = {c, ARENA_ARRAY(c->rq->arena, struct print_label, c->n)};
	int err = store_read(c->w->o.st, labels_in, &l);

	if (err)
		return err;
	sheet.label = l.label;
	sheet.count = c->n;
	sheet.title = "Hylla";
	sheet.lang = say_lang_name(c->rq->lang);
	err = print_labels_pdf(&sheet, &pdf);
	if (err == ERR_BADINPUT)
		return api_bad_field(c->rq, "codes", "1-20 A-Z 0-9 -");
	if (err)
		return err;
	http_reply_header(c->rq, "Content-Disposition", "inline; filename=\"labels.pdf\"");
	return http_reply(c->rq, 200, "application/pdf",
		arena_bytes(c->rq->arena, buf_bytes(&pdf)));
}

/* --- done --- */

static int do_one(struct chosen *c, const char *code, struct refusal *r)
{
	struct inv_act act = api_act(c->rq);
	const struct inv_mark mark = {.to = INV_IN_STOCK};

	act.code = code;
	if (c->act == ACT_MOVE)
		return inv_unit_shelve(c->w->o.inv, &act, c->whereto, r);
	return inv_mark(c->w->o.inv, &act, &mark, r);
}

static int do_each(struct chosen *c)
{
	struct doc *list = doc_set_list(c->d, "refused_items");

	c->ready = c->refused = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct refusal r = {0};
		int err = do_one(c, c->codes[i], &r);

		if (err == ERR_REFUSED)
			put_refusal(c, doc_add_object(list), c->codes[i], &r);
		else if (err)
			return err;
		else
			c->ready++;
	}
	return 0;
}

static int do_group(struct chosen *c, struct refusal *r)
{
	const struct web_set_act act = {.what = WEB_MEMBER_IN,
		.who = &api_caller(c->rq)->who,
		.now = c->rq->now,
		.group = c->whereto,
		.codes = c->codes,
		.code_n = c->n};

	c->ready = c->n;
	return web_set_act(c->w, &act, r);
}

static int reply_done(struct chosen *c)
{
	const char *next = web_form_str(c->rq, "next");

	doc_set_int(c->d, "done", (int64_t)c->ready);
	if (!web_is_page(c->rq))
		return http_reply_doc(c->rq, 200, c->d);
	if (c->refused == 0)
		return http_reply_see_other(c->rq,
			arena_printf(c->rq->arena, "%s%sdone=chosen",
				http_is_local(next) ? next : "/items",
				http_is_local(next) && strchr(next, '?') ? "&" : "?"));
	doc_set_int(c->d, "refused", (int64_t)c->refused);
	doc_set_str(c->d, "next", http_is_local(next) ? next : "/items");
	return web_reply(c->rq, 200, "chosen-done", c->d);
}

int api_item_chosen(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"act", "codes", "code", "all", "shown", "to", "group",
		"sure", NULL};
	struct chosen c = {.rq = rq, .w = ctx, .d = doc_new(rq->arena)};
	bool page = web_is_page(rq);
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = read_chosen(&c, in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (c.act == ACT_LABELS)
		return reply_labels(&c);
	if (c.act == ACT_GROUP)
		err = web_scope_reaches(api_caller(rq)->areas, WEB_AREA_DEVICES, &r);
	if (err)
		return api_done(rq, err, &r);
	if (page ? !doc_has(in, "sure") : text_equal(http_query(rq, "preview"), "yes")) {
		err = store_read(c.w->o.st, preview_in, &c);
		if (err)
			return err;
		put_question(&c, in);
		return web_reply(rq, 200, "chosen", c.d);
	}
	err = c.act == ACT_GROUP ? do_group(&c, &r) : do_each(&c);
	if (err)
		return api_done(rq, err, &r);
	return reply_done(&c);
}

/* What was chosen is gone with a form that was refused: back to the list. */
int page_item_chosen(struct http_request *rq, void *ctx)
{
	return ((struct web_note *)rq->note)->problem ? api_item_list(rq, ctx)
						       : http_reply_see_other(rq, "/items");
}
