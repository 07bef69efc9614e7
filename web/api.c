/* SPDX-License-Identifier: EUPL-1.2 */
/* What the handlers share: reading a body, and the usual replies. */
#include "web/form_int.h"

#include "base/money.h"
#include "base/text.h"

bool api_key_known(const char *key, const char *const *known)
{
	for (; *known; known++) {
		if (text_equal(key, *known))
			return true;
	}
	return false;
}

/* On a page a field is called what stands beside it. */
static const char *field_label(const struct http_request *rq, const char *field)
{
	return web_text(rq->lang, arena_printf(rq->arena, "field.%s", field));
}

/* The name of the input that a field's value was typed into. */
static const char *input_of(const struct http_request *rq, const char *field)
{
	size_t n = strlen(field);

	return n > 4 && text_equal(field + n - 4, "_ore")
		       ? arena_printf(rq->arena, "%.*s_kr", (int)(n - 4), field)
		       : field;
}

static int reply_field(struct http_request *rq, const struct refusal *r)
{
	struct doc *d = doc_new(rq->arena);
	struct refusal named = *r;

	if (web_is_page(rq)) {
		const char *input = input_of(rq, r->arg[0]);

		if (field_label(rq, input))
			named.arg[0] = field_label(rq, input);
		return web_page_again(rq, 400, refusal_text(rq->arena, rq->lang, &named), input);
	}
	named.arg[0] = web_field_said(rq, r->arg[0]);
	doc_set_str(d, "code", r->say->code);
	doc_set_str(d, "text", refusal_text(rq->arena, rq->lang, &named));
	doc_set_str(d, "field", r->arg[0]);
	return http_reply_doc(rq, 400, d);
}

int api_bad_field(struct http_request *rq, const char *field, const char *what)
{
	const struct refusal r = {
		.say = what ? &web_say_bad_field : &web_say_field_wrong, .arg = {field, what}};

	return reply_field(rq, &r);
}

int api_missing_field(struct http_request *rq, const char *field)
{
	const struct refusal r = {.say = &web_say_missing_field, .arg = {field}};

	return reply_field(rq, &r);
}

int api_unknown_field(struct http_request *rq, const char *field)
{
	const struct refusal r = {.say = &web_say_unknown_field, .arg = {field}};

	return reply_field(rq, &r);
}

/* What ticked boxes of one name say, with a blank between; NULL for a field left empty. */
const char *web_form_value(struct arena *a, const struct doc *form, const char *key)
{
	const struct doc *list = doc_list(form, key);
	const char *all = NULL;

	if (!list)
		return text_empty(doc_str(form, key)) ? NULL : doc_str(form, key);
	for (size_t i = 0; i < doc_list_size(list); i++)
		all = arena_printf(
			a, "%s%s%s", all ? all : "", all ? " " : "", doc_list_str(list, i));
	return all;
}

/* What is typed in kronor as "price_kr" is "price_ore" to a program; what is no sum stays as it was
 * typed, and is refused by whoever reads it. */
static void put_field(struct arena *a, struct doc *d, const char *key, const char *value)
{
	size_t n = strlen(key);
	int64_t ore;

	if (n < 4 || !text_equal(key + n - 3, "_kr")) {
		doc_set_str(d, key, value);
		return;
	}
	if (money_parse(value, &ore) == 0)
		value = arena_printf(a, "%lld", (long long)ore);
	doc_set_str(d, arena_printf(a, "%.*s_ore", (int)(n - 3), key), value);
}

/* A box that is not ticked is not sent at all: those there are stand in "ticks". */
static void put_ticks(struct arena *a, const struct doc *form, struct doc *d)
{
	const char *all = doc_str(form, "ticks");
	char *word, *save = NULL;

	word = all ? strtok_r(arena_strdup(a, all), " ", &save) : NULL;
	for (; word; word = strtok_r(NULL, " ", &save)) {
		if (!doc_has(form, word))
			doc_set_str(d, word, "no");
	}
}

/* A form as the JSON object a program would have sent. What it leaves empty is absent, or, when it
 * says that it is the whole of a record, to be cleared. */
static int form_parse(struct http_request *rq, struct doc **ret)
{
	static const char *const ours[] = {"form_token", "next", "ticks", "whole", NULL};
	const struct doc *form = web_form(rq);
	struct doc *d = doc_new(rq->arena);

	if (!form)
		return ERR_BADINPUT;
	for (size_t i = 0; doc_key(form, i); i++) {
		const char *key = doc_key(form, i), *value = web_form_value(rq->arena, form, key);

		if (!value && doc_has(form, "whole"))
			value = "";
		if (value && !api_key_known(key, ours))
			put_field(rq->arena, d, key, value);
	}
	put_ticks(rq->arena, form, d);
	*ret = d;
	return 0;
}

int api_body_any(struct http_request *rq, struct doc **ret)
{
	if (!text_starts(rq->path, "/api/") &&
		(http_is_form(rq) || http_is_multipart(rq->content_type)))
		return form_parse(rq, ret);
	return doc_parse(rq->arena, rq->body.n ? rq->body : bytes_of_str("{}"), ret);
}

/* Does a text that is kept as it was typed hold a person's number? Lists and what stands in them too. */
static bool names_person(const struct http_request *rq, const struct doc *d, struct refusal *r)
{
	static const char *const words[] = {"note", "message", "footnote", "purpose", "reason",
		"why", "title", "text", "name", "label", "decision", "police", "condition_note",
		"back_reason", "late_reason", "early_reason", "symptom", "tried", "outcome",
		"lock_message", "words", "value", "body", NULL};

	for (size_t i = 0; d && doc_key(d, i); i++) {
		const char *key = doc_key(d, i);
		const struct doc *list = doc_list(d, key);

		if (api_key_known(key, words) &&
			inv_words_decide(doc_str(d, key), rq->now, r) != 0)
			return true;
		for (size_t k = 0; list && k < doc_list_size(list); k++) {
			if (names_person(rq, doc_list_object(list, k), r))
				return true;
		}
	}
	return false;
}

/* What is written of a borrower is sealed, and may say who it is. */
static bool is_sealed(const char *path)
{
	if (text_starts(path, "/api/v1"))
		path += strlen("/api/v1");
	return text_starts(path, "/borrowers");
}

int api_words_decide(const struct http_request *rq, const struct doc *d, struct refusal *r)
{
	return !is_sealed(rq->path) && names_person(rq, d, r) ? ERR_REFUSED : 0;
}

/* Returns 0 when *ret is set; else the reply is made and ERR_BADINPUT says to stop. */
int api_body(struct http_request *rq, const char *const *known, struct doc **ret)
{
	const struct refusal r = {.say = &web_say_bad_body};
	struct refusal number = {0};
	struct doc *d;

	if (api_body_any(rq, &d) != 0) {
		if (http_reply_error(rq, ERR_BADINPUT, refusal_text(rq->arena, rq->lang, &r)) != 0)
			return ERR_INTERNAL;
		return ERR_BADINPUT;
	}
	for (size_t i = 0; doc_key(d, i); i++) {
		if (api_key_known(doc_key(d, i), known))
			continue;
		if (api_unknown_field(rq, doc_key(d, i)) != 0)
			return ERR_INTERNAL;
		return ERR_BADINPUT;
	}
	if (api_words_decide(rq, d, &number)) {
		if (api_done(rq, ERR_REFUSED, &number) != 0)
			return ERR_INTERNAL;
		return ERR_BADINPUT;
	}
	*ret = d;
	return 0;
}

int api_body_text(struct http_request *rq, const char *key, const char **ret, bool *ret_done)
{
	const char *const known[] = {key, NULL};
	struct doc *body;
	int err = api_body(rq, known, &body);

	*ret_done = err != 0;
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	*ret = doc_str(body, key);
	if (!text_empty(*ret))
		return 0;
	*ret_done = true;
	return api_missing_field(rq, key);
}

/* An address that names nobody is no address. */
static bool is_unknown(int err, const struct refusal *r)
{
	return err == ERR_REFUSED && r && r->say == &web_say_no_account;
}

/* Some say themselves which field they are about; else NULL. */
static const char *field_named(const struct refusal *r)
{
	if (!text_equal(r->say->code, "borrower.bad_field") &&
		!text_equal(r->say->code, "borrower.number_in_field") &&
		!text_equal(r->say->code, "borrower.text_odd"))
		return NULL;
	return r->arg[0] ? r->arg[0] : r->kept[0];
}

/* Some refusals are about one field, which is marked where it was typed. */
static const char *refused_field(const struct refusal *r)
{
	static const struct {
		const char *code, *field;
	} rows[] = {{"borrower.doubtful", "identity"}, {"borrower.bad_identity", "identity"},
		{"borrower.identity_taken", "identity"}, {"borrower.card_taken", "card"},
		{"borrower.name_needed", "given"}, {"borrower.no_giver", "giver_name"}, {"form.changed-since", "version"}, {"loan.future", "happened"},
		{"loan.too-old", "happened"}, {"loan.before-out", "happened"},
		{"loan.before-last", "happened"}, {"agreement.signer_may_not", "signer"},
		{"agreement.signer_which", "signer"}, {"agreement.bad_identity", "identity"}, {"hold.past", "from"}, {"hold.turned", "to"},
		{"hold.long", "to"}, {"hold.until", "until"}, {"loan.back-reason", "back_reason"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text_equal(r->say->code, rows[i].code))
			return rows[i].field;
	}
	return field_named(r);
}

static int refused_on_page(struct http_request *rq, const struct refusal *r)
{
	const char *field = field_named(r);
	struct refusal named = *r;

	if (field && field_label(rq, field))
		named.arg[0] = field_label(rq, field);
	return web_page_again(
		rq, 409, refusal_text(rq->arena, rq->lang, &named), refused_field(r));
}

int api_done(struct http_request *rq, int err, const struct refusal *r)
{
	struct doc *d;

	if (is_unknown(err, r))
		return ERR_NOTFOUND;
	if (err == ERR_REFUSED && web_is_page(rq))
		return refused_on_page(rq, r);
	if (err == ERR_REFUSED)
		return http_reply_refusal(rq, r);
	if (err)
		return err;
	if (web_is_page(rq))
		return web_page_done(rq);
	d = doc_new(rq->arena);
	doc_set_bool(d, "done", true);
	return http_reply_doc(rq, 200, d);
}

int api_choice(const struct doc *d, const char *key, enum mdm_choice *ret)
{
	const char *s = doc_str(d, key);

	if (!doc_has(d, key)) {
		*ret = MDM_NOT_CHOSEN;
		return 0;
	}
	if (s && !text_equal(s, "yes") && !text_equal(s, "no"))
		return ERR_BADINPUT;
	if (s)
		*ret = text_equal(s, "yes") ? MDM_YES : MDM_NO;
	else
		*ret = doc_bool(d, key, false) ? MDM_YES : MDM_NO;
	return 0;
}

size_t api_most(const struct http_request *rq)
{
	const char *s = http_query(rq, "most");
	bool file = web_is_file(rq);
	bool page = !file && web_is_page(rq);
	uint64_t usual = file ? API_FILE_MOST : page ? API_ROWS : API_PAGE, n = usual;
	uint64_t most = file ? API_FILE_MOST : page ? API_ROWS : API_PAGE_MOST;

	if (s && (text_parse_u64(s, &n) != 0 || n == 0))
		n = usual;
	return n > most ? (size_t)most : (size_t)n;
}

struct people_caller api_people_caller(const struct http_request *rq)
{
	const struct web_caller *c = api_caller(rq);

	return (struct people_caller){.who = &c->who,
		.zones = (c->roles & WEB_KONSULENT ? PEOPLE_CARE : 0u) |
			 (c->roles & WEB_BIBLIOTEK ? PEOPLE_LIBRARY : 0u),
		.now = rq->now};
}

struct inv_act api_act(const struct http_request *rq)
{
	struct inv_act act = {
		.who = &api_caller(rq)->who, .code = http_param(rq, "code"), .now = rq->now,
		.duties = web_duties(api_caller(rq)->roles)};

	if (!(api_caller(rq)->roles & API_MACHINES))
		act.zones = INV_ZONED | api_people_caller(rq).zones;
	return act;
}

struct people_caller api_people_warden(const struct http_request *rq)
{
	struct people_caller who = api_people_caller(rq);

	if (api_caller(rq)->roles & WEB_ADMIN)
		who.zones = PEOPLE_ZONES;
	return who;
}

int api_number(const struct http_request *rq, uint32_t *ret)
{
	uint64_t n;

	if (text_parse_u64(http_param(rq, "number"), &n) != 0 || n == 0 || n > UINT32_MAX)
		return ERR_NOTFOUND;
	*ret = (uint32_t)n;
	return 0;
}

int api_read(struct http_request *rq, struct web *w, store_fn *fn)
{
	return web_read(rq, w, fn, NULL);
}
