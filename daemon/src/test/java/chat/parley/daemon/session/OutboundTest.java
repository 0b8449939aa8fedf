package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.session.Outbound.Offer;
import chat.parley.protocol.ByteSize;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboundTest {

    private static final byte[] STEP = new byte[Queues.STEP];

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
        void counts_until_it_is_written() throws InterruptedException {
            full(ann);
            assertEquals(4, ann.takeAll().size());
            assertTrue(all.areTooMuch(), "the writer has it in its hands");
            assertEquals(Offer.QUEUED, ann.offer(new byte[1]));
            assertEquals(1, ann.takeAll().size());
            assertFalse(all.areTooMuch());
            assertEquals(Offer.QUEUED, bob.offer(STEP));
        }

        @Test
        void is_less_by_what_is_dropped_written_or_not() throws InterruptedException {
            full(ann);
            ann.takeAll();
            full(ann);
            ann.drop();
            assertFalse(all.areTooMuch());
            assertEquals(0, ann.held());
            assertEquals(Offer.CLOSED, ann.offer(STEP));
            assertEquals(0, ann.takeAll().size());
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
