/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on which one says what a group or an iPad should have: what to choose from, and the form of
 * each kind (wanted_rules.c). What is sent goes the way of the API. */
#include "web/api_int.h"
#include "web/wanted_int.h"

#include "base/text.h"

struct wanting {
	struct api_read read;
	const struct web_want_type *type;
	const struct doc *spec; /* of what is there already; or NULL */
	uint32_t priority; /* of what is there */
};

static const char *label(const struct http_request *rq, const char *type, const char *more)
{
	char *key = arena_printf(rq->arena, "want.%s.%s", type, more);

	for (char *p = key; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	return web_text(rq->lang, key);
}

/* Of the type, or what it is called wherever it stands. */
static const char *own_or_any(const struct http_request *rq, const char *type, const char *more)
{
	const char *text = label(rq, type, more);

	return text ? text : label(rq, "any", more);
}

static const char *field_label(const struct http_request *rq, const char *type, const char *name)
{
	const char *text = own_or_any(rq, type, arena_printf(rq->arena, "f.%s", name));

	return text ? text : name;
}

/* --- whose --- */

static int owner_in(struct api_read *job, struct store_txn *txn)
{
	struct http_request *rq = job->rq;
	const char *group = http_param(rq, "name"), *serial;
	struct doc *o = doc_set_object(job->d, "owner");
	struct mdm_group g;
	struct inv_unit u;
	int err = group ? mdm_group_get(txn, rq->arena, group, &g)
			: inv_serial_find(txn, rq->arena, http_param(rq, "code"), &serial);

	if (err)
		return err;
	doc_set_bool(o, "group", group != NULL);
	if (group) {
		doc_set_str(o, "title", web_group_title(&g, rq->lang));
		doc_set_str(o, "at", arena_printf(rq->arena, "/groups/%s", group));
		doc_set_str(o, "back", doc_str(o, "at"));
		return 0;
	}
	err = inv_unit_get(txn, rq->arena, serial, &u);
	doc_set_str(o, "title", err == 0 && u.item_number ? u.item_number : serial);
	doc_set_str(o, "at", arena_printf(rq->arena, "/devices/%s", web_escape(rq->arena, serial)));
	doc_set_str(o, "back", arena_printf(rq->arena, "%s/desired", doc_str(o, "at")));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- what to choose from --- */

static void put_types(const struct http_request *rq, struct doc *d)
{
	struct doc *groups = doc_set_list(d, "groups"), *list = NULL;
	const char *last = NULL;

	for (const struct web_want_type *t = web_want_types; t->type; t++) {
		struct doc *row;

		if (!text_equal(t->group, last)) {
			row = doc_add_object(groups);
			doc_set_str(row, "heading", label(rq, "group", t->group));
			list = doc_set_list(row, "types");
			last = t->group;
		}
		row = doc_add_object(list);
		doc_set_str(row, "type", t->type);
		doc_set_str(row, "title", label(rq, t->type, "title"));
		doc_set_str(row, "hint", label(rq, t->type, "hint"));
	}
}

static int choose_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	put_types(job->rq, job->d);
	return owner_in(job, txn);
}

int page_want_choose(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, choose_in, "want");
}

/* --- the form --- */

/* The item that is to be changed, when ?id= names one. */
static int spec_in(struct wanting *x, struct store_txn *txn)
{
	struct http_request *rq = x->read.rq;
	const char *id = http_query(rq, "id"), *owner = http_param(rq, "name");
	struct mdm_item *items;
	size_t n;
	int err = 0;

	if (!id)
		return 0;
	if (!owner)
		err = inv_serial_find(txn, rq->arena, http_param(rq, "code"), &owner);
	if (err == 0)
		err = mdm_item_list(x->read.w->o.mdm, txn, rq->arena,
			http_param(rq, "name") ? MDM_OF_GROUP : MDM_OF_IPAD, owner, &items, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (items[i].kind != x->type->kind || !text_equal(items[i].id, id))
			continue;
		x->spec = mdm_item_show(rq->arena, &items[i]);
		x->priority = items[i].priority;
	}
	return err;
}

static const char *value_of(const struct wanting *x, const struct web_want_field *f)
{
	struct http_request *rq = x->read.rq;

	if (web_form(rq))
		return f->kind == WEB_WANT_SECRET ? NULL : web_form_str(rq, f->name);
	return x->spec ? web_want_answer(rq->arena, x->type, f, x->spec) : f->usual;
}

static void put_choices(
	const struct wanting *x, const struct web_want_field *f, const char *value, struct doc *row)
{
	struct http_request *rq = x->read.rq;
	struct doc *list = doc_set_list(row, "choices");
	char *save = NULL, *word;

	if (f->kind != WEB_WANT_CHOICE)
		return;
	word = strtok_r(arena_strdup(rq->arena, f->words), " ", &save);
	for (; word; word = strtok_r(NULL, " ", &save)) {
		struct doc *c = doc_add_object(list);
		const char *text = label(
			rq, x->type->type, arena_printf(rq->arena, "f.%s.%s", f->name, word));

		doc_set_str(c, "word", word);
		doc_set_str(c, "text", text ? text : word);
		doc_set_bool(c, "chosen", text_equal(word, value));
	}
}

/* True: there is an answer in it, or something wrong with it. */
static bool put_field(const struct wanting *x, const struct web_want_field *f, struct doc *row)
{
	static const char *const forms[] = {[WEB_WANT_TEXT] = "is_text",
		[WEB_WANT_URL] = "is_url",
		[WEB_WANT_DAY] = "is_day",
		[WEB_WANT_NUMBER] = "is_number",
		[WEB_WANT_SECRET] = "is_secret",
		[WEB_WANT_LINES] = "is_lines",
		[WEB_WANT_JSON] = "is_lines",
		[WEB_WANT_TICK] = "is_tick",
		[WEB_WANT_RULE] = "is_tick",
		[WEB_WANT_CHOICE] = "is_choice",
		[WEB_WANT_FILE] = "is_file",
		[WEB_WANT_PICTURE] = "is_file"};
	struct http_request *rq = x->read.rq;
	const struct web_note *note = rq->note;
	const char *value = value_of(x, f);

	doc_set_str(row, "field", f->name);
	doc_set_bool(row, forms[f->kind], true);
	doc_set_str(row, "label", field_label(rq, x->type->type, f->name));
	doc_set_str(row, "hint",
		own_or_any(rq, x->type->type, arena_printf(rq->arena, "h.%s", f->name)));
	doc_set_bool(row, "required", f->required);
	doc_set_bool(row, "faulty", note && text_equal(note->field, f->name));
	doc_set_str(row, "value", value);
	doc_set_bool(row, "ticked", value != NULL);
	put_choices(x, f, value, row);
	return value || (note && text_equal(note->field, f->name));
}

static struct doc *put_part(const struct wanting *x, const char *name, struct doc *parts)
{
	struct http_request *rq = x->read.rq;
	struct doc *part = doc_add_object(parts);

	doc_set_str(part, "heading",
		name ? own_or_any(rq, x->type->type, arena_printf(rq->arena, "p.%s", name)) : NULL);
	doc_set_bool(part, "open", false);
	doc_set_list(part, "fields");
	return part;
}

/* The first part stands open; one with a heading is folded away until something is in it. */
static void put_parts(
	const struct wanting *x, const struct web_want_field *fields, struct doc *parts)
{
	struct doc *part = NULL;

	for (const struct web_want_field *f = fields; f->name; f++) {
		bool starts = f->kind == WEB_WANT_PART;

		if (starts || !part)
			part = put_part(x, starts ? f->name : NULL, parts);
		if (!starts && put_field(x, f, doc_add_object(doc_list(part, "fields"))))
			doc_set_bool(part, "open", true);
	}
}

static int form_in(struct store_txn *txn, void *arg)
{
	struct wanting *x = arg;
	struct http_request *rq = x->read.rq;
	struct doc *d = x->read.d, *list;
	int err = owner_in(&x->read, txn);

	if (err == 0)
		err = spec_in(x, txn);
	if (err)
		return err;
	doc_set_str(d, "type", x->type->type);
	doc_set_str(d, "title", label(rq, x->type->type, "title"));
	doc_set_str(d, "about", label(rq, x->type->type, "hint"));
	doc_set_str(d, "item",
		web_form_str(rq, "id") ? web_form_str(rq, "id") : http_query(rq, "id"));
	doc_set_bool(d, "of_group", http_param(rq, "name") != NULL);
	doc_set_str(d, "priority",
		web_form(rq)	  ? web_form_str(rq, "priority")
		: x->priority ? arena_printf(rq->arena, "%u", x->priority)
			      : NULL);
	list = doc_set_list(d, "parts");
	put_parts(x, x->type->fields, list);
	if (web_want_ends(x->type))
		put_parts(x, web_ending_fields, list);
	return 0;
}

int page_want_form(struct http_request *rq, void *ctx)
{
	struct wanting x = {.read = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)},
		.type = web_want_type(http_param(rq, "type"))};
	int err = x.type ? store_read(x.read.w->o.st, form_in, &x) : ERR_NOTFOUND;

	return err ? err : web_reply(rq, 200, "want-form", x.read.d);
}

/* --- what is sent --- */

static int wrong_field(
	struct http_request *rq, const struct web_want_type *t, const char *field, int err)
{
	const struct refusal r = {
		.say = err == ERR_NOTFOUND ? &web_say_missing_field : &web_say_field_wrong,
		.arg = {field_label(rq, t->type, field)}};

	return web_page_again(rq, 400, refusal_text(rq->arena, rq->lang, &r), field);
}

/* What was typed, and pictures as text beside it. */
static const struct doc *answers_of(struct http_request *rq, const struct web_want_type *t)
{
	const struct doc *form = web_form(rq);
	struct doc *all = doc_new(rq->arena);

	for (size_t i = 0; doc_key(form, i); i++)
		doc_set_doc(all, doc_key(form, i),
			(struct doc *)(uintptr_t)doc_value(form, doc_key(form, i)));
	for (const struct web_want_field *f = t->fields; f->name; f++) {
		const struct http_upload *up =
			f->kind == WEB_WANT_PICTURE ? web_form_file(rq, f->name) : NULL;

		if (up && up->content.n)
			doc_set_str(all, f->name, text_base64(rq->arena, up->content));
	}
	return all;
}

/* A file goes beside the spec. NULL: nothing is missing. */
static const char *files_take(
	struct http_request *rq, const struct web_want_type *t, struct mdm_item *item)
{
	for (const struct web_want_field *f = t->fields; f->name; f++) {
		const struct http_upload *up = web_form_file(rq, f->name);

		if (f->kind != WEB_WANT_FILE)
			continue;
		if (!up || up->content.n == 0)
			return f->name;
		item->blob = up->content;
	}
	return NULL;
}

static const char *id_of(struct http_request *rq, const struct web_want_type *t)
{
	const char *id = web_form_str(rq, "id"), *from;
	const struct http_upload *up;

	if (t->id || id)
		return t->id ? t->id : id;
	from = web_form_str(rq, t->id_of);
	up = web_form_file(rq, t->id_of);
	if (!from && up)
		from = up->name;
	id = from ? web_slug(rq->arena, from) : NULL;
	return id ? id : t->type;
}

/* Of a group's item; nothing said is the least. */
static int priority_of(struct http_request *rq, uint32_t *ret)
{
	const char *s = web_form_str(rq, "priority");
	uint64_t n = 0;

	if (s && (text_parse_u64(s, &n) != 0 || n > 1000))
		return ERR_BADINPUT;
	*ret = (uint32_t)n;
	return 0;
}

static int put(struct http_request *rq, struct web *w, const struct web_want_type *t,
	struct web_set_act *act)
{
	AUTO(buf) struct buf text = BUF_INIT(4 << 20);
	struct doc *spec = doc_new(rq->arena);
	const char *bad;
	struct refusal r;
	int err = web_want_spec(rq->arena, t, answers_of(rq, t), spec, &bad);

	if (err == 0) {
		bad = files_take(rq, t, &act->item);
		err = bad ? ERR_NOTFOUND : 0;
	}
	if (err)
		return wrong_field(rq, t, bad, err);
	doc_format(spec, &text);
	act->what = WEB_ITEM_PUT;
	act->who = &api_caller(rq)->who;
	act->now = rq->now;
	act->item.kind = t->kind;
	if (priority_of(rq, &act->item.priority) != 0)
		return wrong_field(rq, t, "priority", ERR_BADINPUT);
	act->item.id = id_of(rq, t);
	act->item.spec = arena_strdup(rq->arena, buf_str(&text));
	return api_done(rq, web_set_act(w, act, &r), &r);
}

int page_want_put(struct http_request *rq, void *ctx)
{
	const struct web_want_type *t = web_want_type(http_param(rq, "type"));
	const char *code = http_param(rq, "code");
	struct web_set_act act = {.group = http_param(rq, "name"), .codes = &code, .code_n = 1};

	if (!t || !web_form(rq))
		return t ? ERR_BADINPUT : ERR_NOTFOUND;
	return put(rq, ctx, t, &act);
}
