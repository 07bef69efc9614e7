/* SPDX-License-Identifier: EUPL-1.2 */
/* Books made by hand: a PDF, and ZIP archives of stored files. */
#ifndef TESTS_MDM_BOOKS_H
#define TESTS_MDM_BOOKS_H

#include "base/buf.h"

#define BOOK_PDF                                                                            \
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]" \
	"/Count 0>>endobj\nxref\n0 3\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n110\n%%EOF\n"
#define BOOK_CONTAINER                                                                    \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><container version=\"1.0\" "           \
	"xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile " \
	"full-path=\"OEBPS/bok.opf\" media-type=\"application/oebps-package+xml\"/>"      \
	"</rootfiles></container>"
#define BOOK_OPF                                                                               \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><package "                                  \
	"xmlns=\"http://www.idpf.org/2007/opf\"><metadata "                                    \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Handbok för iPad</dc:title>" \
	"<dc:creator>Anna</dc:creator></metadata></package>"

struct book_part {
	const char *name, *content;
};

static inline void book_u16(struct buf *b, unsigned v)
{
	buf_add_char(b, (char)v);
	buf_add_char(b, (char)(v >> 8));
}

static inline void book_u32(struct buf *b, uint32_t v)
{
	book_u16(b, v & 0xffff);
	book_u16(b, v >> 16);
}

static inline uint32_t book_crc(const char *s)
{
	uint32_t crc = 0xffffffff;

	for (; *s; s++) {
		crc ^= (uint8_t)*s;
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static inline void book_common(struct buf *b, const struct book_part *p)
{
	uint32_t n = (uint32_t)strlen(p->content);

	book_u16(b, 20);
	book_u16(b, 0);
	book_u16(b, 0); /* stored */
	book_u32(b, 0);
	book_u32(b, book_crc(p->content));
	book_u32(b, n);
	book_u32(b, n);
	book_u16(b, (unsigned)strlen(p->name));
	book_u16(b, 0);
}

/* A ZIP of these, ending with a NULL name; at most eight. */
static inline void book_zip(struct buf *b, const struct book_part *parts)
{
	uint32_t at[8] = {0}, n = 0, dir;

	for (; parts[n].name; n++) {
		at[n] = (uint32_t)b->n;
		buf_add(b, "PK\3\4", 4);
		book_common(b, &parts[n]);
		buf_add_str(b, parts[n].name);
		buf_add_str(b, parts[n].content);
	}
	dir = (uint32_t)b->n;
	for (uint32_t i = 0; i < n; i++) {
		buf_add(b, "PK\1\2", 4);
		book_u16(b, 20);
		book_common(b, &parts[i]);
		book_u16(b, 0);
		book_u16(b, 0);
		book_u16(b, 0);
		book_u32(b, 0);
		book_u32(b, at[i]);
		buf_add_str(b, parts[i].name);
	}
	at[0] = (uint32_t)b->n - dir;
	buf_add(b, "PK\5\6", 4);
	book_u32(b, 0);
	book_u16(b, n);
	book_u16(b, n);
	book_u32(b, at[0]);
	book_u32(b, dir);
	book_u16(b, 0);
}

static inline void book_epub(struct buf *b)
{
	static const struct book_part parts[] = {{"mimetype", "application/epub+zip"},
		{"META-INF/container.xml", BOOK_CONTAINER}, {"OEBPS/bok.opf", BOOK_OPF},
		{NULL, NULL}};

	book_zip(b, parts);
}

#endif
