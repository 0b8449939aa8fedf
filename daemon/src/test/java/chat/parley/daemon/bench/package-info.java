/// Benchmarks: whole programs that measure, run by `scripts/bench`, never by the tests.
@NullMarked
package chat.parley.daemon.bench;

import org.jspecify.annotations.NullMarked;
