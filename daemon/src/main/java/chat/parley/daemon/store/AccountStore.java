package chat.parley.daemon.store;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who may log in. Names are compared without regard to case.
///
/// For platform threads: hashing threads and the admin's tool. Safe beside other programs that use
/// the same store; what it is told is durable on return. Every change but [#raise] gives the
/// account a new version, which is how a running daemon notices.
public interface AccountStore {

    /// Somebody who is to be let in from now on, with what belongs to them.
    ///
    /// @param oneTimeUntil until when the password opens the account, if it is for the first login
    /// @param certificates fingerprints of keys that open the account, see [Certificates]
    record Newcomer(
            String name,
            String hash,
            Role role,
            Status status,
            Optional<Instant> oneTimeUntil,
            List<String> certificates,
            Optional<SecondFactors.Kept> secondFactor) {

        public Newcomer {
            certificates = List.copyOf(certificates);
        }

        /// With a password, and nothing else yet.
        public Newcomer(String name, String hash, Role role, Optional<Instant> oneTimeUntil) {
            this(name, hash, role, Status.ENABLED, oneTimeUntil, List.of(), Optional.empty());
        }

        /// With a password that stays.
        public Newcomer(String name, String hash, Role role) {
            this(name, hash, role, Optional.empty());
        }

        /// Without the hash: this could reach a log.
        @Override
        public String toString() {
            return "Newcomer[" + name + " " + role + " " + status + "]";
        }
    }

    /// What came of a login with a password that is for the first login.
    enum FirstLogin {
        /// It may be changed now.
        BEGUN,

        /// Nobody came in time.
        EXPIRED,

        /// Somebody came, and did not change it.
        USED
    }

    Optional<Account> find(String name) throws IOException;

    /// The account of this name or, if there is none, some other; empty only if there are no
    /// accounts at all. It is the same other for the same name, as long as the accounts are the
    /// same, and takes as long to find. With it, a name that nobody has is made to cost what names
    /// here cost.
    Optional<Account> findOrOther(String name) throws IOException;

    /// By name.
    List<Account> list() throws IOException;

    /// Adds all or, if one of the names or of the certificates is taken, none.
    ///
    /// @return the names that were taken, or whose certificate was
    List<String> add(List<Newcomer> newcomers) throws IOException;

    /// A new password.
    ///
    /// @return false if there is no such account
    boolean replaceHash(String name, String hash) throws IOException;

    /// A new password that its owner has chosen, unless the account was changed since it was read.
    ///
    /// @return the account as it is now; empty if it was changed meanwhile
    Optional<Account> changePassword(Account account, String hash) throws IOException;

    /// A password for one login, in place of the one there was.
    ///
    /// @return false if there is no such account
    boolean invite(String name, String hash, Instant until) throws IOException;

    /// Somebody has shown the account's one-time password. From the first time on it opens the
    /// account for a while only, so that a line that breaks can be dialled again.
    FirstLogin begin(Account account) throws IOException;

    /// The same password under a stronger hash. No change as far as anybody else can tell; nothing
    /// happens if the password was changed in the meantime.
    void raise(Account account, String stronger) throws IOException;

    /// @return false if there is no such account
    boolean setStatus(String name, Status status) throws IOException;

    /// @return false if there is no such account
    boolean setRole(String name, Role role) throws IOException;

    /// Ends what the account has open; it may log in again at once.
    ///
    /// @return false if there is no such account
    boolean kick(String name) throws IOException;

    /// Forgets the account, and the channels it was in, what it was in them, its devices and its
    /// markers. What it said stays; who gets its name next is somebody else ([Account#createdAt]).
    ///
    /// @return false if there is no such account
    boolean delete(String name) throws IOException;

    /// When an account that is there no more was deleted; empty if there never was one of the name,
    /// or there is one.
    Optional<Instant> deletedAt(String name) throws IOException;

    /// Notes that what an account said was erased; there need not be such an account any more.
    void noteErased(String name) throws IOException;
}
