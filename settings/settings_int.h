/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of settings/ share. */
#ifndef SETTINGS_SETTINGS_INT_H
#define SETTINGS_SETTINGS_INT_H

#include "settings/settings.h"

/* --- setting_db.c --- */
/* The change with its number, and the value it makes; `c->is_kept` false takes the value away. */
int setting_change_put(
	struct store_txn *txn, enum setting x, const struct setting_change *c) MUST_CHECK;

int setting_waiting_put(
	struct store_txn *txn, enum setting x, const struct setting_change *c) MUST_CHECK;
/* None is good. */
int setting_waiting_del(struct store_txn *txn, enum setting x) MUST_CHECK;

/* --- table.c --- */
/* The row as base/conf.h checks it; of one that hylla.conf has, without its default. */
struct conf_key setting_conf_key(enum setting x);

extern const struct say setting_say_number, setting_say_span, setting_say_choice,
	setting_say_one_of, setting_say_empty, setting_say_long, setting_say_line, setting_say_mail,
	setting_say_hours, setting_say_dates, setting_say_version, setting_say_why, setting_say_same;

#endif
