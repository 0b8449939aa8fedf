package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendTest {

    private DevelopmentCertificate certificate;
    private Path ca;

    @BeforeAll
    void make(@TempDir Path shared) throws GeneralSecurityException, IOException {
        certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
        ca = ScriptedDaemon.pem(certificate.certificate(), shared.resolve("ca.pem"));
    }

    private Run send(ScriptedDaemon daemon, Path home, String stdin, String... words) {
        var arguments =
                new ArrayList<>(
                        List.of("send", "-s", "ann@" + daemon.address(), "--ca", ca.toString()));
        arguments.addAll(List.of(words));
        return Run.of(home, Map.of(), stdin, arguments.toArray(String[]::new));
    }

    /// Answers the JOIN as a daemon does that has joined the client already: with nothing.
    private static void isInAlready(ScriptedDaemon.Peer peer) throws IOException {
        peer.hears("JOIN #lobby");
        peer.hears("PING ");
        peer.says(":d.test PONG d.test :joined");
    }

    @Nested
    class A_message_that_was_echoed {

        @Test
        void ends_with_0(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.logsIn("ann");
                                isInAlready(peer);
                                peer.echoes("ann");
                                peer.hears("QUIT");
                            })) {
                var run = send(daemon, home, "", "#lobby", "milk?");

                assertEquals(new Run(0, "", ""), run);
                daemon.finish();
                assertEquals(List.of(), daemon.failures());
                assertTrue(
                        daemon.heard().contains("@label=s0 PRIVMSG #lobby :milk?"),
                        daemon.heard()::toString);
            }
        }

        @Test
        void is_followed_by_the_next_line_of_the_input(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.logsIn("ann");
                                isInAlready(peer);
                                peer.echoes("ann");
                                peer.echoes("ann");
                                peer.hears("QUIT");
                            })) {
                var run = send(daemon, home, "one\n\ntwo\n", "#lobby", "-");

                assertEquals(new Run(0, "", ""), run);
                assertTrue(daemon.heard().contains("@label=s1 PRIVMSG #lobby :two"));
            }
        }
    }

    @Nested
    class A_message_without_its_echo {

        @Test
        void that_was_refused_ends_with_1_and_the_reason(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.logsIn("ann");
                                isInAlready(peer);
                                peer.hears("PRIVMSG");
                                peer.says(
                                        "@label=s0 :d.test FAIL PRIVMSG NOT_STORED #lobby :The"
                                                + " disk is \u001b[31mfull");
                                peer.hears("QUIT");
                            })) {
                var run = send(daemon, home, "", "#lobby", "milk?");

                assertEquals(new Run(1, "", "parley: not kept: The disk is ␛[31mfull\n"), run);
            }
        }

        @Test
        void because_the_daemon_went_away_ends_with_3(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.logsIn("ann");
                                isInAlready(peer);
                                peer.hears("PRIVMSG");
                            })) {
                var run = send(daemon, home, "", "#lobby", "milk?");

                assertEquals(
                        new Run(
                                3,
                                "",
                                "parley: not known to be kept: the daemon closed the"
                                        + " connection\n"),
                        run);
            }
        }

        @Test
        void because_nobody_may_enter_ends_with_1(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.logsIn("ann");
                                peer.hears("JOIN");
                                peer.says(":d.test 403 ann #other :No such channel"); // not asked
                                peer.says(":d.test 473 ann #lobby :Cannot join channel (+i)");
                                peer.hears("QUIT");
                            })) {
                var run = send(daemon, home, "", "#lobby", "milk?");

                assertEquals(new Run(1, "", "parley: not kept: Cannot join channel (+i)\n"), run);
            }
        }

        @Test
        void is_not_sent_to_a_daemon_that_echoes_nothing(@TempDir Path home) throws Exception {
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            peer -> {
                                peer.offers("sasl=PLAIN server-time");
                                peer.hears("AUTHENTICATE PLAIN");
                                peer.says("AUTHENTICATE +");
                                peer.hears("AUTHENTICATE ");
                                peer.says(":d.test 903 * :ok");
                                peer.hears("CAP END");
                                peer.says(":d.test 001 ann :hello");
                                peer.waitsForTheEnd();
                            })) {
                var run = send(daemon, home, "", "#lobby", "milk?");

                assertEquals(1, run.code());
                assertFalse(String.join("\n", daemon.heard()).contains("PRIVMSG"));
            }
        }
    }
}
