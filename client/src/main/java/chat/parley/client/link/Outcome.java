package chat.parley.client.link;

import java.time.Duration;

/// How an attempt to get to the daemon and log in ended. What is said of a failure names the next
/// step.
public sealed interface Outcome {

    record LoggedIn(Session session) implements Outcome {}

    /// The password is for one login: nothing is open until there is another.
    record MustChange(Session session) implements Outcome {}

    /// The account's role needs a second factor: nothing is open until there is one.
    record MustEnrol(Session session) implements Outcome {}

    /// The daemon is the right one and said no.
    ///
    /// @param credentials whether it was about who one is, and another password may do
    record Refused(String reason, boolean credentials) implements Outcome {}

    /// The daemon is the right one and did not look: too many log in, or failed to.
    record NotNow(Duration again) implements Outcome {}

    /// May be different the next time.
    record CannotConnect(String reason) implements Outcome {}

    record NotTrusted(Verdict verdict) implements Outcome {}

    /// Whether there is a session now.
    default boolean isOpen() {
        return this instanceof LoggedIn || this instanceof MustChange || this instanceof MustEnrol;
    }
}
