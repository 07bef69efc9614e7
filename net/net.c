/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>
#include <unistd.h>

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_begin(void)
{
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

static int inside_parse(struct net *n, const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	n->inside = mem_zalloc(count ? count * sizeof(*n->inside) : 1);
	for (; n->inside_n < count; n->inside_n++) {
		if (net_span_parse(list[n->inside_n], &n->inside[n->inside_n]) != 0)
			return ERR_BADINPUT;
	}
	return 0;
}

static int options_check(const struct net_options *o)
{
	if (o->trust_path && access(o->trust_path, R_OK) != 0)
		return ERR_NOTFOUND;
	if (o->proxy && net_url_check(o->proxy, false) != 0)
		return ERR_BADINPUT;
	return 0;
}

int net_open(const struct net_options *o, struct net **ret)
{
	struct net *n;
	int err = options_check(o);

	if (err)
		return err;
	pthread_once(&curl_once, curl_begin);
	n = mem_zalloc(sizeof(*n));
	pthread_mutex_init(&n->lock, NULL);
	n->trust_path = o->trust_path ? mem_strdup(o->trust_path) : NULL;
	n->proxy = o->proxy ? mem_strdup(o->proxy) : NULL;
	n->agent = mem_strdup(o->agent ? o->agent : "Hylla");
	err = inside_parse(n, o->inside);
	if (err) {
		net_close(n);
		return err;
	}
	*ret = n;
	return 0;
}

void net_stop(struct net *n)
{
	atomic_store(&n->stopping, true);
}

void net_close(struct net *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->idle_n; i++)
		curl_easy_cleanup(n->idle[i]);
	pthread_mutex_destroy(&n->lock);
	free(n->inside);
	free(n->trust_path);
	free(n->proxy);
	free(n->agent);
	free(n);
}

CURL *net_handle_take(struct net *n)
{
	CURL *h = NULL;

	pthread_mutex_lock(&n->lock);
	if (n->idle_n > 0)
		h = n->idle[--n->idle_n];
	pthread_mutex_unlock(&n->lock);
	return h ? h : curl_easy_init();
}

void net_handle_give(struct net *n, CURL *h, bool keep)
{
	if (keep) {
		curl_easy_reset(h);
		pthread_mutex_lock(&n->lock);
		if (n->idle_n < NET_IDLE) {
			n->idle[n->idle_n++] = h;
			h = NULL;
		}
		pthread_mutex_unlock(&n->lock);
	}
	if (h)
		curl_easy_cleanup(h);
}

/* The address a connection is really about to be made to. */
static curl_socket_t socket_open(void *arg, curlsocktype purpose, struct curl_sockaddr *at)
{
	struct net_call *c = arg;
	uint8_t ip[16];

	if (c->guarded && !c->n->proxy &&
		(net_ip_of(&at->addr, ip) != 0 ||
			(!net_ip_is_public(ip) &&
				!net_span_has(c->n->inside, c->n->inside_n, ip)))) {
		c->denied = true;
		return CURL_SOCKET_BAD;
	}
	return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

static int progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct net_call *call = arg;

	return atomic_load(&call->n->stopping) ? 1 : 0;
}

void net_handle_common(CURL *h, struct net_call *c, unsigned connect_s, unsigned total_s)
{
	struct net *n = c->n;

	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, (long)(connect_s ? connect_s : 10));
	curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)(total_s ? total_s : 60));
	/* An empty one is none, and keeps the environment out. */
	curl_easy_setopt(h, CURLOPT_PROXY, n->proxy ? n->proxy : "");
	curl_easy_setopt(h, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (n->trust_path)
		curl_easy_setopt(h, CURLOPT_CAINFO, n->trust_path);
	curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, socket_open);
	curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, c);
	curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(h, CURLOPT_XFERINFODATA, c);
}

static const struct {
	CURLcode code;
	int err;
} errors[] = {
	{CURLE_OPERATION_TIMEDOUT, ERR_TIMEOUT},
	{CURLE_URL_MALFORMAT, ERR_BADINPUT},
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_BADINPUT},
	{CURLE_WEIRD_SERVER_REPLY, ERR_BADINPUT},
	{CURLE_BAD_CONTENT_ENCODING, ERR_BADINPUT},
	{CURLE_FILESIZE_EXCEEDED, ERR_TOOBIG},
	{CURLE_PEER_FAILED_VERIFICATION, ERR_CRYPTO},
	{CURLE_SSL_CONNECT_ERROR, ERR_CRYPTO},
	{CURLE_SSL_CERTPROBLEM, ERR_CRYPTO},
	{CURLE_SSL_CACERT_BADFILE, ERR_CRYPTO},
	{CURLE_SSL_ISSUER_ERROR, ERR_CRYPTO},
	{CURLE_USE_SSL_FAILED, ERR_CRYPTO},
	{CURLE_LOGIN_DENIED, ERR_DENIED},
	{CURLE_ABORTED_BY_CALLBACK, ERR_BUSY},
	{CURLE_OUT_OF_MEMORY, ERR_INTERNAL},
	{CURLE_FAILED_INIT, ERR_INTERNAL},
};

int net_err(const struct net_call *c, CURLcode code)
{
	if (code == CURLE_OK)
		return 0;
	if (atomic_load(&c->n->stopping))
		return ERR_BUSY;
	if (c->denied && code == CURLE_COULDNT_CONNECT)
		return ERR_DENIED;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (errors[i].code == code)
			return errors[i].err;
	}
	return ERR_NET;
}

void net_log_failed(const char *what, const char *host, CURLcode code, int err)
{
	log_event(LOG_WARN, "net.failed", "what=%s host=%s error=%s why=%s", what, host,
		err_name(err), code == CURLE_OK ? "" : curl_easy_strerror(code));
}
