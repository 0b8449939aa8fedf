package chat.parley.daemon.auth;

import chat.parley.daemon.store.SecondFactors;
import chat.parley.daemon.store.SecondFactors.By;
import chat.parley.protocol.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the owner of an account does with its second factor. That it is the owner, whoever asks has
/// found out by the password, and by a code where there is one already.
///
/// Any thread asks and waits; one platform thread, `second-factor`, works, as sessions never touch
/// the database.
public final class OwnTotp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTotp.class);

    private final TotpIssuer issuer;
    private final Clock clock;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("second-factor").factory());

    /// The database cannot be read or written; it is in the log.
    public static final class Unavailable extends Exception {

        private static final long serialVersionUID = 1;

        private Unavailable(Throwable cause) {
            super("second factors cannot be read or written", cause);
        }
    }

    public OwnTotp(SecondFactors store, TotpSeal seal, Clock clock) {
        this.issuer = new TotpIssuer(store, seal, By.OWNER);
        this.clock = clock;
    }

    /// A key that holds once it is confirmed. Whoever gets it closes it.
    public TotpKey propose() {
        return issuer.newKey();
    }

    /// How many recovery codes are left; empty if it is not on.
    public Optional<Integer> codesLeft(String account) throws InterruptedException, Unavailable {
        return asked(() -> issuer.of(account).map(kept -> kept.codes().size()));
    }

    /// Turns it on with the key that was proposed, if this is a code of it. The code is used up.
    ///
    /// @return the recovery codes; empty if the code is wrong
    public Optional<List<String>> confirm(String account, TotpKey key, Secret code)
            throws InterruptedException, Unavailable {
        var step = Totp.match(key.bytes(), code, Totp.step(clock));
        return step.isPresent()
                ? asked(() -> issuer.turnOn(account, key, step.getAsLong()))
                : Optional.empty();
    }

    /// @return false if it was not on
    public boolean turnOff(String account) throws InterruptedException, Unavailable {
        return asked(() -> issuer.turnOff(account));
    }

    /// New recovery codes in place of those that are left; empty if it is not on.
    public Optional<List<String>> replaceCodes(String account)
            throws InterruptedException, Unavailable {
        return asked(() -> issuer.replaceCodes(account));
    }

    private <T> T asked(Callable<T> work) throws InterruptedException, Unavailable {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException problem) {
            LOG.atError().setCause(problem.getCause()).log("second factors not reached");
            throw new Unavailable(problem);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
