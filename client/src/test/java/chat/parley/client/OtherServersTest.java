package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The modes for pipes with servers that have not got what ours has.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherServersTest {

    private DevelopmentCertificate certificate;
    private Path ca;
    @TempDir Path home;

    @BeforeAll
    void make(@TempDir Path shared) throws GeneralSecurityException, IOException {
        certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
        ca = ScriptedDaemon.pem(certificate.certificate(), shared.resolve("ca.pem"));
    }

    private Run parley(ScriptedDaemon daemon, String stdin, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("-s", "ann@" + daemon.address(), "--ca", ca.toString()));
        return Run.of(home, Map.of(), stdin, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    history #a         | draft/chathistory
                    tail #a --since 1h | draft/chathistory
                    search x           | soju.im/search
                    send #a x --once k | parley.chat/once
                    """,
            delimiter = '|')
    void end_with_1_and_say_what_the_server_has_not(String words, String capability)
            throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.says(":d.test PONG d.test :joined");
                            peer.waitsForTheEnd();
                        })) {
            var run = parley(daemon, "", words.strip().split(" +", -1));

            assertEquals(1, run.code(), run::err);
            assertTrue(run.err().contains(capability), run::err);
        }
    }

    @Test
    void without_accounts_are_told_of_as_one_is_there_by_the_nick_alone() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.hears("USER ");
                            peer.says(":d.test 001 ann :hello");
                            peer.hears("QUIT");
                        })) {
            var run = parley(daemon, "/quit\n");

            assertEquals(0, run.code(), run::err);
            assertTrue(run.err().contains("by one's nick alone"), run::err);
        }
    }

    /// Who may not be there would wait for ever.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "470 ann #a #b :Forwarding to another channel",
                "437 ann #a :Cannot join now",
                "FAIL JOIN CLOSED #a :It is closed"
            })
    void that_let_nobody_in_end_tail_with_1(String refusal) throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.hears("JOIN #a");
                            peer.says(":d.test 403 ann #c :No such channel"); // nobody asked
                            peer.says(":d.test " + refusal);
                            peer.waitsForTheEnd();
                        })) {
            var run = parley(daemon, "", "tail", "#b", "#a", "-f");

            assertEquals(1, run.code(), run::err);
            assertEquals(
                    "parley: #a: " + refusal.substring(refusal.indexOf(':') + 1) + "\n", run.err());
        }
    }

    @Test
    void a_whole_is_refused_and_not_sent_in_parts() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.waitsForTheEnd();
                        })) {
            var run = parley(daemon, "a\nb\n", "send", "bob", "--whole");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("draft/multiline"), run::err);
            assertTrue(daemon.heard().stream().noneMatch(line -> line.contains("PRIVMSG")));
        }
    }

    @Test
    void following_goes_on_after_a_break_and_says_that_there_may_be_a_gap() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.hears("JOIN #a");
                            peer.says("@msgid=1 :bob!b@h PRIVMSG #a :one");
                            peer.drops();
                        },
                        peer -> {
                            peer.logsIn("ann");
                            peer.hears("JOIN #a");
                            peer.says("@msgid=1 :bob!b@h PRIVMSG #a :one");
                            peer.says("@msgid=2 :bob!b@h PRIVMSG #a :two");
                            peer.waitsForTheEnd();
                        })) {
            var run = parley(daemon, "", "tail", "#a", "-f", "--json", "-n", "2");

            assertEquals(0, run.code(), run::err);
            assertEquals(List.of("one", "two"), run.lines().stream().map(Piped::text).toList());
            assertTrue(run.err().contains("there may be a gap"), run::err);
            assertTrue(daemon.heard().stream().noneMatch(line -> line.contains("CHATHISTORY")));
        }
    }

    /// A daemon that answers a question it was not asked, and never ends the one it was.
    @Test
    void a_hostile_batch_prints_nothing_that_was_not_asked_for() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.offers(
                                    "sasl=PLAIN server-time message-tags echo-message batch"
                                            + " labeled-response draft/chathistory");
                            peer.hears("AUTHENTICATE PLAIN");
                            peer.says("AUTHENTICATE +");
                            peer.hears("AUTHENTICATE ");
                            peer.says(":d.test 903 * :ok");
                            peer.hears("CAP END");
                            peer.says(":d.test 001 ann :hello");
                            peer.hears("CHATHISTORY AFTER #a");
                            peer.says(
                                    "BATCH -nothing",
                                    "BATCH +x chathistory #other",
                                    "@batch=x;msgid=9 :bob!b@h PRIVMSG #a :forged",
                                    "BATCH -x",
                                    "BATCH +y chathistory #a",
                                    "BATCH +",
                                    "@batch=y;msgid=1 :bob!b@h PRIVMSG #a :\u001b[2Jone",
                                    "BATCH -y");
                            peer.hears("CHATHISTORY AFTER #a msgid=1");
                            peer.says("BATCH +z chathistory #a", "BATCH -z");
                            peer.waitsForTheEnd();
                        })) {
            var run = parley(daemon, "", "tail", "#a", "--since", "1h");

            assertEquals(0, run.code(), run::err);
            assertTrue(run.out().endsWith("bob  ␛[2Jone\n"), run.out());
            assertEquals(1, run.lines().size(), run.out());
        }
    }

    /// A connection that broke may go by the nick until the server notices.
    @Test
    void that_say_the_nick_is_taken_are_asked_for_another() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.offers("sasl=PLAIN message-tags echo-message");
                            peer.says(":d.test 433 * ann :Nickname is already in use");
                            peer.hears("AUTHENTICATE PLAIN");
                            peer.hears("NICK ann_");
                            peer.says("AUTHENTICATE +");
                            peer.hears("AUTHENTICATE ");
                            peer.says(":d.test 903 * :ok");
                            peer.hears("CAP END");
                            peer.says(":d.test 001 ann_ :Welcome");
                            peer.hears("PRIVMSG bob :hi");
                            peer.says(":ann_!ann@h PRIVMSG bob :hi");
                            peer.waitsForTheEnd();
                        },
                        peer -> {
                            peer.offers("sasl=PLAIN message-tags echo-message");
                            for (var i = 0; i < 4; i++) {
                                peer.says(":d.test 433 * ann :Nickname is already in use");
                            }
                            peer.waitsForTheEnd();
                        })) {
            assertEquals(new Run(0, "", ""), parley(daemon, "", "send", "bob", "hi"));
            var refused = parley(daemon, "", "send", "bob", "hi");
            assertEquals(1, refused.code());
            assertTrue(refused.err().contains("already in use"), refused::err);
        }
    }

    @Test
    void without_a_list_of_sessions_end_with_1() throws Exception {
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.hears("SESSIONS LIST");
                            peer.says(":d.test 421 ann SESSIONS :Unknown command");
                            peer.says(":d.test PONG d.test :sessions-end");
                            peer.waitsForTheEnd();
                        })) {
            assertEquals(1, parley(daemon, "", "sessions").code());
        }
    }
}
