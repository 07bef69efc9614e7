/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/inventory_int.h"

#include <criterion/criterion.h>

static const struct {
	const char *raw;
	enum inv_scan_kind kind;
	const char *text;
	const char *gtin, *serial, *lot;
	bool repeated, bad_check;
} scans[] = {
	{"INV-000417", INV_SCAN_CODE, "INV-000417"},
	{" inv-000417\r\n", INV_SCAN_CODE, "INV-000417"},
	{"000417\t", INV_SCAN_CODE, "000417"},
	{"]C0INV-000417", INV_SCAN_CODE, "INV-000417"},
	{"\x02INV-000417\x03", INV_SCAN_CODE, "INV-000417"},
	{"INV+000417", INV_SCAN_CODE, "INV-000417"},
	{"200316+9816", INV_SCAN_CODE, "200316-9816"},
	{"19200316+9816\r", INV_SCAN_CODE, "19200316-9816"},
	{"+46701234567", INV_SCAN_BAD},
	{"200316+981", INV_SCAN_BAD},
	{"200316+98166", INV_SCAN_BAD},
	{"200316+981A", INV_SCAN_BAD},
	{"INV\xe2\x80\x93"
	 "000417",
		INV_SCAN_CODE, "INV-000417"},
	{"INV-000417INV-000417", INV_SCAN_CODE, "INV-000417", .repeated = true},
	{"INV-000417\rINV-000417\r", INV_SCAN_CODE, "INV-000417", .repeated = true},
	{"S/N: dmpx 1234", INV_SCAN_CODE, "DMPX1234"},
	{"https://bibblan.example.se/i/VB-000012", INV_SCAN_CODE, "VB-000012"},
	{"356938035643809", INV_SCAN_IMEI, "356938035643809"},
	{"IMEI: 356938035643809", INV_SCAN_IMEI, "356938035643809"},
	{"356938035643808", INV_SCAN_CODE, "356938035643808", .bad_check = true},
	{"4006381333931", INV_SCAN_GTIN, "4006381333931", .gtin = "04006381333931"},
	{"]E04006381333931", INV_SCAN_GTIN, "4006381333931", .gtin = "04006381333931"},
	{"96385074", INV_SCAN_GTIN, "96385074", .gtin = "00000096385074"},
	{"036000291452", INV_SCAN_GTIN, "036000291452", .gtin = "00036000291452"},
	{"4006381333930", INV_SCAN_CODE, "4006381333930", .bad_check = true},
	{"8946071512360089522", INV_SCAN_ICCID, "8946071512360089522"},
	{"8946071512360089523", INV_SCAN_CODE, "8946071512360089523", .bad_check = true},
	{"894607151236008952", INV_SCAN_ICCID, "894607151236008952"},
	{"(01)04006381333931(21)abc123", INV_SCAN_GS1, "04006381333931/ABC123", "04006381333931",
		"abc123"},
	{")01=04006381333931)21=ABC123", INV_SCAN_GS1, "04006381333931/ABC123", "04006381333931",
		"ABC123"},
	{"]d2010400638133393121ABC123\x1d"
	 "10L-7\x1d",
		INV_SCAN_GS1, "04006381333931/ABC123", "04006381333931", "ABC123", "L-7"},
	{"]C1010400638133393110L7<GS>21S1", INV_SCAN_GS1, "04006381333931/S1", "04006381333931",
		"S1", "L7"},
	{"010400638133393121ABC123", INV_SCAN_GS1, "04006381333931/ABC123", "04006381333931",
		"ABC123"},
	{"]d20104006381333931", INV_SCAN_GTIN, "04006381333931", "04006381333931"},
	{"(01)04006381333931", INV_SCAN_GTIN, "04006381333931", "04006381333931"},
	{"0104006381333931", INV_SCAN_GTIN, "0104006381333931", "04006381333931"},
	{"0104006381333930", INV_SCAN_CODE, "0104006381333930"},
	{"]d20104006381333930", INV_SCAN_BAD},
	{"L-2026-00017", INV_SCAN_LOAN, "2026-00017"},
	{"k+10023", INV_SCAN_CARD, "10023"},
	{"A-55", INV_SCAN_AGREEMENT, "55"},
	{"P_disk-1", INV_SCAN_PLACE, "DISK-1"},
	{"C-RETURN", INV_SCAN_COMMAND, "RETURN"},
	{"c-angra", INV_SCAN_COMMAND, "ANGRA"},
	{"C-NOSUCH", INV_SCAN_CODE, "C-NOSUCH"},
	{"<script>alert(1)</script>", INV_SCAN_BAD},
	{"\xf0\x9f\x98\x80", INV_SCAN_BAD},
	{"\xff\xfe", INV_SCAN_BAD},
};

Test(code_msg, every_form_a_scanner_types)
{
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(scans) / sizeof(scans[0]); i++) {
		struct inv_scan *s;
		size_t n;

		cr_assert_eq(inv_scan_parse(a, bytes_of_str(scans[i].raw), &s, &n), 0, "%s",
			scans[i].raw);
		cr_expect_eq(n, 1, "%s gave %zu", scans[i].raw, n);
		cr_expect_eq(s->kind, scans[i].kind, "%s is %d", scans[i].raw, s->kind);
		cr_expect_eq(s->repeated, scans[i].repeated, "%s", scans[i].raw);
		cr_expect_eq(s->bad_check, scans[i].bad_check, "%s", scans[i].raw);
		if (scans[i].text)
			cr_expect_str_eq(s->text, scans[i].text);
		if (scans[i].gtin)
			cr_expect_str_eq(s->gtin, scans[i].gtin);
		if (scans[i].serial)
			cr_expect_str_eq(s->serial, scans[i].serial);
		if (scans[i].lot)
			cr_expect_str_eq(s->lot, scans[i].lot);
		cr_expect_eq(s->why != NULL, s->kind == INV_SCAN_BAD);
	}
}

Test(code_msg, a_burst_comes_apart_and_keeps_its_order)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf many = BUF_INIT(4096);
	struct inv_scan *s;
	size_t n;

	cr_assert_eq(inv_scan_parse(a, bytes_of_str("K-7\r\nVB-1\r\nVB-2\tC-DONE"), &s, &n), 0);
	cr_assert_eq(n, 4);
	cr_expect_eq(s[0].kind, INV_SCAN_CARD);
	cr_expect_str_eq(s[2].text, "VB-2");
	cr_expect_eq(s[3].command, INV_SCAN_DONE);
	cr_expect_eq(inv_scan_parse(a, bytes_of_str(" \r\n\t "), &s, &n), ERR_BADINPUT);
	for (int i = 0; i < INV_SCANS + 1; i++)
		buf_printf(&many, "X-%d\n", i);
	cr_expect_eq(inv_scan_parse(a, buf_bytes(&many), &s, &n), ERR_TOOBIG);
	buf_reset(&many);
	while (many.n <= INV_SCAN_BYTES)
		buf_add_str(&many, "ABC");
	cr_expect_eq(inv_scan_parse(a, buf_bytes(&many), &s, &n), ERR_TOOBIG);
	cr_expect_eq(inv_scan_parse(a, bytes_of("A\0B", 3), &s, &n), 0);
	cr_expect_eq(s->kind, INV_SCAN_BAD);
}

Test(code_msg, the_names_of_kinds_go_back_and_forth)
{
	enum inv_code_kind back;

	for (unsigned k = 1; k < INV_CODE_KINDS; k++) {
		cr_assert_eq(inv_code_kind_parse(inv_code_kind_name(k), &back), 0);
		cr_expect_eq(back, k);
	}
	cr_expect_eq(inv_code_kind_parse("x", &back), ERR_BADINPUT);
}
