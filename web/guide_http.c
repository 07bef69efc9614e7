/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided first visit: the three or four main tasks of each role, on the start page until one
 * says that one knows, and under /guide ever after. */
#include "web/guide_int.h"

#include "base/text.h"

#define STEPS 4

static const struct guide {
	uint32_t role;
	const char *title;
	struct {
		const char *text, *href;
	} step[STEPS];
} guides[] = {
	{WEB_BIBLIOTEK, "guide.bibliotek",
		{{"guide.bibliotek_lend", "/desk"}, {"guide.bibliotek_late", "/loans?show=late"},
			{"guide.bibliotek_borrower", "/borrowers/new"},
			{"guide.bibliotek_things", "/items"}}},
	{WEB_KONSULENT, "guide.konsulent",
		{{"guide.konsulent_borrower", "/borrowers"}, {"guide.konsulent_lend", "/desk"},
			{"guide.konsulent_lost", "/devices"},
			{"guide.konsulent_late", "/loans/calls"}}},
	{WEB_IT, "guide.it",
		{{"guide.it_fleet", "/devices"}, {"guide.it_dates", "/lifeguard"},
			{"guide.it_quarantine", "/items?state=quarantined"},
			{"guide.it_groups", "/groups"}}},
	{WEB_ADMIN, "guide.admin",
		{{"guide.admin_accounts", "/accounts"}, {"guide.admin_tokens", "/tokens"},
			{"guide.admin_audit", "/audit"}, {"guide.admin_settings", "/settings"}}},
	{WEB_READER, "guide.reader",
		{{"guide.reader_figures", "/statistics"}, {"guide.reader_things", "/items"},
			{"guide.reader_fleet", "/devices"}}},
};

static void step_put(const struct http_request *rq, struct doc *steps, const char *text, const char *href)
{
	struct doc *step = doc_add_object(steps);

	doc_set_str(step, "text", web_text(rq->lang, text));
	doc_set_str(step, "href", href);
}

/* In a new house the place comes before all else: papers and rules ask for it. */
static int place_lacks(struct store_txn *txn, const struct http_request *rq, bool *ret)
{
	struct inv_lending one;
	int err = inv_place_lending(txn, rq->arena, PEOPLE_ZONES, 1, &one);

	*ret = err == 0 && one.n == 0;
	return err;
}

/* {{guides}}: title and steps of these roles. */
static void guide_put(const struct http_request *rq, uint32_t roles, bool no_place, struct doc *d)
{
	struct doc *list = doc_set_list(d, "guides");

	for (size_t i = 0; i < sizeof(guides) / sizeof(guides[0]); i++) {
		struct doc *row, *steps;

		if (!(guides[i].role & roles))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "title", web_text(rq->lang, guides[i].title));
		steps = doc_set_list(row, "steps");
		if (no_place && guides[i].role == WEB_ADMIN)
			step_put(rq, steps, "guide.admin_place", "/places/new");
		for (size_t k = 0; k < STEPS && guides[i].step[k].text; k++)
			step_put(rq, steps, guides[i].step[k].text, guides[i].step[k].href);
	}
	doc_set_bool(d, "any_guides", doc_list_size(list) > 0);
}

int web_guide_new(struct store_txn *txn, const struct http_request *rq, struct doc *d)
{
	const struct web_caller *who = api_caller(rq);
	struct web_account u;
	bool no_place = false;
	int err = who->account ? web_account_get(txn, rq->arena, who->account, &u) : ERR_NOTFOUND;

	if (err == 0)
		err = place_lacks(txn, rq, &no_place);
	if (err == 0)
		guide_put(rq, who->roles & ~u.guided, no_place, d);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int guide_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	bool no_place;
	int err = place_lacks(txn, job->rq, &no_place);

	if (err == 0)
		guide_put(job->rq, api_caller(job->rq)->roles, no_place, job->d);
	return err;
}

int page_guide(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, guide_in, "guide");
}

/* A role that is given later has its own first visit. */
static int known_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct http_request *rq = arg;
	struct web_account u;
	int err = web_account_get(txn, a, api_caller(rq)->account, &u);

	if (err)
		return err;
	u.guided |= api_caller(rq)->roles;
	return web_account_put(txn, &u);
}

int page_guide_known(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	int err = api_caller(rq)->account ? store_write(w->o.st, known_in, rq) : 0;

	return api_done(rq, err, NULL);
}
