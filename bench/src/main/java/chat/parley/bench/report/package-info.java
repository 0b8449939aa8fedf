/// What a measurement found, for programs and for people.
@NullMarked
package chat.parley.bench.report;

import org.jspecify.annotations.NullMarked;
