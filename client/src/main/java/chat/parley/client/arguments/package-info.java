/// A command line described once: the modes and options of a program, from which its arguments are
/// read and its help, its completions and its manual page are written.
///
/// Knows nothing of what the program does.
@NullMarked
package chat.parley.client.arguments;

import org.jspecify.annotations.NullMarked;
