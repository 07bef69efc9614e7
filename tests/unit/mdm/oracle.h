/* SPDX-License-Identifier: EUPL-1.2 */
/* libplist as a second opinion, and messages of real devices where they lie beside the tree. */
#ifndef TESTS_MDM_ORACLE_H
#define TESTS_MDM_ORACLE_H

#include "base/file.h"
#include "mdm/plist_int.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>

#define ORACLE_EPOCH 978307200 /* libplist counts from 2001 */

static void oracle_same(plist_t theirs, const struct mdm_plist *ours);

static void oracle_same_dict(plist_t theirs, const struct mdm_plist *ours)
{
	cr_assert_eq(plist_get_node_type(theirs), PLIST_DICT);
	cr_assert_eq(plist_dict_get_size(theirs), ours->v.in.n);
	for (const struct mdm_plist *p = mdm_plist_first(ours); p; p = p->next) {
		plist_t item = plist_dict_get_item(theirs, p->key);

		cr_assert(item, "%s", p->key);
		oracle_same(item, p);
	}
}

static void oracle_same_array(plist_t theirs, const struct mdm_plist *ours)
{
	uint32_t i = 0;

	cr_assert_eq(plist_get_node_type(theirs), PLIST_ARRAY);
	cr_assert_eq(plist_array_get_size(theirs), ours->v.in.n);
	for (const struct mdm_plist *p = mdm_plist_first(ours); p; p = p->next)
		oracle_same(plist_array_get_item(theirs, i++), p);
}

static void oracle_same_data(plist_t theirs, const struct mdm_plist *ours)
{
	uint64_t n = 0;
	const char *p = plist_get_data_ptr(theirs, &n);

	cr_assert_eq(plist_get_node_type(theirs), PLIST_DATA);
	cr_assert(bytes_equal(bytes_of(p, n), ours->v.data));
}

static void oracle_same_number(plist_t theirs, const struct mdm_plist *ours)
{
	uint64_t u = 0;
	double d = 0;
	int32_t s = 0, us = 0;

	if (ours->kind == MDM_PLIST_INTEGER) {
		plist_get_uint_val(theirs, &u);
		cr_assert_eq((int64_t)u, ours->v.i);
	} else if (ours->kind == MDM_PLIST_REAL) {
		plist_get_real_val(theirs, &d);
		cr_assert_float_eq(d, ours->v.real, 1e-9);
	} else {
		plist_get_date_val(theirs, &s, &us);
		cr_assert_eq((int64_t)s + ORACLE_EPOCH, ours->v.i);
	}
}

static void oracle_same(plist_t theirs, const struct mdm_plist *ours)
{
	uint8_t b = 0;

	switch (ours->kind) {
	case MDM_PLIST_DICT:
		oracle_same_dict(theirs, ours);
		break;
	case MDM_PLIST_ARRAY:
		oracle_same_array(theirs, ours);
		break;
	case MDM_PLIST_STRING:
		cr_assert_str_eq(plist_get_string_ptr(theirs, NULL), (const char *)ours->v.data.p);
		break;
	case MDM_PLIST_DATA:
		oracle_same_data(theirs, ours);
		break;
	case MDM_PLIST_BOOL:
		plist_get_bool_val(theirs, &b);
		cr_assert_eq(b != 0, ours->v.b);
		break;
	default:
		oracle_same_number(theirs, ours);
	}
}

/* The tree libplist makes of a text. */
static inline plist_t oracle_read(struct bytes xml)
{
	plist_t theirs = NULL;

	plist_from_xml((const char *)xml.p, (uint32_t)xml.n, &theirs);
	cr_assert(theirs, "libplist cannot read: %.*s", (int)xml.n, (const char *)xml.p);
	return theirs;
}

/* Calls fn with each real message; 0 and a line saying so when they are not beside the tree. */
static void (*oracle_fn)(const char *path, struct bytes in);
static int oracle_count;

static int oracle_visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	const char *end = strrchr(path, '.');
	AUTO(buf) struct buf in = BUF_INIT(1 << 20);

	if (type != FTW_F || !end || (strcmp(end, ".xml") != 0 && strcmp(end, ".plist") != 0))
		return 0;
	cr_assert_eq(file_read(path, &in), 0);
	oracle_count++;
	oracle_fn(path, buf_bytes(&in));
	return 0;
}

static inline int oracle_messages(void (*fn)(const char *path, struct bytes in))
{
	const char *top = getenv("top_srcdir");
	char path[4096];

	oracle_fn = fn;
	snprintf(path, sizeof(path), "%s/../shared/data/device-messages", top ? top : ".");
	if (nftw(path, oracle_visit, 8, FTW_PHYS) != 0)
		printf("SKIPPED: messages of real devices are not at %s\n", path);
	return oracle_count;
}

#endif
