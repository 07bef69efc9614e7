/* SPDX-License-Identifier: EUPL-1.2 */
/* What an uploaded file is: by its content, whatever its name says. */
#include "mdm/media_int.h"

#include "base/packed.h"
#include "base/text.h"

#define TAIL_BYTES 2048
#define XML_MOST (1u << 20)
#define TITLE_MOST 200

/* --- PDF (ISO 32000) --- */

static bool tail_has(struct bytes in, const char *word)
{
	size_t n = in.n < TAIL_BYTES ? in.n : TAIL_BYTES;

	return memmem(in.p + in.n - n, n, word, strlen(word)) != NULL;
}

static bool pdf_ok(struct bytes in)
{
	bool head = in.n > 64 && memcmp(in.p, "%PDF-", 5) == 0 &&
		    (in.p[5] == '1' || in.p[5] == '2') && in.p[6] == '.';

	return head && tail_has(in, "startxref") && tail_has(in, "%%EOF");
}

/* --- EPUB (OCF 3.3) --- */

static const struct xml_limits xml_limits = {
	.bytes = XML_MOST, .depth = 32, .elements = 20000, .entities = 2000, .namespaces = true};

struct reading {
	struct arena *a;
	const char *opf;            /* full-path of the package, from container.xml */
	const char *title, *author; /* the first of each */
	const char **into;          /* where the text goes that is being read */
	struct buf text;
};

static int container_start(void *ctx, const char *name, const char *const *attributes)
{
	struct reading *r = ctx;

	if (!text_equal(name, "rootfile") || r->opf)
		return 0;
	for (; attributes[0]; attributes += 2) {
		if (text_equal(attributes[0], "full-path") && *attributes[1])
			r->opf = arena_strdup(r->a, attributes[1]);
	}
	return 0;
}

static int opf_start(void *ctx, const char *name, const char *const *attributes)
{
	struct reading *r = ctx;

	(void)attributes;
	r->into = text_equal(name, "title") && !r->title      ? &r->title
		  : text_equal(name, "creator") && !r->author ? &r->author
							      : NULL;
	buf_reset(&r->text);
	return 0;
}

static int opf_text(void *ctx, const char *s, size_t n)
{
	struct reading *r = ctx;

	if (r->into)
		buf_add(&r->text, s, n);
	return 0;
}

static int opf_end(void *ctx, const char *name)
{
	struct reading *r = ctx;

	(void)name;
	if (r->into && buf_ok(&r->text) && r->text.n)
		*r->into = arena_strdup(r->a, buf_str(&r->text));
	r->into = NULL;
	return 0;
}

static int part_parse(
	struct packed *p, const char *name, const struct xml_handler *h, struct reading *r)
{
	AUTO(buf) struct buf b = BUF_INIT(XML_MOST);
	int err = packed_read(p, name, &b);

	return err ? err : xml_parse(buf_bytes(&b), &xml_limits, h, r);
}

/* Its first file is its type, stored as it is, so that the words stand at a fixed place. */
static bool mimetype_ok(struct bytes in, struct packed *p)
{
	static const char type[] = "application/epub+zip";
	AUTO(buf) struct buf b = BUF_INIT(64);

	return in.n > 58 && memcmp(in.p + 30, "mimetype", 8) == 0 &&
	       memcmp(in.p + 38, type, sizeof(type) - 1) == 0 &&
	       text_equal(packed_first(p), "mimetype") && packed_read(p, "mimetype", &b) == 0 &&
	       text_equal(buf_str(&b), type);
}

static int epub_read(struct bytes in, struct arena *a, struct mdm_media_content *ret)
{
	static const struct xml_handler container = {.start = container_start};
	static const struct xml_handler opf = {
		.start = opf_start, .end = opf_end, .text = opf_text};
	AUTO(packed) struct packed *p = NULL;
	struct reading r = {.a = a, .text = BUF_INIT(TITLE_MOST)};
	int err = packed_open(in, &p);

	if (err == 0 && !mimetype_ok(in, p))
		err = ERR_BADINPUT;
	if (err == 0)
		err = part_parse(p, "META-INF/container.xml", &container, &r);
	if (err == 0)
		err = r.opf ? part_parse(p, r.opf, &opf, &r) : ERR_BADINPUT;
	buf_release(&r.text);
	if (err == 0)
		*ret = (struct mdm_media_content){
			.kind = MDM_MEDIA_EPUB, .title = r.title, .author = r.author};
	return err;
}

int mdm_media_judge(
	struct bytes in, struct arena *a, struct mdm_media_content *ret, struct refusal *r)
{
	if (in.n > MDM_MEDIA_MOST)
		return refuse(r, &mdm_say_media_big, NULL, NULL, NULL);
	if (in.n > 4 && memcmp(in.p, "%PDF", 4) == 0) {
		if (!pdf_ok(in))
			return refuse(r, &mdm_say_media_pdf, NULL, NULL, NULL);
		*ret = (struct mdm_media_content){.kind = MDM_MEDIA_PDF};
		return 0;
	}
	if (in.n > 4 && memcmp(in.p, "PK\3\4", 4) == 0) {
		if (epub_read(in, a, ret) != 0)
			return refuse(r, &mdm_say_media_epub, NULL, NULL, NULL);
		return 0;
	}
	return refuse(r, &mdm_say_media_kind, NULL, NULL, NULL);
}
