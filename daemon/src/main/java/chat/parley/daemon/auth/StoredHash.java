package chat.parley.daemon.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/// A hash as it stands in the database: a PHC string and, where the password was keyed before it
/// was hashed, before that the [Pepper] it was keyed with: `pepper$1a2b3c4d$argon2id$…`.
///
/// @param pepper the name of the pepper
/// @param phc the rest; whether it can be read is for [Phc] to say
record StoredHash(Optional<String> pepper, String phc) {

    private static final Pattern PEPPERED =
            Pattern.compile("pepper\\$([0-9a-f]{8})(\\$.*)", Pattern.DOTALL);

    static StoredHash of(String stored) {
        var found = PEPPERED.matcher(stored);
        return found.matches()
                ? new StoredHash(Optional.of(found.group(1)), found.group(2))
                : new StoredHash(Optional.empty(), stored);
    }

    /// As it is stored.
    String text() {
        return pepper.map(name -> "pepper$" + name).orElse("") + phc;
    }

    /// Without the hash: this could reach a log.
    @Override
    public String toString() {
        return "StoredHash[hidden]";
    }
}
