package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.CertificateLogins;
import chat.parley.daemon.auth.HashingPool;
import chat.parley.daemon.auth.LoginGuard;
import chat.parley.daemon.auth.OwnTotp;
import chat.parley.daemon.auth.PasswordChanges;
import chat.parley.daemon.auth.PasswordRule;
import chat.parley.daemon.auth.SecondFactor;
import chat.parley.daemon.auth.TotpSeal;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Descriptions;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Monitors;
import chat.parley.daemon.chat.ReadMarkers;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Message;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session over a connection that is none, for what no real peer can be made to do at will.
class SessionTest {

    /// Its reader has all it needs to be the first to end, and its writer cannot follow.
    @Test
    void whose_goodbye_nobody_takes_ends_all_the_same(@TempDir Path dir) throws Exception {
        try (var deadlines = new Deadlines()) {
            var sessions = new Sessions(deadlines, Long.MAX_VALUE);
            sessions.start();
            var deaf = new DeafConnection("QUIT :and I will not listen\r\n");
            var thread =
                    Thread.ofVirtual()
                            .start(() ->
                                    run(
                                            Optional.of(
                                                    new Session(
                                                                    house(dir, sessions),
                                                                    deaf,
                                                                    () -> {})
                                                            ::enter)));
            assertTrue(thread.join(Duration.ofSeconds(20)), "it waits for its writer");
            assertEquals(0, sessions.count());
        }
    }

    /// Its end interrupts the thread that has left the way in, and not yet who is to go on.
    @Test
    void whose_writer_ended_between_two_stages_ends_all_the_same(@TempDir Path dir)
            throws Exception {
        try (var deadlines = new Deadlines()) {
            var sessions = new Sessions(deadlines, Long.MAX_VALUE);
            var breaking = new BreakingConnection("PASS ann:x\r\nNICK ann\r\nUSER ann 0 * :A\r\n");
            var session = new Session(house(dir, sessions), breaking, () -> {});
            var entered = new CompletableFuture<Stage>();
            var entering =
                    Thread.ofVirtual()
                            .start(() -> {
                                entered.complete(session.enter().orElseThrow());
                                untilInterrupted();
                            });
            var conversation = entered.get(20, TimeUnit.SECONDS);
            breaking.isBroken = true;
            session.deliver(new byte[1]);
            assertTrue(entering.join(Duration.ofSeconds(20)), "its writer has not ended");

            var conversing = Thread.ofVirtual().start(() -> run(Optional.of(conversation)));

            assertTrue(conversing.join(Duration.ofSeconds(20)), "it waits for its peer");
            assertEquals(0, sessions.count());
        }
    }

    static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // that is it
        }
    }

    private static void run(Optional<Stage> first) {
        try {
            for (var next = first; next.isPresent(); ) {
                next = next.get().run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Session.House house(Path dir, Sessions sessions) {
        try {
            var conf = Files.writeString(dir.resolve("parley.conf"), "parley { data-dir = data }");
            var config = ConfigLoader.load(conf);
            var database = Database.prepare(config.dataDir());
            var accounts = new SqliteAccounts(database, Clock.systemUTC());
            var server = new Server(config.name(), config.network());
            var log = SqliteLog.open(database, config.history().durability());
            var descriptions =
                    new Descriptions(server, log.metadata(), 30, config.limits().sendQueue());
            var channels =
                    new Channels(
                            server,
                            Channels.Stores.of(log, new AuditLog()),
                            new ReadMarkers(server, log.markers()),
                            descriptions,
                            Clock.systemUTC(),
                            1,
                            () -> Channels.Rules.of(config));
            var hasher = new Argon2Hasher(config.auth().argon2());
            try (var password = new Secret(new char[] {'x'})) {
                accounts.add(List.of(new Newcomer("ann", hasher.hash(password), Role.MEMBER)));
            }
            var pool = HashingPool.start(1, 1);
            return new Session.House(
                    () -> config,
                    new Authenticator(
                            accounts,
                            new SecondFactor(
                                    new SqliteSecondFactors(database, Clock.systemUTC()),
                                    new TotpSeal(),
                                    Clock.systemUTC(),
                                    Set.of()),
                            hasher,
                            pool,
                            new LoginGuard(),
                            new AuditLog(),
                            System::nanoTime),
                    new CertificateLogins(
                            new SqliteCertificates(database, Clock.systemUTC()),
                            new LoginGuard(),
                            new AuditLog(),
                            Clock.systemUTC(),
                            System::nanoTime),
                    new PasswordChanges(
                            accounts,
                            new SqliteSecondFactors(database, Clock.systemUTC()),
                            hasher,
                            pool,
                            PasswordRule.of(config)),
                    new AccountNames(accounts),
                    new OwnTotp(
                            new SqliteSecondFactors(database, Clock.systemUTC()),
                            new TotpSeal(),
                            Clock.systemUTC()),
                    _ -> true,
                    new Directory(
                            channels,
                            new DirectMessages(
                                    server,
                                    log,
                                    log.direct(),
                                    new AuditLog(),
                                    Clock.systemUTC(),
                                    1_000,
                                    () -> Duration.ZERO),
                            new Monitors(server, descriptions.sync()),
                            descriptions,
                            new Deadlines(),
                            Duration.ZERO,
                            config.name()),
                    new NoCommands(),
                    sessions,
                    new AuditLog(),
                    new Metrics());
        } catch (IOException | ConfigProblem e) {
            throw new AssertionError(e);
        }
    }

    /// Nobody gets as far as a command here.
    private static final class NoCommands implements Dispatcher {
        @Override
        public void welcome(Talker talker) {}

        @Override
        public void confined(Talker talker, String source) {}

        @Override
        public void dispatch(Talker talker, Message message) {}

        @Override
        public List<Message> isupport(String nick, Capabilities capabilities) {
            return List.of();
        }

        @Override
        public void early(Talker talker, Message metadata) {}

        @Override
        public int costOf(String command) {
            return 1;
        }
    }
}
