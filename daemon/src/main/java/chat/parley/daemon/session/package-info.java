/// One peer, from greeting to goodbye.
///
/// Read [Session] first. A session has two virtual threads: its reader, which owns all that is
/// known of the peer and runs its commands (a new thread in each [Stage], never two at once), and,
/// while there is something to write, its writer, which alone writes to the connection. Everybody
/// else only queues bytes in [Outbound], which never blocks. `listen` starts sessions; `command`
/// acts for them; they know neither.
@NullMarked
package chat.parley.daemon.session;

import org.jspecify.annotations.NullMarked;
