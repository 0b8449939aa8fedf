package chat.parley.daemon.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// A log that forgets everything in the end, and can be told to refuse.
public final class InMemoryLog implements ChannelLog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Stream, List<Kept>> streams = new ConcurrentHashMap<>();
    private final Map<Stream, Integer> numbers = new ConcurrentHashMap<>();
    private volatile boolean refusing;

    /// From now on appending fails, or works again.
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    @Override
    public List<Kept> append(List<Entry> entries) throws IOException {
        if (refusing) {
            throw new IOException("not kept: told to refuse");
        }
        lock.lock();
        try {
            var all = new ArrayList<Kept>();
            for (var entry : entries) {
                var number = numbers.computeIfAbsent(entry.stream(), _ -> numbers.size() + 1);
                var stream = streams.computeIfAbsent(entry.stream(), _ -> new ArrayList<>());
                var before = said(stream, entry);
                if (before.isPresent()) {
                    all.add(before.get());
                    continue;
                }
                var sequence = stream.size() + 1L;
                var kept = new Kept(sequence, number + "-" + sequence, entry);
                stream.add(kept);
                all.add(kept);
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Kept> said(List<Kept> stream, Entry entry) {
        return stream.stream()
                .filter(_ -> !entry.once().isEmpty())
                .filter(one -> one.entry().once().equals(entry.once()))
                .filter(one -> one.entry().account().equals(entry.account()))
                .map(one -> new Kept(one.sequence(), one.id(), one.entry(), true))
                .findFirst();
    }

    @Override
    public List<Kept> read(Stream stream, long after, int limit) {
        lock.lock();
        try {
            return streams.getOrDefault(stream, List.of()).stream()
                    .filter(kept -> kept.sequence() > after)
                    .limit(limit)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Long> newest(Stream stream) {
        return read(stream, 0, Integer.MAX_VALUE).stream().map(Kept::sequence).max(Long::compare);
    }

    @Override
    public Optional<Kept> newest(Stream stream, String command) {
        return read(stream, 0, Integer.MAX_VALUE).reversed().stream()
                .filter(kept -> kept.entry().command().equals(command))
                .findFirst();
    }

    @Override
    public Optional<Kept> find(Stream stream, String msgid) {
        return read(stream, 0, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.id().equals(msgid))
                .findFirst();
    }

    @Override
    public void close() {}
}
