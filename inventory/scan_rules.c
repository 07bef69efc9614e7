/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scan means on this desk, and what one can do about a no. Pure. */
#include "inventory/circulation_int.h"

#include "base/text.h"

const char *inv_tone_name(unsigned t)
{
	static const char *const names[] = {"", "yes", "ask", "no"};

	return t <= INV_TONE_NO ? names[t] : "";
}

const char *inv_desk_mode_name(unsigned m)
{
	static const char *const names[] = {"idle", "lend", "return", "renew"};

	return m <= INV_DESK_RENEW ? names[m] : "idle";
}

/* --- what it means --- */

static bool is_bundle(const struct inv_desk *d)
{
	return d->line_count && d->mode != INV_DESK_RETURN && d->mode != INV_DESK_RENEW;
}

/* Somebody is chosen to borrow, and nothing is scanned yet. */
static bool is_chosen(const struct inv_desk *d)
{
	return d->mode == INV_DESK_LEND && !d->line_count && !text_empty(d->borrower);
}

static enum inv_scan_act no(struct refusal *r, const struct say *say, const char *arg)
{
	refuse(r, say, arg, NULL, NULL);
	return INV_DO_REFUSE;
}

static enum inv_scan_act decide_command(const struct inv_scan_facts *f, struct refusal *r)
{
	switch (f->scan->command) {
	case INV_SCAN_UNDO:
		return INV_DO_UNDO;
	case INV_SCAN_CANCEL:
		return INV_DO_CLEAR;
	case INV_SCAN_PRINT:
		return f->desk->loan ? INV_DO_PRINT : no(r, &inv_say_scan_nothing, NULL);
	case INV_SCAN_DONE:
		if (!is_bundle(f->desk))
			return INV_DO_CLEAR;
		return f->desk->borrower ? INV_DO_LEND : no(r, &inv_say_scan_nobody, NULL);
	case INV_SCAN_RENEW:
		return f->desk->loan ? INV_DO_RENEW_LOAN : INV_DO_MODE;
	default:
		return INV_DO_MODE;
	}
}

static enum inv_scan_act decide_none(const struct inv_scan_facts *f, struct refusal *r)
{
	const struct inv_scan *s = f->scan;

	if (s->kind == INV_SCAN_CARD)
		return no(r, &inv_say_scan_no_card, NULL);
	if (s->kind == INV_SCAN_PLACE)
		return no(r, &inv_say_scan_no_place, s->text);
	if (f->near && f->hit_count) {
		refuse(r, &inv_say_scan_near, s->raw, f->hits[0].id, NULL);
		return INV_DO_REFUSE;
	}
	return no(r, s->bad_check ? &inv_say_scan_worn : &inv_say_scan_unknown, s->raw);
}

/* The first scan of something out turns the desk to taking back, also of whoever is chosen; in the middle
 * of a bundle, or where somebody else is chosen, it is more likely to be a slip, so it is asked. Another
 * service's is refused either way, by the return. */
static enum inv_scan_act decide_out(const struct inv_scan_facts *f, struct refusal *r)
{
	const char *label = inv_unit_label(f->unit);
	const bool chosen = is_chosen(f->desk) && !f->theirs;

	if (f->foreign || (!chosen && !is_bundle(f->desk)))
		return INV_DO_RETURN;
	if (inv_state_is_away(f->unit->state)) {
		refuse(r, &inv_say_scan_away, label, NULL, NULL);
		r->arg_say[1] = inv_state_say((enum inv_state)f->unit->state);
		return INV_DO_REFUSE;
	}
	return no(r, chosen ? &inv_say_scan_chosen : &inv_say_scan_in_bundle, label);
}

static enum inv_scan_act decide_unit(const struct inv_scan_facts *f, struct refusal *r)
{
	const struct inv_desk *d = f->desk;
	const char *label = inv_unit_label(f->unit);

	if (f->on_desk && is_bundle(d))
		return no(r, &inv_say_twice, label);
	if (!text_empty(f->unit->kit) && f->unit->state != INV_MISSING) {
		refuse(r, &inv_say_part_of_kit, label, f->kit, NULL);
		return INV_DO_REFUSE;
	}
	if (f->out && d->mode == INV_DESK_RENEW)
		return INV_DO_RENEW;
	if (f->out)
		return decide_out(f, r);
	if (f->unit->state == INV_HANDED_IN && d->mode == INV_DESK_RETURN)
		return no(r, &inv_say_in_already, label);
	if (d->mode == INV_DESK_RETURN && !d->borrower)
		return no(r, &inv_say_not_out, label);
	if (d->mode == INV_DESK_RENEW)
		return no(r, &inv_say_not_out, label);
	return INV_DO_ADD;
}

enum inv_scan_act inv_scan_decide(const struct inv_scan_facts *f, struct refusal *r)
{
	const struct inv_scan *s = f->scan;

	if (s->kind == INV_SCAN_BAD)
		return no(r, s->why ? s->why : &inv_say_scan_bad, s->raw);
	if (s->kind == INV_SCAN_COMMAND)
		return decide_command(f, r);
	if (s->kind == INV_SCAN_LOAN || s->kind == INV_SCAN_AGREEMENT)
		return INV_DO_LOAN;
	if (f->card)
		return INV_DO_BORROWER;
	if (f->hit_count == 0 || f->near)
		return decide_none(f, r);
	if (f->hit_count > 1)
		return INV_DO_CHOOSE;
	if (f->hits[0].kind == INV_HIT_PLACE)
		return INV_DO_PLACE;
	if (f->hits[0].kind == INV_HIT_PRODUCT)
		return f->desk->mode == INV_DESK_RETURN || f->desk->mode == INV_DESK_RENEW
			       ? no(r, &inv_say_scan_product, s->raw)
			       : INV_DO_PRODUCT;
	return decide_unit(f, r);
}

/* --- what one can do then --- */

#define DOORS_EACH 3
static const struct {
	const struct say *why;
	struct {
		const char *act;
		const struct say *label;
	} doors[DOORS_EACH];
} ways[] = {
	{&inv_say_scan_unknown,
		{{"search", &inv_say_door_search}, {"item_new", &inv_say_door_make}}},
	{&inv_say_scan_worn,
		{{"again", &inv_say_door_scan_again}, {"search", &inv_say_door_search},
			{"item_new", &inv_say_door_make}}},
	{&inv_say_scan_near, {{"choose", &inv_say_door_item}, {"search", &inv_say_door_search}}},
	{&inv_say_scan_product, {{"search", &inv_say_door_search}}},
	{&inv_say_scan_product_in,
		{{"all", &inv_say_door_all}, {"hold_one", &inv_say_door_hold_one}}},
	{&inv_say_scan_product_out,
		{{"hold_one", &inv_say_door_hold_one}, {"all", &inv_say_door_all}}},
	{&inv_say_scan_no_card,
		{{"search", &inv_say_door_search}, {"borrower_new", &inv_say_door_new_borrower}}},
	{&inv_say_scan_bad_loan, {{"again", &inv_say_door_scan_again}}},
	{&inv_say_scan_nobody,
		{{"search", &inv_say_door_search}, {"borrower_new", &inv_say_door_new_borrower}}},
	{&inv_say_scan_in_bundle, {{"return", &inv_say_door_return}, {"lend", &inv_say_door_lend}}},
	{&inv_say_scan_chosen, {{"return", &inv_say_door_return}, {"item", &inv_say_door_item}}},
	{&inv_say_scan_away, {{"return", &inv_say_door_return}, {"item", &inv_say_door_item}}},
	{&inv_say_scan_other_person,
		{{"lend", &inv_say_door_lend}, {"clear", &inv_say_door_clear}}},
	{&inv_say_scan_full, {{"lend", &inv_say_door_lend}, {"clear", &inv_say_door_clear}}},
	{&inv_say_twice, {{"item", &inv_say_door_item}}},
	{&inv_say_out_here, {{"renew", &inv_say_door_renew}, {"return", &inv_say_door_return}}},
	{&inv_say_out, {{"return", &inv_say_door_return}, {"open_loan", &inv_say_door_open_loan}}},
	{&inv_say_not_lendable, {{"item", &inv_say_door_item}}},
	{&inv_say_display, {{"item", &inv_say_door_item}}},
	{&inv_say_state_handed_in, {{"inspect", &inv_say_door_inspect}}},
	{&inv_say_in_already, {{"inspect", &inv_say_door_inspect}}},
	{&inv_say_state_stops, {{"item", &inv_say_door_item}}},
	{&inv_say_not_out, {{"item", &inv_say_door_item}, {"lend_mode", &inv_say_door_lend}}},
	{&inv_say_awaited, {{"yes", &inv_say_door_yes}, {"item", &inv_say_door_item}}},
	{&inv_say_promised, {{"yes", &inv_say_door_yes}, {"hold", &inv_say_door_hold}}},
	{&inv_say_limit, {{"yes", &inv_say_door_yes}, {"borrower", &inv_say_door_borrower}}},
	{&inv_say_late, {{"yes", &inv_say_door_yes}, {"borrower", &inv_say_door_borrower}}},
	{&inv_say_parts, {{"yes", &inv_say_door_yes}, {"item", &inv_say_door_item}}},
	{&inv_say_swap_first, {{"yes", &inv_say_door_yes}, {"item", &inv_say_door_item}}},
	{&inv_say_whole, {{"whole", &inv_say_door_whole}, {"missing", &inv_say_door_missing}}},
	{&inv_say_renew_waited, {{"yes", &inv_say_door_yes}, {"return", &inv_say_door_return}}},
	{&inv_say_renew_most, {{"open_loan", &inv_say_door_open_loan}}},
	{&inv_say_undo_built, {{"open_loan", &inv_say_door_open_loan}}},
	{&inv_say_part_of_kit, {{"item", &inv_say_door_item}}},
};

/* Those that follow something that was done, not a no. */
static const struct {
	const char *act;
	const struct say *label;
} after[] = {{"sign", &inv_say_door_sign}, {"sign_return", &inv_say_door_sign_return}};

const struct say *inv_door_say(const char *act)
{
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		if (text_equal(act, after[i].act))
			return after[i].label;
	}
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		for (size_t k = 0; k < DOORS_EACH && ways[i].doors[k].act; k++) {
			if (text_equal(act, ways[i].doors[k].act))
				return ways[i].doors[k].label;
		}
	}
	return NULL;
}

bool inv_scan_key_ok(const char *key)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	size_t n = key ? strlen(key) : 0;

	return n >= 8 && n <= 40 && strspn(key, plain) == n;
}

size_t inv_scan_doors(const struct refusal *r, const struct inv_desk *d, const char *code,
	struct inv_door ret[INV_DOORS])
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (ways[i].why != r->say)
			continue;
		for (size_t k = 0; k < DOORS_EACH && ways[i].doors[k].act; k++)
			ret[n++] = (struct inv_door){
				ways[i].doors[k].act, ways[i].doors[k].label, code};
	}
	/* Whose loan stands in the way is shown by its borrower; there is always a way out. */
	if (n == 0 && d->borrower)
		ret[n++] = (struct inv_door){"borrower", &inv_say_door_borrower, d->borrower};
	if (n == 0)
		ret[n++] = (struct inv_door){"again", &inv_say_door_scan_again, NULL};
	return n;
}
