/// What both sides' TLS needs of the JDK and calls by another name.
///
/// Knows nothing of the wire, and the wire nothing of it; neither of sockets nor of Bouncy Castle.
@NullMarked
package chat.parley.protocol.tls;

import org.jspecify.annotations.NullMarked;
