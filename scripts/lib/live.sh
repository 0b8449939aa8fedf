# shellcheck shell=sh disable=SC2034,SC2154
# A daemon of our own and people at `openssl s_client`, for quickstart and smoke. Sourced, with $here
# set to the folder of the script and $me to its name.

# Sets work to a folder that goes, with all that was started, when the script ends.
prepare() {
  daemon='' people=''
  work=$(mktemp -d) || exit 1
  trap 'code=$?; trap - EXIT; tidy; exit $code' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# What else is to be done at the end; a script may define its own.
at_the_end() { :; }

tidy() {
  for person in $people; do
    kill "$(cat "$work/$person.pid")" 2>/dev/null
  done
  at_the_end
  [ -n "$daemon" ] && kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null
  rm -rf "$work"
}

fail() {
  echo "$me: $*" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null 2>&1 || fail "needs $1${2:+ ($2)}"
}

# new_password: sets password to one of 100 bits that a person can type.
new_password() {
  password=$(LC_ALL=C tr -dc 'abcdefghjkmnpqrstuvwxyz23456789' </dev/urandom 2>/dev/null | dd bs=1 count=20 2>/dev/null \
    | sed 's/...../&-/g; s/-$//')
}

# until_true SECONDS COMMAND...: looks ten times a second.
until_true() {
  looks=$(($1 * 10))
  shift
  while ! "$@"; do
    looks=$((looks - 1))
    [ $looks -gt 0 ] || return 1
    sleep 0.1
  done
}

is_listening() {
  kill -0 "$daemon" 2>/dev/null || return 0
  said_since | grep -q 'listening'
}

# What the daemon of ours has logged; others may have written there before it.
said_since() { tail -c +"$((before + 1))" "$log"; }

# start_daemon CONFIG LOG: starts it in the background; sets daemon to its process and port.
start_daemon() {
  log=$2
  touch "$log"
  before=$(($(wc -c <"$log")))
  "$here/parleyd" --config "$1" >>"$log" 2>&1 3>&- 4>&- 5>&- &
  daemon=$!
  until_true 30 is_listening || fail "the daemon was not listening after 30 seconds; see $log"
  if ! kill -0 "$daemon" 2>/dev/null; then
    daemon=''
    said_since >&2
    fail 'the daemon did not start'
  fi
  port=$(said_since | sed -n 's/.*listening.*ports=["[]*\([0-9][0-9]*\).*/\1/p' | head -n 1)
  [ -n "$port" ] || fail "the daemon's log does not say its port; see $log"
}

# stop_daemon: asks it to stop; fails unless it ends in order.
stop_daemon() {
  kill -TERM "$daemon"
  wait "$daemon"
  ended=$?
  daemon=''
  [ $ended -eq 0 ] || fail "the daemon ended with exit code $ended; see $log"
}

# connects PERSON DESCRIPTOR OPTION...: PERSON starts openssl s_client; what we write to DESCRIPTOR
# they type.
connects() {
  person=$1 descriptor=$2
  shift 2
  mkfifo "$work/$person.in"
  : >"$work/$person.out"
  echo 0 >"$work/$person.seen"
  echo "$descriptor" >"$work/$person.descriptor"
  # -quiet: no tour of the certificate, and no command letters (a line that begins with Q or R would
  # be one). -crlf: lines end as IRC wants them.
  openssl s_client -connect "$host:$port" -quiet -crlf "$@" \
    <"$work/$person.in" >"$work/$person.out" 2>"$work/$person.err" 3>&- 4>&- 5>&- &
  echo $! >"$work/$person.pid"
  people="$people $person"
  eval "exec $descriptor>\"$work/$person.in\""
}

# types PERSON LINE
types() {
  shown "$1> $2"
  eval "printf '%s\n' \"\$2\" >&$(cat "$work/$1.descriptor")" 2>/dev/null
}

# Not shown, not an argument of any program: printf is the shell's own.
types_secret() {
  shown "$1> $2 ********"
  eval "printf '%s %s\n' \"\$2\" \"\$3\" >&$(cat "$work/$1.descriptor")" 2>/dev/null
}

# A script may show the conversation.
shown() { :; }

# Sets line to the first line from the daemon, after what was looked at before, that matches.
found_line() {
  found=$(awk -v seen="$(cat "$work/$1.seen")" -v pattern="$2" '
    NR > seen && $0 ~ pattern { print NR; exit }' "$work/$1.out")
  [ -n "$found" ] || return 1
  echo "$found" >"$work/$1.seen"
  line=$(sed -n "${found}p" "$work/$1.out" | tr -d '\r')
}

# hears PERSON PATTERN [SECONDS]: waits for a line; others before it are passed over.
hears() {
  until_true "${3:-10}" found_line "$1" "$2" || return 1
  shown "$1< $line"
}

# must_hear PERSON PATTERN
must_hear() {
  hears "$1" "$2" && return 0
  {
    echo "$me: $1 should have been told $2 but was told only:"
    sed "1,$(cat "$work/$1.seen")d" "$work/$1.out" | tail -n 20
    tail -n 5 "$work/$1.err"
  } >&2
  exit 1
}

has_gone() { ! kill -0 "$(cat "$work/$1.pid")" 2>/dev/null; }

# must_be_closed PERSON: the daemon ends the connection.
must_be_closed() {
  until_true "${2:-10}" has_gone "$1" || fail "$1's connection should have been closed"
}
