package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.Daemon.Stopped;
import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An order to stop while everybody talks.
class StopUnderLoadTest {

    private static final int SPEAKERS = 8;
    private static final Pattern MESSAGE =
            Pattern.compile("@\\S*msgid=([^; ]+)\\S* :\\S+ PRIVMSG #lobby :(.*)");

    @Test
    void is_graceful_everybody_is_told_and_what_was_heard_is_in_the_log(@TempDir Path dir)
            throws Exception {
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var names = IntStream.range(0, SPEAKERS).mapToObj(i -> "speaker" + i).toList();
            names.forEach(daemon::account);
            var wires =
                    names.stream()
                            .map(name -> daemon.login(name, "echo-message", "message-tags"))
                            .toList();
            var busy = new CountDownLatch(SPEAKERS * 200);
            var listening =
                    wires.stream().map(wire -> threads.submit(() -> listen(wire, busy))).toList();
            for (var wire : wires) {
                threads.execute(() -> speak(wire));
            }
            busy.await();

            assertEquals(Stopped.GRACEFUL, daemon.daemon().stop(new CountDownLatch(1)));

            var heard = new HashMap<String, String>();
            for (var one : listening) {
                heard.putAll(one.get());
            }
            assertTrue(heard.size() >= 200, "only " + heard.size());
            try (var log =
                    SqliteLog.open(Database.prepare(dir.resolve("data")), Durability.COMMIT)) {
                var kept = new HashMap<String, String>();
                log.read(new Stream.OfChannel("#lobby"), 0, Integer.MAX_VALUE)
                        .forEach(k -> kept.put(k.id(), k.entry().text()));
                heard.forEach((id, text) -> assertEquals(text, kept.get(id)));
            }
        }
    }

    /// Whoever gets in at the last moment is told too, or the stop would wait for its login.
    @Test
    void is_graceful_while_others_are_just_coming(@TempDir Path dir) throws Exception {
        for (var round = 0; round < 2; round++) {
            var own = Files.createDirectory(dir.resolve("round" + round));
            var daemon = new TestDaemon(own, "parley.limits.drain-within = 5s");
            var connected = new CountDownLatch(20);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < 8; i++) {
                    threads.execute(() -> comeAndStay(daemon, connected));
                }
                connected.await();
                assertEquals(Stopped.GRACEFUL, daemon.daemon().stop(new CountDownLatch(1)));
            }
        }
    }

    private static void comeAndStay(TestDaemon daemon, CountDownLatch connected) {
        var wires = new ArrayList<Wire>();
        try {
            while (true) {
                wires.add(daemon.connect());
                connected.countDown();
            }
        } catch (AssertionError _) {
            wires.forEach(Wire::close); // it stopped
        }
    }

    private static void speak(Wire wire) {
        try {
            for (var i = 0; ; i++) {
                wire.sendRaw(
                        ("PRIVMSG #lobby :number " + i + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (AssertionError _) {
            // it stopped
        }
    }

    /// What one heard, and that it was told.
    private static Map<String, String> listen(Wire wire, CountDownLatch busy) {
        var heard = new HashMap<String, String>();
        var last = "";
        for (var line = wire.read(); line != null; line = wire.read()) {
            var message = MESSAGE.matcher(line);
            if (message.matches()) {
                heard.put(message.group(1), message.group(2));
                busy.countDown();
            }
            last = line;
        }
        var told = "ERROR :Closing link: 127.0.0.1 (The server is stopping; come back in a moment)";
        assertEquals(List.of(told), List.of(last));
        return heard;
    }
}
