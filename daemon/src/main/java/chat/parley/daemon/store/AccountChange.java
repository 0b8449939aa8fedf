package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// What can happen to an account, as the database remembers it.
enum AccountChange {
    ADDED(false),
    KICKED(true),
    PASSWORD(true),

    /// It has a password for one login.
    INVITED(true),
    ENABLED(false),
    DISABLED(true),
    ROLE(true),
    DELETED(true),
    ERASED(false),
    CERTIFICATE_BOUND(false),

    /// The admin has failures at it forgotten, as a new password does.
    UNLOCKED(false),

    /// Ends the sessions that logged in with it, and no others.
    CERTIFICATE_UNBOUND(false),

    /// By its owner, who is in and can end other sessions.
    TOTP_ON(false),
    TOTP_OFF(false),
    TOTP_CODES(false),
    TOTP_ON_BY_ADMIN(true),

    /// The app is lost, and with it perhaps a device that is logged in.
    TOTP_OFF_BY_ADMIN(true);

    private final boolean endsSessions;

    AccountChange(boolean endsSessions) {
        this.endsSessions = endsSessions;
    }

    /// Whether a session that logged in before must not go on. A change of role is such a change: a
    /// session acts by the rights it logged in with.
    boolean endsSessions() {
        return endsSessions;
    }

    /// Whether failures to log in before it are forgotten.
    boolean unlocks() {
        return this == UNLOCKED || this == PASSWORD || this == INVITED;
    }

    /// Writes down that it happened.
    ///
    /// @param detail which certificate; empty for what needs none
    /// @return the version that the account has from now on
    long note(Connection c, String folded, String detail, long millis) throws SQLException {
        if (unlocks()) {
            forgetFailures(c, folded);
        }
        try (var insert =
                c.prepareStatement(
                        "INSERT INTO account_changes (folded, change, at_ms, detail)"
                                + " VALUES (?, ?, ?, ?) RETURNING version")) {
            insert.setString(1, folded);
            insert.setString(2, name());
            insert.setLong(3, millis);
            insert.setString(4, detail);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /// When an account of this name was deleted last.
    static Optional<Instant> lastDeletion(Connection c, String folded) throws SQLException {
        try (var select =
                c.prepareStatement(
                        "SELECT at_ms FROM account_changes WHERE folded = ? AND change = ?"
                                + " ORDER BY version DESC LIMIT 1")) {
            select.setString(1, folded);
            select.setString(2, DELETED.name());
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(Instant.ofEpochMilli(rows.getLong(1)))
                        : Optional.empty();
            }
        }
    }

    private static void forgetFailures(Connection c, String folded) throws SQLException {
        try (var update =
                c.prepareStatement(
                        "UPDATE login_guard SET strikes = 0, in_a_row = 0 WHERE account = ?")) {
            update.setString(1, folded);
            update.executeUpdate();
        }
    }

    /// Writes down that it happened and gives the account the version of it: who logs in from now
    /// on is told from who did before.
    void raise(Connection c, String folded, String detail, long millis) throws SQLException {
        var version = note(c, folded, detail, millis);
        try (var update = c.prepareStatement("UPDATE accounts SET version = ? WHERE folded = ?")) {
            update.setLong(1, version);
            update.setString(2, folded);
            update.executeUpdate();
        }
    }
}
