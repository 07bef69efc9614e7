/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include "base/clock.h"
#include "base/metric.h"
#include "base/text.h"

#define REPLY_CAP (1024 * 1024)
#define HEADERS_BYTES (64 * 1024)
#define HEADERS_MOST 100

static struct metric asked = METRIC_COUNTER("hylla_net_asks_total", "requests made to others");
static struct metric failed = METRIC_COUNTER("hylla_net_failed_total", "those without a reply");

struct fetch {
	struct net_call call;
	const struct net_ask *ask;
	struct arena *a;
	CURL *h;
	struct curl_slist *list;
	struct buf body;
	size_t head_bytes;
	struct net_header *headers;
	size_t header_count;
	bool too_big;
};

/* --- what comes back --- */

static size_t take_body(char *p, size_t one, size_t n, void *arg)
{
	struct fetch *f = arg;

	buf_add(&f->body, p, n);
	if (!buf_ok(&f->body)) {
		f->too_big = true;
		return 0;
	}
	return n;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* One line, without NUL. A status line begins a new reply: what was before (100, 302) is past. */
static size_t take_head(char *p, size_t one, size_t n, void *arg)
{
	struct fetch *f = arg;
	const char *colon = memchr(p, ':', n), *end = p + n, *value;

	f->head_bytes += n;
	if (f->head_bytes > HEADERS_BYTES) {
		f->too_big = true;
		return 0;
	}
	if (n >= 5 && memcmp(p, "HTTP/", 5) == 0) {
		f->header_count = 0;
		return n;
	}
	if (!colon || memchr(p, '\0', n) || f->header_count == HEADERS_MOST)
		return n;
	value = colon + 1;
	while (value < end && is_blank(*value))
		value++;
	while (end > value && is_blank(end[-1]))
		end--;
	f->headers[f->header_count++] =
		(struct net_header){.name = arena_strndup(f->a, p, (size_t)(colon - p)),
			.value = arena_strndup(f->a, value, (size_t)(end - value))};
	return n;
}

const char *net_reply_header(const struct net_reply *r, const char *name)
{
	for (size_t i = 0; i < r->header_count; i++) {
		if (text_equal_case(r->headers[i].name, name))
			return r->headers[i].value;
	}
	return NULL;
}

int64_t net_reply_retry_after(const struct net_reply *r, int64_t now)
{
	const char *value = net_reply_header(r, "Retry-After");
	int64_t s = 0;
	time_t at;

	if (!value)
		return 0;
	if (text_parse_i64(value, &s) != 0) {
		at = curl_getdate(value, NULL);
		s = at == (time_t)-1 ? 0 : (int64_t)at - now;
	}
	if (s < 0)
		return 0;
	return s > 86400 ? 86400 : s;
}

/* --- what goes out --- */

static bool is_token(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++) {
		if ((uint8_t)*s <= ' ' || (uint8_t)*s >= 0x7f || strchr("()<>@,;:\\\"/[]?={}", *s))
			return false;
	}
	return true;
}

static bool is_value(const char *s)
{
	for (; *s; s++) {
		if (((uint8_t)*s < ' ' && *s != '\t') || (uint8_t)*s == 0x7f)
			return false;
	}
	return true;
}

static int header_add(struct fetch *f, const char *name, const char *value)
{
	struct curl_slist *longer;

	if (!is_token(name) || !is_value(value))
		return ERR_BADINPUT;
	/* libcurl's forms: "Name;" sends an empty one, "Name:" none at all. */
	longer = curl_slist_append(f->list, *value ? arena_printf(f->a, "%s: %s", name, value)
						   : arena_printf(f->a, "%s;", name));
	if (!longer)
		return ERR_INTERNAL;
	f->list = longer;
	return 0;
}

static int headers_set(struct fetch *f)
{
	const struct net_ask *ask = f->ask;
	struct curl_slist *longer = curl_slist_append(NULL, "Expect:");
	int err = 0;

	if (!longer)
		return ERR_INTERNAL;
	f->list = longer;
	for (size_t i = 0; !err && i < ask->header_count; i++)
		err = header_add(f, ask->headers[i].name, ask->headers[i].value);
	if (!err && ask->body.n > 0)
		err = header_add(f, "Content-Type",
			ask->content_type ? ask->content_type : "application/octet-stream");
	if (!err)
		curl_easy_setopt(f->h, CURLOPT_HTTPHEADER, f->list);
	return err;
}

static int method_set(struct fetch *f)
{
	const struct net_ask *ask = f->ask;
	const char *method = ask->method ? ask->method : ask->body.n ? "POST" : "GET";

	if (!is_token(method))
		return ERR_BADINPUT;
	if (text_equal(method, "HEAD")) {
		curl_easy_setopt(f->h, CURLOPT_NOBODY, 1L);
		return 0;
	}
	if (ask->body.n > 0 || text_equal(method, "POST") || text_equal(method, "PUT")) {
		curl_easy_setopt(f->h, CURLOPT_POST, 1L);
		curl_easy_setopt(
			f->h, CURLOPT_POSTFIELDS, ask->body.n ? (const char *)ask->body.p : "");
		curl_easy_setopt(f->h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.n);
	}
	curl_easy_setopt(f->h, CURLOPT_CUSTOMREQUEST, method);
	return 0;
}

static void blob_set(CURL *h, CURLoption what, CURLoption type, struct bytes pem)
{
	struct curl_blob blob = {.data = (void *)pem.p, .len = pem.n, .flags = CURL_BLOB_COPY};

	curl_easy_setopt(h, type, "PEM");
	curl_easy_setopt(h, what, &blob);
}

static void tls_set(struct fetch *f)
{
	const struct net_ask *ask = f->ask;

	if (ask->trust_path)
		curl_easy_setopt(f->h, CURLOPT_CAINFO, ask->trust_path);
	if (ask->client_cert_pem.n > 0) {
		blob_set(f->h, CURLOPT_SSLCERT_BLOB, CURLOPT_SSLCERTTYPE, ask->client_cert_pem);
		blob_set(f->h, CURLOPT_SSLKEY_BLOB, CURLOPT_SSLKEYTYPE, ask->client_key_pem);
	}
}

static int fetch_prepare(struct fetch *f)
{
	const struct net_ask *ask = f->ask;
	int err;

	net_handle_common(f->h, &f->call, ask->connect_s, ask->total_s);
	curl_easy_setopt(f->h, CURLOPT_PROTOCOLS_STR, ask->https_only ? "https" : "http,https");
	curl_easy_setopt(f->h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(f->h, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(f->h, CURLOPT_USERAGENT, f->call.n->agent);
	curl_easy_setopt(f->h, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(f->h, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(f->h, CURLOPT_HEADERFUNCTION, take_head);
	curl_easy_setopt(f->h, CURLOPT_HEADERDATA, f);
	if (ask->guarded) { /* never on a connection that nobody judged */
		curl_easy_setopt(f->h, CURLOPT_FRESH_CONNECT, 1L);
		curl_easy_setopt(f->h, CURLOPT_FORBID_REUSE, 1L);
	}
	tls_set(f);
	err = method_set(f);
	return err ? err : headers_set(f);
}

/* --- one reply, and the way there --- */

static int fetch_once(struct fetch *f, const char *url, const char *host)
{
	CURLcode code;
	int err;

	buf_reset(&f->body);
	f->head_bytes = 0;
	f->header_count = 0;
	curl_easy_setopt(f->h, CURLOPT_URL, url);
	code = curl_easy_perform(f->h);
	err = f->too_big ? ERR_TOOBIG : net_err(&f->call, code);
	if (err)
		net_log_failed("http", host, code, err);
	return err;
}

/* NULL: this reply is the answer. */
static const char *fetch_next(struct fetch *f, const struct net_url *here, unsigned followed)
{
	const char *method = f->ask->method;
	char *to = NULL;
	struct net_url there;

	if (followed >= f->ask->redirects || f->ask->body.n > 0 ||
		(method && !text_equal(method, "GET") && !text_equal(method, "HEAD")))
		return NULL;
	if (curl_easy_getinfo(f->h, CURLINFO_REDIRECT_URL, &to) != CURLE_OK || !to)
		return NULL;
	if (net_url_split(f->a, to, &there) != 0 || !net_url_same_place(here, &there))
		return NULL;
	return arena_strdup(f->a, to);
}

static void fetch_take(struct fetch *f, struct net_reply *ret)
{
	long status = 0;

	curl_easy_getinfo(f->h, CURLINFO_RESPONSE_CODE, &status);
	*ret = (struct net_reply){.status = (int)status,
		.headers = f->headers,
		.header_count = f->header_count,
		.body = arena_bytes(f->a, buf_bytes(&f->body))};
}

static int fetch_follow(struct fetch *f, const struct net_url *here, struct net_reply *ret)
{
	const char *url = f->ask->url;
	unsigned followed = 0;
	int err;

	do {
		err = fetch_once(f, url, here->host);
		if (err)
			return err;
		url = fetch_next(f, here, followed++);
	} while (url);
	fetch_take(f, ret);
	return 0;
}

static int ask_check(const struct net *n, const struct net_ask *ask, const struct net_url *u)
{
	uint8_t ip[16];

	if (ask->https_only && !text_equal(u->scheme, "https"))
		return ERR_BADINPUT;
	if (ask->guarded && net_ip_parse(u->host, ip) == 0 && !net_ip_is_public(ip) &&
		!net_span_has(n->inside, n->inside_n, ip))
		return ERR_DENIED;
	return atomic_load(&n->stopping) ? ERR_BUSY : 0;
}

int net_fetch(struct net *n, const struct net_ask *ask, struct arena *a, struct net_reply *ret)
{
	struct fetch f = {.call = {.n = n, .guarded = ask->guarded},
		.ask = ask,
		.a = a,
		.body = BUF_INIT_SECRET(ask->reply_cap ? ask->reply_cap : REPLY_CAP)};
	struct net_url here;
	int err = net_url_split(a, ask->url, &here);

	if (!err)
		err = ask_check(n, ask, &here);
	if (err)
		return err;
	f.h = net_handle_take(n);
	if (!f.h)
		return ERR_INTERNAL;
	f.headers = ARENA_ARRAY(a, struct net_header, HEADERS_MOST);
	metric_add(&asked, 1);
	err = fetch_prepare(&f);
	if (!err)
		err = fetch_follow(&f, &here, ret);
	if (err)
		metric_add(&failed, 1);
	net_handle_give(n, f.h, !err && !ask->guarded && ask->client_cert_pem.n == 0);
	curl_slist_free_all(f.list);
	buf_release(&f.body);
	return err;
}
