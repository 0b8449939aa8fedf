package chat.parley.daemon.store;

import java.time.Instant;

/// What the login guard counted of one thing, as it is written down; see `auth.LoginGuard`.
///
/// @param account folded; empty for what is not of one account
/// @param place a network or a device; empty for what is not of one place
/// @param strikes failures that are not forgotten, as of `failedAt`
/// @param inARow failures since the last right login
/// @param rightAt the last right login from there; the beginning of time if there was none
public record GuardRow(
        Kind kind,
        String account,
        String place,
        double strikes,
        int inARow,
        Instant failedAt,
        Instant rightAt) {

    public enum Kind {
        /// An account, and a place that it has logged in from.
        KNOWN,

        /// An account, and a network that failed at it.
        PAIR,

        /// A network that failed, at whatever account.
        NETWORK,

        /// An account, and all networks that failed at it for the first time.
        FIRST,

        /// An account, and all networks that failed at it before.
        AGAIN,

        /// An account, and everywhere that it never logged in from.
        STRANGERS
    }
}
