# SPDX-License-Identifier: EUPL-1.2
# bash completion for hylla(1). The program itself lists its commands and options.

# "device lost|--message|--phone" lines, asked for once a shell.
_hylla_words()
{
	local program=${COMP_WORDS[0]/#\~/$HOME}

	if [ "$program" != "${_hylla_program-}" ]; then
		_hylla_lines=$("$program" completion-words 2>/dev/null) || return 1
		_hylla_program=$program
	fi
}

# What may follow an option that takes a value; fails for a switch and for free text.
_hylla_value()
{
	case $1 in
	--data)
		mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
	--erase | --preserve-data-plan | --return-to-service)
		mapfile -t COMPREPLY < <(compgen -W "yes no" -- "$2") ;;
	--roles)
		mapfile -t COMPREPLY < <(compgen -W "it konsulent bibliotek admin reader" -- "$2") ;;
	--state)
		mapfile -t COMPREPLY < <(compgen -W "ordered delivered in_stock on_loan lost stolen
			repair returned_to_lessor discarded quarantined" -- "$2") ;;
	-o | --wifi-profile | --plist | --key | --vendor-cert | --vendor-key | --vendor-chain)
		mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
	*)
		return 1 ;;
	esac
}

_hylla()
{
	local cur=${COMP_WORDS[COMP_CWORD]} typed="" line words offer="" i

	COMPREPLY=()
	_hylla_words || return
	_hylla_value "${COMP_WORDS[COMP_CWORD - 1]}" "$cur" && return
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-*) break ;;
		esac
		typed+="${COMP_WORDS[i]} "
	done
	while IFS= read -r line; do
		words="${line%%|*} "
		if [ "${cur#-}" != "$cur" ]; then
			# options of the command that what was typed begins with
			[ "${typed:0:${#words}}" = "$words" ] && offer=${line#*|}
		elif [ "${words:0:${#typed}}" = "$typed" ] && [ "$words" != "$typed" ]; then
			words=${words#"$typed"}
			offer+="${words%% *}|"
		fi
	done <<<"$_hylla_lines"
	if [ -n "$offer" ]; then
		mapfile -t COMPREPLY < <(compgen -W "${offer//|/ }" -- "$cur" | sort -u)
	else
		compopt -o default 2>/dev/null
	fi
}
complete -F _hylla hylla
