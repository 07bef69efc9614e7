/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/seal_int.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define A "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

Test(seal_key, parses_strictly)
{
	static const struct {
		const char *text;
		size_t keys; /* 0: refused */
	} cases[] = {
		{"key 1 " A, 1},
		{"# note\n\n  key 1 " A "\r\n\tkey 7 " A "\n", 2},
		{"", 0},
		{"# only a note\n", 0},
		{"key 1 " A "\nkey 1 " A "\n", 0},
		{"key 0 " A, 0},
		{"key 4294967296 " A, 0},
		{"key -1 " A, 0},
		{"key 1", 0},
		{"key 1 " A " more", 0},
		{"kay 1 " A, 0},
		{"key 1 AAAA", 0},
		{"key 1 !!!!", 0},
	};
	char many[2000] = "";

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(cert_ring) struct cert_ring *r = NULL;
		int err = cert_ring_parse(bytes_of_str(cases[i].text), &r);

		cr_assert_eq(err, cases[i].keys ? 0 : ERR_BADINPUT, "case %zu", i);
		cr_assert_eq(r ? r->n : 0, cases[i].keys, "case %zu", i);
	}
	for (int i = 1; i <= CERT_RING_MAX + 1; i++)
		snprintf(many + strlen(many), sizeof(many) - strlen(many), "key %d " A "\n", i);
	AUTO(cert_ring) struct cert_ring *r = NULL;

	cr_assert_eq(cert_ring_parse(bytes_of_str(many), &r), ERR_BADINPUT);
	cr_assert_eq(cert_ring_parse(bytes_of("key 1 " A "\0\n", 53), &r), ERR_BADINPUT);
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *f)
{
	return remove(path);
}

Test(seal_key, file_is_made_once_and_kept_from_others)
{
	char dir[] = "/tmp/hylla-test-XXXXXX", path[64], none[96];
	AUTO(cert_ring) struct cert_ring *one = NULL, *two = NULL, *bad = NULL;
	AUTO(buf) struct buf before = BUF_INIT(4096), after = BUF_INIT(4096);
	struct stat st;

	cr_assert_not_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/key", dir);
	snprintf(none, sizeof(none), "%s/none/key", dir);
	cr_assert_eq(cert_ring_load(path, &one), ERR_NOTFOUND);
	cr_assert_eq(cert_ring_create(none), ERR_NOTFOUND);
	cr_assert_eq(cert_ring_create(path), 0);
	cr_assert_eq(stat(path, &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0600u);
	cr_assert_eq(cert_ring_load(path, &one), 0);
	cr_assert_eq(file_read(path, &before), 0);
	cr_assert_eq(cert_ring_create(path), ERR_EXISTS);
	cr_assert_eq(file_read(path, &after), 0);
	cr_assert(bytes_equal(buf_bytes(&before), buf_bytes(&after)));
	cr_assert_eq(cert_ring_load(path, &two), 0);
	cr_assert_arr_eq(one->key[0].seal, two->key[0].seal, 32);
	cr_assert_eq(chmod(path, 0640), 0);
	cr_assert_eq(cert_ring_load(path, &bad), ERR_DENIED);
	cr_assert_eq(file_write(path, bytes_of_str("no key file"), 0600), 0);
	cr_assert_eq(cert_ring_load(path, &bad), ERR_CRYPTO);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
