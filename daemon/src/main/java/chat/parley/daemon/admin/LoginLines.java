package chat.parley.daemon.admin;

import chat.parley.daemon.auth.LoginStanding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

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

    /// A JSON object. Nothing in it needs escaping: a place is an address or hexadecimal digits.
    static String object(LoginStanding standing) {
        return ("{\"networks\":%d,\"devices\":%d,\"failures\":%d,\"most\":%d%s%s,\"closed\":%b,"
                        + "\"closedAt\":[%s]}")
                .formatted(
                        standing.networks(),
                        standing.devices(),
                        standing.failures(),
                        LoginStanding.MOST,
                        standing.lastFailure().map(at -> member("lastFailure", at)).orElse(""),
                        standing.waitsUntil().map(at -> member("waitsUntil", at)).orElse(""),
                        standing.isClosedToStrangers(),
                        standing.closedAt().stream()
                                .map(place -> "\"" + place + "\"")
                                .collect(Collectors.joining(",")));
    }

    private static String member(String name, Instant at) {
        return ",\"%s\":\"%s\"".formatted(name, seconds(at));
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
