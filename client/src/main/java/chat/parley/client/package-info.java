/// The command-line client's top floor: which mode was asked for, and the exit code it ends with.
///
/// Nothing below may import this package.
@NullMarked
package chat.parley.client;

import org.jspecify.annotations.NullMarked;
