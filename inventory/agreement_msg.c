/* SPDX-License-Identifier: EUPL-1.2 */
/* What an agreement froze, as one JSON document: so that it is read for as long as it is kept. */
#include "inventory/agreement_int.h"

static void format_lines(struct doc *d, const struct inv_paper *p)
{
	struct doc *list = doc_set_list(d, "lines");

	for (size_t i = 0; i < p->line_count; i++) {
		const struct inv_paper_line *l = &p->line[i];
		struct doc *one = doc_add_object(list);

		doc_set_str(one, "number", l->number);
		doc_set_str(one, "name", l->name);
		doc_set_str(one, "condition", l->condition);
		doc_set_str(one, "parts", l->parts);
		doc_set_int(one, "due", l->due);
		doc_set_int(one, "price", l->price_ore);
		if (l->price_list) {
			doc_set_int(one, "price_list", l->price_list);
			doc_set_int(one, "price_from", l->price_from);
		}
		doc_set_bool(one, "missing", l->missing);
	}
}

void inv_frozen_format(struct arena *a, const struct inv_frozen *f, struct buf *out)
{
	struct doc *d = doc_new(a), *list;
	const struct inv_paper *p = &f->paper;

	doc_set_int(d, "form", 1);
	doc_set_str(d, "salt", f->salt);
	doc_set_str(d, "loan", p->loan);
	doc_set_str(d, "name", p->name);
	doc_set_str(d, "card", p->card);
	doc_set_str(d, "organisation", p->organisation);
	doc_set_str(d, "place", p->place);
	doc_set_str(d, "phone", p->phone);
	doc_set_str(d, "lang", say_lang_name(p->lang));
	doc_set_bool(d, "of_return", p->of_return);
	doc_set_bool(d, "no_dashes", !p->dashes);
	doc_set_bool(d, "no_gaps", !p->gaps);
	doc_set_bool(d, "each_day", !p->one_day);
	doc_set_int(d, "today", p->today);
	doc_set_int(d, "due", p->due);
	doc_set_str(d, "note", p->note);
	format_lines(d, p);
	list = doc_set_list(d, "texts");
	for (size_t i = 0; i < f->texts; i++) {
		struct doc *one = doc_add_object(list);

		doc_set_str(one, "title", f->title[i]);
		doc_set_str(one, "body", f->body[i]);
	}
	doc_format(d, out);
}

static int day_of(const struct doc *d, const char *key, int32_t *ret)
{
	int64_t v;

	if (doc_int(d, key, &v) != 0 || v < INT32_MIN || v > INT32_MAX)
		return ERR_CORRUPT;
	*ret = (int32_t)v;
	return 0;
}

/* Papers from before the price table had versions name none. */
static int parse_price_list(const struct doc *one, struct inv_paper_line *line)
{
	int64_t version;

	if (!doc_has(one, "price_list"))
		return 0;
	if (doc_int(one, "price_list", &version) != 0 || version < 1 || version > UINT32_MAX)
		return ERR_CORRUPT;
	line->price_list = (uint32_t)version;
	return day_of(one, "price_from", &line->price_from);
}

static int parse_lines(struct arena *a, const struct doc *d, struct inv_paper *p)
{
	const struct doc *list = doc_list(d, "lines");
	size_t n = list ? doc_list_size(list) : 0;
	struct inv_paper_line *line = ARENA_ARRAY(a, struct inv_paper_line, n + 1);

	if (!list || n > INV_PAPER_LINES)
		return ERR_CORRUPT;
	for (size_t i = 0; i < n; i++) {
		const struct doc *one = doc_list_object(list, i);
		int err = one ? day_of(one, "due", &line[i].due) : ERR_CORRUPT;

		if (err == 0 && doc_int(one, "price", &line[i].price_ore) != 0)
			err = ERR_CORRUPT;
		if (err == 0)
			err = parse_price_list(one, &line[i]);
		if (err)
			return err;
		line[i].number = doc_str(one, "number");
		line[i].name = doc_str(one, "name");
		line[i].condition = doc_str(one, "condition");
		line[i].parts = doc_str(one, "parts");
		line[i].missing = doc_bool(one, "missing", false);
	}
	p->line = line;
	p->line_count = n;
	return 0;
}

static int parse_texts(const struct doc *d, struct inv_frozen *f)
{
	const struct doc *list = doc_list(d, "texts");
	size_t n = list ? doc_list_size(list) : 0;

	if (n == 0 || n > INV_TEXTS)
		return ERR_CORRUPT;
	for (size_t i = 0; i < n; i++) {
		const struct doc *one = doc_list_object(list, i);

		if (!one || !doc_str(one, "title") || !doc_str(one, "body"))
			return ERR_CORRUPT;
		f->title[i] = doc_str(one, "title");
		f->body[i] = doc_str(one, "body");
	}
	f->texts = n;
	return 0;
}

int inv_frozen_parse(struct arena *a, struct bytes in, struct inv_frozen *ret)
{
	struct inv_frozen f = {0};
	struct inv_paper *p = &f.paper;
	struct doc *d;
	int64_t form = 0;
	int err = doc_parse(a, in, &d);

	if (err || doc_int(d, "form", &form) != 0 || form < 1)
		return ERR_CORRUPT;
	if (form > 1)
		return ERR_NEWER;
	f.salt = doc_str(d, "salt");
	p->loan = doc_str(d, "loan");
	p->name = doc_str(d, "name");
	p->card = doc_str(d, "card");
	p->organisation = doc_str(d, "organisation");
	p->place = doc_str(d, "place");
	p->phone = doc_str(d, "phone");
	p->note = doc_str(d, "note");
	p->lang = say_lang_parse(doc_str(d, "lang"), SAY_SV);
	p->of_return = doc_bool(d, "of_return", false);
	p->dashes = !doc_bool(d, "no_dashes", false);
	p->gaps = !doc_bool(d, "no_gaps", false);
	p->one_day = !doc_bool(d, "each_day", false);
	err = day_of(d, "today", &p->today);
	if (err == 0)
		err = day_of(d, "due", &p->due);
	if (err == 0)
		err = parse_lines(a, d, p);
	if (err == 0)
		err = parse_texts(d, &f);
	if (err || !p->loan)
		return err ? err : ERR_CORRUPT;
	*ret = f;
	return 0;
}
