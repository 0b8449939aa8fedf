package chat.parley.daemon.auth;

import chat.parley.daemon.store.Account;
import java.time.Duration;

/// What came of an attempt to log in. A peer is told which of the four it is, and no more.
public sealed interface Outcome {

    /// It is who they say.
    ///
    /// @param account without its hash
    /// @param lacksSecondFactor whether its role must have one, and it has none
    record LoggedIn(Account account, boolean lacksSecondFactor) implements Outcome {

        public LoggedIn {
            account = account.withoutHash();
        }

        LoggedIn(Account account) {
            this(account, false);
        }
    }

    /// It is not: unknown account, wrong password, disabled account, a name no account can have.
    record Refused() implements Outcome {}

    /// The password was not looked at: too many attempts, or too many people log in. Later, again.
    ///
    /// @param again in which time it is worth trying
    record Busy(Duration again) implements Outcome {}

    /// The password was not looked at, and time alone does not help: too many failures in a row.
    /// Told of names that nobody has too.
    record Closed() implements Outcome {}
}
