/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of what is to be done: what is left stands by thing, all that ever was by its time. */
#include "web/listed_int.h"

#include "base/text.h"

static bool is_all(const struct http_request *rq)
{
	return text_equal(http_query(rq, "all"), "yes");
}

/* Whoever would be refused is told before, and by whom it is done. */
static int put_may(
	struct store_txn *txn, const struct http_request *rq, const struct inv_task *t, struct doc *row)
{
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	int err = t->done_at ? 0 : inv_task_admit(txn, t, &act, &r);
	bool may = !t->done_at && err == 0 && (api_caller(rq)->roles & API_ITEMS);

	if (err && err != ERR_REFUSED)
		return err;
	doc_set_bool(row, "may_end", may);
	doc_set_bool(row, "moves_loan", may && text_equal(t->kind, "replaced.loan"));
	if (err == ERR_REFUSED)
		doc_set_str(row, "not_by_you", refusal_text(rq->arena, rq->lang, &r));
	return 0;
}

static int task_put(
	struct store_txn *txn, const struct http_request *rq, const struct inv_task *t, struct doc *row)
{
	web_task_doc(t, row);
	web_task_face(rq, t, row);
	return put_may(txn, rq, t, row);
}

int web_tasks_put(struct store_txn *txn, const struct http_request *rq, const struct inv_task *t,
	size_t n, struct doc *list)
{
	const struct inv_act act = api_act(rq);
	bool theirs = false;
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = inv_task_concerns(txn, &t[i], &act, &theirs);
		if (err == 0 && theirs)
			err = task_put(txn, rq, &t[i], doc_add_object(list));
	}
	return err;
}

static int walk(struct web_walk *k)
{
	struct api_read *job = k->job;
	const struct inv_task_ask ask = {.open_only = !is_all(job->rq),
		.oldest_first = k->turned,
		.after = k->after,
		.most = k->most};
	struct inv_task *t = NULL;
	size_t n = 0;
	int err = inv_task_page(k->txn, job->rq->arena, &ask, &t, &n, &k->next);

	if (err == 0)
		err = web_tasks_put(k->txn, job->rq, t, n, k->rows);
	for (size_t i = 0; err == 0 && i < doc_list_size(k->rows); i++) {
		struct doc *row = doc_list_object(k->rows, i);

		err = web_listed_thing(k, doc_str(row, "serial"), row);
		if (web_is_page(job->rq) && doc_bool(row, "open", false) && !doc_bool(row, "may_end", false))
			doc_set_bool(job->d, "any_not_by_you", true);
	}
	return err;
}

static int beside(struct api_read *job, struct store_txn *txn)
{
	(void)txn;
	if (web_is_page(job->rq))
		doc_set_bool(job->d, "all", is_all(job->rq));
	return 0;
}

#define OF_TASKS                                                                                   \
	{"what", "column.task", WEB_COL_SORT, "/items/", "serial"},                                \
	{"detail", "column.detail", WEB_COL_SORT},                                                 \
	{"unit_title", "column.thing", WEB_COL_SORT},                                              \
	{"place_name", "column.place", WEB_COL_SORT}

static const struct web_col open_columns[] = {
	OF_TASKS,
	{"serial", "column.serial", WEB_COL_OWN | WEB_COL_FILE},
	{"made", "column.made", WEB_COL_SORT},
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{0},
};
static const struct web_col all_columns[] = {
	OF_TASKS,
	{"serial", "column.serial", WEB_COL_SORT | WEB_COL_FILE},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{"done", "column.done", WEB_COL_SORT | WEB_COL_DOWN},
	{"done_by", "column.done_by", WEB_COL_SORT},
	{0},
};
static const struct web_choice kinds[] = {{"sim.stop", "name.task.sim.stop"},
	{"sim.open", "name.task.sim.open"}, {"charge", "name.task.charge"},
	{"loan.ends", "name.task.loan.ends"}, {"replaced.label", "name.task.replaced.label"},
	{"replaced.sim", "name.task.replaced.sim"}, {"replaced.loan", "name.task.replaced.loan"},
	{"left.enrolled", "name.task.left.enrolled"},
	{"bypass.wanted", "name.task.bypass.wanted"}, {"bypass.over", "name.task.bypass.over"}, {0}};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"kind", WEB_SIFT_SAME, "column.task", .choices = kinds},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{"all", WEB_SIFT_SOURCE, "sift.over", .choices = web_also_over,
		.every = "sift.not_over"},
	{0},
};
static const struct web_listed open_tasks = {
	.list = "tasks",
	.path = "/tasks",
	.title = "place.tasks",
	.none = "tasks.none",
	.columns = open_columns,
	.sifts = sifts,
	.walk = walk,
	.beside = beside,
	.live = "task. item. loan.",
};
static const struct web_listed all_tasks = {
	.list = "tasks",
	.path = "/tasks",
	.title = "place.tasks",
	.none = "tasks.none",
	.columns = all_columns,
	.sifts = sifts,
	.walk = walk,
	.beside = beside,
	.live = "task. item. loan.",
	.turns = true,
};

int api_task_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, is_all(rq) ? &all_tasks : &open_tasks);
}
