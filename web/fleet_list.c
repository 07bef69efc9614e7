/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists round a fleet: its groups, what may be sent to it, and the invitations to it. */
#include "web/listed_int.h"
#include "web/wanted_int.h"

#include "base/text.h"

/* --- groups --- */

static int walk_groups(struct web_walk *k)
{
	struct arena *a = k->job->rq->arena;
	struct mdm_group *g;
	size_t n = 0;
	int err = mdm_group_list(k->txn, STORE_PIECE(a, k->after, k->most), &g, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_group_doc(&g[i], doc_add_object(k->rows));
	if (err == 0)
		web_walk_next_text(k, n, n ? g[n - 1].name : NULL);
	return err;
}

static const struct web_col group_columns[] = {
	{"title", "column.group", WEB_COL_SORT, "/groups/", "name"},
	{"members", "groups.devices", WEB_COL_SORT | WEB_COL_DOWN},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{"name", "groups.address", WEB_COL_OWN | WEB_COL_FILE},
	{0},
};
static const struct web_sift group_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"members", WEB_SIFT_SAID, "groups.any", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{0},
};
static const struct web_listed groups = {
	.list = "groups",
	.path = "/groups",
	.title = "place.groups",
	.none = "groups.none",
	.columns = group_columns,
	.sifts = group_sifts,
	.walk = walk_groups,
	.live = "group.",
};

int api_group_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &groups);
}

/* --- media --- */

static void put_media(struct arena *a, const struct mdm_media *x, struct doc *row)
{
	web_media_doc(x, row);
	doc_set_str(row, "kind_text", text_equal(doc_str(row, "kind"), "pdf") ? "PDF" : "EPUB");
	doc_set_str(row, "size",
		arena_printf(a, "%lld kB", (long long)((x->bytes + 1023) / 1024)));
}

static int walk_media(struct web_walk *k)
{
	struct arena *a = k->job->rq->arena;
	struct mdm_media *x;
	size_t n = 0;
	int err = mdm_media_list(k->txn, STORE_PIECE(a, k->after, k->most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_media(a, &x[i], doc_add_object(k->rows));
	if (err == 0)
		web_walk_next_text(k, n, n ? x[n - 1].id : NULL);
	return err;
}

static const struct web_col media_columns[] = {
	{"title", "field.title", WEB_COL_SORT},
	{"author", "media.author", WEB_COL_SORT},
	{"kind_text", "column.kind", WEB_COL_SORT},
	{"size", "media.size", WEB_COL_SORT | WEB_COL_DOWN, .by = "bytes"},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{"name", "media.file", WEB_COL_SORT},
	{0},
};
static const struct web_choice media_kinds[] = {
	{"pdf", "media.pdf"}, {"epub", "media.epub"}, {0}};
static const struct web_sift media_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"kind", WEB_SIFT_SAME, "column.kind", .choices = media_kinds},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{0},
};
/* Its keys do not say what is newest. */
static const struct web_listed media = {
	.list = "media",
	.path = "/media",
	.title = "media.title",
	.none = "media.none",
	.columns = media_columns,
	.sifts = media_sifts,
	.walk = walk_media,
	.whole = "id",
};

int api_media_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &media);
}

/* --- invitations --- */

static const char *state_of(const struct mdm_invitation *i, int64_t now)
{
	if (i->closed_at)
		return "closed";
	if (i->expires_at && i->expires_at <= now)
		return "over";
	return i->used >= i->most ? "used" : "open";
}

static void put_invitation(
	const struct http_request *rq, const struct mdm_invitation *i, struct doc *row)
{
	const char *state = state_of(i, rq->now);
	const bool open = text_equal(state, "open");

	web_invitation_doc(i, row);
	doc_set_str(row, "called",
		!text_empty(i->serial) ? i->serial : !text_empty(i->note) ? i->note : i->id);
	doc_set_str(row, "used_text",
		arena_printf(rq->arena, "%u %s %u", i->used,
			web_text(rq->lang, "invitations.of"), i->most));
	doc_set_str(row, "state", state);
	doc_set_str(row, "state_text",
		web_text(rq->lang, arena_printf(rq->arena, "invitations.state_%s", state)));
	doc_set_str(row, "look", open ? "done" : "over");
}

static int walk_invitations(struct web_walk *k)
{
	const struct http_request *rq = k->job->rq;
	struct mdm_invitation *x;
	size_t n = 0;
	int err = mdm_invitation_list(
		k->txn, !k->turned, STORE_PIECE(rq->arena, k->after, k->most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_invitation(rq, &x[i], doc_add_object(k->rows));
	if (err == 0)
		web_walk_next_text(k, n, n ? x[n - 1].id : NULL);
	return err;
}

static const struct web_col invitation_columns[] = {
	{"called", "invitations.called", WEB_COL_SORT},
	{"used_text", "invitations.used_head", WEB_COL_SORT | WEB_COL_DOWN, .by = "used"},
	{"state_text", "column.state", WEB_COL_SORT, .look = "look"},
	{"expires", "tokens.last_day", WEB_COL_SORT},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{"serial", "column.serial", WEB_COL_FILE},
	{"note", "column.note", WEB_COL_FILE},
	{"closed", "accounts.closed_at", WEB_COL_FILE},
	{"id", "column.number", WEB_COL_FILE},
	{0},
};
static const struct web_choice invitation_states[] = {{"open", "invitations.state_open"},
	{"used", "invitations.state_used"}, {"over", "invitations.state_over"},
	{"closed", "invitations.state_closed"}, {0}};
static const struct web_sift invitation_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"state", WEB_SIFT_SAME, "column.state", .choices = invitation_states},
	{"used", WEB_SIFT_SAID, "invitations.any_used", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{0},
};
static const struct web_listed invitations = {
	.list = "invitations",
	.path = "/invitations",
	.title = "invitations.open",
	.none = "invitations.none",
	.columns = invitation_columns,
	.sifts = invitation_sifts,
	.walk = walk_invitations,
	.turns = true,
	.rows = 30,
};

int api_invitation_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &invitations);
}
