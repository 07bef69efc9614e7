/* SPDX-License-Identifier: EUPL-1.2 */
/* What a test sets and asks of the stand-in: its devices, its faults, its counts. */
#include "tests/fake/device_assignment_int.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

static char *copied(const char *s)
{
	return s ? mem_strdup(s) : NULL;
}

static struct da_device *device_new(struct device_assignment *da)
{
	if (da->count == da->room) {
		da->room = da->room ? da->room * 2 : 64;
		da->devices = mem_grow(da->devices, da->room * sizeof(*da->devices));
		for (size_t i = 0; i < da->count; i++) { /* it points into itself */
			if (da->devices[i].profile)
				da->devices[i].profile = da->devices[i].profile_uuid;
		}
	}
	memset(&da->devices[da->count], 0, sizeof(*da->devices));
	return &da->devices[da->count++];
}

void device_assignment_add(struct device_assignment *da, const struct assigned_device *d)
{
	struct da_device *v;

	pthread_mutex_lock(&da->lock);
	v = da_device_find(da, d->serial);
	if (v) {
		v->told = !v->gone;
		v->gone = false;
		free(v->color);
		v->color = copied(d->color);
	} else {
		v = device_new(da);
		*v = (struct da_device){.serial = copied(d->serial),
			.model = copied(d->model),
			.description = copied(d->description),
			.color = copied(d->color),
			.imei = copied(d->imei),
			.eid = copied(d->eid),
			.replaces = copied(d->replaces),
			.migrate_by = d->migrate_by,
			.assigned_at = clock_now()};
	}
	da_event_add(da, (size_t)(v - da->devices));
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_fill(struct device_assignment *da, unsigned count)
{
	char serial[32];

	pthread_mutex_lock(&da->lock);
	for (unsigned i = 1; i <= count; i++) {
		struct da_device *v = device_new(da);

		snprintf(serial, sizeof(serial), "BULK%06u", i);
		v->serial = mem_strdup(serial);
		v->model = mem_strdup("iPad (10th generation)");
		v->description = mem_strdup("IPAD 10.9 64GB");
		v->color = mem_strdup("SILVER");
		v->assigned_at = v->op_at = 1760000000 + i;
	}
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_remove(struct device_assignment *da, const char *serial, bool silently)
{
	struct da_device *v;

	pthread_mutex_lock(&da->lock);
	v = da_device_find(da, serial);
	if (v) {
		v->gone = true;
		v->profile = NULL;
		if (!silently)
			da_event_add(da, (size_t)(v - da->devices));
	}
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_fault(struct device_assignment *da, const struct device_assignment_fault *f)
{
	pthread_mutex_lock(&da->lock);
	da->faulty = f != NULL;
	if (f)
		da->fault = *f;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_repeat(struct device_assignment *da, bool on)
{
	pthread_mutex_lock(&da->lock);
	da->repeat = on;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_end_sessions(struct device_assignment *da)
{
	pthread_mutex_lock(&da->lock);
	da->session[0] = '\0';
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_throttle(struct device_assignment *da, const char *serial)
{
	pthread_mutex_lock(&da->lock);
	free(da->throttled);
	da->throttled = copied(serial);
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_forget_profiles(struct device_assignment *da)
{
	pthread_mutex_lock(&da->lock);
	for (size_t i = 0; i < da->profile_count; i++)
		free(da->profiles[i].json);
	da->profile_count = 0;
	for (size_t i = 0; i < da->count; i++)
		da->devices[i].profile = NULL;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_put_only(struct device_assignment *da, bool on)
{
	pthread_mutex_lock(&da->lock);
	da->put_only = on;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_counts(struct device_assignment *da, struct device_assignment_counts *ret)
{
	pthread_mutex_lock(&da->lock);
	*ret = da->counts;
	pthread_mutex_unlock(&da->lock);
}

int device_assignment_status(struct device_assignment *da, struct arena *a, const char *serial,
	struct device_assignment_status *ret)
{
	struct da_device *v;
	struct da_profile *p;

	pthread_mutex_lock(&da->lock);
	v = da_device_find(da, serial);
	p = v ? da_profile_find(da, v->profile) : NULL;
	if (v)
		*ret = (struct device_assignment_status){
			.profile = p ? arena_strdup(a, p->json) : NULL,
			.lost_message = v->lost_message ? arena_strdup(a, v->lost_message) : NULL,
			.locked = v->escrow[0] || v->account[0],
			.disowned = v->disowned};
	pthread_mutex_unlock(&da->lock);
	return v ? 0 : ERR_NOTFOUND;
}

int64_t da_now(const struct device_assignment *da)
{
	return clock_now() + da->ahead_s;
}

void device_assignment_clock(struct device_assignment *da, int64_t ahead_s)
{
	pthread_mutex_lock(&da->lock);
	da->ahead_s = ahead_s;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_word(struct device_assignment *da, const char *serial, const char *word)
{
	struct da_device *v;

	pthread_mutex_lock(&da->lock);
	v = da_device_find(da, serial);
	if (v)
		v->word = word;
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_account_lock(
	struct device_assignment *da, const char *serial, const char *code)
{
	struct da_device *v;

	pthread_mutex_lock(&da->lock);
	v = da_device_find(da, serial);
	if (v)
		text_copy(v->account, sizeof(v->account), code);
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_other_server(struct device_assignment *da)
{
	pthread_mutex_lock(&da->lock);
	random_uuid(da->server_uuid);
	pthread_mutex_unlock(&da->lock);
}

void device_assignment_server(struct device_assignment *da, const char *uuid)
{
	pthread_mutex_lock(&da->lock);
	text_copy(da->server_uuid, sizeof(da->server_uuid), uuid);
	pthread_mutex_unlock(&da->lock);
}
