package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.GuardRow.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLoginGuardTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path dir;
    private SqliteAccounts accounts;
    private SqliteLoginGuard memory;

    @BeforeEach
    void open() throws Exception {
        var database = Database.prepare(dir);
        accounts = new SqliteAccounts(database, Clock.systemUTC());
        accounts.add(List.of(new Newcomer("Ann", "h", Role.MEMBER)));
        accounts.add(List.of(new Newcomer("bob", "h", Role.MEMBER)));
        memory = new SqliteLoginGuard(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void what_was_written_is_read_and_the_last_counts() throws Exception {
        memory.write(List.of(row(Kind.PAIR, "ann", "192.0.2.1", 1), row(Kind.PAIR, "bob", "x", 1)));
        var last = row(Kind.PAIR, "ann", "192.0.2.1", 2);
        memory.write(List.of(last));

        assertEquals(List.of(last), memory.of("ANN"));
        assertEquals(2, memory.load().size());
    }

    @Test
    void nothing_is_kept_of_who_is_not_there() throws Exception {
        memory.write(List.of(row(Kind.PAIR, "nobody", "192.0.2.1", 1)));
        memory.write(List.of(row(Kind.STRANGERS, "ann", "", 1)));
        accounts.delete("ann");

        assertEquals(List.of(), memory.load());
    }

    @Test
    void what_has_had_its_time_goes_and_failures_in_a_row_stay() throws Exception {
        var longAgo = Duration.ofDays(200);
        var row = row(Kind.STRANGERS, "ann", "", 100, longAgo);
        var rows = new ArrayList<>(List.of(row));
        for (var kind : List.of(Kind.KNOWN, Kind.PAIR, Kind.FIRST, Kind.AGAIN)) {
            rows.add(row(kind, "ann", "x", 1, longAgo));
        }
        rows.add(row(Kind.NETWORK, "", "x", 1, longAgo));
        memory.write(rows);
        prune();

        assertEquals(List.of(row), memory.load());
    }

    @Test
    void what_is_one_too_many_goes_the_oldest_first() throws Exception {
        var rows = new ArrayList<GuardRow>();
        for (var i = 0; i < 50; i++) {
            for (var account : List.of("ann", "bob")) {
                var age = Duration.ofSeconds(i);
                rows.add(row(Kind.KNOWN, account, "place" + i, 0, age));
                rows.add(row(Kind.PAIR, account, "place" + i, 1, age));
            }
        }
        memory.write(rows);
        prune();

        var ann = memory.of("ann");
        assertEquals(List.of("place2", "place1", "place0"), places(ann, Kind.KNOWN));
        assertEquals(3, places(memory.of("bob"), Kind.KNOWN).size());
        assertEquals(5, places(memory.load(), Kind.PAIR).size());
    }

    private void prune() throws Exception {
        memory.prune(Duration.ofDays(180), Duration.ofDays(1), 5, 3);
    }

    private static List<String> places(List<GuardRow> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).map(GuardRow::place).toList();
    }

    private static GuardRow row(Kind kind, String account, String place, int inARow) {
        return row(kind, account, place, inARow, Duration.ZERO);
    }

    private static GuardRow row(Kind kind, String account, String place, int inARow, Duration age) {
        return new GuardRow(
                kind, account, place, inARow + 0.5, inARow, NOW.minus(age), NOW.minus(age));
    }
}
