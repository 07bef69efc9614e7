/* SPDX-License-Identifier: EUPL-1.2 */
/* What to do with one slot of one iPad, and which of two items counts. */
#include "mdm/desired_int.h"

#include "base/text.h"

#define DAY_S 86400
#define TRIES_MOST 5

int64_t mdm_slot_retry_s(uint32_t tries)
{
	static const int64_t gaps[TRIES_MOST] = {3600, DAY_S, 3 * DAY_S, 7 * DAY_S, 30 * DAY_S};

	return tries >= 1 && tries <= TRIES_MOST ? gaps[tries - 1] : 0;
}

static bool retry_is_due(const struct mdm_slot *s)
{
	return s->applied.retry_at != 0 && s->applied.retry_at <= s->now;
}

/* A mailing is read once: what came is not sent a second time. A book has come when it was fetched,
 * and comes again when its file is another. */
static bool is_read(const struct mdm_slot *s)
{
	const struct mdm_applied *x = &s->applied;

	return x->kind != MDM_ITEM_MEDIA ||
	       (s->same && (x->state == MDM_APPLIED_ON || x->state == MDM_APPLIED_FETCHING));
}

static enum mdm_slot_act wanted_decide(const struct mdm_slot *s)
{
	const struct mdm_applied *x = &s->applied;

	if (!s->known)
		return MDM_SLOT_APPLY;
	if (x->mailing && x->had && x->state != MDM_APPLIED_LEAVING && is_read(s))
		return MDM_SLOT_NOTHING;
	if (!s->same || x->state == MDM_APPLIED_LEAVING)
		return x->state == MDM_APPLIED_SENT || x->state == MDM_APPLIED_LEAVING
			       ? MDM_SLOT_REPLACE
			       : MDM_SLOT_APPLY;
	if (s->again && x->state != MDM_APPLIED_SENT)
		return MDM_SLOT_APPLY;
	if (x->state == MDM_APPLIED_UNABLE)
		return MDM_SLOT_APPLY; /* asked anew each time: it may have been updated */
	return x->state == MDM_APPLIED_FAILED && retry_is_due(s) ? MDM_SLOT_APPLY
								 : MDM_SLOT_NOTHING;
}

static enum mdm_slot_act unwanted_decide(const struct mdm_slot *s)
{
	const struct mdm_applied *x = &s->applied;

	if (x->state == MDM_APPLIED_LEAVING)
		return retry_is_due(s) ? MDM_SLOT_REMOVE : MDM_SLOT_NOTHING;
	if (x->state == MDM_APPLIED_SENT) {
		if (!s->handed && !x->had)
			return MDM_SLOT_CANCEL;
		return s->removable ? MDM_SLOT_UNSEND : MDM_SLOT_CANCEL;
	}
	return x->had && s->removable ? MDM_SLOT_REMOVE : MDM_SLOT_FORGET;
}

enum mdm_slot_act mdm_slot_decide(const struct mdm_slot *s)
{
	if (s->wanted)
		return wanted_decide(s);
	return s->known ? unwanted_decide(s) : MDM_SLOT_NOTHING;
}

/* --- which of two --- */

static int owner_rank(uint32_t owner_kind)
{
	return owner_kind == MDM_OF_IPAD ? 2 : owner_kind == MDM_OF_MAILING ? 1 : 0;
}

bool mdm_item_wins(const struct mdm_item *a, const struct mdm_item *b)
{
	int rank_a = owner_rank(a->owner_kind), rank_b = owner_rank(b->owner_kind);

	if (rank_a != rank_b)
		return rank_b > rank_a;
	if (a->priority != b->priority)
		return b->priority > a->priority;
	return strcmp(b->owner, a->owner) < 0;
}

/* --- names --- */

static bool name_ok(const char *s, size_t most, const char *more)
{
	size_t n = s ? strlen(s) : 0;

	if (n == 0 || n > most)
		return false;
	for (; *s; s++) {
		bool plain = (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9');

		if (!plain && !strchr(more, *s))
			return false;
	}
	return true;
}

bool mdm_group_name_ok(const char *s)
{
	return name_ok(s, MDM_GROUP_NAME_MAX, "-");
}

bool mdm_item_id_ok(const char *s)
{
	return name_ok(s, MDM_ITEM_ID_MAX, "-.");
}

static const char *const kinds[MDM_ITEM_KINDS] = {[MDM_ITEM_PROFILE] = "profile",
	[MDM_ITEM_WEB_CLIP] = "web-clip",
	[MDM_ITEM_MEDIA] = "media",
	[MDM_ITEM_DECLARATION] = "declaration",
	[MDM_ITEM_SETTING] = "setting"};

const char *mdm_item_kind_name(uint32_t kind)
{
	return kind >= MDM_ITEM_PROFILE && kind < MDM_ITEM_KINDS ? kinds[kind] : "?";
}

int mdm_item_kind_parse(const char *s, enum mdm_item_kind *ret)
{
	for (int k = MDM_ITEM_PROFILE; k < MDM_ITEM_KINDS; k++) {
		if (text_equal(s, kinds[k])) {
			*ret = (enum mdm_item_kind)k;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

const char *mdm_slot_name(struct arena *a, uint32_t kind, const char *id)
{
	return arena_printf(a, "%s/%s", mdm_item_kind_name(kind), id);
}

int mdm_slot_parse(struct arena *a, const char *s, uint32_t *ret_kind, const char **ret_id)
{
	const char *slash = s ? strchr(s, '/') : NULL;
	enum mdm_item_kind kind;
	int err;

	if (!slash)
		return ERR_BADINPUT;
	err = mdm_item_kind_parse(arena_strndup(a, s, (size_t)(slash - s)), &kind);
	if (err)
		return err;
	*ret_kind = kind;
	*ret_id = slash + 1;
	return 0;
}
