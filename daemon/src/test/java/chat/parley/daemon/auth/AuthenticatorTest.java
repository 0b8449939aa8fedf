package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.AccountStore;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.Secret;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuthenticatorTest {

    private static final int TODAY = 64;
    private static final Origin HOME = Origin.of(InetAddress.ofLiteral("192.0.2.1"));

    @TempDir Path dir;
    private Database database;
    private SqliteAccounts accounts;
    private final CountingHasher hasher = new CountingHasher(TODAY);
    private HashingPool pool;
    private Authenticator authenticator;

    @BeforeEach
    void start() throws Exception {
        database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.systemUTC(), Duration.ofHours(1));
        pool = HashingPool.start(1, 2);
        authenticator =
                new Authenticator(
                        accounts,
                        secondFactor(),
                        hasher,
                        pool,
                        new LoginGuard(),
                        new AuditLog(),
                        System::nanoTime);
    }

    private SecondFactor secondFactor() {
        var clock = Clock.systemUTC();
        return new SecondFactor(
                new SqliteSecondFactors(database, clock), new TotpSeal(), clock, Set.of());
    }

    @AfterEach
    void stop() {
        hasher.letAll();
        pool.close();
    }

    @Nested
    class The_right_password {

        @Test
        void lets_in_whatever_the_case_of_the_name() throws Exception {
            add("Ann", TODAY, "correct horse");

            var outcome = login("aNN", "correct horse");

            assertEquals(new Outcome.LoggedIn(accounts.find("ann").orElseThrow()), outcome);
        }

        @Test
        void lets_in_and_hands_the_account_on_without_its_hash() throws Exception {
            add("ann", TODAY, "correct horse");

            var known =
                    assertInstanceOf(Outcome.LoggedIn.class, login("ann", "correct horse"))
                            .account();

            assertEquals("", known.hash());
            assertEquals(accounts.find("ann").orElseThrow().withoutHash(), known);
        }

        @Test
        void of_a_disabled_account_does_not() throws Exception {
            add("ann", TODAY, "correct horse");
            accounts.setStatus("ann", Status.DISABLED);

            assertEquals(new Outcome.Refused(), login("ann", "correct horse"));
        }

        @Test
        void does_not_when_the_account_was_changed_while_it_was_hashed() throws Exception {
            add("ann", TODAY, "correct horse");
            hasher.hold();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answer = threads.submit(() -> login("ann", "correct horse"));
                untilHolding();
                accounts.setStatus("ann", Status.DISABLED);
                accounts.setStatus("ann", Status.ENABLED);
                hasher.letAll();

                assertEquals(new Outcome.Refused(), answer.get());
            }
        }

        @Test
        void raises_a_weaker_hash_and_nothing_else_of_the_account() throws Exception {
            add("ann", 19, "correct horse");
            var before = accounts.find("ann").orElseThrow();

            assertInstanceOf(Outcome.LoggedIn.class, login("ann", "correct horse"));
            pool.close();

            var after = accounts.find("ann").orElseThrow();
            assertEquals("64:correct horse", after.hash());
            assertEquals(before.version(), after.version());
        }

        @Test
        void leaves_a_stronger_hash_alone() throws Exception {
            add("ann", 128, "correct horse");

            login("ann", "correct horse");
            pool.close();

            assertEquals("128:correct horse", accounts.find("ann").orElseThrow().hash());
        }
    }

    @Nested
    class A_password_for_one_login {

        @Test
        void lets_in_for_a_change_and_no_longer_than_that_takes() throws Exception {
            invite(Duration.ofDays(3));

            var outcome = assertInstanceOf(Outcome.LoggedIn.class, login("ann", "invited"));

            assertTrue(outcome.account().mustChangePassword());
            var until = accounts.find("ann").orElseThrow().oneTimeUntil().orElseThrow();
            assertTrue(until.isBefore(Instant.now().plus(Duration.ofHours(2))), until.toString());
        }

        @Test
        void that_nobody_used_in_time_or_that_was_used_is_refused_as_a_wrong_one()
                throws Exception {
            try (var recorded = new Recorded()) {
                invite(Duration.ZERO);
                assertEquals(new Outcome.Refused(), login("ann", "invited"));
                assertTrue(recorded.text().contains("one-time password expired"));

                invite(Duration.ofHours(1));
                var noTime = new SqliteAccounts(database, Clock.systemUTC(), Duration.ZERO);
                noTime.begin(accounts.find("ann").orElseThrow());
                assertEquals(new Outcome.Refused(), login("ann", "invited"));
                assertTrue(recorded.text().contains("one-time password used"));
            }
        }

        @Test
        void does_not_come_back_with_the_next_who_has_the_name() throws Exception {
            invite(Duration.ofHours(1));
            accounts.delete("ann");
            add("ann", TODAY, "correct horse");

            assertFalse(accounts.find("ann").orElseThrow().mustChangePassword());
        }

        private void invite(Duration valid) throws Exception {
            add("ann", TODAY, "correct horse");
            accounts.invite("ann", TODAY + ":invited", Instant.now().plus(valid));
        }
    }

    @Nested
    class Every_refusal {

        @Test
        void is_the_same_answer_after_the_same_work() throws Exception {
            add("ann", TODAY, "correct horse");
            add("off", TODAY, "correct horse");
            accounts.setStatus("off", Status.DISABLED);

            for (var name : List.of("ann", "off", "zoe", "1st", "", "a b", "x".repeat(300))) {
                var before = hasher.verified().size();
                var outcome = login(name, name.equals("off") ? "correct horse" : "wrong");

                assertEquals(new Outcome.Refused(), outcome, name);
                assertEquals(List.of(TODAY), since(before), name);
            }
        }

        @Test
        void of_an_unknown_name_costs_what_the_hashes_here_cost() throws Exception {
            add("ann", 19, "old and weak");

            login("bob", "wrong");

            assertEquals(List.of(19), since(0));
        }

        @Test
        void costs_todays_price_while_there_are_no_accounts() throws Exception {
            assertEquals(new Outcome.Refused(), login("bob", "wrong"));
            assertEquals(List.of(TODAY), since(0));
        }

        /// Not one time, but how often which work is done: what is asked of the database, and at
        /// what price is hashed, over many attempts at accounts with old and with new hashes.
        @Test
        void has_the_same_distribution_of_work() throws Exception {
            var newcomers = new ArrayList<Newcomer>();
            for (var i = 0; i < MANY; i++) {
                var hash = (i % 3 == 0 ? 19 : TODAY) + ":secret";
                newcomers.add(new Newcomer("w%03d".formatted(i), hash, Role.MEMBER));
            }
            accounts.add(newcomers);
            for (var i = 0; i < MANY; i += 2) {
                accounts.setStatus("w%03d".formatted(i), Status.DISABLED);
            }
            var wrong = workOf("w%03d", 1, "wrong");
            assertTrue(wrong.size() >= 2, wrong.toString()); // both prices

            assertEquals(wrong, workOf("w%03d", 0, "secret"), "disabled");
            assertEquals(wrong, workOf("w%03da", 0, "wrong"), "unknown");
        }

        private static final int MANY = 300;

        /// How often each sequence of work was done.
        private Map<List<Object>, Long> workOf(String name, int first, String password)
                throws Exception {
            var work = new ArrayList<List<Object>>();
            var asked = new ArrayList<Object>();
            try (var here = HashingPool.start(1, 2)) {
                var all =
                        new Authenticator(
                                watched(asked),
                                secondFactor(),
                                hasher,
                                here,
                                new LoginGuard(),
                                new AuditLog(),
                                System::nanoTime);
                for (var i = first; i < MANY; i += 2) {
                    var before = hasher.verified().size();
                    asked.clear();
                    var from = Origin.of(InetAddress.ofLiteral("10.9." + i / 250 + "." + i % 250));
                    try (var secret = secret(password)) {
                        var outcome = all.authenticate(name.formatted(i), secret, from);
                        assertEquals(new Outcome.Refused(), outcome);
                    }
                    asked.addAll(since(before));
                    work.add(List.copyOf(asked));
                }
            }
            return work.stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }

        /// The same accounts; notes which methods were called.
        private AccountStore watched(List<Object> asked) {
            return (AccountStore)
                    Proxy.newProxyInstance(
                            AccountStore.class.getClassLoader(),
                            new Class<?>[] {AccountStore.class},
                            (_, method, arguments) -> {
                                asked.add(method.getName());
                                return method.invoke(accounts, arguments);
                            });
        }

        private List<Integer> since(int before) {
            return hasher.verified().subList(before, hasher.verified().size());
        }
    }

    @Nested
    class A_full_queue {

        @Test
        void is_told_at_once_and_nothing_is_hashed() throws Exception {
            add("ann", TODAY, "correct horse");
            hasher.hold();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = new ArrayList<Future<Outcome>>();
                answers.add(threads.submit(() -> login("ann", "correct horse")));
                untilHolding();
                for (var name : List.of("bob", "cleo", "dora")) {
                    answers.add(threads.submit(() -> login(name, "wrong")));
                }
                var busy = 0;
                while (busy == 0) { // two wait, one of the three is one too many
                    busy = (int) answers.stream().filter(Future::isDone).count();
                    Thread.onSpinWait();
                }

                assertEquals(1, busy);
                assertEquals(1, hasher.verified().size());
                hasher.letAll();
                var outcomes = new ArrayList<Outcome>();
                for (var answer : answers) {
                    outcomes.add(answer.get());
                }
                assertTrue(
                        outcomes.stream().anyMatch(Outcome.Busy.class::isInstance),
                        outcomes.toString());
                assertEquals(3, hasher.verified().size());
            }
        }
    }

    @Nested
    class An_asker_that_is_interrupted {

        @Test
        void ends_at_once_and_the_password_is_wiped_by_who_used_it_last() throws Exception {
            add("ann", 19, "correct horse");
            hasher.hold();
            var password = secret("correct horse");
            var interrupted = new AtomicBoolean();
            var asker =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (password) {
                                    authenticator.authenticate("ann", password, HOME);
                                } catch (InterruptedException _) {
                                    interrupted.set(true);
                                }
                            });
            untilHolding();
            asker.interrupt();
            asker.join();
            hasher.letAll();
            pool.close();

            assertTrue(interrupted.get());
            assertEquals(
                    "64:correct horse",
                    accounts.find("ann").orElseThrow().hash(),
                    "what was raised was the password, not what was left of it");
            assertWiped();
        }
    }

    @Nested
    class A_password {

        @Test
        void is_in_no_log_at_any_level_nor_is_its_hash() throws Exception {
            add("ann", 19, "correct horse");
            try (var recorded = new Recorded()) {
                login("ann", "correct horse");
                login("ann", "battery staple");
                login("nobody", "battery staple");
                pool.close();
                login("ann", "correct horse");

                var text = recorded.text();
                assertTrue(text.contains("login accepted account=ann from=192.0.2.1"), text);
                assertTrue(text.contains("why=\"wrong password\""), text);
                assertTrue(text.contains("why=\"no such account\""), text);
                assertTrue(text.contains("login put off"), text);
                assertFalse(text.contains("horse"), text);
                assertFalse(text.contains("staple"), text);
            }
        }

        @Test
        void is_wiped_after_every_attempt() throws Exception {
            add("ann", 19, "correct horse");
            login("ann", "correct horse");
            login("ann", "wrong");
            pool.close();

            assertWiped();
        }
    }

    private void assertWiped() {
        for (var secret : hasher.seen()) {
            assertTrue(secret.isSameAs(new Secret(new char[secret.length()])));
        }
    }

    private void untilHolding() {
        while (!hasher.isHolding()) {
            Thread.onSpinWait();
        }
    }

    private void add(String name, int price, String password) throws Exception {
        accounts.add(List.of(new Newcomer(name, price + ":" + password, Role.MEMBER)));
    }

    private Outcome login(String name, String password) throws InterruptedException {
        try (var secret = secret(password)) {
            return authenticator.authenticate(name, secret, HOME);
        }
    }

    private static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }
}
