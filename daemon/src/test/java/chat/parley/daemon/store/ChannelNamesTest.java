package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.ChannelSettings.Listed;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChannelNamesTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream MILK = new Stream.OfChannel("#milk");
    private static final Device DESK = new Device("bob", "desk");
    private static final Instant THEN = Instant.parse("2026-11-21T05:00:00Z");
    private static final ChannelSettings SETTINGS =
            new ChannelSettings(
                    "#Tea",
                    THEN,
                    "nt",
                    Optional.of("key"),
                    OptionalInt.of(7),
                    Map.of("ann", 'q', "bob", 'v'),
                    List.of(new Listed('b', "*!*@nowhere", "ann!~ann@here", THEN)));

    @TempDir Path dir;
    private SqliteLog log;

    @BeforeEach
    void open() throws Exception {
        log = SqliteLog.open(Database.prepare(dir), Durability.PROCESS);
        log.settings().save("#tea", SETTINGS);
        log.memberships().joined("bob", "#Tea");
        log.markers().move("bob", "#tea", THEN);
        log.append(List.of(said(TEA, "one"), said(TEA, "two")));
        log.deliveries().delivered(List.of(new Delivered(DESK, TEA, 1, Optional.empty())));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Entry said(Stream stream, String text) {
        return new Entry(stream, THEN, "ann", "ann!~ann@here", "PRIVMSG", "#Tea", text, "");
    }

    private void assertCalled(Stream.OfChannel now, String shown, String before) throws Exception {
        var settings = log.settings().load(now.folded()).orElseThrow();
        assertEquals(shown, settings.name());
        assertEquals(SETTINGS.roles(), settings.roles());
        assertEquals(SETTINGS.lists(), settings.lists());
        assertEquals(Set.of(shown), log.memberships().of("bob"));
        assertEquals(Optional.of(THEN), log.markers().of("bob", now.folded()));
        assertEquals(1, log.deliveries().missed(DESK, now, 2, 10).newest().size());
        assertEquals(List.of("one", "two"), texts(now).subList(0, 2));
        assertTrue(log.channelNames().isTaken(now.folded()));

        assertFalse(log.channelNames().isTaken(before));
        assertEquals(Optional.empty(), log.settings().load(before));
        assertEquals(Optional.empty(), log.markers().of("bob", before));
        assertEquals(List.of(), texts(new Stream.OfChannel(before)));
    }

    private List<String> texts(Stream stream) throws Exception {
        return log.read(stream, 0, 10).stream().map(kept -> kept.entry().text()).toList();
    }

    @Nested
    class A_renamed_channel {

        @Test
        void has_all_it_had_and_the_old_name_has_nothing() throws Exception {
            var ids = log.read(TEA, 0, 10).stream().map(Kept::id).toList();

            var kept = log.channelNames().rename("#tea", "#Milk", List.of(said(MILK, "renamed")));

            assertEquals(3, kept.getFirst().sequence());
            assertCalled(new Stream.OfChannel("#milk"), "#Milk", "#tea");
            assertEquals(List.of("one", "two", "renamed"), texts(MILK));
            assertEquals(ids, log.read(MILK, 0, 2).stream().map(Kept::id).toList());
        }

        @Test
        void goes_on_counting_and_so_does_one_that_takes_its_old_name() throws Exception {
            log.channelNames().rename("#tea", "#milk", List.of());

            var milk = log.append(List.of(said(MILK, "three"))).getFirst();
            var tea = log.append(List.of(said(TEA, "new"))).getFirst();

            assertEquals(3, milk.sequence());
            assertEquals(1, tea.sequence());
            assertEquals(List.of("new"), texts(TEA));
        }

        @Test
        void may_get_its_old_name_back() throws Exception {
            log.channelNames().rename("#tea", "#milk", List.of(said(MILK, "three")));
            log.channelNames().rename("#milk", "#Tea", List.of(said(TEA, "four")));

            assertCalled(new Stream.OfChannel("#tea"), "#Tea", "#milk");
            assertEquals(List.of("one", "two", "three", "four"), texts(TEA));
        }

        @Test
        void may_only_be_written_otherwise() throws Exception {
            log.channelNames().rename("#tea", "#TEA", List.of(said(TEA, "three")));

            assertEquals("#TEA", log.settings().load("#tea").orElseThrow().name());
            assertEquals(Set.of("#TEA"), log.memberships().of("bob"));
            assertEquals(List.of("one", "two", "three"), texts(TEA));
        }

        @Test
        void takes_the_place_of_markers_of_a_channel_that_never_was() throws Exception {
            log.markers().move("bob", "#milk", THEN.plusSeconds(60));
            log.memberships().joined("bob", "#milk");
            log.memberships().joined("carl", "#milk");

            log.channelNames().rename("#tea", "#Milk", List.of());

            assertCalled(new Stream.OfChannel("#milk"), "#Milk", "#tea");
            assertEquals(Set.of(), log.memberships().of("carl"));
        }
    }

    /// A new table that knows channels by their names must go with them.
    @Test
    void every_column_that_holds_the_name_of_a_channel_is_renamed() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir + "/parley.db");
                var statement = connection.createStatement();
                var columns =
                        statement.executeQuery(
                                "SELECT m.name || '.' || c.name FROM sqlite_master m"
                                        + " JOIN pragma_table_info(m.name) c"
                                        + " WHERE m.type = 'table'"
                                        + " AND c.name IN ('channel', 'target')")) {
            var found = new ArrayList<String>();
            while (columns.next()) {
                found.add(columns.getString(1));
            }
            found.remove("messages.target"); // as it was addressed then
            assertTrue(found.size() > 3, found.toString());
            found.removeAll(NameTables.columns());
            assertEquals(List.of(), found);
        }
    }

    @Test
    void what_cannot_be_kept_whole_is_not_kept_at_all() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir + "/parley.db");
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER full BEFORE INSERT ON messages"
                            + " BEGIN SELECT RAISE(FAIL, 'disk is full'); END");
        }

        assertThrows(
                IOException.class,
                () -> log.channelNames().rename("#tea", "#milk", List.of(said(MILK, "three"))));

        assertCalled(new Stream.OfChannel("#tea"), "#Tea", "#milk");
    }
}
