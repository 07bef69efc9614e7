/* SPDX-License-Identifier: EUPL-1.2 */
/* Books, mailings, links, manifests and what moved in: each reference is broken in turn, and told. */
#include "mdm/ddm_int.h"
#include "mdm/media_int.h"
#include "mdm/moving_int.h"
#include "tests/unit/mdm/books.h"
#include "tests/unit/mdm/desired.h"

static struct mdm_media book;
static struct mdm_mailing mailing;
static char told[4096];

static int send_in(struct store_txn *txn, void *arg)
{
	return mdm_mailing_add(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg, house.a, &mailing);
}

static int more_in(struct store_txn *txn, void *arg)
{
	static const uint8_t print[CERT_FINGERPRINT] = {9};
	const struct mdm_moved moved = {.udid = Q_UDID, .profile_id = "x", .server_url = "y"};
	int err = mdm_moved_put(txn, &moved);

	(void)arg;
	if (err == 0)
		err = mdm_pin_put(txn, print, Q_UDID);
	if (err == 0)
		err = mdm_mailing_due_put(txn, 5, mailing.id);
	return err ? err : mdm_link_put(txn, "a word", mailing.id);
}

static void begin(void)
{
	struct mdm_mailing want = {.kind = MDM_MAILING_MEDIA, .serial = Q_SERIAL, .title = "Bok"};

	q_open();
	house_options()->public_url = "https://ipad.example.se";
	cr_assert_eq(
		mdm_media_add(house.m,
			&(struct mdm_media_ask){&q.who, "bok.pdf", bytes_of_str(BOOK_PDF), q.now},
			house.a, &book, &q.r),
		0);
	want.media = book.id;
	cr_assert_eq(q_write(send_in, &want), 0, "%s", q.r.say ? q.r.say->code : "?");
	cr_assert_eq(d_group("seniorer"), 0);
	cr_assert_eq(d_member("seniorer", Q_SERIAL, true), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_DECLARATION, "code",
			     "{\"type\":\"com.apple.configuration.passcode.settings\","
			     "\"payload\":{\"RequirePasscode\":true}}")),
		0, "%s", q.r.say ? q.r.say->code : "?");
	d_tend();
	cr_assert_eq(q_write(more_in, NULL), 0);
}

TestSuite(media_check, .init = begin, .fini = house_close);

static void fault(void *arg, const char *what)
{
	size_t n = strlen(told);

	(void)arg;
	snprintf(told + n, sizeof(told) - n, "%s\n", what);
}

static int check_in(struct store_txn *txn, void *arg)
{
	int err = mdm_media_check(txn, fault, arg);

	return err ? err : mdm_ddm_check(txn, fault, arg);
}

/* What is done to the store, all of it taken back after the look. */
struct spoiling {
	const char *name;
	int (*spoil)(struct store_txn *txn);
	const char *says;
};

static int first_del(struct store_txn *txn, enum store_table t)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key k = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, t, NULL);

	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err)
		return err;
	k.n = (uint16_t)key.n;
	memcpy(k.b, key.p, key.n);
	return store_del(txn, t, &k);
}

#define DROP(name, table)                                \
	static int name(struct store_txn *txn)           \
	{                                                \
		return first_del(txn, table);            \
	}
DROP(no_media, MDM_MEDIA)
DROP(no_piece, MDM_PIECE)
DROP(no_mailing, MDM_MAILING)
DROP(no_recipient, MDM_RECIPIENT)
DROP(no_mailing_of, MDM_MAILING_OF)
DROP(no_enrolment, MDM_ENROLLMENT)
DROP(no_group, MDM_GROUP)
DROP(no_manifest, MDM_MANIFEST)
DROP(no_declaration, MDM_DECLARATION)
DROP(no_ddm, MDM_DDM)

static int other_piece(struct store_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	char *other = arena_strdup(a, BOOK_PDF);

	other[20] ^= 1;
	return mdm_piece_put(txn, book.id, 0, bytes_of_str(other));
}

static int other_count(struct store_txn *txn)
{
	struct mdm_mailing x = mailing;

	x.total = 7;
	return mdm_mailing_put(txn, &x);
}

static const struct spoiling spoilings[] = {
	{"media", no_media, "a piece of a book that is not there"},
	{"media", no_media, "a mailing of a book that is not there"},
	{"piece", no_piece, "a book that is not whole"},
	{"piece", other_piece, "another content than was put in"},
	{"mailing", no_mailing, "a recipient of no mailing"},
	{"mailing", no_mailing, "waits to begin and is no mailing"},
	{"mailing", no_mailing, "a survey's link that leads to no mailing"},
	{"recipient", no_recipient, "in a mailing that does not know it"},
	{"recipient", no_recipient, "counts its recipients wrongly"},
	{"count", other_count, "counts its recipients wrongly"},
	{"mailing_of", no_mailing_of, "a recipient that does not know its mailing"},
	{"enrolment", no_enrolment, "moved in and not enrolled"},
	{"enrolment", no_enrolment, "a pinned certificate of an iPad that is not there"},
	{"group", no_group, "a member of no group"},
	{"manifest", no_manifest, "manifest is not there"},
	{"manifest", no_manifest, "declaration: some are there that nobody leans on"},
	{"declaration", no_declaration, "declaration is not there"},
	{"ddm", no_ddm, "manifest: some are there that nobody leans on"},
};

static int spoil_in(struct store_txn *txn, void *arg)
{
	const struct spoiling *s = arg;
	int err = s->spoil(txn);

	told[0] = '\0';
	if (err == 0)
		err = check_in(txn, NULL);
	return err ? err : ERR_CONFLICT; /* all is as before */
}

Test(media_check, what_is_whole_is_said_to_be)
{
	told[0] = '\0';
	cr_assert_eq(q_read(check_in, NULL), 0);
	cr_expect_str_eq(told, "");
}

Test(media_check, each_broken_reference_is_told)
{
	for (size_t i = 0; i < sizeof(spoilings) / sizeof(spoilings[0]); i++) {
		int err = q_write(spoil_in, (void *)(uintptr_t)&spoilings[i]);

		cr_expect_eq(err, ERR_CONFLICT, "%s: %s", spoilings[i].name, err_name(err));
		cr_expect_not_null(strstr(told, spoilings[i].says), "%s: \"%s\" is not in:\n%s",
			spoilings[i].name, spoilings[i].says, told);
	}
}
