/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A whole Hylla for one test: `hylla init` in a fresh directory, `hylla serve` as a process of its
 * own on free ports, a stand-in for Apple's push service in this process, and the command line
 * beside it, as people use it. What a test asks of it fails the test when it does not happen.
 *
 * The program is $top_builddir/hylla, so that these tests run what is installed.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include "base/doc.h"
#include "base/text.h"
#include "tests/fake/fleet.h"
#include "tests/fake/push_service.h"

#include <criterion/criterion.h>
#include <sys/types.h>

#define FLOW_TYPED 4096

struct flow {
	struct arena *a;
	char dir[64];
	unsigned device_port, staff_port, public_port;
	const char *password; /* one-time, of account "it" */
	const char *token;    /* a program's token with every role */
	const char *topic;
	pid_t server;
	struct push_service *push;
	struct push_service_certificates certs;
	struct client_trust *trust;
	struct fleet *fleet;              /* woken by pushes, when set */
	int64_t clock_shift_s;            /* of the program's clock; set before a start */
	void (*in_child)(struct flow *f); /* in the server's process, before it is the server */
	const char *set[10];              /* settings of this trial, "section.key=value" */
	char log_path[80];                /* what the server wrote */
	const char *typed[FLOW_TYPED];    /* of people, by whoever: see flow_typed() */
	size_t typed_n;
};

/* Everything up: initialised, push certificate imported, server answering. `set` settings may be
 * given before (zero the struct first). */
void flow_start(struct flow *f);
/* SIGTERM; must end with 0; what was typed of people is in the store nowhere as typed; removes the directory */
void flow_stop(struct flow *f);
void flow_server_start(struct flow *f);
void flow_server_stop(struct flow *f); /* SIGTERM and its exit status must be 0 */
void flow_server_kill(struct flow *f); /* SIGKILL */

/* --- the command line --- */
struct flow_said {
	int status;
	const char *out, *err;
};
/* Arguments end with NULL; --data is added. `in` may be NULL. */
struct flow_said flow_run(struct flow *f, const char *in, const char *const *arguments);
#define FLOW_RUN(f, ...) flow_run((f), NULL, (const char *const[]){__VA_ARGS__, NULL})
/* The same; the exit status must be this; returns standard output. */
const char *flow_expect(struct flow *f, int status, const char *const *arguments);
#define FLOW_EXPECT(f, status, ...) \
	flow_expect((f), (status), (const char *const[]){__VA_ARGS__, NULL})
/* With --json; exit status 0; the document. */
struct doc *flow_json(struct flow *f, const char *const *arguments);
#define FLOW_JSON(f, ...) flow_json((f), (const char *const[]){__VA_ARGS__, "--json", NULL})

/* --- the API, on the staff side --- */
struct flow_reply {
	int status;
	const char *head, *body;
	struct doc *doc; /* NULL when it is no JSON object */
};
/* `token` NULL sends none. */
struct flow_reply flow_call(
	struct flow *f, const char *method, const char *path, const char *token, const char *body);
/* Any request over TLS to one of the ports, on a connection of its own. */
struct flow_reply flow_ask(struct flow *f, unsigned port, const struct client_request *rq);
/* With f->token; the status must be this. */
struct doc *flow_api(
	struct flow *f, int status, const char *method, const char *path, const char *body);

/* --- iPads --- */
/* One iPad that trusts our CA; options may be NULL. Owned by the caller. */
struct ipad *flow_ipad(struct flow *f, unsigned number, const struct ipad_options *o,
	void (*shape)(struct ipad_model *m));
/* `hylla enrol profile SERIAL`, and the iPad enrols from it. */
void flow_enrol(struct flow *f, struct ipad *p);
/* The inventory knows it: in stock. */
void flow_own(struct flow *f, const struct ipad *p);
/* All three: ours, enrolled, and told us what it is. */
struct ipad *flow_ours(struct flow *f, unsigned number, const struct ipad_options *o);
const char *flow_serial(const struct ipad *p);

/* The server runs and answers, and `hylla check` finds nothing. */
void flow_expect_well(struct flow *f);
/* None of these words (of five bytes or more) stands in the store's file. (clear.c) */
void flow_expect_sealed(struct flow *f, const char *const *word, size_t n);
/* Somebody typed this into a field, sent to that path: what is of a person is looked for at the end. Done for all that
 * goes through flow_call(), flow_run() and a browser; `body` is JSON or a
 * form. */
void flow_typed(struct flow *f, const char *path, const char *field, const char *value);
void flow_typed_body(struct flow *f, const char *path, const char *body);
/* All that this test typed of people stands neither there nor in the log. */
void flow_expect_nobody(struct flow *f);
/* Between fork and exec: what this trial's program is to find. */
void flow_child_prepare(struct flow *f);
/* A file in the data directory; its path. */
const char *flow_file(struct flow *f, const char *name, const char *text);
/* Polls until fn says true, at most three minutes. */
bool flow_until(bool (*fn)(void *arg), void *arg);
/* Its clock has leapt (clock_shift_s), and is right: waits until it has noticed. */
void flow_clock_confirm(struct flow *f);
/* The server's log so far. */
const char *flow_log(struct flow *f);

#endif
