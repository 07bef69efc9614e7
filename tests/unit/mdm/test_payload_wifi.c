/* SPDX-License-Identifier: EUPL-1.2 */
/* Networks where an iPad shows a certificate: what Apple is told, what is refused, what stays secret. */
#include "tests/unit/certs/p12.h"
#include "tests/unit/mdm/desired.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

TestSuite(payload_wifi, .init = q_open, .fini = d_close);

#define HOW(...) (&(const struct p12_how){.password = "hemligt", .days = 30, __VA_ARGS__})

static const char *anchors;

static const char *spec_of(const struct p12_how *how, const char *password)
{
	struct bytes file = p12_make(house.a, how, &anchors);

	return arena_printf(house.a,
		"{\"type\":\"wifi\",\"ssid\":\"Kommun\",\"certificate\":{\"identity\":\"%s\",\"password\":\"%s\","
		"\"servers\":[\"radius.example.se\"],\"outer_identity\":\"anonym\"},\"anchors\":\"%s\"}",
		text_base64(house.a, file), password,
		text_base64(house.a, bytes_of_str(anchors)));
}

static int build(const char *spec, struct refusal *r, const struct mdm_plist **ret)
{
	const struct mdm_vars vars = {.serial = "S", .item = "1", .phone = "2", .organisation = "B"};
	const struct mdm_build b = {.a = house.a,
		.vars = &vars,
		.profile_id = "se.example.mdm",
		.organisation = "B",
		.r = r};
	struct mdm_plist *root = NULL;
	struct bytes plain;
	struct doc *d;
	int err;

	cr_assert_eq(doc_parse(house.a, bytes_of_str(spec), &d), 0);
	err = mdm_profile_build(&b, "profile.net", d, &plain);
	if (err == 0)
		err = mdm_plist_parse(plain, NULL, house.a, &root);
	*ret = root;
	return err;
}

static const struct mdm_plist *of_type(const struct mdm_plist *root, const char *type)
{
	const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(root, "PayloadContent"));

	while (p && !text_equal(mdm_plist_str(p, "PayloadType"), type))
		p = p->next;
	return p;
}

Test(payload_wifi, a_network_points_at_its_certificates)
{
	const char *spec = spec_of(HOW(), "hemligt");
	const struct mdm_plist *root, *wifi, *p12, *anchor, *eap, *first;
	struct refusal r = {0};

	cr_assert_eq(build(spec, &r, &root), 0, "%s", r.say ? r.say->code : "?");
	wifi = of_type(root, "com.apple.wifi.managed");
	p12 = of_type(root, "com.apple.security.pkcs12");
	anchor = of_type(root, "com.apple.security.root");
	cr_assert(wifi && p12 && anchor);
	cr_expect_str_eq(mdm_plist_str(wifi, "PayloadCertificateUUID"), mdm_plist_str(p12, "PayloadUUID"));
	cr_expect_str_eq(mdm_plist_str(p12, "Password"), "hemligt");
	cr_expect_gt(mdm_plist_data(p12, "PayloadContent").n, 200);
	eap = mdm_plist_dict(wifi, "EAPClientConfiguration");
	first = mdm_plist_first(mdm_plist_array(eap, "AcceptEAPTypes"));
	cr_assert(first && !first->next);
	cr_expect_eq(first->v.i, 13);
	cr_expect_null(mdm_plist_get(eap, "PayloadContent"));
	cr_expect_null(mdm_plist_get(eap, "Password"));
	cr_expect_null(mdm_plist_get(wifi, "anchors"));
	cr_expect_str_eq(mdm_plist_str(eap, "OuterIdentity"), "anonym");
	cr_expect_str_eq(mdm_plist_text(mdm_plist_first(mdm_plist_array(eap, "PayloadCertificateAnchorUUID"))),
		mdm_plist_str(anchor, "PayloadUUID"));
}

static int put(const char *spec)
{
	const struct mdm_item item = d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "net", spec);

	q.r = (struct refusal){0};
	/* the house's clock stands in the past of certificates that are made now */
	if (mdm_item_vet(house.m, &item, (int64_t)time(NULL), &q.r) != 0)
		return ERR_REFUSED;
	return d_put(item);
}

static const char *without(const char *spec, const char *member)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 16);
	struct doc *d, *to = doc_new(house.a);

	cr_assert_eq(doc_parse(house.a, bytes_of_str(spec), &d), 0);
	for (size_t i = 0; doc_key(d, i); i++) {
		if (!text_equal(doc_key(d, i), member))
			doc_set_doc(to, doc_key(d, i), (struct doc *)(uintptr_t)doc_value(d, doc_key(d, i)));
	}
	doc_format(to, &b);
	return arena_strdup(house.a, buf_str(&b));
}

Test(payload_wifi, each_no_has_its_sentence)
{
	const struct p12_how ended = {.password = "hemligt", .days = 0};
	const char *good = spec_of(HOW(), "hemligt");
	const struct {
		const char *spec, *code;
	} rows[] = {
		{spec_of(HOW(), "annat"), "payload.wifi_p12_password"},
		{spec_of(&ended, "hemligt"), "payload.wifi_p12_ended"},
		{spec_of(HOW(.no_key = true), "hemligt"), "payload.wifi_p12_key"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"certificate\":{\"identity\":\"AAAA\",\"password\":\"x\","
		 "\"servers\":[\"a\"]}}",
			"payload.wifi_p12"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"certificate\":{\"password\":\"x\",\"servers\":[\"a\"]}}",
			"payload.field_missing"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"account\":{\"user\":\"a\",\"password\":\"b\",\"servers\":"
		 "[\"c\"]},\"anchors\":\"AAAA\"}",
			"payload.wifi_anchors"},
		{without(good, "certificate"), "payload.wifi_password"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\",\"anchors\":\"AAAA\"}",
			"payload.wifi_anchors_alone"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(put(rows[i].spec), ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(q.r.say ? q.r.say->code : "-", rows[i].code, "%zu", i);
	}
	cr_expect_eq(put(good), 0);
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "net"), MDM_APPLIED_SENT);
}

Test(payload_wifi, what_is_secret_is_not_shown)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 16);
	const struct mdm_item item = d_item(
		MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "net", spec_of(HOW(), "hemligt"));
	const struct doc *shown = mdm_item_show(house.a, &item);

	doc_format(shown, &b);
	cr_expect(doc_bool(doc_object(shown, "certificate"), "identity", false));
	cr_expect(doc_bool(doc_object(shown, "certificate"), "password", false));
	cr_expect_null(strstr(buf_str(&b), "hemligt"));
	cr_expect_null(strstr(buf_str(&b), text_base64(house.a, bytes_of_str(anchors))));
}

/* --- against Apple's schema, where it lies beside the source --- */

static char *apple_read(const char *type)
{
	const char *top = getenv("top_srcdir");
	const char *path = arena_printf(house.a, "%s/../shared/data/apple/schema/mdm/profiles/%s.yaml",
		top ? top : ".", type);
	char *all = NULL;
	FILE *f = fopen(path, "r");

	if (!f) {
		fprintf(stderr, "SKIPPED: %s is not there\n", path);
		return NULL;
	}
	all = mem_zalloc(1 << 20);
	cr_assert_gt(fread(all, 1, (1 << 20) - 1, f), 0);
	fclose(f);
	return all;
}

static void keys_known(const char *apple, const struct mdm_plist *d)
{
	static const char *const head[] = {"PayloadType", "PayloadVersion", "PayloadIdentifier", "PayloadUUID",
		"PayloadOrganization"};

	for (const struct mdm_plist *p = mdm_plist_first(d); p; p = p->next) {
		bool common = false;

		for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
			common = common || text_equal(p->key, head[i]);
		cr_expect(common || strstr(apple, arena_printf(house.a, "key: %s\n", p->key)), "%s", p->key);
		if (p->kind == MDM_PLIST_DICT)
			keys_known(apple, p);
	}
}

Test(payload_wifi, apple_knows_each_key)
{
	const char *spec = spec_of(HOW(), "hemligt");
	const struct mdm_plist *root;
	struct refusal r = {0};

	cr_assert_eq(build(spec, &r, &root), 0);
	for (const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(root, "PayloadContent")); p;
		p = p->next) {
		char *apple = apple_read(mdm_plist_str(p, "PayloadType"));

		if (apple)
			keys_known(apple, p);
		free(apple);
	}
}
