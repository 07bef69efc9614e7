/* SPDX-License-Identifier: EUPL-1.2 */
/* The founding of a house: its sealing key, its CA and its profile signer. */
#include "certs/kept_int.h"
#include "certs/seal_int.h"

#define DEFAULT_IDENTITY_LIFE_S (5 * CERT_YEAR_S)
#define RSA_BITS 2048u
#define ORGANISATION_MAX 60

struct founding {
	const char *organisation;
	struct cert_ring *ring;
	int64_t now, not_after;
	struct cert_pair ca, signer;
	struct cert_kept ca_kept, signer_kept, check;
	uint8_t check_value[32];
	struct arena *arena;
};

int64_t cert_identity_life(const struct cert_options *o)
{
	return o->identity_life_s > 0 ? o->identity_life_s : DEFAULT_IDENTITY_LIFE_S;
}

void cert_pair_release(struct cert_pair *p)
{
	X509_free(p->cert);
	EVP_PKEY_free(p->key);
}

int cert_issuer_of(const struct cert_pair *ca, struct arena *a, struct cert_issuer *ret)
{
	const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(ca->cert);
	uint8_t *name = NULL;
	int n = i2d_X509_NAME(X509_get_subject_name(ca->cert), &name);

	if (n <= 0 || !id)
		return cert_fail(ERR_INTERNAL);
	ret->key = ca->key;
	ret->name = arena_bytes(a, bytes_of(name, (size_t)n));
	ret->key_id =
		arena_bytes(a, bytes_of(ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id)));
	OPENSSL_free(name);
	return 0;
}

static int look_for_ca(struct store_txn *txn, void *arg)
{
	struct founding *f = arg;
	struct cert_kept kept;
	int err = cert_kept_get(txn, f->arena, CERT_KEPT_CA, &kept);

	if (err == ERR_NOTFOUND)
		return 0;
	return err ? err : ERR_EXISTS;
}

/* A new RSA key and a certificate of this role for it; `ca` NULL: signs itself. */
static int make_pair(struct founding *f, enum cert_role role, const char *name,
	const struct cert_pair *ca, struct cert_pair *ret)
{
	struct cert_issuer issuer = {0};
	uint8_t serial[CERT_SERIAL];
	struct cert_form form = {
		.role = role,
		.organisation = f->organisation,
		.common_name = name,
		.serial = serial,
		/* the CA a day before all it may sign */
		.not_before = f->now - (ca ? CERT_BACKDATE_S : 2 * CERT_BACKDATE_S),
		.not_after = f->not_after,
	};
	struct bytes der;
	int err;

	cert_serial_draw(serial);
	ret->key = EVP_RSA_gen(RSA_BITS);
	if (!ret->key)
		return cert_fail(ERR_INTERNAL);
	issuer.key = ret->key;
	err = ca ? cert_issuer_of(ca, f->arena, &issuer) : 0;
	if (!err)
		err = cert_key_spki(ret->key, f->arena, &form.spki);
	if (!err)
		err = cert_issue(&issuer, &form, f->arena, &der);
	return err ? err : cert_x509_parse(der, &ret->cert);
}

static int seal_pair(struct founding *f, const char *context, const struct cert_pair *pair,
	struct cert_kept *ret)
{
	struct cert_kept kept = {
		.name = f->organisation, .not_before = f->now, .not_after = f->not_after};
	struct bytes key;
	int err = cert_key_format(pair->key, f->arena, &key);

	if (!err)
		err = cert_ring_seal(f->ring, context, key, f->arena, &kept.sealed_key);
	if (!err)
		err = cert_der_of(pair->cert, f->arena, &kept.certificate);
	if (!err)
		*ret = kept;
	return err;
}

static int put_all(struct store_txn *txn, void *arg)
{
	struct founding *f = arg;
	int err = look_for_ca(txn, arg); /* somebody may have been quicker */

	if (!err)
		err = cert_kept_put(txn, CERT_KEPT_SEAL, &f->check);
	if (!err)
		err = cert_kept_put(txn, CERT_KEPT_CA, &f->ca_kept);
	return err ? err : cert_kept_put(txn, CERT_KEPT_SIGNER, &f->signer_kept);
}

/* A key file that an interrupted founding left is taken up again. */
static int load_or_make_ring(const char *path, struct cert_ring **ret)
{
	int err = cert_ring_load(path, ret);

	if (err != ERR_NOTFOUND)
		return err;
	err = cert_ring_create(path);
	return err && err != ERR_EXISTS ? err : cert_ring_load(path, ret);
}

static int make_all(struct founding *f)
{
	int err = make_pair(f, CERT_ROLE_CA, "Hylla CA", NULL, &f->ca);

	if (!err)
		err = make_pair(f, CERT_ROLE_SIGNER, "Hylla", &f->ca, &f->signer);
	if (!err)
		err = seal_pair(f, CERT_CA_KEY_CONTEXT, &f->ca, &f->ca_kept);
	if (!err)
		err = seal_pair(f, CERT_SIGNER_KEY_CONTEXT, &f->signer, &f->signer_kept);
	cert_ring_hash(f->ring, CERT_SEAL_CHECK_CONTEXT, bytes_of(NULL, 0), f->check_value);
	f->check.certificate = bytes_of(f->check_value, sizeof(f->check_value));
	return err;
}

int cert_establish(struct store *st, const struct cert_options *o, const char *organisation,
	int ca_years, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	int64_t least = cert_identity_life(o) + CERT_YEAR_S, life = ca_years * CERT_YEAR_S;
	struct founding f = {
		.organisation = organisation,
		.now = now,
		.not_after = now + (life > least ? life : least),
		.arena = a,
	};
	int err;

	if (!organisation[0] || strlen(organisation) > ORGANISATION_MAX || ca_years > 100)
		return ERR_BADINPUT;
	err = store_read(st, look_for_ca, &f);
	if (!err)
		err = load_or_make_ring(o->seal_key_path, &f.ring);
	if (!err)
		err = make_all(&f);
	if (!err)
		err = store_write(st, put_all, &f);
	cert_pair_release(&f.ca);
	cert_pair_release(&f.signer);
	cert_ring_free(f.ring);
	return err;
}
