/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"

#include <criterion/criterion.h>

Test(buf, keeps_its_limit)
{
	AUTO(buf) struct buf b = BUF_INIT(5);

	buf_add_str(&b, "hello");
	cr_assert(buf_ok(&b));
	buf_add_char(&b, '!');
	cr_assert(!buf_ok(&b));
	cr_assert_str_eq(buf_str(&b), "hello");
}
