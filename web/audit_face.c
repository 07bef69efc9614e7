/* SPDX-License-Identifier: EUPL-1.2 */
/* What the audit log says in ids and codes, as people read it. What has no word is itself. */
#include "inventory/agreement.h"
#include "web/circulation_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

struct reader {
	struct arena *a;
	enum say_lang lang;
};

/* "name.act.loan.out"; NULL where the catalogue has none. */
static const char *word(const struct reader *r, const char *group, const char *code)
{
	char *key = arena_printf(r->a, "%s.%s", group, code);

	for (char *p = key; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p == ' ' ? '_' : *p;
	return web_text(r->lang, key);
}

static const char *word_or(const struct reader *r, const char *group, const char *code)
{
	const char *text = word(r, group, code);

	return text ? text : code;
}

/* What a field is called: in the log, else as a column, else on a form. */
static const char *field_word(const struct reader *r, const char *key)
{
	const char *text = word(r, "name.detail", key);

	if (!text)
		text = word(r, "column", key);
	return text ? text : word_or(r, "field", key);
}

/* A thing's state, a SIM's, or a borrower's. */
static const char *state_word(const struct reader *r, const char *code)
{
	enum inv_sim_state sim;
	enum inv_state state;

	if (inv_state_parse(code, &state) == 0)
		return say_plain(inv_state_say(state), r->lang);
	return inv_sim_state_parse(code, &sim) == 0 ? say_plain(inv_sim_state_say(sim), r->lang)
						    : word_or(r, "name.borrower_state", code);
}

/* Words, a code of what a borrower is closed for, or what befell a thing. */
static const char *reason_word(const struct reader *r, const char *code)
{
	const char *text = word(r, "name.reason", code);

	return text ? text : state_word(r, code);
}

static const char *said_or(const struct reader *r, const struct say *say, const char *code)
{
	return say ? say_plain(say, r->lang) : code;
}

/* "it admin" and "family given": several in one text. */
static const char *each_word(const struct reader *r, const char *codes, bool roles)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	char *save = NULL, *code = strtok_r(arena_strdup(r->a, codes), " ", &save);

	for (; code; code = strtok_r(NULL, " ", &save))
		buf_printf(&out, "%s%s", out.n ? ", " : "",
			roles ? word_or(r, "role", code) : field_word(r, code));
	return buf_ok(&out) ? arena_strdup(r->a, buf_str(&out)) : codes;
}

/* A value that is a code of the field it stands in. */
static const char *code_word(const struct reader *r, const char *key, const char *code)
{
	static const struct {
		const char *key, *group;
	} groups[] = {{"zone", "name.zone"}, {"why", "name.why"}, {"way", "name.way"},
		{"type", "name.command"}, {"verdict", "return.verdict"}, {"proof", "return.proof"},
		{"areas", "name.area"}};

	if (text_equal(key, "roles"))
		return each_word(r, code, true);
	if (text_equal(key, "fields"))
		return each_word(r, code, false);
	if (text_equal(key, "from") || text_equal(key, "to") || text_equal(key, "state"))
		return state_word(r, code);
	if (text_equal(key, "reason"))
		return reason_word(r, code);
	if (text_equal(key, "identity"))
		return said_or(r, inv_identity_say(code), code);
	if (text_equal(key, "signer"))
		return said_or(r, inv_signer_say(code), code);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (text_equal(groups[i].key, key))
			return word_or(r, groups[i].group, code);
	}
	return code;
}

static void put_text(const struct reader *r, const char *key, const char *s, struct buf *out)
{
	const char *said = code_word(r, key, s);
	int32_t day;
	int64_t t;

	if (day_parse(s, &day) == 0)
		when_date(out, r->lang, day);
	else if (clock_parse(s, &t) == 0)
		when_moment(out, r->lang, t);
	else if (said != s)
		buf_add_str(out, said);
	else
		when_said(out, r->lang, s);
}

static void put_list(const struct reader *r, const char *key, const struct doc *list, struct buf *out)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const char *s = doc_list_str(list, i);

		buf_add_str(out, i ? ", " : "");
		buf_add_str(out, !s ? "…" : text_equal(key, "fields") ? field_word(r, s) : s);
	}
}

/* What somebody was asked at the desk, and said yes to. */
static void put_answers(const struct reader *r, unsigned yes, struct buf *out)
{
	struct doc *list = doc_set_list(doc_new(r->a), "yes");

	web_yes_doc(yes, list);
	for (size_t i = 0; i < doc_list_size(list); i++)
		buf_printf(out, "%s%s", i ? ", " : "", word_or(r, "name.yes", doc_list_str(list, i)));
}

static void put_value(const struct reader *r, const struct doc *of, const char *key, struct buf *out)
{
	const struct doc *v = doc_value(of, key);
	const char *s = doc_str(of, key);
	int64_t n;

	if (s)
		put_text(r, key, s, out);
	else if (doc_int(of, key, &n) == 0 && text_equal(key, "yes"))
		put_answers(r, (unsigned)n, out);
	else if (doc_int(of, key, &n) == 0)
		buf_printf(out, "%lld", (long long)n);
	else if (doc_kind(v) == DOC_TRUE || doc_kind(v) == DOC_FALSE)
		buf_add_str(out,
			web_text(r->lang, doc_kind(v) == DOC_TRUE ? "form.yes" : "form.no"));
	else if (doc_kind(v) == DOC_LIST)
		put_list(r, key, v, out);
	else
		buf_add_str(out, "…"); /* the API has it */
}

/* {"product":"ipad-10"} is "Produkt: ipad-10". */
static const char *detail_words(const struct reader *r, const char *detail)
{
	AUTO(buf) struct buf out = BUF_INIT(131072);
	struct doc *d;

	if (*detail != '{' || doc_parse(r->a, bytes_of_str(detail), &d) != 0)
		return detail;
	for (size_t i = 0; doc_key(d, i); i++) {
		const char *key = doc_key(d, i), *s = doc_str(d, key);

		if (s && !*s)
			continue;
		buf_printf(&out, "%s%s: ", out.n ? ", " : "", field_word(r, key));
		put_value(r, d, key, &out);
	}
	return buf_ok(&out) ? arena_strdup(r->a, buf_str(&out)) : detail;
}

void web_audit_words(
	struct arena *a, enum say_lang lang, const struct audit_record *x, struct doc *row)
{
	const struct reader r = {a, lang};

	doc_set_str(row, "actor_text", word_or(&r, "name.actor", x->actor));
	if (!text_equal(x->via, x->actor)) /* the server, by way of the server */
		doc_set_str(row, "via_text", word_or(&r, "name.via", x->via));
	doc_set_str(row, "act_text", word_or(&r, "name.act", x->act));
	if (!text_empty(x->detail))
		doc_set_str(row, "detail_text", detail_words(&r, x->detail));
}

void web_audit_choices(enum say_lang lang, struct arena *a, const char *chosen, struct doc *list)
{
	const struct reader r = {a, lang};
	const char *about = NULL;
	struct doc *acts = NULL;

	for (const struct audit_act *x = audit_acts; x->name; x++) {
		struct doc *one;

		if (!text_equal(about, x->about)) {
			one = doc_add_object(list);
			about = x->about;
			doc_set_str(one, "id", about);
			doc_set_str(one, "name", word_or(&r, "name.act_about", about));
			doc_set_bool(one, "current", text_equal(chosen, about));
			acts = doc_set_list(one, "acts");
		}
		one = doc_add_object(acts);
		doc_set_str(one, "id", x->name);
		doc_set_str(one, "name", word_or(&r, "name.act", x->name));
		doc_set_bool(one, "current", text_equal(chosen, x->name));
	}
}
