package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.websocket.FrameHeader;
import chat.parley.protocol.websocket.FrameHeader.Mask;
import chat.parley.protocol.websocket.Opcode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A WebSocket client that says and looks at frames, also wrong ones. Over a [Wire], so it trusts
/// any certificate.
public final class WebWire implements AutoCloseable {

    /// One that listens for WebSocket too; the first of the settings of a [TestDaemon].
    public static final String LISTENING = "parley.websocket.listen = [\"127.0.0.1:0\"]";

    private static final Optional<Mask> MASK = Optional.of(new Mask(0x37fa213d));

    private final Wire wire;
    private final List<String> seen = new ArrayList<>();

    private WebWire(Wire wire) {
        this.wire = wire;
    }

    /// A TLS connection, nothing said yet.
    public static WebWire connect(TestDaemon daemon) {
        return new WebWire(Wire.connect(daemon.webSocketPort(), InetAddress.getLoopbackAddress()));
    }

    /// A WebSocket that was granted.
    ///
    /// @param fields more header fields
    public static WebWire open(TestDaemon daemon, String... fields) {
        var web = connect(daemon);
        web.request("/", fields);
        var answer = web.answer();
        assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
        // RFC 6455 1.3 has this key and its answer
        assertTrue(answer.contains("Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), answer);
        return web;
    }

    /// A WebSocket that is logged in and past the burst.
    public static WebWire login(TestDaemon daemon, String account) {
        var web = open(daemon);
        web.send("LOGIN " + account + " " + TestDaemon.passwordOf(account));
        web.settle();
        return web;
    }

    /// Asks for a WebSocket as RFC 6455 1.2 does.
    public void request(String path, String... fields) {
        var more = String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n");
        raw(
                ("GET "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\n"
                                + more
                                + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// The head of the answer.
    public String answer() {
        try {
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                var one = in().read();
                if (one < 0) {
                    throw new AssertionError("closed after «" + head + "»");
                }
                head.append((char) one);
            }
            return head.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// All that comes up to the end, however it ends.
    public String rest() {
        var rest = new StringBuilder();
        try {
            for (var one = in().read(); one >= 0; one = in().read()) {
                rest.append((char) one);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it was not closed", e);
        } catch (IOException _) {
            rest.append("(reset)");
        }
        return rest.toString();
    }

    private InputStream in() throws IOException {
        return wire.socket().getInputStream();
    }

    public void raw(byte[] bytes) {
        wire.sendRaw(bytes);
    }

    public void frame(boolean last, Opcode opcode, byte[] payload) {
        raw(framed(last, opcode, payload));
    }

    /// A frame as it goes on the wire.
    public static byte[] framed(boolean last, Opcode opcode, byte[] payload) {
        return new FrameHeader(last, opcode, payload.length, MASK).frame(payload);
    }

    public void frame(boolean last, Opcode opcode, String payload) {
        frame(last, opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    /// A text message.
    public void send(String line) {
        frame(true, Opcode.TEXT, line);
    }

    /// The next frame: a line, `PONG!` and its payload, `CLOSE!` with code and reason, or `END!`.
    public String read() {
        try {
            var header = FrameHeader.read(in());
            if (header.isEmpty()) {
                return noted("END!");
            }
            assertTrue(header.get().last() && header.get().mask().isEmpty(), header.toString());
            var payload = in().readNBytes((int) header.get().length());
            var text = new String(payload, StandardCharsets.UTF_8);
            return noted(
                    switch (header.get().opcode()) {
                        case TEXT, BINARY -> text;
                        case PONG -> "PONG!" + text;
                        case CLOSE -> "CLOSE!" + closing(payload);
                        case CONTINUATION, PING -> throw new AssertionError(header.get());
                    });
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came; before that:\n" + String.join("\n", seen), e);
        } catch (IOException _) {
            return noted("END!");
        }
    }

    private static String closing(byte[] payload) {
        return payload.length == 0
                ? ""
                : (ByteBuffer.wrap(payload).getShort() & 0xffff)
                        + " "
                        + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    private String noted(String what) {
        seen.add(what);
        return what;
    }

    /// The first that fits; others before it are passed over.
    public String expect(String pattern) {
        var fits = Wire.matcher(pattern);
        while (true) {
            var what = read();
            if (fits.test(what)) {
                return what;
            }
            if (what.equals("END!")) {
                throw new AssertionError(
                        "closed before «" + pattern + "»; came:\n" + String.join("\n", seen));
            }
        }
    }

    /// The next, which must fit.
    public void expectNext(String pattern) {
        var what = read();
        assertTrue(Wire.matcher(pattern).test(what), "«" + pattern + "», but «" + what + "»");
    }

    /// Passes over everything up to the answer to a PING.
    public void settle() {
        send("PING settle");
        expect(":* PONG * :settle");
    }

    /// The daemon closes the WebSocket, then the connection.
    public void expectClosed(String close) {
        expect("CLOSE!" + close);
        assertEquals("END!", read());
    }

    @Override
    public void close() {
        wire.close();
    }
}
