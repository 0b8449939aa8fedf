/// What survives the daemon: accounts, what was said, who is in which channel.
///
/// One SQLite file, [Database], under the data directory; mode 600. The seams are [ChannelLog],
/// [Memberships] and [AccountStore]; what stands behind them is nobody else's business.
///
/// Who touches the file: the `log` thread, which alone writes messages and memberships; the
/// `history` thread, which reads messages, and `search`, which searches them; `emptying` of
/// [WriteAheadLog]; the `accounts` thread of [AccountWatch]; and, by [SqliteAccounts], hashing
/// threads, the `names` thread of `auth` and the admin's tool, each with a connection of its own
/// for as long as one question takes. Session and channel threads never do: they are virtual, may
/// be interrupted and must not be held inside native code, so they hand over work and wait.
@NullMarked
package chat.parley.daemon.store;

import org.jspecify.annotations.NullMarked;
