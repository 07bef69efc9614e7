/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "http/server_int.h"

/* A page loads nothing from anywhere else; nobody may frame it. */
#define PAGE_POLICY                                                                         \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "   \
	"connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; " \
	"frame-ancestors 'none'"

/* Nor may it see, hear or locate who reads it; the desk has the camera (web/desk_http.c). */
#define PAGE_PERMISSIONS "camera=(), microphone=(), geolocation=()"

/* A reply gets the idle time and what a line of 8 kB/s needs on top. */
#define SEND_BYTES_PER_S 8192

static bool answer_has(const struct http_answer *a, const char *name)
{
	return http_field_find(a->fields, a->n, name) != NULL;
}

static bool field_default(
	struct MHD_Response *r, const struct http_answer *a, const char *name, const char *value)
{
	return answer_has(a, name) || MHD_add_response_header(r, name, value) == MHD_YES;
}

static bool fields_add(struct MHD_Response *r, const struct http_answer *a)
{
	bool ok = true;

	for (size_t i = 0; i < a->n; i++)
		ok &= MHD_add_response_header(r, a->fields[i].name, a->fields[i].value) == MHD_YES;
	if (a->type)
		ok &= MHD_add_response_header(r, "Content-Type", a->type) == MHD_YES;
	ok &= field_default(r, a, "X-Content-Type-Options", "nosniff");
	ok &= field_default(r, a, "Cache-Control", "no-store");
	if (a->type && text_starts(a->type, "text/html")) {
		ok &= field_default(r, a, "Content-Security-Policy", PAGE_POLICY);
		ok &= field_default(r, a, "Referrer-Policy", "same-origin");
		ok &= field_default(r, a, "Permissions-Policy", PAGE_PERMISSIONS);
	}
	if (a->close)
		ok &= MHD_add_response_header(r, "Connection", "close") == MHD_YES;
	return ok;
}

#define PIECE_BLOCK (64u << 10)

static ssize_t pieces_read(void *cls, uint64_t at, char *to, size_t room)
{
	const struct http_answer *a = cls;
	uint64_t left = at < a->read_bytes ? a->read_bytes - at : 0;
	int n;

	if (left == 0)
		return MHD_CONTENT_READER_END_OF_STREAM;
	n = a->read(a->read_ctx, at, (uint8_t *)to, room < left ? room : (size_t)left);
	return n > 0 ? n : MHD_CONTENT_READER_END_WITH_ERROR;
}

/* The body is in the arena or static, and the arena lasts until the reply is out. */
static struct MHD_Response *response_new(struct http_answer *a)
{
	if (a->read)
		return MHD_create_response_from_callback(
			a->read_bytes, PIECE_BLOCK, pieces_read, a, NULL);
	return MHD_create_response_from_buffer(
		a->body.n, (void *)(uintptr_t)a->body.p, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result http_exchange_send(struct http_conn *c, struct MHD_Connection *connection)
{
	struct http_answer *a = &c->x.answer;
	const struct http_server *s = c->port->server;
	int64_t now_us = clock_mono_us();
	enum MHD_Result sent = MHD_NO;
	struct MHD_Response *r;

	if (atomic_load_explicit(&s->stopping, memory_order_relaxed))
		a->close = true;
	c->x.took_us = now_us - c->x.begun_us;
	http_conn_enter(c, CONN_SEND, now_us,
		(s->o.idle_s + (int64_t)((a->body.n + a->read_bytes) / SEND_BYTES_PER_S)) *
			1000000);
	r = a->going ? http_going_response(c) : response_new(a);
	if (r && fields_add(r, a))
		sent = MHD_queue_response(connection, (unsigned)a->status, r);
	if (r)
		MHD_destroy_response(r);
	if (sent != MHD_YES)
		log_event(LOG_ERROR, "http.send", "status=%d", a->status);
	return sent;
}
