package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.AccountStore.Newcomer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccountWatchTest {

    @TempDir Path dir;
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private SqliteAccounts accounts;
    private AccountWatch watch;

    @BeforeEach
    void start() throws Exception {
        var database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.systemUTC());
        for (var name : List.of("Ann", "bob", "end")) {
            accounts.add(List.of(new Newcomer(name, "hash", Role.MEMBER)));
        }
        watch =
                AccountWatch.start(
                        database,
                        Duration.ofMillis(5),
                        new AuditLog(),
                        name -> {
                            told.add(name);
                            if (name.equals("bob")) {
                                throw new IllegalStateException("a listener with a bug");
                            }
                        });
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Nested
    class The_listener {

        @Test
        void is_told_of_what_must_end_sessions() throws Exception {
            accounts.setStatus("ANN", Status.DISABLED);
            assertEquals("ann", next());
            accounts.replaceHash("ann", "other");
            assertEquals("ann", next());
            accounts.setRole("ann", Role.BOT);
            assertEquals("ann", next());
            accounts.delete("ann");
            assertEquals("ann", next());
        }

        @Test
        void is_not_told_of_what_need_not() throws Exception {
            accounts.setStatus("ann", Status.ENABLED);
            accounts.add(List.of(new Newcomer("new", "hash", Role.MEMBER)));
            accounts.raise(accounts.find("ann").orElseThrow(), "stronger");
            accounts.delete("end");

            assertEquals("end", next());
        }

        @Test
        void that_fails_is_told_again_of_the_next() throws Exception {
            accounts.delete("bob");
            assertEquals("bob", next());
            accounts.delete("end");

            assertEquals("end", next());
        }

        private String next() throws InterruptedException {
            var name = told.poll(30, TimeUnit.SECONDS);
            return name == null ? "nothing" : name;
        }
    }

    @Nested
    class A_login_under_way {

        @Test
        void is_seen_to_be_out_of_date_once_the_listener_was_told() throws Exception {
            var old = accounts.find("ann").orElseThrow();
            assertTrue(watch.isCurrent(old, Optional.empty()));

            accounts.replaceHash("ann", "other");
            told.take();

            assertFalse(watch.isCurrent(old, Optional.empty()));
            assertTrue(watch.isCurrent(accounts.find("ann").orElseThrow(), Optional.empty()));
        }
    }
}
