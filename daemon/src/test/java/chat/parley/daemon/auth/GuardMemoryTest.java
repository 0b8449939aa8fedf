package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteLoginGuard;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardMemoryTest {

    /// A clock that breaks stands for whatever nobody has thought of: a guesser who found it must
    /// not get a fresh beginning by each restart from then on.
    @Test
    void goes_on_writing_after_a_bug(@TempDir Path dir) throws Exception {
        var database = Database.prepare(dir);
        new SqliteAccounts(database, Clock.systemUTC())
                .add(List.of(new Newcomer("ann", "h", Role.MEMBER)));
        var store = new SqliteLoginGuard(database, Clock.systemUTC());
        var guard = new LoginGuard();
        var broken = new AtomicInteger();
        try (var _ = GuardMemory.start(guard, store, Clock.systemUTC(), () -> now(broken))) {
            broken.set(2);
            while (broken.get() > 0) {
                Thread.onSpinWait();
            }
            fail(guard);
        }
        assertEquals(1, store.of("ann").stream().mapToInt(GuardRow::inARow).max().orElse(0));
    }

    private static long now(AtomicInteger broken) {
        if (broken.get() > 0 && broken.getAndDecrement() > 0) {
            throw new IllegalStateException("a bug");
        }
        return System.nanoTime();
    }

    private static void fail(LoginGuard guard) {
        var from = Origin.of(InetAddress.ofLiteral("192.0.2.1"));
        var now = System.nanoTime();
        if (guard.admit("ann", from, now) instanceof LoginGuard.Verdict.May(var asked)
                && guard.begin(asked, now) instanceof LoginGuard.Verdict.May(var begun)) {
            guard.failed(begun, true, OptionalInt.of(1), now);
        }
    }
}
