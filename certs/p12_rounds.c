/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How much work a PKCS #12 file asks for before it opens: its check sum, each of its safes and each
 * locked key say themselves how often a password is stirred (RFC 7292, 4 and B.2; RFC 8018, A.2), and
 * a few hundred octets may ask for hours. So each is asked before anything is opened with it.
 */
#include "certs/p12_int.h"

#include <openssl/pkcs12.h>

#define ROUNDS_MOST 1000000 /* what asks for more only wants our time */
#define SAFES_MOST 4
#define BAGS_MOST 16 /* and so does a key among many */

static void bags_free(STACK_OF(PKCS12_SAFEBAG) **bags)
{
	sk_PKCS12_SAFEBAG_pop_free(*bags, PKCS12_SAFEBAG_free);
}

static void safes_free(STACK_OF(PKCS7) **safes)
{
	sk_PKCS7_pop_free(*safes, PKCS7_free);
}

CERT_AUTO_OSSL(PBEPARAM)
CERT_AUTO_OSSL(PBE2PARAM)
CERT_AUTO_OSSL(PBKDF2PARAM)

static bool are_few(const ASN1_INTEGER *rounds)
{
	int64_t n;

	return rounds && ASN1_INTEGER_get_int64(&n, rounds) == 1 && n >= 1 && n <= ROUNDS_MOST;
}

/* scrypt says its work otherwise, and no iPad's file is locked so. */
static bool pbes2_is_cheap(const ASN1_TYPE *params)
{
	AUTO(PBE2PARAM) PBE2PARAM *two = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), params);
	AUTO(PBKDF2PARAM) PBKDF2PARAM *how = NULL;

	if (!two || OBJ_obj2nid(two->keyfunc->algorithm) != NID_id_pbkdf2)
		return false;
	how = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), two->keyfunc->parameter);
	return how && are_few(how->iter);
}

static bool lock_is_cheap(const X509_ALGOR *lock)
{
	AUTO(PBEPARAM) PBEPARAM *one = NULL;

	if (OBJ_obj2nid(lock->algorithm) == NID_pbes2)
		return pbes2_is_cheap(lock->parameter);
	one = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), lock->parameter);
	return one && are_few(one->iter);
}

static bool bag_is_cheap(const PKCS12_SAFEBAG *bag)
{
	const X509_ALGOR *lock = NULL;

	switch (PKCS12_SAFEBAG_get_nid(bag)) {
	case NID_pkcs8ShroudedKeyBag:
		X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &lock, NULL);
		return lock_is_cheap(lock);
	case NID_safeContentsBag: /* bags within bags, without end */
		return false;
	default:
		return true;
	}
}

/* The bags of one safe; NULL, with what is wrong, where it cannot or may not be opened. */
static STACK_OF(PKCS12_SAFEBAG) *safe_open(PKCS7 *safe, const char *password, int *ret_err)
{
	STACK_OF(PKCS12_SAFEBAG) *bags = NULL;

	*ret_err = ERR_BADINPUT;
	if (PKCS7_type_is_data(safe))
		return PKCS12_unpack_p7data(safe);
	if (!PKCS7_type_is_encrypted(safe) || !safe->d.encrypted || !safe->d.encrypted->enc_data ||
		!lock_is_cheap(safe->d.encrypted->enc_data->algorithm))
		return NULL;
	bags = PKCS12_unpack_p7encdata(safe, password, -1);
	*ret_err = ERR_UNSUPPORTED;
	return bags;
}

static int safe_check(PKCS7 *safe, const char *password)
{
	int err;
	__attribute__((cleanup(bags_free))) STACK_OF(PKCS12_SAFEBAG) *bags =
		safe_open(safe, password, &err);

	if (!bags)
		return err;
	if (sk_PKCS12_SAFEBAG_num(bags) > BAGS_MOST)
		return ERR_BADINPUT;
	for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
		if (!bag_is_cheap(sk_PKCS12_SAFEBAG_value(bags, i)))
			return ERR_BADINPUT;
	}
	return 0;
}

int cert_p12_sum_check(const PKCS12 *p12)
{
	const ASN1_INTEGER *rounds = NULL;

	PKCS12_get0_mac(NULL, NULL, NULL, &rounds, p12);
	return !rounds || are_few(rounds) ? 0 : ERR_BADINPUT; /* none said: one */
}

int cert_p12_locks_check(const PKCS12 *p12, const char *password)
{
	__attribute__((cleanup(safes_free))) STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(p12);
	int err = 0;

	if (!safes || sk_PKCS7_num(safes) > SAFES_MOST)
		return ERR_BADINPUT;
	for (int i = 0; err == 0 && i < sk_PKCS7_num(safes); i++)
		err = safe_check(sk_PKCS7_value(safes, i), password);
	return err;
}
