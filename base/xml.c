/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/xml_int.h"
#include "base/text.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define ATTRIBUTES_MOST 16

struct gate {
	const struct xml_limits *limits;
	const struct xml_handler *handler;
	void *ctx;
	xmlParserCtxt *parser;
	struct arena *names; /* made when an element has attributes, which is seldom */
	size_t elements;
	unsigned depth;
	int err;
};

/*
 * Without it libxml2 would print what a stranger sent. `ctx` must not be looked at: for errors of
 * a DTD it is not what was given to the parser. What was wrong is asked for after the parse.
 */
static void say_nothing(void *ctx, xmlError *error)
{
}

void xml_init(void)
{
	xmlInitParser();
	xmlSetStructuredErrorFunc(NULL, say_nothing);
	xmlThrDefSetStructuredErrorFunc(NULL, say_nothing);
}

static void gate_stop(struct gate *g, int err)
{
	if (g->err != 0)
		return;
	g->err = err;
	xmlStopParser(g->parser);
}

/* NULL-ended: name, value, … from libxml2's five pointers each. */
static int gate_attributes(struct gate *g, int n, const xmlChar **from, const char **ret)
{
	if (n > ATTRIBUTES_MOST) /* the scan would have said so */
		return ERR_INTERNAL;
	if (!g->names)
		g->names = arena_new();
	arena_reset(g->names);
	for (int i = 0; i < n; i++, from += 5) {
		if (from[1] && !g->limits->namespaces) /* a prefix */
			return ERR_BADINPUT;
		*ret++ = (const char *)from[0];
		*ret++ = arena_strndup(g->names, from[3], (size_t)(from[4] - from[3]));
	}
	*ret = NULL;
	return 0;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
	const xmlChar **attributes)
{
	const char *list[2 * ATTRIBUTES_MOST + 1] = {NULL};
	struct gate *g = ctx;
	int err = 0;

	if (g->err != 0)
		return;
	if (++g->depth > g->limits->depth || ++g->elements > g->limits->elements) {
		gate_stop(g, ERR_TOOBIG);
		return;
	}
	if ((prefix || n_namespaces) && !g->limits->namespaces)
		err = ERR_BADINPUT;
	else if (n_attributes)
		err = gate_attributes(g, n_attributes, attributes, list);
	if (err == 0 && g->handler->start)
		err = g->handler->start(g->ctx, (const char *)name, list);
	if (err != 0)
		gate_stop(g, err);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct gate *g = ctx;
	int err = 0;

	if (g->err != 0)
		return;
	g->depth--;
	if (g->handler->end)
		err = g->handler->end(g->ctx, (const char *)name);
	if (err != 0)
		gate_stop(g, err);
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
	struct gate *g = ctx;
	int err = 0;

	if (g->err != 0 || n <= 0)
		return;
	if (g->handler->text)
		err = g->handler->text(g->ctx, (const char *)s, (size_t)n);
	if (err != 0)
		gate_stop(g, err);
}

/* libxml2 knows the five built-in entities itself and asks for any other. */
static xmlEntity *on_entity(void *ctx, const xmlChar *name)
{
	gate_stop(ctx, ERR_BADINPUT);
	return NULL;
}

static void on_reference(void *ctx, const xmlChar *name)
{
	gate_stop(ctx, ERR_BADINPUT);
}

static const xmlSAXHandler gate_sax = {
	.initialized = XML_SAX2_MAGIC,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_text,
	.getEntity = on_entity,
	.getParameterEntity = on_entity,
	.reference = on_reference,
	.serror = say_nothing,
};

/* --- before libxml2 sees anything ---
 * It compares each attribute of an element with all before it, and each name of a declaration's
 * list likewise; so a megabyte of either costs it minutes. The scan below follows the text only as
 * far as it is well-formed: where it is not, libxml2 stops as well. */

static size_t count_byte(struct bytes in, uint8_t c)
{
	const uint8_t *p = in.p, *end = in.p + in.n;
	size_t n = 0;

	while (p < end && (p = memchr(p, c, (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

static bool starts(struct bytes s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && memcmp(s.p, with, n) == 0;
}

static struct bytes skip(struct bytes s, size_t n)
{
	return bytes_of(s.p + n, s.n - n);
}

/* What is behind the first `ending`, which ends in ">"; nothing when there is none. */
static struct bytes skip_past(struct bytes s, const char *ending)
{
	const size_t n = strlen(ending);
	const uint8_t *from = s.p, *end = s.p + s.n, *at;

	while (from < end && (at = memchr(from, '>', (size_t)(end - from)))) {
		from = at + 1;
		if ((size_t)(from - s.p) >= n && memcmp(from - n, ending, n) == 0)
			return bytes_of(from, (size_t)(end - from));
	}
	return bytes_of(end, 0);
}

/*
 * From behind the "<" of a tag or a document type declaration to behind its ">", over texts
 * between quotes. A declaration with an inner part, "[ … ]", is refused whatever is in it.
 */
static int scan_tag(struct bytes *s)
{
	const bool declaration = s->n > 0 && s->p[0] == '!';
	const uint8_t *p = s->p, *end = s->p + s->n;
	size_t quoted = 0;

	for (; p < end && *p != '>'; p++) {
		if (*p == '[' && declaration)
			return ERR_BADINPUT;
		if (*p != '"' && *p != '\'')
			continue;
		if (++quoted > ATTRIBUTES_MOST)
			return ERR_TOOBIG;
		p = memchr(p + 1, *p, (size_t)(end - p - 1));
		if (!p)
			p = end - 1;
	}
	*s = skip(*s, (size_t)(p - s->p));
	return 0;
}

static int scan(struct bytes s)
{
	const uint8_t *tag;

	while (s.n > 0 && (tag = memchr(s.p, '<', s.n))) {
		s = skip(s, (size_t)(tag - s.p) + 1);
		if (starts(s, "!--")) {
			s = skip_past(skip(s, 3), "-->");
		} else if (starts(s, "![CDATA[")) {
			s = skip_past(s, "]]>");
		} else if (starts(s, "?")) {
			s = skip_past(s, "?>");
		} else {
			int err = scan_tag(&s);

			if (err != 0)
				return err;
		}
	}
	return 0;
}

/* The XML declaration, if any, names no other encoding than UTF-8. */
static bool declares_utf8(struct bytes in)
{
	const char *begin = (const char *)in.p, *value;
	const char *end, *name;
	size_t n;

	if (in.n < 5 || memcmp(begin, "<?xml", 5) != 0)
		return true;
	end = memmem(begin, in.n, "?>", 2);
	if (!end)
		return false;
	name = memmem(begin, (size_t)(end - begin), "encoding", 8);
	if (!name)
		return true;
	value = name + 8;
	while (value < end && strchr(" \t\r\n=", *value))
		value++;
	n = (size_t)(end - value);
	return n >= 7 && (value[0] == '"' || value[0] == '\'') && value[6] == value[0] &&
	       strncasecmp(value + 1, "UTF-8", 5) == 0;
}

static int gate_admit(struct bytes in, const struct xml_limits *limits)
{
	if (in.n > limits->bytes || in.n > INT32_MAX)
		return ERR_TOOBIG;
	if (in.n == 0 || memchr(in.p, '\0', in.n) || !text_is_utf8(in) || !declares_utf8(in))
		return ERR_BADINPUT;
	if (count_byte(in, '&') > limits->entities)
		return ERR_TOOBIG;
	return scan(in);
}

static int gate_run(struct gate *g, struct bytes in)
{
	xmlParserCtxt *p = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);

	if (!p)
		return ERR_INTERNAL;
	g->parser = p;
	*p->sax = gate_sax;
	p->userData = g;
	xmlCtxtUseOptions(p, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	xmlParseChunk(p, (const char *)in.p, (int)in.n, 1);
	/* errNo also knows of errors that libxml2 would let pass, those of namespaces. */
	if (g->err == 0 && (!p->wellFormed || p->errNo != XML_ERR_OK))
		g->err = ERR_BADINPUT;
	xmlFreeDoc(p->myDoc);
	p->myDoc = NULL;
	xmlFreeParserCtxt(p);
	arena_free(g->names);
	return g->err;
}

int xml_parse_general(
	struct bytes in, const struct xml_limits *limits, const struct xml_handler *h, void *ctx)
{
	struct gate g = {.limits = limits, .handler = h, .ctx = ctx};
	int err = gate_admit(in, limits);

	return err != 0 ? err : gate_run(&g, in);
}

int xml_parse(
	struct bytes in, const struct xml_limits *limits, const struct xml_handler *h, void *ctx)
{
	if (in.n <= limits->bytes && xml_is_plain(in))
		return xml_parse_plain(in, limits, h, ctx);
	return xml_parse_general(in, limits, h, ctx);
}
