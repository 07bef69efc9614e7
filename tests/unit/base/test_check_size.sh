#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Builds a small house with one thing too large of each kind and sees that tools/check-size finds it.
set -u
checker=$(cd "$top_srcdir" && pwd)/tools/check-size
house=$(mktemp -d) || exit 99
trap 'rm -rf "$house"' EXIT
failed=0
mkdir -p "$house/tools" "$house/base"

# expect WORDS STATUS PATTERN [ARGUMENT]
expect() {
	said=$("$checker" ${4:-} "$house" 2>/dev/null)
	status=$?
	if [ "$status" -ne "$2" ] || ! printf '%s\n' "$said" | grep -q -- "$3"; then
		printf 'FAIL: %s: status %s\n%s\n' "$1" "$status" "$said"
		failed=1
	fi
}

# body NAME LINES: a function of so many.
body() {
	printf 'int %s(int a,\n\tint (*b)(int, int, int, int, int, int))\n{\n' "$1"
	yes '	a++;' | head -n "$2"
	printf '}\n'
}

printf '# why\nbase 0 0 0\n' >"$house/tools/sizes"
{
	printf 'static const int table[] = {\n\t1, 2, 3, 4, 5, 6, 7};\n'
	printf 'int wide(int a, int b, int c, int d, int e, int f);\n'
	body just_right 60
} >"$house/base/a.c"
expect 'a list, a declaration, a function as argument, 60 lines' 0 '0 errors'

printf 'int\nwide(int a, int b, int c,\n\tint d, int e, int f)\n{\n\treturn a;\n}\n' >"$house/base/b.c"
expect 'six parameters' 1 'base: 1 too many parameters'
expect 'its place' 0 'wide.*base/b.c:2.*wide.*6' --list
expect 'a higher figure is not kept' 1 '1 errors' --keep
grep -q '^base 0 0 0$' "$house/tools/sizes" || { echo 'FAIL: a figure rose'; failed=1; }
rm "$house/base/b.c"

body too_long 61 >"$house/base/c.c"
expect '61 lines' 1 'base: 1 too many lines'
rm "$house/base/c.c"

yes '/* */' | head -n 501 >"$house/base/d.h"
expect '501 lines in a file' 1 'base: 1 too many file-lines'
rm "$house/base/d.h"

printf '# why\nbase 3 2 1\n' >"$house/tools/sizes"
expect 'less than there was' 0 'fewer than'
expect 'a lower figure is kept' 0 '0 errors' --keep
[ "$(cat "$house/tools/sizes")" = "$(printf '# why\nbase 0 0 0')" ] || { echo 'FAIL: not kept'; failed=1; }
exit $failed
