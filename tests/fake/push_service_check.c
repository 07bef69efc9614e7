/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A request against Apple's documents: "Sending notification requests to APNs" for the headers,
 * "Handling notification responses from APNs" for the reasons, and the MDM protocol reference
 * for the payload.
 */
#include "tests/fake/push_service_int.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	uint8_t n;
	uint8_t which;
} known[] = {
	{":method", 7, HEADER_METHOD},
	{":path", 5, HEADER_PATH},
	{"apns-topic", 10, HEADER_TOPIC},
	{"apns-push-type", 14, HEADER_PUSH_TYPE},
	{"apns-priority", 13, HEADER_PRIORITY},
	{"apns-expiration", 15, HEADER_EXPIRATION},
	{"apns-id", 7, HEADER_ID},
	{"apns-collapse-id", 16, HEADER_COLLAPSE_ID},
};

void request_header(struct request *rq, const uint8_t *name, size_t name_n, const uint8_t *value,
	size_t value_n)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		char *to;

		if (known[i].n != name_n || memcmp(known[i].name, name, name_n) != 0)
			continue;
		if (rq->seen & 1u << known[i].which)
			rq->twice = true;
		rq->seen |= 1u << known[i].which;
		if (value_n >= HEADER_MAX)
			value_n = HEADER_MAX - 1;
		to = rq->header[known[i].which];
		memcpy(to, value, value_n);
		to[value_n] = '\0';
		return;
	}
}

void request_body(struct request *rq, const uint8_t *p, size_t n)
{
	size_t room = sizeof(rq->body) - 1 - rq->body_n;

	if (n > room)
		n = room;
	memcpy(rq->body + rq->body_n, p, n);
	rq->body_n += n;
	rq->body[rq->body_n] = '\0';
}

static bool all_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static const char *check_token(const char *path, const char **ret_token)
{
	size_t n;

	if (strncmp(path, "/3/device/", 10) != 0)
		return "BadPath";
	path += 10;
	n = strlen(path);
	if (n == 0)
		return "MissingDeviceToken";
	/* Apple says that the length may vary; those of today are 64 digits. */
	if (n < 64 || n > 256 || n % 2 || path[strspn(path, "0123456789abcdefABCDEF")])
		return "BadDeviceToken";
	*ret_token = path;
	return NULL;
}

static const char *check_headers(const struct request *rq, const char *topic)
{
	const char *priority = rq->header[HEADER_PRIORITY];
	const char *id = rq->header[HEADER_ID];

	if (rq->twice)
		return "DuplicateHeaders";
	if (!rq->header[HEADER_TOPIC][0])
		return "MissingTopic";
	if (strcmp(rq->header[HEADER_TOPIC], topic) != 0)
		return "TopicDisallowed";
	if (strcmp(rq->header[HEADER_PUSH_TYPE], "mdm") != 0)
		return "InvalidPushType";
	if (priority[0] && strcmp(priority, "10") && strcmp(priority, "5") && strcmp(priority, "1"))
		return "BadPriority";
	if (rq->seen & 1u << HEADER_EXPIRATION && !all_digits(rq->header[HEADER_EXPIRATION]))
		return "BadExpirationDate";
	if (id[0] && strlen(id) != 36)
		return "BadMessageId";
	if (strlen(rq->header[HEADER_COLLAPSE_ID]) > 64)
		return "BadCollapseId";
	return NULL;
}

/* Exactly {"mdm":"…"}; cuts the magic out of the body, escapes and all. */
static const char *check_body(struct request *rq)
{
	static const char begin[] = "{\"mdm\":\"";
	size_t n = sizeof(begin) - 1;

	if (rq->body_n > 4096)
		return "PayloadTooLarge";
	if (rq->body_n < n + 3 || memcmp(rq->body, begin, n) != 0)
		return "PayloadEmpty";
	rq->magic = rq->body + n;
	for (; rq->body[n] && rq->body[n] != '"'; n++)
		if (rq->body[n] == '\\' && rq->body[n + 1])
			n++;
	if (n + 2 != rq->body_n || strcmp(rq->body + n, "\"}") != 0)
		return "PayloadEmpty";
	rq->body[n] = '\0';
	return NULL;
}

static int status_of(const char *reason)
{
	if (strcmp(reason, "MethodNotAllowed") == 0)
		return 405;
	if (strcmp(reason, "BadPath") == 0)
		return 404;
	if (strcmp(reason, "PayloadTooLarge") == 0)
		return 413;
	return 400;
}

bool request_check(struct request *rq, const char *topic, struct push_service_answer *ret)
{
	const char *reason = NULL;

	if (strcmp(rq->header[HEADER_METHOD], "POST") != 0)
		reason = "MethodNotAllowed";
	if (!reason)
		reason = check_token(rq->header[HEADER_PATH], &rq->token);
	if (!reason)
		reason = check_headers(rq, topic);
	if (!reason)
		reason = check_body(rq);
	if (!reason)
		return true;
	*ret = (struct push_service_answer){.status = status_of(reason), .reason = reason};
	return false;
}
