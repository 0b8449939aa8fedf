package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections that are half open or break, also while much is on its way to a peer that does not
/// read. Each is over at once; where a write is stuck, when it has taken `limits.write-within`
/// (docs/adr/0012); and leaves a free place. Who never reads and stays is `DeafPeerTest`'s, who
/// vanishes without a word `SilentPeerTest`'s.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BrokenPeerTest {

    private static final Duration MOST = Duration.ofSeconds(12);
    private static final String ANNS = "127.0.0.7";

    /// Few and long: all is said before the daemon's patience with who does not read it ends. In
    /// all it is more than the sockets hold on the way there.
    private static final int LINES = 600;

    private static final int LENGTH = 7_000;

    @TempDir Path dir;

    enum How {
        /// Its side is closed without a word of TLS; it would still listen.
        FIN {
            @Override
            void breaks(RawTls peer) throws IOException {
                peer.fin();
            }
        },
        FIN_AFTER_A_CLOSE_NOTIFY {
            @Override
            void breaks(RawTls peer) throws IOException {
                peer.record(
                        ContentType.alert,
                        (byte) AlertLevel.warning,
                        (byte) AlertDescription.close_notify);
                peer.fin();
            }
        },
        FIN_IN_THE_MIDST_OF_A_RECORD {
            @Override
            void breaks(RawTls peer) throws IOException {
                half(peer);
                peer.fin();
            }
        },
        RST {
            @Override
            void breaks(RawTls peer) throws IOException {
                peer.reset();
            }
        },
        RST_IN_THE_MIDST_OF_A_RECORD {
            @Override
            void breaks(RawTls peer) throws IOException {
                half(peer);
                peer.reset();
            }
        };

        abstract void breaks(RawTls peer) throws IOException;

        private static void half(RawTls peer) throws IOException {
            var record = peer.unsent("PRIVMSG #lobby :never said\r\n");
            peer.plain(java.util.Arrays.copyOf(record, record.length / 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void are_over_soon_while_nothing_is_on_its_way(How how) throws Exception {
        isOverSoon(how, 0);
    }

    @ParameterizedTest
    @EnumSource
    void are_over_soon_in_the_midst_of_a_delivery(How how) throws Exception {
        isOverSoon(how, LINES);
    }

    private void isOverSoon(How how, int lines) throws Exception {
        try (var recorded = new Recorded();
                var daemon = daemon();
                var talking = Talking.in(daemon);
                var peer = RawTls.connect(daemon.port(), ProtocolVersion.TLSv13, ANNS)) {
            peer.say("LOGIN ann ann-secret\r\n");
            talking.bob().expect(":ann!* JOIN #lobby");
            talking.carol().expect(":ann!* JOIN #lobby");
            var line = "PRIVMSG #lobby :" + "x".repeat(LENGTH) + "\r\n";
            for (var said = 0; said < lines; said += 100) {
                talking.bob().sendRaw(line.repeat(100).getBytes(StandardCharsets.UTF_8));
                for (var i = 0; i < 100; i++) {
                    talking.carol().expect(":bob!* PRIVMSG #lobby :xxx…");
                }
            }
            how.breaks(peer);
            var began = System.nanoTime();
            talking.bob().expect(":ann!* QUIT …");
            talking.carol().expect(":ann!* QUIT …");
            talking.goesOn();
            awaitFreePlace(daemon);
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(MOST) < 0, "it took " + took);
            talking.goesOn();
            Talking.assertNothingOfOurs(recorded);
        }
    }

    /// Another may come from the same address once nothing is left of the first.
    private static void awaitFreePlace(TestDaemon daemon) throws IOException {
        var until = System.nanoTime() + MOST.toNanos();
        while (true) {
            try (var again = RawTls.connect(daemon.port(), ProtocolVersion.TLSv13, ANNS)) {
                again.say("PING x\r\n");
                return;
            } catch (IOException refused) {
                if (System.nanoTime() - until > 0) {
                    throw refused;
                }
            }
        }
    }

    private TestDaemon daemon() {
        return new TestDaemon(
                dir,
                "parley.limits.connections.per-address = 1",
                "parley.limits.frame = 8 KiB",
                "parley.limits.rate.burst = 1000000",
                "parley.limits.send-queue = 64 MiB", // not what ends it here
                "parley.limits.write-within = 4s",
                "parley.limits.linger = 0s");
    }
}
