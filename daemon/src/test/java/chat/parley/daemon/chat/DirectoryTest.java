package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.parley.daemon.chat.Directory.Attached;
import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelNames;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.InMemoryDirectLog;
import chat.parley.daemon.store.InMemoryLog;
import chat.parley.daemon.store.InMemoryMemberships;
import chat.parley.daemon.store.InMemoryMetadata;
import chat.parley.daemon.store.Markers;
import chat.parley.daemon.store.Missed;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Name;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DirectoryTest {

    private static final Name.Channel TEA = Name.Channel.of("#tea").orElseThrow();
    private static final Name.Nick ANN = Name.Nick.of("ann").orElseThrow();

    private final CountDownLatch diskIsQuick = new CountDownLatch(1);
    private final Deadlines deadlines = new Deadlines();
    private final Server server = new Server("parley.example", "Example");
    private final Channels channels =
            new Channels(
                    server,
                    new Channels.Stores(
                            new InMemoryLog(),
                            new SlowSettings(diskIsQuick),
                            new NoNames(),
                            new InMemoryMemberships(),
                            new NoDeliveries(),
                            new AuditLog()),
                    new ReadMarkers(new Server("parley.example", "Example"), new NoMarkers()),
                    descriptions(),
                    Clock.systemUTC(),
                    16,
                    () -> new Channels.Rules(List.of(), Create.MEMBERS, Duration.ZERO));
    private final Directory directory =
            new Directory(
                    channels,
                    directMessages(server),
                    new Monitors(server, descriptions().sync()),
                    descriptions(),
                    deadlines,
                    Duration.ofSeconds(30),
                    "parley.example");

    @AfterEach
    void stop() throws InterruptedException {
        diskIsQuick.countDown();
        channels.stop();
        deadlines.close();
    }

    static final class NoNames implements ChannelNames {

        @Override
        public boolean isTaken(String folded) {
            return false;
        }

        @Override
        public List<ChannelLog.Kept> rename(
                String folded, String name, List<ChannelLog.Entry> entries) {
            throw new AssertionError("nothing is renamed here");
        }
    }

    /// Nobody runs them: nothing is said here, and few come.
    static DirectMessages directMessages(Server server) {
        var log = new InMemoryLog();
        return new DirectMessages(
                server,
                log,
                new InMemoryDirectLog(log),
                new AuditLog(),
                Clock.systemUTC(),
                1_000,
                () -> Duration.ZERO);
    }

    static Descriptions descriptions() {
        return new Descriptions(
                new Server("parley.example", "Example"),
                new InMemoryMetadata(),
                30,
                ByteSize.ofKiB(64));
    }

    static final class NoMarkers implements Markers {

        @Override
        public Optional<Instant> of(String account, String target) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> move(String account, String target, Instant to) {
            return Optional.empty();
        }
    }

    static final class NoDeliveries implements Deliveries {

        @Override
        public void delivered(List<Delivered> all) {}

        @Override
        public Missed missed(Device device, ChannelLog.Stream stream, long until, int limit) {
            return new Missed(stream, List.of(), 0);
        }
    }

    /// A channel that is asked waits for these before it does anything.
    record SlowSettings(CountDownLatch quick) implements ChannelSettings.Store {

        @Override
        public Optional<ChannelSettings> load(String folded) throws InterruptedException {
            quick.await();
            return Optional.empty();
        }

        @Override
        public void save(String folded, ChannelSettings settings) {}
    }

    /// A session that listens to nothing.
    static final class Session implements Recipient {

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public boolean deliver(byte[] lines) {
            return true;
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public Optional<Instant> sureUntil() {
            return Optional.empty();
        }
    }

    private User attach(Recipient session) throws InterruptedException {
        return assertInstanceOf(
                        Attached.Here.class,
                        directory.attach(
                                new Person("ann", Instant.EPOCH), ANN, "~ann", "Ann", session))
                .user();
    }

    @Nested
    class A_user_who_leaves {

        @Test
        void is_in_no_channel_although_a_JOIN_was_on_its_way() throws InterruptedException {
            var session = new Session();
            var user = attach(session);
            var joined = new Request.Settled();
            var asker = new Request.Asker(user, session, Answers.plainly(session));
            channels.ask(TEA, new Request.Join(asker, TEA, "", Request.Join.Why.ASKED, joined));
            var tea = channels.find(TEA).orElseThrow();

            directory.detach(user, session, false, "Account changed");
            var again = attach(new Session()); // waits until she has left
            diskIsQuick.countDown();
            joined.await();

            assertNotEquals(user, again);
            assertEquals(0, tea.summary().members());
            assertEquals(List.of(), user.channels());
        }
    }
}
