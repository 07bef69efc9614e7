/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a scanner typed, read. Scanners end a code with CR, LF, Tab or nothing; put AIM's mark in
 * front ("]C1"); type it twice when the trigger was held; and have the keyboard of another country,
 * so that a hyphen comes out as a plus.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#include <ctype.h>

#define GS "\x1d"

static const struct {
	const char *word;
	enum inv_scan_command command;
} commands[] = {
	{"RETURN", INV_SCAN_RETURN},
	{"RETUR", INV_SCAN_RETURN},
	{"RENEW", INV_SCAN_RENEW},
	{"OMLAN", INV_SCAN_RENEW},
	{"UNDO", INV_SCAN_UNDO},
	{"ANGRA", INV_SCAN_UNDO},
	{"LEND", INV_SCAN_LEND},
	{"LAN", INV_SCAN_LEND},
	{"DONE", INV_SCAN_DONE},
	{"KLAR", INV_SCAN_DONE},
	{"CANCEL", INV_SCAN_CANCEL},
	{"AVBRYT", INV_SCAN_CANCEL},
	{"PRINT", INV_SCAN_PRINT},
	{"SKRIV", INV_SCAN_PRINT},
};

static const char *const kind_names[INV_CODE_KINDS] = {
	[INV_CODE_ITEM] = "item_number",
	[INV_CODE_SERIAL] = "serial",
	[INV_CODE_MAKER_SERIAL] = "maker_serial",
	[INV_CODE_IMEI] = "imei",
	[INV_CODE_GTIN] = "gtin",
	[INV_CODE_GS1] = "gs1",
	[INV_CODE_ICCID] = "iccid",
	[INV_CODE_MSISDN] = "msisdn",
	[INV_CODE_OTHER] = "other",
};

const char *inv_code_kind_name(unsigned kind)
{
	return kind > 0 && kind < INV_CODE_KINDS ? kind_names[kind] : "unknown";
}

int inv_code_kind_parse(const char *s, enum inv_code_kind *ret)
{
	for (unsigned i = 1; i < INV_CODE_KINDS; i++) {
		if (text_equal(s, kind_names[i])) {
			*ret = (enum inv_code_kind)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

static bool digits_only(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* ISO/IEC 7812-1 annex B. */
static bool luhn_is(const char *s)
{
	size_t n = strlen(s);
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(s[n - 1 - i] - '0') << (i % 2);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

bool inv_imei_is(const char *s)
{
	return digits_only(s) && ((strlen(s) == 15 && luhn_is(s)) || strlen(s) == 16);
}

bool inv_iccid_is(const char *s)
{
	size_t n = strlen(s);

	if (!digits_only(s) || n < 18 || n > 22 || !text_starts(s, "89"))
		return false;
	return (n != 19 && n != 20) || luhn_is(s);
}

/* --- the text of one scan, made plain --- */

static const char *replace_all(struct arena *a, const char *s, const char *from, const char *to)
{
	size_t n = strlen(from), left = strlen(s);
	AUTO(buf) struct buf out = BUF_INIT(2 * INV_SCAN_BYTES + 64);

	if (!strstr(s, from))
		return s;
	while (*s) {
		if (left >= n && memcmp(s, from, n) == 0) {
			buf_add_str(&out, to);
			s += n;
			left -= n;
		} else {
			buf_add(&out, s++, 1);
			left--;
		}
	}
	return arena_strdup(a, buf_str(&out));
}

static const char *trimmed(struct arena *a, const char *s, size_t n)
{
	while (n && (s[0] == ' ' || (uint8_t)s[0] == 0x02)) {
		s++;
		n--;
	}
	while (n && (s[n - 1] == ' ' || (uint8_t)s[n - 1] == 0x03 || s[n - 1] == '\0'))
		n--;
	return arena_strndup(a, s, n);
}

/* AIM's symbology mark: "]", a letter, a digit. Tells whether it says GS1. */
static const char *without_aim(const char *s, bool *ret_gs1)
{
	if (s[0] != ']' || !isalpha((unsigned char)s[1]) || !isdigit((unsigned char)s[2]))
		return s;
	*ret_gs1 = text_starts(s, "]C1") || text_starts(s, "]d2") || text_starts(s, "]Q3") ||
		   text_starts(s, "]e0") || text_starts(s, "]J1");
	return s + 3;
}

/* What stands before the number on boxes. */
static const char *without_label(const char *s)
{
	static const char *const labels[] = {
		"(S) SERIAL NO.",
		"SERIAL NO.",
		"SERIAL:",
		"SERIENUMMER:",
		"S/N:",
		"S/N",
		"SN:",
		"IMEI/MEID:",
		"IMEI/MEID",
		"IMEI1:",
		"IMEI2:",
		"IMEI:",
		"IMEI",
		"ICCID:",
		"ICCID",
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t n = strlen(labels[i]);

		if (strncasecmp(s, labels[i], n) == 0 && s[n] != '\0')
			return s + n + strspn(s + n, " ");
	}
	return s;
}

/* A label of ours may hold an address: its last part is the code. */
static const char *without_address(const char *s)
{
	const char *slash;

	if (strncasecmp(s, "http://", 7) != 0 && strncasecmp(s, "https://", 8) != 0)
		return s;
	slash = strrchr(s, '/');
	return slash && slash[1] ? slash + 1 : s;
}

static const char *with_plain_signs(struct arena *a, const char *s)
{
	static const struct {
		const char *from, *to;
	} signs[] = {
		{"<GS>", GS},
		{"{GS}", GS},
		{"[GS]", GS},
		{"\xe2\x90\x9d", GS},
		{"\xe2\x80\x90", "-"},
		{"\xe2\x80\x91", "-"},
		{"\xe2\x80\x93", "-"},
		{"\xe2\x80\x94", "-"},
		{"\xe2\x88\x92", "-"},
		{"\xc2\xa0", " "},
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		s = replace_all(a, s, signs[i].from, signs[i].to);
	return s;
}

/* The same text several times in a row, as a held trigger types it: one of them. */
static size_t repeated_part(const char *s)
{
	size_t n = strlen(s);

	for (size_t times = 2; times <= 4; times++) {
		size_t part = n / times;
		bool same = n % times == 0 && part >= 6;

		for (size_t i = part; same && i < n; i++)
			same = s[i] == s[i % part];
		if (same)
			return part;
	}
	return n;
}

/* --- the kinds --- */

static void bad(struct inv_scan *scan)
{
	scan->kind = INV_SCAN_BAD;
	scan->why = &inv_say_scan_bad;
}

static void read_digits(struct arena *a, struct inv_scan *scan)
{
	const char *s = scan->text;
	size_t n = strlen(s);

	if (inv_iccid_is(s)) {
		scan->kind = INV_SCAN_ICCID;
	} else if (n == 15 && inv_imei_is(s)) {
		scan->kind = INV_SCAN_IMEI;
	} else if (inv_gtin_is(s)) {
		scan->kind = INV_SCAN_GTIN;
		scan->gtin = inv_gtin_14(a, s);
	} else if (n == 16 && text_starts(s, "01") && inv_gtin_is(s + 2)) {
		/* A GS1 label without any mark, unless something or somebody has that number. */
		scan->kind = INV_SCAN_GTIN;
		scan->gtin = s + 2;
	} else {
		/* Of the length of such a number, with a wrong digit: a worn label, or an
		 * own number that happens to be as long. */
		scan->bad_check = n == 8 || n == 12 || n == 13 || n == 14 || n == 15 ||
				  ((n == 19 || n == 20) && text_starts(s, "89"));
	}
}

static enum inv_scan_command command_of(const char *word)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (text_equal_case(word, commands[i].word))
			return commands[i].command;
	}
	return 0;
}

/* L-…, K-…, A-…, P-…, C-…: our own barcodes. `s` has its hyphen. */
static bool read_own(struct arena *a, const char *s, struct inv_scan *scan)
{
	static const struct {
		char letter;
		enum inv_scan_kind kind;
	} rows[] = {
		{'L', INV_SCAN_LOAN},
		{'K', INV_SCAN_CARD},
		{'A', INV_SCAN_AGREEMENT},
		{'P', INV_SCAN_PLACE},
		{'C', INV_SCAN_COMMAND},
	};

	if (strlen(s) < 3 || s[1] != '-')
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (toupper((unsigned char)s[0]) != rows[i].letter)
			continue;
		if (rows[i].kind == INV_SCAN_COMMAND) {
			scan->command = command_of(s + 2);
			if (!scan->command)
				return false;
		}
		if (inv_code_parse(a, s + 2, &scan->text) != 0)
			return false;
		scan->kind = rows[i].kind;
		return true;
	}
	return false;
}

/* "123456+7890": a number of a thing with such a hyphen, or somebody's who is a hundred. Who looks for
 * people has the sign as it was typed (`raw`). */
static bool has_plus_before_four(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n > 0 && s[n] == '+' && strlen(s + n + 1) == 4 && digits_only(s + n + 1);
}

/* What a scanner set to an American keyboard types on a Swedish one, put right. Only where the
 * sign can be nothing else. */
static const char *with_right_keys(struct arena *a, const char *s)
{
	size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	if (text_starts(s, ")01=") || text_starts(s, ")21=")) {
		s = replace_all(a, s, ")", "(");
		return replace_all(a, s, "=", ")");
	}
	if (letters > 0 && s[letters] == '+')
		return replace_all(a, s, "+", "-");
	if (has_plus_before_four(s))
		return replace_all(a, s, "+", "-");
	if (letters == 1 && (s[1] == '/' || s[1] == '_') && strchr("LKAPClkapc", s[0]))
		return arena_printf(a, "%c-%s", s[0], s + 2);
	return s;
}

static bool looks_like_gs1(const char *s, bool marked)
{
	char gtin[15];

	if (marked || strstr(s, GS) || text_starts(s, "(01)") || text_starts(s, "(21)"))
		return true;
	/* Without any mark: a GTIN with a right check digit, and something behind it. */
	if (!text_starts(s, "01") || strlen(s) < 19)
		return false;
	text_copy(gtin, sizeof(gtin), s + 2);
	return inv_gtin_is(gtin) && (text_starts(s + 16, "21") || text_starts(s + 16, "10") ||
					    text_starts(s + 16, "17") || text_starts(s + 16, "11"));
}

static void read_gs1(struct arena *a, const char *s, struct inv_scan *scan)
{
	char *text;

	if (inv_gs1_parse(a, s, scan) != 0) {
		bad(scan);
		scan->why = &inv_say_scan_bad_gs1;
		return;
	}
	text = arena_printf(
		a, "%s/%s", scan->gtin ? scan->gtin : "", scan->serial ? scan->serial : "");
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	scan->text = text;
	scan->kind = scan->serial ? INV_SCAN_GS1 : INV_SCAN_GTIN;
	if (!scan->serial)
		scan->text = scan->gtin;
}

static void read_one(struct arena *a, struct bytes piece, struct inv_scan *scan)
{
	const char *s;
	bool gs1 = false;
	size_t part;

	*scan = (struct inv_scan){.kind = INV_SCAN_CODE};
	if (!text_is_utf8(piece) || memchr(piece.p, 0, piece.n)) {
		scan->raw = "?";
		bad(scan);
		return;
	}
	s = trimmed(a, (const char *)piece.p, piece.n);
	scan->raw = s;
	s = with_right_keys(a, with_plain_signs(a, s));
	s = without_aim(s, &gs1);
	if (looks_like_gs1(s, gs1)) {
		read_gs1(a, s, scan);
		return;
	}
	s = without_address(without_label(s));
	part = repeated_part(s);
	scan->repeated = part < strlen(s);
	s = arena_strndup(a, s, part);
	if (read_own(a, s, scan))
		return;
	if (inv_code_parse(a, s, &scan->text) != 0)
		bad(scan);
	else if (digits_only(scan->text))
		read_digits(a, scan);
}

/* Controls but FNC1 have no place in what is shown again. */
static const char *shown(struct arena *a, const char *raw)
{
	char *out = arena_strdup(a, raw);

	for (char *c = out; *c; c++) {
		if ((uint8_t)*c < 0x20 || *c == 0x7f)
			*c = ' ';
	}
	return out;
}

static bool same_scan(const struct inv_scan *x, const struct inv_scan *y)
{
	return x->kind == y->kind && x->kind != INV_SCAN_BAD && text_equal(x->text, y->text) &&
	       text_equal(x->lot, y->lot);
}

int inv_scan_parse(struct arena *a, struct bytes raw, struct inv_scan **ret, size_t *ret_n)
{
	struct inv_scan *scans = ARENA_ARRAY(a, struct inv_scan, INV_SCANS);
	const uint8_t *at = raw.p, *end = raw.p + raw.n;
	size_t n = 0;

	if (raw.n > INV_SCAN_BYTES)
		return ERR_TOOBIG;
	while (at < end) {
		const uint8_t *stop = at;
		struct inv_scan one;

		while (stop < end && *stop != '\r' && *stop != '\n' && *stop != '\t')
			stop++;
		if (*trimmed(a, (const char *)at, (size_t)(stop - at))) {
			if (n == INV_SCANS)
				return ERR_TOOBIG;
			read_one(a, bytes_of(at, (size_t)(stop - at)), &one);
			one.raw = shown(a, one.raw);
			if (n && same_scan(&scans[n - 1], &one))
				scans[n - 1].repeated = true;
			else
				scans[n++] = one;
		}
		at = stop + (stop < end);
	}
	if (n == 0)
		return ERR_BADINPUT;
	*ret = scans;
	*ret_n = n;
	return 0;
}

const struct inv_scan *inv_label_read(struct arena *a, const char *s)
{
	struct inv_scan *scan;
	size_t n;

	if (text_empty(s) || inv_scan_parse(a, bytes_of_str(s), &scan, &n) != 0 || n != 1)
		return NULL;
	return scan->kind == INV_SCAN_GS1 && scan->serial ? scan : NULL;
}

void inv_label_fill(const struct inv_scan *label, struct inv_unit *u)
{
	if (label && text_empty(u->lot))
		u->lot = label->lot;
	if (label && !u->expires_day)
		u->expires_day = label->expires_day;
}

const char *inv_label_of_product(struct arena *a, const char *code)
{
	struct inv_scan *scan;
	size_t n;

	if (inv_scan_parse(a, bytes_of_str(code), &scan, &n) != 0 || n != 1)
		return NULL;
	return scan->kind == INV_SCAN_GTIN && !inv_gtin_is(scan->raw) ? scan->gtin : NULL;
}
