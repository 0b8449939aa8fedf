package chat.parley.daemon.auth;

import chat.parley.daemon.store.Account;

/// What came of an attempt to log in. A peer is told which of the three it is, and no more.
public sealed interface Outcome {

    /// It is who they say.
    record LoggedIn(Account account) implements Outcome {}

    /// It is not: unknown account, wrong password, disabled account, a name no account can have.
    record Refused() implements Outcome {}

    /// The password was not looked at: too many attempts, or too many people log in. Later, again.
    record Busy() implements Outcome {}
}
