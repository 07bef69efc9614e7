/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Search by name. The index only says who may be meant; whoever is, is decided over the opened
 * names, of which a search opens a bounded number. First all words must be there, by sound or by
 * how they begin; if nobody has them, one word is enough; then sounds with one slip are tried.
 */
#include "people/people_int.h"

#include <stdlib.h>

#define OPENED_MOST 2000
#define LETTERS_LEAST 2

struct search {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	unsigned zones;
	struct people_meta meta;
	struct people_words asked;
	struct people_hit *hit;
	size_t n, most, opened;
	struct people_ids tried; /* opened already */
	bool cut;
};

/* Worse than all there is room for is dropped; the order is slips, then the name. */
static int worse(const struct people_hit *a, const struct people_hit *b)
{
	int d = a->slips < b->slips ? -1 : a->slips > b->slips;

	if (d == 0)
		d = strcmp(a->family ? a->family : "", b->family ? b->family : "");
	if (d == 0)
		d = strcmp(a->given ? a->given : "", b->given ? b->given : "");
	return d ? d : strcmp(a->id, b->id);
}

static void hit_add(struct search *s, const struct people_hit *h)
{
	size_t at = s->n;

	if (at == s->most) {
		s->cut = true;
		if (worse(h, &s->hit[at - 1]) >= 0)
			return;
		at--;
	} else {
		s->n++;
	}
	for (; at && worse(h, &s->hit[at - 1]) < 0; at--)
		s->hit[at] = s->hit[at - 1];
	s->hit[at] = *h;
}

static int birth_year(const struct people_person *x)
{
	int year = 0;

	if (x->identity_kind != PEOPLE_PERSONNUMMER && x->identity_kind != PEOPLE_SAMORDNING)
		return 0;
	for (int i = 0; i < 4 && x->identity[i]; i++)
		year = year * 10 + (x->identity[i] - '0');
	return year;
}

static int judge(struct search *s, const struct people_borrower *b)
{
	struct people_words name = {.n = 0};
	struct people_hit h = {.id = b->id, .zone = (enum people_zone)b->zone};
	struct people_person x;
	size_t n;
	int slips, err = people_person_open(s->p, s->a, b, &x);

	if (err)
		return err;
	people_words_of(x.given, &name);
	people_words_of(x.family, &name);
	slips = people_words_match(&s->asked, &name);
	if (slips < 0)
		return 0;
	h.given = x.given;
	h.family = x.family;
	h.birth_year = birth_year(&x);
	n = x.card ? strlen(x.card) : 0;
	h.card_end = n > 4 ? x.card + n - 4 : x.card;
	h.slips = (unsigned)slips;
	hit_add(s, &h);
	return 0;
}

static int id_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool was_tried(const struct search *s, size_t before, const char *id)
{
	return before && bsearch(&id, s->tried.id, before, sizeof(id), id_order);
}

/* Does the borrower have this word too, by sound or by how it begins? */
static int has_word(
	struct search *s, enum people_zone z, const char *word, const char *id, bool *ret)
{
	char sound[PEOPLE_SOUND];
	int err;

	people_sound_of(word, sound);
	err = people_index_has(
		s->p, s->txn, &s->meta, z, PEOPLE_KEY_SOUND, bytes_of_str(sound), id, ret);
	if (err || *ret || strlen(word) < 3)
		return err;
	return people_index_has(
		s->p, s->txn, &s->meta, z, PEOPLE_KEY_BEGIN, bytes_of(word, 3), id, ret);
}

static int try_ids(struct search *s, enum people_zone z, const struct people_ids *ids, int lead)
{
	size_t before = s->tried.n;
	int err = 0;

	s->cut = s->cut || ids->cut;
	for (size_t i = 0; err == 0 && i < ids->n; i++) {
		struct people_borrower b;
		bool all = true;

		for (size_t w = 0; err == 0 && all && lead >= 0 && w < s->asked.n; w++) {
			if ((int)w != lead)
				err = has_word(s, z, s->asked.word[w], ids->id[i], &all);
		}
		if (err || !all || was_tried(s, before, ids->id[i]))
			continue;
		if (s->tried.n == OPENED_MOST) {
			s->cut = true;
			break;
		}
		err = people_borrower_get(s->txn, s->a, ids->id[i], &b);
		if (err == 0)
			err = judge(s, &b);
		s->tried.id[s->tried.n++] = ids->id[i];
	}
	qsort(s->tried.id, s->tried.n, sizeof(s->tried.id[0]), id_order);
	return err;
}

/* Twice in one list (its sound and its beginning) is once. */
static void unique(struct people_ids *ids)
{
	size_t n = 0;

	qsort(ids->id, ids->n, sizeof(ids->id[0]), id_order);
	for (size_t i = 0; i < ids->n; i++) {
		if (n == 0 || strcmp(ids->id[n - 1], ids->id[i]) != 0)
			ids->id[n++] = ids->id[i];
	}
	ids->n = n;
}

static struct people_ids room_for(struct search *s, size_t most)
{
	return (struct people_ids){
		.a = s->a, .id = ARENA_ARRAY(s->a, const char *, most), .most = most};
}

/* By one word; `lead` is its place when the others must be there as well, else -1. */
static int try_word(struct search *s, enum people_zone z, const char *word, int lead)
{
	struct people_ids ids = room_for(s, 10 * OPENED_MOST);
	char sound[PEOPLE_SOUND];
	int err;

	people_sound_of(word, sound);
	err = people_index_list(
		s->p, s->txn, &s->meta, z, PEOPLE_KEY_SOUND, bytes_of_str(sound), &ids);
	if (err == 0 && strlen(word) >= 3)
		err = people_index_list(
			s->p, s->txn, &s->meta, z, PEOPLE_KEY_BEGIN, bytes_of(word, 3), &ids);
	unique(&ids);
	return err ? err : try_ids(s, z, &ids, lead);
}

static int try_near(struct search *s, enum people_zone z, const char *word)
{
	char(*near)[PEOPLE_SOUND] = arena_alloc(s->a, PEOPLE_NEAR * PEOPLE_SOUND);
	struct people_ids ids = room_for(s, OPENED_MOST);
	char sound[PEOPLE_SOUND];
	size_t n;
	int err = 0;

	people_sound_of(word, sound);
	n = people_sounds_near(sound, near);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = people_index_list(
			s->p, s->txn, &s->meta, z, PEOPLE_KEY_SOUND, bytes_of_str(near[i]), &ids);
	unique(&ids);
	return err ? err : try_ids(s, z, &ids, -1);
}

/* The longest word is the rarest, mostly. */
static size_t longest(const struct people_words *w)
{
	size_t at = 0;

	for (size_t i = 1; i < w->n; i++) {
		if (strlen(w->word[i]) > strlen(w->word[at]))
			at = i;
	}
	return at;
}

static int search_zone(struct search *s, enum people_zone z)
{
	size_t lead = longest(&s->asked);
	int err = try_word(s, z, s->asked.word[lead], (int)lead);

	for (size_t i = 0; err == 0 && s->n == 0 && s->asked.n > 1 && i < s->asked.n; i++)
		err = try_word(s, z, s->asked.word[i], -1);
	for (size_t i = 0; err == 0 && s->n == 0 && i < s->asked.n; i++) {
		if (strlen(s->asked.word[i]) >= 4)
			err = try_near(s, z, s->asked.word[i]);
	}
	return err;
}

static int note_hits(struct search *s, const struct people_caller *who)
{
	static const struct people_look look = {.why = PEOPLE_WHY_LIST};
	const struct people_noting noting = {s->p, s->txn, s->a, who};
	int err = 0;

	for (size_t i = 0; err == 0 && i < s->n; i++) {
		struct people_borrower b = {
			.id = s->hit[i].id, .zone = s->hit[i].zone, .state = PEOPLE_ACTIVE};
		struct refusal r;

		err = people_look_note(&noting, &look, &b, &r);
	}
	return err;
}

static bool is_enough(const struct people_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (strlen(w->word[i]) >= LETTERS_LEAST)
			return true;
	}
	return false;
}

int people_search(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const char *words, size_t most, struct people_hit **ret,
	size_t *ret_n, bool *ret_cut)
{
	struct search s = {.p = p, .txn = txn, .a = a, .zones = who->zones};
	int err;

	s.most = most && most < PEOPLE_HITS_MOST ? most : PEOPLE_HITS_MOST;
	if (!words || !people_lines_are(words, PEOPLE_TEXT))
		return ERR_BADINPUT;
	people_words_of(words, &s.asked);
	if (!is_enough(&s.asked))
		return ERR_BADINPUT;
	s.hit = ARENA_ARRAY(a, struct people_hit, s.most);
	s.tried = room_for(&s, OPENED_MOST);
	err = people_meta_get(p, txn, a, &s.meta);
	for (unsigned z = PEOPLE_CARE; err == 0 && z <= PEOPLE_LIBRARY; z <<= 1) {
		s.tried.n = 0;
		if (s.zones & z)
			err = search_zone(&s, (enum people_zone)z);
	}
	if (err == 0)
		err = note_hits(&s, who);
	if (err)
		return err;
	*ret = s.hit;
	*ret_n = s.n;
	*ret_cut = s.cut;
	return 0;
}
