package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

@Timeout(30)
class SearchersTest {

    @TempDir Path dir;
    private Searchers searchers;

    @BeforeEach
    void start() throws Exception {
        var database = Database.prepare(dir);
        searchers =
                new Searchers(
                        () -> LogTables.forReading(database.open(SynchronousMode.NORMAL)),
                        (_, _) -> {});
    }

    @AfterEach
    void stop() {
        searchers.close();
    }

    @Test
    void who_searches_many_times_at_once_holds_up_nobody_else() throws Exception {
        var begun = new CountDownLatch(1);
        var may = new CountDownLatch(1);
        var atOnce = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < 10; i++) {
                all.add(
                        threads.submit(() ->
                                searchers.ask(
                                        "ann",
                                        _ -> {
                                            begun.countDown();
                                            var alone = atOnce.incrementAndGet() == 1;
                                            await(may);
                                            atOnce.decrementAndGet();
                                            return alone;
                                        })));
            }
            assertTrue(begun.await(10, TimeUnit.SECONDS));

            assertEquals("found", searchers.ask("bob", _ -> "found"));

            may.countDown();
            for (var one : all) {
                assertTrue(one.get(), "two of one account at once");
            }
        }
        assertEquals(0, searchers.accounts());
    }

    @Test
    void as_many_accounts_search_at_once_as_there_are_threads() throws Exception {
        var both = new CountDownLatch(Searchers.THREADS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < Searchers.THREADS; i++) {
                var account = "a" + i;
                all.add(
                        threads.submit(() ->
                                searchers.ask(
                                        account,
                                        _ -> {
                                            both.countDown();
                                            return await(both);
                                        })));
            }
            for (var one : all) {
                assertTrue(one.get());
            }
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
