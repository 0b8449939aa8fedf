package chat.parley.daemon.store;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Accounts in the embedded database.
///
/// Each question opens a connection and closes it: that costs a fraction of a millisecond beside a
/// hash of many, and so there is nothing shared between threads, nothing to lock and nothing that
/// can be left in a bad state.
public final class SqliteAccounts implements AccountStore {

    private final Database database;
    private final Clock clock;
    private final Duration changeWithin;

    /// For programs that nobody logs in to.
    public SqliteAccounts(Database database, Clock clock) {
        this(database, clock, Duration.ZERO);
    }

    /// @param changeWithin how long a one-time password opens an account after the first time
    public SqliteAccounts(Database database, Clock clock, Duration changeWithin) {
        this.database = database;
        this.clock = clock;
        this.changeWithin = changeWithin;
    }

    @Override
    public Optional<Account> find(String name) throws IOException {
        return ask(c -> AccountRows.named(c, name));
    }

    @Override
    public Optional<Account> findOrOther(String name) throws IOException {
        return ask(c -> {
            var next = firstFrom(c, CaseMapping.fold(name));
            return next.isPresent() ? next : firstFrom(c, "");
        });
    }

    private static Optional<Account> firstFrom(Connection c, String folded) throws SQLException {
        return AccountRows.first(c, "WHERE folded >= ? ORDER BY folded LIMIT 1", folded);
    }

    @Override
    public List<Account> list() throws IOException {
        return ask(c -> AccountRows.all(c, "WHERE folded >= ? ORDER BY folded", ""));
    }

    @Override
    public List<String> add(List<Newcomer> newcomers) throws IOException {
        return change(c -> {
            var taken = new ArrayList<String>();
            for (var newcomer : newcomers) {
                if (AccountRows.named(c, newcomer.name()).isPresent()
                        || AccountRows.isAnyBound(c, newcomer.certificates())) {
                    taken.add(newcomer.name());
                }
            }
            if (taken.isEmpty()) {
                for (var newcomer : newcomers) {
                    AccountRows.insert(c, newcomer, clock.millis());
                }
            }
            return taken;
        });
    }

    @Override
    public boolean replaceHash(String name, String hash) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            AccountRows.execute(c, AccountRows.KEEP_PASSWORD, folded);
            return set(c, folded, "hash", hash, AccountChange.PASSWORD);
        });
    }

    @Override
    public Optional<Account> changePassword(Account account, String hash) throws IOException {
        return change(c -> {
            if (AccountRows.named(c, account.name())
                    .filter(now -> now.version() == account.version())
                    .isEmpty()) {
                return Optional.empty();
            }
            AccountRows.execute(c, AccountRows.KEEP_PASSWORD, account.folded());
            set(c, account.folded(), "hash", hash, AccountChange.PASSWORD);
            return AccountRows.named(c, account.name());
        });
    }

    @Override
    public boolean invite(String name, String hash, Instant until) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            if (!set(c, folded, "hash", hash, AccountChange.INVITED)) {
                return false;
            }
            AccountRows.execute(c, AccountRows.KEEP_PASSWORD, folded);
            AccountRows.noteOneTime(c, folded, until);
            return true;
        });
    }

    @Override
    public FirstLogin begin(Account account) throws IOException {
        return change(c -> {
            var now = clock.millis();
            try (var select =
                    c.prepareStatement("SELECT until_ms, used FROM one_time WHERE account = ?")) {
                select.setString(1, account.folded());
                try (var rows = select.executeQuery()) {
                    if (!rows.next()) {
                        return FirstLogin.USED; // it was changed this moment
                    }
                    if (rows.getLong(1) <= now) {
                        return rows.getBoolean(2) ? FirstLogin.USED : FirstLogin.EXPIRED;
                    }
                }
            }
            try (var update =
                    c.prepareStatement(
                            "UPDATE one_time SET used = 1, until_ms = min(until_ms, ?)"
                                    + " WHERE account = ? AND used = 0")) {
                update.setLong(1, now + changeWithin.toMillis());
                update.setString(2, account.folded());
                update.executeUpdate();
            }
            return FirstLogin.BEGUN;
        });
    }

    @Override
    public void raise(Account account, String stronger) throws IOException {
        change(c -> {
            try (var update =
                    c.prepareStatement(
                            "UPDATE accounts SET hash = ? WHERE folded = ? AND hash = ?")) {
                update.setString(1, stronger);
                update.setString(2, account.folded());
                update.setString(3, account.hash());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public boolean setStatus(String name, Status status) throws IOException {
        var change =
                switch (status) {
                    case ENABLED -> AccountChange.ENABLED;
                    case DISABLED -> AccountChange.DISABLED;
                };
        return update(name, "status", status.name(), change);
    }

    @Override
    public boolean setRole(String name, Role role) throws IOException {
        return update(name, "role", role.name(), AccountChange.ROLE);
    }

    @Override
    public boolean kick(String name) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            if (AccountRows.named(c, folded).isEmpty()) {
                return false;
            }
            AccountChange.KICKED.raise(c, folded, "", clock.millis());
            return true;
        });
    }

    private boolean update(String name, String column, String value, AccountChange what)
            throws IOException {
        return change(c -> set(c, CaseMapping.fold(name), column, value, what));
    }

    private boolean set(
            Connection c, String folded, String column, String value, AccountChange what)
            throws SQLException {
        if (AccountRows.named(c, folded).isEmpty()) {
            return false;
        }
        what.raise(c, folded, "", clock.millis());
        var sql = "UPDATE accounts SET " + column + " = ? WHERE folded = ?";
        try (var update = c.prepareStatement(sql)) {
            update.setString(1, value);
            update.setString(2, folded);
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public boolean delete(String name) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            var deleted =
                    AccountRows.execute(c, "DELETE FROM accounts WHERE folded = ?", folded) == 1;
            if (deleted) {
                AccountRows.forget(c, folded);
                AccountChange.DELETED.note(c, folded, "", clock.millis());
            }
            return deleted;
        });
    }

    @Override
    public Optional<Instant> deletedAt(String name) throws IOException {
        return ask(c ->
                AccountRows.named(c, name).isPresent()
                        ? Optional.empty()
                        : AccountChange.lastDeletion(c, CaseMapping.fold(name)));
    }

    @Override
    public void noteErased(String name) throws IOException {
        change(c -> AccountChange.ERASED.note(c, CaseMapping.fold(name), "", clock.millis()));
    }

    private <T> T change(Sql.Work<T> work) throws IOException {
        return database.change(SynchronousMode.FULL, work);
    }

    private <T> T ask(Sql.Work<T> work) throws IOException {
        return database.ask(SynchronousMode.FULL, work);
    }
}
