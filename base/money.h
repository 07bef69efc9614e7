/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums in öre, as they are said and typed in kronor. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/err.h"
#include "base/mem.h"

/* "28 565 kr", "349,50 kr", with blanks that do not break; "−" before what is below zero. */
const char *money_text(struct arena *a, int64_t ore);
/* As it stands in a box: "28565", "349,50". */
const char *money_typed(struct arena *a, int64_t ore);
/* What people type: "349", "349,50", "28 565 kr"; up to nine digits of kronor. */
int money_parse(const char *s, int64_t *ret_ore) MUST_CHECK;

#endif
