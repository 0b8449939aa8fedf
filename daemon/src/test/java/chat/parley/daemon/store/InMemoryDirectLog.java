package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.Deliveries.Device;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// What is said between two over an [InMemoryLog], and what was told, to be looked at.
public final class InMemoryDirectLog implements DirectLog {

    private final ChannelLog log;
    private final AtomicLong newest = new AtomicLong();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    public InMemoryDirectLog(ChannelLog log) {
        this.log = log;
    }

    /// All that was noted, in order.
    public List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public Appended append(List<Entry> entries) throws IOException, InterruptedException {
        var kept = log.append(entries);
        return new Appended(kept, newest.addAndGet(kept.size()));
    }

    @Override
    public long newest() {
        return newest.get();
    }

    @Override
    public void told(List<Told> all) {
        told.addAll(all);
    }

    @Override
    public List<Missed> missed(Device device, Instant since, long until, int limit) {
        return List.of();
    }
}
