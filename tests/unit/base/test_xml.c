/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/xml_int.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <pthread.h>

#define PLIST                                                     \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"            \
	"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" " \
	"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"

static const struct xml_limits limits = {
	.bytes = 4000000, .depth = 32, .elements = 20000, .entities = 1000};

/* Writes down what it is told, as "<a k=v>text</a>". */
static int note_start(void *ctx, const char *name, const char *const *attributes)
{
	struct buf *out = ctx;

	buf_printf(out, "<%s", name);
	for (; *attributes; attributes += 2)
		buf_printf(out, " %s=%s", attributes[0], attributes[1]);
	buf_add_char(out, '>');
	return text_equal(name, "stop") ? ERR_UNSUPPORTED : 0;
}

static int note_end(void *ctx, const char *name)
{
	buf_printf(ctx, "</%s>", name);
	return text_equal(name, "stopend") ? ERR_CONFLICT : 0;
}

static int note_text(void *ctx, const char *s, size_t n)
{
	buf_add(ctx, s, n);
	return n == 5 && memcmp(s, "STOP!", 5) == 0 ? ERR_REFUSED : 0;
}

static const struct xml_handler notes = {note_start, note_end, note_text};
static const struct xml_handler none = {NULL, NULL, NULL};

TestSuite(xml, .init = xml_init, .timeout = 300);

static int noted(struct bytes in, struct buf *out)
{
	return xml_parse(in, &limits, &notes, out);
}

Test(xml, tells_what_it_reads)
{
	static const char *const cases[][2] = {
		{"<a/>", "<a></a>"},
		{"<a>x</a>", "<a>x</a>"},
		{" <a x='1' y=\"två &lt;\"><b/>c</a>\n", "<a x=1 y=två <><b></b>c</a>"},
		{"<a x='1' y=\"två &lt;\"><b/>c</a>\n", "<a x=1 y=två <><b></b>c</a>"},
		{"<a>&lt;&amp;&gt;&quot;&apos;&#229;&#xe5;</a>", "<a><&>\"'åå</a>"},
		{"<a><![CDATA[<b>&amp;]]></a>", "<a><b>&amp;</a>"},
		{"<a><!-- no --><?no no?>x</a><!-- no -->", "<a>x</a>"},
		{"\xef\xbb\xbf<a/>", "<a></a>"},
		{"<?xml version='1.0' encoding='utf-8' standalone='yes'?><a/>", "<a></a>"},
		{"<?xml version='1.0'?><a/>", "<a></a>"},
		{"<a>1\r\n2\r3</a>", "<a>1\n2\n3</a>"},
		{PLIST "<plist "
		       "version=\"1.0\"><dict><key>K</key><string>V</string></dict></plist>\n",
			"<plist version=1.0><dict><key>K</key><string>V</string></dict></plist>"},
		{"<!DOCTYPE a SYSTEM 'a[b]'><a/>", "<a></a>"},
		{"<a><!-- <!DOCTYPE a [ --><![CDATA[<!DOCTYPE a []]></a>", "<a><!DOCTYPE a [</a>"},
		{"<a>[<b>]</b></a>", "<a>[<b>]</b></a>"},
		{"<a b='>' c=\"'\" d='\"'/>", "<a b=> c=' d=\"></a>"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(buf) struct buf out = BUF_INIT(10000);
		int err = noted(bytes_of_str(cases[i][0]), &out);

		cr_expect_eq(err, 0, "%s gave %d", cases[i][0], err);
		cr_expect_str_eq(buf_str(&out), cases[i][1]);
	}
}

Test(xml, refuses)
{
	static const char *const cases[] = {
		"",
		" ",
		"x",
		"<a>",
		"<a></b>",
		"</a>",
		"<a/><b/>",
		"<a/>x",
		"<a/>&amp;",
		"<a x=1/>",
		"<a x='1' x='2'/>",
		"<a>&</a>",
		"<a>&nbsp;</a>",
		"<a>&#0;</a>",
		"<a>&#xd800;</a>",
		"<a>\x01</a>",
		"<a><</a>",
		"<a>]]></a>",
		"<a><!-- -- --></a>",
		"<a><![CDATA[x</a>",
		/* broken and other encodings */
		"<a>\xe5</a>",
		"<a>\xc0\xaf</a>",
		"<a>\xed\xa0\x80</a>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><a>x</a>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe5</a>",
		"<?xml version='1.0' encoding='UTF-16'?><a/>",
		"<?xml version='1.0' encoding='UTF-7'?><a/>",
		"<?xml version='1.0' encoding='UTF-8x'?><a/>",
		"<?xml version='1.0' encoding=''?><a/>",
		"<?xml version='1.0' encoding?><a/>",
		"<?xml",
		"\xff\xfe<\0a\0/\0>\0",
		/* names from elsewhere */
		"<a xmlns='urn:x'/>",
		"<a xmlns:b='urn:x'/>",
		"<b:a/>",
		"<a b:c='1'/>",
		"<a xml:lang='sv'/>",
		" <?xml version='1.0'?><a/>",
		/* declarations */
		"<!DOCTYPE a []><a/>",
		"<!-- > --><!DOCTYPE a 'x>y' [ ]><a/>",
		"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
		"<!DOCTYPE a [<!ENTITY e 'x'>]><a/>",
		"<!DOCTYPE a [<!ENTITY % p 'x'>]><a/>",
		"<!DOCTYPE a [%p;]><a/>",
		"<!DOCTYPE a [<!ENTITY lt 'x'>]><a/>",
		"<!DOCTYPE a [<!ENTITY lt '&#38;#60;'>]><a/>",
		"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
		"<!DOCTYPE a [<!ELEMENT a (b,(c|d)*)>]><a/>",
		"<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]><a/>",
		"<!DOCTYPE a [<!ATTLIST a b (c|d|e) 'c'>]><a/>",
		"<!DOCTYPE a [<!NOTATION n SYSTEM 'x'>]><a/>",
		"<!DOCTYPE a [<!ENTITY e SYSTEM 'x' NDATA n>]><a/>",
		"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
		"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]><a/>",
		/* an outer DTD could define it, so libxml2 alone would only warn */
		PLIST "<plist>&undeclared;</plist>",
		PLIST "<plist a='&undeclared;'/>",
		"<!DOCTYPE a SYSTEM 'x' [%p;]><a>&e;</a>",
		/* cut off */
		PLIST,
		PLIST "<plist><dict>",
		PLIST "<plist><dict></dict></plist",
		"<!DOCTYPE a [",
		"<!DOCTYPE",
		"<a b='",
		"<a>&am",
		"<a>&#x",
		"<a><!--",
		"<a><![CDATA[",
		"<?pi",
		/* two billion laughs */
		"<!DOCTYPE l [<!ENTITY a '0123456789'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;&c;&c;&c;&c;&c;&c;&c;</l>",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(buf) struct buf out = BUF_INIT(10000);
		int err = noted(bytes_of_str(cases[i]), &out);

		cr_expect_eq(err, ERR_BADINPUT, "case %zu gave %d: %s", i, err, cases[i]);
	}
}

Test(xml, refuses_nul_and_sixteen_bits)
{
	static const struct bytes cases[] = {
		{(const uint8_t *)"<a>\0</a>", 8},
		{(const uint8_t *)"<a/>\0", 5},
		{(const uint8_t *)"<\0a\0/\0>\0", 8},
		{(const uint8_t *)"\0<\0a\0/\0>", 8},
		{(const uint8_t *)"\xff\xfe<\0a\0/\0>\0", 10},
		{(const uint8_t *)"\0\0\0<\0\0\0a\0\0\0/\0\0\0>", 16},
		{(const uint8_t *)"\x4c\x6f\xa7\x94", 4},
		{NULL, 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(
			xml_parse(cases[i], &limits, &none, NULL), ERR_BADINPUT, "case %zu", i);
}

/* `before`, n times `piece`, `middle`, n times `ending`, `after`; "#" is each time's number. */
struct flood {
	const char *before, *piece, *middle, *ending, *after;
};

static void flood_into(struct buf *in, const struct flood *f, size_t n)
{
	const char *number = strchr(f->piece, '#');

	buf_add_str(in, f->before);
	for (size_t i = 0; i < n; i++) {
		if (number && f->piece[0] != '&')
			buf_printf(
				in, "%.*s%zu%s", (int)(number - f->piece), f->piece, i, number + 1);
		else
			buf_add_str(in, f->piece);
	}
	buf_add_str(in, f->middle);
	for (size_t i = 0; i < n; i++)
		buf_add_str(in, f->ending);
	buf_add_str(in, f->after);
}

static int flooded(const struct flood *f, size_t n, const struct xml_limits *lim)
{
	AUTO(buf) struct buf in = BUF_INIT(100000000);

	flood_into(&in, f, n);
	return xml_parse(buf_bytes(&in), lim, &none, NULL);
}

static const struct flood nested = {PLIST "<plist>", "<array>", "", "</array>", "</plist>"};
static const struct flood wide = {"<a>", "<b/>", "", "", "</a>"};
static const struct flood ampersands = {"<a>", "&amp;", "", "", "</a>"};
static const struct flood text = {"<a>", "text", "", "", "</a>"};

Test(xml, counts_exactly)
{
	struct xml_limits lim = {.bytes = 1000, .depth = 4, .elements = 11, .entities = 10};

	cr_expect_eq(flooded(&nested, 3, &lim), 0);
	cr_expect_eq(flooded(&nested, 4, &lim), ERR_TOOBIG);
	cr_expect_eq(flooded(&wide, 10, &lim), 0);
	cr_expect_eq(flooded(&wide, 11, &lim), ERR_TOOBIG);
	cr_expect_eq(flooded(&ampersands, 10, &lim), 0);
	cr_expect_eq(flooded(&ampersands, 11, &lim), ERR_TOOBIG);
	cr_expect_eq(flooded(&text, 248, &lim), 0);
	cr_expect_eq(flooded(&text, 249, &lim), ERR_TOOBIG);
}

/* CPU time may be asked for, since a flood that costs the square of its size misses by far. */
static void check_flood(const struct flood *f, int expected, int64_t most_ms)
{
	AUTO(buf) struct buf in = BUF_INIT(100000000);
	int64_t before, spent_ms;
	int err;

	flood_into(&in, f, 100000);
	before = clock_thread_cpu_us();
	err = xml_parse(buf_bytes(&in), &limits, &none, NULL);
	spent_ms = (clock_thread_cpu_us() - before) / 1000;
	cr_expect_eq(err, expected, "%s %s gave %d", f->before, f->piece, err);
	cr_expect_leq(
		spent_ms, most_ms, "%s %s took %lld ms", f->before, f->piece, (long long)spent_ms);
}

Test(xml, stops_floods)
{
	static const struct {
		struct flood flood;
		int err;
	} cases[] = {
		{{PLIST "<plist>", "<array>", "", "</array>", "</plist>"}, ERR_TOOBIG},
		{{"", "<array>", "", "", ""}, ERR_TOOBIG},
		{{"<a>", "<b/>", "", "", "</a>"}, ERR_TOOBIG},
		{{"<a>", "&amp;", "", "", "</a>"}, ERR_TOOBIG},
		{{"<a b='", "&amp;", "", "", "'/>"}, ERR_TOOBIG},
		{{"<a>", "&#65;", "", "", "</a>"}, ERR_TOOBIG},
		{{"<a ", "b='1' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<a ", "b#='' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<a ", "b#='>' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<a ", "b#=\"'>\" ", "", "", "/>"}, ERR_TOOBIG},
		{{"<a ", "xmlns:b#='u' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<!-- <a>'> --><a ", "b#='' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<?p <a '?><a ", "b#='' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<a><![CDATA[<b ']]><c ", "b#='' ", "", "", "/>"}, ERR_TOOBIG},
		{{"<", "a", "", "", "/>"}, ERR_BADINPUT}, /* libxml2's own cap of a name */
		{{"<a b='", "x", "", "", "'/>"}, 0},
		{{"<a>", "x", "", "", "</a>"}, 0},
		{{"<a>", "]]x", "", "", "</a>"}, 0},
		{{"<a><!--", "x -x", "", "", "--></a>"}, 0},
		{{"<a>", "<!---->", "", "", "</a>"}, 0},
		{{"<a>", "<!--", "", "", "</a>"}, ERR_BADINPUT},
		{{"<a>", "<?p?>", "", "", "</a>"}, 0},
		{{"<a><![CDATA[", "]]x", "", "", "]]></a>"}, 0},
		{{"<a>", "<![CDATA[x]]>", "", "", "</a>"}, 0},
		{{"<a>", "<![CDATA[", "", "", "</a>"}, ERR_BADINPUT},
		{{"", "    ", "", "", "<a/>"}, 0},
		{{"<a/>", "    ", "", "", ""}, 0},
		{{"<a>", "<<<<", "", "", "</a>"}, ERR_BADINPUT},
		{{"<!DOCTYPE a ", "    ", "", "", "><a/>"}, 0},
		{{"<!DOCTYPE a [", "<!ENTITY a 'x'>", "", "", "]><a/>"}, ERR_BADINPUT},
		{{"<!DOCTYPE a [<!ATTLIST a b (x", "|b#", "", "", ")>]><a/>"}, ERR_BADINPUT},
		{{"<!DOCTYPE a [<!ELEMENT a ", "(", "", "", "]><a/>"}, ERR_BADINPUT},
		{{"<?xml version='1.0' ", "    ", "", "", "?><a/>"}, 0},
	};
	int64_t most_ms = 200; /* sanitizers, other work */

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_flood(&cases[i].flood, cases[i].err, most_ms);
	cr_expect_eq(flooded(&text, 3000000, &limits), ERR_TOOBIG, "by its size");
}

Test(xml, stops_when_the_handler_says)
{
	static const struct {
		const char *in, *out;
		int err;
	} cases[] = {
		{"<a><stop/><b/></a>", "<a><stop>", ERR_UNSUPPORTED},
		{"<a><stopend/><b/></a>", "<a><stopend></stopend>", ERR_CONFLICT},
		{"<a>STOP!<b/></a>", "<a>STOP!", ERR_REFUSED},
		{"<a><stop/><b></a>", "<a><stop>", ERR_UNSUPPORTED},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(buf) struct buf out = BUF_INIT(10000);

		cr_expect_eq(noted(bytes_of_str(cases[i].in), &out), cases[i].err);
		cr_expect_str_eq(buf_str(&out), cases[i].out);
	}
}

Test(xml, every_cut_of_a_plist_is_refused)
{
	static const char whole[] =
		PLIST "<plist version=\"1.0\"><dict><key>A&amp;</key><data>\nAAAA\n</data>"
		      "<!-- c --><array><integer>1</integer><true/></array></dict></plist>";

	cr_assert_eq(xml_parse(bytes_of_str(whole), &limits, &none, NULL), 0);
	for (size_t n = 0; n < sizeof(whole) - 1; n++)
		cr_assert_eq(xml_parse(bytes_of(whole, n), &limits, &none, NULL), ERR_BADINPUT,
			"%zu", n);
}

static void *parse_often(void *arg)
{
	static const char good[] =
		PLIST "<plist version=\"1.0\"><dict><key>K</key><true/></dict></plist>";
	static const char bad[] = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>";
	size_t *wrong = arg;

	for (int i = 0; i < 300; i++) {
		*wrong += xml_parse(bytes_of_str(good), &limits, &none, NULL) != 0;
		*wrong += xml_parse(bytes_of_str(bad), &limits, &none, NULL) != ERR_BADINPUT;
	}
	return NULL;
}

Test(xml, threads_do_not_meet)
{
	pthread_t threads[8];
	size_t wrong[8] = {0};

	for (int i = 0; i < 8; i++)
		cr_assert_eq(pthread_create(&threads[i], NULL, parse_often, &wrong[i]), 0);
	for (int i = 0; i < 8; i++) {
		pthread_join(threads[i], NULL);
		cr_expect_eq(wrong[i], 0);
	}
}

/* --- the plain path --- */

static const struct {
	const char *text;
	bool plain;
} plain_cases[] = {
	{PLIST "<plist version=\"1.0\"><dict>\n\t<key>K</key><true/><data>\nAAAA\n</data></dict>"
	       "</plist>\n",
		true},
	{"<a/>", true},
	{" <a>x ]] y</a>\n", true},
	{"<a version=\"1.0\"/>", true},
	{"<stop/>", true},
	{"<a>x<stop/>y</a>", true},
	{"<a><b></b>1<b>2</b></a>", true},
	{"<a1><B/></a1>", true},
	/* general, or not well-formed */
	{"", false},
	{" ", false},
	{"<a", false},
	{"<a>", false},
	{"<a><b></a></b>", false},
	{"</a>", false},
	{"<a/><a/>", false},
	{"<a/>x", false},
	{"x<a/>", false},
	{"<a>]]></a>", false},
	{"<a>&amp;</a>", false},
	{"<a>\r</a>", false},
	{"<a>\xc3\xa5</a>", false},
	{"<a>\x7f</a>", false},
	{"<a b=\"1\"/>", false},
	{"<a version=\"1.1\"/>", false},
	{"<a version=\"1.0\" />", false},
	{"<a ></a>", false},
	{"<a></a >", false},
	{"<a/ >", false},
	{"</a/>", false},
	{"<a:b/>", false},
	{"<1/>", false},
	{"<abcdefghijklmnopqrstuvwxyz0123456/>", false},
	{"<!-- --><a/>", false},
	{"<a><![CDATA[x]]></a>", false},
	{"\n<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", false},
	{"<?xml version='1.0' encoding='UTF-8'?><a/>", false},
	{PLIST PLIST "<a/>", false},
	{"<!DOCTYPE plist><a/>", false},
};

Test(xml, plain_is_told_as_libxml2_tells_it)
{
	static const struct xml_limits tight = {
		.bytes = 1000, .depth = 1, .elements = 2, .entities = 0};

	for (size_t i = 0; i < sizeof(plain_cases) / sizeof(plain_cases[0]); i++) {
		struct bytes in = bytes_of_str(plain_cases[i].text);

		cr_expect_eq(xml_is_plain(in), plain_cases[i].plain, "%s", plain_cases[i].text);
		for (int k = 0; xml_is_plain(in) && k < 2; k++) {
			const struct xml_limits *l = k ? &tight : &limits;
			AUTO(buf) struct buf plain = BUF_INIT(10000), general = BUF_INIT(10000);
			int err = xml_parse_plain(in, l, &notes, &plain);

			cr_expect_eq(err, xml_parse_general(in, l, &notes, &general), "%s: %d",
				plain_cases[i].text, err);
			cr_expect_str_eq(buf_str(&plain), buf_str(&general));
		}
		(void)!xml_parse_plain(bytes_of_str("<a>x</a>"), &limits, &none, NULL);
	}
}

/* Cut short anywhere it is not plain, and with any byte changed both paths agree. */
Test(xml, plain_is_strict)
{
	static const char whole[] =
		PLIST "<plist version=\"1.0\"><dict><key>K</key><array/></dict></plist>";
	static const char others[] = "<>/!?&\"' \n\r\t]a1:\x80";
	char bent[sizeof(whole)];

	for (size_t n = 0; n < sizeof(whole) - 1; n++)
		cr_expect_not(xml_is_plain(bytes_of(whole, n)), "%zu", n);
	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		for (size_t k = 0; k < sizeof(others); k++) {
			AUTO(buf) struct buf plain = BUF_INIT(10000), general = BUF_INIT(10000);
			struct bytes in = bytes_of(bent, sizeof(whole) - 1);

			memcpy(bent, whole, sizeof(whole));
			bent[i] = others[k];
			if (!xml_is_plain(in))
				continue;
			cr_expect_eq(xml_parse_plain(in, &limits, &notes, &plain), 0, "%s", bent);
			cr_expect_eq(
				xml_parse_general(in, &limits, &notes, &general), 0, "%s", bent);
			cr_expect_str_eq(buf_str(&plain), buf_str(&general));
		}
	}
}
