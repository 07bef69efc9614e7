/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Plain XML without libxml2, which makes a parser anew for each message. Read twice: first whether
 * it is plain and well-formed from end to end, then for the handler.
 */
#include "base/xml_int.h"

#define BYTES_MOST (1u << 20) /* far below where libxml2 has limits of its own */
#define DEEP 64
#define NAME_MOST 31

static const char declaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
static const char doctype[] = "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
			      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">";
static const char version[] = " version=\"1.0\"";

enum token_kind { TOKEN_TEXT, TOKEN_START, TOKEN_EMPTY, TOKEN_END, TOKEN_STOP, TOKEN_ODD };

struct token {
	enum token_kind kind;
	struct bytes text; /* or the name */
	bool versioned;
};

struct reader {
	const uint8_t *p, *end;
};

static bool is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool take_literal(struct reader *r, const char *s, size_t n)
{
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, s, n) != 0)
		return false;
	r->p += n;
	return true;
}
#define TAKE_LITERAL(r, s) take_literal((r), (s), sizeof(s) - 1)

static void skip_blanks(struct reader *r)
{
	while (r->p < r->end && is_blank(*r->p))
		r->p++;
}

static struct reader reader_begin(struct bytes in)
{
	struct reader r = {in.p, in.p + in.n};

	(void)TAKE_LITERAL(&r, declaration);
	skip_blanks(&r);
	(void)TAKE_LITERAL(&r, doctype);
	return r;
}

static struct bytes take_name(struct reader *r)
{
	const uint8_t *from = r->p;

	if (r->p < r->end && is_letter(*r->p)) {
		while (r->p < r->end && (is_letter(*r->p) || (*r->p >= '0' && *r->p <= '9')))
			r->p++;
	}
	return bytes_of(from, (size_t)(r->p - from));
}

static struct token take_tag(struct reader *r)
{
	struct token t = {.kind = TAKE_LITERAL(r, "</") ? TOKEN_END : TOKEN_START};

	if (t.kind == TOKEN_START)
		r->p++;
	t.text = take_name(r);
	if (t.kind == TOKEN_START) {
		t.versioned = TAKE_LITERAL(r, version);
		if (TAKE_LITERAL(r, "/"))
			t.kind = TOKEN_EMPTY;
	}
	if (t.text.n == 0 || t.text.n > NAME_MOST || !TAKE_LITERAL(r, ">"))
		t.kind = TOKEN_ODD;
	return t;
}

static struct token take(struct reader *r)
{
	const uint8_t *from = r->p, *tag;

	if (from == r->end)
		return (struct token){.kind = TOKEN_STOP};
	if (*from == '<')
		return take_tag(r);
	tag = memchr(from, '<', (size_t)(r->end - from));
	r->p = tag ? tag : r->end;
	return (struct token){.kind = TOKEN_TEXT, .text = bytes_of(from, (size_t)(r->p - from))};
}

/* --- is it plain? --- */

static bool is_plain_text(struct bytes b)
{
	unsigned odd = 0;

	for (size_t i = 0; i < b.n; i++) {
		uint8_t c = b.p[i];

		odd |= (c < ' ' && c != '\t' && c != '\n') | (c > '~') | (c == '&') | (c == '>');
	}
	return !odd;
}

static bool is_all_blank(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++) {
		if (!is_blank(b.p[i]))
			return false;
	}
	return true;
}

struct nest {
	struct bytes open[DEEP];
	unsigned depth, roots;
};

static bool nest_opens(struct nest *n, const struct token *t)
{
	if (n->depth == 0)
		n->roots++;
	if (n->depth == DEEP || n->roots > 1)
		return false;
	if (t->kind == TOKEN_START)
		n->open[n->depth++] = t->text;
	return true;
}

static bool nest_closes(struct nest *n, const struct token *t)
{
	return n->depth > 0 && bytes_equal(n->open[--n->depth], t->text);
}

bool xml_is_plain(struct bytes in)
{
	struct reader r = reader_begin(in);
	struct nest n = {.depth = 0};

	while (in.n <= BYTES_MOST) {
		struct token t = take(&r);
		bool fits = false;

		switch (t.kind) {
		case TOKEN_TEXT:
			fits = n.depth ? is_plain_text(t.text) : is_all_blank(t.text);
			break;
		case TOKEN_START:
		case TOKEN_EMPTY:
			fits = nest_opens(&n, &t);
			break;
		case TOKEN_END:
			fits = nest_closes(&n, &t);
			break;
		case TOKEN_STOP:
			return n.depth == 0 && n.roots == 1;
		case TOKEN_ODD:
			break;
		}
		if (!fits)
			break;
	}
	return false;
}

/* --- telling it --- */

struct telling {
	const struct xml_limits *limits;
	const struct xml_handler *h;
	void *ctx;
	unsigned depth;
	size_t elements;
};

static int tell_tag(struct telling *x, const struct token *t)
{
	static const char *const none[] = {NULL}, *const one[] = {"version", "1.0", NULL};
	char name[NAME_MOST + 1];
	int err = 0;

	memcpy(name, t->text.p, t->text.n);
	name[t->text.n] = '\0';
	if (t->kind != TOKEN_END) {
		if (++x->depth > x->limits->depth || ++x->elements > x->limits->elements)
			return ERR_TOOBIG;
		if (x->h->start)
			err = x->h->start(x->ctx, name, t->versioned ? one : none);
	}
	if (err == 0 && t->kind != TOKEN_START) {
		x->depth--;
		if (x->h->end)
			err = x->h->end(x->ctx, name);
	}
	return err;
}

int xml_parse_plain(
	struct bytes in, const struct xml_limits *limits, const struct xml_handler *h, void *ctx)
{
	struct telling x = {.limits = limits, .h = h, .ctx = ctx};
	struct reader r = reader_begin(in);
	int err = 0;

	while (err == 0) {
		struct token t = take(&r);

		if (t.kind == TOKEN_STOP)
			break;
		if (t.kind != TOKEN_TEXT)
			err = tell_tag(&x, &t);
		else if (x.depth > 0 && h->text)
			err = h->text(ctx, (const char *)t.text.p, t.text.n);
	}
	return err;
}
