package chat.parley.daemon.chat;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelNames;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.Memberships;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.protocol.Name;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Name to channel. A channel is started when it is first asked and ends when nobody is in it; what
/// was said in it stays in the log. A channel may get another name and goes on.
///
/// A shared table: its lock is a leaf.
public final class Channels {

    private final Channel.House house;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, Running> byName = new TreeMap<>(); // guarded by lock
    private final Map<String, CountDownLatch> reserved = new HashMap<>(); // guarded by lock
    private final AtomicLong renames = new AtomicLong();

    private record Running(Channel channel, Thread thread) {}

    /// Where channels keep what lasts.
    public record Stores(
            ChannelLog log,
            ChannelSettings.Store settings,
            ChannelNames names,
            Memberships memberships,
            Deliveries deliveries,
            AuditLog audit) {

        /// All in one.
        public static Stores of(SqliteLog log, AuditLog audit) {
            return new Stores(
                    log,
                    log.settings(),
                    log.channelNames(),
                    log.memberships(),
                    log.deliveries(),
                    audit);
        }
    }

    /// What the configuration says of all channels.
    ///
    /// @param common the channels that everybody is put in; nobody owns them
    /// @param create who may start others
    /// @param redactWithin how long one may take back what one has said
    public record Rules(List<Name.Channel> common, Create create, Duration redactWithin) {

        public Rules {
            common = List.copyOf(common);
        }

        public static Rules of(DaemonConfig config) {
            return new Rules(
                    config.channels().autojoin().stream()
                            .flatMap(name -> Name.Channel.of(name).stream())
                            .toList(),
                    config.channels().create(),
                    config.history().redactWithin());
        }
    }

    /// @param rules as they are at the moment
    public Channels(
            Server server,
            Stores stores,
            ReadMarkers markers,
            Descriptions descriptions,
            Clock clock,
            int inboxLength,
            Supplier<Rules> rules) {
        var processors = Runtime.getRuntime().availableProcessors();
        house =
                new Channel.House(
                        server,
                        stores,
                        markers,
                        descriptions,
                        clock,
                        inboxLength,
                        rules,
                        new Backlog(System.nanoTime(), processors),
                        this);
    }

    /// Asks the channel of this name, which is started if need be. Waits while its inbox is full,
    /// not for the answer.
    public void ask(Name.Channel name, Request request) throws InterruptedException {
        var channel = orStart(name);
        while (!channel.ask(request)) { // it ended between the look-up and the request
            remove(channel);
            channel = orStart(name);
        }
    }

    /// Asks this channel, whatever it is called by now; if it has ended, the one of its name.
    public void ask(Channel channel, Request request) throws InterruptedException {
        if (!channel.ask(request)) {
            remove(channel);
            ask(channel.name(), request);
        }
    }

    /// How often a channel got another name. Whoever reads names somewhere else, and finds the same
    /// number before and after, has seen all of them at one moment.
    public long renames() {
        return renames.get();
    }

    /// Keeps a name for a channel that is to have it; who asks for a channel of this name waits.
    /// Called by the channel's own thread. False if there is another of this name.
    boolean reserve(Name.Channel name, Channel by) {
        lock.lock();
        try {
            var running = byName.get(name.folded());
            return (running == null || running.channel() == by)
                    && reserved.putIfAbsent(name.folded(), new CountDownLatch(1)) == null;
        } finally {
            lock.unlock();
        }
    }

    /// The name is not needed any more: the channel has it, or will not have it.
    void release(Name.Channel name) {
        CountDownLatch done;
        lock.lock();
        try {
            done = reserved.remove(name.folded());
        } finally {
            lock.unlock();
        }
        if (done != null) {
            done.countDown();
        }
    }

    /// The channel is found by its new name only. Called by the channel's own thread.
    void renamed(Channel channel, Name.Channel before) {
        lock.lock();
        try {
            var running = byName.remove(before.folded());
            if (running != null) {
                byName.put(channel.name().folded(), running);
            }
        } finally {
            lock.unlock();
        }
        renames.incrementAndGet();
    }

    /// The channel of this name, if somebody is in it.
    public Optional<Channel> find(Name.Channel name) {
        lock.lock();
        try {
            return Optional.ofNullable(byName.get(name.folded())).map(Running::channel);
        } finally {
            lock.unlock();
        }
    }

    /// All channels that somebody is in, by name.
    public List<Channel> all() {
        return running().stream().map(Running::channel).toList();
    }

    /// An account is deleted: what it was in the channels that somebody is in is forgotten.
    ///
    /// @param account folded
    public void forget(String account) throws InterruptedException {
        for (var channel : all()) {
            ask(channel, new Request.Forget(account, new Request.Settled()));
        }
    }

    public int count() {
        lock.lock();
        try {
            return byName.size();
        } finally {
            lock.unlock();
        }
    }

    /// Lets every channel settle what waits, and waits for their threads. Asked for when no session
    /// is left that could ask.
    public void stop() throws InterruptedException {
        for (var running : running()) {
            running.channel().stop();
            running.thread().join();
        }
    }

    private List<Running> running() {
        lock.lock();
        try {
            return new ArrayList<>(byName.values());
        } finally {
            lock.unlock();
        }
    }

    private Channel orStart(Name.Channel name) throws InterruptedException {
        while (true) {
            CountDownLatch soon;
            lock.lock();
            try {
                var running = byName.get(name.folded());
                if (running != null) {
                    return running.channel();
                }
                soon = reserved.get(name.folded());
                if (soon == null) {
                    return start(name);
                }
            } finally {
                lock.unlock();
            }
            soon.await();
        }
    }

    /// Called under the lock.
    private Channel start(Name.Channel name) {
        var channel = new Channel(name, house);
        var thread = Thread.ofVirtual().name("channel-" + name.folded()).unstarted(channel);
        byName.put(name.folded(), new Running(channel, thread));
        thread.start();
        return channel;
    }

    /// The channel's thread has ended.
    void remove(Channel ended) {
        lock.lock();
        try {
            var running = byName.get(ended.name().folded());
            if (running != null && running.channel() == ended) {
                byName.remove(ended.name().folded());
            }
        } finally {
            lock.unlock();
        }
    }
}
