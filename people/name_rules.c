/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names as they are searched: folded (small letters, no marks), their sound, and how many slips lie
 * between what was typed and what is meant. The sound makes Karlsson of Carlson, Kristina of
 * Christina, Gustavsson of Gustafson: consonants that are mixed up are one, vowels count only at
 * the start.
 */
#include "people/people_int.h"

#include <ctype.h>

/* U+00C0 to U+017F in order; "" for what is no letter. */
static const char *const latin[] = {"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e",
	"i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y",
	"th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y", "a", "a",
	"a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", "d", "d", "e", "e",
	"e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", "g", "g", "g", "g", "h", "h",
	"h", "h", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i", "ij", "ij", "j", "j", "k", "k",
	"k", "l", "l", "l", "l", "l", "l", "l", "l", "l", "l", "n", "n", "n", "n", "n", "n", "n",
	"n", "n", "o", "o", "o", "o", "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s",
	"s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u",
	"u", "u", "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s"};

/* One character of good UTF-8. */
static uint32_t next_char(const unsigned char **s)
{
	const unsigned char *p = *s;
	int more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
	uint32_t c = more == 0 ? *p : *p & (0x3fu >> more);

	for (p++; more && (*p & 0xc0) == 0x80; more--, p++)
		c = c << 6 | (*p & 0x3f);
	*s = p;
	return c;
}

/* Of other scripts the bytes stay, but for capitals of Greek and Cyrillic. */
static void add_other(uint32_t c, char *out)
{
	if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		c += 0x20;
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
}

static void fold(uint32_t c, char out[5])
{
	memset(out, 0, 5);
	if (c < 0x80) {
		if (isalnum((int)c))
			out[0] = (char)tolower((int)c);
	} else if (c >= 0xc0 && c < 0xc0 + sizeof(latin) / sizeof(latin[0])) {
		text_copy(out, 5, latin[c - 0xc0]);
	} else if (c >= 0x300 && c < 0x370) {
		return; /* marks that stand by themselves */
	} else if (c >= 0x180 && c < 0x2000) {
		add_other(c, out);
	} else if (c >= 0x2070) {
		add_other(c, out);
	}
}

/* Apostrophes are inside of a word, all else that is no letter ends it. */
void people_words_of(const char *text, struct people_words *ret)
{
	const unsigned char *s = (const unsigned char *)(text ? text : "");
	size_t n = 0;

	while (*s && ret->n < PEOPLE_WORDS) {
		uint32_t c = next_char(&s);
		char *word = ret->word[ret->n], f[5];
		size_t f_n;

		fold(c, f);
		f_n = strlen(f);
		if (f_n == 0 && (c == '\'' || c == 0x2019 || (c >= 0x300 && c < 0x370)))
			continue;
		if (f_n == 0 && n) {
			ret->n++;
			n = 0;
		} else if (n + f_n < PEOPLE_WORD) {
			memcpy(word + n, f, f_n + 1);
			n += f_n;
		}
	}
	if (n && ret->n < PEOPLE_WORDS)
		ret->n++;
}

static bool is_vowel(char c)
{
	return c && strchr("aeiouy", c);
}

/* Letters that sound alike; longer ones first. */
static const struct {
	const char *from, *to;
} alike[] = {{"sch", "s"}, {"skj", "s"}, {"stj", "s"}, {"ck", "k"}, {"ch", "k"}, {"ph", "f"},
	{"th", "t"}, {"dt", "t"}, {"sj", "s"}, {"hj", "j"}, {"lj", "j"}, {"gj", "j"}, {"dj", "j"},
	{"q", "k"}, {"x", "ks"}, {"w", "f"}, {"v", "f"}, {"z", "s"}, {"d", "t"}, {"b", "p"},
	{"g", "k"}, {"h", ""}};

static size_t sound_at(const char *s, const char **ret)
{
	static const char one[][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",
		"m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z"};

	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++) {
		if (text_starts(s, alike[i].from)) {
			*ret = alike[i].to;
			return strlen(alike[i].from);
		}
	}
	if (*s == 'c')
		*ret = s[1] && strchr("eiy", s[1]) ? "s" : "k";
	else if (*s >= 'a' && *s <= 'z')
		*ret = one[*s - 'a'];
	else
		*ret = NULL; /* a digit or another script: as it is */
	return 1;
}

void people_sound_of(const char *word, char ret[PEOPLE_SOUND])
{
	size_t n = 0;

	memset(ret, 0, PEOPLE_SOUND);
	for (const char *s = word; *s && n < PEOPLE_SOUND - 1;) {
		const char *to;
		char self[2] = {*s, 0};

		if (is_vowel(*s)) {
			if (s == word)
				ret[n++] = 'a';
			s++;
			continue;
		}
		s += sound_at(s, &to);
		for (to = to ? to : self; *to && n < PEOPLE_SOUND - 1; to++) {
			if (n == 0 || ret[n - 1] != *to)
				ret[n++] = *to;
		}
	}
	/* "Hå": nothing but an h and vowels */
	if (n == 0)
		ret[0] = 'a';
}

static void near_add(const char *sound, char ret[PEOPLE_NEAR][PEOPLE_SOUND], size_t *n)
{
	char clean[PEOPLE_SOUND] = {0};
	size_t m = 0;

	/* doubles fall together, as in the sound itself */
	for (; *sound && m < PEOPLE_SOUND - 1; sound++) {
		if (m == 0 || clean[m - 1] != *sound)
			clean[m++] = *sound;
	}
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(ret[i], clean) == 0)
			return;
	}
	if (m && *n < PEOPLE_NEAR)
		memcpy(ret[(*n)++], clean, PEOPLE_SOUND);
}

size_t people_sounds_near(const char *sound, char ret[PEOPLE_NEAR][PEOPLE_SOUND])
{
	static const char letters[] = "fjklmnprst";
	char s[PEOPLE_SOUND + 2];
	size_t len = strlen(sound), n = 0;

	for (size_t i = 0; i + 1 < len; i++) { /* two changed places */
		text_copy(s, sizeof(s), sound);
		s[i] = sound[i + 1];
		s[i + 1] = sound[i];
		near_add(s, ret, &n);
	}
	for (size_t i = 0; i < len; i++) { /* one too many */
		memcpy(s, sound, i);
		memcpy(s + i, sound + i + 1, len - i);
		near_add(s, ret, &n);
	}
	for (size_t i = 0; i <= len; i++) { /* one missing, or another */
		for (const char *c = letters; *c; c++) {
			memcpy(s, sound, i);
			s[i] = *c;
			memcpy(s + i + 1, sound + i, len - i + 1);
			near_add(s, ret, &n);
			if (i == len)
				continue;
			memcpy(s + i + 1, sound + i + 1, len - i);
			near_add(s, ret, &n);
		}
	}
	return n;
}

/* Two letters beside each other changed places. */
static bool is_swapped(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] && a[i] == b[i])
		i++;
	return a[i] && a[i + 1] && a[i] == b[i + 1] && a[i + 1] == b[i] &&
	       strcmp(a + i + 2, b + i + 2) == 0;
}

static bool sounds_same(const char *asked, const char *name)
{
	char a[PEOPLE_SOUND], b[PEOPLE_SOUND];

	people_sound_of(asked, a);
	people_sound_of(name, b);
	/* sounds of one or two letters say too little */
	return strlen(a) > 2 && strcmp(a, b) == 0;
}

/* Of an asked word: whole, or as the beginning of the name's. */
static int word_slips(const char *asked, const char *name)
{
	char head[PEOPLE_WORD];
	size_t n = strlen(asked);
	unsigned most = n < 4 ? 0 : n < 7 ? 1 : 2, whole, begun;

	if (strncmp(asked, name, n) == 0 && (n >= 2 || !name[1]))
		return 0;
	whole = text_distance(asked, name);
	text_copy(head, n + 1 < sizeof(head) ? n + 1 : sizeof(head), name);
	begun = n >= 4 ? text_distance(asked, head) : 255;
	if (begun < whole)
		whole = begun;
	if (whole <= most)
		return (int)whole;
	if (is_swapped(asked, name))
		return 1;
	return sounds_same(asked, name) ? 2 : -1;
}

int people_words_match(const struct people_words *asked, const struct people_words *name)
{
	unsigned used = 0;
	int sum = 0;

	for (size_t i = 0; i < asked->n; i++) {
		int best = -1;
		size_t at = 0;

		for (size_t j = 0; j < name->n; j++) {
			int slips = used & 1u << j ? -1 : word_slips(asked->word[i], name->word[j]);

			if (slips >= 0 && (best < 0 || slips < best)) {
				best = slips;
				at = j;
			}
		}
		if (best < 0)
			return -1;
		used |= 1u << at;
		sum += best;
	}
	return sum;
}

/* "Anna-Lisa Maria", "von Sydow" -> "Anna-Lisa S." */
const char *people_name_short(struct arena *a, const char *given, const char *family)
{
	size_t n = given ? strcspn(given, " ") : 0;
	const unsigned char *s = (const unsigned char *)(family ? family : "");
	const char *last = family ? family : "", *space;
	size_t size = 0;

	/* "von", "af", "de la": the initial is of what has a capital */
	while (*last && islower((unsigned char)*last) && (space = strchr(last, ' ')))
		last = space + 1;
	s = (const unsigned char *)last;
	if (*s) {
		next_char(&s);
		size = (size_t)((const char *)s - last);
	}
	if (size == 0)
		return arena_strndup(a, given ? given : "", n);
	return arena_printf(a, "%.*s %.*s.", (int)n, given ? given : "", (int)size, last);
}
