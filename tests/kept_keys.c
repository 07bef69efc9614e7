/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded into test programs and what they start (tests/run-test): an RSA key is taken from a
 * directory of keys, where it stays for the next program, instead of being made anew. Making them
 * was most of what tests did. Each program takes them in turn, so none gets a key twice.
 *
 *   TEST_KEYS        the directory
 *   TEST_KEYS_TAKEN  a file with a byte for each key this program and its children took
 *
 * Everything else, and everything when these are not set, is OpenSSL's own. Its functions are
 * looked up when used, since most of what this is loaded into has none of them.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEY_MOST 8192

typedef EVP_PKEY *(*keygen_fn)(OSSL_LIB_CTX *, const char *, const char *, ...);
typedef EVP_PKEY *(*parse_fn)(EVP_PKEY **, const unsigned char **, long);
typedef int (*format_fn)(const EVP_PKEY *, unsigned char **);

static void *ossl(const char *name)
{
	void *fn = dlsym(RTLD_NEXT, name);

	if (!fn)
		abort();
	return fn;
}

/* Which key this is to be: how many were taken before. Below 0: none, make one. */
static long take(void)
{
	const char *path = getenv("TEST_KEYS_TAKEN");
	int fd = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
	long at = -1;

	if (fd >= 0 && write(fd, "", 1) == 1)
		at = (long)lseek(fd, 0, SEEK_CUR) - 1;
	if (fd >= 0)
		close(fd);
	return at;
}

static EVP_PKEY *key_read(const char *path)
{
	unsigned char der[KEY_MOST];
	const unsigned char *p = der;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, der, sizeof(der)) : -1;

	if (fd >= 0)
		close(fd);
	return n > 0 ? ((parse_fn)ossl("d2i_AutoPrivateKey"))(NULL, &p, n) : NULL;
}

static void key_write(const char *path, const EVP_PKEY *key)
{
	unsigned char der[KEY_MOST], *p = der;
	char made[4096];
	int n = ((format_fn)ossl("i2d_PrivateKey"))(key, NULL), fd;

	if (n <= 0 || n > KEY_MOST)
		return;
	((format_fn)ossl("i2d_PrivateKey"))(key, &p);
	snprintf(made, sizeof(made), "%s.%d", path, (int)getpid());
	fd = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (write(fd, der, (size_t)n) != n || rename(made, path) != 0)
		unlink(made);
	close(fd);
}

static EVP_PKEY *key_kept(keygen_fn keygen, OSSL_LIB_CTX *ctx, const char *props, size_t bits)
{
	const char *dir = getenv("TEST_KEYS");
	long at = dir ? take() : -1;
	char path[4000];
	EVP_PKEY *key;

	if (at < 0)
		return keygen(ctx, props, "RSA", bits);
	snprintf(path, sizeof(path), "%s/rsa-%zu-%ld", dir, bits, at);
	key = key_read(path);
	if (key)
		return key;
	key = keygen(ctx, props, "RSA", bits);
	if (key)
		key_write(path, key);
	return key;
}

EVP_PKEY *EVP_PKEY_Q_keygen(OSSL_LIB_CTX *ctx, const char *props, const char *type, ...)
{
	keygen_fn keygen = (keygen_fn)ossl("EVP_PKEY_Q_keygen");
	EVP_PKEY *key;
	va_list more;

	va_start(more, type);
	if (strcmp(type, "RSA") == 0)
		key = key_kept(keygen, ctx, props, va_arg(more, size_t));
	else if (strcmp(type, "EC") == 0)
		key = keygen(ctx, props, type, va_arg(more, const char *));
	else
		key = keygen(ctx, props, type);
	va_end(more);
	return key;
}
