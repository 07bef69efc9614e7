/* SPDX-License-Identifier: EUPL-1.2 */
/* What a PKCS #12 file may ask for before it is opened: p12_rounds.c. */
#ifndef CERTS_P12_INT_H
#define CERTS_P12_INT_H

#include "certs/certs_int.h"

#include <openssl/pkcs12.h>

/* ERR_BADINPUT for a check sum that takes longer than a million rounds. */
int cert_p12_sum_check(const PKCS12 *p12) MUST_CHECK;
/* The same of each safe and each key; the password is the right one. ERR_BADINPUT; ERR_UNSUPPORTED:
 * a safe is locked in a way that its library context does not know. */
int cert_p12_locks_check(const PKCS12 *p12, const char *password) MUST_CHECK;

#endif
