/* SPDX-License-Identifier: EUPL-1.2 */
/* Nodes and documents into a page. */
#include "http/mustache_int.h"

#include "base/text.h"

struct scope { /* where names are looked up, innermost first */
	const struct doc *value;
	const struct scope *outer;
};

struct indent {
	struct bytes blanks;
	const struct indent *outer;
};

/* The blocks that a parent tag brings, and those of the templates it stands in. */
struct overrides {
	const struct mustache_template *t;
	const struct mustache_node *parent;
	const struct overrides *outer;
};

struct place {
	const struct mustache_template *t;
	const struct overrides *over;
	const struct indent *indent;
	size_t margin; /* blanks taken away at the head of each line */
	bool within;   /* the line has begun already: its indentation is not put again */
};

struct render {
	struct buf *out;
	unsigned depth, steps;
};

static int put_nodes(struct render *r, struct place *p, const struct scope *s, size_t from,
	size_t to) MUST_CHECK;

/* --- text --- */

static void put_indent(struct buf *out, const struct indent *i)
{
	if (!i)
		return;
	put_indent(out, i->outer);
	buf_add_bytes(out, i->blanks);
}

static void begin_line(struct render *r, struct place *p)
{
	if (!p->within)
		put_indent(r->out, p->indent);
	p->within = false;
}

/* One line or the rest of one, with its end. */
static void put_line(struct render *r, struct place *p, struct bytes line)
{
	size_t cut = 0;

	while (cut < p->margin && cut < line.n && (line.p[cut] == ' ' || line.p[cut] == '\t'))
		cut++;
	if (line.p[0] == '\n' || line.p[0] == '\r')
		p->within = false; /* nothing to indent */
	else
		begin_line(r, p);
	buf_add(r->out, line.p + cut, line.n - cut);
}

static void put_text(struct render *r, struct place *p, const struct mustache_node *node)
{
	struct bytes left = node->text;
	bool begins = node->line;

	if (!p->indent && !p->margin) {
		buf_add_bytes(r->out, left);
		return;
	}
	while (left.n) {
		const uint8_t *end = memchr(left.p, '\n', left.n);
		size_t n = end ? (size_t)(end - left.p) + 1 : left.n;

		if (begins)
			put_line(r, p, bytes_of(left.p, n));
		else
			buf_add(r->out, left.p, n);
		begins = true;
		left = bytes_of(left.p + n, left.n - n);
	}
}

/* --- values --- */

static const struct doc *look_up(const struct scope *s, const char *const *parts)
{
	const struct doc *v = NULL;

	if (!*parts)
		return s->value;
	for (; s && !v; s = s->outer)
		v = doc_value(s->value, *parts);
	while (v && *++parts)
		v = doc_value(v, *parts);
	return v;
}

static void put_escaped(struct buf *out, struct bytes b)
{
	static const char *const signs[256] = {['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\''] = "&#39;"};
	size_t from = 0;

	for (size_t i = 0; i < b.n; i++) {
		if (!signs[b.p[i]])
			continue;
		buf_add(out, b.p + from, i - from);
		buf_add_str(out, signs[b.p[i]]);
		from = i + 1;
	}
	buf_add(out, b.p + from, b.n - from);
}

static void put_value(struct buf *out, const struct doc *v, bool escape)
{
	switch (doc_kind(v)) {
	case DOC_STRING:
		if (escape)
			put_escaped(out, doc_bytes(v));
		else
			buf_add_bytes(out, doc_bytes(v));
		break;
	case DOC_NUMBER:
	case DOC_TRUE:
	case DOC_FALSE:
		doc_format(v, out);
		break;
	case DOC_NULL:
	case DOC_LIST:
	case DOC_OBJECT:
		break; /* no text */
	}
}

static bool is_true(const struct doc *v)
{
	switch (doc_kind(v)) {
	case DOC_NULL:
	case DOC_FALSE:
		return false;
	case DOC_LIST:
		return doc_list_size(v) > 0;
	case DOC_STRING:
		return doc_bytes(v).n > 0;
	default:
		return true;
	}
}

/* --- what holds others --- */

static int put_section(
	struct render *r, struct place *p, const struct scope *s, size_t at, const struct doc *v)
{
	const size_t end = p->t->nodes[at].end;
	bool list = doc_kind(v) == DOC_LIST;
	size_t n = list ? doc_list_size(v) : is_true(v);
	int err = 0;

	for (size_t i = 0; i < n && err == 0; i++) {
		const struct scope inner = {list ? doc_list_value(v, i) : v, s};

		err = put_nodes(r, p, &inner, at + 1, end);
	}
	return err;
}

/* Indentation of a node of ours, as this place has it. */
static struct indent deeper(const struct place *p, const struct mustache_node *node)
{
	size_t cut = p->margin < node->indent.n ? p->margin : node->indent.n;

	return (struct indent){bytes_of(node->indent.p + cut, node->indent.n - cut), p->indent};
}

static int put_template(struct render *r, const struct place *p, const struct scope *s,
	const struct mustache_node *node, const struct overrides *over)
{
	const struct indent indent = deeper(p, node);
	struct place inner = {.t = node->target, .over = over, .indent = p->indent};

	if (!node->target)
		return 0;
	inner.within = !node->line;
	if (node->line && indent.blanks.n)
		inner.indent = &indent;
	return put_nodes(r, &inner, s, 0, node->target->n);
}

static const struct mustache_node *find_block(const struct overrides *o, const char *name)
{
	const struct mustache_node *nodes = o->t->nodes;
	size_t at = (size_t)(o->parent - nodes) + 1;

	for (; at < o->parent->end; at = nodes[at].end) {
		if (nodes[at].kind == MUSTACHE_BLOCK && text_equal(nodes[at].name, name))
			return &nodes[at];
	}
	return NULL;
}

/* Of those that bring the block, the outermost wins; in it only what is further out holds. */
static int put_block(struct render *r, struct place *p, const struct scope *s, size_t at)
{
	const struct mustache_node *node = &p->t->nodes[at], *body = NULL, *found;
	const struct overrides *from = NULL;
	const struct indent indent = deeper(p, node);
	struct place inner = {.indent = indent.blanks.n ? &indent : p->indent};

	for (const struct overrides *o = p->over; o; o = o->outer) {
		found = find_block(o, node->name);
		if (found) {
			body = found;
			from = o;
		}
	}
	if (!body)
		return put_nodes(r, p, s, at + 1, node->end);
	inner.t = from->t;
	inner.over = from->outer;
	inner.margin = body->margin;
	inner.within = !node->line;
	at = (size_t)(body - from->t->nodes);
	return put_nodes(r, &inner, s, at + 1, body->end);
}

static int put_node(struct render *r, struct place *p, const struct scope *s, size_t at)
{
	const struct mustache_node *node = &p->t->nodes[at];
	const struct overrides over = {p->t, node, p->over};
	const struct doc *v = node->parts ? look_up(s, node->parts) : NULL;

	switch (node->kind) {
	case MUSTACHE_TEXT:
		put_text(r, p, node);
		return 0;
	case MUSTACHE_LINE:
		begin_line(r, p);
		return 0;
	case MUSTACHE_VALUE:
	case MUSTACHE_RAW:
		put_value(r->out, v, node->kind == MUSTACHE_VALUE);
		return 0;
	case MUSTACHE_SECTION:
		return put_section(r, p, s, at, v);
	case MUSTACHE_INVERTED:
		return is_true(v) ? 0 : put_nodes(r, p, s, at + 1, node->end);
	case MUSTACHE_PARTIAL:
		return put_template(r, p, s, node, p->over);
	case MUSTACHE_PARENT:
		return put_template(r, p, s, node, &over);
	case MUSTACHE_BLOCK:
		return put_block(r, p, s, at);
	}
	return ERR_INTERNAL;
}

static int put_nodes(
	struct render *r, struct place *p, const struct scope *s, size_t from, size_t to)
{
	int err = r->depth == MUSTACHE_DEPTH * 2 ? ERR_TOOBIG : 0;

	r->depth++;
	r->steps++; /* an empty list of nodes takes its time too */
	while (from < to && err == 0) {
		err = ++r->steps > MUSTACHE_STEPS || !buf_ok(r->out) ? ERR_TOOBIG
								     : put_node(r, p, s, from);
		from = p->t->nodes[from].end;
	}
	r->depth--;
	return err;
}

int mustache_render(
	const struct mustache_template *t, const struct doc *const *docs, size_t n, struct buf *out)
{
	struct scope scopes[MUSTACHE_DOCS];
	struct place p = {.t = t};
	struct render r = {.out = out};
	int err;

	if (n == 0 || n > MUSTACHE_DOCS)
		return ERR_USAGE;
	for (size_t i = 0; i < n; i++)
		scopes[i] = (struct scope){docs[i], i ? &scopes[i - 1] : NULL};
	err = put_nodes(&r, &p, &scopes[n - 1], 0, t->n);
	return err == 0 && !buf_ok(out) ? ERR_TOOBIG : err;
}
