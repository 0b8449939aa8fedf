package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.client.model.Line;
import chat.parley.protocol.MessagePrinter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More than `tail --follow` holds back while it waits for an answer.
class FollowingBoundsTest {

    private static Utterance said(int number, int length) {
        var line =
                new Line.Said(
                        Instant.EPOCH,
                        "#tea",
                        "bob",
                        Line.Manner.MESSAGE,
                        "x".repeat(length),
                        false,
                        false);
        return new Utterance("m" + number, "m" + number, "", "", List.of(line));
    }

    private static Following.Newest newest(String id) {
        return new Following.Newest(id, "msgid=" + id);
    }

    private static List<String> ids(Following.Answer answer) {
        return answer.print().stream().map(Utterance::id).toList();
    }

    /// The first answer of all, too, is not enough then.
    @ParameterizedTest
    @CsvSource({"1001, 10", "9, 500000"})
    void is_let_go_and_asked_for(int messages, int length) {
        var following = new Following("#tea", Optional.empty(), new References());
        following.begin();
        IntStream.range(0, messages).forEach(i -> following.heard(said(i, length)));

        var first = following.page(List.of(), newest("before")).orElseThrow();
        assertEquals(List.of(), ids(first));
        assertEquals(
                "CHATHISTORY AFTER #tea msgid=before :100",
                MessagePrinter.line(first.ask().orElseThrow()));

        var next = following.page(List.of(said(0, 1), said(1, 1)), newest("m1")).orElseThrow();
        assertEquals(List.of("m0", "m1"), ids(next));
    }

    @Test
    void is_not_lost_when_the_link_breaks_before_the_first_answer() {
        var following = new Following("#tea", Optional.empty(), new References());
        assertEquals("CHATHISTORY LATEST #tea * :1", MessagePrinter.line(following.begin()));
        following.heard(said(1, 1));

        assertEquals(
                "CHATHISTORY AFTER #tea timestamp=1969-12-31T23:59:59.999Z :100",
                MessagePrinter.line(following.begin()));
        var page = following.page(List.of(said(1, 1)), newest("m1")).orElseThrow();
        assertEquals(List.of("m1"), ids(page));
    }

    @ParameterizedTest
    @CsvSource({"1000, 10", "8, 500000"})
    void is_not_asked_for_where_it_is_few(int messages, int length) {
        var following = new Following("#tea", Optional.empty(), new References());
        following.begin();
        IntStream.range(0, messages).forEach(i -> following.heard(said(i, length)));

        var first = following.page(List.of(), newest("before")).orElseThrow();
        assertEquals(messages, first.print().size());
        assertEquals(Optional.empty(), first.ask());
    }
}
