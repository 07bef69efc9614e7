/* SPDX-License-Identifier: EUPL-1.2 */
/* The starter catalogue, between its files. */
#ifndef INVENTORY_CATALOGUE_INT_H
#define INVENTORY_CATALOGUE_INT_H

#include "base/say.h"

/* What whoever hands such a thing out should know; NULL: nothing is said of this product.
 * (catalogue_help.c) */
const char *inv_starter_help(const char *id, enum say_lang lang);

#endif
