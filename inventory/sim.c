/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SIMs: units of their own with what the operator knows of them. PIN and PUK are sealed and opened
 * in one place.
 *
 * INV_SIM  s serial -> struct inv_sim
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define PIN_CONTEXT "inv.sim/pin"
#define PUK_CONTEXT "inv.sim/puk"

static const struct rec_field sim_fields[] = {
	REC_STR(1, struct inv_sim, serial),
	REC_STR(2, struct inv_sim, iccid),
	REC_STR(3, struct inv_sim, msisdn),
	REC_STR(4, struct inv_sim, operator_name),
	REC_STR(5, struct inv_sim, plan),
	REC_STR(6, struct inv_sim, agreement),
	REC_U32(7, struct inv_sim, data_gb),
	REC_U32(8, struct inv_sim, state),
	REC_I64(9, struct inv_sim, monthly_ore),
	REC_U32(10, struct inv_sim, from_day),
	REC_U32(11, struct inv_sim, to_day),
	REC_BYTES(12, struct inv_sim, pin),
	REC_BYTES(13, struct inv_sim, puk),
	REC_I64(14, struct inv_sim, changed_at),
	REC_END,
};
static const struct rec_type sim_rec = REC_TYPE(struct inv_sim, 1, sim_fields);

int inv_sim_get(struct store_txn *txn, struct arena *a, const char *serial, struct inv_sim *ret)
{
	struct store_key k = store_key("s", serial);
	struct inv_sim sim;
	int err = inv_rec_get(txn, INV_SIM, &k, &sim_rec, a, &sim);

	if (err == 0)
		*ret = sim;
	return err;
}

int inv_sim_host(
	struct store_txn *txn, struct arena *a, const struct inv_sim *sim, const char **ret_serial)
{
	const struct inv_scan scan = {.kind = INV_SCAN_ICCID, .text = sim->iccid, .raw = ""};
	struct inv_unit u;
	struct inv_hit *hits;
	size_t n;
	int err = inv_unit_get(txn, a, sim->serial, &u);

	if (err)
		return err;
	*ret_serial = u.kit;
	if (u.kit)
		return 0;
	err = inv_scan_find(txn, a, &scan, &hits, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (hits[i].kind == INV_HIT_UNIT && !text_equal(hits[i].id, sim->serial))
			*ret_serial = hits[i].id;
	}
	return err;
}

/* A number as the world writes it, without its plus: 46701234567. */
int inv_msisdn_parse(struct arena *a, const char *s, const char **ret)
{
	char *out = arena_alloc(a, strlen(s) + 3);
	size_t n = 0;

	for (const char *c = s; *c; c++) {
		if (strchr("0123456789", *c))
			out[n++] = *c;
		else if (!strchr("+ -()", *c))
			return ERR_BADINPUT;
	}
	if (n < 7 || n > 15)
		return ERR_BADINPUT;
	if (out[0] == '0' && out[1] != '0')
		*ret = arena_printf(a, "46%s", out + 1);
	else
		*ret = text_starts(out, "00") ? out + 2 : out;
	return 0;
}

struct putting {
	const struct inv_sim_ask *ask;
	const char *msisdn;
	struct bytes pin, puk; /* sealed before the transaction */
	struct arena *a;
	const char *serial;
};

static void merge(const struct putting *p, struct inv_sim *sim)
{
	const struct inv_sim *want = &p->ask->sim;

	sim->iccid = want->iccid;
	sim->msisdn = p->msisdn;
	sim->operator_name = want->operator_name;
	sim->plan = want->plan;
	sim->agreement = want->agreement;
	sim->data_gb = want->data_gb;
	sim->state = want->state ? want->state : INV_SIM_ACTIVE;
	sim->monthly_ore = want->monthly_ore;
	sim->from_day = want->from_day;
	sim->to_day = want->to_day;
	if (p->ask->pin)
		sim->pin = p->pin;
	if (p->ask->puk)
		sim->puk = p->puk;
}

/* Both numbers belong to this SIM alone; an iPad may name the ICCID of the SIM in it. */
static int decide_codes(struct store_txn *txn, struct arena *a, const char *serial,
	const struct inv_sim *sim, struct refusal *r)
{
	const char *const codes[] = {sim->iccid, sim->msisdn};

	for (size_t i = 0; i < 2; i++) {
		const struct inv_scan scan = {.kind = INV_SCAN_CODE, .text = codes[i], .raw = ""};
		struct inv_hit *hits;
		size_t n = 0;
		int err = codes[i] ? inv_scan_find(txn, a, &scan, &hits, &n) : 0;

		if (err)
			return err;
		for (size_t h = 0; h < n; h++) {
			struct inv_unit u;

			if (hits[h].kind != INV_HIT_UNIT || text_equal(hits[h].id, serial))
				continue;
			err = inv_unit_get(txn, a, hits[h].id, &u);
			if (err == 0 && u.kind == INV_KIND_SIM)
				return refuse(r, &inv_say_code_taken, codes[i], NULL, NULL);
		}
	}
	return 0;
}

/* The unit of the SIM, found or made, answering to both numbers. */
static int put_unit(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct putting *p, const struct inv_sim *sim, struct inv_unit *u)
{
	struct inv_fields f = INV_FIELDS_NONE;
	const struct inv_event e = {.kind = "sim"};
	const struct inv_unit before = *u;
	bool is_new = !u->serial;
	int err = 0;

	if (is_new) {
		u->state = INV_IN_STOCK;
		err = text_empty(p->ask->item_number)
			      ? inv_item_number_next(txn, a, "SIM", &u->item_number)
			      : inv_code_parse(a, p->ask->item_number, &u->item_number);
		if (err)
			return refuse(j->r, &inv_say_bad_code, p->ask->item_number, NULL, NULL);
		u->serial = u->item_number;
	}
	f.product_id = p->ask->product_id;
	f.place = p->ask->place;
	f.item_number = is_new ? u->item_number : NULL;
	err = inv_fields_apply(txn, a, &f, u, j->r);
	if (err == 0 && u->product_id && u->kind != INV_KIND_SIM)
		return refuse(j->r, &inv_say_not_sim, u->product_id, NULL, NULL);
	u->kind = INV_KIND_SIM;
	u->codes = arena_printf(a, "iccid %s\n%s%s%s", sim->iccid, sim->msisdn ? "msisdn " : "",
		sim->msisdn ? sim->msisdn : "", sim->msisdn ? "\n" : "");
	if (err)
		return err;
	return is_new ? inv_unit_add(txn, j, u, "made")
		      : inv_unit_save(txn, j, &before, u, &e, NULL);
}

static int put_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct putting *p = j->out;
	struct inv_sim sim = {0};
	struct inv_unit u = {0};
	struct store_key k;
	int err = text_empty(j->code) ? 0 : inv_unit_find(txn, a, j->code, &u);

	(void)none;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->code, NULL, NULL);
	if (err == 0 && u.serial) {
		err = inv_sim_get(txn, a, u.serial, &sim);
		if (err == ERR_NOTFOUND)
			return refuse(j->r, &inv_say_not_sim, inv_unit_label(&u), NULL, NULL);
	}
	merge(p, &sim);
	if (err == 0)
		err = decide_codes(txn, a, u.serial, &sim, j->r);
	if (err == 0)
		err = put_unit(txn, j, a, p, &sim, &u);
	if (err)
		return err;
	sim.serial = u.serial;
	sim.changed_at = j->now;
	k = store_key("s", u.serial);
	err = inv_rec_put(txn, INV_SIM, &k, &sim_rec, &sim);
	if (err == 0)
		err = audit_add(txn, j->who, j->now, "sim.put", u.serial,
			inv_detail(a, "state", inv_sim_state_name(sim.state), NULL));
	p->serial = arena_strdup(p->a, u.serial);
	return err;
}

static bool is_code(const char *s, size_t least, size_t most)
{
	size_t n = s ? strspn(s, "0123456789") : 0;

	return text_empty(s) || (s[n] == '\0' && n >= least && n <= most);
}

static int seal(
	struct inv *inv, const char *context, const char *plain, struct arena *a, struct bytes *ret)
{
	if (text_empty(plain))
		return 0;
	return inv->certs ? cert_seal(inv->certs, context, bytes_of_str(plain), a, ret)
			  : ERR_UNSUPPORTED;
}

static int decide_form(
	struct arena *a, const struct inv_sim_ask *ask, struct putting *p, struct refusal *r)
{
	const struct inv_sim *s = &ask->sim;

	if (text_empty(s->iccid) || !inv_iccid_is(s->iccid))
		return refuse(r, &inv_say_code_digit, s->iccid ? s->iccid : "", NULL, NULL);
	if (!text_empty(s->msisdn) && inv_msisdn_parse(a, s->msisdn, &p->msisdn) != 0)
		return refuse(r, &inv_say_phone_bad, s->msisdn, NULL, NULL);
	if (!is_code(ask->pin, 4, 8) || !is_code(ask->puk, 8, 8))
		return refuse(r, &inv_say_pin_bad, NULL, NULL, NULL);
	if (s->monthly_ore < 0 || s->state >= INV_SIM_STATES)
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	return 0;
}

int inv_sim_put(struct inv *inv, const struct inv_act *act, const struct inv_sim_ask *ask,
	struct arena *a, struct refusal *r, const char **ret_serial)
{
	struct putting p = {.ask = ask, .a = a};
	struct inv_job j = INV_JOB(inv, act, r, put_in, ask, &p);
	int err;

	*r = (struct refusal){0};
	err = decide_form(a, ask, &p, r);
	if (err == 0)
		err = seal(inv, PIN_CONTEXT, ask->pin, a, &p.pin);
	if (err == 0)
		err = seal(inv, PUK_CONTEXT, ask->puk, a, &p.puk);
	if (err == 0)
		err = inv_job_run(&j);
	if (err == 0)
		*ret_serial = p.serial;
	return err;
}

struct reading {
	const char *reason;
	struct arena *a;
	struct bytes pin, puk;
};

static int read_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	struct reading *rd = j->out;
	struct inv_sim sim;
	int err = inv_sim_get(txn, rd->a, u->serial, &sim);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_not_sim, inv_unit_label(u), NULL, NULL);
	if (err)
		return err;
	rd->pin = sim.pin;
	rd->puk = sim.puk;
	return audit_add(txn, j->who, j->now, "sim.codes-read", u->serial,
		inv_detail(a, "reason", rd->reason, NULL));
}

static int unseal(struct inv *inv, const char *context, struct bytes sealed, struct arena *a,
	const char **ret)
{
	struct bytes plain;
	int err;

	if (sealed.n == 0) {
		*ret = "";
		return 0;
	}
	if (!inv->certs)
		return ERR_UNSUPPORTED;
	err = cert_unseal(inv->certs, context, sealed, a, &plain);
	if (err == 0)
		*ret = arena_strndup(a, plain.p, plain.n);
	return err;
}

int inv_sim_codes_read(struct inv *inv, const struct inv_act *act, const char *reason,
	struct arena *a, struct refusal *r, const char **ret_pin, const char **ret_puk)
{
	struct reading rd = {.reason = reason, .a = a};
	struct inv_job j = INV_JOB(inv, act, r, read_in, NULL, &rd);
	int err;

	*r = (struct refusal){0};
	if (text_empty(reason) || strlen(reason) > 500)
		return refuse(r, &inv_say_reason_needed, NULL, NULL, NULL);
	err = inv_job_unit(&j);
	if (err == 0)
		err = unseal(inv, PIN_CONTEXT, rd.pin, a, ret_pin);
	return err ? err : unseal(inv, PUK_CONTEXT, rd.puk, a, ret_puk);
}
