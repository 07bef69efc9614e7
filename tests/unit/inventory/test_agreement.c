/* SPDX-License-Identifier: EUPL-1.2 */
/* Wordings, agreements frozen and signed, and the papers. */
#include "tests/unit/inventory/papers.h"

#define INK "1000 400;100 200,200 100,300 300,400 150;500 200,600 180"

static const char *text_of(struct room *m, const struct buf *pdf)
{
	const char *path = arena_printf(m->d.a, "%s/x.pdf", m->d.dir);
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	char part[4096];
	size_t n;
	FILE *f = fopen(path, "w");

	cr_assert_not_null(f);
	cr_assert_eq(fwrite(pdf->p, 1, pdf->n, f), pdf->n);
	fclose(f);
	f = popen(arena_printf(
			  m->d.a, "unset ASAN_OPTIONS LD_PRELOAD; pdftotext -layout %s - 2>/dev/null", path),
		"r");
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&out, part, n);
	pclose(f);
	return arena_strdup(m->d.a, buf_str(&out));
}

static const char *pdf_of(struct room *m, const char *id)
{
	static const struct people_look look = {
		.why = PEOPLE_WHY_DESK, .words = "skriver ut avtalet"};
	AUTO(buf) struct buf pdf = BUF_INIT(8 << 20);
	int err = inv_agreement_pdf(m->inv, m->d.p, &m->d.care, &look, id, 100, &pdf, &m->r);

	cr_assert_eq(err, 0, "%s", err_name(err));
	return text_of(m, &pdf);
}

static bool have_pdftotext(void)
{
	return system("command -v pdftotext >/dev/null 2>&1") == 0;
}

#define EXPECT_SAYS(text, what) cr_expect_not_null(strstr(text, what), "no %s in: %s", what, text)

Test(agreement, is_signed_on_screen_and_frozen, .timeout = 300)
{
	const struct inv_signing screen = {"screen", INK, "self", "driving_licence"};
	struct room m;
	const char *id, *before, *after;
	uint32_t version;

	room_open(&m);
	id = make(&m, borrower(&m, false));
	before = pdf_of(&m, id);
	cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &screen, &m.r), 0);
	cr_expect_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &screen, &m.r), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "agreement.signed");
	cr_expect_eq(inv_agreement_void(m.inv, &m.d.care, id, NULL, &m.r), ERR_REFUSED);
	/* the wording changes, what was signed does not */
	{
		const struct inv_wording want = {.kind = INV_TEXT_LOAN,
			.lang = SAY_SV,
			.title = "Ny rubrik",
			.body = "Ny text.\n\n{items}\n"};

		cr_assert_eq(
			inv_wording_put(m.inv, &desk_anna, &want, DESK_NOW, &m.r, &version), 0);
		cr_expect_eq(version, 1);
		cr_expect_eq(inv_wording_put(m.inv, &desk_anna, &want, DESK_NOW, &m.r, &version),
			ERR_REFUSED);
		cr_expect_str_eq(m.r.say->code, "wording.changed");
	}
	after = pdf_of(&m, id);
	if (have_pdftotext()) {
		EXPECT_SAYS(before, "Hjördis Xylander");
		EXPECT_SAYS(before, "Personalens namnteckning");
		EXPECT_SAYS(after, "Låneöverenskommelse");
		EXPECT_SAYS(after, "INV-000417");
		EXPECT_SAYS(after, "1 knapp, 1 mottagare");
		EXPECT_SAYS(after, "1 249,50");
		EXPECT_SAYS(after, "1 648,50");
		EXPECT_SAYS(after, "körkort");
		EXPECT_SAYS(after, "Kontrollerad av anna");
		EXPECT_SAYS(after, "Bilaga");
		EXPECT_SAYS(after, "Lån L-10009");
		cr_expect_null(strstr(after, "{"), "%s", after);
		EXPECT_SAYS(
			pdf_of(&m, make(&m, desk_search(&m.d, &m.d.care, "xylander").hit[0].id)),
			"Ny rubrik");
	}
	room_close(&m);
}

Test(agreement, another_zone_knows_nothing_of_it)
{
	static const struct people_look look = {.why = PEOPLE_WHY_DESK};
	const struct inv_signing paper = {"paper", NULL, "self", "passport"};
	AUTO(buf) struct buf pdf = BUF_INIT(8 << 20);
	struct room m;
	const char *id;
	char other[INV_AGREEMENT_ID];

	room_open(&m);
	id = make(&m, borrower(&m, false));
	cr_expect_eq(
		inv_agreement_sign(m.inv, m.d.p, &m.d.library, id, &paper, &m.r), ERR_NOTFOUND);
	cr_expect_eq(inv_agreement_void(m.inv, &m.d.library, id, NULL, &m.r), ERR_NOTFOUND);
	cr_expect_eq(inv_agreement_pdf(m.inv, m.d.p, &m.d.library, &look, id, 100, &pdf, &m.r),
		ERR_NOTFOUND);
	cr_expect_eq(
		try_make(&m, &m.d.library,
			desk_search(&m.d, &m.d.care, "xylander").hit[0].id, other),
		ERR_NOTFOUND);
	room_close(&m);
}

Test(agreement, bad_signings_are_refused)
{
	static const struct {
		struct inv_signing s;
		const char *code;
	} bad[] = {{{NULL, INK, "self", "passport"}, "agreement.bad_way"},
		{{"screen", "1000 400;1 1,2 2", "self", "passport"}, "agreement.bad_ink"},
		{{"screen", NULL, "self", "passport"}, "agreement.bad_ink"},
		{{"paper", INK, "self", "passport"}, "agreement.bad_ink"},
		{{"typed", NULL, "self", "passport"}, "agreement.bad_name"},
		{{"typed", "X", "self", "passport"}, "agreement.bad_name"},
		{{"typed", "19101010-1010", "self", "passport"}, "agreement.bad_name"},
		{{"typed", "Rut\nProvare", "self", "passport"}, "agreement.bad_name"},
		{{"paper", NULL, "somebody", "passport"}, "agreement.bad_signer"},
		{{"paper", NULL, "self", "AB123456"}, "agreement.bad_identity"}};
	struct room m;
	const char *id;

	room_open(&m);
	id = make(&m, borrower(&m, false));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &bad[i].s, &m.r),
			ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(m.r.say->code, bad[i].code);
	}
	cr_assert_eq(inv_agreement_void(m.inv, &m.d.care, id, NULL, &m.r), 0);
	cr_expect_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &bad[3].s, &m.r), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "agreement.void");
	m.paper.line_count = 0;
	cr_expect_eq(try_make(&m, &m.d.care, "b", NULL),
		ERR_REFUSED);
	room_close(&m);
}

Test(agreement, a_name_is_typed_as_a_signature, .timeout = 300)
{
	static const struct inv_signing typed = {"typed", "Hjördis Åsa O’Nord", "self", "known"};
	struct room m;
	const char *who, *id, *after;

	room_open(&m);
	who = borrower(&m, false);
	for (unsigned back = 0; back < 2; back++) {
		m.paper.of_return = back;
		id = make(&m, who);
		cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &typed, &m.r), 0);
		after = pdf_of(&m, id);
		if (have_pdftotext()) {
			EXPECT_SAYS(after, "Hjördis Åsa O’Nord");
			EXPECT_SAYS(after, "skrivet med tangentbord");
			cr_expect_null(strstr(after, "Undertecknat på papper"), "%s", after);
		}
	}
	room_close(&m);
}

Test(agreement, a_typed_name_of_a_protected_identity_stays_sealed, .timeout = 300)
{
	static const struct inv_signing typed = {"typed", "Hjördis Nord", "self", "known"};
	struct room m;
	const char *id, *after;

	room_open(&m);
	id = make(&m, borrower(&m, true));
	cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &typed, &m.r), 0);
	after = pdf_of(&m, id);
	if (have_pdftotext()) {
		cr_expect_null(strstr(after, "Hjördis"), "%s", after);
		EXPECT_SAYS(after, "förseglad");
	}
	room_close(&m);
}

static void stores_no_identity(struct room *m, bool is)
{
	const struct people_policy x = {.zone = PEOPLE_CARE, .keep_days = 900, .needs_days = 90,
		.no_identity = is, .decision = "SN § 4"};

	cr_assert_eq(people_policy_set(m->d.p, &m->d.care, &x, &m->d.r), 0);
}

static int get_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct inv_agreement *x = arg;

	return inv_agreement_get(txn, d->a, PEOPLE_ZONES, x->id, x);
}

static struct inv_agreement signed_as(struct room *m, const char *who, const struct inv_signing *s)
{
	struct inv_agreement x = {.id = make(m, who)};

	cr_assert_eq(inv_agreement_sign(m->inv, m->d.p, &m->d.care, x.id, s, &m->r), 0);
	cr_assert_eq(desk_run(&m->d, get_in, &x), 0);
	return x;
}

/* Not on paper, not frozen, not as a signature; what was signed before stays sealed. */
Test(agreement, of_a_service_that_stores_no_identity_names_nobody, .timeout = 300)
{
	static const struct inv_signing typed = {"typed", "Hjördis Nord", "self", "known"},
					screen = {"screen", INK, "self", "known"};
	struct inv_agreement before, after, drawn;
	struct room m;
	const char *who, *text;

	room_open(&m);
	who = borrower(&m, false);
	before = signed_as(&m, who, &typed);
	stores_no_identity(&m, true);
	after = signed_as(&m, who, &typed);
	drawn = signed_as(&m, who, &screen);
	cr_expect_gt(before.ink.n, 0);
	cr_expect_eq(after.ink.n, 0, "a typed name");
	cr_expect_eq(drawn.ink.n, 0, "a drawn one");
	cr_expect_eq(after.state, INV_AGREEMENT_SIGNED);
	if (have_pdftotext()) {
		text = pdf_of(&m, before.id);
		cr_expect_null(strstr(text, "Hjördis"), "%s", text);
		EXPECT_SAYS(text, "förseglad");
		text = pdf_of(&m, after.id);
		cr_expect_null(strstr(text, "Hjördis"), "%s", text);
		EXPECT_SAYS(text, "Namnteckningen sparas inte");
		EXPECT_SAYS(pdf_of(&m, drawn.id), "Namnteckningen sparas inte");
		/* nor does it come back with the rule gone: it was never frozen */
		stores_no_identity(&m, false);
		text = pdf_of(&m, after.id);
		cr_expect_null(strstr(text, "Hjördis"), "%s", text);
		EXPECT_SAYS(pdf_of(&m, before.id), "Hjördis");
	}
	room_close(&m);
}

/* No paper names a protected identity; and nothing of what is on paper lies in the file. */
Test(agreement, protected_and_sealed, .timeout = 300)
{
	static const char *const never[] = {"Xylander", "Hjördis", "ringklocka", "100 200,200 100"};
	const struct people_look look = {.why = PEOPLE_WHY_DESK, .words = "skriver ut avtalet"};
	const struct inv_signing screen = {"screen", INK, "self", "known"};
	AUTO(buf) struct buf pdf = BUF_INIT(8 << 20);
	AUTO(buf) struct buf file = BUF_INIT(64 << 20);
	struct room m;
	const char *id;

	room_open(&m);
	m.paper.name = "Hjördis Xylander"; /* what the caller says is not believed */
	id = make(&m, borrower(&m, true));
	cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &screen, &m.r), 0);
	cr_assert_eq(inv_agreement_pdf(m.inv, m.d.p, &m.d.care, &look, id, 100, &pdf, &m.r), 0);
	if (have_pdftotext()) {
		cr_expect_null(strstr(text_of(&m, &pdf), "Xylander"));
		cr_expect_null(strstr(text_of(&m, &pdf), "KORT9"));
	}
	cr_assert_eq(file_read(arena_printf(m.d.a, "%s/hylla.mdb", m.d.dir), &file), 0);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		cr_expect_null(memmem(file.p, file.n, never[i], strlen(never[i])), "%s", never[i]);
	room_close(&m);
}

Test(agreement, wordings_are_judged)
{
	static const struct {
		const char *title, *body, *code;
		enum inv_text kind;
	} rows[] = {{"x", "{items}", NULL, INV_TEXT_LOAN},
		{"x", "a\r\n{items}\r\nb {name}", NULL, INV_TEXT_RETURN},
		{"x", "{total}", NULL, INV_TEXT_INSURANCE},
		{"x", "{items} and more", "wording.items", INV_TEXT_LOAN},
		{"x", "{items}\n{nothing}", "wording.field", INV_TEXT_LOAN},
		{"x", "{items}\n{", "wording.field", INV_TEXT_LOAN},
		{"x", "{items}\n{name", "wording.field", INV_TEXT_LOAN},
		{"", "{items}", "wording.empty", INV_TEXT_LOAN},
		{"x", "{items}\xff", "wording.empty", INV_TEXT_LOAN}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct inv_wording t = {
			.kind = rows[i].kind, .title = rows[i].title, .body = rows[i].body};
		struct refusal r = {0};

		cr_expect_eq(inv_wording_decide(&t, &r), rows[i].code ? ERR_REFUSED : 0, "%zu", i);
		if (rows[i].code)
			cr_expect_str_eq(r.say->code, rows[i].code, "%zu", i);
	}
	for (int kind = 1; kind < INV_TEXTS; kind++) {
		for (int lang = 0; lang < SAY_LANGS; lang++) {
			struct inv_wording t;
			struct refusal r;

			inv_wording_start((enum inv_text)kind, (enum say_lang)lang, &t);
			cr_expect_eq(inv_wording_decide(&t, &r), 0, "%d %d", kind, lang);
		}
	}
}

/* A name with braces or marks of its own is text, never a field or a heading's sign. */
Test(agreement, bodies_become_blocks)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));
	const struct inv_paper p = {.loan = "L-1",
		.name = "{loan} # - \xe2\x80\xae",
		.due = 20795,
		.line = lines,
		.line_count = 2};

	s->a = a;
	s->paper = &p;
	inv_sheet_body(s, "# Rubrik\nen\nrad {name}\n{due-large}\n\n- ett\n- två {loan}\n{items}\n"
			  "{name}\nslut {nope}");
	cr_assert_eq(s->n, 7);
	cr_expect_eq(s->block[0].kind, PRINT_HEADING);
	cr_expect_str_eq(s->block[1].text, "en rad {loan} # - \xe2\x80\xae");
	cr_expect_eq(s->block[2].kind, PRINT_BIG);
	cr_expect_str_eq(s->block[2].text, "tisdag 8 december 2026");
	cr_expect_str_eq(s->block[4].text, "två L-1");
	cr_expect_eq(s->block[5].kind, PRINT_TABLE);
	cr_expect_str_eq(s->block[6].text, "{loan} # - \xe2\x80\xae slut {nope}");
	cr_expect_str_eq(inv_day_words(a, SAY_FI, 20795), "tiistai 8. joulukuuta 2026");
}

static int newest_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();

	return inv_wording_get(txn, a, INV_TEXT_LOAN, SAY_SV, 0, arg);
}

Test(agreement, a_wording_is_seen_as_paper_before_it_is_put_to_use, .timeout = 300)
{
	struct inv_wording t = {.kind = INV_TEXT_LOAN,
		.lang = SAY_SV,
		.title = "Ny text",
		.body = "{name} lånar hos {organisation}.\n\n{items}\n\n{prices}\n\n{due-large}"};
	AUTO(buf) struct buf pdf = BUF_INIT(8 << 20), longer = BUF_INIT(8 << 20);
	AUTO(buf) struct buf body = BUF_INIT(32 << 10);
	struct inv_wording now;
	size_t n = 0;
	struct room m;
	const char *text;

	room_open(&m);
	cr_assert_eq(inv_wording_preview(&t, &m.paper, &pdf, &m.r), 0);
	buf_add_str(&body, "{items}\n\n");
	for (int i = 0; i < 60; i++)
		buf_add_str(&body, "Ett stycke.\n\n");
	t.body = buf_str(&body);
	cr_assert_eq(inv_wording_preview(&t, &m.paper, &longer, &m.r), 0);
	if (have_pdftotext()) {
		text = text_of(&m, &pdf);
		EXPECT_SAYS(text, "Förhandsvisning");
		EXPECT_SAYS(text, "Vera Exempel lånar hos Testkommun");
		EXPECT_SAYS(text, "399,50");
		for (text = text_of(&m, &longer); (text = strstr(text, "Förhandsvisning")); text++)
			n++;
		cr_expect_gt(n, 1, "on each page");
	}
	t.body = "{items}\n\n{nope}";
	cr_expect_eq(inv_wording_preview(&t, &m.paper, &pdf, &m.r), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "wording.field");
	cr_assert_eq(store_read(m.d.st, newest_in, &now), 0);
	cr_expect_eq(now.version, 0, "nothing was stored");
	room_close(&m);
}

static int keep_in(struct store_txn *txn, void *arg)
{
	return inv_agreement_keep_in(txn, "L-10009", DESK_NOW + 100 * (int64_t)86400);
}

static int voiding(struct room *m, const char *id, const char *reason)
{
	return inv_agreement_void(m->inv, &m->d.care, id, reason, &m->r);
}

Test(agreement, what_was_signed_is_declared_void_with_a_reason, .timeout = 300)
{
	const struct inv_signing paper = {"paper", NULL, "self", "passport"};
	static char long_words[600];
	struct room m;
	const char *id;
	size_t n;

	room_open(&m);
	id = make(&m, borrower(&m, false));
	cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &paper, &m.r), 0);
	memset(long_words, 'x', sizeof(long_words) - 1);
	cr_expect_eq(voiding(&m, id, NULL), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "agreement.void_reason");
	cr_expect_eq(voiding(&m, id, long_words), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "agreement.void_reason");
	cr_expect_eq(voiding(&m, id, "fel person, 19701063-2391"), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "note.identity");
	if (have_pdftotext())
		cr_expect_null(strstr(pdf_of(&m, id), "Gäller inte"));
	cr_assert_eq(voiding(&m, id, "fel låntagare"), 0);
	cr_expect_eq(voiding(&m, id, "en gång till"), ERR_REFUSED);
	cr_expect_str_eq(m.r.say->code, "agreement.void");
	if (have_pdftotext()) {
		EXPECT_SAYS(pdf_of(&m, id), "Gäller inte. Förklarades ogiltig");
		EXPECT_SAYS(pdf_of(&m, id), "Undertecknat på papper");
	}
	/* it goes with the loan's other papers, not as a draft does */
	cr_assert_eq(inv_agreement_tend(m.inv, DESK_NOW + 90 * (int64_t)86400, 10, &n), 0);
	cr_expect_eq(n, 0);
	cr_assert_eq(store_write(m.d.st, keep_in, NULL), 0);
	cr_assert_eq(inv_agreement_tend(m.inv, DESK_NOW + 101 * (int64_t)86400, 10, &n), 0);
	cr_expect_eq(n, 1);
	room_close(&m);
}

Test(agreement, is_forgotten_in_time)
{
	const struct inv_signing paper = {"paper", NULL, "self", "passport"};
	struct room m;
	const char *id, *draft;
	size_t n;

	room_open(&m);
	id = make(&m, borrower(&m, false));
	draft = make(&m, desk_search(&m.d, &m.d.care, "xylander").hit[0].id);
	cr_assert_eq(inv_agreement_sign(m.inv, m.d.p, &m.d.care, id, &paper, &m.r), 0);
	cr_assert_eq(inv_agreement_tend(m.inv, DESK_NOW + 40 * (int64_t)86400, 10, &n), 0);
	cr_expect_eq(n, 1, "the draft");
	cr_expect_eq(inv_agreement_void(m.inv, &m.d.care, draft, NULL, &m.r), ERR_NOTFOUND);
	cr_assert_eq(store_write(m.d.st, keep_in, NULL), 0);
	cr_assert_eq(inv_agreement_tend(m.inv, DESK_NOW + 99 * (int64_t)86400, 10, &n), 0);
	cr_expect_eq(n, 0);
	cr_assert_eq(inv_agreement_tend(m.inv, DESK_NOW + 101 * (int64_t)86400, 10, &n), 0);
	cr_expect_eq(n, 1);
	cr_expect_eq(inv_agreement_void(m.inv, &m.d.care, id, NULL, &m.r), ERR_NOTFOUND);
	room_close(&m);
}

Test(agreement, slips_and_letters, .timeout = 300)
{
	static const char *const address[] = {
		"Anna Svensson", "Storgatan 1", "501 80  Borås", NULL};
	static const char *const text[] = {"Hej!", "Lånet är slut.", NULL};
	AUTO(buf) struct buf pdf = BUF_INIT(8 << 20);
	struct inv_letter letter = {.lang = SAY_SV,
		.organisation = "Testkommun",
		.phone = "033-35 70 00",
		.address = address,
		.title = "Påminnelse 1",
		.text = text,
		.line = lines,
		.line_count = 2,
		.loan = "L-10009",
		.today = 20750,
		.percent = 140};
	struct room m;

	room_open(&m);
	m.paper.place = "Disken";
	for (int paper = PRINT_A5; paper <= PRINT_RECEIPT; paper++) {
		m.paper.of_return = paper == PRINT_RECEIPT;
		buf_reset(&pdf);
		cr_assert_eq(inv_slip_pdf(&m.paper, (enum print_paper)paper, 0, &pdf), 0);
		if (have_pdftotext()) {
			EXPECT_SAYS(text_of(&m, &pdf), "L-10009");
			EXPECT_SAYS(text_of(&m, &pdf), "Trådlös");
			cr_expect_eq(strstr(text_of(&m, &pdf), "Lämna det på Disken.") == NULL,
				m.paper.of_return);
		}
	}
	buf_reset(&pdf);
	cr_assert_eq(inv_letter_pdf(&letter, &pdf), 0);
	if (have_pdftotext()) {
		EXPECT_SAYS(text_of(&m, &pdf), "Storgatan 1");
		EXPECT_SAYS(text_of(&m, &pdf), "Påminnelse 1");
		EXPECT_SAYS(text_of(&m, &pdf), "033-35 70 00");
	}
	letter.address = NULL;
	cr_expect_eq(inv_letter_pdf(&letter, &pdf), ERR_BADINPUT);
	room_close(&m);
}
