package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `parley passwd` and `parley sessions` with a daemon.
@Timeout(120)
class AccountModesTest {

    private static final String NEW = "four words without sense";

    @TempDir Path dir;
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Run parley(String stdin, String... words) {
        var ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(
                List.of("--ca", ca.toString(), "--server", "ann@localhost:" + daemon.port()));
        return Run.of(
                dir,
                Map.of("PARLEY_PASSWORD", TestDaemon.passwordOf("ann")),
                stdin,
                arguments.toArray(String[]::new));
    }

    @Nested
    class Passwd {

        @Test
        void takes_the_old_and_the_new_password_from_the_standard_input() {
            try (var phone = daemon.login("ann")) {
                var run = parley("ann-secret\n" + NEW + "\n", "passwd", "--password-stdin");

                assertEquals(
                        new Run(0, "", "parley: you have a new password; other sessions end\n"),
                        run);
                phone.expectClosed();
            }
            assertEquals(
                    0, parley(NEW + "\nhello\n", "send", "#lobby", "-", "--password-stdin").code());
        }

        @Test
        void ends_with_1_and_the_reason_if_the_daemon_says_no() {
            var weak = parley("ann-secret\nshort\n", "passwd", "--password-stdin");
            assertEquals(1, weak.code());
            assertTrue(weak.err().contains("at least 15 characters"), weak::err);

            var wrong = parley("wrong\n" + NEW + "\n", "passwd", "--password-stdin");
            assertEquals(1, wrong.code());
            assertTrue(wrong.err().contains("refused the login"), wrong::err);
        }

        @Test
        void ends_with_2_if_the_new_one_is_no_line_and_the_old_one_stays() {
            var run = parley("ann-secret\na long \rQUIT\n", "passwd", "--password-stdin");

            assertEquals(2, run.code());
            assertTrue(run.err().contains("new password has a line break"), run::err);
            assertEquals(
                    0,
                    parley("ann-secret\nhello\n", "send", "#lobby", "-", "--password-stdin")
                            .code());
        }

        @Test
        void ends_with_2_if_there_is_nobody_to_ask() {
            assertEquals(2, parley("", "passwd").code());
            assertEquals(2, parley("ann-secret\n", "passwd", "--password-stdin").code());
        }

        @Test
        void sets_the_first_password_of_who_was_invited() {
            daemon.invite("ann", Duration.ofHours(1));

            assertEquals(
                    0, parley("ann-invited\n" + NEW + "\n", "passwd", "--password-stdin").code());
            assertEquals(
                    0, parley(NEW + "\nhello\n", "send", "#lobby", "-", "--password-stdin").code());
        }
    }

    @Test
    void a_password_for_one_login_sends_nothing_and_says_what_to_do() {
        daemon.account("bob").invite("ann", Duration.ofHours(1));
        try (var bob = daemon.login("bob")) {
            var run = parley("ann-invited\nhello\n", "send", "#lobby", "-", "--password-stdin");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("parley passwd"), run::err);
            bob.expectNothing();
        }
    }

    @Nested
    class Sessions {

        @Test
        void are_listed_with_the_one_that_asks() {
            try (var _ = daemon.login("ann")) {
                var run = parley("", "sessions");

                assertEquals(0, run.code());
                assertEquals(2, run.lines().size(), run::out);
                assertTrue(run.lines().getLast().contains("parley-sessions"), run::out);
                assertTrue(run.lines().getLast().contains("(this one)"), run::out);
                assertFalse(run.out().contains("SESSIONS"), run::out);
            }
        }

        @Test
        void end_by_number_or_all_of_them() {
            try (var one = daemon.login("ann");
                    var two = daemon.login("ann")) {
                var number = parley("", "sessions").lines().getFirst().split(" ", -1)[0];
                assertEquals(
                        new Run(0, "Ended " + number + "\n", ""),
                        parley("", "sessions", "end", number));
                one.expectClosed();
                assertEquals(new Run(0, "Ended 1\n", ""), parley("", "sessions", "end", "all"));
                two.expectClosed();
            }
        }

        @Test
        void that_are_not_there_are_told_with_1_and_wrong_use_with_2() {
            var run = parley("", "sessions", "end", "4711");
            assertEquals(1, run.code());
            assertTrue(run.err().contains("no session of that number"), run::err);
            assertEquals(2, parley("", "sessions", "stop").code());
            assertEquals(2, parley("", "sessions", "end", "everything").code());
        }
    }
}
