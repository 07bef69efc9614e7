/* SPDX-License-Identifier: EUPL-1.2 */
/* A page is a face of the API: who may open it may ask for the same by the API, and the other way
 * round. The two tables are held against each other. */
#include "base/text.h"
#include "web/web_int.h"

#include <criterion/criterion.h>

/* What differs, and why. */
static const struct {
	const char *path, *why;
} meant[] = {
	{"/items/{code}/codes", "the form of one more code; who may only look reads them on its page"},
};

static bool is_meant(const char *path)
{
	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
		if (text_equal(meant[i].path, path))
			return true;
	}
	return false;
}

/* "/items/{code}" and "/items/{serial}" are one place. */
static bool same_place(const char *a, const char *b)
{
	while (*a && *b) {
		if (*a == '{' && *b == '{') {
			a += strcspn(a, "}");
			b += strcspn(b, "}");
		}
		if (*a++ != *b++)
			return false;
	}
	return *a == *b;
}

static const struct http_route *of_api(const struct http_route *api, const struct http_route *page)
{
	static const char v1[] = "/api/v1";

	for (; api->method; api++) {
		const char *path = api->path;

		if (text_starts(path, v1) && text_equal(api->method, page->method) &&
			same_place(path + strlen(v1), page->path))
			return api;
	}
	return NULL;
}

Test(page_roles, are_those_of_the_api)
{
	struct web *w = NULL;
	const struct http_route *api = web_routes(w).routes;
	unsigned compared = 0;

	for (const struct http_route *p = web_page_routes(w).routes; p->method; p++) {
		const struct http_route *row = of_api(api, p);

		if (!row || is_meant(p->path))
			continue;
		compared++;
		cr_expect_eq(p->caller, row->caller, "%s %s", p->method, p->path);
		cr_expect_eq(p->roles, row->roles, "%s %s: roles %x by page, %x by API", p->method,
			p->path, p->roles, row->roles);
	}
	cr_expect_gt(compared, 100);
}

/* The page of an act is read at the act's address: by whoever may do it. */
static bool is_act_s(const struct http_route *page)
{
	for (const struct http_route *p = web_page_routes(NULL).routes; p->method; p++) {
		if (text_equal(p->path, page->path) && text_equal(p->method, "POST") &&
			p->roles == page->roles)
			return true;
	}
	return false;
}

/* One handler does the same for whoever calls it: a page that uses one of the API's asks for what one of
 * its rows does. */
Test(page_roles, a_handler_of_the_api_is_open_to_the_same)
{
	for (const struct http_route *p = web_page_routes(NULL).routes; p->method; p++) {
		const struct http_route *api = web_routes(NULL).routes;
		bool shared = false, equal = false;

		for (; api->method; api++) {
			if (api->handler != p->handler || !text_equal(api->method, p->method))
				continue;
			shared = true;
			equal |= api->roles == p->roles;
		}
		cr_expect(!shared || equal || is_act_s(p), "%s %s: roles %x", p->method, p->path,
			p->roles);
	}
}

/* What is excepted is still there and still differs. */
Test(page_roles, exceptions_are_needed)
{
	struct web *w = NULL;

	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
		const struct http_route *p = web_page_routes(w).routes;
		bool differs = false;

		for (; p->method; p++) {
			const struct http_route *row = of_api(web_routes(w).routes, p);

			differs |= text_equal(p->path, meant[i].path) && row &&
				   (row->roles != p->roles || row->caller != p->caller);
		}
		cr_expect(differs, "%s: %s", meant[i].path, meant[i].why);
	}
}
