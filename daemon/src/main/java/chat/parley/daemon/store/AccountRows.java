package chat.parley.daemon.store;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.CaseMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of accounts, and of what belongs to one: how they are read, made and forgotten.
///
/// For one who holds the connection, and inside of a transaction.
final class AccountRows {

    private static final String SELECT =
            "SELECT name, hash, role, status, created_ms, version, (SELECT until_ms FROM one_time"
                    + " WHERE account = folded) FROM accounts ";

    /// After it the account's password is no more for one login only.
    static final String KEEP_PASSWORD = "DELETE FROM one_time WHERE account = ?";

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

    private AccountRows() {}

    /// @param name in any case
    static Optional<Account> named(Connection c, String name) throws SQLException {
        return first(c, "WHERE folded = ?", CaseMapping.fold(name));
    }

    /// The first of all that `where` is true of.
    static Optional<Account> first(Connection c, String where, String parameter)
            throws SQLException {
        return all(c, where, parameter).stream().findFirst();
    }

    static List<Account> all(Connection c, String where, String parameter) throws SQLException {
        var accounts = new ArrayList<Account>();
        try (PreparedStatement statement = c.prepareStatement(SELECT + where)) {
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

    /// Makes an account with all that belongs to it. Its name must be free, and its certificates.
    static void insert(Connection c, Newcomer newcomer, long now) throws SQLException {
        var folded = CaseMapping.fold(newcomer.name());
        forget(c, folded);
        var version = AccountChange.ADDED.note(c, folded, "", now);
        execute(
                c,
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)",
                folded,
                newcomer.name(),
                newcomer.hash(),
                newcomer.role().name(),
                newcomer.status().name(),
                now,
                version);
        if (newcomer.oneTimeUntil().isPresent()) {
            noteOneTime(c, folded, newcomer.oneTimeUntil().get());
        }
        for (var fingerprint : newcomer.certificates()) {
            execute(c, "INSERT INTO certificates VALUES (?, ?, ?)", fingerprint, folded, now);
        }
        if (newcomer.secondFactor().isPresent()) {
            insert(c, folded, newcomer.secondFactor().get());
        }
    }

    private static void insert(Connection c, String folded, SecondFactors.Kept factor)
            throws SQLException {
        execute(
                c,
                "INSERT INTO totp VALUES (?, ?, ?, ?)",
                folded,
                factor.key(),
                factor.lastStep(),
                factor.since().toEpochMilli());
        for (var code : factor.codes()) {
            execute(c, "INSERT INTO recovery_codes VALUES (?, ?)", folded, code);
        }
    }

    /// Whether one of these opens an account that is there.
    static boolean isAnyBound(Connection c, List<String> fingerprints) throws SQLException {
        for (var fingerprint : fingerprints) {
            if (owner(c, fingerprint).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// Whose key it is.
    static Optional<Account> owner(Connection c, String fingerprint) throws SQLException {
        return first(
                c,
                "WHERE folded = (SELECT account FROM certificates WHERE fingerprint = ?)",
                fingerprint);
    }

    /// The password is for one login.
    static void noteOneTime(Connection c, String folded, Instant until) throws SQLException {
        execute(c, "INSERT INTO one_time VALUES (?, ?, 0)", folded, until.toEpochMilli());
    }

    /// All but the account itself.
    static void forget(Connection c, String folded) throws SQLException {
        for (var sql : FORGET) {
            execute(c, sql, folded);
        }
    }

    static int execute(Connection c, String sql, Object... parameters) throws SQLException {
        try (var statement = c.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
