package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.PersonErasure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an admin changes holds at once in a running daemon.
@Timeout(120)
class AdminActsTest {

    /// The promise is a second; a machine that is busy with other tests is given some more.
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    @TempDir Path dir;
    private TestDaemon daemon;
    private Wire bystander;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann").account("bob");
        bystander = daemon.login("bob");
    }

    @AfterEach
    void stop() {
        bystander.settle(); // nobody else noticed
        bystander.close();
        daemon.close();
    }

    @Nested
    class All_sessions_of_an_account {

        @Test
        void end_within_a_second_when_it_is_disabled_and_it_stays_out() throws Exception {
            assertAllEnd(() -> daemon.accounts().setStatus("ann", Status.DISABLED));

            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann " + TestDaemon.passwordOf("ann"));
                wire.expect(":* 464 …");
            }
        }

        @Test
        void end_within_a_second_when_it_is_deleted() throws Exception {
            assertAllEnd(() -> daemon.accounts().delete("ann"));
        }

        @Test
        void end_within_a_second_when_it_has_a_new_password() throws Exception {
            assertAllEnd(() -> daemon.accounts().replaceHash("ann", "$argon2id$of another"));
        }

        @Test
        void end_within_a_second_when_it_is_kicked_and_it_may_come_back() throws Exception {
            assertAllEnd(() -> daemon.accounts().kick("ann"));
            daemon.login("ann").close();
        }

        @Test
        void end_but_for_those_that_came_after_it() throws Exception {
            for (var round = 0; round < 5; round++) {
                try (var before = daemon.login("ann")) {
                    assertTrue(daemon.accounts().kick("ann"));
                    try (var after = daemon.login("ann")) {
                        before.expectClosed();
                        after.settle();
                    }
                }
            }
        }

        @Test
        void end_within_a_second_when_it_has_another_role() throws Exception {
            assertAllEnd(() -> daemon.accounts().setRole("ann", Role.OPERATOR));
            daemon.login("ann").close();
        }
    }

    /// It stays for a while when its last session is lost, and so would what it may do.
    @Test
    void an_operator_that_is_none_any_more_comes_back_as_none() throws Exception {
        daemon.account("olga", Role.OPERATOR);
        var olga = daemon.login("olga");
        olga.send("OPER");
        olga.expect(":olga!* MODE olga …");
        olga.close();
        daemon.accounts().setRole("olga", Role.MEMBER);

        try (var again = daemon.login("olga")) {
            again.send("MODE olga");
            again.expectNext(":parley.example 221 olga :+r");
        }
    }

    /// It has the nick of the first, and speaks as the second.
    @Test
    void a_session_that_was_two_accounts_ends_with_either(@TempDir Path other) throws Exception {
        for (var name : List.of("ann", "bob")) {
            try (var free =
                            new TestDaemon(
                                            Files.createDirectory(other.resolve(name)),
                                            "parley.identity.nick = free")
                                    .account("ann")
                                    .account("bob");
                    var wire = free.login("ann")) {
                wire.send("AUTHENTICATE PLAIN");
                wire.send("AUTHENTICATE AGJvYgBib2Itc2VjcmV0"); // NUL bob NUL bob-secret
                wire.expect(":* 903 …");
                assertTrue(free.accounts().setStatus(name, Status.DISABLED));
                wire.expectClosed("ERROR :…account was changed…");
            }
        }
    }

    @Test
    void what_somebody_said_is_erased_while_others_talk() throws Exception {
        try (var ann = daemon.login("ann")) {
            ann.send("PRIVMSG #lobby :of ann's");
            ann.send("PRIVMSG bob :to bob only");
            bystander.expect(":ann!* PRIVMSG bob :to bob only");
            bystander.send("PRIVMSG #lobby :of bob's");
            ann.settle();
        }
        daemon.accounts().delete("ann");

        var erased =
                PersonErasure.of(Database.prepare(dir.resolve("data")), "ann", (_, _, _) -> {});

        assertTrue(erased.orElseThrow().messages() >= 2);
        try (var bob = daemon.login("bob", "draft/chathistory", "batch")) {
            bob.send("CHATHISTORY LATEST #lobby * 10");
            bob.expect(":parley.example BATCH +* chathistory :#lobby");
            bob.expectNext("@batch=* :bob!* PRIVMSG #lobby :of bob's");
            bob.expectNext(":parley.example BATCH -*");
            bob.send("PRIVMSG #lobby :goes on");
            bystander.expect(":bob!* PRIVMSG #lobby :goes on");
        }
    }

    private interface Act {
        boolean happens() throws Exception;
    }

    private void assertAllEnd(Act act) throws Exception {
        var sessions = new ArrayList<Wire>();
        for (var i = 0; i < 3; i++) {
            sessions.add(daemon.login("ann"));
        }
        assertTrue(act.happens());
        var begun = System.nanoTime();
        for (var session : List.copyOf(sessions)) {
            session.expectClosed();
            session.close();
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(AT_ONCE) < 0, took.toString());
    }
}
