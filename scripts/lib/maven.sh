# shellcheck shell=sh
# Maven on a JDK 25. Sourced by the scripts of a checkout, with $here set to scripts/.

root=${here:?}
root=${root%/*}

# Sets JAVA_HOME for Maven, and so for all that it starts.
use_jdk() {
  java=$("$here/find-java" --jdk) || exit 1
  JAVA_HOME=${java%/bin/java}
  export JAVA_HOME
  command -v mvn >/dev/null 2>&1 || {
    echo 'parley: needs Maven 3.8.7 or newer to build (Debian: apt-get install maven)' >&2
    exit 1
  }
  # Quiets Maven's own libraries, which use what JDK 25 warns of.
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS-}"
  export MAVEN_OPTS
}

# The distribution is as old as the moment its build began: what was saved since is not in it.
built=$root/distribution/target/built
begin_build() {
  mkdir -p "$root/distribution/target"
  : >"$built.begun"
}
end_build() { mv "$built.begun" "$built"; }

# Whether the distribution is missing, or something that goes into it was changed, added or removed
# since its build began.
is_stale() {
  [ -f "$built" ] && [ -d "$root/distribution/target/parley/lib" ] || return 0
  newer=$(find "$root/pom.xml" "$root/LICENSE" "$root"/*.md "$root/protocol/pom.xml" "$root/protocol/src/main" \
    "$root/daemon/pom.xml" "$root/daemon/src/main" "$root/client/pom.xml" "$root/client/src/main" \
    "$root/distribution/pom.xml" "$root/distribution/src" "$root/distribution/THIRD-PARTY.md" "$root/conf" "$root/scripts" "$root/docs" \
    "$root/certs/README.md" "$root/certs/make-dev-cert" "$root/certs/deploy-certificate" -newer "$built" 2>/dev/null | head -n 1)
  [ -n "$newer" ]
}
