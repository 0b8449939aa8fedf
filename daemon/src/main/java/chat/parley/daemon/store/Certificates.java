package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which keys of client certificates open which account. A key opens one account at most.
///
/// For platform threads, as [AccountStore]; what it is told is durable on return, and a running
/// daemon notices. Fingerprints are [chat.parley.daemon.tls.ClientCertificate#fingerprint].
public interface Certificates {

    record Bound(String fingerprint, Instant at) {}

    /// What came of binding.
    enum Binding {
        DONE,

        /// It was already.
        SAME,

        /// The key opens another account.
        TAKEN,

        NO_SUCH_ACCOUNT
    }

    /// Whose key it is.
    Optional<Account> owner(String fingerprint) throws IOException;

    /// The keys of an account, the oldest first.
    List<Bound> of(String account) throws IOException;

    Binding bind(String account, String fingerprint) throws IOException;

    /// Sessions that logged in with it end.
    ///
    /// @return false if it was not this account's
    boolean unbind(String account, String fingerprint) throws IOException;
}
