/* SPDX-License-Identifier: EUPL-1.2 */
/* The way out: the network, redirects, signatures, and what a status does to an enrolment. */
#include "tests/fake/ipad_int.h"
#include "base/text.h"

#include <openssl/x509.h>
#include <strings.h>
#include <unistd.h>

#define REDIRECTS_MAX 5

void ipad_hang_up(struct ipad *p)
{
	client_free(p->client);
	p->client = NULL;
}

static struct client *client_for(
	struct ipad *p, const struct client_url *u, const struct ipad_request *rq)
{
	struct client_options o = {
		.tls = u->tls && !p->o.via,
		.host = u->host,
		.port = u->port,
		.via = p->o.via,
		.trust = p->trust,
		.key = rq->key,
		.cert = rq->cert,
		.timeout_ms = p->o.timeout_ms,
		.clock_offset_s = p->o.clock_offset_s,
	};

	return client_new(&o);
}

/* Half of it, then the line goes dead. */
static int send_broken(struct client *c, struct bytes rq)
{
	int err = client_connect(c);

	if (!err)
		err = client_write(c, bytes_of(rq.p, rq.n / 2));
	client_drop(c);
	return err ? err : ERR_NET;
}

static int send_deaf(struct client *c, struct bytes rq)
{
	int err = client_connect(c);

	if (!err)
		err = client_write(c, rq);
	/* Time for the server to take it and to answer into nothing. */
	usleep(20000);
	client_drop(c);
	return err ? err : ERR_NET;
}

static int send_slowly(
	struct client *c, struct bytes rq, unsigned slow_ms, struct client_reply *ret)
{
	const unsigned steps = 20;
	int err = client_connect(c);

	for (unsigned i = 0; !err && i < steps; i++) {
		size_t from = rq.n * i / steps, to = rq.n * (i + 1) / steps;

		err = client_write(c, bytes_of(rq.p + from, to - from));
		usleep(slow_ms * 1000 / steps);
	}
	return err ? err : client_read_reply(c, ret);
}

static int exchange(struct client *c, const struct ipad_request *rq,
	const struct client_request *http, struct client_reply *ret)
{
	AUTO(buf) struct buf whole = BUF_INIT(64u << 20);

	if (rq->broken == IPAD_WHOLE && !rq->slow_ms)
		return client_exchange(c, http, ret);
	client_request_format(c, http, &whole);
	if (rq->broken == IPAD_BREAK_REQUEST)
		return send_broken(c, buf_bytes(&whole));
	if (rq->broken == IPAD_BREAK_REPLY)
		return send_deaf(c, buf_bytes(&whole));
	return send_slowly(c, buf_bytes(&whole), rq->slow_ms, ret);
}

/* The connection is kept for the same place and identity; another place gets another one. */
static int send_once(struct ipad *p, const struct ipad_request *rq, const struct client_url *u,
	struct client_reply *ret)
{
	struct client_header headers[4];
	struct client_request http = {
		.method = rq->method, .path = u->path, .headers = headers, .body = rq->body};

	headers[http.header_count++] = (struct client_header){"User-Agent", "MDM/1.0"};
	if (rq->content_type)
		headers[http.header_count++] =
			(struct client_header){"Content-Type", rq->content_type};
	if (rq->signature)
		headers[http.header_count++] =
			(struct client_header){"Mdm-Signature", rq->signature};
	if (p->client && !client_serves(p->client, u->host, u->port, rq->cert))
		ipad_hang_up(p);
	if (!p->client)
		p->client = client_for(p, u, rq);
	return exchange(p->client, rq, &http, ret);
}

static int send_network(
	struct ipad *p, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret)
{
	const char *url = rq->url;
	struct client_reply r = {0};

	for (int i = 0; i < REDIRECTS_MAX; i++) {
		struct client_url u;
		int err = client_url_parse(a, url, &u);

		if (!err && !u.tls && !p->o.plain_ok)
			err = ERR_BADINPUT;
		if (!err)
			err = send_once(p, rq, &u, &r);
		if (err)
			return err;
		if (r.status < 300 || r.status > 399 || !r.location)
			break;
		url = arena_strdup(a, r.location);
	}
	ret->status = r.status;
	ret->content_type = r.content_type ? arena_strdup(a, r.content_type) : NULL;
	ret->body = arena_bytes(a, r.body);
	return 0;
}

int ipad_send(
	struct ipad *p, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret)
{
	struct ipad_reply r = {0};
	int err;

	if (!p->state.on)
		return ERR_BUSY;
	p->counters.requests++;
	err = p->o.transport ? p->o.transport->send(p->o.transport->ctx, rq, a, &r)
			     : send_network(p, rq, a, &r);
	if (err) {
		p->counters.net_errors++;
		return err;
	}
	if (r.status != 200)
		p->counters.bad_statuses++;
	*ret = r;
	return 0;
}

/* A 403 ends the enrolment only with this code, in JSON or as a plist, under the right type. */
static bool says_unrecognized(struct arena *a, const struct ipad_reply *r)
{
	static const char code[] = "com.apple.unrecognized.device";
	const char *type = r->content_type ? r->content_type : "";
	plist_t dict;

	if (strncasecmp(type, "application/json", 16) == 0)
		return memmem(r->body.p, r->body.n, code, strlen(code)) != NULL;
	if (strncasecmp(type, "application/xml", 15) != 0 && strncasecmp(type, "text/xml", 8) != 0)
		return false;
	return ipad_plist_parse(a, r->body, &dict) == 0 &&
	       text_equal(ipad_plist_string_or(dict, "code", ""), code);
}

/* What any answer to an enrolled iPad's message may do to it. */
static int status_heed(struct ipad *p, struct arena *a, const struct ipad_reply *r)
{
	if (r->status == 200)
		return 0;
	if (r->status == 401 && p->state.enrolled) {
		p->counters.unenrolled_401++;
		ipad_unenrol(p, "the server answered 401");
		return ERR_STRANGER;
	}
	if (r->status == 403 && p->state.enrolled && says_unrecognized(a, r)) {
		p->counters.unenrolled_403++;
		ipad_unenrol(p, "the server does not recognise this iPad");
		return ERR_STRANGER;
	}
	return ERR_DENIED;
}

static const struct ipad_pair *imposter(struct ipad *p)
{
	X509 *cert;

	if (p->imposter.cert)
		return &p->imposter;
	p->imposter.key = ipad_key_get(p->o.keys, 2048);
	cert = p->imposter.cert = X509_new();
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
	X509_gmtime_adj(X509_getm_notAfter(cert), 86400);
	X509_set_pubkey(cert, p->imposter.key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
		(const unsigned char *)"Imposter", -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(cert));
	X509_sign(cert, p->imposter.key, EVP_sha256());
	return &p->imposter;
}

static const char *signature_for(struct ipad *p, struct arena *a, struct bytes body)
{
	const struct ipad_pair *pair = &p->identity;

	if (!p->mdm.sign || ipad_fault_take(p, IPAD_FAULT_NO_SIGNATURE))
		return NULL;
	if (ipad_fault_take(p, IPAD_FAULT_BAD_SIGNATURE))
		body = bytes_of_str("something else");
	if (ipad_fault_take(p, IPAD_FAULT_OTHER_IDENTITY))
		pair = imposter(p);
	if (!pair->cert)
		return NULL;
	return text_base64(a, ipad_cms_detached(p, a, pair, body));
}

int ipad_message(
	struct ipad *p, struct arena *a, bool check_in, struct bytes body, struct ipad_reply *ret)
{
	struct ipad_request rq = {
		.method = "PUT",
		.url = check_in && p->mdm.checkin_url ? p->mdm.checkin_url : p->mdm.server_url,
		.content_type = check_in ? IPAD_TYPE_CHECKIN : IPAD_TYPE_COMMAND,
	};
	struct ipad_reply r = {0};
	int err;

	if (!rq.url)
		return ERR_STRANGER;
	if (ipad_fault_take(p, IPAD_FAULT_GARBAGE))
		body.n /= 2;
	rq.body = body;
	rq.signature = signature_for(p, a, body);
	rq.key = p->o.mtls ? p->identity.key : NULL;
	rq.cert = p->o.mtls ? p->identity.cert : NULL;
	rq.slow_ms = ipad_fault_take(p, IPAD_FAULT_SLOW) ? 2000 : 0;
	if (ipad_fault_take(p, IPAD_FAULT_BREAK_REQUEST))
		rq.broken = IPAD_BREAK_REQUEST;
	if (ipad_fault_take(p, IPAD_FAULT_BREAK_REPLY))
		rq.broken = IPAD_BREAK_REPLY;
	err = ipad_send(p, &rq, a, &r);
	if (!err && ipad_fault_take(p, IPAD_FAULT_TWICE))
		err = ipad_send(p, &rq, a, &r);
	p->messages++;
	if (!err)
		err = status_heed(p, a, &r);
	if (!err)
		*ret = r;
	return err;
}

int ipad_put(struct ipad *p, const struct ipad_put *put, struct arena *a, struct ipad_reply *ret)
{
	const struct ipad_pair *pair = put->as ? &put->as->identity : &p->identity;
	struct ipad_request rq = {.method = "PUT", .url = put->url, .body = put->body};

	if (!rq.url)
		rq.url = put->check_in && p->mdm.checkin_url ? p->mdm.checkin_url
							     : p->mdm.server_url;
	if (!rq.url)
		return ERR_STRANGER;
	rq.content_type = put->content_type ? put->content_type
			  : put->check_in   ? IPAD_TYPE_CHECKIN
					    : IPAD_TYPE_COMMAND;
	if (rq.content_type[0] == '\0')
		rq.content_type = NULL;
	rq.signature = put->header;
	if (!put->bare && !put->header && pair->cert)
		rq.signature = text_base64(a, ipad_cms_detached(p, a, pair, put->body));
	rq.key = p->o.mtls ? pair->key : NULL;
	rq.cert = p->o.mtls ? pair->cert : NULL;
	return ipad_send(p, &rq, a, ret);
}

void ipad_request_format(struct ipad *p, bool check_in, struct bytes body, struct buf *out)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *url = check_in && p->mdm.checkin_url ? p->mdm.checkin_url : p->mdm.server_url;
	struct client_header headers[3] = {{"User-Agent", "MDM/1.0"}};
	struct client_request http = {
		.method = "PUT", .headers = headers, .header_count = 2, .body = body};
	struct client_url u;
	struct client *c;

	if (!url || client_url_parse(a, url, &u) != 0)
		return;
	headers[1] = (struct client_header){
		"Content-Type", check_in ? IPAD_TYPE_CHECKIN : IPAD_TYPE_COMMAND};
	if (p->mdm.sign)
		headers[http.header_count++] =
			(struct client_header){"Mdm-Signature", ipad_sign(p, a, body)};
	http.path = u.path;
	c = client_for(p, &u, &(struct ipad_request){0});
	client_request_format(c, &http, out);
	client_free(c);
}
