/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static size_t seen_n;
static const struct mdm_why *seen[64];

/* As many places in every language as there are things to put there. */
static void sentence_check(const struct mdm_why *y)
{
	for (int lang = 0; lang < SAY_LANGS; lang++) {
		const char *s = y->say.text[lang];

		cr_assert(!text_empty(s), "%s", y->say.code);
		for (int i = 0; i < SAY_ARGS; i++) {
			const char place[] = {'{', (char)('0' + i), '}', '\0'};

			cr_assert_eq(strstr(s, place) != NULL, y->arg[i] != MDM_WHY_NONE,
				"%s has or lacks %s in %s", y->say.code, place,
				say_lang_name(lang));
			cr_assert_lt(y->arg[i], MDM_WHY_ARGS);
		}
		cr_assert_gt(strlen(s), 15);
	}
	for (size_t i = 0; i < seen_n; i++)
		if (seen[i] == y)
			return;
	cr_assert_lt(seen_n, 64);
	seen[seen_n++] = y;
}

static void flags_try(struct mdm_why_facts f)
{
	for (unsigned bits = 0; bits < 1u << 10; bits++) {
		f.handed = bits & 1;
		f.put_off = bits & 2;
		f.behind = bits & 4;
		f.by_server = bits & 8;
		f.no_push_cert = bits & 16;
		f.no_token = bits & 32;
		f.wished = bits & 64;
		f.pushed = bits & 128;
		f.unreadable = bits & 256;
		f.overdue = bits & 512;
		sentence_check(mdm_why_decide(&f));
	}
}

Test(why_rules, every_combination_has_a_sentence_in_every_language)
{
	for (uint32_t state = 0; state <= MDM_CANCELLED + 1; state++)
		for (int hold = 0; hold <= MDM_HOLDS; hold++)
			for (uint32_t verdict = 0; verdict <= APNS_OUR_FAULT + 1; verdict++)
				flags_try((struct mdm_why_facts){
					.state = state, .hold = hold, .verdict = verdict});
	cr_assert_eq(seen_n, 33, "%zu sentences are reached", seen_n);
}

Test(why_rules, the_nearest_reason_is_told)
{
	static const struct {
		struct mdm_why_facts f;
		const char *code;
	} cases[] = {
		{{.state = MDM_QUEUED, .wished = true}, "why.waking"},
		{{.state = MDM_QUEUED, .wished = true, .overdue = true}, "why.unreached"},
		{{.state = MDM_QUEUED, .wished = true, .overdue = true, .verdict = APNS_AGAIN},
			"why.again"},
		{{.state = MDM_QUEUED, .wished = true, .pushed = true, .verdict = APNS_SENT},
			"why.pushed"},
		{{.state = MDM_QUEUED, .wished = true, .verdict = APNS_BAD_CERT}, "why.bad-cert"},
		{{.state = MDM_QUEUED, .wished = true, .verdict = APNS_BAD_TOPIC}, "why.bad-topic"},
		{{.state = MDM_QUEUED, .wished = true, .verdict = APNS_GONE}, "why.gone"},
		{{.state = MDM_QUEUED, .wished = true, .verdict = APNS_AGAIN}, "why.again"},
		{{.state = MDM_QUEUED, .no_push_cert = true, .wished = true}, "why.no-push-cert"},
		{{.state = MDM_QUEUED, .no_token = true}, "why.no-token"},
		{{.state = MDM_QUEUED}, "why.calling"},
		{{.state = MDM_QUEUED, .behind = true}, "why.behind"},
		{{.state = MDM_QUEUED, .handed = true, .behind = true}, "why.handed"},
		{{.state = MDM_QUEUED, .put_off = true, .wished = true}, "why.put-off-due"},
		{{.state = MDM_QUEUED, .put_off = true}, "why.put-off"},
		{{.state = MDM_QUEUED, .hold = MDM_HOLD_LOST, .put_off = true}, "why.lost"},
		{{.state = MDM_QUEUED, .hold = MDM_HOLD_UNTRUSTED}, "why.untrusted"},
		{{.state = MDM_QUEUED, .hold = MDM_HOLD_PUT_OFF, .put_off = true}, "why.put-off"},
		{{.state = MDM_ACKNOWLEDGED}, "why.done"},
		{{.state = MDM_ERROR}, "why.failed"},
		{{.state = MDM_ERROR, .was_out = true}, "why.out-already"},
		{{.state = MDM_CANCELLED}, "why.cancelled"},
		{{.state = MDM_CANCELLED, .by_server = true}, "why.overtaken"},
		{{.state = MDM_EXPIRED}, "why.expired"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_str_eq(
			mdm_why_decide(&cases[i].f)->say.code, cases[i].code, "case %zu", i);
}
