/* SPDX-License-Identifier: EUPL-1.2 */
/* What iPads fetch of mailings: books, and the links of surveys. Neither writes a line. */
#include "mdm/media_int.h"

#include "base/text.h"

#define LINK_MOST 64

/* --- GET /m/{word}/{name} --- */

struct serving {
	struct mdm *m;
	struct mdm_media media;
	struct arena *a;
	uint64_t from;
	/* one read of it */
	uint64_t at;
	uint8_t *to;
	size_t room;
	int got;
};

static int media_in(struct store_txn *txn, void *arg)
{
	struct serving *s = arg;

	return mdm_media_get(txn, s->a, s->media.id, &s->media);
}

static int piece_in(struct store_txn *txn, void *arg)
{
	struct serving *s = arg;
	uint64_t at = s->from + s->at;
	size_t skip = (size_t)(at % MDM_PIECE_BYTES), n;
	struct bytes piece;
	int err = mdm_piece_get(txn, s->media.id, (uint32_t)(at / MDM_PIECE_BYTES), &piece);

	if (err)
		return err;
	if (piece.n <= skip)
		return ERR_CORRUPT;
	n = piece.n - skip < s->room ? piece.n - skip : s->room;
	memcpy(s->to, piece.p + skip, n);
	s->got = (int)n;
	return 0;
}

static int serve_read(void *ctx, uint64_t at, uint8_t *to, size_t room)
{
	struct serving *s = ctx;
	int err;

	s->at = at;
	s->to = to;
	s->room = room;
	err = store_read(s->m->st, piece_in, s);
	return err ? err : s->got;
}

/* RFC 9110 section 14: one range, as a download that was broken off asks for it. */
static bool range_parse(const char *s, uint64_t whole, uint64_t *ret_from, uint64_t *ret_to)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *dash = s && text_starts(s, "bytes=") ? strchr(s + 6, '-') : NULL;
	uint64_t from, to = whole - 1;

	if (!dash || strchr(s, ',') ||
		text_parse_u64(arena_strndup(a, s + 6, (size_t)(dash - s - 6)), &from) != 0)
		return false;
	if (dash[1] && text_parse_u64(dash + 1, &to) != 0)
		return false;
	if (to > whole - 1)
		to = whole - 1;
	if (from > to)
		return false;
	*ret_from = from;
	*ret_to = to;
	return true;
}

static int media_reply(struct http_request *rq, struct serving *s)
{
	uint64_t whole = (uint64_t)s->media.bytes, to = whole - 1;
	bool part = range_parse(http_header(rq, "Range"), whole, &s->from, &to);
	const char *type =
		s->media.kind == MDM_MEDIA_PDF ? "application/pdf" : "application/epub+zip";

	http_reply_header(rq, "Accept-Ranges", "bytes");
	if (part)
		http_reply_header(rq, "Content-Range",
			arena_printf(rq->arena, "bytes %llu-%llu/%llu", (unsigned long long)s->from,
				(unsigned long long)to, (unsigned long long)whole));
	return http_reply_pieces(rq, part ? 206 : 200, type, to - s->from + 1, serve_read, s);
}

int mdm_http_media(struct http_request *rq, void *ctx)
{
	struct serving *s = ARENA_NEW(rq->arena, struct serving);
	const char *word = http_param(rq, "word");
	int err;

	*s = (struct serving){.m = ctx, .a = rq->arena, .media = {.id = word}};
	if (strlen(word) > LINK_MOST)
		return ERR_NOTFOUND;
	err = store_read(s->m->st, media_in, s);
	if (err == 0 && !text_equal(s->media.name, http_param(rq, "name")))
		err = ERR_NOTFOUND;
	return err ? err : media_reply(rq, s);
}

/* --- GET /e/{word} --- */

static const struct say used = {
	"survey.used", {"Den här länken är redan använd. Enkäten går att svara på en gång.",
			       "Tätä linkkiä on jo käytetty. Kyselyyn voi vastata kerran.",
			       "This link has been used. The survey can be answered once."}};
static const struct say over = {
	"survey.over", {"Enkäten är avslutad. Tack för att du ville svara.",
			       "Kysely on päättynyt. Kiitos, että halusit vastata.",
			       "The survey is over. Thank you for wanting to answer."}};

struct opening {
	struct arena *a;
	const char *word, *url;
	bool withdrawn;
	bool again; /* opened a moment ago: the answer may have been lost */
};

/* Spent and counted together; nothing that is kept tells whose it was or when. */
static int open_in(struct store_txn *txn, void *arg)
{
	struct opening *o = arg;
	struct mdm_mailing x;
	const char *id;
	int err = mdm_link_take(txn, o->a, o->word, &id);
	bool first = err == 0;

	if (err == ERR_EXPIRED && o->again)
		err = mdm_link_again(txn, o->a, o->word, &id);
	if (err == 0)
		err = mdm_mailing_get(txn, o->a, id, &x);
	if (err)
		return err;
	o->withdrawn = x.state == MDM_MAILING_WITHDRAWN;
	o->url = x.url;
	x.opened += first;
	return first ? mdm_mailing_put(txn, &x) : 0;
}

int mdm_http_link(struct http_request *rq, void *ctx)
{
	struct mdm *m = ctx;
	struct opening o = {.a = rq->arena, .word = http_param(rq, "word")};
	int err;

	o.again = mdm_grace_holds(m->grace, o.word, rq->now);
	err = strlen(o.word) > LINK_MOST ? ERR_NOTFOUND : store_write(m->st, open_in, &o);
	if (err == 0 && !o.again)
		mdm_grace_note(m->grace, o.word, rq->now);
	http_reply_header(rq, "Referrer-Policy", "no-referrer");
	if (err == ERR_EXPIRED)
		return http_reply_error(rq, err, say_plain(&used, rq->lang));
	if (err)
		return err;
	if (o.withdrawn)
		return http_reply_error(rq, ERR_EXPIRED, say_plain(&over, rq->lang));
	http_reply_header(rq, "Location", o.url);
	return http_reply_empty(rq, 303);
}
