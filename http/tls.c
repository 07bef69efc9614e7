/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"
#include "base/log.h"
#include "http/server_int.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>

/* The library's own default would still speak TLS 1.0. */
const char http_tls_priorities[] = "SECURE128:+SECURE192:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3";

#define PEM_MOST (256 * 1024)

/*
 * A certificate with its key, and the key of the tickets given out beside it. Sessions hold the
 * one they began with; a reload makes a new one and the old goes when its last session ends.
 */
struct http_tls {
	_Atomic unsigned holders;
	gnutls_certificate_credentials_t cred;
	gnutls_datum_t ticket_key;
};

struct http_tls *http_tls_hold(struct http_tls *t)
{
	atomic_fetch_add(&t->holders, 1);
	return t;
}

void http_tls_drop(struct http_tls *t)
{
	if (!t || atomic_fetch_sub(&t->holders, 1) != 1)
		return;
	if (t->cred)
		gnutls_certificate_free_credentials(t->cred);
	if (t->ticket_key.data) {
		mem_wipe(t->ticket_key.data, t->ticket_key.size);
		gnutls_free(t->ticket_key.data);
	}
	free(t);
}

static gnutls_datum_t datum_of(const struct buf *b)
{
	return (gnutls_datum_t){.data = b->p, .size = (unsigned)b->n};
}

static int tls_fill(struct http_tls *t, const struct buf *cert, const struct buf *key)
{
	gnutls_datum_t c = datum_of(cert), k = datum_of(key);
	int code = gnutls_certificate_allocate_credentials(&t->cred);

	if (code == 0)
		code = gnutls_certificate_set_x509_key_mem(t->cred, &c, &k, GNUTLS_X509_FMT_PEM);
	if (code >= 0)
		code = gnutls_session_ticket_key_generate(&t->ticket_key);
	return code < 0 ? code : 0;
}

int http_tls_load(const char *cert_path, const char *key_path, struct http_tls **ret)
{
	struct buf cert = BUF_INIT(PEM_MOST), key = BUF_INIT(PEM_MOST);
	struct http_tls *t = mem_zalloc(sizeof(*t));
	int err, code = 0;

	t->holders = 1;
	err = file_read(cert_path, &cert);
	if (!err)
		err = file_read(key_path, &key);
	if (!err)
		code = tls_fill(t, &cert, &key);
	buf_release(&cert);
	buf_wipe(&key);
	if (err || code) {
		log_event(LOG_ERROR, "http.certificate", "certificate=%s key=%s why=%s", cert_path,
			key_path, err ? err_name(err) : gnutls_strerror(code));
		http_tls_drop(t);
		return err ? err : ERR_CRYPTO;
	}
	*ret = t;
	return 0;
}

int http_tls_begin(struct http_tls *t, void *session, bool ask_client)
{
	gnutls_session_t s = session;

	if (gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, t->cred) != 0)
		return ERR_CRYPTO;
	/* Without tickets every call of an iPad would pay for a whole handshake. */
	if (gnutls_session_ticket_enable_server(s, &t->ticket_key) != 0)
		return ERR_CRYPTO;
	if (ask_client)
		gnutls_certificate_server_set_request(s, GNUTLS_CERT_REQUEST);
	return 0;
}

struct bytes http_tls_peer(void *session)
{
	const gnutls_datum_t *chain;
	unsigned n = 0;

	if (!session || gnutls_auth_get_type(session) != GNUTLS_CRD_CERTIFICATE)
		return bytes_of(NULL, 0);
	chain = gnutls_certificate_get_peers(session, &n);
	return chain && n > 0 ? bytes_of(chain[0].data, chain[0].size) : bytes_of(NULL, 0);
}
