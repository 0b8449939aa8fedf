package chat.parley.daemon.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// `timestamp=YYYY-MM-DDThh:mm:ss.sssZ`, as clients name a moment (IRCv3 chathistory, read-marker).
final class Timestamp {

    static final String FORM = "timestamp=YYYY-MM-DDThh:mm:ss.sssZ";

    private static final String KEY = "timestamp=";

    /// Years have four digits: what Instant takes beyond is no number of milliseconds.
    private static final String FOUR_DIGITS = "\\d{4}-.*";

    private Timestamp() {}

    static Optional<Instant> of(String given) {
        var time = given.startsWith(KEY) ? given.substring(KEY.length()) : "";
        try {
            return time.matches(FOUR_DIGITS) ? Optional.of(Instant.parse(time)) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
