package chat.parley.daemon.session;

import java.time.Duration;

/// How somebody is told whose password was not looked at. The same whether there is such an account
/// or not.
final class PutOff {

    /// Time alone does not help.
    static final String CLOSED =
            "After too many failures this account takes no password from here: log in from where you"
                    + " have before, or ask an admin";

    private PutOff() {}

    /// For programs: whole seconds, at least one.
    static String seconds(Duration again) {
        return Long.toString(Math.max(1, again.plusNanos(999_999_999).toSeconds()));
    }

    /// For people.
    static String text(Duration again) {
        var seconds = Long.parseLong(seconds(again));
        var when =
                seconds < 120
                        ? seconds + (seconds == 1 ? " second" : " seconds")
                        : seconds < 7_200
                                ? (seconds + 59) / 60 + " minutes"
                                : (seconds + 3_599) / 3_600 + " hours";
        return "Too many logins, or failures of some, at the moment: try again in " + when;
    }
}
