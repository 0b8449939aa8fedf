/// Few sessions that wait for their answers: who tries passwords, reads history, comes and goes.
/// Each is a thread with a socket, as simple as can be; crowds are in `crowd`.
@NullMarked
package chat.parley.bench.visit;

import org.jspecify.annotations.NullMarked;
