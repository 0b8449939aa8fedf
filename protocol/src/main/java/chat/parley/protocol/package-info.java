/// The wire, and nothing else: lines, messages, numerics, capabilities.
///
/// Pure values and pure functions. No sockets, threads, clocks, logging or configuration, so every
/// rule here is tested by feeding bytes in and looking at what comes out. The daemon and the client
/// both speak through this package; neither parses or prints a line by hand.
@NullMarked
package chat.parley.protocol;

import org.jspecify.annotations.NullMarked;
