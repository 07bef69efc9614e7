/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pictures as people send them: judged by their own structure, and written anew without what they
 * tell besides the picture (where and when it was taken, by whom, with what). Nothing is decoded.
 *
 * JPEG: ITU-T T.81 annex B; the Exif orientation stays, or the picture would lie on its side.
 * PNG: W3C PNG third edition. WebP: RFC 9649.
 */
#include "inventory/inventory_int.h"

#define SEGMENTS_MOST 100000

struct reader {
	const uint8_t *p;
	size_t n, at;
	struct buf *out;
	uint32_t width, height;
	uint16_t orientation;
};

static uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static uint32_t le16(const uint8_t *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static uint32_t le24(const uint8_t *p)
{
	return le16(p) | (uint32_t)p[2] << 16;
}

static uint32_t le32(const uint8_t *p)
{
	return le24(p) | (uint32_t)p[3] << 24;
}

static bool has(const struct reader *r, size_t n)
{
	return r->n - r->at >= n;
}

/* --- JPEG --- */

/* The orientation in an Exif block: tag 0x0112 of the first directory. */
static uint16_t exif_orientation(const uint8_t *p, size_t n)
{
	bool little = n > 8 && p[0] == 'I';
	uint32_t at, count;

	if (n < 14)
		return 0;
	at = little ? le32(p + 4) : be32(p + 4);
	if (at > n - 2)
		return 0;
	count = little ? le16(p + at) : be16(p + at);
	at += 2;
	for (uint32_t i = 0; i < count && n - at >= 12; i++, at += 12) {
		uint32_t tag = little ? le16(p + at) : be16(p + at);
		uint32_t value = little ? le16(p + at + 8) : be16(p + at + 8);

		if (tag == 0x0112)
			return value >= 1 && value <= 8 ? (uint16_t)value : 0;
	}
	return 0;
}

/* An Exif block that tells nothing else. */
static void add_orientation(struct reader *r)
{
	uint8_t block[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};

	if (r->orientation < 2)
		return;
	block[29] = (uint8_t)r->orientation;
	buf_add(r->out, block, sizeof(block));
}

/* JFIF without its thumbnail, which may show what was cut away from the picture (ITU-T T.871 10.1). */
static void add_jfif(struct reader *r, const uint8_t *body)
{
	uint8_t block[18] = {0xff, 0xe0, 0, 16};

	memcpy(block + 4, body, 12);
	buf_add(r->out, block, sizeof(block));
}

/* Needed to show the picture right: colour profile, Adobe's colour transform. */
static bool jpeg_is_kept(uint8_t marker, const uint8_t *body, size_t n)
{
	if (marker == 0xe2)
		return n > 12 && memcmp(body, "ICC_PROFILE", 12) == 0;
	if (marker >= 0xe0 && marker <= 0xef)
		return marker == 0xee;
	return marker != 0xfe;
}

static bool jpeg_is_frame(uint8_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

/* The entropy-coded bytes of a scan, up to the next marker that is no restart. */
static void jpeg_copy_scan(struct reader *r)
{
	size_t from = r->at;

	while (has(r, 2)) {
		const uint8_t *p = r->p + r->at;

		if (p[0] == 0xff && p[1] != 0 && p[1] != 0xff && (p[1] < 0xd0 || p[1] > 0xd7))
			break;
		r->at++;
	}
	buf_add(r->out, r->p + from, r->at - from);
}

static int jpeg_segment(struct reader *r, uint8_t marker)
{
	const uint8_t *p = r->p + r->at;
	size_t n;

	if (!has(r, 4) || (n = be16(p + 2)) < 2 || !has(r, 2 + n))
		return ERR_BADINPUT;
	if (jpeg_is_frame(marker)) {
		if (n < 8 || r->width)
			return ERR_BADINPUT;
		r->height = be16(p + 5);
		r->width = be16(p + 7);
	}
	if (marker == 0xe1 && n > 8 && memcmp(p + 4, "Exif\0", 6) == 0) {
		r->orientation = exif_orientation(p + 10, n - 8);
		add_orientation(r);
	} else if (marker == 0xe0 && n >= 16 && memcmp(p + 4, "JFIF\0", 5) == 0) {
		add_jfif(r, p + 4);
	} else if (jpeg_is_kept(marker, p + 4, n - 2)) {
		buf_add(r->out, p, 2 + n);
	}
	r->at += 2 + n;
	if (marker == 0xda)
		jpeg_copy_scan(r);
	return 0;
}

static int jpeg_parse(struct reader *r)
{
	bool scan = false;

	buf_add(r->out, r->p, 2);
	r->at = 2;
	for (unsigned i = 0; i < SEGMENTS_MOST; i++) {
		uint8_t marker;
		int err;

		while (has(r, 2) && r->p[r->at] == 0xff && r->p[r->at + 1] == 0xff)
			r->at++;
		if (!has(r, 2) || r->p[r->at] != 0xff)
			return ERR_BADINPUT;
		marker = r->p[r->at + 1];
		if (marker == 0xd9) {
			buf_add(r->out, r->p + r->at, 2);
			return scan ? 0 : ERR_BADINPUT;
		}
		scan = scan || marker == 0xda;
		err = jpeg_segment(r, marker);
		if (err)
			return err;
	}
	return ERR_BADINPUT;
}

/* --- PNG --- */

static uint32_t crc32_of(const uint8_t *p, size_t n)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (unsigned b = 0; b < 8; b++)
			crc = crc >> 1 ^ (0xedb88320 & (0u - (crc & 1)));
	}
	return ~crc;
}

static bool png_is_kept(const uint8_t *type)
{
	static const char kept[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM",
		"sRGB", "iCCP", "sBIT", "pHYs", "bKGD"};

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (memcmp(type, kept[i], 4) == 0)
			return true;
	}
	return false;
}

static int png_parse(struct reader *r)
{
	bool data = false;

	buf_add(r->out, r->p, 8);
	r->at = 8;
	for (unsigned i = 0; i < SEGMENTS_MOST; i++) {
		const uint8_t *p = r->p + r->at;
		size_t n;

		if (!has(r, 12) || (n = be32(p)) > r->n || !has(r, 12 + n) ||
			(memcmp(p + 4, "IDAT", 4) != 0 &&
				crc32_of(p + 4, 4 + n) != be32(p + 8 + n)))
			return ERR_BADINPUT;
		if ((i == 0) != (memcmp(p + 4, "IHDR", 4) == 0) || (i == 0 && n != 13))
			return ERR_BADINPUT;
		if (i == 0) {
			r->width = be32(p + 8);
			r->height = be32(p + 12);
		}
		if (png_is_kept(p + 4))
			buf_add(r->out, p, 12 + n);
		else if (!(p[4] & 0x20))
			return ERR_BADINPUT; /* a critical chunk that nobody knows */
		data = data || memcmp(p + 4, "IDAT", 4) == 0;
		r->at += 12 + n;
		if (memcmp(p + 4, "IEND", 4) == 0)
			return data ? 0 : ERR_BADINPUT;
	}
	return ERR_BADINPUT;
}

/* --- WebP --- */

static int webp_size(struct reader *r, const uint8_t *chunk, size_t n)
{
	const uint8_t *p = chunk + 8;

	if (memcmp(chunk, "VP8X", 4) == 0 && n >= 10) {
		r->width = le24(p + 4) + 1;
		r->height = le24(p + 7) + 1;
	} else if (memcmp(chunk, "VP8L", 4) == 0 && n >= 5 && p[0] == 0x2f) {
		r->width = r->width ? r->width : (le32(p + 1) & 0x3fff) + 1;
		r->height = r->height ? r->height : (le32(p + 1) >> 14 & 0x3fff) + 1;
	} else if (memcmp(chunk, "VP8 ", 4) == 0 && n >= 10 &&
		   memcmp(p + 3, "\x9d\x01\x2a", 3) == 0) {
		r->width = r->width ? r->width : le16(p + 6) & 0x3fff;
		r->height = r->height ? r->height : le16(p + 8) & 0x3fff;
	} else {
		return ERR_BADINPUT;
	}
	return 0;
}

static bool webp_is_picture(const uint8_t *type)
{
	return memcmp(type, "VP8", 3) == 0;
}

static bool webp_is_kept(const uint8_t *type)
{
	return webp_is_picture(type) || memcmp(type, "ICCP", 4) == 0 ||
	       memcmp(type, "ALPH", 4) == 0;
}

static int webp_chunk(struct reader *r)
{
	const uint8_t *p = r->p + r->at;
	size_t n, padded, start = r->out->n;

	if (!has(r, 8) || (n = le32(p + 4)) > r->n)
		return ERR_BADINPUT;
	padded = n + (n & 1);
	if (!has(r, 8 + padded) || memcmp(p, "ANIM", 4) == 0)
		return ERR_BADINPUT;
	if (webp_is_picture(p)) {
		int err = webp_size(r, p, n);

		if (err)
			return err;
	}
	if (webp_is_kept(p))
		buf_add(r->out, p, 8 + padded);
	/* No Exif, no XMP, no animation any more. */
	if (memcmp(p, "VP8X", 4) == 0 && buf_ok(r->out))
		r->out->p[start + 8] &= (uint8_t)~0x0e;
	r->at += 8 + padded;
	return 0;
}

static int webp_parse(struct reader *r)
{
	size_t whole = (size_t)le32(r->p + 4) + 8, n;
	int err = 0;

	if (whole > r->n || whole < 20)
		return ERR_BADINPUT;
	r->n = whole;
	buf_add(r->out, r->p, 12);
	r->at = 12;
	for (unsigned i = 0; err == 0 && r->at < r->n && i < SEGMENTS_MOST; i++)
		err = webp_chunk(r);
	if (err || r->at < r->n || !buf_ok(r->out))
		return ERR_BADINPUT;
	n = r->out->n - 8;
	for (unsigned i = 0; i < 4; i++)
		r->out->p[4 + i] = (uint8_t)(n >> (8 * i));
	return 0;
}

int inv_picture_parse(struct arena *a, struct bytes in, struct inv_picture *ret)
{
	static const struct {
		const char *type;
		size_t at, n;
		const char *magic;
		int (*parse)(struct reader *r);
	} kinds[] = {
		{"image/jpeg", 0, 3, "\xff\xd8\xff", jpeg_parse},
		{"image/png", 0, 8, "\x89PNG\r\n\x1a\n", png_parse},
		{"image/webp", 8, 4, "WEBP", webp_parse},
	};
	AUTO(buf) struct buf out = BUF_INIT(in.n + 64);
	struct reader r = {.p = in.p, .n = in.n, .out = &out};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (in.n < 16 || memcmp(in.p + kinds[i].at, kinds[i].magic, kinds[i].n) != 0 ||
			(i == 2 && memcmp(in.p, "RIFF", 4) != 0))
			continue;
		if (kinds[i].parse(&r) != 0 || !buf_ok(&out) || !r.width || !r.height)
			return ERR_BADINPUT;
		if (r.width > INV_PHOTO_SIDE || r.height > INV_PHOTO_SIDE)
			return ERR_TOOBIG;
		*ret = (struct inv_picture){
			kinds[i].type, r.width, r.height, arena_bytes(a, buf_bytes(&out))};
		return 0;
	}
	return ERR_BADINPUT;
}
