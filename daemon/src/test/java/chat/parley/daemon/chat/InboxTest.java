package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A rest that is not ended by what a test does is longer than the test may be.
@Timeout(30)
class InboxTest {

    private static final int MANY = 100_000;

    private final Inbox<String> inbox = new Inbox<>(MANY + 2, "say"::equals);
    private final Inbox<String> small = new Inbox<>(2, "say"::equals);

    @AfterEach
    void nobody_waits_any_more() {
        inbox.close();
        small.close();
    }

    private static long tomorrow() {
        return System.nanoTime() + Duration.ofDays(1).toNanos();
    }

    /// The owner's thread: takes once, and says how often it was woken for that.
    private static final class Owner {

        private final FutureTask<List<String>> taking;
        private final Thread thread;
        private long waits;

        Owner(Inbox<String> inbox) {
            taking =
                    new FutureTask<>(() -> {
                        var all = inbox.takeAll(tomorrow());
                        var me = Thread.currentThread().threadId();
                        waits =
                                ManagementFactory.getThreadMXBean()
                                        .getThreadInfo(me)
                                        .getWaitedCount();
                        return all;
                    });
            thread = Thread.ofPlatform().start(taking);
        }

        void awaitRest() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertNotEquals(Thread.State.TERMINATED, thread.getState(), "it did not rest");
                Thread.onSpinWait();
            }
        }

        List<String> taken() throws Exception {
            return taking.get();
        }
    }

    @Nested
    class Patient_requests {

        @Test
        void wait_for_the_first_that_is_not_and_keep_their_order() throws Exception {
            var owner = new Owner(inbox);
            inbox.put("say");
            owner.awaitRest();
            inbox.put("say");
            owner.awaitRest();
            inbox.put("join");

            assertEquals(List.of("say", "say", "join"), owner.taken());
        }

        @Test
        void do_not_wait_behind_one_that_does_not() throws Exception {
            inbox.put("say");
            inbox.put("join");
            inbox.put("say");

            assertEquals(List.of("say", "join", "say"), inbox.takeAll(tomorrow()));
        }

        @Test
        void wait_again_once_that_one_was_taken() throws Exception {
            inbox.put("join");
            inbox.takeAll(tomorrow());
            inbox.put("say");
            var owner = new Owner(inbox);
            owner.awaitRest();
            inbox.close();

            assertEquals(List.of("say"), owner.taken());
        }

        @Test
        void do_not_wake_who_rests_one_by_one() throws Exception {
            var owner = new Owner(inbox);
            inbox.put("say");
            owner.awaitRest();
            for (var i = 0; i < MANY; i++) {
                inbox.put("say");
                owner.awaitRest();
            }
            inbox.put("join");
            owner.taken();

            assertTrue(owner.waits < 10, owner.waits + " times");
        }

        @Test
        void do_not_wait_where_there_is_no_rest() throws Exception {
            inbox.put("say");

            assertEquals(List.of("say"), inbox.takeAll());
        }
    }

    @Nested
    class A_full_inbox {

        @Test
        void ends_the_rest() throws Exception {
            var owner = new Owner(small);
            small.put("say");
            owner.awaitRest();
            small.put("say");

            assertEquals(List.of("say", "say"), owner.taken());
        }

        @Test
        void lets_who_waits_for_room_in_once_it_was_taken() throws Exception {
            small.put("say");
            small.put("say");
            var third = new FutureTask<>(() -> small.put("say"));
            Thread.ofPlatform().start(third);

            assertEquals(2, small.takeAll(tomorrow()).size());
            assertTrue(third.get());
        }
    }

    @Nested
    class A_closed_inbox {

        @Test
        void ends_the_rest_and_what_waits_can_be_taken() throws Exception {
            var owner = new Owner(inbox);
            inbox.put("say");
            owner.awaitRest();
            inbox.close();

            assertEquals(List.of("say"), owner.taken());
            assertFalse(inbox.put("say"));
            assertEquals(List.of(), inbox.takeAll(tomorrow()));
        }

        @Test
        void is_one_that_was_empty_only() throws Exception {
            inbox.put("say");
            assertFalse(inbox.closeIfEmpty());
            inbox.takeAll();

            assertTrue(inbox.closeIfEmpty());
            assertFalse(inbox.put("join"));
        }
    }
}
