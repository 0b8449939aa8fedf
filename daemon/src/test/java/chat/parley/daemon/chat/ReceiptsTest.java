package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.InMemoryLog;
import chat.parley.daemon.store.InMemoryMemberships;
import chat.parley.daemon.store.Missed;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Name;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReceiptsTest {

    private static final Name.Channel TEA = Name.Channel.of("#tea").orElseThrow();
    private static final Server SERVER = new Server("parley.example", "Example");

    private final CountDownLatch diskIsQuick = new CountDownLatch(1);
    private final InMemoryLog log = new InMemoryLog();
    private final Noted noted = new Noted();
    private final Channels channels =
            new Channels(
                    SERVER,
                    new Channels.Stores(
                            log,
                            new SlowSettings(diskIsQuick),
                            new DirectoryTest.NoNames(),
                            new InMemoryMemberships(),
                            noted,
                            new AuditLog()),
                    new ReadMarkers(SERVER, new DirectoryTest.NoMarkers()),
                    DirectoryTest.descriptions(),
                    Clock.systemUTC(),
                    16,
                    () -> new Channels.Rules(List.of(), Create.MEMBERS, Duration.ZERO));

    private final Device desktop = new Device("desktop", true);
    private final Device phone = new Device("phone", false);
    private final User ann = new User(new Person("ann", Instant.EPOCH), profile(), new Keys());

    @AfterEach
    void stop() throws InterruptedException {
        diskIsQuick.countDown();
        channels.stop();
    }

    private static User.Profile profile() {
        var nick = Name.Nick.of("ann").orElseThrow();
        return new User.Profile(nick, "~ann", "Ann", "parley.example", Optional.empty(), Set.of());
    }

    private Request.Settled join() throws InterruptedException {
        ann.attach(desktop);
        var settled = new Request.Settled();
        var asker = new Request.Asker(ann, desktop, Answers.plainly(desktop));
        channels.ask(TEA, new Request.Join(asker, TEA, "", Request.Join.Why.ASKED, settled));
        return settled;
    }

    private Request.Settled say() throws InterruptedException {
        var settled = new Request.Settled();
        var asker = new Request.Asker(ann, desktop, Answers.plainly(desktop));
        channels.ask(
                TEA,
                new Request.Say(asker, "PRIVMSG", "hello", Map.of(), "", Role.MEMBER, settled));
        return settled;
    }

    private Request.Settled attach() throws InterruptedException {
        var settled = new Request.Settled();
        channels.ask(TEA, new Request.Attach(ann, phone, settled));
        return settled;
    }

    /// Or it would be taken to have heard what it is just being told; the first batch of all is one
    /// of those after which all are noted.
    @Test
    void a_device_that_comes_is_noted_only_once_it_was_told_what_it_missed()
            throws InterruptedException {
        join();
        say();
        attach();
        diskIsQuick.countDown();
        var leaving = new Request.Settled();
        channels.ask(TEA, new Request.Detach(phone, leaving));
        leaving.await();

        assertEquals(Set.of("desktop"), Set.copyOf(noted.devices));
    }

    @Test
    void what_could_not_be_kept_is_not_counted_as_heard_by_who_comes() throws InterruptedException {
        log.refuse(true);
        join();
        say();
        var attached = attach();
        diskIsQuick.countDown();
        attached.await();

        assertEquals(0, attached.from());
    }

    private static final class Noted implements Deliveries {

        private final List<String> devices = new CopyOnWriteArrayList<>();

        @Override
        public void delivered(List<Delivered> all) {
            all.forEach(one -> devices.add(one.device().name()));
        }

        @Override
        public Missed missed(Deliveries.Device device, Stream stream, long until, int limit) {
            return new Missed(stream, List.of(), 0);
        }
    }

    /// What is asked until it is quick is settled together.
    private record SlowSettings(CountDownLatch quick) implements ChannelSettings.Store {

        @Override
        public Optional<ChannelSettings> load(String folded) throws InterruptedException {
            quick.await();
            return Optional.empty();
        }

        @Override
        public void save(String folded, ChannelSettings settings) {}
    }

    private record Device(String device, boolean isUpToDate) implements Recipient {

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
        public Optional<Instant> sureUntil() {
            return Optional.empty();
        }
    }
}
