/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What every act of circulation does round its own work: one transaction, the rules loaded once,
 * each record remembered as it was before it is written, the audit log, the last act of the desk.
 */
#include "inventory/agreement.h"
#include "inventory/circulation_int.h"
#include "inventory/handout_int.h"

#include "base/text.h"

#define IMAGES_MOST (512u << 10)

void inv_set_people(struct inv *inv, struct people *p)
{
	inv->people = p;
}

void inv_work_init(struct inv_work *w, struct inv *inv, struct store_txn *txn,
	const struct inv_desk_who *by, struct refusal *r)
{
	*w = (struct inv_work){
		.inv = inv,
		.txn = txn,
		.a = arena_new(),
		.by = by,
		.r = r,
		.who = by->who,
		.now = by->now,
		.today = day_of_time(by->now),
		.before = BUF_INIT(IMAGES_MOST),
	};
}

void inv_work_release(struct inv_work *w)
{
	arena_free(w->a);
	buf_release(&w->before);
}

struct running {
	struct inv *inv;
	const struct inv_desk_who *by;
	struct refusal *r;
	inv_work_fn *fn;
	void *arg;
	bool wake;
};

static int run_in(struct store_txn *txn, void *arg)
{
	struct running *j = arg;
	AUTO(inv_work) struct inv_work w;
	int err;

	*j->r = (struct refusal){0};
	inv_work_init(&w, j->inv, txn, j->by, j->r);
	err = j->fn(&w, j->arg);
	j->wake = w.wake;
	return refusal_keep(j->r, err);
}

int inv_work_run(struct inv *inv, const struct inv_desk_who *by, struct refusal *r, inv_work_fn *fn,
	void *arg)
{
	struct running j = {.inv = inv, .by = by, .r = r, .fn = fn, .arg = arg};
	int err = store_write(inv->st, run_in, &j);

	if (err == 0 && j.wake)
		inv_wake(inv);
	return err;
}

/* --- rules --- */

int inv_work_rules(struct inv_work *w)
{
	int err;

	if (w->rules_loaded)
		return 0;
	err = inv_rule_list(w->txn, w->a, &w->rules, &w->rule_count);
	w->rules_loaded = err == 0;
	return err;
}

int inv_work_terms(struct inv_work *w, const struct inv_rule_case *c, struct inv_terms *ret)
{
	int err = inv_work_rules(w);

	if (err == 0)
		inv_terms_decide(w->rules, w->rule_count, c, ret);
	return err;
}

/* --- records, remembered and written --- */

/* Of an act that cannot be undone nothing is. */
static int remember(struct inv_work *w, const struct inv_image *x)
{
	if (w->plain)
		return 0;
	return inv_image_add(w->txn, &w->before, x);
}

/* `before` is a record of that type; NULL: there was none. */
static int remember_record(struct inv_work *w, const struct inv_image *x,
	const struct rec_type *type, const void *before)
{
	AUTO(buf) struct buf v = BUF_INIT(65536);
	struct inv_image image = *x;
	int err = before ? store_rec_encode(w->txn, type, before, &v) : 0;

	image.record = buf_bytes(&v);
	return err ? err : remember(w, &image);
}

int inv_work_loan(struct inv_work *w, const struct inv_loan *before, struct inv_loan *now)
{
	const uint32_t version = before ? before->version + 1 : 1;
	const struct inv_image x = {.kind = INV_IMAGE_LOAN, .id = now->id, .version = version};
	int err = remember_record(w, &x, &inv_loan_rec, before);

	now->version = version;
	return err ? err : inv_loan_put(w->txn, before, now);
}

int inv_work_line(struct inv_work *w, const struct inv_loan_line *before, struct inv_loan_line *now)
{
	const struct inv_image x = {.kind = INV_IMAGE_LINE, .id = now->loan, .line = now->no};
	int err = remember_record(w, &x, &inv_line_rec, before);

	inv_line_mark(w->txn, now);
	return err ? err : inv_line_put(w->txn, before, now);
}

int inv_work_hold(struct inv_work *w, const struct inv_hold *before, struct inv_hold *now)
{
	const uint32_t version = before ? before->version + 1 : 1;
	const struct inv_image x = {.kind = INV_IMAGE_HOLD, .id = now->id, .version = version};
	int err = remember_record(w, &x, &inv_hold_rec, before);

	now->version = version;
	now->changed_at = w->now;
	return err ? err : inv_hold_put(w->txn, before, now);
}

int inv_work_handout(
	struct inv_work *w, const struct inv_handout *before, struct inv_handout *now)
{
	const uint32_t version = before ? before->version + 1 : 1;
	const struct inv_image x = {.kind = INV_IMAGE_HANDOUT, .id = now->id, .version = version};
	int err = remember_record(w, &x, &inv_handout_rec, before);

	now->version = version;
	now->changed_at = w->now;
	return err ? err : inv_handout_put(w->txn, before, now);
}

int inv_work_seats(struct inv_work *w, const struct inv_seats *before, struct inv_seats *now)
{
	/* Seats that are taken away leave nothing to count on from: those that are set after them begin with the time,
	 * or else the undoing of what was before would meet its own number. */
	const uint32_t version = now->seats == 0 ? 0
				 : before        ? before->version + 1
						 : (uint32_t)w->now;
	const struct inv_image x = {.kind = INV_IMAGE_SEATS,
		.id = (uint64_t)now->at,
		.serial = now->place,
		.version = version};
	int err = remember_record(w, &x, &inv_seats_rec, before);

	now->version = version;
	now->changed_at = w->now;
	now->changed_by = w->who->actor;
	return err ? err : inv_seats_put(w->txn, before, now->seats ? now : NULL);
}

/* A part has but two things that an act changes, so they are its image. */
int inv_work_part(
	struct inv_work *w, const struct inv_loan_part *before, const struct inv_loan_part *now)
{
	struct inv_image x = {.kind = INV_IMAGE_PART,
		.id = now->loan,
		.line = now->line,
		.part = now->no,
		.state = before ? before->back + 1 : 0,
		.note = before ? before->note : NULL};
	int err = remember(w, &x);

	return err ? err : inv_loan_part_put(w->txn, now);
}

/* Of a ticket only what was lent instead is an act's to change: loan and thing before it are its image. */
int inv_work_swap(struct inv_work *w, uint64_t fault, const char *serial, const char *loan)
{
	struct inv_image x = {.kind = INV_IMAGE_FAULT, .id = fault};
	struct inv_fault before;
	int err = inv_fault_get(w->txn, w->a, fault, &before);

	if (err)
		return err;
	x.serial = before.swap_loan;
	x.record = before.swap_unit ? bytes_of_str(before.swap_unit) : bytes_of("", 0);
	err = remember(w, &x);
	return err ? err : inv_fault_swap(w->txn, fault, serial, loan, w->now);
}

/* Of a unit only what circulation changes is remembered, as a small text. */
int inv_work_move(struct inv_work *w, struct inv_unit *u, const struct inv_move *m)
{
	struct inv_image x = {.kind = INV_IMAGE_UNIT,
		.serial = u->serial,
		.id = u->state,
		.line = u->loans,
		.part = u->condition,
		.state = m->to,
		.note = u->condition_note};
	const char *before = arena_printf(w->a, "%lld\n%s\n%s", (long long)u->lent_at,
		u->loan ? u->loan : "", u->place ? u->place : "");
	int err;

	x.record = bytes_of_str(before);
	err = remember(w, &x);
	return err ? err : inv_unit_move(w->inv, w->txn, w->who, u, m, w->now, w->r, &w->wake);
}

int inv_work_end(struct inv_work *w, const struct inv_last *l, struct doc *detail)
{
	AUTO(buf) struct buf text = BUF_INIT(32768);
	struct inv_last last = *l;
	uint8_t hash[AUDIT_HASH];
	char number[INV_LOAN_NUMBER];
	int err;

	if (detail)
		doc_format(detail, &text);
	err = audit_add(w->txn, w->who, w->now, l->act,
		l->loan ? inv_loan_number(l->loan, number) : l->serial,
		detail ? buf_str(&text) : NULL);
	if (err || w->plain)
		return err;
	/* its number in the log: no other act has it, whatever is undone meanwhile */
	err = audit_head(w->txn, &last.id, hash);
	if (err)
		return err;
	last.actor = w->who->actor;
	last.desk = w->by->desk ? w->by->desk : "";
	last.at = w->now;
	return inv_last_put(w->txn, &last, buf_bytes(&w->before), w->on_top);
}

/* --- what acts are about --- */

int inv_work_words(struct inv_work *w, const char *s, size_t most)
{
	if (s && strlen(s) > most)
		return refuse(w->r, &inv_say_reason, NULL, NULL, NULL);
	return inv_words_decide(s, w->now, w->r);
}

static const struct say holds_name = {.code = "note.name",
	.text = {"Skriv inga namn här: texten läses av fler än de som får se låntagaren. Lånets nummer säger "
		 "vem det är. Är ordet inget namn, välj ett annat ord.",
		"Älä kirjoita tähän nimiä: tekstin lukevat muutkin kuin ne, jotka saavat nähdä lainaajan. Lainan "
		"numero kertoo, kenestä on kyse. Jos sana ei ole nimi, valitse toinen sana.",
		"Write no names here: the text is read by more people than may see the borrower. The loan's number "
		"says who it is. If the word is no name, choose another word."}};

int inv_work_unnamed(struct inv_work *w, const char *borrower, const char *s)
{
	bool named = false;
	int err;

	if (!w->inv->people || text_empty(borrower) || text_empty(s))
		return 0;
	err = people_named_in(w->inv->people, w->txn, borrower, s, &named);
	if (err == 0 && named)
		return refuse(w->r, &holds_name, NULL, NULL, NULL);
	return err;
}

int inv_work_said(struct inv_work *w, const char *borrower, const char *s, size_t most)
{
	int err = inv_work_words(w, s, most);

	return err ? err : inv_work_unnamed(w, borrower, s);
}

int inv_work_when(struct inv_work *w, const struct inv_when *x)
{
	int err = inv_when_decide(x->happened_at, x->why, w->now, x->earliest, w->r);

	return err ? err : inv_work_said(w, x->borrower, x->why, INV_WORDS_MOST);
}

int inv_work_unit(struct inv_work *w, const char *code, struct inv_unit *ret)
{
	int err = text_empty(code) ? ERR_NOTFOUND : inv_unit_find(w->txn, w->a, code, ret);

	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_no_unit, code, NULL, NULL);
	return err;
}

int inv_work_loan_get(struct inv_work *w, uint64_t id, struct inv_loan *ret)
{
	int err = inv_loan_get(w->txn, w->a, id, ret);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0 && (ret->zone & w->by->zones))
		return 0;
	refuse(w->r, err ? &inv_say_no_loan : &inv_say_loan_zone, NULL, NULL, NULL);
	inv_loan_number(id, w->r->kept[0]);
	return ERR_REFUSED;
}

int inv_work_open(struct inv_work *w, const char *code, struct inv_unit *u, struct inv_loan *loan,
	struct inv_loan_line *line)
{
	int err = inv_work_unit(w, code, u);

	if (err)
		return err;
	err = inv_loan_of_unit(w->txn, w->a, u->serial, loan, line);
	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_not_out, inv_unit_label(u), NULL, NULL);
	return err ? err : inv_work_loan_get(w, loan->id, loan);
}

bool inv_work_names(
	struct inv_work *w, const struct inv_out *out, size_t from, const char *serial)
{
	struct inv_unit u;

	for (size_t i = from; !text_empty(serial) && i < out->item_count; i++) {
		const char *code = out->items[i].code;

		if (!text_empty(code) && inv_unit_find(w->txn, w->a, code, &u) == 0 &&
			text_equal(u.serial, serial))
			return true;
	}
	return false;
}

int inv_work_unswapped(struct inv_work *w, const char *code, const char **ret_serial)
{
	struct inv_unit u;
	uint64_t swap;
	int err = inv_work_unit(w, code, &u);

	if (err)
		return err;
	*ret_serial = u.serial;
	err = inv_loan_of_swap(w->txn, u.serial, &swap);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	refuse(w->r, &inv_say_swapped, inv_unit_label(&u), NULL, NULL);
	inv_loan_number(swap, w->r->kept[1]);
	return ERR_REFUSED;
}

int inv_work_borrower(struct inv_work *w, const char *id, struct people_borrower *ret)
{
	int err;

	if (!w->inv->people) { /* in tests of the shelf alone: anybody of the first zone */
		*ret = (struct people_borrower){.id = id, .state = PEOPLE_ACTIVE};
		ret->zone = w->by->zones & PEOPLE_CARE ? PEOPLE_CARE : PEOPLE_LIBRARY;
		return 0;
	}
	if (text_empty(id))
		return refuse(w->r, &people_say_nobody, NULL, NULL, NULL);
	err = people_get(w->inv->people, w->txn, w->a, w->by->zones, id, ret);
	if (err == ERR_NOTFOUND)
		return refuse(w->r, &people_say_none, id, NULL, NULL);
	return err;
}

int inv_work_asked(struct inv_work *w, const char *id)
{
	return w->inv->people ? people_asked(w->inv->people, w->txn, id, w->now) : 0;
}

/* --- a line changes, and its loan with it --- */

/* How long a closed loan remembers: the longest that one of its lines asks for. */
static uint32_t keep_days(const struct inv_loan_line *lines, size_t n)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++) {
		if (lines[i].terms.value[INV_TERM_KEEP_DAYS] > most)
			most = lines[i].terms.value[INV_TERM_KEEP_DAYS];
	}
	return most;
}

static int count_borrower(struct inv_work *w, const struct inv_loan *loan, int by)
{
	if (by == 0 || !w->inv->people || text_empty(loan->borrower))
		return 0;
	return people_loans_add(w->inv->people, w->txn, loan->borrower, by, w->now);
}

static void set_sums(struct inv_work *w, struct inv_loan *loan, const struct inv_loan_full *f)
{
	uint32_t open = 0;

	for (size_t i = 0; i < f->line_count; i++)
		open += inv_line_is_open(f->lines[i].state);
	loan->due = inv_loan_due(f->lines, f->line_count);
	if (open) {
		loan->closed_at = loan->forget_at = 0;
	} else if (loan->open) {
		loan->closed_at = w->now;
		loan->forget_at = w->now + (int64_t)keep_days(f->lines, f->line_count) * DAY_S;
	}
	loan->open = open;
}

static bool comes_back_to_sign(const struct inv_loan_line *before, const struct inv_loan_line *now)
{
	bool back = now->state == INV_LINE_IN || now->state == INV_LINE_HANDED_IN;

	return before && inv_line_is_open(before->state) && back &&
	       now->terms.value[INV_TERM_SIGN_IN];
}

int inv_work_line_change(struct inv_work *w, struct inv_loan *loan,
	const struct inv_loan_line *before, struct inv_loan_line *now)
{
	struct inv_loan was = *loan;
	char number[INV_LOAN_NUMBER];
	struct inv_loan_full f;
	int err = inv_work_line(w, before, now);

	if (err == 0)
		err = inv_loan_load(w->txn, w->a, loan->id, &f);
	if (err)
		return err;
	set_sums(w, loan, &f);
	if (comes_back_to_sign(before, now))
		loan->back_unsigned = w->now;
	err = inv_work_loan(w, &was, loan);
	if (err == 0 && was.closed_at != loan->closed_at)
		err = inv_agreement_closed_in(
			w->txn, inv_loan_number(loan->id, number), loan->closed_at);
	return err ? err : count_borrower(w, loan, (loan->open != 0) - (was.open != 0));
}
