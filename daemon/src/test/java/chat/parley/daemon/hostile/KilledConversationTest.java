package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two devices of an account are there, one that can ask and one that cannot, and an old client of
/// it is away, when the daemon is killed in the middle of a conversation. Afterwards all three show
/// the same, in the channel and of what two said to each other: all of it, once, in one order.
@Timeout(180)
class KilledConversationTest {

    private static final int MESSAGES = 400;
    private static final int FROM_DESK = 20;
    private static final String DESK = "message-tags echo-message server-time";
    private static final String PHONE = DESK + " batch draft/chathistory";
    private static final Pattern SAID =
            Pattern.compile(
                    "(?:@(?:\\S*;)?msgid=([^; ]+)\\S* )?:\\S+ PRIVMSG (\\S+) "
                            + ":?(?:\\[\\S+ \\S+Z] )?(.*)");

    @TempDir Path dir;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final Random random = new Random(seed);

    /// What a device shows: text by msgid, in the order it came.
    private static final class View {

        private final Map<String, String> lobby = new LinkedHashMap<>();
        private final Map<String, String> direct = new LinkedHashMap<>();
        private int unnamed;

        /// A msgid shows what is the same; without one each line is another.
        void add(Collection<String> lines) {
            for (var line : lines) {
                var said = SAID.matcher(line);
                if (said.matches()) {
                    var id = said.group(1) == null ? "line " + ++unnamed : said.group(1);
                    var place = said.group(2).equals("#lobby") ? lobby : direct;
                    place.putIfAbsent(id, said.group(3));
                }
            }
        }
    }

    @Test
    void every_device_shows_the_same() throws Exception {
        var conf = configured();
        var desk = new View();
        var phone = new View();
        var old = new View();

        talkUntilKilled(conf, desk, phone);
        try (var daemon = new DaemonProcess(conf)) { // it is said again, and they come back
            sayAgain(daemon);
            comeBack(daemon, desk, phone);
            daemon.kill();
        }
        try (var daemon = new DaemonProcess(conf)) { // the old one comes for the first time
            comeBack(daemon, desk, phone);
            try (var wire = daemon.login("bob", "bob", "")) {
                old.add(wire.seen());
                wire.send("QUIT");
                wire.expectClosed();
            }
            try (var wire = daemon.login("bob", "bob", "")) {
                assertEquals(
                        0, wire.seen().stream().filter(l -> SAID.matcher(l).matches()).count());
            }
        }

        try (var log = SqliteLog.open(Database.prepare(dir.resolve("data")), Durability.COMMIT)) {
            var lobby = texts(log, new Stream.OfChannel("#lobby"));
            var direct = texts(log, Stream.OfPair.of("ann", "bob"));
            assertEquals(MESSAGES + 2 * FROM_DESK, lobby.size() + direct.size(), "seed " + seed);
            for (var view : List.of(old, desk, phone)) {
                assertEquals(lobby, List.copyOf(view.lobby.values()), "seed " + seed);
                assertEquals(direct, List.copyOf(view.direct.values()), "seed " + seed);
            }
        }
    }

    /// Each device was here before, so it can miss something.
    private Path configured() {
        try (var daemon =
                new TestDaemon(
                        dir,
                        "parley.limits.rate.burst = 1000000",
                        "parley.history.replay = 10000")) {
            daemon.account("ann").account("bob");
            for (var name : List.of("bob", "bob@desk", "bob@phone")) {
                try (var wire = daemon.connect()) {
                    wire.send("LOGIN " + name + " " + TestDaemon.passwordOf("bob"));
                    wire.settle();
                    wire.send("QUIT");
                    wire.expectClosed();
                }
            }
            return daemon.conf();
        }
    }

    private void talkUntilKilled(Path conf, View desk, View phone) throws Exception {
        try (var daemon = new DaemonProcess(conf);
                var ann = daemon.login("ann", "parley.chat/once echo-message message-tags");
                var atDesk = daemon.login("bob@desk", "bob", DESK);
                var atPhone = daemon.login("bob@phone", "bob", PHONE)) {
            for (var i = 0; i < FROM_DESK; i++) {
                atDesk.send("PRIVMSG #lobby :desk " + i);
                atDesk.send("PRIVMSG ann :desk " + i);
            }
            atDesk.settle();
            var speaking =
                    Thread.startVirtualThread(() -> {
                        try {
                            sayAll(ann);
                        } catch (AssertionError _) {
                            // it was killed
                        }
                    });
            var until = 1 + random.nextInt(MESSAGES);
            for (var heard = 0; heard < until; ) {
                var line = String.valueOf(ann.read());
                assertTrue(!line.equals("null"), daemon.said());
                heard += line.contains(" PRIVMSG ") && line.contains(":ann!") ? 1 : 0;
            }
            daemon.kill();
            speaking.join();
            atDesk.expectClosed();
            atPhone.expectClosed();
            desk.add(atDesk.seen());
            phone.add(atPhone.seen());
        }
    }

    private static void sayAll(Wire ann) {
        for (var i = 0; i < MESSAGES; i += 20) {
            var lines = new StringBuilder();
            for (var j = i; j < i + 20; j++) {
                var to = j % 2 == 0 ? "#lobby" : "bob";
                lines.append("@parley.chat/once=k%d PRIVMSG %s :ann %d\r\n".formatted(j, to, j));
            }
            ann.sendRaw(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void sayAgain(DaemonProcess daemon) {
        try (var ann = daemon.login("ann", "parley.chat/once echo-message message-tags")) {
            sayAll(ann);
            ann.settle();
        }
    }

    private static void comeBack(DaemonProcess daemon, View desk, View phone) {
        try (var wire = daemon.login("bob@desk", "bob", DESK)) {
            desk.add(wire.seen());
        }
        try (var wire = daemon.login("bob@phone", "bob", PHONE)) {
            phone.add(asked(wire, "#lobby", phone.lobby.keySet()));
            phone.add(asked(wire, "ann", phone.direct.keySet()));
        }
    }

    /// All that came after what it has.
    private static List<String> asked(Wire wire, String target, Collection<String> known) {
        var all = new ArrayList<String>();
        var newest = List.copyOf(known).getLast();
        while (true) {
            wire.send("CHATHISTORY AFTER " + target + " msgid=" + newest + " 100");
            wire.expect(":* BATCH +* chathistory …");
            var page = new ArrayList<String>();
            for (var line = wire.expect("…"); !line.contains(" BATCH -"); line = wire.expect("…")) {
                page.add(line);
            }
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            var last = SAID.matcher(page.getLast());
            assertTrue(last.matches(), page.getLast());
            newest = last.group(1);
        }
    }

    private static List<String> texts(SqliteLog log, Stream stream) throws Exception {
        return log.read(stream, 0, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.entry().command().equals("PRIVMSG"))
                .map(kept -> kept.entry().text())
                .toList();
    }
}
