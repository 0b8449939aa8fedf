package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.Metadata.Held;
import chat.parley.daemon.store.Metadata.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {

    private static final Owner TEA = new Owner.OfChannel("#tea");

    @Nested
    class What_is_held {

        private final Held two = new Held(7, new TreeMap<>(Map.of("a", "1", "b", "2")));

        @Test
        void is_changed_and_removed_also_where_there_is_no_room_for_more() {
            var change = two.with(new TreeMap<>(Map.of("a", "11", "b", "", "c", "3")), 2, 8);

            assertEquals(Map.of("a", "11", "c", "3"), change.now().values());
            assertEquals(8, change.now().version());
            assertEquals(Set.of(), change.refused());
        }

        @Test
        void refuses_what_there_is_no_room_for() {
            var change = two.with(new TreeMap<>(Map.of("a", "11", "c", "3", "d", "")), 2, 8);

            assertEquals(Map.of("a", "11", "b", "2"), change.now().values());
            assertEquals(Set.of("c"), change.refused());
        }

        @Test
        void knows_where_it_differs_from_another() {
            var other = new Held(8, new TreeMap<>(Map.of("a", "11", "b", "2", "c", "3")));

            assertEquals(Set.of("a", "c"), two.differences(other));
            assertEquals(Set.of("a", "c"), other.differences(two));
            assertEquals(Set.of(), two.differences(two));
        }
    }

    @Nested
    class What_is_kept {

        @TempDir private Path dir;

        @Test
        void is_there_after_a_restart_each_owner_its_own()
                throws ConfigProblem, IOException, InterruptedException {
            var database = Database.prepare(dir);
            var ann = ann(database);
            try (var log = SqliteLog.open(database, Durability.COMMIT)) {
                var change = log.metadata().change(ann, Map.of("url", "x", "gone", "y"), 30);
                var next = log.metadata().change(ann, Map.of("gone", ""), 30);
                log.metadata().change(TEA, Map.of("url", "tea"), 30);

                var first = change.orElseThrow().now();
                assertTrue(next.orElseThrow().now().version() > first.version());
            }
            try (var log = SqliteLog.open(database, Durability.COMMIT)) {
                assertEquals(Map.of("url", "x"), log.metadata().of(ann).values());
                assertEquals(Map.of("url", "tea"), log.metadata().of(TEA).values());
            }
        }

        @Test
        void goes_with_the_account_and_is_not_brought_back_by_who_has_a_moment_left()
                throws ConfigProblem, IOException, InterruptedException {
            var database = Database.prepare(dir);
            var ann = ann(database);
            try (var log = SqliteLog.open(database, Durability.COMMIT)) {
                log.metadata().change(ann, Map.of("url", "x"), 30);
                assertTrue(accounts(database).delete("ann"));
                assertEquals(Optional.empty(), log.metadata().change(ann, Map.of("k", "v"), 30));

                now = now.plusSeconds(1);
                var other = ann(database);
                assertEquals(Map.of(), log.metadata().of(other).values());
                assertEquals(Optional.empty(), log.metadata().change(ann, Map.of("k", "v"), 30));
                assertTrue(log.metadata().change(other, Map.of("k", "v"), 30).isPresent());
            }
        }

        private Instant now = Instant.ofEpochSecond(1_000_000_000);

        private SqliteAccounts accounts(Database database) {
            return new SqliteAccounts(database, Clock.fixed(now, ZoneOffset.UTC));
        }

        private Owner ann(Database database) throws IOException {
            accounts(database)
                    .add(List.of(new AccountStore.Newcomer("ann", "hash", Account.Role.MEMBER)));
            return new Owner.OfAccount("ann", now);
        }
    }
}
