/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages of mailings: what is to be sent, whom it reaches, how far it has come; in words. */
#include "web/api_int.h"
#include "web/form_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

#define MEDIA_MOST 500
#define DAY_S 86400

static const char *words(const struct http_request *rq, const char *group, const char *key)
{
	const char *text = key ? web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, key))
			       : NULL;

	return text ? text : key;
}

int web_mailing_start(const char *day, const char *time, int64_t *ret)
{
	char at[CLOCK_TEXT];
	uint64_t hour = 0, minute = 0;
	int64_t t, off;
	AUTO(arena) struct arena *a = arena_new();
	int err = clock_parse(day, &t);

	if (err || strlen(day) != 10)
		return ERR_BADINPUT;
	if (time && (strlen(time) != 5 || time[2] != ':' ||
			    text_parse_u64(arena_strndup(a, time, 2), &hour) != 0 ||
			    text_parse_u64(time + 3, &minute) != 0 || hour > 23 || minute > 59))
		return ERR_BADINPUT;
	t += (int64_t)(hour * 3600 + minute * 60);
	/* a day on which the clocks are changed is an hour off */
	clock_format_local(t, at);
	if (text_parse_u64(arena_strndup(a, at + 11, 2), &minute) == 0) {
		off = (int64_t)hour - (int64_t)minute;
		t += (off > 12 ? off - 24 : off < -12 ? off + 24 : off) * 3600;
	}
	*ret = t;
	return 0;
}

/* --- the list, and one --- */

static int put_to(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	const char *group = doc_str(row, "group"), *serial = doc_str(row, "serial");
	struct arena *a = job->rq->arena;
	struct mdm_group g;
	struct inv_unit u;
	int err;

	if (group) {
		err = mdm_group_get(txn, a, group, &g);
		doc_set_str(row, "to", err ? group : web_group_title(&g, job->rq->lang));
		doc_set_str(row, "to_href", arena_printf(a, "/groups/%s", group));
		return err == ERR_NOTFOUND ? 0 : err;
	}
	err = inv_unit_get(txn, a, serial, &u);
	doc_set_str(row, "to", err == 0 && u.item_number ? u.item_number : serial);
	doc_set_str(row, "to_href", arena_printf(a, "/devices/%s/desired", serial));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* planned, started, running, done or withdrawn: what people call its state. */
static const char *stage_of(const struct doc *d)
{
	const char *state = doc_str(d, "state");
	int64_t total = 0, waiting = 0;

	(void)!doc_int(d, "total", &total);
	(void)!doc_int(d, "waiting", &waiting);
	if (!text_equal(state, "running"))
		return state;
	return total == 0 ? "started" : waiting ? "running" : "over";
}

static void put_progress(const struct http_request *rq, struct doc *row)
{
	static const char *const shapes[][2] = {{"planned", "waits"}, {"started", "waits"},
		{"running", "waits"}, {"over", "done"}, {"withdrawn", "over"}};
	const char *stage = stage_of(row);
	int64_t failed = 0, waiting = 0, older = 0;

	(void)!doc_int(row, "failed", &failed);
	(void)!doc_int(row, "waiting", &waiting);
	(void)!doc_int(row, "older", &older);
	doc_set_bool(row, "any_older", older > 0);
	doc_set_bool(row, "any_waiting", waiting > 0);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (text_equal(shapes[i][0], stage))
			doc_set_str(row, "shape", shapes[i][1]);
	}
	doc_set_str(row, "stage", words(rq, "name.stage", stage));
	doc_set_bool(row, "is_planned", text_equal(stage, "planned"));
	doc_set_bool(row, "is_sent", !text_equal(stage, "planned"));
	doc_set_bool(row, "is_withdrawn", text_equal(stage, "withdrawn"));
	doc_set_bool(row, "is_media", text_equal(doc_str(row, "kind"), "media"));
	doc_set_bool(row, "is_survey", text_equal(doc_str(row, "kind"), "survey"));
	doc_set_bool(row, "any_failed", failed > 0);
	doc_set_str(row, "sort", words(rq, "name.mailing", doc_str(row, "kind")));
}

int web_mailing_row(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	put_progress(job->rq, row);
	doc_set_str(row, "stage_word", stage_of(row));
	return put_to(job, txn, row);
}

static int put_recipient(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	static const char *const shapes[][2] = {
		{"waiting", "waits"}, {"delivered", "done"}, {"failed", "stop"}};
	const char *state = doc_str(row, "state");
	struct inv_unit u;
	int err = inv_unit_get(txn, job->rq->arena, doc_str(row, "serial"), &u);

	doc_set_str(row, "item_number", err ? NULL : u.item_number);
	for (size_t i = 0; i < 3; i++) {
		if (text_equal(shapes[i][0], state))
			doc_set_str(row, "shape", shapes[i][1]);
	}
	doc_set_str(row, "state_text", words(job->rq, "name.recipient", state));
	if (doc_bool(row, "older", false))
		doc_set_str(row, "older_text", web_text(job->rq->lang, "mailing.older"));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The file's name under `to`, of the member `of`; nothing where there is none. */
static int put_file(
	struct api_read *job, struct store_txn *txn, const char *of, const char *to)
{
	const char *id = doc_str(job->d, of);
	struct mdm_media media;
	int err = id ? mdm_media_get(txn, job->rq->arena, id, &media) : ERR_NOTFOUND;

	if (err == 0)
		doc_set_str(job->d, to, media.name);
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_mailing_face(struct api_read *job, struct store_txn *txn)
{
	const struct doc *list = doc_list(job->d, "recipients");
	int err = 0;

	put_progress(job->rq, job->d);
	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++)
		err = put_recipient(job, txn, doc_list_object(list, i));
	if (err == 0)
		err = put_to(job, txn, job->d);
	if (err == 0)
		err = put_file(job, txn, "media", "file");
	if (err == 0)
		err = put_file(job, txn, "media_before", "file_before");
	doc_set_str(job->d, "quiet", mdm_mailing_quiet(job->w->o.mdm));
	doc_set_bool(job->d, "later", http_query(job->rq, "after") != NULL);
	return err;
}

/* --- what is to be sent --- */

static const char *answer(struct http_request *rq, const char *name)
{
	return web_form(rq) ? web_form_str(rq, name) : http_query(rq, name);
}

static int put_groups(struct api_read *job, struct store_txn *txn)
{
	const struct mdm_group all = {.name = MDM_GROUP_ALL};
	const char *chosen = answer(job->rq, "group");
	struct doc *list = doc_set_list(job->d, "groups");
	struct mdm_group *g;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(job->rq->arena, NULL, API_PAGE_MOST), &g, &n);

	for (size_t i = 0; err == 0 && i <= n; i++) {
		const struct mdm_group *one = i ? &g[i - 1] : &all;
		struct doc *row;

		if (i && text_equal(one->name, MDM_GROUP_ALL))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", one->name);
		doc_set_str(row, "title", web_group_title(one, job->rq->lang));
		doc_set_bool(row, "chosen", text_equal(one->name, chosen));
	}
	return err;
}

static int newest_first(const void *a, const void *b)
{
	const struct mdm_media *x = a, *y = b;

	return (x->made_at < y->made_at) - (x->made_at > y->made_at);
}

static int put_media(struct api_read *job, struct store_txn *txn)
{
	const char *chosen = answer(job->rq, "media");
	struct doc *list = doc_set_list(job->d, "media");
	struct mdm_media *x;
	size_t n;
	int err = mdm_media_list(txn, STORE_PIECE(job->rq->arena, NULL, MEDIA_MOST), &x, &n);

	if (err)
		return err;
	qsort(x, n, sizeof(*x), newest_first);
	for (size_t i = 0; i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_media_doc(&x[i], row);
		doc_set_str(row, "size",
			arena_printf(job->rq->arena, "%s, %lld kB",
				text_equal(doc_str(row, "kind"), "pdf") ? "PDF" : "EPUB",
				(long long)((x[i].bytes + 1023) / 1024)));
		doc_set_bool(row, "chosen", text_equal(x[i].id, chosen));
	}
	return 0;
}

static int fill_remove(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	struct mdm_media x;
	int err = mdm_media_get(ask->txn, rq->arena, http_param(rq, "id"), &x);

	if (err)
		return err;
	ask->subject = x.title;
	ask->next = "/media?done=media-removed";
	ask->back = "/media";
	return 0;
}

int page_media_remove(struct http_request *rq, void *ctx)
{
	static const struct web_input none[] = {{0}};
	static const struct web_form f = {.title = "media.remove",
		.lead = "media.remove_lead",
		.button = "media.remove_button",
		.inputs = none,
		.stop = true};

	return web_form_reply(rq, ctx, &f, fill_remove);
}

static void put_stays(const struct http_request *rq, struct doc *d, const char *chosen)
{
	static const char *const spans[] = {"7d", "14d", "30d", "90d"};
	struct doc *list = doc_set_list(d, "stays");

	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "word", spans[i]);
		doc_set_str(row, "text", words(rq, "mailing.stay", spans[i]));
		doc_set_bool(row, "chosen", text_equal(spans[i], chosen ? chosen : "14d"));
	}
}

static int new_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *kind = answer(job->rq, "kind");
	uint32_t known;
	int err = put_groups(job, txn);

	if (err == 0)
		err = put_media(job, txn);
	if (kind && web_mailing_kind_parse(kind, &known) != 0)
		kind = NULL;
	doc_set_str(job->d, "kind", kind);
	doc_set_bool(job->d, "is_survey", text_equal(kind, "survey"));
	doc_set_bool(job->d, "is_media", text_equal(kind, "media"));
	doc_set_bool(job->d, "is_link", text_equal(kind, "link"));
	doc_set_str(job->d, "heading", words(job->rq, "mailing.new", kind));
	doc_set_str(job->d, "quiet", mdm_mailing_quiet(job->w->o.mdm));
	put_stays(job->rq, job->d, answer(job->rq, "stay"));
	return err;
}

/* What was typed stands there again, whether it was refused or is looked over. */
int page_mailing_new(struct http_request *rq, void *ctx)
{
	static const char *const keys[] = {"title", "url", "group", "item", "day", "time"};
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	struct doc *said = doc_set_object(job.d, "said");
	int err = store_read(job.w->o.st, new_in, &job);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		doc_set_str(said, keys[i], answer(rq, keys[i]));
	return err ? err : web_reply(rq, 200, "mailing-new", job.d);
}

/* --- looked over before it is sent --- */

static void put_reach(const struct http_request *rq, struct doc *d)
{
	const struct doc *counts = doc_list(d, "reach"), *rows = doc_list(d, "not_soon");

	for (size_t i = 0; i < doc_list_size(counts); i++) {
		struct doc *row = doc_list_object(counts, i);
		const char *reach = doc_str(row, "reach");
		bool soon = text_equal(reach, "soon"), stranger = text_equal(reach, "stranger");

		doc_set_str(row, "text", words(rq, "name.reach", reach));
		doc_set_str(row, "shape", soon ? "done" : stranger ? "stop" : "waits");
	}
	for (size_t i = 0; i < doc_list_size(rows); i++) {
		struct doc *row = doc_list_object(rows, i);

		doc_set_str(row, "text", words(rq, "name.unreached", doc_str(row, "reach")));
	}
	doc_set_bool(d, "nobody", doc_list_size(counts) == 0);
}

static int whom_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_media media;
	const char *id = web_form_str(job->rq, "media");
	int err = put_to(job, txn, job->d);

	if (err || !id)
		return err;
	err = mdm_media_get(txn, job->rq->arena, id, &media);
	doc_set_str(job->d, "file", err ? NULL : media.name);
	return err == ERR_NOTFOUND ? 0 : err;
}

int page_mailing_look(
	struct http_request *rq, struct web *w, const struct web_mailing_ask *ask, struct doc *d)
{
	static const char *const keys[] = {"kind", "title", "group", "item", "url", "media", "stay",
		"day", "time"};
	struct api_read job = {.w = w, .rq = rq, .d = d};
	struct doc *fields = doc_set_list(d, "fields");
	int err;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct doc *row;

		if (!web_form_str(rq, keys[i]))
			continue;
		row = doc_add_object(fields);
		doc_set_str(row, "name", keys[i]);
		doc_set_str(row, "value", web_form_str(rq, keys[i]));
	}
	put_reach(rq, d);
	doc_set_str(d, "title", ask->want.title);
	doc_set_str(d, "url", ask->want.url);
	doc_set_str(d, "group", ask->want.group);
	doc_set_str(d, "serial", ask->code);
	doc_set_str(d, "sort", words(rq, "name.mailing", web_form_str(rq, "kind")));
	doc_set_bool(d, "is_survey", ask->want.kind == MDM_MAILING_SURVEY);
	doc_set_bool(d, "is_media", ask->want.kind == MDM_MAILING_MEDIA);
	doc_set_time(d, "starts", ask->want.starts_at);
	doc_set_str(d, "stay_text",
		words(rq, "mailing.stay", web_form_str(rq, "stay") ? web_form_str(rq, "stay") : "14d"));
	doc_set_str(d, "quiet", mdm_mailing_quiet(w->o.mdm));
	err = store_read(w->o.st, whom_in, &job);
	return err ? err : web_reply(rq, 200, "mailing-preview", d);
}
