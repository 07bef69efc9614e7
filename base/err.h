/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Errors.
 *
 * A function that can fail returns int: 0, or one negative ERR_* from this list. Outputs are
 * named ret_… , come last and stay untouched on failure. Errors of libraries are translated at
 * their door and do not travel. A refusal by a rule is no error: it is a value (say.h).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))

enum err {
	ERR_INTERNAL = -1,     /* should not happen; logged where it is found */
	ERR_NOTFOUND = -2,     /* there is no such record, file or route */
	ERR_EXISTS = -3,       /* it is already there */
	ERR_BADINPUT = -4,     /* bytes from outside are not of the form they must have */
	ERR_TOOBIG = -5,       /* more than the cap */
	ERR_STRANGER = -6,     /* we do not know who is asking */
	ERR_DENIED = -7,       /* we know who is asking, and they may not */
	ERR_EXPIRED = -8,      /* was right once: certificate, challenge, session */
	ERR_REFUSED = -9,      /* a rule said no; the struct refusal beside it says why */
	ERR_CONFLICT = -10,    /* somebody else changed it in between */
	ERR_BUSY = -11,        /* come back later */
	ERR_TIMEOUT = -12,     /* waited long enough */
	ERR_NOSPACE = -13,     /* disk or map full */
	ERR_IO = -14,          /* file or device trouble */
	ERR_CORRUPT = -15,     /* stored bytes are not what we wrote */
	ERR_NEWER = -16,       /* stored by a newer version of Hylla */
	ERR_CRYPTO = -17,      /* a signature, seal or key does not hold */
	ERR_NET = -18,         /* the other side could not be reached */
	ERR_UNSUPPORTED = -19, /* well-formed, but not something we do */
	ERR_USAGE = -20,       /* the caller of the command line erred */
};

/* A short English name for logs ("not found"); never NULL. */
const char *err_name(int err);

#endif
