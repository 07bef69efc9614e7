/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * web: what staff and programs reach over HTTP: accounts, sign-in, tokens, pages, the JSON API.
 *
 * Words. Account: a person of the staff, with roles. Token: a long random word a program or a
 * signed-in person sends as "Authorization: Bearer"; only its hash is kept. Session: a token whose
 * word is a browser's cookie. Form token: what proves that a form comes from a page that was given
 * to this session. Place: a network an account signed in from. Role: what one may.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "apns/apns.h"
#include "http/http.h"
#include "inventory/circulation.h"
#include "inventory/inventory.h"
#include "net/net.h"
#include "people/people.h"
#include "settings/settings.h"

enum web_role {
	WEB_IT = 1,        /* enrols, commands, everything of the machines */
	WEB_KONSULENT = 2, /* hands out, marks lost, found, returned */
	WEB_BIBLIOTEK = 4, /* items in and out */
	WEB_ADMIN = 8,     /* accounts, raw commands */
	WEB_READER = 16    /* looks */
};
/* "it konsulent" and back; ERR_BADINPUT names no role. */
int web_roles_parse(const char *s, uint32_t *ret) MUST_CHECK;
void web_roles_format(uint32_t roles, struct buf *out);
/* The duties that those roles bring with them, as struct inv_act takes them. */
unsigned web_duties(uint32_t is);

struct web_account {
	const char *name; /* key: lower case, 2 to 32 of a-z 0-9 . - _ */
	uint32_t roles;
	const char *password_hash;
	bool one_time; /* the password must be changed at first sign-in */
	int64_t made_at, changed_at, closed_at, signed_in_at;
	uint32_t wrong_count; /* in a row, from places it never signed in from: throttles those */
	int64_t wrong_at;
	const char *given_by; /* who made it or reset its password last */
	int64_t given_at;
	uint32_t lang; /* enum say_lang and one; 0: not chosen */
	int64_t totp_reset_at; /* its second step was taken away, and nobody has told it yet */
	const char *totp_reset_by;
	bool by_provider;             /* may sign in by the provider */
	const char *issuer, *subject; /* who it is there; NULL: nobody is bound yet */
	uint32_t guided; /* roles whose first visit was put away */
	const char *pin_hash; /* for the shared desk; NULL: none */
	int64_t pin_at;
	struct bytes unknown;
};
int web_account_get(struct store_txn *txn, struct arena *a, const char *name,
	struct web_account *ret) MUST_CHECK;
int web_account_list(
	struct store_txn *txn, struct arena *a, struct web_account **ret, size_t *ret_n) MUST_CHECK;
/* Makes an account with a one-time password (told only now, in the arena). */
int web_account_add(struct store *st, const struct audit_who *who, const char *name, uint32_t roles,
	int64_t now, struct arena *a, const char **ret_password, struct refusal *r) MUST_CHECK;
int web_account_set_roles(struct store *st, const struct audit_who *who, const char *name,
	uint32_t roles, int64_t now, struct refusal *r) MUST_CHECK;
/* A new one-time password; ends the account's tokens. */
int web_account_reset(struct store *st, const struct audit_who *who, const char *name, int64_t now,
	struct arena *a, const char **ret_password, struct refusal *r) MUST_CHECK;
/* Its phone is gone: without a second step until it sets up a new one. Ends its tokens, and the
 * account is told. */
int web_account_totp_reset(struct store *st, const struct audit_who *who, const char *name,
	int64_t now, struct refusal *r) MUST_CHECK;
int web_account_close(struct store *st, const struct audit_who *who, const char *name, int64_t now,
	struct refusal *r) MUST_CHECK;
/*
 * Checks a password. A one-time one needs `new_password` (12 characters or more), or is let through
 * for a session that can do nothing but choose one. Wrong ones are throttled by place: where the
 * account has signed in before it has tries of its own, and all other places share theirs, so that
 * a stranger cannot lock out whom it belongs to.
 */
struct web_sign_in {
	const char *name, *password;
	const char *new_password; /* NULL: keeps the one it has */
	const char *peer;         /* the network address; NULL: the server's own command line */
	bool one_time_ok;         /* a one-time password will do; ret->one_time tells */
	int64_t now;
};
int web_sign_in(struct store *st, const struct web_sign_in *ask, struct arena *a,
	struct web_account *ret, struct refusal *r) MUST_CHECK;
/* The first password of its own, for whoever came in by a one-time one; ends its tokens. */
int web_password_first(
	struct store *st, const struct web_sign_in *ask, struct refusal *r) MUST_CHECK;

enum web_stage {
	WEB_STAGE_FULL = 0,
	WEB_STAGE_CODE /* the password was right, the second step is still asked for */
};
struct web_token {
	const char *id;      /* short public id */
	const char *account; /* whose; or NULL for a program */
	const char *note;
	uint32_t roles;
	int64_t made_at, expires_at, closed_at;
	int64_t used_at; /* to the hour; of a browser to the minute */
	const char *made_by;
	bool browser;      /* its word is a cookie: forms need their token, and it ends when idle */
	const char *agent; /* what browser, roughly: "Firefox, Windows" */
	uint32_t stage;    /* enum web_stage */
	bool provider;     /* signed in by the provider */
	const char *subject, *sid; /* the provider's names of the person and of its session */
	struct bytes id_token;     /* sealed; for ending that session */
	const char *station; /* where; NULL for programs */
	int64_t full_at;     /* signed in with all that it takes */
	int64_t locked_at;   /* opens by PIN; 0: not locked by anybody */
	uint32_t pin_wrong;
	bool by_pin; /* opened by one since the full sign-in */
	uint32_t areas;  /* of the API (web_areas_parse); 0: all */
	bool read_only;
	bool elsewhere; /* ended: another browser showed its cookie */
	struct bytes unknown;
};
/* "items loans", and back; ERR_BADINPUT: none, or one that is not known. */
#define WEB_AREAS_KNOWN "items loans people devices mailings statistics settings accounts audit"
int web_areas_parse(const char *s, uint32_t *ret) MUST_CHECK;
void web_areas_format(uint32_t areas, struct buf *out);
/* What a token needs to be at an address: areas, all of them, and more than reading. */
#define WEB_AREA_OWN (1u << 31) /* one's own sign-in: open to every token */
struct web_need {
	uint32_t areas; /* 0: closed to whatever is narrowed */
	bool writes;
};
struct web_need web_route_need(const struct http_route *r);
/* When a token of this last day, or of this span, ends; 0: neither was said. */
int web_token_end(const char *until, const char *life, int64_t now, int64_t *ret,
	struct refusal *r) MUST_CHECK;
/* ret_word is told only now. */
int web_token_add(struct store *st, const struct audit_who *who, const struct web_token *want,
	int64_t now, struct arena *a, struct web_token *ret, const char **ret_word) MUST_CHECK;
int web_token_list(
	struct store_txn *txn, struct arena *a, struct web_token **ret, size_t *ret_n) MUST_CHECK;
int web_token_close(
	struct store *st, const struct audit_who *who, const char *id, int64_t now) MUST_CHECK;

struct web_mail { /* how mail leaves the house; host NULL: it does not */
	const char *host, *user, *password_path, *from;
	unsigned port;
	uint32_t security;           /* enum net_mail_tls */
	const char *const *alarm_to; /* NULL-ended, or NULL */
	const char *const *looks_to; /* without settings (tests): of the care zone */
	enum say_lang lang;
};
struct web_oidc_options { /* a provider to sign in at; issuer NULL or "": none */
	const char *issuer, *client;
	const char *secret_path; /* file with the client's secret; "": it has none */
	const char *url;         /* how browsers reach the staff's side, without a slash at the end */
	const char *name;        /* on the button */
	const char *scopes;      /* NULL: "openid profile" */
	const char *name_claim, *roles_claim;
	const char *const *roles; /* "it=group", NULL-ended; NULL: roles are the account's own */
	const char *const *domains; /* of names that may be bound; NULL-ended; NULL: any */
	bool create;              /* an account is made at the first sign-in */
	uint32_t local_roles;     /* who may sign in by password beside it */
};
struct web_listener_cert {
	const char *name, *path; /* path NULL: the list ends before */
};
struct web_options {
	struct store *st;
	struct certs *certs;
	struct mdm *mdm;
	struct inv *inv;
	struct people *people;
	struct apns *apns;
	const char *device_url;
	struct settings *settings; /* NULL (tests): what follows counts, and mail.alarm_to and .lang */
	const struct conf *conf;   /* shown, never its secrets; NULL: nothing is */
	const char *organisation;  /* whose pages these are; NULL: nobody's */
	const char *contact; /* a telephone number, e-mail address or words; NULL or "": none */
	struct net *net;     /* NULL: nothing leaves the house */
	struct web_mail mail;
	struct web_oidc_options oidc;
	struct web_listener_cert certs_of[4]; /* whose ends the lifeguard watches */
};
struct web;
/* Whether such a provider can be asked at all; also for none. */
bool web_oidc_options_ok(const struct web_oidc_options *o);
int web_open(const struct web_options *o, struct web **ret) MUST_CHECK;
void web_close(struct web *w);
/* The thread that mails alarms and delivers webhooks; web_stop() also stops the net. */
int web_start(struct web *w) MUST_CHECK;
void web_stop(struct web *w);
struct http_routes web_routes(struct web *w);      /* the API, and what is for everyone */
struct http_routes web_page_routes(struct web *w); /* the staff's pages */
/* inv_locate_confirm() for people with accounts: refuses when the asker's or the confirmer's
 * password was given out by a colleague within a day, who then could be both. One who is root on
 * the server's command line is believed. */
int web_locate_confirm(struct web *w, const struct inv_act *act, struct refusal *r,
	char ret_uuid[MDM_UUID]) MUST_CHECK;
/* Pages and error pages for browsers; the web must outlive the server. They are made here, and not
 * when the web opens: each command of the command line would wait for them. */
int web_pages_set(struct web *w, struct http_options *o) MUST_CHECK;
/* The admit function of HTTP_STAFF; ctx is struct web *. Sets rq->who to struct web_caller. */
struct web_caller {
	struct audit_who who;
	uint32_t roles;
	uint32_t areas; /* its token is narrowed to these; 0: all */
	bool read_only; /* and to that */
	const char *account; /* NULL: a program's token */
	const char *token_id;
	bool browser;           /* came by cookie */
	bool one_time;          /* its password is one: it may only choose another */
	bool held;              /* for that or another reason it may do one thing only */
	bool by_pin;            /* its session was opened by one: not for what two people decide */
	bool locked, over;      /* its session is: what it sent is kept, and nothing is done */
	bool ended;             /* somebody ended it, and who it was is to be proven: nothing is done */
	int64_t lock_s;         /* idle for so long it locks; 0: it does not */
	int64_t totp_reset_at;  /* to be told of it; 0: no */
	const char *totp_reset_by;
	const char *form_token; /* what its forms must hold; NULL for programs */
	const struct web_call *call; /* from the command line; else NULL */
};
int web_admit_staff(struct http_request *rq, void *ctx);
/* Who is signed in, for the frame round an address that is nobody's; nothing is let in by it. */
void web_admit_look(struct http_request *rq, struct web *w);
/* The admit function for when the body is there: a browser's form holds its session's token. */
int web_admit_form(struct http_request *rq, void *ctx);

/* The API, called by the command line for somebody whom it has admitted. What the handler answers,
 * a refusal too, is in `ret`; an error is one before that: ERR_NOTFOUND, no such row. */
struct web_call {
	const char *method, *target; /* "/api/v1/holds?product=ipad", escaped */
	struct bytes body;
	enum say_lang lang;
	int64_t now;
	const struct audit_who *who;
	uint32_t roles;
	const char *account; /* NULL: nobody has said a password */
	/* What a field of the body is called there, for refusals ("--from"); or NULL. */
	const char *(*field_name)(void *ctx, const char *field);
	void *ctx;
};
int web_call(struct web *w, const struct web_call *call, struct arena *a,
	struct http_called *ret) MUST_CHECK;

/* A text of the catalogues in po/. NULL: no such key. May hold {{names}}. */
const char *web_text(enum say_lang lang, const char *key);
/* The same documents for the API and for `--json` on the command line. */
int web_device_doc(struct web *w, struct store_txn *txn, const char *code, struct doc *d,
	struct arena *a, enum say_lang lang, int64_t now) MUST_CHECK;
/* mdm_promise(), a "why" in each of its rights, and {"unwatched":[…]}: what is never asked because
 * it would watch, said plainly. */
void web_promise_doc(struct doc *d, enum say_lang lang);
void web_unit_doc(const struct inv_unit *u, struct doc *d, enum say_lang lang);
/* With the sentence that says why it has not run yet. */
int web_command_add_doc(struct web *w, struct store_txn *txn, const struct mdm_command *c,
	struct doc *d, struct arena *a, enum say_lang lang, int64_t now) MUST_CHECK;
void web_loan_full_doc(const struct inv_loan_full *f, struct doc *d, enum say_lang lang);
void web_loan_row_doc(const struct inv_loan_row *r, struct doc *d, enum say_lang lang);
void web_event_doc(const struct inv_event *e, struct doc *d);
void web_task_doc(const struct inv_task *t, struct doc *d);
/* With the unit's state and what is advised; the unit is read in the transaction. */
int web_return_doc(struct store_txn *txn, const struct inv_return *r, struct doc *d,
	struct arena *a, enum say_lang lang, int64_t now) MUST_CHECK;
void web_import_doc(const struct inv_import_report *r, struct doc *d);
void web_audit_doc(const struct audit_record *x, struct doc *d);
/* Beside its codes the words for them: actor_text, via_text, act_text, detail_text. (audit_face.c) */
void web_audit_words(
	struct arena *a, enum say_lang lang, const struct audit_record *x, struct doc *row);
/* The acts by what they concern: [{"id","name","current","acts":[{"id","name","current"}]}]. */
void web_audit_choices(enum say_lang lang, struct arena *a, const char *chosen, struct doc *list);
void web_account_doc(const struct web_account *u, struct doc *d);
void web_token_doc(const struct web_token *t, struct doc *d);
void web_session_doc(const struct web_token *t, struct doc *d);
/* Apple's device assignment: how it stands, one device, the Activation Lock of ours (nothing when
 * there never was one). */
void web_ade_doc(const struct mdm_ade_state *s, enum say_lang lang, struct arena *a, struct doc *d);
void web_ade_device_doc(
	const struct mdm_ade_device *v, enum say_lang lang, struct arena *a, struct doc *d);
int web_activation_doc(struct store_txn *txn, const char *serial, enum say_lang lang,
	struct arena *a, struct doc *d) MUST_CHECK;
/* What an iPad reports of itself, item by item in words: "report" of its document. */
void web_report_doc(
	const struct mdm_report *x, struct doc *d, struct arena *a, enum say_lang lang);
void web_invitation_doc(const struct mdm_invitation *i, struct doc *d);
void web_bypass_doc(const struct mdm_bypass *b, struct doc *d);
void web_location_doc(const struct mdm_location *l, struct doc *d);
/* A command as the API and the command line write it: {"request":"DeviceLock","message":…}.
 * Binary members are Base64. ERR_BADINPUT with the field's name in ret_bad. */
int web_ask_parse(
	struct arena *a, const struct doc *d, struct mdm_ask *ret, const char **ret_bad) MUST_CHECK;

/* --- groups and sets: codes may be item numbers --- */
enum web_set_what {
	WEB_GROUP_ADD,
	WEB_GROUP_RENAME,
	WEB_GROUP_REMOVE,
	WEB_MEMBER_IN,
	WEB_MEMBER_OUT,
	WEB_ITEM_PUT,
	WEB_ITEM_REMOVE,
	WEB_DESIRED_AGAIN,
	WEB_DESIRED_MOVE
};
struct web_set_act {
	enum web_set_what what;
	const struct audit_who *who;
	int64_t now;
	const char *group, *title; /* an item of no group is the iPad's own: codes[0] */
	const char *const *codes;
	size_t code_n;
	struct mdm_item item; /* kind, id, spec, priority, blob */
};
int web_set_act(struct web *w, const struct web_set_act *act, struct refusal *r) MUST_CHECK;
void web_group_doc(const struct mdm_group *g, struct doc *d);
/* With its items, and how far a change has come. */
int web_group_whole_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *name,
	enum say_lang lang, struct doc *d) MUST_CHECK;
int web_desired_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *code,
	enum say_lang lang, int64_t now, struct doc *d) MUST_CHECK;
void web_preset_questions_doc(struct doc *d, enum say_lang lang);
int web_preset_answer_parse(const struct mdm_preset_question *q, const char *word,
	enum mdm_answer_word *ret) MUST_CHECK;
void web_preset_doc(struct arena *a, const struct mdm_preset *p, enum say_lang lang, struct doc *d);
/* --- the lifeguard: every date that can silence the fleet --- */
enum web_end {
	WEB_END_PUSH = 1,   /* push certificate: nobody is woken any more */
	WEB_END_PUSH_STOP,  /* Apple refuses it now */
	WEB_END_ADE,        /* device assignment's token: new iPads cannot come */
	WEB_END_ADE_STOP,   /* Apple takes that token no more */
	WEB_END_ADE_STILL,  /* it stands still for another reason: the name is Apple's word for it */
	WEB_END_TERMS,      /* Apple's terms are not signed: the same */
	WEB_END_CA,         /* our CA: every identity ends with it */
	WEB_END_SIGNER,     /* profile signer: profiles cannot be replaced */
	WEB_END_IDENTITIES, /* of one month, or all that were over a year ago */
	WEB_END_TLS,        /* a listener's certificate */
	WEB_END_LEASES,     /* of one month, or all that are past: the lessor may call them back */
	WEB_END_KEEPING,    /* a shorter time of keeping that waits: what is older is gone from then on */
	WEB_END_LICENCE,    /* one that the setting alarm.licences names */
	WEB_END_CLOCK,      /* the clock has leapt: what time asks for waits until then */
	WEB_ENDS
};
enum web_light { WEB_GREEN = 0, WEB_AMBER, WEB_RED, WEB_OVER };
struct web_deadline {
	enum web_end what;
	const char *name; /* which of them: "device", "2027-03"; "" when there is one */
	int64_t at;
	uint64_t ipads;       /* that fall silent then */
	const char **serials; /* the first of them, where they are single ones */
	size_t serial_count;
};
enum web_light web_light_decide(const struct web_deadline *d, int64_t now);
const char *web_light_name(enum web_light l);
const char *web_end_name(enum web_end what); /* "push_certificate" */
/* What has been said of a deadline rises in steps as it comes nearer, 0: nothing yet. The last is
 * for what is over. */
#define WEB_ALARM_STEPS 7
unsigned web_alarm_step(const struct web_deadline *d, int64_t now);
/* What it is; what happens then; what to do. */
const struct say *web_end_title(enum web_end what);
const struct say *web_end_effect(enum web_end what);
const struct say *web_end_remedy(enum web_end what);
/* "On 1 March 2027 these 12 iPads go silent, unless …" in the arena. */
const char *web_deadline_sentence(
	struct arena *a, const struct web_deadline *d, enum say_lang lang, int64_t now);
/* All of the next five years, soonest first; quick in a fleet of any size. Reads files and the store: never inside a
 * transaction. */
int web_deadlines_get(struct web *w, struct arena *a, int64_t now, struct web_deadline **ret,
	size_t *ret_n) MUST_CHECK;
void web_lifeguard_doc(struct arena *a, const struct web_deadline *list, size_t n,
	enum say_lang lang, int64_t now, struct doc *d);
/* The gauges hylla_deadline_seconds; when somebody reads /metrics. */
void web_lifeguard_measure(struct web *w, int64_t now);
/* Mails what has come a step nearer and was not told yet, and remembers it. Blocks for as long as
 * the mail server takes. ERR_UNSUPPORTED: nobody is to be mailed. */
int web_alarm_round(struct web *w, int64_t now) MUST_CHECK;
/* Is there a mail server, and somebody to be mailed? */
bool web_mail_leaves(struct web *w);
/* A mail to those who get alarms; 0 when one of them has it. */
int web_mail_tell(struct web *w, const char *subject, const char *text, int64_t now) MUST_CHECK;
/* One mail to those who get alarms, or to `to`; for `hylla mail test`. */
int web_mail_test(struct web *w, const char *to, int64_t now) MUST_CHECK;

/* --- moving in from another server --- */
struct web_move {
	const struct audit_who *who;
	const char *source;
	bool preview, take_good_rows;
	struct mdm_move_profile profile;
	struct mdm_move_set set;
	struct arena *arena;
	enum say_lang lang;
	int64_t now;
	const char *field, *bad; /* what could not be read: a member of the document, and of it */
};
/* What is to move: {"source","profile","enrolments":[{"authenticate","token_update",…}]}, or
 * "database" (MicroMDM's) or "dump" (of a NanoMDM's) instead of enrolments; see docs/API.md.
 * ERR_UNSUPPORTED: the profile is signed; ERR_BADINPUT: see v->field. */
int web_move_read(struct web_move *v, const struct doc *d) MUST_CHECK;
/* Moves them, all or none, and tells it: moved, refused, preview, push_certificate. ERR_REFUSED:
 * nothing was done; the document says why not, as does `r` where it was not for single ones. */
int web_move_run(
	struct web *w, struct web_move *v, struct doc *report, struct refusal *r) MUST_CHECK;

/* --- webhooks --- */
struct web_hook {
	const char *id, *url, *note;
	const char *topics;           /* patterns with blanks between, "mdm.* item.*"; "" is all */
	struct bytes secret;          /* sealed */
	uint64_t audit_seq, news_seq; /* how far it has followed */
	uint64_t posts;               /* made so far */
	bool results;                 /* what iPads answer goes with it, less what may not */
	bool calls;                   /* so do calls that end nothing: Idle and NotNow */
	uint64_t waiting, dead;       /* of them: still to be delivered; given up and kept */
	bool counted;                 /* these two are right; those of before them were counted once */
	int64_t made_at, paused_at;
	const char *made_by;
	int64_t delivered_at, failed_at;
	const char *failure;
	struct bytes unknown;
};
struct web_hook_ask {
	const char *url, *topics, *note;
	bool results, calls;
};
/* Begins with what happens from now on. Its secret is told only now. */
int web_hook_add(struct web *w, const struct audit_who *who, const struct web_hook_ask *ask,
	int64_t now, struct arena *a, const char **ret_id, const char **ret_secret,
	struct refusal *r) MUST_CHECK;
int web_hook_get(
	struct store_txn *txn, struct arena *a, const char *id, struct web_hook *ret) MUST_CHECK;
int web_hook_list(
	struct store_txn *txn, struct arena *a, struct web_hook **ret, size_t *ret_n) MUST_CHECK;
enum web_hook_act { WEB_HOOK_PAUSE, WEB_HOOK_RESUME, WEB_HOOK_REMOVE, WEB_HOOK_AGAIN, WEB_HOOK_TEST };
/* WEB_HOOK_AGAIN sends its dead letters again; WEB_HOOK_TEST one event of the topic "hook.test". ERR_NOTFOUND. */
int web_hook_act(struct web *w, const struct audit_who *who, const char *id, enum web_hook_act act,
	int64_t now) MUST_CHECK;
void web_hook_doc(const struct web_hook *h, struct doc *d);
/* What a newer program keeps besides what an older one did; before anybody else writes. */
int web_layout_renew(struct store *st) MUST_CHECK;
/* What waits and what is dead, at most `most`, behind number `after`. */
int web_hook_posts_doc(struct store_txn *txn, struct arena *a, const char *id, uint64_t after,
	size_t most, struct doc *d) MUST_CHECK;
/* What mdm is to call for events. Without a web, no open page hears which iPads have spoken. */
struct mdm_events web_news_events(struct web *w);
/* Lost or stolen. Neither message nor phone: the house's words for its screen. */
int web_lost(struct web *w, const struct inv_act *act, bool stolen, const struct inv_mark *words,
	struct refusal *r) MUST_CHECK;

/* A line of a thing's history in words; and of a command ("InstallMedia acknowledged Handbok") its
 * parts. */
const char *web_event_say(struct arena *a, enum say_lang lang, const struct inv_event *e);
/* What stands beside a line: words of the program's own as people say them, or somebody's. */
const char *web_note_say(struct arena *a, enum say_lang lang, const char *text);
struct web_command_words {
	const char *what, *outcome, *title; /* the last two or NULL */
};
const char *web_command_say(
	struct arena *a, enum say_lang lang, const char *text, struct web_command_words *ret);

/* --- mailings --- */
struct web_mailing_ask {
	const struct audit_who *who;
	int64_t now;
	struct mdm_mailing want;
	const char *code; /* the one iPad, instead of want.group */
};
int web_mailing_kind_parse(const char *s, uint32_t *ret) MUST_CHECK;
int web_mailing_add(struct web *w, const struct web_mailing_ask *ask, struct arena *a,
	struct refusal *r, struct mdm_mailing *ret) MUST_CHECK;
/* Checks it and tells whom it reaches: soon, silent, lost, away, stranger. Changes nothing. */
int web_mailing_look(struct web *w, const struct web_mailing_ask *ask, struct arena *a,
	struct refusal *r, struct doc *d) MUST_CHECK;
/* A book that no mailing and no set uses; see mdm_media_remove(). */
int web_media_remove(struct web *w, const struct audit_who *who, const char *id, int64_t now,
	struct refusal *r) MUST_CHECK;
/* Another file for the same mailing; see mdm_mailing_file(). Judged as at the first upload. */
struct web_mailing_file {
	const struct audit_who *who;
	const char *id, *name;
	struct bytes content;
	int64_t now;
};
int web_mailing_file(struct web *w, const struct web_mailing_file *ask, struct arena *a,
	struct refusal *r) MUST_CHECK;
int web_mailing_file_undo(struct web *w, const struct audit_who *who, const char *id, int64_t now,
	struct refusal *r) MUST_CHECK;
int web_mailing_withdraw(struct web *w, const struct audit_who *who, const char *id, int64_t now,
	struct refusal *r) MUST_CHECK;
void web_media_doc(const struct mdm_media *x, struct doc *d);
void web_mailing_doc(const struct mdm_mailing *x, struct doc *d);
/* With a page of its recipients. */
int web_mailing_whole_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *id,
	const char *after, size_t most, enum say_lang lang, int64_t now, struct doc *d) MUST_CHECK;

int web_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
