/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

#define BYTES(s) bytes_of((s), sizeof(s) - 1)

/* The smallest of each, with a secret in every place that may hold one. */
static const char jpeg[] =
	"\xff\xd8\xff\xe1\x00\x2a"
	"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
	"\0\0\0\0SECRET1\0"
	"\xff\xe0\x00\x13JFIF\0\1\2\0\0\1\0\1\1\1SEC"
	"\xff\xe0\x00\x0bJFXX\0SEC5"
	"\xff\xfe\x00\x09SECRET2\xff\xe1\x00\x0bhttp:SEC3"
	"\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01\x01\x11\x00"
	"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x11\xff\x00\x22\xff\xd0\x33\xff\xd9TRAILSECRET4";

static bool holds(struct bytes b, const char *word)
{
	return b.n >= strlen(word) && memmem(b.p, b.n, word, strlen(word)) != NULL;
}

Test(photo_msg, a_jpeg_keeps_its_orientation_and_nothing_else_that_it_told)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_picture p;

	cr_assert_eq(inv_picture_parse(a, BYTES(jpeg), &p), 0);
	cr_expect_str_eq(p.type, "image/jpeg");
	cr_expect_eq(p.width, 64);
	cr_expect_eq(p.height, 32);
	cr_expect_not(holds(p.content, "SEC"));
	cr_expect(holds(p.content, "Exif"));
	cr_expect(holds(p.content, "JFIF"));
	cr_expect_not(holds(p.content, "JFXX"));
	cr_expect_eq(p.content.p[p.content.n - 1], 0xd9);
	/* What comes out goes in again, unchanged. */
	struct inv_picture again;

	cr_assert_eq(inv_picture_parse(a, p.content, &again), 0);
	cr_expect(bytes_equal(p.content, again.content));
}

static void add32(struct buf *b, uint32_t v)
{
	const uint8_t p[4] = {
		(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};

	buf_add(b, p, 4);
}

static void add_chunk(struct buf *b, const char *type, const void *p, size_t n)
{
	uint32_t crc = 0xffffffff;
	size_t from = b->n + 4;

	add32(b, (uint32_t)n);
	buf_add_str(b, type);
	buf_add(b, p, n);
	for (size_t i = from; i < b->n; i++) {
		crc ^= b->p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	add32(b, ~crc);
}

static void make_png(struct buf *b, const char *width)
{
	buf_reset(b);
	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	char head[13];

	memcpy(head, width, 4);
	memcpy(head + 4, "\0\0\0\x10\x08\x02\0\0\0", 9);
	add_chunk(b, "IHDR", head, 13);
	add_chunk(b, "tEXt", "Author\0SECRET", 13);
	add_chunk(b, "eXIf", "SECRET", 6);
	add_chunk(b, "IDAT", "xxxx", 4);
	add_chunk(b, "IEND", "", 0);
	buf_add_str(b, "SECRET");
}

Test(photo_msg, a_png_loses_its_texts)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf png = BUF_INIT(4096);
	struct inv_picture p;

	make_png(&png, "\0\0\0\x20");
	cr_assert_eq(inv_picture_parse(a, buf_bytes(&png), &p), 0);
	cr_expect_eq(p.width, 32);
	cr_expect_not(holds(p.content, "SECRET"));
	cr_expect(holds(p.content, "IEND"));
	png.p[20] ^= 1;
	cr_expect_eq(inv_picture_parse(a, buf_bytes(&png), &p), ERR_BADINPUT, "a bit turned over");
	make_png(&png, "\0\x01\0\0");
	cr_expect_eq(inv_picture_parse(a, buf_bytes(&png), &p), ERR_TOOBIG);
}

static const char webp[] = "RIFF\x42\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x1f\0\0\x0f\0\0"
			   "VP8L\x06\0\0\0\x2f\x1f\xc0\x03\0\0"
			   "EXIF\x06\0\0\0SECRET"
			   "XMP \x07\0\0\0SECRET2\0";

Test(photo_msg, a_webp_loses_exif_and_xmp_and_says_so)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_picture p;

	cr_assert_eq(sizeof(webp) - 1, 0x42 + 8);
	cr_assert_eq(inv_picture_parse(a, BYTES(webp), &p), 0);
	cr_expect_eq(p.width, 32);
	cr_expect_eq(p.height, 16);
	cr_expect_not(holds(p.content, "SECRET"));
	cr_expect_eq(p.content.p[20], 0);
	cr_expect_eq(p.content.p[4], p.content.n - 8);
}

Test(photo_msg, whatever_is_cut_off_is_no_picture)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf png = BUF_INIT(4096);
	struct inv_picture p;

	make_png(&png, "\0\0\0\x20");
	for (size_t n = 0; n < sizeof(jpeg) - 14; n++)
		cr_expect_eq(inv_picture_parse(a, bytes_of(jpeg, n), &p), ERR_BADINPUT);
	for (size_t n = 0; n < png.n - 6; n++)
		cr_expect_eq(inv_picture_parse(a, bytes_of(png.p, n), &p), ERR_BADINPUT);
	for (size_t n = 0; n < sizeof(webp) - 1; n++)
		cr_expect_eq(inv_picture_parse(a, bytes_of(webp, n), &p), ERR_BADINPUT);
	cr_expect_eq(
		inv_picture_parse(a, BYTES("<svg xmlns=\"http://x\">      "), &p), ERR_BADINPUT);
	cr_expect_eq(inv_picture_parse(a, BYTES("GIF89a..................."), &p), ERR_BADINPUT);
}
