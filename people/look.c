/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * May this look be, and is it in the audit log? The log has the kind of the reason, its words are
 * kept sealed (said_db.c). A protected identity's look besides makes a notice for the officer in
 * charge, whose reading of the words is a look too.
 */
#include "people/people_int.h"

#define WORDS_LEAST 8
#define SAME_BACK 6   /* lines of the audit log of a borrower that the same look is sought in */
#define LOOKS_BACK 20 /* and that one with a reason is sought in */

static int decide(
	const struct people_look *look, const struct people_borrower *b, struct refusal *r)
{
	bool said = look->words && !people_text_is_blank(look->words);

	if (b->state == PEOPLE_ERASED)
		return ERR_NOTFOUND;
	if (look->why <= 0 || look->why >= PEOPLE_WHYS)
		return refuse(r, &people_say_no_reason, NULL, NULL, NULL);
	if (said &&
		(people_has_number(look->words) || !people_lines_are(look->words, PEOPLE_TEXT)))
		return refuse(r, &people_say_number_in_words, NULL, NULL, NULL);
	if (!b->is_protected)
		return 0;
	if (look->why == PEOPLE_WHY_LIST)
		return refuse(r, &people_say_in_list, NULL, NULL, NULL);
	if (!said || strlen(look->words) < WORDS_LEAST)
		return refuse(r, &people_say_no_words, NULL, NULL, NULL);
	return 0;
}

/* Were these its words? */
static int is_said(const struct people_noting *n, const struct people_said *want, bool *ret)
{
	struct people_said x = {.borrower = want->borrower, .look = want->look};
	int err = people_said_get(n->p, n->txn, n->a, &x);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err ? text_empty(want->words) : text_equal(x.words, want->words);
	return 0;
}

/* The same look a few minutes ago is this one. A look for a list is part of any other. */
static int is_noted(const struct people_noting *n, const struct people_borrower *b,
	const struct audit_record *like, const char *words, bool *ret)
{
	int64_t lasts = b->is_protected ? PEOPLE_LOOK_PROTECTED_S : PEOPLE_LOOK_S;
	struct audit_record *x;
	bool noted = false;
	size_t rows;
	int err = audit_list(n->txn, b->id, STORE_PIECE_N(n->a, 0, SAME_BACK), &x, &rows);

	for (size_t i = 0; err == 0 && i < rows && !noted; i++) {
		const struct people_said said = {
			.borrower = b->id, .look = x[i].seq, .words = words};

		if (n->who->now - x[i].at < lasts && x[i].at <= n->who->now &&
			text_equal(x[i].actor, n->who->who->actor) &&
			text_equal(x[i].act, like->act) && text_equal(x[i].detail, like->detail))
			err = is_said(n, &said, &noted);
	}
	if (err == 0)
		*ret = noted;
	return err;
}

/* Of the words only that there were any. */
static const char *detail_of(struct arena *a, const struct people_look *look)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "why", people_why_name(look->why));
	if (!text_empty(look->words))
		doc_set_bool(d, "words", true);
	doc_format(d, &text);
	return arena_strdup(a, buf_str(&text));
}

/* The reason this person gave a few minutes ago, other than for a list. */
static int look_again(const struct people_noting *n, const struct people_borrower *b,
	struct people_look *look)
{
	struct audit_record *x;
	size_t rows;
	int err = audit_list(n->txn, b->id, STORE_PIECE_N(n->a, 0, LOOKS_BACK), &x, &rows);

	for (size_t i = 0; err == 0 && i < rows && !look->why && !b->is_protected; i++) {
		const char *why = NULL;
		struct doc *d;

		if (n->who->now - x[i].at >= PEOPLE_LOOK_S || x[i].at > n->who->now ||
			!text_equal(x[i].actor, n->who->who->actor) ||
			!text_equal(x[i].act, "borrower.look"))
			continue;
		if (doc_parse(n->a, bytes_of_str(x[i].detail), &d) == 0)
			why = doc_str(d, "why");
		if (why && people_why_parse(why, &look->why) == 0 &&
			look->why == PEOPLE_WHY_LIST)
			look->why = 0;
	}
	return err;
}

/* The record, its words, and for a protected identity the notice. */
static int write_down(const struct people_noting *n, const struct people_borrower *b,
	const struct people_look *look, const char *detail)
{
	struct people_said said = {.borrower = b->id, .words = look->words};
	struct people_notice x = {.zone = b->zone,
		.borrower = b->id,
		.actor = n->who->who->actor,
		.why = people_why_name(look->why),
		.at = n->who->now};
	uint8_t hash[AUDIT_HASH];
	int err = audit_add(n->txn, n->who->who, n->who->now, "borrower.look", b->id, detail);

	if (err == 0)
		err = audit_head(n->txn, &said.look, hash);
	if (err == 0 && !text_empty(look->words))
		err = people_said_put(n->p, n->txn, n->a, &said);
	x.look = said.look;
	return err || !b->is_protected ? err : people_notice_add(n->txn, &x);
}

int people_look_note(const struct people_noting *n, const struct people_look *asked,
	const struct people_borrower *b, struct refusal *r)
{
	struct people_look look = *asked;
	struct audit_record like = {.act = "borrower.look"};
	bool noted = false;
	int err = look.again && !look.why ? look_again(n, b, &look) : 0;

	if (err == 0)
		err = decide(&look, b, r);
	if (err)
		return err;
	/* the newest one already stands there: it is not made longer */
	if (asked->again && !asked->why)
		return 0;
	like.detail = detail_of(n->a, &look);
	err = is_noted(n, b, &like, look.words, &noted);
	return err || noted ? err : write_down(n, b, &look, like.detail);
}

/* --- the officer's reading of them --- */

static int open_one(const struct people_noting *n, struct people_notice *x)
{
	static const struct audit_record like = {.act = "borrower.look_words"};
	struct people_said said = {.borrower = x->borrower, .look = x->look};
	const struct people_borrower b = {.id = x->borrower};
	bool noted = false;
	int err = people_said_get(n->p, n->txn, n->a, &said);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	x->words = said.words;
	err = is_noted(n, &b, &like, NULL, &noted);
	if (err || noted)
		return err;
	return audit_add(n->txn, n->who->who, n->who->now, like.act, x->borrower, NULL);
}

int people_notice_open(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, struct people_notice *x, size_t n)
{
	const struct people_noting noting = {p, txn, a, who};
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (x[i].zone & who->zones && x[i].look)
			err = open_one(&noting, &x[i]);
	}
	return err;
}
