package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.talks.TestDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a client sends again with its key, after `kill -9` in the middle, is kept once: nothing is
/// lost, nothing is double, and the echo says where it stands.
class SentAgainTest {

    private static final int MESSAGES = 2_000;
    private static final int ROUNDS = 5;
    private static final Pattern ECHO =
            Pattern.compile("@\\S*msgid=([^; ]+)\\S* :ann!\\S+ PRIVMSG #lobby :(\\d+)");

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final Random random = new Random(seed);
    private final Map<String, String> echoed = new HashMap<>(); // msgid by text

    @Test
    @Timeout(180)
    void everything_is_there_once_however_often_the_daemon_was_killed(@TempDir Path dir)
            throws Exception {
        Path conf;
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000")) {
            conf = daemon.account("ann").conf();
        }
        for (var round = 1; round <= ROUNDS; round++) {
            // Of the last round all echoes are awaited.
            sayAll(conf, round == ROUNDS ? MESSAGES : 1 + random.nextInt(MESSAGES));
        }
        assertKeptOnce(dir.resolve("data"));
    }

    /// Says all of it, whatever was echoed before, until so many echoes came; then it is killed.
    private void sayAll(Path conf, int until) throws Exception {
        try (var daemon = new DaemonProcess(conf);
                var wire = daemon.login("ann", "parley.chat/once echo-message message-tags")) {
            var speaking =
                    Thread.startVirtualThread(() -> {
                        try {
                            for (var i = 0; i < MESSAGES; i += 50) {
                                wire.sendRaw(fifty(i));
                            }
                        } catch (AssertionError _) {
                            // it was killed
                        }
                    });
            for (var heard = 0; heard < until; ) {
                var echo = ECHO.matcher(wire.read());
                if (echo.matches()) {
                    heard++;
                    var before = echoed.putIfAbsent(echo.group(2), echo.group(1));
                    assertTrue(before == null || before.equals(echo.group(1)), "seed " + seed);
                }
            }
            daemon.kill();
            speaking.join();
        }
    }

    private static byte[] fifty(int from) {
        var lines = new StringBuilder();
        for (var i = from; i < from + 50; i++) {
            lines.append("@parley.chat/once=k%d PRIVMSG #lobby :%d\r\n".formatted(i, i));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void assertKeptOnce(Path data) throws Exception {
        try (var log = SqliteLog.open(Database.prepare(data), Durability.COMMIT)) {
            var kept =
                    log.read(new Stream.OfChannel("#lobby"), 0, Integer.MAX_VALUE).stream()
                            .filter(one -> one.entry().command().equals("PRIVMSG"))
                            .toList();
            var texts = kept.stream().map(one -> one.entry().text()).toList();
            List<String> all = IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
            assertEquals(all, texts, "seed " + seed);
            kept.forEach(one -> assertEquals(echoed.get(one.entry().text()), one.id()));
        }
    }
}
