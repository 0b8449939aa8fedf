package chat.parley.daemon.auth;

import chat.parley.protocol.Secret;
import java.util.List;
import java.util.Optional;

/// What a new password must be. Passwords that are already stored are not asked again.
///
/// Length is what counts against guessing; rules about kinds of characters do more harm than good
/// (NIST SP 800-63B-4, 3.1.1.2), so there are none. 12 characters are less than the 15 recommended
/// there for a password alone, a bargain: over the wire [LoginGuard] bounds guessing to some
/// thousands a day for an account, and whoever steals the hashes pays Argon2id for each try.
/// Generated ones have 20, at random.
public final class PasswordRule {

    public static final int SHORTEST = 12;

    private final List<String> badWords;

    /// @param badWords what everybody would try first: the network's name, the daemon's
    public PasswordRule(List<String> badWords) {
        this.badWords = List.copyOf(badWords);
    }

    /// Why this is no password for this account, as a sentence without a full stop; empty if it is
    /// one.
    public Optional<String> objection(String account, Secret password) {
        if (password.length() < SHORTEST) {
            return Optional.of("a password has at least " + SHORTEST + " characters");
        }
        if (password.isOneCharacterRepeated()) {
            return Optional.of("one character over and over is no password");
        }
        if (password.isWord(account)) {
            return Optional.of("the account's own name is no password");
        }
        return badWords.stream().anyMatch(password::isWord)
                ? Optional.of("the network's own name is no password")
                : Optional.empty();
    }
}
