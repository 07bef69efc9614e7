/* SPDX-License-Identifier: EUPL-1.2 */
/* A mailing at a time, to the one iPad of the house. */
#ifndef TESTS_MDM_MAILING_H
#define TESTS_MDM_MAILING_H

#include "mdm/media_int.h"
#include "tests/unit/mdm/books.h"
#include "tests/unit/mdm/desired.h"

static struct mdm_mailing made;

static inline int add_in(struct store_txn *txn, void *arg)
{
	return mdm_mailing_add(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg, house.a, &made);
}

static inline int send(struct mdm_mailing want)
{
	q.r = (struct refusal){0};
	if (!want.title)
		want.title = "Enkät";
	return q_write(add_in, &want);
}

static inline int get_in(struct store_txn *txn, void *arg)
{
	return mdm_mailing_get(txn, house.a, made.id, arg);
}

static inline struct mdm_mailing now(void)
{
	struct mdm_mailing x;

	cr_assert_eq(q_read(get_in, &x), 0);
	return x;
}

static inline int withdraw_in(struct store_txn *txn, void *arg)
{
	return mdm_mailing_withdraw(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, made.id);
}

static inline int remove_in(struct store_txn *txn, void *arg)
{
	return mdm_media_remove(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg);
}

#define SURVEY                                                  \
	(struct mdm_mailing)                                    \
	{                                                       \
		.kind = MDM_MAILING_SURVEY, .serial = Q_SERIAL, \
		.url = "https://enkat.example.se/host"          \
	}

static inline void m_open(void)
{
	q_open();
	house_options()->public_url = "https://ipad.example.se";
}

#endif
