/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The forms of the home screen's order and of the lock to one app. A home screen is typed one icon a
 * line, an app's name of its own or a web link's address; an empty line begins the next page, and
 * "Namn: app app | app" is a folder, of two pages.
 */
#include "web/wanted_int.h"

#include "base/text.h"

#define PAGES "pages"
#define NEXT "|"

static void icon_add(struct doc *page, const char *word)
{
	doc_set_str(doc_add_object(page), strstr(word, "://") ? "url" : "app", word);
}

/* `pages`: of a folder, where a "|" of its own begins the next. */
static void words_add(struct arena *a, struct doc *page, const char *words, struct doc *pages)
{
	char *save = NULL, *word = strtok_r(arena_strdup(a, words), " \t", &save);

	for (; word; word = strtok_r(NULL, " \t", &save)) {
		if (pages && text_equal(word, NEXT))
			page = doc_add_list(pages);
		else
			icon_add(page, word);
	}
}

/* "Spel: se.a se.b"; an address has no blank behind its colon. */
static const char *folder_mark(const char *line)
{
	return strstr(line, ": ");
}

static void line_add(struct arena *a, struct doc *page, const char *line)
{
	const char *mark = folder_mark(line);
	struct doc *folder, *pages;

	if (!mark) {
		words_add(a, page, line, NULL);
		return;
	}
	folder = doc_add_object(page);
	doc_set_str(folder, "folder", arena_strndup(a, line, (size_t)(mark - line)));
	pages = doc_set_list(folder, PAGES);
	words_add(a, doc_add_list(pages), mark + 2, pages);
}

/* Each line trimmed; NULL at the end. */
static const char *line_next(struct arena *a, const char **at)
{
	const char *s = *at;
	size_t n, skip;

	if (!*s)
		return NULL;
	n = strcspn(s, "\n");
	*at = s + n + (s[n] == '\n');
	skip = strspn(s, " \t\r");
	skip = skip < n ? skip : n;
	s += skip;
	n -= skip;
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	return arena_strndup(a, s, n);
}

static void pages_add(struct arena *a, struct doc *pages, const char *text)
{
	struct doc *page = NULL;
	const char *line;

	while ((line = line_next(a, &text))) {
		if (!*line) {
			page = NULL;
			continue;
		}
		if (!page)
			page = doc_add_list(pages);
		line_add(a, page, line);
	}
}

int web_make_home(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	const char *dock = doc_str(answers, "dock"), *line;
	struct doc *list;

	(void)ret_bad;
	if (!text_empty(dock)) {
		list = doc_set_list(spec, "dock");
		while ((line = line_next(a, &dock)))
			if (*line)
				line_add(a, list, line);
	}
	pages_add(a, doc_set_list(spec, PAGES), doc_str(answers, PAGES));
	doc_set_str(spec, "type", "home-screen");
	return 0;
}

/* --- and back --- */

static const char *icons_text(struct arena *a, const struct doc *icons, const char *between);

static const char *folder_text(struct arena *a, const char *name, const struct doc *pages)
{
	const char *all = arena_printf(a, "%s:", name);

	for (size_t i = 0; i < doc_list_size(pages); i++)
		all = arena_printf(a, "%s%s %s", all, i ? " " NEXT : "",
			icons_text(a, doc_list_value(pages, i), " "));
	return all;
}

static const char *icons_text(struct arena *a, const struct doc *icons, const char *between)
{
	const char *all = "";

	for (size_t i = 0; i < doc_list_size(icons); i++) {
		const struct doc *x = doc_list_object(icons, i);
		const char *app = doc_str(x, "app"), *url = doc_str(x, "url");
		const char *folder = doc_str(x, "folder");

		if (folder)
			app = folder_text(a, folder, doc_list(x, PAGES));
		all = arena_printf(a, "%s%s%s", all, i ? between : "", app ? app : url ? url : "");
	}
	return all;
}

const char *web_home_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	const struct doc *list = doc_list(spec, f->name);
	const char *all = "";

	if (!text_equal(f->name, PAGES))
		return list ? icons_text(a, list, "\n") : NULL;
	for (size_t i = 0; i < doc_list_size(list); i++)
		all = arena_printf(a, "%s%s%s", all, i ? "\n\n" : "",
			icons_text(a, doc_list_value(list, i), "\n"));
	return all;
}

/* --- one app --- */

int web_make_app_lock(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	struct doc *app = doc_set_object(spec, "app"), *options = doc_set_object(app, "options");

	(void)a;
	(void)ret_bad;
	doc_set_str(app, "id", doc_str(answers, "app"));
	for (const struct web_want_field *f = web_want_type("app-lock")->fields; f->name; f++) {
		if (text_empty(doc_str(answers, f->name)) || text_equal(f->name, "app"))
			continue;
		doc_set_bool(text_equal(f->name, "sure") ? spec : options, f->name, true);
	}
	doc_set_str(spec, "type", "app-lock");
	return 0;
}

const char *web_app_lock_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	const struct doc *app = doc_object(spec, "app");

	(void)a;
	if (text_equal(f->name, "app"))
		return doc_str(app, "id");
	if (text_equal(f->name, "sure"))
		return doc_bool(spec, "sure", false) ? "yes" : NULL;
	return doc_bool(doc_object(app, "options"), f->name, false) ? "yes" : NULL;
}
