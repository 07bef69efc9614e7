/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/mailing.h"

#include "base/clock.h"

TestSuite(mailing, .init = m_open, .fini = d_close);

static const char *url_sent(void)
{
	struct mdm_plist *root;
	const char *uuid;

	cr_assert_eq(
		mdm_plist_parse(mdm_plist_data(q_command(&uuid), "Payload"), NULL, house.a, &root),
		0);
	return mdm_plist_str(mdm_plist_first(mdm_plist_array(root, "PayloadContent")), "URL");
}

static int take_in(struct store_txn *txn, void *arg)
{
	const char *mailing;

	return mdm_link_take(txn, house.a, arg, &mailing);
}

static int take(const char *word)
{
	return q_write(take_in, (void *)(uintptr_t)word);
}

struct holds {
	const char *text;
	size_t n;
};

/* Is the word anywhere in the store? */
static int holds_in(struct store_txn *txn, void *arg)
{
	struct holds *h = arg;

	for (int t = 0; t < STORE_TABLE_COUNT; t++) {
		AUTO(store_iter) struct store_iter it = {0};
		struct bytes k, v;
		int err = store_iter_init(&it, txn, (enum store_table)t, NULL);

		while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
			h->n += memmem(k.p, k.n, h->text, strlen(h->text)) != NULL;
			h->n += v.n && memmem(v.p, v.n, h->text, strlen(h->text));
		}
	}
	return 0;
}

Test(mailing, a_survey_has_a_link_that_is_good_once)
{
	const char *url, *word;
	struct holds h = {0};

	cr_assert_eq(send(SURVEY), 0, "%s", q.r.say ? q.r.say->code : "?");
	cr_expect_eq(q_line().n, 0);
	d_tend();
	cr_expect_eq(now().total, 1);
	cr_expect_eq(now().delivered, 0);
	cr_assert_str_eq(q_poll(), "InstallProfile");
	url = url_sent();
	cr_assert(text_starts(url, "https://ipad.example.se/e/"));
	word = url + strlen("https://ipad.example.se/e/");
	cr_expect_eq(strlen(word), 32);
	h.text = word;
	q_ack(q_next_uuid());
	cr_expect_eq(now().delivered, 1);
	cr_assert_eq(q_read(holds_in, &h), 0);
	cr_expect_eq(h.n, 0, "the word is nowhere in the store");
	cr_expect_eq(take("guessed"), ERR_NOTFOUND);
	cr_expect_eq(take(word), 0);
	cr_expect_eq(take(word), ERR_EXPIRED, "used once");
}

static int forget_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_forget(txn, Q_SERIAL);
}

static int recipients_in(struct store_txn *txn, void *arg)
{
	struct mdm_mailing_to *list;
	size_t n = 0;
	int err = mdm_mailing_recipients(
		house.m, txn, house.a, made.id, NULL, 10, SAY_EN, q.now, &list, &n);

	if (err == 0 && n == 1)
		*(struct mdm_mailing_to *)arg = list[0];
	return err;
}

static struct mdm_mailing_to recipient(void)
{
	struct mdm_mailing_to x = {0};

	cr_assert_eq(q_read(recipients_in, &x), 0);
	cr_assert_str_eq(x.serial, Q_SERIAL);
	return x;
}

Test(mailing, nobody_is_asked_twice)
{
	cr_assert_eq(send(SURVEY), 0);
	d_tend();
	q_obey();
	cr_assert_eq(q_write(forget_in, NULL), 0);
	d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "wifi", D_WIFI));
	cr_expect_eq(q_line().n, 1, "the profile, and not the survey");
	q_obey();
	cr_expect_eq(recipient().state, MDM_TO_DELIVERED);
	cr_expect(text_starts(recipient().why, "Delivered today"), "%s", recipient().why);
	cr_expect_str_eq(d_slot(MDM_ITEM_WEB_CLIP, made.id)->why, recipient().why);
}

/* It has no slot either: that is not the reset of an iPad. */
Test(mailing, withdrawn_says_so_of_who_had_it_and_of_who_never_got_it)
{
	struct mdm_enrollment e;

	cr_assert_eq(send(SURVEY), 0);
	d_tend();
	q_obey();
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_expect(text_starts(recipient().why, "Being taken away"), "%s", recipient().why);
	cr_assert_str_eq(q_poll(), "RemoveProfile");
	q_ack(q_next_uuid());
	cr_expect(text_starts(recipient().why, "Delivered today"), "%s", recipient().why);
	cr_expect_not_null(strstr(recipient().why, "withdrawn today"), "%s", recipient().why);
	cr_assert_eq(send(SURVEY), 0);
	d_tend();
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_expect(text_starts(recipient().why, "Not delivered"), "%s", recipient().why);
	e = q_enrollment_now();
	e.trusted = false;
	q_enrollment_set(&e);
	cr_expect(text_starts(recipient().why, "Not delivered"), "nothing is sent to it later");
}

Test(mailing, waits_for_one_that_is_not_approved)
{
	struct mdm_enrollment e = q_enrollment_now();

	cr_assert_eq(send(SURVEY), 0);
	e.trusted = false;
	q_enrollment_set(&e);
	d_tend();
	cr_expect_eq(recipient().state, MDM_TO_WAITING);
	cr_expect_str_eq(recipient().why,
		"iPad " Q_SERIAL " is not approved as ours. Mark it as delivered, and what it "
		"should have is sent.");
}

Test(mailing, undone)
{
	cr_assert_eq(send(SURVEY), 0);
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_expect_eq(q_line().n, 0, "never begun");
	cr_assert_eq(send(SURVEY), 0);
	d_tend();
	q_obey();
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_assert_str_eq(q_poll(), "RemoveProfile");
	q_ack(q_next_uuid());
	cr_assert_eq(q_write(withdraw_in, NULL), ERR_REFUSED);
}

static struct mdm_media book(void)
{
	struct mdm_media x = {0};

	q.r = (struct refusal){0};
	cr_assert_eq(mdm_media_add(house.m,
			     &(struct mdm_media_ask){&q.who, "../../etc/Häfte 1.pdf",
				     bytes_of_str(BOOK_PDF), q.now},
			     house.a, &x, &q.r),
		0);
	return x;
}

static int list_in(struct store_txn *txn, void *arg)
{
	const char **ret = arg;
	struct mdm_media *list, *behind;
	size_t n = 0, more = 1;
	int err = mdm_media_list(txn, STORE_PIECE(house.a, NULL, 10), &list, &n);

	if (err == 0 && n == 1)
		err = mdm_media_list(txn, STORE_PIECE(house.a, list[0].id, 10), &behind, &more);
	*ret = err == 0 && n == 1 && more == 0 ? list[0].id : NULL;
	return err;
}

static const char *only_media(void)
{
	const char *id = NULL;

	cr_assert_eq(store_read(house.st, list_in, &id), 0);
	return id;
}

Test(mailing, a_book_is_fetched_and_told)
{
	struct mdm_media x = book();
	const struct mdm_plist *d;
	const char *uuid, *id;

	cr_expect_str_eq(x.name, "------etc-H--fte-1.pdf", "nothing but plain letters");
	cr_expect_str_eq(only_media(), x.id);
	cr_assert_eq(send((struct mdm_mailing){.kind = MDM_MAILING_MEDIA,
			     .media = x.id,
			     .title = "Häfte",
			     .serial = Q_SERIAL}),
		0);
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	d = q_command(&uuid);
	id = mdm_plist_str(d, "PersistentID");
	cr_expect(text_starts(mdm_plist_str(d, "MediaURL"), HOUSE_URL "/m/"));
	cr_expect_str_eq(mdm_plist_str(d, "Kind"), "pdf");
	q_answer(uuid, "Acknowledged", "<key>State</key><string>Queued</string>");
	cr_expect_eq(now().delivered, 0, "a yes is not a book");
	cr_expect_eq(d_state(MDM_ITEM_MEDIA, made.id), MDM_APPLIED_FETCHING);
	q.now += 61;
	d_tend();
	cr_assert_str_eq(q_poll(), "ManagedMediaList");
	q_answer(q_next_uuid(), "Acknowledged",
		arena_printf(house.a,
			"<key>Books</key><array><dict><key>PersistentID</key><string>%s</string>"
			"<key>State</key><string>Managed</string></dict></array>",
			id));
	cr_expect_eq(now().delivered, 1);
	cr_expect_eq(d_state(MDM_ITEM_MEDIA, made.id), MDM_APPLIED_ON);
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_assert_str_eq(q_poll(), "RemoveMedia");
	q_ack(q_next_uuid());
	q.now = HOUSE_NOW;
}

Test(mailing, waits_for_its_time_and_for_the_morning)
{
	struct mdm_mailing want = SURVEY;

	want.starts_at = q.now + 3600;
	cr_assert_eq(send(want), 0);
	d_tend();
	cr_expect_eq(now().state, MDM_MAILING_PLANNED);
	q.now += 3600;
	house_options()->quiet = "00:00-23:59";
	d_tend();
	cr_expect_eq(now().state, MDM_MAILING_PLANNED, "it is quiet");
	house_options()->quiet = NULL;
	d_tend();
	cr_expect_eq(now().state, MDM_MAILING_RUNNING);
	cr_expect_eq(q_line().n, 1);
	q.now = HOUSE_NOW;
}

Test(mailing, undone_in_the_night)
{
	cr_assert_eq(send(SURVEY), 0);
	d_tend();
	cr_assert_eq(q_line().n, 1, "in the line of an iPad that sleeps");
	house_options()->quiet = "00:00-23:59";
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	d_tend();
	cr_expect_eq(q_line().n, 0, "it does not go out to who calls before the morning");
	house_options()->quiet = NULL;
}

Test(mailing, quiet_hours)
{
	char text[CLOCK_TEXT];
	int64_t noon = HOUSE_NOW - HOUSE_NOW % 86400 + 12 * 3600;
	int hour;

	clock_format_local(noon, text);
	hour = (text[11] - '0') * 10 + text[12] - '0';
	cr_expect_not(mdm_quiet_now(NULL, noon));
	cr_expect_not(mdm_quiet_now("nonsense", noon));
	cr_expect(mdm_quiet_now(arena_printf(house.a, "%02d:00-%02d:00", hour, hour + 1), noon));
	cr_expect_not(
		mdm_quiet_now(arena_printf(house.a, "%02d:00-%02d:00", hour + 1, hour), noon));
	cr_expect(
		mdm_quiet_now(arena_printf(house.a, "%02d:30-%02d:30", hour + 2, hour + 1), noon));
}

static int pieces_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, MDM_PIECE, arg);
}

static int newest_in(struct store_txn *txn, void *arg)
{
	size_t n;

	return audit_list(txn, NULL, STORE_PIECE_N(house.a, 0, 1), arg, &n);
}

Test(mailing, a_book_goes_when_nothing_uses_it)
{
	struct audit_record *x;
	struct mdm_media book;
	uint64_t pieces = 9;

	cr_assert_eq(
		mdm_media_add(house.m,
			&(struct mdm_media_ask){&q.who, "bok.pdf", bytes_of_str(BOOK_PDF), q.now},
			house.a, &book, &q.r),
		0);
	cr_assert_eq(send((struct mdm_mailing){
			     .kind = MDM_MAILING_MEDIA, .serial = Q_SERIAL, .media = book.id}),
		0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)book.id), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "media.mailing");
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)book.id), ERR_NOTFOUND, "it went along");
	cr_assert_eq(q_read(pieces_in, &pieces), 0);
	cr_expect_eq(pieces, 0);
	cr_assert_eq(q_read(newest_in, &x), 0);
	cr_expect_str_eq(x->act, "media.remove");
	cr_expect_not_null(strstr(x->detail, book.id), "which one: %s", x->detail);
}

Test(mailing, a_book_of_another_mailing_stays)
{
	struct mdm_mailing want = {.kind = MDM_MAILING_MEDIA, .serial = Q_SERIAL};
	struct mdm_media book;
	uint64_t pieces = 0;

	cr_assert_eq(
		mdm_media_add(house.m,
			&(struct mdm_media_ask){&q.who, "bok.pdf", bytes_of_str(BOOK_PDF), q.now},
			house.a, &book, &q.r),
		0);
	want.media = book.id;
	cr_assert_eq(send(want), 0);
	cr_assert_eq(send(want), 0);
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)book.id), ERR_REFUSED);
	cr_assert_eq(q_read(pieces_in, &pieces), 0);
	cr_expect_eq(pieces, 1);
}

Test(mailing, a_book_that_nobody_was_sent_can_be_removed)
{
	struct mdm_media book;

	cr_assert_eq(
		mdm_media_add(house.m,
			&(struct mdm_media_ask){&q.who, "bok.pdf", bytes_of_str(BOOK_PDF), q.now},
			house.a, &book, &q.r),
		0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)book.id), 0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)book.id), ERR_NOTFOUND);
}

Test(mailing, wrong_asks)
{
	static const struct {
		struct mdm_mailing want;
		const char *code;
	} cases[] = {
		{{.serial = Q_SERIAL, .url = "https://x/"}, "mailing.kind"},
		{{.kind = MDM_MAILING_LINK, .url = "https://x/"}, "mailing.to"},
		{{.kind = MDM_MAILING_LINK, .serial = "S", .group = "g", .url = "https://x/"},
			"mailing.to"},
		{{.kind = MDM_MAILING_LINK, .group = "ingen", .url = "https://x/"}, "group.none"},
		{{.kind = MDM_MAILING_LINK, .serial = "S", .url = "http://x/"}, "mailing.url"},
		{{.kind = MDM_MAILING_LINK, .serial = "S", .url = "https://x/", .starts_at = 1},
			"mailing.past"},
		{{.kind = MDM_MAILING_MEDIA, .serial = "S", .media = "no"}, "media.none"},
		{{.kind = MDM_MAILING_MEDIA, .serial = "S"}, "media.none"},
		{{.kind = MDM_MAILING_LINK, .serial = "S", .url = "https://x/", .title = ""},
			"mailing.title"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(send(cases[i].want), ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(q.r.say ? q.r.say->code : "-", cases[i].code, "%zu", i);
	}
	house_options()->public_url = "";
	cr_expect_eq(send(SURVEY), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "mailing.public");
}

struct given_back {
	struct mdm_mailing_to *to;
	size_t n, cleaned, own;
};

static int clean_in(struct store_txn *txn, void *arg)
{
	struct given_back *x = arg;

	return mdm_desired_clean(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL, &x->cleaned);
}

static int given_back_in(struct store_txn *txn, void *arg)
{
	struct given_back *x = arg;
	struct mdm_item *items;
	int err = mdm_item_list(house.m, txn, house.a, MDM_OF_IPAD, Q_SERIAL, &items, &x->own);

	return err ? err
		   : mdm_mailing_recipients(house.m, txn, house.a, made.id, NULL, 10, SAY_EN, q.now,
			     &x->to, &x->n);
}

/* mdm/desired_clean.c: what a group was sent is not the borrower's own. */
Test(mailing, to_one_ipad_alone_ends_when_it_is_given_back)
{
	struct given_back x = {0};
	struct mdm_mailing first, to_group = SURVEY, later = SURVEY;

	cr_assert_eq(d_group("seniorer"), 0);
	cr_assert_eq(d_member("seniorer", Q_SERIAL, true), 0);
	to_group.serial = NULL;
	to_group.group = "seniorer";
	cr_assert_eq(send(to_group), 0);
	first = made;
	later.starts_at = q.now + 86400;
	cr_assert_eq(send(later), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "lock-screen",
			     "{\"type\":\"lock-screen\",\"footnote\":\"Borås, 033\"}")),
		0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	cr_assert_eq(send(SURVEY), 0);
	d_tend(); /* each begins one */
	d_tend();
	cr_assert_eq(q_write(clean_in, &x), 0);
	cr_expect_eq(x.cleaned, 3, "the network, the survey and the planned one");
	cr_assert_eq(q_read(given_back_in, &x), 0);
	cr_expect_eq(x.own, 1, "the words of its lock screen");
	cr_expect_eq(now().state, MDM_MAILING_WITHDRAWN);
	cr_assert_eq(x.n, 1);
	cr_expect_str_eq(x.to[0].why, "Withdrawn: the iPad was returned.");
	made = first;
	cr_expect_eq(now().state, MDM_MAILING_RUNNING);
	cr_assert_eq(q_write(clean_in, &x), 0);
	cr_expect_eq(x.cleaned, 0, "nothing is left");
}
