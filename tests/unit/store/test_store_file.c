/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_file_int.h"

#include <fcntl.h>
#include <sys/stat.h>

TestSuite(store_file, .init = test_dir_make, .fini = test_dir_remove);

Test(store_file, the_folder_of_a_path)
{
	static const struct {
		const char *path, *dir;
	} cases[] = {
		{"name", "."},
		{"a/name", "a"},
		{"/name", "/"},
		{"/a/b/name", "/a/b"},
		{"./name", "."},
		{"a/", "a"},
	};
	char dir[16], tiny[4];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(store_dir_of(cases[i].path, dir, sizeof(dir)), 0);
		cr_assert_str_eq(dir, cases[i].dir, "%s", cases[i].path);
	}
	cr_assert_eq(store_dir_of("abcdef/x", tiny, sizeof(tiny)), ERR_BADINPUT);
}

Test(store_file, a_folder_is_made_once_and_for_its_owner)
{
	struct stat s;

	cr_assert_eq(store_dir_make(test_path("d")), 0);
	cr_assert_eq(store_dir_make(test_path("d")), 0);
	cr_assert_eq(stat(test_path("d"), &s), 0);
	cr_assert_eq(s.st_mode & 0777, 0700);
	cr_assert_eq(store_dir_make(test_path("no/d")), ERR_NOTFOUND);
	cr_assert_eq(store_dir_sync(test_path("d")), 0);
	cr_assert_eq(store_dir_sync(test_path("no")), ERR_NOTFOUND);
}

Test(store_file, what_is_written_is_read_at_its_place)
{
	uint8_t got[4] = {0};
	int fd;

	cr_assert_eq(store_file_make(test_path("f"), &fd), 0);
	cr_assert_eq(store_file_write(fd, bytes_of_str("0123456789")), 0);
	cr_assert_eq(store_file_read_at(fd, 3, got, sizeof(got)), 0);
	cr_assert_arr_eq(got, "3456", 4);
	cr_assert_eq(store_file_read_at(fd, 7, got, sizeof(got)), ERR_CORRUPT, "past the end");
	close(fd);
	cr_assert_eq(store_file_make(test_path("f"), &fd), 0, "in place of the old");
	cr_assert_eq(store_file_read_at(fd, 0, got, 1), ERR_CORRUPT);
	close(fd);
	cr_assert_eq(store_file_make(test_path("no/f"), &fd), ERR_NOTFOUND);
	fd = open("/dev/full", O_WRONLY);
	if (fd >= 0)
		cr_assert_eq(store_file_write(fd, bytes_of_str("x")), ERR_NOSPACE);
	close(fd);
}
