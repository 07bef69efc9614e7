/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An iPad that is to be somebody else's: what was wanted on it alone, and what was sent to it alone,
 * was the last borrower's. No mark tells what was put there for the person from what was meant for
 * the iPad, so all of it goes, but for what says whose the iPad is.
 */
#include "mdm/media_int.h"

#include "base/text.h"

/* Its name and the words of its lock screen. */
static bool is_the_ipads(const struct mdm_item *x)
{
	return (x->kind == MDM_ITEM_SETTING && text_equal(x->id, "device-name")) ||
	       (x->kind == MDM_ITEM_PROFILE && text_equal(x->id, "lock-screen"));
}

struct clean {
	struct mdm *m;
	const struct mdm_act *act;
	const char *serial;
	struct arena *a;
	struct doc *items, *mailings;
	size_t n;
};

static int clean_items(struct clean *c)
{
	struct mdm_item *items;
	size_t n;
	int err = mdm_item_list(c->m, c->act->txn, c->a, MDM_OF_IPAD, c->serial, &items, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (is_the_ipads(&items[i]))
			continue;
		err = mdm_item_drop(c->act->txn, &items[i]);
		doc_add_str(c->items, mdm_slot_name(c->a, items[i].kind, items[i].id));
		c->n++;
	}
	return err;
}

/* Why it ended stands with it: whoever sent it looks there. */
static int withdraw(struct clean *c, const char *id)
{
	struct mdm_mailing x;
	int err = mdm_mailing_withdraw(c->m, c->act, id);

	if (err == 0)
		err = mdm_mailing_get(c->act->txn, c->a, id, &x);
	if (err)
		return err;
	x.returned = true;
	doc_add_str(c->mailings, id);
	c->n++;
	return mdm_mailing_put(c->act->txn, &x);
}

static int clean_mailings(struct clean *c)
{
	const char **ids;
	size_t n;
	int err = mdm_mailings_to(c->act->txn, c->a, c->serial, &ids, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = withdraw(c, ids[i]);
	return err;
}

static int clean_audit(const struct clean *c, const struct doc *d)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 18);

	doc_format(d, &b);
	return audit_add(c->act->txn, c->act->who, c->act->now, "desired.clean", c->serial,
		buf_str(&b));
}

int mdm_desired_clean(
	struct mdm *m, const struct mdm_act *act, const char *serial, size_t *ret_n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = doc_new(a);
	struct clean c = {.m = m, .act = act, .serial = serial, .a = a};
	int err;

	c.items = doc_set_list(d, "items");
	c.mailings = doc_set_list(d, "mailings");
	err = clean_items(&c);
	if (err == 0)
		err = clean_mailings(&c);
	if (err == 0 && c.n)
		err = mdm_visit_put(act->txn, serial, act->now);
	if (err == 0 && c.n)
		err = clean_audit(&c, d);
	if (err == 0)
		*ret_n = c.n;
	return refusal_keep(act->r, err);
}
