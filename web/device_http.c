/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/devices: what an iPad is, and what may be asked of it. */
#include "web/api_int.h"

#include "base/text.h"

/* --- looking --- */

static int add_device(
	struct api_read *job, struct store_txn *txn, const struct mdm_enrollment *e, struct doc *d)
{
	struct inv_unit u;
	int64_t seen = 0;
	int err = inv_unit_get(txn, job->rq->arena, e->serial, &u);

	doc_set_str(d, "serial", e->serial);
	doc_set_str(d, "udid", e->udid);
	doc_set_bool(d, "enrolled", e->state == MDM_ENROLLED);
	doc_set_bool(d, "trusted", e->trusted);
	doc_set_str(d, "os_version", e->os_version);
	if (err == 0) {
		doc_set_str(d, "item_number", u.item_number);
		doc_set_str(d, "state", inv_state_name((enum inv_state)u.state));
	} else if (err != ERR_NOTFOUND) {
		return err;
	}
	err = mdm_enrollment_seen(job->w->o.mdm, txn, e, &seen);
	doc_set_time(d, "seen", seen);
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "devices");
	struct mdm_enrollment *e;
	size_t n, most = api_most(job->rq);
	int err = mdm_enrollment_list(
		txn, job->rq->arena, http_query(job->rq, "after"), most, &e, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = add_device(job, txn, &e[i], doc_add_object(list));
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? e[n - 1].udid : NULL);
	return err;
}

int api_device_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, list_in);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	return web_device_doc(job->w, txn, http_param(job->rq, "code"), job->d, job->rq->arena,
		job->rq->lang, job->rq->now);
}

int api_device_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, get_in);
}

/* The serial number behind a code that people type: a unit's, or the code itself. */
struct naming {
	struct arena *a;
	const char *code, *serial;
};

static int name_in(struct store_txn *txn, void *arg)
{
	struct naming *n = arg;
	struct inv_unit u;
	int err = inv_unit_find(txn, n->a, n->code, &u);

	n->serial = err == 0 ? u.serial : n->code;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int serial_of(struct http_request *rq, struct web *w, const char **ret)
{
	struct naming n = {.a = rq->arena, .code = http_param(rq, "code")};
	int err = store_read(w->o.st, name_in, &n);

	if (err == 0)
		*ret = n.serial;
	return err;
}

/* --- lost, found, returned --- */

int api_device_lost(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"message", "phone", "footnote", "stolen", "note", NULL};
	struct web *w = ctx;
	struct inv_mark words = {0};
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	words.message = doc_str(d, "message");
	words.phone = doc_str(d, "phone");
	words.footnote = doc_str(d, "footnote");
	words.note = doc_str(d, "note");
	if (!api_note_ok(words.note))
		return api_bad_field(rq, "note", "500");
	err = inv_lost(w->o.inv, &api_caller(rq)->who, http_param(rq, "code"),
		doc_bool(d, "stolen", false), &words, rq->now, &r);
	return api_done(rq, err, &r);
}

int api_device_found(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {NULL};
	struct web *w = ctx;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_found(w->o.inv, &api_caller(rq)->who, http_param(rq, "code"), rq->now, &r);
	return api_done(rq, err, &r);
}

int api_device_returned(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"erase", "preserve_data_plan", "note", NULL};
	struct web *w = ctx;
	struct inv_mark choices = {0};
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (api_choice(d, "erase", &choices.erase) != 0)
		return api_bad_field(rq, "erase", "yes, no");
	if (api_choice(d, "preserve_data_plan", &choices.preserve_data_plan) != 0)
		return api_bad_field(rq, "preserve_data_plan", "yes, no");
	choices.note = doc_str(d, "note");
	if (!api_note_ok(choices.note))
		return api_bad_field(rq, "note", "500");
	err = inv_returned(
		w->o.inv, &api_caller(rq)->who, http_param(rq, "code"), &choices, rq->now, &r);
	return api_done(rq, err, &r);
}

/* --- location: two people --- */

struct locating {
	struct web *w;
	struct http_request *rq;
	const char *serial, *purpose; /* no purpose: confirming */
	char uuid[MDM_UUID];
	struct refusal r;
};

static int locate_in(struct store_txn *txn, void *arg)
{
	struct locating *l = arg;
	const struct audit_who *who = &api_caller(l->rq)->who;

	if (l->purpose)
		return mdm_locate_ask(
			l->w->o.mdm, txn, who, l->serial, l->purpose, l->rq->now, &l->r);
	return mdm_locate_confirm(l->w->o.mdm, txn, who, l->serial, l->rq->now, &l->r, l->uuid);
}

static int locate(struct http_request *rq, struct web *w, const char *purpose)
{
	struct locating l = {.w = w, .rq = rq, .purpose = purpose};
	int err = serial_of(rq, w, &l.serial);

	if (err == 0 && !api_caller(rq)->account)
		err = refuse(&l.r, &web_say_person_needed, NULL, NULL, NULL);
	if (err == 0)
		err = store_write(w->o.st, locate_in, &l);
	if (err == 0 && !purpose)
		mdm_wake(w->o.mdm);
	return api_done(rq, err, &l.r);
}

int api_device_locate(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"purpose", NULL};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (text_empty(doc_str(d, "purpose")))
		return api_bad_field(rq, "purpose", "missing");
	return locate(rq, ctx, doc_str(d, "purpose"));
}

int api_device_locate_confirm(struct http_request *rq, void *ctx)
{
	return locate(rq, ctx, NULL);
}

/* Reading where an iPad is, is itself an act that the audit log tells of. */
static int location_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_location l;
	struct naming n = {.a = job->rq->arena, .code = http_param(job->rq, "code")};
	int err = name_in(txn, &n);

	if (err == 0)
		err = mdm_location_get(job->w->o.mdm, txn, job->rq->arena, n.serial, &l);
	if (err == 0)
		err = audit_add(txn, &api_caller(job->rq)->who, job->rq->now,
			"device.location-read", n.serial, NULL);
	if (err)
		return err;
	web_location_doc(&l, job->d);
	return 0;
}

int api_device_location(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_write(w->o.st, location_in, &job);

	return err ? err : http_reply_doc(rq, 200, job.d);
}

/* --- commands --- */

struct commanding {
	struct web *w;
	struct http_request *rq;
	const char *serial;
	struct mdm_ask ask;
	char uuid[MDM_UUID];
	struct refusal r;
};

static int command_in(struct store_txn *txn, void *arg)
{
	struct commanding *c = arg;

	return mdm_command_add(c->w->o.mdm, txn, &api_caller(c->rq)->who, c->serial, &c->ask,
		c->rq->now, &c->r, c->uuid);
}

static int command(struct commanding *c)
{
	struct doc *d;
	int err = serial_of(c->rq, c->w, &c->serial);

	if (err == 0)
		err = store_write(c->w->o.st, command_in, c);
	if (err)
		return api_done(c->rq, err, &c->r);
	mdm_wake(c->w->o.mdm);
	d = doc_new(c->rq->arena);
	doc_set_str(d, "uuid", c->uuid);
	return http_reply_doc(c->rq, 202, d);
}

int api_device_command(struct http_request *rq, void *ctx)
{
	struct commanding c = {.w = ctx, .rq = rq};
	const char *bad = NULL;
	struct doc *d;

	if (doc_parse(rq->arena, rq->body, &d) != 0)
		return http_reply_error(rq, ERR_BADINPUT, NULL);
	if (web_ask_parse(rq->arena, d, &c.ask, &bad) != 0)
		return api_bad_field(rq, bad, "see docs/API.md");
	return command(&c);
}

int api_device_raw(struct http_request *rq, void *ctx)
{
	struct commanding c = {.w = ctx, .rq = rq};

	c.ask.request = MDM_RAW;
	c.ask.raw = rq->body;
	return command(&c);
}

static int commands_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct naming n = {.a = job->rq->arena, .code = http_param(job->rq, "code")};
	const char *before = http_query(job->rq, "before");
	struct doc *list = doc_set_list(job->d, "commands");
	struct mdm_enrollment e;
	struct mdm_command *c;
	uint64_t order = 0;
	size_t count;
	int err = name_in(txn, &n);

	if (err == 0 && before)
		err = text_parse_u64(before, &order);
	if (err == 0)
		err = mdm_enrollment_by_serial(txn, job->rq->arena, n.serial, &e);
	if (err == 0)
		err = mdm_command_history(
			txn, job->rq->arena, e.udid, order, api_most(job->rq), &c, &count);
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

static int cancel_in(struct store_txn *txn, void *arg)
{
	struct commanding *c = arg;

	return mdm_command_cancel(c->w->o.mdm, txn, &api_caller(c->rq)->who,
		http_param(c->rq, "uuid"), c->rq->now, &c->r);
}

int api_command_cancel(struct http_request *rq, void *ctx)
{
	struct commanding c = {.w = ctx, .rq = rq};
	int err = store_write(c.w->o.st, cancel_in, &c);

	return api_done(rq, err, &c.r);
}
