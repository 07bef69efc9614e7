/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The bytes: version, then fields by rising number. A field is a varint tag, number << 1 | wire,
 * and either a varint (wire 0; int64_t in zigzag, so that small negatives are short) or a varint
 * length and that many bytes (wire 1). Varints are little-endian groups of seven bits. All is
 * canonical: no zero or empty field, no longer varint than needed, no number twice; so equal
 * records are equal bytes and damage seldom passes for data.
 */
#include "base/rec.h"

#include <stdio.h>
#include <stdlib.h>

#define WIRE_NUMBER 0
#define WIRE_BYTES 1
#define VARINT_MOST 10
#define SEALED 0xff
#define CONTEXT_MOST 64
/* A tag and a length or number. */
#define HEAD_MOST (2 * VARINT_MOST)
#define NUMBER_MOST UINT16_MAX

/* --- writing --- */

static inline uint8_t *put_varint(uint8_t *to, uint64_t v)
{
	while (v >= 0x80) {
		*to++ = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	*to++ = (uint8_t)v;
	return to;
}

static inline uint64_t zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static inline int64_t unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1 ^ -(v & 1));
}

static void put_number(struct buf *out, uint16_t number, uint64_t v)
{
	uint8_t head[HEAD_MOST], *end;

	if (v == 0)
		return;
	end = put_varint(head, (uint64_t)number << 1 | WIRE_NUMBER);
	end = put_varint(end, v);
	buf_add(out, head, (size_t)(end - head));
}

static void put_bytes(struct buf *out, uint16_t number, const void *p, size_t n)
{
	uint8_t head[HEAD_MOST], *end;

	if (n == 0)
		return;
	end = put_varint(head, (uint64_t)number << 1 | WIRE_BYTES);
	end = put_varint(end, n);
	buf_add(out, head, (size_t)(end - head));
	buf_add(out, p, n);
}

static bool all_zero(const uint8_t *p, size_t n)
{
	return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

/* --- words --- */

static int blind_seal(
	void *ctx, const char *context, struct bytes plain, struct arena *a, struct bytes *ret)
{
	(void)ctx, (void)context, (void)plain, (void)a, (void)ret;
	return ERR_DENIED;
}

static int blind_open(
	void *ctx, const char *context, struct bytes sealed, struct arena *a, struct bytes *ret)
{
	(void)ctx, (void)context, (void)sealed, (void)a;
	*ret = bytes_of("", 0);
	return 0;
}

const struct rec_sealer rec_blind = {.seal = blind_seal, .open = blind_open};

static void context_of(
	const struct rec_type *t, const struct rec_field *f, char context[CONTEXT_MOST])
{
	snprintf(context, CONTEXT_MOST, "%s/%u", t->name, f->number);
}

static int put_words(struct buf *out, const struct rec_type *t, const struct rec_field *f,
	const struct rec_sealer *sealer, const char *s)
{
	AUTO(arena) struct arena *a = NULL;
	char context[CONTEXT_MOST];
	struct bytes sealed;
	uint8_t *content;
	int err;

	if (!s || !s[0])
		return 0;
	if (!sealer) {
		put_bytes(out, f->number, s, strlen(s));
		return 0;
	}
	a = arena_new();
	context_of(t, f, context);
	err = sealer->seal(sealer->ctx, context, bytes_of(s, strlen(s)), a, &sealed);
	if (err)
		return err;
	content = arena_alloc_raw(a, sealed.n + 1);
	content[0] = SEALED;
	memcpy(content + 1, sealed.p, sealed.n);
	put_bytes(out, f->number, content, sealed.n + 1);
	return 0;
}

static bool is_sealed(const struct rec_field *f, const uint8_t *content)
{
	return f->kind == REC_KIND_WORDS && content[0] == SEALED;
}

static void put_field(struct buf *out, const struct rec_field *f, const uint8_t *record)
{
	const uint8_t *at = record + f->offset;

	switch ((enum rec_kind)f->kind) {
	case REC_KIND_STR: {
		const char *s = *(const char *const *)(const void *)at;

		put_bytes(out, f->number, s, s ? strlen(s) : 0);
		break;
	}
	case REC_KIND_BYTES: {
		const struct bytes *b = (const void *)at;

		put_bytes(out, f->number, b->p, b->n);
		break;
	}
	case REC_KIND_I64:
		put_number(out, f->number, zigzag(*(const int64_t *)(const void *)at));
		break;
	case REC_KIND_U32:
		put_number(out, f->number, *(const uint32_t *)(const void *)at);
		break;
	case REC_KIND_BOOL:
		put_number(out, f->number, *(const bool *)at);
		break;
	case REC_KIND_FIXED:
		put_bytes(out, f->number, at, all_zero(at, f->size) ? 0 : f->size);
		break;
	case REC_KIND_WORDS: /* put_words() */
	case REC_KIND_END:
		break;
	}
}

/* --- reading --- */

struct reader {
	const uint8_t *at, *end;
	bool bad;
};

struct wire_field {
	uint32_t number;
	bool is_bytes;
	uint64_t v;               /* of a number; of bytes: how many */
	const uint8_t *p;         /* of bytes */
	const uint8_t *from, *to; /* the whole field */
};

static __attribute__((noinline)) uint64_t get_long_varint(struct reader *r)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 70 && r->at < r->end; shift += 7) {
		uint8_t c = *r->at++;

		if (shift == 63 && c > 1)
			break;
		v |= (uint64_t)(c & 0x7f) << shift;
		if (c & 0x80)
			continue;
		if (c == 0)
			break; /* a shorter form exists */
		return v;
	}
	r->bad = true;
	return 0;
}

static inline uint64_t get_varint(struct reader *r)
{
	if (r->at < r->end && *r->at < 0x80)
		return *r->at++;
	return get_long_varint(r);
}

/* False at the end and on damage. */
static inline bool get_wire_field(struct reader *r, uint32_t after, struct wire_field *ret)
{
	uint64_t tag;

	if (r->at == r->end)
		return false;
	ret->from = r->at;
	tag = get_varint(r);
	ret->v = get_varint(r);
	ret->is_bytes = tag & 1;
	ret->number = (uint32_t)(tag >> 1);
	if (r->bad || tag >> 1 <= after || tag >> 1 > NUMBER_MOST || ret->v == 0) {
		r->bad = true;
		return false;
	}
	ret->p = r->at;
	if (ret->is_bytes) {
		if (ret->v > (uint64_t)(r->end - r->at)) {
			r->bad = true;
			return false;
		}
		r->at += ret->v;
	}
	ret->to = r->at;
	return true;
}

/*
 * `copy` is the place in the arena's copy of the record that holds this field's content. A
 * string's NUL goes on the byte behind it: the next field's tag, which is read from the original.
 */
static bool get_bytes(
	const struct rec_field *f, const struct wire_field *w, uint8_t *copy, uint8_t *at)
{
	if (f->kind == REC_KIND_FIXED) {
		if (w->v != f->size || all_zero(w->p, f->size))
			return false;
		memcpy(at, w->p, f->size);
		return true;
	}
	if (f->kind == REC_KIND_BYTES) {
		*(struct bytes *)(void *)at = bytes_of(copy, (size_t)w->v);
		return true;
	}
	if ((f->kind != REC_KIND_STR && f->kind != REC_KIND_WORDS) ||
		memchr(w->p, '\0', (size_t)w->v))
		return false;
	copy[w->v] = '\0';
	*(const char **)(void *)at = (const char *)copy;
	return true;
}

static bool get_number(const struct rec_field *f, uint64_t v, uint8_t *at)
{
	switch ((enum rec_kind)f->kind) {
	case REC_KIND_I64:
		*(int64_t *)(void *)at = unzigzag(v);
		return true;
	case REC_KIND_U32:
		*(uint32_t *)(void *)at = (uint32_t)v;
		return v <= UINT32_MAX;
	case REC_KIND_BOOL:
		*(bool *)at = true;
		return v == 1;
	default:
		return false;
	}
}

/* Fields of a newer version, in one stretch of the arena, which has room for the whole input. */
static void keep_unknown(
	struct bytes *unknown, struct arena *a, const struct wire_field *w, size_t most)
{
	size_t n = (size_t)(w->to - w->from);
	uint8_t *to;

	if (!unknown->p)
		unknown->p = arena_alloc_raw(a, most);
	to = (uint8_t *)(uintptr_t)unknown->p;
	memcpy(to + unknown->n, w->from, n);
	unknown->n += n;
}

struct decoding {
	const struct rec_type *t;
	const struct rec_sealer *sealer;
	struct bytes in;
	struct arena *a;
	uint8_t *copy;
};

static int open_words(const struct decoding *d, const struct rec_field *f,
	const struct wire_field *w, uint8_t *at)
{
	char context[CONTEXT_MOST];
	struct bytes plain;
	int err;

	if (!d->sealer)
		return ERR_DENIED;
	context_of(d->t, f, context);
	err = d->sealer->open(d->sealer->ctx, context, bytes_of(w->p + 1, (size_t)w->v - 1), d->a,
		&plain);
	if (err)
		return err;
	if (plain.n && memchr(plain.p, '\0', plain.n))
		return ERR_CORRUPT;
	*(const char **)(void *)at =
		arena_strndup(d->a, plain.n ? (const char *)plain.p : "", plain.n);
	return 0;
}

static int get_field(const struct decoding *d, const struct rec_field *f,
	const struct wire_field *w, uint8_t *at)
{
	if (!w->is_bytes)
		return get_number(f, w->v, at) ? 0 : ERR_CORRUPT;
	if (is_sealed(f, w->p))
		return open_words(d, f, w, at);
	return get_bytes(f, w, d->copy + (w->p - d->in.p), at) ? 0 : ERR_CORRUPT;
}

/* The field of that number at `f` or behind it; one of another number: this program has none. */
static const struct rec_field *field_at(const struct rec_field *f, uint32_t number)
{
	while (f->number && f->number < number)
		f++;
	return f;
}

static int decode_fields(const struct decoding *d, uint8_t *record)
{
	struct reader r = {.at = d->in.p + 1, .end = d->in.p + d->in.n};
	struct bytes *unknown = (void *)(record + d->t->unknown_offset);
	const struct rec_field *f = d->t->fields;
	struct wire_field w = {.number = 0};
	int err = 0;

	memcpy(d->copy, d->in.p, d->in.n);
	while (err == 0 && get_wire_field(&r, w.number, &w)) {
		f = field_at(f, w.number);
		if (f->number != w.number)
			keep_unknown(unknown, d->a, &w, d->in.n);
		else
			err = get_field(d, f, &w, record + f->offset);
	}
	return err == 0 && r.bad ? ERR_CORRUPT : err;
}

static int admit_version(const struct rec_type *t, struct bytes in)
{
	if (in.n < 1 || in.p[0] == 0)
		return ERR_CORRUPT;
	return in.p[0] > t->version ? ERR_NEWER : 0;
}

int rec_decode_words(const struct rec_type *t, const struct rec_sealer *sealer, struct bytes in,
	struct arena *a, void *record)
{
	struct decoding d = {.t = t, .sealer = sealer, .in = in, .a = a};
	int err = admit_version(t, in);

	memset(record, 0, t->size);
	if (err)
		return err;
	d.copy = arena_alloc_raw(a, in.n + 1);
	err = decode_fields(&d, record);
	if (err)
		memset(record, 0, t->size);
	return err;
}

int rec_decode(const struct rec_type *t, struct bytes in, struct arena *a, void *record)
{
	return rec_decode_words(t, NULL, in, a, record);
}

int rec_words_clear(const struct rec_type *t, struct bytes in, bool *ret)
{
	struct reader r = {.at = in.p + 1, .end = in.p + in.n};
	const struct rec_field *f = t->fields;
	struct wire_field w = {.number = 0};
	int err = admit_version(t, in);
	bool clear = false;

	while (err == 0 && get_wire_field(&r, w.number, &w)) {
		f = field_at(f, w.number);
		clear |= w.is_bytes && f->number == w.number && f->kind == REC_KIND_WORDS &&
			 !is_sealed(f, w.p);
	}
	if (err || r.bad)
		return err ? err : ERR_CORRUPT;
	*ret = clear;
	return 0;
}

/* Unknown fields go back to where their numbers belong. */
static void put_unknown_below(
	struct buf *out, struct reader *r, struct wire_field *w, uint32_t below)
{
	while (w->number && w->number < below) {
		buf_add(out, w->from, (size_t)(w->to - w->from));
		if (!get_wire_field(r, w->number, w))
			w->number = 0;
	}
}

int rec_encode_words(const struct rec_type *t, const struct rec_sealer *sealer, const void *record,
	struct buf *out)
{
	const struct bytes *unknown = (const void *)((const uint8_t *)record + t->unknown_offset);
	struct reader r = {.at = unknown->p, .end = unknown->p};
	struct wire_field w = {.number = 0};
	int err = 0;

	if (unknown->n) {
		r.end += unknown->n;
		if (!get_wire_field(&r, 0, &w))
			w.number = 0;
	}
	buf_add(out, &t->version, 1);
	for (const struct rec_field *f = t->fields; err == 0 && f->number; f++) {
		if (w.number)
			put_unknown_below(out, &r, &w, f->number);
		if (f->kind == REC_KIND_WORDS)
			err = put_words(out, t, f, sealer,
				*(const char *const *)(const void *)((const uint8_t *)record + f->offset));
		else
			put_field(out, f, record);
	}
	if (err)
		return err;
	put_unknown_below(out, &r, &w, UINT32_MAX);
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}

void rec_encode(const struct rec_type *t, const void *record, struct buf *out)
{
	if (t->name)
		abort(); /* words that nobody sealed */
	(void)!rec_encode_words(t, NULL, record, out); /* the buffer tells */
}
