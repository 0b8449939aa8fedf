package chat.parley.daemon.store;

/// What can happen to an account, as the database remembers it.
enum AccountChange {
    ADDED(false),
    KICKED(true),
    PASSWORD(true),
    ENABLED(false),
    DISABLED(true),
    ROLE(true),
    DELETED(true),
    ERASED(false);

    private final boolean endsSessions;

    AccountChange(boolean endsSessions) {
        this.endsSessions = endsSessions;
    }

    /// Whether a session that logged in before must not go on. A change of role is such a change: a
    /// session acts by the rights it logged in with.
    boolean endsSessions() {
        return endsSessions;
    }
}
