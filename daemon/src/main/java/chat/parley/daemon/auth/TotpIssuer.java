package chat.parley.daemon.auth;

import chat.parley.daemon.store.SecondFactors;
import chat.parley.daemon.store.SecondFactors.By;
import chat.parley.daemon.store.SecondFactors.Kept;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives accounts a second factor, and takes it away. That somebody may ask for it, others have
/// found out. For platform threads.
public final class TotpIssuer {

    private final SecondFactors store;
    private final TotpSeal seal;
    private final By by;
    private final SecureRandom random = new SecureRandom();

    /// @param by on whose behalf
    public TotpIssuer(SecondFactors store, TotpSeal seal, By by) {
        this.store = store;
        this.seal = seal;
        this.by = by;
    }

    /// A key that nobody has yet. Whoever gets it closes it.
    public TotpKey newKey() {
        return TotpKey.make(random);
    }

    /// Empty if it is not on.
    public Optional<Kept> of(String account) throws IOException {
        return store.of(account);
    }

    /// All accounts that have it on, folded.
    public Set<String> all() throws IOException {
        return store.all();
    }

    /// Turns it on with this key.
    ///
    /// @return the recovery codes; empty if there is no such account
    public Optional<List<String>> turnOn(String account, TotpKey key) throws IOException {
        return turnOn(account, key, -1);
    }

    /// @param lastStep whose code was shown already
    Optional<List<String>> turnOn(String account, TotpKey key, long lastStep) throws IOException {
        var codes = RecoveryCode.make(random);
        var hashes = RecoveryCode.hashes(key, codes);
        return store.turnOn(account, seal.seal(account, key), lastStep, hashes, by)
                ? Optional.of(codes)
                : Optional.empty();
    }

    /// @return false if it was not on
    public boolean turnOff(String account) throws IOException {
        return store.turnOff(account, by);
    }

    /// New recovery codes in place of those that are left; empty if it is not on, or the key cannot
    /// be read.
    public Optional<List<String>> replaceCodes(String account) throws IOException {
        var stored = store.of(account).map(Kept::key);
        var opened = stored.flatMap(text -> seal.open(account, text));
        if (stored.isEmpty() || opened.isEmpty()) {
            return Optional.empty();
        }
        try (var key = opened.get()) {
            var codes = RecoveryCode.make(random);
            var hashes = RecoveryCode.hashes(key, codes);
            return store.replaceCodes(account, stored.get(), hashes, by)
                    ? Optional.of(codes)
                    : Optional.empty();
        }
    }
}
