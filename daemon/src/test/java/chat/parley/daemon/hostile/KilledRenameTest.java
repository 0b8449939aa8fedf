package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// After `kill -9` at any moment a channel has one name, with all that belongs to it: the new one
/// or the old one, and the new one if anybody heard it. Nothing that was said is lost on the way.
@Timeout(240)
class KilledRenameTest {

    private static final int ROUNDS = 8;
    private static final Pattern RENAMED = Pattern.compile("\\S+ RENAME (#\\S+) (#\\S+) :");
    private static final Pattern SAID = Pattern.compile("\\S+ PRIVMSG #\\S+ :(\\S+)");

    @TempDir Path dir;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final Random random = new Random(seed);
    private final List<String> heard = new ArrayList<>();
    private String name = "#name0";
    private int renames;

    @Test
    void a_rename_is_whole_or_not_there() throws Exception {
        Path conf;
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000")) {
            daemon.account("olga", Role.OPERATOR).account("bob").account("carl");
            conf = daemon.conf();
            try (var olga = daemon.login("olga");
                    var carl = daemon.login("carl")) {
                olga.send("JOIN " + name);
                olga.send("MODE " + name + " +b *!*@nowhere");
                olga.expect(":olga!* MODE …");
                carl.send("JOIN " + name);
                carl.expect(":parley.example 366 …");
                carl.send("QUIT"); // is away all the time
                carl.expectClosed();
            }
        }
        for (var round = 0; round < ROUNDS; round++) {
            renameUntilKilled(conf);
            assertWhole("round " + round + ", -Dseed=" + seed);
        }
        assertTrue(renames > ROUNDS, renames + " renames were heard");
    }

    private void renameUntilKilled(Path conf) throws Exception {
        try (var daemon = new DaemonProcess(conf);
                var bob = daemon.login("bob", "draft/channel-rename echo-message");
                var olga = daemon.login("olga", "draft/channel-rename")) {
            olga.send("OPER");
            bob.send("JOIN " + name);
            bob.settle();
            var from = name;
            for (var i = 0; i < 2_000; i++) {
                var to = "#name" + random.nextInt(1_000_000);
                bob.send("PRIVMSG " + from + " :" + random.nextInt(Integer.MAX_VALUE));
                olga.send("RENAME " + from + " " + to);
                from = to;
            }
            Thread.startVirtualThread(() -> killSoon(daemon));
            listen(bob);
            assertTrue(!daemon.said().contains("ERROR"), daemon.said());
        }
    }

    private void killSoon(DaemonProcess daemon) {
        try {
            Thread.sleep(Duration.ofMillis(50 + random.nextInt(400))); // a random moment
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
        daemon.kill();
    }

    private void listen(Wire wire) {
        for (var line = wire.read(); line != null; line = wire.read()) {
            var renamed = RENAMED.matcher(line);
            var said = SAID.matcher(line);
            if (renamed.find()) {
                assertEquals(name, renamed.group(1));
                name = renamed.group(2);
                renames++;
            } else if (said.find()) {
                heard.add(said.group(1));
            }
        }
    }

    private void assertWhole(String where) throws Exception {
        try (var log = SqliteLog.open(Database.prepare(dir.resolve("data")), Durability.COMMIT)) {
            var now = log.memberships().of("carl");
            assertEquals(1, now.size(), where);
            var is = now.iterator().next();
            var stream = new Stream.OfChannel(is);
            var kept = log.read(stream, 0, Integer.MAX_VALUE);
            var names = textsOf("RENAME", kept);
            var last = names.getLast().split(" ", 3)[1];
            assertEquals(is, last, where);
            var settings = log.settings().load(is).orElseThrow();
            assertEquals(is, settings.name(), where);
            assertEquals(Optional.of('q'), Optional.ofNullable(settings.roles().get("olga")));
            assertEquals(1, settings.lists().size(), where);
            assertEquals(Set.of(is), log.memberships().of("bob"), where);
            if (!is.equals(name)) { // some were kept, and then nobody could be told any more
                var toldLast = name;
                assertTrue(
                        names.stream().anyMatch(one -> one.split(" ", 3)[0].equals(toldLast)),
                        where);
                assertTrue(!log.channelNames().isTaken(name), where);
                name = is;
            }
            assertTrue(textsOf("PRIVMSG", kept).containsAll(heard), where);
            for (var i = 0; i < kept.size(); i++) {
                assertEquals(i + 1, kept.get(i).sequence(), where);
            }
        }
    }

    private static List<String> textsOf(String command, List<Kept> kept) {
        return kept.stream()
                .filter(one -> one.entry().command().equals(command))
                .map(one -> one.entry().text())
                .toList();
    }
}
