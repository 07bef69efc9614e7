/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Activation Lock of our own, by Apple's device assignment, and its end by another service of
 * Apple's that knows us by the push certificate. What is wanted is written in the transaction that
 * wants it; Apple is asked later, and again until it says yes.
 */
#include "mdm/ade_int.h"

#include "base/log.h"
#include "base/text.h"

#define RETRY_FIRST_S 60
#define RETRY_MOST_S 86400
#define NOT_ASSIGNED_S 3600
#define MOST 20
#define CODES 4
#define UNLOCK_URL "https://deviceservices-external.apple.com/deviceservicesworkers"

/* --- one errand --- */

struct one {
	struct ade_line *l;
	struct arena *a;
	const struct mdm_errand_row *row;
	struct mdm_activation v;
	struct mdm_ade_device device;
	bool assigned, wanted;
	struct mdm_enrollment e;
	struct mdm_bypass told;
	struct cert_push push;
	bool has_push;
	/* the outcome */
	bool yes, none_fits; /* Apple said no to every code we have */
	const char *trouble;
	int64_t again_s; /* 0: by the number of tries */
	struct bytes hash;
	bool no;          /* Apple's own no, not the net's silence */
	bool sent_before; /* this code was sent to Apple, whether an answer came or not */
	const char *words; /* what stands at Apple with a yes */
};

static int found(int err, bool *ret)
{
	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int64_t one_wait(const struct one *o, uint32_t tries)
{
	int64_t s = RETRY_FIRST_S;

	if (o->again_s)
		return o->again_s;
	for (uint32_t i = 1; i < tries && s < RETRY_MOST_S; i++)
		s *= 2;
	return s < RETRY_MOST_S ? s : RETRY_MOST_S;
}

/* What came of somebody's own lock is written down, whichever way; asking the same codes again
 * leads nowhere. The iPad is asked how it is: a return may wait for its lock. */
static int settle_open(struct one *o, struct store_txn *txn, struct mdm_activation *v)
{
	static const struct audit_who apple = {.actor = "apple", .via = "mdm"};
	int err = 0;

	if (!v->reason || (!o->yes && !o->none_fits))
		return o->yes && v->state == MDM_ACTIVATION_UNLOCKED
			       ? mdm_return_ask(o->l->m, txn, v->serial, o->l->now)
			       : 0;
	if (!o->yes) {
		v->state = MDM_ACTIVATION_NOT_OPENED;
		v->settled_at = o->l->now;
		v->due_at = 0;
		v->trouble = "NO_CODE_FITS";
	}
	err = audit_add(txn, &apple, o->l->now,
		o->yes ? "device.activation.opened" : "device.activation.not-opened", v->serial,
		NULL);
	return err || !o->yes ? err : mdm_return_ask(o->l->m, txn, v->serial, o->l->now);
}

/* What is wanted may have changed while Apple was asked: then a lock that came too late is to go
 * again, and one that went too early is to come. */
static int one_settle(struct store_txn *txn, void *arg)
{
	struct one *o = arg;
	struct mdm_activation now, v;
	int err = mdm_activation_get(txn, o->a, o->v.serial, &now);

	if (err)
		return err;
	v = now;
	v.tries++;
	if (o->no && !o->sent_before) { /* Apple has not taken it */
		v.hash = bytes_of(NULL, 0);
		v.sent = NULL;
	} else if (o->hash.n) {
		v.hash = o->hash;
	}
	if (now.state != o->v.state || now.asked_at != o->v.asked_at) {
		if (o->yes && now.state == MDM_ACTIVATION_NONE) {
			v.state = MDM_ACTIVATION_UNLOCK_WANTED;
			v.due_at = o->l->now;
		}
		return mdm_activation_put(txn, &now, &v);
	}
	v.trouble = o->yes ? NULL : o->trouble;
	v.due_at = o->yes ? 0 : o->l->now + one_wait(o, v.tries);
	if (o->yes) {
		v.settled_at = o->l->now;
		v.state = now.state == MDM_ACTIVATION_LOCK_WANTED ? MDM_ACTIVATION_LOCKED
								  : MDM_ACTIVATION_UNLOCKED;
		if (v.state == MDM_ACTIVATION_LOCKED)
			v.message = v.sent = o->words;
	}
	err = settle_open(o, txn, &v);
	if (err == 0 && v.state != now.state && o->l->m->ev.activation)
		err = o->l->m->ev.activation(
			o->l->m->ev.ctx, txn, v.serial, v.state, o->l->now);
	return err ? err : mdm_activation_put(txn, &now, &v);
}

static int one_end(struct one *o)
{
	int err = store_write(o->l->m->st, one_settle, o);

	if (err == 0)
		log_event(o->yes ? LOG_INFO : LOG_WARN, "ade.activation", "serial=%s result=%s",
			o->v.serial,
			!o->yes                                    ? o->trouble
			: o->v.state == MDM_ACTIVATION_LOCK_WANTED ? "locked"
								   : "unlocked");
	return err;
}

/* --- locking --- */

static int lock_read(struct store_txn *txn, void *arg)
{
	struct one *o = arg;
	int err = found(mdm_activation_get(txn, o->a, o->row->serial, &o->v), &o->wanted);

	o->wanted = o->wanted && o->v.due_at == o->row->due_at;
	if (err == 0)
		err = found(
			mdm_ade_device_get(txn, o->a, o->row->serial, &o->device), &o->assigned);
	o->assigned = o->assigned && !o->device.gone_at;
	return err;
}

static int lock_body(struct one *o, struct doc **ret)
{
	struct mdm *m = o->l->m;
	struct doc *d = doc_new(o->a);
	struct bytes code;
	const char *hash;
	int err = cert_unseal(m->certs,
		mdm_seal_context(o->a, MDM_ACTIVATION_CODE_CONTEXT, o->v.serial), o->v.code, o->a,
		&code);

	if (err || code.n != MDM_ACTIVATION_CODE)
		return err ? err : ERR_CORRUPT;
	hash = mdm_activation_hash(code.p, o->a);
	err = cert_seal(m->certs, mdm_seal_context(o->a, MDM_ACTIVATION_HASH_CONTEXT, o->v.serial),
		bytes_of_str(hash), o->a, &o->hash);
	doc_set_str(d, "device", o->v.serial);
	doc_set_str(d, "escrow_key", hash);
	if (!text_empty(o->v.message))
		doc_set_str(d, "lost_message", o->v.message);
	*ret = d;
	return err;
}

/* {"serial_number": …, "response_status": "SUCCESS"} */
static void lock_judge(struct one *o, struct bytes body)
{
	struct doc *d;
	const char *word = doc_parse(o->a, body, &d) == 0 ? doc_str(d, "response_status") : NULL;

	/* Locked already, and never by us: it is somebody else's lock, and our code does not open it.
	 * By us, it has the words of the first try. */
	bool ours = o->sent_before && text_equal(word, "DEVICE_ALREADY_LOCKED");

	o->words = ours && o->v.sent ? o->v.sent : o->v.message;
	o->yes = text_equal(word, "SUCCESS") || ours;
	o->no = word && !o->yes;
	o->trouble = word && strlen(word) < ADE_CODE ? word : "UNREADABLE";
}

int mdm_activation_sending(struct store_txn *txn, struct arena *a,
	const struct mdm_activation *was, struct bytes hash, bool *ret_wanted)
{
	struct mdm_activation now, v;
	int err = mdm_activation_get(txn, a, was->serial, &now);

	if (err)
		return err;
	v = now;
	v.hash = hash;
	v.sent = v.sent ? v.sent : was->message;
	/* with other words meanwhile it goes by what is read next */
	*ret_wanted = now.state == was->state && now.asked_at == was->asked_at &&
		      text_equal(now.message, was->message);
	return *ret_wanted ? mdm_activation_put(txn, &now, &v) : 0;
}

static int sent_in(struct store_txn *txn, void *arg)
{
	struct one *o = arg;

	return mdm_activation_sending(txn, o->a, &o->v, o->hash, &o->wanted);
}

/* Not of this device, but of how it stands between Apple and us: the round ends here. */
static bool is_the_rounds(enum ade_verdict v)
{
	return v == ADE_LATER || v == ADE_SESSION || v == ADE_TOKEN || v == ADE_TERMS;
}

static int lock_one(struct one *o, enum ade_verdict *ret)
{
	struct ade_ask ask = {.method = "POST", .path = "/device/activationlock"};
	struct bytes body;
	int err = store_read(o->l->m->st, lock_read, o);

	if (err || !o->wanted)
		return err;
	if (!o->assigned) {
		o->trouble = "NOT_ASSIGNED";
		o->again_s = NOT_ASSIGNED_S;
		return one_end(o);
	}
	o->sent_before = o->v.hash.n > 0;
	err = lock_body(o, &ask.body);
	if (err == 0)
		err = store_write(o->l->m->st, sent_in, o);
	if (err || !o->wanted) /* found meanwhile */
		return err;
	err = ade_call(o->l, &ask, o->a, ret, &body);
	if (err || is_the_rounds(*ret))
		return err;
	if (*ret == ADE_FINE) {
		lock_judge(o, body);
	} else {
		o->trouble = o->l->code;
		o->no = true;
		*ret = ADE_FINE; /* this device alone, which waits; nobody else does */
	}
	return one_end(o);
}

struct errands {
	struct arena *a;
	enum mdm_errand kind;
	int64_t now;
	struct mdm_errand_row rows[MOST];
	size_t n;
};

static int errands_in(struct store_txn *txn, void *arg)
{
	struct errands *k = arg;

	return mdm_errand_due(txn, k->a, k->kind, k->now, k->rows, MOST, &k->n);
}

int mdm_activation_lock_round(struct ade_line *l, enum ade_verdict *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct errands k = {.a = a, .kind = MDM_ERRAND_LOCK, .now = l->now};
	int err = store_read(l->m->st, errands_in, &k);

	*ret = ADE_FINE;
	for (size_t i = 0; err == 0 && *ret == ADE_FINE && i < k.n; i++) {
		struct one o = {.l = l, .a = a, .row = &k.rows[i]};

		err = lock_one(&o, ret);
	}
	return err;
}

/* --- unlocking --- */

static int unlock_read(struct store_txn *txn, void *arg)
{
	struct one *o = arg;
	bool enrolled, told;
	int err = lock_read(txn, o);

	if (err || !o->wanted)
		return err;
	err = found(mdm_enrollment_by_serial(txn, o->a, o->v.serial, &o->e), &enrolled);
	if (err == 0 && !enrolled)
		o->e = (struct mdm_enrollment){.udid = NULL};
	if (err == 0)
		err = found(cert_push_get(o->l->m->certs, txn, o->a, true, &o->push), &o->has_push);
	if (err == 0)
		err = found(mdm_bypass_codes(o->l->m, txn, o->v.serial, o->a, &o->told), &told);
	return err;
}

static void add_pair(struct buf *b, const char *key, const char *value, char between)
{
	if (text_empty(value))
		return;
	buf_printf(b, "%c%s=", between, key);
	net_add_escaped(b, value);
}

static const char *unlock_url(const struct one *o)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	const char *base = o->l->m->o->ade.unlock_url;
	const char *imei = o->e.imei ? o->e.imei : o->assigned ? o->device.imei : NULL;

	buf_printf(&b, "%s/escrowKeyUnlock", text_empty(base) ? UNLOCK_URL : base);
	add_pair(&b, "serial", o->v.serial, '?');
	add_pair(&b, "productType", o->e.product, '&');
	add_pair(&b, "imei", imei, '&');
	return arena_strdup(o->a, buf_str(&b));
}

static const char *unlock_form(const struct one *o, const char *code)
{
	AUTO(buf) struct buf b = BUF_INIT_SECRET(4096);
	struct store_stat stat;

	buf_add_str(&b, "escrowKey=");
	net_add_escaped(&b, code);
	add_pair(&b, "orgName", o->l->m->o->organisation, '&');
	if (store_stat(o->l->m->st, &stat) == 0)
		add_pair(&b, "guid", stat.instance, '&');
	return arena_strdup(o->a, buf_str(&b));
}

/* One code. *ret_more: this one did not fit, the next may. */
static int unlock_try(struct one *o, const char *code, bool *ret_more)
{
	struct net_reply reply;
	struct net_ask ask = {.method = "POST",
		.url = unlock_url(o),
		.body = bytes_of_str(unlock_form(o, code)),
		.content_type = "application/x-www-form-urlencoded",
		.trust_path = o->l->m->o->ade.root_path,
		.total_s = ade_answer_time(o->l->m),
		.client_cert_pem = bytes_of_str(o->push.cert_pem),
		.client_key_pem = bytes_of_str(o->push.key_pem)};
	int err = net_fetch(o->l->net, &ask, o->a, &reply);

	*ret_more = false;
	if (err == ERR_BUSY)
		return err;
	if (err) {
		o->trouble = "NET_UNREACHABLE";
		return 0;
	}
	o->yes = reply.status == 200;
	if (!o->yes)
		log_event(LOG_WARN, "ade.unlock", "serial=%s status=%d", o->v.serial, reply.status);
	o->trouble = "UNLOCK_REFUSED";
	if (!o->yes && (reply.status == 429 || reply.status >= 500)) {
		o->trouble = arena_printf(o->a, "HTTP_%d", reply.status);
		o->again_s = net_reply_retry_after(&reply, o->l->now);
	} else {
		*ret_more = !o->yes;
	}
	return 0;
}

static int unlock_one(struct one *o)
{
	const char *codes[CODES];
	bool more = true;
	int err = store_read(o->l->m->st, unlock_read, o);

	if (err || !o->wanted)
		return err;
	codes[0] = o->told.server_code;
	codes[1] = o->told.code;
	codes[2] = o->told.server_code_before;
	codes[3] = o->told.code_before;
	o->trouble = o->has_push ? "NO_CODE" : "NO_PUSH_CERTIFICATE";
	for (size_t i = 0; err == 0 && more && o->has_push && i < CODES; i++) {
		if (codes[i])
			err = unlock_try(o, codes[i], &more);
	}
	o->none_fits = o->has_push && more && !o->yes;
	if (o->has_push)
		cert_push_wipe(&o->push);
	return err ? err : one_end(o);
}

int mdm_activation_unlock_round(struct ade_line *l)
{
	AUTO(arena) struct arena *a = arena_new();
	struct errands k = {.a = a, .kind = MDM_ERRAND_UNLOCK, .now = l->now};
	int err = store_read(l->m->st, errands_in, &k);

	for (size_t i = 0; err == 0 && i < k.n; i++) {
		struct one o = {.l = l, .a = a, .row = &k.rows[i]};

		err = unlock_one(&o);
	}
	return err == ERR_BUSY ? 0 : err;
}
