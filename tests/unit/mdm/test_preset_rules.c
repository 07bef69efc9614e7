/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"

#define N MDM_ANSWER_NONE
#define Y MDM_ANSWER_YES
#define S MDM_ANSWER_SOME
#define X MDM_ANSWER_NO

static const char *spec(struct arena *a, const enum mdm_answer_word *answers, size_t *ret_by_hand)
{
	struct mdm_preset p;

	mdm_preset_decide(answers, &p);
	for (*ret_by_hand = 0; p.by_hand[*ret_by_hand];)
		++*ret_by_hand;
	return mdm_preset_spec(a, &p);
}

Test(preset_rules, answers_become_settings)
{
	/* small text, read aloud, colours, magnifier, hands, dizzy, hearing */
	static const struct {
		enum mdm_answer_word answers[MDM_PRESET_QUESTIONS];
		const char *spec;
		size_t by_hand;
	} cases[] = {
		{{N, N, N, N, N, N, N}, NULL, 0},
		{{Y, X, X, X, X, X, Y}, NULL, 0},
		{{S, X, X, X, X, X, Y}, "{\"type\":\"accessibility\",\"text_size\":7}", 0},
		{{X, X, X, X, Y, X, Y},
			"{\"type\":\"accessibility\",\"text_size\":10,\"bold\":true,\"touch\":"
			"true}",
			0},
		{{Y, Y, X, Y, X, Y, Y},
			"{\"type\":\"accessibility\",\"reduce_motion\":true,\"voice_over\":true,"
			"\"zoom\":true}",
			1},
		{{Y, X, Y, X, X, X, X},
			"{\"type\":\"accessibility\",\"bold\":true,\"contrast\":true,"
			"\"reduce_transparency\":true}",
			3},
		{{Y, X, X, X, X, X, S}, NULL, 2},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t by_hand;
		const char *s = spec(a, cases[i].answers, &by_hand);

		cr_expect_eq(!s, !cases[i].spec, "%zu", i);
		if (s && cases[i].spec)
			cr_expect_str_eq(s, cases[i].spec);
		cr_expect_eq(by_hand, cases[i].by_hand, "%zu", i);
	}
}

Test(preset_rules, every_question_is_asked_in_every_language)
{
	size_t n = 0;

	for (; mdm_preset_questions[n].id; n++) {
		for (int l = 0; l < SAY_LANGS; l++)
			cr_expect(mdm_preset_questions[n].say.text[l]);
	}
	cr_expect_eq(n, MDM_PRESET_QUESTIONS);
}
