/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Property lists for the simulated iPad: typed getters that tell "absent" from "wrong type",
 * and writing. Every plist_t handed out is owned by the arena it was asked for in.
 */
#ifndef FAKE_IPAD_PLIST_H
#define FAKE_IPAD_PLIST_H

#include "base/buf.h"
#include "base/err.h"

#include <plist/plist.h>

/* XML or binary, as an iPad reads both; the root must be a dictionary. */
int ipad_plist_parse(struct arena *a, struct bytes in, plist_t *ret_dict) MUST_CHECK;
/* An empty dictionary. */
plist_t ipad_plist_new(struct arena *a);
struct bytes ipad_plist_xml(struct arena *a, plist_t p);

/* Getters return ERR_NOTFOUND for an absent key and ERR_BADINPUT for another type. */
int ipad_plist_string(plist_t dict, const char *key, const char **ret) MUST_CHECK;
int ipad_plist_data(plist_t dict, const char *key, struct bytes *ret) MUST_CHECK;
int ipad_plist_int(plist_t dict, const char *key, int64_t *ret) MUST_CHECK;
int ipad_plist_bool(plist_t dict, const char *key, bool *ret) MUST_CHECK;
int ipad_plist_dict(plist_t dict, const char *key, plist_t *ret) MUST_CHECK;
int ipad_plist_array(plist_t dict, const char *key, plist_t *ret) MUST_CHECK;

/* The value, or what stands for it when the key is absent or of another type. */
const char *ipad_plist_string_or(plist_t dict, const char *key, const char *otherwise);
bool ipad_plist_is(plist_t dict, const char *key); /* a boolean that is true */

void ipad_plist_set_string(plist_t dict, const char *key, const char *s); /* NULL: skipped */
void ipad_plist_set_data(plist_t dict, const char *key, struct bytes b);
void ipad_plist_set_bool(plist_t dict, const char *key, bool b);
void ipad_plist_set_int(plist_t dict, const char *key, uint64_t n);
void ipad_plist_set_real(plist_t dict, const char *key, double x);

#endif
