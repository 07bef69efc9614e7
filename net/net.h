/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * net: the libcurl door. What we ask of others: Apple's device assignment, webhooks, sign-in
 * providers, SMS services, mail.
 *
 * Words. Ask: one request that leaves the house, with its limits. Guarded: an ask whose address
 * somebody else chose (a webhook): it reaches public addresses alone, and that is judged of the
 * address the connection is really made to, not of what a name meant a moment before.
 *
 * Threads. All functions may be called from any thread; a call blocks for as long as its limits
 * say, so never inside a transaction and never on the main thread. net_stop() ends what is under
 * way. Whoever calls must have SIGPIPE ignored.
 *
 * Every reply has a cap, every wait an end. Compressed replies are not asked for, the environment
 * (http_proxy, .netrc) is not read, cookies are not kept.
 */
#ifndef NET_NET_H
#define NET_NET_H

#include "base/buf.h"
#include "base/err.h"

struct net;

struct net_options {
	const char
		*trust_path; /* PEM of the roots servers are checked against; NULL: the system's */
	const char *proxy;   /* "http://proxy.example.se:3128"; NULL: none */
	const char *agent;   /* User-Agent; NULL: "Hylla" */
	/* Addresses or CIDR that a guarded ask may reach although they are not public
	 * ("10.1.0.0/16",
	 * "::1"); ends with NULL; or NULL. */
	const char *const *inside;
};
/* Everything is copied. ERR_BADINPUT: an address of `inside` is none, or the proxy is no http or
 * https address; ERR_NOTFOUND: there is no file at trust_path. */
int net_open(const struct net_options *o, struct net **ret) MUST_CHECK;
/* Calls under way end within a second with ERR_BUSY, as does every later one. */
void net_stop(struct net *n);
/* No call may be under way. Accepts NULL. */
void net_close(struct net *n);

struct net_header {
	const char *name, *value;
};

struct net_ask {
	const char *method; /* NULL: GET, or POST when there is a body */
	const char *url;    /* http or https, without user names; put together by the caller */
	const struct net_header *headers;
	size_t header_count;
	struct bytes body;
	const char *content_type; /* of the body; NULL: application/octet-stream */
	size_t reply_cap;         /* bytes of body; 0: 1 MiB */
	unsigned connect_s;       /* 0: 10 */
	unsigned total_s;         /* 0: 60 */
	unsigned redirects;       /* how many to follow, of GET and HEAD, to the same scheme, host
				     and port alone; any other comes back as it is */
	bool guarded;             /* public addresses only. Through a proxy only addresses written
				     as numbers can be judged: there the proxy must guard */
	bool https_only;
	const char *trust_path;                       /* instead of net_options' */
	struct bytes client_cert_pem, client_key_pem; /* a client certificate, or empty */
};

struct net_reply {
	int status;
	const struct net_header *headers; /* as they came, of the last reply */
	size_t header_count;
	struct bytes body;
};

/*
 * Any status is a reply. ERR_BADINPUT: the ask itself (address, header, method), or a reply that is
 * no HTTP; ERR_DENIED: guarded, and the address is not public; ERR_NET: no name, no way, broken
 * off; ERR_TIMEOUT; ERR_TOOBIG: past reply_cap; ERR_CRYPTO: the server's certificate, or ours;
 * ERR_BUSY: we are stopping. The log tells which host and why (net.failed).
 */
int net_fetch(struct net *n, const struct net_ask *ask, struct arena *a,
	struct net_reply *ret) MUST_CHECK;
/* Letters alike; the first of that name; NULL: absent. */
const char *net_reply_header(const struct net_reply *r, const char *name);
/* The seconds of Retry-After, in either form; 0: none. Capped at a day. */
int64_t net_reply_retry_after(const struct net_reply *r, int64_t now);
/* Whether net_fetch would take the address: for settings and forms. */
int net_url_check(const char *url, bool https_only) MUST_CHECK;
/* Adds `s` percent-encoded (RFC 3986: all but letters, digits, "-._~"). */
void net_add_escaped(struct buf *out, const char *s);

/* --- mail --- */
enum net_mail_tls {
	NET_MAIL_STARTTLS = 0, /* required, never given up silently */
	NET_MAIL_TLS,          /* from the first byte (port 465) */
	NET_MAIL_PLAIN         /* for a relay on this machine */
};

struct net_mail_server {
	const char *host;
	unsigned port; /* 0: 587, 465 or 25 */
	enum net_mail_tls tls;
	const char *user, *password; /* NULL: without signing in */
	const char *trust_path;      /* instead of net_options' */
	unsigned total_s;            /* 0: 60 */
};

struct net_mail {
	const char *from;      /* "hylla@kommun.se" */
	const char *from_name; /* "Surfplattor för seniorer", or NULL */
	const char *to, *to_name;
	const char *reply_to; /* or NULL */
	const char *subject;
	const char *text;       /* plain, UTF-8; any line ends */
	const char *message_id; /* "id@domain" without brackets: the same when it is sent again;
				   NULL: a new one */
};

/* Longest text of a mail, and subject. */
#define NET_MAIL_TEXT (256 * 1024)
#define NET_MAIL_SUBJECT 500

/* The message of RFC 5322 with its line ends; `out` needs about three times the text. ERR_BADINPUT:
 * an address that is none, control characters where none may be, text that is not UTF-8;
 * ERR_TOOBIG. */
int net_mail_format(const struct net_mail *m, int64_t now, struct buf *out) MUST_CHECK;
/* "name@host" of RFC 5321's plain form, ASCII. */
bool net_mail_address_ok(const char *s);
/* 0: the server took it. As net_mail_format; ERR_DENIED: the server will not have it, now or later
 * (sign-in, sender, recipient, 5xx); ERR_BUSY: not now (4xx, or we are stopping); ERR_NET,
 * ERR_TIMEOUT, ERR_CRYPTO. */
int net_mail_send(struct net *n, const struct net_mail_server *s, const struct net_mail *m,
	int64_t now) MUST_CHECK;

#endif
