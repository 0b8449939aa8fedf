package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.AccountStore.Newcomer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

@Timeout(60)
class SqliteAccountsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:43:00Z");

    @TempDir Path dir;
    private Database database;
    private SqliteAccounts accounts;

    @BeforeEach
    void open() throws Exception {
        database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Nested
    class An_account {

        @Test
        void is_found_whatever_the_case_and_shown_as_it_was_given() throws Exception {
            accounts.add(List.of(new Newcomer("Ann", "hash", Role.OPERATOR)));

            var ann = accounts.find("aNN").orElseThrow();

            assertEquals(
                    new Account(
                            "Ann",
                            "hash",
                            Role.OPERATOR,
                            Status.ENABLED,
                            NOW,
                            Optional.empty(),
                            ann.version()),
                    ann);
            assertEquals(Optional.empty(), accounts.find("bob"));
        }

        @Test
        void never_prints_its_hash() throws Exception {
            add("ann");

            assertFalse(accounts.find("ann").orElseThrow().toString().contains("hash"));
        }

        @Test
        void has_a_new_version_after_each_change_and_none_is_given_twice() throws Exception {
            add("ann");
            add("bob");
            var versions = new TreeSet<Long>();
            versions.add(version("ann"));
            assertTrue(accounts.replaceHash("ann", "other"));
            versions.add(version("ann"));
            assertTrue(accounts.setStatus("ANN", Status.DISABLED));
            versions.add(version("ann"));
            assertTrue(accounts.setRole("ann", Role.BOT));
            versions.add(version("ann"));
            assertTrue(accounts.delete("ann"));
            add("ann");
            versions.add(version("ann"));

            assertEquals(5, versions.size());
            assertEquals(version("ann"), versions.last());
        }

        @Test
        void that_is_not_there_cannot_be_changed() throws Exception {
            assertFalse(accounts.replaceHash("ann", "other"));
            assertFalse(accounts.setStatus("ann", Status.DISABLED));
            assertFalse(accounts.setRole("ann", Role.BOT));
            assertFalse(accounts.delete("ann"));
        }

        @Test
        void takes_its_memberships_along_when_it_is_deleted() throws Exception {
            add("ann");
            try (var connection = database.open(SynchronousMode.FULL)) {
                Sql.run(connection, "INSERT INTO memberships VALUES ('ann', '#tea', '#tea')");
            }

            accounts.delete("Ann");

            try (var connection = database.open(SynchronousMode.FULL);
                    var statement = connection.createStatement()) {
                assertEquals(0, Sql.number(statement, "SELECT count(*) FROM memberships"));
            }
        }

        @Test
        void with_an_impossible_name_is_not_made() {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new Account(
                                    "1st",
                                    "hash",
                                    Role.MEMBER,
                                    Status.ENABLED,
                                    Instant.EPOCH,
                                    Optional.empty(),
                                    1));
        }
    }

    /// One command off-boards: whatever table there is, nothing in it is of who was deleted.
    @Test
    void a_deleted_account_leaves_nothing_in_any_table_but_what_it_said() throws Exception {
        accounts.add(List.of(newcomer("Ann"), newcomer("bob")));
        accounts.invite("ann", "hash", NOW.plusSeconds(60));
        try (var c = database.open(SynchronousMode.FULL)) {
            var tables = ownedTables(c);
            assertTrue(tables.size() >= 8, tables.toString());
            for (var table : tables.keySet()) {
                fill(c, table);
            }
            accounts.delete("Ann");
            for (var table : tables.entrySet()) {
                try (var statement = c.createStatement()) {
                    var left =
                            "SELECT count(*) FROM %s WHERE %s = 'ann'"
                                    .formatted(table.getKey(), table.getValue());
                    assertEquals(0, Sql.number(statement, left), table.getKey());
                }
            }
        }
    }

    /// Tables with a column that names an account, but for what was said, what happened, and what
    /// the daemon that runs says of itself.
    private static Map<String, String> ownedTables(Connection c) throws SQLException {
        var found = new TreeMap<String, String>();
        try (var statement = c.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c"
                                        + " WHERE t.type = 'table' AND c.name IN"
                                        + " ('account', 'folded', 'owner') AND t.name NOT IN"
                                        + " ('messages', 'account_changes', 'sessions', 'channels')")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }

    /// A row of ann's, whatever else is in it.
    private static void fill(Connection c, String table) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = c.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT name, type FROM pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                var name = rows.getString(1);
                if (name.equals("account") || name.equals("folded") || name.equals("owner")) {
                    values.add("'ann'");
                } else if (name.equals("kind")) {
                    values.add("'account'");
                } else {
                    values.add(rows.getString(2).equals("TEXT") ? "'x'" : "1");
                }
            }
            statement.execute(
                    "INSERT OR IGNORE INTO %s VALUES (%s)"
                            .formatted(table, String.join(", ", values)));
        }
    }

    @Nested
    class Several_newcomers {

        @Test
        void are_added_all_or_none() throws Exception {
            add("bob");

            var taken = accounts.add(List.of(newcomer("ann"), newcomer("BOB"), newcomer("cleo")));

            assertEquals(List.of("BOB"), taken);
            assertEquals(List.of("bob"), names());
        }

        @Test
        void may_come_from_several_programs_at_once() throws Exception {
            try (var threads = Executors.newFixedThreadPool(8)) {
                var all =
                        IntStream.range(0, 40)
                                .<Callable<List<String>>>mapToObj(
                                        i -> () -> accounts.add(List.of(newcomer("n" + i % 20))))
                                .toList();
                var refused = 0;
                for (var answer : threads.invokeAll(all)) {
                    refused += answer.get().size();
                }
                assertEquals(20, refused);
            }
            assertEquals(20, names().size());
        }
    }

    @Nested
    class A_raised_hash {

        @Test
        void leaves_the_version_alone() throws Exception {
            add("ann");
            var before = accounts.find("ann").orElseThrow();

            accounts.raise(before, "stronger");

            var after = accounts.find("ann").orElseThrow();
            assertEquals("stronger", after.hash());
            assertEquals(before.version(), after.version());
        }

        @Test
        void does_not_undo_a_new_password() throws Exception {
            add("ann");
            var before = accounts.find("ann").orElseThrow();
            accounts.replaceHash("ann", "new password");

            accounts.raise(before, "stronger hash of the old one");

            assertEquals("new password", accounts.find("ann").orElseThrow().hash());
        }
    }

    @Nested
    class A_name_that_nobody_has {

        @Test
        void is_given_some_other_account_always_the_same() throws Exception {
            add("bob");
            add("dora");

            assertEquals("dora", other("cleo"));
            assertEquals("bob", other("ann"));
            assertEquals("bob", other("zoe"));
            assertEquals("bob", other("\u0000'; DROP TABLE accounts"));
            assertEquals("bob", other("Bob"));
        }

        @Test
        void is_given_none_where_there_is_none() throws Exception {
            assertEquals(Optional.empty(), accounts.findOrOther("ann"));
        }

        private String other(String name) throws Exception {
            return accounts.findOrOther(name).orElseThrow().name();
        }
    }

    private void add(String name) throws Exception {
        assertEquals(List.of(), accounts.add(List.of(newcomer(name))));
    }

    private static Newcomer newcomer(String name) {
        return new Newcomer(name, "hash", Role.MEMBER);
    }

    private long version(String name) throws Exception {
        return accounts.find(name).orElseThrow().version();
    }

    private List<String> names() throws Exception {
        return accounts.list().stream().map(Account::name).toList();
    }
}
