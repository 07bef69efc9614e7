/* SPDX-License-Identifier: EUPL-1.2 */
/* Open loans in an order of which no index is: the first of those that are asked for, as every
 * sorted list has them (listed_int.h), are sorted. */
#include "web/circulation_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

struct sorting {
	struct api_read *job;
	struct store_txn *txn;
	const struct web_loan_order *order;
	struct inv_loan_row *rows;
	size_t n;
	bool more;
};

/* All that are asked for, or the first ask.most. */
static int read_all(struct sorting *s, const struct inv_loan_ask *ask)
{
	const char *next = NULL;
	int err = inv_loan_list(s->txn, s->job->rq->arena, ask, &s->rows, &s->n, &next);

	s->more = err == 0 && next;
	return err;
}

/* What the order compares. A place by its name, as people sort. */
static int put_value(const struct sorting *s, const struct inv_loan_row *row, struct doc *d)
{
	if (text_equal(s->order->key, "place"))
		return web_doc_place(s->job, s->txn, d, "value", row->loan.place);
	doc_set_int(d, "value",
		text_equal(s->order->key, "out") ? row->line.out_at : (int64_t)row->loan.id);
	return 0;
}

/* values: of every row what it is sorted by, and where it stands among them. */
static int sort(const struct sorting *s, const struct doc **values)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < s->n; i++) {
		struct doc *d = doc_new(s->job->rq->arena);

		doc_set_int(d, "at", (int64_t)i);
		err = put_value(s, &s->rows[i], d);
		values[i] = d;
	}
	if (err == 0)
		web_rows_sort(s->job->rq->arena, values, s->n, "value", s->order->down);
	return err;
}

/* A part of them: "after" counts those before it. */
static void take(const struct sorting *s, const struct doc **values, const struct store_piece *piece,
	struct web_loans *ret)
{
	const uint64_t from = piece->after_n;
	int64_t at = 0;

	*ret = (struct web_loans){.bounded = s->more};
	ret->rows = ARENA_ARRAY(piece->a, struct inv_loan_row, piece->most + 1);
	for (; ret->n < piece->most && from < s->n && from + ret->n < s->n; ret->n++) {
		(void)!doc_int(values[from + ret->n], "at", &at);
		ret->rows[ret->n] = s->rows[at];
	}
	if (from < s->n && s->n - from > piece->most)
		ret->next = arena_printf(
			piece->a, "%llu", (unsigned long long)(from + piece->most));
}

size_t web_loan_look(const struct http_request *rq)
{
	return (web_is_file(rq) ? API_FILE_MOST : WEB_LISTED_LOOK) * WEB_LOANS_PASSED;
}

int web_loan_sorted(struct api_read *job, struct store_txn *txn, const struct inv_loan_ask *ask,
	const struct web_loan_order *o, struct web_loans *ret)
{
	struct sorting s = {.job = job, .txn = txn, .order = o};
	struct inv_loan_ask all = *ask;
	const struct doc **values;
	uint64_t from = 0;
	int err = ask->after ? text_parse_u64(ask->after, &from) : 0;

	all.most = web_is_file(job->rq) ? API_FILE_MOST : WEB_LISTED_LOOK;
	all.look = web_loan_look(job->rq);
	all.down = false;
	if (err == 0)
		err = read_all(&s, &all);
	values = ARENA_ARRAY(job->rq->arena, const struct doc *, s.n + 1);
	if (err == 0)
		err = sort(&s, values);
	if (err == 0)
		take(&s, values, STORE_PIECE_N(job->rq->arena, from, ask->most), ret);
	return err;
}
