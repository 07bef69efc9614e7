#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every command and option is explained in three languages, and nothing is explained that is not
# there. Every text the command line says by name stands in the catalogues.
set -u
hylla=$top_builddir/hylla
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	printf 'FAIL: %s\n' "$*"
	failed=1
}

"$hylla" completion-words >"$work/words" || {
	echo "FAIL: $hylla completion-words"
	exit 1
}
[ -s "$work/words" ] || fail "the program lists no commands"

for lang in sv fi en; do
	sed -n 's/^msgid "\(cli\.[^"]*\)"$/\1/p' "$top_srcdir/po/$lang.po" | sort >"$work/keys"
	# A command has cli.help.COMMAND; an option cli.opt.COMMAND.NAME, else cli.opt.NAME.
	awk -F'|' -v keys="$work/keys" -v lang="$lang" '
		function used(key) { seen[key]; return key in has }
		BEGIN { while ((getline key <keys) > 0) has[key] }
		{
			name = $1
			gsub(/ /, "_", name)
			if (!used("cli.help." name))
				print lang ": no text cli.help." name
			seen["cli.more." name]
			for (i = 2; i <= NF; i++) {
				option = $i
				sub(/^--?/, "", option)
				if (!used("cli.opt." name "." option) && !used("cli.opt." option))
					print lang ": no text cli.opt." option " for " $1
			}
		}
		END {
			for (key in has)
				if (key ~ /^cli\.(help|more|opt)\./ && !(key in seen))
					print lang ": " key " explains nothing"
		}' "$work/words" >"$work/wrong"
	[ -s "$work/wrong" ] && fail "$(cat "$work/wrong")"

	# What the sources name, and what they put together: cli.err of the errors' names.
	grep -ohE '"cli\.(say|done|wrong|col|demo)\.[a-z0-9_]+"' "$top_srcdir"/server/*.c |
		tr -d '"' | sort -u >"$work/said"
	comm -23 "$work/said" "$work/keys" >"$work/missing"
	[ -s "$work/missing" ] && fail "$lang lacks: $(tr '\n' ' ' <"$work/missing")"
	sed -n 's/^.*\[-ERR_[A-Z]*\] = "\(.*\)".*/\1/p' "$top_srcdir/base/err.c" | tr -c 'a-z\n' '_' |
		sed 's/^/cli.err./' | sort >"$work/errors"
	comm -23 "$work/errors" "$work/keys" >"$work/missing"
	[ -s "$work/missing" ] && fail "$lang lacks: $(tr '\n' ' ' <"$work/missing")"
done

# The whole of the help has a text of its own in each language, and no key shows through. Under
# sanitizers each command is asked about in one language: the others go the same way.
for lang in sv_SE fi_FI en_GB; do
	LC_ALL=$lang.UTF-8 "$hylla" help >"$work/$lang" || fail "$lang: hylla help"
	grep -n 'cli\.' "$work/$lang" && fail "$lang: a key is shown"
	[ -z "${sanitizers:-}" ] || [ "$lang" = sv_SE ] || continue
	cut -d'|' -f1 "$work/words" | while read -r command; do
		LC_ALL=$lang.UTF-8 "$hylla" help $command
	done >"$work/$lang.all" 2>&1
	grep -n 'cli\.' "$work/$lang.all" && fail "$lang: a key is shown"
done
cmp -s "$work/sv_SE" "$work/en_GB" && fail "Swedish help is English"
cmp -s "$work/fi_FI" "$work/en_GB" && fail "Finnish help is English"
LC_ALL=C "$hylla" help | cmp -s - "$work/en_GB" || fail "in the C locale help is not English"
[ "$failed" -eq 0 ] && echo "help: $(wc -l <"$work/words") commands in three languages"
exit "$failed"
