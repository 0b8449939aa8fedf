package chat.parley.client.link;

/// How an attempt to get to the daemon and log in ended.
public sealed interface Outcome {

    record LoggedIn(Session session) implements Outcome {}

    /// The password is for one login: nothing is open until there is another.
    record MustChange(Session session) implements Outcome {}

    /// The daemon is the right one and said no.
    record Refused(String reason) implements Outcome {}

    /// May be different the next time.
    record CannotConnect(String reason) implements Outcome {}

    record NotTrusted(Verdict verdict) implements Outcome {}
}
