package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ScriptedDaemon;
import chat.parley.client.model.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A login to a daemon that follows a script.
@Timeout(60)
class LoginTest extends OverAScript {

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
                new Outcome.Refused("the daemon offers no login by password (SASL PLAIN)", false),
                outcome);
    }

    /// Such as ngIRCd.
    @Test
    void to_a_server_without_accounts_is_by_its_own_password() throws Exception {
        var outcome =
                dial(
                        PATIENCE,
                        offering("multi-prefix"),
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
                offering("multi-prefix"),
                peer -> {
                    peer.logsIn("ann");
                    peer.waitsForTheEnd();
                });
    }

    @Test
    void to_a_server_without_accounts_by_a_wrong_password_is_refused() throws Exception {
        var outcome =
                dialWithoutAccounts(peer -> {
                    peer.says(":d 464 ann :Password incorrect");
                    peer.waitsForTheEnd();
                });

        assertEquals(new Outcome.Refused("Password incorrect", true), outcome);
    }

    /// As ngIRCd and InspIRCd say it; what else ends a connection may be over the next time.
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Access denied: Bad password?                             | true
                    Closing link: (a@h) [Access denied by configuration]     | true
                    You are not authorized to connect to this server         | true
                    Closing link: (a@h) [Registration timed out]             | false
                    Too many connections                                     | false
                    """,
            delimiter = '|')
    void to_a_server_without_accounts_that_ends_it_is_refused_if_that_is_why(
            String lastWords, boolean isWrong) throws Exception {
        var outcome = dialWithoutAccounts(peer -> peer.says("ERROR :" + lastWords));

        if (isWrong) {
            assertEquals(new Outcome.Refused(lastWords, true), outcome);
        } else {
            assertInstanceOf(Outcome.CannotConnect.class, outcome);
        }
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

    /// A server that asks for its own password, which it is sent the second time.
    ///
    /// @param answer to that
    private Outcome dialWithoutAccounts(ScriptedDaemon.Script answer) throws Exception {
        return dial(
                PATIENCE,
                offering(""),
                peer -> {
                    peer.hears("USER");
                    peer.says(":d CAP * LS :");
                    peer.hears("CAP END");
                    answer.run(peer);
                });
    }

    /// Offers this, and no login.
    private static ScriptedDaemon.Script offering(String capabilities) {
        return peer -> {
            peer.hears("USER");
            peer.says(":d CAP * LS :" + capabilities);
            peer.waitsForTheEnd();
        };
    }
}
