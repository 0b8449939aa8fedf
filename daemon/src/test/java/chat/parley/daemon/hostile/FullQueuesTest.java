package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that read nothing, none of them with so much waiting that its own queue were full, but all
/// together with more than `limits.send-queue-total`. Whoever has most goes, and nobody else.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FullQueuesTest {

    private static final int MIB = 1 << 20;

    /// Those who are deaf have this much said to them, less what their sockets take.
    private static final int TO_ALL = MIB;

    @TempDir Path dir;

    @Test
    void cost_whoever_has_most_waiting_their_place_and_nobody_else() throws Exception {
        try (var recorded = new Recorded();
                var daemon = daemon();
                var talking = Talking.in(daemon);
                var dan = deaf(daemon, talking, "dan");
                var eve = deaf(daemon, talking, "eve");
                var ann = deaf(daemon, talking, "ann")) {
            sayMuch(talking);
            sayMuchToAnn(talking);
            talking.bob().expect(":ann!* QUIT :SendQ exceeded");
            ann.awaitEnd();
            for (var i = 0; i < 50; i++) {
                talking.goesOn();
            }
            talking.bob().send("NAMES #lobby");
            var names = talking.bob().expect(":* 353 bob = #lobby …");
            assertTrue(names.contains("dan") && names.contains("eve"), names);
            assertEquals(1, count(recorded, "limits.send-queue-total"), "who else went?");
            assertEquals(0, count(recorded, "limit=limits.send-queue "), "its own was full");
            Talking.assertNothingOfOurs(recorded);
            dan.reset();
            eve.reset();
        }
    }

    private static long count(Recorded recorded, String words) {
        return recorded.lines().stream().filter(line -> line.contains(words)).count();
    }

    private static RawTls deaf(TestDaemon daemon, Talking talking, String account)
            throws IOException {
        daemon.account(account);
        var peer = RawTls.connect(daemon.port(), ProtocolVersion.TLSv13);
        peer.say("LOGIN " + account + " " + TestDaemon.passwordOf(account) + "\r\n");
        talking.bob().expect(":" + account + "!* JOIN #lobby");
        return peer;
    }

    private static void sayMuch(Talking talking) {
        var line = "PRIVMSG #lobby :" + "x".repeat(7_500) + "\r\n";
        for (var said = 0; said < TO_ALL; said += 10 * line.length()) {
            talking.bob().sendRaw(line.repeat(10).getBytes(StandardCharsets.UTF_8));
            for (var i = 0; i < 10; i++) {
                talking.carol().expect(":bob!* PRIVMSG #lobby :xxx…");
            }
        }
    }

    /// Until she is not there any more.
    private static void sayMuchToAnn(Talking talking) {
        var line = "PRIVMSG ann :" + "x".repeat(7_500) + "\r\n";
        for (var said = 0; said < 40 * MIB; said += 10 * line.length()) {
            talking.bob().sendRaw(line.repeat(10).getBytes(StandardCharsets.UTF_8));
            talking.carol().send("ISON ann");
            if (!talking.carol().expect(":* 303 carol …").endsWith("ann")) {
                return;
            }
        }
    }

    private TestDaemon daemon() {
        return new TestDaemon(
                dir,
                "parley.limits.frame = 8 KiB",
                "parley.limits.send-queue = 1024 MiB",
                "parley.limits.send-queue-total = 4 MiB",
                "parley.limits.write-within = 10m",
                "parley.limits.silence = 10m",
                "parley.limits.rate.burst = 10000000",
                "parley.limits.linger = 0s");
    }
}
