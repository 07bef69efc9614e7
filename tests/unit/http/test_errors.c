/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <criterion/criterion.h>

static const int every[] = {ERR_INTERNAL, ERR_NOTFOUND, ERR_EXISTS, ERR_BADINPUT, ERR_TOOBIG,
	ERR_STRANGER, ERR_DENIED, ERR_EXPIRED, ERR_REFUSED, ERR_CONFLICT, ERR_BUSY, ERR_TIMEOUT,
	ERR_NOSPACE, ERR_IO, ERR_CORRUPT, ERR_NEWER, ERR_CRYPTO, ERR_NET, ERR_UNSUPPORTED,
	ERR_USAGE};

/* 401 would unenrol the iPad, 403 might, 404 would make it drop a declaration. */
Test(errors, never_to_a_device)
{
	for (int err = 5; err > -1000; err--) {
		int status = http_status(err, HTTP_DEVICE);

		cr_expect(status == 400 || status == 413 || status == 500 || status == 503,
			"%d gives %d", err, status);
	}
}

Test(errors, statuses)
{
	static const struct {
		int err, anyone, staff;
	} cases[] = {
		{ERR_NOTFOUND, 404, 404},
		{ERR_EXISTS, 409, 409},
		{ERR_BADINPUT, 400, 400},
		{ERR_TOOBIG, 413, 413},
		{ERR_STRANGER, 401, 401},
		{ERR_DENIED, 403, 403},
		{ERR_EXPIRED, 410, 401},
		{ERR_CONFLICT, 409, 409},
		{ERR_BUSY, 503, 503},
		{ERR_NOSPACE, 503, 503},
		{ERR_NET, 502, 502},
		{ERR_UNSUPPORTED, 422, 422},
		{ERR_INTERNAL, 500, 500},
		{ERR_IO, 500, 500},
		{ERR_CRYPTO, 400, 500},
		{-12345, 500, 500},
		{7, 500, 500},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(http_status(cases[i].err, HTTP_ANYONE), cases[i].anyone);
		cr_expect_eq(http_status(cases[i].err, HTTP_STAFF), cases[i].staff);
	}
}

Test(errors, every_one_has_words_for_everybody)
{
	static const int own[] = {400, 404, 405, 413, 414, 431, 500, 503};

	for (size_t i = 0; i < sizeof(every) / sizeof(every[0]); i++) {
		for (int caller = HTTP_NOBODY; caller < HTTP_CALLERS; caller++) {
			struct http_error e = http_error_of(every[i], (enum http_caller)caller);

			for (int lang = 0; lang < SAY_LANGS; lang++)
				cr_expect_gt(strlen(e.say->text[lang]), 10);
			cr_expect_eq(e.retry_after_s > 0,
				e.status == 502 || (e.status == 503 && every[i] != ERR_CONFLICT),
				"%s", err_name(every[i]));
		}
		cr_expect_geq(http_status(every[i], HTTP_ANYONE), 400);
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		cr_expect_gt(strlen(http_say_of_status(own[i])->code), 6);
	cr_expect_str_eq(http_say_of_status(404)->code, "http.not_found");
	cr_expect_str_eq(http_say_of_status(405)->code, "http.wrong_method");
}
