package chat.parley.daemon.auth;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Certificates;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.protocol.CaseMapping;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Is this who they say, by the certificate that TLS has proved to be theirs (SASL EXTERNAL)?
///
/// Whatever is wrong (none shown, none bound, another account's, signed by nobody who counts,
/// expired, a disabled account), the answer is [Outcome.Refused], and it is held against the
/// network, not the account: keys cannot be guessed. The right key is never kept waiting by what
/// others failed at, so it is looked up first.
///
/// Any thread asks and waits; one platform thread, `certificates`, looks, as sessions never touch
/// the database.
public final class CertificateLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateLogins.class);

    /// What who could not be looked up is told to wait.
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Certificates certificates;
    private final LoginGuard guard;
    private final AuditLog audit;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("certificates").factory());

    /// @param nanoTime the time as [System#nanoTime] gives it
    public CertificateLogins(
            Certificates certificates,
            LoginGuard guard,
            AuditLog audit,
            Clock clock,
            LongSupplier nanoTime) {
        this.certificates = certificates;
        this.guard = guard;
        this.audit = audit;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// @param as the account to be; empty for the one that the certificate is bound to
    public Outcome authenticate(String as, Optional<ClientCertificate> shown, InetAddress address)
            throws InterruptedException {
        var from = new Origin(address, shown.map(ClientCertificate::fingerprint));
        if (shown.isEmpty()) {
            return refuse(as, from, "no certificate");
        }
        var certificate = shown.get();
        Optional<Account> owner;
        try {
            owner = thread.submit(() -> certificates.owner(certificate.fingerprint())).get();
        } catch (ExecutionException problem) {
            LOG.atError().setCause(problem.getCause()).log("certificates cannot be read");
            return new Outcome.Busy(A_MOMENT);
        }
        if (owner.isEmpty()) {
            return refuse(as, from, "certificate not bound");
        }
        var account = owner.get();
        if (!as.isEmpty() && !CaseMapping.same(as, account.name())) {
            return refuse(as, from, "certificate of another account");
        }
        if (!account.isEnabled()) {
            return refuse(account.name(), from, "disabled");
        }
        if (!certificate.vouched()) {
            return refuse(account.name(), from, "certificate of no client authority");
        }
        if (!certificate.isValidAt(clock.instant())) {
            return refuse(account.name(), from, "certificate expired or not yet valid");
        }
        guard.proved(account.folded(), from, nanoTime.getAsLong());
        audit.loginAccepted(account.name(), address, "certificate " + certificate.fingerprint());
        return new Outcome.LoggedIn(account);
    }

    /// @param why for the admin only: the peer is never told
    private Outcome refuse(String as, Origin from, String why) {
        var now = nanoTime.getAsLong();
        var wait = guard.waitForCertificate(from, now);
        if (wait.isPositive()) {
            audit.loginPutOff(as, from.address(), "attempts");
            return new Outcome.Busy(wait);
        }
        guard.certificateFailed(from, now);
        audit.loginRefused(as, from.address(), why);
        return new Outcome.Refused();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
