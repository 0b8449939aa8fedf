/// What measures Parley and, for the same work, other servers. Not shipped; docs/BENCHMARKS.md says
/// how to run and read it.
///
/// Floors, top to bottom: this package, `compare`, `scenario`, then `login` and `history`,
/// `server`, `crowd`, `report`, `wire`.
@NullMarked
package chat.parley.bench;

import org.jspecify.annotations.NullMarked;
