/// The daemon's top floor: where the packages below are put together, started and stopped.
///
/// Nothing below may import this package. It owns the life of the process and no other state.
@NullMarked
package chat.parley.daemon;

import org.jspecify.annotations.NullMarked;
