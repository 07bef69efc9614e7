/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include "base/metric.h"
#include "base/text.h"

static struct metric sent = METRIC_COUNTER("hylla_net_mails_total", "mails a mail server took");
static struct metric failed = METRIC_COUNTER("hylla_net_mails_failed_total", "mails it did not");

struct mail_call {
	struct net_call call;
	CURL *h;
	struct curl_slist *to;
	struct bytes rest;
};

static size_t give(char *to, size_t one, size_t n, void *arg)
{
	struct mail_call *c = arg;
	size_t k = c->rest.n < one * n ? c->rest.n : one * n;

	if (k == 0)
		return 0;
	memcpy(to, c->rest.p, k);
	c->rest.p += k;
	c->rest.n -= k;
	return k;
}

/* What a server says is nobody's to read here. */
static size_t drop(char *p, size_t one, size_t n, void *arg)
{
	return one * n;
}

static bool host_ok(const char *s)
{
	size_t n = s ? strlen(s) : 0;

	if (n == 0 || n > 255)
		return false;
	for (; *s; s++) {
		if ((uint8_t)*s <= ' ' || (uint8_t)*s >= 0x7f || strchr("/@?#%\\", *s))
			return false;
	}
	return true;
}

static const char *server_url(struct arena *a, const struct net_mail_server *s)
{
	static const unsigned usual[] = {587, 465, 25};
	bool six = strchr(s->host, ':') && s->host[0] != '[';

	return arena_printf(a, "%s://%s%s%s:%u", s->tls == NET_MAIL_TLS ? "smtps" : "smtp",
		six ? "[" : "", s->host, six ? "]" : "", s->port ? s->port : usual[s->tls]);
}

static void mail_prepare(struct mail_call *c, const struct net_mail_server *s,
	const struct net_mail *m, struct arena *a)
{
	CURL *h = c->h;

	net_handle_common(h, &c->call, 0, s->total_s);
	curl_easy_setopt(h, CURLOPT_PROXY, ""); /* it is for the web */
	curl_easy_setopt(h, CURLOPT_URL, server_url(a, s));
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(h, CURLOPT_USE_SSL,
		(long)(s->tls == NET_MAIL_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	if (s->trust_path)
		curl_easy_setopt(h, CURLOPT_CAINFO, s->trust_path);
	if (s->user) {
		curl_easy_setopt(h, CURLOPT_USERNAME, s->user);
		curl_easy_setopt(h, CURLOPT_PASSWORD, s->password ? s->password : "");
	}
	curl_easy_setopt(h, CURLOPT_MAIL_FROM, arena_printf(a, "<%s>", m->from));
	curl_easy_setopt(h, CURLOPT_MAIL_RCPT, c->to);
	curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(h, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(h, CURLOPT_READDATA, c);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, 1L);
}

/* A server that answers has said no by a number: 4xx for now, 5xx for good. */
static int mail_err(struct mail_call *c, CURLcode code)
{
	int err = net_err(&c->call, code);
	long said = 0;

	if (err != ERR_NET && err != ERR_BADINPUT)
		return err;
	curl_easy_getinfo(c->h, CURLINFO_RESPONSE_CODE, &said);
	if (said >= 500)
		return ERR_DENIED;
	return said >= 400 ? ERR_BUSY : err;
}

static int mail_perform(struct mail_call *c, const char *host)
{
	CURLcode code = curl_easy_perform(c->h);
	int err = mail_err(c, code);

	metric_add(err ? &failed : &sent, 1);
	if (err)
		net_log_failed("mail", host, code, err);
	return err;
}

int net_mail_send(
	struct net *n, const struct net_mail_server *s, const struct net_mail *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT_SECRET(4 * NET_MAIL_TEXT);
	struct mail_call c = {.call = {.n = n}};
	int err = net_mail_format(m, now, &out);

	if (err)
		return err;
	if (!host_ok(s->host) || s->port > 65535 || s->tls > NET_MAIL_PLAIN)
		return ERR_BADINPUT;
	if (atomic_load(&n->stopping))
		return ERR_BUSY;
	c.to = curl_slist_append(NULL, arena_printf(a, "<%s>", m->to));
	c.h = curl_easy_init();
	if (!c.h || !c.to)
		return ERR_INTERNAL;
	c.rest = buf_bytes(&out);
	mail_prepare(&c, s, m, a);
	err = mail_perform(&c, s->host);
	curl_easy_cleanup(c.h);
	curl_slist_free_all(c.to);
	return err;
}
