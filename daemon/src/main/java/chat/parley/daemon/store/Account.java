package chat.parley.daemon.store;

import java.time.Instant;

/// Somebody who may log in.
///
/// @param name `[A-Za-z][A-Za-z0-9_-]{0,31}` as it was given; two names that differ only in case
///   are one account
/// @param hash the password as an Argon2id PHC string
/// @param version grows with every change that must end the account's sessions or be noticed by
///   them
public record Account(
        String name, String hash, Role role, Status status, Instant createdAt, long version) {

    public enum Role {
        MEMBER,
        OPERATOR,
        BOT
    }

    public enum Status {
        ENABLED,
        DISABLED
    }

    public boolean isEnabled() {
        return status == Status.ENABLED;
    }

    /// Without the hash: this reaches logs.
    @Override
    public String toString() {
        return "Account[" + name + " " + role + " " + status + "]";
    }
}
