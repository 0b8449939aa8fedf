package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.limit.Network;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HashingPoolTest {

    private static final Network ANYWHERE = Network.of(InetAddress.getLoopbackAddress());

    private final HashingPool pool = HashingPool.start(2, 4);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Nested
    class A_job {

        @Test
        void runs_on_a_platform_thread_with_a_name() throws Exception {
            var threads = new LinkedBlockingQueue<Thread>();
            pool.submit(ANYWHERE, false, job(() -> threads.add(Thread.currentThread())));

            var thread = threads.take();
            assertFalse(thread.isVirtual());
            assertTrue(thread.getName().matches("hash-[12]"), thread.getName());
        }

        @Test
        void with_a_bug_is_put_off_and_the_next_one_runs() throws Exception {
            for (var i = 0; i < 4; i++) {
                pool.submit(
                        ANYWHERE,
                        false,
                        job(() -> {
                            throw new IllegalStateException("a bug");
                        }));
                assertEquals("put off", events.take());
            }
            pool.submit(ANYWHERE, false, job(() -> events.add("ran")));

            assertEquals("ran", events.take());
        }
    }

    @Nested
    class A_closed_pool {

        @Test
        void lets_what_runs_end_and_puts_the_rest_off() throws Exception {
            var running = new CountDownLatch(2);
            var go = new CountDownLatch(1);
            for (var i = 0; i < 2; i++) {
                pool.submit(
                        ANYWHERE,
                        false,
                        job(() -> {
                            running.countDown();
                            await(go);
                            events.add("ran");
                        }));
            }
            running.await();
            pool.submit(ANYWHERE, false, job(() -> events.add("never")));
            var closing = Thread.ofVirtual().start(pool::close);

            assertEquals("put off", events.take());
            go.countDown();
            closing.join();
            assertEquals("ran", events.take());
            assertEquals("ran", events.take());
            pool.submit(ANYWHERE, false, job(() -> events.add("never")));
            assertEquals("put off", events.take());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private HashingPool.Job job(Runnable run) {
        return new HashingPool.Job() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public void putOff() {
                events.add("put off");
            }
        };
    }
}
