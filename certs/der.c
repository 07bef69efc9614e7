/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/der_int.h"

#include <time.h>

#define SKIP_DEPTH 16

struct cert_der cert_der_of_bytes(struct bytes b)
{
	return (struct cert_der){.p = b.p, .end = b.p + b.n};
}

static bool at_end_mark(const struct cert_der *d)
{
	return d->end - d->p >= 2 && d->p[0] == 0 && d->p[1] == 0;
}

bool cert_der_more(const struct cert_der *d)
{
	return d->p < d->end && !(d->open && at_end_mark(d));
}

uint8_t cert_der_peek(const struct cert_der *d)
{
	return cert_der_more(d) ? d->p[0] : 0;
}

/* Reads the octets of a long-form length; `p` stands on the first of `n`. */
static int long_length(const uint8_t *p, size_t n, size_t *ret)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++)
		length = length << 8 | p[i];
	/* the shortest form only: no leading zero, and not what one octet could say */
	if (p[0] == 0 || length < 0x80)
		return ERR_BADINPUT;
	*ret = length;
	return 0;
}

/* The header at d->p: where the content is. `inner->open` tells an indefinite length. */
static int header(const struct cert_der *d, struct cert_der *ret)
{
	size_t left = (size_t)(d->end - d->p), octets, length;

	if (left < 2 || (d->p[0] & 0x1f) == 0x1f || d->p[0] == 0)
		return ERR_BADINPUT;
	if (d->p[1] == 0x80) {
		if (!(d->p[0] & 0x20))
			return ERR_BADINPUT;
		*ret = (struct cert_der){d->p + 2, d->end, true};
		return 0;
	}
	length = d->p[1];
	octets = 0;
	if (length > 0x80) {
		octets = length & 0x7f;
		if (octets > 4 || left < 2 + octets || long_length(d->p + 2, octets, &length))
			return ERR_BADINPUT;
	}
	if (length > left - 2 - octets)
		return ERR_BADINPUT;
	ret->p = d->p + 2 + octets;
	ret->end = ret->p + length;
	ret->open = false;
	return 0;
}

int cert_der_enter(const struct cert_der *d, uint8_t tag, struct cert_der *ret)
{
	if (cert_der_peek(d) != tag || tag == 0)
		return ERR_BADINPUT;
	return header(d, ret);
}

int cert_der_leave(struct cert_der *d, const struct cert_der *inner)
{
	if (inner->open) {
		if (!at_end_mark(inner))
			return ERR_BADINPUT;
		d->p = inner->p + 2;
		return 0;
	}
	if (inner->p != inner->end)
		return ERR_BADINPUT;
	d->p = inner->end;
	return 0;
}

static int take(struct cert_der *d, uint8_t tag, struct bytes *ret_content, struct bytes *ret_whole)
{
	struct cert_der inner;

	if (cert_der_enter(d, tag, &inner) || inner.open)
		return ERR_BADINPUT;
	*ret_content = bytes_of(inner.p, (size_t)(inner.end - inner.p));
	*ret_whole = bytes_of(d->p, (size_t)(inner.end - d->p));
	d->p = inner.end;
	return 0;
}

int cert_der_take(struct cert_der *d, uint8_t tag, struct bytes *ret_content)
{
	struct bytes whole;

	return take(d, tag, ret_content, &whole);
}

int cert_der_take_whole(struct cert_der *d, uint8_t tag, struct bytes *ret_whole)
{
	struct bytes content;

	return take(d, tag, &content, ret_whole);
}

int cert_der_take_bits(struct cert_der *d, struct bytes *ret)
{
	struct bytes b;

	if (cert_der_take(d, DER_BIT_STRING, &b) || b.n < 2 || b.p[0] != 0)
		return ERR_BADINPUT;
	*ret = bytes_of(b.p + 1, b.n - 1);
	return 0;
}

int cert_der_take_unsigned(struct cert_der *d, struct bytes *ret)
{
	struct bytes b;

	if (cert_der_take(d, DER_INTEGER, &b) || b.n == 0 || b.p[0] & 0x80)
		return ERR_BADINPUT;
	if (b.n > 1 && b.p[0] == 0) {
		if (!(b.p[1] & 0x80))
			return ERR_BADINPUT;
		b = bytes_of(b.p + 1, b.n - 1);
	}
	*ret = b;
	return 0;
}

int cert_der_skip(struct cert_der *d)
{
	struct cert_der level[SKIP_DEPTH];
	size_t depth = 0;

	level[0] = *d;
	for (;;) {
		struct cert_der inner;

		if (header(&level[depth], &inner))
			return ERR_BADINPUT;
		if (inner.open) {
			if (++depth == SKIP_DEPTH)
				return ERR_BADINPUT;
			level[depth] = inner;
		} else {
			level[depth].p = inner.end;
		}
		while (depth > 0 && at_end_mark(&level[depth])) {
			level[depth - 1].p = level[depth].p + 2;
			depth--;
		}
		if (depth == 0)
			break;
	}
	d->p = level[0].p;
	return 0;
}

static int two_digits(const uint8_t *p, int low, int high, int *ret)
{
	int v;

	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
		return ERR_BADINPUT;
	v = (p[0] - '0') * 10 + (p[1] - '0');
	if (v < low || v > high)
		return ERR_BADINPUT;
	*ret = v;
	return 0;
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar, years from 1 on. */
static int64_t days_before(int year, int month, int day)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int y = year - 1;
	int64_t days = (int64_t)y * 365 + y / 4 - y / 100 + y / 400 - 719162;

	return days + before[month - 1] + (month > 2 && leap(year)) + day - 1;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && leap(year));
}

/* MMDDHHMMSSZ behind the year. */
static int time_of(int year, const uint8_t *p, int64_t *ret)
{
	int month, day, hour, minute, second;

	if (two_digits(p, 1, 12, &month) || two_digits(p + 2, 1, month_days(year, month), &day) ||
		two_digits(p + 4, 0, 23, &hour) || two_digits(p + 6, 0, 59, &minute) ||
		two_digits(p + 8, 0, 59, &second) || p[10] != 'Z')
		return ERR_BADINPUT;
	*ret = ((days_before(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
	return 0;
}

int cert_der_take_time(struct cert_der *d, int64_t *ret)
{
	struct bytes b;
	int century, year;

	if (cert_der_peek(d) == DER_UTC_TIME) {
		if (cert_der_take(d, DER_UTC_TIME, &b) || b.n != 13 ||
			two_digits(b.p, 0, 99, &year))
			return ERR_BADINPUT;
		return time_of(year + (year < 50 ? 2000 : 1900), b.p + 2, ret);
	}
	if (cert_der_take(d, DER_GENERALIZED_TIME, &b) || b.n != 15 ||
		two_digits(b.p, 0, 99, &century) || two_digits(b.p + 2, 0, 99, &year) ||
		century * 100 + year < 1)
		return ERR_BADINPUT;
	return time_of(century * 100 + year, b.p + 4, ret);
}

void cert_der_put(struct buf *out, uint8_t tag, struct bytes content)
{
	size_t begun = cert_der_begin(out, tag);

	buf_add_bytes(out, content);
	cert_der_end(out, begun);
}

size_t cert_der_begin(struct buf *out, uint8_t tag)
{
	buf_add_char(out, (char)tag);
	return out->n;
}

void cert_der_end(struct buf *out, size_t begun)
{
	size_t n = out->n - begun, octets = n < 0x80 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : 3;
	uint8_t length[4] = {(uint8_t)(octets ? 0x80 | octets : n)};

	for (size_t i = 0; i < octets; i++)
		length[1 + i] = (uint8_t)(n >> (8 * (octets - 1 - i)));
	/* the length was not known before its content: make room in front of it */
	buf_add(out, length, 1 + octets);
	if (!buf_ok(out))
		return;
	memmove(out->p + begun + 1 + octets, out->p + begun, n);
	memcpy(out->p + begun, length, 1 + octets);
}

int cert_der_put_time(struct buf *out, int64_t t)
{
	time_t seconds = (time_t)t;
	char text[32];
	struct tm tm;
	bool utc;

	if (!gmtime_r(&seconds, &tm) || tm.tm_year < 50 || tm.tm_year > 9999 - 1900)
		return ERR_BADINPUT;
	utc = tm.tm_year < 150;
	strftime(text, sizeof(text), "%Y%m%d%H%M%SZ", &tm);
	cert_der_put(out, utc ? DER_UTC_TIME : DER_GENERALIZED_TIME,
		bytes_of_str(utc ? text + 2 : text));
	return 0;
}
