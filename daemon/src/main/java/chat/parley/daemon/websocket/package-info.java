/// WebSocket between the door and the session: web clients speak the same lines.
///
/// [WebSocketDoor] answers the HTTP request by which a WebSocket begins; what it lets through is a
/// [WebSocketConnection], one more [chat.parley.daemon.session.Connection], so a session need not
/// know. Requests and frames themselves are `chat.parley.protocol.websocket`. Why by hand:
/// docs/adr/0023.
@NullMarked
package chat.parley.daemon.websocket;

import org.jspecify.annotations.NullMarked;
