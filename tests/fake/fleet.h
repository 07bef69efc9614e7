/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Many simulated iPads in one process, moved by a few worker threads. They share a pool of RSA
 * keys and one trust, so that ten thousand start in seconds.
 *
 * Words. Job: something one iPad is to do (enrol, answer a push, work by itself). Quiet: no job is
 * waiting or under way.
 *
 * Threads. All functions may be called from any thread; an iPad is only touched under its own
 * lock, which fleet_with takes. Events are told from the workers.
 */
#ifndef FAKE_FLEET_H
#define FAKE_FLEET_H

#include "tests/fake/ipad.h"

typedef void fleet_event_fn(
	void *ctx, unsigned index, struct ipad *p, enum ipad_event event, const char *detail);

struct fleet_options {
	unsigned count;
	unsigned first_number;    /* of the first one's serial */
	unsigned workers;         /* 0: 4 */
	unsigned keys;            /* RSA keys in the pool; 0: 8 */
	struct ipad_options ipad; /* for each; keys, token_prefix and tell are the fleet's */
	/* When set: someone takes an erased iPad through Setup Assistant again, after this time; and
	 * once more after as long, while that fails. */
	int (*set_up)(void *ctx, unsigned index, struct ipad *p);
	unsigned setup_after_s;
	/* May change the model of one; strings must live until fleet_new returns. */
	void (*model)(void *ctx, unsigned index, struct ipad_model *m);
	fleet_event_fn *tell;
	void *ctx;
};

struct fleet;
struct fleet *fleet_new(const struct fleet_options *o);
/* Stops after the jobs under way. Accepts NULL. */
void fleet_free(struct fleet *f);
AUTO_FREE(fleet, fleet_free)

unsigned fleet_count(const struct fleet *f);
/* fn has the iPad to itself; what it then wants to do by itself becomes a job. */
void fleet_with(struct fleet *f, unsigned index, void (*fn)(struct ipad *p, void *arg), void *arg);
/* The index of the one with this serial; ERR_NOTFOUND. */
int fleet_find(struct fleet *f, const char *serial, unsigned *ret) MUST_CHECK;

/* --- jobs --- */
/* One enrols from `url`; fleet_enrol_all does so for all that are not enrolled. */
void fleet_enrol(struct fleet *f, unsigned index, const char *url);
void fleet_enrol_all(struct fleet *f, const char *url);
void fleet_wake(struct fleet *f, unsigned index);
/* Apple's push service delivers. ERR_NOTFOUND: no iPad has this token (any more). */
int fleet_push(struct fleet *f, struct bytes token, const char *magic);
/* True when the fleet was quiet within the time. */
bool fleet_wait(struct fleet *f, unsigned timeout_ms);

/* --- sums --- */
unsigned fleet_enrolled(struct fleet *f);
void fleet_totals(struct fleet *f, struct ipad_counters *ret);

#endif
