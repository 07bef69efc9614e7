/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/mail_service.h"

#include "base/text.h"
#include "tests/fake/talk.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct mail_service {
	char *user, *password;
	bool offers_tls;
	struct talk_service *talk;
	pthread_mutex_t lock;
	pthread_cond_t came;
	struct mail_service_faults faults;
	struct mail_service_mail *mails;
	size_t count;
};

struct session {
	struct mail_service *s;
	struct talk *t;
	struct arena *a;
	struct mail_service_faults faults;
	struct mail_service_mail mail;
	struct buf to;
};

static bool say(struct session *x, const char *fault, const char *usual)
{
	return talk_say(x->t, "%s", fault ? fault : usual);
}

static bool hello(struct session *x)
{
	talk_say(x->t, "250-sink");
	if (x->s->offers_tls && !talk_is_tls(x->t))
		talk_say(x->t, "250-STARTTLS");
	if (x->s->user)
		talk_say(x->t, "250-AUTH PLAIN LOGIN");
	return talk_say(x->t, "250 8BITMIME");
}

static const char *decoded(struct session *x, const char *s)
{
	struct bytes b;

	if (text_parse_base64(x->a, bytes_of_str(s), &b) != 0)
		return "";
	return arena_strndup(x->a, b.p, b.n);
}

static bool plain_ok(struct session *x, const char *s)
{
	struct bytes b, want;

	if (text_parse_base64(x->a, bytes_of_str(s), &b) != 0)
		return false;
	want = bytes_of_str(arena_printf(x->a, "\n%s\n%s", x->s->user, x->s->password));
	if (b.n != want.n)
		return false;
	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] != (want.p[i] == '\n' ? 0 : want.p[i]))
			return false;
	}
	return true;
}

static bool sign_in(struct session *x, const char *how)
{
	char line[1024];
	bool ok;

	if (!x->s->user)
		return say(x, NULL, "502 No");
	if (strncasecmp(how, "PLAIN", 5) == 0) {
		if (!how[5]) {
			if (!talk_say(x->t, "334 ") || !talk_line(x->t, line, sizeof(line)))
				return false;
			how = line;
		} else {
			how += 6;
		}
		ok = plain_ok(x, how);
	} else {
		if (!talk_say(x->t, "334 VXNlcm5hbWU6") || !talk_line(x->t, line, sizeof(line)))
			return false;
		ok = text_equal(decoded(x, line), x->s->user);
		if (!talk_say(x->t, "334 UGFzc3dvcmQ6") || !talk_line(x->t, line, sizeof(line)))
			return false;
		ok = ok && text_equal(decoded(x, line), x->s->password);
	}
	x->mail.signed_in = ok && !x->faults.sign_in;
	return say(x, x->faults.sign_in, ok ? "235 Hello" : "535 Wrong");
}

static void keep(struct session *x, const struct buf *text)
{
	struct mail_service *s = x->s;
	struct mail_service_mail *m;

	pthread_mutex_lock(&s->lock);
	s->mails = mem_grow(s->mails, (s->count + 1) * sizeof(*s->mails));
	m = &s->mails[s->count++];
	*m = x->mail;
	m->from = mem_strdup(x->mail.from ? x->mail.from : "");
	m->to = mem_strdup(buf_str(&x->to));
	m->text = mem_strdup(buf_str(text));
	m->tls = talk_is_tls(x->t);
	pthread_cond_broadcast(&s->came);
	pthread_mutex_unlock(&s->lock);
}

static bool data(struct session *x)
{
	AUTO(buf) struct buf text = BUF_INIT(8 << 20);
	char line[8192];

	if (x->faults.data)
		return say(x, x->faults.data, "");
	if (!talk_say(x->t, "354 Go on"))
		return false;
	for (;;) {
		if (!talk_line(x->t, line, sizeof(line)))
			return false;
		if (text_equal(line, "."))
			break;
		buf_printf(&text, "%s\r\n", line[0] == '.' ? line + 1 : line);
	}
	if (!x->faults.end)
		keep(x, &text);
	return say(x, x->faults.end, "250 Kept");
}

static bool command(struct session *x, const char *line)
{
	if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0)
		return hello(x);
	if (strncasecmp(line, "STARTTLS", 8) == 0)
		return talk_say(x->t, x->s->offers_tls ? "220 Go" : "502 No") &&
		       talk_begin_tls(x->t);
	if (strncasecmp(line, "AUTH ", 5) == 0)
		return sign_in(x, line + 5);
	if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
		if (x->s->user && !x->mail.signed_in)
			return say(x, NULL, "530 Sign in first");
		x->mail.from = arena_strndup(x->a, line + 10, strcspn(line + 10, " "));
		return say(x, x->faults.from, "250 Yes");
	}
	if (strncasecmp(line, "RCPT TO:", 8) == 0) {
		buf_printf(&x->to, "%s%s", x->to.n ? " " : "", line + 8);
		return say(x, x->faults.to, "250 Yes");
	}
	if (strncasecmp(line, "DATA", 4) == 0)
		return data(x);
	if (strncasecmp(line, "QUIT", 4) == 0) {
		talk_say(x->t, "221 Bye");
		return false;
	}
	return say(x, NULL, "250 Very well");
}

static void serve(struct talk *t, void *arg)
{
	struct mail_service *s = arg;
	AUTO(arena) struct arena *a = arena_new();
	struct session x = {.s = s, .t = t, .a = a, .to = BUF_INIT(64 * 1024)};
	char line[4096];

	pthread_mutex_lock(&s->lock);
	x.faults = s->faults;
	pthread_mutex_unlock(&s->lock);
	if (x.faults.hang)
		talk_wait(t);
	else if (say(&x, x.faults.greeting, "220 sink ESMTP")) {
		while (talk_line(t, line, sizeof(line)) && command(&x, line))
			;
	}
	buf_release(&x.to);
}

int mail_service_start(const struct mail_service_options *o, struct mail_service **ret)
{
	struct mail_service *s = mem_zalloc(sizeof(*s));
	struct talk_options talk = {.port = o->port,
		.cert_pem = o->cert_pem,
		.key_pem = o->key_pem,
		.tls = o->tls,
		.handler = serve,
		.ctx = s};

	s->user = o->user ? mem_strdup(o->user) : NULL;
	s->password = o->password ? mem_strdup(o->password) : NULL;
	s->offers_tls = o->cert_pem != NULL;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->came, NULL);
	if (talk_service_start(&talk, &s->talk) != 0) {
		mail_service_stop(s);
		return -1;
	}
	*ret = s;
	return 0;
}

unsigned mail_service_port(const struct mail_service *s)
{
	return talk_service_port(s->talk);
}

void mail_service_set_faults(struct mail_service *s, const struct mail_service_faults *f)
{
	pthread_mutex_lock(&s->lock);
	s->faults = *f;
	pthread_mutex_unlock(&s->lock);
}

size_t mail_service_count(struct mail_service *s)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->count;
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool mail_service_wait(struct mail_service *s, size_t i, unsigned ms, struct mail_service_mail *ret)
{
	struct timespec end;
	bool there;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += ms / 1000;
	end.tv_nsec += (long)(ms % 1000) * 1000000;
	if (end.tv_nsec >= 1000000000) {
		end.tv_nsec -= 1000000000;
		end.tv_sec++;
	}
	pthread_mutex_lock(&s->lock);
	while (s->count <= i && pthread_cond_timedwait(&s->came, &s->lock, &end) == 0)
		;
	there = s->count > i;
	if (there)
		*ret = s->mails[i];
	pthread_mutex_unlock(&s->lock);
	return there;
}

void mail_service_stop(struct mail_service *s)
{
	if (!s)
		return;
	talk_service_stop(s->talk);
	for (size_t i = 0; i < s->count; i++) {
		free(s->mails[i].from);
		free(s->mails[i].to);
		free(s->mails[i].text);
	}
	free(s->mails);
	free(s->user);
	free(s->password);
	pthread_cond_destroy(&s->came);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
