/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include <criterion/criterion.h>

static struct net_mail mail(void)
{
	return (struct net_mail){.from = "hylla@kommun.example",
		.to = "anna@kommun.example",
		.subject = "Hej",
		.text = "Hej\n",
		.message_id = "1@kommun.example"};
}

static const char *format(const struct net_mail *m, struct buf *out)
{
	buf_reset(out);
	cr_assert_eq(net_mail_format(m, 1795312800, out), 0);
	return buf_str(out);
}

static const char *body(const char *s)
{
	return strstr(s, "\r\n\r\n") + 4;
}

Test(mail_msg, is_what_the_standard_says)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m = mail();

	m.from_name = "Hylla";
	m.reply_to = "it@kommun.example";
	cr_expect_str_eq(format(&m, &out), "Date: Sun, 22 Nov 2026 02:00:00 +0000\r\n"
					   "From: \"Hylla\"\r\n <hylla@kommun.example>\r\n"
					   "To: anna@kommun.example\r\n"
					   "Reply-To: it@kommun.example\r\n"
					   "Subject: Hej\r\n"
					   "Message-ID: <1@kommun.example>\r\n"
					   "Auto-Submitted: auto-generated\r\n"
					   "MIME-Version: 1.0\r\n"
					   "Content-Type: text/plain; charset=utf-8\r\n"
					   "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
					   "Hej\r\n");
}

Test(mail_msg, names_and_subjects_that_are_not_plain_are_encoded)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m = mail();
	const char *s;

	m.to_name = "Åsa \"Ö\" Lind";
	m.from_name = "A \"b\" \\c";
	m.subject = "Påminnelse: återlämna";
	s = format(&m, &out);
	cr_expect(strstr(s, "To: =?utf-8?Q?=C3=85sa_=22=C3=96=22_Lind?=\r\n <anna@"));
	cr_expect(strstr(s, "From: \"A \\\"b\\\" \\\\c\"\r\n <hylla@"));
	cr_expect(strstr(s, "Subject: =?utf-8?Q?P=C3=A5minnelse=3A_=C3=A5terl=C3=A4mna?=\r\n"));
	m.subject = "=?utf-8?Q?x?=";
	cr_expect(strstr(format(&m, &out), "Subject: =?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fx=3F=3D?=\r\n"));
}

/* No line over 78, no encoded word over 75, none that ends inside a character. */
Test(mail_msg, long_ones_are_folded)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m = mail();
	char subject[NET_MAIL_SUBJECT + 1] = "";
	const char *p, *end;
	size_t characters = 0;

	for (size_t i = 0; i < NET_MAIL_SUBJECT / 2; i++)
		memcpy(subject + 2 * i, "å", 3);
	m.subject = subject;
	m.to_name = subject + NET_MAIL_SUBJECT - 200;
	for (p = format(&m, &out); *p; p = end + 2) {
		end = strstr(p, "\r\n");
		cr_expect_leq(end - p, 76);
		if (memchr(p, '?', (size_t)(end - p)))
			cr_expect_eq(memcmp(end - 2, "?=", 2), 0);
	}
	for (p = buf_str(&out); (p = strstr(p, "=C3=A5")); p++)
		characters++;
	cr_expect_eq(characters, NET_MAIL_SUBJECT / 2 + 100);
}

Test(mail_msg, text_survives)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"a\nb", "a\r\nb\r\n"},
		{"a\r\nb\r\n", "a\r\nb\r\n"},
		{"a\rb", "a\r\nb\r\n"},
		{"å = 1\n", "=C3=A5 =3D 1\r\n"},
		{"blank \ntab\t\n", "blank=20\r\ntab=09\r\n"},
		{".\n.x\n", ".\r\n.x\r\n"},
		{"\n\nx", "\r\n\r\nx\r\n"},
		{"", ""},
	};
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m = mail();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		m.text = cases[i].text;
		cr_expect_str_eq(body(format(&m, &out)), cases[i].want);
	}
}

Test(mail_msg, long_lines_are_broken_softly)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m = mail();
	char text[401];
	const char *end;

	memset(text, 'x', 400);
	text[400] = '\0';
	m.text = text;
	for (const char *p = body(format(&m, &out)); *p; p = end + 2) {
		end = strstr(p, "\r\n");
		cr_expect_leq(end - p, 76);
		cr_expect(end[2] == '\0' || end[-1] == '=');
	}
}

Test(mail_msg, nothing_can_be_smuggled_in)
{
	static const char *const bad[] = {"", "x", "@", "a@", "@b", "a b@c", "a@b c",
		"a@b\r\nBcc: x@y", "<a@b>", "a@b>", "a@b,c@d", "a..b@c", ".a@b", "a@b.", "å@b",
		"a@å", "a@b_c", "a@b@c d", "\"a\"@b"};
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct net_mail m;
	char big[NET_MAIL_SUBJECT + 2];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_not(net_mail_address_ok(bad[i]), "%s", bad[i]);
		m = mail(), m.to = bad[i];
		cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
		m = mail(), m.from = bad[i];
		cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
		m = mail(), m.reply_to = bad[i];
		cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	}
	m = mail(), m.subject = "a\r\nBcc: x@y";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	m = mail(), m.to_name = "a\nb";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	m = mail(), m.message_id = "x>\r\nBcc: a@b";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	m = mail(), m.text = "a\x01";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	m = mail(), m.text = "\xc3";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	m = mail(), m.subject = "\xff";
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_BADINPUT);
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	m = mail(), m.subject = big;
	cr_expect_eq(net_mail_format(&m, 0, &out), ERR_TOOBIG);
	cr_expect_eq(out.n, 0);
}

Test(mail_msg, each_mail_has_an_id_of_its_own)
{
	AUTO(buf) struct buf one = BUF_INIT(1 << 20);
	AUTO(buf) struct buf two = BUF_INIT(1 << 20);
	struct net_mail m = mail();

	m.message_id = NULL;
	cr_expect(strstr(format(&m, &one), "@kommun.example>\r\nAuto"));
	cr_expect_str_neq(buf_str(&one), format(&m, &two));
}
