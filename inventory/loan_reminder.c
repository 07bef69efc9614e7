/* SPDX-License-Identifier: EUPL-1.2 */
/* A kind letter about what is late with one borrower: what it is, when it was due, and how to give it
 * back. Without a reproach, and without a price. */
#include "inventory/agreement_int.h"
#include "inventory/circulation_int.h"

#include "base/text.h"

static const struct say word_title = {"reminder.title",
	{"Det är dags att lämna tillbaka", "On aika palauttaa", "It is time to give it back"}};
static const struct say word_hello = {"reminder.hello",
	{"Hej! Du har lånat det här av oss, och dagen för att lämna tillbaka har gått. Det är lätt "
	 "att glömma. Någon annan väntar kanske på att få låna.",
		"Hei! Olet lainannut meiltä tämän, ja palautuspäivä on mennyt. Sellaisen unohtaa "
		"helposti. Joku toinen ehkä odottaa vuoroaan.",
		"Hello! You have borrowed this from us, and the day to give it back has gone by. That "
		"is easily forgotten. Somebody else may be waiting to borrow."}};
static const struct say word_hard = {"reminder.hard",
	{"Är det svårt att komma hit, eller vill du låna längre? Hör av dig, så ordnar vi "
	 "det tillsammans. Har du redan lämnat tillbaka, så bortse från brevet.",
		"Onko tänne vaikea päästä, tai haluatko lainata pidempään? Ota yhteyttä, niin "
		"järjestämme asian yhdessä. Jos olet jo palauttanut, kirjeestä ei tarvitse välittää.",
		"Is it hard for you to come here, or do you want to borrow for longer? Tell us, and we "
		"will arrange it together. If you have given it back already, please ignore this "
		"letter."}};

struct reminding {
	struct people *p;
	const struct people_caller *who;
	const struct inv_reminder_ask *ask;
	struct arena *a;
	struct inv_letter letter;
	const char *address[6], *text[4];
	struct refusal *r;
};

static int name_of(struct reminding *m, struct store_txn *txn, const struct inv_loan_line *l,
	const char **ret)
{
	struct inv_product p;
	int err = text_empty(l->product) ? ERR_NOTFOUND
					 : inv_product_get(txn, m->a, l->product, &p);

	*ret = err == 0 ? inv_product_name(&p, m->letter.lang) : l->name ? l->name : l->serial;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int take_lines(struct reminding *m, struct store_txn *txn, const struct inv_late *late)
{
	struct inv_paper_line *out = ARENA_ARRAY(m->a, struct inv_paper_line, late->n + 1);
	size_t n = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < late->n && n < INV_PAPER_LINES; i++) {
		const struct inv_loan_line *l = &late->rows[i].line;

		if (!inv_contact_meant(m->ask->serials, l->serial))
			continue;
		out[n] = (struct inv_paper_line){
			.number = l->item_number ? l->item_number : l->serial, .due = l->due};
		err = name_of(m, txn, l, &out[n++].name);
	}
	m->letter.line = out;
	m->letter.line_count = n;
	return err || n ? err : refuse(m->r, &inv_say_none_late, NULL, NULL, NULL);
}

/* Where it is to be brought; its own telephone goes before. */
static int take_place(struct reminding *m, struct store_txn *txn, const struct inv_loan *loan)
{
	const char *id = loan->place_back ? loan->place_back : loan->place;
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct inv_place place;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_place_get(txn, m->a, id, &place);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (!text_empty(place.phone))
		m->letter.phone = place.phone;
	m->letter.place = place.name[m->letter.lang] ? place.name[m->letter.lang]
						     : place.name[SAY_SV];
	say_format(&b, m->letter.lang, &inv_word_bring_to,
		(const char *const[SAY_ARGS]){m->letter.place, NULL});
	m->text[1] = arena_strdup(m->a, buf_str(&b));
	return 0;
}

/* A protected identity has no name and no address here: the tax agency sends it on. */
static int take_address(struct reminding *m, struct store_txn *txn, const char *borrower)
{
	static const struct people_look look = {.why = PEOPLE_WHY_LETTER};
	struct people_address to;
	int err = people_address_of(m->p, txn, m->a, m->who, &look, borrower, &to, m->r);

	if (err)
		return err;
	m->address[0] = to.name ? to.name : say_plain(&inv_word_the_borrower, m->letter.lang);
	for (size_t i = 0; i < 4; i++)
		m->address[i + 1] = to.line[i];
	return 0;
}

static int begin(struct reminding *m, struct store_txn *txn, struct inv_loan *ret)
{
	struct people_borrower b;
	int err = inv_loan_get(txn, m->a, m->ask->loan, ret);

	if (err == 0 && (!(ret->zone & m->who->zones) || text_empty(ret->borrower)))
		return ERR_NOTFOUND;
	if (err == 0)
		err = people_get(m->p, txn, m->a, m->who->zones, ret->borrower, &b);
	if (err)
		return err;
	m->letter = (struct inv_letter){.lang = (enum say_lang)b.lang,
		.organisation = m->ask->organisation,
		.phone = m->ask->phone,
		.address = m->address,
		.text = m->text,
		.today = day_of_time(m->who->now),
		.percent = m->ask->percent};
	m->letter.title = say_plain(&word_title, m->letter.lang);
	m->text[0] = say_plain(&word_hello, m->letter.lang);
	m->text[1] = m->text[2] = NULL;
	return 0;
}

static int remind_in(struct store_txn *txn, void *arg)
{
	struct reminding *m = arg;
	char number[INV_LOAN_NUMBER];
	struct inv_late_ask ask = {.zones = m->who->zones};
	struct inv_late late;
	struct inv_loan loan;
	int err = begin(m, txn, &loan);

	ask.borrower = err ? NULL : loan.borrower;
	ask.today = m->letter.today;
	if (err == 0)
		err = inv_late_of(txn, m->a, &ask, &late);
	if (err == 0)
		err = take_lines(m, txn, &late);
	if (err == 0)
		err = take_place(m, txn, &loan);
	if (err)
		return err;
	m->text[m->letter.place ? 2 : 1] = say_plain(&word_hard, m->letter.lang);
	m->letter.loan = arena_strdup(m->a, inv_loan_number(loan.id, number));
	return take_address(m, txn, loan.borrower);
}

int inv_reminder_pdf(struct inv *inv, const struct people_caller *who,
	const struct inv_reminder_ask *ask, struct buf *out, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct reminding m = {.p = inv->people, .who = who, .ask = ask, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_write(inv->st, remind_in, &m);
	return err ? refusal_keep(r, err) : inv_letter_pdf(&m.letter, out);
}
