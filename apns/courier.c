/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The courier: keeps the connection to Apple, carries pushes out and answers back. Two
 * connections at most: the live one, and one that still waits for its last answers after a
 * GOAWAY or a change of certificate.
 */
#include "apns/transport_int.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/random.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A connection that lived this long was a good one: the next attempt need not wait. */
#define GOOD_LIFE_US (60 * 1000000LL)
/* Tries are this far apart when our certificate was refused on connecting: a person must act. */
#define REFUSED_WAIT_US (300 * 1000000LL)

static struct metric connected = METRIC_GAUGE("hylla_apns_connected", "Connected to Apple's push "
								      "service");
static struct metric in_flight = METRIC_GAUGE("hylla_apns_in_flight", "Pushes without an answer "
								      "yet");
static struct metric connects = METRIC_COUNTER("hylla_apns_connects_total", "Connections made to "
									    "Apple's push service");
static struct metric answer_time =
	METRIC_SECONDS("hylla_apns_answer_seconds", "From sending a push to Apple's answer");

struct courier {
	struct apns *ap;
	struct apns_identity *identity;
	struct tls_roots *roots;
	struct transport *live, *old;
	struct apns_list ready; /* from the clerk */
	struct apns_list back;  /* from the connections, not looked at */
	struct apns_list done;  /* for the clerk */
	struct arena *scratch;
	struct buf build;
	bool held; /* our certificate was refused: nothing goes until there is another */
	bool was_open;
	bool stopping;
	int64_t stop_by_us;
	uint32_t attempts; /* to connect, since the last good sign */
	int64_t attempt_at_us, opened_us;
	int64_t identity_us; /* since when it is in use */
	int64_t now_us;
};

/* --- with the clerk --- */

void apns_courier_wake(struct apns *ap)
{
	uint64_t one = 1;

	if (!ap->courier_dozes)
		return;
	ap->courier_dozes = false;
	/* Fails only when it is full, and then it is awake. */
	if (write(ap->wake_fd, &one, sizeof(one)) < 0)
		return;
}

static void identity_take(struct courier *c, struct apns_identity *id)
{
	apns_identity_free(c->identity);
	c->identity = id;
	c->identity_us = clock_mono_us();
	c->held = false;
	c->attempts = 0;
	c->attempt_at_us = 0;
	if (!c->live)
		return;
	/* What was sent under the old certificate is answered there. */
	transport_free(c->old, APNS_ANSWERED);
	c->old = TAKE(c->live);
	transport_drain(c->old);
}

/* Takes what the clerk has put out. */
static void mail_take(struct courier *c)
{
	struct apns *ap = c->ap;
	struct apns_identity *id;

	pthread_mutex_lock(&ap->lock);
	apns_list_append(&c->ready, &ap->ready);
	id = TAKE(ap->identity);
	c->stopping = ap->stopping;
	c->stop_by_us = ap->stop_by_us;
	pthread_mutex_unlock(&ap->lock);
	if (id)
		identity_take(c, id);
}

static bool courier_open(const struct courier *c)
{
	return c->live && transport_state(c->live) == TRANSPORT_OPEN && !c->held && !c->stopping;
}

/* What cannot be sent now goes back: it is still due, and may change meanwhile. */
static void ready_return(struct courier *c)
{
	struct apns_push *p;

	while ((p = apns_list_take(&c->ready))) {
		p->fate = APNS_UNSENT;
		apns_list_add(&c->done, p);
	}
}

static void mail_give(struct courier *c)
{
	struct apns *ap = c->ap;
	bool open = courier_open(c);

	if (!open)
		ready_return(c);
	if (!c->done.n && open == c->was_open)
		return;
	pthread_mutex_lock(&ap->lock);
	apns_list_append(&ap->done, &c->done);
	ap->open = open;
	ap->state.connected = open;
	if (open) {
		ap->state.stopped_by_cert = false;
		ap->standing = (struct apns_standing){.generation = c->identity->push.generation};
	}
	pthread_cond_signal(&ap->changed);
	pthread_mutex_unlock(&ap->lock);
	c->was_open = open;
	metric_set(&connected, open);
}

/* --- connections --- */

/* Doubling, and up to half as much again so that many servers do not come together. */
static int64_t backoff_us(const struct courier *c)
{
	const struct apns_timing *t = &c->ap->timing;
	int64_t us = (int64_t)t->backoff_first * 1000;
	uint32_t n = c->attempts < 16 ? c->attempts : 16;
	uint16_t dice;

	us <<= n ? n - 1 : 0;
	if (us > (int64_t)t->backoff_most * 1000)
		us = (int64_t)t->backoff_most * 1000;
	random_bytes(&dice, sizeof(dice));
	return c->attempts ? us + us * dice / (2 * 65536) : 0;
}

/* `word`: Apple's, which is told of each iPad that waits; `alarm`: the same in more words. */
static void hold_as(struct courier *c, const char *word, const char *alarm)
{
	c->held = true;
	if (c->live)
		transport_drain(c->live);
	apns_alarm(c->ap, alarm, apns_verdict_advice(APNS_BAD_CERT));
	pthread_mutex_lock(&c->ap->lock);
	c->ap->state.stopped_by_cert = true;
	c->ap->standing = (struct apns_standing){c->identity->push.generation, word};
	pthread_mutex_unlock(&c->ap->lock);
}

static void hold(struct courier *c, const char *reason)
{
	const char *word = apns_reason_static(reason);

	hold_as(c, word, word);
}

static void connect_begin(struct courier *c)
{
	const struct apns_options *o = &c->ap->options;
	struct transport_setup s = {
		.tls = {o->host, o->port, c->roots, c->identity->push.cert_pem,
			c->identity->push.key_pem, c->ap->timing.connect_wait},
		.streams = o->streams,
		.timing = c->ap->timing,
		.done = &c->back,
	};

	c->attempts++;
	c->attempt_at_us = c->now_us + backoff_us(c);
	c->opened_us = 0;
	metric_add(&connects, 1);
	c->live = transport_new(&s);
}

/* Where to look when the reason is not the push certificate. */
#define ADVICE_CONNECT                                                                    \
	"pushes wait: see that this machine can reach apns.host and apns.port, and that " \
	"apns.root, if set, holds the other side's root"

static void live_closed(struct courier *c)
{
	const char *reason = transport_goaway_reason(c->live);
	bool refused = transport_cert_refused(c->live);

	log_event(c->opened_us ? LOG_INFO : LOG_WARN, "apns.closed", "why=%s reason=%s",
		transport_why(c->live), reason ? reason : "-");
	if (reason && apns_reason_stops(reason)) {
		hold(c, reason);
	} else if (refused) {
		/* Tried again, slowly: it may have been something between us and Apple. */
		hold_as(c, "TLS", "the push certificate is refused on connecting");
		c->held = false;
		c->attempt_at_us = c->now_us + REFUSED_WAIT_US;
	} else if (c->attempts >= 3) {
		apns_alarm(c->ap, "no connection to Apple's push service", ADVICE_CONNECT);
	}
	if (c->opened_us && c->now_us - c->opened_us > GOOD_LIFE_US)
		c->attempts = 0;
	transport_free(c->live, APNS_ANSWERED);
	c->live = NULL;
}

/* It takes no more pushes: the next one connects while this one hears its last answers. */
static void live_drains(struct courier *c)
{
	const char *reason = transport_goaway_reason(c->live);

	if (reason && apns_reason_stops(reason))
		hold(c, reason);
	log_event(LOG_INFO, "apns.draining", "why=%s reason=%s in_flight=%zu",
		transport_why(c->live), reason ? reason : "-", transport_in_flight(c->live));
	transport_free(c->old, APNS_ANSWERED);
	c->old = TAKE(c->live);
}

static void live_keep(struct courier *c)
{
	if (!c->live) {
		if (c->identity && !c->held && !c->stopping && c->now_us >= c->attempt_at_us)
			connect_begin(c);
		return;
	}
	switch (transport_state(c->live)) {
	case TRANSPORT_CONNECTING:
		break;
	case TRANSPORT_OPEN:
		if (c->opened_us)
			break;
		c->opened_us = c->now_us;
		log_event(LOG_INFO, "apns.connected", "host=%s port=%u topic=%s",
			c->ap->options.host, c->ap->options.port, c->identity->push.topic);
		break;
	case TRANSPORT_DRAINING:
		live_drains(c);
		break;
	case TRANSPORT_CLOSED:
		live_closed(c);
		break;
	}
}

static void old_keep(struct courier *c)
{
	if (!c->old || transport_state(c->old) != TRANSPORT_CLOSED)
		return;
	transport_free(c->old, APNS_ANSWERED);
	c->old = NULL;
}

/* --- pushes --- */

static void feed(struct courier *c)
{
	size_t room = courier_open(c) ? transport_room(c->live) : 0;
	struct apns_push *p;

	while (room > 0 && (p = apns_list_take(&c->ready))) {
		if (apns_request_build(&p->wish, &c->build, p->batch->arena, &p->request)) {
			/* Checked when it was wished: the row is damaged. */
			p->fate = APNS_ANSWERED;
			p->answer = (struct apns_answer){.status = 400, .reason = "PayloadEmpty"};
			apns_list_add(&c->done, p);
			continue;
		}
		transport_push(c->live, p, c->now_us);
		room--;
	}
}

/* Reads the words of a refusal, and acts on what concerns the connection. */
static void answer_read(struct courier *c, struct apns_push *p)
{
	struct apns_answer *an = &p->answer;

	arena_reset(c->scratch);
	an->reason = NULL;
	if (apns_answer_parse(bytes_of(p->body, p->body_n), c->scratch, an) == 0 && an->reason) {
		text_copy(p->reason, sizeof(p->reason), an->reason);
		an->reason = p->reason;
	}
	/* What comes late, of the certificate before, says nothing of this one. */
	if (apns_verdict_decide(an, &p->wish) == APNS_BAD_CERT && !c->held &&
		p->sent_us >= c->identity_us)
		hold(c, an->reason);
	if (text_equal(an->reason, "Shutdown") && c->live)
		transport_drain(c->live);
}

static void answers_read(struct courier *c)
{
	struct apns_push *p;

	while ((p = apns_list_take(&c->back))) {
		apns_list_add(&c->done, p);
		if (p->fate != APNS_ANSWERED || p->answer.status == 0)
			continue;
		c->attempts = 0;
		metric_observe_us(&answer_time, c->now_us - p->sent_us);
		if (p->answer.status != 200)
			answer_read(c, p);
	}
}

/* --- the round --- */

static int64_t wake_us(const struct courier *c)
{
	int64_t at = INT64_MAX;

	if (c->live)
		at = transport_wake_us(c->live);
	else if (c->identity && !c->held && !c->stopping)
		at = c->attempt_at_us;
	if (c->old && transport_wake_us(c->old) < at)
		at = transport_wake_us(c->old);
	if (c->stopping && c->stop_by_us < at)
		at = c->stop_by_us;
	return at;
}

/* True: sleep; false: the clerk has put something out meanwhile. */
static bool doze_begin(struct apns *ap, const struct courier *c)
{
	bool doze;

	pthread_mutex_lock(&ap->lock);
	doze = !ap->ready.n && !ap->identity && ap->stopping == c->stopping && !c->back.n;
	ap->courier_dozes = doze;
	pthread_mutex_unlock(&ap->lock);
	return doze;
}

static void pollfd_set(struct pollfd *p, const struct transport *t)
{
	*p = (struct pollfd){.fd = t ? transport_fd(t) : -1};
	if (p->fd >= 0)
		p->events = transport_poll_events(t);
}

static void wait_for_something(struct courier *c)
{
	struct pollfd pfd[3] = {{.fd = c->ap->wake_fd, .events = POLLIN}};
	int64_t ms = (wake_us(c) - clock_mono_us() + 999) / 1000;
	uint64_t woken;

	pollfd_set(&pfd[1], c->live);
	pollfd_set(&pfd[2], c->old);
	if (!doze_begin(c->ap, c))
		ms = 0;
	ms = ms < 0 ? 0 : ms > 60000 ? 60000 : ms;
	if (poll(pfd, 3, (int)ms) < 0 && errno != EINTR)
		log_event(LOG_ERROR, "apns.poll", "errno=%d", errno);
	if (pfd[0].revents && read(c->ap->wake_fd, &woken, sizeof(woken)) < 0 && errno != EAGAIN)
		log_event(LOG_ERROR, "apns.wake", "errno=%d", errno);
}

static bool finished(const struct courier *c)
{
	size_t n = (c->live ? transport_in_flight(c->live) : 0) +
		   (c->old ? transport_in_flight(c->old) : 0);

	metric_set(&in_flight, (int64_t)n);
	return c->stopping && (n == 0 || c->now_us >= c->stop_by_us);
}

static void step(struct courier *c)
{
	c->now_us = clock_mono_us();
	if (c->live)
		transport_step(c->live, c->now_us);
	if (c->old)
		transport_step(c->old, c->now_us);
	answers_read(c);
	live_keep(c);
	old_keep(c);
	feed(c);
	if (c->live)
		transport_flush(c->live);
	if (c->old)
		transport_flush(c->old);
	mail_give(c);
}

void *apns_courier_run(void *arg)
{
	struct apns *ap = arg;
	struct courier c = {.ap = ap,
		.roots = tls_roots_new(ap->options.root_path),
		.scratch = arena_new(),
		.build = {.limit = APNS_BODY_MAX + 1024, .secret = true}};

	metric_list(&connected);
	do {
		mail_take(&c);
		step(&c);
		if (!finished(&c))
			wait_for_something(&c);
	} while (!finished(&c));
	/* Sent but not answered: the rows stay due, and a second push does no harm. */
	transport_free(c.live, APNS_UNSENT);
	transport_free(c.old, APNS_UNSENT);
	c.live = c.old = NULL;
	answers_read(&c);
	mail_give(&c);
	apns_identity_free(c.identity);
	tls_roots_free(c.roots);
	arena_free(c.scratch);
	buf_release(&c.build);
	pthread_mutex_lock(&c.ap->lock);
	c.ap->courier_gone = true;
	pthread_cond_signal(&c.ap->changed);
	pthread_mutex_unlock(&c.ap->lock);
	return NULL;
}
