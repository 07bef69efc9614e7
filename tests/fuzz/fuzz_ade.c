/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple and new iPads say of device assignment. The first byte chooses the reader. */
#include "mdm/ade_int.h"
#include "tests/fuzz/fuzz.h"

static void check_id(const char *s, size_t most)
{
	FUZZ_CHECK(s && strlen(s) <= most && mdm_id_is_plain(s));
}

static void token(struct bytes in, struct arena *a)
{
	struct bytes der, json;
	struct ade_token t;

	if (ade_token_envelope(in, a, &der) == 0)
		FUZZ_CHECK(der.n <= in.n);
	if (ade_token_text(in, a, &json) == 0 && ade_token_parse(json, a, &t) == 0)
		FUZZ_CHECK(*t.consumer_key && *t.access_secret && strlen(t.access_token) <= 1024);
}

static void page(struct bytes in, struct arena *a)
{
	struct ade_page p;

	if (ade_page_parse(in, a, &p) != 0)
		return;
	FUZZ_CHECK(*p.cursor && strlen(p.cursor) <= ADE_CURSOR_MAX);
	for (size_t i = 0; i < p.count; i++)
		check_id(p.devices[i].serial, MDM_SERIAL_MAX);
}

static void verdicts(struct bytes in, struct arena *a)
{
	struct ade_verdicts v;
	char code[ADE_CODE];

	if (ade_verdicts_parse(in, a, &v) == 0) {
		FUZZ_CHECK(v.retry_after_s >= 0 && v.retry_after_s <= 2 * 86400);
		(void)ade_verdict_of(&v, "A1");
	}
	FUZZ_CHECK(ade_answer_judge(400, in, code) != ADE_FINE);
	FUZZ_CHECK(code[0] && strlen(code) < ADE_CODE);
}

static void info(struct bytes in, struct arena *a)
{
	struct machine_info m;

	if (machine_info_parse(in, a, &m) != 0)
		return;
	check_id(m.serial, MDM_SERIAL_MAX);
	check_id(m.udid, MDM_UDID_MAX);
	if (m.os_version)
		FUZZ_CHECK(ade_version_compare(m.os_version, m.os_version) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const readers[])(struct bytes, struct arena *) = {
		token, page, verdicts, info};
	struct arena *a = arena_new();

	xml_init();
	if (n > 0)
		readers[data[0] % 4](bytes_of(data + 1, n - 1), a);
	arena_free(a);
	return 0;
}
