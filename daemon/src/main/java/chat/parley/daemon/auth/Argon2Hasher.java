package chat.parley.daemon.auth;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.OpaqueString;
import chat.parley.protocol.Secret;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Argon2id (RFC 9106), and of hashes that came from elsewhere Argon2i and Argon2d, by the
/// reference implementation, which argon2-jvm calls.
///
/// Immutable, any thread. A call is native code: it holds its thread, and on a virtual thread that
/// thread's carrier, for as long as a hash takes. The library makes UTF-8 of the characters and
/// wipes the bytes. What is hashed is the password as [OpaqueString] prepares it, keyed with the
/// [Pepper] where one is configured.
public final class Argon2Hasher implements Hasher {

    /// OWASP's list of equal minimums goes from 19 MiB with 2 passes to 7 MiB with 5: memory times
    /// passes is never below this.
    private static final int WEAK_KIBIBYTES_TIMES_PASSES = 35 * 1024;

    private static final int VERSION = 19; // 1.3, the one that RFC 9106 describes
    private static final String NO_SALT = "A".repeat(22); // 16 bytes
    private static final String NO_HASH = "A".repeat(43); // 32 bytes
    private static final int NAMED = 5;
    private static final Logger log = LoggerFactory.getLogger(Argon2Hasher.class);

    private final Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);
    private final Argon2 argon2i = Argon2Factory.create(Argon2Types.ARGON2i);
    private final Argon2 argon2d = Argon2Factory.create(Argon2Types.ARGON2d);
    private final Phc today;
    private final Optional<Pepper> pepper;

    /// Without a pepper.
    public Argon2Hasher(DaemonConfig.Argon2 parameters) {
        this(parameters, Optional.empty());
    }

    Argon2Hasher(DaemonConfig.Argon2 parameters, Optional<Pepper> pepper) {
        this.pepper = pepper;
        today =
                new Phc(
                        "argon2id",
                        VERSION,
                        parameters.memory().bytes() / 1024,
                        parameters.passes(),
                        parameters.lanes());
    }

    /// As configured.
    public static Argon2Hasher of(DaemonConfig config) throws ConfigProblem {
        return new Argon2Hasher(config.auth().argon2(), Pepper.of(config));
    }

    /// Each of these accounts has a hash that can be tried here; or else whose has not, and what to
    /// do, rather than "wrong password" for all.
    public void requirePepperOf(List<Account> accounts) throws ConfigProblem {
        var locked = accounts.stream().filter(each -> !isOurs(StoredHash.of(each.hash()))).toList();
        if (locked.isEmpty()) {
            return;
        }
        var missing =
                locked.stream()
                        .flatMap(each -> StoredHash.of(each.hash()).pepper().stream())
                        .distinct()
                        .collect(Collectors.joining(", "));
        throw new ConfigProblem(
                "auth.pepper-file",
                "passwords were hashed with pepper %s, and %s: those of %s"
                        .formatted(
                                missing,
                                pepper.map(ours -> "this file is pepper " + ours.name())
                                        .orElse("none is configured"),
                                names(locked)),
                "configure the file whose sha256sum begins with %s; if it is lost, each of them needs a new password: parley-user passwd NAME"
                        .formatted(missing));
    }

    private static String names(List<Account> accounts) {
        var first =
                accounts.stream().limit(NAMED).map(Account::name).collect(Collectors.joining(", "));
        var more = accounts.size() - NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private boolean isOurs(StoredHash stored) {
        return stored.pepper().isEmpty() || stored.pepper().equals(pepper.map(Pepper::name));
    }

    @Override
    public String hash(Secret password) {
        try (var prepared = OpaqueString.of(password).orElseGet(password::copy)) {
            return new StoredHash(pepper.map(Pepper::name), hashed(prepared)).text();
        }
    }

    private String hashed(Secret password) {
        if (pepper.isEmpty()) {
            return argon2.hash(today.passes(), today.kibibytes(), today.lanes(), password.reveal());
        }
        var keyed = pepper.get().keyed(password.reveal());
        try {
            return argon2.hash(today.passes(), today.kibibytes(), today.lanes(), keyed);
        } finally {
            Arrays.fill(keyed, (byte) 0);
        }
    }

    @Override
    public boolean verify(String stored, Secret password) {
        var hash = readable(stored);
        try (var prepared = OpaqueString.of(password).orElseGet(password::copy)) {
            return fits(hash, prepared)
                    // Stored before passwords were prepared. Never so for ASCII, and what is asked
                    // depends on what was given alone, so the time tells nothing of the account.
                    || (!prepared.isSameAs(password) && fits(hash, password));
        }
    }

    /// One that no password fits, at the same price, in place of one that cannot be tried.
    private StoredHash readable(String stored) {
        var hash = StoredHash.of(stored);
        if (readable(hash).isEmpty()) {
            log.error("a stored hash cannot be read, or would cost too much");
        } else if (!isOurs(hash)) {
            log.atError()
                    .addKeyValue("pepper", hash.pepper().orElseThrow())
                    .log("a stored hash was made with another pepper");
        } else {
            return hash;
        }
        return StoredHash.of(standInFor(stored));
    }

    private Optional<Phc> readable(StoredHash hash) {
        return Phc.parse(hash.phc()).filter(phc -> phc.isPossible() && !phc.isTooMuchBeside(today));
    }

    /// Why a hash that comes from elsewhere cannot be an account's here; empty if it can.
    public Optional<String> objection(String stored) {
        var hash = StoredHash.of(stored);
        if (Phc.parse(hash.phc()).filter(Phc::isPossible).isEmpty()) {
            return Optional.of("its hash is none of Argon2 (a PHC string, $argon2id$v=19$…)");
        }
        if (readable(hash).isEmpty()) {
            return Optional.of(
                    "its hash would cost too much at each login; more than 1 GiB, 4 GiB times passes,"
                            + " or 64 lanes, only if auth.argon2 has them too");
        }
        return isOurs(hash)
                ? Optional.empty()
                : Optional.of(
                        "its hash was made with pepper %s, which is not the one in auth.pepper-file"
                                .formatted(hash.pepper().orElseThrow()));
    }

    private boolean fits(StoredHash stored, Secret password) {
        var argon2 = variantOf(stored);
        if (stored.pepper().isEmpty()) {
            return argon2.verify(stored.phc(), password.reveal());
        }
        var keyed = pepper.orElseThrow().keyed(password.reveal());
        try {
            return argon2.verify(stored.phc(), keyed);
        } finally {
            Arrays.fill(keyed, (byte) 0);
        }
    }

    private Argon2 variantOf(StoredHash stored) {
        return switch (Phc.parse(stored.phc()).orElse(today).variant()) {
            case "argon2i" -> argon2i;
            case "argon2d" -> argon2d;
            default -> argon2;
        };
    }

    @Override
    public boolean isWeaker(String stored) {
        var hash = StoredHash.of(stored);
        return !hash.pepper().equals(pepper.map(Pepper::name))
                || Phc.parse(hash.phc())
                        .map(phc ->
                                !phc.variant().equals(today.variant())
                                        || phc.version() < today.version()
                                        || phc.kibibytes() < today.kibibytes()
                                        || phc.passes() < today.passes())
                        .orElse(true);
    }

    @Override
    public String standInFor(String stored) {
        var hash = StoredHash.of(stored);
        return new StoredHash(
                        hash.pepper().isPresent() ? pepper.map(Pepper::name) : Optional.empty(),
                        readable(hash).orElse(today).with(NO_SALT, NO_HASH))
                .text();
    }

    @Override
    public String standIn() {
        return new StoredHash(pepper.map(Pepper::name), today.with(NO_SALT, NO_HASH)).text();
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
