/* SPDX-License-Identifier: EUPL-1.2 */
/* Is a thing one of those that a safety notice speaks of? Pure. */
#include "inventory/inventory_int.h"

#include "base/fold.h"
#include "base/text.h"

/* Is a serial number within the stretch? As numbers where both ends and it are numbers of their
 * own, so that 99 is before 100. */
static bool within(struct arena *a, const char *serial, const struct inv_notice *n)
{
	const char *key = fold_sort_key(a, serial);

	return (text_empty(n->serial_from) || strcmp(key, fold_sort_key(a, n->serial_from)) >= 0) &&
	       (text_empty(n->serial_to) || strcmp(key, fold_sort_key(a, n->serial_to)) <= 0);
}

static enum inv_fit fit_word(const char *want, const char *have)
{
	if (text_empty(want))
		return INV_FITS;
	return text_empty(have) ? INV_FITS_PERHAPS : text_equal_case(want, have) ? INV_FITS : INV_FITS_NOT;
}

static enum inv_fit fit_day(const struct inv_notice *n, int32_t made)
{
	if (!n->made_from && !n->made_to)
		return INV_FITS;
	if (!made)
		return INV_FITS_PERHAPS;
	return made >= n->made_from && (!n->made_to || made <= n->made_to) ? INV_FITS : INV_FITS_NOT;
}

/* A number of ours says nothing of when it was made. */
static enum inv_fit fit_serial(struct arena *a, const struct inv_notice *n, const struct inv_unit *u)
{
	const char *serial = text_empty(u->maker_serial) ? u->serial : u->maker_serial;

	if (text_empty(n->serial_from) && text_empty(n->serial_to))
		return INV_FITS;
	if (text_equal(serial, u->item_number))
		return INV_FITS_PERHAPS;
	return within(a, serial, n) ? INV_FITS : INV_FITS_NOT;
}

/* What may be dangerous is not passed over for what nobody wrote down, where it is at least of the product or
 * model; whoever has it reads its label. */
enum inv_fit inv_notice_fits(struct arena *a, const struct inv_notice *n, const struct inv_unit *u)
{
	const enum inv_fit model = fit_word(n->model, text_empty(u->model) ? u->product : u->model);
	const enum inv_fit fits[] = {model, fit_word(n->lot, u->lot), fit_day(n, u->made_day), fit_serial(a, n, u)};
	const bool known = !text_empty(n->product_id) || (!text_empty(n->model) && model == INV_FITS);
	enum inv_fit least = INV_FITS;

	if (!text_empty(n->product_id) && !text_equal(n->product_id, u->product_id))
		return INV_FITS_NOT;
	for (size_t i = 0; i < sizeof(fits) / sizeof(fits[0]); i++)
		least = fits[i] < least ? fits[i] : least;
	return least == INV_FITS_PERHAPS && !known ? INV_FITS_NOT : least;
}
