/* SPDX-License-Identifier: EUPL-1.2 */
/* What is to be fetched from the shelves today for those who wait, and setting it aside. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define PRODUCTS_A_TIME 100
#define THINGS_READ 200 /* of a product's on the shelf */

static const struct say no_one = {
	"hold.nobody", {"Ingen väntar på {0} nu. Låt den stå kvar på sin plats.",
			       "Kukaan ei odota esinettä {0} nyt. Jätä se paikalleen.",
			       "Nobody waits for {0} now. Leave it in its place."}};

/* --- the list --- */

/* Which service may set it aside, by the act and in the list. */
static int find_zone(struct store_txn *txn, struct arena *a, const struct inv_unit *u, uint32_t *ret)
{
	struct inv_product p = {0};
	int err = u->zone ? 0 : inv_unit_product(txn, a, u, &p);

	*ret = u->zone ? u->zone : p.zone;
	return err == ERR_NOTFOUND ? 0 : err;
}

struct picking {
	struct store_txn *txn;
	struct arena *a;
	const struct inv_pick_ask *ask;
	struct inv_pick *rows;
	size_t n;
};

static int keep_theirs(struct picking *p, struct inv_unit *u, size_t n, struct inv_pick *pick)
{
	struct inv_unit *things = ARENA_ARRAY(p->a, struct inv_unit, n + 1);
	uint32_t zone = 0;

	for (int whole = 1; whole >= 0; whole--) {
		for (size_t i = 0; i < n; i++) {
			int err;

			if (!text_empty(u[i].kit) || u[i].display || inv_unit_is_in_order(&u[i]) != whole)
				continue;
			err = find_zone(p->txn, p->a, &u[i], &zone);
			if (err)
				return err;
			if (inv_zone_is_theirs(zone, INV_ZONED | p->ask->zones))
				things[pick->thing_count++] = u[i];
		}
	}
	pick->things = things;
	return 0;
}

static int read_shelf(struct picking *p, struct inv_pick *pick)
{
	const struct inv_filter f = {
		.product = pick->product.id, .state = INV_IN_STOCK, .most = THINGS_READ};
	struct inv_unit *u;
	const char *next;
	size_t n = 0;
	int err = inv_unit_filter(p->txn, p->a, &f, &u, &n, &next);

	return err ? err : keep_theirs(p, u, n, pick);
}

/* Those who would be served by what stands there, in their order. */
static int pick_of(struct picking *p, const struct inv_product *product, uint64_t in_stock)
{
	struct inv_pick pick = {.product = *product};
	struct inv_hold *queue;
	size_t n, i, left;
	int err = inv_hold_queue(p->txn, p->a, product->id, &queue, &n);

	if (err || inv_hold_choose(queue, n, p->ask->today) == n)
		return err;
	err = read_shelf(p, &pick);
	left = pick.thing_count;
	while (err == 0 && in_stock && p->n < p->ask->most) {
		i = inv_hold_choose(queue, n, p->ask->today);
		if (i == n)
			break;
		pick.hold = queue[i];
		if (left || (pick.hold.zone & p->ask->zones))
			p->rows[p->n++] = pick;
		left -= left > 0;
		queue[i].state = INV_HOLD_READY; /* here only: the next round takes the next */
		in_stock--;
	}
	return err;
}

int inv_pick_list(struct store_txn *txn, struct arena *a, const struct inv_pick_ask *pick,
	struct inv_pick **ret, size_t *ret_n)
{
	struct inv_product_ask ask = {.lendable_only = true, .most = PRODUCTS_A_TIME};
	struct picking p = {.txn = txn, .a = a, .ask = pick,
		.rows = ARENA_ARRAY(a, struct inv_pick, pick->most + 1)};
	int err;

	do {
		struct inv_product *products;
		size_t n = 0;

		err = inv_product_list(txn, a, &ask, &products, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++) {
			uint64_t by_state[INV_STATES];

			err = inv_count_for_loan(txn, products[i].id, by_state);
			if (err == 0 && by_state[INV_IN_STOCK])
				err = pick_of(&p, &products[i], by_state[INV_IN_STOCK]);
		}
	} while (err == 0 && ask.after && p.n < pick->most);
	if (err)
		return err;
	*ret = p.rows;
	*ret_n = p.n;
	return 0;
}

/* --- the act --- */

static const struct say not_theirs = {
	"hold.other-zone", {"{0} är den andra verksamhetens. Låt den stå: de lägger undan den själva.",
				   "{0} on toisen palvelun. Jätä se paikalleen: he varaavat sen itse.",
				   "{0} is the other service's. Leave it: they set it aside themselves."}};

struct pick_job {
	const char *code;
	uint64_t hold;
};

static int admit(struct inv_work *w, const struct inv_unit *u)
{
	uint32_t zone = 0;
	int err = find_zone(w->txn, w->a, u, &zone);

	if (err)
		return err;
	return inv_zone_is_theirs(zone, INV_ZONED | w->by->zones)
		       ? 0
		       : refuse(w->r, &not_theirs, inv_unit_label(u), NULL, NULL);
}

/* Whose hold it is says its zone: of another's the number is not told. */
static int forget_other(struct inv_work *w, uint64_t *hold)
{
	struct inv_hold h;
	int err = inv_hold_get(w->txn, w->a, *hold, &h);

	if (err == 0 && !(h.zone & w->by->zones))
		*hold = 0;
	return err;
}

static const struct say stands = {"hold.stands", {
	"{0} står redan framme för en reservation. Den väntar på att hämtas.",
	"{0} on jo esillä varausta varten. Se odottaa noutoa.",
	"{0} stands ready for a hold already. It waits to be fetched."}};

/* Who is called to fetch it must be able to take it along. */
static int admit_return(struct inv_work *w, const struct inv_unit *u)
{
	bool open = false;
	int err = w->inv->mdm ? inv_return_is_open(w->txn, u->serial, &open) : 0;

	return err ? err : open ? refuse(w->r, &inv_say_returning, inv_unit_label(u), NULL, NULL) : 0;
}

static int pick_in(struct inv_work *w, void *arg)
{
	struct pick_job *j = arg;
	struct inv_last last = {.act = "hold.pick"};
	struct doc *d = doc_new(w->a);
	struct inv_unit u;
	int err = inv_unit_find(w->txn, w->a, j->code, &u);

	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return refuse(w->r, &inv_say_no_unit, j->code, NULL, NULL);
	if (err == 0)
		err = admit(w, &u);
	if (err == 0 && u.state == INV_AWAITING)
		return refuse(w->r, &stands, inv_unit_label(&u), NULL, NULL);
	if (err == 0)
		err = admit_return(w, &u);
	if (err == 0 && u.state != INV_IN_STOCK) {
		refuse(w->r, &inv_say_state_stops, inv_unit_label(&u), NULL, NULL);
		w->r->arg_say[1] = inv_state_say((enum inv_state)u.state);
		return ERR_REFUSED;
	}
	if (err == 0 && !text_empty(u.kit))
		return refuse(w->r, &inv_say_part_of_kit, inv_unit_label(&u),
			inv_unit_label_of(w->txn, w->a, u.kit), NULL);
	if (err == 0)
		err = inv_hold_take(w, &u, &j->hold);
	if (err == 0 && !j->hold)
		return refuse(w->r, &no_one, inv_unit_label(&u), NULL, NULL);
	if (err)
		return err;
	last.serial = arena_printf(w->a, "hold:%llu", (unsigned long long)j->hold);
	doc_set_str(d, "serial", u.serial);
	err = forget_other(w, &j->hold);
	return err ? err : inv_work_end(w, &last, d);
}

int inv_hold_pick(struct inv *inv, const struct inv_desk_who *by, const char *code,
	struct refusal *r, uint64_t *ret_hold)
{
	struct pick_job j = {.code = code};
	int err = inv_work_run(inv, by, r, pick_in, &j);

	if (err == 0)
		*ret_hold = j.hold;
	return err;
}
