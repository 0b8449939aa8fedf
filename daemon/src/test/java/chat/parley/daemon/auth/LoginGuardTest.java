package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.limit.Network;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

    private final LoginGuard guard = new LoginGuard();
    private final Network home = network(1);
    private long now = Long.MAX_VALUE - 5_000_000_000L; // nanoTime may wrap

    @Nested
    class One_who_guesses {

        @Test
        void is_free_three_times_then_waits_longer_each_time_but_never_more_than_a_minute() {
            assertEquals(4, failures(home, Duration.ZERO, 10)); // the fourth starts the wait

            assertFalse(attempt("ann", home, false));
            pass(Duration.ofMillis(999));
            assertFalse(attempt("ann", home, false));
            pass(Duration.ofMillis(1));
            assertTrue(attempt("ann", home, false));
            pass(Duration.ofMillis(1999));
            assertFalse(attempt("ann", home, false));
            pass(Duration.ofMillis(1));
            assertTrue(attempt("ann", home, false));
            for (var i = 0; i < 20; i++) {
                pass(Duration.ofMinutes(1));
                assertTrue(attempt("ann", home, false), "never longer than a minute");
            }
        }

        @Test
        void is_forgotten_in_time() {
            failures(home, Duration.ZERO, 4);
            pass(Duration.ofHours(1));

            assertEquals(4, failures(home, Duration.ZERO, 10));
        }

        @Test
        void gains_nothing_by_many_attempts_at_the_same_time() {
            var admitted = 0;
            for (var i = 0; i < 100; i++) {
                admitted += guard.admit("ann", home, now).isPresent() ? 1 : 0;
            }
            assertEquals(4, admitted);
        }

        /// Threads read the clock and then wait for each other.
        @Test
        void is_not_seen_where_two_came_at_once_and_the_earlier_is_heard_last() {
            assertTrue(guard.admit("ann", home, now).isPresent());
            assertTrue(guard.admit("bob", home, now - 1_000).isPresent());
        }

        @Test
        void from_one_network_at_many_accounts_waits_too() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += attempt("victim" + i, home, false) ? 1 : 0;
            }
            assertEquals(16, tried);
        }

        @Test
        void gains_nothing_by_an_account_of_their_own() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += attempt("victim" + i, home, false) ? 1 : 0;
                attempt("mallory", home, true);
            }
            assertEquals(16, tried);
        }

        @Test
        void from_many_networks_is_bounded_by_the_account() {
            var tried = 0;
            for (var minute = 0; minute < 60; minute++) {
                for (var i = 0; i < 1000; i++) {
                    tried += attempt("ann", network(10 + minute * 1000 + i), false) ? 1 : 0;
                }
                pass(Duration.ofMinutes(1));
            }
            assertTrue(tried <= 20 + 60 * 10, tried + " in an hour");
        }
    }

    @Nested
    class The_owner {

        @Test
        void is_not_kept_out_by_thousands_who_hammer_the_account_from_elsewhere() {
            assertTrue(attempt("ann", home, true));
            for (var i = 0; i < 100_000; i++) {
                attempt("ann", network(10 + i % 5000), false);
            }

            assertTrue(attempt("ann", home, true));
            assertTrue(attempt("ann", home, false), "a typing error");
            assertTrue(attempt("ann", home, true));
        }

        @Test
        void may_come_from_a_new_network_while_few_hammer_the_account() {
            for (var i = 0; i < 10_000; i++) {
                attempt("ann", network(10 + i % 8), false);
            }
            pass(Duration.ofSeconds(1));

            assertTrue(attempt("ann", network(2), true));
        }

        @Test
        void is_not_kept_out_by_others_behind_the_same_address() {
            attempt("ann", home, true);
            for (var i = 0; i < 1000; i++) {
                attempt("victim" + i, home, false);
            }

            assertTrue(attempt("ann", home, true));
        }

        @Test
        void is_a_stranger_again_after_a_month_away() {
            attempt("ann", home, true);
            pass(Duration.ofDays(31));
            for (var i = 0; i < 100; i++) {
                attempt("ann", network(10 + i), false);
            }

            assertFalse(attempt("ann", home, true));
        }

        @Test
        void pays_nothing_for_logging_in_often() {
            for (var i = 0; i < 1000; i++) {
                assertTrue(attempt("ann", home, true));
            }
        }
    }

    @Nested
    class An_attempt_that_nobody_looked_at {

        @Test
        void costs_nothing() {
            for (var i = 0; i < 1000; i++) {
                var ticket = guard.admit("ann", home, now).orElseThrow();
                guard.notTried(ticket, now);
            }
        }
    }

    @Nested
    class Its_memory {

        @Test
        void is_bounded_and_an_owners_network_is_not_flushed_by_failures() {
            attempt("ann", home, true);
            for (var i = 0; i < 50_000; i++) {
                attempt("name" + i, network(100 + i), false);
                attempt("x".repeat(1000) + i, network(100 + i), false);
            }
            for (var i = 0; i < 1000; i++) {
                attempt("ann", network(1_000_000 + i), false);
            }

            assertTrue(attempt("ann", home, true));
        }
    }

    private int failures(Network from, Duration between, int attempts) {
        var tried = 0;
        for (var i = 0; i < attempts; i++) {
            tried += attempt("ann", from, false) ? 1 : 0;
            pass(between);
        }
        return tried;
    }

    private boolean attempt(String account, Network from, boolean right) {
        var ticket = guard.admit(account, from, now);
        ticket.ifPresent(t -> {
            if (right) {
                guard.succeeded(t, now);
            } else {
                guard.failed(t, now);
            }
        });
        return ticket.isPresent();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Network network(int number) {
        return Network.of(
                InetAddress.ofLiteral(
                        "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255)));
    }
}
