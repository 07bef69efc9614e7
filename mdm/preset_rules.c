/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions that a consultant can ask beside the senior, and what an iPad is set to by the
 * answers. The answers tell of a person's health: they are read, and not kept; what is kept is how
 * the iPad is set.
 */
#include "mdm/mdm_int.h"

enum question { SMALL_TEXT, READ_ALOUD, COLOURS, MAGNIFIER, HANDS, DIZZY, HEARING };

#define ASK(id_, some_, sv_, fi_, en_)                                                  \
	{                                                                               \
		.id = (id_), .some = (some_), .say = { "preset." id_, {sv_, fi_, en_} } \
	}
const struct mdm_preset_question mdm_preset_questions[] = {
	ASK("small_text", true, "Läser hen liten text?", "Lukeeko hän pientä tekstiä?",
		"Do they read small print?"),
	ASK("read_aloud", false, "Behöver hen få det som står på skärmen uppläst?",
		"Tarvitseeko hän näytön tekstin luettuna ääneen?",
		"Do they need what is on the screen read aloud?"),
	ASK("colours", false, "Har hen svårt att skilja ljus text eller färger från bakgrunden?",
		"Onko hänen vaikea erottaa vaaleaa tekstiä tai värejä taustasta?",
		"Is light text or colour hard for them to tell from the background?"),
	ASK("magnifier", false, "Använder hen förstoringsglas till vardags?",
		"Käyttääkö hän suurennuslasia arjessa?",
		"Do they use a magnifying glass day to day?"),
	ASK("hands", false, "Har hen skakiga händer eller svårt att träffa rätt på skärmen?",
		"Vapisevatko hänen kätensä tai onko osuminen näyttöön vaikeaa?",
		"Do they have shaky hands, or find it hard to hit the right spot?"),
	ASK("dizzy", false, "Blir hen yr av saker som rör sig på skärmen?",
		"Huimaako häntä, kun asiat liikkuvat näytöllä?",
		"Do things that move on the screen make them dizzy?"),
	ASK("hearing", true, "Hör hen bra?", "Kuuleeko hän hyvin?", "Do they hear well?"),
	{.id = NULL},
};

static const struct say pair_hearing_aids = {"preset.by_hand.hearing_aids",
	{"Koppla hörapparaten: Inställningar > Hjälpmedel > Hörapparater.",
		"Yhdistä kuulolaite: Asetukset > Käyttöapu > Kuulolaitteet.",
		"Pair the hearing aid: Settings > Accessibility > Hearing Devices."}};
static const struct say mono_sound = {"preset.by_hand.mono",
	{"Slå på monoljud: Inställningar > Hjälpmedel > Ljud och bild.",
		"Kytke mono-ääni: Asetukset > Käyttöapu > Ääni ja kuva.",
		"Switch on mono audio: Settings > Accessibility > Audio & Visual."}};
static const struct say captions = {"preset.by_hand.captions",
	{"Slå på undertexter: Inställningar > Hjälpmedel > Undertexter.",
		"Kytke tekstitykset: Asetukset > Käyttöapu > Tekstitykset.",
		"Switch on captions: Settings > Accessibility > Subtitles & Captioning."}};
static const struct say learn_voice_over = {"preset.by_hand.voice_over",
	{"Öva VoiceOver tillsammans: alla gester ändras. Sidoknappen tre gånger slår av och på.",
		"Harjoitelkaa VoiceOveria yhdessä: kaikki eleet muuttuvat. Sivupainikkeen kolme "
		"painallusta kytkee sen päälle ja pois.",
		"Practise VoiceOver together: every gesture changes. The side button three times "
		"switches it on and off."}};

static void by_hand(struct mdm_preset *p, const struct say *s)
{
	size_t i = 0;

	while (p->by_hand[i])
		i++;
	if (i + 1 < sizeof(p->by_hand) / sizeof(p->by_hand[0]))
		p->by_hand[i] = s;
}

static void sight_decide(const enum mdm_answer_word *x, struct mdm_preset *p)
{
	if (x[SMALL_TEXT] == MDM_ANSWER_SOME)
		p->text_size = 7;
	if (x[SMALL_TEXT] == MDM_ANSWER_NO) {
		p->text_size = 10;
		p->bold = true;
	}
	if (x[COLOURS] == MDM_ANSWER_YES) {
		p->contrast = true;
		p->reduce_transparency = true;
		p->bold = true;
	}
	p->zoom = x[MAGNIFIER] == MDM_ANSWER_YES;
	if (x[READ_ALOUD] == MDM_ANSWER_YES) {
		p->voice_over = true;
		by_hand(p, &learn_voice_over);
	}
}

void mdm_preset_decide(
	const enum mdm_answer_word answers[MDM_PRESET_QUESTIONS], struct mdm_preset *ret)
{
	struct mdm_preset p = {.text_size = -1};

	sight_decide(answers, &p);
	p.touch = answers[HANDS] == MDM_ANSWER_YES;
	p.reduce_motion = answers[DIZZY] == MDM_ANSWER_YES;
	if (answers[HEARING] == MDM_ANSWER_SOME || answers[HEARING] == MDM_ANSWER_NO) {
		by_hand(&p, &pair_hearing_aids);
		by_hand(&p, &mono_sound);
	}
	if (answers[HEARING] == MDM_ANSWER_NO)
		by_hand(&p, &captions);
	*ret = p;
}

static void set_if(struct doc *d, const char *key, bool on, bool *some)
{
	if (on)
		doc_set_bool(d, key, true);
	*some |= on;
}

const char *mdm_preset_spec(struct arena *a, const struct mdm_preset *p)
{
	AUTO(buf) struct buf b = BUF_INIT(1024);
	struct doc *d = doc_new(a);
	bool some = p->text_size >= 0;

	doc_set_str(d, "type", "accessibility");
	if (p->text_size >= 0)
		doc_set_int(d, "text_size", p->text_size);
	set_if(d, "bold", p->bold, &some);
	set_if(d, "contrast", p->contrast, &some);
	set_if(d, "reduce_motion", p->reduce_motion, &some);
	set_if(d, "reduce_transparency", p->reduce_transparency, &some);
	set_if(d, "touch", p->touch, &some);
	set_if(d, "voice_over", p->voice_over, &some);
	set_if(d, "zoom", p->zoom, &some);
	doc_format(d, &b);
	return some ? arena_strdup(a, buf_str(&b)) : NULL;
}
