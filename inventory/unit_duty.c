/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose duty it is to bring a thing into a state, asked inside the transaction that does it. The
 * table is in unit_rules.c. With it goes the number of the police report. */
#include "inventory/circulation_int.h"
#include "inventory/inventory_int.h"

#include "base/text.h"

/* Marking an iPad locks or erases it, marking a SIM stops its subscription. */
static int find_kind(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	uint32_t *ret_zone, bool *ret_machine)
{
	struct inv_product p = {0};
	int err = inv_unit_product(txn, a, u, &p);
	uint32_t kind = u->kind ? u->kind : p.kind;

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_zone = u->zone ? u->zone : p.zone;
	*ret_machine = u->enrolled || inv_kind_is_machine(kind);
	return 0;
}

static int find_alone(struct store_txn *txn, struct arena *a, const struct inv_unit *u, bool *ret)
{
	bool machine = false;
	uint32_t zone = 0;
	int err = find_kind(txn, a, u, &zone, &machine);

	*ret = err == 0 && !machine && (zone == 0 || zone == PEOPLE_LIBRARY);
	return err;
}

/* One of the library's own: of no other zone, and nothing that is locked or stopped with it. A bag is
 * marked with all that is in it. */
static int find_own(struct store_txn *txn, struct arena *a, const struct inv_unit *u, bool *ret)
{
	const char **serials;
	struct inv_unit part;
	size_t n = 0;
	int err = find_alone(txn, a, u, ret);

	if (err == 0 && *ret)
		err = inv_kit_units(txn, a, u->serial, &serials, &n);
	for (size_t i = 0; err == 0 && *ret && i < n; i++) {
		err = inv_unit_get(txn, a, serials[i], &part);
		if (err == 0)
			err = find_alone(txn, a, &part, ret);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_duty_admit(struct store_txn *txn, const struct inv_unit *u, const struct inv_mark *mark,
	unsigned duties, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	bool own = false;
	unsigned may;
	int err = duties ? find_own(txn, a, u, &own) : 0;

	if (err || !duties)
		return err;
	may = inv_state_duties(own, u->state, mark->to);
	if (mark->erase == MDM_YES) /* takes more than lending things */
		may &= ~(unsigned)INV_DUTY_LIBRARY;
	if (may & duties)
		return 0;
	refuse(r,
		!(may & INV_DUTY_CARE)		  ? &inv_say_duty_it
		: inv_state_is_away(u->state) &&
				!inv_state_is_away(mark->to) ? &inv_say_duty_found
							     : &inv_say_duty_care,
		NULL, NULL, NULL);
	text_copy(r->kept[0], SAY_KEPT, inv_unit_label(u));
	r->arg_say[1] = inv_state_say(mark->to);
	return ERR_REFUSED;
}

/* --- what it is, and whose --- */

static const struct say say_relabel_zone = {"item.other-zone",
	{"{0} hör till den andra verksamheten, eller skulle göra det. Be dem eller en administratör att ändra den.",
		"{0} kuuluu toiselle palvelulle tai siirtyisi sille. Pyydä heitä tai ylläpitäjää muuttamaan se.",
		"{0} belongs to the other service, or would. Ask them or an administrator to change it."}};
static const struct say say_relabel_duty = {"item.role-relabel",
	{"Din roll får inte ändra vad {0} är eller vems den är: den är ingen av bibliotekets egna saker, eller "
	 "skulle inte vara det längre. Det gör en konsulent eller IT vård och omsorg: ring dem.",
		"Roolisi ei saa muuttaa, mikä {0} on tai kenen se on: se ei ole kirjaston oma tai ei olisi sitä "
		"enää. Sen tekee konsultti tai hoivan IT: soita heille.",
		"Your role may not change what {0} is or whose it is: it is none of the library's own things, "
		"or would not be one any more. A consultant or the care's IT does that: call them."}};

static int admit_label(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, const struct inv_job *j)
{
	bool machine, own = true;
	const struct say *no = &say_relabel_zone;
	uint32_t zone = 0;
	int err = find_kind(txn, a, u, &zone, &machine);

	if (err == 0 && inv_zone_is_theirs(zone, j->zones)) {
		no = &say_relabel_duty;
		err = inv_duty_is_library(j->duties) ? find_own(txn, a, u, &own) : 0;
		if (err || own)
			return err;
	}
	if (err)
		return err;
	refuse(j->r, no, NULL, NULL, NULL);
	text_copy(j->r->kept[0], SAY_KEPT, inv_unit_label(u));
	return ERR_REFUSED;
}

int inv_zone_admit_unit(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, const struct inv_job *j)
{
	struct inv_job ask = *j;

	ask.duties = 0;
	return admit_label(txn, a, u, &ask);
}

int inv_duty_relabel(struct store_txn *txn, const struct inv_unit *was, const struct inv_unit *is,
	const struct inv_job *j)
{
	AUTO(arena) struct arena *a = arena_new();
	int err;

	if (was->zone == is->zone && (!was->kind || was->kind == is->kind) &&
		text_equal(was->product_id, is->product_id))
		return 0;
	err = admit_label(txn, a, was, j);
	return err ? err : admit_label(txn, a, is, j);
}

/* --- tasks --- */

static const struct say say_task_duty = {"task.role",
	{"Uppgiften för {0} avslutar din roll inte. Det gör en konsulent eller IT vård och omsorg, när de vet "
	 "att den är gjord: ring dem.",
		"Roolisi ei saa päättää kohteen {0} tehtävää. Sen tekee konsultti tai hoivan IT, kun he "
		"tietävät, että se on tehty: soita heille.",
		"Your role may not end the task of {0}. A consultant or the care's IT does that when they "
		"know that it is done: call them."}};

/* What is stopped, opened or unlocked: done in a list alone it would be believed and not be so. */
static bool is_of_machines(const char *kind)
{
	static const char *const kinds[] = {"sim.stop", "sim.open", "replaced.sim", "left.enrolled",
		"bypass.wanted", "bypass.over"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equal(kind, kinds[i]))
			return true;
	return false;
}

int inv_task_admit(struct store_txn *txn, const struct inv_task *t, const struct inv_act *act,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const unsigned duties = act->duties;
	struct inv_unit u = {0};
	bool own = false;
	int err;

	if (text_equal(t->kind, "replaced.loan")) /* as who would move the loan is asked */
		return inv_zone_admit_loan(txn, act->zones, t->detail, r);
	if (!duties || (duties & (INV_DUTY_IT | INV_DUTY_CARE | INV_DUTY_ADMIN)) ||
		!is_of_machines(t->kind))
		return 0;
	err = inv_unit_get(txn, a, t->serial, &u);
	if (err == 0)
		err = find_own(txn, a, &u, &own);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (own)
		return 0;
	refuse(r, &say_task_duty, NULL, NULL, NULL);
	text_copy(r->kept[0], SAY_KEPT, u.serial ? inv_unit_label(&u) : t->serial);
	return ERR_REFUSED;
}

/* Whose a thing is to see to: of the loan it is on, else its own zone; 0: anybody's. */
static int find_whose(struct store_txn *txn, struct arena *a, const char *serial, uint32_t *ret)
{
	struct inv_loan loan = {0};
	struct inv_unit u;
	bool machine = false;
	int err = inv_zone_loan_of(txn, a, serial, &loan);

	*ret = loan.zone;
	if (err != ERR_NOTFOUND)
		return err;
	err = inv_unit_get(txn, a, serial, &u);
	if (err == 0)
		err = find_kind(txn, a, &u, ret, &machine);
	if (err == 0 && machine && *ret == 0)
		*ret = PEOPLE_CARE;
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_task_concerns(
	struct store_txn *txn, const struct inv_task *t, const struct inv_act *act, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct refusal r = {0};
	uint32_t zone = 0;
	int err;

	*ret = true;
	if (!(act->zones & PEOPLE_ZONES))
		return 0;
	err = inv_task_admit(txn, t, act, &r);
	if (err == 0 && inv_duty_is_library(act->duties) && !text_equal(t->kind, "replaced.loan"))
		err = find_whose(txn, a, t->serial, &zone);
	*ret = err == 0 && inv_zone_is_theirs(zone, act->zones);
	return err == ERR_REFUSED ? 0 : err;
}

/* --- the number of the police report --- */

static const struct say say_police_duty = {"item.role-police",
	{"Polisens nummer på {0} skriver den som får märka den som {1}: en konsulent eller IT vård "
	 "och omsorg. Ge dem numret.",
		"Kohteen {0} rikosilmoituksen numeron kirjoittaa se, joka saa merkitä sen tilaan {1}: "
		"konsultti tai hoivan IT. Anna numero heille.",
		"The police number of {0} is written by who may mark it as {1}: a consultant or the "
		"care's IT. Give them the number."}};

struct policing {
	const char *number;
	unsigned duties;
};

/* Whoever may mark it so may write it, also when it was given up since: asked as of one on the shelf. */
static int admit_police(
	struct store_txn *txn, const struct inv_unit *u, unsigned duties, struct refusal *r)
{
	const struct inv_mark mark = {.to = (enum inv_state)u->state, .erase = MDM_NO};
	struct inv_unit shelved = *u;
	int err;

	shelved.state = INV_IN_STOCK;
	err = inv_duty_admit(txn, &shelved, &mark, duties, r);
	if (err == ERR_REFUSED)
		r->say = &say_police_duty;
	return err;
}

static int police_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct policing *p = j->ask;
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "police", .text = p->number};
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	(void)a;
	if (err == 0 && !inv_state_is_away(u->state) && u->state != INV_DISCARDED) {
		refuse(j->r, &inv_say_police_not_away, inv_unit_label(u), NULL, NULL);
		j->r->arg_say[1] = inv_state_say((enum inv_state)u->state);
		return ERR_REFUSED;
	}
	if (err == 0)
		err = admit_police(txn, u, p->duties, j->r);
	u->police = p->number;
	return err ? err : inv_unit_save(txn, j, &before, u, &e, "item.police");
}

int inv_unit_police(
	struct inv *inv, const struct inv_act *act, const char *number, struct refusal *r)
{
	const struct policing p = {number, act->duties};
	struct inv_job j = INV_JOB(inv, act, r, police_in, &p, NULL);

	*r = (struct refusal){0};
	return inv_police_decide(number, r) ? ERR_REFUSED : inv_job_unit(&j);
}
