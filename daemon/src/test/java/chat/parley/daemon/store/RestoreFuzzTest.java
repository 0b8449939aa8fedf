package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A backup that somebody has changed is refused, or restored to what can be opened and read; never
/// anything else. See CONTRIBUTING.
class RestoreFuzzTest {

    /// An input is changes to a whole backup: where (4 bytes), how (1) and what (3).
    private static final int CHANGE = 8;

    @TempDir private static Path dir;
    private static byte[] whole = {};

    @BeforeAll
    static void make() throws Exception {
        var data = dir.resolve("made");
        var database = Database.prepare(data);
        var role = Account.Role.MEMBER;
        new SqliteAccounts(database, Clock.systemUTC())
                .add(List.of(new AccountStore.Newcomer("ann", "$argon2id$v=19$x", role)));
        try (var log = SqliteLog.open(database, Durability.PROCESS)) {
            log.append(List.of(said("x"), said("milk in tea"), said("y".repeat(5_000))));
        }
        Backup.take(data, dir.resolve("whole.db"), false, (_, _, _) -> {});
        whole = Files.readAllBytes(dir.resolve("whole.db"));
    }

    private static Entry said(String text) {
        var tea = new ChannelLog.Stream.OfChannel("#tea");
        return new Entry(tea, Instant.now(), "ann", "a!b@c", "PRIVMSG", "#tea", text, "");
    }

    @FuzzTest(maxDuration = "60s")
    void a_changed_backup_is_refused_or_can_be_opened(byte[] input) throws Exception {
        var work = Files.createTempDirectory(dir, "restore");
        try {
            Files.write(work.resolve("changed.db"), changed(input));
            Restore.from(
                    work.resolve("changed.db"),
                    Files.createDirectory(work.resolve("data")),
                    Instant.EPOCH,
                    (_, _, _) -> {});
            open(work.resolve("data"));
        } catch (Refused | IOException | ConfigProblem why) {
            assertNotNull(why.getMessage());
        } finally {
            try (var files = Files.walk(work)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }

    private static void open(Path data) throws Exception {
        var database = Database.prepare(data);
        new SqliteAccounts(database, Clock.systemUTC()).list();
        try (var log = SqliteLog.open(database, Durability.PROCESS)) {
            log.append(List.of(said("after")));
        }
    }

    private static byte[] changed(byte[] input) {
        var copy = whole.clone();
        var changes = ByteBuffer.wrap(input);
        while (changes.remaining() >= CHANGE) {
            var where = Integer.remainderUnsigned(changes.getInt(), copy.length);
            var how = changes.get();
            for (var i = 0; i < 3; i++) {
                var what = changes.get();
                var at = (where + i) % copy.length;
                copy[at] =
                        switch (how & 3) {
                            case 0 -> what;
                            case 1 -> (byte) (copy[at] ^ what);
                            case 2 -> (byte) (copy[at] + what);
                            default -> i == 0 ? what : copy[at];
                        };
            }
            if (how == 4) { // cut off
                copy = java.util.Arrays.copyOf(copy, Math.max(1, where));
            }
        }
        return copy;
    }
}
