/* SPDX-License-Identifier: EUPL-1.2 */
/* One change of a group that is the whole fleet, and the answers of declarative management. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "mdm/ddm_int.h"

#define FLEET 100000
#define AT_ONCE 1000
#define TOKENS 50000

static struct house *house;
static int64_t now;

struct batch {
	unsigned from, count;
};

/* Identities end over some two years. */
static int identity_in(struct store_txn *txn, unsigned i, struct mdm_enrollment *e)
{
	struct cert_identity id = {.udid = e->udid,
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = now,
		.not_before = now - 100,
		.not_after = now + (100 + (int64_t)i % 725) * 86400 + i % 36000};

	memcpy(id.fingerprint, &i, sizeof(i));
	memcpy(id.serial, &i, sizeof(i));
	id.fingerprint[31] = id.serial[9] = 1;
	memcpy(e->identity, id.fingerprint, sizeof(e->identity));
	e->identity_ends_at = id.not_after;
	return cert_identity_adopt(txn, &id);
}

static int enrol_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct batch *b = arg;

	for (unsigned i = b->from; i < b->from + b->count; i++) {
		struct mdm_enrollment e = {.udid = arena_printf(a, "00008101-%016X", i),
			.serial = arena_printf(a, "BENCH%07u", i),
			.state = MDM_ENROLLED,
			.trusted = true,
			.topic = "com.apple.mgmt.External.bench",
			.push_token = bytes_of_str("a token of thirty-two bytes here"),
			.push_magic = "magic",
			.os_version = "18.2",
			.supervised = 2,
			.enrolled_at = now};
		int err = identity_in(txn, i, &e);

		if (err == 0)
			err = mdm_enrollment_put(txn, &e);
		if (err == 0)
			err = mdm_serial_put(txn, e.serial, e.udid);
		if (err == 0)
			err = mdm_event_enrolled(house->mdm, txn, &e, now);
		if (err)
			return err;
	}
	return 0;
}

void bench_enrolled(struct house *h, unsigned from, unsigned count)
{
	now = clock_now();
	house = h;
	bench_must(store_write(h->st, enrol_in, &(struct batch){from, count}), "a fleet");
}

static int put_in(struct store_txn *txn, void *arg)
{
	const struct audit_who who = {.actor = "bench", .via = "cli"};
	struct refusal r = {0};

	return mdm_item_put(house->mdm, txn, &who, arg, now, &r);
}

static int walking_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_walk w;

	return mdm_walk_of_group(txn, a, MDM_GROUP_ALL, &w);
}

/* Until the last of the walk; each visit puts a command and a push wish in place. */
static double change_s(struct mdm_item item)
{
	int64_t begun = clock_mono_us();

	bench_must(store_write(house->st, put_in, &item), "change of a group");
	while (store_read(house->st, walking_in, NULL) == 0)
		bench_must(mdm_desired_tend(house->mdm, now), "visits");
	return (double)(clock_mono_us() - begun) / 1e6;
}

static void tokens_tell(void)
{
	const struct mdm_checkin c = {.kind = MDM_CHECKIN_DECLARATIVE_MANAGEMENT,
		.message_type = "DeclarativeManagement",
		.udid = "00008101-0000000000000000",
		.endpoint = "tokens"};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_caller who = {.now = now};
	struct mdm_checkin_answer answer;
	int64_t begun;

	who.peer.fingerprint[31] = 1;
	begun = clock_mono_us();
	for (unsigned i = 0; i < TOKENS; i++) {
		bench_must(mdm_checkin_apply(house->mdm, &who, &c, a, &answer), "tokens");
		arena_reset(a);
	}
	bench_say("ddm_tokens_per_s", TOKENS / ((double)(clock_mono_us() - begun) / 1e6), "/s");
}

void bench_desired(void)
{
	const struct mdm_item clip = {.owner_kind = MDM_OF_GROUP,
		.owner = MDM_GROUP_ALL,
		.kind = MDM_ITEM_WEB_CLIP,
		.id = "bench",
		.spec = "{\"type\":\"web-clip\",\"url\":\"https://boras.se/"
			"\",\"label\":\"Bench\"}"};
	const struct mdm_item code = {.owner_kind = MDM_OF_GROUP,
		.owner = MDM_GROUP_ALL,
		.kind = MDM_ITEM_DECLARATION,
		.id = "code",
		.spec = "{\"type\":\"passcode.settings\",\"payload\":{\"RequirePasscode\":true}}"};
	struct bench_server s = {0};
	double took_s;

	bench_note("desired state: one change for %d iPads, in this process, one thread", FLEET);
	bench_found(&s);
	house = &s.house;
	now = clock_now();
	for (unsigned i = 0; i < FLEET; i += AT_ONCE)
		bench_enrolled(house, i, AT_ONCE);
	took_s = change_s(clip);
	bench_say("desired_change_s", took_s, "s");
	bench_say("desired_pushes_per_s", FLEET / took_s, "/s");
	took_s = change_s(code);
	bench_say("desired_ddm_change_s", took_s, "s");
	tokens_tell();
	bench_remove(&s);
}
