/* SPDX-License-Identifier: EUPL-1.2 */
/* The iPads' side: check-in and results, SCEP, the enrolment profile, the revocation list. */
#include "mdm/ade_int.h"
#include "mdm/media_int.h"
#include "mdm/moving_int.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#define CRL_FOR_S 60
#define MDM_BODY_MOST (1 << 20)
#define SCEP_BODY_MOST (64 << 10)
#define MACHINE_INFO_MOST (64 << 10)

static struct metric polls =
	METRIC_COUNTER("hylla_mdm_results_total", "Polls and results taken from iPads");
static struct metric checkins =
	METRIC_COUNTER("hylla_mdm_checkins_total", "Check-in messages taken from iPads");
static struct metric refused =
	METRIC_COUNTER("hylla_mdm_refused_total", "Messages from iPads that were refused");
static struct metric issued =
	METRIC_COUNTER("hylla_scep_issued_total", "Identities issued to iPads");
static struct metric not_issued =
	METRIC_COUNTER("hylla_scep_refused_total", "Requests for an identity that were refused");

/* --- who speaks --- */

static int admit_signature(
	struct http_request *rq, struct mdm *m, const char *header, struct cert_peer *ret)
{
	struct bytes signature;
	int err = text_parse_base64(rq->arena, bytes_of_str(header), &signature);

	return err != 0 ? err : cert_cms_verify(m->certs, signature, rq->body, ret);
}

struct pin_look {
	struct http_request *rq;
	const struct cert_peer *peer;
	uint64_t pins;
	bool count;
};

static int pin_in(struct store_txn *txn, void *arg)
{
	struct pin_look *x = arg;
	const char *udid;

	if (x->count)
		return store_count(txn, MDM_PIN, &x->pins);
	return mdm_pin_get(txn, x->rq->arena, x->peer->fingerprint, &udid);
}

/* One that moved in from another server speaks with that server's certificate till it is renewed:
 * this very certificate was pinned. While there are no pins, nothing is tried. */
static int admit_moved(
	struct http_request *rq, struct mdm *m, const char *header, struct cert_peer *ret)
{
	struct pin_look x = {.rq = rq, .peer = ret, .count = true};
	struct bytes signature;
	int err = store_read(m->st, pin_in, &x);

	if (err == 0 && x.pins == 0)
		return ERR_STRANGER;
	if (err == 0 && header)
		err = text_parse_base64(rq->arena, bytes_of_str(header), &signature);
	if (err == 0)
		err = header ? cert_cms_verify_any(m->certs, signature, rq->body, ret)
			     : cert_peer_any(m->certs, rq->client_cert, ret);
	x.count = false;
	if (err == 0)
		err = store_read(m->st, pin_in, &x);
	return err == ERR_NOTFOUND ? ERR_STRANGER : err;
}

int mdm_admit_device(struct http_request *rq, void *ctx)
{
	struct mdm *m = ctx;
	const char *header = http_header(rq, "Mdm-Signature");
	struct mdm_caller *who = ARENA_NEW(rq->arena, struct mdm_caller);
	int err = ERR_STRANGER;

	if (header)
		err = admit_signature(rq, m, header, &who->peer);
	else if (rq->client_cert.n > 0)
		err = cert_peer_verify(m->certs, rq->client_cert, &who->peer);
	if (err == ERR_CRYPTO && admit_moved(rq, m, header, &who->peer) == 0)
		err = 0;
	if (err != 0) {
		metric_add(&refused, 1);
		log_event(LOG_WARN, "mdm.stranger", "peer=%s proof=%s err=%s", rq->peer,
			header              ? "signature"
			: rq->client_cert.n ? "certificate"
					    : "none",
			err_name(err));
		return err;
	}
	who->now = rq->now;
	rq->who = who;
	return 0;
}

/* --- PUT /mdm --- */

/* `udid` is what the message says; nothing has proved it. */
static int talk_refused(
	struct http_request *rq, const char *what, const char *udid, const char *why, int err)
{
	metric_add(&refused, 1);
	log_event(LOG_WARN, "mdm.refused", "type=%s udid=%s err=%s why=%s", what, udid ? udid : "-",
		err_name(err), why);
	return http_reply_error(rq, err, NULL);
}

/* The word may be in wrong hands, or the iPad was erased without us: a person must look. */
static int talk_held(struct http_request *rq, const struct mdm_checkin *c, const char *why, int err)
{
	metric_add(&refused, 1);
	log_event(LOG_WARN, "mdm.held", "serial=%s udid=%s peer=%s why=%s do=%s", c->serial,
		c->udid, rq->peer, why,
		arena_printf(rq->arena,
			"if it was erased by hand and shall enrol again: hylla enrol profile %s",
			c->serial));
	return http_reply_error(rq, err, NULL);
}

static int talk_checkin(struct http_request *rq, struct mdm *m)
{
	struct mdm_checkin c = {.kind = 0};
	struct mdm_checkin_answer answer = {.status = 0};
	const char *bad = NULL;
	int err = mdm_checkin_parse(rq->body, rq->arena, &c, &bad);

	metric_add(&checkins, 1);
	if (err != 0)
		return talk_refused(rq, "check-in", NULL, bad, err);
	err = mdm_checkin_apply(m, rq->who, &c, rq->arena, &answer);
	if (err != 0 && text_equal(answer.why, MDM_WHY_HELD))
		return talk_held(rq, &c, answer.why, err);
	if (err != 0)
		return talk_refused(rq, c.message_type, c.udid, answer.why, err);
	if (answer.wake)
		mdm_wake(m);
	log_event(LOG_INFO, "mdm.checkin", "type=%s udid=%s status=%d why=%s", c.message_type,
		c.udid, answer.status, answer.why);
	if (answer.body.n == 0)
		return http_reply_empty(rq, answer.status);
	return http_reply(rq, answer.status, answer.json ? "application/json" : "application/xml",
		answer.body);
}

/* Who it says it is: after a restore those who are to enrol again are found by this. */
static int result_refused(struct http_request *rq, int err)
{
	struct mdm_result r;
	const char *udid = mdm_result_parse(rq->body, rq->arena, &r) == 0 ? r.udid : NULL;

	return talk_refused(rq, "result", udid, err == ERR_STRANGER ? "identity" : "-", err);
}

static int talk_result(struct http_request *rq, struct mdm *m)
{
	struct bytes next = {NULL, 0};
	int err = mdm_result_apply(m, rq->who, rq->body, rq->arena, &next);

	metric_add(&polls, 1);
	if (err != 0)
		return result_refused(rq, err);
	if (next.n == 0) /* zero bytes end the session; an empty property list would not */
		return http_reply_empty(rq, 200);
	return http_reply(rq, 200, "application/xml", next);
}

/* A parameter such as charset may follow. */
static bool type_is(const char *sent, const char *type)
{
	size_t n = strlen(type);

	return strncasecmp(sent, type, n) == 0 &&
	       (sent[n] == '\0' || sent[n] == ';' || sent[n] == ' ');
}

static int mdm_http_talk(struct http_request *rq, void *ctx)
{
	const char *type = rq->content_type;

	if (text_empty(type) || type_is(type, "application/x-apple-aspen-mdm"))
		return talk_result(rq, ctx);
	if (type_is(type, "application/x-apple-aspen-mdm-checkin"))
		return talk_checkin(rq, ctx);
	return talk_refused(rq, "-", NULL, "content-type", ERR_UNSUPPORTED);
}

/* --- SCEP, RFC 8894 --- */

static int scep_operate(struct http_request *rq, struct mdm *m, struct bytes message)
{
	struct cert_scep_answer an;
	int err = cert_scep_operate(m->certs, m->st, message, rq->now, rq->arena, &an);

	if (err != 0) {
		metric_add(&not_issued, 1);
		log_event(LOG_WARN, "scep.refused", "peer=%s err=%s", rq->peer, err_name(err));
		return http_reply_error(rq, err, NULL);
	}
	metric_add(an.issued ? &issued : &not_issued, 1);
	log_event(an.issued ? LOG_INFO : LOG_WARN, an.issued ? "scep.issued" : "scep.refused",
		"peer=%s transaction=%s why=%s", rq->peer,
		an.transaction_id ? an.transaction_id : "-", an.why ? an.why : "-");
	return http_reply(rq, 200, "application/x-pki-message", an.body);
}

/* Some clients send the plain alphabet unescaped: here a plus sign is no blank. */
static int scep_message_of_query(struct http_request *rq, struct bytes *ret)
{
	const char *sent = http_query_literal(rq, "message");

	return sent ? text_parse_base64(rq->arena, bytes_of_str(sent), ret) : ERR_BADINPUT;
}

static int mdm_http_scep_get(struct http_request *rq, void *ctx)
{
	struct mdm *m = ctx;
	const char *operation = http_query(rq, "operation");
	struct bytes message;
	int err;

	if (text_equal(operation, "GetCACaps"))
		return http_reply(rq, 200, "text/plain", bytes_of_str(cert_scep_caps(m->certs)));
	if (text_equal(operation, "GetCACert")) /* exactly this type: clients compare it */
		return http_reply(rq, 200, "application/x-x509-ca-cert", cert_ca_der(m->certs));
	if (!text_equal(operation, "PKIOperation"))
		return ERR_BADINPUT;
	err = scep_message_of_query(rq, &message);
	return err != 0 ? err : scep_operate(rq, m, message);
}

static int mdm_http_scep_post(struct http_request *rq, void *ctx)
{
	const char *operation = http_query(rq, "operation");

	if (operation && strcmp(operation, "PKIOperation") != 0)
		return ERR_BADINPUT;
	return scep_operate(rq, ctx, rq->body);
}

/* --- enrolling --- */

static const struct say wrong_place = {"enroll.wrong_place",
	{"Öppna den här adressen i Safari på iPaden som ska anslutas.",
		"Avaa tämä osoite Safarissa sillä iPadilla, joka liitetään.",
		"Open this address in Safari on the iPad that is to be enrolled."}};
static const struct say spent = {"enroll.spent",
	{"Inbjudan har redan använts eller gäller inte längre. Be IT om en ny.",
		"Kutsu on jo käytetty tai ei ole enää voimassa. Pyydä IT:ltä uusi.",
		"This invitation has been used or is no longer valid. Ask IT for a new one."}};
static const struct say unknown = {"enroll.unknown",
	{"Vi känner inte igen adressen. Kontrollera att den är rätt avskriven.",
		"Emme tunnista osoitetta. Tarkista, että se on kirjoitettu oikein.",
		"We do not know this address. Check that it was typed right."}};
static const struct say not_ready = {"enroll.not_ready",
	{"iPads kan inte anslutas än: servern saknar Apples push-certifikat.",
		"iPadeja ei voi vielä liittää: palvelimelta puuttuu Applen push-varmenne.",
		"Enrolling is not possible yet: the server has no push certificate from Apple."}};

/* iPadOS calls itself a Macintosh. */
static bool is_apple(const char *agent)
{
	static const char *const names[] = {"iPad", "iPhone", "Macintosh", "Darwin", "CFNetwork"};

	for (size_t i = 0; agent && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strstr(agent, names[i]))
			return true;
	}
	return false;
}

static bool is_other_browser(struct http_request *rq)
{
	const char *accept = http_header(rq, "Accept");

	return accept && strstr(accept, "text/html") && !is_apple(http_header(rq, "User-Agent"));
}

static int enroll_refused(struct http_request *rq, int err)
{
	const struct say *s = err == ERR_EXPIRED    ? &spent
			      : err == ERR_NOTFOUND ? &unknown
			      : err == ERR_CONFLICT ? &not_ready
						    : NULL;

	log_event(LOG_INFO, "mdm.enroll", "peer=%s err=%s", rq->peer, err_name(err));
	return http_reply_error(
		rq, err == ERR_CONFLICT ? ERR_BUSY : err, s ? say_plain(s, rq->lang) : NULL);
}

static int mdm_http_enroll(struct http_request *rq, void *ctx)
{
	struct mdm *m = ctx;
	struct mdm_invitation inv;
	struct bytes profile;
	int err = mdm_invitation_by_word(m, rq->arena, http_param(rq, "word"), &inv);

	if (err == 0)
		err = mdm_invitation_usable(&inv, rq->now);
	if (err == 0 && is_other_browser(rq))
		return http_reply(rq, 200, "text/plain; charset=utf-8",
			bytes_of_str(say_plain(&wrong_place, rq->lang)));
	if (err == 0)
		err = mdm_profile_make(m,
			&(struct mdm_profile_ask){.invitation = inv.id, .now = rq->now}, rq->arena,
			&profile);
	if (err != 0)
		return enroll_refused(rq, err);
	log_event(LOG_INFO, "mdm.enroll", "peer=%s invitation=%s", rq->peer, inv.id);
	http_reply_header(rq, "Cache-Control", "no-store");
	return http_reply(rq, 200, "application/x-apple-aspen-config", profile);
}

/* --- enrolling by Apple's device assignment --- */

/* iPadOS 17 and later know this word and update by themselves. */
static int ade_update(struct http_request *rq, const struct ade_enrolment *e)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "code", "com.apple.softwareupdate.required");
	doc_set_str(doc_set_object(d, "details"), "OSVersion", e->update_to);
	doc_format(d, &b);
	log_event(LOG_INFO, "ade.update_first", "serial=%s to=%s", e->serial, e->update_to);
	return http_reply(rq, 403, "application/json", arena_bytes(rq->arena, buf_bytes(&b)));
}

static int mdm_http_ade(struct http_request *rq, void *ctx)
{
	struct ade_enrolment e;
	int err = mdm_ade_enrol(ctx, rq->body, rq->now, rq->arena, &e);

	if (err != 0) {
		log_event(LOG_WARN, "ade.enrol", "peer=%s err=%s", rq->peer, err_name(err));
		if (err == ERR_CONFLICT)
			return http_reply_error(rq, ERR_BUSY, say_plain(&not_ready, rq->lang));
		/* not assigned as far as we know: Apple is being asked, so it may come again */
		return err == ERR_STRANGER ? http_reply_error(rq, ERR_BUSY, NULL) : err;
	}
	if (e.update_to)
		return ade_update(rq, &e);
	log_event(LOG_INFO, "ade.enrol", "peer=%s serial=%s", rq->peer, e.serial);
	http_reply_header(rq, "Cache-Control", "no-store");
	return http_reply(rq, 200, "application/x-apple-aspen-config", e.profile);
}

/* --- the revocation list --- */

static int crl_refresh(struct mdm *m, int64_t now, struct arena *a)
{
	struct bytes der;
	int err;

	if (buf_bytes(&m->crl.der).n > 0 && now >= m->crl.made_at &&
		now - m->crl.made_at < CRL_FOR_S)
		return 0;
	err = cert_crl(m->certs, m->st, now, a, &der);
	if (err != 0)
		return err;
	buf_reset(&m->crl.der);
	buf_add_bytes(&m->crl.der, der);
	m->crl.made_at = now;
	return buf_ok(&m->crl.der) ? 0 : ERR_TOOBIG;
}

static int mdm_http_crl(struct http_request *rq, void *ctx)
{
	struct mdm *m = ctx;
	struct bytes der = {NULL, 0};
	int err;

	pthread_mutex_lock(&m->crl.lock);
	err = crl_refresh(m, rq->now, rq->arena);
	if (err == 0)
		der = arena_bytes(rq->arena, buf_bytes(&m->crl.der));
	pthread_mutex_unlock(&m->crl.lock);
	return err != 0 ? err : http_reply(rq, 200, "application/pkix-crl", der);
}

static const struct http_route routes[] = {
	{.method = "PUT",
		.path = "/mdm",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_DEVICE,
		.body_cap = MDM_BODY_MOST,
		.handler = mdm_http_talk,
		.about = "an iPad checks in, polls or brings a result"},
	{.method = "PUT",
		.path = "/checkin",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_DEVICE,
		.body_cap = MDM_BODY_MOST,
		.handler = mdm_http_talk,
		.about = "the same for an iPad that moved in from another server"},
	{.method = "PUT",
		.path = "/mdm/connect",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_DEVICE,
		.body_cap = MDM_BODY_MOST,
		.handler = mdm_http_talk,
		.about = "the same for an iPad that moved in from another server"},
	{.method = "PUT",
		.path = "/mdm/checkin",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_DEVICE,
		.body_cap = MDM_BODY_MOST,
		.handler = mdm_http_talk,
		.about = "the same for an iPad that moved in from another server"},
	{.method = "GET",
		.path = "/scep",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.handler = mdm_http_scep_get,
		.about = "SCEP: GetCACaps, GetCACert, PKIOperation"},
	{.method = "POST",
		.path = "/scep",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.body_cap = SCEP_BODY_MOST,
		.handler = mdm_http_scep_post,
		.about = "SCEP: PKIOperation"},
	{.method = "GET",
		.path = "/enroll/{word}",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.handler = mdm_http_enroll,
		.about = "the enrolment profile of an invitation"},
	{.method = "POST",
		.path = "/ade",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.body_cap = MACHINE_INFO_MOST,
		.handler = mdm_http_ade,
		.about = "the enrolment profile for an iPad that Apple assigned to us"},
	{.method = "GET",
		.path = "/ca.crl",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.handler = mdm_http_crl,
		.about = "the CA's revocation list"},
	{.method = "GET",
		.path = "/declared/{id}/{hash}",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_DEVICE,
		.handler = mdm_http_declared,
		.about = "the profile that a declaration of this iPad carries"},
	{.method = "GET",
		.path = "/m/{word}/{name}",
		.sides = HTTP_DEVICE_SIDE,
		.caller = HTTP_ANYONE,
		.handler = mdm_http_media,
		.unlogged = true,
		.about = "a book of a mailing, whole or a range of it"},
	{.method = "GET",
		.path = "/e/{word}",
		.sides = HTTP_PUBLIC_SIDE,
		.caller = HTTP_ANYONE,
		.handler = mdm_http_link,
		.unlogged = true,
		.about = "the one-time link of a survey"},
	{.method = NULL},
};

struct http_routes mdm_routes(struct mdm *m)
{
	struct metric *const all[] = {&polls, &checkins, &refused, &issued, &not_issued};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		metric_list(all[i]);
	return (struct http_routes){.routes = routes, .ctx = m};
}
