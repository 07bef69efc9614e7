/* SPDX-License-Identifier: EUPL-1.2 */
/* The papers themselves: agreement, slips, letter. No transaction is open while they are set. */
#include "inventory/agreement_int.h"

#include "base/text.h"

#include <ctype.h>

/* "{0}" and "{1}" filled, in the arena. */
static const char *say(struct arena *a, enum say_lang lang, const struct say *s, const char *arg0,
	const char *arg1)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	const char *const arg[SAY_ARGS] = {arg0, arg1, NULL};

	say_format(&b, lang, s, arg);
	return arena_strdup(a, buf_str(&b));
}

struct opening {
	struct inv *inv;
	struct people *p;
	const struct people_caller *who;
	const struct people_look *look;
	const char *id;
	struct arena *a;
	struct inv_agreement x;
	struct inv_frozen f;
	const char *ink;
	bool hides; /* a protected identity, or a service that stores none: no name, and no signature that tells it */
	struct refusal *r;
};

/* Who has become protected since, or whose service has ceased to store names, is named on no paper that
 * is printed from now on; what is frozen stays, sealed. */
static int hide_name(struct store_txn *txn, struct opening *o)
{
	struct people_borrower b;
	int err = people_get(o->p, txn, o->a, o->who->zones, o->x.borrower, &b);

	o->hides = err == 0 && (b.is_protected || b.no_identity);
	if (o->hides)
		o->f.paper.name = NULL;
	if (o->hides && b.is_protected)
		o->f.paper.card = NULL;
	return err;
}

static int open_in(struct store_txn *txn, void *arg)
{
	struct opening *o = arg;
	struct bytes content, ink = bytes_of("", 0);
	uint8_t hash[32];
	int err = inv_agreement_get(txn, o->a, o->who->zones, o->id, &o->x);

	if (err == 0)
		err = people_paper_open(o->p, txn, o->a, o->who, o->look, o->x.borrower,
			arena_printf(o->a, "%s/content", o->id), o->x.content, &content, o->r);
	if (err == 0 && o->x.ink.n)
		err = people_paper_open(o->p, txn, o->a, o->who, o->look, o->x.borrower,
			arena_printf(o->a, "%s/ink", o->id), o->x.ink, &ink, o->r);
	if (err)
		return err;
	cert_sha256(content, hash);
	if (memcmp(hash, o->x.hash, sizeof(hash)) != 0)
		return ERR_CRYPTO;
	o->ink = ink.n ? arena_strndup(o->a, ink.p, ink.n) : NULL;
	err = inv_frozen_parse(o->a, content, &o->f);
	return err ? err : hide_name(txn, o);
}

/* What was signed on the screen, where no name may be seen. */
static void add_hidden(struct inv_sheet *s, const char *who)
{
	inv_sheet_add(s, PRINT_TEXT, NULL,
		arena_printf(s->a, "%s. %s", who,
			say(s->a, s->paper->lang, &inv_word_sign_kept,
				s->paper->organisation ? s->paper->organisation : "–", NULL)));
}

/* The name as it was typed, and that it was. */
static void add_typed(struct inv_sheet *s, const struct opening *o, const char *who, const char *day)
{
	if (o->hides)
		add_hidden(s, who);
	else
		inv_sheet_add(s, PRINT_BIG, who, o->ink);
	inv_sheet_add(
		s, PRINT_TEXT, NULL, say(s->a, s->paper->lang, &inv_word_signed_typed, day, NULL));
}

static void add_signature(struct inv_sheet *s, const struct opening *o, struct print_ink *ink)
{
	enum say_lang lang = s->paper->lang;
	const struct inv_agreement *x = &o->x;
	const struct say *signer = inv_signer_say(x->signer), *id = inv_identity_say(x->identity);
	const char *who = say_plain(&inv_word_signature, lang);
	const char *day = inv_day_words(s->a, lang, day_of_time(x->signed_at));

	if (!x->signed_at) {
		inv_sheet_add(s, PRINT_SIGN, who, NULL);
		inv_sheet_add(s, PRINT_SIGN, say_plain(&inv_word_sign_staff, lang), NULL);
		return;
	}
	who = arena_printf(
		s->a, "%s (%s), %s", who, signer ? say_plain(signer, lang) : x->signer, day);
	if (o->ink && text_equal(x->way, "typed"))
		add_typed(s, o, who, day);
	else if (o->ink && o->hides)
		add_hidden(s, who);
	else if (!o->ink && !text_equal(x->way, "paper"))
		inv_sheet_add(s, PRINT_TEXT, NULL,
			arena_printf(s->a, "%s. %s", who, say_plain(&inv_word_sign_unkept, lang)));
	else if (o->ink && print_ink_parse(s->a, o->ink, ink) == 0 && s->n < INV_BLOCKS)
		s->block[s->n++] =
			(struct print_block){.kind = PRINT_INK, .label = who, .ink = ink};
	else
		inv_sheet_add(
			s, PRINT_TEXT, NULL, say(s->a, lang, &inv_word_signed_paper, day, NULL));
	inv_sheet_add(s, PRINT_TEXT, NULL,
		say(s->a, lang, &inv_word_identity, id ? say_plain(id, lang) : x->identity,
			x->checked_by));
}

/* What is agreed on, without signatures. */
static struct inv_sheet *set_text(struct opening *o)
{
	struct inv_sheet *s = arena_alloc(o->a, sizeof(*s));

	s->n = 0;
	s->a = o->a;
	s->paper = &o->f.paper;
	for (size_t i = 0; i < o->f.texts; i++) {
		inv_sheet_add(s, PRINT_TITLE, NULL, o->f.title[i]);
		inv_sheet_body(s, o->f.body[i]);
	}
	if (!text_empty(o->f.paper.note))
		inv_sheet_add(s, PRINT_TEXT, NULL, o->f.paper.note);
	return s;
}

/* As the scan box takes it: "A-" and the id without the letter that all of them share. */
static const char *code_of(struct arena *a, const char *id)
{
	char *code = arena_printf(a, "A-%s", id + 1);

	for (char *c = code; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return code;
}

/* On each page: who finds it in a binder must not take it for one that holds. */
static void add_void(struct inv_sheet *s, const struct inv_agreement *x)
{
	enum say_lang lang = s->paper->lang;

	if (x->state != INV_AGREEMENT_VOID)
		return;
	s->mark = x->void_at ? say(s->a, lang, &inv_word_void_from,
				       inv_day_words(s->a, lang, day_of_time(x->void_at)), NULL)
			     : say_plain(&inv_word_void, lang);
}

static int render(struct opening *o, unsigned percent, struct buf *out)
{
	struct inv_sheet *s = set_text(o);
	enum say_lang lang = o->f.paper.lang;
	struct print_ink ink;
	const char *title;

	add_void(s, &o->x);
	add_signature(s, o, &ink);
	inv_sheet_add(s, PRINT_BARCODE, say_plain(&inv_word_loan, lang), o->f.paper.loan);
	inv_sheet_add(s, PRINT_BARCODE, say_plain(&inv_word_agreement, lang),
		code_of(o->a, o->x.id));
	inv_sheet_add(s, PRINT_SMALL, NULL,
		say(o->a, lang, &inv_word_sum,
			text_hex(o->a, bytes_of(o->x.hash, sizeof(o->x.hash))), NULL));
	title = arena_printf(o->a, "%s %s", o->f.title[0], o->f.paper.loan);
	return inv_sheet_print(s, PRINT_A4, percent, title, out);
}

int inv_agreement_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct people_look *look, const char *id, unsigned percent, struct buf *out,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct opening o = {.inv = inv, .p = p, .who = who, .look = look, .id = id, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_write(inv->st, open_in, &o);
	return err ? refusal_keep(r, err) : render(&o, percent, out);
}

int inv_agreement_blocks(struct inv *inv, struct people *p, const struct people_caller *who,
	const char *id, struct arena *a, const struct print_block **ret, size_t *ret_n,
	struct refusal *r)
{
	const struct people_look look = {.why = PEOPLE_WHY_DESK};
	struct opening o = {
		.inv = inv, .p = p, .who = who, .look = &look, .id = id, .a = a, .r = r};
	struct inv_sheet *s;
	int err;

	*r = (struct refusal){0};
	err = store_write(inv->st, open_in, &o);
	if (err)
		return refusal_keep(r, err);
	s = set_text(&o);
	*ret = s->block;
	*ret_n = s->n;
	return 0;
}

int inv_slip_pdf(
	const struct inv_paper *paper, enum print_paper size, unsigned percent, struct buf *out)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));
	enum say_lang lang = paper->lang;
	const char *title =
		say_plain(paper->of_return ? &inv_word_slip_return : &inv_word_slip, lang);

	s->a = a;
	s->paper = paper;
	if (paper->line_count == 0 || paper->line_count > INV_PAPER_LINES)
		return ERR_BADINPUT;
	inv_sheet_add(s, PRINT_SMALL, NULL, paper->organisation ? paper->organisation : "");
	inv_sheet_add(s, PRINT_TITLE, NULL, title);
	if (!paper->of_return)
		inv_sheet_due(s);
	if (!paper->of_return && !text_empty(paper->place))
		inv_sheet_add(
			s, PRINT_TEXT, NULL, say(a, lang, &inv_word_bring_to, paper->place, NULL));
	if (!text_empty(paper->name))
		inv_sheet_add(
			s, PRINT_TEXT, NULL, say(a, lang, &inv_word_borrower, paper->name, NULL));
	inv_sheet_items(s, false);
	if (!text_empty(paper->note))
		inv_sheet_add(s, PRINT_TEXT, NULL, paper->note);
	if (!text_empty(paper->words))
		inv_sheet_add(s, PRINT_TEXT, NULL, paper->words);
	inv_sheet_add(s, PRINT_TEXT, NULL, inv_day_words(a, lang, paper->today));
	if (!text_empty(paper->phone))
		inv_sheet_add(
			s, PRINT_TEXT, NULL, say(a, lang, &inv_word_questions, paper->phone, NULL));
	inv_sheet_add(s, PRINT_BARCODE, say_plain(&inv_word_loan, lang), paper->loan);
	return inv_sheet_print(s, size, percent, arena_printf(a, "%s %s", title, paper->loan), out);
}

int inv_letter_pdf(const struct inv_letter *l, struct buf *out)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));
	AUTO(buf) struct buf address = BUF_INIT(4096);
	const struct inv_paper paper = {.organisation = l->organisation,
		.lang = l->lang,
		.line = l->line,
		.line_count = l->line_count};

	if (!l->address || !l->address[0] || text_empty(l->title) ||
		l->line_count > INV_PAPER_LINES)
		return ERR_BADINPUT;
	s->a = a;
	s->paper = &paper;
	for (size_t i = 0; l->address[i]; i++)
		buf_printf(&address, "%s%s", i ? "\n" : "", l->address[i]);
	inv_sheet_add(s, PRINT_TEXT, NULL, l->organisation ? l->organisation : "");
	inv_sheet_add(s, PRINT_TEXT, NULL, inv_day_words(a, l->lang, l->today));
	inv_sheet_add(s, PRINT_ADDRESS, NULL, buf_str(&address));
	inv_sheet_add(s, PRINT_TITLE, NULL, l->title);
	for (size_t i = 0; l->text && l->text[i]; i++)
		inv_sheet_add(s, PRINT_TEXT, NULL, l->text[i]);
	inv_sheet_items(s, false);
	if (!text_empty(l->phone))
		inv_sheet_add(s, PRINT_BIG, say_plain(&inv_word_call_us, l->lang), l->phone);
	if (l->loan)
		inv_sheet_add(s, PRINT_BARCODE, say_plain(&inv_word_loan, l->lang), l->loan);
	return inv_sheet_print(s, PRINT_A4, l->percent ? l->percent : 110, l->title, out);
}
