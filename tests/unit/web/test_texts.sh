#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The catalogues are whole, gettext reads them too, and no template has a text of its own: what
# people read stands in po/, where it can be translated.
set -u
LC_ALL=C
export LC_ALL
cd "${top_srcdir:-.}" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	echo "[FAIL] $*"
	failed=1
}

sh tools/po po/sv.po po/fi.po po/en.po >"$work/texts.c" || fail "the catalogues are not whole"
if command -v msgfmt >/dev/null 2>&1; then
	for lang in sv fi en; do
		msgfmt --check-format -o /dev/null "po/$lang.po" || fail "gettext cannot read po/$lang.po"
	done
fi

# What a broken catalogue looks like to it.
printf 'msgid "a.b"\nmsgstr "A {{n}}"\n' >"$work/whole.po"
printf 'msgid "a.b"\nmsgstr "A"\n' >"$work/tagless.po"
printf 'msgid "a.c"\nmsgstr "A {{n}}"\n' >"$work/other.po"
printf 'msgid "a.b"\nmsgstr ""\n' >"$work/empty.po"
printf 'msgid "a.b"\nmsgstr "A {{n}}"\nmsgid "a.b"\nmsgstr "A {{n}}"\n' >"$work/twice.po"
printf 'msgid "a.b"\nmsgstr "A {{n}}"\nhello\n' >"$work/noise.po"
sh tools/po "$work/whole.po" "$work/whole.po" "$work/whole.po" >"$work/out" || fail "a whole one"
for bad in tagless other empty twice noise; do
	sh tools/po "$work/whole.po" "$work/whole.po" "$work/$bad.po" >/dev/null 2>&1 &&
		fail "$bad passes"
done

# Each text has its reader: a template, or a key that the program puts together. Those of the
# command line are held against its commands in tests/unit/server/test_help.sh.
keys=$(sed -n 's/^msgid "\([a-z][^"]*\)"$/\1/p' po/sv.po)
for key in $keys; do
	case $key in
	cli.* | done.* | setting.* | column.* | error.* | field.* | place.* | role.* | name.* | want.* | preset.* | mailing.stay.* | mailing.new.* | return.* | ade.profile.* | price.state.* | price.way.* | devices.*) continue ;;
	esac
	grep -rqF "{{t.$key}}" web/pages || grep -rqF "\"$key\"" web --include='*.c' ||
		fail "nobody reads $key"
done

# Letters outside tags, and in the attributes that people read or hear.
for file in web/pages/*.mustache; do
	tr '\n' ' ' <"$file" | sed -e 's/{{[^}]*}}//g' -e 's/&[a-z]*;//g' >"$work/bare"
	if sed -e 's/<[^>]*>//g' "$work/bare" | grep -q '[A-Za-z]'; then
		fail "$file: $(sed -e 's/<[^>]*>//g' -e 's/  */ /g' "$work/bare" | cut -c 1-200)"
	fi
	grep -oE ' (title|alt|placeholder|aria-label|aria-description|summary)="[^"]*[A-Za-z][^"]*"' \
		"$work/bare" && fail "$file has a text in an attribute"
done
[ "$failed" -eq 0 ] && echo "$(printf '%s\n' "$keys" | wc -l | tr -d ' ') texts in three languages"
exit "$failed"
