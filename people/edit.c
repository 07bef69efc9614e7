/* SPDX-License-Identifier: EUPL-1.2 */
/* Adding and changing borrowers: fields are checked, sealed, and indexed in one transaction. */
#include "people/people_int.h"

struct draft {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	const struct people_caller *who;
	const struct people_edit *want;
	struct people_borrower before, b;
	struct people_person x;
	const char *needs;
	struct doc *fields; /* names of what was changed, for the audit log */
	struct refusal *r;
};

static int bad(struct draft *d, const char *field)
{
	return refuse(d->r, &people_say_bad_field, field, NULL, NULL);
}

static void note(struct draft *d, const char *field)
{
	doc_add_str(d->fields, field);
}

/* NULL leaves, "" clears; else the text in one form, or a refusal. */
typedef int parse_fn(struct arena *a, const char *s, const char **ret);

static parse_fn parse_long;

static int take(
	struct draft *d, const char *field, const char *value, parse_fn *parse, const char **member)
{
	const char *clean = value;

	if (!value)
		return 0;
	if ((!parse || parse == parse_long) && !text_is_shown(value, parse != NULL))
		return refuse(d->r, &people_say_odd, field, NULL, NULL);
	if (*value && parse && parse(d->a, value, &clean))
		return bad(d, field);
	if (*value && !parse && !people_text_is(value, PEOPLE_TEXT))
		return bad(d, field);
	if (text_equal(*clean ? clean : NULL, text_empty(*member) ? NULL : *member))
		return 0;
	/* A name and an address go on paper; a note is sealed, and may say who it is about. */
	if ((!parse || parse == people_postcode_parse) &&
		people_text_has_identity(clean, d->who->now))
		return refuse(d->r, &people_say_number_in_field, field, NULL, NULL);
	*member = clean;
	note(d, field);
	return 0;
}

static int parse_email(struct arena *a, const char *s, const char **ret)
{
	*ret = s;
	return people_email_is(s) ? 0 : ERR_BADINPUT;
}

static int parse_code(struct arena *a, const char *s, const char **ret)
{
	*ret = s;
	return people_code_is(s) ? 0 : ERR_BADINPUT;
}

/* Lines that somebody left empty in a large field are no mistake. */
static int parse_long(struct arena *a, const char *s, const char **ret)
{
	*ret = people_text_is_blank(s) ? "" : s;
	if (!**ret)
		return 0;
	return people_lines_are(s, PEOPLE_LONG) ? 0 : ERR_BADINPUT;
}

static int parse_channel(struct arena *a, const char *s, const char **ret)
{
	static const char *const known[] = {"letter", "phone", "sms", "email"};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (text_equal(s, known[i])) {
			*ret = known[i];
			return 0;
		}
	}
	return ERR_BADINPUT;
}

static int take_identity(struct draft *d)
{
	const struct people_edit *w = d->want;
	struct people_identity x;
	int err;

	if (!w->identity)
		return 0;
	if (!*w->identity) {
		d->x.identity = NULL;
		d->x.identity_kind = PEOPLE_ID_NONE;
		note(d, "identity");
		return 0;
	}
	if (w->reserve)
		err = people_reserve_parse(w->identity, &x);
	else
		err = people_identity_parse(w->identity, d->who->now, &x);
	if (err)
		return refuse(d->r, &people_say_bad_identity, NULL, NULL, NULL);
	if (!w->reserve && people_identity_is_doubtful(w->identity, d->who->now))
		return refuse(d->r, &people_say_doubtful, NULL, NULL, NULL);
	if (d->x.identity_kind == x.kind && text_equal(d->x.identity, x.text))
		return 0;
	d->x.identity_kind = x.kind;
	d->x.identity = arena_strdup(d->a, x.text);
	note(d, "identity");
	return 0;
}

static int take_texts(struct draft *d)
{
	const struct people_edit *w = d->want;
	const struct {
		const char *field, *value;
		parse_fn *parse;
		const char **member;
	} rows[] = {
		{"kind", w->kind, parse_code, &d->b.kind},
		{"given", w->given, NULL, &d->x.given},
		{"family", w->family, NULL, &d->x.family},
		{"phone", w->phone, people_phone_parse, &d->x.phone},
		{"email", w->email, parse_email, &d->x.email},
		{"care_of", w->care_of, NULL, &d->x.care_of},
		{"street", w->street, NULL, &d->x.street},
		{"postcode", w->postcode, people_postcode_parse, &d->x.postcode},
		{"city", w->city, NULL, &d->x.city},
		{"card", w->card, people_card_parse, &d->x.card},
		{"channel", w->channel, parse_channel, &d->x.channel},
		{"note", w->note, parse_long, &d->x.note},
		{"needs", w->needs, parse_long, &d->needs},
	};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++)
		err = take(d, rows[i].field, rows[i].value, rows[i].parse, rows[i].member);
	return err;
}

static int take_flags(struct draft *d)
{
	const struct people_edit *w = d->want;
	bool is = w->protect == PEOPLE_KEEP ? d->b.is_protected : w->protect == PEOPLE_YES;

	if (w->lang) {
		enum say_lang lang = say_lang_parse(w->lang, SAY_LANGS);

		if (lang == SAY_LANGS)
			return bad(d, "lang");
		if (lang != d->b.lang)
			note(d, "lang");
		d->b.lang = lang;
	}
	if (is != d->b.is_protected)
		note(d, "protect");
	d->b.is_protected = is;
	return 0;
}

/* A service that knows nobody: what is there from before has to go with the first change. */
static int judge_nameless(struct draft *d, const struct people_policy *policy)
{
	if (!people_person_is_bare(&d->x) || !text_empty(d->needs) || d->b.relatives.n)
		return refuse(d->r, &people_say_no_identity,
			policy->decision ? policy->decision : "-", NULL, NULL);
	return people_text_has_identity(d->x.card, d->who->now)
		       ? refuse(d->r, &people_say_number_in_field, "card", NULL, NULL)
		       : 0;
}

/* What the rules of the zone and the service say of the whole. */
static int judge(struct draft *d, const struct people_policy *policy)
{
	const struct people_person *x = &d->x;
	int err;

	if (text_empty(d->b.kind))
		return bad(d, "kind");
	if (!text_empty(d->needs) && d->b.zone != PEOPLE_CARE)
		return refuse(d->r, &people_say_zone_needs, NULL, NULL, NULL);
	d->b.no_identity = policy->no_identity;
	err = policy->no_identity ? judge_nameless(d, policy) : 0;
	if (err)
		return err;
	if (!policy->no_identity && text_empty(x->given) && text_empty(x->family))
		return refuse(d->r, &people_say_name_needed, NULL, NULL, NULL);
	if (text_empty(x->card))
		return bad(d, "card");
	return 0;
}

static int add_word_rows(struct people_rows *rows, const struct people_words *w)
{
	char sound[PEOPLE_SOUND];
	int err = 0;

	for (size_t i = 0; err == 0 && i < w->n; i++) {
		people_sound_of(w->word[i], sound);
		err = people_rows_add(rows, PEOPLE_KEY_SOUND, bytes_of_str(sound));
		if (err == 0 && strlen(w->word[i]) >= 3)
			err = people_rows_add(rows, PEOPLE_KEY_BEGIN, bytes_of(w->word[i], 3));
	}
	return err;
}

int people_rows_of(struct people *p, uint32_t key, const struct people_borrower *b,
	const struct people_person *x, struct buf *ret)
{
	struct people_rows rows = {p, (enum people_zone)b->zone, key, ret};
	struct people_words w = {.n = 0};
	int err = 0;

	if (!text_empty(x->identity))
		err = people_rows_add(&rows, PEOPLE_KEY_IDENTITY, bytes_of_str(x->identity));
	if (err == 0 && !text_empty(x->card))
		err = people_rows_add(&rows, PEOPLE_KEY_CARD, bytes_of_str(x->card));
	if (err || b->is_protected)
		return err;
	if (!text_empty(x->phone))
		err = people_rows_add(&rows, PEOPLE_KEY_PHONE, bytes_of_str(x->phone));
	people_words_of(x->given, &w);
	people_words_of(x->family, &w);
	return err ? err : add_word_rows(&rows, &w);
}

/* The index under the key that is in force would not see one that was moved, or was not yet. */
static int is_free(struct draft *d, const struct people_meta *m, enum people_key kind,
	const char *value, const struct say *taken)
{
	const char *id[2];
	struct people_ids ids = {.a = d->a, .id = id, .most = 2};
	int err;

	if (text_empty(value))
		return 0;
	err = people_index_list(
		d->p, d->txn, m, (enum people_zone)d->b.zone, kind, bytes_of_str(value), &ids);
	for (size_t i = 0; err == 0 && i < ids.n; i++) {
		if (!text_equal(ids.id[i], d->b.id))
			return refuse(d->r, taken, ids.id[i], NULL, NULL);
	}
	return err;
}

static int move_index(struct draft *d)
{
	AUTO(buf) struct buf rows = BUF_INIT(4096);
	struct people_meta m;
	int err = people_meta_get(d->p, d->txn, d->a, &m);

	if (err == 0)
		err = people_meta_keep(d->txn, &m);
	if (err == 0)
		err = is_free(
			d, &m, PEOPLE_KEY_IDENTITY, d->x.identity, &people_say_identity_taken);
	if (err == 0)
		err = is_free(d, &m, PEOPLE_KEY_CARD, d->x.card, &people_say_card_taken);
	if (err == 0)
		err = people_rows_of(d->p, m.next ? m.next : m.now, &d->b, &d->x, &rows);
	if (err)
		return err;
	d->b.keys = arena_bytes(d->a, buf_bytes(&rows));
	return people_index_move(
		d->txn, (enum people_zone)d->b.zone, d->b.id, d->before.keys, d->b.keys);
}

static int seal(struct draft *d)
{
	int err = people_person_seal(d->p, d->a, d->b.id, &d->x, &d->b.person);

	return err ? err : people_needs_seal(d->p, d->a, d->b.id, d->needs, &d->b.needs);
}

static int add_audit(struct draft *d, const char *act)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *detail = doc_new(d->a);

	doc_set_str(detail, "zone", people_zone_name((enum people_zone)d->b.zone));
	doc_set_doc(detail, "fields", d->fields);
	doc_format(detail, &text);
	return audit_add(d->txn, d->who->who, d->who->now, act, d->b.id, buf_str(&text));
}

/* From the draft to the store. */
static int settle(struct draft *d, bool is_new)
{
	struct people_policy policy;
	int err = people_policy_get(d->txn, d->a, (enum people_zone)d->b.zone, d->b.kind, &policy);

	if (err == 0)
		err = judge(d, &policy);
	if (err == 0)
		err = seal(d);
	if (err == 0)
		err = move_index(d);
	if (err)
		return err;
	d->b.changed_at = d->who->now;
	d->b.version++;
	people_due_set(&policy, &d->b);
	err = people_borrower_put(d->txn, is_new ? NULL : &d->before, &d->b);
	return err ? err : add_audit(d, is_new ? "borrower.add" : "borrower.change");
}

static int take_all(struct draft *d)
{
	int err;

	d->fields = doc_set_list(doc_new(d->a), "fields");
	err = take_texts(d);
	if (err == 0)
		err = take_identity(d);
	return err ? err : take_flags(d);
}

int people_add_in(struct people *p, struct store_txn *txn, const struct people_caller *who,
	const struct people_edit *want, const char *id, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct draft d = {.p = p, .txn = txn, .a = a, .who = who, .want = want, .r = r};
	int err;

	if ((want->zone != PEOPLE_CARE && want->zone != PEOPLE_LIBRARY))
		return refuse(r, &people_say_zone_needed, NULL, NULL, NULL);
	if (!(want->zone & who->zones))
		return ERR_DENIED;
	d.b = (struct people_borrower){.id = id,
		.zone = want->zone,
		.state = PEOPLE_ACTIVE,
		.made_at = who->now,
		.last_at = who->now};
	err = take_all(&d);
	if (err == 0)
		err = settle(&d, true);
	return refusal_keep(r, err);
}

struct adding {
	struct people *p;
	const struct people_caller *who;
	const struct people_edit *want;
	const char *id;
	struct refusal *r;
};

static int add_in(struct store_txn *txn, void *arg)
{
	struct adding *j = arg;

	return people_add_in(j->p, txn, j->who, j->want, j->id, j->r);
}

#define DRAWS 20

static bool is_drawn_again(const struct adding *j, const struct people_edit *want, int err)
{
	return err == ERR_REFUSED && text_empty(want->card) && j->r->say == &people_say_card_taken;
}

int people_add(struct people *p, const struct people_caller *who, const struct people_edit *want,
	char ret_id[PEOPLE_ID], struct refusal *r)
{
	struct people_edit copy = *want;
	char id[PEOPLE_ID], card[PEOPLE_CARD];
	struct adding j = {p, who, &copy, id, r};
	int err = 0;

	people_id_make(id);
	/* One that is drawn and somebody has already is nobody's fault: another is drawn. */
	for (unsigned n = 0; n == 0 || (n < DRAWS && is_drawn_again(&j, want, err)); n++) {
		*r = (struct refusal){0};
		p->card_make(card);
		copy.card = text_empty(want->card) ? card : want->card;
		err = store_write(p->st, add_in, &j);
	}
	if (err == 0)
		memcpy(ret_id, id, PEOPLE_ID);
	return err;
}

/* Who takes a protection away is told to the officer. */
static int tell_unprotected(struct draft *d)
{
	struct people_notice x = {.zone = d->b.zone,
		.borrower = d->b.id,
		.actor = d->who->who->actor,
		.why = "unprotected",
		.at = d->who->now};

	return d->before.is_protected && !d->b.is_protected ? people_notice_add(d->txn, &x) : 0;
}

static int change(struct draft *d, const char *id)
{
	int err = people_get(d->p, d->txn, d->a, d->who->zones, id, &d->before);

	if (err == 0 && d->before.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err == 0)
		err = people_person_open(d->p, d->a, &d->before, &d->x);
	if (err == 0)
		err = people_needs_open(d->p, d->a, &d->before, &d->needs);
	if (err)
		return err;
	if (d->want->version && d->want->version != d->before.version)
		return refuse(d->r, &people_say_changed, NULL, NULL, NULL);
	d->b = d->before;
	err = take_all(d);
	if (err || doc_list_size(d->fields) == 0)
		return err;
	err = settle(d, false);
	return err ? err : tell_unprotected(d);
}

static int change_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct adding *j = arg;
	struct draft d = {.p = j->p, .txn = txn, .a = a, .who = j->who, .want = j->want, .r = j->r};

	return refusal_keep(j->r, change(&d, j->id));
}

int people_change(struct people *p, const struct people_caller *who, const char *id,
	const struct people_edit *edit, struct refusal *r)
{
	struct adding j = {p, who, edit, id, r};

	*r = (struct refusal){0};
	return store_write(p->st, change_in, &j);
}
