package chat.parley.daemon.auth;

import chat.parley.daemon.store.AccountStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a nick is the name of an account, for networks where nicks are free.
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

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
