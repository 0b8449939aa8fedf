package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Somebody who may log in.
///
/// @param name `[A-Za-z][A-Za-z0-9_-]{0,31}` as it was given; two names that differ only in case
///   are one account
/// @param hash the password as an Argon2id PHC string, or that after `pepper$`, the name of a
///   pepper; empty where [#withoutHash] took it away
/// @param oneTimeUntil when the password is for the first login only, and must be changed then:
///   until when it opens anything
/// @param version grows with every change that must end the account's sessions or be noticed by
///   them
public record Account(
        String name,
        String hash,
        Role role,
        Status status,
        Instant createdAt,
        Optional<Instant> oneTimeUntil,
        long version) {

    public enum Role {
        MEMBER,
        OPERATOR,

        /// What an operator may, and to see and end everybody's sessions.
        ADMIN,
        BOT
    }

    public enum Status {
        ENABLED,
        DISABLED
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

    public Account {
        if (!mayBeNamed(name)) {
            throw new IllegalArgumentException("not the name of an account");
        }
    }

    /// The same for who has shown to be its owner: no session needs to keep the hash, and what is
    /// not there cannot be read out of its memory.
    public Account withoutHash() {
        return new Account(name, "", role, status, createdAt, oneTimeUntil, version);
    }

    /// Whether an account can have this name.
    public static boolean mayBeNamed(String name) {
        return NAME.matcher(name).matches();
    }

    /// The name as it is compared.
    public String folded() {
        return CaseMapping.fold(name);
    }

    /// Whether the password must be changed before anything else is done.
    public boolean mustChangePassword() {
        return oneTimeUntil.isPresent();
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
