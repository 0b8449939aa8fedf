package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What the first message of our handshake offers, taken from the wire.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsClientTest {

    private static final int SERVER_NAME = 0; // RFC 8446 4.2
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SUPPORTED_VERSIONS = 43;

    private final List<Integer> suites = new ArrayList<>();
    private final Map<Integer, ByteBuffer> extensions = new HashMap<>();

    @BeforeAll
    void shakeHands() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var hello = CompletableFuture.supplyAsync(() -> firstRecord(server));
            var address = new ServerAddress("chat.parley.test", server.getLocalPort());
            try (var plain = new GatedSocket()) {
                plain.connect(server.getLocalSocketAddress());
                var trust = new Trust.SystemOrKnown(new KnownServers(Path.of("none")));
                var tls =
                        TlsClient.over(plain, address, new Judge(address, trust), Optional.empty());
                try {
                    tls.startHandshake();
                } catch (IOException _) {
                    // the server said nothing
                } finally {
                    plain.leave();
                }
            }
            read(hello.get());
        }
    }

    private static ByteBuffer firstRecord(ServerSocket server) {
        try (var socket = server.accept()) {
            var in = new DataInputStream(socket.getInputStream());
            in.readNBytes(3);
            return ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// RFC 8446 4.1.2, "Client Hello".
    private void read(ByteBuffer hello) {
        hello.position(4 + 2 + 32);
        skip(hello, hello.get() & 0xff);
        var list = part(hello);
        while (list.hasRemaining()) {
            suites.add(list.getShort() & 0xffff);
        }
        skip(hello, hello.get() & 0xff);
        var all = part(hello);
        while (all.hasRemaining()) {
            extensions.put(all.getShort() & 0xffff, part(all));
        }
    }

    private static void skip(ByteBuffer buffer, int count) {
        buffer.position(buffer.position() + count);
    }

    private static ByteBuffer part(ByteBuffer buffer) {
        var length = buffer.getShort() & 0xffff;
        var part = buffer.slice(buffer.position(), length);
        skip(buffer, length);
        return part;
    }

    private List<Integer> numbers(int extension, int from) {
        var data = extensions.getOrDefault(extension, ByteBuffer.allocate(0)).duplicate();
        data.position(from);
        var numbers = new ArrayList<Integer>();
        while (data.remaining() >= 2) {
            numbers.add(data.getShort() & 0xffff);
        }
        return numbers;
    }

    @Nested
    class The_first_message {

        @Test
        void offers_the_post_quantum_group_first() {
            // X25519MLKEM768, x25519, secp256r1, secp384r1
            assertEquals(List.of(0x11EC, 0x001D, 0x0017, 0x0018), numbers(SUPPORTED_GROUPS, 2));
        }

        @Test
        void offers_tls_1_3_and_1_2_and_nothing_older() {
            assertEquals(List.of(0x0304, 0x0303), numbers(SUPPORTED_VERSIONS, 1));
        }

        @Test
        void offers_authenticated_encryption_with_forward_secrecy_only() {
            for (var suite : suites) {
                var isTls13 = suite >> 8 == 0x13;
                var isEcdheGcm = List.of(0xC02B, 0xC02C, 0xC02F, 0xC030).contains(suite);
                var isSignal = suite == 0x00FF; // TLS_EMPTY_RENEGOTIATION_INFO_SCSV
                assertFalse(!isTls13 && !isEcdheGcm && !isSignal, () -> Integer.toHexString(suite));
            }
            assertFalse(suites.isEmpty());
        }

        @Test
        void names_the_server() {
            var name = extensions.getOrDefault(SERVER_NAME, ByteBuffer.allocate(0)).duplicate();
            var bytes = new byte[name.remaining()];
            name.get(bytes);
            assertEquals(
                    "chat.parley.test", new String(bytes, StandardCharsets.US_ASCII).substring(5));
        }
    }
}
