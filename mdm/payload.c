/* SPDX-License-Identifier: EUPL-1.2 */
/* The engine: a spec, read by a table of fields, becomes Apple's dictionary. */
#include "mdm/payload_int.h"

#include "base/text.h"

#define TEXT_MOST 1000
#define VARS_MOST 4000

/* --- what stands for what --- */

static const char *var_value(const struct mdm_vars *v, const char *word, size_t n)
{
	const struct {
		const char *word, *value;
	} known[] = {{"item", v->item}, {"serial", v->serial}, {"phone", v->phone},
		{"organisation", v->organisation}};

	if (n == 4 && memcmp(word, "link", n) == 0)
		return v->link;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strlen(known[i].word) == n && memcmp(known[i].word, word, n) == 0)
			return known[i].value ? known[i].value : "";
	}
	return NULL;
}

const char *mdm_vars_fill(struct arena *a, const struct mdm_vars *v, const char *text)
{
	AUTO(buf) struct buf b = BUF_INIT(VARS_MOST);

	while (*text) {
		size_t n = strcspn(text, "{");
		const char *end, *value = NULL;

		buf_add(&b, text, n);
		text += n;
		if (!*text)
			break;
		end = strchr(text, '}');
		if (end)
			value = var_value(v, text + 1, (size_t)(end - text) - 1);
		if (value)
			buf_add_str(&b, value);
		else
			buf_add_char(&b, *text);
		text = value ? end + 1 : text + 1;
	}
	return arena_strdup(a, buf_str(&b));
}

bool mdm_vars_in(const char *text)
{
	static const char *const words[] = {"{item}", "{serial}", "{phone}", "{organisation}"};

	for (size_t i = 0; text && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strstr(text, words[i]))
			return true;
	}
	return false;
}

/* --- one value --- */

struct value {
	const struct mdm_build *b;
	const struct mdm_field *f;
	const struct doc *spec; /* the object it stands in */
	const struct doc *v;
	struct mdm_plist *d;
	const char *whose;
};

static int wrong(const struct value *x, const char *must)
{
	return refuse(x->b->r, &mdm_say_field_form, x->f->name, must, NULL);
}

/* XML has no place for control characters. */
static bool text_is_sendable(const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 && *s != '\n' && *s != '\t')
			return false;
	}
	return true;
}

static bool word_among(const char *words, const char *s)
{
	size_t n = strlen(s);

	for (const char *at = words; n && (at = strstr(at, s)); at++) {
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	}
	return false;
}

static bool url_is_plain(const char *s)
{
	const char *host = text_starts(s, "https://")  ? s + 8
			   : text_starts(s, "http://") ? s + 7
						       : NULL;

	if (!host || !*host || *host == '/')
		return false;
	for (; *s; s++) {
		if ((unsigned char)*s <= ' ' || *s == '"' || *s == '<' || *s == '>' || *s == 0x7f)
			return false;
	}
	return true;
}

static int text_take(const struct value *x, const char *s, const char **ret)
{
	size_t most = x->f->max ? (size_t)x->f->max : TEXT_MOST;

	if (!s || (x->f->required && !*s))
		return wrong(x, "text");
	s = mdm_vars_fill(x->b->a, x->b->vars, s);
	if (strlen(s) > most)
		return wrong(x, arena_printf(x->b->a, "text (0-%zu)", most));
	if (!text_is_sendable(s))
		return wrong(x, "text");
	if (x->f->choices && !word_among(x->f->choices, s))
		return wrong(x, x->f->choices);
	if (x->f->form == MDM_FORM_URL && !url_is_plain(s) && !text_equal(s, "{link}"))
		return wrong(x, "https://…");
	*ret = s;
	return 0;
}

static int text_build(const struct value *x)
{
	const char *s;
	int err = text_take(x, doc_str(x->spec, x->f->name), &s);

	if (err == 0)
		mdm_plist_set_str(x->d, x->f->key, s);
	return err;
}

static int int_build(const struct value *x)
{
	int64_t n;

	if (doc_int(x->spec, x->f->name, &n) != 0 || n < x->f->min || n > x->f->max)
		return wrong(x, arena_printf(x->b->a, "%d-%d", x->f->min, x->f->max));
	mdm_plist_set_int(x->d, x->f->key, n);
	return 0;
}

static int bool_build(const struct value *x)
{
	enum doc_kind k = doc_kind(x->v);

	if (k != DOC_TRUE && k != DOC_FALSE)
		return wrong(x, "true/false");
	mdm_plist_set_bool(x->d, x->f->key, k == DOC_TRUE);
	return 0;
}

static int data_build(const struct value *x)
{
	const char *s = doc_str(x->spec, x->f->name);
	struct bytes b;

	if (!s || text_parse_base64(x->b->a, bytes_of_str(s), &b) != 0 || b.n == 0 ||
		b.n > (size_t)x->f->max)
		return wrong(x, arena_printf(x->b->a, "Base64 (0-%d)", x->f->max));
	mdm_plist_set_data(x->d, x->f->key, b);
	return 0;
}

static int texts_build(const struct value *x)
{
	const struct doc *list = doc_list(x->spec, x->f->name);
	struct mdm_field one = {.name = x->f->name, .form = MDM_FORM_TEXT, .required = true};
	struct value each = *x;
	struct mdm_plist *array;

	if (!list || doc_list_size(list) > (size_t)x->f->max)
		return wrong(x, arena_printf(x->b->a, "[…] (0-%d)", x->f->max));
	array = mdm_plist_set_array(x->d, x->f->key);
	each.f = &one;
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const char *s;
		int err = text_take(&each, doc_list_str(list, i), &s);

		if (err)
			return err;
		mdm_plist_add_str(array, s);
	}
	return 0;
}

static int table_build(const struct value *whole, const struct mdm_field *fields,
	const struct doc *spec, struct mdm_plist *d);

static int dict_build(const struct value *x)
{
	const struct doc *inner = doc_object(x->spec, x->f->name);

	if (!inner)
		return wrong(x, "{…}");
	return table_build(x, x->f->inner, inner, mdm_plist_set_dict(x->d, x->f->key));
}

static int dicts_build(const struct value *x)
{
	const struct doc *list = doc_list(x->spec, x->f->name);
	struct mdm_plist *array;
	int err = 0;

	if (!list || doc_list_size(list) > (size_t)x->f->max)
		return wrong(x, arena_printf(x->b->a, "[{…}] (0-%d)", x->f->max));
	array = mdm_plist_set_array(x->d, x->f->key);
	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
		const struct doc *inner = doc_list_object(list, i);

		if (!inner)
			return wrong(x, "[{…}]");
		err = table_build(x, x->f->inner, inner, mdm_plist_add_dict(array));
	}
	return err;
}

/* A list of lists of dictionaries. */
static int pages_build(const struct value *x)
{
	const struct doc *pages = doc_list(x->spec, x->f->name);
	const char *must = arena_printf(x->b->a, "[[{…}]] (0-%d, 0-%d)", x->f->max, x->f->min);
	struct mdm_plist *array;
	int err = 0;

	if (!pages || doc_list_size(pages) > (size_t)x->f->max)
		return wrong(x, must);
	array = mdm_plist_set_array(x->d, x->f->key);
	for (size_t i = 0; err == 0 && i < doc_list_size(pages); i++) {
		const struct doc *page = doc_list_value(pages, i);
		struct mdm_plist *to = mdm_plist_add_array(array);
		size_t n = doc_kind(page) == DOC_LIST ? doc_list_size(page) : SIZE_MAX;

		if (n > (size_t)x->f->min)
			return wrong(x, must);
		for (size_t j = 0; err == 0 && j < n; j++) {
			const struct doc *inner = doc_list_object(page, j);

			err = inner ? table_build(x, x->f->inner, inner, mdm_plist_add_dict(to))
				    : wrong(x, must);
		}
	}
	return err;
}

static int value_build(const struct value *x)
{
	switch ((enum mdm_form)x->f->form) {
	case MDM_FORM_TEXT:
	case MDM_FORM_URL:
		return text_build(x);
	case MDM_FORM_INT:
		return int_build(x);
	case MDM_FORM_BOOL:
		return bool_build(x);
	case MDM_FORM_DATA:
		return data_build(x);
	case MDM_FORM_TEXTS:
		return texts_build(x);
	case MDM_FORM_DICT:
		return dict_build(x);
	case MDM_FORM_DICTS:
		return dicts_build(x);
	case MDM_FORM_PAGES:
		return pages_build(x);
	}
	return ERR_INTERNAL;
}

/* --- a table --- */

static const struct mdm_field *field_find(const struct mdm_field *fields, const char *name)
{
	for (; fields->name; fields++) {
		if (text_equal(fields->name, name))
			return fields;
	}
	return NULL;
}

static int names_check(const struct value *whole, const struct mdm_field *fields,
	const struct doc *spec, const char *const *also)
{
	for (size_t i = 0; doc_key(spec, i); i++) {
		const char *name = doc_key(spec, i);
		const char *const *k = also;

		while (k && *k && !text_equal(*k, name))
			k++;
		if ((!k || !*k) && !field_find(fields, name))
			return refuse(whole->b->r, &mdm_say_field_unknown,
				arena_strdup(whole->b->a, name), whole->whose, NULL);
	}
	return 0;
}

static int fields_fill(const struct value *whole, const struct mdm_field *fields,
	const struct doc *spec, struct mdm_plist *d)
{
	int err = 0;

	for (const struct mdm_field *f = fields; f->name && err == 0; f++) {
		struct value x = *whole;

		x.f = f;
		x.spec = spec;
		x.v = doc_value(spec, f->name);
		x.d = d;
		if (x.v && doc_kind(x.v) != DOC_NULL)
			err = value_build(&x);
		else if (f->required)
			err = refuse(
				whole->b->r, &mdm_say_field_missing, f->name, whole->whose, NULL);
	}
	return err;
}

static int table_build(const struct value *whole, const struct mdm_field *fields,
	const struct doc *spec, struct mdm_plist *d)
{
	int err = names_check(whole, fields, spec, NULL);

	return err ? err : fields_fill(whole, fields, spec, d);
}

int mdm_fields_build(const struct mdm_build *b, const struct mdm_payload_type *t,
	const struct doc *spec, const char *const *also, struct mdm_plist *d)
{
	const struct value whole = {.b = b, .whose = t->name};
	int err = names_check(&whole, t->fields, spec, also);

	if (err == 0)
		err = fields_fill(&whole, t->fields, spec, d);
	if (err == 0 && t->finish)
		err = t->finish(b, spec, d);
	return err;
}

/* --- for people --- */

static struct doc *shown(
	struct arena *a, const struct mdm_field *fields, const struct doc *spec, struct doc *to);

static void list_copy(
	struct arena *a, const struct mdm_field *f, const struct doc *list, struct doc *to)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (f && f->inner && doc_list_object(list, i))
			shown(a, f->inner, doc_list_object(list, i), doc_add_object(to));
		else if (doc_list_str(list, i))
			doc_add_str(to, doc_list_str(list, i));
		else if (doc_kind(doc_list_value(list, i)) == DOC_LIST) /* a page: no secrets */
			doc_add_doc(to, (struct doc *)(uintptr_t)doc_list_value(list, i));
	}
}

static struct doc *shown(
	struct arena *a, const struct mdm_field *fields, const struct doc *spec, struct doc *to)
{
	for (size_t i = 0; doc_key(spec, i); i++) {
		const char *key = doc_key(spec, i);
		const struct mdm_field *f = field_find(fields, key);
		const struct doc *v = doc_value(spec, key);

		if (f && (f->secret || f->form == MDM_FORM_DATA))
			doc_set_bool(to, key, true);
		else if (doc_kind(v) == DOC_LIST)
			list_copy(a, f, v, doc_set_list(to, key));
		else if (doc_kind(v) == DOC_OBJECT && f && f->inner)
			shown(a, f->inner, v, doc_set_object(to, key));
		else
			doc_set_doc(to, key, (struct doc *)(uintptr_t)v);
	}
	return to;
}

struct doc *mdm_spec_show(struct arena *a, const struct mdm_payload_type *t, const struct doc *spec)
{
	return shown(a, t->fields, spec, doc_new(a));
}
