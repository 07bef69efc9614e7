/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef NET_NET_INT_H
#define NET_NET_INT_H

#include "net/net.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

/* --- addresses (guard.c): pure --- */
struct net_span { /* addresses with these first bits; IPv4 as ::ffff:a.b.c.d */
	uint8_t ip[16];
	unsigned bits;
};
int net_span_parse(const char *s, struct net_span *ret) MUST_CHECK;
int net_ip_of(const struct sockaddr *sa, uint8_t ret[16]) MUST_CHECK;
bool net_ip_is_public(const uint8_t ip[16]);
bool net_span_has(const struct net_span *spans, size_t n, const uint8_t ip[16]);
/* An address written as a number, with or without brackets. */
int net_ip_parse(const char *s, uint8_t ret[16]) MUST_CHECK;

/* --- connections (net.c) --- */
#define NET_IDLE 8

struct net {
	char *trust_path, *proxy, *agent;
	struct net_span *inside;
	size_t inside_n;
	atomic_bool stopping;
	pthread_mutex_t lock;
	CURL *idle[NET_IDLE]; /* with their open connections, for the next who asks */
	size_t idle_n;
};

/* One transfer on its way. */
struct net_call {
	struct net *n;
	bool guarded, denied;
};
/* A handle with what every transfer has in common. */
CURL *net_handle_take(struct net *n);
/* `keep`: its connections may serve others. */
void net_handle_give(struct net *n, CURL *h, bool keep);
void net_handle_common(CURL *h, struct net_call *c, unsigned connect_s, unsigned total_s);
/* What libcurl's code means here; ERR_NET for most. */
int net_err(const struct net_call *c, CURLcode code);
void net_log_failed(const char *what, const char *host, CURLcode code, int err);

struct net_url {
	char *scheme, *host;
	unsigned port;
};
int net_url_split(struct arena *a, const char *url, struct net_url *ret) MUST_CHECK;
bool net_url_same_place(const struct net_url *a, const struct net_url *b);

#endif
