/* SPDX-License-Identifier: EUPL-1.2 */
/* What the handlers of the API share. */
#ifndef WEB_API_INT_H
#define WEB_API_INT_H

#include "web/page_int.h"

#define API_BODY 65536
#define API_PAGE 100
#define API_PAGE_MOST 500
#define API_ROWS 50         /* of a list that people read */
#define API_FILE_MOST 20000 /* of a list as a file */

/* Everyone who works here may look; the rest says who may act. */
#define API_LOOK (WEB_IT | WEB_KONSULENT | WEB_BIBLIOTEK | WEB_ADMIN | WEB_READER)
#define API_MACHINES (WEB_IT | WEB_ADMIN)
#define API_CARE (WEB_IT | WEB_KONSULENT | WEB_ADMIN)
#define API_PEOPLE (WEB_KONSULENT | WEB_BIBLIOTEK)
#define API_PEOPLE_RULES (WEB_KONSULENT | WEB_BIBLIOTEK | WEB_ADMIN)
#define API_ITEMS (WEB_IT | WEB_KONSULENT | WEB_BIBLIOTEK | WEB_ADMIN)

static inline const struct web_caller *api_caller(const struct http_request *rq)
{
	return rq->who;
}

/* The JSON object of the body, or a form's fields; an empty body is {}. A key not in `known`
 * (NULL-ended) is refused by name: a slip in a field that protects must not pass. On an error the
 * reply is made. A form's empty fields are absent; ticked boxes of one name are a text of words. */
int api_body(struct http_request *rq, const char *const *known, struct doc **ret) MUST_CHECK;
/* A body of one field that must be there. *ret_done: the reply is made, what is returned is what the
 * handler returns. */
int api_body_text(
	struct http_request *rq, const char *key, const char **ret, bool *ret_done) MUST_CHECK;
/* The same with whatever keys there are; replies nothing. */
int api_body_any(struct http_request *rq, struct doc **ret) MUST_CHECK;
/* ERR_REFUSED: a text in it that many may read holds a personnummer. api_body() has asked. */
int api_words_decide(const struct http_request *rq, const struct doc *d, struct refusal *r);
/* Is it one of these, NULL-ended? */
bool api_key_known(const char *key, const char *const *known);
/* The reply of an act that changed something: 200 with {"done":true}, a refusal, or an error; to a
 * browser: see page_int.h. */
int api_done(struct http_request *rq, int err, const struct refusal *r);
/* {"text"}: what is missing or wrong in a field; `what`: an example of what it takes, or NULL. */
int api_bad_field(struct http_request *rq, const char *field, const char *what);
int api_unknown_field(struct http_request *rq, const char *field);
int api_missing_field(struct http_request *rq, const char *field);
/* What a field is called where the request came from; itself, over HTTP. (call.c) */
const char *web_field_said(const struct http_request *rq, const char *field);
/* "yes", "no" or true, false; absent is MDM_NOT_CHOSEN. ERR_BADINPUT. */
int api_choice(const struct doc *d, const char *key, enum mdm_choice *ret) MUST_CHECK;
/* A note stays in a thing's history for ever: no longer than a list may have it. */
static inline bool api_note_ok(const char *note)
{
	return !note || strlen(note) <= 500;
}
/* ?most= within bounds. */
size_t api_most(const struct http_request *rq);
/* What is done to the thing the path names as {code}: a change of its state ends or marks its loan,
 * so it is for those whose loan it is, and for those who answer for the machines. */
struct inv_act api_act(const struct http_request *rq);

/* Who asks for borrowers: the roles are the zones, and who has neither sees nobody. The warden is
 * the same for what holds nothing personal: who answers for the system sees both zones. */
struct people_caller api_people_caller(const struct http_request *rq);
struct people_caller api_people_warden(const struct http_request *rq);
/* {number} of the path, from 1; ERR_NOTFOUND. */
int api_number(const struct http_request *rq, uint32_t *ret) MUST_CHECK;

/* One read transaction that fills a document, and its reply. */
struct api_read {
	struct web *w;
	struct http_request *rq;
	struct doc *d;
};
int api_read(struct http_request *rq, struct web *w, store_fn *fn);
/* How the service stands. (status_http.c) */
int web_status_fill(struct api_read *job) MUST_CHECK;

/* --- what only pages need beside the API's document --- */
/* device_face.c: the story of the thing, and which acts are possible now. */
int web_device_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
int web_item_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u) MUST_CHECK;
/* Whoever did it, in words; a program is called as its token is. NULL stays NULL. */
const char *web_actor_text(
	struct store_txn *txn, const struct http_request *rq, const char *actor);
/* The loan it is out on, and until when. */
int web_lent_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u) MUST_CHECK;
void web_task_face(const struct http_request *rq, const struct inv_task *t, struct doc *row);
/* Of the tasks those that concern who asks, as rows, each with whether they may say that it is done.
 * (task_list.c) */
int web_tasks_put(struct store_txn *txn, const struct http_request *rq, const struct inv_task *t,
	size_t n, struct doc *list) MUST_CHECK;

/* mailing_face.c */
int web_mailing_row(struct api_read *job, struct store_txn *txn, struct doc *row) MUST_CHECK;
int web_mailing_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
/* "2026-12-08" and "09:30" of a form, in the zone; the time may be NULL: midnight. */
int web_mailing_start(const char *day, const char *time, int64_t *ret) MUST_CHECK;
/* The preview as a page, with the form's answers to send it by. */
int page_mailing_look(struct http_request *rq, struct web *w, const struct web_mailing_ask *ask,
	struct doc *d);
http_handler page_mailing_new, page_mailing_preview, page_media_remove;

void web_return_row(const struct http_request *rq, struct doc *row);
void web_return_face(struct http_request *rq, struct doc *row);
http_handler page_device_lock, page_device_codes, page_device_locate, page_device_erase,
	page_device_raw, page_device_raw_do;

/* wanted_face.c */
int web_group_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
int web_desired_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
/* Members, or those alone that stand as ?stands= says; *ret_stands is then that word, else NULL.
 * ERR_BADINPUT: another word. */
int web_members_ask(const struct http_request *rq, enum mdm_stands *ret,
	const char **ret_stands) MUST_CHECK;
struct web_members_page {
	const char *group;
	size_t most;
};
int web_members_read(const struct http_request *rq, struct store_txn *txn,
	const struct web_members_page *page, const char ***ret, size_t *ret_n) MUST_CHECK;
const char *web_group_title(const struct mdm_group *g, enum say_lang lang);

http_handler page_want_choose, page_want_form, page_want_put, page_preset;
http_handler page_promise, page_asset;
http_handler page_sign_in, page_sign_in_do, page_sign_out, page_password, page_password_do,
	page_language, page_start, page_find, page_find_do, page_components, page_accessibility, page_accessibility_tell, page_device_lost,
	page_device_lost_preview, page_device_returned;
http_handler api_session_list, api_session_end;
http_handler page_locked, page_locked_do, page_kept, page_lock, page_here, page_pin, page_pin_set,
	page_pin_drop, page_station;
http_handler page_provider, page_provider_back, page_provider_logout, api_account_provider;
http_handler page_code, page_code_do, page_totp_seen, api_totp_get, api_totp_begin,
	api_totp_confirm, api_totp_codes, api_totp_end, api_account_totp_reset, api_sign_in_rules,
	api_sign_in_rules_set;
http_handler api_setting_list, api_setting_get, api_setting_set, api_setting_preview,
	api_setting_undo;
http_page page_error;
http_around page_around;
http_handler api_sign_in, api_sign_out, api_status, api_promise;
http_handler api_device_list, api_device_get, api_device_lost, api_device_found,
	api_device_returned, api_device_locate, api_device_locate_confirm, api_device_location,
	api_device_bypass, api_device_open_lock, api_device_command, api_device_raw, api_device_commands, api_command_get,
	api_command_cancel;
http_handler api_item_chosen, page_item_chosen, api_statistics, page_guide, page_guide_known;
http_handler api_item_list, api_item_get, api_item_history, api_item_mark, api_item_import,
	api_task_list, api_task_done;
http_handler api_events, api_lifeguard, api_clock_confirm, api_move_in, api_hook_list, api_hook_add, api_hook_posts,
	api_hook_test, api_hook_pause, api_hook_resume, api_hook_again, api_hook_remove;
http_handler api_return_get, api_return_list, api_return_go, api_return_finish;
http_handler api_agreement_list, api_agreement_get, api_agreement_pdf, api_agreement_sign,
	api_agreement_void, api_price_table, api_price_lists, api_price_list, api_price_put, api_price_preview, api_price_undo,
	api_wording_list, api_wording_put, api_wording_preview, api_wording_preview_typed, api_label_print, api_agreement_make,
	api_loan_letter, api_loan_slip;
http_handler api_borrower_search, api_borrower_find, api_borrower_get, api_borrower_look,
	api_borrower_extract, api_borrower_add, api_borrower_change, api_borrower_state,
	api_borrower_erase, api_relative_add, api_relative_del, api_consent_add,
	api_consent_withdraw, page_borrower_extract, page_borrower_consents,
	page_borrower_consents_look, api_borrower_erase_look, page_retention, api_erasure_lists,
	api_erasure_list_add, api_erasure_list, api_erasure_list_confirm,
	api_erasure_list_withdraw, api_borrower_due, api_policy_list, api_policy_set, api_policy_withdraw, api_notice_list,
	api_notice_seen;
http_handler api_ade_get, page_ade, api_ade_devices, api_ade_device, api_ade_key, api_ade_token, api_ade_sync,
	api_ade_assign, api_ade_disown, api_ade_disown_confirm, api_ade_profile;
http_handler page_help, page_desk_cards, api_scan, api_desk_get, api_desk_clear, api_desk_lend, api_desk_how, api_desk_look, api_desk_undo, api_loan_list,
	api_loan_add, api_loan_counts, api_loan_get, api_loan_renew, api_loan_due,
	api_item_check_in, api_item_inspected, api_item_claim, api_item_loan_lost, api_loan_calls, api_loan_called, page_loan_call, api_loan_reminder,
	api_item_write_off, api_product_free, api_hold_list, api_hold_add, api_hold_get,
	api_hold_cancel, api_hold_pause, api_hold_move, api_rule_list, api_rule_add,
	api_rule_preview, api_rule_change, api_rule_end, api_rule_history,
	page_wordings, page_wording_change, page_agreement_void, page_agreement_read, api_rule_try, page_rule_new, page_rule_change, page_rule_look, page_rule_end;
http_handler api_search, api_item_add, api_item_change, api_item_note, api_item_police, api_code_list, api_code_add,
	api_code_drop, api_part_list, api_part_add, api_part_count, api_part_drop, api_item_send,
	api_item_arrive, api_item_shelve, api_fault_list, api_fault_add, api_photo_list,
	api_photo_add, api_fault_step, api_photo_get, api_photo_remove, api_photo_restore, api_transfer_list,
	api_product_list, api_product_add, api_product_get, api_product_change, api_product_remove,
	api_product_parts, api_catalogue_load, api_shown_list, api_shown_get, api_shown_photo,
	api_idle_list, api_idle_products, api_place_list, api_place_add, api_place_get,
	api_place_change, api_place_close, api_sim_put, api_sim_list, api_sim_get, api_sim_codes, api_lease_list,
	api_task_move_loan, api_import_list, api_import_get, api_import_undo, api_lease_get, api_lease_put, api_lease_follow, api_delivery_list, api_delivery_get,
	api_delivery_put, api_delivery_receive, api_delivery_announce, api_delivery_keep,
	api_delivery_later, api_delivery_undo,
	api_item_notice_list, api_item_notice_add, api_item_notice_get, api_item_notice_calls, api_item_notice_handle,
	api_item_notice_close;
http_handler page_product_new, page_product_change, page_product_remove, page_product_parts,
	page_units_new, page_labels, page_labels_print, page_item_change, page_item_note, page_item_police,
	page_item_send, page_item_arrive, page_item_shelve, page_item_fault, page_item_code,
	page_item_parts, page_photos, page_hold_new,
	page_place_new, page_place_change, page_place_week, page_place_week_do,
	page_import_new, page_import_look, page_import_do, page_lease_new, page_lease_change, page_delivery_new, page_delivery_change,
	page_transfer_arrive, page_notice_new, page_write_off, page_sim_new, page_sim_change;
http_handler api_fault_get;
http_handler api_pick_list, api_hold_pick, api_product_rate;
http_handler api_handout_list, api_handout_get, api_handout_add, api_handout_move, api_handout_cancel,
	api_handout_start, api_handout_choose, page_handout_new, page_handout_move,
	page_handout_choose, api_seats_list, api_seats_set, page_seats_new;
http_handler page_loan_sign, page_loan_lost, page_borrowers, page_borrower_search, page_borrower,
	page_borrower_new;
http_handler api_invitation_add, api_invitation_list, api_invitation_close, api_invitation_profile;
http_handler api_group_list, api_group_get, api_group_add, api_group_remove, api_member_list,
	api_member_set, api_group_rename, api_group_item_put, api_group_item_remove, api_desired_get, api_desired_put,
	api_desired_remove, api_desired_again, api_desired_move, api_preset_questions,
	api_preset_give;
http_handler api_media_remove, api_media_add, api_media_list, api_mailing_list, api_mailing_get, api_mailing_add,
	api_mailing_withdraw, api_mailing_file, api_mailing_file_undo;
http_handler api_account_list, api_account_add, api_account_roles, api_account_reset,
	api_account_close, api_token_list, api_token_add, api_token_close, api_audit_list,
	api_push_certificate, api_push_request, api_push_import;

#endif
