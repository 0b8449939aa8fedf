package chat.parley.daemon.talks;

import chat.parley.daemon.Daemon;
import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.tls.TestKeys;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A whole daemon for a test: real TLS on a port of the system's choice, a real database in a
/// folder of the test's, cheap hashes. Every account's password is its name and `-secret`.
public final class TestDaemon implements AutoCloseable {

    private final LaterClock clock = new LaterClock();
    private final Path dir;
    private final Path conf;
    private final DaemonConfig config;
    private Daemon daemon;

    /// @param settings lines of configuration that come after the defaults of a test
    public TestDaemon(Path dir, String... settings) {
        Logs.install(); // or Bouncy Castle tells of each handshake on the console
        try {
            this.dir = dir;
            var tls = TestKeys.in(dir);
            conf = dir.resolve("parley.conf");
            Files.writeString(
                    conf,
                    """
                    parley {
                      name = "parley.example"
                      network = "Example"
                      data-dir = "%s"
                      listen = ["127.0.0.1:0"]
                      tls { certificate = "%s", key = "%s" }
                      auth.argon2 { memory = 64 KiB, passes = 1, lanes = 1 }
                      limits.connections.per-address = 10000
                      limits.rate.burst = 1000
                    }
                    %s
                    """
                            .formatted(
                                    dir.resolve("data"),
                                    tls.certificate(),
                                    tls.key(),
                                    String.join("\n", settings)));
            config = ConfigLoader.load(conf);
            daemon = Daemon.start(CurrentConfig.load(conf), clock);
        } catch (ConfigProblem | IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What time it is for the daemon.
    public LaterClock clock() {
        return clock;
    }

    /// Somebody who may log in.
    public TestDaemon account(String name) {
        return account(name, Role.MEMBER);
    }

    /// Somebody who may log in, with a role.
    public TestDaemon account(String name, Role role) {
        try {
            var hasher = Argon2Hasher.of(config);
            try (var secret = new Secret(passwordOf(name).toCharArray())) {
                accounts().add(List.of(new AccountStore.Newcomer(name, hasher.hash(secret), role)));
            }
            return this;
        } catch (IOException | ConfigProblem e) {
            throw new AssertionError(e);
        }
    }

    /// Gives an account a password for one login: its name and `-invited`.
    public TestDaemon invite(String name, Duration valid) {
        try {
            var hasher = Argon2Hasher.of(config);
            try (var secret = new Secret((name + "-invited").toCharArray())) {
                accounts().invite(name, hasher.hash(secret), Instant.now().plus(valid));
            }
            return this;
        } catch (IOException | ConfigProblem e) {
            throw new AssertionError(e);
        }
    }

    /// The same database as the daemon's, as the admin's tool opens it.
    public AccountStore accounts() throws ConfigProblem {
        return new SqliteAccounts(Database.prepare(config.dataDir()), Clock.systemUTC());
    }

    public static String passwordOf(String account) {
        return account + "-secret";
    }

    public DaemonConfig config() {
        return config;
    }

    public int port() {
        return daemon.ports().getFirst();
    }

    /// Where `websocket.listen` of the settings listens.
    public int webSocketPort() {
        return daemon.webSocketPorts().getFirst();
    }

    public Daemon daemon() {
        return daemon;
    }

    /// The file it was configured by, for tools that read it too.
    public Path conf() {
        return conf;
    }

    public Path dir() {
        return dir;
    }

    /// A connection over TLS, nothing said yet.
    public Wire connect() {
        return Wire.connect(port());
    }

    /// The same from another network, as far as the daemon can tell: any of 127.0.0.0/8.
    public Wire connectFrom(InetAddress address) {
        return Wire.connect(port(), address);
    }

    /// @param address in digits
    public Wire connectFrom(String address) {
        return connectFrom(InetAddress.ofLiteral(address));
    }

    /// A connection that is logged in and past the burst.
    public Wire login(String account, String... capabilities) {
        return login(port(), account, capabilities);
    }

    static Wire login(int port, String account, String... capabilities) {
        var wire = Wire.connect(port);
        if (capabilities.length > 0) {
            wire.send("CAP REQ :" + String.join(" ", capabilities));
        }
        wire.send("LOGIN " + account + " " + passwordOf(account));
        wire.settle();
        return wire;
    }

    /// The same daemon again, on the same data.
    public void restart() {
        try {
            daemon.close();
            daemon = Daemon.start(CurrentConfig.load(conf), clock);
        } catch (ConfigProblem | IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            daemon.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
