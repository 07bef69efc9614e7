/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "store/store_backup_int.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct buf backup = BUF_INIT(8 << 20); /* a sound backup, whole */

static void restore_setup(void)
{
	char key[16];

	test_setup();
	for (int i = 0; i < 40; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		cr_assert_eq(test_put(INV_UNIT, key, "in the backup"), 0);
	}
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	cr_assert_eq(test_put(INV_UNIT, "later", "not in the backup"), 0);
	cr_assert_eq(file_read(test_path("b"), &backup), 0);
}

static void restore_teardown(void)
{
	buf_release(&backup);
	test_teardown();
}

TestSuite(store_restore, .init = restore_setup, .fini = restore_teardown);

static bool is_there(const char *name)
{
	struct stat s;

	return stat(test_path(name), &s) == 0;
}

Test(store_restore, takes_the_place_only_when_told_to)
{
	struct stat s;

	test_store_close();
	cr_assert_eq(store_restore(test_path("b"), test_path("s"), false, NULL, NULL), ERR_EXISTS);
	test_store_open();
	cr_assert_str_eq(test_get(INV_UNIT, "later"), "not in the backup");
	test_store_close();
	cr_assert_eq(store_restore(test_path("b"), test_path("s"), true, NULL, NULL), 0);
	cr_assert_eq(stat(test_path("s/hylla.mdb"), &s), 0);
	cr_assert_eq(s.st_mode & 0777, 0600);
	cr_assert(is_there("s/hylla.mdb.before"), "the old one is kept");
	cr_assert_not(is_there("s/hylla.mdb.part"));
	test_store_open();
	cr_assert_str_eq(test_get(INV_UNIT, "k39"), "in the backup");
	cr_assert_str_eq(test_get(INV_UNIT, "later"), "(none)");
	test_store_close();
	/* and the old one is whole */
	cr_assert_eq(rename(test_path("s/hylla.mdb.before"), test_path("s/hylla.mdb")), 0);
	cr_assert_eq(unlink(test_path("s/hylla.mdb-lock")), 0);
	test_store_open();
	cr_assert_str_eq(test_get(INV_UNIT, "later"), "not in the backup");
}

Test(store_restore, not_under_a_store_that_is_open)
{
	char dir[400];
	int status;
	pid_t pid;

	cr_assert_eq(store_restore(test_path("b"), test_path("s"), true, NULL, NULL), ERR_BUSY);
	/* by another process neither */
	text_copy(dir, sizeof(dir), test_path("s"));
	pid = fork();
	if (pid == 0)
		_exit(store_restore(test_path("b"), dir, true, NULL, NULL) == ERR_BUSY ? 0 : 1);
	waitpid(pid, &status, 0);
	cr_assert_eq(status, 0);
	cr_assert_str_eq(test_get(INV_UNIT, "later"), "not in the backup");
	cr_assert_not(is_there("s/hylla.mdb.part"));
}

static void busy_while_restoring(void *arg, uint64_t done, uint64_t all)
{
	struct store_options opt = {0};
	struct store *st = NULL;

	*(int *)arg = store_open(test_path("s"), &opt, &st);
	store_close(st);
}

Test(store_restore, nobody_opens_the_store_meanwhile)
{
	int err = 0;

	test_store_close();
	cr_assert_eq(
		store_restore(test_path("b"), test_path("s"), true, busy_while_restoring, &err), 0);
	cr_assert_eq(err, ERR_BUSY);
}

Test(store_restore, what_is_absent_or_no_backup_is_refused)
{
	cr_assert_eq(
		store_restore(test_path("no"), test_path("r"), false, NULL, NULL), ERR_NOTFOUND);
	cr_assert_eq(store_backup_verify(test_path("no"), NULL, NULL), ERR_NOTFOUND);
	cr_assert_eq(store_backup_verify(test_path("s/hylla.mdb"), NULL, NULL), ERR_CORRUPT);
	cr_assert_eq(file_write(test_path("empty"), bytes_of("", 0), 0600), 0);
	cr_assert_eq(store_backup_verify(test_path("empty"), NULL, NULL), ERR_CORRUPT);
	cr_assert_not(is_there("r/hylla.mdb"));
	cr_assert_not(is_there("r/hylla.mdb.part"));
}

static void must_refuse(struct bytes content, const char *what, size_t at)
{
	cr_assert_eq(file_write(test_path("bad"), content, 0600), 0);
	cr_assert_neq(store_backup_verify(test_path("bad"), NULL, NULL), 0, "%s %zu", what, at);
}

Test(store_restore, a_bit_turned_over_anywhere_is_found)
{
	struct bytes b = buf_bytes(&backup);
	/* every byte of head and tail, and steps through the image */
	size_t image_end = b.n - STORE_BACKUP_TAIL;

	for (size_t at = 0; at < b.n; at += at < STORE_BACKUP_HEAD || at >= image_end ? 1 : 1499) {
		backup.p[at] ^= (uint8_t)(1u << at % 8);
		must_refuse(b, "byte", at);
		backup.p[at] ^= (uint8_t)(1u << at % 8);
	}
	cr_assert_eq(
		store_restore(test_path("bad"), test_path("r"), false, NULL, NULL), ERR_CORRUPT);
	cr_assert_not(is_there("r/hylla.mdb"), "nothing was put in place");
	cr_assert_not(is_there("r/hylla.mdb.part"));
}

Test(store_restore, a_backup_cut_short_or_made_longer_is_found)
{
	struct bytes b = buf_bytes(&backup);

	for (size_t n = 0; n < b.n; n += n < 200 || n > b.n - 60 ? 1 : 2999)
		must_refuse(bytes_of(b.p, n), "cut at", n);
	buf_add_char(&backup, 'x');
	must_refuse(buf_bytes(&backup), "longer", 0);
}

static void put_be32(uint8_t *to, uint32_t x)
{
	to[0] = (uint8_t)(x >> 24);
	to[1] = (uint8_t)(x >> 16);
	to[2] = (uint8_t)(x >> 8);
	to[3] = (uint8_t)x;
}

/* The sum put right again, so that only what lies under it can be refused. */
static int verify_resealed(void)
{
	uint8_t *sum = backup.p + backup.n - DIGEST_BYTES;

	digest_of(bytes_of(backup.p, backup.n - DIGEST_BYTES), sum);
	cr_assert_eq(file_write(test_path("bad"), buf_bytes(&backup), 0600), 0);
	return store_backup_verify(test_path("bad"), NULL, NULL);
}

Test(store_restore, a_right_sum_is_not_enough)
{
	uint8_t *image = backup.p + STORE_BACKUP_HEAD;

	cr_assert_eq(verify_resealed(), 0);
	put_be32(backup.p + 8, STORE_BACKUP_FORM + 1);
	cr_assert_eq(verify_resealed(), ERR_NEWER);
	put_be32(backup.p + 8, STORE_BACKUP_FORM);
	put_be32(backup.p + 12, STORE_SCHEMA + 1);
	cr_assert_eq(verify_resealed(), ERR_NEWER);
	put_be32(backup.p + 12, STORE_SCHEMA);
	image[2 * 4096] ^= 1;
	cr_assert_eq(verify_resealed(), ERR_CORRUPT);
	image[2 * 4096] ^= 1;
	image[16] ^= 1;
	cr_assert_eq(verify_resealed(), ERR_CORRUPT);
	cr_assert_eq(
		store_restore(test_path("bad"), test_path("s2"), false, NULL, NULL), ERR_CORRUPT);
	cr_assert_not(is_there("s2/hylla.mdb"));
}

static void note_progress(void *arg, uint64_t done, uint64_t all)
{
	*(uint64_t *)arg = done == all ? all : 0;
}

Test(store_restore, progress_ends_at_the_end)
{
	uint64_t bytes = 0;

	cr_assert_eq(store_backup_verify(test_path("b"), note_progress, &bytes), 0);
	cr_assert_eq(bytes, backup.n - STORE_BACKUP_HEAD - STORE_BACKUP_TAIL);
}
