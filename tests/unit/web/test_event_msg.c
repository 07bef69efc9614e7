/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/event_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

Test(event_msg, who_wants_it)
{
	static const struct {
		const char *patterns, *topic;
		bool wanted, ok;
	} rows[] = {
		{NULL, "mdm.Connect", true, true},
		{"", "mdm.Connect", true, true},
		{"*", "mdm.Connect", true, true},
		{"mdm.*", "mdm.Connect", true, true},
		{"mdm.*", "item.mark", false, true},
		{"item.mark  loan.*", "loan.out", true, true},
		{"item.mark loan.*", "item.mark", true, true},
		{"item.mark", "item.marked", false, true},
		{"item.marked", "item.mark", false, true},
		{"m*m.x", "mdm.x", false, false},
		{"mdm.Connect\n", "mdm.Connect", false, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(web_topic_wanted(rows[i].patterns, rows[i].topic), rows[i].wanted,
			"%zu", i);
		cr_expect_eq(web_topics_ok(rows[i].patterns), rows[i].ok, "%zu", i);
	}
}

/* RFC 4231, test cases 1, 2 and 6. */
Test(event_msg, hmac_is_the_standard_s)
{
	static const struct {
		int key_byte, key_n;
		const char *key, *data, *mac;
	} rows[] = {
		{0x0b, 20, NULL, "Hi There",
			"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{0, 0, "Jefe", "what do ya want for nothing?",
			"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{0xaa, 131, NULL, "Test Using Larger Than Block-Size Key - Hash Key First",
			"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t key[131], mac[32];
		struct bytes k = rows[i].key ? bytes_of_str(rows[i].key)
					     : bytes_of(key, (size_t)rows[i].key_n);

		memset(key, rows[i].key_byte, sizeof(key));
		web_hmac(k, bytes_of_str(rows[i].data), mac);
		cr_expect_str_eq(text_hex(a, bytes_of(mac, 32)), rows[i].mac);
	}
	cr_expect(text_starts(
		web_signature(a, bytes_of_str("k"), 17, bytes_of_str("{}")), "t=17,v1="));
	cr_expect_str_neq(web_signature(a, bytes_of_str("k"), 17, bytes_of_str("{}")),
		web_signature(a, bytes_of_str("k"), 18, bytes_of_str("{}")) + 0);
}

Test(event_msg, nanomdm_s_shape)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct web_news answer = {.topic = "mdm.Connect",
		.at = 1795252320,
		.udid = "U<1>",
		.serial = "S1",
		.command = "C-1",
		.request = "DeviceLock",
		.status = "Acknowledged"};
	const struct web_news idle = {
		.topic = "mdm.Connect", .at = 6, .udid = "U1", .status = "Idle", .call = true};
	const struct web_news hello = {
		.topic = "mdm.Authenticate", .at = 5, .udid = "U1", .os_version = "18.1"};
	struct doc *d = doc_new(a), *e;
	struct bytes plain;

	web_news_event(a, &answer, "h-n1", d);
	cr_expect_str_eq(doc_str(d, "topic"), "mdm.Connect");
	cr_expect_str_eq(doc_str(d, "event_id"), "h-n1");
	cr_expect(text_starts(doc_str(d, "created_at"), "2026-"));
	e = doc_object(d, "acknowledge_event");
	cr_assert_not_null(e);
	cr_expect_str_eq(doc_str(e, "udid"), "U<1>");
	cr_expect_str_eq(doc_str(e, "command_uuid"), "C-1");
	cr_expect_str_eq(doc_str(e, "status"), "Acknowledged");
	cr_assert_eq(text_parse_base64(a, bytes_of_str(doc_str(e, "raw_payload")), &plain), 0);
	cr_expect_not_null(memmem(plain.p, plain.n, "<string>U&lt;1&gt;</string>", 26));
	d = doc_new(a);
	web_news_event(a, &idle, "h-n3", d);
	e = doc_object(d, "acknowledge_event");
	cr_assert_not_null(e);
	cr_expect_str_eq(doc_str(e, "status"), "Idle");
	cr_expect_str_eq(doc_str(e, "command_uuid"), "");
	d = doc_new(a);
	web_news_event(a, &hello, "h-n2", d);
	e = doc_object(d, "checkin_event");
	cr_assert_not_null(e);
	cr_expect_null(doc_object(d, "acknowledge_event"));
	cr_assert_eq(text_parse_base64(a, bytes_of_str(doc_str(e, "raw_payload")), &plain), 0);
	cr_expect_not_null(memmem(plain.p, plain.n, "<string>Authenticate</string>", 29));
	cr_expect_null(memmem(plain.p, plain.n, "PushMagic", 9));
}

Test(event_msg, patience_ends)
{
	int64_t all = 0, last = 0;
	uint32_t n = 1;

	for (; web_post_gap(n); n++) {
		cr_expect_geq(web_post_gap(n), last);
		last = web_post_gap(n);
		all += last;
	}
	cr_expect(all > 2 * 86400 && all < 4 * 86400);
	cr_expect_eq(web_post_gap(0), 0);
	cr_expect_eq(web_post_gap(1000), 0);
}

Test(event_msg, only_safe_addresses)
{
	cr_expect(web_hook_url_ok("https://example.se/hook?x=1"));
	cr_expect(web_hook_url_ok("http://127.0.0.1:8080/"));
	cr_expect_not(web_hook_url_ok("http://example.se/"));
	cr_expect_not(web_hook_url_ok("ftp://example.se/"));
	cr_expect_not(web_hook_url_ok("https://user:word@example.se/"));
	cr_expect_not(web_hook_url_ok(""));
	cr_expect_not(web_hook_url_ok(NULL));
}

/* RFC 4231, the second case, in the form NanoMDM sends it. */
Test(event_msg, the_body_alone_is_signed_as_nanomdm_does)
{
	struct arena *a = arena_new();

	cr_expect_str_eq(web_signature_nanomdm(a, bytes_of_str("Jefe"),
				 bytes_of_str("what do ya want for nothing?")),
		"W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
	arena_free(a);
}
