/* SPDX-License-Identifier: EUPL-1.2 */
/* What was typed of people stands nowhere in the store's file as it was typed: one walk over the
 * file, however many words are looked for. */
#include "tests/flow/flow.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* People of all these tests, their numbers, addresses and what was said of them. What is shorter
 * than five bytes would be found in any large heap of sealed ones. */
static const char *const personal[] = {"Hjördis", "Provare", "Ekdahl", "ekdahl", "Xylander",
	"xylander", "Zylander", "zylander", "Torbjörnsson", "Kvarngränd", "Hemlig",
	"KTEST1001", "KOLLE0001", "KDISA0001", "KANNA0001", "LKORT5577", "lkort 5577",
	"19101010", "197010632391", "19701063-2391", "701063-2391", "070-998 77 66", "0709987766",
	"+46709987766", "0701740601", "070-174 06 01", "+46701740601", "033-35 79 13", "033357913",
	"+4633357913", "Dottern heter", "Porten har", "kod 2475", "muntligen", "ekdal", "Sixten", "Harriet Lund",
	"033-12 34 57", "033-12 34 59", NULL};

#define BUCKETS 65536
struct words {
	const char *const *word;
	unsigned first[BUCKETS]; /* 1 + the place of the first that begins with these two bytes */
	unsigned *next;
};

static unsigned bucket(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static struct words *sort_words(struct flow *f, const char *const *word, size_t n)
{
	struct words *w = ARENA_ARRAY(f->a, struct words, 1);

	w->word = word;
	w->next = ARENA_ARRAY(f->a, unsigned, n + 1);
	for (size_t i = 0; i < n; i++) {
		unsigned b = bucket((const uint8_t *)word[i]);

		cr_assert_geq(strlen(word[i]), 5, "%s is too short to be looked for", word[i]);
		w->next[i] = w->first[b];
		w->first[b] = (unsigned)i + 1;
	}
	return w;
}

static void expect_none_at(const struct words *w, const uint8_t *p, size_t left)
{
	for (unsigned i = w->first[bucket(p)]; i; i = w->next[i - 1]) {
		const char *word = w->word[i - 1];
		size_t n = strlen(word);

		if (n <= left && memcmp(p, word, n) == 0)
			cr_expect_fail("%s is in the store: …%.*s…", word, (int)(left < 60 ? left : 60),
				(const char *)p);
	}
}

void flow_expect_sealed(struct flow *f, const char *const *word, size_t n)
{
	const struct words *w = sort_words(f, word, n);
	int fd = open(arena_printf(f->a, "%s/hylla.mdb", f->dir), O_RDONLY | O_CLOEXEC);
	struct stat st;
	uint8_t *p;

	cr_assert(fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 8192, "nothing is looked at");
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	cr_assert_neq(p, MAP_FAILED);
	/* what each store has: so the walk finds what is there */
	cr_expect_not_null(memmem(p, (size_t)st.st_size, "account", 7), "nothing was looked at");
	for (size_t i = 0; i + 5 <= (size_t)st.st_size; i++) {
		if (w->first[bucket(p + i)])
			expect_none_at(w, p + i, (size_t)st.st_size - i);
	}
	munmap(p, (size_t)st.st_size);
	close(fd);
}

void flow_expect_nobody(struct flow *f)
{
	size_t n = 0;

	while (personal[n])
		n++;
	flow_expect_sealed(f, personal, n);
}
