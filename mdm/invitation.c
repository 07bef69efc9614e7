/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

#include "base/random.h"
#include "base/text.h"

#define LIFE_S (30 * 86400)
#define BATCH_MOST 100000
#define ID_CHARS 16 /* eight of the time, so that lists are by age, eight by chance */
#define SECRET_BYTES 18

int mdm_invitation_usable(const struct mdm_invitation *i, int64_t now)
{
	if (i->closed_at != 0 || now >= i->expires_at || i->used >= i->most)
		return ERR_EXPIRED;
	return 0;
}

bool mdm_invitation_room(const struct mdm_invitation *i)
{
	return i->begun < 2 * (uint64_t)i->most + 10;
}

static const char *invitation_id(struct arena *a, int64_t now)
{
	uint8_t chance[4];

	random_bytes(chance, sizeof(chance));
	return arena_printf(a, "%08x%s", (unsigned)(uint32_t)now,
		text_hex(a, bytes_of(chance, sizeof(chance))));
}

static struct bytes word_hash(struct arena *a, const char *word)
{
	uint8_t hash[32];

	cert_sha256(bytes_of_str(word), hash);
	return arena_bytes(a, bytes_of(hash, sizeof(hash)));
}

static int ask_check(const struct mdm_invitation_ask *ask)
{
	if (ask->serial && (text_empty(ask->serial) || strlen(ask->serial) > MDM_SERIAL_MAX ||
				   !mdm_id_is_plain(ask->serial)))
		return ERR_BADINPUT;
	if (ask->note && strlen(ask->note) > MDM_TEXT_MAX)
		return ERR_TOOBIG;
	if (!ask->serial && (ask->most == 0 || ask->most > BATCH_MOST))
		return ERR_BADINPUT;
	return ask->life_s < 0 ? ERR_BADINPUT : 0;
}

struct invite {
	const struct audit_who *who;
	const struct mdm_invitation *i;
	int64_t now;
	const char *act;
};

static int invite_in(struct store_txn *txn, void *arg)
{
	struct invite *v = arg;
	int err = mdm_invitation_put(txn, v->i);

	return err != 0 ? err
			: audit_add(txn, v->who, v->now, v->act,
				  v->i->serial ? v->i->serial : v->i->id, NULL);
}

int mdm_invite(struct mdm *m, const struct mdm_invitation_ask *ask, struct arena *a,
	struct mdm_invitation *ret, const char **ret_url)
{
	const char *id = invitation_id(a, ask->now);
	const char *word = arena_printf(a, "%s%s", id, random_token(a, SECRET_BYTES));
	struct mdm_invitation i = {
		.id = id,
		.serial = ask->serial,
		.note = ask->note,
		.most = ask->serial ? 1 : ask->most,
		.made_at = ask->now,
		.expires_at = ask->now + (ask->life_s ? ask->life_s : LIFE_S),
		.made_by = ask->who->actor,
		.word_hash = word_hash(a, word),
	};
	struct invite v = {.who = ask->who, .i = &i, .now = ask->now, .act = "invitation.add"};
	int err = ask_check(ask);

	if (err == 0)
		err = store_write(m->st, invite_in, &v);
	if (err != 0)
		return err;
	*ret = i;
	*ret_url = arena_printf(a, "%s/enroll/%s", m->o->device_url, word);
	return 0;
}

/* --- by its word --- */

struct by_word {
	const char *id;
	struct arena *a;
	struct mdm_invitation *ret;
};

static int by_word_in(struct store_txn *txn, void *arg)
{
	struct by_word *w = arg;

	return mdm_invitation_get(txn, w->a, w->id, w->ret);
}

int mdm_invitation_by_word(
	struct mdm *m, struct arena *a, const char *word, struct mdm_invitation *ret)
{
	struct mdm_invitation i;
	struct by_word w = {.a = a, .ret = &i};
	int err;

	if (strlen(word) <= ID_CHARS || strlen(word) > MDM_TEXT_MAX)
		return ERR_NOTFOUND;
	w.id = arena_strndup(a, word, ID_CHARS);
	err = store_read(m->st, by_word_in, &w);
	if (err == 0 && !cert_secret_equal(word_hash(a, word), i.word_hash))
		err = ERR_NOTFOUND;
	if (err == 0)
		*ret = i;
	return err;
}

/* --- closing --- */

struct closing {
	const struct audit_who *who;
	const char *id;
	int64_t now;
	struct arena *a;
};

static int close_in(struct store_txn *txn, void *arg)
{
	struct closing *c = arg;
	struct mdm_invitation i;
	struct invite v = {.who = c->who, .i = &i, .now = c->now, .act = "invitation.close"};
	int err = mdm_invitation_get(txn, c->a, c->id, &i);

	if (err != 0 || i.closed_at != 0)
		return err;
	i.closed_at = c->now;
	return invite_in(txn, &v);
}

int mdm_invitation_close(struct mdm *m, const struct audit_who *who, const char *id, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct closing c = {.who = who, .id = id, .now = now, .a = a};

	if (strlen(id) > MDM_TEXT_MAX)
		return ERR_NOTFOUND;
	return store_write(m->st, close_in, &c);
}
