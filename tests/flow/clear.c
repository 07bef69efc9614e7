/* SPDX-License-Identifier: EUPL-1.2 */
/* What was typed of people stands nowhere in the store's file as it was typed: one walk over the
 * file, however many words are looked for. */
#include "tests/flow/flow.h"

#include "base/buf.h"
#include "base/file.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is shorter would be found in any large heap of sealed ones. */
#define SHORTEST 5

/* Beside what flow_typed() gathers by itself: how people of all these tests are written after somebody has made it
 * uniform, and what was said of them in words. */
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

		cr_assert_geq(strlen(word[i]), SHORTEST, "%s is too short to be looked for", word[i]);
		w->next[i] = w->first[b];
		w->first[b] = (unsigned)i + 1;
	}
	return w;
}

static void expect_none_at(const struct words *w, const char *where, const uint8_t *p, size_t left)
{
	for (unsigned i = w->first[bucket(p)]; i; i = w->next[i - 1]) {
		const char *word = w->word[i - 1];
		size_t n = strlen(word);

		if (n <= left && memcmp(p, word, n) == 0)
			cr_expect_fail("%s is in the %s: …%.*s…", word, where, (int)(left < 60 ? left : 60),
				(const char *)p);
	}
}

static void expect_none(const struct words *w, const char *where, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i + SHORTEST <= n; i++) {
		if (w->first[bucket(p + i)])
			expect_none_at(w, where, p + i, n - i);
	}
}

static void expect_none_in_store(struct flow *f, const struct words *w)
{
	int fd = open(arena_printf(f->a, "%s/hylla.mdb", f->dir), O_RDONLY | O_CLOEXEC);
	struct stat st;
	uint8_t *p;

	cr_assert(fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 8192, "nothing is looked at");
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	cr_assert_neq(p, MAP_FAILED);
	/* what each store has: so the walk finds what is there */
	cr_expect_not_null(memmem(p, (size_t)st.st_size, "account", 7), "nothing was looked at");
	expect_none(w, "store", p, (size_t)st.st_size);
	munmap(p, (size_t)st.st_size);
	close(fd);
}

void flow_expect_sealed(struct flow *f, const char *const *word, size_t n)
{
	expect_none_in_store(f, sort_words(f, word, n));
}

/* --- what is typed of people --- */

/* Fields of a person, wherever they are sent; and those that are one of a person under /borrowers alone, since a
 * product has a name too, and what a lost iPad shows is a telephone number. */
static const char *const fields[] = {"given", "family", "identity", "care_of", "street", "card", "needs", "giver_name",
	NULL};
static const char *const fields_there[] = {"phone", "email", "name", "note", NULL};
/* Typed freely, of whom nobody knows whom they name; a code has no blank in it. */
static const char *const fields_free[] = {"note", "reason", "why", "purpose", "words", "symptom", "tried", "outcome",
	"condition_note", "late_reason", "back_reason", "message", "footnote", NULL};

static bool is_one_of(const char *const *names, const char *name)
{
	for (; *names; names++) {
		if (text_equal(*names, name))
			return true;
	}
	return false;
}

static void keep(struct flow *f, const char *word)
{
	for (size_t i = 0; i < f->typed_n; i++) {
		if (text_equal(f->typed[i], word))
			return;
	}
	cr_assert_lt(f->typed_n, FLOW_TYPED, "more people than there is room for");
	f->typed[f->typed_n++] = arena_strdup(f->a, word);
}

static const char *digits_of(struct flow *f, const char *s)
{
	AUTO(buf) struct buf b = BUF_INIT(256);

	for (; *s; s++) {
		if (isdigit((unsigned char)*s))
			buf_add(&b, s, 1);
	}
	return arena_strdup(f->a, buf_str(&b));
}

/* As it is kept, and as it is shown: with the century or without, with a dash or without; abroad, or at home. */
static void keep_number(struct flow *f, const char *typed)
{
	const char *d = digits_of(f, typed), *ten = strlen(d) >= 10 ? d + strlen(d) - 10 : NULL;

	if (strlen(d) < 8 || strlen(d) > 13)
		return;
	keep(f, d);
	if (d[0] == '0')
		keep(f, d + 1);
	if (ten) {
		keep(f, ten);
		keep(f, arena_printf(f->a, "%.6s-%s", ten, ten + 6));
	}
}

static void keep_lower(struct flow *f, const char *typed)
{
	char *low = arena_strdup(f->a, typed);

	for (char *p = low; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	keep(f, low);
}

void flow_typed(struct flow *f, const char *path, const char *field, const char *value)
{
	bool there = path && strstr(path, "/borrowers");

	if (text_empty(value) || !(is_one_of(fields, field) || (there && is_one_of(fields_there, field)) ||
					 (is_one_of(fields_free, field) && strchr(value, ' '))))
		return;
	keep(f, value);
	keep_lower(f, value);
	if (text_equal(field, "identity") || text_equal(field, "phone"))
		keep_number(f, value);
}

/* "+" and "%C3" as a form sends them. */
static char *form_text(struct flow *f, const char *p, size_t n)
{
	char *to = arena_strndup(f->a, p, n), *out = to;

	for (const char *q = to; *q; q++) {
		unsigned byte;

		if (*q == '%' && sscanf(q + 1, "%2x", &byte) == 1 && q[1] && q[2]) {
			*out++ = (char)byte;
			q += 2;
		} else {
			*out++ = *q == '+' ? ' ' : *q;
		}
	}
	*out = '\0';
	return to;
}

static struct doc *form_doc(struct flow *f, const char *body)
{
	struct doc *d = doc_new(f->a);

	while (*body) {
		size_t n = strcspn(body, "&"), name = strcspn(body, "=&");

		if (name < n)
			doc_set_str(d, form_text(f, body, name), form_text(f, body + name + 1, n - name - 1));
		body += n + (body[n] == '&');
	}
	return d;
}

static struct doc *body_doc(struct flow *f, const char *body)
{
	struct doc *d = NULL;

	if (text_empty(body) || strlen(body) > 16384)
		return NULL;
	if (body[0] == '{')
		return doc_parse(f->a, bytes_of_str(body), &d) == 0 ? d : NULL;
	return form_doc(f, body);
}

void flow_typed_body(struct flow *f, const char *path, const char *body)
{
	const struct doc *d = body_doc(f, body);
	const char *given, *family;

	if (!d)
		return;
	for (size_t i = 0; fields[i]; i++)
		flow_typed(f, path, fields[i], doc_str(d, fields[i]));
	for (size_t i = 0; fields_there[i]; i++)
		flow_typed(f, path, fields_there[i], doc_str(d, fields_there[i]));
	for (size_t i = 0; fields_free[i]; i++)
		flow_typed(f, path, fields_free[i], doc_str(d, fields_free[i]));
	given = doc_str(d, "given");
	family = doc_str(d, "family");
	if (!text_empty(given) && !text_empty(family)) {
		keep(f, arena_printf(f->a, "%s %s", given, family));
		keep(f, arena_printf(f->a, "%s, %s", family, given));
	}
}

/* A word that the program itself says (its texts in three languages) tells of nobody, and neither does one that is
 * too short. */
static bool is_distinctive(const char *texts, const char *word)
{
	return strlen(word) >= SHORTEST && !strstr(texts, word);
}

static const char *program_says(struct flow *f)
{
	static const char *const langs[] = {"sv", "fi", "en"};
	AUTO(buf) struct buf b = BUF_INIT(16u << 20);
	const char *top = getenv("top_srcdir");

	for (size_t i = 0; i < 3; i++) {
		AUTO(buf) struct buf one = BUF_INIT(8u << 20);

		cr_assert_eq(file_read(arena_printf(f->a, "%s/po/%s.po", top ? top : ".", langs[i]), &one), 0);
		buf_add_str(&b, buf_str(&one));
	}
	return arena_strdup(f->a, buf_str(&b));
}

void flow_expect_nobody(struct flow *f)
{
	const char *texts = f->typed_n ? program_says(f) : "";
	const char **word, *log;
	size_t n = 0, all = 0;

	while (personal[n])
		n++;
	word = ARENA_ARRAY(f->a, const char *, n + f->typed_n);
	for (; all < n; all++)
		word[all] = personal[all];
	for (size_t i = 0; i < f->typed_n; i++) {
		if (is_distinctive(texts, f->typed[i]))
			word[all++] = f->typed[i];
	}
	flow_expect_sealed(f, word, all);
	log = flow_log(f);
	expect_none(sort_words(f, word, all), "log", (const uint8_t *)log, strlen(log));
}
