package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Keys of client certificates in the embedded database. Each question opens a connection, as in
/// [SqliteAccounts].
public final class SqliteCertificates implements Certificates {

    private final Database database;
    private final Clock clock;

    public SqliteCertificates(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Account> owner(String fingerprint) throws IOException {
        return ask(c -> AccountRows.owner(c, fingerprint));
    }

    @Override
    public List<Bound> of(String account) throws IOException {
        return ask(c -> {
            var all = new ArrayList<Bound>();
            try (var statement =
                    c.prepareStatement(
                            "SELECT fingerprint, bound_ms FROM certificates WHERE account = ?"
                                    + " ORDER BY bound_ms, fingerprint")) {
                statement.setString(1, CaseMapping.fold(account));
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        var at = Instant.ofEpochMilli(rows.getLong(2));
                        all.add(new Bound(rows.getString(1), at));
                    }
                }
            }
            return all;
        });
    }

    @Override
    public Binding bind(String account, String fingerprint) throws IOException {
        var folded = CaseMapping.fold(account);
        return change(c -> {
            var known = AccountRows.named(c, folded);
            if (known.isEmpty()) {
                return Binding.NO_SUCH_ACCOUNT;
            }
            var owner = AccountRows.owner(c, fingerprint);
            if (owner.isPresent()) {
                return owner.get().folded().equals(folded) ? Binding.SAME : Binding.TAKEN;
            }
            try (var insert = c.prepareStatement("INSERT INTO certificates VALUES (?, ?, ?)")) {
                insert.setString(1, fingerprint);
                insert.setString(2, folded);
                insert.setLong(3, clock.millis());
                insert.executeUpdate();
            }
            AccountChange.CERTIFICATE_BOUND.raise(c, folded, fingerprint, clock.millis());
            return Binding.DONE;
        });
    }

    @Override
    public boolean unbind(String account, String fingerprint) throws IOException {
        var folded = CaseMapping.fold(account);
        return change(c -> {
            try (var delete =
                    c.prepareStatement(
                            "DELETE FROM certificates WHERE fingerprint = ? AND account = ?")) {
                delete.setString(1, fingerprint);
                delete.setString(2, folded);
                if (delete.executeUpdate() == 0) {
                    return false;
                }
            }
            AccountChange.CERTIFICATE_UNBOUND.raise(c, folded, fingerprint, clock.millis());
            return true;
        });
    }

    private <T> T change(Sql.Work<T> work) throws IOException {
        return database.change(SynchronousMode.FULL, work);
    }

    private <T> T ask(Sql.Work<T> work) throws IOException {
        return database.ask(SynchronousMode.FULL, work);
    }
}
