/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/conf.h"
#include "tests/fuzz/fuzz.h"

static const struct conf_key keys[] = {
	{"server", "listen", CONF_LIST, "127.0.0.1:8080", 0, 0, "Where to listen."},
	{"server", "workers", CONF_INT, "64", 1, 1000, "Most connections at once."},
	{"server", "name", CONF_STR, NULL, 0, 0, "What people call it."},
	{"device", "verbose", CONF_BOOL, "no", 0, 0, NULL},
	{"device", "timeout", CONF_SPAN, "30s", 1, 3600, "Longest wait."},
	{NULL, NULL, CONF_STR, NULL, 0, 0, NULL},
};

/* A file is taken whole or refused with at least one problem told. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(buf) struct buf problem = BUF_INIT(1 << 20);
	AUTO(conf) struct conf *c = NULL;
	size_t words = 0;

	if (conf_parse(keys, bytes_of(data, n), "f", &problem, &c) != 0) {
		FUZZ_CHECK(problem.n > 0 && !c);
		return 0;
	}
	FUZZ_CHECK(problem.n == 0);
	FUZZ_CHECK(conf_int(c, "server", "workers") >= 1);
	FUZZ_CHECK(conf_int(c, "device", "timeout") <= 3600);
	while (conf_list(c, "server", "listen")[words])
		words++;
	FUZZ_CHECK(words <= n + 1);
	FUZZ_CHECK(strlen(conf_str(c, "server", "name")) <= n);
	return 0;
}
