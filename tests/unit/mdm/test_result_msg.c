/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"
#include "base/xml.h"

#include <criterion/criterion.h>

static struct arena *a;
static struct mdm_result r;

static void begin(void)
{
	xml_init();
	a = arena_new();
}

static void end(void)
{
	arena_free(a);
}

TestSuite(result_msg, .init = begin, .fini = end);

static int parse(const char *s)
{
	return mdm_result_parse(bytes_of_str(s), a, &r);
}

static int parse_keys(const char *keys)
{
	return parse(arena_printf(a, "<plist version=\"1.0\"><dict>%s</dict></plist>", keys));
}

#define UDID "<key>UDID</key><string>U</string>"
#define UUID "<key>CommandUUID</key><string>C-1</string>"
#define STATUS(s) "<key>Status</key><string>" s "</string>"

Test(result_msg, reads_each_status)
{
	static const struct {
		const char *keys;
		enum mdm_status status;
	} cases[] = {{UDID STATUS("Idle"), MDM_STATUS_IDLE},
		{UDID UUID STATUS("Acknowledged"), MDM_STATUS_ACKNOWLEDGED},
		{UDID UUID STATUS("Error"), MDM_STATUS_ERROR},
		{UDID UUID STATUS("CommandFormatError"), MDM_STATUS_FORMAT_ERROR},
		{UDID UUID STATUS("NotNow"), MDM_STATUS_NOT_NOW}};

	for (size_t i = 0; i < 5; i++) {
		cr_assert_eq(parse_keys(cases[i].keys), 0);
		cr_assert(r.readable && r.root);
		cr_assert_eq(r.status, cases[i].status);
		cr_assert_str_eq(r.udid, "U");
		cr_assert(i == 0 || text_equal(r.uuid, "C-1"));
	}
	cr_assert_eq(parse_keys(UDID UUID STATUS("Perhaps")), 0);
	cr_assert_not(r.readable);
	cr_assert_str_eq(r.uuid, "C-1");
	cr_assert_eq(parse_keys(UDID UUID), 0);
	cr_assert_not(r.readable);
}

Test(result_msg, refuses_lists_that_are_no_answer)
{
	static const struct {
		const char *keys;
		int err;
	} cases[] = {{"", ERR_BADINPUT}, {UUID STATUS("Acknowledged"), ERR_BADINPUT},
		{UDID STATUS("Acknowledged"), ERR_BADINPUT},
		{"<key>UDID</key><string>a b</string>" STATUS("Idle"), ERR_BADINPUT},
		{UDID "<key>CommandUUID</key><string></string>" STATUS("Error"), ERR_BADINPUT},
		{UDID "<key>UserID</key><string>u</string>" STATUS("Idle"), ERR_UNSUPPORTED},
		{"<key>EnrollmentID</key><string>e</string>" STATUS("Idle"), ERR_UNSUPPORTED}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_eq(parse_keys(cases[i].keys), cases[i].err, "case %zu", i);
	cr_assert_eq(parse("<plist><string>x</string></plist>"), ERR_BADINPUT);
}

Test(result_msg, joins_the_error_chain)
{
	const char *longest = arena_printf(a, "%0990d\xc3\xa5\xc3\xa5\xc3\xa5\xc3\xa5", 0);

	cr_assert_eq(
		parse_keys(UDID UUID STATUS(
			"Error") "<key>ErrorChain</key><array><dict><key>ErrorCode</"
				 "key><integer>12067</integer>"
				 "<key>ErrorDomain</key><string>MCMDMErrorDomain</string>"
				 "<key>LocalizedDescription</key><string>Nej</string>"
				 "<key>USEnglishDescription</key><string>No</string></dict>"
				 "<dict><key>ErrorCode</key><integer>5</integer></dict></array>"),
		0);
	cr_assert_eq(r.error_code, 12067);
	cr_assert_str_eq(r.error, "MCMDMErrorDomain 12067: No; ? 5: ?");
	cr_assert_eq(parse_keys(arena_printf(a,
			     UDID UUID STATUS("Error") "<key>ErrorChain</"
						       "key><array><dict><key>LocalizedDescription<"
						       "/key><string>%s"
						       "</string></dict></array>",
			     longest)),
		0);
	cr_assert_leq(strlen(r.error), 1000);
	cr_assert(text_is_utf8(bytes_of_str(r.error)), "cut between characters");
	cr_assert_eq(parse_keys(UDID UUID STATUS("Error")), 0);
	cr_assert_null(r.error);
}

Test(result_msg, finds_a_failure_inside_settings)
{
	cr_assert_eq(
		parse_keys(
			UDID UUID STATUS("Acknowledged") "<key>Settings</key><array><dict>" STATUS(
				"Acknowledged") "</dict><dict>" STATUS("Error") "<key>ErrorChain</"
										"key><array><dict><"
										"key>ErrorCode</"
										"key>"
										"<integer>7</"
										"integer><key>"
										"ErrorDomain</"
										"key><string>D</"
										"string></dict></"
										"array>"
										"</dict></array>"),
		0);
	cr_assert(r.in_part);
	cr_assert_str_eq(r.error, "Settings[2] Error; D 7: ?");
	cr_assert_eq(r.error_code, 7);
}

Test(result_msg, searches_the_wreck)
{
	static const struct {
		const char *text, *uuid;
		enum mdm_status status;
	} cases[] = {
		{"<dict><key>CommandUUID</key>\n\t<string>C-2</string>" STATUS("NotNow") "<da",
			"C-2", MDM_STATUS_NOT_NOW},
		{"<key>CommandUUID</key><string>C-2</string>", "C-2", MDM_STATUS_NONE},
		{"<key>CommandUUID</key><string>C 2</string>", NULL, MDM_STATUS_NONE},
		{"<key>CommandUUID</key><string>C-2", NULL, MDM_STATUS_NONE},
		{"<key>CommandUUID</key><integer>3</integer>", NULL, MDM_STATUS_NONE},
		{"<key>CommandUUID</key><string></string>", NULL, MDM_STATUS_NONE},
		{"<key>CommandUUID</key>", NULL, MDM_STATUS_NONE},
		{"<key>CommandUUID</key><string>0123456789012345678901234567890123456789012345678"
		 "90123456789012345</string>",
			NULL, MDM_STATUS_NONE},
		{"", NULL, MDM_STATUS_NONE},
		{"bplist00", NULL, MDM_STATUS_NONE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(parse(cases[i].text), 0, "case %zu", i);
		cr_assert_not(r.readable);
		cr_assert(text_equal(r.uuid, cases[i].uuid), "case %zu", i);
		cr_assert_eq(r.status, cases[i].status, "case %zu", i);
		cr_assert_null(r.root);
	}
}
