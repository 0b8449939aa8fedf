package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Place;
import chat.parley.daemon.store.History.Shown;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.jdbc4.JDBC4Connection;

/// Whatever is asked of the tables of what was said finds its rows by an index and needs no
/// sorting: it costs the same however much was said. Each question is asked once, over a connection
/// that notes it, and SQLite is asked how it would go about it.
class PlansTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream PAIR = Stream.OfPair.of("ann", "bob");
    private static final Instant THEN = Instant.ofEpochSecond(1_700_000_000);

    /// What may be gone through: the tables of the streams and of the channels' own words, where
    /// all of them are asked for, and what is no table of the file.
    private static final List<String> MAY =
            List.of(
                    "SCAN streams",
                    "SCAN json_each",
                    "SCAN search VIRTUAL TABLE INDEX",
                    "SCAN (subquery"); // what another step found

    @TempDir Path dir;
    private Noting connection;
    private String msgid = "";

    /// Notes what is prepared.
    private static final class Noting extends JDBC4Connection {

        private final Set<String> asked = new LinkedHashSet<>();

        Noting(Path file) throws SQLException {
            super("jdbc:sqlite:" + file, file.toString(), new Properties());
        }

        @Override
        public PreparedStatement prepareStatement(
                String sql, int type, int concurrency, int holdability) throws SQLException {
            asked.add(sql);
            return super.prepareStatement(sql, type, concurrency, holdability);
        }
    }

    @BeforeEach
    void open() throws Exception {
        try (var log = SqliteLog.open(Database.prepare(dir), Durability.PROCESS)) {
            for (var stream : List.of(TEA, PAIR)) {
                msgid = log.append(List.of(entry(stream, "PRIVMSG", ""))).getFirst().id();
                log.append(List.of(entry(stream, "TOPIC", "")));
            }
        }
        connection = new Noting(dir.resolve("parley.db"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static Entry entry(Stream stream, String command, String once) {
        return new Entry(stream, THEN, "ann", "ann!u@h", command, "#tea", "some words", "", once);
    }

    @Test
    void of_history() throws Exception {
        var history = new HistoryTables(connection);
        var moment = new Place.Moment(THEN);
        var message = new Place.Message(msgid);
        for (var stream : List.of(TEA, PAIR)) {
            for (var shown : Shown.values()) {
                for (var part :
                        List.of(
                                new Part.Latest(),
                                new Part.LatestAfter(moment),
                                new Part.Before(message),
                                new Part.After(message),
                                new Part.Around(moment),
                                new Part.Between(moment, message))) {
                    history.read(stream, THEN.minusSeconds(9), part, shown, 100);
                }
            }
            history.newestBefore(stream, THEN);
            history.entry(stream, msgid);
        }
        history.conversations(
                "ann", Instant.EPOCH, List.of("#tea"), Instant.EPOCH, THEN.plusSeconds(9), 9);
        assertByIndex(9);
    }

    @Test
    void of_searching() throws Exception {
        var search = new SearchTables(connection);
        for (var words : List.of(List.of("some", "words"), List.<String>of())) {
            for (var in : List.of(Optional.of(TEA), Optional.<Stream>empty())) {
                for (var after : List.of(Optional.of(THEN), Optional.<Instant>empty())) {
                    search.find(
                            new Search.Scope("ann", Instant.EPOCH, List.of("#tea"), in),
                            new Search.Wanted(words, Optional.of("ann"), after, after, 9),
                            Duration.ofSeconds(9));
                }
            }
        }
        assertByIndex(5);
    }

    @Test
    void of_what_devices_missed_and_read() throws Exception {
        var deliveries = new DeliveryTables(connection);
        var device = new Device("ann", "phone");
        deliveries.delivered(List.of(new Delivered(device, TEA, 1, Optional.of(THEN))));
        deliveries.position(device, TEA);
        deliveries.toldDirect(List.of(new DirectLog.Told(device, 1)));
        deliveries.positionOfDirect(device);
        var missed = new MissedTables(connection);
        missed.of(TEA, 0, 9, 100);
        missed.direct("ann", Instant.EPOCH, 0, 9, 100);
        var markers = new MarkerTables(connection);
        markers.move("ann", "#tea", THEN);
        markers.of("ann", "#tea");
        assertByIndex(5);
    }

    @Test
    void of_how_much_is_kept() throws Exception {
        var retention = new RetentionTables(connection);
        for (var stream : retention.streams()) {
            retention.oldest(stream);
            retention.lastOlder(stream, THEN.toEpochMilli(), 9);
            retention.lastWithin(stream, 99, 9);
            retention.window(stream, 0);
            retention.bytes(stream, 0, 9);
        }
        assertByIndex(6);
    }

    @Test
    void of_keeping_and_taking_out() throws Exception {
        var tables = LogTables.forWriting(connection);
        tables.begin();
        tables.append(List.of(entry(TEA, "PRIVMSG", "k"), entry(TEA, "PRIVMSG", "k")));
        tables.append(List.of(entry(TEA, ChannelLog.REDACT, "")));
        tables.read(TEA, 0, 9);
        tables.newest(TEA);
        tables.newest(TEA, "TOPIC");
        tables.erasing().erase(1, 1, "PRIVMSG");
        tables.erasing().erase(1, 2, "TOPIC");
        tables.erasing().remove(1, 2, 0);
        tables.commit();
        assertByIndex(12);
    }

    /// @param least how many questions there are, or about: else nobody listened
    private void assertByIndex(int least) throws SQLException {
        var asked = List.copyOf(connection.asked);
        assertTrue(asked.size() >= least, () -> "only " + asked);
        var slow = new ArrayList<String>();
        for (var sql : asked) {
            try (var statement = connection.createStatement();
                    var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
                while (plan.next()) {
                    var step = plan.getString("detail");
                    var all = step.startsWith("SCAN") && MAY.stream().noneMatch(step::startsWith);
                    if (all || step.contains("TEMP B-TREE FOR ORDER BY")) {
                        slow.add(step + ": " + sql);
                    }
                }
            }
        }
        assertEquals(List.of(), slow);
    }
}
