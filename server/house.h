/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * server: main(): subcommands, configuration, wiring, signals, timers; no rules of its own.
 *
 * The house is everything opened and wired together. `hylla serve` opens it with its workers;
 * every other command opens the same house without them, beside the running server, since
 * several processes may have the store open.
 */
#ifndef SERVER_HOUSE_H
#define SERVER_HOUSE_H

#include "base/conf.h"
#include "net/net.h"
#include "settings/settings.h"
#include "web/web.h"

struct house {
	const char *dir; /* the data directory */
	struct conf *conf;
	struct store *st;
	struct settings *settings;
	struct certs *certs;
	struct people *people;
	struct inv *inv;
	struct mdm *mdm;
	struct apns *apns; /* NULL unless with_workers */
	struct net *net;   /* what we ask of others */
	struct web *web;
	struct arena *arena; /* for what lives as long as the house */
};

/* Every key of hylla.conf. */
extern const struct conf_key house_conf_keys[];
/* "data" in the current directory, or HYLLA_DATA, or /var/lib/hylla when it is there. */
const char *house_default_dir(void);
const char *house_conf_path(struct arena *a, const char *dir);

/* Reads the configuration alone; problems go to stderr. */
int house_conf_load(const char *dir, const char *const *overrides, struct conf **ret) MUST_CHECK;
/* Opens all of it. On an error says on stderr what and what to do. */
int house_open(const char *dir, const char *const *overrides, bool with_workers,
	struct house *ret) MUST_CHECK;
/* The store alone: no key is read. */
int house_open_store(const char *dir, struct house *ret) MUST_CHECK;
/* Behind that: certs and people too, if the sealing key is there; says nothing. */
bool house_unseal(struct house *h);
/* house_take.c. By the server alone, since an older one may still run beside a command line that was
 * just installed: no older program has the store from now on; its old tables go; the clock is seen. */
int house_take(struct store *st) MUST_CHECK;
/* What this program keeps besides is made once, of a store that is its own. */
int house_renew(struct store *st) MUST_CHECK;
/* The rooms that copy settings get them anew. */
void house_apply(struct house *h);
void house_close(struct house *h);
AUTO_RELEASE(house, house_close)

/* --- what `hylla init` makes --- */
#define HOUSE_TLS_DAYS 825 /* of a server certificate: Apple refuses longer ones */
struct house_plan {
	const char *dir;
	const char *organisation;
	const char *contact; /* whom pages and papers tell people to ask; NULL: nobody yet */
	const char *device_url;   /* what the iPads call */
	const char *public_url;   /* in the links of surveys; NULL: none yet */
	unsigned port; /* iPads here, staff at the next, the public at the one after; 0: as it is by itself */
	const char *const *hosts; /* names and addresses in the server certificate, NULL-ended */
	const char *account;      /* first account, "it" */
};
/* The directory, configuration, sealing key, store, CA, server certificate and first account;
 * the one-time password lands in the arena. ERR_EXISTS when there is a store already. A half-made
 * directory of an interrupted call is finished by the next one. */
int house_establish(const struct house_plan *plan, int64_t now, struct arena *a,
	const char **ret_password) MUST_CHECK;

/* --- the running server --- */
struct serve_options {
	const char *dir;
	const char *const *overrides; /* "section.key=value", NULL-ended */
	int ready_fd; /* a line "ready" is written here once requests are answered; -1: none */
};
/* Runs until SIGTERM or SIGINT; SIGHUP reads certificates again. The exit status. */
int serve(const struct serve_options *o);

#endif
