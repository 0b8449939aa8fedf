/// Many sessions at one IRC server, any server: they log in, come into channels, speak, and count
/// what they hear.
///
/// What is said carries a [chat.parley.bench.crowd.Mark], so that each listener knows what it has
/// missed or heard twice. Members belong to the thread of their loop.
@NullMarked
package chat.parley.bench.crowd;

import org.jspecify.annotations.NullMarked;
