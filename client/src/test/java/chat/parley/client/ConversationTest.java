package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.tls.TestAuthority;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client and the daemon, tried against each other over real TLS.
@Timeout(60)
class ConversationTest extends WithADaemon {

    @Nested
    class Send {

        @Test
        void reaches_who_is_in_the_channel(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                var run = parley(home, "ann", "", "send", "#lobby", "milk, Äpfel, 🍎?");

                assertEquals(new Run(0, "", ""), run);
                assertTrue(bob.expect(":ann!* PRIVMSG #lobby :milk, …").endsWith("Äpfel, 🍎?"));
            }
        }

        @Test
        void says_each_line_of_its_input(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                var run = parley(home, "ann", "one\ntwo\nthree\n", "send", "#lobby");

                assertEquals(new Run(0, "", ""), run);
                bob.expect(":ann!* PRIVMSG #lobby :one");
                bob.expect(":ann!* PRIVMSG #lobby :two");
                bob.expect(":ann!* PRIVMSG #lobby :three");
            }
        }

        @Test
        void cuts_a_text_that_is_longer_than_a_line(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                var words = "äöü ".repeat(150).strip();

                var run = parley(home, "ann", "", "send", "#lobby", words);

                assertEquals(new Run(0, "", ""), run);
                bob.expect(":ann!* PRIVMSG #lobby :äöü …");
                bob.expect(":ann!* PRIVMSG #lobby :äöü …");
            }
        }

        @Test
        void to_nobody_ends_with_1_and_the_reason(@TempDir Path home) {
            var run = parley(home, "ann", "", "send", "nobody", "hello?");

            assertEquals(1, run.code());
            assertTrue(run.err().startsWith("parley: not kept: "), run::err);
        }
    }

    @Nested
    class A_daemon_that_slows_who_says_much {

        @Test
        void hears_all_and_has_no_reason_to_end_the_session(@TempDir Path home, @TempDir Path dir) {
            try (var strict =
                    new TestDaemon(
                                    dir,
                                    "parley.limits.rate.burst = 20",
                                    "parley.limits.rate.every = 25ms",
                                    "parley.limits.rate.patience = 1s")
                            .account("ann")) {
                var ca = ((DaemonConfig.Tls.Pem) strict.config().tls().main()).certificate();
                var run =
                        Run.of(
                                home,
                                Map.of("PARLEY_PASSWORD", TestDaemon.passwordOf("ann")),
                                "line\n".repeat(150),
                                "send",
                                "#lobby",
                                "--ca",
                                ca.toString(),
                                "-s",
                                "ann@localhost:" + strict.port());

                assertEquals(new Run(0, "", ""), run);
            }
        }
    }

    @Nested
    class A_daemon_with_a_certificate {

        /// Of each kind that a daemon may show, by the best TLS.
        @ParameterizedTest
        @ValueSource(strings = {"RSA 2048", "P-384"})
        void of_another_kind_is_talked_to(
                String kind, @TempDir Path home, @TempDir Path dir, @TempDir Path keys) {
            var authority = TestAuthority.root("Root");
            var files = authority.issue(Wish.server("localhost").ofKind(kind)).write(keys, "other");
            var ca = keys.resolve("ca.crt");
            TestAuthority.put(ca, TestAuthority.pem(authority.certificate()));
            try (var other =
                    new TestDaemon(
                                    dir,
                                    "parley.tls.certificate = \"" + files.certificate() + "\"",
                                    "parley.tls.key = \"" + files.key() + "\"")
                            .account("ann")) {
                var run =
                        Run.of(
                                home,
                                Map.of("PARLEY_PASSWORD", TestDaemon.passwordOf("ann")),
                                "line\n",
                                "send",
                                "#lobby",
                                "--ca",
                                ca.toString(),
                                "-s",
                                "ann@localhost:" + other.port());

                assertEquals(new Run(0, "", ""), run);
            }
        }
    }

    @Nested
    class Tail {

        @Test
        void prints_what_is_said_as_json(@TempDir Path home) throws Exception {
            try (var bob = daemon.login("bob")) {
                var tail =
                        CompletableFuture.supplyAsync(() ->
                                parley(
                                        home, "cat", "", "tail", "#lobby", "--json", "--count",
                                        "1"));
                bob.expect(":cat!* JOIN …");
                bob.send("PRIVMSG #lobby :\u0002milk\u0002 \"and\" \u001b]0;title\u0007");

                var run = tail.get();
                assertEquals(0, run.code(), run::err);
                var json = run.lines().getFirst();
                assertTrue(json.startsWith("{\"time\":\"20"), json);
                assertTrue(
                        json.endsWith(
                                "\"channel\":\"#lobby\",\"from\":\"bob\",\"account\":\"bob\",\"kind\":\"message\","
                                        + "\"text\":\"\\u0002milk\\u0002 \\\"and\\\""
                                        + " \\u001b]0;title\\u0007\"}"),
                        json);
            }
        }

        @Test
        void is_told_what_it_missed_whoever_else_of_its_account_was_here(@TempDir Path home)
                throws Exception {
            try (var bob = daemon.login("bob")) {
                var first = tailOne(home);
                bob.expect(":dan!* JOIN …");
                bob.send("PRIVMSG #lobby :one");
                assertEquals("one", said(first.get()));
                bob.expect(":dan!* QUIT …");

                bob.send("PRIVMSG #lobby :two");
                bob.settle();
                // Neither a message from a script nor another client stands in for it.
                assertEquals(0, parley(home, "dan", "", "send", "bob", "three").code());
                daemon.login("dan").close();

                assertEquals("two", said(tailOne(home).get()));
            }
        }

        private CompletableFuture<Run> tailOne(Path home) {
            return CompletableFuture.supplyAsync(
                    () -> parley(home, "dan", "", "tail", "#lobby", "--json", "--count", "1"));
        }

        private String said(Run run) {
            assertEquals(0, run.code(), run::err);
            return run.out().replaceAll("(?s).*\"text\":\"(.*?)\".*", "$1");
        }

        @Test
        void ends_after_the_time_it_was_given(@TempDir Path home) {
            var run = parley(home, "cat", "", "tail", "#tea", "--for", "1ms");

            assertEquals(new Run(0, "", ""), run);
        }
    }

    @Nested
    class A_login {

        @Test
        void with_a_wrong_password_ends_with_1(@TempDir Path home) {
            var run =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "wrong"),
                            "",
                            "send",
                            "#lobby",
                            "hello",
                            "--ca",
                            ca.toString(),
                            "-s",
                            "ann@" + server());

            assertEquals(1, run.code());
            assertTrue(
                    run.err().startsWith("parley: the daemon refused the login of ann"), run::err);
        }

        @Test
        void to_an_unknown_server_ends_with_4_and_says_how_to_go_on(@TempDir Path home) {
            var run = Run.of(home, "send", "#lobby", "hello", "-s", "ann@" + server());

            assertEquals(4, run.code());
            assertTrue(run.err().contains("--fingerprint sha256/"), run::err);
        }

        @Test
        void where_nobody_listens_ends_with_3(@TempDir Path home) {
            var run = Run.of(home, "send", "#lobby", "hello", "-s", "ann@localhost:1");

            assertEquals(3, run.code());
        }
    }
}
