/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /api/v1/devices and its page: the iPads that have ever enrolled, sifted and in four orders. */
#include "web/circulation_int.h"
#include "web/list_int.h"

#include "base/text.h"

#define GROUPS_MOST 200
#define VALUES_MOST 200
#define AT_ONCE 500 /* of a file's rows: what finding them takes is let go before the next */

static const char *const filters[] = {"state", "group", "model", "os", "lent", NULL};
static const struct web_sort sorts[] = {{"serial", false}, {"seen", false}, {"os", false},
	{"model", false}, {0}};
static const enum mdm_fleet_order orders[] = {
	MDM_FLEET_BY_SERIAL, MDM_FLEET_BY_SEEN, MDM_FLEET_BY_OS, MDM_FLEET_BY_MODEL};
static const struct web_list fleet = {"/devices", filters, sorts};

static const char *asked(const struct http_request *rq, const char *key)
{
	const char *s = http_query(rq, key);

	return text_empty(s) ? NULL : s;
}

/* --- what is asked --- */

static int is_lent(struct store_txn *txn, const char *serial, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan l;
	struct inv_loan_line line;
	int err = inv_loan_of_unit(txn, a, serial, &l, &line);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int fits_lent(struct store_txn *txn, const char *serial, void *arg, bool *ret)
{
	bool lent = false;
	int err = is_lent(txn, serial, &lent);

	*ret = lent == text_equal(arg, "yes");
	return err;
}

static int read_ask(struct http_request *rq, struct mdm_fleet_ask *ask)
{
	const char *state = asked(rq, "state"), *lent = asked(rq, "lent");
	struct web_sorted sorted;
	int err = web_list_order(rq, &fleet, &sorted);

	if (err == 0 && lent && !text_equal(lent, "yes") && !text_equal(lent, "no"))
		err = ERR_BADINPUT;
	if (err)
		return err;
	*ask = (struct mdm_fleet_ask){.order = orders[sorted.index],
		.down = sorted.down,
		.silent_before = rq->now - WEB_SILENT_S,
		.group = asked(rq, "group"),
		.model = asked(rq, "model"),
		.os = asked(rq, "os"),
		.fits = lent ? fits_lent : NULL,
		.arg = (void *)(uintptr_t)lent,
		.after = asked(rq, "after"),
		.most = api_most(rq)};
	return state ? mdm_fleet_state_parse(state, &ask->state) : 0;
}

/* --- the rows --- */

static int put_thing(struct api_read *job, struct store_txn *txn, const char *serial, struct doc *d)
{
	struct inv_unit u;
	bool lent = false;
	int err = inv_unit_get(txn, job->rq->arena, serial, &u);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(d, "item_number", u.item_number);
	doc_set_str(d, "state", inv_state_name((enum inv_state)u.state));
	doc_set_str(d, "state_text",
		say_plain(inv_state_say((enum inv_state)u.state), job->rq->lang));
	err = is_lent(txn, serial, &lent);
	doc_set_bool(d, "lent", lent);
	return err;
}

static int put_row(
	struct api_read *job, struct store_txn *txn, const struct mdm_enrollment *e, struct doc *d)
{
	struct mdm_ade_device ade;
	enum mdm_stands stands;
	int64_t seen = 0;
	int err = put_thing(job, txn, e->serial, d);

	if (err == 0)
		err = mdm_stands_get(txn, job->rq->arena, e->serial, &stands);
	if (err == 0)
		err = mdm_enrollment_seen(job->w->o.mdm, txn, e, &seen);
	if (err)
		return err;
	doc_set_str(d, "serial", e->serial);
	doc_set_str(d, "udid", e->udid);
	doc_set_bool(d, "enrolled", e->state == MDM_ENROLLED);
	doc_set_bool(d, "trusted", e->trusted);
	doc_set_str(d, "model", e->product);
	doc_set_str(d, "os_version", e->os_version);
	doc_set_str(d, "stands", mdm_stands_name(stands));
	if (web_is_page(job->rq) && stands != MDM_STANDS_DONE)
		doc_set_bool(d, mdm_stands_name(stands), true);
	doc_set_time(d, "seen", seen);
	err = mdm_ade_device_get(txn, job->rq->arena, e->serial, &ade);
	if (err == 0)
		web_doc_opt_time(d, "migrate_by", ade.migrate_by);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* A page; for a file as many as it holds, since a page may be short. */
static int put_rows(struct api_read *job, struct store_txn *txn, struct mdm_fleet_ask ask)
{
	struct doc *list = doc_set_list(job->d, "devices");
	size_t left = ask.most;
	struct mdm_fleet_page p;
	int err;

	do {
		ask.most = left < AT_ONCE ? left : AT_ONCE;
		err = mdm_fleet_list(job->w->o.mdm, txn, job->rq->arena, &ask, &p);
		for (size_t i = 0; err == 0 && i < p.n; i++)
			err = put_row(job, txn, &p.at[i], doc_add_object(list));
		if (err)
			return err;
		left -= p.n;
		ask.after = p.next;
	} while (web_is_file(job->rq) && p.next && left);
	doc_set_str(job->d, "next", p.next);
	return 0;
}

/* --- what only the page has --- */

static int put_state(struct api_read *job, struct store_txn *txn, enum mdm_fleet_state s,
	enum mdm_fleet_state current)
{
	struct arena *a = job->rq->arena;
	const char *name = mdm_fleet_state_name(s);
	struct doc *row = doc_add_object(doc_list(job->d, "states"));
	uint64_t n;
	int err = mdm_fleet_count(txn, s, &n);

	doc_set_str(row, "text",
		web_text(job->rq->lang,
			arena_printf(a, "name.fleet.%s", name ? name : "all")));
	doc_set_str(row, "href",
		web_list_address(job->rq, &fleet, "state",
			name ? arena_printf(a, "state=%s", name) : ""));
	doc_set_bool(row, "current", s == current);
	if (err == 0)
		doc_set_int(row, "count", (int64_t)n);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int put_states(
	struct api_read *job, struct store_txn *txn, const struct mdm_fleet_ask *ask)
{
	int err = 0;

	doc_set_list(job->d, "states");
	for (unsigned s = 0; err == 0 && s < MDM_FLEET_STATES; s++)
		err = put_state(job, txn, (enum mdm_fleet_state)s, ask->state);
	return err;
}

static int put_values(struct api_read *job, struct store_txn *txn, enum mdm_fleet_order of,
	const char *list, const char *current)
{
	struct doc *to = doc_set_list(job->d, list);
	const char **values;
	size_t n;
	int err = mdm_fleet_values(
		txn, of, STORE_PIECE(job->rq->arena, NULL, VALUES_MOST), &values, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_list_option(to, values[i], values[i], current);
	return err;
}

static int put_groups(struct api_read *job, struct store_txn *txn, const char *current)
{
	struct doc *list = doc_set_list(job->d, "groups");
	struct mdm_group *g;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(job->rq->arena, NULL, GROUPS_MOST), &g, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!text_equal(g[i].name, MDM_GROUP_ALL))
			web_list_option(list, g[i].name,
				text_empty(g[i].title) ? g[i].name : g[i].title, current);
	}
	doc_set_bool(job->d, "any_groups", err == 0 && doc_list_size(list) > 0);
	return err;
}

static int put_face(struct api_read *job, struct store_txn *txn, const struct mdm_fleet_ask *ask)
{
	struct doc *lent = doc_set_list(job->d, "lendings");
	const char *now = asked(job->rq, "lent");
	int err = put_states(job, txn, ask);

	web_list_option(lent, "yes", web_text(job->rq->lang, "devices.lent"), now);
	web_list_option(lent, "no", web_text(job->rq->lang, "devices.not_lent"), now);
	if (err == 0)
		err = put_values(job, txn, MDM_FLEET_BY_MODEL, "models", ask->model);
	if (err == 0)
		err = put_values(job, txn, MDM_FLEET_BY_OS, "versions", ask->os);
	if (err == 0)
		err = put_groups(job, txn, ask->group);
	if (ask->state)
		doc_set_str(job->d, "of_state", mdm_fleet_state_name(ask->state));
	doc_set_bool(job->d, "sifted", ask->state || ask->group || ask->model || ask->os || now);
	web_list_face(job->rq, &fleet, job->d);
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_fleet_ask ask;
	int err = read_ask(job->rq, &ask);

	if (err == 0)
		err = put_rows(job, txn, ask);
	if (err)
		return err;
	return web_is_page(job->rq) && !web_is_file(job->rq) ? put_face(job, txn, &ask) : 0;
}

static const struct web_column columns[] = {
	{"serial", "column.serial"},
	{"item_number", "column.item_number"},
	{"state_text", "column.state"},
	{"enrolled", "column.enrolled"},
	{"stands", "column.stands"},
	{"seen", "column.seen"},
	{"model", "column.model"},
	{"os_version", "column.os_version"},
	{"migrate_by", "column.migrate_by"},
	{"udid", "column.udid"},
	{0},
};

int api_device_list(struct http_request *rq, void *ctx)
{
	const struct web_table table = {.list = "devices", .columns = columns};

	return web_read_table(rq, ctx, list_in, &table);
}
