/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tests of http share: a server on loopback with routes that show what a handler was
 * given, a client that sends exactly the bytes it is told, and certificates made on the spot.
 */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include "base/buf.h"
#include "http/http.h"

#include <gnutls/gnutls.h>

/* --- server --- */

/* Made for tests: short deadlines are wished for by the tests that need them. */
struct test_server {
	struct http_server *s;
	struct http_options o;
	struct http_listener listeners[4];
	struct http_routes tables[1];
	unsigned port; /* of the first listener */
};

/* A plain listener "all" with every side on 127.0.0.1, and the routes below. */
void test_server_init(struct test_server *t);
void test_server_start(struct test_server *t);
void test_server_stop(struct test_server *t);

/* How often /count has run, and the number now inside /slow. */
extern _Atomic int test_handled, test_slow_now;
/* What the last /status reply is to be. */
extern _Atomic int test_status;
extern const struct http_route test_routes[];

/* --- client --- */

int client_connect(unsigned port);
void client_send(int fd, const char *s);
void client_send_bytes(int fd, const void *p, size_t n);
/* Reads one reply: status line, headers and, by Content-Length, the body. Returns the status, 0
 * when the connection ended without one. `out` gets the reply as text. */
int client_reply(int fd, struct buf *out);
/* The same where only the head comes: HEAD. */
int client_reply_head(int fd, struct buf *out);
/* Waits at most ms for the other side to hang up; false: it did not. */
bool client_ended(int fd, int ms);
/* Connects, sends, reads one reply, closes. */
int client_ask(unsigned port, const char *request, struct buf *out);
/* GET with Host. */
int client_get(unsigned port, const char *path, struct buf *out);
const char *reply_body(const struct buf *reply);
size_t length_of_body(const struct buf *reply);
bool reply_has(const struct buf *reply, const char *line);

/* --- TLS --- */

struct test_cert {
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
	struct buf der;
};
/* A self-signed P-256 certificate of that common name. */
void test_cert_make(struct test_cert *c, const char *cn);
void test_cert_write(const struct test_cert *c, const char *cert_path, const char *key_path);
void test_cert_release(struct test_cert *c);
/* A directory of this test's own, removed by test_dir_end(). */
const char *test_dir(void);
void test_dir_end(void);

struct tls_client {
	int fd;
	gnutls_session_t session;
	gnutls_certificate_credentials_t cred;
	int code; /* of the handshake: 0 or a GnuTLS error */
};
/* cert NULL: none is shown. resume NULL: a whole handshake. */
void tls_connect(struct tls_client *c, unsigned port, const char *priorities,
	const struct test_cert *cert, const gnutls_datum_t *resume);
void tls_send(struct tls_client *c, const char *s);
/* As client_reply(). */
int tls_reply(struct tls_client *c, struct buf *out);
/* The common name of the server's certificate. */
const char *tls_server_name(struct tls_client *c, char out[64]);
void tls_close(struct tls_client *c);

#endif
