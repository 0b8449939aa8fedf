package chat.parley.daemon.store;

import chat.parley.daemon.observe.AuditLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Notices what the admin's tool, another program, does to accounts while the daemon runs.
///
/// A platform thread `accounts` asks SQLite a few times a second whether anybody changed the file,
/// which costs a few microseconds. The listener is called on this thread and must not wait.
///
/// A login that is under way while its account changes slips through neither way if the session
/// first makes itself known to whatever the listener looks into and then asks [#isCurrent].
public final class AccountWatch implements AutoCloseable {

    /// Somebody who has sessions to end.
    public interface Listener {

        /// The account was disabled or deleted, or has another password or role: sessions that
        /// logged in before must end.
        ///
        /// @param name folded
        void accountChanged(String name);

        /// The account was deleted; told after [#accountChanged].
        ///
        /// @param name folded
        default void accountDeleted(String name) {}

        /// The name is somebody else's from now on.
        ///
        /// @param name folded
        default void accountAdded(String name) {}

        /// What was failed at the account is forgotten.
        ///
        /// @param name folded
        default void accountUnlocked(String name) {}

        /// A certificate does not open the account any more: sessions that logged in with it must
        /// end.
        ///
        /// @param name folded
        default void certificateUnbound(String name, String fingerprint) {}
    }

    /// Soon enough that a session ends within a second, seldom enough to cost nothing.
    public static final Duration OFTEN = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(AccountWatch.class);

    private final Database database;
    private final Duration every;
    private final AuditLog audit;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// The newest change that ended sessions, by account, or by account and certificate with a
    /// space between. Only admins make it grow.
    private final ConcurrentHashMap<String, Long> ended = new ConcurrentHashMap<>();

    // The thread's own.
    private @Nullable Connection connection;
    private long newest;
    private long dataVersion;
    private boolean failing;

    private AccountWatch(Database database, Duration every, AuditLog audit, Listener listener) {
        this.database = database;
        this.every = every;
        this.audit = audit;
        this.listener = listener;
        thread = Thread.ofPlatform().name("accounts").daemon().unstarted(this::run);
    }

    /// Notices everything that happens from now on.
    public static AccountWatch start(
            Database database, Duration every, AuditLog audit, Listener listener)
            throws IOException {
        var watch = new AccountWatch(database, every, audit, listener);
        try (var connection = database.open(SynchronousMode.FULL);
                var statement = connection.createStatement()) {
            watch.newest = Sql.number(statement, "SELECT max(version) FROM account_changes");
        } catch (SQLException problem) {
            throw new IOException(database + ": " + problem.getMessage(), problem);
        }
        watch.thread.start();
        return watch;
    }

    /// Whether a session of this account may go on: nothing that ends sessions is known to have
    /// happened since the account was read.
    ///
    /// @param certificate the fingerprint of what it logged in with, if that was a certificate
    public boolean isCurrent(Account account, Optional<String> certificate) {
        return isCurrent(account.folded(), account.version())
                && certificate
                        .map(shown -> isCurrent(key(account.folded(), shown), account.version()))
                        .orElse(true);
    }

    private boolean isCurrent(String key, long version) {
        var change = ended.get(key);
        return change == null || change <= version;
    }

    private static String key(String folded, String certificate) {
        return folded + " " + certificate;
    }

    private void run() {
        try {
            while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            // Finish now.
        } finally {
            drop();
        }
    }

    private void look() {
        try {
            var open = connection == null ? database.open(SynchronousMode.FULL) : connection;
            connection = open;
            tell(open);
            failing = false;
        } catch (SQLException | RuntimeException problem) { // the top of a thread
            drop();
            if (!failing) {
                log.atError().setCause(problem).log("account changes not seen");
            }
            failing = true;
        }
    }

    private void tell(Connection open) throws SQLException {
        try (var statement = open.createStatement()) {
            // https://www.sqlite.org/pragma.html#pragma_data_version
            var version = Sql.number(statement, "PRAGMA data_version");
            if (version == dataVersion) {
                return;
            }
            var sql =
                    "SELECT version, folded, change, detail FROM account_changes WHERE version > "
                            + newest
                            + " ORDER BY version";
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    newest = rows.getLong(1);
                    tell(
                            newest,
                            rows.getString(2),
                            AccountChange.valueOf(rows.getString(3)),
                            rows.getString(4));
                }
            }
            dataVersion = version;
        }
    }

    private void tell(long version, String folded, AccountChange change, String detail) {
        var what = change.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        audit.accountChanged(folded, detail.isEmpty() ? what : what + " " + detail);
        if (change.endsSessions()) {
            ended.put(folded, version); // first this, see isCurrent
            listener.accountChanged(folded);
        }
        if (change == AccountChange.ADDED) {
            listener.accountAdded(folded);
        }
        if (change.unlocks()) {
            listener.accountUnlocked(folded);
        }
        if (change == AccountChange.DELETED) {
            listener.accountDeleted(folded);
        }
        if (change == AccountChange.CERTIFICATE_UNBOUND) {
            ended.put(key(folded, detail), version);
            listener.certificateUnbound(folded, detail);
        }
    }

    private void drop() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException problem) {
                log.atWarn().setCause(problem).log("database not closed");
            }
            connection = null;
        }
        dataVersion = 0;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
