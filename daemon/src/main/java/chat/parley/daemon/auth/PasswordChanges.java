package chat.parley.daemon.auth;

import chat.parley.daemon.auth.PasswordRule.Beside;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.AccountStore;
import chat.parley.daemon.store.SecondFactors;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A new password that somebody chooses who has shown who they are. Any thread asks and waits; a
/// hashing thread does the work.
public final class PasswordChanges {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordChanges.class);

    /// What came of it.
    public sealed interface Change {

        /// @param account as it is now, without its hash
        record Done(Account account) implements Change {

            public Done {
                account = account.withoutHash();
            }
        }

        /// The rule is against it.
        ///
        /// @param objection as [PasswordRule#objection] says it
        record Weak(String objection) implements Change {}

        /// It is the password that the account has already.
        record Same() implements Change {}

        /// Too many log in at the moment, or it could not be kept: nothing has changed.
        record NotNow() implements Change {}

        /// The account was changed meanwhile.
        record Outdated() implements Change {}
    }

    private final AccountStore accounts;
    private final SecondFactors factors;
    private final Hasher hasher;
    private final HashingPool pool;
    private final PasswordRule rule;

    public PasswordChanges(
            AccountStore accounts,
            SecondFactors factors,
            Hasher hasher,
            HashingPool pool,
            PasswordRule rule) {
        this.accounts = accounts;
        this.factors = factors;
        this.hasher = hasher;
        this.pool = pool;
        this.rule = rule;
    }

    /// Waits until it holds. The password stays the caller's, who may wipe it when this returns.
    ///
    /// @param account as it was when its owner logged in
    public Change change(Account account, Secret wanted, Origin from) throws InterruptedException {
        var job = new Job(account, wanted.copy());
        pool.submit(from.network(), true, job);
        try {
            return job.answer.get();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /// One change on its way through the pool, with its own copy of the password.
    private final class Job implements HashingPool.Job {

        private final Account account;
        private final Secret wanted;
        private final CompletableFuture<Change> answer = new CompletableFuture<>();

        Job(Account account, Secret wanted) {
            this.account = account;
            this.wanted = wanted;
        }

        @Override
        public void run() {
            try (wanted) {
                answer.complete(changed());
            } catch (IOException problem) {
                LOG.atError().setCause(problem).log("a password cannot be changed");
                putOff();
            }
        }

        private Change changed() throws IOException {
            var beside = Beside.of(factors.of(account.name()).isPresent());
            var objection = rule.objection(account.name(), beside, wanted);
            if (objection.isPresent()) {
                return new Change.Weak(objection.get());
            }
            var now = accounts.find(account.name()).filter(a -> a.version() == account.version());
            if (now.isEmpty()) {
                return new Change.Outdated();
            }
            if (hasher.verify(now.get().hash(), wanted)) {
                return new Change.Same();
            }
            return accounts.changePassword(account, hasher.hash(wanted))
                    .<Change>map(Change.Done::new)
                    .orElseGet(Change.Outdated::new);
        }

        @Override
        public void putOff() {
            wanted.close();
            answer.complete(new Change.NotNow());
        }
    }
}
