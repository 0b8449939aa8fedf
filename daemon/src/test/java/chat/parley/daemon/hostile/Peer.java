package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import chat.parley.daemon.talks.Wire;
import chat.parley.protocol.websocket.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client that says what it likes, by either way in, and does not mind being sent away.
sealed interface Peer extends AutoCloseable {

    /// What [#answers] ends with when the daemon ended the connection.
    String CLOSED = "(closed)";

    /// Where a byte shall stand that is in no UTF-8.
    char NOT_UTF8 = '\ufffe';

    AtomicInteger TOKENS = new AtomicInteger();

    /// How a peer comes.
    enum Way {
        TLS,
        WEB_SOCKET;

        Peer connect(TestDaemon daemon) {
            return switch (this) {
                case TLS -> new OverTls(daemon.connect());
                case WEB_SOCKET -> new OverWebSocket(WebWire.open(daemon));
            };
        }
    }

    /// One line as it goes on the wire.
    byte[] framed(byte[] line);

    /// Throws an `AssertionError` if nobody takes it any more.
    void say(byte[] framed);

    /// The next line; null at the end.
    @Nullable String read();

    @Override
    void close();

    /// Says the lines and takes all that comes until they have had their effect.
    default List<String> answers(List<String> lines) {
        return heard(ask(lines));
    }

    /// Says the lines at once.
    ///
    /// @return what [#heard] takes to know the end of the answers
    default String ask(List<String> lines) {
        var token = "settled-" + TOKENS.incrementAndGet();
        var all = new ByteArrayOutputStream();
        lines.forEach(line -> all.writeBytes(framed(bytes(line))));
        all.writeBytes(framed(bytes("PING " + token)));
        try {
            say(all.toByteArray());
        } catch (AssertionError _) {
            // it is closing; what it says before is read below
        }
        return token;
    }

    /// What comes until what was asked has had its effect.
    default List<String> heard(String token) {
        var answers = new ArrayList<String>();
        for (var line = read(); line != null; line = read()) {
            if (line.endsWith(":" + token)) {
                return answers;
            }
            answers.add(line);
        }
        answers.add(CLOSED);
        return answers;
    }

    static byte[] bytes(String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        var mark = String.valueOf(NOT_UTF8).getBytes(StandardCharsets.UTF_8);
        var at = line.indexOf(NOT_UTF8) < 0 ? -1 : indexOf(bytes, mark);
        if (at >= 0) {
            bytes[at] = (byte) 0xc0;
            bytes[at + 1] = (byte) 0x80;
            bytes[at + 2] = 'x';
        }
        return bytes;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (var i = 0; i + part.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    /// Lines over TLS.
    record OverTls(Wire wire) implements Peer {

        @Override
        public byte[] framed(byte[] line) {
            var whole = java.util.Arrays.copyOf(line, line.length + 2);
            whole[line.length] = '\r';
            whole[line.length + 1] = '\n';
            return whole;
        }

        @Override
        public void say(byte[] framed) {
            wire.sendRaw(framed);
        }

        @Override
        public @Nullable String read() {
            return wire.read();
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    /// Messages by WebSocket.
    record OverWebSocket(WebWire web) implements Peer {

        @Override
        public byte[] framed(byte[] line) {
            return WebWire.framed(true, Opcode.TEXT, line);
        }

        @Override
        public void say(byte[] framed) {
            web.raw(framed);
        }

        @Override
        public @Nullable String read() {
            var what = web.read();
            return what.equals("END!") ? null : what;
        }

        @Override
        public void close() {
            web.close();
        }
    }
}
