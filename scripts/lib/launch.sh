# shellcheck shell=sh disable=SC2154
# How the three programs are started, from a checkout and from a distribution alike. Sourced, with
# $here set to the folder of the script that sources it (scripts/ of the one, bin/ of the other).

root=${here:?}
root=${root%/*}

# Sets dist to a folder with lib/, conf/ and native/. In a checkout that is what Maven packs; it is
# built when missing or older than the sources.
find_distribution() {
  if [ -f "$root/pom.xml" ]; then
    dist=$root/distribution/target/parley
    "$here/build" >&2 || exit $?
  else
    dist=$root
  fi
}

# Sets config to the configuration that holds when none is named: that of PARLEY_HOME, which is
# what quickstart makes, else the one that came along.
find_config() {
  config=${PARLEY_HOME:-$root/data}/parley.conf
  [ -f "$config" ] || config=$root/conf/parley.conf
}

# names_config ARGUMENT...: whether --config is among them.
names_config() {
  for argument; do
    case $argument in --config | --config=* | -c*) return 0 ;; esac
  done
  return 1
}

# Sets natives to the flags that keep JNA, SQLite and JLine from unpacking their libraries into the
# temporary folder at each start. Where there is no folder for this platform they still unpack.
find_natives() {
  case $(uname -sm) in
    'Linux x86_64') natives=$dist/native/linux-x86-64 ;;
    'Linux aarch64') natives=$dist/native/linux-aarch64 ;;
    *) natives= ;;
  esac
  # Those in the folder are for glibc.
  for musl in /lib/ld-musl-*; do
    [ -e "$musl" ] && natives=
  done
}

jar_of() {
  for jar in "$dist/lib/parley-$1"-*.jar; do
    [ -f "$jar" ] && return 0
  done
  echo "parley: no parley-$1 jar in $dist/lib" >&2
  exit 1
}

# run MODULE CLASS FLAGS ARGUMENT...: becomes the program. FLAGS is one word list for the JVM. What
# train kept is looked for under the name in kept_as.
run() {
  jar_of "$1"
  class=$2 flags=$3
  shift 3
  java=$("$here/find-java") || exit 1
  find_natives

  # What train kept of an earlier run. Another JDK or other jars do not match it, and run without.
  kept=$dist/aot/$kept_as.aot
  case " $flags ${PARLEY_JAVA_OPTS-}" in *' -XX:AOT'* | *' -Xshare'* | *' -XX:SharedArchiveFile'*) kept= ;; esac

  # Written backwards: what is put in front last stands first. PARLEY_JAVA_OPTS is a list of words,
  # and has the last word.
  set -- -cp "$jar" "$class" "$@"
  # shellcheck disable=SC2086
  set -- ${PARLEY_JAVA_OPTS-} "$@"
  if [ -n "$natives" ]; then
    set -- "-Djna.boot.library.path=$natives" -Djna.nounpack=true "-Djna.library.path=$natives" \
      "-Dorg.sqlite.lib.path=$natives" -Dorg.sqlite.lib.name=libsqlitejdbc.so \
      "-Dlibrary.jline.path=$natives" "$@"
  fi
  [ -n "$kept" ] && [ -f "$kept" ] && set -- "-XX:AOTCache=$kept" '-Xlog:aot*=off' '-Xlog:cds*=off' "$@"
  logback=$dist/conf/logback.xml
  [ -f "$logback" ] && set -- "-Dlogback.configurationFile=$logback" "$@"
  # shellcheck disable=SC2086
  exec "$java" --enable-native-access=ALL-UNNAMED $flags "$@"
}
