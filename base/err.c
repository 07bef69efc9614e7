/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <stddef.h>

const char *err_name(int err)
{
	static const char *const names[] = {
		[0] = "ok",
		[-ERR_INTERNAL] = "internal error",
		[-ERR_NOTFOUND] = "not found",
		[-ERR_EXISTS] = "exists already",
		[-ERR_BADINPUT] = "bad input",
		[-ERR_TOOBIG] = "too big",
		[-ERR_STRANGER] = "not known",
		[-ERR_DENIED] = "not allowed",
		[-ERR_EXPIRED] = "expired",
		[-ERR_REFUSED] = "refused by a rule",
		[-ERR_CONFLICT] = "changed meanwhile",
		[-ERR_BUSY] = "busy",
		[-ERR_TIMEOUT] = "timed out",
		[-ERR_NOSPACE] = "no space left",
		[-ERR_IO] = "input/output error",
		[-ERR_CORRUPT] = "stored data are damaged",
		[-ERR_NEWER] = "stored by a newer version",
		[-ERR_CRYPTO] = "signature, seal or key does not hold",
		[-ERR_NET] = "other side not reachable",
		[-ERR_UNSUPPORTED] = "not supported",
		[-ERR_USAGE] = "wrong usage",
	};
	const long n = sizeof(names) / sizeof(names[0]);

	if (err > 0 || -(long)err >= n || !names[-err])
		return "unknown error";
	return names[-err];
}
