/* SPDX-License-Identifier: EUPL-1.2 */
/* The door to ICU: folding, words, Swedish order. */
#include "base/fold.h"

#include "base/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define TEXT_MOST 4096 /* letters looked at; what stands behind is not folded */
#define REPLACEMENT 0xfffd

static struct {
	pthread_once_t once;
	const UNormalizer2 *casefold, *parts;
	UCollator *order;
} icu = {.once = PTHREAD_ONCE_INIT};

static void icu_open(void)
{
	UErrorCode err = U_ZERO_ERROR;

	icu.casefold = unorm2_getNFKCCasefoldInstance(&err);
	icu.parts = unorm2_getNFDInstance(&err);
	icu.order = ucol_open("sv", &err);
	if (U_SUCCESS(err))
		ucol_setAttribute(icu.order, UCOL_NUMERIC_COLLATION, UCOL_ON, &err);
	/* Its data are part of the library: without them the installation is broken. */
	if (U_FAILURE(err))
		abort();
}

static void icu_need(void)
{
	pthread_once(&icu.once, icu_open);
}

/* UTF-16, as ICU wants it; at most TEXT_MOST units. */
static int32_t widen(const char *s, UChar out[TEXT_MOST])
{
	int32_t at = 0, n = (int32_t)strnlen(s, (size_t)4 * TEXT_MOST), w = 0;

	while (at < n && w < TEXT_MOST - 1) {
		UChar32 c;

		U8_NEXT((const uint8_t *)s, at, n, c);
		if (c < 0)
			c = REPLACEMENT;
		U16_APPEND_UNSAFE(out, w, c);
	}
	return w;
}

static void add_letter(struct buf *out, UChar32 c)
{
	uint8_t b[U8_MAX_LENGTH];
	int32_t n = 0;

	U8_APPEND_UNSAFE(b, n, c);
	buf_add(out, b, (size_t)n);
}

/* One letter without its accents; the Swedish ones keep theirs. */
static UChar32 plain_letter(UChar32 c)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar parts[16];
	UChar32 first;
	int32_t n, at = 0;

	switch (c) {
	case 0xe5: /* å */
	case 0xe4: /* ä */
	case 0xf6: /* ö */
		return c;
	case 0xe6: /* æ */
		return 0xe4;
	case 0xf8: /* ø */
		return 0xf6;
	default:
		break;
	}
	if (c < 0x80)
		return c;
	n = unorm2_getDecomposition(icu.parts, c, parts, 16, &err);
	if (U_FAILURE(err) || n <= 0)
		return u_getCombiningClass(c) ? 0 : c;
	U16_NEXT(parts, at, n, first);
	return first;
}

static const char *fold_other(struct arena *a, const char *s)
{
	AUTO(buf) struct buf out = BUF_INIT((size_t)8 * TEXT_MOST);
	UChar wide[TEXT_MOST], folded[2 * TEXT_MOST];
	UErrorCode err = U_ZERO_ERROR;
	int32_t at = 0, n;

	icu_need();
	n = unorm2_normalize(icu.casefold, wide, widen(s, wide), folded, 2 * TEXT_MOST, &err);
	if (U_FAILURE(err))
		return "";
	while (at < n) {
		UChar32 c;

		U16_NEXT(folded, at, n, c);
		c = plain_letter(c);
		if (c)
			add_letter(&out, c);
	}
	return arena_strndup(a, out.p ? out.p : (const uint8_t *)"", out.n);
}

/* As most texts here are: of ASCII and the Swedish letters alone. They are folded without ICU, to the
 * same; NULL for any other. */
static const char *fold_simple(struct arena *a, const char *s)
{
	size_t n = strlen(s);
	char *out;

	if (n >= TEXT_MOST)
		return NULL;
	out = arena_alloc(a, n + 1);
	for (size_t i = 0; i <= n; i++) {
		uint8_t c = (uint8_t)s[i], next;

		if (c < 0x80) {
			out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			continue;
		}
		if (c != 0xc3)
			return NULL;
		next = (uint8_t)s[i + 1] | 0x20; /* Å Ä Ö are å ä ö but for this bit */
		if (next != 0xa5 && next != 0xa4 && next != 0xb6)
			return NULL;
		out[i++] = (char)c;
		out[i] = (char)next;
	}
	return out;
}

const char *fold_text(struct arena *a, const char *s)
{
	const char *simple = fold_simple(a, s);

	return simple ? simple : fold_other(a, s);
}

/* The end of the word that begins at `at`, cut between letters. */
static int32_t word_end(const char *s, int32_t at, int32_t n, int32_t *ret_next)
{
	int32_t cut = at, next = at;

	while (next < n) {
		int32_t before = next;
		UChar32 c;

		U8_NEXT((const uint8_t *)s, next, n, c);
		if (c < 0 || !u_isalnum(c)) {
			next = before;
			break;
		}
		if (next - at <= FOLD_WORD)
			cut = next;
	}
	*ret_next = next;
	return cut;
}

size_t fold_words(struct arena *a, const char *s, size_t most, const char **ret)
{
	const char *folded = s ? fold_text(a, s) : "";
	int32_t at = 0, n = (int32_t)strlen(folded);
	size_t words = 0;

	while (at < n && words < most) {
		int32_t next, end = word_end(folded, at, n, &next);
		UChar32 c;

		if (end > at)
			ret[words++] = arena_strndup(a, folded + at, (size_t)(end - at));
		else
			U8_NEXT((const uint8_t *)folded, next, n, c);
		at = next;
	}
	return words;
}

const char *fold_sort_key(struct arena *a, const char *s)
{
	UChar wide[TEXT_MOST];
	uint8_t key[FOLD_KEY + 1];
	int32_t n;

	icu_need();
	n = ucol_getSortKey(icu.order, wide, widen(s ? s : "", wide), key, (int32_t)sizeof(key));
	/* It ends with a NUL and holds no other. */
	n = n > (int32_t)sizeof(key) ? FOLD_KEY : n - 1;
	return arena_strndup(a, key, n > 0 ? (size_t)n : 0);
}

/* Up to FOLD_WORD letters of a word. */
static unsigned letters(const char *s, UChar32 out[FOLD_WORD])
{
	int32_t at = 0, n = (int32_t)strlen(s);
	unsigned w = 0;

	while (at < n && w < FOLD_WORD) {
		U8_NEXT((const uint8_t *)s, at, n, out[w]);
		w++;
	}
	return w;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, three rows at a time; or (end) of `a` and any end of `b`. */
static unsigned align(const char *a, const char *b, unsigned most, bool end)
{
	UChar32 x[FOLD_WORD], y[FOLD_WORD];
	unsigned n = letters(a, x), m = letters(b, y);
	unsigned rows[3][FOLD_WORD + 1];

	if (n > m + most || (!end && m > n + most))
		return most + 1;
	for (unsigned j = 0; j <= m; j++)
		rows[0][j] = end ? 0 : j;
	for (unsigned i = 1; i <= n; i++) {
		unsigned *now = rows[i % 3], *up = rows[(i + 2) % 3], *above = rows[(i + 1) % 3];
		unsigned best = i;

		now[0] = i;
		for (unsigned j = 1; j <= m; j++) {
			now[j] = least(least(up[j] + 1, now[j - 1] + 1),
				up[j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				now[j] = least(now[j], above[j - 2] + 1);
			best = least(best, now[j]);
		}
		if (best > most)
			return most + 1;
	}
	return least(rows[n % 3][m], most + 1);
}

unsigned fold_distance(const char *a, const char *b, unsigned most)
{
	return align(a, b, most, false);
}

unsigned fold_end_distance(const char *typed, const char *word, unsigned most)
{
	return align(typed, word, most, true);
}

unsigned fold_end_slips(const char *typed)
{
	UChar32 out[FOLD_WORD];
	unsigned n = letters(typed, out);

	return n < 5 ? 0 : n < 10 ? 1 : 2;
}

unsigned fold_slips(const char *typed)
{
	UChar32 out[FOLD_WORD];
	unsigned n = letters(typed, out);

	return n < 4 ? 0 : n < 8 ? 1 : 2;
}

unsigned fold_nearness(const char *typed, const char *word, unsigned most)
{
	unsigned whole = fold_distance(typed, word, most);
	char begin[FOLD_WORD + 1];
	size_t n = strlen(typed);

	if (whole <= most || strlen(word) <= n || n > FOLD_WORD)
		return whole;
	text_copy(begin, n + 1, word);
	return text_is_utf8(bytes_of_str(begin)) ? fold_distance(typed, begin, most) : whole;
}
