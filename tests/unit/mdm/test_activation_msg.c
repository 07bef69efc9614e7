/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(activation_msg);

Test(activation_msg, a_locks_code_is_written_in_apples_letters)
{
	static const uint8_t zeros[16];
	uint8_t ones[16], count[16];

	memset(ones, 0xff, sizeof(ones));
	for (uint8_t i = 0; i < 16; i++)
		count[i] = i;
	cr_expect_str_eq(mdm_activation_code_text(zeros, a), "00000-00000-0000-0000-0000-0000");
	cr_expect_str_eq(mdm_activation_code_text(ones, a), "ZZZZZ-ZZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZ7");
	cr_expect_str_eq(mdm_activation_code_text(count, a), "000H4-0R40M-30F2-0918-5HR3-8F17");
	cr_expect_str_eq(mdm_activation_hash(zeros, a),
		"deab860d28deb5b7121d6d8fcf0f78e1471756d1b2c566c03277c23ea8930b4f");
}
