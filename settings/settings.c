/* SPDX-License-Identifier: EUPL-1.2 */
/* The values in use, and how they are changed. */
#include "settings/settings_int.h"

#include "base/doc.h"
#include "base/text.h"

#include <pthread.h>
#include <stdlib.h>

#define WHY_MOST 200

struct value {
	const char *text;
	int64_t number;
	const char *const *words;
};

struct snapshot {
	struct value value[SETTINGS];
	unsigned mark;
};

struct settings {
	struct store *st;
	const struct conf *conf;
	struct snapshot under; /* hylla.conf, else built in */
	bool in_file[SETTINGS];
	_Atomic(const struct snapshot *) now;
	/* Each snapshot stays until the end: they come by people's acts, and readers hold pointers
	 * into them without a lock. */
	struct arena *arena;
	pthread_mutex_t lock; /* the arena, and who makes the next one */
	uint64_t seen;        /* the store's version that it was made of */
	void (*tell)(void *ctx);
	void *tell_ctx;
};

/* --- reading --- */

static const struct value *value_of(const struct settings *s, enum setting x)
{
	return &s->now->value[x];
}

const char *settings_str(const struct settings *s, enum setting x)
{
	return value_of(s, x)->text;
}

int64_t settings_int(const struct settings *s, enum setting x)
{
	return value_of(s, x)->number;
}

bool settings_bool(const struct settings *s, enum setting x)
{
	return value_of(s, x)->number != 0;
}

const char *const *settings_list(const struct settings *s, enum setting x)
{
	return value_of(s, x)->words;
}

unsigned settings_mark(const struct settings *s)
{
	return s->now->mark;
}

const char *settings_under(const struct settings *s, enum setting x, bool *ret_in_file)
{
	*ret_in_file = s->in_file[x];
	return s->under.value[x].text;
}

/* --- snapshots --- */

static const char *const *words_of(struct arena *a, const char *text)
{
	const char **words = ARENA_ARRAY(a, const char *, strlen(text) / 2 + 2);
	size_t n = 0;

	for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
		words[n] = arena_strndup(a, text, strcspn(text, " \t"));
		text += strlen(words[n++]);
	}
	return words;
}

/* Text that was decided when it was written; hylla.conf was read by the same rules of numbers. */
static struct value value_make(struct arena *a, enum setting x, const char *text)
{
	const struct conf_key key = setting_conf_key(x);
	struct value v = {.text = arena_strdup(a, text)};

	if (conf_value_wrong(&key, v.text, &v.number))
		v.number = 0;
	if (key.kind == CONF_LIST)
		v.words = words_of(a, v.text);
	return v;
}

static void under_fill(struct settings *s)
{
	for (unsigned x = 0; x < SETTINGS; x++) {
		const struct setting_row *row = setting_row(x);
		const char *text = row->otherwise ? row->otherwise : "";

		if (row->in_conf && s->conf) {
			const char *dot = strchr(row->name, '.');
			const char *section =
				arena_strndup(s->arena, row->name, (size_t)(dot - row->name));

			text = conf_str(s->conf, section, dot + 1);
			s->in_file[x] = conf_is_set(s->conf, section, dot + 1);
		}
		s->under.value[x] = value_make(s->arena, x, text);
	}
}

struct loading {
	struct settings *s;
	struct arena *a;
	const char *text[SETTINGS]; /* NULL: none is kept */
};

static int load_in(struct store_txn *txn, void *arg)
{
	struct loading *l = arg;

	for (unsigned x = 0; x < SETTINGS; x++) {
		int err = setting_kept(txn, l->a, x, &l->text[x]);

		if (err == ERR_NOTFOUND)
			l->text[x] = NULL;
		else if (err)
			return err;
	}
	return 0;
}

static const char *effective(const struct settings *s, const struct loading *l, unsigned x)
{
	return l->text[x] ? l->text[x] : s->under.value[x].text;
}

static bool is_as_before(const struct settings *s, const struct loading *l)
{
	for (unsigned x = 0; x < SETTINGS; x++) {
		if (!text_equal(effective(s, l, x), settings_str(s, x)))
			return false;
	}
	return true;
}

static void take_up(struct settings *s, const struct loading *l)
{
	struct snapshot *next;

	if (is_as_before(s, l))
		return;
	next = ARENA_NEW(s->arena, struct snapshot);
	for (unsigned x = 0; x < SETTINGS; x++)
		next->value[x] = value_make(s->arena, x, effective(s, l, x));
	next->mark = s->now->mark + 1;
	s->now = next;
	if (s->tell)
		s->tell(s->tell_ctx);
}

void settings_listen(struct settings *s, void (*fn)(void *ctx), void *ctx)
{
	pthread_mutex_lock(&s->lock);
	s->tell = fn;
	s->tell_ctx = ctx;
	pthread_mutex_unlock(&s->lock);
}

int settings_refresh(struct settings *s)
{
	AUTO(arena) struct arena *a = arena_new();
	struct loading l = {.s = s, .a = a};
	uint64_t version = store_version(s->st);
	int err = 0;

	pthread_mutex_lock(&s->lock);
	if (version != s->seen) {
		err = store_read(s->st, load_in, &l);
		if (err == 0) {
			take_up(s, &l);
			s->seen = version;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

int settings_open(struct store *st, const struct conf *conf, struct settings **ret)
{
	struct settings *s = mem_zalloc(sizeof(*s));
	int err;

	s->st = st;
	s->conf = conf;
	s->arena = arena_new();
	s->seen = UINT64_MAX;
	pthread_mutex_init(&s->lock, NULL);
	under_fill(s);
	s->now = &s->under;
	err = settings_refresh(s);
	if (err) {
		settings_close(s);
		return err;
	}
	*ret = s;
	return 0;
}

void settings_close(struct settings *s)
{
	if (!s)
		return;
	pthread_mutex_destroy(&s->lock);
	arena_free(s->arena);
	free(s);
}

/* --- changing --- */

struct change_job {
	struct settings *s;
	const struct audit_who *who;
	const struct setting_ask *ask;
	int64_t now;
	struct refusal *r;
};

static bool why_ok(const char *why)
{
	if (text_empty(why) || strlen(why) > WHY_MOST || !text_is_utf8(bytes_of_str(why)))
		return false;
	for (; *why; why++) {
		if ((unsigned char)*why < 0x20)
			return false;
	}
	return true;
}

static int add_audit(struct store_txn *txn, struct arena *a, const struct change_job *j,
	const char *act, const struct setting_change *c)
{
	AUTO(buf) struct buf detail = BUF_INIT(16384);
	struct doc *d = doc_new(a);

	doc_set_str(d, "before", c->old);
	doc_set_str(d, "after", c->value);
	if (!c->is_kept)
		doc_set_bool(d, "from_file", true);
	if (c->undoes)
		doc_set_int(d, "undoes", c->undoes);
	if (c->counts_at)
		doc_set_time(d, "counts_at", c->counts_at);
	doc_set_str(d, "why", c->why);
	doc_format(d, &detail);
	return audit_add(txn, j->who, j->now, act, arena_printf(a, "setting:%s", c->name),
		buf_str(&detail));
}

/* What the store holds now, as if it were a change: number 0 when nobody ever changed it. */
static int last_or_none(struct store_txn *txn, struct arena *a, const struct change_job *j,
	struct setting_change *ret)
{
	int err = setting_last(txn, a, j->ask->x, ret);

	if (err == ERR_NOTFOUND) {
		*ret = (struct setting_change){0};
		err = 0;
	}
	if (err == 0 && !ret->is_kept)
		ret->value = j->s->under.value[j->ask->x].text;
	return err;
}

static int write_change(struct store_txn *txn, struct arena *a, const struct change_job *j,
	const struct setting_change *c)
{
	int err = setting_change_put(txn, j->ask->x, c);

	if (err == 0)
		err = setting_waiting_del(txn, j->ask->x);
	return err ? err : add_audit(txn, a, j, "setting.change", c);
}

/* --- what waits --- */

static bool is_lower(enum setting x, const char *now, const char *next)
{
	const struct conf_key key = setting_conf_key(x);
	int64_t was, will;

	return setting_row(x)->destroys && !conf_value_wrong(&key, now, &was) &&
	       !conf_value_wrong(&key, next, &will) && will < was;
}

bool settings_must_wait(const struct settings *s, enum setting x, const char *value)
{
	return is_lower(x, settings_str(s, x), value ? value : s->under.value[x].text);
}

static int wait(struct store_txn *txn, struct arena *a, const struct change_job *j,
	struct setting_change *c)
{
	int err;

	c->counts_at = j->now + SETTING_WAIT_S;
	err = setting_waiting_put(txn, j->ask->x, c);
	return err ? err : add_audit(txn, a, j, "setting.wait", c);
}

/* What counts now is asked for again: what waits is taken back. ERR_EXISTS: nothing waits. */
static int withdraw(struct store_txn *txn, struct arena *a, const struct change_job *j)
{
	struct setting_change c;
	int err = setting_waiting(txn, a, j->ask->x, &c);

	if (err)
		return err == ERR_NOTFOUND ? ERR_EXISTS : err;
	c.why = j->ask->why;
	err = setting_waiting_del(txn, j->ask->x);
	return err ? err : add_audit(txn, a, j, "setting.withdraw", &c);
}

static int count_now(struct store_txn *txn, struct arena *a, enum setting x, int64_t now)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	const struct setting_ask ask = {.x = x};
	const struct change_job j = {.who = &server, .ask = &ask, .now = now};
	struct setting_change c;
	int err = setting_waiting(txn, a, x, &c);

	if (err || c.counts_at > now)
		return err == ERR_NOTFOUND ? 0 : err;
	c.at = now;
	return write_change(txn, a, &j, &c);
}

static int tend_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = 0;

	for (unsigned x = 0; err == 0 && x < SETTINGS; x++) {
		if (setting_row(x)->destroys)
			err = count_now(txn, a, x, *(const int64_t *)arg);
	}
	return err;
}

int settings_tend(struct settings *s, int64_t now)
{
	int err = store_write(s->st, tend_in, &now);

	return err ? err : settings_refresh(s);
}

/* ERR_EXISTS: it is so already. */
static int change_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct change_job *j = arg;
	const struct setting_ask *ask = j->ask;
	const char *value = j->s->under.value[ask->x].text;
	struct setting_change last, c;
	int err = 0;

	if (!why_ok(ask->why))
		return refuse(j->r, &setting_say_why, NULL, NULL, NULL);
	if (ask->value)
		err = setting_value_decide(a, ask->x, ask->value, &value, NULL, j->r);
	if (err == 0)
		err = last_or_none(txn, a, j, &last);
	if (err)
		return refusal_keep(j->r, err);
	if ((ask->looked || ask->seen) && ask->seen != last.number)
		return ERR_CONFLICT;
	if (last.is_kept == (ask->value != NULL) && text_equal(last.value, value))
		return withdraw(txn, a, j);
	c = (struct setting_change){.name = setting_row(ask->x)->name,
		.number = last.number + 1,
		.old = last.value,
		.was_kept = last.is_kept,
		.value = value,
		.is_kept = ask->value != NULL,
		.undoes = ask->undoes,
		.why = ask->why,
		.at = j->now,
		.by = j->who->actor};
	return is_lower(ask->x, c.old, c.value) ? wait(txn, a, j, &c) : write_change(txn, a, j, &c);
}

int settings_set_in(struct settings *s, struct store_txn *txn, const struct audit_who *who,
	const struct setting_ask *ask, int64_t now, struct refusal *r)
{
	struct change_job j = {s, who, ask, now, r};
	int err = change_in(txn, &j);

	return err == ERR_EXISTS ? 0 : err;
}

int settings_set(struct settings *s, const struct audit_who *who, const struct setting_ask *ask,
	int64_t now, struct refusal *r)
{
	struct change_job j = {s, who, ask, now, r};
	int err;

	*r = (struct refusal){0};
	err = store_write(s->st, change_in, &j);
	if (err == ERR_EXISTS)
		return refuse(r, &setting_say_same, NULL, NULL, NULL);
	return err ? err : settings_refresh(s);
}

int settings_try(struct settings *s, struct arena *a, enum setting x, const char *value,
	const char **ret, struct refusal *r)
{
	const char *next = s->under.value[x].text;
	int err = value ? setting_value_decide(a, x, value, &next, NULL, r) : 0;

	if (err == 0 && text_equal(next, settings_str(s, x)) && value)
		err = refuse(r, &setting_say_same, NULL, NULL, NULL);
	if (err == 0)
		*ret = next;
	return err;
}

struct undo_job {
	struct change_job c;
	uint32_t number;
};

static int undo_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct undo_job *u = arg;
	struct setting_ask back = *u->c.ask;
	struct change_job j = u->c;
	struct setting_change c;
	int err = setting_waiting(txn, a, back.x, &c);

	if (err == ERR_NOTFOUND || (err == 0 && c.number != u->number))
		err = setting_change_get(txn, a, back.x, u->number, &c);
	if (err)
		return err;
	back.value = c.was_kept ? c.old : NULL;
	back.undoes = u->number;
	j.ask = &back;
	return change_in(txn, &j);
}

int settings_undo(struct settings *s, const struct audit_who *who, enum setting x, uint32_t number,
	const char *why, int64_t now, struct refusal *r)
{
	const struct setting_ask ask = {.x = x, .why = why};
	struct undo_job u = {{s, who, &ask, now, r}, number};
	int err;

	*r = (struct refusal){0};
	err = store_write(s->st, undo_in, &u);
	if (err == ERR_EXISTS)
		return refuse(r, &setting_say_same, NULL, NULL, NULL);
	return err ? err : settings_refresh(s);
}
