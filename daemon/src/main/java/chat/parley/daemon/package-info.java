/// The server, put together: [Main] reads arguments, configuration and signals, [Daemon] calls
/// every constructor once, in order, and stops in reverse.
///
/// The top floor. Below it, in this order, a package knows only those after it: `admin`, `listen`,
/// `websocket`, `command`, `session`, `chat`, `auth`, `store`, `bus`, `tls`, `limit`, `observe`,
/// `config`. A connection begins in `listen` and is a `session` from then on.
@NullMarked
package chat.parley.daemon;

import org.jspecify.annotations.NullMarked;
