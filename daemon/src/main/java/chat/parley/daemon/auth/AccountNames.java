package chat.parley.daemon.auth;

import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.AccountStore;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose name a nick is: whether it is an account's, for networks where nicks are free; and whether
/// there is somebody of that name who is not here, to leave a message for.
///
/// Any thread asks; one platform thread, `names`, looks, as sessions never touch the database.
public final class AccountNames implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountNames.class);

    private final AccountStore accounts;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("names").factory());

    public AccountNames(AccountStore accounts) {
        this.accounts = accounts;
    }

    /// Waits for the answer. A database that cannot be read protects every name.
    public boolean contain(String nick) throws InterruptedException {
        try {
            return thread.submit(() -> accounts.find(nick).isPresent()).get();
        } catch (ExecutionException problem) {
            LOG.atError().setCause(problem.getCause()).log("accounts cannot be read");
            return true;
        }
    }

    /// The account of this name, if it may log in. Waits for the answer.
    public Optional<Account> enabled(String name) throws IOException, InterruptedException {
        if (!Account.mayBeNamed(name)) {
            return Optional.empty();
        }
        try {
            return thread.submit(() -> accounts.find(name)).get().filter(Account::isEnabled);
        } catch (ExecutionException problem) {
            LOG.atError().setCause(problem.getCause()).log("accounts cannot be read");
            throw new IOException("accounts cannot be read", problem.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
