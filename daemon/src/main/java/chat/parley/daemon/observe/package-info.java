/// What the admin sees of a running daemon: how a log line looks and what the audit log says.
///
/// Everybody above may use it; it knows nobody and owns nothing. A value that a peer chose goes
/// into a log as a fact (`addKeyValue`), never inside the words of the event; [LogLine] makes facts
/// harmless, and [Escaped] does so for whoever builds a text of such values.
@NullMarked
package chat.parley.daemon.observe;

import org.jspecify.annotations.NullMarked;
