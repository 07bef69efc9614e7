/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Search over things, from indexes alone. Each word of the question is looked up as a code and as
 * a word, its beginning, its end or what lies within it; what all the words lead to is best. A word that
 * leads nowhere is held against the words, and their ends, that share its parts of three letters, and
 * one or two slips are forgiven.
 */
#include "inventory/inventory_int.h"

#include "base/fold.h"
#include "base/text.h"

#include <stdlib.h>

#define WORDS_MOST 6
#define POSTINGS_MOST 250 /* rows read for one word */
#define CANDIDATES_MOST 300
#define MEANT_MOST 6
#define WITHIN_LEAST 4 /* letters: "ur" ends too much */
#define WITHIN_MOST 24
#define SURE_LEAST 5 /* letters of a beginning that is hardly there by chance */
#define FOUND_MOST 700

enum {
	SCORE_CODE = 1000,
	SCORE_CODE_END = 400,
	SCORE_CODE_NEAR = 300,
	SCORE_WORD = 200,
	SCORE_BEGUN = 120,
	SCORE_ENDED = 90,
	SCORE_WITHIN = 80,
	SCORE_SLIP = 60
};

struct finding {
	struct store_txn *txn;
	struct arena *a;
	struct one {
		struct inv_found f;
		unsigned words; /* bits: which words of the question led here */
		bool sure;	/* one of them by more than a slip or a few letters */
	} * all;
	size_t n;
	unsigned word; /* the bit of the word at work */
	bool unsure;   /* what is found now */
	bool part;     /* the words that are read now only have in them what was typed */
	bool lost;     /* a word of the question led nowhere */
};

static void found(
	struct finding *fi, enum inv_hit_kind kind, const char *id, unsigned score, bool slip)
{
	/* A product is what most people look for; a place least. */
	score += kind == INV_HIT_PRODUCT ? 20 : kind == INV_HIT_UNIT ? 10 : 0;
	for (size_t i = 0; i < fi->n; i++) {
		struct one *o = &fi->all[i];

		if (o->f.kind != kind || !text_equal(o->f.id, id))
			continue;
		if (!(o->words & fi->word)) {
			o->f.score += score;
			o->f.slip = o->f.slip || slip;
		}
		o->sure = o->sure || !fi->unsure;
		o->words |= fi->word;
		return;
	}
	if (fi->n == FOUND_MOST)
		return;
	fi->all[fi->n++] = (struct one){
		{.kind = kind, .id = arena_strdup(fi->a, id), .score = score, .slip = slip},
		fi->word, !fi->unsure};
}

static size_t letters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static enum inv_hit_kind kind_of(int whose)
{
	return whose == INV_WORD_PRODUCT ? INV_HIT_PRODUCT
	       : whose == INV_WORD_PLACE ? INV_HIT_PLACE
					 : INV_HIT_UNIT;
}

/* A prefix without the NUL that ends a text in a key. */
static struct store_key begun(const char *s)
{
	return store_key("b", s, strlen(s));
}

/* --- words --- */

/* Everything that has a word, or (begun) one that begins so. */
static int find_words(struct finding *fi, const char *word, bool whole, unsigned score, bool slip)
{
	struct store_key prefix = whole ? store_key("s", word) : begun(word);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t read = 0;
	int err = store_iter_init(&it, fi->txn, INV_WORD, &prefix);

	while (err == 0 && read++ < POSTINGS_MOST && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *w, *id;
		int whose;

		bool same;

		err = store_key_parse(k, "scs", &w, &whose, &id);
		if (err)
			break;
		same = strcmp(w, word) == 0;
		fi->unsure = slip || fi->part || (!same && letters(word) < SURE_LEAST);
		found(fi, kind_of(whose), id, same ? score : score * SCORE_BEGUN / SCORE_WORD, slip);
	}
	fi->unsure = false;
	return err == ERR_NOTFOUND ? 0 : err;
}

struct candidate {
	const char *word;
	unsigned shared, distance;
	bool end; /* the distance is to its end */
};

/* The words that have a part, `all` of them unless they are too many. */
static int collect(
	struct finding *fi, const char *part, struct candidate *c, size_t *n, bool *ret_all)
{
	struct store_key prefix = store_key("s", part);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t read = 0;
	int err = store_iter_init(&it, fi->txn, INV_WORD_PART, &prefix);

	while (err == 0 && read++ < POSTINGS_MOST && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *p, *word;
		size_t i = 0;

		err = store_key_parse(k, "ss", &p, &word);
		if (err)
			break;
		while (i < *n && strcmp(c[i].word, word) != 0)
			i++;
		if (i == *n && *n < CANDIDATES_MOST)
			c[(*n)++] = (struct candidate){.word = arena_strdup(fi->a, word)};
		if (i < *n)
			c[i].shared++;
	}
	*ret_all = err == ERR_NOTFOUND && *n < CANDIDATES_MOST;
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool ends_so(const char *word, const char *end)
{
	size_t n = strlen(word), m = strlen(end);

	return n > m && strcmp(word + n - m, end) == 0;
}

/* Where they neither are the word nor begin with it. */
static size_t keep_within(const struct candidate *c, size_t n, const char *typed, const char **ret,
	size_t ret_n)
{
	for (size_t i = 0; i < n && ret_n < WITHIN_MOST; i++) {
		size_t j = 0;

		if (!strstr(c[i].word + 1, typed))
			continue;
		while (j < ret_n && strcmp(ret[j], c[i].word) != 0)
			j++;
		if (j == ret_n)
			ret[ret_n++] = c[i].word;
	}
	return ret_n;
}

/* The end of a compound, "armband" for an "aktivitetsarmband", or what lies within one: "armban". Such
 * a word has each part of it, so the first part that few words have tells them all. */
static int find_within(struct finding *fi, const char *word)
{
	struct candidate *c = ARENA_ARRAY(fi->a, struct candidate, CANDIDATES_MOST);
	const char *parts[INV_WORD_PARTS], *within[WITHIN_MOST];
	size_t within_n = 0, i = inv_word_parts(fi->a, word, parts);
	bool ends = true, all = false;
	int err = 0;

	if (letters(word) < WITHIN_LEAST)
		return 0;
	/* From behind, ends first: the last part is marked as one, and the first as a beginning. */
	while (err == 0 && !all && within_n < WITHIN_MOST && i-- > 1) {
		size_t n = 0;

		err = collect(fi, parts[i], c, &n, &all);
		within_n = keep_within(c, n, word, within, within_n);
		all = all && !ends;
		ends = false;
	}
	fi->part = letters(word) < SURE_LEAST;
	for (i = 0; err == 0 && i < within_n; i++)
		err = find_words(fi, within[i], true,
			ends_so(within[i], word) ? SCORE_ENDED : SCORE_WITHIN, false);
	fi->part = false;
	return err;
}

/* A place is also called by its id. */
static int find_place(struct finding *fi, const char *id)
{
	struct inv_place p;
	int err = strlen(id) < STORE_KEY_MAX ? inv_place_get(fi->txn, fi->a, id, &p) : ERR_NOTFOUND;

	if (err == 0)
		found(fi, INV_HIT_PLACE, p.id, SCORE_WORD, false);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Of a note only the whole word is known. */
static int find_word(struct finding *fi, const char *word)
{
	const char *hashed = inv_word_hashed(fi->txn, fi->a, word);
	int err = find_words(fi, word, strlen(word) < 2, SCORE_WORD, false);

	if (err == 0 && hashed)
		err = find_words(fi, hashed, true, SCORE_WORD, false);
	return err ? err : find_within(fi, word);
}

/* As on a keyboard without å, ä and ö. */
static const char *plain(struct arena *a, const char *word)
{
	char *s = arena_strdup(a, word), *to = s;

	for (const char *at = s; *at; at++) {
		unsigned char next = (unsigned char)at[1];
		bool ring = *at == '\xc3' && (next == 0xa5 || next == 0xa4 || next == 0xb6);

		*to++ = !ring ? *at : next == 0xb6 ? 'o' : 'a';
		at += ring;
	}
	*to = '\0';
	return s;
}

/* To the word or, where that is too far, to its end. However many dots are left out, it is one slip. */
static bool is_near(struct finding *fi, const char *typed, struct candidate *c)
{
	unsigned most = fold_slips(typed), ends = fold_end_slips(typed);
	const char *dots = strstr(plain(fi->a, c->word), typed);

	c->distance = fold_nearness(typed, c->word, most);
	if (c->distance > 1 && dots)
		c->distance = 1;
	c->end = c->distance > most;
	if (c->end && ends) {
		c->distance = fold_end_distance(typed, c->word, ends);
		return c->distance <= ends;
	}
	return !c->end;
}

static int by_likeness(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	if (a->end != b->end)
		return a->end ? 1 : -1;
	return (a->shared < b->shared) - (a->shared > b->shared);
}

static int find_meant(struct finding *fi, const char *word)
{
	struct candidate *c = ARENA_ARRAY(fi->a, struct candidate, CANDIDATES_MOST);
	const char *parts[INV_WORD_PARTS];
	size_t parts_n = inv_word_parts(fi->a, word, parts), n = 0, kept = 0;
	bool all, forgiven = fold_slips(word) > 0;
	int err = 0;

	for (size_t i = 0; err == 0 && forgiven && i < parts_n; i++)
		err = collect(fi, parts[i], c, &n, &all);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (is_near(fi, word, &c[i]))
			c[kept++] = c[i];
	}
	qsort(c, kept, sizeof(*c), by_likeness);
	for (size_t i = 0; err == 0 && i < kept && i < MEANT_MOST; i++)
		err = find_words(fi, c[i].word, true, SCORE_SLIP - 10 * c[i].distance - 5 * c[i].end, true);
	return err;
}

/* --- codes --- */

static bool has_digit(const char *s)
{
	return s[strcspn(s, "0123456789")] != '\0';
}

static int find_code(struct finding *fi, const char *raw)
{
	struct inv_scan *scans;
	struct inv_hit *hits;
	size_t n, hits_n;
	int err = inv_scan_parse(fi->a, bytes_of_str(raw), &scans, &n);

	if (err)
		return err == ERR_BADINPUT || err == ERR_TOOBIG ? 0 : err;
	err = inv_scan_find(fi->txn, fi->a, &scans[0], &hits, &hits_n);
	for (size_t i = 0; err == 0 && i < hits_n; i++)
		found(fi, hits[i].kind, hits[i].id, SCORE_CODE, false);
	if (err || hits_n || !has_digit(raw))
		return err;
	err = inv_scan_near(fi->txn, fi->a, &scans[0], &hits, &hits_n);
	for (size_t i = 0; err == 0 && i < hits_n; i++)
		found(fi, hits[i].kind, hits[i].id, SCORE_CODE_NEAR, true);
	return err;
}

/* Codes that begin, or end, with what was typed. */
static int find_code_part(struct finding *fi, const char *code, bool end)
{
	struct store_key prefix = begun(end ? inv_code_backwards(fi->a, code) : code);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t read = 0;
	int err = store_iter_init(&it, fi->txn, end ? INV_CODE_TAIL : INV_BY_ITEM, &prefix);

	while (err == 0 && read++ < POSTINGS_MOST / 8 &&
		(err = store_iter_next(&it, &k, &v)) == 0) {
		const char *c, *serial;

		if (!end) {
			found(fi, INV_HIT_UNIT, arena_strndup(fi->a, v.p, v.n), SCORE_CODE_END,
				false);
			continue;
		}
		err = store_key_parse(k, "ss", &c, &serial);
		if (err == 0)
			found(fi, INV_HIT_UNIT, serial, SCORE_CODE_END, false);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The keys of units that begin so. */
static int find_serial_begun(struct finding *fi, const char *code)
{
	struct store_key prefix = begun(code);
	AUTO(store_iter) struct store_iter it = {0};
	const char *serial;
	struct bytes k, v;
	size_t read = 0;
	int err = store_iter_init(&it, fi->txn, INV_UNIT, &prefix);

	while (err == 0 && read++ < POSTINGS_MOST / 8 &&
		(err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "s", &serial);
		if (err == 0)
			found(fi, INV_HIT_UNIT, serial, SCORE_CODE_END, false);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The other codes that begin so: a maker's serial number, an IMEI. */
static int find_index_begun(struct finding *fi, const char *code)
{
	struct store_key prefix = begun(code);
	AUTO(store_iter) struct store_iter it = {0};
	const char *c, *id;
	struct bytes k, v;
	size_t read = 0;
	int kind, whose;
	int err = store_iter_init(&it, fi->txn, INV_CODE, &prefix);

	while (err == 0 && read++ < POSTINGS_MOST / 8 &&
		(err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "sccs", &c, &kind, &whose, &id);
		if (err == 0)
			found(fi, kind_of(whose), id, SCORE_CODE_END, false);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int find_codes(struct finding *fi, const char *raw)
{
	const char *code;
	int err;

	err = find_code(fi, raw);
	if (err || inv_code_parse(fi->a, raw, &code) != 0 || strlen(code) < 3)
		return err;
	err = find_code_part(fi, code, false);
	if (err == 0)
		err = find_serial_begun(fi, code);
	if (err == 0)
		err = find_index_begun(fi, code);
	return err || strlen(code) < 4 || !has_digit(code) ? err : find_code_part(fi, code, true);
}

/* --- the question --- */

static int by_score(const void *x, const void *y)
{
	const struct one *a = x, *b = y;
	int wa = __builtin_popcount(a->words), wb = __builtin_popcount(b->words);

	if (wa != wb)
		return wb - wa;
	if (a->f.score != b->f.score)
		return a->f.score < b->f.score ? 1 : -1;
	return strcmp(a->f.id, b->f.id);
}

/* Has the word at work led anywhere? */
static bool led(const struct finding *fi)
{
	for (size_t i = 0; i < fi->n; i++) {
		if (fi->all[i].words & fi->word)
			return true;
	}
	return false;
}

static int find_one(struct finding *fi, const char *raw)
{
	const char *words[4];
	size_t n = fold_words(fi->a, raw, 4, words), before = fi->n;
	int err = find_codes(fi, raw);

	if (err == 0)
		err = find_place(fi, fold_text(fi->a, raw));
	for (size_t i = 0; err == 0 && i < n; i++)
		err = find_word(fi, words[i]);
	/* Nothing at all has it: a slip, perhaps. */
	if (err == 0 && n && fi->n == before && !led(fi)) {
		err = find_meant(fi, words[0]);
		fi->lost = fi->lost || !led(fi);
	}
	return err;
}

/* Beside a word that leads nowhere, as in a person's name, a slip or a few letters say nothing. */
static void drop_unsure(struct finding *fi)
{
	size_t kept = 0;

	for (size_t i = 0; i < fi->n; i++) {
		if (fi->all[i].sure)
			fi->all[kept++] = fi->all[i];
	}
	fi->n = kept;
}

int inv_search(struct store_txn *txn, struct arena *a, const char *words, size_t most,
	struct inv_found **ret, size_t *ret_n)
{
	struct finding fi = {.txn = txn, .a = a};
	struct inv_found *list = ARENA_ARRAY(a, struct inv_found, most + 1);
	const char *at = words;
	unsigned n = 0;
	int err = 0;

	if (strlen(words) > INV_SCAN_BYTES || !text_is_utf8(bytes_of_str(words)))
		return ERR_BADINPUT;
	fi.all = ARENA_ARRAY(a, struct one, FOUND_MOST);
	while (err == 0 && n < WORDS_MOST && *(at += strspn(at, " \t\r\n"))) {
		size_t len = strcspn(at, " \t\r\n");

		fi.word = 1u << n++;
		err = find_one(&fi, arena_strndup(a, at, len));
		at += len;
	}
	/* A code may have blanks in it: "8946 2000 0000". */
	fi.word = 1u << n;
	if (err == 0 && n > 1 && has_digit(words))
		err = find_code(&fi, words);
	if (err)
		return err;
	if (fi.lost)
		drop_unsure(&fi);
	qsort(fi.all, fi.n, sizeof(*fi.all), by_score);
	for (size_t i = 0; i < fi.n && i < most; i++)
		list[i] = fi.all[i].f;
	*ret = list;
	*ret_n = fi.n < most ? fi.n : most;
	return 0;
}
