/// All servers in turn, in one run on one machine, several times; and what came of it as a table, a
/// picture and JSON. Ratios are of the same round, as only those mean something.
@NullMarked
package chat.parley.bench.compare;

import org.jspecify.annotations.NullMarked;
