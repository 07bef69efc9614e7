/* SPDX-License-Identifier: EUPL-1.2 */
/* Short words for groups and sets, over queue.h. */
#ifndef TESTS_MDM_DESIRED_H
#define TESTS_MDM_DESIRED_H

#include "mdm/desired_int.h"
#include "tests/unit/mdm/queue.h"

#define D_WIFI "{\"type\":\"wifi\",\"ssid\":\"Hemma\",\"password\":\"korvstroganoff\"}"
#define D_CLIP "{\"type\":\"web-clip\",\"url\":\"https://boras.se/\",\"label\":\"Borås\"}"

static inline int d_group_in(struct store_txn *txn, void *arg)
{
	return mdm_group_add(house.m, txn, &q.who, arg, "En grupp", q.now, &q.r);
}

static inline int d_group(const char *name)
{
	q.r = (struct refusal){0};
	return q_write(d_group_in, (void *)(uintptr_t)name);
}

struct d_member {
	const char *group, *serial;
	bool in;
};

static inline int d_member_in(struct store_txn *txn, void *arg)
{
	const struct d_member *x = arg;

	return mdm_member_set(house.m, txn, &q.who, x->group, x->serial, x->in, q.now, &q.r);
}

static inline int d_member(const char *group, const char *serial, bool in)
{
	struct d_member x = {group, serial, in};

	q.r = (struct refusal){0};
	return q_write(d_member_in, &x);
}

static inline int d_put_in(struct store_txn *txn, void *arg)
{
	return mdm_item_put(house.m, txn, &q.who, arg, q.now, &q.r);
}

static inline int d_put(struct mdm_item item)
{
	q.r = (struct refusal){0};
	return q_write(d_put_in, &item);
}

static inline struct mdm_item d_item(
	uint32_t owner_kind, const char *owner, uint32_t kind, const char *id, const char *spec)
{
	return (struct mdm_item){
		.owner_kind = owner_kind, .owner = owner, .kind = kind, .id = id, .spec = spec};
}

static inline int d_del_in(struct store_txn *txn, void *arg)
{
	return mdm_item_del(house.m, txn, &q.who, arg, q.now, &q.r);
}

static inline int d_del(struct mdm_item slot)
{
	q.r = (struct refusal){0};
	return q_write(d_del_in, &slot);
}

/* As the clock would, until there is nothing left to do. */
static inline void d_tend(void)
{
	cr_assert_eq(mdm_desired_tend(house.m, q.now), 0);
}

struct d_list {
	struct mdm_desired *list;
	size_t n;
	const char *hindrance;
};

static inline int d_list_in(struct store_txn *txn, void *arg)
{
	struct d_list *l = arg;

	return mdm_desired_list(
		house.m, txn, house.a, Q_SERIAL, SAY_EN, q.now, &l->list, &l->n, &l->hindrance);
}

static inline struct d_list d_list(void)
{
	struct d_list l = {0};

	cr_assert_eq(q_read(d_list_in, &l), 0);
	return l;
}

/* The state of one slot; 0: not asked of the iPad, 99: nobody knows it. */
static inline uint32_t d_state(uint32_t kind, const char *id)
{
	struct d_list l = d_list();

	for (size_t i = 0; i < l.n; i++) {
		if (l.list[i].kind == kind && text_equal(l.list[i].id, id))
			return l.list[i].state;
	}
	return 99;
}

static inline const struct mdm_desired *d_slot(uint32_t kind, const char *id)
{
	struct d_list l = d_list();

	for (size_t i = 0; i < l.n; i++) {
		if (l.list[i].kind == kind && text_equal(l.list[i].id, id))
			return &l.list[i];
	}
	return NULL;
}

static inline int d_check_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_check(txn, q_fault, NULL);
}

static inline void d_check(void)
{
	cr_assert_eq(q_read(d_check_in, NULL), 0);
	q_check();
}

static inline void d_close(void)
{
	d_check();
	house_close();
}

#endif
