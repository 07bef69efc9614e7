/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_LOCATION, serial number -> who asked, who confirmed, and the place, sealed. */
#include "mdm/queue_int.h"

#include "base/rec.h"

static const struct rec_field row_fields[] = {REC_STR(1, struct mdm_location_row, serial),
	REC_WORDS(2, struct mdm_location_row, purpose), REC_STR(3, struct mdm_location_row, asked_by),
	REC_STR(4, struct mdm_location_row, confirmed_by),
	REC_STR(5, struct mdm_location_row, command), REC_STR(6, struct mdm_location_row, error),
	REC_I64(7, struct mdm_location_row, asked_at),
	REC_I64(8, struct mdm_location_row, confirmed_at),
	REC_I64(9, struct mdm_location_row, answered_at),
	REC_BYTES(10, struct mdm_location_row, sealed), REC_END};
const struct rec_type mdm_location_rec =
	REC_TYPE_WORDS("mdm.location", struct mdm_location_row, 1, row_fields);

static const struct rec_field place_fields[] = {REC_I64(1, struct mdm_place_on_earth, latitude_e7),
	REC_I64(2, struct mdm_place_on_earth, longitude_e7),
	REC_I64(3, struct mdm_place_on_earth, accuracy_mm),
	REC_I64(4, struct mdm_place_on_earth, located_at), REC_END};
static const struct rec_type place_rec = REC_TYPE(struct mdm_place_on_earth, 1, place_fields);

int mdm_location_row_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_location_row *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_location_row r = {0};
	struct bytes v;
	int err = store_get(txn, MDM_LOCATION, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &mdm_location_rec, v, a, &r);
	if (err == 0)
		*ret = r;
	return err;
}

int mdm_location_row_put(struct store_txn *txn, const struct mdm_location_row *r)
{
	AUTO(buf) struct buf b = BUF_INIT(16 * 1024);
	struct store_key k = store_key("s", r->serial);
	int err = store_rec_encode(txn, &mdm_location_rec, r, &b);

	return err ? err : store_put(txn, MDM_LOCATION, &k, buf_bytes(&b));
}

int mdm_location_row_del(struct store_txn *txn, const char *serial)
{
	struct store_key k = store_key("s", serial);
	int err = store_del(txn, MDM_LOCATION, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_location_seal(struct certs *c, const struct mdm_place_on_earth *p, struct arena *a,
	struct mdm_location_row *r)
{
	AUTO(buf) struct buf b = BUF_INIT(1024);
	int err;

	rec_encode(&place_rec, p, &b);
	err = cert_seal(c, mdm_seal_context(a, MDM_LOCATION_CONTEXT, r->serial), buf_bytes(&b), a,
		&r->sealed);
	buf_wipe(&b);
	return err;
}

int mdm_location_unseal(struct certs *c, const struct mdm_location_row *r, struct arena *a,
	struct mdm_place_on_earth *ret)
{
	struct mdm_place_on_earth p = {0};
	struct bytes plain;
	int err = cert_unseal(
		c, mdm_seal_context(a, MDM_LOCATION_CONTEXT, r->serial), r->sealed, a, &plain);

	if (err == 0)
		err = rec_decode(&place_rec, plain, a, &p);
	if (err == 0)
		*ret = p;
	return err;
}
