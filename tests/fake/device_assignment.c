/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/device_assignment_int.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define PAGE_MOST 1000

/* --- answers --- */

static void reply_doc(struct da_call *c, const struct doc *d)
{
	AUTO(buf) struct buf b = BUF_INIT(64u << 20);

	doc_format(d, &b);
	c->reply->type = "application/json;charset=UTF8";
	c->reply->body = arena_bytes(c->rq->arena, buf_bytes(&b));
}

static void reply_error(struct da_call *c, int status, const char *code)
{
	c->reply->status = status;
	c->reply->type = "text/plain";
	c->reply->body = bytes_of_str(arena_printf(c->rq->arena, "\"%s\"", code));
	c->da->counts.refused++;
}

/* --- devices --- */

struct da_device *da_device_find(struct device_assignment *da, const char *serial)
{
	/* they are mostly asked for in the order in which they were told */
	for (size_t k = 0; serial && k < da->count; k++) {
		size_t i = (da->hint + k) % da->count;

		if (!text_equal(da->devices[i].serial, serial))
			continue;
		da->hint = i + 1;
		return &da->devices[i];
	}
	return NULL;
}

const char *da_device_word(const struct da_device *v)
{
	if (v && v->word)
		return v->word[0] ? v->word : NULL;
	return v && !v->gone ? "SUCCESS" : "NOT_ACCESSIBLE";
}

static bool done(const char *word)
{
	return text_equal(word, "SUCCESS");
}

static void set_text(struct doc *d, const char *key, const char *s)
{
	if (s)
		doc_set_str(d, key, s);
}

static void device_doc(const struct da_device *v, bool event, struct doc *d)
{
	doc_set_str(d, "serial_number", v->serial);
	set_text(d, "model", v->model);
	set_text(d, "description", v->description);
	set_text(d, "color", v->color);
	set_text(d, "eid", v->eid);
	if (v->imei)
		doc_add_str(doc_set_list(d, "imei"), v->imei);
	doc_set_str(d, "device_family", "iPad");
	doc_set_str(d, "os", "iPadOS");
	doc_set_str(d, "profile_status", v->profile ? "assigned" : "empty");
	if (v->profile)
		doc_set_str(d, "profile_uuid", v->profile);
	doc_set_time(d, "device_assigned_date", v->assigned_at);
	doc_set_str(d, "device_assigned_by", "someone@example.se");
	if (v->migrate_by)
		doc_set_time(d, "mdm_migration_deadline", v->migrate_by);
	doc_set_bool(d, "is_replacement_device", v->replaces != NULL);
	if (!event)
		return;
	doc_set_str(d, "op_type", v->gone ? "deleted" : v->told ? "modified" : "added");
	doc_set_time(d, "op_date", v->op_at);
}

static int64_t limit_of(const struct doc *ask)
{
	int64_t limit = 100;

	if (doc_int(ask, "limit", &limit) != 0 || limit < 1)
		limit = 100;
	return limit > PAGE_MOST ? PAGE_MOST : limit;
}

/* Fetch cursors count places in the list ("f12"), sync cursors events ("s7"). */
static bool cursor_read(const struct doc *ask, char kind, uint64_t *ret)
{
	const char *s = doc_str(ask, "cursor");

	return s && s[0] == kind && text_parse_u64(s + 1, ret) == 0;
}

static void page_end(struct da_call *c, struct doc *d, char kind, uint64_t at, bool more)
{
	const char *asked = doc_str(c->ask, "cursor");

	if (c->da->repeat && asked) {
		doc_set_str(d, "cursor", asked);
		more = true;
	} else {
		doc_set_str(d, "cursor",
			arena_printf(c->rq->arena, "%c%llu", kind, (unsigned long long)at));
	}
	doc_set_bool(d, "more_to_follow", more);
	doc_set_time(d, "fetched_until", clock_now());
	reply_doc(c, d);
}

static void fetch(struct da_call *c)
{
	struct device_assignment *da = c->da;
	struct doc *d = doc_new(c->rq->arena), *list = doc_set_list(d, "devices");
	uint64_t at = 0;
	int64_t left = limit_of(c->ask);

	da->counts.fetches++;
	if (doc_has(c->ask, "cursor") && !cursor_read(c->ask, 'f', &at)) {
		reply_error(c, 400, "INVALID_CURSOR");
		return;
	}
	if (at && at >= da->count) {
		reply_error(c, 400, "EXHAUSTED_CURSOR");
		return;
	}
	for (; at < da->count && left > 0; at++) {
		if (da->devices[at].gone)
			continue;
		device_doc(&da->devices[at], false, doc_add_object(list));
		left--;
	}
	page_end(c, d, at < da->count ? 'f' : 's', at < da->count ? at : da->events_n,
		at < da->count);
}

static void sync(struct da_call *c)
{
	struct device_assignment *da = c->da;
	struct doc *d = doc_new(c->rq->arena), *list = doc_set_list(d, "devices");
	uint64_t at;
	int64_t left = limit_of(c->ask);

	da->counts.syncs++;
	if (!cursor_read(c->ask, 's', &at) || at > da->events_n) {
		reply_error(
			c, 400, doc_has(c->ask, "cursor") ? "INVALID_CURSOR" : "CURSOR_REQUIRED");
		return;
	}
	for (; at < da->events_n && left > 0; at++, left--)
		device_doc(&da->devices[da->events[at]], true, doc_add_object(list));
	page_end(c, d, 's', at, at < da->events_n);
}

/* --- the rest of the service --- */

static void account(struct da_call *c)
{
	struct doc *d = doc_new(c->rq->arena);

	doc_set_str(d, "server_name", "Hylla");
	doc_set_str(d, "server_uuid", c->da->server_uuid);
	doc_set_str(d, "org_name", "Demokommunen");
	doc_set_str(d, "org_id", "1234567890");
	doc_set_str(d, "admin_id", "someone@example.se");
	reply_doc(c, d);
}

static void profile_define(struct da_call *c)
{
	struct device_assignment *da = c->da;
	struct doc *d = doc_new(c->rq->arena);
	struct da_profile *p;

	if (!doc_str(c->ask, "profile_name") || !doc_str(c->ask, "url")) {
		reply_error(c, 400,
			doc_str(c->ask, "url") ? "CONFIG_NAME_REQUIRED" : "CONFIG_URL_REQUIRED");
		return;
	}
	da->counts.profiles++;
	da->profiles = mem_grow(da->profiles, (da->profile_count + 1) * sizeof(*da->profiles));
	p = &da->profiles[da->profile_count++];
	random_uuid(p->uuid);
	p->json = mem_alloc(c->rq->body.n + 1);
	memcpy(p->json, c->rq->body.p, c->rq->body.n);
	p->json[c->rq->body.n] = '\0';
	doc_set_str(d, "profile_uuid", p->uuid);
	doc_set_object(d, "devices");
	reply_doc(c, d);
}

struct da_profile *da_profile_find(struct device_assignment *da, const char *uuid)
{
	for (size_t i = 0; uuid && i < da->profile_count; i++) {
		if (text_equal(da->profiles[i].uuid, uuid))
			return &da->profiles[i];
	}
	return NULL;
}

static void profile_assign(struct da_call *c)
{
	struct device_assignment *da = c->da;
	struct da_profile *p = da_profile_find(da, doc_str(c->ask, "profile_uuid"));
	struct doc *d = doc_new(c->rq->arena), *to = doc_set_object(d, "devices");
	struct doc *list = doc_list(c->ask, "devices");

	if (da->put_only && !text_equal(c->rq->method, "PUT")) {
		reply_error(c, 405, "METHOD_NOT_ALLOWED");
		return;
	}
	if (!p) {
		reply_error(c, 404, "PROFILE_NOT_FOUND");
		return;
	}
	da->counts.assigns++;
	doc_set_str(d, "profile_uuid", p->uuid);
	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct da_device *v = da_device_find(da, doc_list_str(list, i));
		bool throttled = v && text_equal(v->serial, da->throttled);
		const char *word = throttled ? "THROTTLED" : da_device_word(v);

		set_text(to, doc_list_str(list, i), word);
		if (throttled)
			doc_set_int(d, "retry_after_seconds", 3600);
		else if (done(word))
			memcpy(v->profile_uuid, p->uuid, sizeof(v->profile_uuid)),
				v->profile = v->profile_uuid;
	}
	reply_doc(c, d);
}

void da_event_add(struct device_assignment *da, size_t i)
{
	da->devices[i].op_at = clock_now();
	da->events = mem_grow(da->events, (da->events_n + 1) * sizeof(*da->events));
	da->events[da->events_n++] = i;
}

static void disown(struct da_call *c)
{
	struct device_assignment *da = c->da;
	struct doc *d = doc_new(c->rq->arena), *to = doc_set_object(d, "devices");
	struct doc *list = doc_list(c->ask, "devices");

	da->counts.disowns++;
	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct da_device *v = da_device_find(da, doc_list_str(list, i));
		const char *word = da_device_word(v);

		set_text(to, doc_list_str(list, i), word);
		if (!done(word))
			continue;
		v->gone = v->disowned = true;
		da_event_add(da, (size_t)(v - da->devices));
	}
	reply_doc(c, d);
}

static void activation_lock(struct da_call *c)
{
	struct da_device *v = da_device_find(c->da, doc_str(c->ask, "device"));
	const char *key = doc_str(c->ask, "escrow_key"), *message = doc_str(c->ask, "lost_message");
	struct doc *d = doc_new(c->rq->arena);
	const char *word = key && strlen(key) == 64 ? da_device_word(v) : "NOT_ACCESSIBLE";

	if (done(word) && v->escrow[0]) /* neither another code nor other words */
		word = "DEVICE_ALREADY_LOCKED";
	c->da->counts.locks++;
	doc_set_str(d, "serial_number", doc_str(c->ask, "device"));
	set_text(d, "response_status", word);
	if (done(word)) {
		text_copy(v->escrow, sizeof(v->escrow), key);
		free(v->lost_message);
		v->lost_message = message ? mem_strdup(message) : NULL;
	}
	reply_doc(c, d);
}

static void replacement(struct da_call *c)
{
	const char *at = strstr(c->rq->target, "device=");
	struct da_device *v = da_device_find(c->da, at ? at + 7 : NULL);
	struct doc *d = doc_new(c->rq->arena);

	if (!v || !v->replaces) {
		reply_error(c, 404, "DEVICE_NOT_FOUND");
		return;
	}
	doc_set_str(d, "serial_number", v->serial);
	doc_set_str(d, "original_serial_number", v->replaces);
	doc_set_time(d, "replacement_date", clock_now());
	reply_doc(c, d);
}

/* --- who asks --- */

static void session(struct da_call *c)
{
	struct doc *d = doc_new(c->rq->arena);
	const char *why = da_oauth_judge(c);

	if (why) {
		reply_error(c, 401, why);
		return;
	}
	c->da->counts.sessions++;
	random_uuid(c->da->session);
	doc_set_str(d, "auth_session_token", c->da->session);
	reply_doc(c, d);
}

/* Each answer may carry a new session: here each tenth does. */
static void session_renew(struct da_call *c)
{
	if (++c->da->calls % 10)
		return;
	random_uuid(c->da->session);
	c->reply->headers =
		arena_printf(c->rq->arena, "X-ADM-Auth-Session: %s\r\n", c->da->session);
}

static bool form_ok(struct da_call *c)
{
	const char *agent = http_service_header(c->rq, "User-Agent");
	const char *version = http_service_header(c->rq, "X-Server-Protocol-Version");

	if (text_empty(agent)) {
		reply_error(c, 400, "USER_AGENT_INVALID");
		return false;
	}
	if (!text_equal(version, "10")) {
		reply_error(c, 400, "PROTOCOL_VERSION_INVALID");
		return false;
	}
	return true;
}

/* --- the way to each --- */

static const struct {
	const char *path;
	void (*fn)(struct da_call *c);
} services[] = {
	{"/account", account},
	{"/server/devices", fetch},
	{"/devices/sync", sync},
	{"/devices/disown", disown},
	{"/profile/devices", profile_assign},
	{"/profile", profile_define},
	{"/device/activationlock", activation_lock},
	{"/device/replacementDetails", replacement},
};

static bool fault_take(struct da_call *c, const char *path)
{
	struct device_assignment_fault *f = &c->da->fault;

	if (!c->da->faulty || (f->path && !text_equal(f->path, path)))
		return false;
	c->reply->status = f->status;
	c->reply->body = bytes_of_str(f->body ? f->body : "");
	c->reply->headers = f->headers;
	c->reply->hang = f->hang;
	c->reply->cut = f->cut;
	if (f->times && --f->times == 0)
		c->da->faulty = false;
	c->da->counts.refused++;
	return true;
}

static void serve_known(struct da_call *c, const char *path)
{
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		if (!text_equal(services[i].path, path))
			continue;
		services[i].fn(c);
		session_renew(c);
		return;
	}
	reply_error(c, 404, "NOT_FOUND");
}

static void answer(const struct http_service_request *rq, struct http_service_reply *ret, void *arg)
{
	struct device_assignment *da = arg;
	struct da_call c = {.da = da, .rq = rq, .reply = ret};
	const char *path = arena_strndup(rq->arena, rq->target, strcspn(rq->target, "?"));
	const char *token = http_service_header(rq, "X-ADM-Auth-Session");

	pthread_mutex_lock(&da->lock);
	if (doc_parse(rq->arena, rq->body, &c.ask) != 0)
		c.ask = doc_new(rq->arena);
	if (fault_take(&c, path))
		;
	else if (text_equal(path, "/escrowKeyUnlock"))
		da_unlock(&c);
	else if (!form_ok(&c))
		;
	else if (text_equal(path, "/session"))
		session(&c);
	else if (!da->session[0] || !text_equal(token, da->session))
		reply_error(&c, 401, "UNAUTHORIZED");
	else
		serve_known(&c, path);
	pthread_mutex_unlock(&da->lock);
}

/* --- outside --- */

int device_assignment_start(unsigned port, struct device_assignment **ret)
{
	struct device_assignment *da = mem_zalloc(sizeof(*da));
	struct http_service_options o = {.port = port, .handler = answer, .ctx = da};

	pthread_mutex_init(&da->lock, NULL);
	random_uuid(da->server_uuid);
	if (!da_ca_make(da) || http_service_start(&o, &da->http) != 0) {
		device_assignment_stop(da);
		return -1;
	}
	snprintf(da->url, sizeof(da->url), "http://127.0.0.1:%u", http_service_port(da->http));
	*ret = da;
	return 0;
}

void device_assignment_stop(struct device_assignment *da)
{
	if (!da)
		return;
	http_service_stop(da->http);
	for (size_t i = 0; i < da->count; i++) {
		struct da_device *v = &da->devices[i];

		free(v->serial);
		free(v->model);
		free(v->description);
		free(v->color);
		free(v->imei);
		free(v->eid);
		free(v->replaces);
		free(v->lost_message);
	}
	for (size_t i = 0; i < da->profile_count; i++)
		free(da->profiles[i].json);
	free(da->devices);
	free(da->events);
	free(da->profiles);
	free(da->throttled);
	da_ca_release(da);
	pthread_mutex_destroy(&da->lock);
	free(da);
}

const char *device_assignment_url(const struct device_assignment *da)
{
	return da->url;
}
