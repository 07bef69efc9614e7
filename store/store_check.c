/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include "store/store_pages_int.h"

#include <errno.h>
#include <sys/stat.h>

/* A head is written over by the second commit after it; this often we try to be quicker. */
#define TRIES 1000

struct check {
	struct store_pages pages;
	bool walked;
};

static int check_snapshot(struct store_txn *txn, void *arg)
{
	struct check *c = arg;
	struct stat file;
	int err;

	if (mdb_env_get_fd(txn->st->env, &c->pages.fd) != 0 || fstat(c->pages.fd, &file) != 0)
		return store_err(errno);
	c->pages.bytes = (uint64_t)file.st_size;
	c->pages.txn_id = mdb_txn_id(txn->mdb);
	/* the pages of this snapshot stay as they are as long as the transaction is open */
	err = store_pages_walk(&c->pages);
	c->walked = err != ERR_CONFLICT;
	return err;
}

int store_check_pages(struct store *st, struct store_pages *pages)
{
	struct check c = {.pages = *pages};
	int err = ERR_CONFLICT;

	for (int i = 0; i < TRIES && err == ERR_CONFLICT && !c.walked; i++)
		err = store_read(st, check_snapshot, &c);
	if (err == 0)
		*pages = c.pages;
	return err;
}

/* The record about itself: without it the store would not open again. */
static int check_meta(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key key = store_meta_key();
	struct store_meta meta = {0};
	struct bytes value;
	int err = store_get(txn, STORE_META, &key, &value);

	if (err == 0)
		err = store_meta_decode(value, a, &meta);
	return err != 0 ? err : store_meta_admit(&meta);
}

int store_check(struct store *st, store_fault *fault, void *arg, uint64_t *ret_records)
{
	struct store_pages pages = {.fault = fault, .arg = arg};
	int err = store_check_pages(st, &pages);

	if (err != 0)
		return err;
	/* LMDB may be trusted with the file only now */
	if (pages.faults == 0 && store_read(st, check_meta, NULL) != 0) {
		pages.faults++;
		if (fault)
			fault(arg, "store.meta: the store's record about itself is unreadable");
	}
	*ret_records = pages.records;
	return pages.faults > 0 ? ERR_CORRUPT : 0;
}
