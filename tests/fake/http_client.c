/* SPDX-License-Identifier: EUPL-1.2 */
/* The client's messages: URLs, requests, replies. */
#include "tests/fake/http_client_int.h"
#include "base/text.h"

#include <stdlib.h>
#include <strings.h>

int client_url_parse(struct arena *a, const char *url, struct client_url *ret)
{
	struct client_url u = {0};
	const char *rest, *end, *colon;
	uint64_t port;

	if (text_starts(url, "https://"))
		u.tls = true;
	else if (!text_starts(url, "http://"))
		return ERR_BADINPUT;
	rest = url + (u.tls ? 8 : 7);
	end = rest + strcspn(rest, "/?#");
	u.port = u.tls ? 443 : 80;
	u.path = *end == '/' ? arena_strndup(a, end, strcspn(end, "#"))
			     : arena_printf(a, "/%.*s", (int)strcspn(end, "#"), end);
	colon = rest[0] == '[' ? memchr(rest, ']', (size_t)(end - rest)) : rest;
	if (!colon || memchr(rest, '@', (size_t)(end - rest)))
		return ERR_BADINPUT;
	colon = memchr(colon, ':', (size_t)(end - colon));
	if (colon) {
		const char *digits = arena_strndup(a, colon + 1, (size_t)(end - colon - 1));

		if (text_parse_u64(digits, &port) || port == 0 || port > 65535)
			return ERR_BADINPUT;
		u.port = (unsigned)port;
		end = colon;
	}
	if (rest[0] == '[' && end > rest && end[-1] == ']') {
		rest++;
		end--;
	}
	if (end <= rest)
		return ERR_BADINPUT;
	u.host = arena_strndup(a, rest, (size_t)(end - rest));
	*ret = u;
	return 0;
}

struct client *client_new(const struct client_options *o)
{
	struct client *c = mem_zalloc(sizeof(*c));

	c->tls = o->tls;
	c->host = mem_strdup(o->host);
	c->port = o->port;
	c->via = o->via ? mem_strdup(o->via) : NULL;
	c->trust = client_trust_share(o->trust);
	c->key = o->key;
	c->cert = o->cert;
	if (c->key)
		EVP_PKEY_up_ref(c->key);
	if (c->cert)
		X509_up_ref(c->cert);
	c->timeout_ms = o->timeout_ms ? o->timeout_ms : 60000;
	c->clock_offset_s = o->clock_offset_s;
	c->fd = -1;
	c->in.limit = CLIENT_REPLY_MAX;
	c->out.limit = CLIENT_REPLY_MAX;
	return c;
}

void client_free(struct client *c)
{
	if (!c)
		return;
	client_close(c);
	buf_release(&c->in);
	buf_release(&c->out);
	EVP_PKEY_free(c->key);
	X509_free(c->cert);
	client_trust_free(c->trust);
	free(c->via);
	free(c->host);
	free(c);
}

bool client_serves(const struct client *c, const char *host, unsigned port, const X509 *cert)
{
	return c->port == port && c->cert == cert && text_equal(c->host, host);
}

void client_request_format(const struct client *c, const struct client_request *rq, struct buf *out)
{
	bool v6 = strchr(c->host, ':') != NULL;

	buf_printf(out, "%s %s HTTP/1.1\r\n", rq->method, rq->path);
	buf_printf(out, v6 ? "Host: [%s]" : "Host: %s", c->host);
	/* 443 also in plain: where TLS has ended in front, the name stays the same */
	if (c->port != 443 && (c->tls || c->port != 80))
		buf_printf(out, ":%u", c->port);
	buf_add_str(out, "\r\n");
	for (size_t i = 0; i < rq->header_count; i++)
		buf_printf(out, "%s: %s\r\n", rq->headers[i].name, rq->headers[i].value);
	if (rq->body.n > 0 || (!text_equal(rq->method, "GET") && !text_equal(rq->method, "HEAD")))
		buf_printf(out, "Content-Length: %zu\r\n", rq->body.n);
	buf_add_str(out, "\r\n");
	buf_add_bytes(out, rq->body);
}

/* A NUL-ended copy that lives as long as the reply; NULL when there is no room. */
static const char *text_keep(struct client *c, const char *p, size_t n)
{
	char *to = c->text + c->text_n;

	if (n >= sizeof(c->text) - c->text_n)
		return NULL;
	memcpy(to, p, n);
	to[n] = '\0';
	c->text_n += n + 1;
	return to;
}

/* A header's value from a block of "name: value" lines; NULL: absent. */
static const char *header_find(struct client *c, struct bytes head, const char *name)
{
	const char *p = (const char *)head.p, *end = p + head.n;
	size_t n = strlen(name);

	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		const char *stop = eol ? eol : end;

		if ((size_t)(stop - p) > n && p[n] == ':' && strncasecmp(p, name, n) == 0) {
			for (p += n + 1; p < stop && (*p == ' ' || *p == '\t'); p++)
				;
			while (stop > p && (stop[-1] == '\r' || stop[-1] == ' '))
				stop--;
			return text_keep(c, p, (size_t)(stop - p));
		}
		p = stop + 1;
	}
	return NULL;
}

/* Reads until the head is whole; `ret_head` counts its blank line. */
static int head_read(struct client *c, size_t *ret_head)
{
	for (;;) {
		const uint8_t *end = c->in.n ? memmem(c->in.p, c->in.n, "\r\n\r\n", 4) : NULL;
		int err;

		if (end) {
			*ret_head = (size_t)(end - c->in.p) + 4;
			return 0;
		}
		err = client_fill(c);
		if (err)
			return err == ERR_NOTFOUND && c->in.n == 0 ? ERR_NOTFOUND
			       : err == ERR_NOTFOUND               ? ERR_NET
								   : err;
	}
}

static int fill_to(struct client *c, size_t n)
{
	while (c->in.n < n) {
		int err = client_fill(c);

		if (err)
			return err == ERR_NOTFOUND ? ERR_NET : err;
	}
	return 0;
}

/* The line that starts at `at`, NUL-ended in place; `ret_next` is behind it. */
static int line_read(struct client *c, size_t at, size_t *ret_next)
{
	for (;;) {
		uint8_t *eol = c->in.n > at ? memchr(c->in.p + at, '\n', c->in.n - at) : NULL;
		int err;

		if (eol) {
			*eol = '\0';
			*ret_next = (size_t)(eol - c->in.p) + 1;
			return 0;
		}
		err = client_fill(c);
		if (err)
			return err == ERR_NOTFOUND ? ERR_NET : err;
	}
}

/* A chunked body, joined in place behind `at`. `ret_end` is where the next message starts. */
static int body_chunked(struct client *c, size_t at, size_t *ret_n, size_t *ret_end)
{
	size_t out = at, in = at;

	for (;;) {
		unsigned long n;
		size_t next;
		int err = line_read(c, in, &next);

		if (err)
			return err;
		n = strtoul((char *)c->in.p + in, NULL, 16);
		if (n > CLIENT_REPLY_MAX)
			return ERR_TOOBIG;
		if (n == 0) {
			err = fill_to(c, next + 2); /* no trailers are expected */
			*ret_n = out - at;
			*ret_end = next + 2;
			return err;
		}
		err = fill_to(c, next + n + 2);
		if (err)
			return err;
		memmove(c->in.p + out, c->in.p + next, n);
		out += n;
		in = next + n + 2;
	}
}

static int body_to_end(struct client *c)
{
	int err;

	do {
		err = client_fill(c);
	} while (err == 0);
	return err == ERR_NOTFOUND ? 0 : err;
}

struct framing {
	const char *length, *encoding, *connection;
};

static int body_read(struct client *c, const struct framing *f, size_t head, struct client_reply *r)
{
	uint64_t n = 0;
	size_t body_n = 0;
	int err = 0;

	c->consumed = head;
	if (r->status < 200 || r->status == 204 || r->status == 304) {
		;
	} else if (text_equal_case(f->encoding, "chunked")) {
		err = body_chunked(c, head, &body_n, &c->consumed);
	} else if (f->length) {
		if (text_parse_u64(f->length, &n))
			return ERR_BADINPUT;
		if (n > CLIENT_REPLY_MAX)
			return ERR_TOOBIG;
		body_n = (size_t)n;
		c->consumed = head + body_n;
		err = fill_to(c, c->consumed);
	} else {
		err = body_to_end(c);
		body_n = c->in.n - head;
		c->consumed = c->in.n;
		r->closes = true;
	}
	r->body = bytes_of(c->in.p + head, body_n);
	return err;
}

/* Drops what the last reply took; what came behind it stays. */
static void reply_forget(struct client *c)
{
	size_t rest = c->in.n - c->consumed;

	if (c->consumed > 0 && rest > 0)
		memmove(c->in.p, c->in.p + c->consumed, rest);
	c->in.n = rest;
	c->consumed = 0;
	c->text_n = 0;
}

int client_read_reply(struct client *c, struct client_reply *ret)
{
	struct client_reply r = {0};
	struct framing f;
	size_t head = 0;
	int err;

	reply_forget(c);
	err = head_read(c, &head);
	if (err)
		return err;
	if (head < 17 || memcmp(c->in.p, "HTTP/1.", 7) != 0)
		return ERR_BADINPUT;
	r.status = (c->in.p[9] - '0') * 100 + (c->in.p[10] - '0') * 10 + (c->in.p[11] - '0');
	r.head = bytes_of(c->in.p, head);
	f.length = header_find(c, r.head, "Content-Length");
	f.encoding = header_find(c, r.head, "Transfer-Encoding");
	f.connection = header_find(c, r.head, "Connection");
	r.closes = text_equal_case(f.connection, "close");
	r.content_type = header_find(c, r.head, "Content-Type");
	r.location = header_find(c, r.head, "Location");
	err = body_read(c, &f, head, &r);
	if (err)
		return err;
	r.head.p = c->in.p; /* the buffer may have moved */
	*ret = r;
	return 0;
}

int client_exchange_raw(struct client *c, struct bytes rq, struct client_reply *ret)
{
	struct client_reply r;
	int err = client_connect(c);

	if (!err)
		err = client_write(c, rq);
	if (!err)
		err = client_read_reply(c, &r);
	while (!err && r.status < 200)
		err = client_read_reply(c, &r);
	if (err) {
		client_drop(c);
		return err;
	}
	if (r.closes)
		client_close(c);
	*ret = r;
	return 0;
}

int client_exchange(struct client *c, const struct client_request *rq, struct client_reply *ret)
{
	bool reused = c->fd >= 0;
	int err;

	buf_reset(&c->out);
	client_request_format(c, rq, &c->out);
	err = client_exchange_raw(c, buf_bytes(&c->out), ret);
	if (reused && (err == ERR_NOTFOUND || err == ERR_NET))
		err = client_exchange_raw(c, buf_bytes(&c->out), ret);
	return err == ERR_NOTFOUND ? ERR_NET : err;
}
