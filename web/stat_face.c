/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the statistics: charts over the tables, and what they are sifted by. */
#include "web/circulation_int.h"
#include "web/list_int.h"

#include "base/day.h"
#include "base/text.h"
#include "base/when.h"

#define BARS_MOST 15

/* "november 2026"; any other name as it is. */
static const char *month_said(const struct http_request *rq, const char *s)
{
	AUTO(buf) struct buf text = BUF_INIT(64), first = BUF_INIT(256);
	int32_t day;

	buf_printf(&first, "%s-01", s ? s : "");
	if (!s || strlen(s) != 7 || day_parse(buf_str(&first), &day) != 0)
		return s;
	when_month(&text, rq->lang, day);
	return arena_strdup(rq->arena, buf_str(&text));
}

/* --- charts: bars whose lengths are percent, so that they are right at any width --- */

#define BAR_STEP 52

static void put_bars(struct http_request *rq, struct doc *d, const char *of, const char *key)
{
	const struct doc *list = doc_list(d, of);
	struct doc *chart = doc_set_object(doc_object(d, "charts"), of);
	struct doc *bars = doc_set_list(chart, "bars");
	size_t n = doc_list_size(list) < BARS_MOST ? doc_list_size(list) : BARS_MOST;
	int64_t most = 1, count;

	for (size_t i = 0; i < n; i++) {
		if (doc_int(doc_list_object(list, i), key, &count) == 0 && count > most)
			most = count;
	}
	for (size_t i = 0; i < n; i++) {
		const struct doc *row = doc_list_object(list, i);
		const char *name = doc_str(row, "name");
		struct doc *bar = doc_add_object(bars);

		/* What is too few to tell has a bar of no length. */
		if (doc_int(row, key, &count) != 0)
			count = 0;
		doc_set_str(bar, "name", month_said(rq, name));
		doc_set_int(bar, "text_y", (int64_t)i * BAR_STEP + 18);
		doc_set_int(bar, "y", (int64_t)i * BAR_STEP + 26);
		doc_set_int(bar, "width", count * 100 / most);
		if (doc_bool(row, "few", false))
			doc_set_str(bar, "value", doc_str(row, "count"));
		else
			doc_set_int(bar, "value", count);
	}
	doc_set_int(chart, "height", (int64_t)n * BAR_STEP);
	doc_set_bool(chart, "any", n > 0);
}

/* Columns for months: one letter under each. */
static void put_columns(struct http_request *rq, struct doc *d)
{
	const struct doc *list = doc_list(d, "months");
	struct doc *chart = doc_set_object(doc_object(d, "charts"), "months");
	struct doc *bars = doc_set_list(chart, "bars");
	size_t n = doc_list_size(list);
	int64_t most = 1, count;

	for (size_t i = 0; i < n; i++) {
		if (doc_int(doc_list_object(list, i), "loans", &count) == 0 && count > most)
			most = count;
	}
	for (size_t i = 0; i < n; i++) {
		struct doc *bar = doc_add_object(bars);
		int64_t height;

		/* What is too few to tell has a column of no height. */
		if (doc_int(doc_list_object(list, i), "loans", &count) != 0)
			count = 0;
		height = count * 150 / most;
		doc_set_str(bar, "x", arena_printf(rq->arena, "%zu.%02zu", i * 100 / n,
						i * 10000 / n % 100));
		doc_set_str(bar, "width", arena_printf(rq->arena, "%zu.%02zu", 80 / n,
						    8000 / n % 100));
		doc_set_int(bar, "y", 160 - height);
		doc_set_int(bar, "height", height);
	}
	doc_set_str(chart, "first", month_said(rq, doc_str(doc_list_object(list, 0), "month")));
	doc_set_str(chart, "last", month_said(rq, doc_str(doc_list_object(list, n - 1), "month")));
	doc_set_int(chart, "most", most);
}

static const char *const filters[] = {"from", "to", "zone", NULL};
static const struct web_list statistics = {"/statistics", filters, NULL};

void web_statistics_face(struct http_request *rq, struct doc *d)
{
	const char *zone = http_query(rq, "zone");
	struct doc *zones = doc_set_list(d, "zones");

	doc_set_object(d, "charts");
	put_columns(rq, d);
	put_bars(rq, d, "products", "count");
	put_bars(rq, d, "places", "count");
	put_bars(rq, d, "kinds", "count");
	put_bars(rq, d, "late_reasons", "count");
	put_bars(rq, d, "early_reasons", "count");
	put_bars(rq, d, "overdue", "count");
	put_bars(rq, d, "ipads", "count");
	put_bars(rq, d, "lease_ends", "count");
	web_list_option(zones, "care", web_text(rq->lang, "stat.care"), zone);
	web_list_option(zones, "library", web_text(rq->lang, "stat.library"), zone);
	web_list_face(rq, &statistics, d);
	/* Behind it stands what to fetch: "table=months&format=csv". */
	doc_set_str(d, "file", web_list_address(rq, &statistics, NULL, "table="));
}
