/* SPDX-License-Identifier: EUPL-1.2 */
/* One device at a time: releasing it for good, asking whose place it took, our profile again. */
#include "mdm/ade_int.h"

#include "base/log.h"
#include "base/text.h"

#define ASKED_S 3600 /* how long the first word holds */
#define RETRY_S 3600
#define MOST 100

/* --- what people ask for --- */

struct asking {
	struct mdm *m;
	const struct audit_who *who;
	const char *serial, *act;
	int64_t now;
	struct refusal *r;
	struct arena *a;
	struct mdm_ade_device before, d;
};

static int asking_load(struct asking *k, struct store_txn *txn)
{
	int err = mdm_ade_device_get(txn, k->a, k->serial, &k->before);

	if (err == ERR_NOTFOUND || (err == 0 && k->before.gone_at))
		return refuse(k->r, &mdm_say_ade_unknown, k->serial, NULL, NULL);
	k->d = k->before;
	return err;
}

static int asking_store(struct asking *k, struct store_txn *txn)
{
	int err = ade_device_put(txn, &k->before, &k->d);

	return err ? err : audit_add(txn, k->who, k->now, k->act, k->serial, NULL);
}

static int assign_in(struct store_txn *txn, void *arg)
{
	struct asking *k = arg;
	int err = asking_load(k, txn);

	if (err)
		return err;
	k->d.due_at = k->now;
	k->d.tries = 0;
	return asking_store(k, txn);
}

/* One that is ours and enrolled is erased and returned first: released, nothing brings it back. One
 * that is not ours, and enrolled by Apple's word alone, is just what is to be released. */
static int not_enrolled(struct asking *k, struct store_txn *txn)
{
	struct mdm_enrollment e;
	int err = mdm_enrollment_by_serial(txn, k->a, k->serial, &e);

	if (err == 0 && e.state == MDM_ENROLLED && e.trusted && !e.erased_at)
		return refuse(k->r, &mdm_say_ade_enrolled, k->serial, NULL, NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int disown_ask_in(struct store_txn *txn, void *arg)
{
	struct asking *k = arg;
	int err = asking_load(k, txn);

	if (err == 0)
		err = not_enrolled(k, txn);
	if (err)
		return err;
	if (k->d.disown_at)
		return refuse(k->r, &mdm_say_ade_asked, k->serial, NULL, NULL);
	k->d.disown_by = k->who->actor;
	k->d.disown_asked_at = k->now;
	return asking_store(k, txn);
}

static int disown_confirm_in(struct store_txn *txn, void *arg)
{
	struct asking *k = arg;
	int err = asking_load(k, txn);

	if (err == 0)
		err = not_enrolled(k, txn);
	if (err)
		return err;
	if (k->d.disown_at)
		return refuse(k->r, &mdm_say_ade_asked, k->serial, NULL, NULL);
	if (!k->d.disown_asked_at || k->now - k->d.disown_asked_at > ASKED_S ||
		k->now < k->d.disown_asked_at)
		return refuse(k->r, &mdm_say_ade_not_asked, k->serial, NULL, NULL);
	k->d.disown_at = k->now;
	k->d.due_at = 0;
	err = mdm_errand_add(txn, MDM_ERRAND_DISOWN, k->now, k->serial);
	return err ? err : asking_store(k, txn);
}

static int asking_run(struct mdm *m, struct asking *k, store_fn *fn)
{
	AUTO(arena) struct arena *a = arena_new();
	int err;

	if (text_empty(k->serial) || strlen(k->serial) > MDM_SERIAL_MAX)
		return refusal_keep(
			k->r, refuse(k->r, &mdm_say_ade_unknown, k->serial, NULL, NULL));
	k->m = m;
	k->a = a;
	*k->r = (struct refusal){0};
	err = store_write(m->st, fn, k);
	if (err == 0)
		mdm_ade_wake(m);
	return refusal_keep(k->r, err);
}

int mdm_ade_assign_ask(struct mdm *m, const struct audit_who *who, const char *serial, int64_t now,
	struct refusal *r)
{
	struct asking k = {.who = who, .serial = serial, .now = now, .r = r, .act = "ade.assign"};

	return asking_run(m, &k, assign_in);
}

int mdm_ade_disown_ask(struct mdm *m, const struct audit_who *who, const char *serial, int64_t now,
	struct refusal *r)
{
	struct asking k = {
		.who = who, .serial = serial, .now = now, .r = r, .act = "ade.disown.ask"};

	return asking_run(m, &k, disown_ask_in);
}

int mdm_ade_disown_confirm(struct mdm *m, const struct audit_who *who, const char *serial,
	int64_t now, struct refusal *r)
{
	struct asking k = {.who = who, .serial = serial, .now = now, .r = r, .act = "ade.disown"};

	return asking_run(m, &k, disown_confirm_in);
}

/* --- what the worker does --- */

struct errands {
	struct ade_line *l;
	struct arena *a;
	enum mdm_errand kind;
	struct mdm_errand_row rows[MOST];
	size_t n, i;
	const struct ade_verdicts *v;
	const char *original; /* the serial number of the one replaced */
	const char *word;
	bool again;
};

static int errands_in(struct store_txn *txn, void *arg)
{
	struct errands *k = arg;

	return mdm_errand_due(txn, k->a, k->kind, k->l->now, k->rows, MOST, &k->n);
}

static int later(struct errands *k, struct store_txn *txn, const struct mdm_errand_row *row)
{
	int err = mdm_errand_del(txn, k->kind, row->due_at, row->serial);

	return err ? err : mdm_errand_add(txn, k->kind, k->l->now + RETRY_S, row->serial);
}

static int disowned_one(struct errands *k, struct store_txn *txn, const struct mdm_errand_row *row)
{
	const char *word = ade_verdict_of(k->v, row->serial);
	struct mdm *m = k->l->m;
	struct mdm_ade_device before, d;
	int err = mdm_ade_device_get(txn, k->a, row->serial, &before);

	if (err)
		return err;
	d = before;
	d.trouble = text_equal(word, "SUCCESS") ? NULL : word ? word : "NOT_MENTIONED";
	if (d.trouble) {
		err = ade_device_put(txn, &before, &d);
		return err ? err : later(k, txn, row);
	}
	d.gone_at = d.changed_at = k->l->now;
	d.due_at = 0;
	d.profile_uuid = d.profile_status = NULL;
	err = ade_device_put(txn, &before, &d);
	if (err == 0)
		err = mdm_errand_del(txn, k->kind, row->due_at, row->serial);
	if (err == 0 && !before.gone_at && m->ev.unassigned)
		err = m->ev.unassigned(m->ev.ctx, txn, &d, k->l->now);
	return err;
}

static int disowned_in(struct store_txn *txn, void *arg)
{
	struct errands *k = arg;
	struct mdm_ade_state s;
	int err = 0;

	for (size_t i = 0; err == 0 && i < k->n; i++)
		err = disowned_one(k, txn, &k->rows[i]);
	if (err == 0)
		err = mdm_ade_state_get(txn, k->a, &s);
	if (err)
		return err;
	for (size_t i = 0; i < k->n; i++)
		s.devices -=
			s.devices && text_equal(ade_verdict_of(k->v, k->rows[i].serial), "SUCCESS");
	return ade_state_put(txn, &s);
}

int ade_disown_round(struct ade_line *l, enum ade_verdict *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct errands k = {.l = l, .a = a, .kind = MDM_ERRAND_DISOWN};
	struct ade_ask ask = {.method = "POST", .path = "/devices/disown", .body = doc_new(a)};
	struct ade_verdicts v;
	struct bytes body;
	struct doc *list = doc_set_list(ask.body, "devices");
	int err = store_read(l->m->st, errands_in, &k);

	*ret = ADE_FINE;
	if (err || k.n == 0)
		return err;
	for (size_t i = 0; i < k.n; i++)
		doc_add_str(list, k.rows[i].serial);
	err = ade_call(l, &ask, a, ret, &body);
	if (err || *ret != ADE_FINE)
		return err;
	if (ade_verdicts_parse(body, a, &v) != 0) {
		text_copy(l->code, sizeof(l->code), "UNREADABLE");
		*ret = ADE_ODD;
		return 0;
	}
	k.v = &v;
	log_event(LOG_WARN, "ade.disowned", "devices=%zu", k.n);
	return store_write(l->m->st, disowned_in, &k);
}

/* --- replacements --- */

static int replaced_in(struct store_txn *txn, void *arg)
{
	struct errands *k = arg;
	const struct mdm_errand_row *row = &k->rows[k->i];
	struct mdm *m = k->l->m;
	struct mdm_ade_device before, d;
	int err;

	if (k->again)
		return later(k, txn, row);
	err = mdm_errand_del(txn, k->kind, row->due_at, row->serial);
	if (err || !k->original)
		return err;
	err = mdm_ade_device_get(txn, k->a, row->serial, &before);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	d = before;
	d.replaces = k->original;
	err = ade_device_put(txn, &before, &d);
	if (err || text_equal(k->original, row->serial) || !m->ev.replaced)
		return err;
	return m->ev.replaced(m->ev.ctx, txn, k->original, row->serial, k->l->now);
}

/* Apple's documents name the answer's object and not its fields: each likely name is read. */
static const char *original_of(struct bytes body, struct arena *a)
{
	static const char *const names[] = {"original_serial_number",
		"original_device_serial_number", "original_device", "original_serial",
		"replaced_serial_number"};
	struct doc *d;

	if (doc_parse(a, body, &d) != 0)
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *s = doc_str(d, names[i]);

		if (!text_empty(s) && strlen(s) <= MDM_SERIAL_MAX && mdm_id_is_plain(s))
			return s;
	}
	return NULL;
}

static int replace_one(struct errands *k, enum ade_verdict *ret)
{
	struct ade_ask ask = {.method = "GET"};
	AUTO(buf) struct buf path = BUF_INIT(1024);
	struct bytes body;
	int err;

	buf_add_str(&path, "/device/replacementDetails?device=");
	net_add_escaped(&path, k->rows[k->i].serial);
	ask.path = buf_str(&path);
	err = ade_call(k->l, &ask, k->a, ret, &body);
	if (err || (*ret != ADE_FINE && *ret != ADE_REFUSED))
		return err;
	k->original = *ret == ADE_FINE ? original_of(body, k->a) : NULL;
	/* 404: it is no replacement after all. An answer we cannot read is asked for again. */
	k->again = *ret == ADE_FINE && !k->original;
	*ret = ADE_FINE;
	return store_write(k->l->m->st, replaced_in, k);
}

int ade_replace_round(struct ade_line *l, enum ade_verdict *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct errands k = {.l = l, .a = a, .kind = MDM_ERRAND_REPLACE};
	int err = store_read(l->m->st, errands_in, &k);

	*ret = ADE_FINE;
	for (k.i = 0; err == 0 && *ret == ADE_FINE && k.i < k.n; k.i++)
		err = replace_one(&k, ret);
	return err;
}
