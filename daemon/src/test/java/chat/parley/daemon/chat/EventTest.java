package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventTest {

    private static final Capabilities BATCHES =
            Capabilities.of(Capability.MULTILINE, Capability.BATCH);

    @Nested
    class Of_several_lines {

        private final Event event =
                Event.said(
                                "ann!u@h",
                                "PRIVMSG",
                                "#tea",
                                "\none \rtwo\n",
                                new Event.Actor("ann", true, false),
                                Instant.EPOCH)
                        .withTags(Map.of("+reply", "7"))
                        .kept("1-2");

        private String as(Capabilities receiver) {
            return new String(event.encodedFor(receiver), StandardCharsets.UTF_8);
        }

        @Test
        void is_a_batch_with_all_tags_in_front() {
            assertEquals(
                    """
                    @msgid=1-2;bot;+reply=7 :ann!u@h BATCH +m1-2 draft/multiline :#tea
                    @batch=m1-2 :ann!u@h PRIVMSG #tea :
                    @batch=m1-2 :ann!u@h PRIVMSG #tea :one\s
                    @batch=m1-2;draft/multiline-concat :ann!u@h PRIVMSG #tea :two
                    @batch=m1-2 :ann!u@h PRIVMSG #tea :
                    :ann!u@h BATCH -m1-2
                    """
                            .replace("\n", "\r\n"),
                    as(BATCHES.with(Capability.MESSAGE_TAGS)));
        }

        @Test
        void is_line_after_line_for_who_has_only_one_of_the_two_capabilities() {
            var lines = ":ann!u@h PRIVMSG #tea :one \r\n:ann!u@h PRIVMSG #tea :two\r\n";
            assertEquals(lines, as(Capabilities.of(Capability.MULTILINE)));
            assertEquals(lines, as(Capabilities.of(Capability.BATCH)));
        }

        @Test
        void has_its_msgid_on_the_first_line_that_is_sent_and_the_other_tags_on_all() {
            assertEquals(
                    """
                    @msgid=1-2;bot;+reply=7;account=ann :ann!u@h PRIVMSG #tea :one\s
                    @bot;+reply=7;account=ann :ann!u@h PRIVMSG #tea :two
                    """
                            .replace("\n", "\r\n"),
                    as(Capabilities.of(Capability.MESSAGE_TAGS, Capability.ACCOUNT_TAG)));
        }

        /// Also where receivers differ in what makes no difference to it.
        @Test
        void is_encoded_once_for_all_who_hear_the_same() {
            var some = event.encodedFor(BATCHES);
            var more = event.encodedFor(BATCHES.with(Capability.MULTI_PREFIX));
            var plain = event.encodedFor(Capabilities.NONE);
            assertSame(some, more);
            assertSame(plain, event.encodedFor(Capabilities.of(Capability.AWAY_NOTIFY)));
            assertNotSame(some, plain);
        }

        @Test
        void says_where_it_opens_and_closes_that_it_is_inside_another_batch() {
            var messages = event.taggedFor(BATCHES, Map.of("batch", "r1"));
            var references = messages.stream().map(message -> message.tags().get("batch")).toList();
            assertEquals(List.of("r1", "m1-2", "m1-2", "m1-2", "m1-2", "r1"), references);
        }
    }

    /// The lines as they went in come out, whatever they are.
    @Test
    void lines_come_out_as_they_went_in() {
        var seed = RandomGenerator.getDefault().nextLong();
        var random = RandomGeneratorFactory.getDefault().create(seed);
        for (var i = 0; i < 1_000; i++) {
            var lines =
                    IntStream.rangeClosed(0, random.nextInt(5))
                            .mapToObj(n ->
                                    new Lines.Line(
                                            "aä ".repeat(random.nextInt(3)),
                                            n > 0 && random.nextBoolean()))
                            .toList();
            var kept =
                    lines.stream()
                            .map(line -> (line.goesOn() ? "\r" : "\n") + line.text())
                            .collect(Collectors.joining())
                            .substring(1);
            assertEquals(lines, Lines.of(kept), "seed " + seed);
        }
    }
}
