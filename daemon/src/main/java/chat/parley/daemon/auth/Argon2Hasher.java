package chat.parley.daemon.auth;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.OpaqueString;
import chat.parley.protocol.Secret;
import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Argon2id (RFC 9106) by the reference implementation, which argon2-jvm calls.
///
/// Immutable, any thread. A call is native code: it holds its thread, and on a virtual thread that
/// thread's carrier, for as long as a hash takes. The library makes UTF-8 of the characters and
/// wipes the bytes. What is hashed is the password as [OpaqueString] prepares it.
public final class Argon2Hasher implements Hasher {

    /// OWASP's list of equal minimums goes from 19 MiB with 2 passes to 7 MiB with 5: memory times
    /// passes is never below this.
    private static final int WEAK_KIBIBYTES_TIMES_PASSES = 35 * 1024;

    private static final int VERSION = 19; // 1.3, the one that RFC 9106 describes
    private static final String NO_SALT = "A".repeat(22); // 16 bytes
    private static final String NO_HASH = "A".repeat(43); // 32 bytes
    private static final Logger log = LoggerFactory.getLogger(Argon2Hasher.class);

    private final Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);
    private final Phc today;

    public Argon2Hasher(DaemonConfig.Argon2 parameters) {
        today =
                new Phc(
                        "argon2id",
                        VERSION,
                        parameters.memory().bytes() / 1024,
                        parameters.passes(),
                        parameters.lanes());
    }

    @Override
    public String hash(Secret password) {
        try (var prepared = OpaqueString.of(password).orElseGet(password::copy)) {
            return argon2.hash(today.passes(), today.kibibytes(), today.lanes(), prepared.reveal());
        }
    }

    @Override
    public boolean verify(String stored, Secret password) {
        if (Phc.parse(stored).isEmpty()) {
            log.error("a stored hash cannot be read"); // no password fits, at the usual price
        }
        var readable = Phc.parse(stored).isPresent() ? stored : standIn();
        try (var prepared = OpaqueString.of(password).orElseGet(password::copy)) {
            return argon2.verify(readable, prepared.reveal())
                    // Stored before passwords were prepared. Never so for ASCII, and what is asked
                    // depends on what was given alone, so the time tells nothing of the account.
                    || (!prepared.isSameAs(password) && argon2.verify(readable, password.reveal()));
        }
    }

    @Override
    public boolean isWeaker(String stored) {
        return Phc.parse(stored)
                .map(phc ->
                        !phc.variant().equals(today.variant())
                                || phc.version() < today.version()
                                || phc.kibibytes() < today.kibibytes()
                                || phc.passes() < today.passes())
                .orElse(true);
    }

    @Override
    public String standInFor(String stored) {
        return Phc.parse(stored).orElse(today).with(NO_SALT, NO_HASH);
    }

    @Override
    public String standIn() {
        return today.with(NO_SALT, NO_HASH);
    }

    /// How long one password takes here and now. Said in the log at the start, because it is what
    /// the admin chose with `auth.argon2`: too little is cheap to attack, too much is slow to log
    /// in.
    public Duration measure() {
        verify(
                new Phc("argon2id", VERSION, 8, 1, 1).with(NO_SALT, NO_HASH),
                new Secret(new char[0]));
        // That loaded the library.
        var begun = System.nanoTime();
        verify(standIn(), new Secret(new char[0]));
        var price = Duration.ofNanos(System.nanoTime() - begun);
        log.atInfo()
                .addKeyValue("ms", price.toMillis())
                .addKeyValue("memory-kib", today.kibibytes())
                .addKeyValue("passes", today.passes())
                .addKeyValue("lanes", today.lanes())
                .log("price of a password");
        if ((long) today.kibibytes() * today.passes() < WEAK_KIBIBYTES_TIMES_PASSES) {
            log.atWarn().log("auth.argon2 is weaker than what is recommended; see parley.conf");
        }
        return price;
    }
}
