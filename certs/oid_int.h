/* SPDX-License-Identifier: EUPL-1.2 */
/* Names of things in CMS and SCEP: the content octets of object identifiers. */
#ifndef CERTS_OID_INT_H
#define CERTS_OID_INT_H

#include "base/bytes.h"

/* also where a constant is asked for */
#define OID_BYTES(literal) ((struct bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

/* content types, RFC 5652 4 to 6: 1.2.840.113549.1.7.* */
#define OID_DATA OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
#define OID_SIGNED_DATA OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
#define OID_ENVELOPED_DATA OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03")
/* attributes of PKCS #9: 1.2.840.113549.1.9.* */
#define OID_CONTENT_TYPE OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03")
#define OID_MESSAGE_DIGEST OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04")
#define OID_SIGNING_TIME OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05")
#define OID_CHALLENGE OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x07")
#define OID_CAPABILITIES OID_BYTES("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0f")
/* attributes of RFC 8894 3.2.1: 2.16.840.1.113733.1.9.* */
#define OID_SCEP_MESSAGE_TYPE OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x02")
#define OID_SCEP_PKI_STATUS OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x03")
#define OID_SCEP_FAIL_INFO OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x04")
#define OID_SCEP_SENDER_NONCE OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x05")
#define OID_SCEP_RECIPIENT_NONCE OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x06")
#define OID_SCEP_TRANSACTION_ID OID_BYTES("\x60\x86\x48\x01\x86\xf8\x45\x01\x09\x07")
/* PKCS #1's rsaEncryption, SHA-256: the whole AlgorithmIdentifier */
#define ALG_RSA OID_BYTES("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00")
#define ALG_SHA256 OID_BYTES("\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01")

#endif
