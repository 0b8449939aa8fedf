/// WebSocket under the lines: RFC 6455, and the IRCv3 WebSocket specification on top of it.
///
/// The request that begins one ([RequestHead], [Upgrade], [Refusal], [HttpAnswer]), then frames
/// ([FrameHeader]), then lines: [MessageInput] makes a stream of lines of what a client sends, and
/// [MessageOutput] makes messages of the lines a client is sent. So whoever speaks lines need not
/// know. Pure as the package above it, which knows nothing of this one: no sockets, no threads, no
/// clock.
@NullMarked
package chat.parley.protocol.websocket;

import org.jspecify.annotations.NullMarked;
