package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Second factors in the embedded database. Each question opens a connection, as in
/// [SqliteAccounts].
public final class SqliteSecondFactors implements SecondFactors {

    private final Database database;
    private final Clock clock;

    public SqliteSecondFactors(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Kept> of(String account) throws IOException {
        var folded = CaseMapping.fold(account);
        return ask(c -> {
            var codes = texts(c, "SELECT hash FROM recovery_codes WHERE account = ?", folded);
            try (var statement =
                    c.prepareStatement(
                            "SELECT key, last_step, since_ms FROM totp WHERE account = ?")) {
                statement.setString(1, folded);
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(
                                    new Kept(
                                            row.getString(1),
                                            row.getLong(2),
                                            codes,
                                            Instant.ofEpochMilli(row.getLong(3))))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public Set<String> all() throws IOException {
        return ask(c -> texts(c, "SELECT account FROM totp WHERE account >= ?", ""));
    }

    private static Set<String> texts(Connection c, String sql, String parameter)
            throws SQLException {
        var all = new HashSet<String>();
        try (var statement = c.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
        }
        return all;
    }

    @Override
    public boolean turnOn(String account, String key, long lastStep, List<String> codes, By by)
            throws IOException {
        var folded = CaseMapping.fold(account);
        return change(c -> {
            if (texts(c, "SELECT name FROM accounts WHERE folded = ?", folded).isEmpty()) {
                return false;
            }
            try (var insert =
                    c.prepareStatement(
                            "INSERT OR REPLACE INTO totp (account, key, last_step, since_ms)"
                                    + " VALUES (?, ?, ?, ?)")) {
                insert.setString(1, folded);
                insert.setString(2, key);
                insert.setLong(3, lastStep);
                insert.setLong(4, clock.millis());
                insert.executeUpdate();
            }
            replaceCodes(c, folded, codes);
            raise(c, folded, by, AccountChange.TOTP_ON, AccountChange.TOTP_ON_BY_ADMIN);
            return true;
        });
    }

    @Override
    public boolean turnOff(String account, By by) throws IOException {
        var folded = CaseMapping.fold(account);
        return change(c -> {
            AccountRows.execute(c, "DELETE FROM recovery_codes WHERE account = ?", folded);
            if (AccountRows.execute(c, "DELETE FROM totp WHERE account = ?", folded) == 0) {
                return false;
            }
            raise(c, folded, by, AccountChange.TOTP_OFF, AccountChange.TOTP_OFF_BY_ADMIN);
            return true;
        });
    }

    @Override
    public boolean replaceCodes(String account, String key, List<String> codes, By by)
            throws IOException {
        var folded = CaseMapping.fold(account);
        return change(c -> {
            if (!texts(c, "SELECT key FROM totp WHERE account = ?", folded).equals(Set.of(key))) {
                return false;
            }
            replaceCodes(c, folded, codes);
            raise(c, folded, by, AccountChange.TOTP_CODES, AccountChange.TOTP_CODES);
            return true;
        });
    }

    private static void replaceCodes(Connection c, String folded, List<String> codes)
            throws SQLException {
        AccountRows.execute(c, "DELETE FROM recovery_codes WHERE account = ?", folded);
        for (var code : codes) {
            AccountRows.execute(c, "INSERT INTO recovery_codes VALUES (?, ?)", folded, code);
        }
    }

    private void raise(
            Connection c, String folded, By by, AccountChange byOwner, AccountChange byAdmin)
            throws SQLException {
        var what =
                switch (by) {
                    case OWNER -> byOwner;
                    case ADMIN -> byAdmin;
                };
        what.raise(c, folded, "", clock.millis());
    }

    @Override
    public boolean takeStep(Account account, long step) throws IOException {
        return change(c ->
                isUnchanged(c, account)
                        && AccountRows.execute(
                                        c,
                                        "UPDATE totp SET last_step = ?2 WHERE account = ?1"
                                                + " AND last_step < ?2",
                                        account.folded(),
                                        step)
                                == 1);
    }

    @Override
    public boolean takeCode(Account account, String hash) throws IOException {
        return change(c ->
                isUnchanged(c, account)
                        && AccountRows.execute(
                                        c,
                                        "DELETE FROM recovery_codes WHERE account = ?1"
                                                + " AND hash = ?2",
                                        account.folded(),
                                        hash)
                                == 1);
    }

    private static boolean isUnchanged(Connection c, Account account) throws SQLException {
        return AccountRows.named(c, account.name())
                .filter(now -> now.version() == account.version())
                .isPresent();
    }

    private <T> T change(Sql.Work<T> work) throws IOException {
        return database.change(SynchronousMode.FULL, work);
    }

    private <T> T ask(Sql.Work<T> work) throws IOException {
        return database.ask(SynchronousMode.FULL, work);
    }
}
