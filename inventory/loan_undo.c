/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Undo: everything the last act of a desk changed is put back as it was, newest first, if nothing
 * has changed it since. History and audit log go on: they tell of the act and of its undoing.
 */
#include "inventory/agreement.h"
#include "inventory/circulation_int.h"
#include "inventory/handout_int.h"
#include "inventory/scan_int.h"

#include "base/text.h"

#include <stdio.h>

#define IMAGES_MOST 2000

int inv_undo_refuse_built(struct inv_work *w, const char *what)
{
	return refuse(w->r, &inv_say_undo_built, what, NULL, NULL);
}

/* Most often that was the signature: then there is a way, and it is named. */
static int refuse_loan(struct inv_work *w, uint64_t loan)
{
	char number[INV_LOAN_NUMBER];
	struct inv_agreement *x;
	bool is_signed = false;
	size_t n;
	int err = inv_agreement_list(
		w->txn, w->a, PEOPLE_ZONES, inv_loan_number(loan, number), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		is_signed |= x[i].signed_at != 0;
	if (err)
		return err;
	refuse(w->r, is_signed ? &inv_say_undo_signed : &inv_say_undo_built, NULL, NULL, NULL);
	inv_loan_number(loan, w->r->kept[0]);
	return ERR_REFUSED;
}

/* The borrower's count follows whether the loan is open. */
static int count_borrower(
	struct inv_work *w, const struct inv_loan *from, const struct inv_loan *to)
{
	int by = (to && to->open ? 1 : 0) - (from->open ? 1 : 0);

	if (by == 0 || !w->inv->people || text_empty(from->borrower))
		return 0;
	return people_loans_add(w->inv->people, w->txn, from->borrower, by, w->now);
}

/* What hung on the loan alone. */
static int forget_loan(struct inv_work *w, uint64_t id)
{
	const struct people_caller who = {w->who, w->by->zones, w->now};
	char number[INV_LOAN_NUMBER];
	int err = inv_photos_forget(w->txn, w->a, inv_loan_photos(w->a, id));

	return err ? err : inv_agreement_undone_in(w->txn, w->a, &who, inv_loan_number(id, number));
}

static int admit_loan(struct inv_work *w, const struct inv_image *x, struct inv_loan *ret)
{
	int err = inv_loan_get(w->txn, w->a, x->id, ret);

	if (err == ERR_NOTFOUND || (err == 0 && ret->version != x->version))
		return refuse_loan(w, x->id);
	return err;
}

static int undo_loan(struct inv_work *w, const struct inv_image *x)
{
	struct inv_loan now, was;
	bool there = x->record.n != 0;
	int err = admit_loan(w, x, &now);

	if (err == 0 && there)
		err = store_rec_decode(w->txn, &inv_loan_rec, x->record, w->a, &was);
	if (err == 0)
		err = inv_loan_put(w->txn, &now, there ? &was : NULL);
	if (err == 0 && !there)
		err = forget_loan(w, x->id);
	if (err == ERR_EXISTS) /* a swap since then stands for the same thing */
		return refuse_loan(w, x->id);
	return err ? err : count_borrower(w, &now, there ? &was : NULL);
}

static int admit_line(struct inv_work *w, const struct inv_image *x, struct inv_loan_line *ret)
{
	int err = inv_line_get(w->txn, w->a, x->id, x->line, ret);

	return err == ERR_NOTFOUND ? refuse_loan(w, x->id) : err;
}

static int undo_line(struct inv_work *w, const struct inv_image *x)
{
	struct inv_loan_line now, was;
	bool there = x->record.n != 0;
	int err = admit_line(w, x, &now);

	if (err == 0 && there)
		err = store_rec_decode(w->txn, &inv_line_rec, x->record, w->a, &was);
	if (err == 0 && there)
		inv_line_mark(w->txn, &was);
	if (err == 0)
		err = inv_line_put(w->txn, &now, there ? &was : NULL);
	if (err == ERR_EXISTS) /* lent elsewhere since */
		return inv_undo_refuse_built(w, inv_unit_label_of(w->txn, w->a, now.serial));
	return err;
}

static int undo_part(struct inv_work *w, const struct inv_image *x)
{
	struct inv_loan_part *parts;
	size_t n;
	int err;

	if (x->state == 0)
		return inv_loan_part_del(w->txn, x->id, x->line, x->part);
	err = inv_loan_parts(w->txn, w->a, x->id, x->line, &parts, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (parts[i].no != x->part)
			continue;
		parts[i].back = x->state - 1;
		parts[i].note = x->note;
		err = inv_loan_part_put(w->txn, &parts[i]);
	}
	return err;
}

/* The ticket says again what was lent before, unless something else was lent on it since. */
static int undo_fault(struct inv_work *w, const struct inv_image *x, const struct inv_last *last)
{
	char number[INV_LOAN_NUMBER];
	const char *unit = arena_strndup(w->a, x->record.p, x->record.n);
	struct inv_fault now;
	int err = inv_fault_get(w->txn, w->a, x->id, &now);

	if (err || !text_equal(now.swap_loan, inv_loan_number(last->loan, number)))
		return err == ERR_NOTFOUND ? 0 : err;
	return inv_fault_swap(w->txn, x->id, text_empty(unit) ? NULL : unit, x->serial, w->now);
}

/* --- the thing itself --- */

/* The three lines of the image: last lent, loan, place. */
static void parse_unit(struct arena *a, const struct inv_image *x, const char *ret[3])
{
	char *s = arena_strndup(a, x->record.p, x->record.n);

	for (int i = 0; i < 3; i++) {
		size_t n = strcspn(s, "\n");

		ret[i] = arena_strndup(a, s, n);
		s += n + (s[n] == '\n');
	}
}

/* Lent, taken back, counted: what a kit lacked when it came in is as it was when it went out. */
static int undo_kit(struct inv_work *w, struct inv_unit *u, uint64_t loan_id)
{
	struct inv_loan loan;
	struct inv_loan_line line;
	struct inv_loan_part *parts;
	struct inv_part_seen *seen;
	struct inv_part *missing;
	size_t n, m;
	int err;

	if (!u->parts || loan_id == 0)
		return 0;
	err = inv_loan_of_unit(w->txn, w->a, u->serial, &loan, &line);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = inv_loan_parts(w->txn, w->a, loan.id, line.no, &parts, &n);
	if (err)
		return err;
	seen = ARENA_ARRAY(w->a, struct inv_part_seen, n + 1);
	for (size_t i = 0; i < n; i++)
		seen[i] = (struct inv_part_seen){.pos = parts[i].no, .present = parts[i].count};
	return inv_kit_check(w->inv, w->txn, w->who, w->a, u, seen, n, w->now, w->r, &missing, &m);
}

static int restore_counts(
	struct inv_work *w, struct inv_unit *u, const struct inv_image *x, const char *const was[3])
{
	struct inv_unit before = *u;
	int64_t lent_at;

	if (text_parse_i64(was[0], &lent_at) != 0)
		return ERR_CORRUPT;
	u->lent_at = lent_at;
	u->loans = x->line;
	u->condition = x->part;
	u->condition_note = text_empty(x->note) ? NULL : x->note;
	return inv_unit_put(w->txn, &before, u);
}

static int admit_unit(struct inv_work *w, const struct inv_image *x, const struct inv_last *last,
	struct inv_unit *ret)
{
	bool returning = false;
	int err = inv_unit_get(w->txn, w->a, x->serial, ret);

	if (err == 0 && w->inv->mdm && text_equal(last->act, "loan.in"))
		err = inv_return_is_open(w->txn, x->serial, &returning);
	if (err)
		return err;
	/* lent and back since is where it was, and yet not as it was */
	if (ret->state != x->state || ret->loans > x->line + text_equal(last->act, "loan.out"))
		return inv_undo_refuse_built(w, inv_unit_label(ret));
	/* What was told to erase itself cannot be told to be as it was. */
	return returning ? refuse(w->r, &inv_say_undo_erase, inv_unit_label(ret), NULL, NULL) : 0;
}

static bool is_as_was(const struct inv_unit *u, const struct inv_move *was)
{
	return u->state == was->to && text_equal(u->loan ? u->loan : "", was->loan) &&
	       text_equal(u->place ? u->place : "", was->place);
}

/* At once from how it is, of which the newest image is, to how it was before the first: what was set aside for one and then
 * for another never leaves the shelf between them, where it would take the hold along that is put back already. */
static int undo_unit(struct inv_work *w, const struct inv_image *first, const struct inv_image *newest,
	const struct inv_last *last)
{
	const char *was[3];
	struct inv_move back = {.to = (enum inv_state)first->id, .event = "undone"};
	struct inv_unit u;
	int err = admit_unit(w, newest, last, &u);

	if (err)
		return err;
	parse_unit(w->a, first, was);
	back.loan = was[1];
	back.place = was[2];
	back.found = inv_state_is_away(u.state);
	back.text = last->act;
	if (!is_as_was(&u, &back))
		err = inv_unit_move(w->inv, w->txn, w->who, &u, &back, w->now, w->r, &w->wake);
	if (err == 0)
		err = restore_counts(w, &u, first, was);
	return err ? err : undo_kit(w, &u, text_empty(was[1]) ? 0 : last->loan);
}

/* A record; a thing: undo_unit(). */
static int undo_one(struct inv_work *w, const struct inv_image *x, const struct inv_last *last)
{
	switch (x->kind) {
	case INV_IMAGE_LOAN:
		return undo_loan(w, x);
	case INV_IMAGE_LINE:
		return undo_line(w, x);
	case INV_IMAGE_PART:
		return undo_part(w, x);
	case INV_IMAGE_HOLD:
		return inv_undo_hold(w, x);
	case INV_IMAGE_HANDOUT:
		return inv_undo_handout(w, x);
	case INV_IMAGE_SEATS:
		return inv_seats_undo(w, x);
	case INV_IMAGE_FAULT:
		return undo_fault(w, x, last);
	default:
		return ERR_CORRUPT;
	}
}

static int read_images(
	struct inv_work *w, struct bytes images, struct inv_image **ret, size_t *ret_n)
{
	struct inv_image *all = ARENA_ARRAY(w->a, struct inv_image, IMAGES_MOST);
	size_t n = 0;
	int err = 0;

	while (n < IMAGES_MOST && (err = inv_image_next(w->txn, &images, w->a, &all[n])) == 0)
		n++;
	*ret = all;
	*ret_n = n;
	return err == ERR_NOTFOUND ? 0 : err ? err : ERR_TOOBIG;
}

static bool is_of_same(const struct inv_image *a, const struct inv_image *b)
{
	return a->kind == b->kind &&
	       (a->kind == INV_IMAGE_UNIT || (a->id == b->id && (a->kind != INV_IMAGE_LINE ||
									a->line == b->line))) &&
	       text_equal(a->serial ? a->serial : "", b->serial ? b->serial : "");
}

/* Of what an act changed twice only the later image is of how it is now. */
static bool is_older(const struct inv_image *all, size_t n, size_t i)
{
	for (size_t k = i + 1; k < n; k++) {
		if (is_of_same(&all[k], &all[i]))
			return true;
	}
	return false;
}

static const struct inv_image *first_of(const struct inv_image *all, const struct inv_image *x)
{
	while (!is_of_same(all, x))
		all++;
	return all;
}

static int undo_all(struct inv_work *w, const struct inv_last *last, struct bytes images)
{
	struct inv_image *all;
	size_t n;
	int err = read_images(w, images, &all, &n);

	/* Records first, so that a kit finds its line again. */
	for (size_t i = n; err == 0 && i > 0; i--) {
		if (all[i - 1].kind != INV_IMAGE_UNIT)
			err = undo_one(w, &all[i - 1], last);
	}
	for (size_t i = n; err == 0 && i > 0; i--) {
		if (all[i - 1].kind == INV_IMAGE_UNIT && !is_older(all, n, i - 1))
			err = undo_unit(w, first_of(all, &all[i - 1]), &all[i - 1], last);
	}
	return err;
}

int inv_undo_in(struct inv_work *w, uint64_t id, struct arena *a, struct inv_last *ret)
{
	char number[INV_LOAN_NUMBER];
	struct bytes images;
	struct inv_last last;
	int err = inv_last_load(w->txn, a, w->who->actor, w->by->desk, &last, &images);

	if (err == ERR_NOTFOUND || (err == 0 && id && last.id != id))
		return refuse(w->r, &inv_say_undo_none, NULL, NULL, NULL);
	if (err == 0)
		err = undo_all(w, &last, images);
	if (err == 0)
		err = inv_last_del(w->txn, w->who->actor, w->by->desk);
	if (err)
		return err;
	*ret = last;
	return audit_add(w->txn, w->who, w->now, "loan.undo",
		last.loan ? inv_loan_number(last.loan, number) : last.serial,
		arena_printf(w->a, "{\"act\":\"%s\"}", last.act));
}

/* --- would it be done? --- */

static int admit_one(struct inv_work *w, const struct inv_image *x, const struct inv_last *last)
{
	struct inv_handout h, was;
	struct inv_seats s, set;
	struct inv_loan_line line;
	struct inv_loan loan;
	struct inv_hold hold, held;
	struct inv_unit u;

	switch (x->kind) {
	case INV_IMAGE_LOAN:
		return admit_loan(w, x, &loan);
	case INV_IMAGE_LINE:
		return admit_line(w, x, &line);
	case INV_IMAGE_HOLD:
		return inv_undo_hold_admit(w, x, &hold, &held);
	case INV_IMAGE_HANDOUT:
		return inv_undo_handout_admit(w, x, &h, &was);
	case INV_IMAGE_SEATS:
		return inv_seats_undoable(w, x, &s, &set);
	case INV_IMAGE_UNIT:
		return admit_unit(w, x, last, &u);
	default:
		return 0;
	}
}

int inv_last_offered(struct inv *inv, struct store_txn *txn, struct arena *a,
	const struct inv_desk_who *by, struct inv_last *ret)
{
	AUTO(inv_work) struct inv_work w;
	struct refusal r = {0};
	struct inv_image *all;
	struct inv_last last;
	struct bytes images;
	size_t n;
	int err;

	inv_work_init(&w, inv, txn, by, &r);
	err = inv_last_load(txn, a, by->who->actor, by->desk, &last, &images);
	if (err == 0)
		err = read_images(&w, images, &all, &n);
	if (err == 0) {
		w.undoing = all;
		w.undoing_n = n;
	}
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!is_older(all, n, i))
			err = admit_one(&w, &all[i], &last);
	}
	if (err)
		return err == ERR_REFUSED ? ERR_NOTFOUND : err;
	*ret = last;
	return 0;
}

struct undo_job {
	uint64_t id;
	struct inv_last *ret;
	struct arena *a;
};

static int undo_in(struct inv_work *w, void *arg)
{
	struct undo_job *j = arg;
	struct inv_desk d;
	int err = inv_undo_in(w, j->id, j->a, j->ret);

	if (err == 0)
		err = inv_desk_load_in(w, w->a, &d);
	return err ? err : inv_desk_undone(w, &d, j->ret);
}

int inv_undo(struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r,
	struct inv_last *ret, struct arena *a)
{
	struct undo_job j = {id, ret, a};

	return inv_work_run(inv, by, r, undo_in, &j);
}

/* --- in words --- */

static const struct {
	const char *act;
	struct say say;
	struct say one; /* of one thing alone; none: it is never told of more */
} acts[] = {
	{"loan.out", {"undo.out", {"utlämning av {0} saker till lån {1}",
					  "{0} esineen luovutus lainaan {1}",
					  "hand-out of {0} things to loan {1}"}},
		{"undo.out-one", {"utlämning av 1 sak till lån {1}", "1 esineen luovutus lainaan {1}",
					 "hand-out of 1 thing to loan {1}"}}},
	{"loan.in",
		{"undo.in", {"återlämning av {2} från lån {1}", "esineen {2} palautus lainasta {1}",
				    "return of {2} from loan {1}"}}},
	{"loan.inspect", {"undo.inspect", {"kontroll av {2}", "esineen {2} tarkastus",
						  "inspection of {2}"}}},
	{"loan.look", {"undo.look", {"vad som sades om {2}", "mitä esineestä {2} sanottiin", "what was said of {2}"}}},
	{"loan.renew",
		{"undo.renew", {"omlån av {0} saker på lån {1}", "{0} esineen uusinta lainassa {1}",
				       "renewal of {0} things of loan {1}"}},
		{"undo.renew-one", {"omlån av 1 sak på lån {1}", "1 esineen uusinta lainassa {1}",
					   "renewal of 1 thing of loan {1}"}}},
	{"loan.due", {"undo.due", {"ny återlämningsdag för {2}", "esineen {2} uusi palautuspäivä",
					  "another due date of {2}"}}},
	{"handout.add", {"undo.handout-add", {"planerad utlämning", "suunniteltu luovutus",
						     "a planned hand-out"}}},
	{"handout.move",
		{"undo.handout-move", {"flyttad utlämning", "luovutuksen siirto",
					      "a hand-out that was moved"}}},
	{"handout.choose",
		{"undo.handout-choose", {"byte av sak i en utlämning", "luovutettavan vaihto",
						"another thing for a hand-out"}}},
	{"handout.cancel",
		{"undo.handout-cancel", {"avbokad utlämning", "luovutuksen peruutus",
						"a hand-out that was cancelled"}}},
	{"handout.seats",
		{"undo.handout-seats", {"antal platser vid utlämning", "luovutuksen paikkojen määrä",
					       "the number of seats of a hand-out"}}},
	{"loan.lost", {"undo.lost", {"förlust av {2}", "esineen {2} katoaminen", "loss of {2}"}}},
	{"loan.claim", {"undo.claim", {"”låntagaren säger inlämnad” för {2}", "”lainaajan mukaan palautettu”: {2}",
					      "\"the borrower says it is back\" of {2}"}}},
	{"loan.unclaim", {"undo.unclaim", {"”inte inlämnad” för {2}", "”ei palautettu”: {2}", "\"not back\" of {2}"}}},
	{"loan.write-off", {"undo.write-off", {"avskrivning av {2}", "esineen {2} poisto", "writing off of {2}"}}},
	{"loan.contact", {"undo.contact", {"samtal om {2}", "yhteydenotto: {2}", "a call about {2}"}}},
	{"hold.add", {"undo.hold-add", {"reservation", "varaus", "a hold"}}},
	{"hold.move", {"undo.hold-move", {"flyttad plats i kön", "siirto jonossa", "a move in the queue"}}},
	{"hold.pause", {"undo.hold-pause", {"paus av en reservation", "varauksen tauko", "a hold's pause"}}},
	{"hold.resume", {"undo.hold-resume", {"återupptagen reservation", "varauksen jatkaminen", "a hold taken up again"}}},
	{"hold.cancel", {"undo.hold-cancel", {"avbokad reservation", "varauksen peruutus", "a hold that was cancelled"}}},
	{"hold.pick", {"undo.hold-pick", {"en sak som ställdes fram", "esille pantu esine", "a thing set aside"}}},
};
static const struct say act_other = {
	"undo.other", {"den senaste åtgärden", "viimeisin toimenpide", "the last act"}};

const char *inv_last_text(struct arena *a, enum say_lang lang, const struct inv_last *l)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	char number[INV_LOAN_NUMBER];
	const char *const arg[SAY_ARGS] = {
		arena_printf(a, "%u", l->count), inv_loan_number(l->loan, number), l->label};
	const struct say *say = &act_other;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (text_equal(acts[i].act, l->act))
			say = l->count == 1 && acts[i].one.code ? &acts[i].one : &acts[i].say;
	}
	say_format(&out, lang, say, arg);
	return arena_strdup(a, buf_str(&out));
}
