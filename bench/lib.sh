# shellcheck shell=sh
# What the programs of this folder share. Sourced, with $bench set to the folder.

root=${bench:?}
root=${root%/*}
here=$root/scripts
# shellcheck source=scripts/lib/maven.sh
. "$here/lib/maven.sh"

# Packs the module, with its libraries beside it, when it is missing or older than the sources; and
# the distribution, which is what is measured.
pack() {
  "$here/build" >&2 || exit 1
  jar=$bench/target/parley-bench.jar
  newer=$(find "$root/pom.xml" "$bench/pom.xml" "$bench/src/main" "$root/protocol/src/main" "$root/daemon/src/main" \
    -newer "$jar" 2>/dev/null | head -n 1)
  [ ! -f "$jar" ] || [ -n "$newer" ] || return 0
  use_jdk
  echo 'Building the benchmarks …' >&2
  rm -rf "$bench/target/lib"
  (cd "$root" && mvn -B -ntp -q -Pbench -pl bench -am -Dmaven.test.skip=true package) >"$bench/target.log" 2>&1 \
    || { tail -n 20 "$bench/target.log" >&2; exit 1; }
  rm -f "$bench/target.log"
  mv "$bench"/target/parley-bench-*.jar "$jar"
}

# become CLASS ARGUMENT...: runs it in place of this script.
become() {
  java=$("$here/find-java" --jdk) || exit 1
  # shellcheck disable=SC3045 # where there is no such limit to raise, what is set must do
  ulimit -n "$(ulimit -H -n)" 2>/dev/null
  # shellcheck disable=SC3045 # a server that is stopped may leave its memory behind
  ulimit -c 0 2>/dev/null
  # The generator makes little garbage; one collector thread leaves the cores to the server.
  # shellcheck disable=SC2086
  exec "$java" -XX:+UseSerialGC -Xmx4g --enable-native-access=ALL-UNNAMED "-Dbench.root=$root" ${BENCH_JAVA_OPTS-} \
    -cp "$jar:$bench/target/lib/*" "$@"
}
