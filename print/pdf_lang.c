/* SPDX-License-Identifier: EUPL-1.2 */
/* The language of a PDF, added behind what cairo wrote: its catalog once more, with /Lang. */
#include "print/print_int.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>

/* The last place of a text. */
static const uint8_t *find_last(struct bytes in, const char *what)
{
	size_t n = strlen(what);

	for (size_t at = in.n >= n ? in.n - n + 1 : 0; at-- > 0;) {
		if (memcmp(in.p + at, what, n) == 0)
			return in.p + at;
	}
	return NULL;
}

static bool number_behind(struct bytes in, const uint8_t *from, const char *word, size_t *ret)
{
	const uint8_t *end = in.p + in.n;
	const uint8_t *p = memmem(from, (size_t)(end - from), word, strlen(word));
	size_t v = 0;

	if (!p)
		return false;
	for (p += strlen(word); p < end && isspace(*p); p++)
		;
	if (p == end || !isdigit(*p))
		return false;
	for (; p < end && isdigit(*p) && v < SIZE_MAX / 100; p++)
		v = v * 10 + (size_t)(*p - '0');
	*ret = v;
	return true;
}

struct pieces {
	size_t root, size, info, xref;
	struct bytes catalog; /* from "<<" to before "endobj" */
};

static int take_apart(struct bytes in, struct pieces *ret)
{
	AUTO(buf) struct buf head = BUF_INIT(64);
	const uint8_t *trailer = find_last(in, "trailer"), *start, *end;

	if (!trailer || !number_behind(in, trailer, "/Root", &ret->root) ||
		!number_behind(in, trailer, "/Size", &ret->size) ||
		!number_behind(in, trailer, "/Info", &ret->info) ||
		!number_behind(in, trailer, "startxref", &ret->xref))
		return ERR_CORRUPT;
	buf_printf(&head, "\n%zu 0 obj\n", ret->root);
	start = find_last(in, buf_str(&head));
	if (!start)
		return ERR_CORRUPT;
	start += head.n;
	end = memmem(start, (size_t)(in.p + in.n - start), "endobj", 6);
	if (!end)
		return ERR_CORRUPT;
	ret->catalog = bytes_of(start, (size_t)(end - start));
	return 0;
}

int print_pdf_lang(const char *lang, struct buf *pdf)
{
	static const char type[] = "/Type /Catalog";
	AUTO(arena) struct arena *a = arena_new();
	struct pieces x;
	const char *catalog, *after;
	size_t at;
	int err = take_apart(buf_bytes(pdf), &x);

	if (err)
		return err;
	for (const char *s = lang; *s; s++) {
		if (!isalnum((unsigned char)*s) && *s != '-')
			return ERR_BADINPUT;
	}
	catalog = arena_strndup(a, x.catalog.p, x.catalog.n);
	after = strstr(catalog, type);
	if (!after || strstr(catalog, "/Lang"))
		return ERR_CORRUPT;
	after += sizeof(type) - 1;
	buf_add_char(pdf, '\n');
	at = pdf->n;
	buf_printf(pdf,
		"%zu 0 obj\n%.*s\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true "
		">>%sendobj\n",
		x.root, (int)(after - catalog), catalog, lang, after);
	x.size = x.size > x.root ? x.size : x.root + 1;
	{
		size_t table = pdf->n;

		buf_printf(pdf,
			"xref\n%zu 1\n%010zu 00000 n \ntrailer\n<< /Size %zu\n   /Root %zu 0 R\n"
			"   /Info %zu 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
			x.root, at, x.size, x.root, x.info, x.xref, table);
	}
	return buf_ok(pdf) ? 0 : ERR_TOOBIG;
}
