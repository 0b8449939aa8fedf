package chat.parley.client;

import chat.parley.client.arguments.WrongUse;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// The text of an argument to what it means.
final class Values {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|)");

    /// Nobody waits longer, and what counts nanoseconds in a long ends at 292 years.
    private static final Duration LONGEST = Duration.ofDays(3653);

    private Values() {}

    static String text(String name, String given) throws WrongUse {
        if (given.isEmpty()) {
            throw new WrongUse(name + " needs a value; see --help");
        }
        return given;
    }

    static Path path(String name, String given) throws WrongUse {
        try {
            return Path.of(text(name, given));
        } catch (InvalidPathException e) {
            throw new WrongUse(name + " takes a file: " + e.getReason());
        }
    }

    static long number(String name, String given) throws WrongUse {
        try {
            var number = Long.parseLong(given);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new WrongUse(name + " takes a number from 1: " + given);
    }

    static Duration duration(String name, String given) throws WrongUse {
        var parts = DURATION.matcher(given);
        if (!parts.matches()) {
            throw new WrongUse(name + " takes a time such as 30s, 5m or 1h: " + given);
        }
        var number = Long.parseLong(parts.group(1));
        var duration =
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                };
        if (duration.compareTo(LONGEST) > 0) {
            throw new WrongUse(name + " takes a time of ten years at most: " + given);
        }
        return duration;
    }

    /// A nick, a channel, an account: what stands as one parameter of a message.
    static String name(String what, String given) throws WrongUse {
        if (given.isEmpty()
                || given.startsWith(":")
                || given.chars().anyMatch(c -> c == ' ' || c == ',' || Character.isISOControl(c))) {
            throw new WrongUse(what + " is one name, without spaces: " + given);
        }
        return given;
    }
}
