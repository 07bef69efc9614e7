/* SPDX-License-Identifier: EUPL-1.2 */
/* The simulated iPads of the demonstration: twelve on a table and one in its box. */
#include "server/demo.h"

#include "base/text.h"
#include "server/town_int.h"
#include "tests/fake/fleet.h"

const char *demo_serial(struct arena *a, unsigned number)
{
	struct ipad_model m;

	ipad_model_make(a, number, &m);
	return m.serial;
}

/* All but the last are on the delivery list: that one will be put in quarantine. */
static int import_items(struct demo *d)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct inv_import_report r;
	int err;

	buf_add_str(&csv, "serial,item_number,product,lease,sim\n");
	for (unsigned i = 1; i < d->count; i++)
		buf_printf(&csv, "%s,INV-%04u,iPad 10.9,LEASE-2026-1,%s\n",
			demo_serial(d->cli->arena, i), i, town_iccid(d->cli->arena, i));
	err = inv_import_csv(d->cli->house.inv, &d->cli->who, buf_bytes(&csv), true, false, SAY_EN,
		d->cli->now, d->cli->arena, &r);
	if (err == 0 && r.made)
		demo_tell(d, "cli.demo.imported", arena_printf(d->cli->arena, "%zu", r.made), NULL);
	return err;
}

#define ASSIGNED_MOST 100 /* with more, only the push side is tried */

bool demo_has_town(const struct demo *d)
{
	return !d->bare && d->count >= 12 && d->count <= 100;
}

static int invite(struct demo *d, const char **ret_url)
{
	const struct mdm_invitation_ask ask = {/* more than there are: erased ones come back */
		.who = &d->cli->who,
		.now = d->cli->now,
		.note = "demo",
		.most = d->count + 100,
		.life_s = 86400};
	struct mdm_invitation made;

	return mdm_invite(d->cli->house.mdm, &ask, d->cli->arena, &made, ret_url);
}

struct knowing {
	struct demo *d;
	bool *known; /* by place in the fleet: enrolled since an earlier run */
};

static int knowing_in(struct store_txn *txn, void *arg)
{
	struct knowing *k = arg;

	for (unsigned i = 0; i < k->d->count; i++) {
		struct arena *a = k->d->cli->arena;
		struct mdm_enrollment e;
		int err = mdm_enrollment_by_serial(txn, a, demo_serial(a, i + 1), &e);

		if (err && err != ERR_NOTFOUND)
			return err;
		k->known[i] = err == 0 && e.state == MDM_ENROLLED;
	}
	return 0;
}

/* New iPads come by the batch. Those of an earlier run have forgotten everything, which the server
 * cannot know: each needs an invitation of its own. */
static int enrol_fleet(struct demo *d, const char *batch_url)
{
	struct arena *a = d->cli->arena;
	struct knowing k = {.d = d, .known = ARENA_ARRAY(a, bool, d->count)};
	int err = store_read(d->cli->house.st, knowing_in, &k);

	for (unsigned i = 0; err == 0 && i < d->count; i++) {
		const struct mdm_invitation_ask ask = {.who = &d->cli->who,
			.now = d->cli->now,
			.serial = demo_serial(a, i + 1),
			.note = "demo",
			.life_s = 86400};
		struct mdm_invitation made;
		const char *url = batch_url;

		if (k.known[i])
			err = mdm_invite(d->cli->house.mdm, &ask, a, &made, &url);
		if (err == 0)
			fleet_enrol(d->fleet, i, url);
	}
	return err;
}

static void shape(void *ctx, unsigned index, struct ipad_model *m)
{
	const struct demo *d = ctx;

	if (index == 1)
		m->supervised = false;
	if (index == 2) {
		m->imei = "350000000000017";
		m->esim = true;
	}
	if (index == d->count) /* by its own network it can come back from an erase alone */
		m->imei = "350000000000022";
	m->location_known = true;
	m->latitude = 57.721 + index * 0.002;
	m->longitude = 12.940 + index * 0.003;
}

/* What a person watching wants to see; queries that every enrolment brings are only noise. */
static bool is_told(enum ipad_event event, const char *detail)
{
	if (event == IPAD_EV_IDENTITY || event == IPAD_EV_TOKEN)
		return false;
	return event != IPAD_EV_COMMAND ||
	       (!text_starts(detail, "DeviceInformation") && !text_starts(detail, "SecurityInfo"));
}

static void tell_enrolled(struct demo *d, unsigned index, const char *serial)
{
	char now[16], all[16];

	demo_say("  %-16s ", serial);
	if (index == d->count || d->enrolled == d->count) {
		demo_tell(
			d, index == d->count ? "cli.demo.by_itself" : "cli.demo.again", NULL, NULL);
		return;
	}
	snprintf(now, sizeof(now), "%u", ++d->enrolled);
	snprintf(all, sizeof(all), "%u", d->count);
	demo_tell(d, "cli.demo.enrolled", now, all);
}

static void tell(
	void *ctx, unsigned index, struct ipad *p, enum ipad_event event, const char *detail)
{
	struct demo *d = ctx;
	const char *serial = ipad_model(p)->serial;

	pthread_mutex_lock(&d->lock);
	if (event == IPAD_EV_ENROLLED)
		tell_enrolled(d, index, serial);
	else if (is_told(event, detail))
		demo_say("  %-16s %s%s%s\n", serial, ipad_event_name(event), detail[0] ? ": " : "",
			detail);
	pthread_mutex_unlock(&d->lock);
}

static void lock_it(struct ipad *p, void *arg)
{
	(void)arg;
	ipad_lock(p);
}

bool demo_is_assigned(const struct demo *d, unsigned index)
{
	return index == d->count || (d->count <= ASSIGNED_MOST && index + 1 != d->count);
}

/* An erased one is soon switched on again, by a thief as by a colleague, and asks Apple whose it is. */
static int set_up(void *ctx, unsigned index, struct ipad *p)
{
	struct demo *d = ctx;
	int err = demo_is_assigned(d, index) ? ipad_enrol_assigned(p, d->box.da) : ERR_NOTFOUND;

	if (err == ERR_NOTFOUND)
		return ipad_restart_setup(p, d->batch_url);
	if (err == ERR_DENIED && !d->held[index])
		demo_tell(d, "cli.demo.held", ipad_model(p)->serial, NULL);
	d->held[index] = err == ERR_DENIED;
	return err;
}

int demo_start_ipads(struct demo *d)
{
	const char *ca = arena_printf(d->cli->arena, "%s/ca.crt", d->cli->dir);
	struct fleet_options o = {.count = d->count + 1,
		/* the last one is still in its box */ .first_number = 1,
		.model = shape,
		.tell = tell,
		.ctx = d};
	int err = demo_has_town(d) ? 0 : import_items(d);

	if (err == 0)
		err = invite(d, &d->batch_url);
	if (err)
		return err;
	d->trust = client_trust_new(false);
	err = client_trust_file(d->trust, ca);
	if (err)
		return err;
	o.ipad.trust = d->trust;
	o.set_up = set_up;
	o.setup_after_s = 5;
	d->held = ARENA_ARRAY(d->cli->arena, bool, d->count + 1);
	demo_tell(d, "cli.demo.keys", arena_printf(d->cli->arena, "%u", d->count), NULL);
	d->fleet = fleet_new(&o);
	demo_push_deliver(&d->push, d->fleet);
	err = enrol_fleet(d, d->batch_url);
	if (err)
		return err;
	if (!fleet_wait(d->fleet, 60000))
		demo_tell(d, "cli.demo.not_all", NULL, NULL);
	if (d->count >= DEMO_LOCKED)
		fleet_with(d->fleet, DEMO_LOCKED - 1, lock_it, NULL);
	return 0;
}

/* --- the box --- */

struct opening {
	struct demo *d;
	int err;
};

static void open_it(struct ipad *p, void *arg)
{
	struct opening *o = arg;

	o->err = ipad_enrol_assigned(p, o->d->box.da);
}

int demo_open_box(struct demo *d)
{
	const char *serial = demo_serial(d->cli->arena, d->count + 1);
	struct opening o = {.d = d};
	int err;

	demo_begin(d, "cli.demo.announced", serial);
	for (unsigned i = 0; i <= d->count; i++) {
		if (demo_is_assigned(d, i))
			demo_box_add(&d->box, demo_serial(d->cli->arena, i + 1),
				arena_printf(d->cli->arena, "8904903200000000000000000000%04u", i + 1));
	}
	err = demo_box_deliver(d->cli, &d->box, serial);
	if (err) {
		demo_tell(d, "cli.demo.go_on", err_name(err), NULL);
		return 0;
	}
	demo_tell(d, "cli.demo.delivered", NULL, NULL);
	fleet_with(d->fleet, d->count, open_it, &o);
	if (o.err)
		demo_tell(d, "cli.demo.box_failed", err_name(o.err), NULL);
	else
		fleet_wake(d->fleet, d->count);
	return 0;
}
