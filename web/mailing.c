/* SPDX-License-Identifier: EUPL-1.2 */
/* Mailings for people: codes may be item numbers; documents for the API and --json. */
#include "web/web_int.h"

#include "base/text.h"

static const char *const kinds[] = {NULL, "survey", "media", "link"};
static const char *const states[] = {NULL, "planned", "running", "withdrawn"};
static const char *const to_states[] = {NULL, "waiting", "delivered", "failed"};

int web_mailing_kind_parse(const char *s, uint32_t *ret)
{
	for (uint32_t i = 1; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_equal(s, kinds[i])) {
			*ret = i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

void web_media_doc(const struct mdm_media *x, struct doc *d)
{
	doc_set_str(d, "id", x->id);
	doc_set_str(d, "name", x->name);
	doc_set_str(d, "title", x->title);
	doc_set_str(d, "author", x->author);
	doc_set_str(d, "kind", x->kind == 1 ? "pdf" : "epub");
	doc_set_int(d, "bytes", x->bytes);
	doc_set_time(d, "made", x->made_at);
	doc_set_str(d, "made_by", x->made_by);
}

void web_mailing_doc(const struct mdm_mailing *x, struct doc *d)
{
	doc_set_str(d, "id", x->id);
	doc_set_str(d, "kind", x->kind <= MDM_MAILING_LINK ? kinds[x->kind] : NULL);
	doc_set_str(d, "state", x->state <= MDM_MAILING_WITHDRAWN ? states[x->state] : NULL);
	doc_set_str(d, "title", x->title);
	web_doc_opt(d, "group", x->group);
	web_doc_opt(d, "serial", x->serial);
	web_doc_opt(d, "url", x->url);
	web_doc_opt(d, "media", x->media);
	web_doc_opt(d, "media_before", x->media_before);
	web_doc_opt_time(d, "changed", x->changed_at);
	web_doc_opt(d, "changed_by", x->changed_by);
	doc_set_time(d, "starts", x->starts_at);
	web_doc_opt_time(d, "ended", x->ended_at);
	if (x->state == MDM_MAILING_WITHDRAWN && x->returned)
		doc_set_bool(d, "returned", true);
	doc_set_time(d, "made", x->made_at);
	doc_set_str(d, "made_by", x->made_by);
	doc_set_int(d, "total", x->total);
	doc_set_int(d, "delivered", x->delivered);
	doc_set_int(d, "failed", x->failed);
	doc_set_int(d, "waiting", x->total - x->delivered - x->failed);
	if (x->version)
		doc_set_int(d, "older", x->older);
	if (x->kind == MDM_MAILING_SURVEY)
		doc_set_int(d, "opened", x->opened);
}

int web_mailing_whole_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *id,
	const char *after, size_t most, enum say_lang lang, int64_t now, struct doc *d)
{
	struct mdm_mailing_to *to;
	struct mdm_mailing x;
	struct doc *list;
	size_t n;
	int err = mdm_mailing_get(txn, a, id, &x);

	if (err == 0)
		err = mdm_mailing_recipients(w->o.mdm, txn, a, id, after, most, lang, now, &to, &n);
	if (err)
		return err;
	web_mailing_doc(&x, d);
	list = doc_set_list(d, "recipients");
	for (size_t i = 0; i < n; i++) {
		struct doc *one = doc_add_object(list);

		doc_set_str(one, "serial", to[i].serial);
		doc_set_str(one, "state", to[i].state <= 3 ? to_states[to[i].state] : NULL);
		if (x.version)
			doc_set_bool(one, "older", to[i].older);
		doc_set_str(one, "why", to[i].why);
	}
	doc_set_str(d, "next", n && n == most ? to[n - 1].serial : NULL);
	return 0;
}

struct mailing_job {
	struct doc *d;
	struct web *w;
	const struct web_mailing_ask *ask;
	const struct audit_who *who;
	const char *id;
	int64_t now;
	struct arena *a;
	struct refusal *r;
	struct mdm_mailing *ret;
};

static int add_in(struct store_txn *txn, void *arg)
{
	struct mailing_job *j = arg;
	struct mdm_mailing want = j->ask->want;
	int err = 0;

	*j->r = (struct refusal){0};
	if (j->ask->code)
		err = inv_serial_find(txn, j->a, j->ask->code, &want.serial);
	return err ? err
		   : mdm_mailing_add(j->w->o.mdm,
			     &(struct mdm_act){txn, j->ask->who, j->ask->now, j->r}, &want, j->a,
			     j->ret);
}

int web_mailing_add(struct web *w, const struct web_mailing_ask *ask, struct arena *a,
	struct refusal *r, struct mdm_mailing *ret)
{
	struct mailing_job j = {.w = w, .ask = ask, .a = a, .r = r, .ret = ret};

	return store_write(w->o.st, add_in, &j);
}

static int look_in(struct store_txn *txn, void *arg)
{
	struct mailing_job *j = arg;
	struct mdm_mailing want = j->ask->want;
	int err = 0;

	if (j->ask->code)
		err = inv_serial_find(txn, j->a, j->ask->code, &want.serial);
	if (err == 0)
		err = refusal_keep(
			j->r, mdm_mailing_check(j->w->o.mdm, txn, &want, j->ask->now, j->r));
	return err ? err : web_mailing_preview(j->w, txn, j->a, &want, j->ask->now, j->d);
}

int web_mailing_look(struct web *w, const struct web_mailing_ask *ask, struct arena *a,
	struct refusal *r, struct doc *d)
{
	struct mailing_job j = {.w = w, .ask = ask, .a = a, .r = r, .d = d};

	*r = (struct refusal){0};
	return store_read(w->o.st, look_in, &j);
}

static int withdraw_in(struct store_txn *txn, void *arg)
{
	struct mailing_job *j = arg;

	*j->r = (struct refusal){0};
	return mdm_mailing_withdraw(
		j->w->o.mdm, &(struct mdm_act){txn, j->who, j->now, j->r}, j->id);
}

int web_mailing_withdraw(
	struct web *w, const struct audit_who *who, const char *id, int64_t now, struct refusal *r)
{
	struct mailing_job j = {.w = w, .who = who, .id = id, .now = now, .r = r};

	return store_write(w->o.st, withdraw_in, &j);
}

struct dropping {
	struct web *w;
	const struct audit_who *who;
	const char *id;
	int64_t now;
	struct refusal *r;
};

static int drop_in(struct store_txn *txn, void *arg)
{
	struct dropping *x = arg;

	return mdm_media_remove(x->w->o.mdm, &(struct mdm_act){txn, x->who, x->now, x->r}, x->id);
}

int web_media_remove(struct web *w, const struct audit_who *who, const char *id, int64_t now,
	struct refusal *r)
{
	struct dropping x = {.w = w, .who = who, .id = id, .now = now, .r = r};

	*r = (struct refusal){0};
	return store_write(w->o.st, drop_in, &x);
}

/* --- another file --- */

struct filing {
	struct web *w;
	const struct web_mailing_file *ask;
	struct arena *a;
	struct refusal *r;
	struct mdm_media file;
};

static int file_look(struct store_txn *txn, void *arg)
{
	struct filing *x = arg;
	struct mdm_mailing m;

	return mdm_mailing_file_check(txn, x->a, x->ask->id, &m, x->r);
}

static int file_in(struct store_txn *txn, void *arg)
{
	const struct filing *x = arg;
	const struct mdm_act act = {txn, x->ask->who, x->ask->now, x->r};

	*x->r = (struct refusal){0};
	return mdm_mailing_file(x->w->o.mdm, &act, x->ask->id, &x->file);
}

static int file_drop(struct store_txn *txn, void *arg)
{
	const struct filing *x = arg;

	return mdm_media_let_go(x->w->o.mdm,
		&(struct mdm_act){txn, x->ask->who, x->ask->now, NULL}, x->file.id);
}

int web_mailing_file(struct web *w, const struct web_mailing_file *ask, struct arena *a,
	struct refusal *r)
{
	const struct mdm_media_ask in = {ask->who, ask->name, ask->content, ask->now};
	struct filing x = {.w = w, .ask = ask, .a = a, .r = r};
	int err, dropped;

	*r = (struct refusal){0};
	err = store_read(w->o.st, file_look, &x);
	if (err == 0)
		err = mdm_media_add(w->o.mdm, &in, a, &x.file, r);
	if (err)
		return refusal_keep(r, err);
	err = store_write(w->o.st, file_in, &x);
	if (err == 0)
		return 0;
	/* uploaded for nothing */
	dropped = store_write(w->o.st, file_drop, &x);
	return dropped ? dropped : err;
}

static int file_undo_in(struct store_txn *txn, void *arg)
{
	struct mailing_job *j = arg;

	*j->r = (struct refusal){0};
	return mdm_mailing_file_undo(
		j->w->o.mdm, &(struct mdm_act){txn, j->who, j->now, j->r}, j->id);
}

int web_mailing_file_undo(
	struct web *w, const struct audit_who *who, const char *id, int64_t now, struct refusal *r)
{
	struct mailing_job j = {.w = w, .who = who, .id = id, .now = now, .r = r};

	return store_write(w->o.st, file_undo_in, &j);
}
