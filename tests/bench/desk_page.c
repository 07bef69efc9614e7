/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of a large store that are opened most: how long the server takes, and how much goes over
 * the line. */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "tests/fake/http_client.h"

#include <stdlib.h>
#include <string.h>

#define ASKED 20

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

static struct asked ask(struct desk *d, struct client *c, const char *path)
{
	struct bytes rq = bytes_of_str(arena_printf(d->a,
		"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
		"Accept-Encoding: gzip\r\nAccept-Language: sv\r\nAuthorization: Bearer %s\r\n\r\n",
		path, d->token));
	int64_t cpu = bench_server_cpu_us(&d->s);
	struct asked out = {0};
	double ms[ASKED];

	for (unsigned i = 0; i < ASKED; i++) {
		int64_t t0 = clock_mono_us();
		struct client_reply r;

		bench_must(client_exchange_raw(c, rq, &r), path);
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
		out.status = r.status;
		out.bytes = r.body.n;
	}
	out.cpu_ms = (double)(bench_server_cpu_us(&d->s) - cpu) / 1000 / ASKED;
	qsort(ms, ASKED, sizeof(*ms), by_value);
	out.median_ms = ms[ASKED / 2];
	return out;
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
	desk_rest(d, c);
	desk_every_page(d, c);
	client_free(c);
}
