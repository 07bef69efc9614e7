/* SPDX-License-Identifier: EUPL-1.2 */
/* Every page of the program's own table, as who has all roles sees it: how long the server takes, what
 * goes over the line with its styles, and how many requests the browser waits for before it draws. */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "base/text.h"
#include "tests/fake/http_client.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>

#define TIMES 5
#define GOAL_KB 60.0
#define GOAL_BLOCKING 1
#define STYLES 8 /* different ones, in all the pages */

/* What answers with no page, each with what comes instead. What is not here must open. */
static const struct {
	const char *path, *why;
} no_pages[] = {
	{"/events", "a stream of what happens, which never ends"},
	{"/sign-in/provider", "leads on to the provider of accounts; there is none here"},
	{"/sign-in/provider/back", "the provider's way back, with a code of its own"},
	{"/kept", "leads on to the form that was kept when a session ended"},
	{"/here", "a word for the lock's script"},
	{"/desk/cards", "a file: PDF"},
	{"/items/chosen", "leads on to the list"},
	{"/photos/{id}", "a file: a picture"},
	{"/catalogue/products/{product}/photos/{id}", "a file: a picture"},
	{"/loans/{loan}/letter", "a file: PDF"},
	{"/loans/{loan}/slip", "a file: PDF"},
	{"/loans/{number}/reminder", "a file: PDF"},
	{"/agreements/{id}/pdf", "a file: PDF"},
	{"/wordings/{kind}/{lang}/preview", "a file: PDF"},
};
#define NO_PAGES (sizeof(no_pages) / sizeof(no_pages[0]))

struct style {
	const char *href;
	size_t bytes;
};

struct walk {
	struct desk *d;
	struct client *c;
	struct style styles[STYLES];
	size_t style_count;
	unsigned opened, above, slips;
	struct {
		const char *path;
		double value;
	} slowest, heaviest;
};

struct seen {
	bool page;
	int status;
	double ms, kb;
	unsigned blocking;
};

/* Who asks: somebody with every role; but a locked desk is nobody's, and whoever has done both steps is
 * led on from the second. */
static const char *as_whom(const struct walk *w, const char *path)
{
	if (text_equal(path, "/locked"))
		return "Cookie: other=1";
	if (text_equal(path, "/sign-in/code"))
		return arena_printf(w->d->a, "Authorization: Bearer %s", w->d->token);
	return arena_printf(w->d->a, "Cookie: %s", w->d->person);
}

/* As the browser asks for it: packed where it may be. Heads count too. */
static struct client_reply get(struct walk *w, const char *path)
{
	struct bytes rq = bytes_of_str(arena_printf(w->d->a,
		"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,text/css\r\n"
		"Accept-Encoding: gzip\r\nAccept-Language: sv\r\n%s\r\n\r\n",
		path, as_whom(w, path)));
	struct client_reply r;

	bench_must(client_exchange_raw(w->c, rq, &r), path);
	return r;
}

static size_t style_bytes(struct walk *w, const char *href)
{
	struct client_reply r;

	for (size_t i = 0; i < w->style_count; i++) {
		if (text_equal(w->styles[i].href, href))
			return w->styles[i].bytes;
	}
	if (w->style_count == STYLES)
		bench_must(ERR_TOOBIG, "STYLES");
	r = get(w, href);
	if (r.status != 200)
		bench_must(ERR_NOTFOUND, href);
	w->styles[w->style_count++] = (struct style){href, r.head.n + r.body.n};
	return r.head.n + r.body.n;
}

/* What stands in a tag's attribute; NULL: it is not there. */
static const char *attribute(struct arena *a, const char *tag, const char *name)
{
	const char *from = strstr(tag, arena_printf(a, " %s=\"", name));

	if (!from)
		return NULL;
	from += strlen(name) + 3;
	return arena_strndup(a, from, strcspn(from, "\""));
}

/* Styles, and scripts that are not put off: each is waited for. Modules are put off by themselves. */
static unsigned blocking_of(struct walk *w, const char *html, size_t *styles)
{
	struct arena *a = w->d->a;
	unsigned n = 0;

	*styles = 0;
	for (const char *at = html; (at = strchr(at, '<')) != NULL; at++) {
		const char *tag = arena_strndup(a, at, strcspn(at, ">")), *rel, *type;

		rel = text_starts(tag, "<link ") ? attribute(a, tag, "rel") : NULL;
		if (text_equal(rel, "stylesheet")) {
			n++;
			*styles += style_bytes(w, attribute(a, tag, "href"));
		}
		type = text_starts(tag, "<script ") ? attribute(a, tag, "type") : NULL;
		n += text_starts(tag, "<script ") && attribute(a, tag, "src") &&
		     !text_equal(type, "module") && !strstr(tag, " defer") && !strstr(tag, " async");
	}
	return n;
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static struct seen look(struct walk *w, const char *path)
{
	struct client_reply r = {0};
	double ms[TIMES];
	struct seen s = {0};
	const char *html;
	size_t bytes, styles;

	for (unsigned i = 0; i < TIMES; i++) {
		int64_t t0 = clock_mono_us();

		r = get(w, path);
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
	}
	qsort(ms, TIMES, sizeof(*ms), by_value);
	s.ms = ms[TIMES / 2];
	s.status = r.status;
	s.page = r.status == 200 && r.content_type && text_starts(r.content_type, "text/html");
	bytes = r.head.n + r.body.n;
	html = arena_strndup(w->d->a, (const char *)r.body.p, r.body.n);
	s.blocking = s.page ? blocking_of(w, html, &styles) : 0;
	s.kb = s.page ? (double)(bytes + styles) / 1000 : 0;
	return s;
}

/* The address of a page, with this house's names; NULL: it has none such. */
static const char *filled_path(struct desk *d, const char *row)
{
	const char *path = row;

	for (size_t i = 0; i < d->name_count && path == row; i++) {
		if (text_starts(row, d->names[i].row))
			path = arena_printf(d->a, "%s%s", d->names[i].here,
				row + strlen(d->names[i].row));
	}
	return strchr(path, '{') ? NULL : path;
}

static const char *why_no_page(const char *row)
{
	for (size_t i = 0; i < NO_PAGES; i++) {
		if (text_equal(no_pages[i].path, row))
			return no_pages[i].why;
	}
	return NULL;
}

static void tell(struct walk *w, const char *row, const struct seen *s)
{
	bool above = s->kb >= GOAL_KB || s->blocking > GOAL_BLOCKING;

	bench_note("%-50s %8.2f ms %7.1f kB %u waited for%s", row, s->ms, s->kb, s->blocking,
		above ? "   ABOVE THE AIM" : "");
	w->opened++;
	w->above += above;
	if (s->ms > w->slowest.value) {
		w->slowest.path = row;
		w->slowest.value = s->ms;
	}
	if (s->kb > w->heaviest.value) {
		w->heaviest.path = row;
		w->heaviest.value = s->kb;
	}
}

static void visit(struct walk *w, const char *row, const char *path)
{
	struct seen s = {0};

	if (path)
		s = look(w, path);
	if (s.page) {
		tell(w, row, &s);
		return;
	}
	w->slips++;
	bench_note("%-50s NOT OPENED: %s", row,
		path ? arena_printf(w->d->a, "%s answers %d", path, s.status)
		     : "nothing was loaded that has this name");
}

/* Each address of the table is opened, or one of those that are told above; and those are there. */
static void walk_table(struct walk *w)
{
	unsigned known = 0;

	for (const struct http_route *r = web_page_routes(NULL).routes; r->method; r++) {
		if (!text_equal(r->method, "GET"))
			continue;
		known += why_no_page(r->path) != NULL;
		if (!why_no_page(r->path))
			visit(w, r->path, filled_path(w->d, r->path));
	}
	for (size_t i = 0; i < NO_PAGES; i++)
		bench_note("%-50s is no page: %s", no_pages[i].path, no_pages[i].why);
	if (known != NO_PAGES) {
		w->slips++;
		bench_note("of those that are no pages %u are in the table", known);
	}
}

static const char *const longest[] = {"/items?most=500", "/audit?most=500", "/devices?most=500",
	"/loans?most=500", "/loans?show=late&most=500", "/loans?most=500&names=yes",
	"/holds?all=yes&most=500", "/products?most=500", "/groups?most=500"};

void desk_every_page(struct desk *d, struct client *c)
{
	struct walk w = {.d = d, .c = c};

	bench_note("every address of the pages' table, %d times, medians on the clock here; bytes as "
		   "sent, heads and styles with them; aim: under %.0f kB, %d request waited for",
		TIMES, GOAL_KB, GOAL_BLOCKING);
	walk_table(&w);
	for (size_t i = 0; i < sizeof(longest) / sizeof(longest[0]); i++)
		visit(&w, longest[i], longest[i]);
	bench_note("%u pages opened, %u above the aim of %.0f kB with styles and %d request waited "
		   "for; slowest %s (%.2f ms), heaviest %s (%.1f kB)",
		w.opened, w.above, GOAL_KB, GOAL_BLOCKING, w.slowest.path, w.slowest.value,
		w.heaviest.path, w.heaviest.value);
	bench_say(arena_printf(d->a, "page_slowest_ms_%s", desk_size(d)), w.slowest.value, "ms");
	bench_say(arena_printf(d->a, "page_heaviest_kb_%s", desk_size(d)), w.heaviest.value, "kB");
	bench_say(arena_printf(d->a, "page_above_%s", desk_size(d)), w.above, "pages");
	if (w.slips)
		bench_must(ERR_NOTFOUND, "pages that were not opened");
}
