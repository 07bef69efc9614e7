/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text as people look for it and sort it, the Swedish way: å, ä and ö are letters of their own
 * behind z, é sorts and is found with e, numbers count as numbers ("iPad 2" before "iPad 10").
 * The only door to ICU; no locale needs to be installed. Any thread.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/buf.h"

/* For comparing in searches: small letters, accents gone but for å ä ö (æ and ø become ä and ö),
 * wide and joined forms made plain. Bytes that are no UTF-8 become U+FFFD. In the arena. */
const char *fold_text(struct arena *a, const char *s);

/* The words of a text, folded: runs of letters and digits, at most `most` and each at most
 * FOLD_WORD bytes; the longer ones are cut. */
#define FOLD_WORD 48
size_t fold_words(struct arena *a, const char *s, size_t most, const char **ret);

/* A text whose bytes sort as people sort the given one, cut at FOLD_KEY bytes; never holds a NUL,
 * so that it can be a part of a key. In the arena. */
#define FOLD_KEY 120
const char *fold_sort_key(struct arena *a, const char *s);

/* How many letters must be changed, left out, put in or swapped with their neighbour to make one
 * of the other, in letters and not in bytes; `most` + 1 when it is more than `most`. */
unsigned fold_distance(const char *a, const char *b, unsigned most);

/* How many slips a typed word is forgiven: none in three letters, one in seven, two in more. */
unsigned fold_slips(const char *typed);
/* The distance to a word, or to the beginning of it that is as long: "ringklcka" is meant for
 * "ringklockan" as well; `most` + 1 when it is more than `most`. */
unsigned fold_nearness(const char *typed, const char *word, unsigned most);
/* The distance to the end of a word that is nearest: "armbamd" is meant for "aktivitetsarmband". Fewer slips
 * are forgiven there, since an end is less than a word: none in four letters, one in nine. */
unsigned fold_end_slips(const char *typed);
unsigned fold_end_distance(const char *typed, const char *word, unsigned most);

#endif
