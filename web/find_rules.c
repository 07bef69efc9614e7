/* SPDX-License-Identifier: EUPL-1.2 */
/* How well a text has the words that are asked for. */
#include "web/find_int.h"

#include "base/fold.h"
#include "base/text.h"

#define WORDS_MOST 80 /* of one text */
#define INSIDE_LEAST 4

enum {
	FIT_NOT = 0,
	FIT_SLIP = 1,
	FIT_INSIDE = 4,
	FIT_BEGUN = 6,
	FIT_SAME = 10
};

struct web_find_ask web_find_ask(struct arena *a, const char *q)
{
	struct web_find_ask ask = {0};

	ask.n = fold_words(a, q, WEB_FIND_WORDS, ask.word);
	return ask;
}

/* An ending is another in Swedish and Finnish: "utlånade" asks for what is "utlånad". */
bool web_find_same(const char *asked, const char *word)
{
	size_t n = strlen(asked), m = strlen(word), same = 0;

	while (same < n && same < m && asked[same] == word[same])
		same++;
	return (same == n && same == m) || (same >= 4 && n - same <= 3 && m - same <= 2);
}

static unsigned word_fit(const char *asked, const char *word, bool whole)
{
	unsigned slips = whole ? 0 : fold_slips(asked);

	if (strcmp(asked, word) == 0)
		return FIT_SAME;
	if (text_starts(word, asked))
		return FIT_BEGUN;
	if (strlen(asked) >= INSIDE_LEAST && strstr(word, asked))
		return FIT_INSIDE;
	return slips && fold_nearness(asked, word, slips) <= slips ? FIT_SLIP : FIT_NOT;
}

unsigned web_find_fit(struct arena *a, const struct web_find_ask *ask,
	const char *const texts[WEB_FIND_TEXTS], bool *ret_slip)
{
	unsigned best[WEB_FIND_WORDS] = {0}, sum = 0;
	const char *words[WORDS_MOST];
	bool slip = false;

	for (size_t t = 0; t < WEB_FIND_TEXTS; t++) {
		size_t n = text_empty(texts[t]) ? 0 : fold_words(a, texts[t], WORDS_MOST, words);

		for (size_t i = 0; i < n * ask->n; i++) {
			unsigned fit = word_fit(ask->word[i % ask->n], words[i / ask->n], ask->whole);

			/* Doubled a slip stays the least: two of it are less than any other. */
			fit *= t == 0 ? 2 : 1;
			if (fit > best[i % ask->n])
				best[i % ask->n] = fit;
		}
	}
	for (size_t i = 0; i < ask->n; i++) {
		if (best[i] == FIT_NOT)
			return 0;
		slip = slip || best[i] < FIT_INSIDE;
		sum += best[i];
	}
	*ret_slip = slip;
	return sum;
}
