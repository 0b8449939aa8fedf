package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ScriptedDaemon.Script;
import chat.parley.client.model.Ending;
import chat.parley.client.model.Event;
import chat.parley.protocol.Message;
import chat.parley.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A link against a daemon that follows a script, over real TLS.
@Timeout(60)
class LinkTest extends OverAScript {

    @Nested
    class A_link_that_logs_in_with_a_code {

        private static Secret code(String digits) {
            return new Secret(digits.toCharArray());
        }

        private static Script hearing(String shown, String answer) {
            return peer -> {
                peer.offers("sasl");
                peer.hears("AUTHENTICATE PLAIN");
                peer.says("AUTHENTICATE +");
                var plain = ("\0ann\0secret" + shown).getBytes(StandardCharsets.UTF_8);
                peer.hears("AUTHENTICATE " + Base64.getEncoder().encodeToString(plain));
                peer.says(answer);
                peer.waitsForTheEnd();
            };
        }

        @Test
        void comes_back_with_a_new_one_and_never_tries_an_old_one() throws Exception {
            linked(
                    dialer -> dialer.code(code("111111")),
                    (link, _) -> {
                        next(Event.Up.class);
                        next(Event.CodeWanted.class);
                        link.code(code("222222"));
                        assertEquals(
                                "login refused: Login failed", next(Event.CodeWanted.class).why());
                        link.code(code("333333"));
                        next(Event.Up.class);
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.drops();
                    },
                    hearing("222222", ":d 904 * :Login failed"),
                    hearing("333333", ":d 001 ann :Welcome"));
        }
    }

    @Nested
    class A_link_that_breaks {

        @Test
        void comes_back_by_itself() throws Exception {
            linked(
                    (link, _) -> {
                        next(Event.Up.class);
                        next(Event.Down.class);
                        next(Event.Up.class);
                        link.send(Message.of("JOIN", "#tea"));
                        assertEquals("#tea", next(Event.Received.class, "JOIN").param(0));
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.drops();
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.hears("JOIN #tea");
                        peer.says(":ann!a@h JOIN #tea");
                        peer.waitsForTheEnd();
                    });
        }

        @Test
        void tells_the_daemon_s_last_words() throws Exception {
            linked(
                    (_, _) -> assertEquals("Shutting down", next(Event.Down.class).why()),
                    peer -> {
                        peer.logsIn("ann");
                        peer.says("ERROR :Shutting down");
                    });
        }

        @Test
        void goes_on_trying_while_nobody_answers() throws Exception {
            linked(
                    (_, daemon) -> {
                        daemon.close();
                        next(Event.Down.class);
                        next(Event.StillDown.class);
                        next(Event.StillDown.class);
                    },
                    peer -> peer.logsIn("ann"));
        }

        @Test
        void tries_again_when_the_daemon_has_no_time_for_the_login() throws Exception {
            linked(
                    (_, _) -> {
                        next(Event.Down.class);
                        var wait = next(Event.StillDown.class);
                        assertEquals("the daemon takes no password at the moment", wait.why());
                        assertEquals(Duration.ofSeconds(1), wait.retryIn());
                        next(Event.Up.class);
                    },
                    peer -> peer.logsIn("ann"),
                    peer -> {
                        peer.offers("sasl");
                        peer.hears("AUTHENTICATE PLAIN");
                        peer.says("AUTHENTICATE +");
                        peer.hears("AUTHENTICATE ");
                        peer.says(
                                ":d FAIL AUTHENTICATE TEMPORARILY_UNAVAILABLE 1 :Too many logins",
                                ":d 904 * :Too many logins");
                        peer.waitsForTheEnd();
                    },
                    peer -> peer.logsIn("ann"));
        }

        @Test
        void stays_down_when_the_login_is_refused() throws Exception {
            linked(
                    (_, _) -> {
                        var ending = next(Event.Over.class).ending();
                        assertEquals(Ending.Kind.REFUSED, ending.kind());
                        assertEquals("login refused: Account disabled", ending.text());
                    },
                    peer -> peer.logsIn("ann"),
                    peer -> {
                        peer.offers("sasl");
                        peer.hears("AUTHENTICATE PLAIN");
                        peer.says("AUTHENTICATE +");
                        peer.hears("AUTHENTICATE ");
                        peer.says(":d 904 * :Account disabled");
                        peer.waitsForTheEnd();
                    });
        }
    }

    private Message next(Class<Event.Received> kind, String command) throws InterruptedException {
        while (true) {
            var message = next(kind).message();
            if (message.command().equals(command)) {
                return message;
            }
        }
    }

    @Nested
    class A_link_that_stands {

        @Test
        void answers_ping() throws Exception {
            linked(
                    (_, daemon) -> {
                        next(Event.Down.class);
                        assertTrue(daemon.heard().contains("PONG xyzzy"), daemon.heard()::toString);
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.says("PING :xyzzy");
                        peer.hears("PONG xyzzy");
                    });
        }

        @Test
        void passes_over_what_is_no_message() throws Exception {
            linked(
                    (_, _) -> assertEquals("hello", next(Event.Received.class, "PRIVMSG").param(1)),
                    peer -> {
                        peer.logsIn("ann");
                        peer.saysBytes(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
                        peer.says("", ":", "@", "x".repeat(30_000), ":b!b@h PRIVMSG #a :hello");
                        peer.waitsForTheEnd();
                    });
        }

        @Test
        void says_goodbye_when_it_is_left() throws Exception {
            linked(
                    (link, daemon) -> {
                        next(Event.Up.class);
                        link.send(Message.of("PRIVMSG", "#a", "last words"));
                        link.leave("gone home");
                        daemon.finish();
                        assertTrue(
                                daemon.heard().contains("PRIVMSG #a :last words"),
                                daemon.heard()::toString);
                        assertTrue(
                                daemon.heard().getLast().startsWith("QUIT"),
                                daemon.heard()::toString);
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.hears("QUIT");
                    });
        }
    }

    @Nested
    class Waiting_for_the_next_attempt {

        @Test
        void takes_twice_as_long_each_time_up_to_a_bound_and_never_the_same_for_all() {
            var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(5));
            var step = 1_000L;
            for (var i = 0; i < 10; i++) {
                var wait = backoff.next().toMillis();
                assertTrue(wait >= step / 2 && wait <= step, i + ": " + wait);
                step = Math.min(60_000, 2 * step);
            }
            backoff.reset();
            assertTrue(backoff.next().toMillis() <= 1_000);
        }
    }
}
