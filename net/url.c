/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses of the net, as libcurl itself reads them: who judges and who connects must agree. */
#include "net/net_int.h"

#include "base/text.h"

#define URL_MAX 4096

static bool url_is_plain(const char *url)
{
	size_t n = 0;

	for (; url[n]; n++) {
		if ((uint8_t)url[n] <= ' ' || (uint8_t)url[n] >= 0x7f || n >= URL_MAX)
			return false;
	}
	return n > 0;
}

static char *part(struct arena *a, CURLU *u, CURLUPart what, unsigned flags)
{
	char *text = NULL, *copy;

	if (curl_url_get(u, what, &text, flags) != CURLUE_OK)
		return NULL;
	copy = arena_strdup(a, text);
	curl_free(text);
	return copy;
}

static int split(struct arena *a, CURLU *u, const char *url, struct net_url *ret)
{
	struct net_url to = {NULL};
	const char *port;
	uint64_t number;

	if (curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER) != CURLUE_OK)
		return ERR_BADINPUT;
	to.scheme = part(a, u, CURLUPART_SCHEME, 0);
	to.host = part(a, u, CURLUPART_HOST, 0);
	port = part(a, u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	if (!to.scheme || !to.host || !port || text_parse_u64(port, &number) != 0 || number == 0 ||
		number > 65535)
		return ERR_BADINPUT;
	if (!text_equal(to.scheme, "https") && !text_equal(to.scheme, "http"))
		return ERR_BADINPUT;
	to.port = (unsigned)number;
	*ret = to;
	return 0;
}

int net_url_split(struct arena *a, const char *url, struct net_url *ret)
{
	CURLU *u;
	int err;

	if (!url || !url_is_plain(url))
		return ERR_BADINPUT;
	u = curl_url();
	if (!u)
		return ERR_INTERNAL;
	err = split(a, u, url, ret);
	curl_url_cleanup(u);
	return err;
}

bool net_url_same_place(const struct net_url *a, const struct net_url *b)
{
	return text_equal(a->scheme, b->scheme) && text_equal_case(a->host, b->host) &&
	       a->port == b->port;
}

int net_url_check(const char *url, bool https_only)
{
	AUTO(arena) struct arena *a = arena_new();
	struct net_url u;
	int err = net_url_split(a, url, &u);

	if (!err && https_only && !text_equal(u.scheme, "https"))
		return ERR_BADINPUT;
	return err;
}

void net_add_escaped(struct buf *out, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *s; s++) {
		uint8_t c = (uint8_t)*s;

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			strchr("-._~", c)) {
			buf_add_char(out, *s);
		} else {
			buf_add_char(out, '%');
			buf_add_char(out, hex[c >> 4]);
			buf_add_char(out, hex[c & 15]);
		}
	}
}
