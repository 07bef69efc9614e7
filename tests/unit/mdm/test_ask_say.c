/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static const struct say *const all[] = {&mdm_say_not_enrolled, &mdm_say_not_yet, &mdm_say_left,
	&mdm_say_erased, &mdm_say_untrusted, &mdm_say_right, &mdm_say_supervised, &mdm_say_version,
	&mdm_say_own_way, &mdm_say_lost_moment, &mdm_say_not_lost, &mdm_say_twice, &mdm_say_full,
	&mdm_say_missing, &mdm_say_too_long, &mdm_say_erase_choice, &mdm_say_no_token,
	&mdm_say_own_profile, &mdm_say_profile_form, &mdm_say_picture, &mdm_say_range,
	&mdm_say_not_awaiting, &mdm_say_nothing_set, &mdm_say_text, &mdm_say_raw_form,
	&mdm_say_raw_type, &mdm_say_raw_key, &mdm_say_raw_kind, &mdm_say_raw_missing,
	&mdm_say_raw_range, &mdm_say_raw_token, &mdm_say_raw_item, &mdm_say_raw_query,
	&mdm_say_raw_empty, &mdm_say_raw_value, &mdm_say_no_command, &mdm_say_ended,
	&mdm_say_lost_serial, &mdm_say_lost_words, &mdm_say_lost_already, &mdm_say_lost_not,
	&mdm_say_lost_leaving, &mdm_say_lost_reason, &mdm_say_locate_lost, &mdm_say_locate_written_off, &mdm_say_locate_person,
	&mdm_say_locate_purpose, &mdm_say_locate_asked, &mdm_say_locate_under_way,
	&mdm_say_locate_nothing, &mdm_say_locate_same, &mdm_say_locate_late, &mdm_never_watching,
	&mdm_never_shared, &mdm_never_gone, &mdm_never_right, &mdm_never_dead};

Test(ask_say, every_refusal_speaks_three_languages_with_the_same_places)
{
	size_t n = sizeof(all) / sizeof(all[0]);

	for (size_t i = 0; i < n; i++) {
		for (int p = 0; p < SAY_ARGS; p++) {
			const char place[] = {'{', (char)('0' + p), '}', '\0'};
			bool sv = strstr(all[i]->text[SAY_SV], place) != NULL;

			cr_assert_eq(strstr(all[i]->text[SAY_FI], place) != NULL, sv, "%s",
				all[i]->code);
			cr_assert_eq(strstr(all[i]->text[SAY_EN], place) != NULL, sv, "%s",
				all[i]->code);
		}
		for (int l = 0; l < SAY_LANGS; l++)
			cr_assert(text_is_utf8(bytes_of_str(all[i]->text[l])));
		for (size_t k = 0; k < i; k++)
			cr_assert_str_neq(all[i]->code, all[k]->code);
	}
}
