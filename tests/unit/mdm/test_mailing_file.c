/* SPDX-License-Identifier: EUPL-1.2 */
/* Of mailing_file.c and mailing_to.c: another file, and who has which. */
#include "tests/unit/mdm/mailing.h"

TestSuite(mailing_file, .init = m_open, .fini = d_close);

#define PDF_2 BOOK_PDF "%rev\n%%EOF\n"

static struct mdm_media book_of(const char *content)
{
	struct mdm_media x = {0};

	cr_assert_eq(mdm_media_add(house.m,
			     &(struct mdm_media_ask){
				     &q.who, "bok.pdf", bytes_of_str(content), q.now},
			     house.a, &x, &q.r),
		0);
	return x;
}

static int file_in(struct store_txn *txn, void *arg)
{
	q.r = (struct refusal){0};
	return mdm_mailing_file(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, made.id, arg);
}

static int undo_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	q.r = (struct refusal){0};
	return mdm_mailing_file_undo(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, made.id);
}

/* A mailing of a first book, as it is asked of the iPad: its PersistentID. */
static const char *first_sent(struct mdm_media *ret)
{
	const char *uuid;

	*ret = book_of(BOOK_PDF);
	cr_assert_eq(send((struct mdm_mailing){
			     .kind = MDM_MAILING_MEDIA, .media = ret->id, .serial = Q_SERIAL}),
		0);
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	return mdm_plist_str(q_command(&uuid), "PersistentID");
}

/* The iPad says yes, fetches, and tells. */
static void fetches(const char *id, const char *state)
{
	q_answer(q_next_uuid(), "Acknowledged", "<key>State</key><string>Queued</string>");
	q.now += 61;
	d_tend();
	cr_assert_str_eq(q_poll(), "ManagedMediaList");
	q_answer(q_next_uuid(), "Acknowledged",
		arena_printf(house.a,
			"<key>Books</key><array><dict><key>PersistentID</key><string>%s</string>"
			"<key>State</key><string>%s</string></dict></array>",
			id, state));
}

static int faults_in(struct store_txn *txn, void *arg)
{
	return mdm_media_check(txn, arg, NULL);
}

static void no_fault(void *arg, const char *what)
{
	(void)arg;
	cr_expect(false, "%s", what);
}

static void expect_counts(int64_t delivered, int64_t older)
{
	cr_expect_eq(now().delivered, delivered, "%lld have it", (long long)now().delivered);
	cr_expect_eq(now().older, older, "%lld have the old one", (long long)now().older);
	cr_assert_eq(q_read(faults_in, (void *)no_fault), 0);
}

Test(mailing_file, a_corrected_file_takes_the_books_place)
{
	struct mdm_media x, y;
	const char *id = first_sent(&x), *uuid;
	const struct mdm_plist *d;

	fetches(id, "Managed");
	expect_counts(1, 0);
	y = book_of(PDF_2);
	cr_assert_eq(q_write(file_in, &y), 0);
	expect_counts(0, 1);
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	d = q_command(&uuid);
	cr_expect_str_eq(mdm_plist_str(d, "PersistentID"), id, "the same book");
	cr_expect_not_null(strstr(mdm_plist_str(d, "MediaURL"), y.id), "the new file");
	cr_expect_str_eq(mdm_plist_str(d, "Version"), "2");
	fetches(id, "Managed");
	expect_counts(1, 0);
	cr_expect_eq(q_write(remove_in, (void *)(uintptr_t)x.id), ERR_REFUSED, "it can come back");
	cr_assert_eq(q_write(undo_in, NULL), 0);
	expect_counts(0, 1);
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	d = q_command(&uuid);
	cr_expect_not_null(strstr(mdm_plist_str(d, "MediaURL"), x.id), "the first file again");
	cr_expect_str_eq(mdm_plist_str(d, "Version"), "3", "newer than what it has");
	fetches(id, "Managed");
	expect_counts(1, 0);
	q.now = HOUSE_NOW;
}

Test(mailing_file, who_waits_gets_the_new_file_alone)
{
	struct mdm_media x, y;
	const char *uuid;

	x = book_of(BOOK_PDF);
	cr_assert_eq(send((struct mdm_mailing){
			     .kind = MDM_MAILING_MEDIA, .media = x.id, .serial = Q_SERIAL}),
		0);
	d_tend();
	cr_expect_eq(q_line().n, 1);
	y = book_of(PDF_2);
	cr_assert_eq(q_write(file_in, &y), 0);
	d_tend();
	cr_expect_eq(q_line().n, 1, "the old one is out of the line");
	cr_assert_str_eq(q_poll(), "InstallMedia");
	cr_expect_not_null(strstr(mdm_plist_str(q_command(&uuid), "MediaURL"), y.id));
	expect_counts(0, 0);
}

Test(mailing_file, a_file_that_is_taken_back_at_once_is_not_sent)
{
	struct mdm_media x, y;
	const char *id = first_sent(&x);

	fetches(id, "Managed");
	y = book_of(PDF_2);
	cr_assert_eq(q_write(file_in, &y), 0);
	d_tend();
	cr_expect_eq(q_line().n, 1);
	cr_assert_eq(q_write(undo_in, NULL), 0);
	d_tend();
	cr_expect_eq(q_line().n, 0, "it has that one");
	cr_expect_eq(d_state(MDM_ITEM_MEDIA, made.id), MDM_APPLIED_ON);
	expect_counts(1, 0);
	q.now = HOUSE_NOW;
}

Test(mailing_file, a_file_that_is_taken_back_in_the_night_is_what_everybody_has)
{
	struct mdm_media x, y;
	const char *id = first_sent(&x);

	fetches(id, "Managed");
	y = book_of(PDF_2);
	house_options()->quiet = "00:00-23:59";
	cr_assert_eq(q_write(file_in, &y), 0);
	d_tend();
	cr_assert_eq(q_write(undo_in, NULL), 0);
	expect_counts(0, 1);
	house_options()->quiet = NULL;
	d_tend();
	cr_expect_eq(q_line().n, 0, "nothing is sent");
	expect_counts(1, 0);
	q.now = HOUSE_NOW;
}

Test(mailing_file, a_file_that_is_overtaken_under_way_is_the_old_one)
{
	struct mdm_media x, y;
	const char *id = first_sent(&x);

	q_answer(q_next_uuid(), "Acknowledged", "<key>State</key><string>Queued</string>");
	q.now += 61;
	d_tend();
	cr_assert_str_eq(q_poll(), "ManagedMediaList");
	y = book_of(PDF_2);
	cr_assert_eq(q_write(file_in, &y), 0);
	q_answer(q_next_uuid(), "Acknowledged",
		arena_printf(house.a,
			"<key>Books</key><array><dict><key>PersistentID</key><string>%s</string>"
			"<key>State</key><string>Managed</string></dict></array>",
			id));
	expect_counts(0, 1);
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	fetches(id, "Managed");
	expect_counts(1, 0);
	q.now = HOUSE_NOW;
}

Test(mailing_file, a_book_that_could_not_be_fetched_is_sent_again)
{
	struct mdm_media x;
	const char *id = first_sent(&x);

	fetches(id, "Failed");
	cr_expect_eq(now().failed, 1);
	q.now += 86400;
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallMedia");
	fetches(id, "Managed");
	expect_counts(1, 0);
	q.now = HOUSE_NOW;
}

Test(mailing_file, files_that_are_refused)
{
	struct mdm_media x = book_of(BOOK_PDF), same = book_of(BOOK_PDF), y = book_of(PDF_2);

	cr_assert_eq(send((struct mdm_mailing){
			     .kind = MDM_MAILING_MEDIA, .media = x.id, .serial = Q_SERIAL}),
		0);
	cr_expect_eq(q_write(undo_in, NULL), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "mailing.file_first");
	cr_expect_eq(q_write(file_in, &same), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "mailing.file_same");
	cr_assert_eq(q_write(withdraw_in, NULL), 0);
	cr_expect_eq(q_write(file_in, &y), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "mailing.file_over");
	cr_assert_eq(send(SURVEY), 0);
	cr_expect_eq(q_write(file_in, &y), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "mailing.no_file");
}
