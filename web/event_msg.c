/* SPDX-License-Identifier: EUPL-1.2 */
/* The bytes of an event, its signature, and who wants it. Pure. */
#include "web/event_int.h"

#include "base/digest.h"
#include "base/text.h"

#define BLOCK 64

/* --- who wants it --- */

static bool matches(const char *p, size_t n, const char *topic)
{
	if (n > 0 && p[n - 1] == '*')
		return strncmp(p, topic, n - 1) == 0;
	return strlen(topic) == n && memcmp(p, topic, n) == 0;
}

bool web_topic_wanted(const char *patterns, const char *topic)
{
	if (text_empty(patterns))
		return true;
	while (*patterns) {
		size_t n = strcspn(patterns, " ");

		if (n && matches(patterns, n, topic))
			return true;
		patterns += n + (patterns[n] == ' ');
	}
	return false;
}

bool web_topics_ok(const char *patterns)
{
	size_t n = patterns ? strlen(patterns) : 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)patterns[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
			      c == '-' || c == '_' || c == ' ';

		if (!letter && !(c == '*' && (patterns[i + 1] == ' ' || !patterns[i + 1])))
			return false;
	}
	return n <= 500;
}

bool web_hook_url_ok(const char *url)
{
	static const char *const here[] = {
		"http://127.0.0.1:", "http://localhost:", "http://[::1]:"};

	if (text_empty(url) || strlen(url) > 1000 || net_url_check(url, false) != 0)
		return false;
	for (size_t i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		if (text_starts(url, here[i]))
			return true;
	}
	return text_starts(url, "https://");
}

/* --- the payload NanoMDM's receivers look into --- */

static void add_escaped(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '&')
			buf_add_str(out, "&amp;");
		else if (*s == '<')
			buf_add_str(out, "&lt;");
		else if (*s == '>')
			buf_add_str(out, "&gt;");
		else if ((unsigned char)*s >= 0x20)
			buf_add_char(out, *s);
	}
}

static void add_pair(struct buf *out, const char *key, const char *value)
{
	if (text_empty(value))
		return;
	buf_printf(out, "\t<key>%s</key>\n\t<string>", key);
	add_escaped(out, value);
	buf_add_str(out, "</string>\n");
}

static const char *payload(struct arena *a, const struct web_news *n)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	bool checkin = text_empty(n->status);
	const char *type = text_starts(n->topic, "mdm.") ? n->topic + 4 : n->topic;

	buf_add_str(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
			  "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
			  "<plist version=\"1.0\">\n<dict>\n");
	if (checkin)
		add_pair(&out, "MessageType", type);
	add_pair(&out, "CommandUUID", n->command);
	add_pair(&out, "RequestType", n->request);
	add_pair(&out, "Status", n->status);
	add_pair(&out, "UDID", n->udid);
	add_pair(&out, "SerialNumber", n->serial);
	add_pair(&out, "Topic", n->push_topic);
	add_pair(&out, "OSVersion", n->os_version);
	add_pair(&out, "BuildVersion", n->build);
	add_pair(&out, "ProductName", n->product);
	buf_add_str(&out, "</dict>\n</plist>\n");
	return text_base64(a, buf_bytes(&out));
}

static void frame(struct doc *d, const char *topic, const char *event_id, int64_t at)
{
	doc_set_str(d, "topic", topic);
	doc_set_str(d, "event_id", event_id);
	doc_set_time(d, "created_at", at);
}

void web_news_event(struct arena *a, const struct web_news *n, const char *event_id, struct doc *d)
{
	struct doc *e;

	frame(d, n->topic, event_id, n->at);
	e = doc_set_object(d, n->status ? "acknowledge_event" : "checkin_event");
	doc_set_str(e, "udid", n->udid);
	if (n->status) {
		doc_set_str(e, "status", n->status);
		doc_set_str(e, "command_uuid", n->command ? n->command : "");
	}
	doc_set_str(e, "raw_payload", n->answer.n ? text_base64(a, n->answer) : payload(a, n));
}

/* The detail is a JSON object of ids, as the audit log has it. */
void web_audit_event(const struct audit_record *x, const char *event_id, struct doc *d)
{
	struct doc *e;

	frame(d, x->act, event_id, x->at);
	e = doc_set_object(d, "act");
	doc_set_int(e, "seq", (int64_t)x->seq);
	doc_set_str(e, "object", x->object);
	doc_set_str(e, "actor", x->actor);
	doc_set_str(e, "via", x->via);
	if (!text_empty(x->detail))
		doc_set_str(e, "detail", x->detail);
}

/* --- signature: RFC 2104 --- */

void web_hmac(struct bytes key, struct bytes in, uint8_t ret[32])
{
	uint8_t pad[BLOCK] = {0}, inner[DIGEST_BYTES];
	struct digest d;

	if (key.n > BLOCK)
		digest_of(key, pad);
	else if (key.n)
		memcpy(pad, key.p, key.n);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36;
	digest_init(&d);
	digest_add(&d, pad, BLOCK);
	digest_add(&d, in.p, in.n);
	digest_finish(&d, inner);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	digest_init(&d);
	digest_add(&d, pad, BLOCK);
	digest_add(&d, inner, sizeof(inner));
	digest_finish(&d, ret);
	mem_wipe(pad, sizeof(pad));
}

const char *web_signature(struct arena *a, struct bytes secret, int64_t now, struct bytes body)
{
	AUTO(buf) struct buf in = BUF_INIT(body.n + 64);
	uint8_t mac[32];

	buf_printf(&in, "%lld.", (long long)now);
	buf_add_bytes(&in, body);
	web_hmac(secret, buf_bytes(&in), mac);
	return arena_printf(
		a, "t=%lld,v1=%s", (long long)now, text_hex(a, bytes_of(mac, sizeof(mac))));
}

const char *web_signature_nanomdm(struct arena *a, struct bytes secret, struct bytes body)
{
	uint8_t mac[32];

	web_hmac(secret, body, mac);
	return text_base64(a, bytes_of(mac, sizeof(mac)));
}

/* --- trying again: about three days in all --- */

int64_t web_post_gap(uint32_t tries)
{
	static const int64_t gaps[] = {10, 60, 300, 1800, 7200, 21600, 43200, 86400, 86400};

	return tries >= 1 && tries <= sizeof(gaps) / sizeof(gaps[0]) ? gaps[tries - 1] : 0;
}
