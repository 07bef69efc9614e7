/* SPDX-License-Identifier: EUPL-1.2 */
/* iPads of another server go on here: the other one is played by a second Hylla. */
#include "tests/flow/flow.h"

#include "base/file.h"
#include "certs/certs.h"
#include "tests/fake/bolt_file.h"

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

/* As its newer file storage does: a folder for each kind, two levels by the key's beginning. */
static void put_kv(const char *bucket, const char *key, struct bytes content)
{
	const char *dir = arena_printf(
		old.a, "%s/kv/%s/%.2s/%.2s", store_dir, bucket, key, key + 2);
	const char *path = arena_printf(old.a, "kv/%s/%.2s/%.2s", bucket, key, key + 2);

	cr_assert_eq(system(arena_printf(old.a, "mkdir -p '%s'", dir)), 0);
	put(path, key, content);
}

static void keep_kv(struct ipad *ipad, const char *udid, bool disabled)
{
	uint8_t hash[32];
	struct bytes der;

	cr_assert_eq(ipad_identity(ipad, old.a, &der), 0);
	cert_sha256(der, hash);
	put_kv("devices", arena_printf(old.a, "%s.auth", udid),
		ipad_body_authenticate(ipad, old.a));
	put_kv("devices", arena_printf(old.a, "%s.tok_upd", udid),
		ipad_body_token_update(ipad, old.a, true));
	put_kv("cert_auth", arena_printf(old.a, "%s.cert_hash", udid),
		bytes_of_str(text_hex(old.a, bytes_of(hash, 32))));
	put_kv("enrollments", arena_printf(old.a, "%s.type", udid), bytes_of_str("Device"));
	if (disabled)
		put_kv("enrollments", arena_printf(old.a, "%s.disabled", udid),
			bytes_of_str("1"));
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

/* The new server takes the old one's address, and the old one ends. */
static void change_places(void)
{
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
}

static int64_t moved_of(const struct doc *d)
{
	int64_t n = -1;

	cr_assert_eq(doc_int(d, "moved", &n), 0);
	return n;
}

/* After the move: it polls with its old certificate, is renewed, and does what it is told. */
static void goes_on(struct ipad *ipad)
{
	p = ipad;
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
}

static void begin(void)
{
	old = new = (struct flow){.set = {"mdm.sign_profiles=false"}};
	flow_start(&old);
	flow_start(&new);
	cr_assert_eq(client_trust_file(old.trust, arena_printf(new.a, "%s/ca.crt", new.dir)), 0);
	p = enrolled_at_old(7);
	left = enrolled_at_old(8);
}

static void end(void)
{
	ipad_free(p);
	ipad_free(left);
	flow_stop(&new);
	flow_stop(&old);
}

static const char *kept_newer_dir(void)
{
	return arena_printf(old.a, "%s/kv", store_dir);
}

static const char *kept_newer(void)
{
	char long_name[200];

	memset(long_name, 'A', sizeof(long_name));
	memcpy(long_name + sizeof(long_name) - 9, ".tok_upd", 9);
	keep_kv(p, ipad_model(p)->udid, false);
	keep_kv(left, ipad_model(left)->udid, true);
	put_kv("devices", "ab\\..tok_upd", bytes_of_str("x"));
	put_kv("devices", "abcd$(x).tok_upd", bytes_of_str("x"));
	put_kv("devices", long_name, bytes_of_str("x"));
	return kept_newer_dir();
}

Test(moving, ipads_go_on_without_enrolling_again, .timeout = 300, .init = begin, .fini = end)
{
	const char *path;
	struct flow_said said;

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
	change_places();
	cr_assert_eq(moved_of(FLOW_JSON(&new, "import", "nanomdm", store_dir, "--profile", path,
			     "--preview")),
		1);
	cr_assert_eq(moved_of(FLOW_JSON(&new, "import", "nanomdm", kept_newer(), "--profile", path,
			     "--preview")),
		1, "of the two, one has left; names that are none are passed over");
	put_kv("cert_auth", arena_printf(old.a, "%s.cert_hash", ipad_model(p)->udid),
		bytes_of_str("no hash"));
	FLOW_EXPECT(&new, 3, "import", "nanomdm", kept_newer_dir(), "--profile", path);
	cr_assert_eq(
		moved_of(FLOW_JSON(&new, "import", "nanomdm", store_dir, "--profile", path)), 1);
	FLOW_EXPECT(&new, 3, "import", "nanomdm", store_dir, "--profile", path);
	goes_on(p);
	flow_api(&new, 400, "POST", "/api/v1/devices/move-in",
		"{\"profile\":\"AAAA\",\"enrolments\":[]}");
	cr_expect_eq(system(arena_printf(old.a, "rm -rf '%s'", store_dir)), 0);
}

/* --- MicroMDM's file --- */

static struct bytes texts(const char *const *fields)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);

	for (unsigned i = 0; fields[i]; i++) {
		if (*fields[i])
			proto_add_text(&b, i + 1, bytes_of_str(fields[i]));
	}
	return arena_bytes(old.a, buf_bytes(&b));
}

static struct bytes device_record(const struct ipad *ipad, const char *token, const char *magic)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);
	const struct ipad_model *m = ipad_model(ipad);

	buf_add_bytes(&b, texts((const char *const[]){"id-1", m->udid, m->serial, "18.1", "22B83",
				     m->product, "", "", token, magic, NULL}));
	proto_add_text(&b, 12, bytes_of_str("6162"));
	proto_add_number(&b, 13, 1);
	proto_add_text(&b, 30, bytes_of_str("boot"));
	return arena_bytes(old.a, buf_bytes(&b));
}

/* The one iPad, and the push certificate it is woken by. */
static const char *micromdm_db(struct ipad *ipad)
{
	AUTO(buf) struct buf file = BUF_INIT(1 << 20);
	const struct ipad_state *state = ipad_state(ipad);
	const char *token = text_hex(old.a, bytes_of(state->token, IPAD_TOKEN));
	uint8_t hash[32];
	struct bytes der;

	cr_assert_eq(ipad_identity(ipad, old.a, &der), 0);
	cert_sha256(der, hash);
	{
		const struct bytes udid = bytes_of_str(ipad_model(ipad)->udid);
		const struct bolt_pair device = {bytes_of_str("id-1"),
			device_record(ipad, token, state->magic)},
				       push = {udid, texts((const char *const[]){
							     ipad_model(ipad)->udid, token,
							     state->magic, state->topic, NULL})},
				       cert = {udid, arena_bytes(old.a, bytes_of(hash, 32))},
				       conf = {bytes_of_str("config"),
					       texts((const char *const[]){
						       old.certs.client_cert_pem,
						       old.certs.client_key_pem, NULL})};
		const struct bolt_bucket buckets[] = {{"mdm.Devices", &device, 1},
			{"mdm.PushInfo", &push, 1}, {"mdm.ServerConfig", &conf, 1},
			{"mdm.UDIDCertAuth", &cert, 1}};

		bolt_file_write(&file, buckets, 4);
	}
	cr_assert_eq(file_write(arena_printf(new.a, "%s/micromdm.db", new.dir), buf_bytes(&file),
			     0600),
		0);
	return arena_printf(new.a, "%s/micromdm.db", new.dir);
}

/* Another topic than the new server's own push certificate has: it comes along in the same act. */
static void begin_elsewhere(void)
{
	old = new = (struct flow){.set = {"mdm.sign_profiles=false"}};
	old.topic = "com.apple.mgmt.External.99999999-8888-7777-6666-555555555555";
	flow_start(&old);
	flow_start(&new);
	cr_assert_eq(client_trust_file(old.trust, arena_printf(new.a, "%s/ca.crt", new.dir)), 0);
	p = enrolled_at_old(7);
	left = enrolled_at_old(8);
}

Test(moving, a_micromdm_with_its_push_certificate, .timeout = 300, .init = begin_elsewhere,
	.fini = end)
{
	const char *path = flow_file(&new, "old.mobileconfig", profile(old.device_port));
	const char *db = micromdm_db(p);
	struct doc *d;

	change_places();
	cr_expect(strstr(FLOW_EXPECT(&new, 0, "import", "micromdm", db, "--profile", path, "--preview"),
			  "would be taken over"),
		"nothing is done yet, and nothing is said to be");
	cr_expect(strstr(FLOW_RUN(&new, "import", "micromdm", path, "--profile", path, "--preview").err,
			  "a whole dump of its database"),
		"what is no store is told what is one");
	d = FLOW_JSON(&new, "import", "micromdm", db, "--profile", path, "--preview");
	cr_expect_eq(moved_of(d), 1);
	cr_expect_str_eq(doc_str(d, "push_certificate"), old.topic);
	d = FLOW_JSON(&new, "push-cert", "show");
	cr_expect_str_neq(doc_str(d, "topic"), old.topic, "a preview changes nothing");
	d = FLOW_JSON(&new, "import", "micromdm", db, "--profile", path);
	cr_expect_eq(moved_of(d), 1);
	d = FLOW_JSON(&new, "push-cert", "show");
	cr_expect_str_eq(doc_str(d, "topic"), old.topic);
	FLOW_EXPECT(&new, 1, "import", "micromdm", path, "--profile", path);
	goes_on(p);
}

/* --- NanoMDM's database, by the API --- */

static const char *escaped(struct bytes b)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);

	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] == '\'' || b.p[i] == '\\')
			buf_add_char(&out, '\\');
		buf_add_char(&out, (char)b.p[i]);
	}
	return arena_strdup(old.a, buf_str(&out));
}

static const char *sql_dump(struct ipad *ipad)
{
	const struct ipad_state *state = ipad_state(ipad);
	const char *udid = ipad_model(ipad)->udid;
	uint8_t hash[32];
	struct bytes der;

	cr_assert_eq(ipad_identity(ipad, old.a, &der), 0);
	cert_sha256(der, hash);
	return arena_printf(old.a,
		"INSERT INTO `nano_devices` (`id`,`authenticate`,`token_update`) VALUES "
		"('%s','%s','%s');\n"
		"INSERT INTO `nano_enrollments` (`id`,`device_id`,`type`,`topic`,`push_magic`,"
		"`token_hex`,`enabled`) VALUES ('%s','%s','Device','%s','%s','%s',1);\n"
		"INSERT INTO `nano_cert_auth_associations` (`id`,`sha256`) VALUES ('%s','%s');\n",
		udid, escaped(ipad_body_authenticate(ipad, old.a)),
		escaped(ipad_body_token_update(ipad, old.a, true)), udid, udid, state->topic,
		state->magic, text_hex(old.a, bytes_of(state->token, IPAD_TOKEN)), udid, text_hex(old.a, bytes_of(hash, 32)));
}

Test(moving, a_dump_of_a_nanomdm_by_the_api, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = doc_new(old.a), *answer;
	AUTO(buf) struct buf body = BUF_INIT(1 << 20);

	doc_set_str(d, "profile", text_base64(old.a, bytes_of_str(profile(old.device_port))));
	doc_set_str(d, "dump", sql_dump(p));
	doc_format(d, &body);
	answer = flow_api(&new, 409, "POST", "/api/v1/devices/move-in", buf_str(&body));
	cr_expect_not_null(strstr(doc_str(answer, "text"), "device.url"), "not called so yet");
	change_places();
	flow_server_start(&new);
	answer = flow_api(
		&new, 200, "POST", "/api/v1/devices/move-in?preview=yes", buf_str(&body));
	cr_expect_eq(moved_of(answer), 1);
	answer = flow_api(&new, 200, "POST", "/api/v1/devices/move-in", buf_str(&body));
	cr_expect_eq(moved_of(answer), 1);
	answer = flow_api(&new, 409, "POST", "/api/v1/devices/move-in", buf_str(&body));
	cr_expect_eq(doc_list_size(doc_list(answer, "refused")), 1, "here already");
	flow_server_stop(&new);
	goes_on(p);
}
