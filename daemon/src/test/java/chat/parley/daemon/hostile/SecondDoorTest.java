package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.hostile.LoginWall.Names;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// There is no way round the login. In every state before it, by either way in, every command that
/// exists (taken from the table, by HELP) is said with every hostile input, and: it is answered
/// with nothing but 451, or with what must be done first, unless it belongs to that; nobody who is
/// in hears of it or can find who said it; and whoever said it is told nothing of anybody.
@Timeout(300)
class SecondDoorTest {

    /// What other servers have had as a second door, and what may come one day.
    private static final List<String> OTHERS =
            List.of(
                    "DIE RESTART REGISTER VERIFY RESUME ACC NS NICKSERV CS SASERV SAJOIN SANICK",
                    "WEBIRC CGIIRC PROXY SERVER SERVICE SQUIT STARTTLS DEBUG KNOCK HISTORY ACCEPT",
                    "STATS ADMIN TRACE MAP BOUNCER CHATHISTORYLATEST 001 900 903 FAIL ACK A X1");

    private static final String WITNESS_SAID = LoginWall.UNHEARD_OF + "-said";

    @TempDir Path dir;

    @Test
    void nobody_is_heard_seen_or_told_before_the_login() {
        tryAll(false);
    }

    @Test
    @Tag("long")
    void nobody_is_heard_seen_or_told_before_the_login_with_any_input() {
        tryAll(true);
    }

    private record Place(Peer.Way way, BeforeLogin state) {

        /// Every state by lines, a third of them by WebSocket too; the two ways differ only in
        /// framing.
        static List<Place> all(boolean really) {
            var places = new ArrayList<Place>();
            for (var state : BeforeLogin.values()) {
                places.add(new Place(Peer.Way.TLS, state));
                if (really || places.size() % 4 == 2) {
                    places.add(new Place(Peer.Way.WEB_SOCKET, state));
                }
            }
            return places;
        }
    }

    private void tryAll(boolean really) {
        var places = Place.all(really);
        var found = new ConcurrentLinkedQueue<String>();
        var cells = new AtomicLong();
        try (var daemon = daemon();
                var scene = new Scene(daemon, places.size())) {
            var commands = scene.commands();
            var trials = new ArrayList<Callable<LoginWall>>();
            for (var place : places) {
                var here = commandsIn(place.state, commands);
                place.state.prepare(daemon, Scene.own(trials.size()));
                var wall = scene.wall(trials.size(), place, found, cells);
                trials.add(() -> {
                    wall.tryAll(here, others(), really);
                    return wall;
                });
            }
            try (var watch = scene.watch(found)) {
                all(trials);
                watch.stop();
            }
            scene.assertNobodyHeard(found);
            assertEquals(List.of(), List.copyOf(found));
            System.out.println(
                    "second door: "
                            + places.size()
                            + " states, "
                            + commands.size()
                            + " commands, "
                            + cells
                            + " cells, looked "
                            + scene.looks()
                            + " times");
        }
    }

    private static <T> List<T> all(List<Callable<T>> trials) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var came = new ArrayList<T>();
            for (var trial : threads.invokeAll(trials)) {
                came.add(trial.get());
            }
            return came;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /// The same trial of somebody who is in sees all that it looks for: the trial is not blind.
    @Test
    void whoever_is_in_is_heard_seen_and_told() {
        var found = new ConcurrentLinkedQueue<String>();
        try (var daemon = daemon();
                var scene = new Scene(daemon, 1)) {
            var lines = List.of("CAP REQ :labeled-response", "LOGIN eve eve-secret", "JOIN {c}");
            try (var watch = scene.watch(found)) {
                var commands = Set.of("WHOIS", "TOPIC", "PRIVMSG", "NAMES");
                new LoginWall(
                                daemon,
                                Peer.Way.TLS,
                                new Twins.State("IN", lines, " 001 "),
                                Scene.some(0),
                                Scene.none(0),
                                found,
                                new AtomicLong())
                        .tryAll(commands, List.of(), false);
                watch.stop();
            }
            scene.assertNobodyHeard(found);
        }
        var all = String.join("\n", found);
        assertTrue(all.contains("told apart by"), all);
        assertTrue(all.contains("was answered"), all);
        assertTrue(all.contains(LoginWall.UNHEARD_OF), all);
        assertTrue(all.contains("a witness heard"), all);
        assertTrue(all.contains("a witness sees"), all);
    }

    private static Set<String> commandsIn(BeforeLogin state, Collection<String> commands) {
        return commands.stream()
                .filter(command -> !state.isLetInBy(command))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> others() {
        return OTHERS.stream().flatMap(line -> List.of(line.split(" ", -1)).stream()).toList();
    }

    private TestDaemon daemon() {
        return new TestDaemon(
                        dir,
                        WebWire.LISTENING,
                        "parley.limits.rate.burst = 100000000",
                        "parley.limits.connections.before-login = 10000",
                        "parley.limits.login-within = 5m",
                        "parley.auth.attempts = 1000000",
                        "parley.auth.waiting = 1000", // nobody is put off by the others
                        "parley.auth.totp.required-for = [operator]",
                        "parley.auth.invite.change-within = 1h")
                .account("eve")
                .account("wanda");
    }

    /// Those who are in: somebody for each place of the matrix, in a channel of its own, and Wanda,
    /// who is in all the channels and looks round all the time.
    private static final class Scene implements AutoCloseable {

        private static final List<String> LOOKS =
                List.of(
                        "WHO *",
                        "WHO eve",
                        "WHO #lobby %na",
                        "NAMES #lobby",
                        "WHOIS eve",
                        "WHOWAS eve",
                        "ISON eve nobody",
                        "USERHOST eve",
                        "MONITOR S",
                        "LIST",
                        "LUSERS",
                        "METADATA eve LIST");

        private final TestDaemon daemon;
        private final Wire wanda;
        private final List<Wire> others;
        private final AtomicLong looks = new AtomicLong();

        Scene(TestDaemon daemon, int places) {
            this.daemon = daemon;
            wanda = daemon.login("wanda");
            wanda.send("MONITOR + eve");
            var coming = new ArrayList<Callable<Wire>>();
            for (var place = 0; place < places; place++) {
                var names = some(place);
                daemon.account(names.nick());
                coming.add(() -> somebody(names));
                wanda.send("MONITOR + " + own(place));
            }
            others = all(coming);
            for (var place = 0; place < places; place++) {
                wanda.send("JOIN " + some(place).channel());
                wanda.send("PRIVMSG " + some(place).nick() + " :" + WITNESS_SAID);
            }
            for (var caps :
                    List.of(
                            "message-tags echo-message away-notify account-notify extended-join",
                            "draft/metadata-3 batch extended-monitor invite-notify setname chghost",
                            "draft/event-playback draft/read-marker draft/message-redaction")) {
                wanda.send("CAP REQ :" + caps);
            }
            wanda.send("METADATA * SUB url display-name");
            wanda.settle();
            others.forEach(Wire::settle);
        }

        private static Names some(int place) {
            return new Names("wan%02d".formatted(place), "#cel%02d".formatted(place));
        }

        private static Names none(int place) {
            return new Names("nob%02d".formatted(place), "#now%02d".formatted(place));
        }

        private static String own(int place) {
            return "own%02d".formatted(place);
        }

        private Wire somebody(Names names) {
            var wire = daemon.login(names.nick(), "message-tags", "away-notify", "echo-message");
            wire.send("JOIN " + names.channel());
            wire.send("TOPIC " + names.channel() + " :" + LoginWall.UNHEARD_OF + "-topic");
            wire.send("SETNAME :" + LoginWall.UNHEARD_OF + "-name");
            wire.send("AWAY :" + LoginWall.UNHEARD_OF + "-away");
            wire.send("METADATA * SET url :https://" + LoginWall.UNHEARD_OF);
            wire.send("METADATA " + names.channel() + " SET url :https://" + LoginWall.UNHEARD_OF);
            wire.send("PRIVMSG " + names.channel() + " :" + WITNESS_SAID);
            wire.settle();
            return wire;
        }

        /// The commands that exist: those of the table, and those before it.
        Set<String> commands() {
            var commands = new LinkedHashSet<>(OddParametersTest.commands(wanda));
            wanda.settle();
            commands.addAll(LoginWall.REGISTRATION);
            return commands;
        }

        LoginWall wall(int number, Place place, Queue<String> found, AtomicLong cells) {
            return new LoginWall(
                    daemon,
                    place.way,
                    place.state.with(own(number)),
                    some(number),
                    none(number),
                    found,
                    cells);
        }

        /// Looks round, again and again, until it is stopped.
        Watch watch(Queue<String> found) {
            return new Watch(this, found);
        }

        long looks() {
            return looks.get();
        }

        private List<String> look() {
            looks.incrementAndGet();
            return new Peer.OverTls(wanda)
                    .answers(LOOKS).stream()
                            .filter(line -> !line.contains(" 253 "))
                            .map(line -> line.replaceAll("BATCH [+-]\\S+", "BATCH"))
                            .toList();
        }

        /// Except Wanda: she would have told.
        void assertNobodyHeard(Queue<String> found) {
            for (var wire : others) {
                new Peer.OverTls(wire)
                        .answers(List.of())
                        .forEach(line -> found.add("a witness heard «" + line + "»"));
            }
        }

        @Override
        public void close() {
            others.forEach(Wire::close);
            wanda.close();
        }
    }

    /// Wanda, on a thread of her own. What she sees stays the same, or it is noted.
    private static final class Watch implements AutoCloseable {

        private final Thread thread;
        private final CountDownLatch over = new CountDownLatch(1);
        private int noted; // her thread's

        Watch(Scene scene, Queue<String> found) {
            var before = scene.look();
            thread =
                    Thread.startVirtualThread(() -> {
                        var last = false;
                        while (!last) {
                            last = isOver();
                            compare(before, scene.look(), found);
                        }
                    });
        }

        private void compare(List<String> before, List<String> now, Queue<String> found) {
            if (!now.equals(before) && noted++ < 3) {
                var more = new ArrayList<>(now);
                before.forEach(more::remove);
                found.add("a witness sees " + more);
            }
        }

        /// Waits a little: looking is not free.
        private boolean isOver() {
            try {
                return over.await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                return true;
            }
        }

        void stop() {
            over.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            stop();
        }
    }
}
