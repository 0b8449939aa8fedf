/// What a login costs at least: a server that shakes hands and hashes, and nothing else.
///
/// It runs in a JVM of its own, by the flags of the daemon beside it.
@NullMarked
package chat.parley.bench.bare;

import org.jspecify.annotations.NullMarked;
