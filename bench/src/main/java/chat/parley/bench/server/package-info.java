/// The servers that are measured: how each is configured for the same work and started, and what
/// the system says of its process.
@NullMarked
package chat.parley.bench.server;

import org.jspecify.annotations.NullMarked;
