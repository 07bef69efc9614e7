/* SPDX-License-Identifier: EUPL-1.2 */
/* The word of a state leads to all that is in it, the word of lateness to the loans that are late, the
 * word of display to what is for display. */
#include "web/find_int.h"

#include "base/fold.h"
#include "base/text.h"

#define DISPLAY_LEAST 5 /* octets of a beginning: "visni", "displ" */

/* The words of a text, folded, with a blank between. */
static const char *plain(struct arena *a, const char *s)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	const char *word[WEB_FIND_WORDS];
	size_t n = fold_words(a, s, WEB_FIND_WORDS, word);

	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s%s", i ? " " : "", word[i]);
	return arena_strdup(a, buf_str(&out));
}

static bool is_meant(struct arena *a, const char *asked, const char *text)
{
	/* "handed in, not inspected" is asked for by its first words */
	return web_find_same(asked, plain(a, arena_strndup(a, text, strcspn(text, ","))));
}

static struct doc *row_add(const struct http_request *rq, struct doc *list, const char *kind, const char *path)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "kind", kind);
	if (web_is_page(rq))
		doc_set_str(row, "href", path);
	return row;
}

/* A list that is no state's: "show" says which, and the page has a sentence of its own for it. */
static void put_show(const struct http_request *rq, struct doc *row, const char *show, const char *text)
{
	doc_set_str(row, "show", show);
	doc_set_str(row, "text", text);
	if (web_is_page(rq))
		doc_set_bool(doc_set_object(row, "shows"), show, true);
}

/* A compound is also asked for by its first word: "visning". */
static bool is_display(struct arena *a, const char *asked, const char *text)
{
	const char *word = plain(a, text);

	return web_find_same(asked, word) || (strlen(asked) >= DISPLAY_LEAST && text_starts(word, asked));
}

static int put_states(struct store_txn *txn, const struct http_request *rq, const char *asked, struct doc *list)
{
	uint64_t n[INV_STATES] = {0};
	int err = inv_count_by_state(txn, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		const char *name = inv_state_name((enum inv_state)s);
		const char *text = say_plain(inv_state_say((enum inv_state)s), rq->lang);
		struct doc *row;

		if (!is_meant(rq->arena, asked, text))
			continue;
		row = row_add(rq, list, "items", arena_printf(rq->arena, "/items?state=%s", name));
		doc_set_str(row, "state", name);
		doc_set_str(row, "text", text);
		doc_set_int(row, "count", (int64_t)n[s]);
	}
	return err;
}

int web_find_states(struct web *w, struct store_txn *txn, struct http_request *rq, const char *q,
	struct doc *d)
{
	struct doc *list = doc_set_list(d, "states");
	const char *asked = plain(rq->arena, q), *late = web_text(rq->lang, "loans.is_late"),
		   *display = web_text(rq->lang, "field.display");
	bool things = *asked && web_find_may(w, rq, "items");
	int err = things ? put_states(txn, rq, asked, list) : 0;

	if (err)
		return err;
	if (*asked && is_meant(rq->arena, asked, late) && web_find_may(w, rq, "loans"))
		put_show(rq, row_add(rq, list, "loans", "/loans?show=late"), "late", late);
	if (things && is_display(rq->arena, asked, display))
		put_show(rq, row_add(rq, list, "items", "/items?display=yes"), "display", display);
	return 0;
}
