/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of an iPad, a thing and a task show beside the API's document: the story in words,
 * and the acts that are possible now for whoever looks. */
#include "web/api_int.h"
#include "web/product_int.h"

#include "base/text.h"
#include "base/when.h"

#define STORY 50
#define TOKEN "token:" /* as admit.c names who has no account */

/* --- the story --- */

/* "DeviceLock" is "name.command.devicelock" in the catalogue; what is not there, itself. */
static const char *words(const struct http_request *rq, const char *group, const char *key)
{
	char *name = arena_printf(rq->arena, "%s.%s", group, key);
	const char *text;

	for (char *p = name; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	text = web_text(rq->lang, name);
	return text ? text : key;
}

/* "DeviceLock acknowledged" in words. */
static void put_command(const struct http_request *rq, const struct inv_event *e, struct doc *row)
{
	struct web_command_words x;

	(void)web_command_say(rq->arena, rq->lang, e->text, &x);
	doc_set_str(row, "what", x.what);
	doc_set_str(row, "outcome", x.outcome);
	doc_set_str(row, "note", x.title);
}

/* "worn repa i hörnet" in words: how it was, and what was noted. */
static void put_condition(const struct http_request *rq, const struct inv_event *e, struct doc *row)
{
	const char *blank = strchr(e->text, ' ');
	size_t n = blank ? (size_t)(blank - e->text) : strlen(e->text);
	enum inv_condition c;

	doc_set_str(row, "what", words(rq, "name.event", e->kind));
	if (inv_condition_parse(arena_strndup(rq->arena, e->text, n), &c) == 0)
		doc_set_str(row, "outcome", say_plain(inv_condition_say(c), rq->lang));
	doc_set_str(row, "note", blank ? blank + 1 : NULL);
}

const char *web_actor_text(
	struct store_txn *txn, const struct http_request *rq, const char *actor)
{
	struct web_token t;

	if (text_empty(actor))
		return NULL;
	if (!text_starts(actor, TOKEN) ||
		web_token_by_id(txn, rq->arena, actor + strlen(TOKEN), &t) != 0 || text_empty(t.note))
		return words(rq, "name.actor", actor);
	return arena_printf(rq->arena, "%s %s", web_text(rq->lang, "name.actor.program"), t.note);
}

static void put_event(struct store_txn *txn, const struct http_request *rq,
	const struct inv_event *e, struct doc *row)
{
	web_event_doc(e, row);
	doc_set_str(row, "actor", web_actor_text(txn, rq, e->actor));
	if (text_equal(e->kind, "command") && e->text) {
		put_command(rq, e, row);
		return;
	}
	if (text_equal(e->kind, "condition") && e->text) {
		put_condition(rq, e, row);
		return;
	}
	doc_set_str(row, "what", words(rq, "name.event", e->kind));
	if (e->from)
		doc_set_str(row, "from_text",
			say_plain(inv_state_say((enum inv_state)e->from), rq->lang));
	if (e->to)
		doc_set_str(
			row, "to_text", say_plain(inv_state_say((enum inv_state)e->to), rq->lang));
	doc_set_bool(row, "notable", e->to != 0);
	doc_set_str(row, "note", e->text ? web_note_say(rq->arena, rq->lang, e->text) : NULL);
}

static int put_story(struct api_read *job, struct store_txn *txn, const char *serial)
{
	struct doc *list = doc_set_list(job->d, "story");
	const char *before = http_query(job->rq, "before");
	struct inv_event *e;
	uint64_t seq = 0;
	size_t n;
	int err = before ? text_parse_u64(before, &seq) : 0;

	if (err == 0)
		err = inv_history_list(
			txn, serial, STORE_PIECE_N(job->rq->arena, seq, STORY), &e, &n);
	if (err)
		return err;
	for (size_t i = 0; i < n; i++)
		put_event(txn, job->rq, &e[i], doc_add_object(list));
	if (n == STORY && e[n - 1].seq > 1)
		doc_set_int(job->d, "story_before", (int64_t)e[n - 1].seq);
	return 0;
}

/* --- the acts --- */

/* Lost, stolen and found have ways of their own; a thing that is erased at its return as well. */
static int put_marks(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *list = doc_set_list(job->d, "marks");

	for (unsigned s = 1; s < INV_STATES; s++) {
		const struct inv_mark mark = {.to = (enum inv_state)s};
		struct refusal r = {0};
		struct doc *row;
		int err;

		if (s == INV_LOST || s == INV_STOLEN || s == INV_QUARANTINED || s == INV_AWAITING ||
			inv_mark_decide(u, &mark, &r) != 0)
			continue;
		err = inv_duty_admit(txn, u, &mark, web_duties(api_caller(job->rq)->roles), &r);
		if (err == ERR_REFUSED)
			continue;
		if (err)
			return err;
		row = doc_add_object(list);
		doc_set_str(row, "state", inv_state_name((enum inv_state)s));
		doc_set_str(
			row, "text", say_plain(inv_state_say((enum inv_state)s), job->rq->lang));
	}
	return 0;
}

/* "i lager" begins a sentence as "I lager". */
static const char *capital(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
	else if ((unsigned char)out[0] == 0xc3 && (unsigned char)out[1] >= 0xa0)
		out[1] = (char)(out[1] - 0x20); /* à to þ, and å ä ö among them */
	return out;
}

static bool may_mark(const struct inv_unit *u, enum inv_state to)
{
	const struct inv_mark mark = {
		.to = to, .message = "-", .erase = MDM_NO, .preserve_data_plan = MDM_YES};
	struct refusal r = {0};

	return inv_mark_decide(u, &mark, &r) == 0;
}

/* What is lost is found by whoever may say that it is lost: the library its own. */
static bool may_find(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	const struct inv_mark mark = {.to = INV_IN_STOCK};
	struct refusal r = {0};

	return (u->state == INV_LOST || u->state == INV_STOLEN) &&
	       (api_caller(job->rq)->roles & API_ITEMS) &&
	       inv_duty_admit(txn, u, &mark, web_duties(api_caller(job->rq)->roles), &r) == 0;
}

static void put_can(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *can = doc_set_object(job->d, "can");
	bool care = api_caller(job->rq)->roles & API_CARE;
	bool away = u->state == INV_LOST || u->state == INV_STOLEN;

	doc_set_bool(can, "lose", care && may_mark(u, INV_LOST));
	doc_set_bool(can, "find", may_find(job, txn, u));
	doc_set_bool(can, "decide",
		(api_caller(job->rq)->roles & API_MACHINES) && u->state == INV_QUARANTINED);
	doc_set_bool(can, "return", care && u->state == INV_ON_LOAN);
	doc_set_bool(can, "command",
		(api_caller(job->rq)->roles & API_MACHINES) && u->enrolled && !away);
	doc_set_bool(can, "locate", care && away);
	doc_set_bool(can, "lock", (api_caller(job->rq)->roles & API_MACHINES) != 0);
	doc_set_bool(can, "any_more", (api_caller(job->rq)->roles & (API_MACHINES | WEB_ADMIN)) != 0);
	doc_set_bool(can, "raw", (api_caller(job->rq)->roles & WEB_ADMIN) && u->enrolled);
	doc_set_bool(can, "erase",
		(api_caller(job->rq)->roles & API_MACHINES) && u->enrolled && !away &&
			u->state != INV_ON_LOAN);
	doc_set_bool(can, "sound", (api_caller(job->rq)->roles & API_MACHINES) && away);
}

int web_item_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	const char *state = say_plain(inv_state_say((enum inv_state)u->state), job->rq->lang);
	int err;

	doc_set_str(job->d, "state_title", capital(job->rq->arena, state));
	put_can(job, txn, u);
	err = put_marks(job, txn, u);
	if (err == 0)
		err = web_lent_face(job, txn, u);
	if (err == 0)
		err = web_troubles_face(job, txn, u);
	return err ? err : put_story(job, txn, u->serial);
}

/* What it answered last to DeviceInformation. */
static const struct doc *told_of(const struct api_read *job)
{
	const struct doc *facts = doc_object(job->d, "facts");

	return facts ? doc_object(facts, "information") : NULL;
}

static void put_battery(struct api_read *job)
{
	int percent = mdm_facts_battery(told_of(job));

	if (percent >= 0)
		doc_set_str(job->d, "battery", arena_printf(job->rq->arena, "%d %%", percent));
}

/* An Activation Lock that the iPad tells of and that is none of ours: somebody else's account. */
static void put_lock(struct api_read *job)
{
	const struct doc *told = told_of(job);
	const struct doc *lock = doc_object(job->d, "activation_lock");
	const char *state = lock ? doc_str(lock, "state") : NULL;
	bool on = told && doc_bool(told, "IsActivationLockEnabled", false);
	bool ours = text_equal(state, "locked") || text_equal(state, "lock wanted");

	doc_set_bool(job->d, "foreign_lock", on && !ours);
	doc_set_bool(job->d, "may_open_lock",
		on && !ours && !text_equal(state, "unlock wanted") &&
			(api_caller(job->rq)->roles & API_MACHINES));
	doc_set_bool(job->d, "lock_told", on || (state && !text_equal(state, "none")));
}

/* Where it waits in Setup Assistant, or was let out too early. */
static int put_gate(struct api_read *job, struct store_txn *txn)
{
	const char *udid = doc_str(doc_object(job->d, "mdm"), "udid");
	struct mdm_gate g;
	struct doc *d;
	int err = udid ? mdm_gate_get(txn, job->rq->arena, udid, &g) : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	d = doc_set_object(job->d, "gate");
	doc_set_bool(d, "late", g.late);
	doc_set_time(d, "since", g.since);
	doc_set_time(d, "until", g.until);
	return 0;
}

static int put_return(struct api_read *job, struct store_txn *txn, const char *serial)
{
	struct inv_return r;
	int err = inv_return_get(txn, job->rq->arena, serial, &r);

	if (err || r.phase == INV_RETURN_DONE)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(doc_set_object(job->d, "returning"), "why",
		inv_return_why(job->rq->arena, &r, job->rq->lang, job->rq->now));
	return 0;
}

static void put_queue(struct api_read *job)
{
	const struct doc *list = doc_list(job->d, "queue");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i);

		doc_set_str(row, "what",
			words(job->rq, "name.command", doc_str(row, "request_type")));
	}
}

/* How it stands with what it should have. */
static int put_wanted(struct api_read *job, struct store_txn *txn, const char *serial)
{
	struct api_read inner = {.w = job->w, .rq = job->rq, .d = doc_new(job->rq->arena)};
	int err = web_desired_doc(
		job->w, txn, job->rq->arena, serial, job->rq->lang, job->rq->now, inner.d);

	if (err == 0)
		err = web_desired_face(&inner, txn);
	if (err == 0)
		doc_set_doc(job->d, "wanted", inner.d);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What stands above it already is not told twice. */
static void put_report(struct api_read *job)
{
	const struct doc *list = doc_list(doc_object(job->d, "report"), "items");
	const struct doc *errors = doc_list(doc_object(job->d, "report"), "errors");
	bool told = doc_str(doc_object(job->d, "mdm"), "os_version") != NULL;

	if (doc_list_size(errors))
		doc_set_bool(doc_object(job->d, "report"), "any_errors", true);
	for (size_t i = 0; told && i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i);

		if (text_equal(doc_str(row, "item"), "device.operating-system.version"))
			doc_set_bool(row, "above", true);
	}
}

/* The day of a migration through Apple's device assignment. */
static int put_migration(struct api_read *job, struct store_txn *txn, const char *serial)
{
	struct mdm_ade_device x;
	int err = mdm_ade_device_get(txn, job->rq->arena, serial, &x);

	if (err == 0)
		web_doc_opt_time(job->d, "migrate_by", x.migrate_by);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int put_more(struct api_read *job, struct store_txn *txn)
{
	const char *serial = doc_str(job->d, "serial");
	int err = put_gate(job, txn);

	if (err == 0)
		err = put_migration(job, txn, serial);
	put_queue(job);
	put_report(job);
	if (err == 0)
		err = put_return(job, txn, serial);
	return err ? err : put_wanted(job, txn, serial);
}

int web_device_face(struct api_read *job, struct store_txn *txn)
{
	const struct doc *item = doc_object(job->d, "item"), *lost = doc_object(job->d, "lost");
	struct inv_unit u;
	int err;

	doc_set_bool(job->d, "lost_now", lost && doc_key(lost, 0));
	put_lock(job);
	put_battery(job);
	doc_set_str(job->d, "serial", item ? doc_str(item, "serial") : http_param(job->rq, "code"));
	err = put_more(job, txn);
	if (err || !item)
		return err;
	err = inv_unit_get(txn, job->rq->arena, doc_str(item, "serial"), &u);
	return err ? err : web_item_face(job, txn, &u);
}

/* "11009 2027-01-04": which loan, and when it ends. */
static void put_task_day(const struct http_request *rq, const char *detail, struct doc *row)
{
	AUTO(buf) struct buf out = BUF_INIT(1024);
	const char *day = detail ? strrchr(detail, ' ') : NULL;

	if (!day)
		return;
	buf_add(&out, detail, (size_t)(day - detail));
	buf_add_str(&out, ", ");
	when_said(&out, rq->lang, day + 1);
	doc_set_str(row, "detail", buf_str(&out));
}

/* Some say what to do, and where at Apple. */
static void put_task_help(const struct http_request *rq, const struct inv_task *t, struct doc *row)
{
	const char *text = web_text(rq->lang, arena_printf(rq->arena, "name.todo.%s", t->kind));

	if (!text || t->done_at)
		return;
	doc_set_str(row, "do", text);
	doc_set_bool(row, "at_apple", text_equal(t->kind, "left.enrolled"));
}

void web_task_face(const struct http_request *rq, const struct inv_task *t, struct doc *row)
{
	if (text_equal(t->kind, "loan.ends"))
		put_task_day(rq, t->detail, row);
	doc_set_str(row, "what", words(rq, "name.task", t->kind));
	put_task_help(rq, t, row);
	doc_set_bool(row, "open", t->done_at == 0);
}
