package chat.parley.daemon.store;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    static final String SELECT =
            "SELECT name, hash, role, status, created_ms, version, (SELECT until_ms FROM one_time"
                    + " WHERE account = folded) FROM accounts ";

    private static final String KEEP_PASSWORD = "DELETE FROM one_time WHERE account = ?";

    /// What belongs to an account and must not pass to whoever gets its name next. Done when an
    /// account is deleted and again when one is made: a session of the old one may have lived a
    /// moment longer.
    private static final List<String> FORGET =
            List.of(
                    "DELETE FROM memberships WHERE account = ?",
                    "DELETE FROM channel_roles WHERE account = ?",
                    "DELETE FROM deliveries WHERE account = ?",
                    "DELETE FROM markers WHERE account = ?",
                    "DELETE FROM certificates WHERE account = ?",
                    "DELETE FROM login_guard WHERE account = ?",
                    "DELETE FROM totp WHERE account = ?",
                    "DELETE FROM recovery_codes WHERE account = ?",
                    KEEP_PASSWORD,
                    "DELETE FROM metadata WHERE kind = 'account' AND owner = ?");

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
        return ask(c -> first(c, SELECT + "WHERE folded = ?", CaseMapping.fold(name)));
    }

    @Override
    public Optional<Account> findOrOther(String name) throws IOException {
        return ask(c -> {
            var next =
                    first(
                            c,
                            SELECT + "WHERE folded >= ? ORDER BY folded LIMIT 1",
                            CaseMapping.fold(name));
            return next.isPresent()
                    ? next
                    : first(c, SELECT + "WHERE folded >= ? ORDER BY folded LIMIT 1", "");
        });
    }

    @Override
    public List<Account> list() throws IOException {
        return ask(c -> all(c, SELECT + "WHERE folded >= ? ORDER BY folded", ""));
    }

    @Override
    public List<String> add(List<Newcomer> newcomers) throws IOException {
        return change(c -> {
            var taken = new ArrayList<String>();
            for (var newcomer : newcomers) {
                if (first(c, SELECT + "WHERE folded = ?", CaseMapping.fold(newcomer.name()))
                        .isPresent()) {
                    taken.add(newcomer.name());
                }
            }
            if (taken.isEmpty()) {
                for (var newcomer : newcomers) {
                    insert(c, newcomer);
                }
            }
            return taken;
        });
    }

    private void insert(Connection c, Newcomer newcomer) throws SQLException {
        var folded = CaseMapping.fold(newcomer.name());
        forget(c, folded);
        var version = AccountChange.ADDED.note(c, folded, "", clock.millis());
        try (var insert = c.prepareStatement("INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, folded);
            insert.setString(2, newcomer.name());
            insert.setString(3, newcomer.hash());
            insert.setString(4, newcomer.role().name());
            insert.setString(5, Status.ENABLED.name());
            insert.setLong(6, clock.millis());
            insert.setLong(7, version);
            insert.executeUpdate();
        }
        if (newcomer.oneTimeUntil().isPresent()) {
            noteOneTime(c, folded, newcomer.oneTimeUntil().get());
        }
    }

    private static void noteOneTime(Connection c, String folded, Instant until)
            throws SQLException {
        try (var insert = c.prepareStatement("INSERT INTO one_time VALUES (?, ?, 0)")) {
            insert.setString(1, folded);
            insert.setLong(2, until.toEpochMilli());
            insert.executeUpdate();
        }
    }

    @Override
    public boolean replaceHash(String name, String hash) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            execute(c, KEEP_PASSWORD, folded);
            return set(c, folded, "hash", hash, AccountChange.PASSWORD);
        });
    }

    @Override
    public Optional<Account> changePassword(Account account, String hash) throws IOException {
        return change(c -> {
            if (first(c, SELECT + "WHERE folded = ?", account.folded())
                    .filter(now -> now.version() == account.version())
                    .isEmpty()) {
                return Optional.empty();
            }
            execute(c, KEEP_PASSWORD, account.folded());
            set(c, account.folded(), "hash", hash, AccountChange.PASSWORD);
            return first(c, SELECT + "WHERE folded = ?", account.folded());
        });
    }

    @Override
    public boolean invite(String name, String hash, Instant until) throws IOException {
        var folded = CaseMapping.fold(name);
        return change(c -> {
            if (!set(c, folded, "hash", hash, AccountChange.INVITED)) {
                return false;
            }
            execute(c, KEEP_PASSWORD, folded);
            noteOneTime(c, folded, until);
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
            if (first(c, SELECT + "WHERE folded = ?", folded).isEmpty()) {
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
        if (first(c, SELECT + "WHERE folded = ?", folded).isEmpty()) {
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
            var deleted = execute(c, "DELETE FROM accounts WHERE folded = ?", folded) == 1;
            if (deleted) {
                forget(c, folded);
                AccountChange.DELETED.note(c, folded, "", clock.millis());
            }
            return deleted;
        });
    }

    @Override
    public void noteErased(String name) throws IOException {
        change(c -> AccountChange.ERASED.note(c, CaseMapping.fold(name), "", clock.millis()));
    }

    private static void forget(Connection c, String folded) throws SQLException {
        for (var sql : FORGET) {
            execute(c, sql, folded);
        }
    }

    private static int execute(Connection c, String sql, String parameter) throws SQLException {
        try (var statement = c.prepareStatement(sql)) {
            statement.setString(1, parameter);
            return statement.executeUpdate();
        }
    }

    static Optional<Account> first(Connection c, String sql, String parameter) throws SQLException {
        return all(c, sql, parameter).stream().findFirst();
    }

    private static List<Account> all(Connection c, String sql, String parameter)
            throws SQLException {
        var accounts = new ArrayList<Account>();
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    accounts.add(account(rows));
                }
            }
        }
        return accounts;
    }

    private static Account account(ResultSet rows) throws SQLException {
        var until = rows.getLong(7);
        Optional<Instant> oneTimeUntil =
                rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
        return new Account(
                rows.getString(1),
                rows.getString(2),
                Role.valueOf(rows.getString(3)),
                Status.valueOf(rows.getString(4)),
                Instant.ofEpochMilli(rows.getLong(5)),
                oneTimeUntil,
                rows.getLong(6));
    }

    private <T> T change(Sql.Work<T> work) throws IOException {
        return database.change(SynchronousMode.FULL, work);
    }

    private <T> T ask(Sql.Work<T> work) throws IOException {
        return database.ask(SynchronousMode.FULL, work);
    }
}
