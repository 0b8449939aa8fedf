package chat.parley.daemon.admin;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.auth.PasswordRule;
import chat.parley.daemon.auth.PasswordRule.Beside;
import chat.parley.daemon.auth.TotpIssuer;
import chat.parley.daemon.auth.TotpSeal;
import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditTrail;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.AccountStore;
import chat.parley.daemon.store.AuditHeads;
import chat.parley.daemon.store.Certificates;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.OnlyServer;
import chat.parley.daemon.store.SecondFactors.By;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.store.SqliteLoginGuard;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.daemon.store.SqliteSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an account needs: the database, the price of a password, and the rules for both.
///
/// @param threads how many passwords may be hashed at once
/// @param inviteValid how long a password for one login may be used
record UserDesk(
        Database database,
        AccountStore accounts,
        Certificates certificates,
        Argon2Hasher hasher,
        PasswordRule rule,
        List<String> reserved,
        int threads,
        SqliteSessions sessions,
        SqliteLoginGuard loginGuard,
        TotpIssuer totp,
        String network,
        Duration inviteValid,
        Path dataDir) {

    /// Names that a message of the daemon, or of services that people know from elsewhere, could
    /// seem to come from.
    private static final List<String> HOUSE_NAMES =
            List.of(
                    "parley",
                    "parleyd",
                    "server",
                    "system",
                    "services",
                    "nickserv",
                    "chanserv",
                    "saslserv",
                    "operserv",
                    "authserv",
                    "everyone",
                    "all",
                    "nobody");

    /// Whom the audit log is for.
    interface Recording {
        void opened(AuditTrail trail) throws IOException;
    }

    static UserDesk open(Path file, Recording recording) throws ConfigProblem {
        var config = ConfigLoader.load(file);
        var database = Database.prepare(config.dataDir());
        var trail =
                new AuditTrail(
                        config.dataDir(),
                        new AuditHeads(database),
                        config.audit().keep(),
                        Clock.systemUTC(),
                        "parley-user");
        try {
            trail.prepare();
            recording.opened(trail); // who cannot say what they do does nothing
        } catch (IOException problem) {
            throw new ConfigProblem(
                    config.dataDir().resolve("audit").toString(),
                    "the audit log cannot be written, so nothing was done: " + problem,
                    "run this as the user who runs the daemon, with room on the disk");
        }
        return new UserDesk(
                database,
                new SqliteAccounts(database, Clock.systemUTC()),
                new SqliteCertificates(database, Clock.systemUTC()),
                Argon2Hasher.of(config),
                PasswordRule.of(config),
                reservedBy(config),
                config.auth().threads(),
                new SqliteSessions(database),
                new SqliteLoginGuard(database, Clock.systemUTC()),
                new TotpIssuer(
                        new SqliteSecondFactors(database, Clock.systemUTC()),
                        new TotpSeal(),
                        By.ADMIN),
                config.network(),
                config.auth().invite().valid(),
                config.dataDir());
    }

    /// Whether a daemon runs on this data.
    boolean isServed() throws IOException {
        return OnlyServer.isServed(dataDir);
    }

    private static List<String> reservedBy(DaemonConfig config) {
        return Stream.concat(HOUSE_NAMES.stream(), Stream.of(config.name(), config.network()))
                .toList();
    }

    /// Nobody is added with a pepper that the passwords of others do not have. A new password for
    /// who is there already is the way out, and asks for nothing.
    void requirePepper() throws ConfigProblem, IOException {
        hasher.requirePepperOf(accounts.list());
    }

    /// What a password of this account stands beside; an account that is to be has nothing yet.
    Beside beside(String account) throws IOException {
        return Beside.of(
                new SqliteSecondFactors(database, Clock.systemUTC()).of(account).isPresent());
    }

    /// Why no account can have this name; empty if one can.
    Optional<String> objection(String name) {
        if (!Account.mayBeNamed(name)) {
            return Optional.of(
                    "an account's name is a letter, then up to 31 letters, digits, - or _");
        }
        return reserved.stream().anyMatch(name::equalsIgnoreCase)
                ? Optional.of("the name " + name + " is reserved")
                : Optional.empty();
    }
}
