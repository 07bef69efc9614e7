/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Records: how structs become stored bytes. A record is one version byte and then fields, each
 * `number, type and length` followed by the content; a field that is 0, NULL or empty is left
 * out. Field numbers are never reused. Fields this version does not know are kept as they are
 * (in `unknown`) and written back, so that a newer version's data survives an older one.
 *
 *   static const struct rec_field fields[] = {
 *           REC_STR(1, struct thing, name),
 *           REC_I64(2, struct thing, made_at),
 *           REC_END
 *   };
 *   static const struct rec_type thing_rec = REC_TYPE(struct thing, 1, fields);
 */
#ifndef BASE_REC_H
#define BASE_REC_H

#include "base/buf.h"
#include "base/err.h"

enum rec_kind {
	REC_KIND_END,
	REC_KIND_STR,
	REC_KIND_BYTES,
	REC_KIND_I64,
	REC_KIND_U32,
	REC_KIND_BOOL,
	REC_KIND_FIXED
};

struct rec_field {
	uint16_t number; /* 1.. */
	uint8_t kind;
	uint16_t size; /* of a FIXED field */
	size_t offset;
};

struct rec_type {
	uint8_t version;
	const struct rec_field *fields; /* by rising number */
	size_t unknown_offset;
	size_t size;
};

#define REC_STR(no, type, member)                           \
	{                                                   \
		no, REC_KIND_STR, 0, offsetof(type, member) \
	} /* const char * */
#define REC_BYTES(no, type, member)                           \
	{                                                     \
		no, REC_KIND_BYTES, 0, offsetof(type, member) \
	} /* struct bytes */
#define REC_I64(no, type, member)                           \
	{                                                   \
		no, REC_KIND_I64, 0, offsetof(type, member) \
	} /* int64_t */
#define REC_U32(no, type, member)                           \
	{                                                   \
		no, REC_KIND_U32, 0, offsetof(type, member) \
	} /* uint32_t, enum */
#define REC_BOOL(no, type, member)                           \
	{                                                    \
		no, REC_KIND_BOOL, 0, offsetof(type, member) \
	} /* bool */
#define REC_FIXED(no, type, member)                                                     \
	{                                                                               \
		no, REC_KIND_FIXED, sizeof(((type *)0)->member), offsetof(type, member) \
	} /* uint8_t[n] */
#define REC_END                       \
	{                             \
		0, REC_KIND_END, 0, 0 \
	}
/* The struct must have a member `struct bytes unknown`. */
#define REC_TYPE(type, version_, fields_)                                       \
	{                                                                       \
		.version = (version_), .fields = (fields_),                     \
		.unknown_offset = offsetof(type, unknown), .size = sizeof(type) \
	}

void rec_encode(const struct rec_type *t, const void *record, struct buf *out);
/* Fills the struct; strings and bytes are copied into the arena. ERR_CORRUPT; ERR_NEWER: then
 * the struct is all zeros. There is one encoding of a record: what decodes, encodes to the same. */
int rec_decode(const struct rec_type *t, struct bytes in, struct arena *a, void *record) MUST_CHECK;

#endif
