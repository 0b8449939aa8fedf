package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.InMemoryLog;
import chat.parley.daemon.store.InMemoryMemberships;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The channels here rest for an hour after all that is heard, so that a test which ends at all has
/// not waited for one.
@Timeout(30)
class BusyChannelTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Server SERVER = new Server("parley.example", "Example");

    private record Running(Channel channel, Thread thread) {

        /// Waits until it is settled.
        Request.Settled ask(Function<Request.Settled, Request> what) throws InterruptedException {
            var settled = askOnly(what);
            settled.await();
            return settled;
        }

        Request.Settled askOnly(Function<Request.Settled, Request> what)
                throws InterruptedException {
            var settled = new Request.Settled();
            channel.ask(what.apply(settled));
            return settled;
        }
    }

    private final DirectoryTest.Session session = new DirectoryTest.Session();
    private final User ann = new User(new Person("ann", Instant.EPOCH), profile(), new Keys());
    private final Request.Asker asker = new Request.Asker(ann, session, Answers.plainly(session));
    private final Channel.House house = house();
    private final List<Running> running =
            IntStream.range(0, 20).mapToObj(number -> run("#tea" + number)).toList();
    private final Running tea = running.getFirst();

    @AfterEach
    void stop() throws InterruptedException {
        for (var each : running) {
            each.channel().stop();
            each.thread().join();
        }
    }

    private static User.Profile profile() {
        var nick = Name.Nick.of("ann").orElseThrow();
        return new User.Profile(nick, "~ann", "Ann", "parley.example", Optional.empty(), Set.of());
    }

    private static Channel.House house() {
        var stores =
                new Channels.Stores(
                        new InMemoryLog(),
                        new DirectoryTest.SlowSettings(new CountDownLatch(0)),
                        new DirectoryTest.NoNames(),
                        new InMemoryMemberships(),
                        new DirectoryTest.NoDeliveries(),
                        new AuditLog());
        var markers = new ReadMarkers(SERVER, new DirectoryTest.NoMarkers());
        var descriptions = DirectoryTest.descriptions();
        var rules = new Channels.Rules(List.of(), Create.MEMBERS, Duration.ZERO);
        return new Channel.House(
                SERVER,
                stores,
                markers,
                descriptions,
                Clock.systemUTC(),
                16,
                () -> rules,
                new Backlog(System.nanoTime(), LONG, LONG),
                new Channels(
                        SERVER, stores, markers, descriptions, Clock.systemUTC(), 16, () -> rules));
    }

    private Running run(String name) {
        var channel = new Channel(Name.Channel.of(name).orElseThrow(), house);
        return new Running(channel, Thread.ofVirtual().name(name).start(channel));
    }

    private Request join(Running where, Request.Settled settled) {
        return new Request.Join(asker, where.channel().name(), "", Request.Join.Why.ASKED, settled);
    }

    private Request say(Request.Settled settled) {
        return new Request.Say(asker, "PRIVMSG", "milk?", Map.of(), "", Role.MEMBER, settled);
    }

    /// All of them are busy after that.
    private void joinAll() throws InterruptedException {
        ann.attach(session);
        for (var each : running) {
            each.ask(settled -> join(each, settled));
            each.askOnly(this::say);
        }
    }

    @Test
    void what_goes_through_many_of_them_waits_in_none() throws InterruptedException {
        joinAll();
        var told = new HashSet<Recipient>();
        var away = Event.of(Message.from(ann.source(), "AWAY"), ann.actor(), Instant.EPOCH);
        for (var each : running) {
            each.ask(settled -> new Request.Tell(ann, away, told, settled));
        }
        var quit = Event.of(Message.from(ann.source(), "QUIT"), ann.actor(), Instant.EPOCH);
        for (var each : running) {
            each.ask(settled -> new Request.Leave(ann, quit, told, settled));
        }

        assertEquals(List.of(), ann.channels());
    }

    @Test
    void who_asks_for_something_takes_along_what_was_said_before() throws InterruptedException {
        joinAll();
        var said = tea.askOnly(this::say);
        tea.ask(settled -> new Request.Names(asker, settled));

        said.await();
    }

    @Test
    void what_was_said_is_settled_when_the_channel_is_stopped() throws InterruptedException {
        joinAll();
        var said = tea.askOnly(this::say);
        tea.channel().stop();

        said.await();
    }
}
