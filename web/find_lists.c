/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is found beside things: in short lists, each looked through to WEB_FIND_LOOK rows (the newest
 * where it has such an order) and only by whom its own address lets in.
 */
#include "web/find_int.h"
#include "web/scope_int.h"
#include "web/setting_int.h"

#include "base/text.h"

#include <stdlib.h>

struct one {
	const char *id, *name, *about;
	const char *texts[WEB_FIND_TEXTS]; /* what is searched, the weightiest first */
	unsigned fit;
	bool slip;
};
struct looking {
	struct web *w;
	struct store_txn *txn;
	struct http_request *rq;
	const struct store_piece *piece; /* its arena is that of all rows */
	struct one *rows;
	size_t n, looked;
	bool more; /* it may have rows that were not looked at */
};
struct kind {
	const char *name;  /* of its address, of the API and of the pages alike */
	const char *title; /* of the catalogue */
	int (*read)(struct looking *l);
};

static struct one *row_add(struct looking *l, const char *id, const char *name)
{
	struct one *row = &l->rows[l->n++];

	*row = (struct one){.id = id, .name = text_empty(name) ? id : name};
	row->texts[0] = name;
	return row;
}

static const char *number(const struct looking *l, uint64_t id)
{
	return arena_printf(l->piece->a, "%llu", (unsigned long long)id);
}

static int read_leases(struct looking *l)
{
	struct inv_lease *x;
	size_t n = 0;
	int err = inv_lease_list(l->txn, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct one *row = row_add(l, x[i].id, x[i].id);

		row->about = row->texts[1] = x[i].supplier;
		row->texts[2] = x[i].agreement;
		row->texts[3] = x[i].funding;
		row->texts[4] = x[i].terms;
	}
	return err;
}

static int read_deliveries(struct looking *l)
{
	struct inv_delivery *x;
	size_t n = 0;
	int err = inv_delivery_list(l->txn, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct one *row = row_add(l, x[i].id, x[i].id);

		row->about = row->texts[1] = x[i].supplier;
		row->texts[2] = x[i].order;
		row->texts[3] = x[i].lease;
		row->texts[4] = x[i].note;
	}
	return err;
}

static int read_mailings(struct looking *l)
{
	static const char *const sorts[] = {[MDM_MAILING_SURVEY] = "name.mailing.survey",
		[MDM_MAILING_MEDIA] = "name.mailing.media",
		[MDM_MAILING_LINK] = "name.mailing.link"};
	struct mdm_mailing *x;
	size_t n = 0;
	int err = mdm_mailing_list(l->txn, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct one *row = row_add(l, x[i].id, x[i].title);

		if (x[i].kind >= MDM_MAILING_SURVEY && x[i].kind <= MDM_MAILING_LINK)
			row->about = row->texts[1] = web_text(l->rq->lang, sorts[x[i].kind]);
		row->texts[2] = x[i].url;
		row->texts[3] = x[i].group;
		row->texts[4] = x[i].serial;
	}
	return err;
}

static int read_faults(struct looking *l)
{
	struct inv_fault *x;
	size_t n = 0;
	int err = inv_fault_open(l->txn, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct one *row = row_add(l, number(l, x[i].id), x[i].symptom);

		row->about = row->texts[1] = x[i].serial;
		row->texts[2] = x[i].tried;
		row->texts[3] = say_plain(inv_fault_state_say(x[i].state), l->rq->lang);
	}
	return err;
}

static int read_notices(struct looking *l)
{
	struct inv_notice *x;
	size_t n = 0;
	int err = inv_notice_list(l->txn, false, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct one *row = row_add(l, number(l, x[i].id), x[i].title);

		row->about = row->texts[1] = x[i].source;
		row->texts[2] = x[i].text;
		row->texts[3] = x[i].model;
		row->texts[4] = x[i].lot;
	}
	return err;
}

static int read_groups(struct looking *l)
{
	struct mdm_group *x;
	size_t n = 0;
	int err = mdm_group_list(l->txn, l->piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		row_add(l, x[i].name, x[i].title)->texts[1] = x[i].name;
	return err;
}

static int read_settings(struct looking *l)
{
	for (unsigned x = 0; x < SETTINGS && l->n < l->piece->most; x++) {
		const char *name = setting_row(x)->name, *title, *hint;
		struct one *row;

		web_setting_words(l->rq, x, &title, &hint);
		row = row_add(l, name, title);
		row->about = row->texts[1] = hint;
		row->texts[2] = name;
	}
	return 0;
}

static const struct kind kinds[] = {
	{"faults", "place.faults", read_faults},
	{"safety-notices", "notice.title", read_notices},
	{"mailings", "place.mailings", read_mailings},
	{"groups", "place.groups", read_groups},
	{"deliveries", "place.deliveries", read_deliveries},
	{"leases", "place.leases", read_leases},
	{"settings", "place.settings", read_settings},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Whoever may read the list may find what is in it: the table of routes says who. */
bool web_find_may(struct web *w, const struct http_request *rq, const char *name)
{
	const char *path = arena_printf(rq->arena, "/api/v1/%s", name);
	const struct web_caller *who = api_caller(rq);
	const struct http_route *r = web_routes(w).routes;
	struct refusal why;

	while (r->method && !(text_equal(r->method, "GET") && text_equal(r->path, path)))
		r++;
	return r->method && (who->roles & r->roles) &&
	       web_scope_reaches(who->areas, web_route_need(r).areas, &why) == 0;
}

static int by_fit(const void *x, const void *y)
{
	const struct one *a = x, *b = y;

	return a->fit != b->fit ? (a->fit < b->fit) - (a->fit > b->fit) : strcmp(a->id, b->id);
}

/* Long texts are no reason to wait: what is looked at ends with WEB_FIND_BYTES. */
static void bound(struct looking *l)
{
	size_t bytes = 0, i = 0;

	for (; i < l->n && bytes < WEB_FIND_BYTES; i++) {
		for (size_t t = 0; t < WEB_FIND_TEXTS; t++)
			bytes += l->rows[i].texts[t] ? strlen(l->rows[i].texts[t]) : 0;
	}
	l->more = l->n == l->piece->most || i < l->n;
	l->n = l->looked = i;
}

/* How each fits; is there one that has the words themselves? */
static bool weigh(struct looking *l, const struct web_find_ask *ask)
{
	bool whole = false;

	for (size_t i = 0; i < l->n; i++) {
		struct one *row = &l->rows[i];

		row->fit = web_find_fit(l->piece->a, ask, row->texts, &row->slip);
		whole = whole || (row->fit && !row->slip);
	}
	return whole;
}

/* What fits, the best first. */
static void sift(struct looking *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->rows[i].fit)
			l->rows[kept++] = l->rows[i];
	}
	l->n = kept;
	qsort(l->rows, l->n, sizeof(*l->rows), by_fit);
}

static void put_rows(const struct looking *l, const struct kind *k, struct doc *list)
{
	struct arena *a = l->rq->arena;
	struct doc *d, *rows = NULL;

	if (!l->n)
		return;
	d = doc_add_object(list);
	doc_set_str(d, "kind", k->name);
	doc_set_str(d, "title", web_text(l->rq->lang, k->title));
	doc_set_bool(d, "cut", l->n > WEB_FIND_SHOWN);
	rows = doc_set_list(d, "rows");
	for (size_t i = 0; i < l->n && i < WEB_FIND_SHOWN; i++) {
		const struct one *one = &l->rows[i];
		struct doc *row = doc_add_object(rows);

		doc_set_str(row, "id", one->id);
		doc_set_str(row, "name", one->name);
		doc_set_str(row, "about", text_empty(one->about) ? NULL : one->about);
		doc_set_bool(row, "slip", one->slip);
		if (web_is_page(l->rq))
			doc_set_str(row, "href",
				arena_printf(a, "/%s/%s", k->name, web_escape(a, one->id)));
	}
}

/* Is anything in d's "found" that is no slip? */
static bool found_whole(const struct doc *d)
{
	const struct doc *found = doc_list(d, "found");

	for (size_t i = 0; i < doc_list_size(found); i++) {
		if (!doc_bool(doc_list_object(found, i), "slip", false))
			return true;
	}
	return false;
}

static int look(struct looking *l, const struct kind *k)
{
	int err = 0;

	l->rows = ARENA_ARRAY(l->piece->a, struct one, WEB_FIND_LOOK);
	if (web_find_may(l->w, l->rq, k->name))
		err = k->read(l);
	if (err == 0)
		bound(l);
	return err;
}

/* Which list is longer than what was looked at, and where all of it can be sifted. */
static void put_looked(const struct looking *l, const struct kind *k, const char *q, struct doc *d)
{
	struct arena *a = l->rq->arena;
	struct doc *row;

	if (!l->more)
		return;
	row = doc_add_object(doc_list(d, "looked"));
	doc_set_str(row, "kind", k->name);
	doc_set_str(row, "title", web_text(l->rq->lang, k->title));
	doc_set_int(row, "most", (int64_t)l->looked);
	if (web_is_page(l->rq))
		doc_set_str(row, "href", arena_printf(a, "/%s?q=%s", k->name, web_escape(a, q)));
}

int web_find_lists(struct web *w, struct store_txn *txn, struct http_request *rq, const char *q,
	struct doc *d)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_find_ask ask = web_find_ask(a, q);
	const struct store_piece piece = {.a = a, .most = WEB_FIND_LOOK};
	struct doc *list = doc_set_list(d, "lists");
	struct looking l[KINDS];
	bool whole = found_whole(d);
	int err = 0;

	doc_set_list(d, "looked");
	ask.whole = true;
	for (size_t i = 0; err == 0 && ask.n && i < KINDS; i++) {
		l[i] = (struct looking){.w = w, .txn = txn, .rq = rq, .piece = &piece};
		err = look(&l[i], &kinds[i]);
		whole = (err == 0 && weigh(&l[i], &ask)) || whole;
	}
	ask.whole = false;
	for (size_t i = 0; err == 0 && ask.n && i < KINDS; i++) {
		if (!whole)
			(void)weigh(&l[i], &ask);
		sift(&l[i]);
		put_rows(&l[i], &kinds[i], list);
		put_looked(&l[i], &kinds[i], q, d);
	}
	return err;
}
