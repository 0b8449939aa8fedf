package chat.parley.daemon.auth;

import chat.parley.daemon.limit.Network;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.AccountStore;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Is this who they say? One path for every mechanism, and one price for every answer.
///
/// Whatever is wrong (no such account, another password, a disabled account, a name that cannot
/// be), one row is looked up, one hash is made at the price of the hashes stored here, and the
/// answer is [Outcome.Refused]. Any thread asks; a hashing thread does the work while the asker
/// waits.
public final class Authenticator {

    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);

    private final AccountStore accounts;
    private final Hasher hasher;
    private final HashingPool pool;
    private final LoginGuard guard;
    private final AuditLog audit;
    private final LongSupplier nanoTime;

    /// @param nanoTime the time as [System#nanoTime] gives it
    public Authenticator(
            AccountStore accounts,
            Hasher hasher,
            HashingPool pool,
            LoginGuard guard,
            AuditLog audit,
            LongSupplier nanoTime) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.pool = pool;
        this.guard = guard;
        this.audit = audit;
        this.nanoTime = nanoTime;
    }

    /// Waits for the answer. The password stays the caller's, who may wipe it as soon as this
    /// returns or throws; an attempt whose caller was interrupted is finished on a copy, and
    /// counts.
    public Outcome authenticate(String account, Secret password, InetAddress from)
            throws InterruptedException {
        var network = Network.of(from);
        var ticket = guard.admit(CaseMapping.fold(account), network, nanoTime.getAsLong());
        if (ticket.isEmpty()) {
            audit.loginPutOff(account, from, "attempts");
            return new Outcome.Busy();
        }
        var attempt = new Attempt(account, from, password.copy(), ticket.get());
        pool.submit(network, ticket.get().isKnown(), attempt);
        try {
            return attempt.answer.get();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /// One attempt on its way through the pool, with its own copy of the password.
    private final class Attempt implements HashingPool.Job {

        private final String name;
        private final InetAddress from;
        private final Secret password;
        private final LoginGuard.Ticket ticket;
        private final CompletableFuture<Outcome> answer = new CompletableFuture<>();

        Attempt(String name, InetAddress from, Secret password, LoginGuard.Ticket ticket) {
            this.name = name;
            this.from = from;
            this.password = password;
            this.ticket = ticket;
        }

        @Override
        public void run() {
            try (password) {
                judge();
            } catch (IOException problem) {
                log.atError().setCause(problem).log("accounts cannot be read");
                putOff();
            }
        }

        private void judge() throws IOException {
            var nearest = accounts.findOrOther(name);
            var account = nearest.filter(a -> a.folded().equals(CaseMapping.fold(name)));
            if (!hasher.verify(toVerify(nearest, account), password) || account.isEmpty()) {
                refuse(account.isEmpty() ? "no such account" : "wrong password");
            } else if (!account.get().isEnabled()) {
                refuse("disabled");
            } else {
                accept(account.get());
            }
        }

        /// For a name that nobody has, something at the price of a hash that somebody has: accounts
        /// from before `auth.argon2` was raised must not be told from others by their speed.
        private String toVerify(Optional<Account> nearest, Optional<Account> account) {
            return account.map(Account::hash)
                    .or(() -> nearest.map(other -> hasher.standInFor(other.hash())))
                    .orElseGet(hasher::standIn);
        }

        private void refuse(String why) {
            guard.failed(ticket, nanoTime.getAsLong());
            audit.loginRefused(name, from, why);
            answer.complete(new Outcome.Refused());
        }

        private void accept(Account account) throws IOException {
            // A hash takes long enough for an admin to change their mind.
            var now = accounts.find(name).filter(a -> a.version() == account.version());
            if (now.isEmpty()) {
                refuse("changed meanwhile");
                return;
            }
            guard.succeeded(ticket, nanoTime.getAsLong());
            audit.loginAccepted(account.name(), from, "password");
            answer.complete(new Outcome.LoggedIn(account));
            if (hasher.isWeaker(account.hash())) { // nobody waits for this
                accounts.raise(account, hasher.hash(password));
                log.atInfo().addKeyValue("account", account.name()).log("hash raised");
            }
        }

        @Override
        public void putOff() {
            password.close();
            if (answer.complete(new Outcome.Busy())) {
                guard.notTried(ticket, nanoTime.getAsLong());
                audit.loginPutOff(name, from, "hashing");
            }
        }
    }
}
