/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/settings and the pages of them: what is set, who set it, what a change would do. */
#include "web/setting_int.h"

#include "base/text.h"
#include "web/scope_int.h"
#include "web/thing_int.h"

#define HISTORY_MOST 100

static const char *from_name(bool kept, bool in_file)
{
	return kept ? "store" : in_file ? "file" : "built-in";
}

static void change_doc(const struct setting_change *c, struct doc *d)
{
	doc_set_int(d, "number", c->number);
	doc_set_time(d, "at", c->at);
	doc_set_str(d, "by", c->by);
	doc_set_str(d, "old", c->old);
	doc_set_bool(d, "old_kept", c->was_kept);
	doc_set_str(d, "new", c->value);
	doc_set_bool(d, "new_kept", c->is_kept);
	doc_set_str(d, "why", c->why);
	if (c->undoes)
		doc_set_int(d, "undoes", c->undoes);
}

static const char *form_name(enum setting_form f)
{
	static const char *const names[] = {[SETTING_TEXT] = "text",
		[SETTING_NUMBER] = "number",
		[SETTING_SPAN] = "span",
		[SETTING_CHOICE] = "choice",
		[SETTING_ONE_OF] = "one-of",
		[SETTING_SOME_OF] = "some-of",
		[SETTING_MAILS] = "mails",
		[SETTING_HOURS] = "hours",
		[SETTING_VERSION] = "version",
		[SETTING_DATES] = "dates"};

	return names[f];
}

static void row_doc(enum setting x, struct doc *d)
{
	const struct setting_row *row = setting_row(x);

	doc_set_str(d, "name", row->name);
	doc_set_str(d, "group", row->group);
	doc_set_str(d, "kind", form_name(row->form));
	if (row->max) {
		doc_set_int(d, "least", row->min);
		doc_set_int(d, "most", row->max);
	}
	for (size_t i = 0; row->words && row->words[i]; i++)
		doc_add_str(i ? doc_list(d, "words") : doc_set_list(d, "words"), row->words[i]);
}

static int setting_doc(struct api_read *job, struct store_txn *txn, enum setting x, struct doc *d)
{
	const struct settings *s = job->w->o.settings;
	struct setting_change c = {0}, wait;
	bool in_file;
	const char *under = settings_under(s, x, &in_file);
	int err = setting_last(txn, job->rq->arena, x, &c);

	if (err && err != ERR_NOTFOUND)
		return err;
	row_doc(x, d);
	doc_set_str(d, "value", c.is_kept ? c.value : under);
	doc_set_str(d, "from", from_name(c.is_kept, in_file));
	doc_set_str(d, "under", under);
	doc_set_str(d, "under_from", from_name(false, in_file));
	doc_set_int(d, "change", c.number);
	if (c.number) {
		doc_set_time(d, "changed_at", c.at);
		doc_set_str(d, "changed_by", c.by);
		doc_set_str(d, "why", c.why);
	}
	err = setting_waiting(txn, job->rq->arena, x, &wait);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0)
		web_setting_waits_face(job->rq, x, &wait, doc_set_object(d, "waiting"));
	if (web_is_page(job->rq)) {
		web_setting_face(job->rq, x, doc_str(d, "value"), d);
		doc_set_str(d, "under_text", web_setting_text(job->rq, x, under));
		doc_set_bool(d, "kept", c.is_kept);
	}
	return 0;
}

/* Whole rows of one group stand together in the table: a new group begins a new list. */
static int groups_face(struct api_read *job, struct store_txn *txn)
{
	struct doc *groups = doc_set_list(job->d, "groups"), *list = NULL;
	const char *group = NULL;
	int err = 0;

	for (unsigned x = 0; err == 0 && x < SETTINGS; x++) {
		if (!text_equal(setting_row(x)->group, group)) {
			struct doc *g = doc_add_object(groups);

			group = setting_row(x)->group;
			doc_set_str(g, "title",
				web_text(job->rq->lang,
					arena_printf(job->rq->arena, "setting.group.%s", group)));
			list = doc_set_list(g, "settings");
		}
		err = setting_doc(job, txn, x, doc_add_object(list));
	}
	return err ? err : web_elsewhere_face(job, txn);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list;
	int err = 0;

	if (web_is_page(job->rq)) {
		web_conf_face(job->w, job->d);
		return groups_face(job, txn);
	}
	list = doc_set_list(job->d, "settings");
	for (unsigned x = 0; err == 0 && x < SETTINGS; x++)
		err = setting_doc(job, txn, x, doc_add_object(list));
	return err;
}

int api_setting_list(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(job.w->o.st, list_in, &job);

	if (err == 0 && web_is_page(rq))
		err = web_status_fill(&job);
	return err ? err : web_reply(rq, 200, "settings", job.d);
}

/* --- one --- */

static int setting_of(const struct http_request *rq, enum setting *ret)
{
	return setting_find(http_param(rq, "name"), ret);
}

static void change_face(struct api_read *job, enum setting x, const struct setting_change *c,
	struct doc *d)
{
	if (!web_is_page(job->rq))
		return;
	doc_set_str(d, "old_text", web_setting_text(job->rq, x, c->old));
	doc_set_str(d, "new_text", web_setting_text(job->rq, x, c->value));
	doc_set_str(d, "name", setting_row(x)->name);
}

static int history_doc(struct api_read *job, struct store_txn *txn, enum setting x)
{
	struct doc *list = doc_set_list(job->d, "history");
	struct setting_change *c;
	size_t n;
	int err = setting_history(txn, job->rq->arena, x, HISTORY_MOST, &c, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		change_doc(&c[i], row);
		change_face(job, x, &c[i], row);
	}
	if (err == 0 && web_is_page(job->rq))
		doc_set_bool(job->d, "any_history", n > 0);
	return err;
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	enum setting x;
	int err = setting_of(job->rq, &x);

	if (err == 0)
		err = setting_doc(job, txn, x, job->d);
	return err ? err : history_doc(job, txn, x);
}

int api_setting_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, get_in, "setting");
}

/* --- change --- */

/* A form that says nothing of its field means that it is empty; a program must say it. */
static int ask_read(struct http_request *rq, struct setting_ask *ret)
{
	static const char *const known[] = {"value", "clear", "why", "seen", NULL};
	struct doc *d;
	int64_t seen = 0;
	int err = setting_of(rq, &ret->x);

	if (err == 0)
		err = api_body(rq, known, &d);
	if (err)
		return err;
	ret->why = doc_str(d, "why");
	ret->value = doc_str(d, "value");
	if (doc_has(d, "seen") &&
		(web_number_of(d, "seen", &seen) != 0 || seen < 0 || seen > UINT32_MAX)) {
		api_bad_field(rq, "seen", "0-");
		return ERR_BADINPUT;
	}
	ret->seen = (uint32_t)seen;
	ret->looked = doc_has(d, "seen");
	if (doc_bool(d, "clear", text_equal(doc_str(d, "clear"), "yes"))) {
		ret->value = NULL;
		return 0;
	}
	if (ret->value || web_is_page(rq)) {
		ret->value = ret->value ? ret->value : "";
		return 0;
	}
	api_missing_field(rq, "value");
	return ERR_BADINPUT;
}

/* How one signs in is a matter of accounts, by whatever address it is reached. */
static int may_set(struct http_request *rq, enum setting x, struct refusal *r)
{
	bool of_accounts = text_equal(setting_row(x)->group, "signin");

	return web_scope_reaches(api_caller(rq)->areas, of_accounts ? WEB_AREA_ACCOUNTS : 0, r);
}

int api_setting_set(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r = {0};
	struct setting_ask ask = {0};
	int err = ask_read(rq, &ask);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (may_set(rq, ask.x, &r) != 0)
		return api_done(rq, ERR_REFUSED, &r);
	err = settings_set(w->o.settings, &api_caller(rq)->who, &ask, rq->now, &r);
	if (err == ERR_CONFLICT)
		err = refuse(&r, &web_say_setting_since, NULL, NULL, NULL);
	return api_done(rq, err, &r);
}

int api_setting_undo(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"number", "why", NULL};
	struct web *w = ctx;
	struct refusal r = {0};
	int64_t number = 0;
	enum setting x;
	struct doc *d;
	int err = setting_of(rq, &x);

	if (err == 0)
		err = api_body(rq, known, &d);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (web_number_of(d, "number", &number) != 0 || number < 1 || number > UINT32_MAX)
		return api_bad_field(rq, "number", "1-");
	if (may_set(rq, x, &r) != 0)
		return api_done(rq, ERR_REFUSED, &r);
	return api_done(rq,
		settings_undo(w->o.settings, &api_caller(rq)->who, x, (uint32_t)number,
			doc_str(d, "why"), rq->now, &r),
		&r);
}

/* --- what would this change? --- */

struct looking {
	struct api_read job;
	struct setting_ask in;
	const char *next;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	struct http_request *rq = l->job.rq;
	struct web_setting_look look = {.w = l->job.w,
		.txn = txn,
		.a = rq->arena,
		.x = l->in.x,
		.next = l->next,
		.lang = rq->lang,
		.now = rq->now,
		.list = doc_set_list(l->job.d, "would")};
	int err = setting_doc(&l->job, txn, l->in.x, l->job.d);

	return err ? err : web_setting_look(&look);
}

static void look_face(struct looking *l)
{
	struct http_request *rq = l->job.rq;
	struct doc *d = l->job.d;

	doc_set_str(d, "next_text", web_setting_text(rq, l->in.x, l->next));
	doc_set_bool(d, "waits", settings_must_wait(l->job.w->o.settings, l->in.x, l->in.value));
	doc_set_str(d, "typed", l->in.value);
	doc_set_bool(d, "clear", l->in.value == NULL);
	doc_set_str(d, "reason", l->in.why);
	doc_set_int(d, "seen", l->in.seen);
}

int api_setting_preview(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct looking l = {.job = {.w = w, .rq = rq, .d = doc_new(rq->arena)}};
	struct refusal r = {0};
	int err = ask_read(rq, &l.in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (web_is_page(rq) && text_empty(l.in.why))
		return api_missing_field(rq, "why");
	err = settings_try(w->o.settings, rq->arena, l.in.x, l.in.value, &l.next, &r);
	if (err)
		return api_done(rq, err, &r);
	err = store_read(w->o.st, look_in, &l);
	if (err)
		return err;
	doc_set_str(l.job.d, "next", l.next);
	if (web_is_page(rq))
		look_face(&l);
	return web_reply(rq, 200, "setting-preview", l.job.d);
}
