/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mustache (its specification 1.4): templates without logic, escaping by default. A set of
 * templates is read once, into flat arrays of nodes, and rendered many times by many threads.
 *
 * Here: interpolation, sections, inverted sections, comments, partials, inheritance, delimiters.
 * Not here: lambdas and names made at run time. False are null, false, "", an empty list and what
 * is absent. A partial that does not exist is empty, as the specification has it.
 *
 * Lines. A tag alone on its line takes the line away with it; a partial, parent or block alone on
 * its line indents what comes in its place. So a node knows whether a line begins with it.
 */
#ifndef HTTP_MUSTACHE_INT_H
#define HTTP_MUSTACHE_INT_H

#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"

#define MUSTACHE_DEPTH 48             /* sections in sections, partials in partials */
#define MUSTACHE_SOURCE (1024 * 1024) /* bytes of one template */
#define MUSTACHE_DOCS 4               /* documents of one page */
#define MUSTACHE_STEPS 2000000        /* nodes rendered for one page */

enum mustache_kind {
	MUSTACHE_TEXT,
	MUSTACHE_LINE, /* a line begins here, and not with text */
	MUSTACHE_VALUE,
	MUSTACHE_RAW, /* a value that is not escaped */
	MUSTACHE_SECTION,
	MUSTACHE_INVERTED,
	MUSTACHE_PARTIAL,
	MUSTACHE_PARENT,
	MUSTACHE_BLOCK
};

struct mustache_template;
struct mustache_node {
	enum mustache_kind kind;
	bool line;           /* TEXT: a line begins with it. The others: alone on its line */
	size_t end;          /* index behind what is inside */
	struct bytes text;   /* TEXT */
	const char *name;    /* "a.b.c"; "." is the value itself */
	const char **parts;  /* "a", "b", "c", NULL; of "." only NULL */
	struct bytes indent; /* of what comes in the place of this */
	size_t margin;       /* BLOCK: blanks before its first line, not wanted in another place */
	const struct mustache_template *target; /* PARTIAL, PARENT; NULL: there is none */
};

struct mustache_template {
	const char *name;
	struct mustache_node *nodes;
	size_t n;
};

/* A template as it was written. */
struct mustache_source {
	const char *name;
	struct bytes text; /* borrowed for as long as the set lives */
};

struct mustache_set {
	const struct mustache_template *templates;
	size_t n;
};

/* Reads a template; its nodes are in the arena. ERR_BADINPUT, ERR_TOOBIG; then ret_line is the
 * line of the fault, from 1. (mustache_parse.c) */
int mustache_parse(struct arena *a, const struct mustache_source *s, struct mustache_template *ret,
	size_t *ret_line) MUST_CHECK;

/* Reads them all and ties partials to their templates. On an error ret_bad and ret_line tell
 * where; a name twice is ERR_EXISTS. (mustache.c) */
struct mustache_fault {
	const char *name;
	size_t line;
};
int mustache_set_make(struct arena *a, const struct mustache_source *sources, size_t n,
	struct mustache_set *ret, struct mustache_fault *ret_bad) MUST_CHECK;
const struct mustache_template *mustache_find(const struct mustache_set *set, const char *name);
/* Values are looked up in the last of the documents first. ERR_TOOBIG for what nests or grows
 * without end, also past the buffer's limit. (mustache_render.c) */
int mustache_render(const struct mustache_template *t, const struct doc *const *docs, size_t n,
	struct buf *out) MUST_CHECK;

#endif
