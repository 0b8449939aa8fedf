package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Parser, printer and reader agree. A failure names its seed; `-Dseed=…` runs it again.
class RoundTripTest {

    private static final int MANY = 5_000;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

    @RepeatedTest(3)
    void whatever_is_parsed_prints_back_and_parses_the_same() {
        var arbitrary = new Arbitrary(seed);
        var good = 0;
        for (var i = 0; i < MANY; i++) {
            var line = arbitrary.line();
            if (MessageParser.parse(line) instanceof Parsed.Good(var message)) {
                good++;
                sameAgain(message, "-Dseed=" + seed + ", from «" + line + "»");
            }
        }
        assertTrue(good > MANY / 20, "only " + good + " lines were messages; -Dseed=" + seed);
    }

    @RepeatedTest(3)
    void whatever_is_made_prints_and_parses_to_itself() {
        var arbitrary = new Arbitrary(seed);
        for (var i = 0; i < MANY; i++) {
            sameAgain(arbitrary.message(), "-Dseed=" + seed);
        }
    }

    @Test
    void whatever_is_made_is_one_line_for_the_reader() throws IOException {
        var arbitrary = new Arbitrary(seed);
        var large = new ByteSize(1 << 16);
        for (var i = 0; i < MANY / 10; i++) {
            var message = arbitrary.message();
            var reader =
                    new LineReader(
                            new ByteArrayInputStream(MessagePrinter.bytes(message)),
                            LineReader.Limits.of(large, large),
                            Set.of());
            assertEquals(
                    new Frame.Line(MessagePrinter.line(message)), reader.next(), "-Dseed=" + seed);
            assertEquals(new Frame.End(), reader.next(), "-Dseed=" + seed);
        }
    }

    private static void sameAgain(Message message, String where) {
        var printed = MessagePrinter.line(message);
        switch (MessageParser.parse(printed)) {
            case Parsed.Good(var again) -> assertEquals(message, again, where);
            case Parsed.Fault fault -> fail(fault + " for «" + printed + "»; " + where);
        }
        assertEquals(
                printed + "\r\n",
                new String(MessagePrinter.bytes(message), StandardCharsets.UTF_8),
                where);
    }
}
