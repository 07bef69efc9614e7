/* SPDX-License-Identifier: EUPL-1.2 */
/* Templates and agreements: each act is one transaction. */
#include "inventory/agreement_int.h"

#include "base/random.h"
#include "base/text.h"

#include <ctype.h>

static const char *const text_names[] = {NULL, "loan", "insurance", "return"};

const char *inv_text_name(enum inv_text k)
{
	return k > 0 && k < INV_TEXTS ? text_names[k] : "?";
}

int inv_text_parse(const char *s, enum inv_text *ret)
{
	for (int k = 1; s && k < INV_TEXTS; k++) {
		if (strcmp(text_names[k], s) == 0) {
			*ret = (enum inv_text)k;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

const char *inv_agreement_state_name(unsigned s)
{
	static const char *const names[] = {"?", "draft", "signed", "void"};

	return s < sizeof(names) / sizeof(names[0]) ? names[s] : "?";
}

void inv_agreement_id_make(char ret_id[INV_AGREEMENT_ID])
{
	people_id_make(ret_id);
	ret_id[0] = 'a';
}

#define NAME_BYTES 200 /* of a name that is typed */

/* --- templates --- */

static bool has_line(const char *body, const char *line)
{
	size_t n = strlen(line);

	for (const char *s = body; (s = strstr(s, line)); s += n) {
		if ((s == body || s[-1] == '\n') && (s[n] == '\0' || s[n] == '\n' || s[n] == '\r'))
			return true;
	}
	return false;
}

int inv_wording_decide(const struct inv_wording *t, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *unknown;

	if (text_empty(t->title) || strlen(t->title) > 200 || text_empty(t->body) ||
		strlen(t->body) > INV_TEXT_MOST - 1024 || !text_is_utf8(bytes_of_str(t->body)) ||
		!text_is_utf8(bytes_of_str(t->title)))
		return refuse(r, &inv_say_wording_empty, NULL, NULL, NULL);
	unknown = inv_field_unknown(a, t->body);
	if (unknown)
		return refusal_keep(r, refuse(r, &inv_say_wording_field, unknown, NULL, NULL));
	if (t->kind != INV_TEXT_INSURANCE && !has_line(t->body, "{items}"))
		return refuse(r, &inv_say_wording_items, "{items}", NULL, NULL);
	return 0;
}

struct putting {
	const struct audit_who *who;
	const struct inv_wording *want;
	int64_t now;
	uint32_t version;
	struct refusal *r;
};

static int put_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct putting *j = arg;
	struct inv_wording now, next = *j->want;
	int err = inv_wording_get(
		txn, a, (enum inv_text)next.kind, (enum say_lang)next.lang, 0, &now);

	if (err)
		return err;
	if (next.version != now.version)
		return refuse(j->r, &inv_say_wording_changed, NULL, NULL, NULL);
	next.version = j->version = now.version + 1;
	next.made_at = j->now;
	next.made_by = j->who->actor;
	err = inv_wording_add(txn, &next);
	if (err)
		return err;
	return audit_add(txn, j->who, j->now, "wording.change",
		arena_printf(a, "wording:%s/%s", inv_text_name((enum inv_text)next.kind),
			say_lang_name((enum say_lang)next.lang)),
		arena_printf(a, "{\"version\":%u}", next.version));
}

int inv_wording_put(struct inv *inv, const struct audit_who *who, const struct inv_wording *want,
	int64_t now, struct refusal *r, uint32_t *ret_version)
{
	struct putting j = {who, want, now, 0, r};
	int err;

	*r = (struct refusal){0};
	if (want->kind == 0 || want->kind >= INV_TEXTS || want->lang >= SAY_LANGS)
		return ERR_BADINPUT;
	err = inv_wording_decide(want, r);
	if (err == 0)
		err = store_write(inv->st, put_in, &j);
	if (err == 0)
		*ret_version = j.version;
	return err;
}

/* --- making --- */

struct making {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	const struct people_caller *who;
	struct inv_agreement x;
	struct inv_frozen f;
	struct buf *templates;
	struct refusal *r;
};

/* "prices/12", beside the wordings: each version once. */
static void take_price_lists(struct making *m)
{
	const struct inv_paper *p = &m->f.paper;

	for (size_t i = 0; i < p->line_count; i++) {
		size_t before = 0;

		while (before < i && p->line[before].price_list != p->line[i].price_list)
			before++;
		if (p->line[i].price_list && before == i)
			buf_printf(m->templates, " prices/%u", p->line[i].price_list);
	}
}

static int take_text(struct making *m, enum inv_text kind)
{
	struct inv_wording t;
	int err = inv_wording_get(m->txn, m->a, kind, m->f.paper.lang, 0, &t);

	if (err)
		return err;
	m->f.title[m->f.texts] = t.title;
	m->f.body[m->f.texts++] = t.body;
	buf_printf(m->templates, "%s%s/%s/%u", m->templates->n ? " " : "", inv_text_name(kind),
		say_lang_name(m->f.paper.lang), t.version);
	return 0;
}

/* No paper names a protected identity, nor whoever borrows in a service that stores none: of the latter
 * the card may stand. */
static int take_name(struct making *m, const struct people_borrower *b)
{
	static const struct people_look look = {.why = PEOPLE_WHY_DESK};
	struct people_person x;
	int err;

	m->f.paper.name = NULL;
	m->f.paper.card = NULL;
	if (b->is_protected || b->person.n == 0)
		return 0;
	err = people_read(m->p, m->txn, m->a, m->who, &look, b->id, &x, m->r);
	if (err)
		return err;
	m->f.paper.card = x.card;
	if (b->no_identity)
		return 0;
	if (!text_empty(x.given) || !text_empty(x.family))
		m->f.paper.name = arena_printf(m->a, "%s%s%s", x.given ? x.given : "",
			text_empty(x.given) || text_empty(x.family) ? "" : " ",
			x.family ? x.family : "");
	return 0;
}

static int freeze(struct making *m)
{
	AUTO(buf) struct buf content = BUF_INIT_SECRET(256u << 10);

	m->f.salt = random_token(m->a, 16);
	inv_frozen_format(m->a, &m->f, &content);
	if (!buf_ok(&content))
		return ERR_TOOBIG;
	cert_sha256(buf_bytes(&content), m->x.hash);
	return people_paper_seal(m->p, m->a, arena_printf(m->a, "%s/content", m->x.id),
		buf_bytes(&content), &m->x.content);
}

int inv_agreement_audit(struct store_txn *txn, struct arena *a, const struct people_caller *who,
	const char *act, const struct inv_agreement *x)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "agreement", x->id);
	doc_set_str(d, "templates", x->templates);
	doc_set_str(d, "sha256", text_hex(a, bytes_of(x->hash, sizeof(x->hash))));
	if (x->way)
		doc_set_str(d, "way", x->way);
	if (x->signer)
		doc_set_str(d, "signer", x->signer);
	if (x->signer_number)
		doc_set_int(d, "relative", x->signer_number);
	if (x->identity)
		doc_set_str(d, "identity", x->identity);
	if (x->void_why)
		doc_set_str(d, "reason", x->void_why);
	doc_format(d, &text);
	return audit_add(txn, who->who, who->now, act, x->loan, buf_str(&text));
}

static int make(struct making *m, const char *borrower)
{
	struct people_borrower b;
	bool back = m->f.paper.of_return;
	int err = people_get(m->p, m->txn, m->a, m->who->zones, borrower, &b);

	if (err == 0)
		err = take_name(m, &b);
	if (err == 0)
		err = take_text(m, back ? INV_TEXT_RETURN : INV_TEXT_LOAN);
	if (err == 0 && !back)
		err = take_text(m, INV_TEXT_INSURANCE);
	if (err == 0 && !back)
		take_price_lists(m);
	if (err == 0)
		err = freeze(m);
	if (err)
		return err;
	m->x.zone = b.zone;
	m->x.borrower = b.id;
	m->x.templates = buf_str(m->templates);
	err = inv_agreement_put(m->txn, NULL, &m->x);
	return err ? err : inv_agreement_audit(m->txn, m->a, m->who, "agreement.make", &m->x);
}

int inv_agreement_make_in(struct people *p, struct store_txn *txn, const struct people_caller *who,
	const char *borrower, const struct inv_paper *paper, const char *id, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf templates = BUF_INIT(2048);
	struct making m = {.p = p, .txn = txn, .a = a, .who = who, .templates = &templates, .r = r};
	int64_t draft_days;
	int err = setting_number_in(txn, SETTING_DRAFT_DAYS, &draft_days);

	if (err)
		return err;
	if (paper->line_count == 0 || paper->line_count > INV_PAPER_LINES ||
		text_empty(paper->loan))
		return refuse(r, &inv_say_paper_empty, NULL, NULL, NULL);
	m.f.paper = *paper;
	m.x = (struct inv_agreement){.id = id,
		.loan = paper->loan,
		.state = INV_AGREEMENT_DRAFT,
		.lang = paper->lang,
		.of_return = paper->of_return,
		.made_at = who->now,
		.made_by = who->who->actor,
		.forget_at = who->now + draft_days * (int64_t)DAY_S};
	return refusal_keep(r, make(&m, borrower));
}

/* --- signing --- */

/* A name has two letters at least and no digits: nobody's number gets in by this way. */
static bool is_name(const char *s)
{
	size_t letters = 0;

	if (text_empty(s) || strlen(s) > NAME_BYTES || !text_is_utf8(bytes_of_str(s)))
		return false;
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < ' ' || c == 0x7f || isdigit(c))
			return false;
		letters += isalpha(c) || c >= 0xc0;
	}
	return letters >= 2;
}

/* Is what was written of the kind that the way says? */
static int judge_mark(struct arena *a, const struct inv_signing *s, struct refusal *r)
{
	struct print_ink ink;

	if (text_equal(s->way, "typed"))
		return is_name(s->ink) ? 0 : refuse(r, &inv_say_bad_name, NULL, NULL, NULL);
	if (text_equal(s->way, "screen") ? print_ink_parse(a, s->ink, &ink) != 0
					 : !text_empty(s->ink))
		return refuse(r, &inv_say_bad_ink, NULL, NULL, NULL);
	return 0;
}

static int judge(struct arena *a, const struct inv_agreement *x, const struct inv_signing *s,
	struct refusal *r)
{

	if (x->state == INV_AGREEMENT_SIGNED)
		return refuse(r, &inv_say_agreement_signed, NULL, NULL, NULL);
	if (x->state != INV_AGREEMENT_DRAFT)
		return refuse(r, &inv_say_agreement_void, NULL, NULL, NULL);
	if (!text_equal(s->way, "screen") && !text_equal(s->way, "typed") &&
		!text_equal(s->way, "paper"))
		return refuse(r, &inv_say_bad_way, NULL, NULL, NULL);
	if (!inv_signer_say(s->signer))
		return refuse(r, &inv_say_bad_signer, NULL, NULL, NULL);
	if (!inv_identity_say(s->identity))
		return refuse(r, &inv_say_bad_identity, NULL, NULL, NULL);
	return judge_mark(a, s, r);
}

struct signing {
	struct people *p;
	const struct people_caller *who;
	const char *id;
	const struct inv_signing *s;
	struct refusal *r;
};

/* Asked in the transaction that signs: what the borrower allows may have changed since the page was
 * opened. */
static int admit_signer(struct store_txn *txn, const struct signing *j, struct inv_agreement *x)
{
	const struct people_collector want = {x->borrower, j->s->signer, j->s->relative};
	int err;

	if (text_equal(j->s->signer, "self"))
		return 0;
	err = people_collector_find(j->p, txn, j->who->zones, &want, &x->signer_number);
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_signer_may_not, NULL, NULL, NULL);
	return err == ERR_CONFLICT ? refuse(j->r, &inv_say_signer_which, NULL, NULL, NULL) : err;
}

/* What is written or drawn is a name: a service that stores none keeps that it was done, when, and who
 * saw it. */
static int keep_mark(struct store_txn *txn, struct arena *a, const struct signing *j,
	struct inv_agreement *x)
{
	struct people_borrower b = {0};
	int err;

	if (text_empty(j->s->ink))
		return 0;
	err = people_get(j->p, txn, a, j->who->zones, x->borrower, &b);
	if ((err && err != ERR_NOTFOUND) || b.no_identity)
		return err;
	return people_paper_seal(j->p, a, arena_printf(a, "%s/ink", j->id),
		bytes_of_str(j->s->ink), &x->ink);
}

static int sign_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct signing *j = arg;
	struct inv_agreement before, x;
	int err = inv_agreement_get(txn, a, j->who->zones, j->id, &before);

	if (err == 0)
		err = judge(a, &before, j->s, j->r);
	if (err)
		return err;
	x = before;
	x.state = INV_AGREEMENT_SIGNED;
	x.signed_at = j->who->now;
	x.way = j->s->way;
	x.signer = j->s->signer;
	x.identity = j->s->identity;
	x.checked_by = j->who->who->actor;
	x.forget_at = 0;
	err = admit_signer(txn, j, &x);
	if (err == 0)
		err = keep_mark(txn, a, j, &x);
	if (err == 0)
		err = inv_agreement_put(txn, &before, &x);
	if (err == 0)
		err = inv_agreement_tell_loan(txn, a, &x);
	return err ? err : inv_agreement_audit(txn, a, j->who, "agreement.sign", &x);
}

int inv_agreement_sign(struct inv *inv, struct people *p, const struct people_caller *who,
	const char *id, const struct inv_signing *s, struct refusal *r)
{
	struct signing j = {p, who, id, s, r};

	*r = (struct refusal){0};
	return store_write(inv->st, sign_in, &j);
}
