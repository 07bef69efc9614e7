/* SPDX-License-Identifier: EUPL-1.2 */
/* Sessions of browsers: when they end, where a form may come from, what a browser is called. Pure.
 */
#include "web/web_int.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <stdio.h>

bool web_session_is_over(const struct web_token *t, int64_t now)
{
	if (t->closed_at || (t->expires_at && t->expires_at <= now))
		return true;
	return t->browser && !t->locked_at && now - t->used_at >= WEB_IDLE_S;
}

/* The host and port of "https://host:port". */
static bool origin_is(const char *origin, const char *host, bool tls)
{
	const char *scheme = tls ? "https://" : "http://";

	return text_starts(origin, scheme) && text_equal_case(origin + strlen(scheme), host);
}

/*
 * A page of another site can send a form here, and the browser sends our cookie with it unless it
 * knows SameSite. What it cannot is to say that it came from here. Sec-Fetch-Site needs no
 * knowledge of how we are called from outside; a browser without it sends Origin.
 */
bool web_origin_is_ours(const struct web_origin *o)
{
	if (o->site)
		return text_equal(o->site, "same-origin") || text_equal(o->site, "none");
	return o->origin && o->host && origin_is(o->origin, o->host, o->tls);
}

bool web_return_ok(const char *to)
{
	return http_is_local(to) && !text_starts(to, "/sign-") && !text_starts(to, "/api/") &&
	       !text_starts(to, "/password");
}

static const char *first_of(const char *s, const char *const names[][2], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strstr(s, names[i][0]))
			return names[i][1];
	}
	return NULL;
}

/* Rough on purpose: enough to know one's own again, and nothing a person could be told by. */
void web_agent_format(const char *agent, char out[WEB_AGENT])
{
	static const char *const browsers[][2] = {{"Edg/", "Edge"}, {"OPR/", "Opera"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
		{"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
	static const char *const systems[][2] = {{"iPad", "iPad"}, {"iPhone", "iPhone"},
		{"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"},
		{"Mac OS X", "Mac"}, {"Linux", "Linux"}};
	const char *browser = agent ? first_of(agent, browsers, 7) : NULL;
	const char *system = agent ? first_of(agent, systems, 7) : NULL;

	snprintf(out, WEB_AGENT, "%s%s%s", browser ? browser : "", browser && system ? ", " : "",
		system ? system : "");
}

/* A whole network of IPv6 is one network: its addresses change by the day. */
void web_network_of(const char *account, const char *peer, uint8_t ret[WEB_NETWORK])
{
	struct in6_addr six;
	uint8_t hash[32];
	char text[160];
	int n;

	if (peer && inet_pton(AF_INET6, peer, &six) == 1)
		memset(six.s6_addr + 8, 0, 8);
	else
		memset(&six, 0, sizeof(six));
	n = snprintf(
		text, sizeof(text), "%s\n%s\n", account, peer && !strchr(peer, ':') ? peer : "");
	for (size_t i = 0; i < 8 && (size_t)n + 3 < sizeof(text); i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%02x", six.s6_addr[i]);
	cert_sha256(bytes_of_str(text), hash);
	memcpy(ret, hash, WEB_NETWORK);
}

void web_form_owner(const char *station_word, const char *account, char out[WEB_FORM_TOKEN])
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t hash[32];

	cert_sha256(bytes_of_str(arena_printf(a, "form owner\n%s\n%s", station_word, account)), hash);
	text_copy(out, WEB_FORM_TOKEN, text_base64url(a, bytes_of(hash, sizeof(hash))));
}

void web_form_token(const char *word, char out[WEB_FORM_TOKEN])
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t hash[32];

	cert_sha256(bytes_of_str(arena_printf(a, "form token\n%s", word)), hash);
	text_copy(out, WEB_FORM_TOKEN, text_base64url(a, bytes_of(hash, sizeof(hash))));
}
