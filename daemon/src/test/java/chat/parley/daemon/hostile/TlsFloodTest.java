package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers that misuse TLS itself. Each is ended long before its flood is, and who talks meanwhile is
/// heard.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsFloodTest {

    private static final int MANY = 3_000;

    @TempDir Path dir;

    /// What is sent again and again after the handshake.
    enum Flood {
        EMPTY_RECORDS(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(ContentType.application_data);
            }
        },
        EMPTY_RECORDS_IN_TLS_1_2(true) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(ContentType.application_data);
            }
        },
        KEY_UPDATES(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.keyUpdate();
            }
        },
        WARNING_ALERTS(true) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(
                        ContentType.alert,
                        (byte) AlertLevel.warning,
                        (byte) AlertDescription.no_renegotiation);
            }
        },
        USER_CANCELED(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(
                        ContentType.alert,
                        (byte) AlertLevel.warning,
                        (byte) AlertDescription.user_canceled);
            }
        },
        CHANGE_CIPHER_SPEC(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.plain((byte) 20, (byte) 3, (byte) 3, (byte) 0, (byte) 1, (byte) 1);
            }
        },
        /// A KeyUpdate whose length never comes to its end.
        DRIBBLED_HANDSHAKE_MESSAGE(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(ContentType.handshake, (byte) (i == 0 ? 24 : 0));
            }
        },
        OVERSIZED_HANDSHAKE_MESSAGE(false) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                var piece = new byte[16_384];
                piece[0] = 24;
                piece[1] = (byte) 0xff;
                peer.record(ContentType.handshake, i == 0 ? piece : new byte[16_384]);
            }
        },
        RENEGOTIATION(true) {
            @Override
            void send(RawTls peer, int i) throws IOException {
                peer.record(ContentType.handshake, clientHello(2, 0));
            }
        };

        private final boolean isOld; // TLS 1.2

        Flood(boolean isOld) {
            this.isOld = isOld;
        }

        ProtocolVersion version() {
            return isOld ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13;
        }

        abstract void send(RawTls peer, int i) throws IOException;
    }

    /// What is sent in the place of a handshake.
    enum Opening {
        CHANGE_CIPHER_SPECS {
            @Override
            byte[] piece(int i) {
                return new byte[] {20, 3, 3, 0, 1, 1};
            }
        },
        WARNINGS {
            @Override
            byte[] piece(int i) {
                return new byte[] {21, 3, 1, 0, 2, 1, 90};
            }
        },
        EMPTY_HANDSHAKE_RECORDS {
            @Override
            byte[] piece(int i) {
                return new byte[] {22, 3, 1, 0, 0};
            }
        },
        CLIENT_HELLO_BYTE_BY_BYTE {
            @Override
            byte[] piece(int i) {
                var hello = clientHello(100, 0);
                return new byte[] {22, 3, 1, 0, 1, hello[i % hello.length]};
            }
        },
        THOUSANDS_OF_CIPHERS {
            @Override
            byte[] piece(int i) {
                return recorded(clientHello(15_000, 0));
            }
        },
        THOUSANDS_OF_EXTENSIONS {
            @Override
            byte[] piece(int i) {
                return recorded(clientHello(2, 7_000));
            }
        },
        HELLO_OF_SIXTEEN_MEGABYTES {
            @Override
            byte[] piece(int i) {
                var first = new byte[] {22, 3, 1, 64, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff};
                var record =
                        java.util.Arrays.copyOf(i == 0 ? first : new byte[] {22, 3, 1, 64}, 16_389);
                return record;
            }
        };

        abstract byte[] piece(int i);
    }

    /// RFC 8446, 4.1.2, with suites and extensions that nobody knows.
    private static byte[] clientHello(int suites, int extensions) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {3, 3});
        body.writeBytes(new byte[32 + 1]); // random, no session
        number(body, 2 * suites);
        for (var i = 0; i < suites; i++) {
            number(body, i == 0 ? 0xc02b : 0x5a00 + i % 256);
        }
        body.writeBytes(new byte[] {1, 0});
        number(body, 4 * extensions);
        for (var i = 0; i < extensions; i++) {
            number(body, 0x6000 + i);
            number(body, 0);
        }
        var message = new ByteArrayOutputStream();
        message.write(1);
        message.write(0);
        number(message, body.size());
        message.writeBytes(body.toByteArray());
        return message.toByteArray();
    }

    private static void number(ByteArrayOutputStream into, int number) {
        into.write(number >> 8);
        into.write(number);
    }

    private static byte[] recorded(byte[] message) {
        var records = new ByteArrayOutputStream();
        for (var at = 0; at < message.length; at += 16_384) {
            var length = Math.min(16_384, message.length - at);
            records.writeBytes(new byte[] {22, 3, 1});
            number(records, length);
            records.write(message, at, length);
        }
        return records.toByteArray();
    }

    @Nested
    class After_the_handshake {

        @ParameterizedTest
        @EnumSource
        void a_flood_ends_who_sends_it_logged_in_or_not(Flood flood) throws IOException {
            try (var recorded = new Recorded();
                    var daemon = new TestDaemon(dir);
                    var talking = Talking.in(daemon)) {
                for (var loggedIn : new boolean[] {false, true}) {
                    try (var peer = RawTls.connect(daemon.port(), flood.version())) {
                        if (loggedIn) {
                            peer.say("LOGIN ann ann-secret\r\n");
                        }
                        flood(peer, flood, talking);
                        peer.awaitEnd();
                        talking.goesOn();
                    }
                }
                Talking.assertNothingOfOurs(recorded);
            }
        }

        private static void flood(RawTls peer, Flood flood, Talking talking) {
            for (var i = 0; i < MANY; i++) {
                try {
                    flood.send(peer, i);
                } catch (IOException _) {
                    return; // it was ended already
                }
                if (i % 500 == 0) {
                    talking.goesOn();
                }
            }
        }

        /// Never so many records without data in a row that it is ended for that; so it is held
        /// back instead, and what it sends costs next to nothing.
        @Test
        void who_sends_a_byte_now_and_then_between_is_held_back() throws IOException {
            try (var daemon = new TestDaemon(dir, "parley.limits.login-within = 3s");
                    var talking = Talking.in(daemon);
                    var peer = RawTls.connect(daemon.port(), ProtocolVersion.TLSv13)) {
                var flooding =
                        Thread.startVirtualThread(() -> {
                            try {
                                while (true) {
                                    for (var i = 0; i < 30; i++) {
                                        peer.keyUpdate();
                                    }
                                    peer.say("x");
                                }
                            } catch (IOException _) {
                                // it was ended
                            }
                        });
                for (var i = 0; i < 20; i++) {
                    talking.goesOn();
                }
                peer.awaitEnd(); // it never came to log in
                assertTrue(join(flooding));
                talking.goesOn();
            }
        }

        private static boolean join(Thread thread) {
            try {
                return thread.join(java.time.Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class In_place_of_a_handshake {

        @ParameterizedTest
        @EnumSource
        void a_flood_ends_who_sends_it(Opening opening) throws IOException {
            try (var recorded = new Recorded();
                    var daemon = new TestDaemon(dir, "parley.limits.handshake-within = 3s");
                    var talking = Talking.in(daemon);
                    var peer = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
                peer.setSoTimeout(20_000);
                try {
                    for (var i = 0; i < MANY; i++) {
                        peer.getOutputStream().write(opening.piece(i));
                        if (i % 500 == 0) {
                            talking.goesOn();
                        }
                    }
                } catch (SocketException _) {
                    // it was ended already
                }
                awaitEnd(peer);
                talking.goesOn();
                Talking.assertNothingOfOurs(recorded);
            }
        }

        private static void awaitEnd(Socket peer) throws IOException {
            try {
                peer.getInputStream().readAllBytes();
            } catch (SocketException _) {
                // reset
            }
        }
    }
}
