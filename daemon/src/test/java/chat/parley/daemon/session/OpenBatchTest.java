package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.chat.Answers;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenBatchTest {

    private static final DaemonConfig.Multiline LIMITS =
            new DaemonConfig.Multiline(ByteSize.ofBytes(10), 3, Duration.ofSeconds(30));

    private final Answered answered = new Answered();

    private OpenBatch batch() {
        return new OpenBatch("x", "#tea", Map.of(), "", answered, LIMITS);
    }

    private static Optional<String> fault(OpenBatch batch, String line) {
        if (!(MessageParser.parse(line) instanceof Parsed.Good(var message))) {
            throw new AssertionError(line);
        }
        return batch.add(message).map(OpenBatch.Fault::code);
    }

    private static void take(OpenBatch batch, String... lines) {
        for (var line : lines) {
            assertEquals(Optional.empty(), fault(batch, line));
        }
    }

    private static final class Answered implements Answers {

        private final List<String> lines = new ArrayList<>();
        private int done;

        @Override
        public void line(Message message) {
            lines.add(MessagePrinter.line(message));
        }

        @Override
        public void event(Event event) {}

        @Override
        public void done() {
            done++;
        }
    }

    @Nested
    class Its_text {

        @Test
        void has_a_line_feed_between_lines_and_none_after_the_last() {
            var batch = batch();
            take(batch, "PRIVMSG #tea one", "PRIVMSG #TEA :", "PRIVMSG #tea two");
            assertEquals("one\n\ntwo", batch.text());
            assertEquals(Optional.empty(), batch.end());
        }

        @Test
        void keeps_where_a_line_goes_on_but_for_the_first() {
            var batch = batch();
            take(
                    batch,
                    "@draft/multiline-concat PRIVMSG #tea one",
                    "@draft/multiline-concat PRIVMSG #tea two");
            assertEquals("one\rtwo", batch.text());
        }

        @Test
        void may_have_as_many_bytes_as_is_allowed_line_feeds_counted_and_no_more() {
            var batch = batch();
            take(
                    batch,
                    "PRIVMSG #tea :äöü", // 6
                    "PRIVMSG #tea :12", // 9
                    "@draft/multiline-concat PRIVMSG #tea :3"); // 10
            var more = batch();
            take(more, "PRIVMSG #tea :äöü", "PRIVMSG #tea :12");
            assertEquals(Optional.of("MULTILINE_MAX_BYTES"), fault(more, "PRIVMSG #tea :3"));
        }

        @Test
        void may_have_as_many_lines_as_is_allowed_and_no_more() {
            var batch = batch();
            take(batch, "PRIVMSG #tea :", "PRIVMSG #tea :1", "PRIVMSG #tea :");
            assertEquals(
                    Optional.of(
                            new OpenBatch.Fault(
                                    "MULTILINE_MAX_LINES",
                                    List.of("3", "Multiline batch max-lines exceeded"))),
                    batch.add(Message.of("PRIVMSG", "#tea", "")));
        }

        @Test
        void is_not_blank() {
            assertTrue(batch().end().isPresent());
            var batch = batch();
            take(batch, "PRIVMSG #tea :", "PRIVMSG #tea :");
            assertTrue(batch.end().isPresent());
        }
    }

    @Nested
    class Its_time {

        private final ClientBatch batches =
                new ClientBatch(new Server("parley.example", "Example"), LIMITS);

        private long after(Duration time) {
            var open = assertInstanceOf(ClientBatch.State.Open.class, batches.state());
            return open.since() + time.toNanos();
        }

        @Test
        void is_up_after_the_time_that_is_allowed_and_that_is_told_once() {
            batches.open(batch());
            var open = assertInstanceOf(ClientBatch.State.Open.class, batches.state());
            batches.check(after(LIMITS.within()));
            assertEquals(List.of(), answered.lines);

            var late = after(LIMITS.within().plusMillis(1));
            batches.check(late);
            batches.check(late);
            batches.interrupted();
            assertEquals(
                    List.of(
                            ":parley.example FAIL BATCH TIMEOUT x :The batch was left open too"
                                    + " long"),
                    answered.lines);
            assertEquals(1, answered.done);
            assertEquals(Optional.empty(), batches.take(open));
        }

        @Test
        void is_no_matter_once_it_is_closed() {
            batches.open(batch());
            var late = after(Duration.ofDays(1));
            var open = assertInstanceOf(ClientBatch.State.Open.class, batches.state());
            assertTrue(batches.take(open).isPresent());
            batches.check(late);
            assertEquals(List.of(), answered.lines);
        }

        @Test
        void leaves_its_reference_behind_until_it_is_closed() {
            batches.open(batch());
            batches.check(after(Duration.ofDays(1)));
            var failed = assertInstanceOf(ClientBatch.State.Failed.class, batches.state());
            assertEquals(Set.of("x"), failed.references());
            batches.closed(failed, "x");
            assertInstanceOf(ClientBatch.State.None.class, batches.state());
        }
    }
}
