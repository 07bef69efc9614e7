/* SPDX-License-Identifier: EUPL-1.2 */
/* A document as a page, and the files that pages load. */
#include "http/http_int.h"
#include "http/mustache_int.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

#define PAGE_MOST (4u * 1024 * 1024)
#define SUFFIX ".mustache"

struct http_pages {
	struct arena *arena;
	struct mustache_set set;
};

static size_t sources_of(
	struct arena *a, const struct http_file *files, struct mustache_source *sources)
{
	size_t n = 0;

	for (; files->name; files++) {
		size_t len = strlen(files->name), end = strlen(SUFFIX);

		if (len <= end || !text_equal(files->name + len - end, SUFFIX))
			continue;
		sources[n++] = (struct mustache_source){
			arena_strndup(a, files->name, len - end), files->body};
	}
	return n;
}

int http_pages_new(const struct http_file *files, struct http_pages **ret)
{
	struct http_pages *p = mem_zalloc(sizeof(*p));
	struct mustache_source *sources;
	struct mustache_fault bad;
	size_t n = 0;
	int err;

	while (files[n].name)
		n++;
	p->arena = arena_new();
	sources = ARENA_ARRAY(p->arena, struct mustache_source, n + 1);
	n = sources_of(p->arena, files, sources);
	err = mustache_set_make(p->arena, sources, n, &p->set, &bad);
	if (err) {
		log_event(LOG_ERROR, "http.template", "name=%s line=%zu err=%s", bad.name, bad.line,
			err_name(err));
		http_pages_free(p);
		return err;
	}
	*ret = p;
	return 0;
}

void http_pages_free(struct http_pages *p)
{
	if (!p)
		return;
	arena_free(p->arena);
	free(p);
}

static void buf_end(void *p)
{
	buf_release(p);
}

static int page_make(struct http_request *rq, const struct mustache_template *t,
	const struct doc *d, struct bytes *ret)
{
	const struct http_options *o = rq->x->options;
	struct buf *out = ARENA_NEW(rq->arena, struct buf);
	struct doc *around = doc_new(rq->arena);
	const struct doc *docs[] = {around, d};
	int err;

	out->limit = PAGE_MOST;
	arena_defer(rq->arena, buf_end, out);
	if (o->pages.around)
		o->pages.around(rq, around, o->pages.ctx);
	err = mustache_render(t, docs, 2, out);
	*ret = buf_bytes(out);
	return err;
}

int http_reply_page(struct http_request *rq, int status, const char *template, struct doc *d)
{
	const struct http_pages *pages = rq->x->options->pages.sets[rq->lang];
	const struct mustache_template *t;
	struct bytes page;
	int err;

	http_reply_header(rq, "Vary", "Accept, Accept-Language");
	if (!pages || http_wants_json(rq))
		return http_reply_doc(rq, status, d);
	t = mustache_find(&pages->set, template);
	err = t ? page_make(rq, t, d, &page) : ERR_INTERNAL;
	if (err) {
		log_event(LOG_ERROR, "http.page", "template=%s err=%s", template, err_name(err));
		return err;
	}
	http_reply_header(rq, "Content-Language", say_lang_name(rq->lang));
	return http_reply(rq, status, "text/html; charset=utf-8", page);
}

/* RFC 9110 section 13.1.2; a weak tag is as good. */
static bool has_it(const struct http_request *rq, const char *quoted)
{
	const char *have = http_header(rq, "If-None-Match");

	return have && (strstr(have, quoted) || text_equal(have, "*"));
}

int http_reply_file(struct http_request *rq, const struct http_file *f)
{
	bool is_packed = f->packed.p && http_takes_gzip(rq);
	/* RFC 9110 section 8.8.3.3: what is packed otherwise has a tag of its own. */
	const char *quoted = arena_printf(rq->arena, "\"%s%s\"", f->tag, is_packed ? "-gzip" : "");
	const char *version = http_query(rq, "v");

	if (f->packed.p)
		http_reply_header(rq, "Vary", "Accept-Encoding");
	http_reply_header(rq, "ETag", quoted);
	http_reply_header(rq, "Cache-Control",
		text_equal(version, f->tag) ? "public, max-age=31536000, immutable"
					    : "public, no-cache");
	if (has_it(rq, quoted))
		return http_reply_empty(rq, 304);
	if (is_packed)
		http_reply_header(rq, "Content-Encoding", "gzip");
	return http_reply(rq, 200, f->type, is_packed ? f->packed : f->body);
}
