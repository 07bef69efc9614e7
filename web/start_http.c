/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /: what the day asks of each role. */
#include "web/api_int.h"
#include "web/guide_int.h"
#include "web/start_int.h"

#include "base/day.h"
#include "base/text.h"
#include "base/when.h"

#define TASKS 20
#define LOOKED 1000 /* tasks looked at for those that concern who asks */

static const char *lead_letter_up(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
	return out;
}

/* The first that concern who asks. */
static int put_tasks(struct api_read *job, struct store_txn *txn)
{
	struct inv_task_ask ask = {.open_only = true, .most = TASKS};
	struct doc *list = doc_set_list(job->d, "tasks");
	struct inv_task *t = NULL;
	size_t n = 0, looked = 0;
	int err;

	do {
		err = inv_task_page(txn, job->rq->arena, &ask, &t, &n, &ask.after);
		if (err == 0)
			err = web_tasks_put(txn, job->rq, t, n, list);
		looked += n;
		ask.most = TASKS - doc_list_size(list);
	} while (err == 0 && ask.after && ask.most && looked < LOOKED);
	return err;
}

static int counts_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *by = doc_set_object(job->d, "items");
	struct doc *sims = doc_set_object(job->d, "sims");
	uint64_t n[INV_STATES], sim[INV_STATES], all = 0;
	int err = inv_count_by_state(txn, n);

	if (err == 0)
		err = inv_count_sims(txn, sim);
	if (err)
		return err;
	for (unsigned s = 1; s < INV_STATES; s++) {
		n[s] -= sim[s] < n[s] ? sim[s] : n[s];
		doc_set_int(by, inv_state_name((enum inv_state)s), (int64_t)n[s]);
		doc_set_int(sims, inv_state_name((enum inv_state)s), (int64_t)sim[s]);
		all += n[s];
	}
	doc_set_bool(job->d, "any_sims_on_loan", sim[INV_ON_LOAN] > 0);
	doc_set_bool(job->d, "any_sims_in_stock", sim[INV_IN_STOCK] > 0);
	doc_set_int(by, "all", (int64_t)all);
	doc_set_int(job->d, "away", (int64_t)(n[INV_LOST] + n[INV_STOLEN]));
	/* A template asks of a number only whether it is there, so none is said beside it. */
	doc_set_bool(job->d, "any_away", n[INV_LOST] + n[INV_STOLEN] > 0);
	doc_set_bool(job->d, "any_quarantined", n[INV_QUARANTINED] > 0);
	doc_set_bool(job->d, "any_awaiting", n[INV_AWAITING] > 0);
	doc_set_bool(job->d, "any_handed_in", n[INV_HANDED_IN] > 0);
	return put_tasks(job, txn);
}

/* Dates that can silence the fleet. */
static int ends_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct cert_push push;
	int err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &push);

	if (err && err != ERR_NOTFOUND)
		return err;
	doc_set_bool(job->d, "push_missing", err == ERR_NOTFOUND);
	doc_set_time(job->d, "push_certificate_ends", err ? 0 : push.not_after);
	doc_set_time(job->d, "ca_ends", cert_ca_not_after(job->w->o.certs));
	doc_set_bool(job->d, "ends", true);
	return 0;
}

static int64_t put_needs(const struct web_fleet *f, const struct doc *d, int64_t stopped)
{
	int64_t quarantined = 0;

	(void)!doc_int(doc_object(d, "items"), "quarantined", &quarantined);
	return (int64_t)f->silent_long + quarantined + stopped +
	       (int64_t)doc_list_size(doc_list(d, "tasks"));
}

static int put_fleet(struct api_read *job)
{
	struct apns_state push = {0};
	struct web_fleet f;
	struct doc *d = doc_set_object(job->d, "fleet"), *list;
	int err = web_fleet_get(job->w, job->rq->now, &f);
	int64_t needs;

	if (err)
		return err;
	if (job->w->o.apns)
		apns_state_get(job->w->o.apns, &push);
	needs = put_needs(&f, job->d, push.stopped_by_cert);
	doc_set_int(d, "enrolled", (int64_t)f.enrolled);
	doc_set_int(d, "heard", (int64_t)f.heard);
	doc_set_bool(d, "any", f.enrolled > 0);
	doc_set_int(d, "needs", needs);
	doc_set_bool(d, "any_needs", needs > 0);
	doc_set_int(d, "silent_long", (int64_t)f.silent_long);
	doc_set_bool(d, "any_silent", f.silent_long > 0);
	doc_set_bool(d, "push_stopped", push.stopped_by_cert);
	list = doc_set_list(d, "silent");
	for (size_t i = 0; i < f.silent_count; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "serial", f.silent[i].serial);
		doc_set_time(row, "seen", f.silent[i].seen_at);
	}
	return 0;
}

static int guide_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	return web_guide_new(txn, job->rq, job->d);
}

static int put_roles_work(struct api_read *job, uint32_t roles)
{
	static const struct {
		uint32_t roles;
		store_fn *fn;
	} parts[] = {{API_LOOK, guide_in}, {API_PEOPLE, web_start_handouts},
		{API_PEOPLE, web_start_people},
		{WEB_IT | WEB_KONSULENT, web_start_returns}, {WEB_ADMIN, web_start_accounts},
		{API_PEOPLE_RULES, web_start_privacy}};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].roles & roles)
			err = store_read(job->w->o.st, parts[i].fn, job);
	}
	return err == 0 && (roles & API_MACHINES) ? web_start_dates(job) : err;
}

int page_start(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	AUTO(buf) struct buf today = BUF_INIT(128);
	uint32_t roles = api_caller(rq)->roles;
	int err = store_read(job.w->o.st, counts_in, &job);

	if (err == 0)
		err = put_roles_work(&job, roles);
	when_weekday(&today, rq->lang, day_of_time(rq->now));
	doc_set_str(job.d, "today", lead_letter_up(rq->arena, buf_str(&today)));
	doc_set_str(job.d, "notice", web_words(job.w, SETTING_DESK_NOTICE));
	if (err == 0 && (roles & API_MACHINES))
		err = store_read(job.w->o.st, ends_in, &job);
	if (err == 0 && (roles & (API_MACHINES | WEB_READER)))
		err = put_fleet(&job);
	return err ? err : web_reply(rq, 200, "start", job.d);
}
