/* SPDX-License-Identifier: EUPL-1.2 */
/* What can be done with an iPad, a page for each that needs more than a button: the codes of its
 * Activation Lock, where it is (two people), an erase, any other command. */
#include "web/api_int.h"

#include "base/text.h"

static int device_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct http_request *rq = job->rq;
	const char *serial;
	struct inv_unit u = {0};
	int err = inv_serial_find(txn, rq->arena, http_param(rq, "code"), &serial);

	if (err)
		return err;
	err = inv_unit_get(txn, rq->arena, serial, &u);
	doc_set_str(job->d, "serial", serial);
	doc_set_str(job->d, "item_number", err ? NULL : u.item_number);
	doc_set_bool(job->d, "away", u.state == INV_LOST || u.state == INV_STOLEN);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int page(struct http_request *rq, struct web *w, const char *template, struct doc *d)
{
	struct api_read job = {.w = w, .rq = rq, .d = d};
	int err = store_read(w->o.st, device_in, &job);

	return err ? err : web_reply(rq, 200, template, d);
}

/* --- the Activation Lock --- */

static int lock_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	int err = device_in(txn, job);

	return err ? err
		   : web_activation_doc(txn, doc_str(job->d, "serial"), job->rq->lang,
			     job->rq->arena, job->d);
}

int page_device_lock(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, lock_in, "device-lock");
}

/* Reading is an act: it stands in the audit log. */
int page_device_codes(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct doc *d = doc_new(rq->arena);
	struct web *w = ctx;
	struct mdm_bypass b = {0};
	int err = inv_bypass_read(w->o.inv, &act, rq->arena, &b);

	if (err && err != ERR_NOTFOUND)
		return err;
	doc_set_bool(d, "none", err == ERR_NOTFOUND);
	doc_set_bool(d, "shown", err == 0);
	if (err == 0)
		web_bypass_doc(&b, d);
	return page(rq, w, "device-lock", d);
}

/* --- where it is --- */

static int location_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_location l;
	int err = device_in(txn, job);

	if (err == 0)
		err = mdm_location_get(
			job->w->o.mdm, txn, job->rq->arena, doc_str(job->d, "serial"), &l);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	/* who decided and why; the position itself is read by an act of its own */
	doc_set_str(job->d, "purpose", l.purpose);
	doc_set_str(job->d, "asked_by", l.asked_by);
	doc_set_time(job->d, "asked", l.asked_at);
	web_doc_opt(job->d, "confirmed_by", l.confirmed_by);
	web_doc_opt_time(job->d, "confirmed", l.confirmed_at);
	doc_set_bool(job->d, "there", l.located_at != 0);
	doc_set_bool(job->d, "waits_second", text_empty(l.confirmed_by));
	doc_set_bool(job->d, "by_me",
		text_equal(l.asked_by, api_caller(job->rq)->account));
	return 0;
}

int page_device_locate(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, location_in, "device-locate");
}

/* --- an erase, out of the ordinary way --- */

static int erase_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct say *lock = NULL;
	bool shut = false;
	int err = device_in(txn, job);

	if (err == 0)
		err = mdm_erase_lock_say(
			job->w->o.mdm, txn, doc_str(job->d, "serial"), &lock, &shut);
	doc_set_bool(job->d, "shut", shut);
	doc_set_str(job->d, "lock", lock ? say_plain(lock, job->rq->lang) : NULL);
	return err;
}

int page_device_erase(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, erase_in, "device-erase");
}

/* --- any other command --- */

int page_device_raw(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "plist", web_form_str(rq, "plist"));
	return page(rq, ctx, "device-raw", d);
}

/* First what it would do, then, with `sure`, the doing. */
int page_device_raw_do(struct http_request *rq, void *ctx)
{
	const char *plist = web_form_str(rq, "plist");
	const struct mdm_ask ask = {
		.request = MDM_RAW, .raw = bytes_of_str(plist ? plist : "")};
	const struct inv_act act = api_act(rq);
	const struct inv_preview p = {
		.ask = &ask, .lang = rq->lang, .a = rq->arena, .d = doc_new(rq->arena)};
	struct web *w = ctx;
	char uuid[MDM_UUID];
	struct refusal r;
	int err;

	if (!plist)
		return api_missing_field(rq, "plist");
	if (web_form_str(rq, "sure")) {
		err = inv_command_add(w->o.inv, &act, &ask, &r, uuid);
		return api_done(rq, err, &r);
	}
	err = inv_command_preview(w->o.inv, &act, &p, &r);
	if (err == ERR_BADINPUT)
		return web_page_again(rq, 400, say_plain(&web_say_no_plist, rq->lang), "plist");
	if (err)
		return api_done(rq, err, &r);
	doc_set_str(p.d, "plist", plist);
	doc_set_bool(p.d, "looked", true);
	return page(rq, w, "device-raw", p.d);
}
