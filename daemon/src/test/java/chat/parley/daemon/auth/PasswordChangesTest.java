package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.Secret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a session knows of its account is enough to change the password.
@Timeout(60)
class PasswordChangesTest {

    private static final String OLD = "correct horse battery";
    private static final String NEW = "four words without sense";

    @TempDir Path dir;
    private SqliteAccounts accounts;
    private HashingPool pool;
    private PasswordChanges changes;
    private Account known;

    @BeforeEach
    void start() throws Exception {
        var database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.systemUTC());
        accounts.add(List.of(new Newcomer("ann", "64:" + OLD, Role.MEMBER)));
        known = ann().withoutHash();
        pool = HashingPool.start(1, 2);
        changes =
                new PasswordChanges(
                        accounts,
                        new SqliteSecondFactors(database, Clock.systemUTC()),
                        new CountingHasher(64),
                        pool,
                        new PasswordRule(List.of()));
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Nested
    class A_new_password {

        @Test
        void holds_and_the_account_comes_back_without_its_hash() throws Exception {
            var done = assertInstanceOf(PasswordChanges.Change.Done.class, change(NEW));

            assertEquals("64:" + NEW, ann().hash());
            assertEquals(ann().withoutHash(), done.account());
        }

        @Test
        void is_another_than_the_one_there_is() throws Exception {
            assertEquals(new PasswordChanges.Change.Same(), change(OLD));
        }

        @Test
        void is_not_set_where_the_account_was_changed_meanwhile() throws Exception {
            accounts.replaceHash("ann", "64:by an admin");

            assertEquals(new PasswordChanges.Change.Outdated(), change(NEW));
            assertEquals("64:by an admin", ann().hash());
        }

        @Test
        void is_not_set_where_the_account_is_gone() throws Exception {
            accounts.delete("ann");

            assertEquals(new PasswordChanges.Change.Outdated(), change(NEW));
        }
    }

    private PasswordChanges.Change change(String wanted) throws Exception {
        var from = Origin.of(InetAddress.ofLiteral("192.0.2.1"));
        try (var secret = new Secret(wanted.toCharArray())) {
            return changes.change(known, secret, from);
        }
    }

    private Account ann() throws Exception {
        return accounts.find("ann").orElseThrow();
    }
}
