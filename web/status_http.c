/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/status: how things stand. */
#include "web/api_int.h"

static int status_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *by = doc_set_object(job->d, "items"), *sims = doc_set_object(job->d, "sims");
	struct cert_push push;
	uint64_t n[INV_STATES], sim[INV_STATES];
	int err = inv_count_by_state(txn, n);

	if (err == 0)
		err = inv_count_sims(txn, sim);
	if (err)
		return err;
	for (unsigned s = 1; s < INV_STATES; s++) {
		doc_set_int(by, inv_state_name((enum inv_state)s), (int64_t)n[s]);
		doc_set_int(sims, inv_state_name((enum inv_state)s), (int64_t)sim[s]);
	}
	err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &push);
	doc_set_time(job->d, "push_certificate_ends", err ? 0 : push.not_after);
	doc_set_time(job->d, "ca_ends", cert_ca_not_after(job->w->o.certs));
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_status_fill(struct api_read *job)
{
	struct web *w = job->w;
	struct apns_state push = {0};
	struct doc *d;
	int err = store_read(w->o.st, status_in, job);

	if (err)
		return err;
	d = doc_set_object(job->d, "push");
	/* A command beside the server has no connection of its own and cannot tell of the server's.
	 */
	if (w->o.apns) {
		apns_state_get(w->o.apns, &push);
		doc_set_bool(d, "connected", push.connected);
	}
	doc_set_bool(d, "stopped_by_certificate", push.stopped_by_cert);
	doc_set_str(d, "alarm", push.alarm);
	doc_set_time(d, "alarm_at", push.alarm_at);
	return 0;
}

int api_status(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	int err = web_status_fill(&job);

	return err ? err : web_reply(rq, 200, NULL, job.d);
}
