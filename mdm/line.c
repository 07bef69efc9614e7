/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which command is out at which iPad, in memory: handing one out is then a read. A few seconds
 * later the clock writes the times of those not answered yet; most are answered long before.
 */
#include "mdm/queue_int.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define BUCKETS 4096
#define MOST 20000
#define FLUSH_AFTER_S 10
#define FLUSH_MOST 500

struct out {
	struct out *next;
	int64_t at;
	char uuid[MDM_UUID];
	char udid[];
};

struct mdm_line {
	pthread_mutex_t lock;
	struct out *bucket[BUCKETS];
	size_t n;
	/* of the clock thread alone */
	char tidy_mark[MDM_UDID_MAX + 1];
	int64_t lost_mark;
};

struct mdm_line *mdm_line_new(void)
{
	struct mdm_line *l = mem_zalloc(sizeof(*l));

	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void mdm_line_free(struct mdm_line *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		while (l->bucket[i]) {
			struct out *o = l->bucket[i];

			l->bucket[i] = o->next;
			free(o);
		}
	}
	pthread_mutex_destroy(&l->lock);
	free(l);
}

char *mdm_line_tidy_mark(struct mdm_line *l)
{
	return l->tidy_mark;
}

int64_t *mdm_line_lost_mark(struct mdm_line *l)
{
	return &l->lost_mark;
}

/* FNV-1a. UDIDs reach this only after their owner has been proved, so no one can choose many. */
static struct out **out_slot(struct mdm_line *l, const char *udid)
{
	uint32_t h = 2166136261u;
	struct out **at;

	for (const char *s = udid; *s; s++)
		h = (h ^ (uint8_t)*s) * 16777619u;
	at = &l->bucket[h % BUCKETS];
	while (*at && strcmp((*at)->udid, udid) != 0)
		at = &(*at)->next;
	return at;
}

static void out_del(struct mdm_line *l, struct out **at)
{
	struct out *o = *at;

	*at = o->next;
	free(o);
	l->n--;
}

void mdm_handed_note(struct mdm_line *l, const char *udid, const char *uuid, int64_t now)
{
	struct out **at;

	pthread_mutex_lock(&l->lock);
	at = out_slot(l, udid);
	if (!*at && l->n < MOST) {
		size_t n = strlen(udid) + 1;

		*at = mem_zalloc(sizeof(**at) + n);
		memcpy((*at)->udid, udid, n);
		l->n++;
	}
	if (*at) {
		(*at)->at = now;
		snprintf((*at)->uuid, sizeof((*at)->uuid), "%s", uuid);
	}
	pthread_mutex_unlock(&l->lock);
}

void mdm_handed_forget(struct mdm_line *l, const char *udid)
{
	struct out **at;

	pthread_mutex_lock(&l->lock);
	at = out_slot(l, udid);
	if (*at)
		out_del(l, at);
	pthread_mutex_unlock(&l->lock);
}

bool mdm_handed_get(struct mdm_line *l, const char *udid, char ret_uuid[MDM_UUID], int64_t *ret_at)
{
	struct out **at;
	bool found;

	pthread_mutex_lock(&l->lock);
	at = out_slot(l, udid);
	found = *at != NULL;
	if (found) {
		memcpy(ret_uuid, (*at)->uuid, MDM_UUID);
		*ret_at = (*at)->at;
	}
	pthread_mutex_unlock(&l->lock);
	return found;
}

/* --- to disk --- */

struct flush {
	size_t n;
	struct flush_row {
		char uuid[MDM_UUID];
		int64_t at;
	} rows[FLUSH_MOST];
};

static void flush_collect(struct mdm_line *l, int64_t now, struct flush *f)
{
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < BUCKETS && l->n; i++) {
		struct out **at = &l->bucket[i];

		while (*at && f->n < FLUSH_MOST) {
			if ((*at)->at > now - FLUSH_AFTER_S) {
				at = &(*at)->next;
				continue;
			}
			memcpy(f->rows[f->n].uuid, (*at)->uuid, MDM_UUID);
			f->rows[f->n++].at = (*at)->at;
			out_del(l, at);
		}
	}
	pthread_mutex_unlock(&l->lock);
}

static int flush_write(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct flush *f = arg;

	for (size_t i = 0; i < f->n; i++) {
		struct mdm_command c;
		int err = mdm_command_find(txn, a, f->rows[i].uuid, &c);

		if (err == ERR_NOTFOUND)
			continue;
		if (err == 0 && mdm_command_is_live(&c) && c.handed_at < f->rows[i].at) {
			c.handed_at = f->rows[i].at;
			err = mdm_line_put(txn, &c);
		}
		if (err)
			return err;
		arena_reset(a);
	}
	return 0;
}

int mdm_handed_flush(struct mdm *m, int64_t now)
{
	struct flush *f = mem_zalloc(sizeof(*f));
	int err = 0;

	flush_collect(m->line, now, f);
	if (f->n)
		err = store_write(m->st, flush_write, f);
	free(f);
	return err;
}
