/* SPDX-License-Identifier: EUPL-1.2 */
/* A dump of a database, and what NanoMDM keeps in one. */
#include "base/sql_dump.h"
#include "base/text.h"
#include "base/xml.h"
#include "mdm/moving_int.h"
#include "tests/fuzz/fuzz.h"

static int see(void *arg, const struct sql_row *row)
{
	size_t *left = arg;

	FUZZ_CHECK(row->n > 0 && row->n <= SQL_COLUMNS);
	for (size_t i = 0; i < row->n; i++) {
		FUZZ_CHECK(row->columns[i] && *row->columns[i]);
		FUZZ_CHECK(row->values[i].n <= *left);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const wanted[] = {"devices", "enrollments", NULL};
	AUTO(arena) struct arena *a = arena_new();
	struct sql_dump d = {.in = bytes_of(data, n), .tables = wanted, .fn = see, .arg = &n};
	struct mdm_move_set set = {0};
	const char *bad = NULL;

	xml_init();
	(void)!sql_dump_read(&d, a);
	FUZZ_CHECK(d.line >= 1 && d.line <= n + 1);
	if (mdm_move_sql_parse(d.in, a, &set, &bad) != 0)
		FUZZ_CHECK(bad);
	for (size_t i = 0; i < set.n; i++)
		FUZZ_CHECK(set.rows[i].bad || set.rows[i].x.udid);
	return 0;
}
