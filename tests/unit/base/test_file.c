/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/hylla-file-XXXXXX";
static char path[64], part[64];

static void make_dir(void)
{
	cr_assert_not_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/f", dir);
	snprintf(part, sizeof(part), "%s/f.part", dir);
}

static void remove_dir(void)
{
	unlink(path);
	unlink(part);
	rmdir(dir);
}

TestSuite(file, .init = make_dir, .fini = remove_dir);

Test(file, comes_back)
{
	AUTO(buf) struct buf b = BUF_INIT(100000);
	char *big = mem_alloc(50000);
	struct stat st;

	memset(big, 'x', 50000);
	cr_assert_eq(file_write(path, bytes_of(big, 50000), 0600), 0);
	cr_assert_eq(stat(path, &st), 0);
	cr_expect_eq(st.st_mode & 0777, 0600);
	cr_expect_neq(access(part, F_OK), 0);
	buf_add_str(&b, "before");
	cr_assert_eq(file_read(path, &b), 0);
	cr_expect_eq(b.n, 50006);
	cr_expect_eq(memcmp(b.p + 6, big, 50000), 0);
	free(big);
}

Test(file, replaces_whole_and_past_a_leftover)
{
	AUTO(buf) struct buf b = BUF_INIT(100);
	struct stat st;
	FILE *f = fopen(part, "w");

	cr_assert_not_null(f);
	fclose(f);
	cr_assert_eq(file_write(path, bytes_of_str("a longer first text"), 0600), 0);
	cr_assert_eq(file_write(path, bytes_of_str("second"), 0644), 0);
	cr_assert_eq(file_read(path, &b), 0);
	cr_expect_str_eq(buf_str(&b), "second");
	cr_assert_eq(stat(path, &st), 0);
	cr_expect_eq(st.st_mode & 0777, 0644);
}

Test(file, too_big_leaves_the_buffer)
{
	AUTO(buf) struct buf b = BUF_INIT(5);

	cr_assert_eq(file_write(path, bytes_of_str("12345"), 0600), 0);
	buf_add_str(&b, "x");
	cr_expect_eq(file_read(path, &b), ERR_TOOBIG);
	cr_expect_str_eq(buf_str(&b), "x");
	cr_expect(buf_ok(&b));
	buf_reset(&b);
	cr_expect_eq(file_read(path, &b), 0);
	cr_expect_str_eq(buf_str(&b), "12345");
}

Test(file, secret_content_comes_back_too)
{
	AUTO(buf) struct buf b = BUF_INIT_SECRET(100);

	cr_assert_eq(file_write(path, bytes_of_str("key"), 0400), 0);
	cr_assert_eq(file_read(path, &b), 0);
	cr_expect_str_eq(buf_str(&b), "key");
}

Test(file, tells_what_went_wrong)
{
	AUTO(buf) struct buf b = BUF_INIT(100);
	char deep[128];

	cr_expect_eq(file_read(path, &b), ERR_NOTFOUND);
	cr_expect_eq(file_read(dir, &b), ERR_IO, "a directory is no file");
	snprintf(deep, sizeof(deep), "%s/none/f", dir);
	cr_expect_eq(file_write(deep, bytes_of_str("x"), 0600), ERR_NOTFOUND);
	cr_expect_eq(file_err(EACCES), ERR_DENIED);
	cr_expect_eq(file_err(ENOSPC), ERR_NOSPACE);
	cr_expect_eq(file_err(EEXIST), ERR_EXISTS);
	cr_expect_eq(file_err(EIO), ERR_IO);
}
