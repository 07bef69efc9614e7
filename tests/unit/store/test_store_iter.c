/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

TestSuite(store_iter, .init = test_setup, .fini = test_teardown);

static const char *const names[] = {"a", "ab", "aba", "abb", "ac", "b", "ba", "c"};
#define NAMES (sizeof(names) / sizeof(names[0]))

static int put_names(struct store_txn *txn, void *arg)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct store_key k = store_key("b", names[i], strlen(names[i]));
		int err = store_put(txn, INV_HISTORY, &k, bytes_of_str(names[i]));

		if (err != 0)
			return err;
	}
	return 0;
}

/* A walk in words: steps like ">", "<" or a key to seek to; the answer is what came. */
struct walk {
	const char *prefix, *steps, *want;
	char got[200];
};

static void add_word(struct walk *w, const char *p, size_t n)
{
	size_t used = strlen(w->got);

	snprintf(w->got + used, sizeof(w->got) - used, "%s%.*s", used ? " " : "", (int)n, p);
}

static void walk_step(struct walk *w, struct store_iter *it, const char *step, size_t n)
{
	struct bytes key, value;
	int err;

	if (*step != '<' && *step != '>') {
		struct store_key k = store_key("b", step, n);

		store_iter_seek(it, &k);
		return;
	}
	err = *step == '>' ? store_iter_next(it, &key, &value) : store_iter_prev(it, &key, &value);
	if (err == ERR_NOTFOUND) {
		add_word(w, "-", 1);
		return;
	}
	cr_assert_eq(err, 0);
	cr_assert(bytes_equal(key, value), "each value is its key");
	add_word(w, (const char *)key.p, key.n);
}

static int walk_fn(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct walk *w = arg;
	struct store_key prefix = store_key("b", w->prefix, strlen(w->prefix));
	const char *s = w->steps;

	cr_assert_eq(store_iter_init(&it, txn, INV_HISTORY, *w->prefix ? &prefix : NULL), 0);
	while (*s) {
		size_t n = strcspn(s, " ");

		walk_step(w, &it, s, n);
		s += n + (s[n] == ' ');
	}
	return 0;
}

Test(store_iter, walks_go_where_they_are_sent)
{
	static struct walk walks[] = {
		{"", "> > > > > > > > > >", "a ab aba abb ac b ba c - -"},
		{"", "< < < < < < < < < <", "c ba b ac abb aba ab a - -"},
		{"a", "> > > > > >", "a ab aba abb ac -"},
		{"a", "< < < < < <", "ac abb aba ab a -"},
		{"ab", "> > > > < < < <", "ab aba abb - aba ab - -"},
		{"ab", "< < < < > > >", "abb aba ab - aba abb -"},
		{"c", "> > < <", "c - - -"},
		{"d", "> < > <", "- - - -"},
		{"", "ab > >", "ab aba"},
		{"", "ab < <", "a -"},
		{"", "abaa > < <", "abb aba ab"},
		{"", "abaa <", "aba"},
		{"", "zz > <", "- c"},
		{"", "A < >", "- a"},
		{"ab", "A > A <", "ab -"},
		{"ab", "zz > zz <", "- abb"},
		{"ab", "ac < ac >", "abb -"},
		{"ab", "a > > a <", "ab aba -"},
		{"b", "> ba > < <", "b ba b -"},
		{"", "> > < > > <", "a ab a ab aba ab"},
	};
	cr_assert_eq(store_write(test_store, put_names, NULL), 0);
	for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
		cr_assert_eq(store_read(test_store, walk_fn, &walks[i]), 0);
		cr_assert_str_eq(walks[i].got, walks[i].want, "walk %zu, %s by '%s': %s", i,
			walks[i].prefix, walks[i].steps, walks[i].got);
		/* in a writer's transaction alike */
		walks[i].got[0] = '\0';
		cr_assert_eq(store_write(test_store, walk_fn, &walks[i]), 0);
		cr_assert_str_eq(walks[i].got, walks[i].want, "writing, walk %zu", i);
	}
}

/* A prefix that ends in the highest byte has no next of its own length. */
static int walk_high_bytes(struct store_txn *txn, void *arg)
{
	static const char *const keys[] = {"\xfe", "\xff", "\xff\x01", "\xff\xff", "\xff\xff\xff"};
	AUTO(store_iter) struct store_iter it = {0}, all = {0};
	struct store_key prefix = store_key("b", "\xff\xff", (size_t)2);
	struct store_key fe = store_key("b", "\xfe\xff", (size_t)2);
	struct bytes key, value;

	for (size_t i = 0; i < 5; i++) {
		struct store_key k = store_key("b", keys[i], strlen(keys[i]));

		cr_assert_eq(store_put(txn, INV_TASK, &k, bytes_of("", 0)), 0);
	}
	cr_assert_eq(store_iter_init(&it, txn, INV_TASK, &prefix), 0);
	cr_assert_eq(store_iter_prev(&it, &key, &value), 0);
	cr_assert_eq(key.n, 3);
	cr_assert_eq(value.n, 0);
	cr_assert_eq(store_iter_prev(&it, &key, &value), 0);
	cr_assert_eq(key.n, 2);
	cr_assert_eq(store_iter_prev(&it, &key, &value), ERR_NOTFOUND);
	cr_assert_eq(store_iter_init(&all, txn, INV_TASK, &fe), 0);
	cr_assert_eq(store_iter_prev(&all, &key, &value), ERR_NOTFOUND);
	return 0;
}

Test(store_iter, the_highest_byte_in_a_prefix)
{
	cr_assert_eq(store_write(test_store, walk_high_bytes, NULL), 0);
}

/* Deletes or replaces what it stands on, in both directions. */
struct sweep {
	bool backwards, replace;
	unsigned seen;
};

static int sweep_fn(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct sweep *s = arg;
	struct bytes key, value;
	int err = store_iter_init(&it, txn, INV_HISTORY, NULL);

	while (err == 0) {
		struct store_key k;

		err = s->backwards ? store_iter_prev(&it, &key, &value)
				   : store_iter_next(&it, &key, &value);
		if (err != 0)
			break;
		s->seen++;
		k = store_key("b", key.p, key.n);
		err = s->replace
			      ? store_put(txn, INV_HISTORY, &k, bytes_of_str("longer than before"))
			      : store_del(txn, INV_HISTORY, &k);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

#define MANY 3000

static int put_many(struct store_txn *txn, void *arg)
{
	for (uint32_t i = 0; i < MANY; i++) {
		struct store_key k = store_key("u", i * 7919u % MANY);
		int err = store_put(txn, INV_HISTORY, &k, bytes_of_str("some bytes of a value"));

		if (err != 0)
			return err;
	}
	return 0;
}

Test(store_iter, what_it_stands_on_may_be_deleted_or_replaced)
{
	for (int i = 0; i < 4; i++) {
		struct sweep s = {.backwards = i & 1, .replace = i & 2};

		cr_assert_eq(store_write(test_store, put_many, NULL), 0);
		cr_assert_eq(store_write(test_store, sweep_fn, &s), 0);
		cr_assert_eq(s.seen, MANY, "%d: saw %u", i, s.seen);
		cr_assert_eq(test_count(INV_HISTORY), s.replace ? MANY : 0);
	}
}

/* --- against a model: any steps, any changes in between --- */

#define KEYS 64

struct model {
	bool has[KEYS];
	int state, at; /* 0 fresh, 1 before `at`, 2 on `at` */
	int lo, hi;    /* keys of the prefix: lo <= k < hi */
};

static uint32_t chance(void)
{
	static uint32_t x = 12345;

	x = x * 1664525u + 1013904223u;
	return x >> 8;
}

static int model_next(struct model *m)
{
	int k = m->state == 0 ? m->lo : m->state == 1 ? m->at : m->at + 1;

	for (k = k < m->lo ? m->lo : k; k < m->hi; k++) {
		if (m->has[k])
			break;
	}
	if (k >= m->hi)
		return -1;
	m->state = 2;
	return m->at = k;
}

static int model_prev(struct model *m)
{
	int k = m->state == 0 ? m->hi - 1 : m->at - 1;

	for (k = k >= m->hi ? m->hi - 1 : k; k >= m->lo; k--) {
		if (m->has[k])
			break;
	}
	if (k < m->lo)
		return -1;
	m->state = 2;
	return m->at = k;
}

/* Key k is two bytes, so that a prefix of one byte holds eight of them. */
static struct store_key key_of(int k)
{
	return store_key("cc", k / 8, k % 8);
}

static void model_change(struct store_txn *txn, struct model *m)
{
	static const char big[300];
	int k = (int)(chance() % KEYS);
	struct store_key key = key_of(k);

	if (chance() % 2) {
		cr_assert_eq(store_del(txn, INV_HISTORY, &key), m->has[k] ? 0 : ERR_NOTFOUND);
		m->has[k] = false;
	} else {
		cr_assert_eq(
			store_put(txn, INV_HISTORY, &key, bytes_of(big, chance() % sizeof(big))),
			0);
		m->has[k] = true;
	}
}

static void model_step(struct store_iter *it, struct model *m, int step)
{
	struct bytes key = {0}, value;
	bool forward = chance() % 2;
	int want = forward ? model_next(m) : model_prev(m);
	int err = forward ? store_iter_next(it, &key, &value) : store_iter_prev(it, &key, &value);
	struct store_key k;

	if (want < 0) {
		cr_assert_eq(err, ERR_NOTFOUND, "step %d", step);
		return;
	}
	k = key_of(want);
	cr_assert_eq(err, 0, "step %d: %d", step, err);
	cr_assert(bytes_equal(key, bytes_of(k.b, k.n)), "step %d: %d %d", step, key.p[0], key.p[1]);
}

static int model_fn(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct model *m = arg;
	int high = (int)(chance() % 9);
	struct store_key prefix = store_key("c", high);

	m->state = 0;
	m->lo = high < 8 ? high * 8 : 0;
	m->hi = high < 8 ? high * 8 + 8 : KEYS;
	cr_assert_eq(store_iter_init(&it, txn, INV_HISTORY, high < 8 ? &prefix : NULL), 0);
	for (int step = 0; step < 400; step++) {
		unsigned what = chance() % 8;

		if (what < 2) {
			model_change(txn, m);
		} else if (what == 2) {
			struct store_key k;

			m->state = 1;
			m->at = (int)(chance() % KEYS);
			k = key_of(m->at);
			store_iter_seek(&it, &k);
		} else {
			model_step(&it, m, step);
		}
	}
	return 0;
}

Test(store_iter, any_steps_and_changes_agree_with_a_model)
{
	struct model m = {0};

	for (int round = 0; round < 60; round++)
		cr_assert_eq(store_write(test_store, model_fn, &m), 0);
}
