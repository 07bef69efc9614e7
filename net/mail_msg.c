/* SPDX-License-Identifier: EUPL-1.2 */
/* A mail as bytes: RFC 5322, 2045 (quoted-printable), 2047 (encoded words), 3834. */
#include "net/net_int.h"

#include "base/random.h"
#include "base/text.h"

#include <time.h>

#define LINE_MOST 76 /* of quoted-printable and of encoded words, RFC 2045 6.7, RFC 2047 2 */
#define NAME_MOST 200

/* --- form --- */

static bool is_atext(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Words of such letters between dots. */
static bool is_dotted(const char *s, size_t n, bool host)
{
	for (size_t i = 0; i < n; i++) {
		bool dot = s[i] == '.';

		if (dot && (i == 0 || i + 1 == n || s[i + 1] == '.'))
			return false;
		if (!dot && !is_atext(s[i]))
			return false;
		if (!dot && host && strchr("!#$%&'*+/=?^_`{|}~", s[i]))
			return false;
	}
	return n > 0;
}

bool net_mail_address_ok(const char *s)
{
	const char *at = s ? strrchr(s, '@') : NULL;
	size_t local = at ? (size_t)(at - s) : 0, host = at ? strlen(at + 1) : 0;

	/* RFC 5321, 4.5.3.1 */
	return at && local <= 64 && host <= 255 && local + host <= 253 &&
	       is_dotted(s, local, false) && is_dotted(at + 1, host, true);
}

static bool line_ok(const char *s, size_t most)
{
	size_t n = 0;

	for (; s[n]; n++) {
		if ((uint8_t)s[n] < ' ' || s[n] == 0x7f || n >= most)
			return false;
	}
	return text_is_utf8(bytes_of(s, n));
}

static bool text_ok(const char *s)
{
	for (const char *p = s; *p; p++) {
		if (((uint8_t)*p < ' ' && !strchr("\t\r\n", *p)) || *p == 0x7f)
			return false;
	}
	return text_is_utf8(bytes_of_str(s));
}

static int mail_check(const struct net_mail *m)
{
	if (!net_mail_address_ok(m->from) || !net_mail_address_ok(m->to) ||
		(m->reply_to && !net_mail_address_ok(m->reply_to)))
		return ERR_BADINPUT;
	if ((m->from_name && !line_ok(m->from_name, NAME_MOST)) ||
		(m->to_name && !line_ok(m->to_name, NAME_MOST)))
		return ERR_BADINPUT;
	if (!m->subject || !m->text)
		return ERR_BADINPUT;
	if (strlen(m->subject) > NET_MAIL_SUBJECT || strlen(m->text) > NET_MAIL_TEXT)
		return ERR_TOOBIG;
	if (!line_ok(m->subject, NET_MAIL_SUBJECT) || !text_ok(m->text))
		return ERR_BADINPUT;
	if (m->message_id && !net_mail_address_ok(m->message_id))
		return ERR_BADINPUT;
	return 0;
}

/* --- header fields --- */

static const char hex[] = "0123456789ABCDEF";

/* Bytes of the UTF-8 character that begins with c. */
static size_t char_bytes(uint8_t c)
{
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* RFC 2047, 5 (3): letters and digits stand for themselves everywhere, a phrase included. */
static bool stands_for_itself(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A character as it stands in an encoded word. */
static size_t word_char(const char *s, size_t n, char out[12])
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (stands_for_itself(s[i])) {
			out[k++] = s[i];
		} else if (s[i] == ' ') {
			out[k++] = '_';
		} else {
			out[k++] = '=';
			out[k++] = hex[(uint8_t)s[i] >> 4];
			out[k++] = hex[(uint8_t)s[i] & 15];
		}
	}
	return k;
}

#define WORD_BEGIN "=?utf-8?Q?"

/* No word is longer than 75, none ends inside a character; each on a line of its own. */
static void add_words(struct buf *out, const char *s, size_t column)
{
	buf_add_str(out, WORD_BEGIN);
	column += strlen(WORD_BEGIN);
	while (*s) {
		size_t n = char_bytes((uint8_t)*s), k;
		char c[12];

		k = word_char(s, n, c);
		if (column + k + 2 > LINE_MOST) {
			buf_add_str(out, "?=\r\n " WORD_BEGIN);
			column = 1 + strlen(WORD_BEGIN);
		}
		buf_add(out, c, k);
		column += k;
		s += n;
	}
	buf_add_str(out, "?=");
}

/* Plain where that is possible without folding. */
static bool is_plain(const char *s, size_t most)
{
	if (strlen(s) > most || strstr(s, "=?"))
		return false;
	for (const char *p = s; *p; p++) {
		if ((uint8_t)*p >= 0x7f)
			return false;
	}
	return *s != ' ' && !(*s && s[strlen(s) - 1] == ' ');
}

static void add_subject(struct buf *out, const char *s)
{
	static const char name[] = "Subject: ";

	buf_add_str(out, name);
	if (is_plain(s, LINE_MOST - strlen(name)))
		buf_add_str(out, s);
	else
		add_words(out, s, strlen(name));
	buf_add_str(out, "\r\n");
}

static void add_quoted(struct buf *out, const char *s)
{
	buf_add_char(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, *s);
	}
	buf_add_char(out, '"');
}

static void add_address(struct buf *out, const char *field, const char *name, const char *address)
{
	buf_printf(out, "%s: ", field);
	if (text_empty(name)) {
		buf_add_str(out, address);
	} else {
		if (is_plain(name, 30))
			add_quoted(out, name);
		else
			add_words(out, name, strlen(field) + 2);
		buf_printf(out, "\r\n <%s>", address);
	}
	buf_add_str(out, "\r\n");
}

static void add_date(struct buf *out, int64_t now)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t t = (time_t)now;
	struct tm tm;

	if (!gmtime_r(&t, &tm))
		tm = (struct tm){.tm_year = 70, .tm_mday = 1, .tm_wday = 4};
	buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
		months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void add_id(struct buf *out, const struct net_mail *m)
{
	char id[UUID_TEXT];

	if (m->message_id)
		buf_printf(out, "Message-ID: <%s>\r\n", m->message_id);
	else
		buf_printf(out, "Message-ID: <%s%s>\r\n", random_uuid(id), strrchr(m->from, '@'));
}

/* --- the text --- */

static const char *line_end(const char *s)
{
	return s + strcspn(s, "\r\n");
}

/* One line; blanks at its end would be lost on the way (RFC 2045, 6.7 (3)). */
static void add_line(struct buf *out, const char *s, const char *end)
{
	size_t column = 0;

	for (; s < end; s++) {
		bool last = s + 1 == end, blank = *s == ' ' || *s == '\t';
		bool plain = blank ? !last : (*s > ' ' && *s < 0x7f && *s != '=');
		size_t n = plain ? 1 : 3;

		if (column + n > LINE_MOST - 1) {
			buf_add_str(out, "=\r\n");
			column = 0;
		}
		if (plain) {
			buf_add_char(out, *s);
		} else {
			buf_add_char(out, '=');
			buf_add_char(out, hex[(uint8_t)*s >> 4]);
			buf_add_char(out, hex[(uint8_t)*s & 15]);
		}
		column += n;
	}
	buf_add_str(out, "\r\n");
}

static void add_text(struct buf *out, const char *s)
{
	while (*s) {
		const char *end = line_end(s);

		add_line(out, s, end);
		if (end[0] == '\r' && end[1] == '\n')
			end++;
		s = *end ? end + 1 : end;
	}
}

int net_mail_format(const struct net_mail *m, int64_t now, struct buf *out)
{
	int err = mail_check(m);

	if (err)
		return err;
	add_date(out, now);
	add_address(out, "From", m->from_name, m->from);
	add_address(out, "To", m->to_name, m->to);
	if (m->reply_to)
		add_address(out, "Reply-To", NULL, m->reply_to);
	add_subject(out, m->subject);
	add_id(out, m);
	/* So that out-of-office answers do not come back (RFC 3834). */
	buf_add_str(out, "Auto-Submitted: auto-generated\r\n"
			 "MIME-Version: 1.0\r\n"
			 "Content-Type: text/plain; charset=utf-8\r\n"
			 "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	add_text(out, m->text);
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}
