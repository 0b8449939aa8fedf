package chat.parley.daemon.admin;

import chat.parley.daemon.auth.LoginStanding;
import chat.parley.protocol.JsonLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What `parley-user show` tells of an account's logins, failed ones above all.
final class LoginLines {

    private LoginLines() {}

    /// Lines, each with a line feed before it.
    static String text(String name, LoginStanding standing) {
        var lines = new StringBuilder();
        lines.append(
                "%nknown    from %d networks, on %d devices"
                        .formatted(standing.networks(), standing.devices()));
        standing.lastFailure()
                .ifPresent(last ->
                        lines.append(
                                "%nfailed   %d of %d times in a row elsewhere, last %s"
                                        .formatted(
                                                standing.failures(),
                                                LoginStanding.MOST,
                                                seconds(last))));
        if (standing.isClosedToStrangers()) {
            lines.append(
                    "%nblocked  where it is not known, until a right login where it is, or: unlock %s"
                            .formatted(name));
        } else {
            standing.waitsUntil()
                    .ifPresent(until ->
                            lines.append(
                                    "%nblocked  where it is not known, until %s"
                                            .formatted(seconds(until))));
        }
        for (var place : standing.closedAt()) {
            lines.append(
                    "%nblocked  at %s, until a right login elsewhere, or: unlock %s"
                            .formatted(place, name));
        }
        return lines.toString();
    }

    static JsonLine object(LoginStanding standing) {
        return new JsonLine()
                .with("networks", standing.networks())
                .with("devices", standing.devices())
                .with("failures", standing.failures())
                .with("most", LoginStanding.MOST)
                .with("lastFailure", text(standing.lastFailure()))
                .with("waitsUntil", text(standing.waitsUntil()))
                .with("closed", standing.isClosedToStrangers())
                .withTexts("closedAt", standing.closedAt());
    }

    private static String text(Optional<Instant> at) {
        return at.map(known -> seconds(known).toString()).orElse("");
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
