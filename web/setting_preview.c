/* SPDX-License-Identifier: EUPL-1.2 */
/* What a change of a setting would do, counted where it can be. */
#include "web/setting_int.h"

#include "base/day.h"
#include "base/text.h"
#include "inventory/agreement.h"
#include "web/pin_int.h"

#define COUNT_MOST 10000

#define SAY(name, code, sv, fi, en) static const struct say name = {code, {sv, fi, en}}

SAY(say_at_once, "setting.would-at-once", "Gäller genast, utan omstart.",
	"Voimassa heti, ilman uudelleenkäynnistystä.", "Counts at once, without a restart.");
SAY(say_everywhere, "setting.would-everywhere",
	"Syns genast på alla sidor och på det som skrivs ut. Det som redan är underskrivet ändras "
	"inte.",
	"Näkyy heti kaikilla sivuilla ja tulosteissa. Jo allekirjoitettu ei muutu.",
	"Seen at once on all pages and on what is printed. What is signed already does not change.");
SAY(say_forgotten, "setting.would-forget",
	"{0} underskrivna avtal glöms den dagen. Det går sedan inte att ångra.",
	"{0} allekirjoitettua sopimusta unohdetaan sinä päivänä. Sitä ei voi sen jälkeen perua.",
	"{0} signed agreements are forgotten on that day. After it that cannot be undone.");
SAY(say_waits, "setting.would-wait",
	"Ändringen väntar en vecka och gäller från {1:when}. Till dess syns den här och bland "
	"gallringens regler, och den kan tas tillbaka av vilken administratör som helst.",
	"Muutos odottaa viikon ja tulee voimaan {1:when}. Siihen asti se näkyy täällä ja poiston "
	"säännöissä, ja kuka tahansa järjestelmänvalvoja voi perua sen.",
	"The change waits for a week and counts from {1:when}. Until then it is seen here and among "
	"the rules of erasing, and any administrator can take it back.");
SAY(say_none_forgotten, "setting.would-forget-none", "Inget avtal glöms nu av ändringen.",
	"Muutos ei unohda yhtään sopimusta nyt.", "No agreement is forgotten now by this change.");
SAY(say_retimed, "setting.would-retime",
	"Avtal för avslutade lån får sin nya dag, räknad från dagen då lånet avslutades.",
	"Päättyneiden lainojen sopimukset saavat uuden päivän lainan päättymisestä laskettuna.",
	"Agreements of closed loans get their new day, counted from the day the loan was closed.");
SAY(say_drafts, "setting.would-drafts", "Gäller avtal som görs från och med nu.",
	"Koskee tästä lähtien tehtäviä sopimuksia.", "Counts for agreements made from now on.");
SAY(say_accounts, "setting.would-two-step",
	"{0} konton måste ställa in tvåstegsinloggning innan de kan arbeta vidare.",
	"{0} tunnuksen on otettava kaksivaiheinen kirjautuminen käyttöön ennen kuin työ jatkuu.",
	"{0} accounts must set up two-step sign-in before they can work on.");
SAY(say_sessions, "setting.would-lock", "{0} öppna inloggningar låses eller avslutas genast.",
	"{0} avointa istuntoa lukittuu tai päättyy heti.",
	"{0} open sessions are locked or ended at once.");
SAY(say_quiet_now, "setting.would-quiet",
	"Just nu är det tyst tid: {0} utskick som pågår väntar med nya iPads.",
	"Juuri nyt on hiljainen aika: {0} käynnissä olevaa lähetystä odottaa.",
	"It is quiet time just now: {0} mailings under way wait with further iPads.");
SAY(say_loud_now, "setting.would-loud",
	"Just nu är det inte tyst tid: {0} utskick som pågår går vidare.",
	"Juuri nyt ei ole hiljainen aika: {0} käynnissä olevaa lähetystä jatkuu.",
	"It is not quiet time just now: {0} mailings under way go on.");
SAY(say_renewals, "setting.would-renew",
	"{0} identiteter till ska förnyas nu, högst {1} i timmen.",
	"{0} henkilöllisyyttä lisää uusitaan nyt, enintään {1} tunnissa.",
	"{0} more identities are to be renewed now, at most {1} an hour.");
SAY(say_alarms, "setting.would-alarm",
	"{0} adresser får larm. Det som redan är sagt sägs inte om; pröva med ”hylla mail test”.",
	"{0} osoitetta saa hälytykset. Jo kerrottua ei toisteta; kokeile ”hylla mail test”.",
	"{0} addresses get alarms. What was told is not told again; try `hylla mail test`.");
SAY(say_no_alarms, "setting.would-alarm-none",
	"Ingen får larm. Datum som tystar iPads märks bara av den som öppnar Livvakten.",
	"Kukaan ei saa hälytyksiä. Päivämäärät näkee vain se, joka avaa sivun itse.",
	"Nobody gets alarms. Only who opens the lifeguard sees the dates that silence iPads.");
SAY(say_profile, "setting.would-ade",
	"Apples profil görs om, och {0} tilldelade iPads får den nya för nästa installation.",
	"Applen profiili tehdään uudelleen, ja {0} liitettyä iPadia saa sen seuraavaan asennukseen.",
	"Apple's profile is made anew, and {0} assigned iPads get it for their next set-up.");
SAY(say_apps, "setting.would-apps",
	"Nya kommandon som för med sig appar vägras. De som redan står i kö går ut.",
	"Uudet sovelluksia tuovat komennot evätään. Jonossa jo olevat lähtevät.",
	"New commands that bring apps are refused. Those in line already go out.");

SAY(say_profiles, "setting.would-profiles",
	"{0} anslutna iPads har namnet i sin anslutningsprofil. Det byts när profilen förnyas.",
	"{0} liitetyssä iPadissa nimi on liitosprofiilissa. Se vaihtuu, kun profiili uusitaan.",
	"{0} enrolled iPads have the name in their enrolment profile. It changes when that is renewed.");
SAY(say_shown, "setting.would-show",
	"Högst {0} iPads visar det i något som en grupp ger dem. De får det nya när de hör av sig.",
	"Enintään {0} iPadia näyttää sen jossakin ryhmän antamassa. Ne saavat uuden, kun ne ottavat "
	"yhteyttä.",
	"At most {0} iPads show it in something that a group gives them. They get the new one when "
	"they call.");
SAY(say_not_shown, "setting.would-show-none", "Ingenting som en grupp ger sina iPads visar det.",
	"Mikään ryhmän iPadeille antama ei näytä sitä.", "Nothing that a group gives its iPads shows it.");

static void tell(struct web_setting_look *l, const struct say *say, int64_t count, const char *more)
{
	const char *number = arena_printf(l->a, "%lld%s", (long long)count,
		count >= COUNT_MOST ? "+" : "");
	const struct refusal r = {.say = say, .arg = {number, more}};
	struct doc *d = doc_add_object(l->list);

	doc_set_str(d, "code", say->code);
	if (strstr(say->text[SAY_EN], "{0}"))
		doc_set_int(d, "count", count);
	doc_set_str(d, "text", refusal_text(l->a, l->lang, &r));
}

static int64_t number_of(const struct web_setting_look *l)
{
	int64_t n = 0;
	const char *kept;
	struct refusal r;

	if (setting_value_decide(l->a, l->x, l->next, &kept, &n, &r) != 0)
		return 0;
	return n;
}

static int64_t now_of(const struct web_setting_look *l)
{
	return settings_int(l->w->o.settings, l->x);
}

/* --- keeping --- */

static int look_shorter(struct web_setting_look *l)
{
	const int64_t at = l->now + SETTING_WAIT_S;
	char day[DAY_TEXT];
	size_t n = 0;
	int err = inv_agreement_count_due(l->txn, number_of(l), at, &n);

	if (err)
		return err;
	tell(l, &say_waits, 0, day_format(day_of_time(at), day));
	tell(l, n ? &say_forgotten : &say_none_forgotten, (int64_t)n, NULL);
	return 0;
}

static int look_agreements(struct web_setting_look *l)
{
	int err = 0;

	if (number_of(l) < now_of(l))
		err = look_shorter(l);
	else
		tell(l, &say_none_forgotten, 0, NULL);
	if (err == 0)
		tell(l, &say_retimed, 0, NULL);
	return err;
}

static int look_drafts(struct web_setting_look *l)
{
	tell(l, &say_drafts, 0, NULL);
	return 0;
}

/* --- signing in --- */

static int look_two_step(struct web_setting_look *l)
{
	struct web_account *u;
	uint32_t roles = 0;
	int64_t count = 0;
	size_t n;
	int err = *l->next ? web_roles_parse(l->next, &roles) : 0;

	if (err == 0)
		err = web_account_list(l->txn, l->a, &u, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct web_totp x;

		if (u[i].closed_at || !(u[i].roles & roles) || u[i].subject)
			continue;
		err = web_totp_get(l->txn, l->a, u[i].name, &x);
		count += err == 0 && x.on_at == 0;
	}
	if (err == 0)
		tell(l, &say_accounts, count, NULL);
	return err;
}

static bool would_close(const struct web_setting_look *l, const struct web_token *t,
	const struct web_sign_in_rules *now, bool has_pin)
{
	struct web_sign_in_rules next = *now;

	if (l->x == SETTING_LOCK_MINUTES)
		next.lock_s = (uint32_t)number_of(l) * 60;
	else
		next.shift_s = (uint32_t)number_of(l) * 3600;
	return web_session_state(t, has_pin, now, l->now) == WEB_SESSION_OPEN &&
	       web_session_state(t, has_pin, &next, l->now) != WEB_SESSION_OPEN;
}

static int look_sessions(struct web_setting_look *l)
{
	struct web_sign_in_rules now;
	struct web_token *t;
	int64_t count = 0;
	size_t n;
	int err = web_sign_in_rules_get(l->txn, l->a, &now);

	if (err == 0)
		err = web_token_list(l->txn, l->a, &t, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct web_account u;

		if (!t[i].browser || !t[i].account)
			continue;
		err = web_account_get(l->txn, l->a, t[i].account, &u);
		count += err == 0 && would_close(l, &t[i], &now, u.pin_hash != NULL);
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	if (err == 0)
		tell(l, &say_sessions, count, NULL);
	return err;
}

/* --- iPads --- */

static int look_quiet(struct web_setting_look *l)
{
	const struct store_piece piece = {.a = l->a, .most = 200};
	struct mdm_mailing *x;
	int64_t count = 0;
	size_t n;
	int err = mdm_mailing_list(l->txn, &piece, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		count += x[i].ended_at == 0;
	if (err == 0)
		tell(l, mdm_quiet_now(l->next, l->now) ? &say_quiet_now : &say_loud_now, count,
			NULL);
	return err;
}

static int ends_before(struct web_setting_look *l, int64_t span, size_t *ret)
{
	struct cert_identity *x;

	return cert_identity_expiring(l->txn, l->a, l->now + span, NULL, COUNT_MOST, &x, ret);
}

static int look_renewals(struct web_setting_look *l)
{
	size_t now = 0, next = 0;
	int err = ends_before(l, now_of(l), &now);

	if (err == 0)
		err = ends_before(l, number_of(l), &next);
	if (err == 0)
		tell(l, &say_renewals, next > now ? (int64_t)(next - now) : 0,
			settings_str(l->w->o.settings, SETTING_RENEW_PER_HOUR));
	return err;
}

static int look_alarms(struct web_setting_look *l)
{
	int64_t count = *l->next != '\0';

	for (const char *at = l->next; *at; at++)
		count += *at == ' ';
	tell(l, count ? &say_alarms : &say_no_alarms, count, NULL);
	return 0;
}

static int look_profile(struct web_setting_look *l)
{
	uint64_t n;
	int err = mdm_ade_device_count(l->txn, &n);

	if (err == 0)
		tell(l, &say_profile, (int64_t)n, NULL);
	return err;
}

static int look_apps(struct web_setting_look *l)
{
	tell(l, number_of(l) ? &say_at_once : &say_apps, 0, NULL);
	return 0;
}

static int look_everywhere(struct web_setting_look *l)
{
	tell(l, &say_everywhere, 0, NULL);
	return 0;
}

/* --- what iPads show --- */

#define GROUPS_MOST 500

static int group_shows(struct web_setting_look *l, const char *group, const char *field, bool *ret)
{
	struct mdm_item *item;
	size_t n;
	int err = mdm_item_list(l->w->o.mdm, l->txn, l->a, MDM_OF_GROUP, group, &item, &n);

	*ret = false;
	for (size_t i = 0; err == 0 && i < n; i++)
		*ret |= item[i].spec && strstr(item[i].spec, field);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* At most: one that is in several such groups is counted in each. */
static int count_shown(struct web_setting_look *l, const char *field, uint64_t *ret)
{
	struct mdm_group *g;
	uint64_t all;
	bool shows;
	size_t n;
	int err = mdm_enrolled_count(l->txn, &all);

	*ret = 0;
	if (err == 0)
		err = group_shows(l, MDM_GROUP_ALL, field, &shows);
	if (err == 0)
		err = mdm_group_list(l->txn, STORE_PIECE(l->a, NULL, GROUPS_MOST), &g, &n);
	for (size_t i = 0; err == 0 && !shows && i < n; i++) {
		bool one;

		err = group_shows(l, g[i].name, field, &one);
		*ret += err == 0 && one ? g[i].members : 0;
	}
	if (err == 0 && (shows || *ret > all))
		*ret = all;
	return err;
}

static int look_shown(struct web_setting_look *l, const char *field)
{
	uint64_t n = 0;
	int err = l->w->o.mdm ? count_shown(l, field, &n) : 0;

	if (err == 0)
		tell(l, n ? &say_shown : &say_not_shown, (int64_t)n, NULL);
	return err;
}

static int look_name(struct web_setting_look *l)
{
	uint64_t n;
	int err = mdm_enrolled_count(l->txn, &n);

	if (err)
		return err;
	tell(l, &say_everywhere, 0, NULL);
	tell(l, &say_profiles, (int64_t)n, NULL);
	return look_shown(l, "{organisation}");
}

static int look_phone(struct web_setting_look *l)
{
	tell(l, &say_everywhere, 0, NULL);
	return look_shown(l, "{phone}");
}

int web_setting_look(struct web_setting_look *l)
{
	static int (*const looks[SETTINGS])(struct web_setting_look *) = {
		[SETTING_ORGANISATION] = look_name,
		[SETTING_CONTACT] = look_phone,
		[SETTING_SLIP_WORDS] = look_everywhere,
		[SETTING_QUIET] = look_quiet,
		[SETTING_AGREEMENT_DAYS] = look_agreements,
		[SETTING_DRAFT_DAYS] = look_drafts,
		[SETTING_TWO_STEP] = look_two_step,
		[SETTING_LOCK_MINUTES] = look_sessions,
		[SETTING_SHIFT_HOURS] = look_sessions,
		[SETTING_ALARM_TO] = look_alarms,
		[SETTING_ALLOW_APPS] = look_apps,
		[SETTING_RENEW_BEFORE] = look_renewals,
		[SETTING_ADE_DEPARTMENT] = look_profile,
		[SETTING_ADE_PHONE] = look_profile,
		[SETTING_ADE_EMAIL] = look_profile,
	};

	if (looks[l->x])
		return looks[l->x](l);
	tell(l, &say_at_once, 0, NULL);
	return 0;
}
