/* SPDX-License-Identifier: EUPL-1.2 */
/* A store as an older program left it: looked at before the new server has started, and after. */
#include "tests/flow/flow.h"
#include "tests/unit/store/clear_rows.h"

#include "store/store_int.h"

static struct flow f;

static int schema_put(struct store_txn *txn, struct arena *a, uint32_t schema)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct store_key k = store_meta_key();
	struct store_meta m;
	struct bytes v;
	int err = store_get(txn, STORE_META, &k, &v);

	if (err == 0)
		err = store_meta_decode(v, a, &m);
	if (err)
		return err;
	m.schema = schema;
	store_meta_encode(&m, &out);
	return store_put(txn, STORE_META, &k, buf_bytes(&out));
}

/* Its audit log had no index by who, unsigned loans and shown products were no list, and SIMs and holds were not
 * counted. */
static int make_older(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key sims = store_key("c", 'k'), step = store_key("s", "=layout"),
			 six = store_key("q", (uint64_t)6);
	int err = schema_put(txn, a, 1);

	(void)arg;
	if (err == 0)
		err = clear_rows(txn, AUDIT_BY_ACTOR, NULL);
	if (err == 0)
		err = clear_rows(txn, INV_LOAN_UNSIGNED, NULL);
	if (err == 0)
		err = clear_rows(txn, INV_SHOWN, NULL);
	if (err == 0)
		err = clear_rows(txn, INV_HOLD_CLAIM, NULL);
	if (err == 0)
		err = clear_rows(txn, INV_TALLY, &sims);
	return err ? err : store_put(txn, INV_SERIES, &step, bytes_of(six.b, six.n));
}

Test(older, a_store_is_checked_for_what_it_has, .timeout = 300)
{
	const struct store_options o = {.create = false};
	struct store *st;
	struct doc *d;

	f = (struct flow){0};
	flow_start(&f);
	FLOW_EXPECT(&f, 0, "sim", "add", "8946071512360089522");
	flow_server_stop(&f);
	cr_assert_eq(store_open(f.dir, &o, &st), 0);
	cr_assert_eq(store_write(st, make_older, NULL), 0);
	store_close(st);
	d = FLOW_JSON(&f, "check");
	cr_expect_eq(doc_list_size(doc_list(d, "faults")), 0, "no false alarm");
	cr_expect_not(doc_bool(d, "audit_index_checked", true));
	cr_expect_not_null(strstr(FLOW_RUN(&f, "check").err, "since the update"));
	/* a command line that was updated before its server */
	FLOW_EXPECT(&f, 0, "item", "mark", "SIM-000001", "repair");
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "check"), "faults")), 0);
	flow_server_start(&f);
	d = FLOW_JSON(&f, "check");
	cr_expect_eq(doc_list_size(doc_list(d, "faults")), 0);
	cr_expect(doc_bool(d, "audit_index_checked", false), "the start has filled it");
	flow_stop(&f);
}
