#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What the bash completion offers, asked as bash asks it.
set -u
hylla=$top_builddir/hylla
failed=0
# shellcheck source=/dev/null
. "$top_srcdir/completions/hylla.bash"

# expect WANTED WORD...: the words typed, the last one being completed.
expect() {
	wanted=$1
	shift
	COMP_WORDS=("$hylla" "$@")
	COMP_CWORD=$#
	_hylla
	got="${COMPREPLY[*]-}"
	if [ "$got" != "$wanted" ]; then
		printf 'FAIL: "%s" gives "%s", not "%s"\n' "$*" "$got" "$wanted"
		failed=1
	fi
}

"$hylla" completion-words >/dev/null || {
	echo "FAIL: $hylla completion-words"
	exit 1
}
expect "push-cert" pu
expect "device" dev
expect "cancel command command-show commands" device c
expect "locate lock lost" device lo
expect "close" user cl
expect "--message" device lost --me
expect "--message" device lost SERIAL --stolen --me
expect "--stolen" device lost SERIAL --st
expect "--take-good-rows" item import list.csv --ta
expect "yes no" device erase SERIAL --preserve-data-plan ""
expect "reader" user add anna --roles re
expect "--as --data --help --json" check --
expect "" nothing --
[ "$failed" -eq 0 ] && echo "completion: all as wanted"
exit "$failed"
