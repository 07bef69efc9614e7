/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms made of their tables: see form_int.h. */
#include "web/form_int.h"

#include "base/money.h"
#include "base/text.h"

#define OPTIONS_MOST 1000

static const char *text_of(const struct web_form_ask *ask, const char *group, const char *name)
{
	const struct http_request *rq = ask->job->rq;

	return web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, name));
}

/* What was typed goes before what is stored; also when one goes back from a look to change it. */
static const struct doc *typed_of(const struct http_request *rq)
{
	const struct web_note *note = rq->note;

	return note && (note->problem || doc_str(note->form, "again")) ? note->form : NULL;
}

static const char *sent_name(struct arena *a, const struct web_input *in)
{
	size_t n = strlen(in->name);

	return in->kind == WEB_INPUT_KRONOR
		       ? arena_printf(a, "%.*s_kr", (int)(n - strlen("_ore")), in->name)
		       : in->name;
}

static const char *stored_value(const struct web_form_ask *ask, const struct web_input *in)
{
	struct arena *a = ask->job->rq->arena;
	const char *s = ask->values ? doc_str(ask->values, in->name) : NULL;
	int64_t n;

	if (!ask->values || s || doc_int(ask->values, in->name, &n) != 0)
		return s;
	if (in->kind == WEB_INPUT_KRONOR)
		return n ? money_typed(a, n) : NULL;
	return n ? arena_printf(a, "%lld", (long long)n) : NULL;
}

static bool words_have(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; at && (at = strstr(at, word)) != NULL; at += n) {
		if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
			return true;
	}
	return false;
}

void web_option_add(struct web_form_ask *ask, const char *code, const char *text)
{
	struct doc *row = doc_add_object(ask->list);

	doc_set_str(row, "code", code);
	doc_set_str(row, "text", text ? text : code);
	doc_set_bool(row, "chosen", text_equal(code, ask->now));
}

static void put_words(struct web_form_ask *ask, const struct web_input *in)
{
	for (unsigned i = 1; i < OPTIONS_MOST && !text_equal(in->word(i), "unknown"); i++)
		web_option_add(ask, in->word(i), say_plain(in->say(i), ask->job->rq->lang));
}

static int put_choices(struct web_form_ask *ask, const struct web_input *in, struct doc *row)
{
	ask->input = in;
	ask->list = doc_set_list(row, "options");
	ask->now = doc_str(row, "value");
	if (!in->word)
		return in->options(ask);
	put_words(ask, in);
	return 0;
}

static void put_kind(const struct web_input *in, struct doc *row)
{
	doc_set_bool(row, "is_area", in->kind == WEB_INPUT_AREA);
	doc_set_bool(row, "is_choice", in->kind == WEB_INPUT_CHOICE);
	doc_set_bool(row, "is_tick", in->kind == WEB_INPUT_TICK);
	doc_set_bool(row, "is_file", in->kind == WEB_INPUT_FILE);
	doc_set_bool(row, "is_hidden", in->kind == WEB_INPUT_HIDDEN);
	doc_set_bool(row, "is_line",
		in->kind != WEB_INPUT_AREA && in->kind != WEB_INPUT_CHOICE &&
			in->kind != WEB_INPUT_TICK && in->kind != WEB_INPUT_FILE &&
			in->kind != WEB_INPUT_HIDDEN);
	doc_set_str(row, "type", in->kind == WEB_INPUT_DAY ? "date" : "text");
	doc_set_bool(row, "digits", in->kind == WEB_INPUT_COUNT);
	doc_set_bool(row, "decimal", in->kind == WEB_INPUT_KRONOR);
}

/* Somebody changed it while this was typed: what counts now stands beside what was typed. */
static bool is_since(const struct http_request *rq)
{
	const struct web_note *note = rq->note;

	return note && note->problem && text_equal(note->field, "version");
}

static const char *choice_text(const struct doc *row, const char *code)
{
	const struct doc *list = doc_list(row, "options");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *one = doc_list_value(list, i);

		if (text_equal(doc_str(one, "code"), code))
			return doc_str(one, "text");
	}
	return code;
}

static void put_stored(const struct web_form_ask *ask, const struct web_input *in, struct doc *row)
{
	const struct http_request *rq = ask->job->rq;
	const char *stored = stored_value(ask, in), *typed = doc_str(row, "value");

	if (in->kind == WEB_INPUT_TICK) {
		bool is = doc_bool(ask->values, in->name, false);

		if (is != doc_bool(row, "ticked", false))
			doc_set_str(row, "now_is", web_text(rq->lang, is ? "form.yes" : "form.no"));
		return;
	}
	if (in->kind == WEB_INPUT_HIDDEN || text_equal(stored ? stored : "", typed ? typed : ""))
		return;
	stored = in->kind == WEB_INPUT_CHOICE && stored ? choice_text(row, stored) : stored;
	doc_set_str(row, "now_is", stored ? stored : web_text(rq->lang, "form.nothing"));
}

static int put_input(struct web_form_ask *ask, const struct web_input *in, struct doc *row)
{
	const struct http_request *rq = ask->job->rq;
	const struct web_note *note = rq->note;
	const struct doc *typed = typed_of(rq);
	const char *name = sent_name(rq->arena, in);
	bool since = is_since(rq) && ask->values;
	int err;

	/* what is saved next is made from what counts now */
	if (since && in->kind == WEB_INPUT_HIDDEN && text_equal(name, "version"))
		typed = NULL;
	doc_set_str(row, "name", name);
	if (in->kind != WEB_INPUT_HIDDEN)
		doc_set_str(row, "label",
			in->label ? web_text(rq->lang, in->label) : text_of(ask, "field", name));
	doc_set_str(row, "hint", in->hint ? web_text(rq->lang, in->hint) : NULL);
	doc_set_bool(row, "needed", in->needed);
	doc_set_bool(row, "invalid",
		note && note->field &&
			(text_equal(note->field, name) || text_equal(note->field, in->name)));
	doc_set_str(row, "value", typed ? doc_str(typed, name) : stored_value(ask, in));
	put_kind(in, row);
	if (in->kind == WEB_INPUT_TICK)
		doc_set_bool(row, "ticked",
			typed ? words_have("yes", doc_str(typed, name) ? doc_str(typed, name) : "-")
			      : doc_bool(ask->values, in->name, false));
	err = in->kind == WEB_INPUT_CHOICE ? put_choices(ask, in, row) : 0;
	if (err == 0 && since)
		put_stored(ask, in, row);
	return err;
}

/* A tick that is not there is a no. */
static void put_ticks(const struct web_form_ask *ask, struct doc *d)
{
	const char *all = NULL;
	bool file = false;

	for (const struct web_input *in = ask->form->inputs; in->name; in++) {
		if (in->kind == WEB_INPUT_TICK)
			all = arena_printf(ask->job->rq->arena, "%s%s%s", all ? all : "",
				all ? " " : "", in->name);
		file = file || in->kind == WEB_INPUT_FILE;
	}
	doc_set_str(d, "ticks", all);
	doc_set_bool(d, "files", file);
}

int web_form_put(struct web_form_ask *ask, const char *key)
{
	struct doc *d = doc_set_object(ask->job->d, key);
	struct doc *inputs = doc_set_list(d, "inputs"), *more = doc_set_list(d, "more");
	const struct http_request *rq = ask->job->rq;
	const struct web_form *f = ask->form;
	int err = 0;

	doc_set_str(d, "title", web_text(rq->lang, f->title));
	doc_set_str(d, "lead", f->lead ? web_text(rq->lang, f->lead) : NULL);
	doc_set_str(d, "button", web_text(rq->lang, f->button));
	doc_set_str(d, "preview", f->preview ? web_text(rq->lang, f->preview) : NULL);
	doc_set_str(d, "subject", ask->subject);
	doc_set_str(d, "next", ask->next);
	doc_set_str(d, "back", ask->back);
	doc_set_str(d, "to", rq->path);
	doc_set_bool(d, "whole", f->whole);
	doc_set_bool(d, "stop", f->stop);
	for (const struct web_input *in = f->inputs; err == 0 && in->name; in++)
		err = put_input(ask, in, doc_add_object(in->more ? more : inputs));
	doc_set_bool(d, "any_more", doc_list_size(more) > 0);
	doc_set_bool(d, "any_wrong", typed_of(rq) != NULL);
	put_ticks(ask, d);
	return err;
}

struct filling {
	struct api_read job;
	const struct web_form *form;
	web_form_fill *fill;
};

static int form_in(struct store_txn *txn, void *arg)
{
	struct filling *f = arg;
	struct web_form_ask ask = {.job = &f->job, .txn = txn, .form = f->form};
	int err;

	f->job.d = doc_new(f->job.rq->arena);
	err = f->fill ? f->fill(&ask) : 0;
	return err ? err : web_form_put(&ask, "asked");
}

int web_form_reply(
	struct http_request *rq, struct web *w, const struct web_form *f, web_form_fill *fill)
{
	struct filling x = {.job = {.w = w, .rq = rq}, .form = f, .fill = fill};
	int err = store_read(w->o.st, form_in, &x);

	return err ? err : web_reply(rq, 200, "form", x.job.d);
}

/* --- choices that many forms have --- */

int web_options_product_of(struct web_form_ask *ask, const struct inv_product_ask *which)
{
	const char *next;
	struct inv_product *p;
	size_t n;
	int err = inv_product_list(ask->txn, ask->job->rq->arena, which, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_option_add(ask, p[i].id, inv_product_name(&p[i], ask->job->rq->lang));
	return err;
}

int web_options_product(struct web_form_ask *ask)
{
	return web_options_product_of(ask, &(struct inv_product_ask){.most = OPTIONS_MOST});
}

int web_options_place(struct web_form_ask *ask)
{
	const char *next;
	struct inv_place *p;
	size_t n;
	int err = inv_place_list(ask->txn, ask->job->rq->arena, NULL, OPTIONS_MOST, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!p[i].closed || text_equal(p[i].id, ask->now))
			web_option_add(ask, p[i].id, inv_place_name(&p[i], ask->job->rq->lang));
	}
	return err;
}

int web_options_zone(struct web_form_ask *ask)
{
	web_option_add(ask, "library", text_of(ask, "name.zone", "library"));
	web_option_add(ask, "care", text_of(ask, "name.zone", "care"));
	return 0;
}
