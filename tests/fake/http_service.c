/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/http_service.h"

#include "base/text.h"
#include "tests/fake/talk.h"

#include <stdio.h>
#include <stdlib.h>

#define BODY_MOST ((size_t)64 << 20)

struct http_service {
	struct http_service_options o;
	struct talk_service *talk;
	unsigned port;
};

const char *http_service_header(const struct http_service_request *rq, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = rq->head; *p; p = strchr(p, '\n') + 1) {
		if (strncasecmp(p, name, n) == 0 && p[n] == ':') {
			p += n + 1;
			p += strspn(p, " \t");
			return arena_strndup(rq->arena, p, strcspn(p, "\n"));
		}
	}
	return NULL;
}

static bool read_head(struct talk *t, struct http_service_request *rq)
{
	AUTO(buf) struct buf head = BUF_INIT(256 * 1024);
	char line[16384], method[16];
	int at = 0;

	if (!talk_line(t, line, sizeof(line)) || sscanf(line, "%15s %n", method, &at) != 1)
		return false;
	rq->method = arena_strdup(rq->arena, method);
	rq->target = arena_strndup(rq->arena, line + at, strcspn(line + at, " "));
	for (;;) {
		if (!talk_line(t, line, sizeof(line)))
			return false;
		if (!*line)
			break;
		buf_printf(&head, "%s\n", line);
	}
	rq->head = arena_strdup(rq->arena, buf_str(&head));
	return buf_ok(&head);
}

static bool read_request(struct talk *t, struct http_service_request *rq)
{
	const char *length;
	uint64_t n = 0;
	uint8_t *body;

	if (!read_head(t, rq))
		return false;
	length = http_service_header(rq, "Content-Length");
	if (length && (text_parse_u64(length, &n) != 0 || n > BODY_MOST))
		return false;
	body = arena_alloc_raw(rq->arena, n + 1);
	body[n] = '\0';
	rq->body = bytes_of(body, n);
	return talk_read(t, body, n);
}

static bool send_reply(
	struct talk *t, const struct http_service_request *rq, const struct http_service_reply *r)
{
	AUTO(buf) struct buf out = BUF_INIT((size_t)128 << 20);
	bool head = text_equal(rq->method, "HEAD");
	size_t n = r->cut_after && r->cut_after < r->body.n ? r->cut_after : r->body.n;

	if (r->cut)
		return false;
	if (r->hang) {
		talk_wait(t);
		return false;
	}
	if (!r->raw) {
		buf_printf(&out, "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n",
			r->status ? r->status : 200, r->body.n);
		if (r->type)
			buf_printf(&out, "Content-Type: %s\r\n", r->type);
		buf_printf(&out, "%s\r\n", r->headers ? r->headers : "");
	}
	if (!head)
		buf_add(&out, r->body.p, n);
	return talk_write(t, out.p, out.n) && n == r->body.n && !r->raw && !r->close_after;
}

static void serve(struct talk *t, void *arg)
{
	struct http_service *s = arg;
	AUTO(arena) struct arena *a = arena_new();
	bool more = true;

	while (more) {
		struct http_service_request rq = {.arena = a, .port = s->port};
		struct http_service_reply reply = {0};

		more = read_request(t, &rq);
		if (more) {
			s->o.handler(&rq, &reply, s->o.ctx);
			more = send_reply(t, &rq, &reply);
		}
		arena_reset(a);
	}
}

int http_service_start(const struct http_service_options *o, struct http_service **ret)
{
	struct http_service *s = mem_zalloc(sizeof(*s));
	struct talk_options talk = {.port = o->port,
		.cert_pem = o->cert_pem,
		.key_pem = o->key_pem,
		.tls = o->cert_pem != NULL,
		.handler = serve,
		.ctx = s};

	s->o = *o;
	if (talk_service_start(&talk, &s->talk) != 0) {
		free(s);
		return -1;
	}
	s->port = talk_service_port(s->talk);
	*ret = s;
	return 0;
}

unsigned http_service_port(const struct http_service *s)
{
	return talk_service_port(s->talk);
}

void http_service_stop(struct http_service *s)
{
	if (!s)
		return;
	talk_service_stop(s->talk);
	free(s);
}
