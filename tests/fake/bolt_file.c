/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/bolt_file.h"

#define PAGE 4096u
#define HEAD 16u
#define ELEMENT 16u
#define FILE_MOST (16u << 20)

static void add_number(struct buf *out, uint64_t v, unsigned bytes)
{
	for (; bytes > 0; bytes--, v >>= 8)
		buf_add_char(out, (char)(v & 0xff));
}

/* To the end of the page. */
static void fill(struct buf *out)
{
	while (out->n % PAGE)
		buf_add_char(out, 0);
}

static void add_head(struct buf *out, unsigned flags, size_t count, size_t bytes)
{
	add_number(out, out->n / PAGE, 8);
	add_number(out, flags, 2);
	add_number(out, count, 2);
	add_number(out, (bytes + PAGE - 1) / PAGE - 1, 4);
}

/* A leaf of one or more pages; returns its number. */
static uint64_t add_leaf(struct buf *out, const struct bolt_pair *p, size_t n, unsigned flags)
{
	uint64_t id = out->n / PAGE;
	size_t bytes = HEAD + n * ELEMENT, at = n * ELEMENT;

	for (size_t i = 0; i < n; i++)
		bytes += p[i].key.n + p[i].value.n;
	add_head(out, 2, n, bytes);
	for (size_t i = 0; i < n; i++) {
		add_number(out, flags, 4);
		add_number(out, at - i * ELEMENT, 4);
		add_number(out, p[i].key.n, 4);
		add_number(out, p[i].value.n, 4);
		at += p[i].key.n + p[i].value.n;
	}
	for (size_t i = 0; i < n; i++) {
		buf_add_bytes(out, p[i].key);
		buf_add_bytes(out, p[i].value);
	}
	fill(out);
	return id;
}

static void add_meta(struct buf *out, uint64_t root, uint64_t pages, uint64_t txid)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);
	size_t from;

	add_head(out, 4, 0, PAGE);
	from = out->n;
	add_number(out, 0xed0cdaed, 4);
	add_number(out, 2, 4);
	add_number(out, PAGE, 4);
	add_number(out, 0, 4);
	add_number(out, root, 8);
	add_number(out, 0, 8);
	add_number(out, 2, 8);
	add_number(out, pages, 8);
	add_number(out, txid, 8);
	for (size_t i = from; i < out->n; i++)
		sum = (sum ^ out->p[i]) * UINT64_C(0x100000001b3);
	add_number(out, sum, 8);
	fill(out);
}

void bolt_file_write(struct buf *out, const struct bolt_bucket *buckets, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf body = BUF_INIT(FILE_MOST);
	struct bolt_pair *tops = ARENA_ARRAY(a, struct bolt_pair, n + 1);
	uint64_t root;

	add_meta(&body, 0, 0, 0); /* in their places; written below */
	add_meta(&body, 0, 0, 0);
	add_head(&body, 0x10, 0, PAGE);
	fill(&body);
	for (size_t i = 0; i < n; i++) {
		AUTO(buf) struct buf value = BUF_INIT(64);

		add_number(&value, add_leaf(&body, buckets[i].pairs, buckets[i].n, 0), 8);
		add_number(&value, 0, 8);
		tops[i] = (struct bolt_pair){
			bytes_of_str(buckets[i].name), arena_bytes(a, buf_bytes(&value))};
	}
	root = add_leaf(&body, tops, n, 1);
	add_meta(out, root, body.n / PAGE, 7);
	add_meta(out, root, body.n / PAGE, 6);
	out->p[PAGE] = 1; /* the second one's number */
	buf_add(out, body.p + (size_t)2 * PAGE, body.n - (size_t)2 * PAGE);
}

static void add_varint(struct buf *out, uint64_t v)
{
	for (; v > 0x7f; v >>= 7)
		buf_add_char(out, (char)(v | 0x80));
	buf_add_char(out, (char)v);
}

void proto_add_text(struct buf *out, unsigned field, struct bytes text)
{
	add_varint(out, field << 3 | 2);
	add_varint(out, text.n);
	buf_add_bytes(out, text);
}

void proto_add_number(struct buf *out, unsigned field, uint64_t v)
{
	add_varint(out, field << 3);
	add_varint(out, v);
}
