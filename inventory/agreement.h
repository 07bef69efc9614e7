/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * agreement: what is signed at a hand-out and at a return, and the other papers of a loan.
 *
 * Words. Wording: a text of one kind in one language, with fields; every change is a new version
 * and none is ever lost. Agreement: the newest wordings and the things of one loan,
 * frozen when it was made: what was signed stays what was signed. Its content is sealed by people/
 * and only its SHA-256 is in the audit log. Paper: any of the PDFs.
 *
 * A wording's body is plain text: a blank line ends a paragraph, "# " begins a heading, "- " an
 * item of a list. Fields within a line: {loan} {name} {card} {organisation} {place} {phone} {date}
 * {due} {total}. Fields alone on a line: {items} a table of the things, {prices} what each costs to
 * replace, {due-large} the last day in very large type, each of them where they differ. A sentence with a field of which nothing is
 * known ({phone} where no telephone is) is left out; it ends at . ! or ? before a capital letter or a
 * field. What is left empty so, a heading or an item, is not there.
 *
 * One signature is for the whole bundle. That the identity was checked is kept as a kind of
 * document and who looked; never a document's number.
 *
 * Making and signing are transactions; rendering is done after them.
 */
#ifndef INVENTORY_AGREEMENT_H
#define INVENTORY_AGREEMENT_H

#include "inventory/inventory.h"
#include "people/people.h"
#include "print/print.h"

enum inv_text { /* kinds of templates */
	INV_TEXT_LOAN = 1,
	INV_TEXT_INSURANCE, /* the appendix with the prices */
	INV_TEXT_RETURN,
	INV_TEXTS
};
const char *inv_text_name(enum inv_text k); /* "loan" */
int inv_text_parse(const char *s, enum inv_text *ret) MUST_CHECK;

struct inv_wording {
	uint32_t kind, lang; /* enum inv_text, enum say_lang */
	uint32_t version;    /* 1 …; 0: the text the program comes with */
	const char *title, *body;
	const char *why; /* what was changed, for those who come after */
	int64_t made_at;
	const char *made_by;
	struct bytes unknown;
};
/* The newest (version 0), or that one; the program's own text where nobody has written another. */
int inv_wording_get(struct store_txn *txn, struct arena *a, enum inv_text kind, enum say_lang lang,
	uint32_t version, struct inv_wording *ret) MUST_CHECK;
/* All versions, newest first, without the program's own. */
int inv_wording_history(struct store_txn *txn, enum inv_text kind, enum say_lang lang,
	const struct store_piece *piece, struct inv_wording **ret, size_t *ret_n) MUST_CHECK;
/* A new version. `version` is the one the change was made from (ERR_CONFLICT when there is a newer
 * one). Refused: an unknown field, no {items} in a loan's or return's text, too long. */
int inv_wording_put(struct inv *inv, const struct audit_who *who, const struct inv_wording *want,
	int64_t now, struct refusal *r, uint32_t *ret_version) MUST_CHECK;
/* Pure: may this be a template? */
int inv_wording_decide(const struct inv_wording *t, struct refusal *r);

/* --- agreements --- */
struct inv_paper_line { /* one thing, in the borrower's language */
	const char *number, *name, *condition, *parts;
	int32_t due;       /* day; return: DAY_NONE */
	int64_t price_ore; /* to replace; 0: none */
	bool missing;      /* return: did not come back */
	uint32_t price_list; /* the version of the price table that says it; 0: a rule, or before them */
	int32_t price_from;  /* the day that one counts from */
};
/* What every paper of a loan says. Opened strings: whoever prints gives them. */
struct inv_paper {
	const char *loan; /* "L-10009", stands as a barcode */
	const char *name; /* of the borrower; NULL: none stored, or protected */
	const char *card;
	const char *organisation, *place, *phone;
	enum say_lang lang;
	bool of_return;
	int32_t today, due; /* due: the last day of the whole; DAY_NONE */
	const struct inv_paper_line *line;
	size_t line_count;
	const char *note; /* one paragraph: the next gatherings, what is missing */
	const char *words; /* of the house, on slips; "" or NULL: none */
	bool dashes; /* frozen when a field of which nothing is known was a dash: stays so */
	bool gaps;   /* frozen when "Tel." and "Questions?" stood before nothing: stays so */
	bool one_day; /* frozen when the first day was told for all: stays so */
};
#define INV_PAPER_LINES 50

#define INV_AGREEMENT_ID 16
enum inv_agreement_state { INV_AGREEMENT_DRAFT = 1, INV_AGREEMENT_SIGNED, INV_AGREEMENT_VOID };
const char *inv_agreement_state_name(unsigned s);
struct inv_agreement {
	const char *id;       /* "a" and letters */
	const char *loan;     /* its number */
	const char *borrower; /* id */
	uint32_t zone, state, lang;
	bool of_return;
	const char *templates; /* "loan/sv/3 insurance/sv/1" */
	int64_t made_at, signed_at;
	const char *made_by;
	uint8_t hash[32];     /* of the content */
	const char *way;      /* "screen", "typed", "paper" */
	const char *signer;   /* a code: "self", "relative", "guardian" */
	uint32_t signer_number; /* of the borrower's relatives; 0: self */
	const char *identity; /* a code: "id_card", "driving_licence", "passport", "known" */
	const char *checked_by;
	int64_t forget_at;         /* 0: not yet known */
	int64_t void_at;           /* declared void, after it was signed or as a draft */
	const char *void_by, *void_why;
	struct bytes content, ink; /* sealed */
	struct bytes unknown;
};
/* For an agreement at hand-out or return, in the caller's transaction. The borrower's
 * name is opened (a look, why desk) unless it is protected, and paper->name is not used.
 * `id` is from inv_agreement_id_make(). */
void inv_agreement_id_make(char ret_id[INV_AGREEMENT_ID]);
int inv_agreement_make_in(struct people *p, struct store_txn *txn, const struct people_caller *who,
	const char *borrower, const struct inv_paper *paper, const char *id,
	struct refusal *r) MUST_CHECK;
/* ERR_NOTFOUND: none, or of another zone. */
int inv_agreement_get(struct store_txn *txn, struct arena *a, unsigned zones, const char *id,
	struct inv_agreement *ret) MUST_CHECK;
/* Of one loan, oldest first. */
int inv_agreement_list(struct store_txn *txn, struct arena *a, unsigned zones, const char *loan,
	struct inv_agreement **ret, size_t *ret_n) MUST_CHECK;

struct inv_signing {
	/* "screen" with ink; "typed": the name, by keyboard, by whoever cannot use a pen there;
	 * "paper": it was signed by hand and is kept */
	const char *way;
	const char *ink;      /* print_ink_parse(); typed: the name */
	const char *signer;   /* "self" … */
	const char *identity; /* kind of document that was looked at */
	uint32_t relative;    /* who signs for the borrower; 0: the only one of that relation who may */
};
/* The zone must be the caller's. Once signed, nothing of it changes. Refused: who signs for the borrower
 * is none of theirs, or may not fetch and bring back for them. */
int inv_agreement_sign(struct inv *inv, struct people *p, const struct people_caller *who,
	const char *id, const struct inv_signing *s, struct refusal *r) MUST_CHECK;
/* A draft that will not be signed (`reason` may be NULL), or one that was signed and does not hold:
 * it stays as long as those that hold, marked on each page, and its loan asks for a new signature.
 * Refused: already void, signed and no reason, a reason of more than 500 bytes or with a personnummer.
 * (agreement_void.c) */
int inv_agreement_void(struct inv *inv, const struct people_caller *who, const char *id,
	const char *reason, struct refusal *r) MUST_CHECK;
/* The loan was undone and is no more: its drafts are void, and nobody signs them. */
int inv_agreement_undone_in(struct store_txn *txn, struct arena *a, const struct people_caller *who,
	const char *loan) MUST_CHECK;
/* When those of a loan are to be forgotten: once it is closed and its time is known. */
int inv_agreement_keep_in(struct store_txn *txn, const char *loan, int64_t forget_at) MUST_CHECK;
/* The loan was closed then (0: it is open again): as long as the setting says from there. */
int inv_agreement_closed_in(struct store_txn *txn, const char *loan, int64_t closed_at) MUST_CHECK;
/* How many would be forgotten now if they were kept that many days; at most 10 000 are counted. */
int inv_agreement_count_due(
	struct store_txn *txn, int64_t days, int64_t now, size_t *ret) MUST_CHECK;
/* Forgets some whose time is up, and old drafts; ret_n how many. */
int inv_agreement_tend(struct inv *inv, int64_t now, size_t most, size_t *ret_n) MUST_CHECK;
int inv_agreement_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* --- paper --- */
/* Opens an agreement in a transaction (a look at the borrower), and renders it outside. `percent`
 * is the size of type (0: 100). ERR_CRYPTO: it is not what was made. */
int inv_agreement_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct people_look *look, const char *id, unsigned percent, struct buf *out,
	struct refusal *r) MUST_CHECK;
/* What is agreed on, block by block, for a page that is read before signing; in `a`. The same look,
 * why desk. */
int inv_agreement_blocks(struct inv *inv, struct people *p, const struct people_caller *who,
	const char *id, struct arena *a, const struct print_block **ret, size_t *ret_n,
	struct refusal *r) MUST_CHECK;
/* A wording before it is put to use, with an invented borrower and loan; each page is marked. Of `of`
 * the organisation, place, phone, language, day and whether it is of a return are taken. Refused as by
 * inv_wording_decide(). (agreement_preview.c) */
int inv_wording_preview(const struct inv_wording *t, const struct inv_paper *of, struct buf *out,
	struct refusal *r) MUST_CHECK;
/* Slip of a loan or return; no agreement is needed. */
int inv_slip_pdf(const struct inv_paper *paper, enum print_paper size, unsigned percent,
	struct buf *out) MUST_CHECK;
/* Of a loan that stands in the store: what is written comes from it, in the borrower's language. */
struct inv_loan_ask_paper {
	uint64_t loan;
	bool of_return;
	const char *organisation, *phone; /* the place's own telephone goes before */
	const char *note;
	enum print_paper size; /* of a slip */
	unsigned percent;
};
int inv_loan_agreement_make(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct refusal *r,
	char ret_id[INV_AGREEMENT_ID]) MUST_CHECK;
/* For a hand-out that was just made and asks for a signature: made, unless one stands that can be
 * signed or is. */
int inv_loan_agreement_ready(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct refusal *r) MUST_CHECK;
int inv_loan_slip_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct buf *out, struct refusal *r) MUST_CHECK;
/* A kind letter to the borrower about the parts that did not come back, with the slip's own words. A
 * look, why letter. Refused: none is missing. */
int inv_loan_letter_pdf(struct inv *inv, struct people *p, const struct people_caller *who,
	const struct inv_loan_ask_paper *ask, struct buf *out, struct refusal *r) MUST_CHECK;
struct inv_letter {
	enum say_lang lang;
	const char *organisation, *phone, *place;
	const char *const *address; /* lines of the address block, NULL-ended; the name first */
	const char *title;
	const char *const *text; /* paragraphs, NULL-ended */
	const struct inv_paper_line *line;
	size_t line_count;
	const char *loan; /* as a barcode; NULL: none */
	int32_t today;
	unsigned percent; /* 140: large print */
};
int inv_letter_pdf(const struct inv_letter *l, struct buf *out) MUST_CHECK;

/* How somebody made sure who signed ("id_card"), and who that was ("relative"); NULL: no such code. */
const struct say *inv_identity_say(const char *code);
const struct say *inv_signer_say(const char *code);

#endif
