/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts of pages. They stand in po/, one catalogue a language; tools/po compiles them in. A
 * template names one as {{t.KEY}}. It is put in its place before the template is read, once a
 * language, so that a text may itself hold {{names}}, in the order its language wants them.
 */
#include "web/web_int.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

#define TEMPLATE_MOST (1u << 20)
#define KEY_MOST 80

static int by_key(const void *a, const void *b)
{
	return strcmp(a, ((const struct web_text *)b)->key);
}

const char *web_text(enum say_lang lang, const char *key)
{
	const struct web_text *t =
		bsearch(key, web_texts, web_text_count, sizeof(*web_texts), by_key);

	return t ? t->text[lang] : NULL;
}

/* As HTML, but for what stands in braces, which the template's renderer escapes. */
static void put_text(struct buf *out, const char *s)
{
	static const char *const signs[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

	while (*s) {
		const char *end = text_starts(s, "{{") ? strstr(s, "}}") : NULL;

		if (end) {
			buf_add(out, s, (size_t)(end + 2 - s));
			s = end + 2;
			continue;
		}
		if ((unsigned char)*s < 128 && signs[(unsigned char)*s])
			buf_add_str(out, signs[(unsigned char)*s]);
		else
			buf_add_char(out, *s);
		s++;
	}
}

int web_texts_fill(enum say_lang lang, struct bytes template, struct buf *out)
{
	static const char open[] = "{{t.";
	const size_t n = sizeof(open) - 1;
	struct bytes left = template;

	while (left.n) {
		const uint8_t *at = memmem(left.p, left.n, open, n), *end;
		char key[KEY_MOST];

		buf_add(out, left.p, at ? (size_t)(at - left.p) : left.n);
		if (!at)
			break;
		left = bytes_of(at + n, left.n - (size_t)(at - left.p) - n);
		end = memmem(left.p, left.n, "}}", 2);
		if (!end || (size_t)(end - left.p) >= sizeof(key))
			return ERR_BADINPUT;
		memcpy(key, left.p, (size_t)(end - left.p));
		key[end - left.p] = '\0';
		if (!web_text(lang, key)) {
			log_event(LOG_ERROR, "web.text", "key=%s why=%s", key, "in no catalogue");
			return ERR_NOTFOUND;
		}
		put_text(out, web_text(lang, key));
		left = bytes_of(end + 2, left.n - (size_t)(end - left.p) - 2);
	}
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}

static void buf_end(void *p)
{
	buf_release(p);
}

static int file_fill(struct arena *a, enum say_lang lang, struct http_file *f)
{
	struct buf *b;
	int err;

	if (!text_starts(f->type, "text/html"))
		return 0;
	b = ARENA_NEW(a, struct buf);
	b->limit = TEMPLATE_MOST;
	arena_defer(a, buf_end, b);
	err = web_texts_fill(lang, f->body, b);
	f->body = buf_bytes(b);
	return err;
}

int web_texts_pages(struct arena *a, enum say_lang lang, struct http_pages **ret)
{
	struct http_file *files;
	size_t n = 0;

	while (web_files[n].name)
		n++;
	files = ARENA_ARRAY(a, struct http_file, n + 1);
	memcpy(files, web_files, n * sizeof(*files));
	for (size_t i = 0; i < n; i++) {
		int err = file_fill(a, lang, &files[i]);

		if (err) {
			log_event(LOG_ERROR, "web.template", "name=%s err=%s", files[i].name,
				err_name(err));
			return err;
		}
	}
	return http_pages_new(files, ret);
}
