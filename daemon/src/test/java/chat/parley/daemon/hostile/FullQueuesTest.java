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
/// together with more than `limits.send-queue-total`. Whoever has most goes, and nobody else; and
/// an account's sessions count as one.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FullQueuesTest {

    private static final int MIB = 1 << 20;

    @TempDir Path dir;

    @Test
    void cost_whoever_has_most_waiting_their_place_and_nobody_else() throws Exception {
        try (var recorded = new Recorded();
                var daemon = daemon(4);
                var talking = Talking.in(daemon);
                var dan = deaf(daemon, talking, "dan");
                var eve = deaf(daemon, talking, "eve");
                var ann = deaf(daemon, talking, "ann")) {
            sayMuch(talking, MIB);
            sayMuchToAnn(talking, recorded);
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

    /// Ann has more waiting than any of Dan's sessions when it is too much; but they have more than
    /// she has together, and read nothing.
    @Test
    void cost_a_team_of_deaf_sessions_one_of_them_and_not_who_reads() throws Exception {
        try (var recorded = new Recorded();
                var daemon = daemon(40);
                var talking = Talking.in(daemon);
                var ann = deaf(daemon, talking, "ann");
                var one = deaf(daemon, talking, "dan");
                var two = another(daemon, "dan");
                var three = another(daemon, "dan")) {
            sayMuch(talking, 13 * MIB);
            sayMuchToAnn(talking, recorded);
            assertEquals(1, count(recorded, "limits.send-queue-total"), "who else went?");
            talking.bob().send("ISON ann");
            assertTrue(talking.bob().expect(":* 303 bob …").endsWith("ann"), "she has gone");
            var marker = ":that was all";
            talking.bob().send("PRIVMSG ann " + marker);
            ann.hear(marker);
            for (var i = 0; i < 50; i++) {
                talking.goesOn();
            }
            Talking.assertNothingOfOurs(recorded);
            one.reset();
            two.reset();
            three.reset();
        }
    }

    /// A session more of somebody who is there.
    private static RawTls another(TestDaemon daemon, String account) throws IOException {
        var peer = RawTls.connect(daemon.port(), ProtocolVersion.TLSv13);
        peer.say("LOGIN " + account + " " + TestDaemon.passwordOf(account) + "\r\n");
        peer.hear(" 366 ");
        return peer;
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

    /// Those who are deaf have as much waiting then, less what their sockets take: some 5 MiB.
    private static void sayMuch(Talking talking, int bytes) {
        var line = "PRIVMSG #lobby :" + "x".repeat(7_500) + "\r\n";
        for (var said = 0; said < bytes; said += 10 * line.length()) {
            talking.bob().sendRaw(line.repeat(10).getBytes(StandardCharsets.UTF_8));
            for (var i = 0; i < 10; i++) {
                talking.carol().expect(":bob!* PRIVMSG #lobby :xxx…");
            }
        }
    }

    /// Until somebody is not there any more.
    private static void sayMuchToAnn(Talking talking, Recorded recorded) {
        var line = "PRIVMSG ann :" + "x".repeat(7_500) + "\r\n";
        for (var said = 0; said < 40 * MIB; said += 10 * line.length()) {
            talking.bob().sendRaw(line.repeat(10).getBytes(StandardCharsets.UTF_8));
            talking.carol().settle();
            if (count(recorded, "limits.send-queue-total") > 0) {
                return;
            }
        }
    }

    /// @param inAll in MiB
    private TestDaemon daemon(int inAll) {
        return new TestDaemon(
                dir,
                "parley.limits.frame = 8 KiB",
                "parley.limits.send-queue = 1024 MiB",
                "parley.limits.send-queue-total = %d MiB".formatted(inAll),
                "parley.limits.write-within = 10m",
                "parley.limits.silence = 10m",
                "parley.limits.rate.burst = 10000000",
                "parley.limits.linger = 0s");
    }
}
