# shellcheck shell=sh disable=SC2034,SC2154
# A folder that a daemon can be started on: certificate, configuration, accounts. Sourced after
# live.sh. Nothing that is there is ever overwritten.

# make_home FOLDER: makes what is missing; sets home and certificate, and made_certificate and
# made_config to yes where they were. Leaves parley.conf, and check.conf: the same on a free port.
make_home() {
  home=$1 made_certificate='' made_config=''
  (umask 077 && mkdir -p "$home/tls") || fail "cannot make $home"
  home=$(cd "$home" && pwd)
  certificate=$home/tls/parley.crt
  if [ ! -f "$certificate" ]; then
    "${here%/*}/certs/make-dev-cert" --dir "$home/tls" >"$work/certificate" 2>&1 \
      || { cat "$work/certificate" >&2; fail 'no certificate could be made'; }
    made_certificate=yes
  fi
  if [ ! -f "$home/parley.conf" ]; then
    write_config
    made_config=yes
  fi
  sed 's/^\( *listen *= *\).*/\1["127.0.0.1:0"]/' "$home/parley.conf" >"$home/check.conf"
}

write_config() {
  name=$( (hostname -f 2>/dev/null || hostname 2>/dev/null) | cut -c 1-63)
  case $name in [!A-Za-z0-9]* | *[!A-Za-z0-9.-]* | '') name=localhost ;; esac
  cat >"$home/parley.conf" <<END
# Made by quickstart. conf/parley.conf explains every setting that can stand here. A path that does
# not begin with / starts at the folder of this file.
parley {
  name = "$name"
  data-dir = "."

  # This machine only. Every address of it: ["0.0.0.0:6697"]
  listen = ["127.0.0.1:6697"]

  tls {
    certificate = "tls/parley.crt"
    key = "tls/parley.key"
  }
}
END
}

# add_account NAME PASSWORD [OPTION...]
add_account() {
  name=$1 secret=$2
  shift 2
  # printf is the shell's own: the password is in no argument list.
  printf '%s\n' "$secret" \
    | "$here/parley-user" --config "$home/parley.conf" add "$name" --password-stdin "$@" >"$work/added" 2>&1 \
    || { cat "$work/added" >&2; fail "the account $name could not be made"; }
}

has_account() {
  "$here/parley-user" --config "$home/parley.conf" show "$1" >/dev/null 2>&1
}

remove_account() {
  "$here/parley-user" --config "$home/parley.conf" delete "$1"
}
