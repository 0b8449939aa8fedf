package chat.parley.daemon.session;

/// What came of one PASSWD.
public sealed interface PasswordStep {

    /// The new password holds, and the account's other sessions end.
    record Changed() implements PasswordStep {}

    /// Nothing has changed.
    ///
    /// @param code of the FAIL
    /// @param text why, and what to do
    record Refused(String code, String text) implements PasswordStep {}

    /// Nothing has changed, and it was one wrong password too many.
    record TooMany() implements PasswordStep {}
}
