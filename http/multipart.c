/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * multipart/form-data (RFC 7578) as browsers send it: what a form with a file is. Pure. Strict, since
 * nobody else sends it to us: no preamble, no folded headers, no nested parts, no transfer encodings.
 */
#include "base/text.h"
#include "http/http_int.h"

#define BOUNDARY_MOST 70 /* RFC 2046, 5.1.1 */
#define HEADERS_MOST 2048
#define NAME_MOST 200

struct parts {
	struct arena *a;
	struct bytes left;
	struct bytes between; /* CRLF "--" boundary */
	struct http_upload *files;
	size_t file_n, field_n, part_n;
	struct doc *d;
};

/* The value of one parameter of a header, quoted or bare; NULL: absent. */
static const char *param_find(struct arena *a, const char *header, const char *name)
{
	size_t n = strlen(name);

	while ((header = strchr(header, ';'))) {
		header += strspn(header, "; \t");
		if (strncasecmp(header, name, n) != 0 || header[n] != '=')
			continue;
		header += n + 1;
		if (*header != '"')
			return arena_strndup(a, header, strcspn(header, "; \t"));
		header++;
		return strchr(header, '"') ? arena_strndup(a, header, strcspn(header, "\"")) : NULL;
	}
	return NULL;
}

static bool take(struct bytes *left, const char *what)
{
	size_t n = strlen(what);

	if (left->n < n || memcmp(left->p, what, n) != 0)
		return false;
	*left = bytes_of(left->p + n, left->n - n);
	return true;
}

/* What stands before the next `end`, which is taken as well. ERR_BADINPUT: there is none. */
static int until(struct bytes *left, struct bytes end, struct bytes *ret)
{
	const uint8_t *at = memmem(left->p, left->n, end.p, end.n);

	if (!at)
		return ERR_BADINPUT;
	*ret = bytes_of(left->p, (size_t)(at - left->p));
	*left = bytes_of(at + end.n, left->n - ret->n - end.n);
	return 0;
}

struct head {
	const char *name, *filename, *type;
};

static int head_parse(struct parts *x, struct bytes raw, struct head *ret)
{
	char *line, *save = NULL, *text;

	if (raw.n > HEADERS_MOST || memchr(raw.p, '\0', raw.n) || !text_is_utf8(raw))
		return ERR_BADINPUT;
	text = arena_strndup(x->a, raw.p, raw.n);
	*ret = (struct head){0};
	for (line = strtok_r(text, "\r\n", &save); line; line = strtok_r(NULL, "\r\n", &save)) {
		if (strncasecmp(line, "Content-Disposition: form-data", 30) == 0) {
			ret->name = param_find(x->a, line, "name");
			ret->filename = param_find(x->a, line, "filename");
		} else if (strncasecmp(line, "Content-Type: ", 14) == 0) {
			ret->type = arena_strdup(x->a, line + 14);
		}
	}
	return text_empty(ret->name) || strlen(ret->name) > NAME_MOST ? ERR_BADINPUT : 0;
}

/* A field for a file in which none was chosen has no name and nothing in it. */
static int file_add(struct parts *x, const struct head *h, struct bytes content)
{
	if (text_empty(h->filename) && content.n == 0)
		return 0;
	if (x->file_n == HTTP_UPLOADS)
		return ERR_TOOBIG;
	x->files[x->file_n++] = (struct http_upload){
		.field = h->name, .name = h->filename, .type = h->type, .content = content};
	return 0;
}

static int text_add(struct parts *x, const struct head *h, struct bytes content)
{
	char *value;

	if (++x->field_n > HTTP_FORM_FIELDS)
		return ERR_TOOBIG;
	if (memchr(content.p, '\0', content.n) || !text_is_utf8(content))
		return ERR_BADINPUT;
	value = arena_strndup(x->a, content.p, content.n);
	http_lines_mend(value);
	http_field_add(x->a, x->d, h->name, value);
	return 0;
}

static int part_take(struct parts *x)
{
	struct bytes raw, content;
	struct head h;
	int err = until(&x->left, bytes_of_str("\r\n\r\n"), &raw);

	/* fields of files in which none was chosen count as well */
	if (err == 0 && ++x->part_n > HTTP_FORM_FIELDS + HTTP_UPLOADS)
		err = ERR_TOOBIG;
	if (err == 0)
		err = head_parse(x, raw, &h);
	if (err == 0)
		err = until(&x->left, x->between, &content);
	if (err)
		return err;
	return h.filename ? file_add(x, &h, content) : text_add(x, &h, content);
}

bool http_is_multipart(const char *content_type)
{
	return content_type && strncasecmp(content_type, "multipart/form-data;", 20) == 0;
}

static int begin(struct parts *x, const char *content_type)
{
	const char *boundary = http_is_multipart(content_type)
				       ? param_find(x->a, content_type, "boundary")
				       : NULL;

	if (text_empty(boundary) || strlen(boundary) > BOUNDARY_MOST)
		return ERR_BADINPUT;
	x->between = bytes_of_str(arena_printf(x->a, "\r\n--%s", boundary));
	return take(&x->left, (const char *)x->between.p + 2) ? 0 : ERR_BADINPUT;
}

int http_multipart_parse(struct arena *a, const char *content_type, struct bytes body,
	struct http_form *ret)
{
	struct parts x = {.a = a, .left = body, .d = doc_new(a)};
	int err = begin(&x, content_type);

	x.files = ARENA_ARRAY(a, struct http_upload, HTTP_UPLOADS);
	while (err == 0 && take(&x.left, "\r\n"))
		err = part_take(&x);
	if (err)
		return err;
	if (!take(&x.left, "--") || (x.left.n && (!take(&x.left, "\r\n") || x.left.n)))
		return ERR_BADINPUT;
	*ret = (struct http_form){.fields = x.d, .files = x.files, .file_n = x.file_n};
	return 0;
}
