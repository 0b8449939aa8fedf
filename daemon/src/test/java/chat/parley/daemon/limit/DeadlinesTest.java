package chat.parley.daemon.limit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DeadlinesTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Deadlines deadlines = new Deadlines();
    private final CountDownLatch forEver = new CountDownLatch(1);

    @AfterEach
    void close() {
        deadlines.close();
        assertFalse(Thread.interrupted(), "an interrupt was left behind");
    }

    @Nested
    class A_deadline {

        @Test
        void interrupts_its_thread_and_leaves_nothing_behind() {
            try (var deadline = deadlines.within(SOON)) {
                assertThrows(InterruptedException.class, forEver::await);
                assertTrue(deadline.expired());
            }
        }

        @Test
        void that_passed_unnoticed_leaves_nothing_behind() {
            try (var deadline = deadlines.within(SOON)) {
                while (!deadline.expired()) {
                    Thread.onSpinWait();
                }
            }
        }

        @Test
        void met_in_time_does_nothing() {
            try (var deadline = deadlines.within(NEVER)) {
                assertFalse(deadline.expired());
            }
        }

        @Test
        void that_did_not_pass_leaves_the_interrupt_of_another_alone() {
            try (var _ = deadlines.within(NEVER)) {
                Thread.currentThread().interrupt();
            }

            assertTrue(Thread.interrupted());
        }

        @Test
        void never_strikes_after_it_was_closed() {
            for (var round = 0; round < 20_000; round++) {
                try (var _ = deadlines.within(Duration.ofNanos(round))) {
                    Thread.onSpinWait();
                }
                assertFalse(Thread.interrupted());
            }
        }
    }

    @Nested
    class A_task {

        @Test
        void runs_when_it_is_due() throws InterruptedException {
            var done = new CountDownLatch(1);
            var _ = deadlines.after(SOON, done::countDown);

            done.await();
        }

        @Test
        void that_fails_does_not_take_the_others_with_it() throws InterruptedException {
            var done = new CountDownLatch(1);
            var _ =
                    deadlines.after(
                            Duration.ZERO,
                            () -> {
                                throw new IllegalStateException("on purpose");
                            });
            var _ = deadlines.after(SOON, done::countDown);

            done.await();
        }

        @Test
        void that_was_called_off_never_runs() throws InterruptedException {
            var ran = new CountDownLatch(1);
            var later = new CountDownLatch(1);
            deadlines.after(SOON, ran::countDown).cancel();
            var _ = deadlines.after(SOON.multipliedBy(2), later::countDown);

            later.await();
            assertTrue(ran.getCount() == 1);
        }
    }

    @Nested
    class After_the_end {

        @Test
        void nothing_is_due_and_nothing_fails() {
            deadlines.close();

            try (var deadline = deadlines.within(Duration.ZERO)) {
                assertFalse(deadline.expired());
            }
        }
    }
}
