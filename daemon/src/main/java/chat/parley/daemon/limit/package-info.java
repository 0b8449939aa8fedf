/// How much and how long: deadlines, budgets and the number of connections.
///
/// Small parts that know nothing of sockets or protocols, so every bound is tested with plain
/// numbers. [AddressLimiter] and [Deadlines] are shared by all threads; a [TokenBucket] and a
/// [Deadline] belong to one thread each. Used by `listen`, `session`, `auth` and whoever must not
/// wait for ever.
@NullMarked
package chat.parley.daemon.limit;

import org.jspecify.annotations.NullMarked;
