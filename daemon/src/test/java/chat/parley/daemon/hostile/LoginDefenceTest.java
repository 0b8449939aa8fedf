package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.GuardRow.Kind;
import chat.parley.daemon.store.SqliteLoginGuard;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Guessing from many networks at one account, over real TLS, with its owner about, and with
/// restarts.
///
/// How a hundred failures come about takes an hour or more, and is `LoginGuardTest`; here most of
/// them were counted before.
@Timeout(120)
class LoginDefenceTest {

    private static final String WRONG = ":* 464 * :Login failed: wrong account or password";
    private static final String CLOSED =
            ":* FAIL LOGIN TEMPORARILY_UNAVAILABLE :After too many failures this account takes no"
                    + " password from here…";

    @TempDir Path dir;

    private int networks;

    @BeforeEach
    void hasManyLoopbackAddresses() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.9.0.1"))) {
            assertTrue(socket.isBound());
        } catch (IOException _) {
            assumeTrue(false, "this system has one loopback address");
        }
    }

    @Test
    void a_hundred_failures_close_an_account_to_strangers_and_not_to_its_owner() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob")) {
            daemon.login("ann").close(); // at home
            failedBefore(daemon, 98);
            daemon.restart();

            assertAnswer(daemon, "LOGIN ann wrong", WRONG);
            assertAnswer(daemon, "LOGIN ann wrong", WRONG);
            assertAnswer(daemon, "LOGIN ann wrong", CLOSED);
            assertAnswer(daemon, "LOGIN ann ann-secret", CLOSED);
            assertAnswer(daemon, "LOGIN bob bob-secret", ":* 900 …");
            daemon.login("ann").close();
            assertAnswer(daemon, "LOGIN ann ann-secret", ":* 900 …");
        }
    }

    @Test
    void the_admin_opens_it_to_them_within_a_second() throws Exception {
        try (var recorded = new Recorded();
                var daemon = new TestDaemon(dir).account("ann")) {
            failedBefore(daemon, 100);
            daemon.restart();
            assertAnswer(daemon, "LOGIN ann ann-secret", CLOSED);

            assertTrue(memory(daemon).unlock("ANN"));
            while (!recorded.text().contains("change=unlocked")) {
                Thread.onSpinWait();
            }
            assertAnswer(daemon, "LOGIN ann ann-secret", ":* 900 …");
        }
    }

    @Test
    void a_new_password_opens_it_too() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            failedBefore(daemon, 100);
            var hash = daemon.accounts().find("ann").orElseThrow().hash();
            assertTrue(daemon.accounts().replaceHash("ann", hash));
            daemon.restart();

            assertAnswer(daemon, "LOGIN ann ann-secret", ":* 900 …");
        }
    }

    @Test
    void so_does_an_invitation() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            failedBefore(daemon, 100);
            var hash = daemon.accounts().find("ann").orElseThrow().hash();
            assertTrue(daemon.accounts().invite("ann", hash, Instant.now().plusSeconds(3600)));

            assertEquals(0, failures(memory(daemon)));
        }
    }

    @Test
    void who_is_put_off_is_told_for_how_long_whether_there_is_such_an_account_or_not() {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            for (var name : List.of("ann", "nobody")) {
                try (var wire = daemon.connectFrom("127.9.1." + ++networks)) {
                    for (var i = 0; i < 3; i++) {
                        wire.send("LOGIN " + name + " wrong" + i);
                        wire.expect(WRONG);
                    }
                    wire.expectClosed();
                }
                try (var wire = daemon.connectFrom("127.9.1." + networks)) {
                    wire.send("LOGIN " + name + " wrong3");
                    wire.expect(WRONG);
                    wire.send("LOGIN " + name + " wrong4");
                    var text = "Too many logins, or failures of some, at the moment: try again in";
                    wire.expect(":* FAIL LOGIN TEMPORARILY_UNAVAILABLE 1 :" + text + " 1 second");
                    wire.expect(":* 464 * :" + text + " 1 second");
                }
            }
        }
    }

    @Test
    void who_is_put_off_again_and_again_waits_for_it_and_nobody_else_does() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob")) {
            failedBefore(daemon, 100);
            daemon.restart();
            try (var wire = daemon.connectFrom(stranger())) {
                wire.read(); // the greeting
                var begun = System.nanoTime();
                for (var i = 0; i < 5; i++) {
                    wire.send("LOGIN ann ann-secret");
                }
                wire.send("PING late");
                for (var i = 0; i < 4; i++) {
                    wire.expect(CLOSED);
                    wire.expect(":* 464 …");
                }
                assertAnswer(daemon, "LOGIN bob bob-secret", ":* 900 …");
                wire.expect(CLOSED);
                assertTrue(System.nanoTime() - begun >= 2_000_000_000L, "no wait at all");
                wire.expect(":* 464 …");
                wire.expect(":* PONG …");
            }
        }
    }

    @Test
    void a_restart_is_no_new_beginning() {
        try (var daemon = new TestDaemon(dir, "parley.auth.attempts = 100").account("ann")) {
            var there = stranger();
            try (var wire = daemon.connectFrom(there)) {
                for (var i = 0; i < 4; i++) {
                    wire.send("LOGIN ann wrong" + i);
                    wire.expect(WRONG);
                }
            }
            daemon.restart();
            try (var wire = daemon.connectFrom(there)) {
                wire.read(); // the greeting
                var tried = 0;
                for (var i = 4; ; i++) {
                    wire.send("LOGIN ann wrong" + i);
                    if (!wire.expect(":parley.example …").contains(" 464 ")) {
                        break;
                    }
                    tried++;
                }
                assertTrue(tried <= 1, "what was free is used up, and " + tried + " were tried");
            }
        }
    }

    @Test
    void kill_gives_nobody_a_new_beginning() throws Exception {
        Path conf;
        SqliteLoginGuard memory;
        try (var daemon = new TestDaemon(dir).account("ann")) {
            daemon.login("ann").close();
            failedBefore(daemon, 99);
            conf = daemon.conf();
            memory = memory(daemon);
        }
        try (var daemon = new DaemonProcess(conf)) {
            assertAnswer(daemon.connectFrom(stranger()), "LOGIN ann wrong", WRONG);
            while (failures(memory) < 100) {
                Thread.onSpinWait();
            }
            daemon.kill();
        }
        try (var daemon = new DaemonProcess(conf)) {
            assertAnswer(daemon.connectFrom(stranger()), "LOGIN ann wrong", CLOSED);
            daemon.login("ann", "").close(); // at home
            assertAnswer(daemon.connectFrom(stranger()), "LOGIN ann ann-secret", ":* 900 …");
        }
    }

    @Test
    void who_has_the_name_of_a_deleted_account_begins_anew() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            daemon.login("ann").close();
            failedBefore(daemon, 100);
            assertTrue(daemon.accounts().delete("ann"));
            daemon.account("ann");

            assertEquals(List.of(), memory(daemon).of("ann"));
            daemon.restart();
            assertAnswer(daemon, "LOGIN ann ann-secret", ":* 900 …");
        }
    }

    private void assertAnswer(TestDaemon daemon, String line, String answer) {
        assertAnswer(daemon.connectFrom(stranger()), line, answer);
    }

    private static void assertAnswer(Wire wire, String line, String answer) {
        try (wire) {
            wire.send(line);
            wire.expect(answer);
        }
    }

    /// Another network each time.
    private String stranger() {
        return "127.9.0." + ++networks;
    }

    private static SqliteLoginGuard memory(TestDaemon daemon) throws ConfigProblem {
        return new SqliteLoginGuard(Database.prepare(daemon.config().dataDir()), Clock.systemUTC());
    }

    private static void failedBefore(TestDaemon daemon, int times)
            throws ConfigProblem, IOException {
        memory(daemon)
                .write(
                        List.of(
                                new GuardRow(
                                        Kind.STRANGERS,
                                        "ann",
                                        "",
                                        0,
                                        times,
                                        Instant.now().minusSeconds(3600),
                                        Instant.EPOCH)));
    }

    private static int failures(SqliteLoginGuard memory) throws IOException {
        return memory.of("ann").stream()
                .filter(row -> row.kind() == Kind.STRANGERS)
                .mapToInt(GuardRow::inARow)
                .sum();
    }
}
