package chat.parley.daemon.auth;

import chat.parley.daemon.limit.Network;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Certificates;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.protocol.CaseMapping;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Is this who they say, by the certificate that TLS has proved to be theirs (SASL EXTERNAL)?
///
/// Whatever is wrong (none shown, none bound, another account's, expired, a disabled account), the
/// answer is [Outcome.Refused], and it counts as a wrong password does. The right key is never kept
/// waiting by what others failed at: nobody guesses one, so it is looked up first.
///
/// Any thread asks and waits; one platform thread, `certificates`, looks, as sessions never touch
/// the database.
public final class CertificateLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateLogins.class);

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
    public Outcome authenticate(String as, Optional<ClientCertificate> shown, InetAddress from)
            throws InterruptedException {
        if (shown.isEmpty()) {
            return refuse(as, from, "no certificate");
        }
        var certificate = shown.get();
        Optional<Account> owner;
        try {
            owner = thread.submit(() -> certificates.owner(certificate.fingerprint())).get();
        } catch (ExecutionException problem) {
            LOG.atError().setCause(problem.getCause()).log("certificates cannot be read");
            return new Outcome.Busy();
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
        if (!certificate.isValidAt(clock.instant())) {
            return refuse(account.name(), from, "certificate expired or not yet valid");
        }
        audit.loginAccepted(account.name(), from, "certificate " + certificate.fingerprint());
        return new Outcome.LoggedIn(account);
    }

    /// @param why for the admin only: the peer is never told
    private Outcome refuse(String as, InetAddress from, String why) {
        var now = nanoTime.getAsLong();
        var ticket = guard.admit(CaseMapping.fold(as), Network.of(from), now);
        if (ticket.isEmpty()) {
            audit.loginPutOff(as, from, "attempts");
            return new Outcome.Busy();
        }
        guard.failed(ticket.get(), now);
        audit.loginRefused(as, from, why);
        return new Outcome.Refused();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
