/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles, passwords, throttling. Pure. */
#include "web/web_int.h"

#include "base/text.h"

#define FREE_TRIES 5
#define WAIT_MOST_S 900
#define FORGIVEN_S 86400
#define PASSWORD_LEAST 12
#define GIVEN_S (24 * 3600)

static const struct {
	uint32_t role;
	const char *name;
} roles[] = {
	{WEB_IT, "it"},
	{WEB_KONSULENT, "konsulent"},
	{WEB_BIBLIOTEK, "bibliotek"},
	{WEB_ADMIN, "admin"},
	{WEB_READER, "reader"},
};
#define ROLE_COUNT (sizeof(roles) / sizeof(roles[0]))

static uint32_t role_of(const char *s, size_t n)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (strlen(roles[i].name) == n && memcmp(roles[i].name, s, n) == 0)
			return roles[i].role;
	}
	return 0;
}

int web_roles_parse(const char *s, uint32_t *ret)
{
	uint32_t all = 0;

	while (*(s += strspn(s, " ,"))) {
		size_t n = strcspn(s, " ,");
		uint32_t role = role_of(s, n);

		if (!role)
			return ERR_BADINPUT;
		all |= role;
		s += n;
	}
	if (!all)
		return ERR_BADINPUT;
	*ret = all;
	return 0;
}

void web_roles_format(uint32_t all, struct buf *out)
{
	const char *between = "";

	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (!(all & roles[i].role))
			continue;
		buf_printf(out, "%s%s", between, roles[i].name);
		between = " ";
	}
}

/* The inventory says who may change a state. */
unsigned web_duties(uint32_t is)
{
	static const struct {
		unsigned duty;
		uint32_t role;
	} rows[] = {
		{INV_DUTY_IT, WEB_IT},
		{INV_DUTY_CARE, WEB_KONSULENT},
		{INV_DUTY_LIBRARY, WEB_BIBLIOTEK},
		{INV_DUTY_ADMIN, WEB_ADMIN},
	};
	unsigned has = INV_DUTIED;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		has |= is & rows[i].role ? rows[i].duty : 0;
	return has;
}

/* After five wrong ones: 30 s, 60 s, 2 min … 15 min. */
int64_t web_throttle_decide(uint32_t wrong_count, int64_t wrong_at, int64_t now)
{
	int64_t wait = 30, left;

	if (wrong_count < FREE_TRIES)
		return 0;
	for (uint32_t i = FREE_TRIES; i < wrong_count && wait < WAIT_MOST_S; i++)
		wait *= 2;
	if (wait > WAIT_MOST_S)
		wait = WAIT_MOST_S;
	left = wrong_at + wait - now;
	/* A clock that was set back must not lock anybody out for longer than that. */
	return left > wait ? wait : left > 0 ? left : 0;
}

uint32_t web_wrong_next(uint32_t wrong_count, int64_t wrong_at, int64_t now)
{
	return now - wrong_at >= FORGIVEN_S ? 1 : wrong_count + (wrong_count < UINT32_MAX);
}

/* Whoever gives out a one-time password can use it first. A day is time for its owner to find that
 * it does not work any more. */
int web_second_decide(const struct web_account *u, int64_t now, struct refusal *r)
{
	bool by_person = u->given_by && !strchr(u->given_by, ':');

	if (!by_person || now - u->given_at >= GIVEN_S)
		return 0;
	return refuse(r, &web_say_just_given, u->name, u->given_by, NULL);
}

/* Length counts in characters, not bytes: å is one. */
static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

int web_password_decide(const char *password, const char *name, struct refusal *r)
{
	if (characters(password) < PASSWORD_LEAST || strlen(password) > 1024)
		return refuse(r, &web_say_short_password, NULL, NULL, NULL);
	if (text_equal(password, name))
		return refuse(r, &web_say_same_password, NULL, NULL, NULL);
	return 0;
}
