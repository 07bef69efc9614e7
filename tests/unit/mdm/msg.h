/* SPDX-License-Identifier: EUPL-1.2 */
/* What a test of a message needs: an arena, and XML made ready. `MESSAGES(suite);` begins such a
 * test. */
#ifndef MSG_H
#define MSG_H

#include "base/mem.h"
#include "base/xml.h"

#include <criterion/criterion.h>

static struct arena *a;

static void messages_begin(void)
{
	xml_init();
	a = arena_new();
}

static void messages_end(void)
{
	arena_free(a);
}

#define MESSAGES(suite_) TestSuite(suite_, .init = messages_begin, .fini = messages_end)

#endif
