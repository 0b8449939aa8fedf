package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.session.Outbound.Offer;
import chat.parley.daemon.session.Outbound.Taker;
import chat.parley.daemon.session.Outbound.Turn;
import chat.parley.protocol.ByteSize;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboundTest {

    private static final byte[] STEP = new byte[Queues.STEP];

    private static final Taker NOBODY = () -> {};

    private static int taken(Outbound queue) {
        return assertInstanceOf(Turn.Write.class, queue.next(NOBODY)).pieces().size();
    }

    @Nested
    class Its_taker {

        private final Outbound queue = new Outbound(ByteSize.ofKiB(1), new Queues(Long.MAX_VALUE));
        private final AtomicInteger woken = new AtomicInteger();

        private Turn next() {
            return queue.next(woken::incrementAndGet);
        }

        @Test
        void is_woken_once_for_each_rest() {
            assertInstanceOf(Turn.Rest.class, next());
            queue.offer(new byte[1]);
            queue.offer(new byte[1]);
            assertEquals(1, woken.get());
            assertInstanceOf(Turn.Write.class, next());
            queue.offer(new byte[1]);
            assertEquals(1, woken.get(), "it is at work");
            assertInstanceOf(Turn.Write.class, next());
            assertInstanceOf(Turn.Rest.class, next());
            queue.offer(new byte[1]);
            assertEquals(2, woken.get());
        }

        @Test
        void is_not_woken_for_what_there_is_no_room_for() {
            assertInstanceOf(Turn.Rest.class, next());
            assertEquals(Offer.FULL, queue.offer(new byte[2048]));
            assertEquals(0, woken.get());
        }

        @Test
        void is_woken_for_the_last_line_and_then_told_of_the_end() {
            assertInstanceOf(Turn.Rest.class, next());
            queue.close(new byte[1], true);
            queue.close(new byte[1], true);
            assertEquals(1, woken.get());
            assertInstanceOf(Turn.Write.class, next());
            assertInstanceOf(Turn.End.class, next());
            queue.offer(new byte[1]);
            assertEquals(1, woken.get());
        }

        /// Else it would rest for ever: the last line is refused after that.
        @Test
        void is_woken_for_the_end_when_all_is_dropped() {
            assertInstanceOf(Turn.Rest.class, next());
            queue.drop();
            queue.close(new byte[1], true);
            assertEquals(1, woken.get());
            assertInstanceOf(Turn.End.class, next());
        }

        @Test
        void takes_all_in_order() {
            queue.offer(new byte[] {1});
            queue.offer(new byte[] {2});
            var turn = assertInstanceOf(Turn.Write.class, next());
            assertArrayEquals(new byte[] {1}, turn.pieces().getFirst());
            assertArrayEquals(new byte[] {2}, turn.pieces().getLast());
        }
    }

    @Nested
    class What_waits_for_all {

        private final Queues all = new Queues(3 * Queues.STEP);
        private final Outbound ann = new Outbound(ByteSize.ofKiB(1024), all);
        private final Outbound bob = new Outbound(ByteSize.ofKiB(1024), all);

        @Test
        void is_told_when_it_is_too_much_and_queued_all_the_same() {
            assertEquals(Offer.QUEUED, ann.offer(STEP));
            assertEquals(Offer.QUEUED, ann.offer(STEP));
            assertEquals(Offer.QUEUED, bob.offer(STEP));
            assertFalse(all.areTooMuch());
            assertEquals(Offer.TOO_MUCH_IN_ALL, bob.offerIfHalfIsFree(STEP));
            assertTrue(all.areTooMuch());
            assertTrue(ann.held() > 2L * Queues.STEP, "with what the pieces cost");
        }

        @Test
        void counts_until_it_is_written() {
            full(ann);
            assertEquals(4, taken(ann));
            assertTrue(all.areTooMuch(), "the writer has it in its hands");
            assertEquals(Offer.QUEUED, ann.offer(new byte[1]));
            assertEquals(1, taken(ann));
            assertFalse(all.areTooMuch());
            assertEquals(Offer.QUEUED, bob.offer(STEP));
        }

        @Test
        void is_less_by_what_is_dropped_written_or_not() {
            full(ann);
            taken(ann);
            full(ann);
            ann.drop();
            assertFalse(all.areTooMuch());
            assertEquals(0, ann.held());
            assertEquals(Offer.CLOSED, ann.offer(STEP));
            assertInstanceOf(Turn.End.class, ann.next(NOBODY));
            ann.drop(); // by its writer too
            assertEquals(Offer.QUEUED, bob.offer(new byte[3 * Queues.STEP]));
        }

        @Test
        void is_less_by_what_the_last_line_pushes_out() {
            full(ann);
            ann.close(new byte[10], false);
            assertFalse(all.areTooMuch());
        }

        /// So who keeps up costs nothing.
        @Test
        void does_not_count_what_is_less_than_a_step_of_each() {
            for (var i = 0; i < 1_000; i++) {
                var one = new Outbound(ByteSize.ofKiB(1024), all);
                assertEquals(Offer.QUEUED, one.offer(new byte[Queues.STEP / 2]));
            }
            assertFalse(all.areTooMuch());
        }

        private static void full(Outbound queue) {
            for (var i = 0; i < 4; i++) {
                queue.offer(STEP);
            }
        }
    }
}
