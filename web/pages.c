/* SPDX-License-Identifier: EUPL-1.2 */
/* The addresses of the staff's pages. Most are those of the API without /api/v1, with the same
 * handlers; a form is sent to the address of its page. */
#include "web/api_int.h"

#include "base/text.h"

#define STAFF HTTP_STAFF_SIDE
#define FORM 65536

static const struct http_route routes[] = {
	{"GET", "/sign-in", STAFF, HTTP_ANYONE, 0, 0, page_sign_in, "The page to sign in on"},
	{"POST", "/sign-in", STAFF, HTTP_ANYONE, 0, 4096, page_sign_in_do,
		"Name and password for a session"},
	{"POST", "/sign-out", STAFF, HTTP_STAFF, API_LOOK, FORM, page_sign_out, "End this session"},
	{"GET", "/password", STAFF, HTTP_STAFF, API_LOOK, 0, page_password,
		"The page to choose a password on"},
	{"POST", "/password", STAFF, HTTP_STAFF, API_LOOK, 4096, page_password_do,
		"A new password; ends the account's other sessions"},
	{"GET", "/sessions", STAFF, HTTP_STAFF, API_LOOK, 0, api_session_list,
		"Where one is signed in"},
	{"POST", "/sessions/{id}/end", STAFF, HTTP_STAFF, API_LOOK, FORM, api_session_end,
		"End one of one's own"},
	{"POST", "/language", STAFF, HTTP_STAFF, API_LOOK, FORM, page_language,
		"The language of one's pages"},
	{"GET", "/lifeguard", STAFF, HTTP_STAFF, API_LOOK, 0, api_lifeguard,
		"Every date that can silence the fleet"},
	{"GET", "/", STAFF, HTTP_STAFF, API_LOOK, 0, page_start, "The first page, by role"},
	{0},
};

struct http_routes web_page_routes(struct web *w)
{
	return (struct http_routes){.routes = routes, .ctx = w};
}

const struct http_route *web_page_at(const char *path)
{
	for (const struct http_route *r = routes; r->method; r++) {
		if (text_equal(r->method, "GET") && text_equal(r->path, path))
			return r;
	}
	return NULL;
}
