package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What accounts with a second factor keep: the key they share with an authenticator app, and
/// hashes of recovery codes.
///
/// For platform threads, as [AccountStore]; what it is told is durable on return, and a running
/// daemon notices.
public interface SecondFactors {

    /// @param key as it is stored; only `auth` knows what it stands for
    /// @param lastStep the newest step whose code was taken; no code of it or before it is any more
    /// @param codes hashes of the recovery codes that are left
    record Kept(String key, long lastStep, Set<String> codes, Instant since) {

        public Kept {
            codes = Set.copyOf(codes);
        }

        /// Without the key: this could reach a log.
        @Override
        public String toString() {
            return "Kept[" + codes.size() + " codes since " + since + "]";
        }
    }

    /// Who changes it. An admin's change ends the account's sessions, as a new password does; its
    /// owner's does not.
    enum By {
        OWNER,
        ADMIN
    }

    /// Empty for an account that has none, and for a name that is no account's.
    Optional<Kept> of(String account) throws IOException;

    /// All accounts that have one, folded.
    Set<String> all() throws IOException;

    /// Turns it on, or gives another key and other codes.
    ///
    /// @param lastStep whose code was shown already; -1 for none
    /// @return false if there is no such account
    boolean turnOn(String account, String key, long lastStep, List<String> codes, By by)
            throws IOException;

    /// @return false if it was not on
    boolean turnOff(String account, By by) throws IOException;

    /// New recovery codes in place of all that were left.
    ///
    /// @param key for which they were made; nothing happens if it is another by now
    /// @return false if nothing happened
    boolean replaceCodes(String account, String key, List<String> codes, By by) throws IOException;

    /// Takes the code of a step: it, and what was before it, is good for nobody after that.
    ///
    /// @param account as it was read; nothing is taken if it has changed since
    /// @return whether it was still good: of two at the same time, one is told so
    boolean takeStep(Account account, long step) throws IOException;

    /// The same with a recovery code.
    boolean takeCode(Account account, String hash) throws IOException;
}
