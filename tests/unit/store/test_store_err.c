/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "base/log.h"
#include "store/store_int.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

Test(store_err, every_error_of_lmdb_has_a_word_of_ours)
{
	static const struct {
		int rc, err;
	} cases[] = {
		{0, 0},
		{MDB_NOTFOUND, ERR_NOTFOUND},
		{MDB_KEYEXIST, ERR_EXISTS},
		{MDB_MAP_FULL, ERR_NOSPACE},
		{MDB_TXN_FULL, ERR_NOSPACE},
		{ENOSPC, ERR_NOSPACE},
		{EFBIG, ERR_NOSPACE},
		{EDQUOT, ERR_NOSPACE},
		{MDB_READERS_FULL, ERR_BUSY},
		{MDB_CORRUPTED, ERR_CORRUPT},
		{MDB_INVALID, ERR_CORRUPT},
		{MDB_VERSION_MISMATCH, ERR_NEWER},
		{MDB_BAD_VALSIZE, ERR_BADINPUT},
		{EACCES, ERR_DENIED},
		{EWOULDBLOCK, ERR_BUSY},
		{EIO, ERR_IO},
		{MDB_PANIC, ERR_IO},
		{MDB_BAD_TXN, ERR_IO},
		{MDB_LAST_ERRCODE + 1, ERR_IO},
	};
	log_set_level(LOG_ERROR);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_eq(store_err(cases[i].rc), cases[i].err, "%d", cases[i].rc);
}

Test(store_err, only_what_a_smaller_transaction_may_escape_is_a_matter_of_size)
{
	cr_assert(store_err_is_size(MDB_MAP_FULL));
	cr_assert(store_err_is_size(MDB_TXN_FULL));
	cr_assert_not(store_err_is_size(ENOSPC));
	cr_assert_not(store_err_is_size(EIO));
	cr_assert_not(store_err_is_size(0));
}

Test(store_err, an_answer_does_not_break_a_transaction_and_trouble_does)
{
	static const int answers[] = {0, MDB_NOTFOUND, MDB_KEYEXIST, MDB_BAD_VALSIZE};
	struct store_txn txn = {0};

	for (size_t i = 0; i < 4; i++) {
		int err = store_txn_err(&txn, answers[i]);

		cr_assert_eq(err, store_err(answers[i]));
		cr_assert_eq(txn.broken, 0);
	}
	cr_assert_eq(store_txn_err(&txn, MDB_MAP_FULL), ERR_NOSPACE);
	cr_assert_eq(store_txn_err(&txn, MDB_CORRUPTED), ERR_CORRUPT);
	cr_assert_eq(txn.broken, MDB_MAP_FULL, "the first is remembered");
}

/* LMDB calls a write that a full disk cut short an I/O error. */
Test(store_err, an_io_error_on_a_full_disk_is_a_full_disk, .init = test_setup,
	.fini = test_teardown)
{
	struct rlimit most = {.rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY};

	cr_assert_eq(store_err_commit(test_store, EIO), ERR_IO);
	cr_assert_eq(store_err_commit(test_store, MDB_MAP_FULL), ERR_NOSPACE);
	cr_assert_eq(store_err_commit(test_store, 0), 0);
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
	cr_assert_eq(store_err_commit(test_store, EIO), ERR_NOSPACE);
}
