package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many sessions in every state say whatever comes to mind, over real TLS and by WebSocket, beside
/// a conversation that must not notice. `-Dseed=…` says it again, as far as threads allow.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SessionFuzzTest {

    /// Of the room of the two; in nobody's vocabulary, or a fuzzer comes in by chance.
    private static final String KEY = "not-to-be-guessed";

    private static final int SESSIONS = 24;
    private static final int ACCOUNTS = 6;

    /// What a fuzzing session says to one of the two alone.
    private static final Pattern TO_ONE =
            Pattern.compile(
                    "(@\\S+ )?:fuzz\\d+!\\S+ (PRIVMSG|NOTICE|TAGMSG|INVITE) (bob|carol)( .*)?");

    /// All that the two who talk may see in their own room, by lines or from the server.
    private static final Pattern RIGHT =
            Pattern.compile(
                    "(@\\S+ )?(:(bob|carol)!\\S+ (PRIVMSG #quiet :tick-\\d+|JOIN #quiet.*)"
                            + "|:parley\\.example .*|ERROR .*)");

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

    @TempDir Path dir;

    @Test
    void nobody_else_notices() {
        play(TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    @Tag("long")
    void nobody_else_notices_for_a_long_time() {
        play(TimeUnit.MINUTES.toNanos(Long.getLong("fuzz.minutes", 3)));
    }

    private void play(long nanos) {
        var said = new AtomicLong();
        try (var recorded = new Recorded();
                var daemon = daemon()) {
            var commands = daemon.login("bob");
            var vocabulary = new Vocabulary(OddParametersTest.commands(commands));
            commands.close();
            try (var bob = quiet(daemon, "bob");
                    var carol = quiet(daemon, "carol");
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                bob.expect(":carol!* JOIN #quiet");
                var until = System.nanoTime() + nanos;
                var fuzzers = new ArrayList<Callable<Void>>();
                for (var i = 0; i < SESSIONS; i++) {
                    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i);
                    fuzzers.add(() -> {
                        while (System.nanoTime() < until) {
                            said.addAndGet(new Talk(daemon, vocabulary, random).play());
                        }
                        return null;
                    });
                }
                fuzzers.add(() -> {
                    for (var i = 0; System.nanoTime() < until; i++) {
                        bob.send("PRIVMSG #quiet :tick-" + i);
                        carol.expect(":bob!* PRIVMSG #quiet :tick-" + i);
                        if (i % 100 == 99) {
                            carol.settle(); // who only listens would be asked and sent away
                        }
                        Thread.sleep(20); // they talk, they do not flood
                    }
                    return null;
                });
                for (var done : threads.invokeAll(fuzzers)) {
                    done.get();
                }
                bob.settle();
                carol.settle();
                assertRight(bob);
                assertRight(carol);
                daemon.login("carol").close(); // it serves on
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
            }
            assertNoBug(recorded);
        }
        System.out.println("session fuzzer: " + said + " lines, -Dseed=" + seed);
        assertTrue(said.get() > SESSIONS);
    }

    private TestDaemon daemon() {
        var daemon =
                new TestDaemon(
                                dir,
                                WebWire.LISTENING,
                                "parley.limits.rate.burst = 100000000",
                                "parley.limits.linger = 0ms",
                                "parley.auth.attempts = 1000",
                                "parley.channels.autojoin = []",
                                "parley.history.durability = process",
                                "parley.limits.connections.per-account = 1000")
                        .account("bob")
                        .account("carol");
        for (var i = 0; i < ACCOUNTS; i++) {
            daemon.account("fuzz" + i);
        }
        return daemon;
    }

    /// In a room that nobody else may enter, see or write to.
    private static Wire quiet(TestDaemon daemon, String account) {
        var wire = daemon.login(account, "message-tags", "away-notify", "account-notify");
        if (account.equals("bob")) {
            wire.send("JOIN #quiet");
            wire.send("MODE #quiet +k " + KEY);
        } else {
            wire.send("JOIN #quiet " + KEY);
        }
        wire.send("MODE " + account + " +iT");
        wire.settle();
        return wire;
    }

    /// Direct messages and invitations are for whoever they name; what must not come is anything in
    /// the room, and any nick in it but the two.
    private void assertRight(Wire wire) {
        for (var line : wire.seen()) {
            if (TO_ONE.matcher(line).matches()) {
                continue; // whatever it says
            }
            if (line.contains("#quiet") || line.matches("(@\\S+ )?:(bob|carol)!.*")) {
                assertTrue(
                        RIGHT.matcher(line).matches() || line.contains(" MODE "),
                        "-Dseed=" + seed + ": " + line);
            }
        }
    }

    private void assertNoBug(Recorded recorded) {
        var wrong =
                recorded.lines().stream()
                        .filter(line ->
                                line.contains(" ERROR ")
                                        || line.contains("bug")
                                        || line.contains("NullPointerException"))
                        .filter(line -> !line.contains(" DEBUG ") && !line.contains(" TRACE "))
                        .limit(5)
                        .toList();
        assertEquals(List.of(), wrong, "-Dseed=" + seed);
    }

    /// What lines are made of: the commands that there are, and words that mean something to them.
    private record Vocabulary(List<String> commands) {

        private static final List<String> WORDS =
                List.of(
                        "#a",
                        "#b",
                        "#quiet",
                        "#A,#b,#quiet",
                        "fuzz0",
                        "FUZZ1",
                        "fuzz2,fuzz3",
                        "bob",
                        "carol",
                        "*",
                        "0",
                        "-1",
                        "7",
                        "99999999999",
                        "+b",
                        "-o",
                        "+ov-v",
                        "+k",
                        "+il",
                        "+msntu",
                        "*!*@*",
                        "a:fuzz1",
                        "m:fuzz0!*@*",
                        ":hello there",
                        ":",
                        ":\u0001VERSION\u0001",
                        ":🍵",
                        "LS",
                        "REQ",
                        "END",
                        "LIST",
                        "PLAIN",
                        "EXTERNAL",
                        "+",
                        "302",
                        ":batch message-tags labeled-response",
                        ":echo-message draft/multiline",
                        ":draft/metadata-3 draft/pre-away",
                        ":-batch",
                        "LATEST",
                        "BEFORE",
                        "BETWEEN",
                        "TARGETS",
                        "msgid=1-1",
                        "timestamp=2026-01-01T00:00:00.000Z",
                        "in=#a;text=hello",
                        "limit=3",
                        "SET",
                        "GET",
                        "SUB",
                        "SYNC",
                        "CLEAR",
                        "url",
                        "+1",
                        "-1",
                        "draft/multiline",
                        "END",
                        "OTHERS",
                        "door",
                        "%tcuihsnfdlaor,9",
                        "x");

        private static final List<String> TAGS =
                List.of(
                        "",
                        "",
                        "",
                        "",
                        "@label=1 ",
                        "@label=2;+typing=active ",
                        "@batch=1 ",
                        "@+draft/reply=1-1;x=\\s\\:\\\\ ",
                        "@ ",
                        "@=;=;= ");

        String line(RandomGenerator random) {
            if (random.nextInt(40) == 0) {
                return noise(random);
            }
            var line = new StringBuilder(one(TAGS, random));
            line.append(one(commands, random));
            for (var words = random.nextInt(5); words > 0; words--) {
                line.append(' ').append(one(WORDS, random));
            }
            return line.toString();
        }

        private static String noise(RandomGenerator random) {
            var noise = new StringBuilder();
            for (var length = random.nextInt(600); length > 0; length--) {
                noise.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x3000));
            }
            return noise.toString();
        }

        static String one(List<String> of, RandomGenerator random) {
            return of.get(random.nextInt(of.size()));
        }
    }

    /// One connection, from one state to wherever it comes.
    private record Talk(TestDaemon daemon, Vocabulary vocabulary, RandomGenerator random) {

        private static final List<String> REGISTRATION =
                List.of(
                        "CAP LS 302",
                        "CAP END",
                        "NICK fuzz1",
                        "USER x 0 * :x",
                        "AUTHENTICATE PLAIN",
                        "AUTHENTICATE +",
                        "PASS fuzz0:wrong");

        /// How many lines it could say.
        int play() {
            var way = random.nextInt(4) == 0 ? Peer.Way.WEB_SOCKET : Peer.Way.TLS;
            var account = "fuzz" + random.nextInt(ACCOUNTS);
            try (var peer = way.connect(daemon)) {
                switch (random.nextInt(4)) {
                    case 0 -> peer.answers(before());
                    case 1 -> {}
                    default ->
                            peer.answers(
                                    List.of(
                                            "CAP REQ :batch message-tags labeled-response",
                                            "CAP REQ :echo-message draft/multiline",
                                            "CAP REQ :draft/metadata-3 draft/chathistory",
                                            "LOGIN " + account + " " + account + "-secret"));
                }
                var said = 0;
                for (var turns = 1 + random.nextInt(12); turns > 0; turns--) {
                    var lines = new ArrayList<String>();
                    for (var i = random.nextInt(12); i >= 0; i--) {
                        lines.add(vocabulary.line(random));
                    }
                    said += lines.size();
                    var answers = peer.answers(lines);
                    assertTrue(
                            answers.stream().noneMatch(a -> a.contains("Internal error")),
                            () -> lines + " " + answers);
                    if (answers.contains(Peer.CLOSED)) {
                        break;
                    }
                }
                return said;
            }
        }

        private List<String> before() {
            var lines = new ArrayList<String>();
            for (var i = random.nextInt(4); i >= 0; i--) {
                lines.add(Vocabulary.one(REGISTRATION, random));
            }
            return lines;
        }
    }
}
