/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

#include <stdlib.h>

struct leaf { /* one row of a table */
	const struct http_route *route;
	void *ctx;
	struct bytes names[HTTP_PARAMS];
	size_t name_count;
	struct leaf *next;
};

struct node { /* one segment; its children are the segments that may follow */
	struct bytes text;
	struct node **children; /* literal ones, sorted */
	size_t child_count;
	struct node *param; /* any one segment */
	struct leaf *leaves;
};

struct http_map {
	struct arena *arena;
	struct node root;
};

/* --- finding --- */

static int text_order(struct bytes a, struct bytes b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Where the child is, or where it would have to stand. */
static size_t child_place(const struct node *at, struct bytes text)
{
	size_t low = 0, high = at->child_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (text_order(at->children[middle]->text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct node *child_find(const struct node *at, struct bytes text)
{
	size_t i = child_place(at, text);

	return i < at->child_count && bytes_equal(at->children[i]->text, text) ? at->children[i]
									       : NULL;
}

static bool leaf_is_open(const struct leaf *l, unsigned sides)
{
	return (l->route->sides & sides) && l->route->caller != HTTP_NOBODY;
}

static bool node_is_open(const struct node *at, unsigned sides)
{
	for (const struct leaf *l = at->leaves; l; l = l->next) {
		if (leaf_is_open(l, sides))
			return true;
	}
	return false;
}

/* "/a/b" is "a", "b"; "/a/" is "a", "". Returns the count, 0 when there are too many. */
static size_t path_split(struct bytes path, struct bytes out[HTTP_SEGMENTS])
{
	const uint8_t *p = path.p + 1, *end = path.p + path.n;

	for (size_t n = 0; n < HTTP_SEGMENTS; n++) {
		const uint8_t *slash = p < end ? memchr(p, '/', (size_t)(end - p)) : NULL;

		out[n] = bytes_of(p, (size_t)((slash ? slash : end) - p));
		if (!slash)
			return n + 1;
		p = slash + 1;
	}
	return 0;
}

struct search {
	unsigned sides;
	const struct bytes *segments;
	size_t n;
	struct bytes taken[HTTP_PARAMS];
	size_t taken_count;
};

/*
 * A literal segment goes before a parameter; a branch that ends nowhere is taken back. The depth
 * is that of the tables, not of the request.
 */
static const struct node *node_search(const struct node *at, size_t i, struct search *s)
{
	const struct node *found, *child;

	if (i == s->n)
		return node_is_open(at, s->sides) ? at : NULL;
	child = child_find(at, s->segments[i]);
	found = child ? node_search(child, i + 1, s) : NULL;
	if (found || !at->param || s->segments[i].n == 0)
		return found;
	s->taken[s->taken_count++] = s->segments[i];
	found = node_search(at->param, i + 1, s);
	if (!found)
		s->taken_count--;
	return found;
}

static const struct leaf *leaf_find(const struct node *at, const char *method, unsigned sides)
{
	for (const struct leaf *l = at->leaves; l; l = l->next) {
		if (leaf_is_open(l, sides) && text_equal(l->route->method, method))
			return l;
	}
	return text_equal(method, "HEAD") ? leaf_find(at, "GET", sides) : NULL;
}

static const char *methods_allowed(const struct node *at, unsigned sides, struct arena *a)
{
	char *s = arena_strdup(a, "");

	for (const struct leaf *l = at->leaves; l; l = l->next) {
		if (!leaf_is_open(l, sides))
			continue;
		s = arena_printf(a, "%s%s%s", s, s[0] ? ", " : "", l->route->method);
		if (text_equal(l->route->method, "GET"))
			s = arena_printf(a, "%s, HEAD", s);
	}
	return s;
}

int http_map_find(const struct http_map *m, struct arena *a, const char *method, unsigned sides,
	struct bytes path, struct http_match *ret)
{
	struct bytes segments[HTTP_SEGMENTS];
	struct search s = {.sides = sides, .segments = segments};
	const struct node *at;
	const struct leaf *l;

	if (path.n == 0 || path.p[0] != '/')
		return ERR_NOTFOUND;
	s.n = path_split(path, segments);
	at = s.n ? node_search(&m->root, 0, &s) : NULL;
	if (!at)
		return ERR_NOTFOUND;
	*ret = (struct http_match){0};
	l = leaf_find(at, method, sides);
	if (!l) {
		ret->allow = methods_allowed(at, sides, a);
		return 0;
	}
	ret->route = l->route;
	ret->ctx = l->ctx;
	ret->param_count = l->name_count;
	for (size_t i = 0; i < l->name_count; i++)
		ret->params[i] = (struct http_param){l->names[i], s.taken[i]};
	return 0;
}

/* --- building --- */

static struct node *child_add(struct http_map *m, struct node *at, struct bytes text)
{
	struct node *child = child_find(at, text), **grown;
	size_t place = child_place(at, text);

	if (child)
		return child;
	child = ARENA_NEW(m->arena, struct node);
	child->text = text;
	grown = ARENA_ARRAY(m->arena, struct node *, at->child_count + 1);
	if (at->child_count) {
		memcpy(grown, at->children, place * sizeof(struct node *));
		memcpy(grown + place + 1, at->children + place,
			(at->child_count - place) * sizeof(struct node *));
	}
	grown[place] = child;
	at->children = grown;
	at->child_count++;
	return child;
}

/* "{name}" is a parameter; a brace anywhere else is a slip. */
static int segment_add(struct http_map *m, struct node **at, struct bytes text, struct leaf *l)
{
	bool braces = memchr(text.p, '{', text.n) || memchr(text.p, '}', text.n);

	if (!braces) {
		*at = child_add(m, *at, text);
		return 0;
	}
	if (text.n < 3 || text.p[0] != '{' || text.p[text.n - 1] != '}' ||
		l->name_count == HTTP_PARAMS)
		return ERR_USAGE;
	l->names[l->name_count] = bytes_of(text.p + 1, text.n - 2);
	for (size_t i = 0; i < l->name_count; i++) {
		if (bytes_equal(l->names[i], l->names[l->name_count]))
			return ERR_USAGE;
	}
	l->name_count++;
	if (!(*at)->param)
		(*at)->param = ARENA_NEW(m->arena, struct node);
	*at = (*at)->param;
	return 0;
}

static bool route_is_whole(const struct http_route *r)
{
	return r->path && r->path[0] == '/' && r->sides &&
	       (r->caller == HTTP_NOBODY || ((unsigned)r->caller < HTTP_CALLERS && r->handler));
}

static int route_add(struct http_map *m, const struct http_route *r, void *ctx)
{
	struct bytes segments[HTTP_SEGMENTS];
	struct leaf *l = ARENA_NEW(m->arena, struct leaf), **end;
	struct node *at = &m->root;
	size_t n;

	if (!route_is_whole(r))
		return ERR_USAGE;
	l->route = r;
	l->ctx = ctx;
	n = path_split(bytes_of_str(r->path), segments);
	if (n == 0)
		return ERR_USAGE;
	for (size_t i = 0; i < n; i++) {
		if (segment_add(m, &at, segments[i], l) != 0)
			return ERR_USAGE;
	}
	for (end = &at->leaves; *end; end = &(*end)->next) {
		if (text_equal((*end)->route->method, r->method) &&
			((*end)->route->sides & r->sides))
			return ERR_EXISTS;
	}
	*end = l;
	return 0;
}

int http_map_new(const struct http_routes *tables, size_t n, struct http_map **ret,
	const struct http_route **ret_bad)
{
	struct http_map *m = mem_zalloc(sizeof(*m));

	m->arena = arena_new();
	for (size_t i = 0; i < n; i++) {
		for (const struct http_route *r = tables[i].routes; r->method; r++) {
			int err = route_add(m, r, tables[i].ctx);

			if (err) {
				*ret_bad = r;
				http_map_free(m);
				return err;
			}
		}
	}
	*ret = m;
	return 0;
}

void http_map_free(struct http_map *m)
{
	if (!m)
		return;
	arena_free(m->arena);
	free(m);
}
