#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The command line as people meet it: exit statuses, what is said on a slip, settings, listeners.
set -u
hylla=$top_builddir/hylla
work=$(mktemp -d) || exit 99
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
unset HYLLA_DATA LC_ALL LC_MESSAGES
LANG=en_GB.UTF-8
export LANG
data=$work/data
checks=0 failed=0

fail() {
	printf 'FAIL: %s\n--- stdout\n%s\n--- stderr\n%s\n' "$1" "$(cat "$work/out")" "$(cat "$work/err")"
	failed=$((failed + 1))
}

# expect STATUS PATTERN WORD...: PATTERN (extended, "" for none) is in what is said on either.
expect() {
	wanted=$1 pattern=$2
	shift 2
	checks=$((checks + 1))
	"$hylla" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	if [ "$status" -ne "$wanted" ]; then
		fail "hylla $*: status $status, not $wanted"
	elif ! cat "$work/out" "$work/err" | grep -qE -- "$pattern"; then
		fail "hylla $*: nothing like \"$pattern\""
	fi
}

in_lang() {
	LANG=$1
	shift
	expect "$@"
	LANG=en_GB.UTF-8
}

# --- words and options ---
expect 2 'usage: hylla COMMAND'
expect 0 'usage: hylla COMMAND' help
expect 0 'device lost SERIAL' --help
expect 0 '^hylla [0-9]+\.[0-9]+' --version
expect 2 'no command "device lots"; did you mean "device lost"\?' device lots X
expect 2 'no command "devise list"; did you mean "device list"\?' devise list
expect 2 'no command "frobnicate"; .hylla help. lists them all' frobnicate
expect 0 'usage: hylla device lost SERIAL' device lost --help
expect 0 'says|done|stop|SIGTERM' serve --help
expect 2 'usage: hylla device lost SERIAL' device lost
expect 2 'usage: hylla device lost SERIAL' device lost A B
expect 2 'no option --mesage; try --help' device lost A --mesage X
expect 2 '--message needs a value' device lost A --message
expect 2 '--stolen takes no value' device lost A --stolen=yes
expect 2 '--erase is yes or no' item mark A in_stock --erase maybe
expect 2 'one or more of: it konsulent' user add anna
expect 2 'one or more of: it konsulent' user add anna --roles king
expect 2 '--life is written like' token add --roles it --life soon
expect 2 'there is no such state' item list --state nonsense
expect 2 'either --plist FILE or --ask JSON' device command A
expect 2 'the field "request" is wrong' device command A --ask '{"request":"Frobnicate"}'
expect 2 'the field "mesage" is wrong' device command A --ask '{"request":"DeviceLock","mesage":"x"}'
expect 2 'say who with --as' device locate A --purpose 'police report'
expect 1 'there is no Hylla here yet' device list --data "$work/nowhere"

# --- founding ---
expect 0 'one-time password' init --data "$data" --organisation Provkommunen \
	--host localhost,127.0.0.1,127.0.0.2
checks=$((checks + 1))
"$hylla" product list --json --data "$data" | grep -q '"id"' || fail "init loads no products"
expect 0 '"products": [1-9]' init --json --data "$work/other"
expect 0 'one-time password' init --data "$work/bare" --no-catalogue
expect 0 'Nothing to show' product list --data "$work/bare"
expect 1 'has a Hylla already: it is as it was' init --data "$data"
# a restored store has no listener certificate: init makes that anew, and nothing else
before=$(cksum "$work/bare/seal.key" "$work/bare/hylla.conf")
rm "$work/bare/tls.crt" "$work/bare/tls.key"
expect 1 'files that were missing' init --data "$work/bare" --host localhost
checks=$((checks + 1))
[ -s "$work/bare/tls.crt" ] && [ -s "$work/bare/tls.key" ] &&
	[ "$before" = "$(cksum "$work/bare/seal.key" "$work/bare/hylla.conf")" ] ||
	fail "init does not make a missing listener certificate anew"
rm "$work/bare/tls.crt"
expect 1 'a file that the line above names is not there' serve --data "$work/bare" \
	--set device.listen=127.0.0.1:0 --set staff.listen= --set public.listen=
mv "$work/bare/hylla.conf" "$work/away.conf"
expect 1 'copies of hylla.conf' serve --data "$work/bare"
mv "$work/away.conf" "$work/bare/hylla.conf"
# a store is no backup, and a size limit is an answer
expect 1 'or no backup of Hylla' restore "$work/bare/hylla.mdb" --data "$work/elsewhere"
checks=$((checks + 1))
said=$(ulimit -f 100 && "$hylla" backup "$work/limited" --data "$data" 2>&1 >/dev/null) &&
	fail "a backup beyond the size limit is called done"
case $said in
*'no space left'*) ;;
*) fail "a backup beyond the size limit: $said" ;;
esac
[ ! -e "$work/limited.part" ] || fail "a backup beyond the size limit leaves its half"
# beside the server nobody knows whether it is connected
checks=$((checks + 1))
"$hylla" status --data "$data" --json | grep -q '"connected"' && fail "status guesses at the connection"
for file in seal.key tls.key hylla.mdb; do
	checks=$((checks + 1))
	[ "$(stat -c %a "$data/$file")" = 600 ] || fail "$file is mode $(stat -c %a "$data/$file")"
done
expect 0 'Nothing to show' device list --data="$data"
HYLLA_DATA=$data
export HYLLA_DATA
expect 0 ' 0 faults' check
expect 0 '"faults": \[\]' check --json

# --- what a rule refuses, and what is not there ---
expect 4 'There is no thing with the number NOSUCH' item show NOSUCH
expect 4 'There is no thing with the number NOSUCH' device why NOSUCH
expect 4 'There is no thing with the number NOSUCH' device lost NOSUCH
expect 4 '"code": "unit.unknown"' device lost NOSUCH --json
in_lang sv_SE.UTF-8 0 'märk som borttappad eller stulen' help device lost
in_lang sv_SE.UTF-8 2 'ingen flagga --mesage' device lost A --mesage X
in_lang fi_FI.UTF-8 2 'ei valitsinta --mesage' device lost A --mesage X
in_lang sv_SE.UTF-8 4 'Det finns ingen sak med numret NOSUCH' device lost NOSUCH
in_lang fi_FI.UTF-8 4 'Numerolla NOSUCH ei ole' device lost NOSUCH
expect 4 'no push certificate yet' push-cert show
expect 2 'a task has a number' task 'done' first
printf 'serial,item_number,state\nAAA111,INV-1,in_stock\nBBB222,INV-2,lost\n' >"$work/bad.csv"
printf 'serienummer;inventarienummer;status\nAAA111;INV-1;i lager\n' >"$work/good.csv"
expect 3 'bad.csv:3: ' item import "$work/bad.csv"
expect 0 'Nothing to show' item list
expect 0 'dry run: nothing was written' item import "$work/good.csv" --dry-run
expect 0 '1 new, 0 changed' item import "$work/good.csv"
expect 0 '0 new, 0 changed, 1 as before' item import "$work/good.csv"
expect 4 'not found' item import "$work/none.csv"
expect 3 'Write a message or a phone number' item mark INV-1 lost
expect 3 'neither lost nor stolen' device found -- INV-1
expect 0 'INV-1: marked\.' device lost INV-1
expect 0 'INV-1: marked\.' device lost INV-1 --stolen
expect 0 '"reason": "stolen"' device show INV-1 --json
expect 0 'INV-1: marked\.' device lost INV-1
expect 4 'No iPad with serial number AAA111 is enrolled' device why INV-1
expect 3 'No iPad with serial number' device erase AAA111
expect 0 'usage: hylla device lost SERIAL' help device lost
expect 0 'device lost SERIAL' help device
expect 2 'device lost SERIAL' device
expect 3 'is lost already|has been marked as lost' device lost INV-1
expect 0 'AAA111 .*lost' item list --state lost
in_lang sv_SE.UTF-8 0 '^Serienummer +Nummer +Tillstånd' item list
in_lang sv_SE.UTF-8 0 'AAA111 .*borttappad' item list
in_lang fi_FI.UTF-8 0 '^Sarjanumero' item list
in_lang sv_SE.UTF-8 0 '"state": "lost"' item list --json
in_lang sv_SE.UTF-8 0 'i dag [0-9][0-9]\.[0-9][0-9] .*item\.mark' audit --object AAA111
expect 0 'one-time password' user add anna --roles 'konsulent reader'
expect 3 'anna exists already' user add anna --roles it
expect 3 'last administrator' user close it
expect 0 'item\.mark' audit --object AAA111

# --- settings ---
cp "$data/hylla.conf" "$work/whole.conf"
setting() { # LINE...: a configuration of these lines
	printf '%s\n' "$@" >"$data/hylla.conf"
}
setting '[server]' 'organisaton = A'
expect 1 'hylla\.conf:2: there is no key "organisaton" in \[server\]; did you mean "organisation"\?' check
setting '' '[stor]'
expect 1 'hylla\.conf:2: there is no section \[stor\]; did you mean \[store\]\?' check
setting '[http]' 'header_time = 10s' 'header_time = 11s'
expect 1 'hylla\.conf:3: "header_time" is already set on line 2' check
setting '[device]' 'connections = many'
expect 1 'hylla\.conf:2: "connections" must be a whole number' check
setting '[apns]' 'profile_id = x'
expect 1 'hylla\.conf:2: there is no key "profile_id" in \[apns\]; it belongs in \[mdm\]' check
setting '[server]' 'zone = Europe/Nowhere'
expect 1 'server.zone.*' check
setting '[ade]' 'skip = Siri, SIMSetup'
expect 1 'SIMSetup is not skipped' check
setting
expect 0 ' 0 faults' check
expect 1 'there is no key "prt" in \[apns\]; did you mean "port"\?' serve --set apns.prt=1
expect 1 'must be section.key=value' serve --set rubbish
expect 1 'no listener' serve --set device.listen= --set staff.listen= --set public.listen=
expect 1 'not like 127.0.0.1:8443' serve --set device.listen=here
cp "$work/whole.conf" "$data/hylla.conf"

# --- listeners ---
start() { # SETTING...: serves, and waits until it answers
	for word; do
		set -- "$@" --set "$word"
		shift
	done
	mkfifo "$work/ready"
	"$hylla" serve --set public.listen= --ready-fd 3 "$@" 3>"$work/ready" 2>"$work/log" &
	server=$!
	read -r line <"$work/ready"
	rm "$work/ready"
	checks=$((checks + 1))
	[ "$line" = ready ] || fail "serve $*: $(cat "$work/log")"
}
stop() {
	kill -TERM "$server"
	wait "$server"
	status=$?
	server=
	checks=$((checks + 1))
	[ "$status" -eq 0 ] || fail "serve ended with $status: $(cat "$work/log")"
}
port() { sed -n "s/.*event=serve.listen name=$1 .* port=\([0-9]*\) .*/\1/p" "$work/log"; }
# answers STATUS ADDRESS
answers() {
	checks=$((checks + 1))
	got=$(curl --silent --cacert "$data/ca.crt" --output /dev/null --write-out '%{http_code}' "$2")
	[ "$got" = "$1" ] || fail "$2: $got, not $1"
}
# Another address of the same machine, so that two listeners may both ask for any port.
start device.listen=127.0.0.1:0 staff.listen=127.0.0.2:0
answers 200 "https://127.0.0.1:$(port device)/healthz"
answers 200 "https://127.0.0.1:$(port device)/scep?operation=GetCACaps"
answers 404 "https://127.0.0.1:$(port device)/api/v1/promise"
answers 200 "https://127.0.0.2:$(port staff)/api/v1/promise"
answers 401 "https://127.0.0.2:$(port staff)/metrics"
answers 404 "https://127.0.0.2:$(port staff)/scep?operation=GetCACaps"
kill -HUP "$server"
tries=600
until grep -q 'event=serve.tls result=reloaded' "$work/log" || [ "$tries" -eq 0 ]; do
	sleep 0.1
	tries=$((tries - 1))
done
checks=$((checks + 1))
grep -q 'event=serve.tls result=reloaded' "$work/log" || fail "SIGHUP: $(cat "$work/log")"
expect 1 'the store is in use: stop the server first|has a store' restore "$work/none.bak" --replace
stop
# The same address twice is one listener with both sides.
start device.listen=127.0.0.1:0 staff.listen=127.0.0.1:0
checks=$((checks + 1))
[ "$(grep -c event=serve.listen "$work/log")" -eq 1 ] || fail "two listeners: $(cat "$work/log")"
answers 200 "https://127.0.0.1:$(port device)/scep?operation=GetCACaps"
answers 200 "https://127.0.0.1:$(port device)/api/v1/promise"
stop

echo "command line: $checks checks, $failed failed"
[ "$failed" -eq 0 ]
