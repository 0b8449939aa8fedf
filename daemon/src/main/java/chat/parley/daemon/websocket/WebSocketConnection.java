package chat.parley.daemon.websocket;

import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Ending;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.protocol.websocket.BrokenFraming;
import chat.parley.protocol.websocket.CloseCode;
import chat.parley.protocol.websocket.ClosePayload;
import chat.parley.protocol.websocket.FrameHeader;
import chat.parley.protocol.websocket.MessageInput;
import chat.parley.protocol.websocket.MessageOutput;
import chat.parley.protocol.websocket.Opcode;
import chat.parley.protocol.websocket.SubProtocol;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One peer over WebSocket over TLS: lines for the session, frames on the wire.
///
/// The reader's thread takes the frames apart and the writer's alone writes, as on any connection.
/// What the reader has to answer, a ping, is left for the writer, which is woken for it; of several
/// pings the last is answered (RFC 6455 5.5.3), so nothing piles up.
public final class WebSocketConnection implements Connection {

    private final Connection below;
    private final MessageInput messages;
    private final Input input;
    private final Output output;
    private final AtomicReference<byte @Nullable []> pong = new AtomicReference<>(); // a frame
    private volatile Runnable wakeWriter = () -> {};
    private volatile @Nullable BrokenFraming broken;

    /// @param below past the answer to its request
    WebSocketConnection(Connection below, Optional<SubProtocol> agreed) {
        this.below = below;
        messages = new MessageInput(below.input(), agreed, this::pinged);
        input = new Input(messages);
        output =
                new Output(
                        new MessageOutput(
                                below.output(), agreed.orElse(SubProtocol.TEXT).opcode()));
    }

    /// How the writer is brought to write nothing, once: before the first read.
    public void wakesWriterBy(Runnable wake) {
        wakeWriter = wake;
    }

    private void pinged(byte[] payload) {
        var frame = FrameHeader.unmasked(Opcode.PONG, payload.length).frame(payload);
        if (pong.getAndSet(frame) == null) {
            wakeWriter.run();
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    /// A frame may have been read in part, or have more lines than one.
    @Override
    public void awaitInput() throws IOException {
        if (input.available() == 0) {
            below.awaitInput();
        }
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public InetAddress address() {
        return below.address();
    }

    @Override
    public String security() {
        return below.security();
    }

    @Override
    public Optional<ClientCertificate> certificate() {
        return below.certificate();
    }

    /// With the last frame that RFC 6455 7.1.2 asks for: the answer to the peer's, or why we close.
    @Override
    public boolean close(Ending why) throws IOException {
        var payload = messages.closeAnswer().orElseGet(() -> reason(why));
        below.output().write(FrameHeader.unmasked(Opcode.CLOSE, payload.length).frame(payload));
        return below.close(why);
    }

    private byte[] reason(Ending why) {
        var framing = broken;
        return framing == null
                ? ClosePayload.of(codeOf(why), why.forPeer())
                : ClosePayload.of(framing.code(), framing.what());
    }

    private static CloseCode codeOf(Ending why) {
        return switch (why) {
            case Ending.PeerLeft _, Ending.Quit _ -> CloseCode.NORMAL;
            case Ending.Draining _ -> CloseCode.GOING_AWAY;
            case Ending.EndlessLine _ -> CloseCode.TOO_BIG;
            case Ending.Bug _ -> CloseCode.INTERNAL_ERROR;
            case Ending.LoginTooSlow _,
                    Ending.PasswordNotChanged _,
                    Ending.NoSecondFactor _,
                    Ending.NotLoggedIn _,
                    Ending.TooManyAttempts _,
                    Ending.TimedOut _,
                    Ending.QueueFull _,
                    Ending.QueuesFull _,
                    Ending.WriteTooSlow _,
                    Ending.Flooded _,
                    Ending.Killed _,
                    Ending.TooManySessions _,
                    Ending.EndedByOwner _,
                    Ending.AccountChanged _ ->
                    CloseCode.POLICY;
        };
    }

    @Override
    public void abort() {
        below.abort();
    }

    /// Notes why the peer is not understood, for the close frame.
    private final class Input extends FilterInputStream {

        Input(InputStream messages) {
            super(messages);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (BrokenFraming e) {
                broken = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (BrokenFraming e) {
                broken = e;
                throw e;
            }
        }
    }

    /// A pong goes first, also when it is all there is to write.
    private final class Output extends OutputStream {

        private final MessageOutput lines;

        Output(MessageOutput lines) {
            this.lines = lines;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            var waiting = pong.getAndSet(null);
            if (waiting != null) {
                below.output().write(waiting);
            }
            lines.write(from, offset, length);
        }

        @Override
        public void flush() throws IOException {
            lines.flush();
        }
    }
}
