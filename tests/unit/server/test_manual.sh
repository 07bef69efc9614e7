#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The manual pages against the tables they tell of: every command, option and setting has its
# place, and nothing stands there that is not in the program.
set -u
hylla=$top_builddir/hylla
man=$top_srcdir/docs/man
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# "command|option" pairs of the program; the common options once, under no command.
"$hylla" completion-words >"$work/words" || {
	echo "FAIL: $hylla completion-words"
	exit 1
}
awk -F'|' '
	{ print $1 "|" }
	{ for (i = 2; i <= NF; i++) if ($i !~ /^--(data|json|as|help)$/) print $1 "|" $i }
	END { print "|--data\n|--json\n|--as\n|--help" }' "$work/words" | sort >"$work/program"

# The same of the page: .SS "command", and under it .TP with the option on the next line.
sed 's/\\-/-/g' "$man/hylla.1" | awk '
	/^\.SH / { command = ""; common = /COMMON OPTIONS/; next }
	/^\.SS / {
		split($0, part, "\"")
		command = part[2]
		print command "|"
		next
	}
	tagged && (command != "" || common) {
		for (i = 2; i <= NF; i++)
			if ($i ~ /^-/) {
				print command "|" $i
				break
			}
	}
	{ tagged = /^\.TP/ }' | sort >"$work/page"

# "section.key default" of the table and of the page.
sed -n 's/.*KEEP("\([a-z]*\)", "\([a-z_]*\)", CONF_[A-Z]*, "\([^"]*\)".*/\1.\2 \3/p' \
	"$top_srcdir/server/conf_keys.c" | sort >"$work/keys"
awk '
	function flush() { if (key != "") print section "." key " " otherwise; key = otherwise = "" }
	/^\.S[HS] / { flush(); section = $2; gsub(/["\[\]]/, "", section) }
	after_default { otherwise = $2 }
	{ after_default = /(^|[ .])Default$/ }
	tagged && /^\.B / { flush(); key = $2 }
	{ tagged = /^\.TP/ }
	END { flush() }' "$man/hylla.conf.5" | sort >"$work/conf"

failed=0
# same WORDS OURS PAGE
same() {
	if [ ! -s "$2" ]; then
		printf 'FAIL: %s: the program lists none\n' "$1"
		failed=1
	elif ! diff "$2" "$3" >"$work/diff"; then
		printf 'FAIL: %s: < is in the program alone, > on the page alone\n' "$1"
		grep '^[<>]' "$work/diff"
		failed=1
	fi
}
same "hylla.1" "$work/program" "$work/page"
same "hylla.conf.5" "$work/keys" "$work/conf"
[ "$failed" -eq 0 ] &&
	echo "manual: $(wc -l <"$work/program") commands and options, $(wc -l <"$work/keys") settings"
exit "$failed"
