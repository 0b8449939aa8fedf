package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.RoleName;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SecondFactors.By;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.Secret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A login that asks for a code after the password. Each attempt comes from an address of its own,
/// so that the guard does not put it off.
@Timeout(60)
class SecondFactorTest {

    private static final int PRICE = 64;
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir Path dir;
    private final CountingHasher hasher = new CountingHasher(PRICE);
    private final TotpKey key = TotpKey.make(new SecureRandom());
    private final List<String> recovery = RecoveryCode.make(new SecureRandom());
    private Instant now = BEGIN;
    private int address;
    private Duration skipped = Duration.ZERO; // by the clock of the guard
    private SqliteAccounts accounts;
    private SqliteSecondFactors factors;
    private HashingPool pool;
    private Authenticator authenticator;

    @BeforeEach
    void start() throws Exception {
        begin();
        for (var name : List.of("ann", "bob")) {
            accounts.add(List.of(new Newcomer(name, PRICE + ":correct horse", Role.MEMBER)));
        }
        turnOn("ann");
    }

    private void begin() throws Exception {
        InstantSource source = () -> now;
        var clock = source.withZone(ZoneOffset.UTC);
        var database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.systemUTC());
        factors = new SqliteSecondFactors(database, clock);
        pool = HashingPool.start(2, 8);
        authenticator =
                new Authenticator(
                        accounts,
                        new SecondFactor(factors, new TotpSeal(), clock, Set.of(RoleName.OPERATOR)),
                        hasher,
                        pool,
                        new LoginGuard(),
                        new AuditLog(),
                        () -> System.nanoTime() + skipped.toNanos());
    }

    @AfterEach
    void stop() {
        hasher.letAll();
        pool.close();
        key.close();
    }

    private void turnOn(String account) throws Exception {
        var hashes = RecoveryCode.hashes(key, recovery);
        assertTrue(
                factors.turnOn(account, new TotpSeal().seal(account, key), -1, hashes, By.OWNER));
    }

    private String code(int steps) {
        return new String(Totp.code(key.bytes(), BEGIN.getEpochSecond() / Totp.SECONDS + steps));
    }

    private Outcome login(String name, String given) throws InterruptedException {
        return login(name, given, ++address);
    }

    private Outcome login(String name, String given, int from) throws InterruptedException {
        try (var secret = new Secret(given.toCharArray())) {
            var peer = InetAddress.ofLiteral("192.0.%d.%d".formatted(from / 250, from % 250 + 1));
            return authenticator.authenticate(name, secret, Origin.of(peer));
        }
    }

    private void assertIn(Outcome outcome) {
        assertInstanceOf(Outcome.LoggedIn.class, outcome);
    }

    private void assertRefused(Outcome outcome) {
        assertEquals(new Outcome.Refused(), outcome);
    }

    @Nested
    class A_code {

        @Test
        void is_asked_for_after_the_password() throws Exception {
            assertRefused(login("ann", "correct horse"));
            assertRefused(login("ann", "correct horse000000"));
            assertRefused(login("ann", code(0)));
            assertRefused(login("ann", code(0) + "correct horse"));
            assertIn(login("ann", "correct horse" + code(0)));
        }

        @Test
        void is_not_asked_of_who_has_none() throws Exception {
            assertIn(login("bob", "correct horse"));
            assertRefused(login("bob", "correct horse" + code(0)));
        }

        @Test
        void is_good_once_and_no_older_one_after_it() throws Exception {
            assertIn(login("ann", "correct horse" + code(0)));
            assertRefused(login("ann", "correct horse" + code(0)));
            assertRefused(login("ann", "correct horse" + code(-1)));
            assertIn(login("ann", "correct horse" + code(1)));
        }

        @Test
        void of_another_step_is_good_when_its_time_has_come() throws Exception {
            assertRefused(login("ann", "correct horse" + code(2)));
            now = now.plus(Duration.ofSeconds(Totp.SECONDS));
            assertIn(login("ann", "correct horse" + code(2)));
            now = now.plus(Duration.ofHours(1));
            assertRefused(login("ann", "correct horse" + code(3)));
        }

        @Test
        void that_was_used_is_remembered_by_the_next_daemon() throws Exception {
            assertIn(login("ann", "correct horse" + code(0)));
            pool.close();
            begin();
            assertRefused(login("ann", "correct horse" + code(0)));
        }

        @Test
        void beside_a_wrong_password_is_not_used_up() throws Exception {
            assertRefused(login("ann", "wrong horse" + code(0)));
            assertIn(login("ann", "correct horse" + code(0)));
        }

        @Test
        void lets_one_of_two_in_that_come_at_the_same_time() throws Exception {
            for (var round = 0; round < 5; round++) {
                now = BEGIN.plus(Duration.ofSeconds(Totp.SECONDS * (2L + round * 3L)));
                var given = "correct horse" + code(2 + round * 3);
                hasher.hold(); // both have looked before either takes
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    var both = new ArrayList<Callable<Outcome>>();
                    for (var i = 0; i < 2; i++) {
                        var from = ++address;
                        both.add(() -> login("ann", given, from));
                    }
                    var answers = both.stream().map(threads::submit).toList();
                    while (hasher.waiting() < 2) {
                        Thread.sleep(1); // throws when the test takes too long
                    }
                    hasher.letAll();
                    var outcomes = List.of(answers.get(0).get(), answers.get(1).get());
                    assertEquals(
                            1,
                            outcomes.stream().filter(Outcome.LoggedIn.class::isInstance).count(),
                            outcomes.toString());
                }
            }
        }

        @Test
        void does_not_outlive_its_being_turned_off_or_its_key() throws Exception {
            assertTrue(factors.turnOff("ann", By.OWNER));
            assertRefused(login("ann", "correct horse" + code(0)));
            assertIn(login("ann", "correct horse"));
            accounts.delete("ann");
            accounts.add(List.of(new Newcomer("ann", PRICE + ":correct horse", Role.MEMBER)));
            assertTrue(factors.of("ann").isEmpty());
        }

        @Test
        void goes_with_the_account() throws Exception {
            accounts.delete("ann");
            assertTrue(factors.of("ann").isEmpty());
        }
    }

    @Nested
    class A_role_that_needs_it {

        @Test
        void is_told_of_until_it_has_it() throws Exception {
            accounts.setRole("ann", Role.OPERATOR);
            accounts.setRole("bob", Role.OPERATOR);
            assertFalse(isLackedAfter("ann", "correct horse" + code(0)));
            assertTrue(isLackedAfter("bob", "correct horse"));
            turnOn("bob");
            assertFalse(isLackedAfter("bob", "correct horse" + code(0)));
        }

        private boolean isLackedAfter(String name, String given) throws Exception {
            return assertInstanceOf(Outcome.LoggedIn.class, login(name, given)).lacksSecondFactor();
        }

        @Test
        void has_a_name_in_the_configuration() {
            assertEquals(
                    Stream.of(Role.values()).map(Role::name).toList(),
                    Stream.of(RoleName.values()).map(RoleName::name).toList());
        }
    }

    @Nested
    class A_recovery_code {

        @Test
        void stands_in_for_a_code_once_in_any_case() throws Exception {
            var first = recovery.getFirst();
            assertIn(login("ann", "correct horse" + first.toUpperCase(Locale.ROOT)));
            assertRefused(login("ann", "correct horse" + first));
            assertIn(login("ann", "correct horse" + recovery.getLast()));
            assertEquals(8, factors.of("ann").orElseThrow().codes().size());
        }

        @Test
        void that_was_never_made_is_refused() throws Exception {
            assertRefused(login("ann", "correct horseaaaaa-aaaaa"));
            assertRefused(login("bob", "correct horse" + recovery.getFirst()));
        }

        @Test
        void is_void_when_there_are_new_ones() throws Exception {
            var stored = factors.of("ann").orElseThrow().key();
            var fresh = RecoveryCode.make(new SecureRandom());
            var hashes = RecoveryCode.hashes(key, fresh);
            assertFalse(factors.replaceCodes("ann", "plain:OTHER", hashes, By.OWNER));
            assertTrue(factors.replaceCodes("ann", stored, hashes, By.OWNER));
            assertRefused(login("ann", "correct horse" + recovery.getFirst()));
            assertIn(login("ann", "correct horse" + fresh.getFirst()));
        }
    }

    @Nested
    class Who_knows_the_password {

        /// 300 in a million, between two logins of the owner.
        @Test
        void guesses_at_codes_a_hundred_times_at_most() throws Exception {
            var looked = 0;
            for (var i = 0; i < 1_000; i++) {
                skipped = skipped.plus(Duration.ofMinutes(2));
                var outcome = login("ann", "correct horse%06d".formatted(i), i % 200);
                looked += outcome instanceof Outcome.Refused ? 1 : 0;
            }
            assertEquals(100, looked);
            assertEquals(100, hasher.verified().size());
        }
    }

    @Nested
    class Every_failure {

        /// One answer and one hash, whatever was wrong: that is what its time is made of.
        @Test
        void is_one_answer_after_one_hash() throws Exception {
            assertIn(login("ann", "correct horse" + code(0)));
            var failures =
                    Stream.of("ann", "bob", "nobody")
                            .flatMap(name ->
                                    Stream.of(
                                                    "wrong",
                                                    "wrong" + code(1),
                                                    "wrong" + recovery.getFirst(),
                                                    "correct horse000000",
                                                    "correct horse" + code(0),
                                                    "correct horseaaaaa-aaaaa",
                                                    "000000",
                                                    "aaaaa-aaaaa",
                                                    "")
                                            .map(given -> List.of(name, given)))
                            .toList();
            for (var failure : failures) {
                var before = hasher.verified().size();
                assertRefused(login(failure.get(0), failure.get(1)));
                assertEquals(
                        List.of(PRICE),
                        hasher.verified().subList(before, hasher.verified().size()),
                        failure.toString());
            }
        }

        /// A telephone that knows the password from before the second factor comes again and again.
        @Test
        void for_want_of_a_code_counts_once_however_often_it_comes() throws Exception {
            assertIn(login("ann", "correct horse" + code(0), 1));
            for (var i = 0; i < 150; i++) {
                skipped = skipped.plusMinutes(2);
                assertRefused(login("ann", "correct horse", 1));
            }
            skipped = skipped.plusMinutes(2);
            assertIn(login("ann", "correct horse" + code(1), 1));
        }

        @Test
        void by_a_wrong_code_counts_each_time() throws Exception {
            assertIn(login("ann", "correct horse" + code(0), 1));
            for (var i = 0; i < 100; i++) {
                skipped = skipped.plusMinutes(2);
                assertRefused(login("ann", "correct horse000000", 1));
            }
            skipped = skipped.plusDays(2);
            assertEquals(new Outcome.Closed(), login("ann", "correct horse" + code(1), 1));
        }

        @Test
        void says_why_to_the_admin_and_never_what_was_given() throws Exception {
            try (var recorded = new Recorded()) {
                login("ann", "correct horse");
                login("ann", "correct horse" + code(0));
                login("ann", "correct horse" + code(0));
                login("ann", "correct horse000000");
                login("ann", "correct horseaaaaa-aaaaa");
                login("ann", "correct horse" + recovery.getFirst());
                var text = recorded.text();
                for (var why :
                        List.of(
                                "why=\"no code\"",
                                "by=\"password and code\"",
                                "why=\"code used before\"",
                                "why=\"wrong code\"",
                                "why=\"no such recovery code\"",
                                "by=\"password and recovery code\"")) {
                    assertTrue(text.contains(why), why + " in " + text);
                }
                for (var secret : List.of("horse", code(0), recovery.getFirst(), key.base32())) {
                    assertFalse(text.contains(secret), text);
                }
            }
        }

        @Test
        void leaves_nothing_of_what_was_given() throws Exception {
            login("ann", "correct horse" + code(0));
            login("ann", "wrong" + code(1));
            login("ann", "correct horse" + recovery.getFirst());
            pool.close();
            for (var secret : hasher.seen()) {
                assertTrue(new String(secret.reveal()).chars().allMatch(c -> c == 0), "wiped");
            }
        }
    }
}
