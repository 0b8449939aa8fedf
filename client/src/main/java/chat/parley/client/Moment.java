package chat.parley.client;

import chat.parley.client.arguments.WrongUse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A place in what was said, as a person names it: a time or a message.
sealed interface Moment {

    record Time(Instant at) implements Moment {}

    record Message(String id) implements Moment {}

    /// Why a message is no place to begin at.
    String ONLY_TIMES = "this server finds messages by their time alone; give a time";

    /// As CHATHISTORY takes it. What was said at a time itself is after it.
    default String after() {
        return switch (this) {
            case Time(var at) -> timestamp(at.minusMillis(1));
            case Message(var id) -> "msgid=" + id;
        };
    }

    default String before() {
        return switch (this) {
            case Time(var at) -> timestamp(at);
            case Message(var id) -> "msgid=" + id;
        };
    }

    static String timestamp(Instant at) {
        return "timestamp=" + wire(at);
    }

    /// As `server-time` has it: always with milliseconds.
    static String wire(Instant at) {
        var text = at.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    /// `10m`, `14:30`, `2026-11-21`, `2026-11-21T14:30`, one with a zone, or the id of a message,
    /// with or without `msgid=`. What has no zone is local.
    static Moment read(String name, String given, Clock clock) throws WrongUse {
        if (given.startsWith("msgid=") && given.length() > "msgid=".length()) {
            return new Message(given.substring("msgid=".length()));
        }
        var time = ago(name, given, clock).or(() -> local(given, clock)).or(() -> zoned(given));
        if (time.isPresent()) {
            return new Time(time.get());
        }
        // An id has no space, and what was meant to be a time has a colon.
        if (given.isEmpty() || given.contains(":") || !given.matches("[!-~]{4,100}")) {
            throw new WrongUse(
                    name
                            + " takes 10m (ago), 14:30, 2026-11-21, 2026-11-21T14:30, or the id of a"
                            + " message: "
                            + given);
        }
        return new Message(given);
    }

    private static Optional<Instant> ago(String name, String given, Clock clock) throws WrongUse {
        return given.matches("[0-9]{1,9}(ms|s|m|h|d)")
                ? Optional.of(clock.instant().minus(Values.duration(name, given)))
                : Optional.empty();
    }

    private static Optional<Instant> local(String given, Clock clock) {
        var zone = clock.getZone();
        try {
            if (given.matches("[0-9]{2}:[0-9]{2}(:[0-9]{2})?")) {
                var time = LocalTime.parse(given);
                return Optional.of(LocalDate.now(clock).atTime(time).atZone(zone).toInstant());
            }
            if (given.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return Optional.of(LocalDate.parse(given).atStartOfDay(zone).toInstant());
            }
            if (given.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+")) {
                return Optional.of(LocalDateTime.parse(given).atZone(zone).toInstant());
            }
        } catch (DateTimeException _) {
            // such as 25:00: told by who asks
        }
        return Optional.empty();
    }

    private static Optional<Instant> zoned(String given) {
        if (!given.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(given).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
