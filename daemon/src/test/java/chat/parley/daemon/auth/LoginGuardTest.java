package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.LoginGuard.Ticket;
import chat.parley.daemon.auth.LoginGuard.Verdict;
import chat.parley.daemon.store.GuardRow;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginGuardTest {

    private static final Instant WALL = Instant.parse("2026-01-01T00:00:00Z");

    private LoginGuard guard = new LoginGuard();
    private final Origin home = network(1);
    private long now = Long.MAX_VALUE - 5_000_000_000L; // nanoTime may wrap
    private final Map<Object, GuardRow> kept = new HashMap<>(); // on the disk
    private long passed;
    private int guesses; // each another password

    @Nested
    class One_who_guesses {

        @Test
        void is_free_three_times_then_waits_longer_each_time_but_never_more_than_a_minute() {
            assertEquals(4, failures(home, 8)); // the fourth starts the wait

            assertEquals(Duration.ofSeconds(1), waitOf("ann", home));
            pass(Duration.ofMillis(999));
            assertFalse(fails("ann", home));
            pass(Duration.ofMillis(1));
            assertTrue(fails("ann", home));
            assertEquals(Duration.ofSeconds(2), waitOf("ann", home));
            for (var seconds = 2; seconds <= 16; seconds *= 2) {
                pass(Duration.ofSeconds(seconds));
                assertTrue(fails("ann", home));
            }
            assertEquals(Duration.ofSeconds(32), waitOf("ann", home));
        }

        @Test
        void waits_for_a_minute_at_most_where_the_account_is_known() {
            succeeds("ann", home);
            failures(home, 4);
            for (var i = 0; i < 60; i++) {
                pass(Duration.ofMinutes(1));
                assertTrue(fails("ann", home), "never longer than a minute");
            }
        }

        @Test
        void is_forgotten_in_time() {
            failures(home, 4);
            pass(Duration.ofHours(1));

            assertEquals(4, failures(home, 8));
        }

        @Test
        void gains_nothing_by_many_attempts_at_the_same_time() {
            assertEquals(4, atTheSameTime("ann", home, 100));
        }

        @Test
        void gains_nothing_by_them_where_the_account_is_known() {
            succeeds("ann", home);

            assertEquals(4, atTheSameTime("ann", home, 100));
        }

        /// Threads read the clock and then wait for each other.
        @Test
        void is_not_seen_where_two_came_at_once_and_the_earlier_is_heard_last() {
            assertInstanceOf(Verdict.May.class, guard.admit("ann", home, now));
            assertInstanceOf(Verdict.May.class, guard.admit("bob", home, now - 1_000));
        }

        @Test
        void from_one_network_at_many_accounts_waits_too() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("victim" + i, home) ? 1 : 0;
            }
            assertEquals(16, tried);
        }

        @Test
        void gains_nothing_by_an_account_of_their_own() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("victim" + i, home) ? 1 : 0;
                succeeds("mallory", home);
            }
            assertEquals(16, tried);
        }

        @Test
        void from_all_addresses_of_a_64_is_one() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("ann", origin("2001:db8:0:1::" + Integer.toHexString(i))) ? 1 : 0;
            }
            assertEquals(4, tried);
        }

        @Test
        void has_a_longer_and_longer_wait_from_many_networks_too() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("ann", network(10 + i)) ? 1 : 0;
            }
            assertEquals(21, tried);
            assertEquals(Duration.ofSeconds(1), waitOf("ann", network(5000)));
        }
    }

    @Nested
    class A_hundred_failures_in_a_row {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void are_all_that_strangers_get_from_anywhere_for_ever(boolean exists) {
            var tried = 0;
            for (var minute = 0; minute < 600; minute++) {
                for (var i = 0; i < 50; i++) {
                    tried += fails("ann", network(10 + minute * 50 + i), exists) ? 1 : 0;
                }
                pass(Duration.ofMinutes(1));
            }
            assertEquals(100, tried);
            assertInstanceOf(Verdict.Closed.class, guard.admit("ann", network(2), now));
        }

        @Test
        void are_not_to_be_had_from_few_networks() {
            var tried = 0;
            for (var minute = 0; minute < 600; minute++) {
                for (var i = 0; i < 8; i++) {
                    tried += fails("ann", network(10 + i)) ? 1 : 0;
                }
                pass(Duration.ofMinutes(1));
            }
            assertEquals(8 * 10, tried);
            assertTrue(succeeds("ann", network(2)), "the owner, from a new network");
        }

        @Test
        void are_not_one_more_when_tried_at_the_same_time() {
            closeButFor(2);
            var running = new ArrayList<Ticket>();
            for (var i = 0; i < 50; i++) {
                pass(Duration.ofMinutes(1));
                if (begin("ann", network(5000 + i)) instanceof Verdict.May(var ticket)) {
                    running.add(ticket);
                }
            }
            assertTrue(running.size() <= 2, running.size() + " at once");
        }

        @Test
        void from_where_it_is_known_close_that_place_only() {
            succeeds("ann", home);
            succeeds("ann", network(2));
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("ann", home) ? 1 : 0;
                pass(Duration.ofMinutes(1));
            }
            assertEquals(100, tried);
            assertInstanceOf(Verdict.Closed.class, guard.admit("ann", home, now));
            assertTrue(succeeds("ann", network(2)));
            assertTrue(succeeds("ann", home), "the owner has come");
        }

        @Test
        void are_over_when_the_owner_comes_from_where_it_is_known() {
            succeeds("ann", home);
            closeButFor(0);

            assertTrue(succeeds("ann", home));
            pass(Duration.ofMinutes(1));
            assertTrue(fails("ann", network(5000)));
        }

        @Test
        void are_over_when_a_certificate_shows_the_owner() {
            closeButFor(0);
            guard.proved("ann", home, now);

            assertTrue(succeeds("ann", home));
        }

        @Test
        void are_over_when_the_admin_says_so() {
            closeButFor(0);
            guard.unlock("ann", now);

            assertTrue(succeeds("ann", network(5000)));
        }

        @Test
        void at_a_name_that_nobody_had_are_not_the_new_accounts() {
            for (var i = 0; i < 200; i++) {
                pass(Duration.ofMinutes(1));
                fails("newcomer", network(10 + i), false);
            }
            assertFalse(succeeds("newcomer", home));
            guard.added("newcomer");

            assertTrue(succeeds("newcomer", home));
        }

        @Test
        void do_not_count_the_same_mistake_twice() {
            succeeds("ann", home);
            for (var i = 0; i < 1000; i++) { // a telephone with an old password, all night
                pass(Duration.ofMinutes(1));
                assertTrue(fails("ann", home, true, OptionalInt.of(77)));
            }
            pass(Duration.ofMinutes(1));
            assertTrue(succeeds("ann", home));
        }

        /// The right password with the same wrong code: codes change.
        @Test
        void count_it_where_it_is_another_guess() {
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                pass(Duration.ofMinutes(1));
                tried += fails("ann", network(10 + i % 50), true, OptionalInt.empty()) ? 1 : 0;
            }
            assertEquals(100, tried);
        }

        private void closeButFor(int left) {
            for (var tried = 0; tried < 100 - left; ) {
                pass(Duration.ofMinutes(1));
                tried += fails("ann", network(10 + tried)) ? 1 : 0;
            }
        }
    }

    @Nested
    class The_owner {

        @Test
        void is_not_kept_out_by_thousands_who_hammer_the_account_from_elsewhere() {
            assertTrue(succeeds("ann", home));
            for (var i = 0; i < 100_000; i++) {
                fails("ann", network(10 + i % 5000));
            }

            assertTrue(succeeds("ann", home));
            assertTrue(fails("ann", home), "a typing error");
            assertTrue(succeeds("ann", home));
        }

        @Test
        void is_not_kept_out_from_anywhere_with_a_device_that_is_known() {
            assertTrue(succeeds("ann", device(home)));
            for (var i = 0; i < 100_000; i++) {
                fails("ann", network(10 + i % 5000));
                pass(Duration.ofSeconds(10));
            }

            assertFalse(succeeds("ann", network(3)), "closed to strangers");
            assertTrue(succeeds("ann", device(network(3))), "on a journey");
        }

        @Test
        void is_not_kept_out_by_who_shares_the_address_either_with_such_a_device() {
            assertTrue(succeeds("ann", device(home)));
            for (var i = 0; i < 200; i++) {
                fails("ann", home);
                pass(Duration.ofMinutes(1));
            }

            assertFalse(succeeds("ann", home));
            assertTrue(succeeds("ann", device(home)));
        }

        @Test
        void may_come_from_a_new_network_while_few_hammer_the_account() {
            for (var i = 0; i < 10_000; i++) {
                fails("ann", network(10 + i % 8));
            }
            pass(Duration.ofSeconds(1));

            assertTrue(succeeds("ann", network(2)));
        }

        @Test
        void is_not_kept_out_by_others_behind_the_same_address() {
            succeeds("ann", home);
            for (var i = 0; i < 1000; i++) {
                fails("victim" + i, home);
            }

            assertTrue(succeeds("ann", home));
        }

        @Test
        void is_a_stranger_again_after_half_a_year_away() {
            succeeds("ann", home);
            pass(Duration.ofDays(181));
            for (var i = 0; i < 100; i++) {
                fails("ann", network(10 + i));
            }

            assertFalse(succeeds("ann", home));
        }

        @Test
        void pays_nothing_for_logging_in_often_nor_on_all_devices_at_once() {
            succeeds("ann", home);
            var running = new ArrayList<Ticket>();
            for (var i = 0; i < 90; i++) {
                running.add(assertInstanceOf(Verdict.May.class, begin("ann", home)).ticket());
            }
            running.forEach(ticket -> guard.succeeded(ticket, now));
            for (var i = 0; i < 1000; i++) {
                assertTrue(succeeds("ann", home));
            }
        }

        /// Whatever strangers do, in whatever order, with restarts in between.
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void never_waits_where_they_are_known(long seed) {
            var random = new Random(seed);
            succeeds("ann", device(home));
            for (var i = 0; i < 20_000; i++) {
                var from = network(10 + random.nextInt(1 + random.nextInt(3000)));
                var name = random.nextInt(3) == 0 ? "x" + random.nextInt(5000) : "ann";
                switch (random.nextInt(12)) {
                    case 0 -> pass(Duration.ofMillis(random.nextInt(600_000)));
                    case 1 -> begin(name, from); // and never ends
                    case 2 -> succeeds("mallory", from);
                    case 3 -> guard.certificateFailed(from, now);
                    case 4 -> restartSometimes(random);
                    default ->
                            fails(
                                    name,
                                    from,
                                    name.equals("ann"),
                                    OptionalInt.of(random.nextInt(5)));
                }
                if (i % 100 == 0) {
                    for (var place : List.of(home, device(network(7)))) {
                        assertInstanceOf(
                                Verdict.May.class,
                                guard.admit("ann", place, now),
                                () -> "seed " + seed);
                    }
                }
            }
        }

        private void restartSometimes(Random random) {
            if (random.nextInt(200) == 0) {
                restart();
            }
        }
    }

    @Nested
    class An_attempt_that_nobody_looked_at {

        @Test
        void costs_nothing() {
            for (var i = 0; i < 1000; i++) {
                guard.notTried(assertInstanceOf(Verdict.May.class, begin("ann", home)).ticket());
            }
        }
    }

    @Nested
    class A_certificate_that_opens_nothing {

        @Test
        void is_held_against_the_network_and_not_against_the_account() {
            for (var i = 0; i < 16; i++) {
                assertEquals(Duration.ZERO, guard.waitForCertificate(home, now));
                guard.certificateFailed(home, now);
            }
            assertEquals(Duration.ofSeconds(1), guard.waitForCertificate(home, now));
            assertTrue(succeeds("ann", network(2)));
        }
    }

    @Nested
    class A_restart {

        @Test
        void changes_nothing_for_those_who_guess() {
            for (var i = 0; i < 60; i++) {
                pass(Duration.ofMinutes(1));
                fails("ann", network(10 + i));
            }
            pass(Duration.ofHours(3));
            assertEquals(4, failures(home, 4));
            restart();

            assertFalse(fails("ann", home));
            pass(Duration.ofSeconds(1));
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                tried += fails("ann", network(100 + i)) ? 1 : 0;
                pass(Duration.ofMinutes(1));
            }
            assertEquals(100 - 64, tried);
        }

        @Test
        void changes_nothing_for_the_owner() {
            succeeds("ann", device(home));
            for (var i = 0; i < 1000; i++) {
                pass(Duration.ofMinutes(1));
                fails("ann", network(10 + i));
            }
            restart();

            assertFalse(succeeds("ann", network(3)));
            assertTrue(succeeds("ann", device(network(3))));
            assertTrue(succeeds("ann", home));
        }

        @Test
        void with_the_clock_put_back_makes_nobody_wait_longer() {
            succeeds("ann", home);
            failures(home, 8);
            restart(WALL.minus(Duration.ofDays(400)));

            assertEquals(Duration.ofSeconds(1), waitOf("ann", home));
        }

        @Test
        void is_told_again_what_the_disk_did_not_take() {
            fails("ann", home);
            var rows = guard.takeChanges(100, now, WALL);
            assertEquals(4, rows.size());
            assertEquals(List.of(), guard.takeChanges(100, now, WALL));
            guard.notWritten(rows);

            assertEquals(rows, guard.takeChanges(100, now, WALL));
        }

        @Test
        void keeps_nothing_of_names_that_nobody_has() {
            fails("my-password", home, false);

            assertEquals(
                    List.of(GuardRow.Kind.NETWORK),
                    guard.takeChanges(100, now, WALL).stream().map(GuardRow::kind).toList());
        }

        /// What was counted since it was last written is lost: in the quarter of a second that this
        /// is, no more than waits allow.
        @Test
        void by_kill_gives_away_few_guesses() {
            for (var i = 0; i < 30; i++) {
                pass(Duration.ofMinutes(1));
                fails("ann", network(10 + i));
            }
            var lost = 0;
            write();
            pass(Duration.ofHours(3)); // strikes are forgotten, the row is not
            for (var i = 0; i < 250; i++) { // each millisecond, from as many networks as can be
                lost += fails("ann", network(1000 + i)) ? 1 : 0;
                lost += fails("ann", network(10 + i % 30)) ? 1 : 0;
                pass(Duration.ofMillis(1));
            }
            assertEquals(21 + 11, lost);
            guard = new LoginGuard();
            guard.restore(kept.values(), now, wall());
            var tried = 0;
            for (var i = 0; i < 1000; i++) {
                pass(Duration.ofMinutes(1));
                tried += fails("ann", network(100 + i)) ? 1 : 0;
            }
            assertEquals(70, tried);
        }
    }

    @Nested
    class Its_memory {

        @Test
        void is_bounded_and_an_owners_network_is_not_flushed_by_failures() {
            succeeds("ann", home);
            for (var i = 0; i < 50_000; i++) {
                fails("name" + i, network(100 + i), false);
                fails("x".repeat(1000) + i, network(100 + i), false);
            }
            for (var i = 0; i < 1000; i++) {
                fails("ann", network(1_000_000 + i));
            }

            assertTrue(succeeds("ann", home));
            assertTrue(guard.size() < 7 * GuardTables.REMEMBERED, guard.size() + " things");
        }

        @Test
        void of_failures_at_an_account_is_not_flushed_by_names_that_nobody_has() {
            for (var i = 0; i < 1000; i++) {
                pass(Duration.ofMinutes(1));
                fails("ann", network(100 + i));
            }
            for (var i = 0; i < 50_000; i++) {
                fails("name" + i, network(10_000 + i), false);
            }

            assertInstanceOf(Verdict.Closed.class, guard.admit("ann", network(2), now));
        }

        @Test
        void of_places_is_bounded_for_each_account() {
            succeeds("bob", home);
            for (var i = 0; i < 5_000; i++) {
                succeeds("ann", network(100 + i));
            }
            var places =
                    guard.takeChanges(100_000, now, WALL).stream()
                            .filter(row -> row.kind() == GuardRow.Kind.KNOWN)
                            .filter(row -> row.account().equals("ann"));

            assertEquals(GuardTables.KNOWN_PLACES, places.count());
            closeToStrangers("bob");
            assertTrue(succeeds("bob", home));
        }

        @Test
        void of_an_account_ends_with_it() {
            succeeds("ann", home);
            guard.forget("ann");
            closeToStrangers("ann");

            assertFalse(succeeds("ann", home));
        }

        private void closeToStrangers(String account) {
            for (var i = 0; i < 200; i++) {
                pass(Duration.ofMinutes(1));
                fails(account, network(10_000 + i));
            }
        }
    }

    private void restart() {
        restart(wall());
    }

    private void restart(Instant wall) {
        write();
        guard = new LoginGuard();
        now += 1L << 60; // another machine's nanoTime, for all we know
        guard.restore(kept.values(), now, wall);
    }

    private void write() {
        for (var row : guard.takeChanges(Integer.MAX_VALUE, now, wall())) {
            kept.put(List.of(row.kind(), row.account(), row.place()), row);
        }
    }

    private Instant wall() {
        return WALL.plusNanos(passed);
    }

    /// How many of so many attempts were made that all came before the first was.
    private int atTheSameTime(String account, Origin from, int attempts) {
        var admitted = new ArrayList<Ticket>();
        for (var i = 0; i < attempts; i++) {
            if (guard.admit(account, from, now) instanceof Verdict.May(var ticket)) {
                admitted.add(ticket);
            }
        }
        assertEquals(attempts, admitted.size());
        var tried = 0;
        for (var ticket : admitted) {
            if (guard.begin(ticket, now) instanceof Verdict.May(var begun)) {
                guard.failed(begun, true, OptionalInt.of(guesses++), now);
                tried++;
            }
        }
        return tried;
    }

    private Verdict begin(String account, Origin from) {
        return guard.admit(account, from, now) instanceof Verdict.May(var ticket)
                ? guard.begin(ticket, now)
                : new Verdict.Closed();
    }

    private int failures(Origin from, int attempts) {
        var tried = 0;
        for (var i = 0; i < attempts; i++) {
            tried += fails("ann", from) ? 1 : 0;
        }
        return tried;
    }

    private boolean fails(String account, Origin from) {
        return fails(account, from, true);
    }

    private boolean fails(String account, Origin from, boolean exists) {
        return fails(account, from, exists, OptionalInt.of(guesses++));
    }

    private boolean fails(String account, Origin from, boolean exists, OptionalInt trace) {
        if (begin(account, from) instanceof Verdict.May(var ticket)) {
            guard.failed(ticket, exists, trace, now);
            return true;
        }
        return false;
    }

    private boolean succeeds(String account, Origin from) {
        if (begin(account, from) instanceof Verdict.May(var ticket)) {
            guard.succeeded(ticket, now);
            return true;
        }
        return false;
    }

    private Duration waitOf(String account, Origin from) {
        return assertInstanceOf(Verdict.Later.class, guard.admit(account, from, now)).again();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        passed += time.toNanos();
    }

    /// The same device, wherever it is.
    private static Origin device(Origin at) {
        return new Origin(at.address(), Optional.of("ab".repeat(32)));
    }

    private static Origin network(int number) {
        return origin("10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255));
    }

    private static Origin origin(String address) {
        return Origin.of(InetAddress.ofLiteral(address));
    }
}
