/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a fuzz target runs under without a fuzzer: gives it each file named, or found below a
 * directory named, once. With no names, the corpus that bears the target's name; so `make check`
 * replays every input that ever broke a parser.
 */
#include "base/file.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MOST (64 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int replay_file(const char *path)
{
	AUTO(buf) struct buf b = BUF_INIT(INPUT_MOST);
	uint8_t *exact;

	if (file_read(path, &b) != 0) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return ERR_IO;
	}
	/* A piece of its own, so that a sanitizer sees one byte read too far. */
	exact = mem_alloc(b.n);
	if (b.n)
		memcpy(exact, b.p, b.n);
	LLVMFuzzerTestOneInput(exact, b.n);
	free(exact);
	return 0;
}

static int replay_all(char *const *names, size_t *ret_inputs, size_t *ret_passed)
{
	FTS *tree = fts_open(names, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	if (!tree)
		return ERR_IO;
	while ((entry = fts_read(tree))) {
		if (entry->fts_info == FTS_F) {
			++*ret_inputs;
			*ret_passed += replay_file(entry->fts_path) == 0;
		} else if (entry->fts_info == FTS_NS || entry->fts_info == FTS_DNR) {
			fprintf(stderr, "%s: cannot be opened\n", entry->fts_path);
			fts_close(tree);
			return ERR_IO;
		}
	}
	fts_close(tree);
	return 0;
}

int main(int argc, char **argv)
{
	const char *source = getenv("top_srcdir"), *name = strrchr(argv[0], '/');
	char corpus[4096], *own[] = {corpus, NULL};
	size_t inputs = 0, passed = 0;

	name = name ? name + 1 : argv[0];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	snprintf(corpus, sizeof(corpus), "%s/tests/data/fuzz/%s", source ? source : ".", name);
	if (replay_all(argc > 1 ? argv + 1 : own, &inputs, &passed) != 0)
		return EXIT_FAILURE;
	printf("%zu inputs, %zu passed\n", inputs, passed);
	return inputs > 0 && inputs == passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
