/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(why, .init = q_open, .fini = house_close);

struct ask {
	const char *uuid, *text;
	enum say_lang lang;
};

static int why_in(struct store_txn *txn, void *arg)
{
	struct ask *x = arg;
	struct mdm_command c;
	int err = mdm_command_get(txn, house.a, x->uuid, &c);

	if (err == 0)
		err = mdm_command_why(house.m, txn, house.a, &c, x->lang, q.now, &x->text);
	return err;
}

static const char *why(const char *uuid)
{
	struct ask x = {.uuid = uuid};

	for (x.lang = 0; x.lang < SAY_LANGS; x.lang++) {
		cr_assert_eq(q_read(why_in, &x), 0);
		cr_assert_gt(strlen(x.text), 15);
		cr_assert_null(strchr(x.text, '{'), "%s", x.text);
	}
	return x.text; /* the last: English */
}

#define SAYS(uuid_, words_)                                    \
	do {                                                   \
		const char *said_ = why(uuid_);                \
		cr_assert(strstr(said_, words_), "%s", said_); \
	} while (0)

Test(why, a_command_tells_its_life)
{
	const char *a = q_add(MDM_SECURITY_INFO), *b = q_add(MDM_PROFILE_LIST);

	SAYS(a, "is woken in a moment");
	SAYS(b, "Waits behind SecurityInfo: The iPad is woken");
	q_withdraw();
	SAYS(a, "goes when the iPad calls next; last seen –");
	q_poll();
	SAYS(a, "took the command today 09:");
	q_answer(a, "NotNow", NULL);
	SAYS(a, "said \"not now\" today 09:");
	SAYS(b, "took the command");
	q_error(b, 5);
	SAYS(b, "MCMDMErrorDomain 5: No.");
	SAYS(a, "is woken today 09:");
	q_poll();
	q_ack(a);
	SAYS(a, "carried it out today 09:");
}

Test(why, a_command_tells_what_holds_it)
{
	struct mdm_enrollment e = q_enrollment();
	const char *a = q_add(MDM_PROFILE_LIST);

	e.trusted = false;
	q_enrollment_set(&e);
	SAYS(a, "not approved as ours");
	e.trusted = true;
	e.push_token = bytes_of(NULL, 0);
	q_enrollment_set(&e);
	SAYS(a, "given no push address");
	e.state = MDM_CHECKED_OUT;
	q_enrollment_set(&e);
	SAYS(a, "not enrolled at present");
	e = q_enrollment();
	e.erased_at = 5;
	q_enrollment_set(&e);
	SAYS(a, "told to erase itself");
	e = q_enrollment();
	q_enrollment_set(&e);
	q_lost();
	SAYS(a, "The iPad is lost;");
	q_poll();
	q_ack(q_next_uuid());
	q_found();
	SAYS(a, "The iPad is lost;");
	q_obey();
	SAYS(a, "carried it out");
	a = q_add(MDM_PROFILE_LIST);
	q.now += 8 * 86400;
	SAYS(a, "time ended");
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	SAYS(a, "dropped today ");
	a = q_add(MDM_PROFILE_LIST);
	q_cancel(a);
	SAYS(a, "anna cancelled it");
	a = q_add(MDM_PROFILE_LIST);
	q.now += 6 * 86400 + 5 * 365 * 86400L;
	cr_assert_str_eq(q_ask((struct mdm_ask){.request = MDM_PROFILE_LIST}) ? "" : "ok", "ok");
	SAYS(q.uuid, "identity has expired");
}

Test(why, no_push_certificate)
{
	struct mdm_enrollment e = q_enrollment();

	house_close();
	house_store();
	house_certs();
	house_mdm(NULL);
	q_enroll(&e);
	SAYS(q_add(MDM_PROFILE_LIST), "no push certificate");
}

static int stand_in(struct store_txn *txn, void *arg)
{
	struct cert_push p;
	int err = cert_push_get(house.certs, txn, house.a, false, &p);

	return err ? err : cert_push_stand(txn, p.generation - (arg ? 0 : 1), "BadCertificate");
}

/* Apple refused it over another iPad's push, and this one's was never sent. */
Test(why, a_push_certificate_that_apple_refuses)
{
	const char *a = q_add(MDM_PROFILE_LIST);

	cr_assert_eq(store_write(house.st, stand_in, NULL), 0);
	SAYS(a, "is woken in a moment");
	cr_assert_eq(store_write(house.st, stand_in, &house), 0);
	SAYS(a, "does not accept our push certificate (BadCertificate)");
	house_topic(HOUSE_TOPIC);
	SAYS(a, "is woken in a moment");
}

/* Found, and it had left Lost Mode by itself: that is no failure, in words and in state. */
Test(why, an_ipad_out_of_lost_mode_already_has_not_failed)
{
	const char *uuid;

	q_lost();
	q_poll();
	q_ack(q_next_uuid());
	q_found();
	cr_assert_str_eq(q_poll(), "DisableLostMode");
	uuid = arena_strdup(house.a, q_next_uuid());
	q_error(uuid, 12067);
	cr_expect_eq(q_phase(), MDM_NOT_LOST);
	SAYS(uuid, "that it was out of Lost Mode already.");
}
