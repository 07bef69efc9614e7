/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The bytes are taken for a store's file and for a backup of one: both are looked at before LMDB,
 * which trusts its file, gets to see them.
 */
#include "store/store_backup_int.h"
#include "store/store_file_int.h"
#include "store/store_pages_int.h"
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

static void count_fault(void *arg, const char *what)
{
	FUZZ_CHECK(what[0] != '\0');
	++*(unsigned *)arg;
}

static void walk(int fd, uint64_t start, uint64_t bytes)
{
	unsigned told = 0;
	struct store_pages p = {
		.fd = fd, .start = start, .bytes = bytes, .fault = count_fault, .arg = &told};
	int err = store_pages_walk(&p);

	FUZZ_CHECK(err == 0 || err == ERR_CORRUPT);
	FUZZ_CHECK(p.faults == told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static int fd = -1;
	uint64_t bytes = 0;

	if (fd < 0)
		fd = memfd_create("image", MFD_CLOEXEC);
	FUZZ_CHECK(fd >= 0 && ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
	FUZZ_CHECK(store_file_write(fd, bytes_of(data, n)) == 0);
	walk(fd, 0, n);
	if (n > STORE_BACKUP_HEAD)
		walk(fd, STORE_BACKUP_HEAD, n - STORE_BACKUP_HEAD);
	if (store_backup_read(fd, -1, &bytes, NULL, NULL) == 0)
		FUZZ_CHECK(bytes == n - STORE_BACKUP_HEAD - STORE_BACKUP_TAIL);
	return 0;
}
