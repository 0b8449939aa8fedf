package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// A database of each earlier version is brought up with all it holds. What such a database looks
/// like is not asked of the program but kept in `schema/N.sql`: tables, and a few rows.
class SchemaTest {

    private static final Search.Scope OF_ANN =
            new Search.Scope("ann", Instant.EPOCH, List.of("#tea"), Optional.empty());
    private static final Search.Wanted MILK =
            new Search.Wanted(
                    List.of("MILK"), Optional.of("ANN"), Optional.empty(), Optional.empty(), 10);

    @TempDir Path dir;

    static IntStream versions() {
        return IntStream.rangeClosed(1, Schema.NEWEST);
    }

    private static List<String> file(int version) throws IOException {
        var name = "/schema/" + version + ".sql";
        try (var in = SchemaTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("there is no src/test/resources" + name);
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.strip().split(";\n\\s*"));
        }
    }

    private static void makeTables(Connection connection, int version)
            throws SQLException, IOException {
        for (var statement : file(version)) {
            if (statement.startsWith("CREATE")) {
                Sql.run(connection, statement);
            }
        }
    }

    private static String tables(Connection connection) throws SQLException {
        var all = new StringBuilder();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
                                        + " AND name NOT LIKE 'sqlite_%'"
                                        // What the index of words makes for itself.
                                        + " AND name NOT GLOB 'search_*' ORDER BY type DESC,"
                                        + " name")) {
            while (rows.next()) {
                all.append(rows.getString(1).strip()).append(";\n\n");
            }
        }
        return all.toString();
    }

    private Connection empty(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + dir.resolve(name));
    }

    /// A version that was released is never edited: whoever has it would not get the change.
    @ParameterizedTest
    @MethodSource("versions")
    void a_version_stays_as_it_was(int version) throws Exception {
        try (var program = empty("program");
                var file = empty("file")) {
            Schema.bringUp(program, version);
            var made = tables(program);
            makeTables(file, version);
            assertEquals(
                    made,
                    tables(file),
                    "if this version is new and in no release yet, this belongs into"
                            + " src/test/resources/schema/"
                            + version
                            + ".sql, with rows in it:\n"
                            + made);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void is_brought_up_with_all_that_it_holds(int version) throws Exception {
        var data =
                Files.createDirectory(
                        dir.resolve("data"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var made = data.resolve("parley.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + made)) {
            for (var statement : file(version)) {
                Sql.run(connection, statement);
            }
            Sql.run(connection, "PRAGMA user_version = " + version);
        }
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));

        var database = Database.prepare(data);

        try (var connection = database.open(SynchronousMode.FULL);
                var fresh = empty("fresh");
                var statement = connection.createStatement()) {
            assertEquals(Schema.NEWEST, Sql.number(statement, "PRAGMA user_version"));
            assertEquals("ok", Sql.text(statement, "PRAGMA integrity_check"));
            Schema.bringUp(fresh);
            assertEquals(tables(fresh), tables(connection));
        }
        checkContent(database, version);
    }

    private static void checkContent(Database database, int version) throws Exception {
        var accounts = new SqliteAccounts(database, Clock.systemUTC());
        assertEquals(
                List.of("Account[Ann OPERATOR ENABLED]", "Account[bob MEMBER DISABLED]"),
                accounts.list().stream().map(Object::toString).toList());
        assertEquals("$argon2id$ann", accounts.find("ann").orElseThrow().hash());
        try (var log = SqliteLog.open(database, Durability.PROCESS)) {
            var tea = new Stream.OfChannel("#tea");
            var first =
                    new Entry(
                            tea,
                            Instant.ofEpochMilli(1_767_225_600_000L),
                            "Ann",
                            "Ann!~Ann@h",
                            "PRIVMSG",
                            "#Tea",
                            "milk? ☕",
                            "+draft/reply=1-1");
            var read = log.read(tea, 0, 10);
            assertEquals(first, read.getFirst().entry());
            assertEquals("1-1", read.getFirst().id());
            assertEquals("of tea", log.newest(tea, "TOPIC").orElseThrow().entry().text());
            assertEquals(1, log.read(Stream.OfPair.of("ann", "bob"), 0, 10).size());
            assertEquals(Set.of("#Tea"), log.memberships().of("Ann"));
            // `newest` was higher than what is left.
            assertEquals(8, log.append(List.of(first)).getFirst().sequence());
            var found = log.search().find(OF_ANN, MILK).orElseThrow();
            assertEquals(List.of("1-1", "1-8"), found.stream().map(Kept::id).toList());
            if (version >= 2) {
                var settings = log.settings().load("#tea").orElseThrow();
                assertEquals('q', settings.roles().get("ann"));
                assertEquals("bad!*@*", settings.lists().getFirst().mask());
            }
            if (version >= 13) {
                var factor = new SqliteSecondFactors(database, Clock.systemUTC()).of("ann");
                assertEquals(58_000_000, factor.orElseThrow().lastStep());
                assertEquals(Set.of("00ff"), factor.orElseThrow().codes());
            }
            if (version >= 4) {
                assertTrue(log.markers().of("ann", "#tea").isPresent());
            }
        }
    }

    @Test
    void every_version_is_told_in_the_changelog() throws Exception {
        assertTrue(
                Files.readString(Path.of("..", "CHANGELOG.md")).contains("schema " + Schema.NEWEST),
                "the changelog says that stored files change");
    }
}
