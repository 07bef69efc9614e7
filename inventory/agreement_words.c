/* SPDX-License-Identifier: EUPL-1.2 */
/* Days, money and headings as they stand on paper, and the fields of a template. */
#include "inventory/agreement_int.h"

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "base/when.h"

static const char *const weekdays[SAY_LANGS][7] = {
	{"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"},
	{"maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"},
	{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};

const char *inv_day_words(struct arena *a, enum say_lang lang, int32_t day)
{
	AUTO(buf) struct buf out = BUF_INIT(256);

	if (day == DAY_NONE)
		return "";
	buf_printf(&out, "%s ", weekdays[lang][day_weekday(day) - 1]);
	when_date(&out, lang, day);
	return arena_strdup(a, buf_str(&out));
}

const struct say inv_word_the_borrower = {
	.code = "the_borrower", .text = {"Låntagaren", "Lainaaja", "The borrower"}};

static int64_t total(const struct inv_paper *p)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->line_count; i++)
		sum += p->line[i].price_ore;
	return sum;
}

/* The fields within a line; "": nothing is known of it. NULL: there is none of that name. */
static const char *field(struct arena *a, const struct inv_paper *p, const char *name)
{
	const struct {
		const char *name, *value;
	} fields[] = {{"loan", p->loan},
		{"name",
			text_empty(p->name) ? say_plain(&inv_word_the_borrower, p->lang) : p->name},
		{"card", p->card}, {"organisation", p->organisation}, {"place", p->place},
		{"phone", p->phone}, {"date", inv_day_words(a, p->lang, p->today)},
		{"due", inv_due_words(a, p)},
		{"total", money_text(a, total(p))}};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].value ? fields[i].value : "";
	}
	return NULL;
}

/* {name} at s; its name in the arena, or NULL. */
static const char *field_at(struct arena *a, const char *s)
{
	const char *end = strpbrk(s + 1, "{}\n");

	return end && *end == '}' && end > s + 1 && end - s < 40
		       ? arena_strndup(a, s + 1, (size_t)(end - s) - 1)
		       : NULL;
}

/* No sentence ends behind "bl.a.": there is a dot within the word. */
static bool is_short(const char *line, const char *dot)
{
	while (dot > line && dot[-1] != ' ') {
		if (*--dot == '.')
			return true;
	}
	return false;
}

/* A capital letter, Å, Ä and Ö among them, or a field; none of "kl. 9" and "tel. dagtid". */
static bool begins_sentence(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return *s == '{' || (*s >= 'A' && *s <= 'Z') || (u[0] == 0xc3 && u[1] >= 0x80 && u[1] <= 0x9e);
}

/* "Tel. {phone}" is one: what stands before the dot says what the field is. */
static bool is_label(const char *line, const char *dot)
{
	static const char *const labels[] = {"tel", "tfn", "tlf", "mob", "nr", "puh", "p", "nro", "ph"};
	const char *word = dot;

	while (word > line && word[-1] != ' ')
		word--;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t n = strlen(labels[i]);

		if (n == (size_t)(dot - word) && strncasecmp(word, labels[i], n) == 0)
			return true;
	}
	return false;
}

/* Behind the sentence that begins at `s`, and the spaces after it. */
static const char *sentence_end(const struct inv_paper *p, const char *line, const char *s)
{
	for (; *s; s++) {
		const char *next = s + 1 + strspn(s + 1, " ");

		if (strchr(".!?", *s) && s[1] == ' ' && begins_sentence(next) &&
			!(*s == '.' && is_short(line, s)) &&
			!(!p->gaps && *s == '.' && *next == '{' && is_label(line, s)))
			return next;
	}
	return s;
}

/* Is nothing known of one of its fields, it is left out (false): a gap on a paper helps nobody. */
static bool fill_sentence(struct arena *a, const struct inv_paper *p, struct bytes sentence, struct buf *out)
{
	const char *s = arena_strndup(a, sentence.p, sentence.n);
	size_t before = out->n;

	while (*s) {
		const char *name = *s == '{' ? field_at(a, s) : NULL;
		const char *value = name ? field(a, p, name) : NULL;

		if (value && !*value && !p->dashes) {
			buf_cut(out, before);
			return false;
		}
		buf_add_str(out, !value ? "" : *value ? value : "–");
		if (value)
			s += strlen(name) + 2;
		else
			buf_add_char(out, *s++);
	}
	return true;
}

static bool asks(const char *s, const char *end)
{
	while (end > s && end[-1] == ' ')
		end--;
	return end > s && end[-1] == '?';
}

const char *inv_field_fill(struct arena *a, const struct inv_paper *p, const char *line)
{
	AUTO(buf) struct buf out = BUF_INIT(64u << 10);
	size_t question = SIZE_MAX; /* where one begins that the next sentence answers */

	for (const char *s = line, *end; *s; s = end) {
		size_t before = out.n;
		bool filled;

		end = sentence_end(p, line, s);
		filled = fill_sentence(
			a, p, (struct bytes){(const uint8_t *)s, (size_t)(end - s)}, &out);
		if (!filled && question != SIZE_MAX && !p->gaps)
			buf_cut(&out, question);
		question = filled && asks(s, end) ? before : SIZE_MAX;
	}
	while (out.n && out.p[out.n - 1] == ' ')
		buf_cut(&out, out.n - 1);
	return arena_strdup(a, buf_str(&out));
}

const char *inv_field_unknown(struct arena *a, const char *body)
{
	static const char *const alone[] = {"items", "prices", "due-large"};
	static const struct inv_paper none = {0};

	for (const char *s = body; (s = strchr(s, '{')); s++) {
		const char *name = field_at(a, s);
		bool known = name && field(a, &none, name);

		for (size_t i = 0; name && i < sizeof(alone) / sizeof(alone[0]); i++)
			known = known || strcmp(name, alone[i]) == 0;
		if (!known)
			return name ? name : "{";
	}
	return NULL;
}

#define WORD(id, sv, fi, en) const struct say inv_word_##id = {.code = #id, .text = {sv, fi, en}}

WORD(number, "Nummer", "Numero", "Number");
WORD(thing, "Sak", "Tavara", "Thing");
WORD(condition, "Skick", "Kunto", "Condition");
WORD(price, "Ersättning", "Korvaus", "To replace");
WORD(due, "Senast", "Viimeistään", "By");
WORD(last_day, "Lämna tillbaka senast", "Palauta viimeistään", "Bring back by");
WORD(last_day_of, "{0}: lämna tillbaka senast", "{0}: palauta viimeistään", "{0}: bring back by");
WORD(last_day_first, "Lämna tillbaka det första senast", "Palauta ensimmäinen viimeistään",
	"Bring the first back by");
WORD(last_day_more, "Sakerna har olika sista dagar. Varje saks egen dag står i listan.",
	"Tavaroilla on eri palautuspäivät. Jokaisen oma päivä on luettelossa.",
	"The things have different last days. The list says the day of each.");
WORD(first_day, "{0} (den första dagen; varje saks egen dag står i listan)",
	"{0} (ensimmäinen päivä; jokaisen tavaran oma päivä on luettelossa)",
	"{0} (the first day; the list says the day of each thing)");
WORD(signature, "Låntagarens namnteckning", "Lainaajan allekirjoitus", "Borrower's signature");
WORD(sign_staff, "Personalens namnteckning", "Henkilökunnan allekirjoitus", "Staff's signature");
WORD(loan, "Lån", "Laina", "Loan");
WORD(signed_paper, "Undertecknat på papper, {0}.", "Allekirjoitettu paperilla, {0}.",
	"Signed on paper, {0}.");
WORD(signed_typed, "Namnet är skrivet med tangentbord på skärmen, som underskrift, {0}.",
	"Nimi on kirjoitettu näppäimistöllä näytölle allekirjoitukseksi, {0}.",
	"The name was typed on the screen as a signature, {0}.");
WORD(sign_kept, "Namnet står inte på papper. Underskriften är förseglad hos {0}.",
	"Nimeä ei ole paperilla. Allekirjoitus on sinetöitynä: {0}.",
	"The name does not stand on paper. The signature is kept sealed by {0}.");
WORD(sign_unkept,
	"Undertecknat på skärmen. Namnteckningen sparas inte: den här tjänsten sparar inte vem som lånar.",
	"Allekirjoitettu näytöllä. Allekirjoitusta ei tallenneta: tämä palvelu ei tallenna lainaajaa.",
	"Signed on the screen. The signature is not stored: this service does not store who borrows.");
WORD(identity, "Legitimation: {0}. Kontrollerad av {1}.", "Henkilöllisyys: {0}. Tarkastanut {1}.",
	"Identity: {0}. Checked by {1}.");
WORD(agreement, "Överenskommelse", "Sopimus", "Agreement");
WORD(void, "Gäller inte", "Ei voimassa", "Not in force");
WORD(void_from, "Gäller inte. Förklarades ogiltig {0}.", "Ei voimassa. Mitätöity {0}.",
	"Not in force. Declared void {0}.");
WORD(sum, "Kontrollsumma {0}", "Tarkistussumma {0}", "Checksum {0}");
WORD(slip, "Du har lånat", "Olet lainannut", "You have borrowed");
WORD(slip_return, "Du har lämnat tillbaka", "Olet palauttanut", "You have brought back");
WORD(borrower, "Låntagare: {0}", "Lainaaja: {0}", "Borrower: {0}");
WORD(missing, "saknas", "puuttuu", "missing");
WORD(left_behind,
	"Något blev kvar hos dig: {0}. Lämna det gärna när du har vägarna förbi, så kan nästa "
	"person låna. "
	"Tack för att du har varit rädd om sakerna!",
	"Jotain jäi luoksesi: {0}. Tuo se, kun kuljet ohi, niin seuraava voi lainata. "
	"Kiitos, että pidit tavaroista huolta!",
	"Something was left with you: {0}. Please bring it when you pass by, so that the next "
	"person can "
	"borrow. Thank you for taking care of the things!");
WORD(thanks, "Tack för lånet!", "Kiitos lainasta!", "Thank you for borrowing!");
WORD(bring_to, "Lämna det på {0}.", "Tuo se tänne: {0}.", "Bring it to {0}.");
WORD(questions, "Frågor? Ring {0}.", "Kysyttävää? Soita {0}.", "Questions? Call {0}.");
WORD(call_us, "Frågor? Ring oss", "Kysyttävää? Soita meille", "Questions? Call us");
WORD(price_list, "Priserna är ur prislista {0}, som gäller från {1}.",
	"Hinnat ovat hinnastosta {0}, joka on voimassa alkaen {1}.",
	"The prices are from price list {0}, which counts from {1}.");

struct coded {
	const char *code;
	struct say say;
};

static const struct coded identities[] = {
	{"id_card", {"id_card", {"id-kort", "henkilökortti", "identity card"}}},
	{"driving_licence", {"driving_licence", {"körkort", "ajokortti", "driving licence"}}},
	{"passport", {"passport", {"pass", "passi", "passport"}}},
	{"residence_card", {"residence_card", {"uppehållstillståndskort", "oleskelulupakortti",
						      "residence permit card"}}},
	{"known", {"known", {"känd av personalen", "henkilökunnan tuntema", "known to the staff"}}},
	{"none", {"none", {"inte visad", "ei esitetty", "not shown"}}},
};
static const struct coded signers[] = {
	{"self", {"self", {"låntagaren själv", "lainaaja itse", "the borrower"}}},
	{"relative", {"relative", {"anhörig", "omainen", "a relative"}}},
	{"representative", {"representative", {"ombud", "edustaja", "a representative"}}},
	{"guardian", {"guardian", {"god man eller förvaltare", "edunvalvoja", "a guardian"}}},
};

static const struct say *find_coded(const struct coded *list, size_t n, const char *code)
{
	for (size_t i = 0; code && i < n; i++) {
		if (strcmp(list[i].code, code) == 0)
			return &list[i].say;
	}
	return NULL;
}

const struct say *inv_identity_say(const char *code)
{
	return find_coded(identities, sizeof(identities) / sizeof(identities[0]), code);
}

const struct say *inv_signer_say(const char *code)
{
	return find_coded(signers, sizeof(signers) / sizeof(signers[0]), code);
}
