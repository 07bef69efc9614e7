/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hostile XML, read once: libxml2's SAX2 parser behind a gate. No network, no DTD loading, no
 * entity but the five built-in ones, no namespaces. The gate refuses
 * as soon as a limit is passed, before memory is spent. The only door to libxml2.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/bytes.h"
#include "base/err.h"

struct xml_limits {
	size_t bytes;    /* of the whole document */
	unsigned depth;  /* nested elements */
	size_t elements; /* in all */
	size_t entities; /* built-in references: "&amp;" costs libxml2 quadratic time */
	bool namespaces; /* are taken, and names told without their prefix */
};

/* Return 0 to go on, or an ERR_* that stops the parse and is returned by xml_parse. */
struct xml_handler {
	int (*start)(void *ctx, const char *name, const char *const *attributes);
	int (*end)(void *ctx, const char *name);
	int (*text)(void *ctx, const char *s, size_t n); /* may come in pieces */
};

/* Once, at start, before threads. */
void xml_init(void);
/*
 * UTF-8 only. ERR_TOOBIG past a limit or with more than 16 attributes; ERR_BADINPUT for malformed
 * text, another encoding, declarations inside a DOCTYPE, an undeclared entity, a namespace or
 * prefix (unless they are taken), or bytes after the document. A DOCTYPE that names a DTD is taken and the DTD never
 * looked for. `attributes` is a NULL-ended list name, value, name, value.
 */
int xml_parse(struct bytes in, const struct xml_limits *limits, const struct xml_handler *h,
	void *ctx) MUST_CHECK;

#endif
