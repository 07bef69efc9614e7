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
	{"GET", "/find", STAFF, HTTP_STAFF, API_LOOK, 0, page_find,
		"To what has that code, or what to do when nothing has"},

	{"GET", "/desk", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_desk_get,
		"The desk: what is scanned, for whom, and what can be done"},
	{"POST", "/desk/scan", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_scan,
		"One scan; answered by the desk itself"},
	{"POST", "/desk/clear", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_desk_clear,
		"Take one line off the desk, or all"},
	{"POST", "/desk/lend", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_desk_lend,
		"Lend what stands there"},
	{"POST", "/desk/undo", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_desk_undo,
		"Undo the last act"},

	{"GET", "/devices", STAFF, HTTP_STAFF, API_LOOK, 0, api_device_list, "The iPads"},
	{"GET", "/devices/{code}", STAFF, HTTP_STAFF, API_LOOK, 0, api_device_get,
		"One iPad: how it is, what can be done, its story"},
	{"GET", "/devices/{code}/lost", STAFF, HTTP_STAFF, API_CARE, 0, page_device_lost,
		"Three questions about what is gone"},
	{"POST", "/devices/{code}/lost/preview", STAFF, HTTP_STAFF, API_CARE, FORM,
		page_device_lost_preview, "What will happen, and what a finder will see"},
	{"GET", "/devices/{code}/lost/preview", STAFF, HTTP_STAFF, API_CARE, 0, page_device_lost,
		"The questions again"},
	{"POST", "/devices/{code}/lost", STAFF, HTTP_STAFF, API_CARE, FORM, api_device_lost,
		"Lost or stolen: Lost Mode, SIM task and audit in one"},
	{"POST", "/devices/{code}/found", STAFF, HTTP_STAFF, API_CARE, FORM, api_device_found,
		"Found: all of that undone"},
	{"GET", "/devices/{code}/returned", STAFF, HTTP_STAFF, API_CARE, 0, page_device_returned,
		"Questions about a return"},
	{"POST", "/devices/{code}/returned", STAFF, HTTP_STAFF, API_CARE, FORM, api_device_returned,
		"Taken back: erased or not"},
	{"POST", "/devices/{code}/commands", STAFF, HTTP_STAFF, API_MACHINES, FORM,
		api_device_command, "Ask the iPad for something"},

	{"GET", "/items", STAFF, HTTP_STAFF, API_LOOK, 0, api_item_list, "The things, by state"},
	{"GET", "/items/{code}", STAFF, HTTP_STAFF, API_LOOK, 0, api_item_get,
		"One thing and its story"},
	{"POST", "/items/{code}/mark", STAFF, HTTP_STAFF, API_ITEMS, FORM, api_item_mark,
		"Change its state"},
	{"GET", "/tasks", STAFF, HTTP_STAFF, API_LOOK, 0, api_task_list, "What is to be done"},
	{"POST", "/tasks/{id}/done", STAFF, HTTP_STAFF, API_ITEMS, FORM, api_task_done,
		"A task is done"},

	{"GET", "/loans", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_list,
		"What is out, the soonest due first"},
	{"GET", "/loans/{number}", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_get,
		"One loan: its things, and what can be done"},
	{"GET", "/loans/{number}/renew", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_get,
		"The loan again"},
	{"POST", "/loans/{number}/renew", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_loan_renew,
		"Renew one line or all"},
	{"GET", "/loans/{number}/due", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_get,
		"The loan again"},
	{"POST", "/loans/{number}/due", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_loan_due,
		"Another last day, with its reason"},
	{"GET", "/loans/{number}/undo", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_get,
		"The loan again"},
	{"POST", "/loans/{number}/undo", STAFF, HTTP_STAFF, API_PEOPLE, FORM, api_desk_undo,
		"Undo the last act"},
	{"GET", "/loans/{number}/things/{code}/check-in", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		api_loan_get, "The loan again"},
	{"POST", "/loans/{number}/things/{code}/check-in", STAFF, HTTP_STAFF, API_PEOPLE, FORM,
		api_item_check_in, "Take it back"},
	{"GET", "/loans/{number}/things/{code}/inspected", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		api_loan_get, "The loan again"},
	{"POST", "/loans/{number}/things/{code}/inspected", STAFF, HTTP_STAFF, API_PEOPLE, FORM,
		api_item_inspected, "Looked at, to the shelf"},
	{"GET", "/loans/{number}/things/{code}/claim", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		api_loan_get, "The loan again"},
	{"POST", "/loans/{number}/things/{code}/claim", STAFF, HTTP_STAFF, API_PEOPLE, FORM,
		api_item_claim, "The borrower says it was brought back; or not"},
	{"GET", "/loans/{number}/things/{code}/lost", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		page_loan_lost, "Questions about what is gone"},
	{"POST", "/loans/{number}/things/{code}/lost", STAFF, HTTP_STAFF, API_PEOPLE, FORM,
		api_item_loan_lost, "Lost or stolen while on loan"},
	{"GET", "/loans/{loan}/slip", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_slip,
		"A slip of what is lent, or has come back"},
	{"GET", "/agreements/{id}/pdf", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_agreement_pdf,
		"The agreement as paper; a look"},

	{"GET", "/audit", STAFF, HTTP_STAFF, API_MACHINES, 0, api_audit_list, "Who did what"},
	{"GET", "/settings", STAFF, HTTP_STAFF, API_MACHINES, 0, api_status,
		"How the service stands, and what can be set"},
	{"GET", "/accounts", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_account_list, "Accounts"},
	{"POST", "/accounts", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_account_add,
		"A new account with a one-time password"},
	{"POST", "/accounts/{name}/roles", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_account_roles,
		"Change what it may"},
	{"POST", "/accounts/{name}/reset", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_account_reset,
		"A new one-time password"},
	{"POST", "/accounts/{name}/close", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_account_close,
		"Close it"},
	{"GET", "/tokens", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_token_list,
		"Keys of programs, and who is signed in"},
	{"POST", "/tokens", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_token_add,
		"A key for a program"},
	{"POST", "/tokens/{id}/close", STAFF, HTTP_STAFF, WEB_ADMIN, FORM, api_token_close,
		"End it"},
	{"GET", "/accessibility", STAFF, HTTP_ANYONE, 0, 0, page_accessibility,
		"How accessible the service is"},
	{"GET", "/components", STAFF, HTTP_STAFF, API_LOOK, 0, page_components,
		"Every component of the pages in all its states"},
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
