package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An account is deleted, and another gets its name: that is somebody else.
@Timeout(120)
class ReusedNameTest {

    private static final String[] CAPABILITIES = {
        "message-tags", "echo-message", "batch", "draft/chathistory", "draft/message-redaction"
    };
    private static final String EVER =
            "timestamp=2020-01-01T00:00:00.000Z timestamp=2999-01-01T00:00:00.000Z";

    @TempDir Path dir;
    private TestDaemon daemon;
    private Wire ann;
    private Wire bob;

    @BeforeEach
    void start() throws Exception {
        daemon = new TestDaemon(dir).account("ann").account("bob");
        ann = daemon.login("ann", CAPABILITIES);
        bob = daemon.login("bob", CAPABILITIES);
    }

    @AfterEach
    void stop() {
        ann.close();
        bob.close();
        daemon.close();
    }

    private void anotherBob() throws Exception {
        assertTrue(daemon.accounts().delete("bob"));
        ann.expect(":bob!* QUIT …");
        bob.close();
        daemon.account("bob");
        bob = daemon.login("bob", CAPABILITIES);
    }

    @Nested
    class Who_gets_the_name_next {

        @Test
        void reads_nothing_of_the_conversations_and_the_others_still_do() throws Exception {
            bob.send("PRIVMSG ann :a secret");
            ann.expect("@msgid=2-1 :bob!* PRIVMSG ann :a secret");
            bob.send("MARKREAD ann timestamp=2026-01-01T00:00:00.000Z");
            bob.expect(":* MARKREAD ann :timestamp=2026-01-01T00:00:00.000Z");

            anotherBob();

            for (var asked : new String[] {"LATEST ann * 9", "AROUND ann msgid=2-1 9"}) {
                bob.send("CHATHISTORY " + asked);
                bob.expect(":* BATCH +* chathistory …");
                bob.expectNext(":* BATCH -*");
            }
            bob.send("CHATHISTORY TARGETS " + EVER + " 9");
            bob.expect(":* BATCH +* …");
            bob.expectNext(":* BATCH -*");
            bob.send("MARKREAD ann");
            assertTrue(bob.expectNext(":* MARKREAD ann …").endsWith(" :*"), "no marker");
            bob.send("REDACT ann 2-1");
            bob.expectNext(":* FAIL REDACT UNKNOWN_MSGID ann 2-1 …");
            ann.send("CHATHISTORY LATEST bob * 9");
            ann.expect("@batch=*;msgid=2-1 :bob!* PRIVMSG ann :a secret");
        }

        @Test
        void is_not_told_what_was_said_to_the_other_who_was_away() throws Exception {
            bob.send("QUIT");
            bob.expectClosed();
            ann.expect(":bob!* QUIT …");
            ann.send("PRIVMSG bob :a secret");
            ann.expect("@msgid=2-1 :ann!* PRIVMSG bob :a secret");
            assertTrue(daemon.accounts().delete("bob"));
            ann.send("PRIVMSG bob :for nobody");
            ann.expectNext(":* 401 ann bob …");
            daemon.account("bob");
            ann.send("PRIVMSG bob :welcome");
            ann.expect("@msgid=2-2 :ann!* PRIVMSG bob :welcome");

            try (var plain = daemon.login("bob")) {
                var said =
                        plain.seen().stream().filter(line -> line.contains(" PRIVMSG ")).toList();
                assertEquals(1, said.size(), said.toString());
                assertTrue(said.getFirst().endsWith("welcome"), said.toString());
            }
        }

        @Test
        void may_say_something_with_a_key_that_was_used_before() throws Exception {
            bob.send("CAP REQ :parley.chat/once");
            bob.send("@parley.chat/once=k1 PRIVMSG #lobby :old");
            ann.expect(":bob!* PRIVMSG #lobby :old");

            anotherBob();

            bob.send("CAP REQ :parley.chat/once");
            bob.send("@parley.chat/once=k1 PRIVMSG #lobby :new");
            ann.expect(":bob!* PRIVMSG #lobby :new");
            bob.send("@parley.chat/once=k1 PRIVMSG #lobby :new");
            ann.expectNothing();
        }

        @Test
        void reads_what_is_said_from_then_on() throws Exception {
            bob.send("PRIVMSG ann :old");
            ann.expect("@msgid=2-1 …");
            anotherBob();
            ann.send("PRIVMSG bob :welcome");
            bob.expect("@msgid=2-2 :ann!* PRIVMSG bob :welcome");

            bob.send("CHATHISTORY BEFORE ann timestamp=2999-01-01T00:00:00.000Z 9");

            bob.expect(":* BATCH +* chathistory …");
            bob.expectNext("@batch=*;msgid=2-2 :ann!* PRIVMSG bob :welcome");
            bob.expectNext(":* BATCH -*");
        }

        @Test
        void owns_nothing_and_is_in_no_channel_that_the_other_was_in() throws Exception {
            ann.send("JOIN #milk");
            ann.expect(":* 366 ann #milk …");
            bob.send("JOIN #tea"); // nobody else is ever in it
            bob.expect(":* 366 bob #tea …");
            bob.send("JOIN #milk");
            bob.expect(":* 366 bob #milk …");
            ann.send("MODE #milk +o bob"); // somebody stays in it
            bob.expect("@* :ann!* MODE #milk +o …");

            anotherBob();

            bob.send("WHOIS bob");
            bob.expect(":* 319 bob bob :#lobby");
            bob.send("JOIN #tea,#milk");
            bob.expect(":* 353 bob = #tea :bob");
            bob.expect(":* 366 bob #milk …");
            bob.send("MODE #milk +m");
            bob.expect(":* 482 bob #milk …");
            bob.send("MODE #tea +m");
            bob.expect(":* 482 bob #tea …");
        }

        @Test
        void does_not_take_back_what_the_other_said() throws Exception {
            bob.send("PRIVMSG #lobby :mine");
            ann.expect("@msgid=1-3 :bob!* PRIVMSG #lobby :mine");

            anotherBob();

            bob.send("REDACT #lobby 1-3");
            bob.expectNext(":* FAIL REDACT REDACT_FORBIDDEN #lobby 1-3 …");
        }

        @Test
        void is_not_taken_for_the_other_who_was_lost_a_moment_ago() throws Exception {
            bob.send("JOIN #tea");
            bob.expect(":* 366 bob #tea …");
            bob.close(); // and lingers
            assertTrue(daemon.accounts().delete("bob"));
            try (var last = daemon.account("last").login("last")) {
                assertTrue(daemon.accounts().delete("last"));
                last.expect("ERROR …"); // so the daemon knows of bob, too
            }
            daemon.account("bob");

            bob = daemon.login("bob", CAPABILITIES);

            ann.expect(":bob!* QUIT …");
            ann.expect("@msgid=* :bob!* JOIN #lobby");
            bob.send("WHOIS bob");
            bob.expect(":* 319 bob bob :#lobby");
        }
    }
}
