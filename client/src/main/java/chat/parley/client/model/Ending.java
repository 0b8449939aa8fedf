package chat.parley.client.model;

/// Why a conversation is over for good. Each kind has its exit code.
///
/// @param text what a person is told; may hold words of the daemon, so it is made harmless before
///   it is shown
public record Ending(Kind kind, String text) {

    public enum Kind {
        /// The person asked for it.
        DONE,
        /// The daemon said no: login, or what was asked for.
        REFUSED,
        /// Nobody there, or nobody who speaks TLS.
        CANNOT_CONNECT,
        /// Somebody is there who could not show to be the right one.
        NOT_TRUSTED
    }
}
