package chat.parley.daemon.auth;

import chat.parley.daemon.store.Account;
import java.util.Optional;

/// That somebody is who they say, and by what. As long as it counts, so does what was done on its
/// ground.
///
/// @param certificate the fingerprint of the key that showed it; empty if it was a password
/// @param lacksSecondFactor whether there should be one more
public record Proof(Account account, Optional<String> certificate, boolean lacksSecondFactor) {

    public static Proof byPassword(Account account) {
        return new Proof(account, Optional.empty(), false);
    }

    /// The same of an account that was changed by who is here.
    public Proof of(Account changed) {
        return new Proof(changed, certificate, lacksSecondFactor);
    }
}
