package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.talks.TestDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who has logged in with a password for one login, and wants more than to change it.
@Timeout(120)
class ConfinedPeerTest {

    /// All that there is until a password is set; PASSWD is looked at elsewhere.
    private static final Set<String> THERE =
            Set.of("PING", "PONG", "CAP", "HELP", "HELPOP", "PASSWD", "QUIT");

    private static final String NEW = "four words without sense";

    @TempDir Path dir;

    @Nested
    class Everything_else {

        @Test
        void is_refused_in_one_line_and_nobody_hears_or_sees_it() {
            try (var daemon =
                            new TestDaemon(dir, "parley.limits.rate.burst = 100000")
                                    .account("ann")
                                    .account("bob")
                                    .invite("ann", Duration.ofHours(1));
                    var bob = daemon.login("bob");
                    var ann = daemon.connect()) {
                var commands = OddParametersTest.commands(bob);
                bob.settle();
                ann.send("CAP REQ :message-tags labeled-response echo-message batch");
                ann.send("NICK ann");
                ann.send("USER ann 0 * :Ann");
                ann.send("LOGIN ann ann-invited");
                ann.settle();
                for (var command : commands) {
                    if (THERE.contains(command)) {
                        continue;
                    }
                    for (var line :
                            List.of(
                                    command,
                                    command.toLowerCase(Locale.ROOT) + " #lobby :hello",
                                    command + " bob :hello",
                                    "@+x=y :bob!bob@parley.example " + command + " #lobby hello",
                                    command + " ann ann-invited")) {
                        ann.send(line);
                        ann.expectNext(
                                ":parley.example FAIL " + command + " PASSWORD_CHANGE_REQUIRED …");
                    }
                }
                bob.expectNothing();
                bob.send("NAMES #lobby");
                bob.expectNext(":parley.example 353 bob = #lobby :bob");
                bob.expectNext(":parley.example 366 bob #lobby …");
                bob.send("SESSIONS");
                bob.expect(":parley.example NOTICE bob …");
                bob.send("LUSERS");
                bob.expect(":parley.example 255 bob :I have 1 clients and 0 servers");
            }
        }
    }

    @Nested
    class Its_time {

        private static final String SHORT = "parley.auth.invite.change-within = 700ms";

        @Test
        void is_up_whatever_it_says() {
            try (var daemon =
                            new TestDaemon(dir, SHORT)
                                    .account("ann")
                                    .invite("ann", Duration.ofHours(1));
                    var ann = daemon.connect()) {
                ann.send("LOGIN ann ann-invited");
                ann.send("PASSWD short");
                ann.expectClosed(
                        "ERROR :Closing link: 127.0.0.1 (You set no password of your own within …");
            }
        }

        @Test
        void is_not_stretched_by_logging_in_again() throws Exception {
            try (var daemon =
                    new TestDaemon(dir, SHORT).account("ann").invite("ann", Duration.ofHours(1))) {
                try (var ann = daemon.connect()) {
                    ann.send("LOGIN ann ann-invited");
                    ann.expect(":parley.example 001 ann …");
                    try (var again = daemon.connect()) { // a line that broke is dialled again
                        again.send("LOGIN ann ann-invited");
                        again.expect(":parley.example 001 ann …");
                    }
                    ann.expectClosed();
                }
                try (var late = daemon.connect()) {
                    late.send("LOGIN ann ann-invited");
                    late.expect(":parley.example 464 …");
                }
            }
        }

        @Test
        void begins_before_the_invitation_expires_or_not_at_all() {
            try (var daemon =
                            new TestDaemon(dir).account("ann").invite("ann", Duration.ofHours(-1));
                    var ann = daemon.connect()) {
                ann.send("LOGIN ann ann-invited");
                ann.expect(":parley.example 464 …");
            }
        }
    }

    @Nested
    class What_happens_to_its_account {

        @Test
        void ends_it_as_any_session() throws Exception {
            try (var daemon =
                            new TestDaemon(dir).account("ann").invite("ann", Duration.ofHours(1));
                    var ann = daemon.connect()) {
                ann.send("LOGIN ann ann-invited");
                ann.expect(":parley.example 001 ann …");
                daemon.accounts().setStatus("ann", Status.DISABLED);
                ann.expectClosed("ERROR :Closing link: 127.0.0.1 (Your account was changed…");
            }
        }

        @Test
        void ends_others_that_were_there_with_the_same_password_when_one_sets_another() {
            try (var daemon =
                            new TestDaemon(dir).account("ann").invite("ann", Duration.ofHours(1));
                    var ann = daemon.connect();
                    var thief = daemon.connect()) {
                for (var each : List.of(ann, thief)) {
                    each.send("LOGIN ann ann-invited");
                    each.expect(":parley.example 001 ann …");
                }
                ann.send("PASSWD " + NEW);
                ann.expect(":ann!* JOIN #lobby");
                thief.expectClosed();
                ann.settle();
            }
        }
    }

    /// The same password is no way to rights or to another account either.
    @Test
    void is_nobody_for_those_who_are_in() throws Exception {
        try (var daemon =
                        new TestDaemon(dir, "parley.identity.nick = free")
                                .account("olga", Role.OPERATOR)
                                .account("bob")
                                .invite("olga", Duration.ofHours(1));
                var bob = daemon.login("bob")) {
            bob.send("OPER olga olga-invited");
            bob.expectNext(":parley.example 491 bob …");
            bob.send("AUTHENTICATE PLAIN");
            bob.expectNext("AUTHENTICATE +");
            bob.send("AUTHENTICATE " + base64("\0olga\0olga-invited"));
            bob.expectNext(":parley.example FAIL AUTHENTICATE PASSWORD_CHANGE_REQUIRED …");
            bob.expectNext(":parley.example 904 …");
            assertTrue(daemon.accounts().find("olga").orElseThrow().mustChangePassword());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
