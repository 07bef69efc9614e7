/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening the house: each room in the order of the layers, and the wires between them. */
#include "server/house.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "base/xml.h"
#include "print/print.h"
#include "inventory/circulation.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *house_default_dir(void)
{
	const char *dir = getenv("HYLLA_DATA");

	if (!text_empty(dir))
		return dir;
	if (access("/var/lib/hylla/hylla.conf", F_OK) == 0)
		return "/var/lib/hylla";
	return "data";
}

const char *house_conf_path(struct arena *a, const char *dir)
{
	return arena_printf(a, "%s/hylla.conf", dir);
}

static int tell(int err, const char *what, const char *advice)
{
	fprintf(stderr, "hylla: %s: %s\n", what, err_name(err));
	if (advice)
		fprintf(stderr, "hylla: %s\n", advice);
	return err;
}

int house_conf_load(const char *dir, const char *const *overrides, struct conf **ret)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf problem = BUF_INIT(65536);
	AUTO(conf) struct conf *c = NULL;
	int err = conf_load(house_conf_keys, house_conf_path(a, dir), &problem, &c);

	if (err == ERR_NOTFOUND)
		return tell(err, house_conf_path(a, dir),
			access(arena_printf(a, "%s/hylla.mdb", dir), F_OK) == 0
				? "the store is here and its settings are not: put the "
				  "copies of hylla.conf and seal.key beside it"
				: "there is no Hylla here yet: make one with `hylla init --data DIR`");
	for (size_t i = 0; err == 0 && overrides && overrides[i]; i++)
		err = conf_override(c, overrides[i], &problem);
	if (err) {
		fprintf(stderr, "%s", buf_str(&problem));
		return err;
	}
	*ret = TAKE(c);
	return 0;
}

/* A file named in the configuration is relative to the data directory. */
static const char *path_in(const struct house *h, const char *section, const char *key)
{
	const char *name = conf_str(h->conf, section, key);

	if (text_empty(name) || name[0] == '/')
		return name;
	return arena_printf(h->arena, "%s/%s", h->dir, name);
}

/* A restore loses what came since the backup, so it is advised only where nothing else helps. */
static const char *store_advice(int err)
{
	switch (err) {
	case ERR_NEWER:
		return "this store was written by a newer Hylla: install that version again";
	case ERR_DENIED:
		return "all in this directory must belong to the user who runs Hylla (a command "
		       "run as root may have left hylla.mdb-lock): chown -R it to that user";
	case ERR_NOTFOUND:
		return "hylla.mdb is not there: is this the right directory, and its disk "
		       "mounted? `hylla init` makes a new one, `hylla restore` brings back a "
		       "backup";
	case ERR_CORRUPT:
		return "the store cannot be opened: copy the whole directory aside; then `hylla "
		       "restore` brings back a backup";
	case ERR_BUSY:
		return "`hylla restore` is under way here, or too many commands run at once";
	default:
		return "the store cannot be opened: see that the disk is whole and has room";
	}
}

static int open_store(struct house *h)
{
	/* where nobody chose, the store takes less address space if there is less */
	struct store_options o = {
		.map_bytes = conf_is_set(h->conf, "store", "map_gib")
				     ? (uint64_t)conf_int(h->conf, "store", "map_gib") << 30
				     : 0,
	};
	int err = store_open(h->dir, &o, &h->st);

	if (err)
		return tell(err, h->dir, store_advice(err));
	store_sealer_set(h->st, &rec_blind); /* until there are certs, and for who needs none */
	return 0;
}

static const char *seal_advice(int err)
{
	switch (err) {
	case ERR_CRYPTO:
		return "this sealing key is not the one the store was sealed with; put the right "
		       "file back";
	case ERR_DENIED:
		return "the sealing key must belong to the user who runs Hylla, and nobody else "
		       "may read it: chmod 600";
	case ERR_NOTFOUND:
		return "the sealing key or the CA is missing: put the key file's copy back, or "
		       "finish a `hylla init` that was cut short";
	default:
		return "the sealing key cannot be read";
	}
}

static int open_certs(struct house *h)
{
	struct cert_options o = {
		.seal_key_path = path_in(h, "store", "seal_key"),
		.identity_life_s = conf_int(h->conf, "mdm", "identity_life"),
		.refuse_old_algorithms = conf_bool(h->conf, "mdm", "refuse_old_algorithms"),
	};
	int err = certs_open(h->st, &o, &h->certs);

	return err ? tell(err, o.seal_key_path, seal_advice(err)) : 0;
}

static int open_people(struct house *h)
{
	int err = people_open(h->st, h->certs, &h->people);

	return err ? tell(err, "people", NULL) : 0;
}

static const char *text_or_null(const char *s)
{
	return text_empty(s) ? NULL : s;
}

/* The words of a list setting, NULL-ended; NULL when there is none. */
static const char *const *list_of(struct house *h, const char *section, const char *key)
{
	const char *const *list = conf_list(h->conf, section, key);

	return list && list[0] ? list : NULL;
}

static int open_settings(struct house *h)
{
	int err = settings_open(h->st, h->conf, &h->settings);

	return err ? tell(err, "settings", NULL) : 0;
}

static struct mdm_ade_options ade_options(struct house *h)
{
	const struct settings *s = h->settings;

	return (struct mdm_ade_options){
		.url = conf_str(h->conf, "ade", "url"),
		.unlock_url = conf_str(h->conf, "ade", "unlock_url"),
		.root_path = text_or_null(path_in(h, "ade", "root")),
		.device_ca_path = text_or_null(path_in(h, "ade", "device_ca")),
		.sync_every_s = settings_int(s, SETTING_ADE_SYNC),
		.answer_time_s = conf_int(h->conf, "ade", "answer_time"),
		.await_limit_s = settings_int(s, SETTING_ADE_AWAIT),
		.profile_name = conf_str(h->conf, "ade", "profile_name"),
		.department = settings_str(s, SETTING_ADE_DEPARTMENT),
		.support_phone = settings_str(s, SETTING_ADE_PHONE),
		.support_email = settings_str(s, SETTING_ADE_EMAIL),
		.skip = list_of(h, "ade", "skip"),
		.minimum_os = text_or_null(settings_str(s, SETTING_ADE_MINIMUM_OS)),
	};
}

/* What is printed from invented data says so. */
static const struct say invented = {.text = {"DEMONSTRATION – alla personer är påhittade",
					    "ESITTELY – kaikki henkilöt ovat keksittyjä",
					    "DEMONSTRATION – all persons are invented"}};

static int stamp_in(struct store_txn *txn, void *arg)
{
	bool demo;
	int err = inv_demo_get(txn, &demo);

	(void)arg;
	if (err == 0 && demo)
		print_stamp_set(&invented);
	return err;
}

static struct mdm_options mdm_options_of(struct house *h)
{
	const struct settings *s = h->settings;

	return (struct mdm_options){
		.device_url = conf_str(h->conf, "device", "url"),
		.organisation = settings_str(s, SETTING_ORGANISATION),
		.profile_id = conf_str(h->conf, "mdm", "profile_id"),
		.challenge_life_s = settings_int(s, SETTING_CHALLENGE_LIFE),
		.renew_before_s = settings_int(s, SETTING_RENEW_BEFORE),
		.renew_per_hour = (unsigned)settings_int(s, SETTING_RENEW_PER_HOUR),
		.sign_profiles = conf_bool(h->conf, "mdm", "sign_profiles"),
		.trust_ca_in_profile = conf_bool(h->conf, "mdm", "trust_ca_in_profile"),
		.contact = settings_str(s, SETTING_CONTACT),
		.ade = ade_options(h),
		.public_url = conf_str(h->conf, "public", "url"),
		.quiet = settings_str(s, SETTING_QUIET),
		.allow_apps = settings_bool(s, SETTING_ALLOW_APPS),
		.reports = settings_bool(s, SETTING_REPORTS),
	};
}

void house_apply(struct house *h)
{
	const struct mdm_options o = mdm_options_of(h);

	mdm_options_set(h->mdm, &o);
}

static int open_mdm(struct house *h)
{
	const struct mdm_options o = mdm_options_of(h);
	struct mdm_events ev;
	int err = inv_open(h->st, NULL, &h->inv);

	if (err == 0)
		err = house_renew(h->st);
	if (err == 0)
		err = store_read(h->st, stamp_in, NULL);
	if (err)
		return tell(err, "inventory", NULL);
	ev = inv_mdm_events(h->inv);
	err = mdm_open(h->st, h->certs, h->apns, &o, &ev, &h->mdm);
	if (err)
		return tell(err, "mdm", NULL);
	inv_set_mdm(h->inv, h->mdm);
	inv_set_certs(h->inv, h->certs);
	inv_set_people(h->inv, h->people);
	err = store_is_older(h->st) ? 0 : mdm_layout_renew(h->mdm);
	return err ? tell(err, "mdm", NULL) : 0;
}

static int start_apns(struct house *h)
{
	const char *root = path_in(h, "apns", "root");
	struct apns_options o = {
		.host = conf_str(h->conf, "apns", "host"),
		.port = (unsigned)conf_int(h->conf, "apns", "port"),
		.root_path = text_empty(root) ? NULL : root,
		.streams = (unsigned)conf_int(h->conf, "apns", "streams"),
	};
	int err = apns_start(h->st, h->certs, &o, NULL, &h->apns);

	return err ? tell(err, "apns", NULL) : 0;
}

static int open_net(struct house *h)
{
	const char *trust = path_in(h, "net", "trust"), *proxy = conf_str(h->conf, "net", "proxy");
	struct net_options o = {
		.trust_path = text_empty(trust) ? NULL : trust,
		.proxy = text_empty(proxy) ? NULL : proxy,
		.inside = conf_list(h->conf, "net", "inside"),
	};
	int err = net_open(&o, &h->net);

	return err ? tell(err, "net", "see the settings proxy, trust and inside of [net]") : 0;
}

static int read_mail(const struct house *h, struct web_mail *ret)
{
	static const char *const words[] = {[NET_MAIL_STARTTLS] = "starttls",
		[NET_MAIL_TLS] = "tls",
		[NET_MAIL_PLAIN] = "plain"};
	const char *security = conf_str(h->conf, "mail", "security");
	unsigned i = 0;

	while (i < 3 && !text_equal(security, words[i]))
		i++;
	if (i == 3)
		return tell(ERR_BADINPUT, "mail.security", "it is one of starttls, tls, plain");
	*ret = (struct web_mail){
		.host = conf_str(h->conf, "mail", "host"),
		.port = (unsigned)conf_int(h->conf, "mail", "port"),
		.security = i,
		.user = conf_str(h->conf, "mail", "user"),
		.password_path = path_in(h, "mail", "password_file"),
		.from = conf_str(h->conf, "mail", "from"),
	};
	return 0;
}

/* The certificates the listeners use; the last stays empty. */
static void list_certs(const struct house *h, struct web_listener_cert list[4])
{
	static const char *const sides[] = {"device", "staff", "public"};
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *path = path_in(h, sides[i], "tls_cert");

		if (!text_empty(path) && !text_empty(conf_str(h->conf, sides[i], "listen")))
			list[n++] = (struct web_listener_cert){sides[i], path};
	}
}

/* What the settings say of a provider; an issuer that is empty is none. */
static int read_oidc(struct house *h, struct web_oidc_options *ret)
{
	const char *local = conf_str(h->conf, "oidc", "local_roles");
	struct web_oidc_options o = {
		.issuer = conf_str(h->conf, "oidc", "issuer"),
		.client = conf_str(h->conf, "oidc", "client_id"),
		.secret_path = path_in(h, "oidc", "client_secret_file"),
		.url = conf_str(h->conf, "oidc", "url"),
		.name = conf_str(h->conf, "oidc", "name"),
		.scopes = text_or_null(conf_str(h->conf, "oidc", "scopes")),
		.name_claim = conf_str(h->conf, "oidc", "name_claim"),
		.roles_claim = conf_str(h->conf, "oidc", "roles_claim"),
		.roles = list_of(h, "oidc", "roles"),
		.domains = list_of(h, "oidc", "domains"),
		.create = conf_bool(h->conf, "oidc", "create_accounts"),
	};

	if (text_equal(local, "all"))
		o.local_roles = UINT32_MAX;
	else if (!text_equal(local, "none") && web_roles_parse(local, &o.local_roles) != 0)
		return tell(ERR_BADINPUT, "oidc.local_roles",
			"it is all, none, or some of it, konsulent, bibliotek, admin, reader");
	*ret = o;
	return web_oidc_options_ok(&o)
		       ? 0
		       : tell(ERR_BADINPUT, "oidc",
				 "issuer and url are https addresses (http on this machine alone), "
				 "client_id is needed, roles are written role=group");
}

static int open_web(struct house *h)
{
	struct web_options o = {
		.st = h->st,
		.certs = h->certs,
		.mdm = h->mdm,
		.inv = h->inv,
		.people = h->people,
		.apns = h->apns,
		.device_url = conf_str(h->conf, "device", "url"),
		.settings = h->settings,
		.conf = h->conf,
		.net = h->net,
	};
	struct mdm_events ev;
	int err = read_mail(h, &o.mail);

	if (err == 0)
		err = read_oidc(h, &o.oidc);
	list_certs(h, o.certs_of);
	if (err == 0)
		err = web_open(&o, &h->web);
	if (err)
		return tell(err, "web", NULL);
	ev = web_news_events(h->web);
	mdm_listen(h->mdm, &ev);
	return 0;
}

static int set_process(struct house *h, bool with_workers)
{
	enum log_level level;

	if (clock_set_zone(conf_str(h->conf, "server", "zone")) != 0)
		return tell(ERR_BADINPUT, "server.zone", "a name like Europe/Stockholm is needed");
	if (log_level_parse(conf_str(h->conf, "server", "log"), &level) != 0)
		return tell(ERR_BADINPUT, "server.log", "it is one of error, warn, info, debug");
	if (mdm_ade_skips_sim(list_of(h, "ade", "skip")))
		return tell(ERR_BADINPUT, "ade.skip",
			"SIMSetup is not skipped: iPads with cellular get their eSIM there");
	/* The command line speaks for itself; its log would only be noise beside it. */
	if (with_workers)
		log_set_level(level);
	xml_init();
	return 0;
}

static int take_store(struct house *h)
{
	int err = house_take(h->st);

	return err ? tell(err, h->dir, store_advice(err)) : 0;
}

static int open_rooms(struct house *h, bool with_workers)
{
	int err = set_process(h, with_workers);

	if (err == 0)
		err = open_store(h);
	if (err == 0)
		err = open_certs(h); /* before anything is written: words are sealed */
	if (err == 0 && with_workers)
		err = take_store(h);
	if (err == 0)
		err = open_settings(h);
	if (err == 0)
		err = open_people(h);
	if (err == 0 && with_workers)
		err = start_apns(h);
	if (err == 0)
		err = open_mdm(h);
	if (err == 0)
		err = open_net(h);
	if (err == 0 && with_workers)
		err = mdm_ade_start(h->mdm, h->net);
	if (err == 0)
		err = open_web(h);
	if (err == 0 && with_workers)
		err = web_start(h->web);
	return err;
}

int house_open_store(const char *dir, struct house *ret)
{
	AUTO(house) struct house h = {.arena = arena_new()};
	int err;

	h.dir = arena_strdup(h.arena, dir);
	err = house_conf_load(dir, NULL, &h.conf);
	if (err == 0)
		err = set_process(&h, false);
	if (err == 0)
		err = open_store(&h);
	if (err)
		return err;
	*ret = h;
	h = (struct house){0};
	return 0;
}

bool house_unseal(struct house *h)
{
	const struct cert_options o = {.seal_key_path = path_in(h, "store", "seal_key")};

	return certs_open(h->st, &o, &h->certs) == 0 &&
	       people_open(h->st, h->certs, &h->people) == 0;
}

int house_open(const char *dir, const char *const *overrides, bool with_workers, struct house *ret)
{
	AUTO(house) struct house h = {.arena = arena_new()};
	int err;

	h.dir = arena_strdup(h.arena, dir);
	err = house_conf_load(dir, overrides, &h.conf);
	if (err == 0)
		err = open_rooms(&h, with_workers);
	if (err)
		return err;
	*ret = h;
	h = (struct house){0};
	return 0;
}

void house_close(struct house *h)
{
	/* The workers first: they call into the rooms below them only. */
	if (h->net)
		net_stop(h->net);
	web_stop(h->web);
	mdm_ade_stop(h->mdm);
	apns_stop(h->apns, 5);
	web_close(h->web);
	mdm_close(h->mdm);
	inv_close(h->inv);
	people_close(h->people);
	net_close(h->net);
	certs_close(h->certs);
	settings_close(h->settings);
	store_close(h->st);
	conf_free(h->conf);
	arena_free(h->arena);
	*h = (struct house){0};
}
