/* SPDX-License-Identifier: EUPL-1.2 */
/* iPads of another server go on here: the other one is played by a second Hylla. */
#include "tests/flow/flow.h"

#include "certs/certs.h"

#include <stdio.h>
#include <sys/stat.h>

static struct flow old, new;
static struct ipad *p, *left;
static char store_dir[64];

static void put(const char *name, const char *file, struct bytes content)
{
	const char *path = arena_printf(old.a, "%s/%s/%s", store_dir, name, file);
	FILE *out = fopen(path, "w");

	cr_assert_not_null(out);
	cr_assert_eq(fwrite(content.p, 1, content.n, out), content.n);
	cr_assert_eq(fclose(out), 0);
}

/* As NanoMDM's file storage keeps it. */
static void keep(struct ipad *ipad)
{
	const char *udid = ipad_model(ipad)->udid;
	uint8_t hash[32];
	struct bytes der;

	cr_assert_eq(mkdir(arena_printf(old.a, "%s/%s", store_dir, udid), 0700), 0);
	cr_assert_eq(ipad_identity(ipad, old.a, &der), 0);
	cert_sha256(der, hash);
	put(udid, "Authenticate.plist", ipad_body_authenticate(ipad, old.a));
	put(udid, "TokenUpdate.plist", ipad_body_token_update(ipad, old.a, true));
	put(udid, "CertAuth.sha256.txt", bytes_of_str(text_hex(old.a, bytes_of(hash, 32))));
}

static const char *profile(unsigned port)
{
	return arena_printf(old.a,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>"
		"<key>PayloadType</key><string>Configuration</string>"
		"<key>PayloadIdentifier</key><string>se.hylla.mdm</string>"
		"<key>PayloadContent</key><array><dict>"
		"<key>PayloadType</key><string>com.apple.mdm</string>"
		"<key>ServerURL</key><string>https://localhost:%u/mdm</string>"
		"<key>CheckInURL</key><string>https://localhost:%u/mdm</string>"
		"<key>AccessRights</key><integer>8191</integer></dict></array></dict></plist>",
		port, port);
}

static struct ipad *enrolled_at_old(unsigned number)
{
	struct ipad *ipad = flow_ipad(&old, number, NULL, NULL);

	flow_own(&old, ipad);
	flow_enrol(&old, ipad);
	cr_assert_eq(ipad_wake(ipad), 0, "%s", ipad_why(ipad));
	return ipad;
}

static bool is_renewed(void *arg)
{
	return ipad_wake(p) == 0 && ipad_counters(p)->identities == 2;
}

Test(moving, ipads_go_on_without_enrolling_again, .timeout = 90)
{
	const char *path;
	struct flow_said said;
	int64_t moved = 0;
	struct doc *d;

	old = new = (struct flow){.set = {"mdm.sign_profiles=false"}};
	flow_start(&old);
	flow_start(&new);
	cr_assert_eq(client_trust_file(old.trust, arena_printf(new.a, "%s/ca.crt", new.dir)), 0);
	p = enrolled_at_old(7);
	left = enrolled_at_old(8);
	text_copy(store_dir, sizeof(store_dir), "/tmp/hylla-nano-XXXXXX");
	cr_assert_not_null(mkdtemp(store_dir));
	keep(p);
	path = flow_file(&new, "old.mobileconfig", profile(old.device_port + 1));
	FLOW_EXPECT(&new, 2, "import", "nanomdm", store_dir);
	FLOW_EXPECT(&new, 3, "import", "nanomdm", store_dir, "--profile", path);

	/* The address as the iPads know it. */
	path = flow_file(&new, "old.mobileconfig", profile(old.device_port));
	said = FLOW_RUN(&new, "import", "nanomdm", store_dir, "--profile", path);
	cr_expect_eq(said.status, 3, "the server is not called so yet: %s", said.out);
	flow_file(&new, "hylla.conf",
		arena_printf(new.a,
			"[server]\norganisation = Nya kommunen\nlog = debug\n[device]\n"
			"url = https://localhost:%u\nlisten = 127.0.0.1:%u\n[staff]\n"
			"listen = 127.0.0.1:%u\n[public]\nlisten = 127.0.0.1:%u\n[apns]\n"
			"host = localhost\nport = %u\nroot = push-root.pem\n",
			old.device_port, old.device_port, new.staff_port, new.public_port,
			push_service_port(new.push)));
	flow_server_stop(&old);
	flow_server_stop(&new);
	new.device_port = old.device_port;
	d = FLOW_JSON(&new, "import", "nanomdm", store_dir, "--profile", path);
	cr_assert_eq(doc_int(d, "moved", &moved), 0);
	cr_assert_eq(moved, 1);
	FLOW_EXPECT(&new, 3, "import", "nanomdm", store_dir, "--profile", path);
	flow_server_start(&new);
	cr_assert_eq(ipad_wake(p), 0, "its old certificate is believed: %s\n%s", ipad_why(p),
		flow_log(&new));
	cr_expect_eq(ipad_wake(left), ERR_DENIED, "that of one that was not taken over is not");
	cr_expect(ipad_state(left)->enrolled);
	FLOW_EXPECT(&new, 0, "item", "mark", flow_serial(p), "delivered");
	cr_assert(flow_until(is_renewed, NULL), "%s\n%s", ipad_why(p), flow_log(&new));
	FLOW_EXPECT(&new, 0, "device", "lock", flow_serial(p));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->enrolled);
	flow_api(&new, 400, "POST", "/api/v1/devices/move-in",
		"{\"profile\":\"AAAA\",\"enrolments\":[]}");
	cr_expect_eq(system(arena_printf(old.a, "rm -rf '%s'", store_dir)), 0);
	ipad_free(p);
	ipad_free(left);
	flow_stop(&new);
	flow_stop(&old);
}
