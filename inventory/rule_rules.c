/* SPDX-License-Identifier: EUPL-1.2 */
/* Which rule decides which term. Pure. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define SAY(code, sv, fi, en)      \
	{                          \
		code,              \
		{                  \
			sv, fi, en \
		}                  \
	}

static const struct {
	const char *name;
	bool choice;
	uint32_t most;
	uint32_t usual, ipad; /* where no rule says anything */
	struct say say;
} terms[INV_TERMS] = {
	[INV_TERM_LENDABLE] = {"lendable", true, 1, 1, 1,
		SAY("term.lendable", "får lånas", "saa lainata", "may be lent")},
	[INV_TERM_LOAN_DAYS] = {"loan_days", false, 3660, 42, 42,
		SAY("term.loan-days", "lånetid i dagar", "laina-aika päivinä",
			"loan time in days")},
	[INV_TERM_LOAN_MONTHS] = {"loan_months", false, 120, 0, 36,
		SAY("term.loan-months", "lånetid i månader", "laina-aika kuukausina",
			"loan time in months")},
	[INV_TERM_RENEWALS] = {"renewals", false, 100, 2, 0,
		SAY("term.renewals", "antal omlån", "uusintojen määrä", "renewals")},
	[INV_TERM_RENEW_DAYS] = {"renew_days", false, 3660, 0, 0,
		SAY("term.renew-days", "omlånets tid i dagar", "uusinnan pituus päivinä",
			"days of a renewal")},
	[INV_TERM_LIMIT] = {"limit", false, 1000, 10, 1,
		SAY("term.limit", "saker samtidigt", "esineitä samanaikaisesti",
			"things at a time")},
	[INV_TERM_STOP_LATE_DAYS] = {"stop_late_days", false, 3660, 0, 0,
		SAY("term.stop-late-days", "dagar sen innan nya lån stoppas",
			"myöhässä päiviä ennen lainakieltoa", "days late before new loans stop")},
	[INV_TERM_HOLD_DAYS] = {"hold_days", false, 365, 7, 14,
		SAY("term.hold-days", "dagar på hämthyllan", "päiviä noutohyllyssä",
			"days on the hold shelf")},
	[INV_TERM_SIGN_OUT] = {"sign_out", true, 1, 1, 1,
		SAY("term.sign-out", "underskrift vid utlämning", "allekirjoitus luovutettaessa",
			"signature at the hand-out")},
	[INV_TERM_SIGN_IN] = {"sign_in", true, 1, 0, 1,
		SAY("term.sign-in", "underskrift vid återlämning", "allekirjoitus palautettaessa",
			"signature at the return")},
	[INV_TERM_WIPE] = {"wipe", true, 1, 0, 1,
		SAY("term.wipe", "raderas vid återlämning", "tyhjennetään palautettaessa",
			"erased at return")},
	[INV_TERM_INSPECT] = {"inspect", true, 1, 0, 1,
		SAY("term.inspect", "kontrolleras efter återlämning",
			"tarkastetaan palautuksen jälkeen", "inspected after return")},
	[INV_TERM_KEEP_DAYS] = {"keep_days", false, 3660, 30, 730,
		SAY("term.keep-days", "dagar som lånet minns låntagaren",
			"päiviä, jotka laina muistaa lainaajan",
			"days a past loan remembers its borrower")},
};

const char *inv_term_name(enum inv_term t)
{
	return (unsigned)t < INV_TERMS ? terms[t].name : "";
}

int inv_term_parse(const char *s, enum inv_term *ret)
{
	for (unsigned t = 0; s && t < INV_TERMS; t++) {
		if (text_equal(s, terms[t].name)) {
			*ret = (enum inv_term)t;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

bool inv_term_is_choice(enum inv_term t)
{
	return terms[t].choice;
}

const struct say *inv_term_say(enum inv_term t)
{
	return &terms[t].say;
}

uint32_t inv_term_most(enum inv_term t)
{
	return terms[t].most;
}

/* Does a word of the rule fit? One that it does not have fits all. */
static bool word_fits(const char *of_rule, const char *is)
{
	return text_empty(of_rule) || text_equal(of_rule, is);
}

static bool rule_fits(const struct inv_rule *rule, const struct inv_rule_case *c)
{
	return (rule->zone == 0 || rule->zone == c->zone) &&
	       (rule->kind == 0 || rule->kind == c->product->kind) &&
	       word_fits(rule->product, c->product->id) &&
	       word_fits(rule->category, c->product->category) &&
	       word_fits(rule->borrower_kind, c->borrower_kind) && word_fits(rule->place, c->place);
}

unsigned inv_rule_weight(const struct inv_rule *rule)
{
	return (text_empty(rule->product) ? 0u : 32u) + (text_empty(rule->category) ? 0u : 16u) +
	       (rule->kind ? 8u : 0u) + (text_empty(rule->borrower_kind) ? 0u : 4u) +
	       (text_empty(rule->place) ? 0u : 2u) + (rule->zone ? 1u : 0u);
}

/* The product's own loan time stands where no rule names the product. */
#define PRODUCT_WEIGHT 31u

static void start_with_usual(
	const struct inv_rule_case *c, struct inv_terms *t, unsigned weight[INV_TERMS])
{
	bool ipad = c->product->kind == INV_KIND_IPAD;

	for (unsigned i = 0; i < INV_TERMS; i++) {
		t->value[i] = ipad ? terms[i].ipad : terms[i].usual;
		weight[i] = 0;
	}
	t->replacement_ore = c->product->price_ore;
	t->price_rule = 0;
	t->price_list = 0;
	if (c->product->loan_days) {
		t->value[INV_TERM_LOAN_DAYS] = c->product->loan_days;
		t->value[INV_TERM_LOAN_MONTHS] = 0;
		weight[INV_TERM_LOAN_DAYS] = weight[INV_TERM_LOAN_MONTHS] = PRODUCT_WEIGHT;
	}
}

struct deciding {
	unsigned weight[INV_TERMS];
	uint64_t *by;
};

/* Days said by a rule end months said by a wider one. */
static void take_terms(
	const struct inv_rule *rule, unsigned mine, struct inv_terms *t, struct deciding *x)
{
	unsigned *weight = x->weight;

	for (unsigned i = 0; i < INV_TERMS; i++) {
		if (rule->set[i] == 0 || mine < weight[i])
			continue;
		t->value[i] = rule->set[i] - 1;
		weight[i] = mine;
		x->by[i] = rule->id;
		if (i == INV_TERM_LOAN_DAYS && mine >= weight[INV_TERM_LOAN_MONTHS]) {
			t->value[INV_TERM_LOAN_MONTHS] = 0;
			weight[INV_TERM_LOAN_MONTHS] = mine;
			x->by[INV_TERM_LOAN_MONTHS] = rule->id;
		}
	}
}

void inv_terms_decide(const struct inv_rule *rules, size_t n, const struct inv_rule_case *c,
	struct inv_terms *ret)
{
	uint64_t by[INV_TERMS];

	inv_terms_explain(rules, n, c, ret, by);
}

void inv_terms_explain(const struct inv_rule *rules, size_t n, const struct inv_rule_case *c,
	struct inv_terms *ret, uint64_t ret_by[INV_TERMS])
{
	struct deciding x = {.by = ret_by};
	unsigned price_weight = 0;

	memset(ret_by, 0, INV_TERMS * sizeof(*ret_by));
	start_with_usual(c, ret, x.weight);
	for (size_t i = 0; i < n; i++) {
		/* A word more is heavier than none: a rule without words has weight 0, and comes
		 * before what no rule says, since rules are taken where they weigh as much. */
		unsigned mine = inv_rule_weight(&rules[i]);

		if (!rule_fits(&rules[i], c))
			continue;
		take_terms(&rules[i], mine, ret, &x);
		if (rules[i].replacement_ore && mine >= price_weight) {
			ret->replacement_ore = rules[i].replacement_ore - 1;
			ret->price_rule = rules[i].id;
			price_weight = mine;
		}
	}
}

bool inv_terms_equal(const struct inv_terms *a, const struct inv_terms *b)
{
	return memcmp(a->value, b->value, sizeof(a->value)) == 0 &&
	       a->replacement_ore == b->replacement_ore;
}

/* --- may this be a rule? --- */

#define WORD_MOST 64
#define WHY_MOST 500

static bool word_ok(const char *s)
{
	return !s || (strlen(s) <= WORD_MOST && text_is_utf8(bytes_of_str(s)));
}

static bool says_anything(const struct inv_rule *rule)
{
	for (unsigned i = 0; i < INV_TERMS; i++) {
		if (rule->set[i])
			return true;
	}
	return rule->replacement_ore != 0;
}

int inv_rule_decide(const struct inv_rule *rule, struct refusal *r)
{
	for (unsigned i = 0; i < INV_TERMS; i++) {
		if (rule->set[i] && rule->set[i] - 1 > terms[i].most)
			return refuse(r, &inv_say_rule_number, terms[i].name, NULL, NULL);
	}
	if (!says_anything(rule))
		return refuse(r, &inv_say_rule_empty, NULL, NULL, NULL);
	if (rule->replacement_ore < 0 || !word_ok(rule->product) || !word_ok(rule->category) ||
		!word_ok(rule->borrower_kind) || !word_ok(rule->place) ||
		(rule->why && strlen(rule->why) > WHY_MOST))
		return refuse(r, &inv_say_rule_word, NULL, NULL, NULL);
	if (text_empty(rule->why))
		return refuse(r, &inv_say_rule_why, NULL, NULL, NULL);
	/* Something that is lent for no time at all would be late at once. */
	if (rule->set[INV_TERM_LOAN_DAYS] == 1)
		return refuse(r, &inv_say_rule_number, terms[INV_TERM_LOAN_DAYS].name, NULL, NULL);
	return 0;
}
