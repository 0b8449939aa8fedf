package chat.parley.daemon.chat;

import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.Deliveries;
import chat.parley.protocol.Name;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Name to channel. A channel is started when it is first asked and ends when nobody is in it; what
/// was said in it stays in the log.
///
/// A shared table: its lock is a leaf.
public final class Channels {

    private final Channel.House house;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, Running> byName = new TreeMap<>(); // guarded by lock

    private record Running(Channel channel, Thread thread) {}

    /// @param common the channels that everybody is put in; nobody owns them
    /// @param create who may start others
    /// @param redactWithin how long one may take back what one has said
    public Channels(
            Server server,
            ChannelLog log,
            ChannelSettings.Store settings,
            Deliveries deliveries,
            ReadMarkers markers,
            Clock clock,
            int inboxLength,
            List<Name.Channel> common,
            Create create,
            Duration redactWithin) {
        house =
                new Channel.House(
                        server,
                        log,
                        settings,
                        deliveries,
                        markers,
                        clock,
                        inboxLength,
                        common.stream().map(Name.Channel::folded).toList(),
                        create,
                        redactWithin);
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
            ask(channel.name(), new Request.Forget(account, new Request.Settled()));
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

    private Channel orStart(Name.Channel name) {
        lock.lock();
        try {
            var running = byName.get(name.folded());
            if (running != null) {
                return running.channel();
            }
            var channel = new Channel(name, house, this::remove);
            var thread = Thread.ofVirtual().name("channel-" + name.folded()).unstarted(channel);
            byName.put(name.folded(), new Running(channel, thread));
            thread.start();
            return channel;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Channel ended) {
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
