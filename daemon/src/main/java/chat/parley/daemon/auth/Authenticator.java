package chat.parley.daemon.auth;

import chat.parley.daemon.auth.LoginGuard.Ticket;
import chat.parley.daemon.auth.LoginGuard.Verdict;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.AccountStore;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Is this who they say? One path for every mechanism, and one price for every answer.
///
/// Whatever is wrong (no such account, another password, a code that is wrong or was used before, a
/// disabled account, a name that cannot be), one row is looked up, one hash is made at the price of
/// the hashes stored here, and the answer is [Outcome.Refused]. Any thread asks; a hashing thread
/// does the work while the asker waits.
public final class Authenticator {

    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);

    /// What who found no place is told to wait.
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final AccountStore accounts;
    private final SecondFactor second;
    private final Hasher hasher;
    private final HashingPool pool;
    private final LoginGuard guard;
    private final AuditLog audit;
    private final LongSupplier nanoTime;
    private final long traceKey = new SecureRandom().nextLong();

    /// @param nanoTime the time as [System#nanoTime] gives it
    public Authenticator(
            AccountStore accounts,
            SecondFactor second,
            Hasher hasher,
            HashingPool pool,
            LoginGuard guard,
            AuditLog audit,
            LongSupplier nanoTime) {
        this.accounts = accounts;
        this.second = second;
        this.hasher = hasher;
        this.pool = pool;
        this.guard = guard;
        this.audit = audit;
        this.nanoTime = nanoTime;
    }

    /// Waits for the answer. The password stays the caller's, who may wipe it as soon as this
    /// returns or throws; an attempt whose caller was interrupted is finished on a copy, and
    /// counts.
    public Outcome authenticate(String account, Secret password, Origin from)
            throws InterruptedException {
        return switch (guard.admit(CaseMapping.fold(account), from, nanoTime.getAsLong())) {
            case Verdict.May(var ticket) -> {
                var attempt = new Attempt(account, from, password.copy(), ticket);
                pool.submit(from.network(), ticket.isKnown(), attempt);
                try {
                    yield attempt.answer.get();
                } catch (ExecutionException bug) {
                    throw new IllegalStateException(bug);
                }
            }
            case Verdict.Later(var again) -> later(account, from, again);
            case Verdict.Closed _ -> closed(account, from);
        };
    }

    private Outcome later(String account, Origin from, Duration again) {
        audit.loginPutOff(account, from.address(), "attempts");
        return new Outcome.Busy(again);
    }

    private Outcome closed(String account, Origin from) {
        audit.loginPutOff(account, from.address(), "too many failures in a row");
        return new Outcome.Closed();
    }

    /// One attempt on its way through the pool, with its own copy of the password.
    private final class Attempt implements HashingPool.Job {

        private final String name;
        private final Origin from;
        private final Secret password;
        private final Ticket admitted;
        private Optional<Ticket> begun = Optional.empty(); // the hashing thread's
        private final CompletableFuture<Outcome> answer = new CompletableFuture<>();

        Attempt(String name, Origin from, Secret password, Ticket admitted) {
            this.name = name;
            this.from = from;
            this.password = password;
            this.admitted = admitted;
        }

        @Override
        public void run() {
            try (password) {
                switch (guard.begin(admitted, nanoTime.getAsLong())) {
                    case Verdict.May(var ticket) -> {
                        begun = Optional.of(ticket);
                        try (var shown = second.look(name, password)) {
                            judge(shown);
                        }
                    }
                    case Verdict.Later(var again) -> answer.complete(later(name, from, again));
                    case Verdict.Closed _ -> answer.complete(closed(name, from));
                }
            } catch (IOException problem) {
                log.atError().setCause(problem).log("accounts cannot be read");
                putOff();
            }
        }

        private void judge(SecondFactor.Shown shown) throws IOException {
            var nearest = accounts.findOrOther(name);
            var account = nearest.filter(a -> a.folded().equals(CaseMapping.fold(name)));
            var isRight = hasher.verify(toVerify(nearest, account), shown.password());
            if (!isRight || account.isEmpty()) {
                refuse(
                        account.isPresent(),
                        account.isEmpty() ? "no such account" : "wrong password");
            } else if (!account.get().isEnabled()) {
                refuse(true, "disabled");
            } else if (shown.objection().isPresent()) {
                refuse(
                        true,
                        shown.objection().get(),
                        shown.hasCode() ? OptionalInt.empty() : trace());
            } else {
                accept(account.get(), shown);
            }
        }

        /// For a name that nobody has, something at the price of a hash that somebody has: accounts
        /// from before `auth.argon2` was raised must not be told from others by their speed.
        private String toVerify(Optional<Account> nearest, Optional<Account> account) {
            return account.map(Account::hash)
                    .or(() -> nearest.map(other -> hasher.standInFor(other.hash())))
                    .orElseGet(hasher::standIn);
        }

        private void refuse(boolean exists, String why) {
            refuse(exists, why, trace());
        }

        private OptionalInt trace() {
            return OptionalInt.of(password.trace(traceKey));
        }

        /// @param trace empty if the same would be another guess: codes change, and what was wrong
        ///   a minute ago may be right
        private void refuse(boolean exists, String why, OptionalInt trace) {
            over().ifPresent(ticket -> guard.failed(ticket, exists, trace, nanoTime.getAsLong()));
            audit.loginRefused(name, from.address(), why);
            answer.complete(new Outcome.Refused());
        }

        /// What has begun comes back once, whatever happens.
        private Optional<Ticket> over() {
            var ticket = begun;
            begun = Optional.empty();
            return ticket;
        }

        private void accept(Account account, SecondFactor.Shown shown) throws IOException {
            // A hash takes long enough for an admin to change their mind, or for somebody else to
            // come with the same code.
            var now = accounts.find(name).filter(a -> a.version() == account.version());
            if (now.isEmpty() || !shown.take(account)) {
                refuse(true, "changed meanwhile", OptionalInt.empty());
                return;
            }
            if (account.mustChangePassword()) {
                switch (accounts.begin(account)) {
                    case EXPIRED -> {
                        refuse(true, "one-time password expired");
                        return;
                    }
                    case USED -> {
                        refuse(true, "one-time password used");
                        return;
                    }
                    case BEGUN -> {}
                }
            }
            over().ifPresent(ticket -> guard.succeeded(ticket, nanoTime.getAsLong()));
            audit.loginAccepted(
                    account.name(),
                    from.address(),
                    account.mustChangePassword() ? "one-time password" : shown.means());
            answer.complete(new Outcome.LoggedIn(account, shown.isLackedBy(account)));
            if (hasher.isWeaker(account.hash())) { // nobody waits for this
                accounts.raise(account, hasher.hash(shown.password()));
                log.atInfo().addKeyValue("account", account.name()).log("hash raised");
            }
        }

        @Override
        public void putOff() {
            password.close();
            over().ifPresent(guard::notTried);
            if (answer.complete(new Outcome.Busy(A_MOMENT))) {
                audit.loginPutOff(name, from.address(), "hashing");
            }
        }
    }
}
