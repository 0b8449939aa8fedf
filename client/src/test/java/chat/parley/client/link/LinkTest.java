package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ScriptedDaemon;
import chat.parley.client.ScriptedDaemon.Script;
import chat.parley.client.model.Ending;
import chat.parley.client.model.Event;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Message;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A link against a daemon that follows a script, over real TLS.
@Timeout(60)
class LinkTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Dialer.Patience PATIENCE = new Dialer.Patience(LONG, LONG, LONG);

    private final BlockingQueue<Event> inbox = new ArrayBlockingQueue<>(64);

    private Dialer dialer(ScriptedDaemon daemon, Dialer.Patience patience, Fingerprint key) {
        return new Dialer(
                daemon.address(),
                new Trust.Pin(key),
                Who.by(new Credentials("ann", new Secret("secret".toCharArray()))),
                patience);
    }

    private interface Story {
        void of(Link link, ScriptedDaemon daemon) throws Exception;
    }

    private void linked(Story story, Script... scripts) throws Exception {
        linked(_ -> {}, story, scripts);
    }

    private void linked(Consumer<Dialer> before, Story story, Script... scripts) throws Exception {
        var identity = Certificates.selfSigned(Certificates.key(), 1);
        try (var daemon = new ScriptedDaemon(identity.key(), identity.certificate(), scripts)) {
            var dialer = dialer(daemon, PATIENCE, Fingerprint.of(identity.certificate()));
            before.accept(dialer);
            var session = assertInstanceOf(Outcome.LoggedIn.class, dialer.dial()).session();
            var quick = new Backoff(Duration.ofMillis(2), Duration.ofMillis(8), new Random(3));
            try (var link = new Link(session, dialer, inbox, quick, Clock.systemUTC())) {
                link.start();
                story.of(link, daemon);
            }
        }
    }

    /// The next event of this kind; others before it are passed over.
    private <E extends Event> E next(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = inbox.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(event != null, () -> "no " + kind.getSimpleName() + " came");
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    private Outcome dial(Dialer.Patience patience, Script... script)
            throws GeneralSecurityException, IOException {
        var identity = Certificates.selfSigned(Certificates.key(), 1);
        try (var daemon = new ScriptedDaemon(identity.key(), identity.certificate(), script)) {
            return dialer(daemon, patience, Fingerprint.of(identity.certificate())).dial();
        }
    }

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
    class A_login {

        @Test
        void sends_the_password_only_when_it_is_asked_for_and_once() throws Exception {
            linked(
                    (_, daemon) -> {
                        next(Event.Up.class);
                        assertEquals(
                                List.of("AUTHENTICATE PLAIN", "AUTHENTICATE AGFubgBzZWNyZXQ="),
                                daemon.heard().stream()
                                        .filter(line -> line.startsWith("AUTHENTICATE"))
                                        .toList());
                    },
                    peer -> peer.logsIn("ann"));
        }

        @Test
        void takes_capabilities_over_several_lines() throws Exception {
            var outcome =
                    dial(
                            PATIENCE,
                            peer -> {
                                peer.hears("CAP LS");
                                peer.says(
                                        ":d CAP * LS * :echo-message draft/unknown away-notify",
                                        ":d CAP * LS :sasl=EXTERNAL,PLAIN");
                                var asked = peer.hears("CAP REQ");
                                assertEquals("CAP REQ :echo-message sasl", asked);
                                peer.says(":d CAP * NAK :echo-message sasl");
                                peer.waitsForTheEnd();
                            });

            assertInstanceOf(Outcome.Refused.class, outcome);
        }

        @Test
        void without_a_password_to_ask_for_is_refused_here() throws Exception {
            var outcome =
                    dial(
                            PATIENCE,
                            peer -> {
                                peer.hears("CAP LS");
                                peer.says(":d CAP * LS :sasl=EXTERNAL echo-message");
                                peer.waitsForTheEnd();
                            });

            assertEquals(
                    new Outcome.Refused(
                            "the daemon offers no login by password (SASL PLAIN)", false),
                    outcome);
        }

        /// Such as ngIRCd.
        @Test
        void to_a_server_without_accounts_is_by_its_own_password() throws Exception {
            var outcome =
                    dial(
                            PATIENCE,
                            peer -> {
                                peer.hears("USER");
                                peer.says(":d CAP * LS :multi-prefix");
                                peer.waitsForTheEnd();
                            },
                            peer -> {
                                peer.hears("PASS :secret");
                                peer.hears("NICK ann");
                                peer.hears("USER");
                                peer.says(":d CAP * LS :multi-prefix");
                                peer.hears("CAP REQ");
                                peer.says(":d CAP * ACK :multi-prefix");
                                peer.hears("CAP END");
                                peer.says(":d 001 ann :hello");
                                peer.waitsForTheEnd();
                            });

            var session = assertInstanceOf(Outcome.LoggedIn.class, outcome).session();
            assertFalse(session.hasAccount());
        }

        /// Such as a K-line, which may come before what is offered.
        @Test
        void that_is_refused_before_it_is_known_whether_there_are_accounts_shows_no_password()
                throws Exception {
            var outcome =
                    dial(
                            PATIENCE,
                            peer -> {
                                peer.hears("USER");
                                peer.says(":d 465 ann :You are banned");
                                peer.waitsForTheEnd();
                            });

            assertEquals(new Outcome.Refused("You are banned", false), outcome);
        }

        /// Its services may be away for a while; by nick alone one would be somebody else.
        @Test
        void where_there_were_accounts_is_never_by_another_password() throws Exception {
            linked(
                    (_, daemon) -> {
                        next(Event.Down.class);
                        var still = next(Event.StillDown.class);
                        assertTrue(
                                still.why().endsWith("it offers no login now, as it did before"),
                                still::why);
                        next(Event.Up.class);
                        assertTrue(
                                daemon.heard().stream().noneMatch(it -> it.startsWith("PASS")),
                                daemon.heard()::toString);
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.drops();
                    },
                    peer -> {
                        peer.hears("USER");
                        peer.says(":d CAP * LS :multi-prefix");
                        peer.waitsForTheEnd();
                    },
                    peer -> {
                        peer.logsIn("ann");
                        peer.waitsForTheEnd();
                    });
        }

        @Test
        void to_a_server_without_accounts_by_a_wrong_password_is_refused() throws Exception {
            var outcome =
                    dial(
                            PATIENCE,
                            peer -> {
                                peer.hears("USER");
                                peer.says(":d CAP * LS :");
                                peer.waitsForTheEnd();
                            },
                            peer -> {
                                peer.hears("USER");
                                peer.says(":d CAP * LS :");
                                peer.hears("CAP END");
                                peer.says(":d 464 ann :Password incorrect");
                                peer.waitsForTheEnd();
                            });

            assertEquals(new Outcome.Refused("Password incorrect", true), outcome);
        }

        @Test
        void that_is_not_answered_ends_at_its_deadline() throws Exception {
            var outcome =
                    dial(
                            new Dialer.Patience(LONG, LONG, Duration.ofMillis(50)),
                            ScriptedDaemon.Peer::waitsForTheEnd);

            var reason = assertInstanceOf(Outcome.CannotConnect.class, outcome).reason();
            assertTrue(reason.contains("no answer to the login"), reason);
        }

        @Test
        void that_is_answered_a_byte_at_a_time_ends_at_its_deadline_too() throws Exception {
            var outcome =
                    dial(
                            new Dialer.Patience(LONG, LONG, Duration.ofMillis(100)),
                            peer -> {
                                for (var i = 0; i < 1_000_000; i++) {
                                    peer.saysBytes(new byte[] {'x'});
                                }
                            });

            assertInstanceOf(Outcome.CannotConnect.class, outcome);
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
