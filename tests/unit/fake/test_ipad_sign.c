/* SPDX-License-Identifier: EUPL-1.2 */
/* The three forms of signature: what real iPads write, byte by byte where it matters. */
#include "tests/unit/fake/office.h"
#include "tests/fake/ipad_int.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <openssl/cms.h>
#include <openssl/err.h>

static int verified(struct bytes sig, struct bytes body)
{
	const uint8_t *p = sig.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)sig.n);
	BIO *in = BIO_new_mem_buf(body.p, (int)body.n);
	int ok = -1;

	if (cms && p == sig.p + sig.n)
		ok = CMS_verify(cms, NULL, NULL, in, NULL,
			CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY | CMS_DETACHED);
	BIO_free(in);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return ok;
}

static struct bytes signed_as(
	struct office *o, struct ipad *p, enum ipad_signature style, struct bytes body)
{
	p->o.signature = style;
	return ipad_cms_detached(p, o->arena, &p->identity, body);
}

Test(ipad_sign, tells_its_own_time)
{
	struct bytes body = bytes_of_str("body"), sig;
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	ipad_clock_set(p, 946684800 - clock_now()); /* it believes it is the year 2000 */
	sig = signed_as(&o, p, IPAD_SIGN_SHA1, body);
	cr_assert_eq(verified(sig, body), 1);
	cr_assert_not_null(memmem(sig.p, sig.n, "000101000", 9));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_sign, forms)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	for (unsigned style = IPAD_SIGN_APPLE; style <= IPAD_SIGN_SHA256; style++) {
		struct bytes body = bytes_of_str("the body\r\nas it is\n");
		struct bytes sig = signed_as(&o, p, style, body);
		bool sha256 = memmem(sig.p, sig.n, "\x60\x86\x48\x01\x65\x03\x04\x02\x01", 9);
		/* signingTime, to be found in signed attributes alone */
		bool attributes = memmem(sig.p, sig.n, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05", 9);

		cr_expect_eq(verified(sig, body), 1, "style %u", style);
		cr_expect_neq(verified(sig, bytes_of_str("the body")), 1);
		cr_expect_eq(sig.p[1] == 0x80, style == IPAD_SIGN_APPLE, "indefinite length");
		cr_expect_eq(sha256, style == IPAD_SIGN_SHA256);
		cr_expect_eq(attributes, style != IPAD_SIGN_APPLE);
	}
	ipad_free(p);
	office_close(&o);
}
