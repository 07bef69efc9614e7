/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"
#include "tests/unit/mdm/oracle.h"

static int parse(struct arena *a, const char *xml, struct mdm_plist **ret)
{
	return mdm_plist_parse(bytes_of_str(xml), NULL, a, ret);
}

Test(plist_parse, every_kind)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *root = NULL;
	const struct mdm_plist *p;
	int64_t i = 0;
	double d = 0;
	bool b = false;
	static const char text[] =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
		"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
		"<plist version=\"1.0\"><dict>\n"
		"<key>s</key><string>r\xc3\xa4ksm\xc3\xb6rg\xc3\xa5s &lt;&amp;&#x41;</string>\n"
		"<key>e</key><string/>\n"
		"<key>c</key><string><![CDATA[<b>]]></string>\n"
		"<key>i</key><integer>-42</integer>\n"
		"<key>r</key><real>-0.5e1</real>\n"
		"<key>t</key><true/><key>f</key><false/>\n"
		"<key>when</key><date>2026-11-21T09:12:00Z</date>\n"
		"<key>data</key><data>\n\tAAEC\n\t/w==\n</data>\n"
		"<key>list</key><array><string>x</string><integer>2</integer><array/></array>\n"
		"<key></key><dict/>\n"
		"</dict></plist>\n";

	cr_assert_eq(parse(a, text, &root), 0);
	cr_assert_eq(root->kind, MDM_PLIST_DICT);
	cr_assert_eq(root->v.in.n, 11);
	cr_assert_str_eq(mdm_plist_str(root, "s"), "räksmörgås <&A");
	cr_assert_str_eq(mdm_plist_str(root, "e"), "");
	cr_assert_str_eq(mdm_plist_str(root, "c"), "<b>");
	cr_assert_eq(mdm_plist_int(root, "i", &i), 0);
	cr_assert_eq(i, -42);
	cr_assert_eq(mdm_plist_real(root, "r", &d), 0);
	cr_assert_eq(d, -5.0);
	cr_assert_eq(mdm_plist_bool(root, "t", &b), 0);
	cr_assert(b);
	cr_assert_eq(mdm_plist_bool(root, "f", &b), 0);
	cr_assert_not(b);
	cr_assert_eq(mdm_plist_date(root, "when", &i), 0);
	cr_assert_eq(i, 1795252320);
	cr_assert(bytes_equal(mdm_plist_data(root, "data"), bytes_of("\0\1\2\xff", 4)));
	p = mdm_plist_first(mdm_plist_array(root, "list"));
	cr_assert_str_eq(mdm_plist_text(p), "x");
	cr_assert_eq(p->next->v.i, 2);
	cr_assert_eq(p->next->next->kind, MDM_PLIST_ARRAY);
	cr_assert_null(p->next->next->next);
	cr_assert(mdm_plist_dict(root, ""));
}

#define P(x) "<plist version=\"1.0\">" x "</plist>"
#define D(x) P("<dict>" x "</dict>")

Test(plist_parse, refuses)
{
	static const struct {
		const char *what, *xml;
		int err;
	} cases[] = {
		{"nothing", "", ERR_BADINPUT},
		{"binary", "bplist00\xd1\x01\x02", ERR_BADINPUT},
		{"no root", P(""), ERR_BADINPUT},
		{"two roots", P("<string>a</string><string>b</string>"), ERR_BADINPUT},
		{"no plist", "<dict></dict>", ERR_BADINPUT},
		{"plist in plist", P(P("<dict/>")), ERR_BADINPUT},
		{"two plists", P("<dict/>") P("<dict/>"), ERR_BADINPUT},
		{"trailing text", P("<dict/>") "x", ERR_BADINPUT},
		{"cut", "<plist version=\"1.0\"><dict><key>a</key>", ERR_BADINPUT},
		{"version", "<plist version=\"2.0\"><dict/></plist>", ERR_BADINPUT},
		{"attribute of plist", "<plist version=\"1.0\" x=\"1\"><dict/></plist>",
			ERR_BADINPUT},
		{"attribute", P("<dict a=\"b\"/>"), ERR_BADINPUT},
		{"namespace", "<p:plist xmlns:p=\"u\"><dict/></p:plist>", ERR_BADINPUT},
		{"default namespace", "<plist xmlns=\"u\"><dict/></plist>", ERR_BADINPUT},
		{"foreign element", D("<key>a</key><set/>"), ERR_BADINPUT},
		{"upper case", D("<key>a</key><String>x</String>"), ERR_BADINPUT},
		{"element in leaf", D("<key>a</key><string><b/></string>"), ERR_BADINPUT},
		{"key in key", D("<key><key>a</key></key>"), ERR_BADINPUT},
		{"doubled key", D("<key>a</key><true/><key>a</key><true/>"), ERR_BADINPUT},
		{"value without key", D("<true/>"), ERR_BADINPUT},
		{"key without value", D("<key>a</key>"), ERR_BADINPUT},
		{"key after key", D("<key>a</key><key>b</key><true/>"), ERR_BADINPUT},
		{"key at root", P("<key>a</key>"), ERR_BADINPUT},
		{"key in array", P("<array><key>a</key></array>"), ERR_BADINPUT},
		{"text in dict", D("x"), ERR_BADINPUT},
		{"text in plist", P("x<dict/>"), ERR_BADINPUT},
		{"text in true", D("<key>a</key><true>x</true>"), ERR_BADINPUT},
		{"empty integer", P("<integer/>"), ERR_BADINPUT},
		{"integer and letters", P("<integer>12abc</integer>"), ERR_BADINPUT},
		{"integer too great", P("<integer>9223372036854775808</integer>"), ERR_BADINPUT},
		{"hexadecimal", P("<integer>0x10</integer>"), ERR_BADINPUT},
		{"blanks in integer", P("<integer> 1</integer>"), ERR_BADINPUT},
		{"real nan", P("<real>nan</real>"), ERR_BADINPUT},
		{"real inf", P("<real>1e999</real>"), ERR_BADINPUT},
		{"real comma", P("<real>1,5</real>"), ERR_BADINPUT},
		{"real empty", P("<real></real>"), ERR_BADINPUT},
		{"real hexadecimal", P("<real>0x1p3</real>"), ERR_BADINPUT},
		{"real bare point", P("<real>1.</real>"), ERR_BADINPUT},
		{"date alone", P("<date>2026-11-21</date>"), ERR_BADINPUT},
		{"date with offset", P("<date>2026-11-21T09:12:00+01:00</date>"), ERR_BADINPUT},
		{"thirteenth month", P("<date>2026-13-21T09:12:00Z</date>"), ERR_BADINPUT},
		{"hour 25", P("<date>2026-11-21T25:12:00Z</date>"), ERR_BADINPUT},
		{"data", P("<data>A*==</data>"), ERR_BADINPUT},
		{"data cut", P("<data>A</data>"), ERR_BADINPUT},
		{"not UTF-8", P("<string>\xff</string>"), ERR_BADINPUT},
		{"surrogate", P("<string>\xed\xa0\x80</string>"), ERR_BADINPUT},
		{"control character", P("<string>&#1;</string>"), ERR_BADINPUT},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" P("<dict/>"),
			ERR_BADINPUT},
		{"entity", "<!DOCTYPE plist [<!ENTITY x \"y\">]>" P("<string>&x;</string>"),
			ERR_BADINPUT},
		{"external entity",
			"<!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" P(
				"<string>&x;</string>"),
			ERR_BADINPUT},
		{"undeclared entity", P("<string>&x;</string>"), ERR_BADINPUT},
		{"parameter entity",
			"<!DOCTYPE plist [<!ENTITY % x SYSTEM \"http://127.0.0.1/\"> %x;]>" P(
				"<dict/>"),
			ERR_BADINPUT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_plist *root = NULL;

		cr_expect_eq(parse(a, cases[i].xml, &root), cases[i].err, "%s", cases[i].what);
		cr_expect_null(root, "%s", cases[i].what);
	}
}

Test(plist_parse, nul_in_text)
{
	static const char text[] = P("<string>a\0b</string>");
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *root = NULL;

	cr_assert_eq(
		mdm_plist_parse(bytes_of(text, sizeof(text) - 1), NULL, a, &root), ERR_BADINPUT);
}

static void repeat(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_add_str(b, s);
}

Test(plist_parse, limits)
{
	static const struct {
		const char *what, *each, *behind;
		size_t n;
		int err;
	} cases[] = {
		{"depth within", "<array>", "</array>", 31, 0},
		{"depth", "<array>", "</array>", 33, ERR_TOOBIG},
		{"300 000 deep", "<array>", "</array>", 300000, ERR_TOOBIG},
		{"bytes", "<true/>        ", "", 80000, ERR_TOOBIG},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		AUTO(buf) struct buf b = BUF_INIT(8 << 20);
		struct mdm_plist *root = NULL;

		buf_add_str(&b, "<plist>");
		repeat(&b, cases[i].each, cases[i].n);
		repeat(&b, cases[i].behind, cases[i].n);
		buf_add_str(&b, "</plist>");
		cr_expect_eq(mdm_plist_parse(buf_bytes(&b), NULL, a, &root), cases[i].err, "%s",
			cases[i].what);
	}
}

static int parse_wide(const char *each, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct mdm_plist *root = NULL;
	int err;

	buf_add_str(&b, "<plist><array>");
	repeat(&b, each, n);
	buf_add_str(&b, "</array></plist>");
	err = mdm_plist_parse(buf_bytes(&b), NULL, a, &root);
	if (err == 0)
		cr_assert_eq(root->v.in.n, n);
	return err;
}

Test(plist_parse, width)
{
	cr_assert_eq(parse_wide("<true/>", 19000), 0);
	cr_assert_eq(parse_wide("<true/>", 20000), ERR_TOOBIG);
	cr_assert_eq(parse_wide("<string>&amp;&amp;&amp;</string>", 8000), ERR_TOOBIG);
}

/* Many keys take another way than few. */
Test(plist_parse, doubled_key_among_many)
{
	for (int doubled = 0; doubled < 2; doubled++) {
		AUTO(arena) struct arena *a = arena_new();
		AUTO(buf) struct buf b = BUF_INIT(1 << 20);
		struct mdm_plist *root = NULL;

		buf_add_str(&b, "<plist><dict>");
		for (int i = 0; i < 5000; i++)
			buf_printf(&b, "<key>k%d</key><true/>", i);
		if (doubled)
			buf_add_str(&b, "<key>k17</key><true/>");
		buf_add_str(&b, "</dict></plist>");
		cr_assert_eq(
			mdm_plist_parse(buf_bytes(&b), NULL, a, &root), doubled ? ERR_BADINPUT : 0);
	}
}

Test(plist_parse, any_kind_at_the_root)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *root = NULL;

	cr_assert_eq(parse(a, P("<integer>7</integer>"), &root), 0);
	cr_assert_eq(root->v.i, 7);
	cr_assert_eq(parse(a, P("<integer>-9223372036854775808</integer>"), &root), 0);
	cr_assert_eq(root->v.i, INT64_MIN);
}

static int agreed;

static void message_agrees(const char *path, struct bytes in)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *ours = NULL;
	plist_t theirs;
	int err = mdm_plist_parse(in, NULL, a, &ours);

	if (err != 0) { /* redacted into something that is no Base64 */
		cr_expect(strstr((const char *)in.p, "ase64"), "%s: %s", path, err_name(err));
		return;
	}
	theirs = oracle_read(in);
	oracle_same(theirs, ours);
	plist_free(theirs);
	agreed++;
}

Test(plist_parse, messages_of_real_devices)
{
	if (oracle_messages(message_agrees) > 0)
		cr_assert_geq(agreed, 12);
}
