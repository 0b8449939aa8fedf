package chat.parley.daemon.auth;

import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.GuardRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How an account stands with the login guard, as it was written down; for the admin.
///
/// @param networks how many it is known from
/// @param devices how many it is known on, by the key of a client certificate
/// @param failures of strangers, in a row
/// @param lastFailure of theirs, if there is one in the row
/// @param waitsUntil before which nothing is taken from a network that is new to it
/// @param closedAt the places it is known at that have failed too often in a row
public record LoginStanding(
        long networks,
        long devices,
        int failures,
        Optional<Instant> lastFailure,
        Optional<Instant> waitsUntil,
        List<String> closedAt) {

    /// How many failures in a row there may be.
    public static final int MOST = GuardRules.IN_A_ROW;

    /// @param rows all of one account
    public static LoginStanding of(List<GuardRow> rows, Instant now) {
        var known = rows.stream().filter(row -> row.kind() == Kind.KNOWN).toList();
        var devices = known.stream().filter(row -> Origin.isDevice(row.place())).count();
        var strangers =
                rows.stream()
                        .filter(row -> row.kind() == Kind.STRANGERS && row.inARow() > 0)
                        .findFirst();
        return new LoginStanding(
                known.size() - devices,
                devices,
                strangers.map(GuardRow::inARow).orElse(0),
                strangers.map(GuardRow::failedAt),
                rows.stream()
                        .filter(row -> row.kind() == Kind.FIRST)
                        .map(LoginStanding::waitsUntil)
                        .filter(until -> until.isAfter(now))
                        .max(Comparator.naturalOrder()),
                known.stream().filter(row -> row.inARow() >= MOST).map(GuardRow::place).toList());
    }

    private static Instant waitsUntil(GuardRow row) {
        var strikes = new Strikes(GuardRules.of(row.kind()).strikes(), row.strikes(), 0);
        return row.failedAt().plus(Duration.ofNanos(strikes.waitFrom(0)));
    }

    /// Whether nothing is taken from where it is not known.
    public boolean isClosedToStrangers() {
        return failures >= MOST;
    }
}
