/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules of loans as data: changed with a history, and looked at before they are. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

/* --- change --- */

struct rule_job {
	const struct inv_rule *want;
	uint64_t id;
	bool ends;
};

static int end_rule(struct inv_work *w, const char *act, const struct inv_rule *rule)
{
	struct doc *d = doc_new(w->a);
	const struct inv_last last = {.act = act,
		.serial = arena_printf(w->a, "rule:%llu", (unsigned long long)rule->id)};

	w->plain = true;
	for (unsigned t = 0; t < INV_TERMS; t++) {
		if (rule->set[t])
			doc_set_int(d, inv_term_name((enum inv_term)t), rule->set[t] - 1);
	}
	return inv_work_end(w, &last, d);
}

/* A product, category or place that does not exist would be a rule that never speaks: a slip. */
static int decide_words(struct inv_work *w, const struct inv_rule *rule)
{
	struct inv_product p;
	int err = 0;

	if (!text_empty(rule->product))
		err = inv_product_get(w->txn, w->a, rule->product, &p);
	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_hold_product, rule->product, NULL, NULL);
	return err;
}

static int decide_count(struct inv_work *w)
{
	int err = inv_work_rules(w);

	if (err || w->rule_count < INV_RULES_MOST)
		return err;
	refuse(w->r, &inv_say_rule_many, NULL, NULL, NULL);
	snprintf(w->r->kept[0], SAY_KEPT, "%d", INV_RULES_MOST);
	return ERR_REFUSED;
}

static int put_in(struct inv_work *w, void *arg)
{
	struct rule_job *j = arg;
	struct inv_rule rule = *j->want, before;
	bool is_new = rule.id == 0;
	int err = inv_rule_decide(&rule, w->r);

	if (err == 0)
		err = decide_words(w, &rule);
	if (err == 0 && is_new)
		err = decide_count(w);
	if (err)
		return err;
	err = is_new ? inv_rule_next_id(w->txn, &rule.id)
		     : inv_rule_get(w->txn, w->a, rule.id, &before);
	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_rule_gone, NULL, NULL, NULL);
	if (err)
		return err;
	if (!is_new && rule.version && rule.version != before.version)
		return ERR_CONFLICT;
	rule.version = is_new ? 1 : before.version + 1;
	rule.changed_at = w->now;
	rule.changed_by = w->who->actor;
	rule.ended_at = 0;
	j->id = rule.id;
	err = inv_rule_store(w->txn, is_new ? NULL : &before, &rule);
	return err ? err : end_rule(w, is_new ? "rule.add" : "rule.change", &rule);
}

int inv_rule_put(struct inv *inv, const struct inv_desk_who *by, const struct inv_rule *want,
	struct refusal *r, uint64_t *ret_id)
{
	struct rule_job j = {.want = want};
	int err = inv_work_run(inv, by, r, put_in, &j);

	if (err == 0)
		*ret_id = j.id;
	return err;
}

static int end_in(struct inv_work *w, void *arg)
{
	struct rule_job *j = arg;
	struct inv_rule before, rule;
	int err = inv_rule_get(w->txn, w->a, j->id, &before);

	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_rule_gone, NULL, NULL, NULL);
	if (err)
		return err;
	rule = before;
	rule.version++;
	rule.changed_at = rule.ended_at = w->now;
	rule.changed_by = w->who->actor;
	err = inv_rule_store(w->txn, &before, &rule);
	return err ? err : end_rule(w, "rule.end", &rule);
}

int inv_rule_end(struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r)
{
	struct rule_job j = {.id = id};

	return inv_work_run(inv, by, r, end_in, &j);
}

/* --- what would it change? --- */

#define WORDS_MOST 40
#define PRODUCTS_MOST 2000
#define PAGE 200

/* Every kind of borrower and place that any rule names, and "none of them". */
struct words {
	const char *word[WORDS_MOST];
	size_t n;
};

static void add_word(struct words *w, const char *s)
{
	for (size_t i = 0; i < w->n; i++) {
		if (text_equal(w->word[i], s))
			return;
	}
	if (w->n < WORDS_MOST)
		w->word[w->n++] = s;
}

struct looking {
	struct store_txn *txn;
	struct arena *a;
	enum say_lang lang;
	struct inv_rule *before, *after;
	size_t before_count, after_count;
	struct words kinds, places;
	struct inv_rule_preview *p;
};

static void look_at(struct looking *l, const struct inv_rule_case *c)
{
	struct inv_rule_change x = {.product = c->product->id,
		.product_name = inv_product_name(c->product, l->lang),
		.borrower_kind = c->borrower_kind,
		.place = c->place,
		.zone = c->zone};

	inv_terms_decide(l->before, l->before_count, c, &x.before);
	inv_terms_decide(l->after, l->after_count, c, &x.after);
	if (inv_terms_equal(&x.before, &x.after))
		return;
	if (l->p->change_count == INV_RULE_CHANGES)
		l->p->cut = true;
	else
		l->p->changes[l->p->change_count++] = x;
}

static void look_at_product(struct looking *l, const struct inv_product *p)
{
	static const unsigned zones[] = {PEOPLE_CARE, PEOPLE_LIBRARY};

	l->p->products++;
	for (size_t z = 0; z < 2; z++) {
		if (p->zone && !(p->zone & zones[z]))
			continue;
		for (size_t k = 0; k < l->kinds.n; k++) {
			for (size_t i = 0; i < l->places.n; i++) {
				const struct inv_rule_case c = {.zone = zones[z],
					.borrower_kind = l->kinds.word[k],
					.place = l->places.word[i],
					.product = p};

				look_at(l, &c);
			}
		}
	}
}

static int look_at_all(struct looking *l)
{
	struct inv_product_ask ask = {.most = PAGE};
	int err = 0;

	do {
		struct inv_product *p;
		const char *next;
		size_t n;

		err = inv_product_list(l->txn, l->a, &ask, &p, &n, &next);
		for (size_t i = 0; err == 0 && i < n; i++)
			look_at_product(l, &p[i]);
		ask.after = next;
	} while (err == 0 && ask.after && l->p->products < PRODUCTS_MOST);
	l->p->cut |= ask.after != NULL;
	return err;
}

/* The rules as they would be: with it, in its place, or without it. */
static void shape_after(struct looking *l, const struct inv_rule *want, bool ends)
{
	bool found = false;

	l->after = ARENA_ARRAY(l->a, struct inv_rule, l->before_count + 1);
	for (size_t i = 0; i < l->before_count; i++) {
		bool it = want->id && l->before[i].id == want->id;

		found |= it;
		if (!(it && ends))
			l->after[l->after_count++] = it ? *want : l->before[i];
	}
	if (!found && !ends)
		l->after[l->after_count++] = *want;
}

int inv_rule_preview(struct store_txn *txn, struct arena *a, const struct inv_rule *want, bool ends,
	enum say_lang lang, struct inv_rule_preview *ret)
{
	struct looking l = {.txn = txn, .a = a, .lang = lang, .p = ret};
	struct inv_loan_counts counts;
	int err = inv_rule_list(txn, a, &l.before, &l.before_count);

	*ret = (struct inv_rule_preview){
		.changes = ARENA_ARRAY(a, struct inv_rule_change, INV_RULE_CHANGES)};
	if (err == 0)
		err = inv_loan_count(txn, &counts);
	if (err)
		return err;
	shape_after(&l, want, ends);
	add_word(&l.kinds, NULL);
	add_word(&l.places, NULL);
	for (size_t i = 0; i < l.after_count; i++) {
		add_word(&l.kinds, l.after[i].borrower_kind);
		add_word(&l.places, l.after[i].place);
	}
	add_word(&l.kinds, want->borrower_kind);
	add_word(&l.places, want->place);
	ret->open_lines = counts.open_lines;
	return look_at_all(&l);
}
