package chat.parley.daemon.store;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.store.Deliveries.Device;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The log in the embedded database: a thread `log` that writes, `history` that reads, and
/// [Searchers], so that nobody who reads old messages holds up those who speak, and nobody who
/// searches those who read; and [WriteAheadLog].
///
/// Any thread may call this; each call waits for one of them.
public final class SqliteLog implements ChannelLog {

    private final LogThread writing;
    private final LogThread reading;
    private final Searchers searching;
    private final AtomicLong versions = new AtomicLong(); // of metadata
    private final WriteAheadLog ahead;
    private final Metrics.Counter stored;

    SqliteLog(
            LogThread.Opening forWriting,
            LogThread.Opening forReading,
            WriteAheadLog.Opening forEmptying,
            Metrics metrics) {
        var commits = metrics.histogram(Metric.COMMIT);
        var sizes = metrics.histogram(Metric.COMMIT_SIZE);
        var refused = metrics.counter(Metric.COMMITS_REFUSED);
        var histories = metrics.histogram(Metric.HISTORY);
        var searches = metrics.histogram(Metric.SEARCH);
        stored = metrics.counter(Metric.STORED);
        writing =
                LogThread.start(
                        "log",
                        forWriting,
                        new LogThread.Watching() {
                            @Override
                            public void done(int tasks, long nanos) {
                                sizes.note(tasks);
                                commits.note(nanos);
                            }

                            @Override
                            public void refused() {
                                refused.increment();
                            }
                        });
        reading = LogThread.start("history", forReading, (_, nanos) -> histories.note(nanos));
        searching = new Searchers(forReading, (_, nanos) -> searches.note(nanos));
        metrics.gauge(Metric.LOG_WAITING, writing::waiting);
        ahead = WriteAheadLog.start(forEmptying);
    }

    public static SqliteLog open(Database database, Durability durability) {
        return open(database, durability, new Metrics());
    }

    /// The same, counted.
    public static SqliteLog open(Database database, Durability durability, Metrics metrics) {
        var mode =
                switch (durability) {
                    case COMMIT -> SynchronousMode.FULL;
                    // Loss of power may then cost the newest commits, but never the file.
                    case PROCESS -> SynchronousMode.NORMAL;
                };
        return new SqliteLog(
                () -> LogTables.forWriting(database.open(mode)),
                () -> LogTables.forReading(database.open(mode)),
                () -> database.open(mode),
                metrics);
    }

    /// Writes to the disk what changes nothing, and returns once it is committed: whether that
    /// works is whether the daemon does.
    public void tryIt() throws IOException, InterruptedException {
        writing.ask(tables -> done(tables::tryIt));
    }

    @Override
    public List<Kept> append(List<Entry> entries) throws IOException, InterruptedException {
        var all = List.copyOf(entries);
        if (all.isEmpty()) {
            return List.of();
        }
        var kept = writing.ask(tables -> tables.append(all));
        kept(all);
        return kept;
    }

    private void kept(List<Entry> entries) {
        stored.add(entries.size());
        if (entries.stream().anyMatch(entry -> entry.command().equals(REDACT))) {
            ahead.empty();
        }
    }

    @Override
    public List<Kept> read(Stream stream, long after, int limit)
            throws IOException, InterruptedException {
        return reading.ask(tables -> tables.read(stream, after, limit));
    }

    @Override
    public Optional<Long> newest(Stream stream) throws IOException, InterruptedException {
        return reading.ask(tables -> tables.newest(stream));
    }

    @Override
    public Optional<Kept> newest(Stream stream, String command)
            throws IOException, InterruptedException {
        return reading.ask(tables -> tables.newest(stream, command));
    }

    @Override
    public Optional<Kept> find(Stream stream, String msgid)
            throws IOException, InterruptedException {
        return reading.ask(tables -> tables.history().entry(stream, msgid));
    }

    /// What was said, read back in parts by the reading thread.
    public History history() {
        return new History() {
            @Override
            public List<Kept> read(Stream stream, Instant since, Part part, Shown shown, int limit)
                    throws IOException, InterruptedException {
                return reading.ask(
                        tables -> tables.history().read(stream, since, part, shown, limit));
            }

            @Override
            public List<Conversation> conversations(
                    String account,
                    Instant since,
                    Collection<String> channels,
                    Instant from,
                    Instant to,
                    int limit)
                    throws IOException, InterruptedException {
                return reading.ask(tables ->
                        tables.history().conversations(account, since, channels, from, to, limit));
            }
        };
    }

    /// What was said, looked for by the searching threads.
    public Search search() {
        return searching;
    }

    /// Who is in which channel, kept by the same thread that writes the messages.
    public Memberships memberships() {
        return new Memberships() {
            @Override
            public Set<String> of(String account) throws IOException, InterruptedException {
                // Not by the reading thread: it would not see what was told but is not committed.
                return writing.ask(tables -> tables.memberships().channelsOf(account));
            }

            @Override
            public void joined(String account, String channel)
                    throws IOException, InterruptedException {
                writing.tell(tables -> done(() -> tables.memberships().joined(account, channel)));
            }

            @Override
            public void left(String account, String channel)
                    throws IOException, InterruptedException {
                writing.tell(tables -> done(() -> tables.memberships().left(account, channel)));
            }
        };
    }

    /// The read markers, kept by the same thread that writes the messages.
    public Markers markers() {
        return new Markers() {
            @Override
            public Optional<Instant> of(String account, String target)
                    throws IOException, InterruptedException {
                return reading.ask(tables -> tables.markers().of(account, target));
            }

            @Override
            public Optional<Instant> move(String account, String target, Instant to)
                    throws IOException, InterruptedException {
                return writing.ask(tables -> tables.markers().move(account, target, to));
            }
        };
    }

    /// What accounts and channels say of themselves, kept by the same thread that writes the
    /// messages. That thread gives the versions, so that they are in the order of the changes.
    public Metadata metadata() {
        return new Metadata() {
            @Override
            public Held of(Owner owner) throws IOException, InterruptedException {
                return writing.ask(
                        tables -> tables.metadata().of(owner, versions.incrementAndGet()));
            }

            @Override
            public Optional<Metadata.Change> change(
                    Owner owner, Map<String, String> changes, int most)
                    throws IOException, InterruptedException {
                return writing.ask(tables ->
                        tables.metadata().change(owner, changes, most, versions.incrementAndGet()));
            }
        };
    }

    /// How far each device was told, kept by the same thread that writes the messages.
    public Deliveries deliveries() {
        return new Deliveries() {
            @Override
            public void delivered(List<Delivered> all) throws IOException, InterruptedException {
                writing.tell(tables -> done(() -> tables.deliveries().delivered(all)));
            }

            @Override
            public Missed missed(Device device, Stream stream, long until, int limit)
                    throws IOException, InterruptedException {
                // The writing thread knows what was told but is not committed.
                var position = writing.ask(tables -> tables.deliveries().position(device, stream));
                return position.isEmpty()
                        ? Missed.none(stream)
                        : reading.ask(tables ->
                                tables.missed().of(stream, position.getAsLong(), until, limit));
            }
        };
    }

    /// What accounts say to each other, kept by the same thread that writes what channels say.
    public DirectLog direct() {
        return new DirectLog() {
            @Override
            public Appended append(List<Entry> entries) throws IOException, InterruptedException {
                var all = List.copyOf(entries);
                var appended =
                        writing.ask(tables ->
                                new Appended(tables.append(all), tables.index().newest()));
                kept(all);
                return appended;
            }

            @Override
            public long newest() throws IOException, InterruptedException {
                return writing.ask(tables -> tables.index().newest());
            }

            @Override
            public void told(List<Told> all) throws IOException, InterruptedException {
                writing.tell(tables -> done(() -> tables.deliveries().toldDirect(all)));
            }

            @Override
            public List<Missed> missed(Device device, Instant since, long until, int limit)
                    throws IOException, InterruptedException {
                // The writing thread knows what was told but is not committed.
                var position = writing.ask(tables -> tables.deliveries().positionOfDirect(device));
                return position.isEmpty()
                        ? List.of()
                        : reading.ask(tables ->
                                tables.missed()
                                        .direct(
                                                device.account(),
                                                since,
                                                position.getAsLong(),
                                                until,
                                                limit));
            }
        };
    }

    /// Begins to remove what is not to be kept; close it before the log.
    ///
    /// @param keep how much is to be kept, asked again and again
    public Retention.Running retain(
            Database database, Supplier<DaemonConfig.Keep> keep, Clock clock) {
        return retention(database, keep, clock).start(Retention.EVERY);
    }

    Retention retention(Database database, Supplier<DaemonConfig.Keep> keep, Clock clock) {
        return new Retention(database, writing, ahead, keep, clock);
    }

    /// How channels are set up, kept by the same thread that writes the messages.
    public ChannelSettings.Store settings() {
        return new ChannelSettings.Store() {
            @Override
            public Optional<ChannelSettings> load(String folded)
                    throws IOException, InterruptedException {
                return writing.ask(tables -> tables.settings().load(folded));
            }

            @Override
            public void save(String folded, ChannelSettings settings)
                    throws IOException, InterruptedException {
                writing.ask(tables -> done(() -> tables.settings().save(folded, settings)));
            }
        };
    }

    /// What channels are called, kept by the same thread that writes the messages.
    public ChannelNames channelNames() {
        return new ChannelNames() {
            @Override
            public boolean isTaken(String folded) throws IOException, InterruptedException {
                return reading.ask(tables -> tables.names().isTaken(folded));
            }

            @Override
            public List<Kept> rename(String folded, String name, List<Entry> entries)
                    throws IOException, InterruptedException {
                var all = List.copyOf(entries);
                return writing.ask(tables -> {
                    tables.renamed(folded, name);
                    return tables.append(all);
                });
            }
        };
    }

    private interface Change {
        void make() throws SQLException;
    }

    private static boolean done(Change change) throws SQLException {
        change.make();
        return true;
    }

    @Override
    public void close() {
        ahead.close();
        searching.close();
        reading.close();
        writing.close();
    }
}
