/* SPDX-License-Identifier: EUPL-1.2 */
/* A template's text into nodes. */
#include "http/mustache_int.h"

#include "base/text.h"

#define DELIMITER_MOST 8
#define NODES_MOST 100000

struct delimiter {
	uint8_t p[DELIMITER_MOST + 1]; /* and one for what "{{{" and "{{=" end with */
	size_t n;
};

struct parser {
	struct arena *a;
	const uint8_t *start, *at, *end;
	struct delimiter open, close;
	bool line; /* a line begins here */
	struct buf nodes;
	size_t stack[MUSTACHE_DEPTH]; /* of what is open: its node */
	size_t depth;
};

struct tag {
	char sigil; /* 0: a value */
	struct bytes inner;
	const uint8_t *begin, *after;
	struct bytes before; /* the blanks it stands behind, when nothing else is on the line */
	const uint8_t *next; /* the next line, when nothing follows on this one; or NULL */
	bool begins, alone;  /* nothing before it; nothing after it either */
};

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(uint8_t c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static size_t blanks_at(const struct parser *p, const uint8_t *at)
{
	const uint8_t *from = at;

	while (at < p->end && is_blank(*at))
		at++;
	return (size_t)(at - from);
}

static struct bytes trimmed(const uint8_t *from, const uint8_t *to)
{
	while (from < to && is_space(*from))
		from++;
	while (to > from && is_space(to[-1]))
		to--;
	return bytes_of(from, (size_t)(to - from));
}

static const uint8_t *find(const uint8_t *from, const uint8_t *to, const struct delimiter *d)
{
	return memmem(from, (size_t)(to - from), d->p, d->n);
}

/* --- nodes --- */

static struct mustache_node *node_at(struct parser *p, size_t i)
{
	return (struct mustache_node *)(void *)p->nodes.p + i;
}

static size_t node_count(const struct parser *p)
{
	return p->nodes.n / sizeof(struct mustache_node);
}

static void node_add(struct parser *p, const struct mustache_node *node)
{
	struct mustache_node n = *node;

	n.end = node_count(p) + 1;
	buf_add(&p->nodes, &n, sizeof(n));
}

static void text_add(struct parser *p, const uint8_t *from, const uint8_t *to)
{
	const struct mustache_node text = {.kind = MUSTACHE_TEXT,
		.line = p->line,
		.text = bytes_of(from, (size_t)(to - from))};

	if (from == to)
		return;
	node_add(p, &text);
	p->line = to[-1] == '\n';
}

/* What a tag puts on the page begins here. */
static void line_add(struct parser *p)
{
	static const struct mustache_node line = {.kind = MUSTACHE_LINE};

	if (p->line)
		node_add(p, &line);
	p->line = false;
}

/* --- one tag --- */

/* What ends the tag: "{{{" and "{{=" need a sign more. */
static struct delimiter closing(const struct parser *p, uint8_t sigil)
{
	struct delimiter d = p->close;

	if (sigil != '{' && sigil != '=')
		return d;
	memmove(d.p + 1, d.p, d.n++);
	d.p[0] = sigil == '{' ? '}' : '=';
	return d;
}

/* Whether it has its line to itself. */
static void tag_place(const struct parser *p, struct tag *t)
{
	const uint8_t *from = t->begin, *to = t->after;

	while (from > p->start && is_blank(from[-1]))
		from--;
	t->begins = from == p->start || from[-1] == '\n';
	t->before =
		bytes_of(t->begins ? from : t->begin, t->begins ? (size_t)(t->begin - from) : 0);
	to += blanks_at(p, to);
	if (to < p->end && *to == '\r' && to + 1 < p->end && to[1] == '\n')
		to++;
	if (to == p->end)
		t->next = to;
	else if (*to == '\n')
		t->next = to + 1;
	t->alone = t->begins && t->next && t->sigil && !strchr("{&", t->sigil);
}

/* ERR_NOTFOUND: only text is left. */
static int tag_read(struct parser *p, struct tag *ret)
{
	struct tag t = {.begin = find(p->at, p->end, &p->open)};
	struct delimiter close;
	const uint8_t *from, *to;

	if (!t.begin)
		return ERR_NOTFOUND;
	from = t.begin + p->open.n;
	while (from < p->end && is_blank(*from))
		from++;
	if (from < p->end && *from && strchr("#^/><$&!={", *from))
		t.sigil = (char)*from++;
	close = closing(p, (uint8_t)t.sigil);
	to = find(from, p->end, &close);
	if (!to) {
		p->at = t.begin;
		return ERR_BADINPUT;
	}
	t.inner = trimmed(from, to);
	t.after = to + close.n;
	tag_place(p, &t);
	*ret = t;
	return 0;
}

/* --- names --- */

static int name_read(struct parser *p, struct bytes name, const char **ret)
{
	if (name.n == 0 || !text_is_utf8(name))
		return ERR_BADINPUT;
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] <= ' ' || name.p[i] == 0x7f)
			return ERR_BADINPUT;
	}
	*ret = arena_strndup(p->a, name.p, name.n);
	return 0;
}

static int parts_read(struct parser *p, const char *name, const char ***ret)
{
	size_t n = 0;
	const char **parts;

	for (const char *s = name; *s; s++)
		n += *s == '.';
	parts = ARENA_ARRAY(p->a, const char *, n + 2);
	*ret = parts;
	if (text_equal(name, "."))
		return 0;
	for (size_t i = 0; i <= n; i++) {
		size_t part = strcspn(name, ".");

		if (part == 0)
			return ERR_BADINPUT;
		parts[i] = arena_strndup(p->a, name, part);
		name += part + 1;
	}
	return 0;
}

/* --- what a tag does --- */

static int open_add(struct parser *p, const struct mustache_node *node)
{
	if (p->depth == MUSTACHE_DEPTH)
		return ERR_TOOBIG;
	p->stack[p->depth++] = node_count(p);
	node_add(p, node);
	return 0;
}

static bool inside_parent(struct parser *p)
{
	return p->depth && node_at(p, p->stack[p->depth - 1])->kind == MUSTACHE_PARENT;
}

/* Where the indentation of its lines comes from: its first line, or what it stands behind. */
static void block_place(struct parser *p, const struct tag *t, struct mustache_node *node)
{
	const uint8_t *first = t->next;

	node->indent = t->before;
	if (!t->alone && !(first && inside_parent(p)))
		return;
	node->indent = bytes_of(first, blanks_at(p, first));
	node->margin = node->indent.n;
	p->at = first;
	p->line = true;
}

/* A parent whose tags have the line to themselves, though not each: the line goes with them. */
static void parent_close(struct parser *p, const struct tag *t, size_t opened)
{
	struct mustache_node *node = node_at(p, opened);

	if (node->line || !node->margin || !t->next || opened == 0)
		return;
	node->line = true;
	node[-1] = (struct mustache_node){.kind = MUSTACHE_TEXT, .end = opened};
	p->at = t->next;
	p->line = true;
}

static int section_close(struct parser *p, const struct tag *t, const char *name)
{
	struct mustache_node *node;

	if (p->depth == 0)
		return ERR_BADINPUT;
	node = node_at(p, p->stack[p->depth - 1]);
	if (!text_equal(node->name, name))
		return ERR_BADINPUT;
	p->depth--;
	node->end = node_count(p);
	if (node->kind == MUSTACHE_PARENT)
		parent_close(p, t, p->stack[p->depth]);
	return 0;
}

static int delimiter_take(struct delimiter *d, struct bytes b)
{
	if (b.n == 0 || b.n > DELIMITER_MOST || memchr(b.p, '=', b.n))
		return ERR_BADINPUT;
	memcpy(d->p, b.p, b.n);
	d->n = b.n;
	return 0;
}

/* "<% %>" of "{{=<% %>=}}". */
static int delimiters_set(struct parser *p, struct bytes inner)
{
	const uint8_t *end = inner.p + inner.n, *cut = inner.p, *rest;

	while (cut < end && !is_space(*cut))
		cut++;
	for (rest = cut; rest < end && is_space(*rest);)
		rest++;
	for (const uint8_t *c = rest; c < end; c++) {
		if (is_space(*c))
			return ERR_BADINPUT;
	}
	if (delimiter_take(&p->open, bytes_of(inner.p, (size_t)(cut - inner.p))) != 0)
		return ERR_BADINPUT;
	return delimiter_take(&p->close, bytes_of(rest, (size_t)(end - rest)));
}

static enum mustache_kind kind_of(char sigil)
{
	switch (sigil) {
	case '#':
		return MUSTACHE_SECTION;
	case '^':
		return MUSTACHE_INVERTED;
	case '>':
		return MUSTACHE_PARTIAL;
	case '<':
		return MUSTACHE_PARENT;
	case '$':
		return MUSTACHE_BLOCK;
	case '&':
	case '{':
		return MUSTACHE_RAW;
	default:
		return MUSTACHE_VALUE;
	}
}

static int tag_add(struct parser *p, const struct tag *t, const char *name)
{
	struct mustache_node node = {.kind = kind_of(t->sigil), .name = name, .line = t->alone};
	bool looked_up = node.kind < MUSTACHE_PARTIAL;
	int err = looked_up ? parts_read(p, name, &node.parts) : 0;

	if (err)
		return err;
	if (!t->alone)
		line_add(p);
	if (node.kind == MUSTACHE_BLOCK)
		block_place(p, t, &node);
	else
		node.indent = t->before;
	/* Until its end is seen, a parent remembers by its margin that it began the line. */
	if (node.kind == MUSTACHE_PARENT)
		node.margin = t->begins;
	if (looked_up && node.kind < MUSTACHE_SECTION) {
		node_add(p, &node);
		return 0;
	}
	if (node.kind != MUSTACHE_PARTIAL)
		return open_add(p, &node);
	node_add(p, &node);
	return 0;
}

static int tag_apply(struct parser *p, const struct tag *t)
{
	const char *name;
	int err;

	if (t->sigil == '!')
		return 0;
	if (t->sigil == '=')
		return delimiters_set(p, t->inner);
	err = name_read(p, t->inner, &name);
	if (err)
		return err;
	return t->sigil == '/' ? section_close(p, t, name) : tag_add(p, t, name);
}

static int step(struct parser *p)
{
	struct tag t;
	int err = tag_read(p, &t);

	if (err == ERR_NOTFOUND) {
		text_add(p, p->at, p->end);
		p->at = p->end;
		return 0;
	}
	if (err)
		return err;
	text_add(p, p->at, t.begin - t.before.n);
	if (!t.alone)
		text_add(p, t.begin - t.before.n, t.begin);
	p->at = t.alone ? t.next : t.after;
	p->line |= t.alone;
	err = tag_apply(p, &t);
	if (err)
		p->at = t.begin;
	return err;
}

static size_t line_of(const struct parser *p, const uint8_t *at)
{
	size_t line = 1;

	for (const uint8_t *s = p->start; s < at; s++)
		line += *s == '\n';
	return line;
}

static int parse(struct parser *p)
{
	while (p->at < p->end) {
		int err = step(p);

		if (err)
			return err;
	}
	if (!buf_ok(&p->nodes))
		return ERR_TOOBIG;
	return p->depth ? ERR_BADINPUT : 0;
}

int mustache_parse(struct arena *a, const struct mustache_source *s, struct mustache_template *ret,
	size_t *ret_line)
{
	struct parser p = {.a = a,
		.start = s->text.p,
		.at = s->text.p,
		.end = s->text.p + s->text.n,
		.open = {"{{", 2},
		.close = {"}}", 2},
		.line = true,
		.nodes = BUF_INIT(NODES_MOST * sizeof(struct mustache_node))};
	int err = s->text.n > MUSTACHE_SOURCE ? ERR_TOOBIG : parse(&p);

	if (err == 0) {
		struct bytes nodes = arena_bytes(a, buf_bytes(&p.nodes));

		ret->name = s->name;
		ret->n = node_count(&p);
		ret->nodes = (struct mustache_node *)(uintptr_t)nodes.p;
	} else {
		*ret_line = line_of(&p, p.at);
	}
	buf_release(&p.nodes);
	return err;
}
