/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of web clips: the size of a PNG, and one of our own, drawn and written here. */
#include "mdm/payload_int.h"

#define SIDE 120
#define ROW (1 + SIDE / 8) /* two colours, a bit a point: it goes to every iPad */
#define PICTURE (SIDE * ROW)
#define BLOCK_MOST 65535 /* of a stored block of deflate */

static const uint8_t png_head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

int mdm_png_size(struct bytes png, uint32_t *ret_width, uint32_t *ret_height)
{
	uint32_t w, h;

	if (png.n < 33 || memcmp(png.p, png_head, sizeof(png_head)) != 0 || be32(png.p + 8) != 13 ||
		memcmp(png.p + 12, "IHDR", 4) != 0)
		return ERR_BADINPUT;
	w = be32(png.p + 16);
	h = be32(png.p + 20);
	if (w == 0 || h == 0)
		return ERR_BADINPUT;
	*ret_width = w;
	*ret_height = h;
	return 0;
}

/* --- writing one --- */

static void add_be32(struct buf *b, uint32_t v)
{
	const uint8_t p[4] = {
		(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};

	buf_add(b, p, sizeof(p));
}

/* ISO 3309, bit by bit: a picture is made once a process. */
static uint32_t crc_of(struct bytes b)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < b.n; i++) {
		crc ^= b.p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static uint32_t adler_of(struct bytes b)
{
	uint32_t s1 = 1, s2 = 0;

	for (size_t i = 0; i < b.n; i++) {
		s1 = (s1 + b.p[i]) % 65521;
		s2 = (s2 + s1) % 65521;
	}
	return s2 << 16 | s1;
}

static void add_chunk(struct buf *png, const char type[5], struct bytes content)
{
	size_t at = png->n + 4;

	add_be32(png, (uint32_t)content.n);
	buf_add(png, type, 4);
	buf_add_bytes(png, content);
	add_be32(png, crc_of(bytes_of(png->p + at, content.n + 4)));
}

/* RFC 1950 around stored blocks of RFC 1951. */
static void add_stored(struct buf *out, struct bytes all)
{
	static const uint8_t head[2] = {0x78, 0x01};

	buf_add(out, head, sizeof(head));
	for (size_t at = 0; at < all.n;) {
		size_t n = all.n - at < BLOCK_MOST ? all.n - at : BLOCK_MOST;
		uint8_t block[5] = {at + n == all.n, (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)~n,
			(uint8_t)(~n >> 8)};

		buf_add(out, block, sizeof(block));
		buf_add(out, all.p + at, n);
		at += n;
	}
	add_be32(out, adler_of(all));
}

/* A white sheet with green lines of writing. */
static bool is_white(int x, int y)
{
	bool sheet = x >= 32 && x < 88 && y >= 22 && y < 98;
	bool line = x >= 42 && x < 78 && y >= 36 && y < 86 && (y - 36) % 14 < 5;

	return sheet && !line;
}

static void picture_draw(uint8_t *p)
{
	for (int y = 0; y < SIDE; y++) {
		*p++ = 0; /* no filter */
		for (int x = 0; x < SIDE; x++) {
			if (is_white(x, y))
				p[x / 8] |= (uint8_t)(0x80 >> x % 8);
		}
		p += SIDE / 8;
	}
}

struct bytes mdm_icon_make(struct arena *a)
{
	static const uint8_t head[13] = {0, 0, 0, SIDE, 0, 0, 0, SIDE, 1, 3, 0, 0, 0};
	static const uint8_t colours[6] = {0x1f, 0x5c, 0x3d, 0xff, 0xff, 0xff};
	AUTO(buf) struct buf png = BUF_INIT(2 * PICTURE + 1024);
	AUTO(buf) struct buf packed = BUF_INIT(2 * PICTURE + 1024);
	uint8_t *picture = arena_alloc(a, PICTURE);

	picture_draw(picture);
	add_stored(&packed, bytes_of(picture, PICTURE));
	buf_add(&png, png_head, sizeof(png_head));
	add_chunk(&png, "IHDR", bytes_of(head, sizeof(head)));
	add_chunk(&png, "PLTE", bytes_of(colours, sizeof(colours)));
	add_chunk(&png, "IDAT", buf_bytes(&packed));
	add_chunk(&png, "IEND", bytes_of("", 0));
	return arena_bytes(a, buf_bytes(&png));
}
