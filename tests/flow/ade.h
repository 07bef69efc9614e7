/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of Apple's device assignment share: the server with the stand-in beside it. */
#ifndef FLOW_ADE_H
#define FLOW_ADE_H

#include "tests/fake/device_assignment.h"
#include "tests/flow/flow.h"

extern struct flow f;
extern struct device_assignment *da;

/* With some settings more. */
void ade_begin_set(const char *const *more);
void ade_begin(void);
void ade_end(void);
/* A server token that is good for so many days is brought in. */
struct flow_said token_in(int days);
/* Apple has assigned it to us; `hylla ade sync` tells the server. */
void add(const char *serial);
struct doc *synced(void);
/* So many seconds on, and Apple's clock with ours. */
void time_passes(int64_t s);
/* How it stands at Apple. */
struct device_assignment_status status(const char *serial);
bool is_locked(void *serial);
bool is_unlocked(void *serial);
bool has_profile(void *serial);
/* How it stands in the inventory. */
const char *item_state(const char *serial);
/* The page in Swedish. */
bool page_says(const char *path, const char *words);
/* The document with its sentences in Swedish. */
struct doc *in_swedish(const char *path);
bool is_sentence(const char *s);

#endif
