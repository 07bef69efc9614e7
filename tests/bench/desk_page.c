/* SPDX-License-Identifier: EUPL-1.2 */
/* Each page of a large store: how long the server takes, and how much goes over the line. */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "base/text.h"
#include "tests/fake/http_client.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>

#define ASKED 20
#define WALK_US 60000000 /* every page, three times each, in no more than this */

/* Those that end in "/" or "=" are asked of a borrower. */
static const struct {
	const char *name, *path;
} pages[] = {
	{"start", "/"},
	{"desk", "/desk"},
	{"items", "/items"},
	{"items_state", "/items?state=in_stock"},
	{"items_product", "/items?product=product-7"},
	{"item", "/items/VB-0000777"},
	{"find", NULL}, /* words lead to an address of their own */
	{"find_slip", NULL},
	{"loans", "/loans"},
	{"loans_thing", "/loans?thing=VB-0000777"},
	{"loan", "/loans/L-10009"},
	{"borrower", "/borrowers/"},
	{"borrower_loans", "/loans?borrower="},
	{"products", "/products"},
	{"statistics", "/statistics"},
	{"audit", "/audit"},
	{"lifeguard", "/lifeguard"},
	{"sign_in", "/sign-in"},
};

struct asked {
	int status;
	size_t bytes;
	double median_ms, cpu_ms;
};

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static struct asked ask_times(struct desk *d, struct client *c, const char *path, unsigned times)
{
	struct bytes rq = bytes_of_str(arena_printf(d->a,
		"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
		"Accept-Encoding: gzip\r\nAccept-Language: sv\r\nAuthorization: Bearer %s\r\n\r\n",
		path, d->token));
	int64_t cpu = bench_server_cpu_us(&d->s);
	struct asked out = {0};
	double ms[ASKED];

	for (unsigned i = 0; i < times; i++) {
		int64_t t0 = clock_mono_us();
		struct client_reply r;

		bench_must(client_exchange_raw(c, rq, &r), path);
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
		out.status = r.status;
		out.bytes = r.body.n;
	}
	out.cpu_ms = (double)(bench_server_cpu_us(&d->s) - cpu) / 1000 / times;
	qsort(ms, times, sizeof(*ms), by_value);
	out.median_ms = ms[times / 2];
	return out;
}

static struct asked ask(struct desk *d, struct client *c, const char *path)
{
	return ask_times(d, c, path, ASKED);
}

/* Where the box on each page leads that was given these words: what was typed is sealed in it. */
static const char *found_at(struct desk *d, struct client *c, const char *words)
{
	const struct client_header headers[] = {
		{"Authorization", arena_printf(d->a, "Bearer %s", d->token)},
		{"Accept", "text/html"},
		{"Content-Type", "application/x-www-form-urlencoded"},
	};
	const struct client_request rq = {.method = "POST",
		.path = "/find",
		.headers = headers,
		.header_count = sizeof(headers) / sizeof(headers[0]),
		.body = bytes_of_str(arena_printf(d->a, "q=%s", words))};
	struct client_reply r;

	bench_must(client_exchange(c, &rq, &r), "/find");
	if (r.status != 303 || !r.location)
		bench_must(ERR_INTERNAL, "/find leads nowhere");
	return arena_strdup(d->a, r.location);
}

/* "blå dörrklocka", and with two letters in each other's place. */
static const char *path_of(struct desk *d, struct client *c, size_t i)
{
	const char *path = pages[i].path;
	char end;

	if (!path)
		return found_at(d, c,
			strcmp(pages[i].name, "find") == 0 ? "bl%C3%A5+d%C3%B6rrklocka"
							   : "bl%C3%A5+d%C3%B6rrkolcka");
	end = path[strlen(path) - 1];
	return path[1] && (end == '/' || end == '=')
		       ? arena_printf(d->a, "%s%s", path, d->borrower[7])
		       : path;
}

/* The address of a page, with what the load has for its name; NULL: the load has none such. */
static const char *filled_path(struct desk *d, const char *path)
{
	const struct {
		const char *beginning, *name;
	} known[] = {
		{"/items/{", "VB-0000777"},
		{"/loans/{", "L-10009"},
		{"/borrowers/{", d->borrower[7]},
		{"/products/{", "product-7"},
	};
	const char *open = strchr(path, '{'), *shut = strchr(path, '}');

	if (!open)
		return path;
	for (size_t i = 0; shut && i < sizeof(known) / sizeof(known[0]); i++) {
		if (text_starts(path, known[i].beginning) && !strchr(shut, '{'))
			return arena_printf(d->a, "%.*s%s%s", (int)(open - path), path,
				known[i].name, shut + 1);
	}
	return NULL;
}

/* Every page of the table that opens with what is loaded. */
static void every_page(struct desk *d, struct client *c, size_t css)
{
	const char *slowest = "", *heaviest = "";
	double most_ms = 0, most_kb = 0;
	int64_t end = clock_mono_us() + WALK_US;
	unsigned opened = 0, others = 0;

	for (const struct http_route *r = web_page_routes(NULL).routes; r->method; r++) {
		const char *path = filled_path(d, r->path);
		struct asked p = {0};
		double kb;

		if (strcmp(r->method, "GET") != 0 || text_equal(r->path, "/events"))
			continue; /* those never end */
		if (path && clock_mono_us() < end)
			p = ask_times(d, c, path, 3);
		if (p.status != 200) {
			others++;
			continue;
		}
		opened++;
		kb = (double)(p.bytes + css) / 1000;
		bench_note("%-44s %7.2f ms %6.1f kB", r->path, p.median_ms, kb);
		if (p.median_ms > most_ms) {
			most_ms = p.median_ms;
			slowest = r->path;
		}
		if (kb > most_kb) {
			most_kb = kb;
			heaviest = r->path;
		}
	}
	bench_note("%u addresses opened, the goal 60 kB or less with the styles; %u were not: they "
		   "lead on, or need what is not loaded, or time was out",
		opened, others);
	bench_note("slowest %s, heaviest %s", slowest, heaviest);
	bench_say(arena_printf(d->a, "page_slowest_ms_%s", desk_size(d)), most_ms, "ms");
	bench_say(arena_printf(d->a, "page_heaviest_kb_%s", desk_size(d)), most_kb, "kB");
}

void desk_pages(struct desk *d)
{
	const struct client_options o = {.host = "127.0.0.1", .port = d->s.staff_port};
	struct client *c = client_new(&o);
	struct asked css = ask(d, c, "/assets/hylla.css");

	bench_note("a page: %d times, on the clock here, and with the %zu bytes of its styles, the "
		   "one request that it waits for: those are packed by gzip, a page is not",
		ASKED, css.bytes);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		const char *size = desk_size(d);
		const char *path = path_of(d, c, i);
		struct asked p = ask(d, c, path);

		if (p.status != 200)
			bench_note("%s answers %d", path, p.status);
		bench_say(arena_printf(d->a, "page_%s_ms_%s", pages[i].name, size), p.median_ms,
			"ms");
		bench_say(
			arena_printf(d->a, "page_%s_cpu_%s", pages[i].name, size), p.cpu_ms, "ms");
		bench_say(arena_printf(d->a, "page_%s_kb_%s", pages[i].name, size),
			(double)(p.bytes + css.bytes) / 1000, "kB");
	}
	every_page(d, c, css.bytes);
	client_free(c);
}
