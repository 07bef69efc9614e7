/* SPDX-License-Identifier: EUPL-1.2 */
/* The papers of a loan that stands in the store: its things as they are written on them. */
#include "inventory/agreement_int.h"

#include "base/text.h"
#include "inventory/circulation.h"

struct composing {
	struct inv *inv;
	struct people *p;
	const struct people_caller *who;
	const struct inv_loan_ask_paper *ask;
	struct arena *a;
	struct inv_paper paper;
	struct inv_loan_full f;
	const char *id; /* of the agreement that is made */
	bool unless;    /* one of the hand-out stands */
	struct refusal *r;
};

static const char *parts_of(struct composing *c, uint32_t line)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);

	for (size_t i = 0; i < c->f.part_count; i++) {
		const struct inv_loan_part *x = &c->f.parts[i];
		bool back = c->ask->of_return && !x->consumable;

		if (x->line != line)
			continue;
		buf_printf(&b, "%s%s", b.n ? ", " : "", x->name ? x->name : "");
		if (back && x->back < x->count)
			buf_printf(&b, " (%s: %u)", say_plain(&inv_word_missing, c->paper.lang),
				x->count - x->back);
		else if (x->count > 1)
			buf_printf(&b, " (%u)", x->count);
	}
	return b.n ? arena_strdup(c->a, buf_str(&b)) : NULL;
}

/* "Tryckknapp (Trådlös ringklocka)", one after the other, of what came back without it; NULL: all
 * is there. */
static const char *left_behind(struct composing *c)
{
	const char *all = NULL;

	for (size_t i = 0; i < c->f.part_count; i++) {
		const struct inv_loan_part *x = &c->f.parts[i];
		const struct inv_loan_line *l = &c->f.lines[0];

		for (size_t k = 0; k < c->f.line_count && l->no != x->line; k++)
			l = &c->f.lines[k];
		if (x->consumable || x->back >= x->count || inv_line_is_open(l->state) || !x->name)
			continue;
		all = arena_printf(c->a, "%s%s%s (%s)", all ? all : "", all ? ", " : "", x->name,
			l->name ? l->name : l->serial);
	}
	return all;
}

/* Nobody is reproached: what is left is named, and thanks are said. */
static void put_friendly_note(struct composing *c)
{
	const char *const arg[SAY_ARGS] = {left_behind(c), NULL};
	AUTO(buf) struct buf b = BUF_INIT(8192);

	if (!c->ask->of_return || !arg[0] || !text_empty(c->paper.note))
		return;
	say_format(&b, c->paper.lang, &inv_word_left_behind, arg);
	c->paper.note = arena_strdup(c->a, buf_str(&b));
}

/* At a return: what has come back, and what is still out as missing only when the loan is over. */
static bool is_on_paper(const struct composing *c, const struct inv_loan_line *l)
{
	if (!c->ask->of_return)
		return inv_line_is_open(l->state);
	return !inv_line_is_open(l->state) || c->f.loan.closed_at != 0;
}

/* Versions are kept for good; one that is not there is not named. */
static int take_price_days(struct composing *c, struct store_txn *txn, struct inv_paper_line *line, size_t n)
{
	struct inv_price_list x;
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!line[i].price_list)
			continue;
		err = inv_price_list_get(txn, c->a, line[i].price_list, &x);
		line[i].price_from = err == 0 ? x.from : DAY_NONE;
		line[i].price_list = err == 0 ? line[i].price_list : 0;
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	return err;
}

static int take_lines(struct composing *c, struct store_txn *txn)
{
	struct inv_paper_line *out = ARENA_ARRAY(c->a, struct inv_paper_line, c->f.line_count + 1);
	size_t n = 0;

	for (size_t i = 0; i < c->f.line_count; i++) {
		const struct inv_loan_line *l = &c->f.lines[i];
		bool back = c->ask->of_return;
		unsigned condition = back ? l->in_condition : l->out_condition;

		if (!is_on_paper(c, l))
			continue;
		out[n++] = (struct inv_paper_line){
			.number = l->item_number ? l->item_number : l->serial,
			.name = l->name,
			.condition =
				condition ? say_plain(inv_condition_say(condition), c->paper.lang)
					  : NULL,
			.parts = parts_of(c, l->no),
			.due = back ? DAY_NONE : l->due,
			.price_ore = l->terms.replacement_ore,
			.price_list = l->terms.price_list,
			.missing =
				back && l->state != INV_LINE_IN && l->state != INV_LINE_HANDED_IN};
	}
	c->paper.line = out;
	c->paper.line_count = n < INV_PAPER_LINES ? n : INV_PAPER_LINES;
	return take_price_days(c, txn, out, c->paper.line_count);
}

static int take_place(struct composing *c, struct store_txn *txn)
{
	const struct inv_loan *loan = &c->f.loan;
	const char *id = loan->place_back ? loan->place_back : loan->place;
	struct inv_place place;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_place_get(txn, c->a, id, &place);

	if (err == ERR_NOTFOUND)
		return 0;
	if (err)
		return err;
	c->paper.place = place.name[c->paper.lang] ? place.name[c->paper.lang] : place.name[SAY_SV];
	if (!text_empty(place.phone))
		c->paper.phone = place.phone;
	return 0;
}

/* The loan, of the caller's zones, and what its papers say but for the name. */
static int compose(struct composing *c, struct store_txn *txn)
{
	char number[INV_LOAN_NUMBER];
	struct people_borrower b;
	int err = inv_loan_load(txn, c->a, c->ask->loan, &c->f);

	if (err)
		return err;
	if (!(c->f.loan.zone & c->who->zones) || text_empty(c->f.loan.borrower))
		return ERR_NOTFOUND;
	err = people_get(c->p, txn, c->a, c->who->zones, c->f.loan.borrower, &b);
	if (err)
		return err;
	c->paper = (struct inv_paper){
		.loan = arena_strdup(c->a, inv_loan_number(c->ask->loan, number)),
		.organisation = c->ask->organisation,
		.phone = c->ask->phone,
		.lang = (enum say_lang)b.lang,
		.of_return = c->ask->of_return,
		.today = day_of_time(c->who->now),
		.due = c->ask->of_return ? DAY_NONE : c->f.loan.due,
		.note = c->ask->note};
	err = take_lines(c, txn);
	if (err == 0)
		err = setting_text_in(txn, c->a, SETTING_SLIP_WORDS, &c->paper.words);
	return err ? err : take_place(c, txn);
}

/* A draft or a signature of the same kind, that was not declared void. */
static int find_standing(struct composing *c, struct store_txn *txn, bool *ret)
{
	struct inv_agreement *x;
	size_t n;
	int err = inv_agreement_list(txn, c->a, c->who->zones, c->paper.loan, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		*ret |= x[i].of_return == c->ask->of_return && x[i].state != INV_AGREEMENT_VOID;
	return err;
}

static int make_in(struct store_txn *txn, void *arg)
{
	struct composing *c = arg;
	bool stands = false;
	int err = compose(c, txn);

	if (err == 0 && c->unless)
		err = find_standing(c, txn, &stands);
	if (err || stands)
		return err;
	return inv_agreement_make_in(c->p, txn, c->who, c->f.loan.borrower, &c->paper, c->id, c->r);
}

int inv_loan_agreement_make(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct refusal *r, char ret_id[INV_AGREEMENT_ID])
{
	AUTO(arena) struct arena *a = arena_new();
	char id[INV_AGREEMENT_ID];
	struct composing c = {.inv = inv, .p = p, .who = who, .ask = ask, .a = a, .id = id, .r = r};
	int err;

	*r = (struct refusal){0};
	inv_agreement_id_make(id);
	err = store_write(inv->st, make_in, &c);
	if (err == 0)
		memcpy(ret_id, id, sizeof(id));
	return refusal_keep(r, err);
}

int inv_loan_agreement_ready(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	char id[INV_AGREEMENT_ID];
	struct composing c = {
		.inv = inv, .p = p, .who = who, .ask = ask, .a = a, .id = id, .unless = true, .r = r};

	*r = (struct refusal){0};
	inv_agreement_id_make(id);
	return refusal_keep(r, store_write(inv->st, make_in, &c));
}

static int slip_in(struct store_txn *txn, void *arg)
{
	struct composing *c = arg;
	struct people_borrower b;
	int err = compose(c, txn);

	if (err == 0)
		err = people_get(c->p, txn, c->a, c->who->zones, c->f.loan.borrower, &b);
	if (err == 0 && c->paper.line_count == 0)
		err = refuse(c->r, &inv_say_paper_empty, NULL, NULL, NULL);
	if (err == 0)
		put_friendly_note(c);
	/* A slip lies about: the short name is enough, and of a protected identity none. */
	if (err || b.is_protected || b.no_identity)
		return err;
	return people_short_name(c->p, txn, c->a, c->who, b.id, c->paper.lang, &c->paper.name);
}

int inv_loan_slip_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct buf *out, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct composing c = {.inv = inv, .p = p, .who = who, .ask = ask, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_write(inv->st, slip_in, &c);
	if (err)
		return refusal_keep(r, err);
	return inv_slip_pdf(&c.paper, ask->size, ask->percent, out);
}

/* --- a letter about what was left --- */

struct posting {
	struct composing c;
	struct people_address to;
};

static int letter_in(struct store_txn *txn, void *arg)
{
	static const struct people_look look = {.why = PEOPLE_WHY_LETTER};
	struct posting *l = arg;
	struct composing *c = &l->c;
	int err = compose(c, txn);

	if (err)
		return err;
	put_friendly_note(c);
	if (text_empty(c->paper.note))
		return refuse(c->r, &inv_say_nothing_left, NULL, NULL, NULL);
	return people_address_of(
		c->p, txn, c->a, c->who, &look, c->f.loan.borrower, &l->to, c->r);
}

static const char *bring_to(struct composing *c)
{
	const char *const arg[SAY_ARGS] = {c->paper.place, NULL};
	AUTO(buf) struct buf b = BUF_INIT(4096);

	if (text_empty(c->paper.place))
		return NULL;
	say_format(&b, c->paper.lang, &inv_word_bring_to, arg);
	return arena_strdup(c->a, buf_str(&b));
}

/* A protected identity has no name and no address here: the tax agency sends it on. */
static int letter_pdf(struct posting *l, unsigned percent, struct buf *out)
{
	const struct inv_paper *p = &l->c.paper;
	const char *name = l->to.name ? l->to.name : say_plain(&inv_word_the_borrower, p->lang);
	const char *const address[] = {
		name, l->to.line[0], l->to.line[1], l->to.line[2], l->to.line[3], NULL};
	const char *const text[] = {p->note, bring_to(&l->c), NULL};
	const struct inv_letter letter = {.lang = p->lang,
		.organisation = p->organisation,
		.phone = p->phone,
		.place = p->place,
		.address = address,
		.title = say_plain(&inv_word_thanks, p->lang),
		.text = text,
		.loan = p->loan,
		.today = p->today,
		.percent = percent};

	return inv_letter_pdf(&letter, out);
}

int inv_loan_letter_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct buf *out, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan_ask_paper of = *ask;
	struct posting l = {
		.c = {.inv = inv, .p = p, .who = who, .ask = &of, .a = a, .r = r}};
	int err;

	*r = (struct refusal){0};
	of.of_return = true;
	of.note = NULL;
	err = store_write(inv->st, letter_in, &l);
	return err ? refusal_keep(r, err) : letter_pdf(&l, of.percent, out);
}

/* A signed agreement is known to its loan in the same transaction. What is signed when the loan is over, as a return
 * mostly is, is kept from then. */
int inv_agreement_tell_loan(struct store_txn *txn, struct arena *a, const struct inv_agreement *x)
{
	struct inv_loan now;
	uint64_t loan;
	int err;

	if (inv_loan_number_parse(x->loan, &loan) != 0)
		return 0;
	err = inv_loan_agreement_set(txn, loan, x->id, x->of_return, x->made_at);
	if (err == 0)
		err = inv_loan_get(txn, a, loan, &now);
	if (err == 0 && now.closed_at)
		err = inv_agreement_closed_in(txn, x->loan, now.closed_at);
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_agreement_leave_loan(
	struct store_txn *txn, struct arena *a, const struct inv_agreement *x)
{
	struct inv_unsigning left = {.of_return = x->of_return, .void_made_at = x->made_at};
	struct inv_agreement *all;
	uint64_t loan;
	size_t n;
	int err = inv_loan_number_parse(x->loan, &loan) == 0
			  ? inv_agreement_list(txn, a, PEOPLE_ZONES, x->loan, &all, &n)
			  : ERR_NOTFOUND;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (all[i].state != INV_AGREEMENT_SIGNED || all[i].of_return != x->of_return)
			continue;
		if (left.holds && all[i].made_at < left.holds_made_at)
			continue;
		left.holds = all[i].id;
		left.holds_made_at = all[i].made_at;
	}
	if (err == 0)
		err = inv_loan_agreement_leave(txn, loan, &left);
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_agreement_loan_get(
	struct store_txn *txn, struct arena *a, const struct inv_agreement *x, struct inv_loan *ret)
{
	uint64_t id;

	if (inv_loan_number_parse(x->loan, &id) != 0)
		return ERR_NOTFOUND;
	return inv_loan_get(txn, a, id, ret);
}
