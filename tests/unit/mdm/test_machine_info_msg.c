/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(machine_info_msg);

/* --- MachineInfo --- */

#define HEAD "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict>"
#define TAIL "</dict></plist>"
#define S(key, value) "<key>" key "</key><string>" value "</string>"

Test(machine_info_msg, machine_info_is_read_and_bad_ones_are_refused)
{
	static const char good[] = HEAD S("SERIAL", "A1") S("UDID", "U-1") S("PRODUCT", "iPad13,18")
		S("OS_VERSION", "18.1") "<key>MDM_CAN_REQUEST_SOFTWARE_UPDATE</key><true/>" S(
			"SOMETHING_NEW", "x") TAIL;
	static const char *const bad[] = {"", "x", HEAD TAIL, HEAD S("SERIAL", "A1") TAIL,
		HEAD S("UDID", "U") TAIL, HEAD S("SERIAL", "A 1") S("UDID", "U") TAIL,
		HEAD "<key>SERIAL</key><integer>1</integer>" S("UDID", "U") TAIL,
		"<?xml version=\"1.0\"?><plist version=\"1.0\"><string>A1</string></plist>"};
	struct machine_info m;

	cr_assert_eq(machine_info_parse(bytes_of_str(good), a, &m), 0);
	cr_expect_str_eq(m.serial, "A1");
	cr_expect_str_eq(m.os_version, "18.1");
	cr_expect(m.can_update);
	cr_expect_null(m.imei);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(
			machine_info_parse(bytes_of_str(bad[i]), a, &m), ERR_BADINPUT, "%zu", i);
}
