/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The words of things, for searching.
 *
 * INV_WORD       s word, c whose, s id                 -> empty
 * INV_WORD_PART  s three bytes of a word, s word       -> empty
 *
 * A word that somebody typed freely (a note) stands there as "=" and a keyed hash, without parts.
 * Any other has its parts for as long as anything has the word: a typing slip leaves most of them
 * whole, and so the words that were meant are found without looking through all.
 */
#include "inventory/inventory_int.h"

#include "base/fold.h"
#include "base/text.h"

static bool has(const struct inv_words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++) {
		if (strcmp(w->word[i], word) == 0)
			return true;
	}
	return false;
}

void inv_words_add(struct arena *a, struct inv_words *w, const char *text)
{
	const char *words[INV_WORDS];
	size_t n = text_empty(text) ? 0 : fold_words(a, text, INV_WORDS, words);

	for (size_t i = 0; i < n && w->n < INV_WORDS; i++) {
		if (!has(w, words[i]))
			w->word[w->n++] = words[i];
	}
}

#define HASHED '=' /* no folded word has it */
#define HASH_BYTES 12

const char *inv_word_hashed(struct store_txn *txn, struct arena *a, const char *word)
{
	uint8_t hash[32];

	if (!store_words_hash(txn, "inv.word", bytes_of_str(word), hash))
		return NULL;
	return arena_printf(a, "%c%s", HASHED, text_hex(a, bytes_of(hash, HASH_BYTES)));
}

void inv_words_add_typed(
	struct store_txn *txn, struct arena *a, struct inv_words *w, const char *text)
{
	const char *words[INV_WORDS];
	size_t n = text_empty(text) ? 0 : fold_words(a, text, INV_WORDS, words);

	for (size_t i = 0; i < n && w->n < INV_WORDS; i++) {
		const char *hashed = inv_word_hashed(txn, a, words[i]);

		if (!has(w, hashed ? hashed : words[i]))
			w->word[w->n++] = hashed ? hashed : words[i];
	}
}

/* Does anything have the word? */
static int is_used(struct store_txn *txn, const char *word, bool *ret)
{
	struct store_key prefix = store_key("s", word);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_WORD, &prefix);

	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0;
	return 0;
}

size_t inv_word_parts(struct arena *a, const char *word, const char *ret[INV_WORD_PARTS])
{
	/* "^" and "$" stand for its ends, so that they weigh too. */
	const char *whole = arena_printf(a, "^%s$", word);
	size_t n = strlen(whole), parts = 0;

	for (size_t i = 0; i + 3 <= n && parts < INV_WORD_PARTS; i++)
		ret[parts++] = arena_strndup(a, whole + i, 3);
	return parts;
}

static int set_parts(struct store_txn *txn, struct arena *a, const char *word, bool there)
{
	const char *parts[INV_WORD_PARTS];
	size_t n = word[0] == HASHED ? 0 : inv_word_parts(a, word, parts);
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct store_key k = store_key("ss", parts[i], word);

		err = there ? inv_row_put(txn, INV_WORD_PART, &k)
			    : inv_row_del(txn, INV_WORD_PART, &k);
	}
	return err;
}

static int word_add(
	struct store_txn *txn, struct arena *a, const char *word, int whose, const char *id)
{
	struct store_key k = store_key("scs", word, whose, id);
	bool used;
	int err = is_used(txn, word, &used);

	if (err == 0 && !used)
		err = set_parts(txn, a, word, true);
	return err ? err : inv_row_put(txn, INV_WORD, &k);
}

static int word_del(
	struct store_txn *txn, struct arena *a, const char *word, int whose, const char *id)
{
	struct store_key k = store_key("scs", word, whose, id);
	bool used;
	int err = inv_row_del(txn, INV_WORD, &k);

	if (err == 0)
		err = is_used(txn, word, &used);
	return err || used ? err : set_parts(txn, a, word, false);
}

int inv_words_index(struct store_txn *txn, int whose, const char *id,
	const struct inv_words *before, const struct inv_words *now)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = 0;

	for (size_t i = 0; err == 0 && i < before->n; i++) {
		if (!has(now, before->word[i]))
			err = word_del(txn, a, before->word[i], whose, id);
	}
	for (size_t i = 0; err == 0 && i < now->n; i++) {
		if (!has(before, now->word[i]))
			err = word_add(txn, a, now->word[i], whose, id);
	}
	return err;
}
