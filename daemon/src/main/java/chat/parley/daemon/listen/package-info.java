/// The door: accepts peers, does the TLS handshake, hands over a
/// [chat.parley.daemon.session.Connection].
///
/// [Acceptor] is a platform thread that only accepts, with a permit in hand. Everything after that
/// happens on the connection's own virtual threads, one for each stage: [Handshake], then the
/// session that [SessionStarter] starts. [RecordSocket] and [RecordInput] lie under the TLS layer
/// and keep its two rules: one thread at a time encrypts (docs/adr/0012), and no busy peer starves
/// the others. Handshakes compute in turns ([HandshakeTurn]), so a crowd at the door does not
/// either. What is accepted here is closed here, whatever became of it.
@NullMarked
package chat.parley.daemon.listen;

import org.jspecify.annotations.NullMarked;
