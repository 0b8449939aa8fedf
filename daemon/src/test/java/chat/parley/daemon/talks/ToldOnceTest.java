package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.Daemon.Stopped;
import chat.parley.daemon.store.Account.Role;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ends of sessions, and what their devices are told when they are back: what they may not have
/// got, and nothing else. In a channel and by direct message.
@Timeout(60)
class ToldOnceTest {

    private TestDaemon daemon;

    @BeforeEach
    void start(@TempDir Path dir) {
        daemon = new TestDaemon(dir).account("ann").account("bob");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    /// Past its channels; what it missed is next.
    private Wire comeIn(String device) {
        var wire = daemon.connect();
        wire.send("LOGIN bob@" + device + " bob-secret");
        wire.expect(":* 366 bob #lobby …");
        return wire;
    }

    private void annSays(String text) {
        try (var ann = daemon.login("ann")) {
            ann.send("PRIVMSG #lobby :" + text);
            ann.send("PRIVMSG bob :" + text);
            ann.settle();
        }
    }

    private static void hears(Wire wire, String text) {
        wire.expect(":ann!* PRIVMSG #lobby :" + text);
        wire.expect(":ann!* PRIVMSG bob :" + text);
    }

    private static void isToldNext(Wire wire, String text) {
        wire.expectNext(":ann!* PRIVMSG #lobby :[* *] " + text);
        wire.expectNext(":ann!* PRIVMSG bob :[* *] " + text);
    }

    @Test
    void who_closes_when_the_daemon_stops_has_got_all() throws Exception {
        var bob = comeIn("desk");
        annSays("one");
        hears(bob, "one");
        annSays("two");
        var closing =
                Thread.ofVirtual()
                        .start(() -> {
                            hears(bob, "two");
                            bob.expectClosed("ERROR …");
                            bob.close();
                        });
        daemon.restart();
        closing.join();

        try (var again = comeIn("desk")) {
            again.expectNothing();
        }
    }

    @Test
    void who_sleeps_when_the_daemon_stops_is_told_again() {
        try (var asleep = comeIn("desk")) {
            annSays("one");
            daemon.restart();
            asleep.cut();
        }

        try (var awake = comeIn("desk")) {
            isToldNext(awake, "one");
            awake.expectNothing();
        }
    }

    @Test
    void who_is_aborted_when_the_daemon_stops_is_told_again() throws Exception {
        try (var asleep = comeIn("desk")) {
            annSays("one");
            var hurry = new CountDownLatch(0);
            assertEquals(Stopped.FORCED, daemon.daemon().stop(hurry));
            daemon.restart();
            asleep.cut();
        }

        try (var awake = comeIn("desk")) {
            isToldNext(awake, "one");
            awake.expectNothing();
        }
    }

    @Test
    void who_sleeps_when_it_is_ended_from_elsewhere_is_told_again() {
        try (var asleep = comeIn("desk");
                var phone = comeIn("phone")) {
            annSays("one");
            phone.send("SESSIONS END OTHERS");
            phone.settle();
            asleep.expectClosed();
        }

        try (var awake = comeIn("desk")) {
            isToldNext(awake, "one");
            awake.expectNothing();
        }
    }

    @Test
    void whose_connection_breaks_while_it_is_told_is_told_again() {
        comeIn("desk").close();
        annSays("one");
        var first = comeIn("desk");
        isToldNext(first, "one");
        first.cut();

        try (var second = comeIn("desk")) {
            isToldNext(second, "one");
            second.send("QUIT");
            second.expectClosed();
        }
        try (var third = comeIn("desk")) {
            third.expectNothing();
        }
    }

    @Test
    void an_account_of_a_bot_is_told_nothing() {
        daemon.account("robot", Role.BOT);
        daemon.login("robot").close();
        try (var ann = daemon.login("ann")) {
            ann.send("PRIVMSG #lobby :one");
            ann.send("PRIVMSG robot :one");
            ann.settle();
        }
        try (var robot = daemon.connect()) {
            robot.send("LOGIN robot robot-secret");
            robot.expect(":* 366 robot #lobby …");
            robot.expectNothing();
        }
    }
}
