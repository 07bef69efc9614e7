#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Builds a small house with one fault of each kind and sees that tools/check-doors finds it.
set -u
checker=$(cd "$top_srcdir" && pwd)/tools/check-doors
house=$(mktemp -d) || exit 99
trap 'rm -rf "$house"' EXIT
failed=0

# part LIBRARY OBJECT CODE: puts an object into an archive.
part() {
	printf '%s\n' "$3" >"$house/part.c"
	${CC:-cc} -O0 -fno-builtin -w -c "$house/part.c" -o "$house/$1_a-$2.o" || exit 99
	ar -rc "$house/build/$1.a" "$house/$1_a-$2.o" || exit 99
}

# source FILE LINE...: writes a source.
source_file() {
	file=$house/source/$1
	shift
	mkdir -p "${file%/*}"
	printf '%s\n' "$@" >"$file"
}

begin() {
	rm -rf "$house/build" "$house/source"
	mkdir -p "$house/build" "$house/source"
	source_file base/base.c 'int base_value(void);'
	part libbase base 'int base_value(void) { return 1; }'
}

# expect WORDS STATUS [PATTERN]
expect() {
	said=$("$checker" "$house/build" "$house/source" 2>&1)
	status=$?
	if [ "$status" -ne "$2" ] || ! printf '%s\n' "$said" | grep -q -- "${3:-0 errors}"; then
		printf 'FAIL: %s: status %s\n%s\n' "$1" "$status" "$said"
		failed=1
	fi
}

begin
expect "a clean house" 0

begin
part libstore env 'int mdb_env_create(void); int f(void) { return mdb_env_create(); }'
part libapns transport 'int SSL_new(void); int nghttp2_x(void); int g(void) { return SSL_new() + nghttp2_x(); }'
part libmdm plist_format 'int plist_free(void); int h(void) { return plist_free(); }'
part libfake ipad 'int EVP_new(void); int i(void) { return EVP_new(); }'
part libweb json 'int json_reply(void) { return 1; }'
part libweb page 'int json_reply(void); int j(void) { return json_reply(); }'
expect "each door in its room, and names of our own" 0

begin
part libweb page 'int mdb_get(void); int f(void) { return mdb_get(); }'
expect "a library outside its room" 1 'door: libweb (page.o) calls mdb_get: only libstore may'

begin
part libmdm queue 'int plist_free(void); int f(void) { return plist_free(); }'
expect "a library outside its object" 1 'door: libmdm (queue.o) calls plist_free: only libmdm (plist_format) may'

begin
part libmdm plist_parse 'int plist_from_xml(void); int f(void) { return plist_from_xml(); }'
expect "libplist does not read" 1 'door: libmdm (plist_parse.o) calls plist_from_xml'

begin
part libhttp tls 'int X509_verify_cert(void); int f(void) { return X509_verify_cert(); }'
expect "OpenSSL where GnuTLS lives" 1 'door: libhttp (tls.o) calls X509_verify_cert'

begin
part libfake ipad 'int sprintf(char *, const char *, ...); int f(char *s) { return sprintf(s, "x%d", 1); }'
expect "a banned call, even in the fakes" 1 'ban: libfake (ipad.o) calls sprintf'

begin
source_file mdm/mdm.c '/* atoi(s) and' ' * rand() are only told of */' 'int x = f("atoi(s) \" rand()");' \
	'int g(int my_rand(int)); void h(void) { v.gets(); p->ctime(1); snprintf(0, 0, ""); }'
expect "banned words in comments, texts and longer names" 0

begin
source_file mdm/mdm.c 'int f(const char *s) { /* x */ return /* y */ atoi (s); }'
expect "a call that the compiler may replace" 1 'ban: mdm/mdm.c:1'

begin
source_file tests/unit/mdm/test_x.c 'int f(void) { return rand(); }'
expect "a banned call in a test" 1 'ban: tests/unit/mdm/test_x.c:1'

begin
source_file mdm/a.c '#include "store/store.h"' '#include "base/xml.h"' '#include "mdm/mdm_int.h"' \
	'#include "config.h"' '#include "audit/audit.h"'
expect "a room that looks down" 0

begin
source_file apns/a.c '' '#include "mdm/mdm.h"'
expect "a room that looks up" 1 'layer: apns/a.c:2: apns may not include mdm/mdm.h'

begin
source_file mdm/a.c '#include "store/store_int.h"'
expect "an inner header" 1 'layer: mdm/a.c:1: store/store_int.h belongs to store alone'

begin
source_file cellar/a.c '#include "base/buf.h"'
expect "a room that is not in the plan" 1 'layer: cellar/a.c:1: no room is named cellar'

rm -rf "$house/build"
mkdir "$house/build"
expect "nothing built" 99 'nothing to look at'

exit "$failed"
