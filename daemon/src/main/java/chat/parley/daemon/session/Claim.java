package chat.parley.daemon.session;

/// What came of a session's wish to act as an operator of the server (OPER).
public enum Claim {
    /// Its account has the role, or it knows the password of one that has.
    GRANTED,

    /// It is who it says, but no operator.
    REFUSED,

    /// Unknown account or wrong password.
    WRONG,

    /// The password was not looked at.
    LATER
}
