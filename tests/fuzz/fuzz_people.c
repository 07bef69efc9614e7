/* SPDX-License-Identifier: EUPL-1.2 */
/* What a desk types or scans of a person: identity numbers, telephones, cards, names. */
#include "people/people_int.h"
#include "tests/fuzz/fuzz.h"

#define NOW 1795000000

static void check_identity(const char *s)
{
	struct people_identity x, again;

	if (people_identity_parse(s, NOW, &x) != 0)
		return;
	FUZZ_CHECK(strlen(x.text) == 12);
	FUZZ_CHECK(x.month >= 1 && x.month <= 12 && x.day >= 1 && x.day <= 31);
	/* what is stored is read the same */
	FUZZ_CHECK(people_identity_parse(x.text, NOW, &again) == 0);
	FUZZ_CHECK(strcmp(x.text, again.text) == 0 && x.kind == again.kind);
}

static void check_name(const char *s)
{
	struct people_words w = {.n = 0};
	char near[PEOPLE_NEAR][PEOPLE_SOUND], sound[PEOPLE_SOUND];

	people_words_of(s, &w);
	FUZZ_CHECK(w.n <= PEOPLE_WORDS);
	for (size_t i = 0; i < w.n; i++) {
		FUZZ_CHECK(strlen(w.word[i]) > 0 && strlen(w.word[i]) < PEOPLE_WORD);
		people_sound_of(w.word[i], sound);
		FUZZ_CHECK(strlen(sound) > 0 && strlen(sound) < PEOPLE_SOUND);
		FUZZ_CHECK(people_sounds_near(sound, near) <= PEOPLE_NEAR);
	}
	FUZZ_CHECK(people_words_match(&w, &w) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *s = arena_strndup(a, data, n), *out, *again;
	struct people_identity x;

	check_identity(s);
	if (people_reserve_parse(s, &x) == 0)
		FUZZ_CHECK(strlen(x.text) >= 6 && strlen(x.text) <= 20);
	if (people_phone_parse(a, s, &out) == 0)
		FUZZ_CHECK(people_phone_parse(a, out, &again) == 0 && strcmp(out, again) == 0);
	if (people_card_parse(a, s, &out) == 0)
		FUZZ_CHECK(people_card_parse(a, out, &again) == 0 && strcmp(out, again) == 0);
	(void)people_email_is(s);
	(void)people_identity_is_doubtful(s, NOW);
	if (people_text_is(s, 4096)) {
		check_name(s);
		people_name_short(a, s, s);
	}
	return 0;
}
