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
 *
 * Words: a text that somebody typed freely. Whom it names nobody knows, so it lies sealed in the
 * record; this folder knows no keys, and is handed a sealer. What is sealed begins with the octet
 * 0xff, which begins no text in UTF-8: a record of before the field was sealed still reads.
 */
#ifndef BASE_REC_H
#define BASE_REC_H

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

enum rec_kind {
	REC_KIND_END,
	REC_KIND_STR,
	REC_KIND_BYTES,
	REC_KIND_I64,
	REC_KIND_U32,
	REC_KIND_BOOL,
	REC_KIND_FIXED,
	REC_KIND_WORDS
};

struct rec_field {
	uint16_t number; /* 1.. */
	uint8_t kind;
	uint16_t size; /* of a FIXED field */
	size_t offset;
};

struct rec_type {
	uint8_t version;
	const char *name; /* of one with words: bound into what is sealed, so never changed; else NULL */
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
#define REC_WORDS(no, type, member)                           \
	{                                                     \
		no, REC_KIND_WORDS, 0, offsetof(type, member) \
	} /* const char *, sealed in the record */
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

/* The same of one with words. `name_` is of this type alone. */
#define REC_TYPE_WORDS(name_, type, version_, fields_)                          \
	{                                                                       \
		.version = (version_), .name = (name_), .fields = (fields_),    \
		.unknown_offset = offsetof(type, unknown), .size = sizeof(type) \
	}

/* `context` (the type's name and the field's number) is bound in: what was sealed for one field opens
 * in no other. What they return lies in the arena. */
struct rec_sealer {
	void *ctx;
	int (*seal)(void *ctx, const char *context, struct bytes plain, struct arena *a,
		struct bytes *ret);
	int (*open)(void *ctx, const char *context, struct bytes sealed, struct arena *a,
		struct bytes *ret);
	/* Keyed, for an index of words; may be NULL. */
	void (*hash)(void *ctx, const char *context, struct bytes in, uint8_t out[32]);
};
/* For whoever has no key and only counts and compares: each sealed text is empty. It seals nothing
 * (ERR_DENIED), or what it did not see would be lost. */
extern const struct rec_sealer rec_blind;

/* Of a type without words. */
void rec_encode(const struct rec_type *t, const void *record, struct buf *out);
/* Fills the struct; strings and bytes are copied into the arena. ERR_CORRUPT; ERR_NEWER: then
 * the struct is all zeros. There is one encoding of a record: what decodes, encodes to the same
 * (but for sealed words, which are never sealed twice alike). ERR_DENIED: words are sealed. */
int rec_decode(const struct rec_type *t, struct bytes in, struct arena *a, void *record) MUST_CHECK;
/* With a sealer; NULL: words stay in clear, and sealed ones are ERR_DENIED. ERR_TOOBIG for a buffer
 * that is full; else the sealer's own errors. */
int rec_encode_words(const struct rec_type *t, const struct rec_sealer *sealer, const void *record,
	struct buf *out) MUST_CHECK;
int rec_decode_words(const struct rec_type *t, const struct rec_sealer *sealer, struct bytes in,
	struct arena *a, void *record) MUST_CHECK;
/* Has it words that stand in clear? For whoever seals what an older program left. ERR_CORRUPT. */
int rec_words_clear(const struct rec_type *t, struct bytes in, bool *ret) MUST_CHECK;

#endif
