/* SPDX-License-Identifier: EUPL-1.2 */
/* What an older program kept in clear of what somebody typed is sealed at the start of this one. */
#include "tests/unit/base/toy_sealer.h"
#include "inventory/circulation_int.h"
#include "tests/unit/inventory/shelf.h"

#include "base/file.h"

#define UNITS 350 /* more than one page of a step */

static uint8_t key = 7;

static int forget_layout(struct store_txn *txn, void *arg)
{
	struct store_key layout = store_key("s", "=layout");
	int err = store_del(txn, INV_SERIES, &layout);

	(void)arg;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* An act that can be undone, and what stood there before it. */
static int add_last(struct store_txn *txn, void *arg)
{
	const struct inv_last l = {.id = 1, .actor = "anna", .desk = "", .act = "item.mark"};
	const char *before = "1\n\n\nZaida";

	(void)arg;
	return inv_last_put(txn, &l, bytes_of_str(before), false);
}

static void fill(struct shelf *s)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct inv_fields f = INV_FIELDS_NONE;

	buf_add_str(&csv, "serial,note\n");
	for (int i = 0; i < UNITS; i++)
		buf_printf(&csv, "DMPX%05d,Zaida har laddaren %d\n", i, i);
	shelf_import(s, buf_str(&csv), 0);
	shelf_import(s, "serial,note\nDMPX00003,annat\n", 0); /* keeps what stood there before */
	f.condition_note = "Zaida tappade den";
	SHELF_OK(s, inv_unit_change(s->inv, &SHELF_ACT("DMPX00349", 1100), &f, &s->r));
	SHELF_OK(s, inv_unit_note(s->inv, &SHELF_ACT("DMPX00349", 1200), "Zaida ringde", &s->r));
	cr_assert_eq(store_write(s->st, add_last, NULL), 0);
}

/* A compact copy: what is not in use any more is not in it. */
static bool is_in_store(struct shelf *s, const char *word)
{
	AUTO(buf) struct buf all = BUF_INIT(256u << 20);
	char path[128];

	snprintf(path, sizeof(path), "%s/copy", s->dir);
	cr_assert_eq(store_backup(s->st, path, NULL, NULL), 0);
	cr_assert_eq(file_read(path, &all), 0);
	cr_assert_eq(remove(path), 0);
	cr_assert_not_null(memmem(all.p, all.n, "DMPX00003", 9), "nothing was looked at");
	return memmem(all.p, all.n, word, strlen(word)) != NULL;
}

struct asking {
	const char *words;
	size_t n;
};

static int ask_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct asking *q = out;
	struct inv_found *f;

	return inv_search(txn, a, q->words, 500, &f, &q->n);
}

static size_t found(struct shelf *s, const char *words)
{
	struct asking q = {.words = words};

	cr_assert_eq(shelf_read(s, ask_in, &q), 0);
	return q.n;
}

Test(layout_words, are_sealed_once)
{
	const struct rec_sealer toy = TOY_SEALER(&key);
	struct shelf_find f;
	uint64_t version;
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	cr_expect(is_in_store(&s, "Zaida"), "an older program kept it");
	cr_expect(is_in_store(&s, "zaida"), "and in the index");
	cr_assert_eq(store_write(s.st, forget_layout, NULL), 0);
	store_sealer_set(s.st, &toy);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_expect_not(is_in_store(&s, "Zaida"));
	cr_expect_not(is_in_store(&s, "zaida"));
	cr_expect_not(is_in_store(&s, "laddaren"));
	f = shelf_find(&s, "DMPX00349");
	cr_expect_str_eq(f.u.note, "Zaida har laddaren 349");
	cr_expect_str_eq(f.u.condition_note, "Zaida tappade den");
	cr_expect_str_eq(f.events[0].text, "Zaida ringde");
	cr_expect_gt(found(&s, "zaida"), 240, "by the whole word notes are found");
	cr_expect_eq(found(&s, "laddar"), 0);
	version = store_version(s.st);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_expect_eq(store_version(s.st), version, "the second time there is nothing to do");
	shelf_close(&s);
}

Test(layout_words, are_found_and_forgotten_sealed)
{
	const struct rec_sealer toy = TOY_SEALER(&key);
	struct inv_fields f = INV_FIELDS_NONE;
	struct shelf s;

	shelf_open(&s);
	store_sealer_set(s.st, &toy);
	fill(&s);
	cr_expect_not(is_in_store(&s, "Zaida har"));
	cr_expect_not(is_in_store(&s, "zaida"));
	cr_expect_eq(found(&s, "tappade"), 1);
	cr_expect_eq(found(&s, "pade"), 0, "nor by the end of a word");
	f.condition_note = "";
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT("DMPX00349", 1300), &f, &s.r));
	cr_expect_eq(found(&s, "tappade"), 0);
	shelf_is_sound(&s);
	store_sealer_set(s.st, &rec_blind); /* as `hylla check` without the key */
	shelf_is_sound(&s);
	store_sealer_set(s.st, NULL);
	cr_expect_neq(inv_unit_change(s.inv, &SHELF_ACT("DMPX00349", 1400), &f, &s.r), 0,
		"what cannot be read is not written over");
	shelf_close(&s);
}
