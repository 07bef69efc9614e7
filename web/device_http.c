/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/devices: what an iPad is, and what may be asked of it. */
#include "web/circulation_int.h"

#include "base/text.h"

/* --- looking --- */

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	int err = web_device_doc(job->w, txn, http_param(job->rq, "code"), job->d, job->rq->arena,
		job->rq->lang, job->rq->now);

	return err == 0 && web_is_page(job->rq) ? web_device_face(job, txn) : err;
}

int api_device_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, get_in, "device");
}

/* --- lost, found, returned --- */

int api_device_lost(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"message", "phone", "footnote", "stolen", "note",
		"police", NULL};
	struct web *w = ctx;
	struct inv_mark words = {0};
	enum mdm_choice stolen = MDM_NOT_CHOSEN;
	const struct inv_act act = api_act(rq);
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	words.message = doc_str(d, "message");
	words.phone = doc_str(d, "phone");
	words.footnote = doc_str(d, "footnote");
	words.note = doc_str(d, "note");
	words.police = doc_str(d, "police");
	if (!api_note_ok(words.note))
		return api_bad_field(rq, "note", "0-500");
	if (api_choice(d, "stolen", &stolen) != 0)
		return api_bad_field(rq, "stolen", "yes, no");
	err = web_lost(w, &act, stolen == MDM_YES, &words, &r);
	return api_done(rq, err, &r);
}

int api_device_found(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_found(w->o.inv, &act, &r);
	return api_done(rq, err, &r);
}

static int wifi_read(struct http_request *rq, const struct doc *d, struct bytes *ret)
{
	const struct http_upload *up = web_form_file(rq, "wifi_profile");
	const char *s = doc_str(d, "wifi_profile");

	if (up) {
		*ret = up->content;
		return 0;
	}

	if (!doc_has(d, "wifi_profile"))
		return 0;
	return s ? text_parse_base64(rq->arena, bytes_of_str(s), ret) : ERR_BADINPUT;
}

int api_device_returned(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"erase", "preserve_data_plan", "return_to_service", "wifi_profile", "note", NULL};
	struct web *w = ctx;
	struct inv_mark choices = {0};
	const struct inv_act act = api_act(rq);
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (api_choice(d, "erase", &choices.erase) != 0)
		return api_bad_field(rq, "erase", "yes, no");
	if (api_choice(d, "preserve_data_plan", &choices.preserve_data_plan) != 0)
		return api_bad_field(rq, "preserve_data_plan", "yes, no");
	if (api_choice(d, "return_to_service", &choices.return_to_service) != 0)
		return api_bad_field(rq, "return_to_service", "yes, no");
	if (wifi_read(rq, d, &choices.wifi_profile) != 0)
		return api_bad_field(rq, "wifi_profile", "Base64");
	choices.note = doc_str(d, "note");
	if (!api_note_ok(choices.note))
		return api_bad_field(rq, "note", "0-500");
	err = inv_returned(w->o.inv, &act, &choices, &r);
	return api_done(rq, err, &r);
}

/* --- location: two people --- */

/* A program's token is nobody: the decision is two people's, of the service that lent it or of
 * those who answer for the machines. */
static int refuse_program(struct http_request *rq, struct refusal *r)
{
	return api_caller(rq)->account ? 0 : refuse(r, &web_say_person_needed, NULL, NULL, NULL);
}

int api_device_locate(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct refusal r;
	const char *purpose;
	bool done;
	int err;

	if (web_page_full_first(rq, w, &err))
		return err;
	err = api_body_text(rq, "purpose", &purpose, &done);
	if (err || done)
		return err;
	err = refuse_program(rq, &r);
	if (err == 0)
		err = inv_locate_ask(w->o.inv, &act, purpose, &r);
	return api_done(rq, err, &r);
}

int api_device_locate_confirm(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	char uuid[MDM_UUID];
	struct refusal r;
	int err;

	if (web_page_full_first(rq, w, &err))
		return err;
	err = refuse_program(rq, &r);
	if (err == 0)
		err = web_locate_confirm(w, &act, &r, uuid);
	return api_done(rq, err, &r);
}

int api_device_location(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct doc *d = doc_new(rq->arena);
	struct mdm_location l;
	struct refusal r;
	int err = refuse_program(rq, &r);

	if (err)
		return api_done(rq, err, &r);
	err = inv_location_read(w->o.inv, &act, rq->arena, &l, &r);
	if (err)
		return api_done(rq, err, &r);
	web_location_doc(&l, d);
	doc_set_bool(d, "found", l.located_at && text_empty(l.error));
	return web_reply(rq, 200, "device-location", d);
}

int api_device_bypass(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct doc *d = doc_new(rq->arena);
	struct mdm_bypass b;
	int err = inv_bypass_read(w->o.inv, &act, rq->arena, &b);

	if (err)
		return err;
	web_bypass_doc(&b, d);
	return http_reply_doc(rq, 200, d);
}

int api_device_open_lock(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"reason", NULL};
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq, inv_activation_open(w->o.inv, &act, doc_str(d, "reason"), &r), &r);
}

/* --- commands --- */

static int preview(struct http_request *rq, struct web *w, const struct mdm_ask *ask)
{
	const struct inv_act act = api_act(rq);
	const struct inv_preview p = {
		.ask = ask, .lang = rq->lang, .a = rq->arena, .d = doc_new(rq->arena)};
	struct refusal r;
	int err = inv_command_preview(w->o.inv, &act, &p, &r);

	return err ? api_done(rq, err, &r) : http_reply_doc(rq, 200, p.d);
}

static int command(struct http_request *rq, struct web *w, const struct mdm_ask *ask)
{
	const struct inv_act act = api_act(rq);
	char uuid[MDM_UUID];
	struct refusal r;
	struct doc *d;
	int err;

	if (text_equal(http_query(rq, "preview"), "yes"))
		return preview(rq, w, ask);
	err = inv_command_add(w->o.inv, &act, ask, &r, uuid);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	d = doc_new(rq->arena);
	doc_set_str(d, "uuid", uuid);
	return http_reply_doc(rq, 202, d);
}

int api_device_command(struct http_request *rq, void *ctx)
{
	struct mdm_ask ask;
	const char *bad = NULL;
	struct refusal number = {0};
	struct doc *d;

	if (api_body_any(rq, &d) != 0)
		return http_reply_error(rq, ERR_BADINPUT, NULL);
	if (api_words_decide(rq, d, &number))
		return api_done(rq, ERR_REFUSED, &number);
	if (web_ask_parse(rq->arena, d, &ask, &bad) != 0)
		return api_bad_field(rq, bad, NULL);
	return command(rq, ctx, &ask);
}

int api_device_raw(struct http_request *rq, void *ctx)
{
	const struct mdm_ask ask = {.request = MDM_RAW, .raw = rq->body};

	return command(rq, ctx, &ask);
}

static int commands_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *serial, *before = http_query(job->rq, "before");
	struct doc *list = doc_set_list(job->d, "commands");
	struct mdm_enrollment e;
	struct mdm_command *c;
	uint64_t order = 0;
	size_t count;
	int err = inv_serial_find(txn, job->rq->arena, http_param(job->rq, "code"), &serial);

	if (err == 0 && before)
		err = text_parse_u64(before, &order);
	if (err == 0)
		err = mdm_enrollment_by_serial(txn, job->rq->arena, serial, &e);
	if (err == 0)
		err = mdm_command_history(txn, e.udid,
			STORE_PIECE_N(job->rq->arena, order, api_most(job->rq)), &c, &count);
	for (size_t i = 0; err == 0 && i < count; i++)
		err = web_command_add_doc(job->w, txn, &c[i], doc_add_object(list), job->rq->arena,
			job->rq->lang, job->rq->now);
	if (err == 0 && count)
		doc_set_int(job->d, "next", (int64_t)c[count - 1].order);
	return err;
}

int api_device_commands(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, commands_in);
}

static int command_get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_command c;
	int err = mdm_command_get(txn, job->rq->arena, http_param(job->rq, "uuid"), &c);

	if (err)
		return err;
	return web_command_add_doc(
		job->w, txn, &c, job->d, job->rq->arena, job->rq->lang, job->rq->now);
}

int api_command_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, command_get_in);
}

int api_command_cancel(struct http_request *rq, void *ctx)
{
	const struct inv_act act = {
		.who = &api_caller(rq)->who, .code = http_param(rq, "uuid"), .now = rq->now};
	struct web *w = ctx;
	struct refusal r;
	int err = inv_command_cancel(w->o.inv, &act, &r);

	return api_done(rq, err, &r);
}
