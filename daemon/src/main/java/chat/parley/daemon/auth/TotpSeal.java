package chat.parley.daemon.auth;

import java.util.Optional;

/// How a [TotpKey] stands in the database: in plain, as the daemon must be able to read it, and
/// marked as such.
///
/// Immutable, any thread.
public final class TotpSeal {

    private static final String PLAIN = "plain:";

    /// As it is stored.
    ///
    /// @param account whose it is
    String seal(String account, TotpKey key) {
        return PLAIN + key.base32();
    }

    /// Whether a key that comes from elsewhere can be read here.
    public boolean isReadable(String account, String stored) {
        try (var key = open(account, stored).orElseGet(TotpKey::standIn)) {
            return stored.equals(seal(account, key)) && key.isWhole();
        } catch (IllegalArgumentException _) { // not base32
            return false;
        }
    }

    /// Empty if it cannot be read.
    Optional<TotpKey> open(String account, String stored) {
        return stored.startsWith(PLAIN)
                ? Optional.of(TotpKey.of(stored.substring(PLAIN.length())))
                : Optional.empty();
    }
}
