/* SPDX-License-Identifier: EUPL-1.2 */
/* Mailings: from the asking to the last recipient. Visits do the sending. */
#include "mdm/media_int.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <stdio.h>

#define NAME_MOST 100
#define DAY_S INT64_C(86400)
#define AHEAD_MOST_S (400 * DAY_S)

static int mailing_audit(
	const struct mdm_act *act, const char *what, const char *id, const char *title)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "title", title);
	doc_format(d, &b);
	return audit_add(
		act->txn, act->who, act->now, what, arena_printf(a, "mailing/%s", id), buf_str(&b));
}

/* --- media --- */

/* The end of its address: plain letters, and the ending that its content asks for. */
static const char *media_name(struct arena *a, const char *name, uint32_t kind)
{
	AUTO(buf) struct buf b = BUF_INIT(NAME_MOST + 8);
	const char *dot = name ? strrchr(name, '.') : NULL;
	size_t n = name ? dot ? (size_t)(dot - name) : strlen(name) : 0;

	for (size_t i = 0; i < n && b.n < NAME_MOST; i++) {
		char c = name[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '_';

		buf_add_char(&b, plain ? c : '-');
	}
	if (b.n == 0)
		buf_add_str(&b, "dokument");
	buf_add_str(&b, kind == MDM_MEDIA_PDF ? ".pdf" : ".epub");
	return arena_strdup(a, buf_str(&b));
}

struct adding {
	const struct mdm_media_ask *ask;
	const struct mdm_media *media;
	uint32_t piece;
};

/* A few pieces a transaction: nobody waits long for a large file. */
static int pieces_in(struct store_txn *txn, void *arg)
{
	struct adding *x = arg;
	uint32_t end = x->piece + 16;
	int err = 0;

	for (uint32_t n = x->piece; err == 0 && n < end; n++) {
		size_t at = (size_t)n * MDM_PIECE_BYTES, left;

		if (at >= x->ask->content.n)
			break;
		left = x->ask->content.n - at;
		err = mdm_piece_put(txn, x->media->id, n,
			bytes_of(x->ask->content.p + at,
				left < MDM_PIECE_BYTES ? left : MDM_PIECE_BYTES));
	}
	return err;
}

static int media_in(struct store_txn *txn, void *arg)
{
	struct adding *x = arg;
	const struct mdm_act act = {txn, x->ask->who, x->ask->now, NULL};
	int err = mdm_media_put(txn, x->media);

	return err ? err : mailing_audit(&act, "media.add", "-", x->media->name);
}

int mdm_media_add(struct mdm *m, const struct mdm_media_ask *ask, struct arena *a,
	struct mdm_media *ret, struct refusal *r)
{
	struct mdm_media_content c;
	struct mdm_media x = {.made_at = ask->now, .made_by = ask->who->actor};
	struct adding adding = {.ask = ask, .media = &x};
	int err = mdm_media_judge(ask->content, a, &c, r);

	if (err)
		return err;
	x.id = random_token(a, 24);
	x.kind = c.kind;
	x.name = media_name(a, ask->name, c.kind);
	x.title = c.title ? c.title : x.name;
	x.author = c.author;
	x.bytes = (int64_t)ask->content.n;
	digest_of(ask->content, x.hash);
	while (err == 0 && (size_t)adding.piece * MDM_PIECE_BYTES < ask->content.n) {
		err = store_write(m->st, pieces_in, &adding);
		adding.piece += 16;
	}
	/* its record comes last: without it the pieces are nobody's */
	if (err == 0)
		err = store_write(m->st, media_in, &adding);
	if (err == 0)
		*ret = x;
	return err;
}

struct mdm_plist *mdm_media_command(struct arena *a, const char *device_url,
	const char *persistent_id, const struct mdm_media *x, const char *title)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "RequestType", "InstallMedia");
	mdm_plist_set_str(d, "MediaType", "Book");
	mdm_plist_set_str(d, "MediaURL", arena_printf(a, "%s/m/%s/%s", device_url, x->id, x->name));
	mdm_plist_set_str(d, "PersistentID", persistent_id);
	mdm_plist_set_str(d, "Kind", x->kind == MDM_MEDIA_PDF ? "pdf" : "epub");
	mdm_plist_set_str(d, "Title", title ? title : x->title);
	mdm_plist_set_str(d, "Author", x->author);
	return d;
}

/* --- asking --- */

static bool url_ok(const char *s)
{
	return s && strlen(s) < 2000 && text_starts(s, "https://") && s[8] && !strpbrk(s, " \"<>");
}

static int form_check(
	struct mdm *m, struct store_txn *txn, const struct mdm_mailing *w, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_media media;
	int err = 0;

	if (text_empty(w->title) || strlen(w->title) > 60)
		return refuse(r, &mdm_say_mailing_title, NULL, NULL, NULL);
	if (w->kind != MDM_MAILING_MEDIA && !url_ok(w->url))
		return refuse(r, &mdm_say_mailing_url, NULL, NULL, NULL);
	if (w->kind == MDM_MAILING_SURVEY && text_empty(m->o->public_url))
		return refuse(r, &mdm_say_mailing_public, NULL, NULL, NULL);
	if (w->kind == MDM_MAILING_MEDIA)
		err = w->media ? mdm_media_get(txn, a, w->media, &media) : ERR_NOTFOUND;
	return err == ERR_NOTFOUND ? refuse(r, &mdm_say_media_none, NULL, NULL, NULL) : err;
}

int mdm_mailing_check(struct mdm *m, struct store_txn *txn, const struct mdm_mailing *w,
	int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g;
	int err;

	if (w->kind < MDM_MAILING_SURVEY || w->kind > MDM_MAILING_LINK)
		return refuse(r, &mdm_say_mailing_kind, NULL, NULL, NULL);
	if (!w->group == !w->serial)
		return refuse(r, &mdm_say_mailing_to, NULL, NULL, NULL);
	if (w->starts_at && (w->starts_at < now - DAY_S || w->starts_at > now + AHEAD_MOST_S))
		return refuse(r, &mdm_say_mailing_past, NULL, NULL, NULL);
	err = w->group ? mdm_group_get(txn, a, w->group, &g) : 0;
	if (err == ERR_NOTFOUND)
		err = refuse(r, &mdm_say_group_none, w->group, NULL, NULL);
	if (err == 0 && w->serial &&
		(strlen(w->serial) > MDM_SERIAL_MAX || !*w->serial || !mdm_id_is_plain(w->serial)))
		err = refuse(r, &mdm_say_serial_form, w->serial, NULL, NULL);
	return err ? err : form_check(m, txn, w, r);
}

/* Slot and mailing have one name. */
int mdm_mailing_item_put(
	struct mdm *m, struct store_txn *txn, struct arena *a, struct mdm_mailing *x)
{
	AUTO(buf) struct buf b = BUF_INIT(16384);
	struct doc *d = doc_new(a);
	struct mdm_item item = {.owner_kind = MDM_OF_MAILING,
		.owner = x->id,
		.id = x->id,
		.kind = x->kind == MDM_MAILING_MEDIA ? MDM_ITEM_MEDIA : MDM_ITEM_WEB_CLIP,
		.made_at = x->made_at,
		.made_by = x->made_by};

	doc_set_str(d, "title", x->title);
	if (x->kind == MDM_MAILING_MEDIA) {
		doc_set_str(d, "media", x->media);
	} else {
		doc_set_str(d, "type", "web-clip");
		doc_set_str(d, "label", x->title);
		doc_set_str(d, "url", x->kind == MDM_MAILING_SURVEY ? "{link}" : x->url);
	}
	if (x->remove_after_s)
		doc_set_str(
			d, "remove_after", arena_printf(a, "%llds", (long long)x->remove_after_s));
	doc_format(d, &b);
	item.spec = arena_strdup(a, buf_str(&b));
	digest_of(bytes_of_str(item.spec), x->item_hash);
	return mdm_item_store(m, txn, &item);
}

/* Sorts by time: twelve digits of it, and a little chance. */
static const char *id_make(struct arena *a, int64_t now)
{
	uint8_t chance[4];

	random_bytes(chance, sizeof(chance));
	return arena_printf(a, "u%012lld-%02x%02x%02x%02x", (long long)now, chance[0], chance[1],
		chance[2], chance[3]);
}

int mdm_mailing_add(struct mdm *m, const struct mdm_act *act, const struct mdm_mailing *want,
	struct arena *a, struct mdm_mailing *ret)
{
	struct mdm_mailing x = *want;
	int err = mdm_mailing_check(m, act->txn, want, act->now, act->r);

	if (err)
		return refusal_keep(act->r, err);
	x.id = id_make(a, act->now);
	x.state = MDM_MAILING_PLANNED;
	x.made_at = act->now;
	x.made_by = act->who->actor;
	if (!x.starts_at)
		x.starts_at = act->now;
	if (x.kind == MDM_MAILING_SURVEY && !x.remove_after_s)
		x.remove_after_s = 14 * DAY_S;
	err = mdm_mailing_item_put(m, act->txn, a, &x);
	if (err == 0)
		err = mdm_mailing_put(act->txn, &x);
	if (err == 0)
		err = mdm_mailing_due_put(act->txn, x.starts_at, x.id);
	if (err == 0)
		err = mailing_audit(act, "mailing.add", x.id, x.title);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_mailing_withdraw(struct mdm *m, const struct mdm_act *act, const char *id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_mailing x;
	struct mdm_item slot = {.owner_kind = MDM_OF_MAILING, .owner = id, .id = id};
	int err = mdm_mailing_get(act->txn, a, id, &x);

	if (err == ERR_NOTFOUND)
		err = refuse(act->r, &mdm_say_mailing_none, id, NULL, NULL);
	else if (err == 0 && x.state == MDM_MAILING_WITHDRAWN)
		err = refuse(act->r, &mdm_say_mailing_over, x.title, NULL, NULL);
	if (err)
		return refusal_keep(act->r, err);
	slot.kind = x.kind == MDM_MAILING_MEDIA ? MDM_ITEM_MEDIA : MDM_ITEM_WEB_CLIP;
	x.state = MDM_MAILING_WITHDRAWN;
	x.ended_at = act->now;
	err = mdm_mailing_put(act->txn, &x);
	if (err == 0)
		err = mdm_mailing_due_del(act->txn, x.starts_at, id);
	if (err == 0)
		err = mdm_item_drop(act->txn, &slot);
	if (err == 0)
		err = mdm_walk_start(act->txn, arena_printf(a, "mailing/%s", id), act->now);
	if (err == 0)
		err = mailing_audit(act, "mailing.withdraw", id, x.title);
	if (err == 0 && x.media_before)
		err = mdm_media_let_go(m, act, x.media_before);
	return err || !x.media ? err : mdm_media_let_go(m, act, x.media);
}

/* --- when --- */

/* Minutes of the day. ERR_BADINPUT. */
static int minutes_of(const char *s, int *ret)
{
	if (!s || s[0] < '0' || s[0] > '2' || s[1] < '0' || s[1] > '9' || s[2] != ':' ||
		s[3] < '0' || s[3] > '5' || s[4] < '0' || s[4] > '9')
		return ERR_BADINPUT;
	*ret = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 + s[4] - '0';
	return 0;
}

const char *mdm_mailing_quiet(const struct mdm *m)
{
	return text_empty(m->o->quiet) ? NULL : m->o->quiet;
}

bool mdm_quiet_now(const char *quiet, int64_t now)
{
	char text[CLOCK_TEXT];
	int from, to, at;

	if (text_empty(quiet) || strlen(quiet) != 11 || minutes_of(quiet, &from) != 0 ||
		quiet[5] != '-' || minutes_of(quiet + 6, &to) != 0 || from == to)
		return false;
	clock_format_local(now, text);
	if (strlen(text) < 16 || minutes_of(text + 11, &at) != 0)
		return false;
	return from < to ? at >= from && at < to : at >= from || at < to;
}

struct starting {
	struct mdm *m;
	int64_t now;
	bool due;
};

static int start_look(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct starting *s = arg;
	const char *id;
	int err = mdm_mailing_due(txn, a, s->now, &id);

	s->due = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int start_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct starting *s = arg;
	struct mdm_mailing x;
	const char *id;
	int err = mdm_mailing_due(txn, a, s->now, &id);

	if (err == 0)
		err = mdm_mailing_get(txn, a, id, &x);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	x.state = MDM_MAILING_RUNNING;
	err = mdm_mailing_put(txn, &x);
	if (err == 0)
		err = mdm_mailing_due_del(txn, x.starts_at, id);
	if (err == 0 && x.serial) /* found by its iPad from here on, also before its walk */
		err = mdm_recipient_add(txn, id, x.serial, s->now);
	return err ? err : mdm_walk_start(txn, arena_printf(a, "mailing/%s", id), s->now);
}

int mdm_mailing_tend(struct mdm *m, int64_t now)
{
	struct starting s = {.m = m, .now = now};
	int err = mdm_quiet_now(m->o->quiet, now) ? ERR_NOTFOUND : store_read(m->st, start_look, &s);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return s.due ? store_write(m->st, start_in, &s) : 0;
}
