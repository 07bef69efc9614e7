/* SPDX-License-Identifier: EUPL-1.2 */
/* Every address of the staff's and the public's side, and who may call it. */
#include "web/api_int.h"

#include <stdlib.h>

#define STAFF HTTP_STAFF_SIDE
#define OPEN (HTTP_STAFF_SIDE | HTTP_PUBLIC_SIDE)
#define EVERY (HTTP_DEVICE_SIDE | HTTP_STAFF_SIDE | HTTP_PUBLIC_SIDE)
#define V1 "/api/v1"
#define IMPORT_BODY (16u << 20)
#define PROFILE_BODY (8u << 20)
#define RETURN_BODY (256u << 10) /* a Wi-Fi profile may come along */

static const struct http_route routes[] = {
	{"GET", "/healthz", EVERY, HTTP_ANYONE, 0, 0, http_healthz, "Is the server answering?"},
	{"GET", "/metrics", STAFF, HTTP_STAFF, API_LOOK, 0, http_metrics,
		"Figures in Prometheus' text form"},
	{"GET", "/", HTTP_PUBLIC_SIDE, HTTP_ANYONE, 0, 0, page_promise,
		"The page of what is never asked of the iPads, for everyone"},
	{"GET", "/assets/{name}", OPEN, HTTP_ANYONE, 0, 0, page_asset,
		"What pages load: style sheets and scripts"},
	{"GET", V1 "/promise", OPEN, HTTP_ANYONE, 0, 0, api_promise,
		"What is never asked of the iPads, made from the code's own tables"},
	{"POST", V1 "/sign-in", STAFF, HTTP_ANYONE, 0, 4096, api_sign_in,
		"Name and password for a token of twelve hours"},
	{"POST", V1 "/sign-out", STAFF, HTTP_STAFF, API_LOOK, 0, api_sign_out,
		"End the token that is sent"},
	{"GET", V1 "/sessions", STAFF, HTTP_STAFF, API_LOOK, 0, api_session_list,
		"Where one is signed in"},
	{"DELETE", V1 "/sessions/{id}", STAFF, HTTP_STAFF, API_LOOK, 0, api_session_end,
		"End one of one's own"},
	{"GET", V1 "/status", STAFF, HTTP_STAFF, API_LOOK, 0, api_status,
		"Counts of things, push connection, certificates' ends"},

	{"GET", V1 "/devices", STAFF, HTTP_STAFF, API_LOOK, 0, api_device_list,
		"Enrolments, a page at a time"},
	{"GET", V1 "/devices/{code}", STAFF, HTTP_STAFF, API_LOOK, 0, api_device_get,
		"Everything about one iPad, by serial or item number"},
	{"POST", V1 "/devices/{code}/lost", STAFF, HTTP_STAFF, API_CARE, API_BODY, api_device_lost,
		"Mark lost or stolen: Lost Mode, SIM task and audit in one transaction"},
	{"POST", V1 "/devices/{code}/found", STAFF, HTTP_STAFF, API_CARE, API_BODY,
		api_device_found, "Mark found: all of that undone"},
	{"POST", V1 "/devices/{code}/returned", STAFF, HTTP_STAFF, API_CARE, RETURN_BODY,
		api_device_returned, "Taken back: erase or not is chosen, and its return opens"},
	{"GET", V1 "/devices/{code}/return", STAFF, HTTP_STAFF, API_LOOK, 0, api_return_get,
		"The newest return: how far it is, what it told, what is advised"},
	{"POST", V1 "/devices/{code}/return/go", STAFF, HTTP_STAFF, API_MACHINES, 0, api_return_go,
		"Wait no longer for its answers or its lock: the erase goes now"},
	{"POST", V1 "/devices/{code}/return/finish", STAFF, HTTP_STAFF, API_ITEMS, API_BODY,
		api_return_finish, "A person's word ends it: lend, repair, charge or lessor"},
	{"GET", V1 "/ade", STAFF, HTTP_STAFF, API_LOOK, 0, api_ade_get,
		"How Apple's device assignment stands"},
	{"GET", V1 "/ade/devices", STAFF, HTTP_STAFF, API_LOOK, 0, api_ade_devices,
		"The devices that Apple counts as ours"},
	{"GET", V1 "/ade/devices/{serial}", STAFF, HTTP_STAFF, API_LOOK, 0, api_ade_device,
		"One of them, with its Activation Lock"},
	{"POST", V1 "/ade/devices/{serial}/assign", STAFF, HTTP_STAFF, API_MACHINES, 0,
		api_ade_assign, "Give it our profile once more"},
	{"POST", V1 "/ade/devices/{serial}/disown", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_ade_disown,
		"Ask that it be released from the organisation"},
	{"POST", V1 "/ade/devices/{serial}/disown/confirm", STAFF, HTTP_STAFF, WEB_ADMIN, 0,
		api_ade_disown_confirm, "Release it, for good: within an hour of asking"},
	{"POST", V1 "/ade/key", STAFF, HTTP_STAFF, API_MACHINES, 0, api_ade_key,
		"The certificate for Apple's portal"},
	{"POST", V1 "/ade/token", STAFF, HTTP_STAFF, API_MACHINES, API_BODY, api_ade_token,
		"Bring in the server token; the body is Apple's file"},
	{"POST", V1 "/ade/sync", STAFF, HTTP_STAFF, API_MACHINES, API_BODY, api_ade_sync,
		"Ask Apple what is new"},
	{"GET", V1 "/ade/profile", STAFF, HTTP_STAFF, API_LOOK, 0, api_ade_profile,
		"The profile as Apple gets it"},
	{"GET", V1 "/returns", STAFF, HTTP_STAFF, API_LOOK, 0, api_return_list,
		"Returns under way, oldest first"},
	{"POST", V1 "/devices/{code}/locate", STAFF, HTTP_STAFF, API_CARE, API_BODY,
		api_device_locate, "Ask for the position, with a purpose; another person confirms"},
	{"POST", V1 "/devices/{code}/locate/confirm", STAFF, HTTP_STAFF, API_CARE, API_BODY,
		api_device_locate_confirm, "The second person's yes: only now is the iPad asked"},
	{"GET", V1 "/devices/{code}/location", STAFF, HTTP_STAFF, API_CARE, 0, api_device_location,
		"The decision and the position; reading it is written down"},
	{"GET", V1 "/devices/{code}/bypass-code", STAFF, HTTP_STAFF, API_MACHINES, 0,
		api_device_bypass,
		"The code that opens an Activation Lock; reading it is written down"},
	{"GET", V1 "/devices/{code}/commands", STAFF, HTTP_STAFF, API_LOOK, 0, api_device_commands,
		"Finished commands, newest first"},
	{"POST", V1 "/devices/{code}/commands", STAFF, HTTP_STAFF, API_MACHINES, PROFILE_BODY,
		api_device_command, "Put a command in the iPad's line"},
	{"POST", V1 "/devices/{code}/commands/raw", STAFF, HTTP_STAFF, WEB_ADMIN, PROFILE_BODY,
		api_device_raw, "The same as an XML property list, validated"},
	{"GET", V1 "/commands/{uuid}", STAFF, HTTP_STAFF, API_LOOK, 0, api_command_get,
		"One command and why it has not run yet"},
	{"DELETE", V1 "/commands/{uuid}", STAFF, HTTP_STAFF, API_MACHINES, 0, api_command_cancel,
		"Take a command out of the line"},

	{"GET", V1 "/devices/{code}/desired", STAFF, HTTP_STAFF, API_LOOK, 0, api_desired_get,
		"What an iPad should have, what it has, and why"},
	{"POST", V1 "/devices/{code}/desired", STAFF, HTTP_STAFF, API_MACHINES, PROFILE_BODY,
		api_desired_put, "Want something on this iPad"},
	{"POST", V1 "/devices/{code}/desired/again", STAFF, HTTP_STAFF, API_CARE, 0,
		api_desired_again, "Put all of it again, also what failed"},
	{"POST", V1 "/devices/{code}/desired/move", STAFF, HTTP_STAFF, API_CARE, API_BODY,
		api_desired_move, "A swap: the new iPad inherits"},
	{"DELETE", V1 "/devices/{code}/desired/{kind}/{id}", STAFF, HTTP_STAFF, API_MACHINES, 0,
		api_desired_remove, "Want it no longer on this iPad"},
	{"POST", V1 "/devices/{code}/preset", STAFF, HTTP_STAFF, API_CARE, API_BODY,
		api_preset_give, "Accessibility by the answers, which are not kept"},
	{"GET", V1 "/presets", STAFF, HTTP_STAFF, API_LOOK, 0, api_preset_questions,
		"The questions behind accessibility settings"},
	{"GET", V1 "/groups", STAFF, HTTP_STAFF, API_LOOK, 0, api_group_list,
		"Groups of iPads, a page at a time"},
	{"POST", V1 "/groups", STAFF, HTTP_STAFF, API_CARE, API_BODY, api_group_add,
		"Make a group"},
	{"GET", V1 "/groups/{name}", STAFF, HTTP_STAFF, API_LOOK, 0, api_group_get,
		"A group, what it gives, and how far a change has come"},
	{"DELETE", V1 "/groups/{name}", STAFF, HTTP_STAFF, API_CARE, 0, api_group_remove,
		"Remove a group and take back what it gave"},
	{"GET", V1 "/groups/{name}/members", STAFF, HTTP_STAFF, API_LOOK, 0, api_member_list,
		"Its members' serial numbers, a page at a time"},
	{"POST", V1 "/groups/{name}/members", STAFF, HTTP_STAFF, API_CARE, API_BODY, api_member_set,
		"iPads in and out"},
	{"POST", V1 "/groups/{name}/items", STAFF, HTTP_STAFF, API_MACHINES, PROFILE_BODY,
		api_group_item_put, "Want something on every iPad of a group"},
	{"DELETE", V1 "/groups/{name}/items/{kind}/{id}", STAFF, HTTP_STAFF, API_MACHINES, 0,
		api_group_item_remove, "Want it no longer"},

	{"GET", V1 "/items", STAFF, HTTP_STAFF, API_LOOK, 0, api_item_list,
		"Things, a page at a time, by state"},
	{"POST", V1 "/items/import", STAFF, HTTP_STAFF, API_MACHINES, IMPORT_BODY, api_item_import,
		"A CSV list of things; all or nothing unless asked otherwise"},
	{"GET", V1 "/items/{code}", STAFF, HTTP_STAFF, API_LOOK, 0, api_item_get,
		"One thing, by serial or item number"},
	{"GET", V1 "/items/{code}/history", STAFF, HTTP_STAFF, API_LOOK, 0, api_item_history,
		"Its story, newest first"},
	{"POST", V1 "/items/{code}/mark", STAFF, HTTP_STAFF, API_ITEMS, API_BODY, api_item_mark,
		"Change its state, with what follows from that"},
	{"GET", V1 "/tasks", STAFF, HTTP_STAFF, API_LOOK, 0, api_task_list,
		"What an act left for people to do"},
	{"POST", V1 "/tasks/{id}/done", STAFF, HTTP_STAFF, API_ITEMS, 0, api_task_done,
		"A task is done"},

	{"POST", V1 "/borrowers/search", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_borrower_search, "Borrowers by words of their names; each hit is a look"},
	{"POST", V1 "/borrowers/find", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_borrower_find,
		"A borrower by card, identity or telephone; opens nothing"},
	{"POST", V1 "/borrowers", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_borrower_add,
		"A new borrower of one zone"},
	{"GET", V1 "/borrowers/due", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0, api_borrower_due,
		"Whose time is up, soonest first: ids and dates"},
	{"GET", V1 "/borrowers/{id}", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_borrower_get,
		"A borrower without what is personal"},
	{"POST", V1 "/borrowers/{id}", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_borrower_change,
		"Change it; an empty text clears"},
	{"POST", V1 "/borrowers/{id}/look", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_borrower_look, "What is personal, with the reason for looking"},
	{"POST", V1 "/borrowers/{id}/extract", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_borrower_extract, "All that is stored, and who looked: for the person"},
	{"POST", V1 "/borrowers/{id}/state", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_borrower_state, "Active, blocked or expired"},
	{"POST", V1 "/borrowers/{id}/erase", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_borrower_erase, "Leave nothing personal of it"},
	{"POST", V1 "/borrowers/{id}/relatives", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_relative_add, "Somebody who may speak or fetch for it"},
	{"DELETE", V1 "/borrowers/{id}/relatives/{number}", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		api_relative_del, "Not any longer"},
	{"POST", V1 "/borrowers/{id}/consents", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_consent_add, "What it was told or agreed to"},
	{"POST", V1 "/borrowers/{id}/consents/{number}/withdraw", STAFF, HTTP_STAFF, API_PEOPLE, 0,
		api_consent_withdraw, "Taken back"},
	{"GET", V1 "/borrower-policies", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0, api_policy_list,
		"How long persons are kept, by zone and kind"},
	{"POST", V1 "/borrower-policies", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY, api_policy_set,
		"How long, and whether identity is stored at all"},
	{"GET", V1 "/borrower-notices", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0, api_notice_list,
		"Looks at protected identities"},
	{"POST", V1 "/borrower-notices/{zone}/{number}/seen", STAFF, HTTP_STAFF, API_PEOPLE_RULES,
		0, api_notice_seen, "Judged, by another than who looked"},

	{"POST", V1 "/loans/{loan}/agreements", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_agreement_make, "Freeze what is to be signed"},
	{"GET", V1 "/loans/{loan}/slip", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_slip,
		"A slip of what is lent, or has come back"},
	{"GET", V1 "/agreements", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_agreement_list,
		"What was made and signed of one loan"},
	{"GET", V1 "/agreements/{id}", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_agreement_get,
		"An agreement, without what is personal"},
	{"GET", V1 "/agreements/{id}/pdf", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_agreement_pdf,
		"The agreement as paper; a look"},
	{"POST", V1 "/agreements/{id}/sign", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_agreement_sign, "Signed, on the screen or on paper"},
	{"POST", V1 "/agreements/{id}/void", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_agreement_void,
		"It will not be signed"},
	{"GET", V1 "/wordings/{kind}/{lang}", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0,
		api_wording_list, "The texts that are signed, newest first"},
	{"POST", V1 "/wordings/{kind}/{lang}", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY,
		api_wording_put, "A new version of a text"},
	{"POST", V1 "/labels", STAFF, HTTP_STAFF, API_ITEMS, API_BODY, api_label_print,
		"A sheet of labels with barcodes"},
	{"POST", V1 "/scan", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_scan,
		"One scan, as it came from the scanner: what it means is decided by what stands on "
		"the desk"},
	{"GET", V1 "/desk", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_desk_get,
		"What stands on a desk, who borrows, and what undo would take back"},
	{"POST", V1 "/desk/clear", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_desk_clear,
		"Take one line off the desk, or all"},
	{"POST", V1 "/desk/lend", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_desk_lend,
		"Lend what stands on the desk"},
	{"POST", V1 "/desk/undo", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_desk_undo,
		"Undo this desk's last act, for as long as nothing was built on it"},
	{"GET", V1 "/loans", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_list,
		"Loans of a borrower, a thing or a place, or open lines by due day"},
	{"POST", V1 "/loans", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_loan_add,
		"Check out: one loan, all of it or nothing"},
	{"GET", V1 "/loans/counts", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_counts,
		"How many loans and lines there are, open, lost, handed in"},
	{"GET", V1 "/loans/{number}", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_loan_get,
		"One loan with its lines and their parts"},
	{"POST", V1 "/loans/{number}/renew", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_loan_renew, "Renew a line, or all that are out"},
	{"POST", V1 "/loans/{number}/due", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_loan_due,
		"Another due day for a line, with a reason"},
	{"POST", V1 "/items/{code}/check-in", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_item_check_in, "Take back from its loan, piece by piece where it is a kit"},
	{"POST", V1 "/items/{code}/inspected", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_item_inspected,
		"The second step of a return: looked at, to the shelf or to repair"},
	{"POST", V1 "/items/{code}/claim", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_item_claim,
		"The borrower says it was brought back; or not, after all"},
	{"POST", V1 "/items/{code}/lost-on-loan", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_item_loan_lost,
		"Lost or stolen while on loan: the loan, the iPad's lock and the SIM's task in "
		"one"},
	{"POST", V1 "/items/{code}/write-off", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY,
		api_item_write_off, "It will not come back: its line ends, and it is discarded"},
	{"GET", V1 "/products/{product}/free", STAFF, HTTP_STAFF, API_LOOK, 0, api_product_free,
		"How many of a product are free on every one of some days"},
	{"GET", V1 "/holds", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_hold_list,
		"Holds of a product as they will be served, of a borrower, or those ready to "
		"fetch"},
	{"POST", V1 "/holds", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_hold_add,
		"Wait for a product, or reserve it for some days"},
	{"GET", V1 "/holds/{id}", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_hold_get,
		"One hold and its place in the queue"},
	{"POST", V1 "/holds/{id}/cancel", STAFF, HTTP_STAFF, API_PEOPLE, 0, api_hold_cancel,
		"Cancel it; what stood on the shelf goes to the next"},
	{"POST", V1 "/holds/{id}/pause", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_hold_pause,
		"Later: it keeps its place and takes nothing"},
	{"POST", V1 "/holds/{id}/move", STAFF, HTTP_STAFF, API_PEOPLE, API_BODY, api_hold_move,
		"To another place in its queue"},
	{"GET", V1 "/loan-rules", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0, api_rule_list,
		"The rules that make the terms of loans"},
	{"POST", V1 "/loan-rules", STAFF, HTTP_STAFF, API_PEOPLE_RULES, API_BODY, api_rule_add,
		"A new rule"},
	{"POST", V1 "/loan-rules/preview", STAFF, HTTP_STAFF, API_PEOPLE_RULES, API_BODY,
		api_rule_preview, "What would this rule change?"},
	{"POST", V1 "/loan-rules/{id}", STAFF, HTTP_STAFF, API_PEOPLE_RULES, API_BODY,
		api_rule_change, "Change a rule; what it was is kept"},
	{"DELETE", V1 "/loan-rules/{id}", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0, api_rule_end,
		"End a rule"},
	{"GET", V1 "/loan-rules/{id}/history", STAFF, HTTP_STAFF, API_PEOPLE_RULES, 0,
		api_rule_history, "A rule as it is and was"},

	{"GET", V1 "/invitations", STAFF, HTTP_STAFF, API_MACHINES, 0, api_invitation_list,
		"Permissions to enrol"},
	{"POST", V1 "/invitations", STAFF, HTTP_STAFF, API_MACHINES, API_BODY, api_invitation_add,
		"Permit one iPad or a batch to enrol: address and QR code"},
	{"GET", V1 "/invitations/{id}/profile", STAFF, HTTP_STAFF, API_MACHINES, 0,
		api_invitation_profile, "The enrolment profile as a file, with a fresh challenge"},
	{"DELETE", V1 "/invitations/{id}", STAFF, HTTP_STAFF, API_MACHINES, 0, api_invitation_close,
		"No more enrolments by it"},

	{"GET", V1 "/accounts", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_account_list, "Accounts"},
	{"POST", V1 "/accounts", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY, api_account_add,
		"A new account with a one-time password"},
	{"POST", V1 "/accounts/{name}/roles", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY,
		api_account_roles, "Change what it may; ends its sessions"},
	{"POST", V1 "/accounts/{name}/reset", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_account_reset,
		"A new one-time password; ends its sessions"},
	{"DELETE", V1 "/accounts/{name}", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_account_close,
		"Close it"},
	{"GET", V1 "/tokens", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_token_list,
		"Tokens of programs and sessions"},
	{"POST", V1 "/tokens", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY, api_token_add,
		"A token for a program, with roles and an end"},
	{"DELETE", V1 "/tokens/{id}", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_token_close, "End it"},
	{"GET", V1 "/audit", STAFF, HTTP_STAFF, API_MACHINES, 0, api_audit_list,
		"Who did what, newest first"},
	{"GET", V1 "/lifeguard", STAFF, HTTP_STAFF, API_LOOK, 0, api_lifeguard,
		"Every date that can silence the fleet: who, when, and what to do"},
	{"GET", V1 "/webhooks", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_list,
		"Who is told of what happens here"},
	{"POST", V1 "/webhooks", STAFF, HTTP_STAFF, WEB_ADMIN, API_BODY, api_hook_add,
		"A new one; its secret is told only now"},
	{"GET", V1 "/webhooks/{id}/posts", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_posts,
		"What waits for it, and what was given up"},
	{"POST", V1 "/webhooks/{id}/again", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_again,
		"Send its dead letters again"},
	{"POST", V1 "/webhooks/{id}/pause", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_pause,
		"Send nothing for now"},
	{"POST", V1 "/webhooks/{id}/resume", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_resume,
		"Go on where it was paused"},
	{"DELETE", V1 "/webhooks/{id}", STAFF, HTTP_STAFF, WEB_ADMIN, 0, api_hook_remove,
		"Remove it, with all that waits"},
	{"GET", V1 "/events", STAFF, HTTP_STAFF, API_LOOK, 0, api_events,
		"What happens to things and iPads, as it happens: server-sent events, ids only"},
	{"GET", V1 "/push-certificate", STAFF, HTTP_STAFF, API_LOOK, 0, api_push_certificate,
		"Topic and end of the push certificate"},
	{0},
};

int web_open(const struct web_options *o, struct web **ret)
{
	struct web *w = mem_zalloc(sizeof(*w));
	int err = 0;

	w->arena = arena_new();
	pthread_mutex_init(&w->fleet_lock, NULL);
	w->o = *o;
	for (int i = 0; i < SAY_LANGS && err == 0; i++)
		err = web_texts_pages(w->arena, (enum say_lang)i, &w->pages[i]);
	if (err) {
		web_close(w);
		return err;
	}
	*ret = w;
	return 0;
}

void web_close(struct web *w)
{
	if (!w)
		return;
	for (int i = 0; i < SAY_LANGS; i++)
		http_pages_free(w->pages[i]);
	arena_free(w->arena);
	pthread_mutex_destroy(&w->fleet_lock);
	free(w);
}

void web_pages_set(struct web *w, struct http_options *o)
{
	for (int i = 0; i < SAY_LANGS; i++)
		o->pages.sets[i] = w->pages[i];
	o->pages.around = page_around;
	o->pages.ctx = w;
	o->error_page.fn = page_error;
	o->error_page.ctx = w;
}

struct http_routes web_routes(struct web *w)
{
	return (struct http_routes){.routes = routes, .ctx = w};
}
