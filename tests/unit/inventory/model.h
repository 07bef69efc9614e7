/* SPDX-License-Identifier: EUPL-1.2 */
/* What a desk's model knows, and how it is held against the store. */
#ifndef TEST_MODEL_H
#define TEST_MODEL_H

#include "inventory/agreement.h"
#include "tests/unit/inventory/counter.h"

/* Behind the things of counter.h: bags with two cables, batteries and a lamp of its own number. */
#define MODEL_KITS 2
#define MODEL_KIT COUNTER_UNITS
#define MODEL_LAMP (MODEL_KIT + MODEL_KITS)
#define MODEL_THINGS (MODEL_LAMP + MODEL_KITS)

#define MODEL_PAPERS 1500
#define MODEL_TICKETS 1000
#define MODEL_SWAPS 500

struct model_paper { /* an agreement, as it was made and as it was left last */
	char id[INV_AGREEMENT_ID];
	uint8_t hash[AUDIT_HASH], sealed[AUDIT_HASH];
	unsigned state, zone;
	bool of_return, gone;
	uint64_t loan;
	int64_t made_at, signed_at, forget_at;
};

struct model_ticket { /* of what is broken */
	uint64_t id, swap_loan;
	int thing;
	bool open, told;
};

struct model_swap {
	struct model_ticket *ticket;
	uint64_t loan, was; /* what the ticket said before */
};

struct model {
	struct counter c;
	uint32_t seed;
	int act; /* how many were done before this one */
	const char *doing;
	uint64_t seq, story; /* the audit log's newest, and lines of all stories, before this act */
	struct {
		uint64_t loan; /* 0: with nobody */
		int borrower;
		bool handed_in, lost, marked; /* by itself, at some time */
		bool lacks;                   /* parts of it are missing */
		enum inv_state state;
		uint64_t told; /* lines of its story, counted as they came */
	} thing[MODEL_THINGS];
	uint64_t began; /* the audit log's newest, before any act */
	/* acts that were accepted, or done by a scan or by the clock, that stand in the audit log as themselves */
	unsigned rows;
	unsigned arrived, elsewhere, done, refused, undone, partly, whole, dated, renewed;
	uint64_t first_loan, newest_loan;
	struct model_paper paper[MODEL_PAPERS];
	unsigned papers, signed_papers, voided;
	struct model_ticket ticket[MODEL_TICKETS];
	unsigned tickets, mended;
	struct model_swap swap[MODEL_SWAPS];
	unsigned swaps, swapped, unswapped;
	unsigned reserved, full;
};

static uint32_t any(struct model *m, uint32_t n)
{
	m->seed = m->seed * 1664525u + 1013904223u;
	return (m->seed >> 8) % n;
}

static bool model_is_kit(int i)
{
	return i >= MODEL_KIT && i < MODEL_LAMP;
}

static bool model_is_lamp(int i)
{
	return i >= MODEL_LAMP;
}

static const char *model_serial(int i)
{
	static const char *const more[] = {"VASKA-1", "VASKA-2", "LAMPA-1", "LAMPA-2"};

	return i < COUNTER_UNITS ? counter_serial(i) : more[i - COUNTER_UNITS];
}

static const char *model_product(int i)
{
	return i < COUNTER_UNITS ? counter_product(i) : model_is_kit(i) ? "vaska" : "lampa";
}

static bool model_lendable(enum inv_state s)
{
	return s == INV_IN_STOCK || s == INV_DELIVERED || s == INV_AWAITING;
}

/* --- the bags --- */

static int model_units_in(struct store_txn *txn, void *arg)
{
	int err = 0;

	(void)arg;
	for (int i = COUNTER_UNITS; err == 0 && i < MODEL_THINGS; i++) {
		const struct inv_unit u = {.serial = model_serial(i),
			.item_number = model_serial(i),
			.state = INV_IN_STOCK,
			.product_id = model_product(i),
			.made_at = COUNTER_NOW - 1000,
			.changed_at = COUNTER_NOW - 1000,
			.condition = INV_CONDITION_GOOD};

		err = inv_unit_put(txn, NULL, &u);
	}
	return err;
}

static void model_product_put(struct model *m, const char *id, enum inv_kind kind)
{
	const struct inv_product p = {.id = id,
		.kind = kind,
		.name = {id, id, id},
		.category = "larm",
		.price_ore = 49900,
		.life = INV_LIFE_USE,
		.privacy = INV_PRIVACY_NONE,
		.lendable = true};

	cr_assert_eq(inv_product_put(m->c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 900), &p, true, &m->c.r), 0);
}

/* As they are before the first act. */
static int begin_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	uint8_t hash[AUDIT_HASH];

	for (int i = 0; i < MODEL_THINGS; i++) {
		struct inv_event *e;
		size_t n;

		cr_assert_eq(inv_history_list(txn, model_serial(i), STORE_PIECE_N(m->c.a, 0, 40), &e, &n), 0);
		m->thing[i].told = n;
		m->thing[i].state = INV_IN_STOCK;
	}
	return audit_head(txn, &m->began, hash);
}

static void model_place_put(struct model *m, const char *id)
{
	const struct inv_place p = {.id = id, .kind = INV_PLACE_DESK, .name = {id, id, id}, .lends = true};

	cr_assert_eq(inv_place_put(m->c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 900), &p, true, &m->c.r), 0, "%s",
		counter_said(&m->c));
}

/* Door bells and bags are signed for both ways, magnifiers not at all, the rest when it goes out. */
static void model_sign_rule(struct model *m, const char *product, enum inv_term term, uint32_t value)
{
	struct inv_rule rule = {.why = "test", .product = product};
	uint64_t id;

	rule.set[term] = value + 1;
	cr_assert_eq(inv_rule_put(m->c.inv, &m->c.by, &rule, &m->c.r, &id), 0, "%s", counter_said(&m->c));
}

static void model_open(struct model *m)
{
	static const struct inv_part template[] = {{.name = "Kabel", .expected = 2},
		{.name = "Batterier", .expected = 4, .consumable = true}};

	counter_open(&m->c);
	model_sign_rule(m, "ringklocka", INV_TERM_SIGN_IN, 1);
	model_sign_rule(m, "lupp", INV_TERM_SIGN_OUT, 0);
	model_place_put(m, "disk");
	model_place_put(m, "filial");
	model_product_put(m, "vaska", INV_KIND_KIT);
	model_product_put(m, "lampa", INV_KIND_THING);
	model_sign_rule(m, "vaska", INV_TERM_SIGN_IN, 1);
	cr_assert_eq(inv_template_put(m->c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 900), "vaska", template, 2, &m->c.r),
		0);
	cr_assert_eq(store_write(m->c.st, model_units_in, NULL), 0);
	for (int i = 0; i < MODEL_KITS; i++) {
		const struct inv_act act = {
			&counter_anna, model_serial(MODEL_KIT + i), COUNTER_NOW - 800};
		const struct inv_part lamp = {.unit = model_serial(MODEL_LAMP + i)};

		cr_assert_eq(inv_kit_begin(m->c.inv, &act, &m->c.r), 0);
		cr_assert_eq(inv_kit_add(m->c.inv, &act, &lamp, &m->c.r), 0, "%s",
			counter_said(&m->c));
	}
	cr_assert_eq(store_read(m->c.st, begin_in, m), 0);
}

/* --- what was written down --- */

struct model_sums {
	uint64_t seq, story;
	/* Records since m->seq: of the act; or of a thing that was marked or counted, if that was the
	 * act. What an act did to a thing (marked lost from a loan, counted as it came back), and what
	 * a kit's part did with the kit, stand beside it under the thing's own number. */
	size_t acts, marks;
	size_t own; /* the former alone, and texts that are void */
};

/* What stands beside an act under a name of its own: whoever's name was opened for a paper was looked at. */
static bool stands_beside(const char *act)
{
	return text_starts(act, "part.") || text_equal(act, "borrower.look");
}

static int model_sums_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct model_sums *s = arg;
	uint64_t since = s->seq;
	struct audit_record *x;
	uint8_t hash[AUDIT_HASH];
	size_t n = 0, voids = 0;
	int err = audit_list(txn, NULL, STORE_PIECE_N(a, 0, 60), &x, &n);

	*s = (struct model_sums){0};
	for (size_t i = 0; err == 0 && i < n && x[i].seq > since; i++) {
		if (text_equal(x[i].act, "item.mark") || text_equal(x[i].act, "kit.count"))
			s->marks++;
		else if (text_equal(x[i].act, "agreement.void")) /* or an undone hand-out's drafts */
			voids++;
		else
			s->acts += !stands_beside(x[i].act);
	}
	s->own = s->acts + voids;
	s->acts = s->acts || !voids ? s->acts : voids;
	s->acts = s->acts || !s->marks ? s->acts : s->marks;
	if (err == 0)
		err = audit_head(txn, &s->seq, hash);
	for (int i = 0; err == 0 && i < MODEL_THINGS; i++) {
		struct inv_unit u;

		err = inv_unit_get(txn, a, model_serial(i), &u);
		s->story += err ? 0 : u.history_seq;
	}
	return err;
}

static struct model_sums model_sums(struct model *m)
{
	struct model_sums s = {.seq = m->seq};

	cr_assert_eq(store_read(m->c.st, model_sums_in, &s), 0);
	return s;
}

/* What comes now is another act. */
static void model_go_on(struct model *m)
{
	const struct model_sums s = model_sums(m);

	m->seq = s.seq;
	m->story = s.story;
}

/* The acts since, for people. */
static int model_acts_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	struct audit_record *x;
	size_t n;
	int err = audit_list(txn, NULL, STORE_PIECE_N(m->c.a, 0, 20), &x, &n);

	for (size_t i = 0; err == 0 && i < n && x[i].seq > m->seq; i++)
		fprintf(stderr, "act %d: %s %s %s\n", m->act, x[i].act, x[i].object,
			x[i].detail ? x[i].detail : "");
	return err;
}

/* An act that was accepted stands in the audit log once; of one that was refused nothing is written. */
static void count(struct model *m, int err)
{
	const struct model_sums s = model_sums(m);

	cr_assert(err == 0 || err == ERR_REFUSED, "act %d: %s: %s", m->act, m->doing, err_name(err));
	if (s.acts != (err == 0) || s.marks > 1)
		cr_assert_eq(store_read(m->c.st, model_acts_in, m), 0);
	cr_assert(s.acts == (err == 0) && s.marks <= 1, "act %d: %s, %zu records", m->act,
		err ? counter_said(&m->c) : "done", s.acts);
	if (err == 0) {
		m->done++;
		m->rows += (unsigned)s.own;
		return;
	}
	m->refused++;
	cr_assert_eq(s.seq, m->seq);
	cr_assert_eq(s.story, m->story, "act %d was refused, and told: %s", m->act,
		counter_said(&m->c));
	cr_assert_not_null(m->c.r.say);
	for (int l = 0; l < SAY_LANGS; l++)
		cr_assert_gt(strlen(refusal_text(m->c.a, (enum say_lang)l, &m->c.r)), 5);
}

/* --- the store and the model --- */

/* What was told of a thing since it was looked at last fits what it was and what it is: each line begins where the
 * one before ended, and nothing moved that no line tells of. The count is the model's own. */
static void read_story(struct store_txn *txn, struct model *m, int i, const struct inv_unit *u)
{
	enum inv_state at = m->thing[i].state;
	struct inv_event *e;
	size_t n, k;

	cr_assert_eq(inv_history_list(txn, u->serial, STORE_PIECE_N(m->c.a, 0, 40), &e, &n), 0);
	for (k = 0; k < n && e[k].seq > m->thing[i].told;)
		k++;
	cr_assert_lt(k, 40);
	while (k--) {
		cr_assert_eq(e[k].seq, ++m->thing[i].told, "act %d: %s: a line of %s is not there", m->act, m->doing,
			u->serial);
		if (!e[k].to) /* a count, a word: it moved nothing */
			continue;
		cr_assert_eq(e[k].from, at, "act %d: %s: %s was %s, its story says it was %s", m->act, m->doing,
			u->serial, inv_state_name(at), inv_state_name(e[k].from));
		at = e[k].to;
	}
	cr_assert_eq(at, u->state, "act %d: %s: %s is %s, its story ends with %s", m->act, m->doing, u->serial,
		inv_state_name(u->state), inv_state_name(at));
}

static bool read_one(struct store_txn *txn, struct model *m, int i)
{
	struct inv_loan loan = {0};
	struct inv_loan_line line;
	struct inv_unit u;
	int err = inv_unit_get(txn, m->c.a, model_serial(i), &u);

	cr_assert_eq(err, 0);
	read_story(txn, m, i, &u);
	err = inv_loan_of_unit(txn, m->c.a, model_serial(i), &loan, &line);
	cr_assert(err == 0 || err == ERR_NOTFOUND);
	m->thing[i].loan = err == 0 ? loan.id : 0;
	m->thing[i].lost = inv_state_is_away(u.state);
	m->thing[i].handed_in = u.state == INV_HANDED_IN;
	m->thing[i].lacks = u.parts_missing != 0;
	m->newest_loan = m->thing[i].loan > m->newest_loan ? m->thing[i].loan : m->newest_loan;
	m->first_loan = m->first_loan ? m->first_loan : m->newest_loan;
	m->thing[i].state = u.state;
	if (model_is_lamp(i))
		cr_assert_eq(err, ERR_NOTFOUND, "a part has a line of its own");
	else
		cr_assert(u.state == INV_MISSING ||
				  (err == 0) == (u.state == INV_ON_LOAN || m->thing[i].lost),
			"act %d: %s: %s is %s", m->act, m->doing, u.serial, inv_state_name(u.state));
	for (int b = 0; err == 0 && b < COUNTER_BORROWERS; b++) {
		if (text_equal(loan.borrower, m->c.borrower[b]))
			m->thing[i].borrower = b;
	}
	return err == 0;
}

/* What a kit has in it goes where the kit goes; what was marked by itself may be elsewhere, but with
 * no borrower when the kit is with none. */
static void check_lamp(const struct model *m, int i)
{
	enum inv_state kit = m->thing[MODEL_KIT + i].state, lamp = m->thing[MODEL_LAMP + i].state;

	cr_assert(lamp != INV_ON_LOAN || m->thing[MODEL_KIT + i].loan,
		"act %d: %s: the kit is %s, its lamp %s", m->act, m->doing, inv_state_name(kit),
		inv_state_name(lamp));
	cr_assert(m->thing[MODEL_LAMP + i].marked || lamp == kit || lamp == INV_MISSING,
		"act %d: %s: the kit is %s, its lamp %s", m->act, m->doing, inv_state_name(kit),
		inv_state_name(lamp));
}

/* What undo and the scan box did is read back from the store; that it fits is checked there. */
static int read_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	uint64_t open = 0;

	for (int i = 0; i < MODEL_THINGS; i++)
		open += read_one(txn, m, i);
	for (int i = 0; i < MODEL_KITS; i++)
		check_lamp(m, i);
	{
		struct inv_loan_counts n;

		cr_assert_eq(inv_loan_count(txn, &n), 0);
		cr_assert_eq(n.open_lines, open);
	}
	return 0;
}

#endif
